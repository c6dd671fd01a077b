//! What was learned of each feature: rows of small numbers in one block of memory, found by the feature's hash.

use super::bytes::{Malformed, Reader};
use crate::slots::{Slot, Slots};

/// Rows of `N` weights by feature. Most look-ups of what has no row end in the slots.
#[derive(Clone, Debug)]
pub struct Weights<const N: usize> {
    /// Of each feature the number of its row.
    slots: Slots,
    /// One of zeros, then those of the features in the order in which they were put in.
    rows: Vec<Row<N>>,
    /// What a weight of 1 in a row stands for.
    step: f32,
}

/// So many features are looked up together.
const AT_ONCE: usize = 32;
/// Of many groups those of so many.
const GROUPS_AT_ONCE: usize = 64;

/// So that no row of 32 lies in two lines of the cache.
#[derive(Clone, Copy, Debug)]
#[repr(align(16))]
struct Row<const N: usize>([i8; N]);

impl<const N: usize> Weights<N> {
    /// A table of `rows`, of which none has the key 0.
    ///
    /// # Errors
    /// Where two rows have one key.
    pub fn new(step: f32, rows: &[(u32, [i8; N])]) -> Result<Self, Malformed> {
        let mut weights = Self::with_room(step, rows.len());
        rows.iter().try_for_each(|&(key, row)| weights.insert(key, row))?;
        Ok(weights)
    }

    fn with_room(step: f32, rows: usize) -> Self {
        let mut all = Vec::with_capacity(rows + 1);
        all.push(Row([0; N]));
        Self { slots: Slots::with_room(rows), rows: all, step }
    }

    fn insert(&mut self, key: u32, row: [i8; N]) -> Result<(), Malformed> {
        let number = u32::try_from(self.rows.len()).map_err(|_| Malformed("has too many features"))?;
        if self.slots.get(key).is_some() || !self.slots.insert(key, number) {
            return Err(Malformed("has a feature twice"));
        }
        self.rows.push(Row(row));
        Ok(())
    }

    /// What was learned of each group of features, in steps: of some hundred at most. Slots and rows lie far apart in
    /// memory, and are asked for one group after the other before the first is looked at: so they are waited for together.
    #[inline(always)]
    pub(super) fn sums_of_all<const F: usize>(
        &self,
        mut groups: impl ExactSizeIterator<Item = [u32; F]>,
    ) -> Vec<[i16; N]> {
        let mut sums = Vec::with_capacity(groups.len());
        let (mut asked, mut slots) = (Vec::with_capacity(GROUPS_AT_ONCE), Vec::with_capacity(GROUPS_AT_ONCE));
        let mut rows = Vec::with_capacity(GROUPS_AT_ONCE);
        while groups.len() > 0 {
            // Loops, and nothing that is handed a function: all is compiled for the same vectors.
            asked.clear();
            slots.clear();
            for group in groups.by_ref().take(GROUPS_AT_ONCE) {
                let mut firsts = [Slot::default(); F];
                for (first, &feature) in firsts.iter_mut().zip(&group) {
                    *first = self.slots.first(feature);
                }
                asked.push(group);
                slots.push(firsts);
            }
            rows.clear();
            for (group, firsts) in asked.iter().zip(&slots) {
                let mut of_group = [0; F];
                for ((row, &feature), &first) in of_group.iter_mut().zip(group).zip(firsts) {
                    *row = self.row(feature, first);
                }
                rows.push(of_group);
            }
            for of_group in &rows {
                sums.push(self.total(of_group));
            }
        }
        sums
    }

    /// The number of the row of `feature`; what was not learned has the row of zeros.
    #[inline(always)]
    fn row(&self, feature: u32, first: Slot) -> u32 {
        self.slots.behind(first, feature).unwrap_or(0)
    }

    /// The sum of some rows.
    #[inline(always)]
    fn total(&self, rows: &[u32]) -> [i16; N] {
        let mut sums = [0; N];
        for &row in rows {
            if let Some(Row(row)) = self.rows.get(row as usize) {
                for (sum, &weight) in sums.iter_mut().zip(row) {
                    *sum = i16::wrapping_add(*sum, weight.into());
                }
            }
        }
        sums
    }

    /// What was learned of all of `features`, in steps: of some hundred at most.
    #[inline(always)]
    pub(super) fn sum(&self, features: &[u32]) -> [i16; N] {
        let mut sums = [0; N];
        for features in features.chunks(AT_ONCE) {
            let mut slots = [Slot::default(); AT_ONCE];
            for (slot, &feature) in slots.iter_mut().zip(features) {
                *slot = self.slots.first(feature);
            }
            let mut rows = [0; AT_ONCE];
            for ((row, &slot), &feature) in rows.iter_mut().zip(&slots).zip(features) {
                *row = self.row(feature, slot);
            }
            let of_these = self.total(rows.get(..features.len()).unwrap_or_default());
            for (sum, of_these) in sums.iter_mut().zip(of_these) {
                *sum = i16::wrapping_add(*sum, of_these);
            }
        }
        sums
    }

    /// Adds what was learned of all of `features` to `sums`.
    #[inline(always)]
    pub(super) fn add_to(&self, features: &[u32], sums: &mut [f32; N]) {
        for (sum, steps) in sums.iter_mut().zip(self.sum(features)) {
            *sum += f32::from(steps) * self.step;
        }
    }

    /// What a weight of 1 in a row stands for.
    pub fn step(&self) -> f32 {
        self.step
    }

    /// Appends the step, the number of rows and the rows in order of their keys.
    pub fn write(&self, out: &mut Vec<u8>) {
        let mut rows: Vec<Slot> = self.slots.iter().collect();
        rows.sort_unstable_by_key(|slot| slot.key);
        out.extend(self.step.to_le_bytes());
        out.extend(u32::try_from(rows.len()).unwrap_or(u32::MAX).to_le_bytes());
        for slot in rows {
            out.extend(slot.key.to_le_bytes());
            let row = self.rows.get(slot.value as usize);
            out.extend(row.iter().flat_map(|Row(row)| row).map(|weight| weight.to_le_bytes()[0]));
        }
    }

    /// Reads what [`Self::write`] wrote.
    ///
    /// # Errors
    /// Where it is something else.
    pub fn read(bytes: &mut Reader<'_>) -> Result<Self, Malformed> {
        let step = bytes.float()?;
        let count = bytes.number()?;
        // No room is made for more than the bytes can fill.
        let count = usize::try_from(count).ok().filter(|count| count.saturating_mul(4 + N) <= bytes.left());
        let count = count.ok_or(Malformed("ends too early"))?;
        let mut weights = Self::with_room(step, count);
        for _ in 0..count {
            let key = bytes.number()?;
            let mut row = [0; N];
            for (weight, byte) in row.iter_mut().zip(bytes.take(N)?) {
                *weight = i8::from_le_bytes([*byte]);
            }
            weights.insert(key, row)?;
        }
        Ok(weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_and_written_and_read() {
        let rows: Vec<(u32, [i8; 3])> =
            (1..2_000_u32).map(|n| (n.wrapping_mul(0x9E37_79B9) | 1, [1, -2, 3])).collect();
        let weights = Weights::new(0.5, &rows).unwrap();
        let mut bytes = Vec::new();
        weights.write(&mut bytes);
        let again = Weights::<3>::read(&mut Reader::new(&bytes)).unwrap();
        assert_eq!((again.step().to_bits(), bytes.len()), (0.5_f32.to_bits(), 8 + 1_999 * 7));
        assert_eq!(again.sum(&[rows[7].0, 2, rows[9].0]), [2, -4, 6]);
        let mut other = Vec::new();
        again.write(&mut other);
        assert_eq!(bytes, other);
    }

    #[test]
    fn what_is_no_table_is_an_error() {
        assert!(Weights::<2>::new(1.0, &[(3, [0, 0]), (3, [1, 1])]).is_err());
        assert!(Weights::<2>::new(1.0, &[(0, [0, 0])]).is_err());
        assert!(Weights::<2>::read(&mut Reader::new(&[0; 7])).is_err());
        assert!(Weights::<2>::read(&mut Reader::new(&[0, 0, 0, 0, 9, 0, 0, 0, 1])).is_err());
        let empty = Weights::<2>::new(1.0, &[]).unwrap();
        assert_eq!(empty.sum(&[5]), [0; 2]);
    }
}
