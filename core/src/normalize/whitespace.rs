//! Spaces and line ends.

use super::Normalized;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};

/// How white space is made uniform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Blanks {
    pub(super) lines: Lines,
    /// Whether spaces at the end of lines and of the text go.
    pub(super) trim: bool,
}

/// What becomes of line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lines {
    /// They stay.
    Keep,
    /// White space with a line end in it becomes one line end.
    Squeeze,
    /// Those within a paragraph become spaces; blank lines stay as one blank line.
    Join,
    /// They become spaces.
    Space,
}

impl Lines {
    pub(super) fn from_name(name: &str) -> Self {
        match name {
            "squeeze" => Self::Squeeze,
            "join" => Self::Join,
            "space" => Self::Space,
            _ => Self::Keep,
        }
    }
}

impl Blanks {
    /// Whether line ends of a kind of their own may go.
    pub(super) fn joins_lines(self) -> bool {
        self.lines != Lines::Keep
    }
}

/// A character that ends a line. Also CRLF, as one.
pub(super) const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `text` with uniform white space; `None` where it is already.
pub(super) fn run(text: &str, blanks: Blanks, counts: &mut Counts) -> Option<Normalized> {
    let mut out = Rewriter::new(text);
    let mut at = 0;
    while let Some((begin, end)) = next_run(text, at) {
        let white = text.get(begin..end).unwrap_or_default();
        let ends = line_ends(white);
        let at_end = end == text.len();
        let with = match blanks.lines {
            Lines::Keep => {
                keep_lines(&mut out, white, begin, at_end, blanks.trim);
                at = end;
                continue;
            }
            Lines::Squeeze if ends > 0 => "\n",
            Lines::Join if at_end && blanks.trim => "",
            Lines::Join if ends > 0 && begin == 0 && blanks.trim => "",
            Lines::Join if ends > 1 => "\n\n",
            _ if at_end && blanks.trim => "",
            _ => " ",
        };
        out.replace_trimmed(begin, end, with);
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

/// Every stretch of spaces to one, or to none before a line end (`trim`); every line end to LF.
fn keep_lines(out: &mut Rewriter, white: &str, begin: usize, at_end: bool, trim: bool) {
    let mut rest = white;
    let mut at = begin;
    while !rest.is_empty() {
        let spaces = rest.find(ends_line).unwrap_or(rest.len());
        let (blank, behind) = rest.split_at_checked(spaces).unwrap_or((rest, ""));
        if !blank.is_empty() {
            let with = if trim && (at_end || !behind.is_empty()) { "" } else { " " };
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
        run_with(text, Blanks { lines, trim: true })
    }

    fn run_with(text: &str, blanks: Blanks) -> String {
        run(text, blanks, &mut Counts::default()).map_or_else(|| text.to_owned(), |out| out.text)
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
    fn squeezing_lines_and_spaces_alone() {
        for (text, expected) in
            [("a \n\n b  c", "a\nb c"), ("\n a\n\n", "\na\n"), ("a ", "a"), (" \r\n", "\n"), ("a\tb", "a b")]
        {
            assert_eq!(run_on(text, Lines::Squeeze), expected, "{text:?}");
        }
        for (text, expected) in [("a\n\nb\r\nc ", "a b c"), ("\na\n", " a"), ("a\u{A0}\u{A0}b", "a b")] {
            assert_eq!(run_on(text, Lines::Space), expected, "{text:?}");
        }
    }

    #[test]
    fn ends_that_are_kept() {
        let kept = |text, lines| run_with(text, Blanks { lines, trim: false });
        assert_eq!(kept("a  \r\nb  ", Lines::Keep), "a \nb ");
        assert_eq!(kept("a  \n\nb  ", Lines::Squeeze), "a\nb ");
        assert_eq!(kept(" ", Lines::Squeeze), " ");
        assert_eq!(kept("\na\nb\n\n", Lines::Join), " a b\n\n");
        assert_eq!(kept("a\n\n", Lines::Space), "a ");
    }

    #[test]
    fn edits_are_small() {
        let blanks = Blanks { lines: Lines::Keep, trim: true };
        let out = run("a \r\nb  c", blanks, &mut Counts::default()).unwrap();
        let spans: Vec<_> = out.alignment.edits().iter().map(|e| (e.source.begin, e.source.end)).collect();
        assert_eq!(spans, [(1, 2), (2, 3), (6, 7)]);
    }
}
