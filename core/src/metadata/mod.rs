//! What a newsroom or a search index wants to know of an article before anyone reads it.

mod language;

pub use language::{Identified, Languages};

use crate::{Document, Span};

/// Which way a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As Latin does.
    LeftToRight,
    /// As Arabic does.
    RightToLeft,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Counts {
    /// Code points.
    pub characters: u32,
    pub words: u32,
    pub sentences: u32,
    pub paragraphs: u32,
    pub quotations: u32,
    pub blocks: u32,
}

/// The metadata of a document. Spans are of its text; what was not found is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<Span>,
    /// The headline once more.
    pub repeated_title: Option<Span>,
    /// Headings inside the text.
    pub subheads: Vec<Span>,
    /// The writer or initials.
    pub byline: Option<Span>,
    /// The dateline.
    pub dateline: Option<Span>,
    /// Where it was written, by the dateline.
    pub place: Option<Span>,
    /// Who publishes it: the source block, else the dateline's agency.
    pub source: Option<Span>,
    /// BCP 47 tag; `und` where no language is recognised.
    pub language: &'static str,
    /// ISO 15924 code of most letters; `Zyyy` where there are none.
    pub script: &'static str,
    /// Which way most of the text runs.
    pub direction: Direction,
    /// How much there is.
    pub counts: Counts,
    /// Seconds that a reader needs; `None` where the language's reading rate is not known.
    pub reading_time_seconds: Option<u32>,
}

/// The metadata of `document`.
pub fn metadata(_document: &Document) -> Metadata {
    Metadata {
        title: None,
        repeated_title: None,
        subheads: Vec::new(),
        byline: None,
        dateline: None,
        place: None,
        source: None,
        language: "und",
        script: "Zyyy",
        direction: Direction::LeftToRight,
        counts: Counts::default(),
        reading_time_seconds: None,
    }
}
