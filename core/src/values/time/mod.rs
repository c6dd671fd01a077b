//! Expressions of time: what they say (`said`), and what that means from where they are said (`resolve`).
//!
//! `stretch` finds which days are meant, `render` writes them in the forms of the contract.

pub(super) mod calendar;
mod render;
mod resolve;
pub(crate) mod said;
mod stretch;
#[cfg(test)]
mod tests;
pub(crate) mod value;

use crate::Span;
pub(crate) use calendar::Date;
pub(in crate::values) use render::age;
pub(in crate::values) use resolve::has_date;
pub(crate) use resolve::resolve;
use value::{AnchorKind, Precision};

/// A day, and the time of day where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) date: Date,
    /// Hours, minutes, seconds.
    pub(crate) clock: Option<(u8, u8, u8)>,
}

/// The tense of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense {
    Past,
    Future,
}

/// From where an expression is said.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Context {
    /// What relative and incomplete expressions count from, and where it stands in the text.
    pub(crate) anchor: Option<(Point, AnchorKind, Option<Span>)>,
    /// The date that the text spoke of before.
    pub(crate) earlier: Option<(Point, Precision, Span)>,
    pub(crate) tense: Option<Tense>,
    /// Of the document's time zone, in minutes east of Greenwich.
    pub(crate) offset: Option<i16>,
}
