//! How long the built-in knowledge takes to load and how much memory stays with it, each time in a process of its
//! own: this program calls itself again and again.
//!
//! `cargo bench --bench loading` prints the figures of `docs/performance.md`. The program's pages come from the
//! system's cache, as they do wherever it was started before; Linux only, for it reads `/proc/self/status`.

#![allow(missing_docs, clippy::print_stdout)]

use std::process::Command;
use std::time::Instant;

// The service's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many processes.
const TIMES: usize = 40;
/// What tells a process that it is one of them.
const LOAD: &str = "load";

fn main() {
    if std::env::args().any(|argument| argument == LOAD) {
        load();
        return;
    }
    let program = std::env::current_exe().expect("this program");
    let mut columns: [Vec<u64>; 3] = Default::default();
    for _ in 0..TIMES {
        let output = Command::new(&program).arg(LOAD).output().expect("this program runs");
        let text = String::from_utf8(output.stdout).expect("figures");
        let numbers: Vec<u64> = text.split_whitespace().map(|word| word.parse().expect("a number")).collect();
        assert_eq!(numbers.len(), columns.len(), "{text}");
        columns.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
    }
    println!("{TIMES} processes                          least   median     most");
    for (name, mut column) in
        ["loading, microseconds", "resident more after it, KiB", "most resident more while it, KiB"]
            .iter()
            .zip(columns)
    {
        column.sort_unstable();
        println!("{name:<34} {:>8} {:>8} {:>8}", column[0], column[TIMES / 2], column[TIMES - 1]);
    }
}

/// Loads once and says in how many microseconds, and how many KiB more are resident then, and at most were.
fn load() {
    let before = kib("VmRSS:");
    let begun = Instant::now();
    let knowledge = warraq_knowledge::built_in().expect("sound data");
    let taken = begun.elapsed();
    println!("{} {} {}", taken.as_micros(), kib("VmRSS:") - before, kib("VmHWM:") - before);
    drop(knowledge);
}

/// A line of what the system says of this process.
fn kib(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("the line");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
