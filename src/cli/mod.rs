//! The command line: `serve`, `config`, and the four calls and their combination on files.

mod serve;

use std::process::ExitCode;

use clap::Command;

use crate::config::{self, Loaded};

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
    let Some((name, arguments)) = matches.subcommand() else { return ExitCode::from(EX_USAGE) };
    let loaded = Loaded::load(arguments, |variable| std::env::var(variable).ok());
    match loaded {
        Err(error) => complain(&error, EX_USAGE),
        Ok(loaded) => match name {
            "config" => serve::print_config(&loaded),
            _ => serve::serve(loaded.config),
        },
    }
}

fn command() -> Command {
    Command::new("warraq")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Turns raw Arabic news text into normalised text, structure, entities and metadata")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(config::flags(Command::new("serve").about("Serve the calls over gRPC")))
        .subcommand(config::flags(
            Command::new("config").about("Print every knob's value in force and where it came from"),
        ))
}

/// Says what went wrong, and with which exit status.
fn complain(error: &dyn std::error::Error, status: u8) -> ExitCode {
    anstream::eprintln!("warraq: {error}");
    ExitCode::from(status)
}
