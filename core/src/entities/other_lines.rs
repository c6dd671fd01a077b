//! Lines in another language that is written in the Arabic script.
//!
//! Names of countries are the same in many of them, but proclitics are not, and other words look like Arabic names.

use super::words::Word;
use crate::{Document, Span};

/// The lines of a text that are in another language, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct OtherLines(Vec<Span>);

impl OtherLines {
    /// Those of `document`.
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let evidence = document.knowledge().lexicon.evidence();
        if !evidence.may_have_other_letters(document.text()) {
            return Self::default();
        }
        let mut begin = 0;
        let mut found = Vec::new();
        for line in document.text().split_inclusive('\n') {
            let end = begin + line.len();
            if evidence.is_other_language(line) {
                found.push(Span::from_range(&(begin..end)));
            }
            begin = end;
        }
        Self(found)
    }

    /// Whether `span` lies in one of them.
    pub(super) fn hold(&self, span: Span) -> bool {
        first_ending_after(&self.0, span.begin).is_some_and(|line| line.overlaps(span))
    }

    /// Whether `word` does.
    pub(super) fn hold_word(&self, document: &Document<'_>, word: &Word) -> bool {
        // Most texts have none: their words need no way back to the source.
        !self.0.is_empty() && self.hold(document.source_span(word.begin as usize, word.end as usize))
    }
}

/// The first of `spans`, in order and disjoint, that does not end before `at`.
pub(super) fn first_ending_after(spans: &[Span], at: u32) -> Option<Span> {
    spans.get(spans.partition_point(|span| span.end <= at)).copied()
}
