//! Short hard cases of our own, `tests/data/hard.toml`: sentences, quotations and datelines.

use serde::Deserialize;
use warraq_core::{Document, Knowledge};

#[derive(Deserialize)]
struct File {
    case: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    text: String,
    sentences: Option<Vec<String>>,
    quotations: Option<Vec<String>>,
    dateline: Option<String>,
}

fn cases() -> Vec<Case> {
    toml::from_str::<File>(include_str!("../../tests/data/hard.toml"))
        .unwrap_or_else(|error| panic!("{error}"))
        .case
}

/// Runs the cases that have something to say of a layer and returns what failed, and of how many.
fn run<T: PartialEq + std::fmt::Debug>(
    expected: impl Fn(&Case) -> Option<T>,
    given: impl Fn(&Document) -> T,
) -> (Vec<String>, usize) {
    let knowledge = Knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
    let mut failed = Vec::new();
    let mut count = 0;
    for case in cases() {
        let Some(expected) = expected(&case) else { continue };
        count += 1;
        let document = Document::new(&case.text, &knowledge).unwrap_or_else(|error| panic!("{error}"));
        let given = given(&document);
        if given != expected {
            failed.push(format!("{}\n  expected {expected:?}\n  given    {given:?}", case.name));
        }
    }
    (failed, count)
}

/// Every case must pass but those that are `known` to fail, each with its reason beside it; one of those that
/// passes is to be taken off the list.
#[allow(clippy::print_stdout)]
fn check(layer: &str, (failed, count): (Vec<String>, usize), known: &[&str]) {
    println!("{layer}: {} of {count}", count - failed.len());
    for failure in &failed {
        println!("{failure}");
    }
    assert!(count > 0, "no case has {layer}");
    let names: Vec<&str> = failed.iter().filter_map(|failure| failure.lines().next()).collect();
    assert_eq!(names, known, "{layer}: the cases that fail");
}

#[test]
fn sentences() {
    let run = run(
        |case| case.sentences.clone(),
        |document| {
            let text = document.text();
            document.sentences().iter().map(|sentence| sentence.span.of(text).to_owned()).collect()
        },
    );
    // The case has لكن after dots begin a sentence. Here it goes on with the one before, as ثم and بل do: the
    // weights of `ellipsis_continued` and its list decide.
    check("sentences", run, &["ellipsis_character_closed_up"]);
}

#[test]
fn quotations() {
    let run = run(
        |case| case.quotations.clone(),
        |document| {
            let text = document.text();
            document.quotations().iter().map(|quotation| quotation.span.of(text).to_owned()).collect()
        },
    );
    check("quotations", run, &[]);
}

#[test]
fn datelines() {
    let run = run(
        |case| case.dateline.clone(),
        |document| {
            let dateline = document.blocks().iter().find_map(|block| block.dateline);
            dateline.map_or_else(String::new, |dateline| dateline.span.of(document.text()).to_owned())
        },
    );
    check("datelines", run, &[]);
}
