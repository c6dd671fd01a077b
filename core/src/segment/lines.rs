//! The lines of the text as they stand.

use std::ops::Range;

use super::rules::{BlockRules, MarkRules, Rules};
use super::view::{View, trim_line};
use crate::Span;

/// Words of a line that are counted; more are the same.
pub(super) const LONG: usize = 31;
/// From this many words on a line is running text, whatever its end.
const PROSE: usize = 17;
/// Of more words than this a line that a stop ends is running text.
const SENTENCE: usize = 5;
/// Bytes that are searched at once for the end of a line.
const BLOCK: usize = 32;

/// A line of the text, or several that were one before something wrapped them.
pub(super) struct Line {
    pub(super) span: Span,
    pub(super) tokens: Range<usize>,
    pub(super) words: usize,
    pub(super) blank_before: bool,
    pub(super) end: Ending,
    pub(super) bullet: bool,
    /// The token that numbers it as an item.
    pub(super) label: Option<usize>,
}

/// How a line ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Stop,
    Question,
    Colon,
    Other,
}

impl Line {
    /// Whether it is running text.
    pub(super) fn is_prose(&self) -> bool {
        self.words >= PROSE || self.end == Ending::Stop && self.words > SENTENCE
    }
}

const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The bytes to the end of the first line of `text`.
fn line_length(text: &str) -> usize {
    // Few characters begin with a byte that one that ends lines begins with.
    let may_end = |byte: &u8| matches!(byte, b'\n'..=b'\r' | 0xC2 | 0xE2);
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        // No byte of a block by itself is worth a branch.
        while let Some(block) = bytes.get(at..).and_then(|rest| rest.first_chunk::<BLOCK>())
            && !block.iter().fold(false, |any, byte| any | may_end(byte))
        {
            at += BLOCK;
        }
        let Some(next) = bytes.get(at..).and_then(|rest| rest.iter().position(may_end)) else {
            return text.len();
        };
        at += next;
        let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or_default();
        if ends_line(c) {
            return at;
        }
        at += c.len_utf8();
    }
}

/// The lines of the text that are not empty.
pub(super) fn lines(view: &View, rules: &Rules) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut begin = 0;
    let mut blank = false;
    let mut rest = view.text;
    while !rest.is_empty() {
        let length = line_length(rest);
        let (_, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match trim_line(view.text, Span::from_range(&(begin..begin + length))) {
            None => blank = true,
            Some(span) => {
                lines.push(line_of(view, rules, span, view.tokens_in(span), blank));
                blank = false;
            }
        }
        // CRLF is one end; taken as two it would make an empty line.
        let mark = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        begin += length + mark;
        rest = view.text.get(begin..).unwrap_or_default();
    }
    lines
}

/// The line that `tokens` make.
pub(super) fn line_of(
    view: &View,
    rules: &Rules,
    span: Span,
    tokens: Range<usize>,
    blank_before: bool,
) -> Line {
    let label = label(view, &rules.blocks, &tokens);
    Line {
        span,
        words: view.words_up_to(tokens.clone(), LONG),
        blank_before,
        end: ending(view, &rules.marks, &tokens),
        bullet: begins_with_bullet(view, &rules.blocks, &tokens) || label.is_some(),
        label,
        tokens,
    }
}

/// How a line ends, behind closing marks.
fn ending(view: &View, marks: &MarkRules, tokens: &Range<usize>) -> Ending {
    for index in tokens.clone().rev().take(4) {
        match view.single(index) {
            // Dots in a row are as common at the end of a headline.
            Some('.') if index.checked_sub(1).and_then(|before| view.single(before)) == Some('.') => {
                return Ending::Other;
            }
            Some(c) if marks.stops.full.contains(&c) => return Ending::Stop,
            Some(c) if marks.stops.question.contains(&c) => return Ending::Question,
            Some(':') => return Ending::Colon,
            Some(c) if matches!(c, ')' | ']') || marks.is_mark(c) => {}
            _ => return Ending::Other,
        }
    }
    Ending::Other
}

/// Whether a line begins with a bullet and white space after it.
fn begins_with_bullet(view: &View, rules: &BlockRules, tokens: &Range<usize>) -> bool {
    let next = tokens.start + 1;
    rules.bullets.has(view.folded(tokens.start)) && next < tokens.end && !view.touches_previous(next)
}

/// The number or letter of a line that begins as an item of a list does: `1-`, `ب)`, `(3)`, and white space after it.
fn label(view: &View, rules: &BlockRules, tokens: &Range<usize>) -> Option<usize> {
    let first = tokens.start;
    if tokens.is_empty() || rules.bullets.has(view.folded(first)) {
        return None;
    }
    let label = if view.single(first) == Some('(') { first + 1 } else { first };
    let short = view.is_number(label) && view.surface(label).chars().count() <= 2
        || view.single(label).is_some_and(char::is_alphabetic);
    let item = short
        && view.touches_previous(label + 1)
        && rules.enumeration_closers.has(view.folded(label + 1))
        && label + 2 < tokens.end
        && !view.touches_previous(label + 2);
    item.then_some(label)
}
