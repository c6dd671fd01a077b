//! The document's text, cut by the spans of an answer.

use std::ops::Range;

use warraq_core::normalize::Normalized;

use crate::proto::v1::{OffsetUnit, Span};

/// A text and where its units begin.
pub(in crate::cli) struct Source<'a> {
    text: &'a str,
    /// What is shown instead of a text with markup.
    reduced: Option<&'a Normalized>,
    /// The byte at which each unit begins, and the text's length; a unit inside a character begins where
    /// the character does. `None` where units are bytes.
    bytes: Option<Vec<usize>>,
}

impl<'a> Source<'a> {
    pub(in crate::cli) fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let units = |c: char| if unit == OffsetUnit::Utf16CodeUnit { c.len_utf16() } else { 1 };
        let bytes = (unit != OffsetUnit::Utf8Byte).then(|| {
            let starts = text.char_indices().flat_map(|(at, c)| std::iter::repeat_n(at, units(c)));
            starts.chain([text.len()]).collect()
        });
        Self { text, reduced: None, bytes }
    }

    /// The same source, of which people see what is left without its markup.
    pub(in crate::cli) fn reduced(self, reduced: Option<&'a Normalized>) -> Self {
        Self { reduced, ..self }
    }

    /// What is shown.
    pub(super) fn text(&self) -> &'a str {
        self.reduced.map_or(self.text, |reduced| &reduced.text)
    }

    /// The bytes of a span in what is shown; an empty range where it does not fit, as that of a text sent otherwise might.
    pub(super) fn range(&self, span: Option<&Span>) -> Range<usize> {
        let range = self.sent(span);
        match self.reduced {
            Some(reduced) => reduced.alignment.to_output(warraq_core::Span::from_range(&range)).range(),
            None => range,
        }
    }

    /// The bytes of a span in the text as sent.
    fn sent(&self, span: Option<&Span>) -> Range<usize> {
        let Some(&Span { begin, end }) = span else { return 0..0 };
        let byte = |offset: i32| {
            let offset = usize::try_from(offset).ok()?;
            match &self.bytes {
                Some(bytes) => bytes.get(offset).copied(),
                None => self.text.is_char_boundary(offset).then_some(offset),
            }
        };
        match (byte(begin), byte(end)) {
            (Some(begin), Some(end)) if begin <= end => begin..end,
            _ => 0..0,
        }
    }

    /// What the span has in the text as sent.
    pub(super) fn cut(&self, span: Option<&Span>) -> &'a str {
        self.text.get(self.sent(span)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_cuts_the_same_text() {
        let text = "a😀ب\u{64E}ت";
        for (unit, begin, end) in [
            (OffsetUnit::Utf8Byte, 5, 9),
            (OffsetUnit::UnicodeCodePoint, 2, 4),
            (OffsetUnit::Utf16CodeUnit, 3, 5),
        ] {
            let source = Source::new(text, unit);
            assert_eq!(source.cut(Some(&Span { begin, end })), "ب\u{64E}", "{unit:?}");
            assert_eq!(source.cut(Some(&Span { begin: 0, end: 99 })), "");
            assert_eq!(source.cut(Some(&Span { begin: 3, end: 1 })), "");
            assert_eq!(source.cut(None), "");
        }
    }
}
