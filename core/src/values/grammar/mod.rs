//! Patterns over words, numbers and marks: which of them make an expression of time, and what it says.
//!
//! The patterns are data (`data/values/grammar.toml` says how they are read). None repeats anything, and a search takes a
//! bounded number of steps from each word, so that no text takes more than linear time.

mod builder;
mod pattern;
mod role;
mod search;
mod signs;

pub(super) use pattern::Grammar;
pub(super) use search::{Around, Expression, Text};
