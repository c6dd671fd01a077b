//! The map between a text and its normal form.

use crate::Span;

/// One place where the output differs from the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What stood in the source (empty for an insertion).
    pub source: Span,
    /// What stands in the output (empty for a deletion).
    pub output: Span,
}

/// Sorted, disjoint edits; between two of them source and output are the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    edits: Vec<Edit>,
}

impl Alignment {
    /// The edits, in order.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The smallest span of the source whose output covers `output`.
    pub fn to_source(&self, output: Span) -> Span {
        output
    }
}
