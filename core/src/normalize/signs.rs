//! One quick look at a text that says what it has in it, so that passes with nothing to do are left out and the
//! others need not look at every character.
//!
//! Each pair of neighbouring bytes is looked up in one table; so every character of one or two bytes is known, and
//! whether two spaces stand together. Of longer characters only those of General Punctuation are told apart.

use std::sync::LazyLock;

use super::form::{Form, stands_alone};
use super::whitespace::ends_line;
use super::{dashes, punctuation, quotes};

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
    /// The beginning of a character that the third byte tells.
    const LONGER: Self = Self(1 << 7);
    const ALL: Self = Self(!Self::LONGER.0);
    const NONE: Self = Self(0);

    pub(super) const fn has(self, sign: Self) -> bool {
        self.0 & sign.0 != 0
    }

    const fn and(self, other: Self) -> Self {
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
const LONGER: [u8; 2] = [0xE2, 0x80];
const MANY_LONGER: usize = 64;
/// So many pairs are looked up before it is asked what they had.
const STRETCH: usize = 128;

/// The signs of each pair of bytes.
#[derive(Clone)]
pub(super) struct Table {
    pairs: Box<[u8]>,
    longer: [u8; MANY_LONGER],
}

/// The signs that all normalisers share.
pub(super) static SHARED: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { pairs: vec![0; PAIRS].into(), longer: [0; MANY_LONGER] };
    for c in ('\0'..'\u{800}').chain('\u{2000}'..='\u{203F}') {
        table.add(c, Signs::of(c));
    }
    for (first, second) in [(b' ', b' '), (b' ', b'\n')] {
        table.add_pair(first, second, Signs::BLANKS);
    }
    for first in 0xE0..=0xF4 {
        for second in 0x80..=0xBF {
            let signs = if [first, second] == LONGER { Signs::LONGER } else { Signs::ALL };
            table.add_pair(first, second, signs);
        }
    }
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
        if let Some(of) = self.pairs.get_mut(pair(first, second)) {
            *of |= signs.0;
        }
    }

    #[inline]
    fn of_pair(&self, first: u8, second: u8) -> Signs {
        Signs(self.pairs.get(pair(first, second)).copied().unwrap_or(Signs::ALL.0))
    }

    /// What the third byte of a longer character tells.
    #[inline]
    fn of_longer(&self, third: u8) -> Signs {
        Signs(self.longer.get(usize::from(third & 0x3F)).copied().unwrap_or(Signs::ALL.0))
    }

    /// What `text` may have in it.
    pub(super) fn of(&self, text: &str) -> Signs {
        let bytes = text.as_bytes();
        let mut signs = bytes.first().map_or(Signs::NONE, |&first| self.of_pair(0, first));
        if bytes.last() == Some(&b' ') {
            signs = signs.and(Signs::BLANKS);
        }
        let mut at = 0;
        while at + 1 < bytes.len() {
            let stretch = bytes.get(at..bytes.len().min(at + STRETCH + 1)).unwrap_or_default();
            let found = stretch.windows(2).fold(Signs::NONE, |found, pair| match *pair {
                [first, second] => found.and(self.of_pair(first, second)),
                _ => found,
            });
            signs = signs.and(Signs(found.0 & Signs::ALL.0));
            if found.has(Signs::LONGER) {
                let with_thirds = bytes.get(at..bytes.len().min(at + STRETCH + 2)).unwrap_or_default();
                for three in with_thirds.windows(3) {
                    if let [a, b, third] = *three
                        && [a, b] == LONGER
                    {
                        signs = signs.and(self.of_longer(third));
                    }
                }
            }
            at += STRETCH;
        }
        signs
    }

    /// The first character from `at` on that may have one of these signs.
    #[inline]
    pub(super) fn next(&self, text: &str, at: usize, sign: Signs) -> Option<(usize, char)> {
        let bytes = text.as_bytes();
        let sought = sign.and(Signs::LONGER);
        let mut at = at;
        loop {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(0);
            let here = *bytes.get(at)?;
            let begin = if here.is_ascii() && self.of_pair(before, here).has(sought) {
                at
            } else {
                let found = bytes.get(at..)?.windows(2).position(
                    |pair| matches!(*pair, [first, second] if self.of_pair(first, second).has(sought)),
                )?;
                // A character of one byte is the pair's second, any other begins with its first.
                at + found + usize::from(bytes.get(at + found + 1).is_some_and(u8::is_ascii))
            };
            let c = text.get(begin..)?.chars().next()?;
            let third = bytes.get(begin + 2).copied().unwrap_or_default();
            let is_longer = bytes.get(begin..begin + 2) == Some(&LONGER[..]);
            if !is_longer || self.of_longer(third).has(sign) {
                return Some((begin, c));
            }
            at = begin + c.len_utf8();
        }
    }
}

/// The place of a pair of bytes in a table.
#[inline]
fn pair(first: u8, second: u8) -> usize {
    usize::from(u16::from_le_bytes([first, second]))
}
