//! Chance that is the same each time: `SplitMix64`, small enough that no later version of a library changes it, and
//! with it every disturbed text.

use crate::bcubed::ratio;

/// A stream of numbers that a seed determines.
#[derive(Clone, Debug)]
pub struct Random(u64);

/// FNV-1a: what sets the streams of two texts, or of two disturbances of one text, apart.
pub(crate) fn hash(words: &str) -> u64 {
    words.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

/// The lot of `row` when something is drawn for `one`: the highest wins. A row that is added changes only the draws
/// that it wins (rendezvous hashing).
pub(crate) fn lot(one: u64, row: u64) -> u64 {
    mixed(one.rotate_left(29) ^ row)
}

fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

impl Random {
    /// The stream of `seed` for what `words` name.
    pub fn new(seed: u64, words: &[&str]) -> Self {
        Self(words.iter().fold(seed, |state, words| state.rotate_left(17) ^ hash(words)))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        // The remainder favours small numbers by less than one in 2^40 here.
        self.next().checked_rem(end).and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
    }

    /// True in `share` of all cases.
    pub fn chance(&mut self, share: f64) -> bool {
        ratio(self.below(1 << 20), 1 << 20) < share
    }

    /// One of `items`.
    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get(self.below(items.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_for_ever() {
        let mut random = Random::new(1, &["wrap"]);
        let numbers: Vec<usize> = (0..4).map(|_| random.below(1000)).collect();
        assert_eq!(numbers, [575, 611, 843, 613]);
    }

    #[test]
    fn streams_differ_by_seed_and_words() {
        let first = |seed, words: &[&str]| Random::new(seed, words).next();
        assert_ne!(first(1, &["a"]), first(2, &["a"]));
        assert_ne!(first(1, &["a"]), first(1, &["b"]));
        assert_ne!(first(1, &["a", "b"]), first(1, &["b", "a"]));
    }

    #[test]
    fn a_row_that_is_added_changes_only_the_draws_that_it_wins() {
        let rows: Vec<u64> = (0..100).map(|row| hash(&format!("row {row}"))).collect();
        let draw = |one: u64, rows: &[u64]| rows.iter().copied().max_by_key(|row| lot(one, *row));
        let mut moved = 0;
        let mut drawn = std::collections::BTreeSet::new();
        for one in (0..1_000).map(|one| hash(&format!("one {one}"))) {
            let (before, after) = (draw(one, &rows[1..]), draw(one, &rows));
            assert!(before == after || after == Some(rows[0]));
            moved += usize::from(before != after);
            drawn.extend(after);
        }
        assert!((1..30).contains(&moved) && drawn.len() > 90, "{moved} {}", drawn.len());
    }

    #[test]
    fn chance_is_as_often_as_it_says() {
        let mut random = Random::new(7, &[]);
        let hits = (0..10_000).filter(|_| random.chance(0.3)).count();
        assert!((2_800..3_200).contains(&hits), "{hits}");
        assert_eq!(random.below(0), 0);
        assert_eq!(random.pick::<u8>(&[]), None);
    }
}
