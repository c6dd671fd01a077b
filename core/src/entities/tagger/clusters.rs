//! Words that stand in like company: what a word that is seldom or never learned from shares with others.

use super::bytes::{Malformed, Reader};
use crate::maps::Map;

/// Of words, by their key, a class among few and one among many.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    of_words: Map<u32, Classes>,
}

/// The classes of a word, from 1; 0 is for what is in none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes {
    /// One of few.
    pub coarse: u8,
    /// One of many.
    pub fine: u16,
}

impl Clusters {
    /// The classes of words by [`super::key`].
    pub fn new(words: impl IntoIterator<Item = (u32, Classes)>) -> Self {
        Self { of_words: words.into_iter().collect() }
    }

    /// The classes of a folded word.
    pub fn of_word(&self, word: &str) -> Classes {
        self.of(super::key(word))
    }

    /// The classes of the word with that key.
    pub(super) fn of(&self, key: u32) -> Classes {
        self.of_words.get(&key).copied().unwrap_or_default()
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let mut words: Vec<(&u32, &Classes)> = self.of_words.iter().collect();
        words.sort_unstable_by_key(|(key, _)| **key);
        out.extend(u32::try_from(words.len()).unwrap_or(u32::MAX).to_le_bytes());
        for (key, Classes { coarse, fine }) in words {
            out.extend(key.to_le_bytes());
            out.push(*coarse);
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
        Ok(Self { of_words: words.collect::<Result<_, _>>()? })
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
        assert_eq!((again.of(7), again.of(8)), (Classes { coarse: 3, fine: 300 }, Classes::default()));
        assert!(Clusters::read(&mut Reader::new(&bytes[..9])).is_err());
    }
}
