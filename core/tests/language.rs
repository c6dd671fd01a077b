//! Language identification, measured on sentences that are not in the repository.

#![allow(clippy::print_stdout)] // What a measurement says is its output.

use std::collections::BTreeMap;
use std::path::PathBuf;

use warraq_core::metadata::Languages;

/// The share of sentences that must be right, in percent.
const BAR: usize = 97;

#[test]
fn sentences_of_the_arabic_script() {
    let Some(shared) = std::env::var_os("WARRAQ_SHARED").map(PathBuf::from) else {
        println!("skipped: WARRAQ_SHARED is not set");
        return;
    };
    let path = shared.join("data/peers/lingua-rs/langid_sentences.jsonl");
    let content = std::fs::read_to_string(&path).expect("the sentences are where WARRAQ_SHARED says");
    let languages = Languages::built_in().expect("the tables are sound");
    let mut confusion: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let (mut right, mut all) = (0, 0);
    for line in content.lines().filter(|line| !line.is_empty()) {
        let row: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        let expected = row["lang"].as_str().expect("lang").to_owned();
        let found = languages.identify(row["text"].as_str().expect("text")).language;
        all += 1;
        right += usize::from(found == expected);
        if found != expected {
            println!("{}: {expected} taken for {found}", row["id"]);
        }
        *confusion.entry((expected, found)).or_default() += 1;
    }
    println!("{right} of {all} right; {confusion:?}");
    assert!(all > 1000, "only {all} sentences");
    assert!(right * 100 >= all * BAR, "{right} of {all} right, {BAR} % asked");
}
