//! `corpus`: the corpus of our own, checked, counted and compared with its second annotation.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use warraq_eval::own::agreement::{self, Differing};
use warraq_eval::own::bars::Barred;
use warraq_eval::own::check::Checker;
use warraq_eval::own::page::{Section, to_markdown};
use warraq_eval::own::stats::{self, Shared};
use warraq_eval::own::{self, CORPUS};
use warraq_eval::report::between_markers;
use warraq_eval::{corpus, lexicons};

use super::output::{self, Outcome, Output};
use super::problem::Problem;
use super::render::{Page, terminal_width};

/// The page of the corpus, from the root of the repository.
const PAGE: &str = "docs/corpus.md";

pub(super) fn command() -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    let files = Arg::new("files")
        .value_name("FILE|FOLDER")
        .num_args(0..)
        .value_parser(clap::value_parser!(PathBuf))
        .help("Articles (*.markup); default: all of data/corpus, with what is frozen and excepted there");
    let require = || flag("require", "Fail where a bar is not met");
    let markdown = || flag("markdown", "Write the tables into docs/corpus.md, between their markers");
    Command::new("corpus")
        .about("Check, count and compare the annotated articles of data/corpus")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("check")
                .about("Find what breaks the guidelines: FILE:LINE: what is wrong (rule); fails where there is any")
                .arg(files),
        )
        .subcommand(
            Command::new("stats")
                .about("Count what the corpus holds and how varied it is, against the bars")
                .args([require(), markdown()]),
        )
        .subcommand(
            Command::new("agreement")
                .about("Compare the second annotation of articles with the first: F1 by layer, against the bars")
                .arg(flag("list", "Print each difference: FILE:LINE: layer, what stands there, what each has"))
                .args([require(), markdown()]),
        )
}

pub(super) fn run(arguments: &ArgMatches) -> ExitCode {
    let done = match arguments.subcommand() {
        Some(("check", arguments)) => check(arguments),
        Some(("stats", arguments)) => stats(arguments),
        Some(("agreement", arguments)) => agreement(arguments),
        _ => return ExitCode::from(super::EX_USAGE),
    };
    done.unwrap_or_else(|problem| super::complain(&problem, 1))
}

/// The file as it is named from the working folder.
fn near(file: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    file.strip_prefix(here).unwrap_or(file).to_owned()
}

fn stats(arguments: &ArgMatches) -> Result<ExitCode, Problem> {
    let root = root(&[])?;
    let stats = stats::stats(&root)?;
    let shared = stats.shared().iter().map(|Shared { words, articles }| {
        let words = format!("{}: share `{words}`", articles.join(", "));
        format!("{}\n", super::render::clean(&words))
    });
    told(arguments, &root, "corpus", &stats.sections(), &stats.barred(), shared)
}

fn agreement(arguments: &ArgMatches) -> Result<ExitCode, Problem> {
    let root = root(&[])?;
    let found = agreement::agreement(&root)?;
    let differing = found.differing.iter().filter(|_| arguments.get_flag("list")).map(|difference| {
        let Differing { file, line, message } = difference;
        let words = format!("{}:{line}: {message}", near(file).display());
        format!("{}\n", super::render::clean(&words))
    });
    told(arguments, &root, "agreement", &found.sections(), &found.barred(), differing)
}

/// Prints tables and lines, writes the tables into the page, and holds the bars, as it was asked for.
fn told(
    arguments: &ArgMatches,
    root: &Path,
    markers: &str,
    sections: &[Section],
    barred: &[Barred],
    lines: impl Iterator<Item = String>,
) -> Result<ExitCode, Problem> {
    if arguments.get_flag("markdown") {
        let path = root.join(PAGE);
        let old = std::fs::read_to_string(&path).map_err(|e| Problem::of(PAGE, Problem::from(e)))?;
        let new = between_markers(&old, markers, &to_markdown(sections));
        let new = new.map_err(|problem| Problem::of(PAGE, problem))?;
        std::fs::write(&path, new).map_err(|e| Problem::of(PAGE, Problem::from(e)))?;
    }
    let mut page = Page::new(terminal_width(), output::coloured());
    super::render::corpus(&mut page, sections);
    let mut output = Output::default();
    let mut printed = Ok(());
    for answer in lines.chain([page.finish()]) {
        printed = printed.and_then(|()| output.put(&Outcome::Answer(answer)));
    }
    for missed in barred.iter().filter(|barred| arguments.get_flag("require") && !barred.met) {
        let complaint = Outcome::Complaint(format!("not met: {}", missed.row().join(", ")));
        printed = printed.and_then(|()| output.put(&complaint));
    }
    Ok(output.end(printed))
}

/// The repository that the files lie in, else that of the working folder.
pub(super) fn root(files: &[PathBuf]) -> Result<PathBuf, Problem> {
    let near = files.iter().map(PathBuf::as_path).chain([Path::new(".")]);
    near.into_iter().find_map(own::root_of).ok_or_else(|| {
        Problem::Input(format!(
            "{} is in no folder above: this wants to run in the repository",
            lexicons::LEXICONS
        ))
    })
}

fn check(arguments: &ArgMatches) -> Result<ExitCode, Problem> {
    let paths: Vec<PathBuf> = arguments.get_many("files").unwrap_or_default().cloned().collect();
    let checker = Checker::new(&root(&paths)?)?;
    let findings = if paths.is_empty() {
        checker.corpus()?
    } else {
        let mut files = Vec::new();
        for path in &paths {
            let found = corpus::files(path)?.0;
            let is_article =
                |file: &PathBuf| file == path || file.extension().is_some_and(|kind| kind == "markup");
            files.extend(found.into_iter().filter(is_article));
        }
        if files.is_empty() {
            return Err(Problem::Input(format!(
                "there is no article (*.markup) in what was named; {CORPUS} has some"
            )));
        }
        checker.files(&files)?
    };
    let mut output = Output::default();
    let mut printed = Ok(());
    for mut finding in findings {
        finding.file = near(&finding.file);
        let line = format!("{}\n", super::render::clean(&finding.to_string()));
        let outcome = if finding.warning { Outcome::Answer(line) } else { Outcome::Error(line) };
        printed = printed.and_then(|()| output.put(&outcome));
    }
    Ok(output.end(printed))
}
