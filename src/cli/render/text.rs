//! Widths, wrapping and isolation of text that may run from right to left.

use std::borrow::Cow;
use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

const FIRST_STRONG_ISOLATE: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';
const LEFT_TO_RIGHT_MARK: char = '\u{200E}';
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// What stands for a character in a terminal; `None` for what must not get there.
///
/// A text is not to steer the terminal (escape sequences) nor to break out of its isolate.
fn shown(c: char) -> Option<char> {
    match c {
        // Where a line ends is ours to say.
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(' '),
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
        c if c.is_control() => Some(char::REPLACEMENT_CHARACTER),
        c => Some(c),
    }
}

/// `text` without what would steer the terminal.
pub(in crate::cli) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| shown(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(shown).collect())
}

/// The columns that a character takes.
fn columns(c: char) -> usize {
    shown(c).and_then(char::width).unwrap_or(0)
}

/// The columns that `text` takes.
///
/// Counted character by character, as terminals do: as a whole, `unicode-width` has lam and alef take one
/// column together, which is right for a font and wrong for a grid.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// Which way text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    LeftToRight,
    RightToLeft,
}

fn direction_of(c: char) -> Option<Direction> {
    match c {
        '\u{590}'..='\u{8FF}'
        | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFF}'
        | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}' => c.is_alphabetic().then_some(Direction::RightToLeft),
        RIGHT_TO_LEFT_MARK => Some(Direction::RightToLeft),
        LEFT_TO_RIGHT_MARK => Some(Direction::LeftToRight),
        c => c.is_alphabetic().then_some(Direction::LeftToRight),
    }
}

/// The direction of the first letter, as FSI finds it.
fn first_strong(text: &str) -> Option<Direction> {
    text.chars().find_map(direction_of)
}

/// The direction of most letters: a paragraph that begins with a foreign name is not foreign.
pub(super) fn direction(text: &str) -> Direction {
    let (right, all) = text.chars().filter_map(direction_of).fold((0_usize, 0_usize), |(right, all), one| {
        (right + usize::from(one == Direction::RightToLeft), all + 1)
    });
    if right * 2 >= all && all > 0 { Direction::RightToLeft } else { Direction::LeftToRight }
}

/// What goes before and after a line of a text of that direction. Where the line alone would run the other
/// way (a foreign word at its head) a mark says how it runs.
pub(super) fn isolate(line: &str, direction: Direction) -> (String, char) {
    let mut before = FIRST_STRONG_ISOLATE.to_string();
    if first_strong(line).unwrap_or(Direction::LeftToRight) != direction {
        before.push(match direction {
            Direction::RightToLeft => RIGHT_TO_LEFT_MARK,
            Direction::LeftToRight => LEFT_TO_RIGHT_MARK,
        });
    }
    (before, POP_ISOLATE)
}

/// Whether any of it runs from right to left, so that it needs isolation.
pub(super) fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|c| direction_of(c) == Some(Direction::RightToLeft))
}

/// The lines of `text[range]` in `room` columns, broken at white space; a word that is longer than a line
/// is broken where the line is full, never before a mark of width zero.
pub(super) fn wrap(text: &str, range: Range<usize>, room: usize) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut line: Option<Range<usize>> = None;
    let mut used = 0;
    for word in words(text, range) {
        for piece in pieces(text, word, room) {
            let wide = width(text.get(piece.clone()).unwrap_or_default());
            let gap =
                line.as_ref().map_or(0, |line| width(text.get(line.end..piece.start).unwrap_or_default()));
            match &mut line {
                Some(line) if used + gap + wide <= room => {
                    line.end = piece.end;
                    used += gap + wide;
                }
                _ => {
                    lines.extend(line.replace(piece));
                    used = wide;
                }
            }
        }
    }
    lines.extend(line);
    lines
}

/// The words of `text[range]`.
pub(super) fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let inside = text.get(range.clone()).unwrap_or_default();
    let mut rest = inside;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let start = inside.len() - rest.len();
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        rest = rest.get(length..).unwrap_or_default();
        Some(range.start + start..range.start + start + length)
    })
}

/// A word in pieces that fit a line.
pub(super) fn pieces(text: &str, word: Range<usize>, room: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = word.start;
    let mut used = 0;
    for (at, c) in text.get(word.clone()).unwrap_or_default().char_indices() {
        let wide = columns(c);
        if used + wide > room && used > 0 {
            pieces.push(start..word.start + at);
            (start, used) = (word.start + at, 0);
        }
        used += wide;
    }
    pieces.push(start..word.end);
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr as _;

    use super::*;

    #[test]
    fn widths_are_those_of_a_grid() {
        assert_eq!(width("سلام"), 4);
        // What table crates believe, and why they cannot lay out Arabic.
        assert_eq!("سلام".width(), 3);
        assert_eq!(width("\u{628}\u{64E}"), 1);
        assert_eq!(width("\u{2068}ب\u{2069}"), 1);
        assert_eq!(width("漢字"), 4);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1B}[31mb"), "a\u{FFFD}[31mb");
        assert_eq!(clean("a\u{2069}\u{202E}b\u{9B}c"), "ab\u{FFFD}c");
        assert_eq!(clean("سطر\nسطر"), "سطر سطر");
        assert!(matches!(clean("كما هو"), Cow::Borrowed(_)));
    }

    #[test]
    fn lines_break_at_words() {
        let text = "وقال المتحدث في بيان له";
        let lines: Vec<_> = wrap(text, 0..text.len(), 12).into_iter().map(|line| &text[line]).collect();
        assert_eq!(lines, ["وقال المتحدث", "في بيان له"]);
        let lines = wrap("aaaaaaaaaa bb", 0..13, 4);
        assert_eq!(lines, [0..4, 4..8, 8..10, 11..13]);
        assert!(wrap("  ", 0..2, 4).is_empty());
    }

    #[test]
    fn a_foreign_head_does_not_turn_a_line_round() {
        assert_eq!(isolate("نص", Direction::RightToLeft).0, "\u{2068}");
        assert_eq!(isolate("Reuters نص", Direction::RightToLeft).0, "\u{2068}\u{200F}");
        assert_eq!(isolate("123", Direction::RightToLeft).0, "\u{2068}\u{200F}");
        assert_eq!(isolate("text", Direction::LeftToRight).0, "\u{2068}");
        assert_eq!(direction("Mikel Iturraldeta صاحب الهدف في المباراة الأخيرة"), Direction::RightToLeft);
        assert_eq!(direction("the word سلام means peace"), Direction::LeftToRight);
        assert_eq!(direction("12"), Direction::LeftToRight);
    }

    proptest! {
        #[test]
        fn wrapped_lines_fit_and_lose_no_word(text in "[ ا-ي\u{64B}-\u{652}a-z漢\n]{0,120}", room in 2_usize..30) {
            let lines = wrap(&text, 0..text.len(), room);
            prop_assert!(lines.iter().all(|line| width(&text[line.clone()]) <= room));
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let kept: String = lines.iter().map(|line| letters(&text[line.clone()])).collect();
            prop_assert_eq!(kept, letters(&text));
        }
    }
}
