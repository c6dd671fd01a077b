//! Why one document, or the whole run, failed, as people read it.

use std::error::Error;
use std::fmt;

use tonic::{Code, Status};
use warraq_eval::file::FileError;

use crate::failure::Failure;

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Problem {
    /// What was to be read cannot be.
    Input(String),
    /// The call failed, here or at the server.
    Call(Box<Status>),
}

impl Problem {
    /// A problem with the file of that name.
    pub(super) fn of(file: &str, problem: impl fmt::Display) -> Self {
        Self::Input(format!("{file}: {problem}"))
    }
}

impl Error for Problem {}

impl From<Status> for Problem {
    fn from(status: Status) -> Self {
        Self::Call(Box::new(status))
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Status::from(failure).into()
    }
}

impl From<FileError> for Problem {
    fn from(error: FileError) -> Self {
        Self::Input(error.to_string())
    }
}

impl From<std::io::Error> for Problem {
    fn from(error: std::io::Error) -> Self {
        let words = error.to_string();
        // "No such file or directory (os error 2)": the number tells people nothing.
        let words = words.split(" (os error").next().unwrap_or_default();
        Self::Input(words.to_owned())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(words) => f.write_str(words),
            Self::Call(status) => {
                write!(f, "{}: {}", code_name(status.code()), status.message())?;
                // A connection that fails says why only further down ("Connection refused").
                let mut cause = status.source();
                while let Some(error) = cause {
                    let words = error.to_string();
                    if words != status.message() {
                        write!(f, ": {words}")?;
                    }
                    cause = error.source();
                }
                Ok(())
            }
        }
    }
}

/// `INVALID_ARGUMENT`, as gRPC writes it.
pub(super) fn code_name(code: Code) -> String {
    let mut name = String::new();
    for c in format!("{code:?}").chars() {
        if c.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(c.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_names_of_grpc() {
        assert_eq!(code_name(Code::InvalidArgument), "INVALID_ARGUMENT");
        assert_eq!(code_name(Code::Ok), "OK");
        assert_eq!(code_name(Code::DeadlineExceeded), "DEADLINE_EXCEEDED");
    }

    #[test]
    fn a_failure_names_code_and_field() {
        let failure = Failure::field(crate::failure::Reason::EmptyText, "document.text", "is empty");
        assert_eq!(Problem::from(failure).to_string(), "INVALID_ARGUMENT: document.text: is empty");
    }
}
