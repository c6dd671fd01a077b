//! `train`: learns the tagger's weights anew, from the articles of the repository and the open texts of others.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use warraq_eval::train::{self, MODEL, SETTINGS, Settings};

use super::problem::Problem;

/// The folder of the texts that the repository does not have.
const SHARED: &str = "WARRAQ_SHARED";

pub(super) fn command() -> Command {
    Command::new("train")
        .about("Learn from data/corpus and the texts below $WARRAQ_SHARED how names stand in news")
        .long_about(
            "Learn from data/corpus and the texts below $WARRAQ_SHARED how names stand in news: \
             writes data/models/tagger.bin, and into data/models/tagger.toml the digest of what \
             a small slice of the articles gives. The same texts, settings and code give the same bytes",
        )
        .arg(Arg::new("check").long("check").action(ArgAction::SetTrue).help(
            "Learn from the slice alone, without $WARRAQ_SHARED, and write nothing; fails if the digest differs",
        ))
}

pub(super) fn run(arguments: &ArgMatches) -> ExitCode {
    let done = if arguments.get_flag("check") { check() } else { write() };
    done.unwrap_or_else(|problem| super::complain(&problem, 1))
}

/// Progress is for who waits: not what the command answers.
fn say(words: &str) {
    anstream::eprintln!("warraq: {words}");
}

/// The digest of what the slice gives.
fn of_slice(root: &Path) -> Result<String, Problem> {
    let weights = train::train(root, None, true, &|words| say(&format!("slice: {words}")));
    Ok(train::digest(&weights.map_err(Problem::Input)?))
}

/// Whether the slice still gives what it gave when the weights were learned.
fn check() -> Result<ExitCode, Problem> {
    let root = super::corpus::root(&[])?;
    let committed = Settings::read(&root)?.slice.sha256;
    let found = of_slice(&root)?;
    if found == committed {
        anstream::println!("the slice gives what {SETTINGS} says: {found}");
        return Ok(ExitCode::SUCCESS);
    }
    let told = if committed.is_empty() { "none" } else { &committed };
    anstream::eprintln!(
        "warraq: the slice gives weights with the digest {found}, {SETTINGS} has {told}: \
         texts, lists, settings or code have changed since {MODEL} was learned; `warraq train` learns it anew"
    );
    Ok(ExitCode::FAILURE)
}

/// Learns from all, and writes the weights and the digest of the slice.
fn write() -> Result<ExitCode, Problem> {
    let root = super::corpus::root(&[])?;
    let shared = std::env::var_os(SHARED).map(PathBuf::from).ok_or_else(|| {
        Problem::Input(format!("learning from all texts wants the shared data, and {SHARED} is not set"))
    })?;
    let weights = train::train(&root, Some(&shared), false, &say).map_err(Problem::Input)?;
    let write = |file: &str, bytes: &[u8]| {
        std::fs::write(root.join(file), bytes).map_err(|error| Problem::of(file, Problem::from(error)))
    };
    write(MODEL, &weights)?;
    anstream::println!("{MODEL}: {} bytes, {}", weights.len(), train::digest(&weights));
    let old = std::fs::read_to_string(root.join(SETTINGS));
    let old = old.map_err(|error| Problem::of(SETTINGS, Problem::from(error)))?;
    let digest = of_slice(&root)?;
    write(SETTINGS, train::with_digest(&old, &digest).map_err(Problem::Input)?.as_bytes())?;
    anstream::println!("{SETTINGS}: the slice gives {digest}");
    Ok(ExitCode::SUCCESS)
}
