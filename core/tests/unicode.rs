//! Unicode's own test of the normal forms, where it is at hand.

#![allow(clippy::print_stdout, clippy::similar_names)] // Says why it was skipped, and how much it saw.

use std::collections::BTreeMap;
use std::path::PathBuf;

use warraq_core::normalize::{Normalizer, StepRequest};

#[test]
fn normalization_test() {
    let Some(shared) = std::env::var_os("WARRAQ_SHARED").map(PathBuf::from) else {
        println!("skipped: WARRAQ_SHARED is not set");
        return;
    };
    let content = std::fs::read_to_string(shared.join("data/unicode/NormalizationTest.txt"))
        .expect("the test file is where WARRAQ_SHARED says");
    let form = |name: &str| {
        let options = BTreeMap::from([("form".to_owned(), name.to_owned())]);
        let step = StepRequest { step: "unicode_form".to_owned(), enabled: None, options };
        let normalizer = Normalizer::new(None, &[step]).expect("the form is known");
        move |text: &str| normalizer.run(text).normalized.text
    };
    let (nfc, nfd, nfkc, nfkd) = (form("NFC"), form("NFD"), form("NFKC"), form("NFKD"));
    let mut rows = 0;
    for line in content.lines().filter(|line| !line.starts_with(['#', '@'])) {
        let column: Vec<String> = line
            .split(';')
            .take(5)
            .map(|cell| {
                cell.split(' ')
                    .map(|code| u32::from_str_radix(code, 16).ok().and_then(char::from_u32))
                    .collect::<Option<String>>()
                    .expect("a cell is code points")
            })
            .collect();
        for (index, source) in column.iter().enumerate() {
            // Canonical forms keep compatibility characters: their own columns are 4 and 5.
            let canonical = if index < 3 { [&column[1], &column[2]] } else { [&column[3], &column[4]] };
            assert_eq!(&nfc(source), canonical[0], "NFC: {line}");
            assert_eq!(&nfd(source), canonical[1], "NFD: {line}");
            assert_eq!(&nfkc(source), &column[3], "NFKC: {line}");
            assert_eq!(&nfkd(source), &column[4], "NFKD: {line}");
        }
        rows += 1;
    }
    println!("{rows} rows, each in four forms");
    assert!(rows > 18_000, "only {rows} rows");
}
