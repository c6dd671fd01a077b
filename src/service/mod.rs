//! The calls: request → core → response, one file a call. The server and the command line both answer
//! through here, so that their answers are the same. Nothing here knows tonic or a socket.
//!
//! Each call first turns its raw request into a validated plan (`Plan::new`), then runs the plan over a
//! [`warraq_core::Document`].

pub mod annotate;
pub mod batch_annotate;
mod document;
pub mod extract_entities;
mod job;
mod mask;
pub mod normalize;
mod offsets;
pub mod own_names;
pub mod segment;
pub mod service_info;
pub mod summarize_metadata;

pub use document::text_bytes;
pub use job::{Job, Waiting};

use warraq_core::Knowledge;
use warraq_core::lexicon::Lexicon;

use crate::config::Config;
use crate::failure::{Failure, Reason};

/// The version of all that shapes an answer: rules and data are released with the program.
pub const MODEL_VERSION: &str = concat!("rules-", env!("CARGO_PKG_VERSION"));

/// What a call may use.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What is known of the language and the world.
    pub knowledge: &'a Knowledge,
    /// The names of the server's own file.
    pub own_names: Option<&'a Lexicon>,
    /// The limits in force.
    pub config: &'a Config,
    /// Whether somebody still waits for the answer.
    pub job: &'a Job,
}

/// The enum of `raw`, or the violation at `field`. Zero is "unspecified" and passes.
fn known<E: TryFrom<i32>>(field: impl Into<String>, raw: i32) -> Result<E, Failure> {
    E::try_from(raw).map_err(|_| {
        Failure::field(Reason::UnknownEnumValue, field, format!("{raw} is not a value of this enum"))
    })
}

/// The enums of a repeated field, in which each must be named.
fn all_known<E: TryFrom<i32> + Copy + Into<i32>>(field: &str, raw: &[i32]) -> Result<Vec<E>, Failure> {
    raw.iter()
        .enumerate()
        .map(|(i, &value)| {
            let field = format!("{field}[{i}]");
            if value == 0 {
                return Err(Failure::field(Reason::UnknownEnumValue, field, "names no value"));
            }
            known(field, value)
        })
        .collect()
}

/// Refuses what this version does not fill, when it is asked for by name.
fn all_filled<E: Copy + PartialEq>(
    field: &str,
    asked: &[E],
    filled: &[E],
    name: impl Fn(E) -> &'static str,
) -> Result<(), Failure> {
    match asked.iter().enumerate().find(|(_, one)| !filled.contains(one)) {
        Some((i, &one)) => Err(Failure::not_implemented(format!("{field}[{i}]"), name(one))),
        None => Ok(()),
    }
}
