//! Spaces and line ends.

use super::Normalized;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};

/// What becomes of the lines of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// They stay.
    Keep,
    /// They become one; blank lines stay as one blank line.
    Join,
}

/// A character that ends a line. Also CRLF, as one.
pub(super) const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `text` with uniform white space; `None` where it is already.
pub(super) fn run(text: &str, lines: Lines, counts: &mut Counts) -> Option<Normalized> {
    let mut out = Rewriter::new(text);
    let mut at = 0;
    while let Some((begin, end)) = next_run(text, at) {
        let white = text.get(begin..end).unwrap_or_default();
        match lines {
            Lines::Keep => keep_lines(&mut out, white, begin, end == text.len()),
            Lines::Join => {
                let with = match line_ends(white) {
                    _ if end == text.len() => "",
                    0 => " ",
                    _ if begin == 0 => "",
                    1 => " ",
                    _ => "\n\n",
                };
                out.replace_trimmed(begin, end, with);
            }
        }
        at = end;
    }
    counts.add(Step::Whitespace, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

/// The next run of white space from `at` that is not just one space between two words.
fn next_run(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut at = at;
    loop {
        let bytes = text.as_bytes();
        let found = bytes.get(at..)?.iter().enumerate().position(|(index, &byte)| {
            may_be_white(byte)
                // One space and then no white space is how most words are divided.
                && !(byte == b' ' && bytes.get(at + index + 1).is_some_and(|&next| !may_be_white(next)))
        })?;
        let begin = at + found;
        let rest = text.get(begin..)?;
        let length = rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len());
        match (length, rest.as_bytes()) {
            // Another character with the same first byte.
            (0, _) => at = begin + rest.chars().next().map_or(1, char::len_utf8),
            (1, [b' ', _, ..]) => at = begin + 1,
            _ => return Some((begin, begin + length)),
        }
    }
}

/// Whether a white space character can begin with this byte.
const fn may_be_white(byte: u8) -> bool {
    matches!(byte, b' ' | 9..=13 | 0xC2 | 0xE1 | 0xE2 | 0xE3)
}

/// How many line ends a run of white space has.
fn line_ends(white: &str) -> usize {
    let crlf = white.matches("\r\n").count();
    white.chars().filter(|&c| ends_line(c)).count() - crlf
}

/// Every stretch of spaces to one, or to none before a line end; every line end to LF.
fn keep_lines(out: &mut Rewriter, white: &str, begin: usize, at_end: bool) {
    let mut rest = white;
    let mut at = begin;
    while !rest.is_empty() {
        let spaces = rest.find(ends_line).unwrap_or(rest.len());
        let (blank, behind) = rest.split_at_checked(spaces).unwrap_or((rest, ""));
        if !blank.is_empty() {
            let with = if behind.is_empty() && !at_end { " " } else { "" };
            out.replace_trimmed(at, at + spaces, with);
        }
        let mark =
            if behind.starts_with("\r\n") { 2 } else { behind.chars().next().map_or(0, char::len_utf8) };
        if mark > 0 && !behind.starts_with('\n') {
            // CRLF loses its CR and nothing else.
            out.replace_trimmed(at + spaces, at + spaces + mark, "\n");
        }
        at += spaces + mark;
        rest = behind.get(mark..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_on(text: &str, lines: Lines) -> String {
        run(text, lines, &mut Counts::default()).map_or_else(|| text.to_owned(), |out| out.text)
    }

    #[test]
    fn keeping_lines() {
        for (text, expected) in [
            ("a b", "a b"),
            ("a  b\u{A0}c\td\u{2009}\u{3000}e", "a b c d e"),
            ("a \r\nb\rc\u{2028}d\u{B}e", "a\nb\nc\nd\ne"),
            ("a\n \n\n b", "a\n\n\n b"),
            ("  a  ", " a"),
            ("a\n", "a\n"),
            ("é\u{E9}\u{201C}ك\u{1680}x", "é\u{E9}\u{201C}ك x"),
            (" ", ""),
            ("", ""),
        ] {
            assert_eq!(run_on(text, Lines::Keep), expected, "{text:?}");
        }
    }

    #[test]
    fn joining_lines() {
        for (text, expected) in
            [("a\nb\r\n c", "a b c"), ("a\n\nb\n \n\n c", "a\n\nb\n\nc"), ("\na\n", "a"), (" a", " a")]
        {
            assert_eq!(run_on(text, Lines::Join), expected, "{text:?}");
        }
    }

    #[test]
    fn edits_are_small() {
        let out = run("a \r\nb  c", Lines::Keep, &mut Counts::default()).unwrap();
        let spans: Vec<_> = out.alignment.edits().iter().map(|e| (e.source.begin, e.source.end)).collect();
        assert_eq!(spans, [(1, 2), (2, 3), (6, 7)]);
    }
}
