//! `corpus`: the corpus of our own, checked, counted and compared with its second annotation.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use warraq_eval::own::check::Checker;
use warraq_eval::own::{self, CORPUS};
use warraq_eval::{corpus, lexicons};

use super::output::{Outcome, Output};
use super::problem::Problem;

pub(super) fn command() -> Command {
    let files = Arg::new("files")
        .value_name("FILE|FOLDER")
        .num_args(0..)
        .value_parser(clap::value_parser!(PathBuf))
        .help("Articles (*.markup); default: all of data/corpus, with what is frozen and excepted there");
    Command::new("corpus")
        .about("Check, count and compare the annotated articles of data/corpus")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("check")
                .about("Find what breaks the guidelines: FILE:LINE: what is wrong (rule); fails where there is any")
                .arg(files),
        )
}

pub(super) fn run(arguments: &ArgMatches) -> ExitCode {
    let done = match arguments.subcommand() {
        Some(("check", arguments)) => check(arguments),
        _ => return ExitCode::from(super::EX_USAGE),
    };
    done.unwrap_or_else(|problem| super::complain(&problem, 1))
}

/// The repository that the files lie in, else that of the working folder.
fn root(files: &[PathBuf]) -> Result<PathBuf, Problem> {
    let near = files.iter().map(PathBuf::as_path).chain([Path::new(".")]);
    near.into_iter().find_map(own::root_of).ok_or_else(|| {
        Problem::Input(format!(
            "{} is in no folder above: this wants to run in the repository",
            lexicons::LEXICONS
        ))
    })
}

fn check(arguments: &ArgMatches) -> Result<ExitCode, Problem> {
    let input = |error: warraq_eval::file::FileError| Problem::Input(error.to_string());
    let paths: Vec<PathBuf> = arguments.get_many("files").unwrap_or_default().cloned().collect();
    let checker = Checker::new(&root(&paths)?).map_err(input)?;
    let findings = if paths.is_empty() {
        checker.corpus().map_err(input)?
    } else {
        let mut files = Vec::new();
        for path in &paths {
            let found = corpus::files(path).map_err(input)?.0;
            let is_article =
                |file: &PathBuf| file == path || file.extension().is_some_and(|kind| kind == "markup");
            files.extend(found.into_iter().filter(is_article));
        }
        if files.is_empty() {
            return Err(Problem::Input(format!(
                "there is no article (*.markup) in what was named; {CORPUS} has some"
            )));
        }
        checker.files(&files).map_err(input)?
    };
    let mut output = Output::default();
    let mut printed = Ok(());
    for finding in findings {
        let line = format!("{}\n", super::render::clean(&finding.to_string()));
        let outcome = if finding.warning { Outcome::Answer(line) } else { Outcome::Error(line) };
        printed = printed.and_then(|()| output.put(&outcome));
    }
    Ok(output.end(printed))
}
