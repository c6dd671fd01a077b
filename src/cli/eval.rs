//! `eval`: how right the program is, on articles and corpora that people have annotated.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ArgMatches;
use warraq_core::Knowledge;
use warraq_core::entities::EntityType;
use warraq_eval::disturb::Disturbance;
use warraq_eval::report::{self, Changes, Report};
use warraq_eval::run::{self, Run};
use warraq_eval::scheme::Scheme;
use warraq_eval::score::{Given, Layer, Setting};
use warraq_eval::swap::{LEXICONS, Lists, Swap, Swapper};
use warraq_eval::{corpus, gold, own};

use super::output::{self, Outcome, Output};
use super::problem::Problem;
use super::render::{Page, eval, terminal_width};

/// Measures each file, or each file in a folder; one that cannot be measured does not end the run.
pub(super) fn run(arguments: &ArgMatches) -> ExitCode {
    let built = warraq_knowledge::built_in();
    let withhold = arguments.get_flag("withhold");
    let knowledge = match built.and_then(|all| if withhold { own::withholding(all.tagger) } else { Ok(all) })
    {
        Ok(knowledge) => knowledge,
        Err(error) => return super::complain(&error, 1),
    };
    if arguments.get_flag("check") || arguments.get_flag("report") {
        return match record(&knowledge, arguments.get_flag("check")) {
            Ok(status) => status,
            Err(problem) => super::complain(&problem, 1),
        };
    }
    let setting = setting(arguments);
    let disturbances = arguments.get_many::<Disturbance>("disturb").unwrap_or_default().copied().collect();
    let seed = arguments.get_one::<u64>("seed").copied().unwrap_or(report::SEED);
    let swap = arguments.get_one::<Swap>("swap").copied();
    let swapper = match swap.map(|_| Lists::read(Path::new("."))).transpose() {
        Ok(lists) => lists.map(Swapper::new),
        Err(error) => {
            let problem = format!("--swap reads {LEXICONS} from the root of the repository: {error}");
            return super::complain(&Problem::Input(problem), 1);
        }
    };
    let mut run = Run::new(&knowledge, &setting, arguments.get_one::<Scheme>("scheme").cloned())
        .disturbed(disturbances, seed)
        .swapped(swapper.as_ref().zip(swap));
    let mut output = Output::default();
    let mut printed = Ok(());
    let mut complain = |words: String| {
        let complaint = Outcome::Complaint(words);
        if printed.is_ok() {
            printed = output.put(&complaint);
        }
    };
    let mut left_out = Vec::new();
    for path in arguments.get_many::<PathBuf>("files").unwrap_or_default() {
        match corpus::files(path) {
            Err(error) => complain(error.to_string()),
            Ok((files, others)) => {
                if files.is_empty() {
                    let nothing = "holds nothing to measure";
                    complain(Problem::of(&path.display().to_string(), nothing).to_string());
                }
                for file in files {
                    run.add(&file).unwrap_or_else(&mut complain);
                }
                left_out.extend(others);
            }
        }
    }
    let groups = run.finish();
    let errors = arguments.get_flag("errors");
    let answer = if arguments.get_flag("json") {
        format!("{}\n", run::to_json(&groups, &left_out, errors))
    } else {
        let mut page = Page::new(terminal_width(), output::coloured());
        eval(&mut page, &groups, &left_out, errors);
        page.finish()
    };
    let printed = printed.and_then(|()| output.put(&Outcome::Answer(answer)));
    output.end(printed)
}

const CORPORA: &str = "data/eval/corpora.toml";
const FIGURES: &str = "data/eval/figures.toml";
const PAGE: &str = "docs/accuracy.md";
/// The folder of the corpora that the repository does not have.
const SHARED: &str = "WARRAQ_SHARED";

/// Measures what the repository lists, from its root: against the figures that it has (`check`), or to write them.
fn record(knowledge: &Knowledge, check: bool) -> Result<ExitCode, Problem> {
    let read = |file: &str| std::fs::read_to_string(file).map_err(|e| Problem::of(file, Problem::from(e)));
    let shared = std::env::var_os(SHARED).map(PathBuf::from);
    let list = read(CORPORA)?;
    let (report, skipped) =
        report::report(&list, Path::new("."), shared.as_deref(), knowledge).map_err(Problem::Input)?;
    for name in &skipped {
        anstream::eprintln!("warraq: skipped, {SHARED} is not set: {name}");
    }
    if check {
        let committed = Report::from_toml(&read(FIGURES)?).map_err(Problem::Input)?;
        let Changes { falls, rises } = report.changes(&committed, &skipped);
        for fall in &falls {
            anstream::eprintln!("warraq: {fall}");
        }
        for rise in &rises {
            anstream::eprintln!("warraq: better, commit it with --report: {rise}");
        }
        if falls.is_empty() {
            anstream::println!("no figure has fallen by more than {} points", report::TOLERANCE);
        }
        return Ok(if falls.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    if !skipped.is_empty() {
        return Err(Problem::Input(format!("a report wants all corpora: {SHARED} is not set")));
    }
    let page = report::between_markers(&read(PAGE)?, "eval", &report.to_markdown());
    let write = |file: &str, text: String| {
        std::fs::write(file, text).map_err(|e| Problem::of(file, Problem::from(e)))
    };
    write(PAGE, page.map_err(|problem| Problem::of(PAGE, problem))?)?;
    write(FIGURES, report.to_toml().map_err(Problem::Input)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The disturbance of that name.
pub(super) fn disturbance(name: &str) -> Result<Disturbance, String> {
    Disturbance::from_name(name)
        .ok_or_else(|| format!("is none of {}", Disturbance::ALL.map(Disturbance::name).join(", ")))
}

/// The swap of that name.
pub(super) fn swap(name: &str) -> Result<Swap, String> {
    Swap::from_name(name).ok_or_else(|| format!("is none of {}", Swap::ALL.map(Swap::name).join(", ")))
}

fn setting(arguments: &ArgMatches) -> Setting {
    fn all<T: Clone + Ord + Send + Sync + 'static>(arguments: &ArgMatches, name: &str) -> BTreeSet<T> {
        arguments.get_many::<T>(name).unwrap_or_default().cloned().collect()
    }
    let given: BTreeSet<String> = all(arguments, "given");
    Setting {
        layers: all(arguments, "layers"),
        types: all(arguments, "types"),
        given: Given { blocks: given.contains("blocks"), mentions: given.contains("mentions") },
    }
}

/// The layer of that name.
pub(super) fn layer(name: &str) -> Result<Layer, String> {
    Layer::from_name(&name.to_lowercase())
        .ok_or_else(|| format!("is none of {}", Layer::ALL.map(Layer::name).join(", ")))
}

/// The type that has that label in gold files.
pub(super) fn entity_type(label: &str) -> Result<EntityType, String> {
    gold::kind_of(&label.to_uppercase())
        .ok_or_else(|| format!("is none of {}", gold::SCORED.map(|(_, label)| label).join(", ")))
}
