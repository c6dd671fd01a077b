//! Punctuation as Arabic or as Latin text has it.

use super::Normalized;
use super::preset::Options;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use super::tables::TABLES;
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
}

const ELLIPSIS: char = '…';
const DOTS: &str = "...";
/// So far the next letter of the line is looked for, so that a line of marks is read in linear time.
const FARTHEST: usize = 64;

/// `text` with punctuation written so; `None` where it is already.
pub(super) fn run(text: &str, writing: Writing, counts: &mut Counts) -> Option<Normalized> {
    let mut out = Rewriter::new(text);
    // The last letter of the line so far: whether it is Arabic.
    let mut last_letter = None;
    let mut buffer = [0; 4];
    let mut skip_to = 0;
    for (begin, c) in text.char_indices() {
        if begin < skip_to {
            continue;
        }
        if ends_line(c) {
            last_letter = None;
            continue;
        }
        if c.is_alphabetic() {
            last_letter = Some(is_arabic(c));
            continue;
        }
        if c.is_whitespace() || c.is_numeric() {
            continue;
        }
        let end = begin + c.len_utf8();
        let rest = text.get(end..).unwrap_or_default();
        let ahead = text.get(..begin).unwrap_or_default();
        if c == '.' && rest.starts_with('.') {
            let points = 1 + rest.chars().take_while(|&c| c == '.').count();
            skip_to = begin + points;
            if points == DOTS.len() && writing.ellipsis == Ellipsis::Character && !ahead.ends_with('.') {
                out.replace(begin, skip_to, ELLIPSIS.encode_utf8(&mut buffer));
            }
            continue;
        }
        if c == ELLIPSIS {
            // It may stand for words, and what is before words is not closed up.
            if writing.ellipsis == Ellipsis::Dots {
                out.replace(begin, end, DOTS);
            }
            continue;
        }
        if !is_mark(c) {
            continue;
        }
        let between_digits = ahead.ends_with(char::is_numeric) && rest.starts_with(char::is_numeric);
        let with = if between_digits { c } else { written(c, writing.marks, ahead, last_letter, rest) };
        // White space at the beginning of a line is no space before a mark.
        let blanks = ahead.trim_end_matches(|c: char| c.is_whitespace() && !ends_line(c));
        let closes =
            writing.closed_up && ends_part(rest) && !blanks.is_empty() && !blanks.ends_with(ends_line);
        let from = if closes { blanks.len() } else { begin };
        let repeats = writing.single && is_repeatable(with) && out.before(from).next() == Some(with);
        if repeats {
            out.replace(from, end, "");
        } else if from < begin || with != c {
            out.replace_trimmed(from, end, with.encode_utf8(&mut buffer));
        }
    }
    counts.add(Step::Punctuation, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

/// How `c` is written where it stands.
fn written(c: char, marks: Marks, ahead: &str, last_letter: Option<bool>, rest: &str) -> char {
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
                && ahead.ends_with(|c: char| c.is_ascii() && !c.is_whitespace());
            let next_letter = || {
                let line = rest.chars().take(FARTHEST).take_while(|c| !ends_line(*c));
                line.filter(|c| c.is_alphabetic()).map(is_arabic).next()
            };
            let of_arabic = last_letter == Some(true) || next_letter() == Some(true);
            if of_arabic && !inside { arabic } else { c }
        }
    }
}

/// Whether a mark before `rest` ends a part of the sentence: `.NET` and `:)` do not.
fn ends_part(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || is_mark(c))
}

fn is_mark(c: char) -> bool {
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
    use super::*;

    const KEEP: Writing =
        Writing { marks: Marks::Keep, ellipsis: Ellipsis::Keep, single: false, closed_up: false };

    fn check(writing: Writing, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let once =
                run(text, writing, &mut Counts::default()).map_or_else(|| (*text).to_owned(), |out| out.text);
            assert_eq!(&once, expected);
            assert!(run(&once, writing, &mut Counts::default()).is_none(), "{once}");
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
            &[("لماذا؟ نعم، ١،٢؛ ثم", "لماذا? نعم, ١،٢; ثم"), ("3٫14", "3٫14"), ("نص", "نص")],
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
