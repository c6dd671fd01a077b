//! `eval`: how right the program is, on articles and corpora that people have annotated.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use warraq_core::entities::EntityType;
use warraq_eval::run::{self, Run};
use warraq_eval::scheme::Scheme;
use warraq_eval::score::{Given, Layer, Setting};
use warraq_eval::{corpus, gold};

use super::output::{self, Outcome, Output};
use super::problem::Problem;
use super::render::{Page, eval, terminal_width};

/// Measures each file, or each file in a folder; one that cannot be measured does not end the run.
pub(super) fn run(arguments: &ArgMatches) -> ExitCode {
    let knowledge = match warraq_knowledge::built_in() {
        Ok(knowledge) => knowledge,
        Err(error) => return super::complain(&error, 1),
    };
    let setting = setting(arguments);
    let mut run = Run::new(&knowledge, &setting, arguments.get_one::<Scheme>("scheme").cloned());
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
