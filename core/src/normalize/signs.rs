//! One quick look at a text that says what it has in it and about where, so that passes with nothing to do are left
//! out and the others need not look at every character.
//!
//! Each pair of neighbouring bytes is looked up in one table; so every character of one or two bytes is known, and
//! whether two spaces stand together. Of longer characters only those of General Punctuation are told apart. What the
//! pairs of eight bytes have is noted together: a byte for eight of the text.

use std::sync::LazyLock;

use super::form::{Form, stands_alone};
use super::whitespace::ends_line;
use super::{dashes, punctuation, quotes};
use crate::alignment::{Alignment, Edit};

/// What a text may have in it. That a sign is not there is certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u8);

impl Signs {
    /// A character that a composed form does not have, or that may combine with what stands before it.
    pub(super) const NFC: Self = Self(1);
    /// The same for the compatibility form.
    pub(super) const NFKC: Self = Self(1 << 1);
    /// White space other than single spaces and line feeds.
    pub(super) const BLANKS: Self = Self(1 << 2);
    pub(super) const QUOTES: Self = Self(1 << 3);
    pub(super) const DASHES: Self = Self(1 << 4);
    pub(super) const PUNCTUATION: Self = Self(1 << 5);
    /// A character that the character pass has an action for.
    pub(super) const CHARACTERS: Self = Self(1 << 6);
    /// The beginning of a character of which the third byte tells what it has.
    const LONGER: Self = Self(1 << 7);
    const ALL: Self = Self(!Self::LONGER.0);
    pub(super) const NONE: Self = Self(0);

    pub(super) const fn has(self, sign: Self) -> bool {
        self.0 & sign.0 != 0
    }

    /// The sign in each of eight bytes.
    const fn of_eight(self) -> u64 {
        u64::from_le_bytes([self.0; 8])
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What the steps other than those of the character pass see in `c`.
    fn of(c: char) -> Self {
        let mut buffer = [0; 4];
        let alone = &*c.encode_utf8(&mut buffer);
        let is_odd = |form: Form| !stands_alone(c) || form.normalize(alone) != alone;
        [
            (Self::NFC, is_odd(Form::Nfc)),
            (Self::NFKC, is_odd(Form::Nfkc)),
            (Self::BLANKS, c.is_whitespace() && !matches!(c, ' ' | '\n') || ends_line(c) && c != '\n'),
            (Self::QUOTES, quotes::is_mark(c)),
            (Self::DASHES, dashes::is_dash(c)),
            (Self::PUNCTUATION, punctuation::is_mark(c)),
        ]
        .into_iter()
        .fold(Self::NONE, |signs, (sign, has)| if has { signs.and(sign) } else { signs })
    }
}

const PAIRS: usize = 1 << 16;
/// The first two bytes of General Punctuation's first characters, which the third tells apart.
const LONGER_LEAD: u8 = 0xE2;
const LONGER: [u8; 2] = [LONGER_LEAD, 0x80];
const MANY_LONGER: usize = 64;
/// The pairs that end in so many bytes are noted together.
const STEP: usize = 8;
/// The bytes of a step's pairs: the first pair begins before the step.
type StepPairs = [u8; STEP + 1];
/// So many steps are asked together.
const STEPS: usize = 8;

/// The signs of each pair of bytes.
#[derive(Clone)]
pub(super) struct Table {
    pairs: Box<[u8; PAIRS]>,
    longer: [u8; MANY_LONGER],
}

/// The signs that all normalisers share.
pub(super) static SHARED: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { pairs: Box::new([0; PAIRS]), longer: [0; MANY_LONGER] };
    for c in ('\0'..'\u{800}').chain('\u{2000}'..='\u{203F}') {
        table.add(c, Signs::of(c));
    }
    for (first, second) in [(b' ', b' '), (b' ', b'\n')] {
        table.add_pair(first, second, Signs::BLANKS);
    }
    for first in 0xE0..=0xF4 {
        for second in 0x80..=0xBF {
            table.add_pair(first, second, Signs::ALL);
        }
    }
    let [first, second] = LONGER;
    table.add_pair(first, second, Signs::LONGER);
    table
});

impl Table {
    /// Notes that `c` has `signs`.
    pub(super) fn add(&mut self, c: char, signs: Signs) {
        if signs == Signs::NONE {
            return;
        }
        let mut buffer = [0; 4];
        match *c.encode_utf8(&mut buffer).as_bytes() {
            [only] => (0..=u8::MAX).for_each(|before| self.add_pair(before, only, signs)),
            [first, second] => self.add_pair(first, second, signs),
            [a, b, third] if [a, b] == LONGER => {
                if let Some(of) = self.longer.get_mut(usize::from(third & 0x3F)) {
                    *of |= signs.0;
                }
            }
            // Longer ones have all signs.
            _ => {}
        }
    }

    fn add_pair(&mut self, first: u8, second: u8, signs: Signs) {
        if let Some(of) = self.pairs.get_mut(place([first, second])) {
            *of |= signs.0;
        }
    }

    #[inline]
    fn of_pair(&self, pair: [u8; 2]) -> Signs {
        Signs(self.pairs.get(place(pair)).copied().unwrap_or(Signs::ALL.0))
    }

    /// The signs of all neighbours in `bytes`.
    #[inline]
    fn of_pairs(&self, bytes: &[u8]) -> Signs {
        bytes.array_windows().fold(Signs::NONE, |signs, &pair| signs.and(self.of_pair(pair)))
    }

    /// What the third byte of a longer character tells.
    #[inline]
    fn of_longer(&self, third: u8) -> Signs {
        Signs(self.longer.get(usize::from(third & 0x3F)).copied().unwrap_or(Signs::ALL.0))
    }

    /// The signs that `text` has wherever it stands: those of its characters, and white space for a space at its edges.
    pub(super) fn of_written(&self, text: &str) -> Signs {
        let mut buffer = [0; 4];
        let of_character = |c: char| match *c.encode_utf8(&mut buffer).as_bytes() {
            [only] => self.of_pair([0, only]),
            [first, second] => self.of_pair([first, second]),
            [a, b, third] if [a, b] == LONGER => self.of_longer(third),
            _ => Signs::ALL,
        };
        let edges = if text.starts_with([' ', '\n']) || text.ends_with([' ', '\n']) {
            Signs::BLANKS
        } else {
            Signs::NONE
        };
        text.chars().map(of_character).fold(edges, Signs::and)
    }

    /// What `text` may have in it, and where.
    pub(super) fn map(&self, text: &str) -> SignMap {
        let bytes = text.as_bytes();
        let mut steps = vec![0; bytes.len().div_ceil(STEP).next_multiple_of(STEPS)];
        // All but the first and the last, which are no whole ones.
        let whole = bytes.get(STEP - 1..).unwrap_or_default().array_windows::<{ STEP + 1 }>().step_by(STEP);
        for (step, pairs) in steps.get_mut(1..).unwrap_or_default().iter_mut().zip(whole) {
            *step = self.of_pairs(pairs).0;
        }
        for edge in [0, bytes.len() / STEP] {
            if let Some(step) = steps.get_mut(edge) {
                *step = self.told(text, edge).0;
            }
        }
        let mut all = [0; STEPS];
        for (first, &of_steps) in steps.as_chunks::<STEPS>().0.iter().enumerate() {
            let mut longer = u64::from_le_bytes(of_steps) & Signs::LONGER.of_eight();
            let mut of_steps = of_steps;
            while longer != 0 {
                let index = pop(&mut longer);
                if let Some(of_step) = of_steps.get_mut(index) {
                    *of_step = self.told(text, first * STEPS + index).0;
                }
            }
            all = (u64::from_le_bytes(all) | u64::from_le_bytes(of_steps)).to_le_bytes();
        }
        let all = all.into_iter().fold(at_end(text), |all, signs| all.and(Signs(signs)));
        SignMap { all, steps }
    }

    /// The signs of a step at an edge, or with longer characters, which are told apart.
    #[cold]
    fn told(&self, text: &str, step: usize) -> Signs {
        let bytes = text.as_bytes();
        let ends = step * STEP..bytes.len().min((step + 1) * STEP);
        ends.fold(Signs::NONE, |signs, second| {
            let before = second.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(0);
            signs.and(match bytes.get(second..) {
                Some([b, third, ..]) if [before, *b] == LONGER => self.of_longer(*third),
                Some([b, ..]) => self.of_pair([before, *b]),
                None | Some([]) => Signs::NONE,
            })
        })
    }

    /// What `pass` makes of `text` after a look at it.
    pub(super) fn looking<T>(&self, text: &str, pass: impl FnOnce(Look) -> T) -> T {
        pass(Look::new(text, self, &self.map(text)))
    }
}

/// The bytes of a step's pairs, if it is not at the edge of the text.
#[inline]
fn whole_step(bytes: &[u8], step: usize) -> Option<&StepPairs> {
    bytes.get((step * STEP).checked_sub(1)?..)?.first_chunk()
}

/// The same for a step at an edge of the text, beyond which there is NUL.
#[cold]
#[inline(never)]
fn on_edge(bytes: &[u8], step: usize) -> StepPairs {
    let mut pairs: StepPairs = [0; STEP + 1];
    let (to, from) = match (step * STEP).checked_sub(1) {
        Some(before) => (pairs.get_mut(..), bytes.get(before..)),
        None => (pairs.get_mut(1..), Some(bytes)),
    };
    for (to, from) in to.unwrap_or_default().iter_mut().zip(from.unwrap_or_default()) {
        *to = *from;
    }
    pairs
}

/// What a text may have in it, and in which steps.
#[derive(Debug)]
pub(super) struct SignMap {
    all: Signs,
    /// Of each step its signs, up to a multiple of [`STEPS`].
    steps: Vec<u8>,
}

impl SignMap {
    /// What the text may have in it.
    pub(super) const fn all(&self) -> Signs {
        self.all
    }
}

/// What a pass left of the signs of a text that it changed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Left {
    /// What the text may have in it now.
    pub(super) all: Signs,
    /// What the pass itself may have written; all else was there before.
    pub(super) written: Signs,
}

/// A text that was looked at.
#[derive(Clone, Copy)]
pub(super) struct Look<'t> {
    pub(super) text: &'t str,
    /// The text at the time of the look, and what was done to it since.
    seen: &'t str,
    edits: &'t [Edit],
    table: &'t Table,
    map: &'t SignMap,
}

impl<'t> Look<'t> {
    /// `map` is what `table` says of `text`.
    pub(super) const fn new(text: &'t str, table: &'t Table, map: &'t SignMap) -> Self {
        Self { text, seen: text, edits: &[], table, map }
    }

    /// The same where the look was at `seen`, which `changes` made the text. Good for signs of which they wrote none.
    pub(super) fn through(self, seen: &'t str, changes: &'t Alignment) -> Self {
        Self { seen, edits: changes.edits(), ..self }
    }

    pub(super) const fn table(self) -> &'t Table {
        self.table
    }

    /// Gives the characters that may have one of these signs, each with its place, in order.
    #[inline]
    pub(super) fn each(self, sign: Signs, mut give: impl FnMut(usize, char)) {
        if self.edits.is_empty() {
            self.each_but(sign, |begin, c| {
                give(begin, c);
                true
            });
            return;
        }
        let mut ahead = self.edits;
        // Where the last edit ended on both sides.
        let (mut was, mut is) = (0, 0);
        self.each_but(sign, |begin, c| {
            let passed = ahead.partition_point(|edit| edit.source.end as usize <= begin);
            if let Some((behind, rest)) = ahead.split_at_checked(passed) {
                ahead = rest;
                if let Some(last) = behind.last() {
                    (was, is) = (last.source.end as usize, last.output.end as usize);
                }
            }
            // Else it was replaced.
            if ahead.first().is_none_or(|next| begin < next.source.begin as usize) {
                give(is + (begin - was), c);
            }
            true
        });
    }

    /// As [`Self::each`], of the text that was looked at, and tells which signs it has without the characters of which
    /// `is_gone` says that they are.
    #[inline]
    pub(super) fn each_but(self, sign: Signs, mut is_gone: impl FnMut(usize, char) -> bool) -> Signs {
        let mut left = 0;
        for (index, &steps) in self.map.steps.as_chunks::<STEPS>().0.iter().enumerate() {
            let all = u64::from_le_bytes(steps);
            let mut steps = all & sign.of_eight();
            left |= all & !whole_bytes(steps, sign);
            while steps != 0 {
                let step = index * STEPS + pop(&mut steps);
                let all = self.signs(step);
                let mut pairs = all & sign.of_eight();
                left |= all & !whole_bytes(pairs, sign);
                while pairs != 0 {
                    let index = pop(&mut pairs);
                    let Some((begin, c)) = self.character(step * STEP + index) else { continue };
                    let of_longer = self.longer(begin);
                    let is_kept = of_longer.is_some_and(|signs| !signs.has(sign)) || !is_gone(begin, c);
                    if is_kept {
                        left |= of_longer.map_or(all >> (index * STEP) & 0xFF, |signs| u64::from(signs.0));
                    }
                }
            }
        }
        left.to_le_bytes().into_iter().fold(at_end(self.seen), |all, signs| all.and(Signs(signs)))
    }

    /// The signs of a step's pairs, the first in the lowest byte.
    #[inline]
    fn signs(self, step: usize) -> u64 {
        let bytes = self.seen.as_bytes();
        let edge;
        let pairs = if let Some(pairs) = whole_step(bytes, step) {
            pairs
        } else {
            edge = on_edge(bytes, step);
            &edge
        };
        pairs.array_windows().enumerate().fold(0, |signs, (index, &pair)| {
            signs | u64::from(self.table.of_pair(pair).0) << (index * u8::BITS as usize)
        })
    }

    /// The character that a pair belongs to, of which this is the second byte: of one byte it is that, any other begins
    /// with the first.
    #[inline]
    fn character(self, second: usize) -> Option<(usize, char)> {
        let bytes = self.seen.as_bytes();
        let last = *bytes.get(second)?;
        if last.is_ascii() {
            return Some((second, char::from(last)));
        }
        let begin = second.checked_sub(1)?;
        match *bytes.get(begin)? {
            first @ 0xC0..0xE0 => {
                char::from_u32(u32::from(first & 0x1F) << 6 | u32::from(last & 0x3F)).map(|c| (begin, c))
            }
            _ => Some((begin, self.seen.get(begin..)?.chars().next()?)),
        }
    }

    /// What the third byte of the character at `begin` tells, if it does.
    #[inline]
    fn longer(self, begin: usize) -> Option<Signs> {
        match self.seen.as_bytes().get(begin..)? {
            [a, b, third, ..] if [*a, *b] == LONGER => Some(self.table.of_longer(*third)),
            _ => None,
        }
    }
}

/// Every byte of `bits` that has `sign` with all its bits, every other with none.
#[inline]
const fn whole_bytes(bits: u64, sign: Signs) -> u64 {
    (bits >> sign.0.trailing_zeros()) * 0xFF
}

/// What the end of a text adds to its pairs.
fn at_end(text: &str) -> Signs {
    if text.ends_with(' ') { Signs::BLANKS } else { Signs::NONE }
}

/// Takes the lowest bit out of `bits`, and tells in which byte it was.
#[inline]
const fn pop(bits: &mut u64) -> usize {
    let index = bits.trailing_zeros() / u8::BITS;
    *bits &= bits.wrapping_sub(1);
    index as usize
}

/// The place of a pair of bytes in a table.
#[inline]
fn place(pair: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(pair))
}
