//! Unicode's own tests of normal forms and of boundaries, where they are at hand.

#![allow(clippy::print_stdout, clippy::similar_names)] // Says why it was skipped, and how much it saw.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde::Deserialize;
use warraq_core::normalize::{Normalizer, StepRequest};
use warraq_core::{Document, Knowledge};

/// One of Unicode's files; `None` where they are not at hand.
fn test_file(name: &str) -> Option<String> {
    let Some(shared) = std::env::var_os("WARRAQ_SHARED").map(PathBuf::from) else {
        println!("skipped: WARRAQ_SHARED is not set");
        return None;
    };
    let content = std::fs::read_to_string(shared.join("data/unicode").join(name));
    Some(content.expect("the test file is where WARRAQ_SHARED says"))
}

#[test]
fn normalization_test() {
    let Some(content) = test_file("NormalizationTest.txt") else { return };
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

/// Where the core means to differ from UAX #29: `unicode_differences.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    words: Vec<Difference>,
    sentences: Vec<Difference>,
    graphemes: Vec<Difference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    reason: String,
    lines: BTreeSet<String>,
}

fn differences() -> Differences {
    toml::from_str(include_str!("unicode_differences.toml")).expect("the list of differences is well formed")
}

/// White space and format characters that are no part of a token or sentence.
fn is_gap(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// The offsets between which the segments of `boundaries` lie, without the gaps at their ends.
fn trimmed(text: &str, boundaries: &[usize]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for pair in boundaries.windows(2) {
        let segment = &text[pair[0]..pair[1]];
        let rest = segment.trim_start_matches(is_gap);
        let begin = pair[1] - rest.len();
        let length = rest.trim_end_matches(is_gap).len();
        if length > 0 {
            out.push((begin, begin + length));
        }
    }
    out
}

/// Runs all lines of a file of breaks. A line that `agrees` denies must be listed, and no other.
fn check_breaks(
    name: &str,
    least: usize,
    listed: &[Difference],
    agrees: impl Fn(&Document, &[usize]) -> bool,
) {
    let Some(content) = test_file(name) else { return };
    let knowledge = Knowledge::built_in().expect("the knowledge is well formed");
    let mut different = BTreeSet::new();
    let mut rows = 0;
    for line in content.lines().filter_map(|line| line.split('#').next()).map(str::trim) {
        if line.is_empty() {
            continue;
        }
        let (mut text, mut boundaries) = (String::new(), Vec::new());
        for item in line.split_whitespace() {
            match item {
                "÷" => boundaries.push(text.len()),
                "×" => {}
                code => text.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32)),
            }
        }
        let document = Document::new(&text, &knowledge).expect("a short text is no error");
        if !agrees(&document, &boundaries) {
            different.insert(line.to_owned());
        }
        rows += 1;
    }
    assert!(listed.iter().all(|group| !group.reason.is_empty()), "a difference has no reason");
    let known: BTreeSet<String> = listed.iter().flat_map(|group| group.lines.iter().cloned()).collect();
    let new: Vec<&String> = different.difference(&known).collect();
    let gone: Vec<&String> = known.difference(&different).collect();
    println!("{name}: {rows} rows, {} of them differ and are listed", known.len());
    assert!(
        new.is_empty() && gone.is_empty(),
        "{name}\nnot listed: {new:#?}\nno longer different: {gone:#?}"
    );
    assert!(rows >= least, "only {rows} rows");
}

fn spans(spans: impl Iterator<Item = warraq_core::Span>) -> Vec<(usize, usize)> {
    spans.map(|span| (span.range().start, span.range().end)).collect()
}

#[test]
fn word_break_test() {
    check_breaks("WordBreakTest.txt", 1_800, &differences().words, |document, boundaries| {
        let tokens = spans(document.tokens().iter().map(|token| token.span));
        tokens == trimmed(document.text(), boundaries)
    });
}

#[test]
fn sentence_break_test() {
    check_breaks("SentenceBreakTest.txt", 500, &differences().sentences, |document, boundaries| {
        let sentences = spans(document.sentences().iter().map(|sentence| sentence.span));
        sentences == trimmed(document.text(), boundaries)
    });
}

/// No token or sentence begins or ends inside what a reader sees as one character.
#[test]
fn grapheme_break_test() {
    check_breaks("GraphemeBreakTest.txt", 700, &differences().graphemes, |document, boundaries| {
        let tokens = document.tokens().iter().map(|token| token.span);
        let sentences = document.sentences().iter().map(|sentence| sentence.span);
        spans(tokens.chain(sentences))
            .into_iter()
            .all(|(begin, end)| boundaries.contains(&begin) && boundaries.contains(&end))
    });
}
