//! The text as the rules look at it: tokens, their folded forms, and what separates them.

use std::ops::Range;

use super::{Token, TokenKind};
use crate::normalize::{Edit, Normalized};
use crate::{Document, Span};

/// White space, and the format characters that stand for nothing: they belong to no block and no token.
///
/// The joiners (U+200C, U+200D) are not among them: they are part of how a word is spelled.
pub(crate) const fn is_gap(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        || c.is_whitespace()
}

/// Marks of direction: what stands between two of them is shown by both, so a line keeps them.
const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The line or sentence in `span`: as [`trim`], but with the marks of direction around it.
pub(super) fn trim_line(text: &str, span: Span) -> Option<Span> {
    trim(text, span)?;
    trim_with(text, span, |c| is_gap(c) && !is_direction(c))
}

/// `span` without the gaps at its ends; `None` where nothing is left.
pub(crate) fn trim(text: &str, span: Span) -> Option<Span> {
    trim_with(text, span, is_gap)
}

fn trim_with(text: &str, span: Span, is_gap: impl Fn(char) -> bool + Copy) -> Option<Span> {
    let surface = text.get(span.range())?;
    let from_begin = surface.trim_start_matches(is_gap);
    let trimmed = from_begin.trim_end_matches(is_gap);
    if trimmed.is_empty() {
        return None;
    }
    let begin = span.range().start + (surface.len() - from_begin.len());
    Some(Span::from_range(&(begin..begin + trimmed.len())))
}

/// A document's tokens with what the rules ask of them.
pub(crate) struct View<'d> {
    pub(crate) text: &'d str,
    pub(crate) tokens: &'d [Token],
    folded: &'d Normalized,
}

impl<'d> View<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self { text: document.text(), tokens: document.tokens(), folded: document.folded() }
    }

    pub(crate) fn token(&self, index: usize) -> Option<&'d Token> {
        self.tokens.get(index)
    }

    /// The token's text.
    pub(crate) fn surface(&self, index: usize) -> &'d str {
        self.token(index).map_or("", |token| token.span.of(self.text))
    }

    /// Its only character; `None` where it has more.
    pub(crate) fn single(&self, index: usize) -> Option<char> {
        let mut chars = self.surface(index).chars();
        chars.next().filter(|_| chars.next().is_none())
    }

    /// The token's text, folded as the lists are.
    pub(crate) fn folded(&self, index: usize) -> &'d str {
        self.token(index).map_or("", |token| without_last_tatweel(self.folded_span(token.span)))
    }

    /// What `span` became in the folded text.
    pub(crate) fn folded_span(&self, span: Span) -> &'d str {
        let edits = self.folded.alignment.edits();
        let range = output_of_begin(edits, span.begin)..output_of_end(edits, span.end);
        self.folded.text.get(range).unwrap_or_default()
    }

    pub(crate) fn is_word(&self, index: usize) -> bool {
        self.token(index).is_some_and(|token| token.kind == TokenKind::Word)
    }

    pub(crate) fn is_number(&self, index: usize) -> bool {
        self.token(index).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// The tokens that begin in `span`, as indices.
    pub(crate) fn tokens_in(&self, span: Span) -> Range<usize> {
        let begin = self.tokens.partition_point(|token| token.span.begin < span.begin);
        let end = self.tokens.partition_point(|token| token.span.begin < span.end);
        begin..end.max(begin)
    }

    /// Words and numbers among `tokens`, counted up to `limit`.
    pub(crate) fn words_up_to(&self, tokens: Range<usize>, limit: usize) -> usize {
        tokens
            .filter(|index| {
                self.token(*index)
                    .is_some_and(|token| !matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol))
            })
            .take(limit)
            .count()
    }

    /// Whether nothing stands between the token and the one before.
    pub(crate) fn touches_previous(&self, index: usize) -> bool {
        index
            .checked_sub(1)
            .and_then(|previous| self.token(previous))
            .zip(self.token(index))
            .is_some_and(|(previous, token)| previous.span.end == token.span.begin)
    }
}

/// Folding keeps the tatweel of an abbreviation (1445 هـ) by what stands around it; a list has nothing around.
pub(crate) fn without_last_tatweel(folded: &str) -> &str {
    folded.trim_end_matches('\u{640}')
}

fn output_of_begin(edits: &[Edit], offset: u32) -> usize {
    let before = edits.partition_point(|edit| edit.source.begin <= offset);
    let output = match before.checked_sub(1).and_then(|last| edits.get(last)) {
        None => offset,
        Some(edit) if offset >= edit.source.end => edit.output.end + (offset - edit.source.end),
        Some(edit) => edit.output.begin,
    };
    output as usize
}

fn output_of_end(edits: &[Edit], offset: u32) -> usize {
    let before = edits.partition_point(|edit| edit.source.begin < offset);
    let output = match before.checked_sub(1).and_then(|last| edits.get(last)) {
        None => offset,
        Some(edit) if offset >= edit.source.end => edit.output.end + (offset - edit.source.end),
        Some(edit) => edit.output.end,
    };
    output as usize
}
