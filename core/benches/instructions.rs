//! How many instructions normalisation takes for a byte: the same on every run, whatever else the machine does.
//!
//! `cargo bench -p warraq-core --bench instructions` prints the table of `docs/performance.md`. It needs valgrind,
//! under whose callgrind it runs itself, each case some times and some times more; the difference is counted.

#![allow(clippy::print_stdout, clippy::print_stderr, clippy::cast_precision_loss)]

mod articles;

use std::hint::black_box;
use std::process::{Command, ExitCode};

use articles::ARTICLES;
use warraq_core::normalize::{Normalizer, fold};

/// The service's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CASES: [&str; 7] =
    ["display", "display, no marks", "storage", "search", "search, its own output", "nlp", "lucene"];
const FOLD: &str = "fold";
/// Times that a case is run, and times more.
const TIMES: [u64; 2] = [2, 12];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [case, times] => {
            run(case, times.parse().unwrap_or_default());
            ExitCode::SUCCESS
        }
        _ => table(),
    }
}

fn table() -> ExitCode {
    println!("| | bytes | edits | instructions a byte |\n|---|---:|---:|---:|");
    for case in CASES.into_iter().chain([FOLD]) {
        let [few, many] = TIMES.map(|times| counted(case, times));
        let (Some(few), Some(many)) = (few, many) else {
            eprintln!("valgrind does not run: nothing is counted");
            return ExitCode::FAILURE;
        };
        let bytes = text_of(case).len();
        let a_run = many.saturating_sub(few) as f64 / (TIMES[1] - TIMES[0]) as f64;
        println!("| {case} | {bytes} | {} | {:.1} |", run(case, 1), a_run / bytes as f64);
    }
    ExitCode::SUCCESS
}

/// The instructions of this program while it runs a case so often.
fn counted(case: &str, times: u64) -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([case, &times.to_string()])
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&output.stderr);
    told.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
}

/// What a case works on: three articles of our own.
fn text_of(case: &str) -> String {
    let news = ARTICLES.join("\n");
    match case {
        "display, no marks" => news.replace(|c| matches!(c, '\u{64B}'..='\u{652}'), ""),
        "search, its own output" => normalizer(case).map(|it| it.run(&news).normalized.text).unwrap_or(news),
        _ => news,
    }
}

/// The preset of a case.
fn normalizer(case: &str) -> Option<std::sync::Arc<Normalizer>> {
    Normalizer::new(case.split(',').next(), &[]).ok()
}

/// Runs a case so often and tells how many edits it gives.
fn run(case: &str, times: u64) -> usize {
    let (text, normalizer) = (text_of(case), normalizer(case));
    (0..times).fold(0, |_, _| {
        let text = black_box(&*text);
        let out = normalizer.as_ref().map_or_else(|| fold(text), |it| it.run(text).normalized);
        black_box(out).alignment.edits().len()
    })
}
