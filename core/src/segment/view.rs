//! The text as the rules look at it: tokens, their folded forms, and what separates them.

use std::cell::Cell;
use std::ops::Range;

use super::{Token, TokenKind};
use crate::normalize::{Edit, Normalized};
use crate::{Document, Span};

/// Bytes of a character at most.
const LONGEST_CHARACTER: u32 = 4;

/// What draws a letter long.
const TATWEEL: &str = "\u{640}";

/// White space, and the format characters that stand for nothing: they belong to no block and no token.
///
/// The joiners (U+200C, U+200D) are not among them: they are part of how a word is spelled.
pub(crate) const fn is_gap(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        || c.is_whitespace()
}

/// Marks of direction: what stands between two of them is shown by both, so a line keeps them.
pub(crate) const fn is_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The line or sentence in `span`: as [`trim`], but with the marks of direction around it.
pub(super) fn trim_line(text: &str, span: Span) -> Option<Span> {
    let line = trim_with(text, span, |c| is_gap(c) && !is_direction(c))?;
    line.of(text).chars().any(|c| !is_gap(c)).then_some(line)
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
    signs: &'d [Sign],
    /// The token that was sought last: the next is mostly near it.
    last: Cell<usize>,
    /// The same of the signs.
    last_sign: Cell<usize>,
}

/// A token that is a mark of punctuation, a symbol or an emoji: what most rules look for, and few tokens are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sign {
    token: u32,
    /// Its only character; `None` where it has more.
    pub(super) single: Option<char>,
}

impl Sign {
    /// Index of the token.
    pub(super) const fn token(self) -> usize {
        self.token as usize
    }
}

/// What one walk over a document's tokens notes of them.
pub(crate) struct Survey {
    /// Where each token lies in the folded text, less its last tatweel.
    folded: Vec<Span>,
    /// The signs among them, in order.
    signs: Vec<Sign>,
}

/// The only character of `surface`; `None` where it has more.
fn only_character(surface: &str) -> Option<char> {
    let mut chars = surface.chars();
    chars.next().filter(|_| chars.as_str().is_empty())
}

impl<'d> View<'d> {
    pub(crate) fn new(document: &'d Document) -> Self {
        Self {
            text: document.text(),
            tokens: document.tokens(),
            folded: document.folded(),
            folded_tokens: &document.survey().folded,
            signs: &document.survey().signs,
            last: Cell::new(0),
            last_sign: Cell::new(0),
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
        only_character(token.span.of(self.text))
    }

    /// The signs among `tokens`.
    pub(super) fn signs_in(&self, tokens: &Range<usize>) -> &'d [Sign] {
        let first_from = |index: usize, near| first_from(self.signs, near, |sign| sign.token() < index);
        let begin = first_from(tokens.start, self.last_sign.get());
        let end = first_from(tokens.end, begin);
        self.last_sign.set(end);
        self.signs.get(begin..end).unwrap_or_default()
    }

    /// The token's text, folded as the lists are.
    pub(crate) fn folded(&self, index: usize) -> &'d str {
        let span = self.folded_tokens.get(index);
        span.and_then(|span| self.folded.text.get(span.range())).unwrap_or_default()
    }

    /// The words among all tokens, folded, with their indices.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, &'d str)> {
        let all = self.tokens.iter().zip(self.folded_tokens).enumerate();
        all.filter(|(_, (token, _))| token.kind == TokenKind::Word)
            .map(|(index, (_, span))| (index, self.folded.text.get(span.range()).unwrap_or_default()))
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
        self.last.set(end);
        begin..end.max(begin)
    }

    /// The first token that begins at `offset` or behind it, sought from token `near` on.
    pub(super) fn first_from(&self, offset: u32, near: usize) -> usize {
        first_from(self.tokens, near, |token| token.span.begin < offset)
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

/// The first of `items` that is not before what is sought, looked for in growing strides from `near` on.
fn first_from<T>(items: &[T], near: usize, is_before: impl Fn(&T) -> bool) -> usize {
    let before = |index: usize| items.get(index).is_some_and(&is_before);
    // All before `low` are before it, and none from `high` on.
    let (mut low, mut high) = (near, near);
    let mut stride = 1;
    while before(high) {
        low = high + 1;
        high += stride;
        stride *= 2;
    }
    while low > 0 && !before(low - 1) {
        high = low - 1;
        low = low.saturating_sub(stride);
        stride *= 2;
    }
    let between = items.get(low..high.min(items.len())).unwrap_or_default();
    low + between.partition_point(is_before)
}

/// Folding keeps the tatweel of an abbreviation (1445 هـ) by what stands around it; a list has nothing around.
pub(crate) fn without_last_tatweel(folded: &str) -> &str {
    if folded.ends_with('\u{640}') { folded.trim_end_matches('\u{640}') } else { folded }
}

impl Survey {
    /// Tokens and edits are both in order: one walk, where a search for each token would be a third of the stage.
    pub(crate) fn of(document: &Document) -> Self {
        let folding = document.folded();
        let edits = folding.alignment.edits();
        let bytes = folding.text.as_bytes();
        let tokens = document.tokens();
        let begin_of = |index: usize| edits.get(index).map_or(u32::MAX, |edit| edit.source.begin);
        let (mut folded, mut signs) = (Vec::with_capacity(tokens.len()), Vec::new());
        // The edits that begin at a token's begin or before it, the begin of the next, the end of the last, and how
        // far that moved what stands behind it.
        let mut before = 0;
        let mut next = begin_of(0);
        let (mut last_end, mut moved) = (0, 0_u32);
        for (index, token) in (0..).zip(tokens) {
            let span = token.span;
            if matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Emoji) {
                signs.push(Sign { token: index, single: only_character(span.of(document.text())) });
            }
            while next <= span.begin {
                if let Some(edit) = edits.get(before) {
                    last_end = edit.source.end;
                    moved = edit.output.end.wrapping_sub(edit.source.end);
                }
                before += 1;
                next = begin_of(before);
            }
            let (begin, mut end) = if last_end <= span.begin && span.end <= next {
                (span.begin.wrapping_add(moved) as usize, span.end.wrapping_add(moved) as usize)
            } else {
                let mut to_end = before;
                while begin_of(to_end) < span.end {
                    to_end += 1;
                }
                let begin = output_of_begin(edits, before, span.begin);
                (begin, output_of_end(edits, to_end, span.end).max(begin))
            };
            if bytes.get(begin..end).is_some_and(|surface| surface.ends_with(TATWEEL.as_bytes())) {
                let surface = folding.text.get(begin..end).unwrap_or_default();
                end = begin + without_last_tatweel(surface).len();
            }
            folded.push(Span::from_range(&(begin..end)));
        }
        Self { folded, signs }
    }
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
