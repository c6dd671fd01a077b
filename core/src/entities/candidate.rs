//! What the sources of mentions propose, before anything is decided.

use std::sync::Arc;

use super::{EntityType, Value};
use crate::{Document, Span};

/// Finds places where a text may speak of something.
///
/// Lists, shapes and numbers are sources; a learned tagger is one more. A source only proposes, with
/// its reasons added up as a score; what overlaps and what is ambiguous is decided for all together
/// (`resolve`), since only then is known what the rest of the document speaks for.
pub trait MentionSource {
    /// Adds what the source finds in `document` to `out`, in any order.
    fn propose(&self, document: &Document<'_>, out: &mut Vec<Candidate>);
}

/// A possible mention. Several may have one span: a name that means several things.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Its place in the document's text.
    pub span: Span,
    /// What is mentioned; `None` for a phrase that is known to mention nothing.
    pub kind: Option<EntityType>,
    /// Which thing it is.
    pub identity: Identity,
    /// The country that the thing is, or is in: mentions of one country support each other.
    pub country: Option<Arc<str>>,
    /// The value that is written out; few have one, and it is large.
    pub value: Option<Box<Value>>,
    /// What it is more exactly, where no list says it.
    pub subtype: Option<&'static str>,
    /// Whether it is put together of a class noun and what follows, and not listed as a whole.
    pub is_built: bool,
    /// Whether the places in it are not meant: brands, clubs and media.
    pub is_closed: bool,
    /// How much speaks for it; below the threshold of `evidence.tsv` it is not taken.
    pub score: f32,
    /// Who says so.
    pub origin: Origin,
}

/// By what two mentions are known to be of one thing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// Of a person or a body that no list has whole: the folded name that it is introduced by.
    Named(String),
    /// Listed: the index of a lexicon in [`Document::lexicons`], and of the thing in it.
    Thing(usize, u32),
    /// By its value.
    Canonical(String),
    /// By its folded surface: nothing else is known.
    Surface,
}

impl Identity {
    /// Of what no list has, by its folded name: with the article and without it is one.
    pub(super) fn named(name: &str) -> Self {
        Self::Named(bare(name).to_owned())
    }
}

/// A folded name without its article.
pub(super) fn bare(name: &str) -> &str {
    name.strip_prefix("ال").unwrap_or(name)
}

/// Where a candidate comes from. An earlier one goes before a later one where they overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The caller's own list.
    OwnList,
    /// URLs and the like.
    Pattern,
    /// Numbers, amounts, dates.
    Number,
    /// The built-in lists, and what is built of their words: names of people, class nouns with what follows.
    List,
}
