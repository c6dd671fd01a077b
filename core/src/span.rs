//! The one kind of position that the core knows: a range of bytes.

use std::ops::Range;

/// A half-open range of bytes of the document's text, on character boundaries.
///
/// `u32` because the service's text limit is far below 4 GiB; [`crate::Document::new`] refuses more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub begin: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `begin..end`.
    pub const fn new(begin: u32, end: u32) -> Self {
        Self { begin, end }
    }

    /// The span of a range of `usize`, as `str` methods give it.
    ///
    /// Lossless for every range inside a document, whose length [`crate::Document::new`] bounds.
    #[allow(clippy::cast_possible_truncation)]
    pub const fn from_range(range: &Range<usize>) -> Self {
        Self { begin: range.start as u32, end: range.end as u32 }
    }

    /// The span as a range for slicing.
    pub const fn range(self) -> Range<usize> {
        self.begin as usize..self.end as usize
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.begin)
    }

    /// Whether the span holds nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.begin
    }

    /// Whether `other` lies wholly inside (or equals) this span.
    pub const fn contains(self, other: Span) -> bool {
        self.begin <= other.begin && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.begin < other.end && other.begin < self.end
    }

    /// This span moved right by `by` bytes: from a slice's positions to those of the whole.
    #[must_use]
    pub const fn shift(self, by: u32) -> Self {
        Self { begin: self.begin + by, end: self.end + by }
    }

    /// What the span cuts out of `text`; empty if it does not fit (a bug, never the caller's input).
    pub fn of(self, text: &str) -> &str {
        debug_assert!(text.get(self.range()).is_some(), "span {self:?} does not fit its text");
        text.get(self.range()).unwrap_or_default()
    }
}
