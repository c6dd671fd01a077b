//! What is left out of the cases of other programs.

use std::collections::BTreeMap;

use warraq_eval::peers;

/// The programs whose cases are of numbers and times.
const OF_VALUES: [&str; 6] =
    ["curated", "dateparser", "duckling", "maha", "nemo-text-processing", "recognizers-text"];

#[test]
fn at_most_one_case_in_ten_is_left_out() {
    let Some(folder) = crate::shared() else { return };
    let mut shares: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for name in OF_VALUES {
        let (files, _) = warraq_eval::corpus::files(&folder.join("data/peers").join(name))
            .unwrap_or_else(|error| panic!("{error}"));
        for file in files {
            let suite = peers::read(&file).unwrap_or_else(|error| panic!("{error}"));
            let (left_out, of) = suite.share_left_out();
            let share = shares.entry(name).or_default();
            *share = (share.0 + left_out, share.1 + of);
        }
    }
    for (name, (left_out, of)) in shares {
        println!("{name}: {left_out} of {of} left out");
        assert!(of > 0 && left_out * 10 <= of, "{name}: {left_out} of {of}");
    }
}
