//! The command line: `serve`, `config`, and the four calls and their combination on files.
//!
//! | file | what |
//! |---|---|
//! | `options` | the options of the five subcommands, read from the command line |
//! | `calls` | options and a document → request; which call answers it; how people see the answer |
//! | `files` | each FILE is a document |
//! | `requests` | `--requests`: each line is a request |
//! | `document` | a file, or standard input, becomes a document |
//! | `asker` | who answers: this process, or with `--addr` a server (`remote`) |
//! | `pipeline` | many at a time, answers in order |
//! | `output` | standard output and error, colours, the exit status |
//! | `render` | answers for people |
//! | `serve` | `serve` and `config` |
//! | `eval` | how right the program is, on annotated articles and corpora |
//! | `corpus` | our own annotated articles: checked, counted, compared |
//! | `train` | the tagger's weights, learned anew |
//! | `demo` | a server and the four calls on a document, in one command |

mod asker;
mod calls;
mod corpus;
mod demo;
mod document;
mod eval;
mod files;
mod licenses;
mod options;
mod output;
mod pipeline;
mod problem;
mod remote;
mod render;
mod requests;
mod serve;
mod train;

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use crate::config::{self, Config, Loaded};
use asker::Asker;
use calls::{Annotate, Call, Entities, Metadata, Normalize, Segment};
use options::Options;
use output::Colour;

/// `EX_USAGE`: the command was used wrongly, or a knob's value cannot be used.
const EX_USAGE: u8 = 64;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let matches = match command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version are no errors; a closed pipe is nobody's fault.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(EX_USAGE) } else { ExitCode::SUCCESS };
        }
    };
    if let Some(colour) = matches.get_one::<Colour>("color") {
        colour.apply();
    }
    let Some((name, arguments)) = matches.subcommand() else { return ExitCode::from(EX_USAGE) };
    if name == "licenses" {
        return licenses::run(arguments);
    }
    if name == "eval" {
        return eval::run(arguments);
    }
    if name == "corpus" {
        return corpus::run(arguments);
    }
    if name == "train" {
        return train::run(arguments);
    }
    let loaded = match Loaded::load(arguments, |variable| std::env::var(variable).ok()) {
        Ok(loaded) => loaded,
        Err(error) => return complain(&error, EX_USAGE),
    };
    match name {
        "config" => serve::print_config(&loaded),
        "serve" => serve::serve(loaded.config),
        "demo" => demo(arguments, loaded.config),
        Normalize::NAME => call::<Normalize>(arguments, loaded.config),
        Segment::NAME => call::<Segment>(arguments, loaded.config),
        Entities::NAME => call::<Entities>(arguments, loaded.config),
        Metadata::NAME => call::<Metadata>(arguments, loaded.config),
        _ => call::<Annotate>(arguments, loaded.config),
    }
}

fn command() -> Command {
    let colour = Arg::new("color")
        .long("color")
        .value_name("WHEN")
        .value_parser(clap::value_parser!(Colour))
        .default_value("auto")
        .hide_possible_values(true)
        .global(true)
        .help("Colours: auto, always or never. auto heeds NO_COLOR and whether a terminal reads");
    Command::new("warraq")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Turns raw Arabic news text into normalised text, structure, entities and metadata")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(colour)
        .subcommand(options::normalize())
        .subcommand(options::segment())
        .subcommand(options::entities())
        .subcommand(options::metadata())
        .subcommand(options::annotate())
        .subcommand(options::demo())
        .subcommand(options::eval())
        .subcommand(corpus::command())
        .subcommand(train::command())
        .subcommand(licenses::command())
        .subcommand(config::flags(Command::new("serve").about("Serve the calls over gRPC")))
        .subcommand(config::flags(
            Command::new("config").about("Print every knob's value in force and where it came from"),
        ))
}

/// Shows a server and its four calls at work.
fn demo(arguments: &ArgMatches, config: Config) -> ExitCode {
    match (options::inputs(arguments), Options::read(arguments)) {
        (Ok(inputs), Ok(options)) => demo::run(&inputs, &options, config),
        (Err(error), _) => complain(&error, EX_USAGE),
        (_, Err(problem)) => complain(&problem, 1),
    }
}

/// Runs one of the five calls on what it was given.
fn call<C: Call>(arguments: &ArgMatches, config: Config) -> ExitCode {
    let inputs = match options::inputs(arguments) {
        Ok(inputs) => inputs,
        Err(error) => return complain(&error, EX_USAGE),
    };
    let options = match Options::read(arguments) {
        Ok(options) => options,
        Err(problem) => return complain(&problem, 1),
    };
    let asker = match Asker::new(options.address.clone(), options.names_file.as_deref(), config) {
        Ok(asker) => asker,
        Err(problem) => return complain(&problem, 1),
    };
    if options.requests {
        return requests::run::<C>(inputs, asker);
    }
    match C::complete(options, &asker) {
        Ok(options) => files::run::<C>(inputs, options, asker),
        Err(problem) => complain(&problem, 1),
    }
}

/// Says what went wrong, and with which exit status.
fn complain(error: &dyn std::error::Error, status: u8) -> ExitCode {
    anstream::eprintln!("warraq: {error}");
    ExitCode::from(status)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
