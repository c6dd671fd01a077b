//! The text as the rules look at it: tokens, their folded forms, and what separates them.

use std::cell::Cell;
use std::ops::Range;

use super::{Token, TokenKind};
use crate::normalize::{Edit, Normalized};
use crate::{Document, Span};

/// Bytes of a character at most.
const LONGEST_CHARACTER: u32 = 4;

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
    folded_tokens: &'d [Span],
    /// The token that was sought last: the next is mostly near it.
    last: Cell<usize>,
}

impl<'d> View<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self {
            text: document.text(),
            tokens: document.tokens(),
            folded: document.folded(),
            folded_tokens: document.folded_tokens(),
            last: Cell::new(0),
        }
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
        let token = self.token(index).filter(|token| token.span.len() <= LONGEST_CHARACTER)?;
        let mut chars = token.span.of(self.text).chars();
        chars.next().filter(|_| chars.next().is_none())
    }

    /// The token's text, folded as the lists are.
    pub(crate) fn folded(&self, index: usize) -> &'d str {
        let span = self.folded_tokens.get(index);
        span.and_then(|span| self.folded.text.get(span.range())).unwrap_or_default()
    }

    /// What `span` became in the folded text.
    pub(crate) fn folded_span(&self, span: Span) -> &'d str {
        let edits = self.folded.alignment.edits();
        let to_begin = edits.partition_point(|edit| edit.source.begin <= span.begin);
        let to_end = edits.partition_point(|edit| edit.source.begin < span.end);
        let range = output_of_begin(edits, to_begin, span.begin)..output_of_end(edits, to_end, span.end);
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
        let begin = self.first_from(span.begin, self.last.get());
        let end = self.first_from(span.end, begin);
        self.last.set(begin);
        begin..end.max(begin)
    }

    /// The first token that begins at `offset` or after it, sought in growing strides from token `near` on.
    fn first_from(&self, offset: u32, near: usize) -> usize {
        let is_before = |token: &Token| token.span.begin < offset;
        // All tokens before `low` begin before `offset`, and none from `high` on.
        let (mut low, mut high) = (near, near);
        let mut stride = 1;
        while self.token(high).is_some_and(is_before) {
            low = high + 1;
            high += stride;
            stride *= 2;
        }
        while low > 0 && !self.token(low - 1).is_some_and(is_before) {
            high = low - 1;
            low = low.saturating_sub(stride);
            stride *= 2;
        }
        let between = self.tokens.get(low..high.min(self.tokens.len()));
        low + between.unwrap_or_default().partition_point(is_before)
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
    if folded.ends_with('\u{640}') { folded.trim_end_matches('\u{640}') } else { folded }
}

/// Where each token lies in the folded text, less its last tatweel.
///
/// Tokens and edits are both in order: one walk, where a search for each token would be a third of the stage.
pub(crate) fn folded_tokens(document: &Document) -> Vec<Span> {
    let folded = document.folded();
    let edits = folded.alignment.edits();
    let (mut to_begin, mut to_end) = (0, 0);
    let span = |token: &Token| {
        while edits.get(to_begin).is_some_and(|edit| edit.source.begin <= token.span.begin) {
            to_begin += 1;
        }
        while edits.get(to_end).is_some_and(|edit| edit.source.begin < token.span.end) {
            to_end += 1;
        }
        let begin = output_of_begin(edits, to_begin, token.span.begin);
        let end = output_of_end(edits, to_end, token.span.end);
        let surface = folded.text.get(begin..end).unwrap_or_default();
        Span::from_range(&(begin..begin + without_last_tatweel(surface).len()))
    };
    document.tokens().iter().map(span).collect()
}

/// Where what begins at `offset` does in the output; the first `before` edits begin there or before it.
fn output_of_begin(edits: &[Edit], before: usize, offset: u32) -> usize {
    output(edits, before, offset, |edit| edit.output.begin)
}

/// Where what ends at `offset` does in the output; the first `before` edits begin before it.
fn output_of_end(edits: &[Edit], before: usize, offset: u32) -> usize {
    output(edits, before, offset, |edit| edit.output.end)
}

fn output(edits: &[Edit], before: usize, offset: u32, inside: impl Fn(&Edit) -> u32) -> usize {
    let output = match before.checked_sub(1).and_then(|last| edits.get(last)) {
        None => offset,
        Some(edit) if offset >= edit.source.end => edit.output.end + (offset - edit.source.end),
        Some(edit) => inside(edit),
    };
    output as usize
}
