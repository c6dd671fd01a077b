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
    toml::from_str::<File>(include_str!("../../tests/data/hard.toml")).unwrap().case
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
        let given = given(&Document::new(&case.text, &knowledge).unwrap());
        if given != expected {
            failed.push(format!("{}\n  expected {expected:?}\n  given    {given:?}", case.name));
        }
    }
    (failed, count)
}

#[allow(clippy::print_stdout)]
fn check(layer: &str, (failed, count): (Vec<String>, usize), allowed: usize) {
    println!("{layer}: {} of {count}", count - failed.len());
    for failure in &failed {
        println!("{failure}");
    }
    assert!(count > 0, "no case has {layer}");
    assert!(failed.len() <= allowed, "{layer}: {} of {count} failed, {allowed} may", failed.len());
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
    check("sentences", run, 0);
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
    check("quotations", run, 0);
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
    check("datelines", run, 0);
}
