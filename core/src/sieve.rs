//! What a list surely does not have: most words of a text are in none, and need not be looked up.

/// Bits for each word of a list; of those of other words one in eight is set, or fewer.
const BITS_A_WORD: usize = 8;

/// The words of a list by their ends and lengths.
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    /// As many bits as a power of two.
    bits: Vec<u64>,
    /// How far a mark is shifted to be the number of a bit.
    shift: u32,
}

impl Sieve {
    pub(crate) fn of<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Self {
        let words: Vec<W> = words.into_iter().collect();
        let bits = (BITS_A_WORD * words.len()).next_power_of_two().max(64);
        let mut sieve = Self { bits: vec![0; bits / 64], shift: u64::BITS - bits.trailing_zeros() };
        for word in words {
            let (at, bit) = sieve.place(word.as_ref());
            if let Some(bits) = sieve.bits.get_mut(at) {
                *bits |= bit;
            }
        }
        sieve
    }

    /// Whether the list may have `word`.
    #[inline]
    pub(crate) fn passes(&self, word: &str) -> bool {
        let (at, bit) = self.place(word);
        self.bits.get(at).is_some_and(|bits| bits & bit != 0)
    }

    #[allow(clippy::cast_possible_truncation, reason = "the number of a bit")]
    fn place(&self, word: &str) -> (usize, u64) {
        let bit = (mark(word.as_bytes()) >> self.shift) as usize;
        (bit / 64, 1 << (bit % 64))
    }
}

/// A number from a word's first and last bytes and its length.
fn mark(word: &[u8]) -> u64 {
    let (head, tail) = if let (Some(head), Some(tail)) = (word.first_chunk::<8>(), word.last_chunk::<8>()) {
        (u64::from_le_bytes(*head), u64::from_le_bytes(*tail))
    } else if let (Some(head), Some(tail)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        (u64::from(u32::from_le_bytes(*head)), u64::from(u32::from_le_bytes(*tail)))
    } else {
        (word.iter().fold(0, |head, byte| head << 8 | u64::from(*byte)), 0)
    };
    // Odd constants without a pattern: the bits of all bytes come into the highest ones.
    let ends =
        head.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ tail.wrapping_mul(0xC2B2_AE3D_27D4_EB4F).rotate_left(32);
    (ends ^ word.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The letters that the words of a list begin with.
#[derive(Debug, Default)]
pub(crate) struct Letters(u64);

impl Letters {
    pub(crate) fn of<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Self {
        let mut letters = Self::default();
        words.into_iter().for_each(|word| letters.add(word.as_ref()));
        letters
    }

    /// That of one word more.
    pub(crate) fn add(&mut self, word: &str) {
        self.0 |= Self::bit(word);
    }

    /// Whether a word of the list may begin as `word` does.
    #[inline]
    pub(crate) fn may_begin(&self, word: &str) -> bool {
        self.0 & Self::bit(word) != 0
    }

    /// Letters of the Arabic block differ in their second byte.
    fn bit(word: &str) -> u64 {
        let byte = match *word.as_bytes() {
            [0x80..=0xFF, byte, ..] | [byte, ..] => byte,
            [] => 0,
        };
        1 << (byte % 64)
    }
}

/// How the words of a list end: behind a proclitic a word ends as it does without.
#[derive(Debug)]
pub(crate) struct Endings {
    bits: [u64; 1 << (Self::BITS - 6)],
    /// Whether some are told by four bytes.
    has_short: bool,
    /// Whether some have fewer: any word may end in them.
    has_shorter: bool,
}

impl Default for Endings {
    fn default() -> Self {
        Self { bits: [0; 1 << (Self::BITS - 6)], has_short: false, has_shorter: false }
    }
}

impl Endings {
    const BITS: u32 = 12;

    pub(crate) fn of<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Self {
        let mut endings = Self::default();
        words.into_iter().for_each(|word| endings.add(word.as_ref()));
        endings
    }

    /// That of one word more.
    pub(crate) fn add(&mut self, word: &str) {
        let (six, four) = (Self::six(word.as_bytes()), Self::four(word.as_bytes()));
        if let Some((at, bit)) = six.or(four) {
            if let Some(bits) = self.bits.get_mut(at) {
                *bits |= bit;
            }
            self.has_short |= six.is_none();
        } else {
            self.has_shorter = true;
        }
    }

    /// Whether `word` may end in a word of the list; its bytes are enough.
    #[inline]
    pub(crate) fn may_end(&self, word: impl AsRef<[u8]>) -> bool {
        let word = word.as_ref();
        let has = |place: Option<(usize, u64)>| {
            place.is_some_and(|(at, bit)| self.bits.get(at).is_some_and(|bits| bits & bit != 0))
        };
        has(Self::six(word)) || self.has_short && has(Self::four(word)) || self.has_shorter
    }

    /// By the last six bytes, which are three letters of Arabic.
    #[inline]
    fn six(word: &[u8]) -> Option<(usize, u64)> {
        let first = word.last_chunk::<6>()?.first_chunk()?;
        let last = word.last_chunk()?;
        let [first, last] = [first, last].map(|four| u64::from(u32::from_le_bytes(*four)));
        Some(Self::place(first << 32 | last))
    }

    /// By the last four.
    #[inline]
    fn four(word: &[u8]) -> Option<(usize, u64)> {
        Some(Self::place(u32::from_le_bytes(*word.last_chunk()?).into()))
    }

    #[allow(clippy::cast_possible_truncation, reason = "the number of a bit")]
    fn place(bytes: u64) -> (usize, u64) {
        let bit = (bytes.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS)) as usize;
        (bit / 64, 1 << (bit % 64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_has_passes_and_most_else_does_not() {
        let word =
            |number: usize| "كتبقلمورد".chars().cycle().skip(number % 9).take(1 + number / 9).collect();
        let listed: Vec<String> = (0..200).step_by(2).map(word).collect();
        let sieve = Sieve::of(&listed);
        assert!(listed.iter().all(|word| sieve.passes(word)));
        let others = (1..200).step_by(2).map(word).filter(|word: &String| !listed.contains(word));
        let (passed, all) =
            others.fold((0, 0), |(passed, all), word| (passed + usize::from(sieve.passes(&word)), all + 1));
        assert!(all > 80 && 4 * passed < all, "{passed} of {all} pass");
    }

    #[test]
    fn a_word_may_begin_as_it_begins() {
        let list = ["و".to_owned(), "لل".to_owned(), "a".to_owned()];
        let letters = Letters::of(&list);
        assert!(["وقال", "للنص", "ab", "و"].into_iter().all(|word| letters.may_begin(word)));
        assert!(!letters.may_begin("كتب") && !letters.may_begin(""));
    }

    #[test]
    fn a_word_may_end_as_those_of_a_list_do() {
        let mut endings = Endings::default();
        assert!(!endings.may_end("كتب") && !endings.may_end(""));
        endings.add("كتب");
        assert!(endings.may_end("كتب") && endings.may_end("وكتب") && !endings.may_end("كتاب"));
        endings.add("يد");
        assert!(endings.may_end("بيد") && endings.may_end("يد") && !endings.may_end("كتاب"));
        endings.add("ب");
        assert!(endings.may_end("ب") && endings.may_end("باب"));
    }
}
