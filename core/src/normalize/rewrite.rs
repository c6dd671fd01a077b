//! Writing a changed copy of a text while noting where it changed.

use super::{Alignment, Edit, Normalized};
use crate::Span;
use crate::alignment::trimmed;

/// Room for so many edits is made with the first.
const FEW_EDITS: usize = 32;

/// A changed copy of a source in the making. Nothing is copied before the first change.
pub(super) struct Rewriter<'t> {
    source: &'t str,
    /// What of the source is in the output or was replaced.
    done: usize,
    output: String,
    edits: Vec<Edit>,
}

impl<'t> Rewriter<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        Self { source, done: 0, output: String::new(), edits: Vec::new() }
    }

    /// Writes `with` where the source has `begin..end`; all before it that was not replaced is kept.
    #[inline]
    pub(super) fn replace(&mut self, begin: usize, end: usize, with: &str) {
        if self.edits.is_empty() {
            // Deletions outweigh insertions in real text; a little room for those that grow.
            self.output.reserve(self.source.len() + 16);
            self.edits.reserve(FEW_EDITS);
        }
        self.keep_until(begin);
        let from = self.output.len();
        self.output.push_str(with);
        if self.edits.len() == self.edits.capacity() {
            // Twice the room would be copied twice as often.
            self.edits.reserve(3 * self.edits.len());
        }
        self.edits.push(Edit {
            source: Span::from_range(&(begin..end)),
            output: Span::from_range(&(from..self.output.len())),
        });
        self.done = end;
    }

    /// As [`Self::replace`], less what both sides begin or end with in common.
    pub(super) fn replace_trimmed(&mut self, begin: usize, end: usize, with: &str) {
        let whole =
            Edit { source: Span::from_range(&(begin..end)), output: Span::from_range(&(0..with.len())) };
        let edit = trimmed(whole, self.source, with);
        if !(edit.source.is_empty() && edit.output.is_empty()) {
            let source = edit.source.range();
            self.replace(source.start, source.end, edit.output.of(with));
        }
    }

    /// The last characters of what the output would hold if all before `position` were kept.
    pub(super) fn before(&self, position: usize) -> impl Iterator<Item = char> {
        let pending = self.source.get(self.done..position).unwrap_or_default();
        pending.chars().rev().chain(self.output.chars().rev())
    }

    /// Whether what was written last is a space.
    pub(super) fn ends_in_space(&self) -> bool {
        self.output.ends_with(' ')
    }

    /// How many places have been changed so far.
    pub(super) fn changes(&self) -> usize {
        self.edits.len()
    }

    /// The changed copy; `None` where nothing changed.
    pub(super) fn finish(mut self) -> Option<Normalized> {
        if self.edits.is_empty() {
            return None;
        }
        self.keep_until(self.source.len());
        Some(Normalized { text: self.output, alignment: Alignment::new(self.edits) })
    }

    fn keep_until(&mut self, position: usize) {
        self.output.push_str(self.source.get(self.done..position).unwrap_or_default());
    }
}
