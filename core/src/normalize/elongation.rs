//! Letters that are written three times or more.

use std::sync::LazyLock;

use super::Normalized;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use super::tables::{TABLES, is_letter_or_mark};
use crate::maps::Set;

/// How many of the letters stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    /// One; two where that is the more frequent word.
    One,
    Two,
}

impl Keep {
    pub(super) fn from_name(name: &str) -> Self {
        if name == "two" { Self::Two } else { Self::One }
    }
}

/// Words with a letter twice in a row, and those few with one three times, with and without what stands before.
pub(super) static DOUBLED: LazyLock<Set<&'static str>> =
    LazyLock::new(|| TABLES.doubled.iter().copied().collect());
pub(super) static TRIPLED: LazyLock<Set<&'static str>> =
    LazyLock::new(|| TABLES.tripled.iter().copied().collect());

/// Fewer are no elongation.
pub(super) const FEWEST: usize = 3;
/// Words are no longer without an elongation: what is longer is not looked up.
pub(super) const LONGEST_WORD: usize = 24;

/// `text` with short letters; `None` where it has no long ones.
pub(super) fn run(text: &str, keep: Keep, counts: &mut Counts) -> Option<Normalized> {
    let mut out = Rewriter::new(text);
    let mut at = 0;
    while let Some((begin, end)) = next_run(text, at) {
        at = end;
        let word = word_around(text, begin, end);
        let (head, tail) =
            (text.get(word.0..begin).unwrap_or_default(), text.get(end..word.1).unwrap_or_default());
        let letter = text.get(begin..begin + LETTER).unwrap_or_default();
        let with = |times: usize| format!("{head}{}{tail}", letter.repeat(times));
        let is_short = word.1 - word.0 <= (end - begin) + LONGEST_WORD * LETTER;
        if is_short && (end - begin) == FEWEST * LETTER && TRIPLED.contains(&*with(FEWEST)) {
            continue;
        }
        let times = match keep {
            Keep::Two => 2,
            Keep::One if is_short && DOUBLED.contains(&*with(2)) => 2,
            Keep::One => 1,
        };
        // Of the letters the first stay.
        out.replace(begin + times * LETTER, end, "");
    }
    counts.add(Step::Elongation, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

/// A letter of the Arabic alphabet has so many bytes.
const LETTER: usize = 2;

/// The next run of one letter of the Arabic alphabet, from byte `at`.
fn next_run(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_run = |window: &[u8]| match window {
        [lead @ (0xD8 | 0xD9), second, rest @ ..] => rest == [*lead, *second, *lead, *second],
        _ => false,
    };
    let mut at = at;
    loop {
        // Bytes that are as those two and four before them are quickly told from all others.
        while let Some(stretch) = bytes.get(at..).and_then(<[u8]>::first_chunk::<STRETCH>)
            && !may_have_run(stretch)
        {
            // A run may begin with the last bytes.
            at += STRETCH - (FEWEST * LETTER - 1);
        }
        let stretch = bytes.get(at..bytes.len().min(at + STRETCH))?;
        let Some(found) = stretch.windows(FEWEST * LETTER).position(is_run) else {
            if at + stretch.len() == bytes.len() {
                return None;
            }
            at += STRETCH - (FEWEST * LETTER - 1);
            continue;
        };
        let begin = at + found;
        let (lead, second) = (*bytes.get(begin)?, *bytes.get(begin + 1)?);
        let pairs = bytes.get(begin..)?.chunks_exact(LETTER).take_while(|pair| **pair == [lead, second]);
        let end = begin + pairs.count() * LETTER;
        if text.get(begin..end).and_then(|run| run.chars().next()).is_some_and(is_elongated) {
            return Some((begin, end));
        }
        at = end;
    }
}

/// So many bytes are compared at once.
const LANES: usize = 32;
/// So many bytes are looked at together, the last to see whether a run begins before them.
const STRETCH: usize = 4 * LANES + FEWEST * LETTER - 1;

/// Whether three times the same two bytes in a row may begin in `bytes`, with which those that follow overlap.
///
/// All places are compared at once, without a branch, so that the compiler can use vectors.
fn may_have_run(bytes: &[u8; STRETCH]) -> bool {
    bytes.array_windows().step_by(LANES).any(|lanes| has_twins(lanes) && has_run(lanes))
}

/// The places at which a run may begin that are compared at once, and the bytes that it may have behind them.
type Lanes = [u8; LANES + FEWEST * LETTER - 1];

/// Whether two bytes are followed by the same two, counted from the first byte: in a run some are, wherever it begins.
fn has_twins(lanes: &Lanes) -> bool {
    let twos = |from: usize| lanes.get(from..).unwrap_or_default().as_chunks::<LETTER>().0.iter();
    let twins = twos(0)
        .zip(twos(LETTER))
        .fold(0, |found, (a, b)| found | u16::from(u16::from_ne_bytes(*a) == u16::from_ne_bytes(*b)));
    twins != 0
}

fn has_run(lanes: &Lanes) -> bool {
    let from = |by: usize| lanes.get(by..).and_then(<[u8]>::first_chunk::<LANES>).unwrap_or(&[0; LANES]);
    let all = from(0).iter().zip(from(1)).zip(from(2)).zip(from(3)).zip(from(4)).zip(from(5));
    let found = all.fold(0, |found, (((((a, b), c), d), e), f)| {
        let differences = (a ^ c) | (c ^ e) | (b ^ d) | (d ^ f);
        found | u8::from(differences == 0) & u8::from(*a >= 0xD8)
    });
    found != 0
}

/// The letters of the alphabet with their hamzas; no tatweel, no marks.
pub(super) const fn is_elongated(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}')
}

/// The word that holds `begin..end`.
fn word_around(text: &str, begin: usize, end: usize) -> (usize, usize) {
    let sum = |chars: &mut dyn Iterator<Item = char>| -> usize {
        chars.take(LONGEST_WORD).take_while(|&c| is_letter_or_mark(c)).map(char::len_utf8).sum()
    };
    let before = sum(&mut text.get(..begin).unwrap_or_default().chars().rev());
    let after = sum(&mut text.get(end..).unwrap_or_default().chars());
    (begin - before, end + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_letters() {
        for (text, one, two) in [
            ("جميييل جدااا", "جميل جدا", "جمييل جداا"),
            ("الللجنة المصرييين", "اللجنة المصريين", "اللجنة المصريين"),
            ("الله مللت ممم", "الله مللت م", "الله مللت مم"),
            ("تتتبع الشركة", "تتتبع الشركة", "تتتبع الشركة"),
            ("ههههههه", "ه", "هه"),
            ("ـــ 111 aaa", "ـــ 111 aaa", "ـــ 111 aaa"),
        ] {
            for (keep, expected) in [(Keep::One, one), (Keep::Two, two)] {
                let once =
                    run(text, keep, &mut Counts::default()).map_or_else(|| text.to_owned(), |out| out.text);
                assert_eq!(once, expected);
                assert!(run(&once, keep, &mut Counts::default()).is_none(), "{once}");
            }
        }
    }
}
