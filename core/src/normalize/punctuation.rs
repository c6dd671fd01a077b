//! Punctuation as Arabic or as Latin text has it.

use super::Normalized;
use super::preset::Options;
use super::rewrite::Rewriter;
use super::signs::{Look, Signs};
use super::step::{Counts, Step};
use super::tables::{self, TABLES};
use super::whitespace::ends_line;

/// How punctuation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // One switch an option.
pub(super) struct Writing {
    pub(super) marks: Marks,
    pub(super) ellipsis: Ellipsis,
    /// Of a mark that is repeated one stays.
    pub(super) single: bool,
    /// No space before a mark.
    pub(super) closed_up: bool,
}

/// Whose commas, semicolons and question marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    Keep,
    Arabic,
    Latin,
}

/// What an ellipsis is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ellipsis {
    Keep,
    /// Three points.
    Dots,
    /// One character.
    Character,
}

impl Writing {
    pub(super) fn of(options: &Options) -> Self {
        let is = |name, value| options.get(name) == Some(&value);
        Self {
            marks: match options.get("to") {
                Some(&"arabic") => Marks::Arabic,
                Some(&"latin") => Marks::Latin,
                _ => Marks::Keep,
            },
            ellipsis: match options.get("ellipsis") {
                Some(&"dots") => Ellipsis::Dots,
                Some(&"character") => Ellipsis::Character,
                _ => Ellipsis::Keep,
            },
            single: is("repeats", "one"),
            closed_up: is("space_before", "remove"),
        }
    }

    /// Whether all it does is to write Arabic marks as Latin ones.
    pub(super) fn is_of_latin_marks_only(self) -> bool {
        let only = Self { marks: Marks::Latin, ellipsis: Ellipsis::Keep, single: false, closed_up: false };
        self == only
    }

    /// Whether it writes a character that a compatibility form takes apart.
    pub(super) fn writes_ellipsis(self) -> bool {
        self.ellipsis == Ellipsis::Character
    }
}

const ELLIPSIS: char = '…';
const DOTS: &str = "...";

/// The text with punctuation written so; `None` where it is already.
pub(super) fn run(look: Look, writing: Writing, counts: &mut Counts) -> Option<Normalized> {
    let text = look.text;
    let mut out = Rewriter::new(text);
    let mut last_letter = LastLetter::default();
    let mut next_letter = NextLetter::default();
    let mut buffer = [0; 4];
    // What is before has been read.
    let mut at = 0;
    look.each(Signs::PUNCTUATION, |begin, c| {
        if begin < at {
            return;
        }
        let end = begin + c.len_utf8();
        at = end;
        let rest = text.get(end..).unwrap_or_default();
        let ahead = text.get(..begin).unwrap_or_default();
        if c == '.' && rest.starts_with('.') {
            let points = 1 + rest.chars().take_while(|&c| c == '.').count();
            at = begin + points;
            if points == DOTS.len() && writing.ellipsis == Ellipsis::Character && !ahead.ends_with('.') {
                out.replace(begin, at, ELLIPSIS.encode_utf8(&mut buffer));
            }
            return;
        }
        if c == ELLIPSIS {
            // It may stand for words, and what is before words is not closed up.
            if writing.ellipsis == Ellipsis::Dots {
                out.replace(begin, end, DOTS);
            }
            return;
        }
        if !is_mark(c) {
            return;
        }
        let with = if is_between_digits(ahead.chars().rev(), rest.chars()) {
            c
        } else {
            written(c, writing.marks, ahead, rest, || {
                last_letter.is_arabic(text, begin) || next_letter.is_arabic(text, end)
            })
        };
        // White space at the beginning of a line is no space before a mark.
        let blanks = ahead.trim_end_matches(|c: char| c.is_whitespace() && !ends_line(c));
        // Points that are closed up would make an ellipsis, or a longer one.
        let closes = writing.closed_up
            && ends_part(rest)
            && !blanks.is_empty()
            && !blanks.ends_with(ends_line)
            && !(c == '.' && blanks.ends_with(['.', ELLIPSIS]));
        let from = if closes { blanks.len() } else { begin };
        let repeats = writing.single && is_repeatable(with) && out.before(from).next() == Some(with);
        if repeats {
            out.replace(from, end, "");
        } else if from < begin {
            out.replace_trimmed(from, end, with.encode_utf8(&mut buffer));
        } else if with != c {
            out.replace(begin, end, with.encode_utf8(&mut buffer));
        }
    });
    counts.add(Step::Punctuation, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

/// Whether a mark, between what is before it, backwards, and what is behind it, stands in a number and is not
/// punctuation. Marks on the digits may go.
pub(super) fn is_between_digits(
    mut before: impl Iterator<Item = char>,
    mut behind: impl Iterator<Item = char>,
) -> bool {
    behind.find(|&c| !tables::is_mark(c)).is_some_and(char::is_numeric)
        && before.find(|&c| !tables::is_mark(c)).is_some_and(char::is_numeric)
}

/// How `c` is written where it stands; `of_arabic` says whether an Arabic letter is the last or the next of the line.
fn written(c: char, marks: Marks, ahead: &str, rest: &str, of_arabic: impl FnOnce() -> bool) -> char {
    match marks {
        Marks::Keep => c,
        Marks::Latin => {
            TABLES.punctuation.iter().find(|(arabic, _)| *arabic == c).map_or(c, |(_, latin)| *latin)
        }
        Marks::Arabic => {
            let Some(&(arabic, _)) = TABLES.punctuation.iter().find(|(_, latin)| *latin == c) else {
                return c;
            };
            // Inside an address or a Latin word, or among Latin words, it is not the Arabic sentence's.
            let inside = rest
                .starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '=' | '&'))
                && ahead.trim_end_matches(is_mark).ends_with(is_of_address);
            if !inside && of_arabic() { arabic } else { c }
        }
    }
}

/// The last letter of a line, which is looked for no farther back than the mark before.
#[derive(Default)]
struct LastLetter {
    /// What is before has been read.
    at: usize,
    is_arabic: bool,
}

impl LastLetter {
    /// Whether the last letter of the line before byte `until` is Arabic.
    fn is_arabic(&mut self, text: &str, until: usize) -> bool {
        let unread = text.get(self.at..until).unwrap_or_default();
        if let Some(c) = unread.chars().rev().find(|&c| c.is_alphabetic() || ends_line(c)) {
            self.is_arabic = is_arabic(c);
        }
        self.at = until;
        self.is_arabic
    }
}

/// The next letter of a line, which is looked for once for all the marks before it.
#[derive(Default)]
struct NextLetter {
    /// Where it is, or where the line ends.
    at: usize,
    is_arabic: bool,
}

impl NextLetter {
    /// Whether the next letter of the line from byte `from` on is Arabic.
    fn is_arabic(&mut self, text: &str, from: usize) -> bool {
        if self.at < from {
            let rest = text.get(from..).unwrap_or_default();
            let found = rest.char_indices().find(|&(_, c)| c.is_alphabetic() || ends_line(c));
            self.at = found.map_or(text.len(), |(at, _)| from + at);
            self.is_arabic = found.is_some_and(|(_, c)| is_arabic(c));
        }
        self.is_arabic
    }
}

/// Whether `c` stands in addresses and Latin words, and is not written otherwise by any step.
fn is_of_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '/' | '=' | '&' | '#' | '_' | '~' | '+' | '@')
}

/// Whether a mark before `rest` ends a part of the sentence: `.NET` and `:)` do not.
fn ends_part(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || is_mark(c))
}

pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '!' | '.' | ':' | ELLIPSIS)
        || TABLES.punctuation.iter().any(|&(arabic, latin)| c == arabic || c == latin)
}

/// Points are an ellipsis, colons a sign of their own.
fn is_repeatable(c: char) -> bool {
    !matches!(c, '.' | ':' | ELLIPSIS)
}

const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::super::signs::SHARED;
    use super::*;

    const KEEP: Writing =
        Writing { marks: Marks::Keep, ellipsis: Ellipsis::Keep, single: false, closed_up: false };

    fn check(writing: Writing, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let run_on = |text: &str| SHARED.looking(text, |look| run(look, writing, &mut Counts::default()));
            let once = run_on(text).map_or_else(|| (*text).to_owned(), |out| out.text);
            assert_eq!(&once, expected);
            assert!(run_on(&once).is_none(), "{once}");
        }
    }

    #[test]
    fn marks_of_either_script() {
        check(
            Writing { marks: Marks::Arabic, ..KEEP },
            &[
                ("لماذا? نعم, 1,200; ثم", "لماذا؟ نعم، 1,200؛ ثم"),
                ("شركة Apple, التي", "شركة Apple، التي"),
                ("one, two? نعم", "one, two؟ نعم"),
                ("http://a.b/c?d=1 نص", "http://a.b/c?d=1 نص"),
                ("yes, no", "yes, no"),
            ],
        );
        check(
            Writing { marks: Marks::Latin, ..KEEP },
            &[
                ("لماذا؟ نعم، ١،٢؛ ثم", "لماذا? نعم, ١،٢; ثم"),
                ("3٫14", "3٫14"),
                ("نص", "نص"),
                // A mark on a digit makes it no less one.
                ("١\u{64E}،٢ ١،\u{64E}٢ ١، ٢", "١\u{64E}،٢ ١،\u{64E}٢ ١, ٢"),
            ],
        );
    }

    #[test]
    fn ellipses_repeats_and_spaces() {
        check(Writing { ellipsis: Ellipsis::Dots, ..KEEP }, &[("قال…", "قال..."), ("....", "....")]);
        check(Writing { ellipsis: Ellipsis::Character, ..KEEP }, &[("قال...", "قال…"), ("....", "....")]);
        check(Writing { single: true, ..KEEP }, &[("لماذا؟؟؟!!", "لماذا؟!"), ("قال.. -- ::", "قال.. -- ::")]);
        check(
            Writing { closed_up: true, ..KEEP },
            &[("نعم ، لا \u{A0}؟", "نعم، لا؟"), ("\n ، .NET :)", "\n ، .NET :)"), ("قال .", "قال.")],
        );
        check(
            Writing { closed_up: true, single: true, marks: Marks::Arabic, ..KEEP },
            &[("لماذا ? ؟ نعم , ثم", "لماذا؟ نعم، ثم")],
        );
    }
}
