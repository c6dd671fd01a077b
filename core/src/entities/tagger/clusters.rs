//! Words that stand in like company: what a word that is seldom or never learned from shares with others.

use super::bytes::{Malformed, Reader};
use crate::slots::{Slot, Slots};

/// Of words, by their key, a class among few and one among many.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    of_words: Slots,
}

/// The classes of a word, from 1; 0 is for what is in none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// One of few.
    pub coarse: u8,
    /// One of many.
    pub fine: u16,
}

impl Classes {
    const fn packed(self) -> u32 {
        self.coarse as u32 | (self.fine as u32) << 8
    }

    #[allow(clippy::cast_possible_truncation)]
    const fn unpacked(number: u32) -> Self {
        Self { coarse: number as u8, fine: (number >> 8) as u16 }
    }
}

impl Clusters {
    /// The classes of words by [`super::key`].
    pub fn new(words: impl IntoIterator<Item = (u32, Classes)>) -> Self {
        let mut words: Vec<(u32, Classes)> = words.into_iter().collect();
        words.sort_unstable_by_key(|&(key, _)| key);
        let mut of_words = Slots::with_room(words.len());
        for (key, classes) in words {
            of_words.insert(key, classes.packed());
        }
        Self { of_words }
    }

    /// The classes of a folded word.
    pub fn of_word(&self, word: &str) -> Classes {
        let key = super::key(word);
        self.of(key, self.first(key))
    }

    /// Where the search for a word's classes begins: asked for all words before the first is looked at.
    pub(super) fn first(&self, key: u32) -> Slot {
        self.of_words.first(key)
    }

    /// The classes of the word with that key, of which [`Self::first`] gave that.
    pub(super) fn of(&self, key: u32, first: Slot) -> Classes {
        self.of_words.behind(first, key).map(Classes::unpacked).unwrap_or_default()
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut words: Vec<Slot> = self.of_words.iter().collect();
        words.sort_unstable_by_key(|slot| slot.key);
        out.extend(u32::try_from(words.len()).unwrap_or(u32::MAX).to_le_bytes());
        for Slot { key, value } in words {
            let Classes { coarse, fine } = Classes::unpacked(value);
            out.extend(key.to_le_bytes());
            out.push(coarse);
            out.extend(fine.to_le_bytes());
        }
    }

    pub(super) fn read(bytes: &mut Reader<'_>) -> Result<Self, Malformed> {
        let count = bytes.number()?;
        let words = (0..count).map(|_| {
            let key = bytes.number()?;
            let &[coarse, low, high] = bytes.take(3)? else { return Err(Malformed("ends too early")) };
            Ok((key, Classes { coarse, fine: u16::from_le_bytes([low, high]) }))
        });
        Ok(Self::new(words.collect::<Result<Vec<_>, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_written_and_read() {
        let clusters = Clusters::new([(7, Classes { coarse: 3, fine: 300 }), (5, Classes::default())]);
        let mut bytes = Vec::new();
        clusters.write(&mut bytes);
        let again = Clusters::read(&mut Reader::new(&bytes)).unwrap();
        let of = |key| again.of(key, again.first(key));
        assert_eq!((of(7), of(8)), (Classes { coarse: 3, fine: 300 }, Classes::default()));
        assert!(Clusters::read(&mut Reader::new(&bytes[..9])).is_err());
    }
}
