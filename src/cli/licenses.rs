//! `licenses`: where the data come from, and on what terms.

use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde::{Deserialize, Serialize};

use super::complain;
use super::output::{self, Outcome, Output};
use super::render::{self, Page};

const SOURCES: &str = include_str!("../../data/SOURCES.toml");
const NOTICE: &str = include_str!("../../data/NOTICE");

/// `data/SOURCES.toml`.
#[derive(Deserialize, Serialize)]
pub(super) struct Sources {
    pub(super) source: Vec<Source>,
    pub(super) own: Vec<Own>,
}

/// A package, or a file that no registry has.
#[derive(Deserialize, Serialize)]
pub(super) struct Source {
    pub(super) name: String,
    pub(super) package: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<String>,
    /// Of a source that no registry has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    pub(super) licence: String,
    attribution: String,
    taken: String,
    pub(super) rows_taken: u64,
    pub(super) rows_dropped: u64,
}

/// Files that are our own.
#[derive(Deserialize, Serialize)]
pub(super) struct Own {
    pub(super) files: Vec<String>,
    source: String,
    pub(super) licence: String,
}

pub(super) fn command() -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
    };
    Command::new("licenses")
        .about("Say where the data come from and on what terms: sources, licences, rows taken and dropped")
        .arg(flag("notice", "Print the notice that goes with a copy of the data").conflicts_with("json"))
        .arg(flag("json", "Print one JSON object"))
}

pub(super) fn run(arguments: &ArgMatches) -> ExitCode {
    let sources: Sources = match toml::from_str(SOURCES) {
        Ok(sources) => sources,
        Err(error) => return complain(&error, 1),
    };
    let answer = if arguments.get_flag("notice") {
        NOTICE.to_owned()
    } else if arguments.get_flag("json") {
        match serde_json::to_string(&sources) {
            Ok(json) => format!("{json}\n"),
            Err(error) => return complain(&error, 1),
        }
    } else {
        let mut page = Page::new(render::terminal_width(), output::coloured());
        render::licenses(&mut page, &sources);
        page.finish()
    };
    let mut output = Output::default();
    let printed = output.put(&Outcome::Answer(answer));
    output.end(printed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_is_credited() {
        let sources: Sources = toml::from_str(SOURCES).unwrap();
        assert!(sources.source.len() > 20 && !sources.own.is_empty());
        for source in sources.source {
            assert!(!source.licence.is_empty() && !source.attribution.is_empty(), "{}", source.name);
        }
        for own in sources.own {
            assert!(!own.licence.is_empty() && !own.files.is_empty());
        }
    }
}
