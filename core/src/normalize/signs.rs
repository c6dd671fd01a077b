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
const LONGER_LEAD: u8 = 0xE2;
const LONGER: [u8; 2] = [LONGER_LEAD, 0x80];
const MANY_LONGER: usize = 64;
/// So many pairs are looked up before it is asked what they had: of a whole text, and where one is sought.
const STRETCH: usize = 128;
const STEP: usize = 8;

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
        if let Some(of) = self.pairs.get_mut(place([first, second])) {
            *of |= signs.0;
        }
    }

    #[inline]
    fn of_pair(&self, pair: [u8; 2]) -> Signs {
        Signs(self.pairs.get(place(pair)).copied().unwrap_or(Signs::ALL.0))
    }

    /// The signs of all neighbours in `bytes`: first those that begin at even places, then the others, so that each
    /// pair is read at once.
    #[inline]
    fn of_pairs(&self, bytes: &[u8]) -> Signs {
        let fold = |bytes: &[u8]| {
            bytes.as_chunks().0.iter().fold(Signs::NONE, |signs, &pair| signs.and(self.of_pair(pair)))
        };
        fold(bytes).and(fold(bytes.get(1..).unwrap_or_default()))
    }

    /// What the third byte of a longer character tells.
    #[inline]
    fn of_longer(&self, third: u8) -> Signs {
        Signs(self.longer.get(usize::from(third & 0x3F)).copied().unwrap_or(Signs::ALL.0))
    }

    /// What `text` may have in it.
    pub(super) fn of(&self, text: &str) -> Signs {
        let bytes = text.as_bytes();
        let mut signs = bytes.first().map_or(Signs::NONE, |&first| self.of_pair([0, first]));
        if bytes.last() == Some(&b' ') {
            signs = signs.and(Signs::BLANKS);
        }
        let mut rest = bytes;
        while let Some(stretch) = rest.first_chunk::<{ STRETCH + 1 }>() {
            signs = signs.and(self.of_pairs(stretch));
            rest = rest.get(STRETCH..).unwrap_or_default();
        }
        signs = signs.and(self.of_pairs(rest));
        if signs.has(Signs::LONGER) {
            for lead in memchr::memchr_iter(LONGER_LEAD, bytes) {
                if let Some([_, second, third]) = bytes.get(lead..lead + 3)
                    && [LONGER_LEAD, *second] == LONGER
                {
                    signs = signs.and(self.of_longer(*third));
                }
            }
        }
        signs
    }

    /// Where the first pair from `at` on that has one of the signs begins.
    #[inline]
    fn next_pair(&self, bytes: &[u8], at: usize, sought: Signs) -> Option<usize> {
        let mut rest = bytes.get(at..)?;
        while let Some(step) = rest.first_chunk::<{ STEP + 1 }>()
            && !self.of_pairs(step).has(sought)
        {
            rest = rest.get(STEP..)?;
        }
        let is_sought = |pair: &[u8]| pair.as_array().is_some_and(|&pair| self.of_pair(pair).has(sought));
        Some(bytes.len() - rest.len() + rest.windows(2).position(is_sought)?)
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
            let begin = if here.is_ascii() && self.of_pair([before, here]).has(sought) {
                at
            } else {
                let first = self.next_pair(bytes, at, sought)?;
                // A character of one byte is the pair's second, any other begins with its first.
                first + usize::from(bytes.get(first + 1).is_some_and(u8::is_ascii))
            };
            let c = text.get(begin..)?.chars().next()?;
            match bytes.get(begin..begin + 3) {
                Some([a, b, third]) if [*a, *b] == LONGER && !self.of_longer(*third).has(sign) => {}
                _ => return Some((begin, c)),
            }
            at = begin + c.len_utf8();
        }
    }
}

/// The place of a pair of bytes in a table.
#[inline]
fn place(pair: [u8; 2]) -> usize {
    usize::from(u16::from_le_bytes(pair))
}
