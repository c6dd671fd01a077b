//! Quotation marks in one style.
//!
//! Which way a mark faces is decided by what stands beside it, by which marks are open, and by its
//! shape, in that order of trust: in Arabic text `»` opens as often as it closes, and straight marks
//! face no way. A pair inside a pair alternates between double and single. Lines are independent, so
//! that one missing mark does no harm beyond its line.

use super::Normalized;
use super::rewrite::Rewriter;
use super::signs::{Look, Signs};
use super::step::{Counts, Step};
use super::tables::TABLES;

/// Which way a quotation mark faces by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Facing {
    Open,
    /// Opens, on the base line: what elsewhere opens may close it.
    Low,
    Close,
    Straight,
}

/// A quotation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) character: char,
    /// Double, not single.
    pub(super) double: bool,
    pub(super) facing: Facing,
}

/// The marks to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Ascii,
    Curly,
    Guillemets,
}

impl Style {
    const fn mark(self, double: bool, opens: bool) -> char {
        match (self, double, opens) {
            (Self::Ascii, true, _) => '"',
            (Self::Ascii, false, _) => '\'',
            (Self::Curly, true, true) => '\u{201C}',
            (Self::Curly, true, false) => '\u{201D}',
            (Self::Curly, false, true) => '\u{2018}',
            (Self::Curly, false, false) => '\u{2019}',
            (Self::Guillemets, true, true) => '«',
            (Self::Guillemets, true, false) => '»',
            (Self::Guillemets, false, true) => '‹',
            (Self::Guillemets, false, false) => '›',
        }
    }

    /// What an apostrophe becomes: guillemets have none of their own.
    const fn apostrophe(self, was: char) -> char {
        match self {
            Self::Ascii => '\'',
            Self::Curly => '\u{2019}',
            Self::Guillemets => was,
        }
    }
}

/// How often a line is gone over until nothing changes. Alternation can turn a mark of a deep nest
/// over and over; a line that does not settle is left as it was, so that the step is idempotent.
const ROUNDS: usize = 4;

/// The text with marks of `style`; `None` where it has them already.
pub(super) fn run(look: Look, style: Style, counts: &mut Counts) -> Option<Normalized> {
    let text = look.text;
    let mut out = Rewriter::new(text);
    // The marks of a line, and where it ends.
    let mut found = Vec::new();
    let mut end = 0;
    look.each(Signs::QUOTES, |at, c| {
        if at >= end {
            settle(&mut out, &mut found, style);
            let behind = text.as_bytes().get(at..).unwrap_or_default();
            end = memchr::memchr(b'\n', behind).map_or(text.len(), |end| at + end);
        }
        found.extend(mark_of(c).map(|mark| Found::of(text, at, mark)));
    });
    settle(&mut out, &mut found, style);
    counts.add(Step::Quotes, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

/// Writes the marks of a line.
fn settle(out: &mut Rewriter, found: &mut Vec<Found>, style: Style) {
    let mut write = |mark: Found, instead: char| {
        let Found { at, mark: Mark { character, .. }, .. } = mark;
        if character != instead {
            out.replace(at, at + character.len_utf8(), instead.encode_utf8(&mut [0; 4]));
        }
    };
    // Most lines have pairs of double marks behind one another, each between a space and a letter.
    let (pairs, alone) = found.as_chunks::<2>();
    let is_plain = |mark: Found, side| mark.mark.double && mark.side == side;
    if alone.is_empty() && pairs.iter().all(|&[a, b]| is_plain(a, Side::Opens) && is_plain(b, Side::Closes)) {
        for &[opening, closing] in pairs {
            write(opening, style.mark(true, true));
            write(closing, style.mark(true, false));
        }
    } else {
        for (&mark, instead) in found.iter().zip(settled(found, style)) {
            write(mark, instead);
        }
    }
    found.clear();
}

/// A mark where it stands.
#[derive(Clone, Copy, Debug)]
struct Found {
    at: usize,
    mark: Mark,
    /// What its neighbours say.
    side: Side,
}

/// What the neighbours of a mark say of the way it faces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    /// Between two letters or digits.
    Inside,
    /// Between two spaces, or the like.
    Unclear,
}

impl Found {
    fn of(text: &str, at: usize, mark: Mark) -> Self {
        let (before, behind) = text.split_at_checked(at).unwrap_or_default();
        let mut behind = behind.chars();
        behind.next();
        Self { at, mark, side: side(before.chars().next_back(), behind.next()) }
    }
}

/// Whether `c` is a quotation mark.
pub(super) fn is_mark(c: char) -> bool {
    mark_of(c).is_some()
}

fn mark_of(c: char) -> Option<Mark> {
    TABLES.quotes.iter().find(|mark| mark.character == c).copied()
}

fn side(before: Option<char>, after: Option<char>) -> Side {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let gap_before = before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '-' | '\u{2013}' | '\u{2014}' | '/')
    });
    let gap_after = after.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                ')' | ']'
                    | '}'
                    | '.'
                    | ','
                    | ':'
                    | ';'
                    | '!'
                    | '?'
                    | '،'
                    | '؛'
                    | '؟'
                    | '…'
                    | '-'
                    | '\u{2013}'
                    | '\u{2014}'
                    | '/'
            )
    });
    match (gap_before, gap_after) {
        (true, false) => Side::Opens,
        (false, true) => Side::Closes,
        _ if word(before) && word(after) => Side::Inside,
        _ => Side::Unclear,
    }
}

/// What each mark of a line becomes once another round would change nothing.
fn settled(found: &[Found], style: Style) -> Vec<char> {
    let as_it_was = || found.iter().map(|mark| mark.mark.character).collect::<Vec<_>>();
    if found.is_empty() {
        return Vec::new();
    }
    let mut marks = found.to_vec();
    for _ in 0..ROUNDS {
        let next = round(&marks, style);
        if marks.iter().map(|mark| mark.mark.character).eq(next.iter().copied()) {
            return next;
        }
        for (mark, character) in marks.iter_mut().zip(next) {
            if let Some(is) = mark_of(character) {
                mark.mark = is;
            }
        }
    }
    as_it_was()
}

/// What a mark is in its line.
#[derive(Clone, Copy)]
enum Role {
    Apostrophe,
    /// Opens or closes a pair, or would if its other half were there.
    Quote {
        double: bool,
        opens: bool,
    },
}

/// What each mark becomes, by one look at the line.
fn round(found: &[Found], style: Style) -> Vec<char> {
    let mut roles: Vec<Role> = Vec::with_capacity(found.len());
    let mut paired = vec![false; found.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, mark) in found.iter().enumerate() {
        let double = mark.mark.double;
        let partner =
            open.iter().rposition(|&other| found.get(other).is_some_and(|o| o.mark.double == double));
        let role = if !double && (mark.side == Side::Inside || mark.side == Side::Closes && partner.is_none())
        {
            Role::Apostrophe
        } else if opens(
            mark,
            partner.and_then(|at| open.get(at)).and_then(|&at| found.get(at)),
            innermost_is(&open, found, double),
        ) {
            open.push(index);
            Role::Quote { double, opens: true }
        } else {
            if let Some(at) = partner {
                for half in [open.get(at).copied(), Some(index)].into_iter().flatten() {
                    if let Some(paired) = paired.get_mut(half) {
                        *paired = true;
                    }
                }
                open.truncate(at);
            }
            Role::Quote { double, opens: false }
        };
        roles.push(role);
    }
    alternate(&paired, &mut roles);
    found
        .iter()
        .zip(roles)
        .map(|(mark, role)| match role {
            Role::Apostrophe => style.apostrophe(mark.mark.character),
            Role::Quote { double, opens } => style.mark(double, opens),
        })
        .collect()
}

/// Whether the innermost open mark is of this level.
fn innermost_is(open: &[usize], found: &[Found], double: bool) -> bool {
    open.last().and_then(|&at| found.get(at)).is_some_and(|mark| mark.mark.double == double)
}

/// Whether `mark` opens, where `partner` is the innermost open mark of its level.
fn opens(mark: &Found, partner: Option<&Found>, partner_is_innermost: bool) -> bool {
    let Some(partner) = partner else {
        // Nothing to close. Only a mark whose place and shape both say so is a lost closing one.
        return match mark.mark.facing {
            Facing::Open | Facing::Low => true,
            Facing::Close | Facing::Straight => mark.side != Side::Closes,
        };
    };
    match (mark.mark.facing, mark.side) {
        // Straight marks take turns, except that a pair of the other level may lie between.
        (Facing::Straight, side) => side == Side::Opens && !partner_is_innermost,
        (_, Side::Closes) | (Facing::Close, _) => false,
        // Between two letters: behind a proclitic.
        (Facing::Open | Facing::Low, Side::Opens | Side::Inside) => true,
        (Facing::Open, Side::Unclear) if partner.mark.facing == Facing::Low => false,
        // The same shape twice, and its place says nothing: the second closes.
        (Facing::Open | Facing::Low, Side::Unclear) => partner.mark.character != mark.mark.character,
    }
}

/// Gives every pair inside another the other level. A mark without its other half is around nothing.
fn alternate(paired: &[bool], roles: &mut [Role]) {
    // The level that each open pair has, and the one that it gets.
    let mut around: Vec<(bool, bool)> = Vec::new();
    for (role, _) in roles.iter_mut().zip(paired).filter(|(_, paired)| **paired) {
        let Role::Quote { double, opens } = role else { continue };
        let was = *double;
        if *opens {
            let is = around.last().map_or(was, |&(_, outer)| !outer);
            around.push((was, is));
            *double = is;
        } else if let Some(at) = around.iter().rposition(|&(level, _)| level == was) {
            *double = around.get(at).map_or(was, |&(_, is)| is);
            around.truncate(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::signs::SHARED;
    use super::*;

    fn run_on(text: &str, style: Style) -> String {
        let out = SHARED.looking(text, |look| run(look, style, &mut Counts::default()));
        out.map_or_else(|| text.to_owned(), |out| out.text)
    }

    #[test]
    fn pairs_in_every_style() {
        for (text, ascii, curly, guillemets) in [
            ("قال «نعم» ثم", "قال \"نعم\" ثم", "قال “نعم” ثم", "قال «نعم» ثم"),
            // The wrong way round, as many keyboards write them.
            ("قال »نعم« ثم", "قال \"نعم\" ثم", "قال “نعم” ثم", "قال «نعم» ثم"),
            ("قال ”نعم“ ثم", "قال \"نعم\" ثم", "قال “نعم” ثم", "قال «نعم» ثم"),
            ("“نعم“، و”لا”", "\"نعم\"، و\"لا\"", "“نعم”، و“لا”", "«نعم»، و«لا»"),
            // After a proclitic.
            ("صحيفة و\"القدس\"،", "صحيفة و\"القدس\"،", "صحيفة و“القدس”،", "صحيفة و«القدس»،"),
            // Spaces on the wrong side.
            ("قال \" نعم \" ثم", "قال \" نعم \" ثم", "قال “ نعم ” ثم", "قال « نعم » ثم"),
            // One inside another.
            ("«قال “لا” لهم»", "\"قال 'لا' لهم\"", "“قال ‘لا’ لهم”", "«قال ‹لا› لهم»"),
            ("«قال „لا“»", "\"قال 'لا'\"", "“قال ‘لا’”", "«قال ‹لا›»"),
            ("'a' don’t", "'a' don't", "‘a’ don’t", "‹a› don’t"),
            // Without its other half.
            ("قال «نعم و“لا”", "قال \"نعم و\"لا\"", "قال “نعم و“لا”", "قال «نعم و«لا»"),
            ("قال «نعم", "قال \"نعم", "قال “نعم", "قال «نعم"),
            ("نعم» قال", "نعم\" قال", "نعم” قال", "نعم» قال"),
        ] {
            assert_eq!(run_on(text, Style::Ascii), ascii);
            assert_eq!(run_on(text, Style::Curly), curly);
            assert_eq!(run_on(text, Style::Guillemets), guillemets);
        }
    }

    #[test]
    fn a_missing_mark_harms_no_other_line() {
        assert_eq!(run_on("«a\n«b»", Style::Curly), "“a\n“b”");
    }
}
