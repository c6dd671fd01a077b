//! Standard output and error: answers, complaints, colours, and the exit status at the end.

use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::ValueEnum;
use clap::builder::PossibleValue;

/// When there are colours.
#[derive(Debug, Clone, Copy)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

impl ValueEnum for Colour {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Auto, Self::Always, Self::Never]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(match self {
            Self::Auto => "auto",
            Self::Always => "always",
            Self::Never => "never",
        }))
    }
}

impl Colour {
    /// Makes it hold for all that is printed.
    pub(super) fn apply(self) {
        match self {
            Self::Auto => ColorChoice::Auto,
            Self::Always => ColorChoice::Always,
            Self::Never => ColorChoice::Never,
        }
        .write_global();
    }
}

/// Whether what goes to standard output is coloured.
pub(super) fn coloured() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != ColorChoice::Never
}

/// What became of one document or request.
#[derive(Debug)]
pub(super) enum Outcome {
    /// For standard output, with its line break.
    Answer(String),
    /// For standard output too, but it tells of a failure.
    Error(String),
    /// For standard error.
    Complaint(String),
}

/// Prints outcomes and remembers whether one failed.
#[derive(Debug, Default)]
pub(super) struct Output {
    failed: bool,
}

impl Output {
    /// # Errors
    /// Where standard output cannot be written.
    pub(super) fn put(&mut self, outcome: &Outcome) -> io::Result<()> {
        self.failed |= !matches!(outcome, Outcome::Answer(_));
        match outcome {
            Outcome::Answer(text) | Outcome::Error(text) => {
                let mut stdout = io::stdout().lock();
                stdout.write_all(text.as_bytes())?;
                // At once: whoever waits for it may be about to send the next request.
                stdout.flush()
            }
            Outcome::Complaint(words) => {
                anstream::eprintln!("warraq: {}", super::render::clean(words));
                Ok(())
            }
        }
    }

    /// The exit status, given how the run ended. A reader that has seen enough (`| head`) is no failure.
    pub(super) fn end(self, run: io::Result<()>) -> ExitCode {
        match run {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => super::complain(&error, 1),
            Ok(()) if self.failed => ExitCode::FAILURE,
            Ok(()) => ExitCode::SUCCESS,
        }
    }
}
