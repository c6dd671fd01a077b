//! What was learned of each feature: rows of small numbers in one block of memory, found by the feature's hash.

use super::bytes::{Malformed, Reader};

/// Rows of `N` weights by feature. Most look-ups of what has no row end in the keys, which are few enough to stay near.
#[derive(Clone, Debug)]
pub struct Weights<const N: usize> {
    /// A power of two, at most two of five taken; a key of 0 is a free place.
    slots: Vec<Slot>,
    /// In the order in which they were put in.
    rows: Vec<Row<N>>,
    /// What a weight of 1 in a row stands for.
    step: f32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: u32,
    row: u32,
}

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
        let places = (rows * 5 / 2 + 1).next_power_of_two();
        Self { slots: vec![Slot::default(); places], rows: Vec::with_capacity(rows), step }
    }

    fn insert(&mut self, key: u32, row: [i8; N]) -> Result<(), Malformed> {
        let at = self.place(key);
        let number = u32::try_from(self.rows.len()).map_err(|_| Malformed("has too many features"))?;
        match self.slots.get_mut(at) {
            Some(slot) if slot.key == 0 && key != 0 => *slot = Slot { key, row: number },
            _ => return Err(Malformed("has a feature twice")),
        }
        self.rows.push(Row(row));
        Ok(())
    }

    /// Where `key` stands, or would stand.
    fn place(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        // Features are hashes: their bits are as good as any others.
        let mut at = (key >> 1) as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.key != key && slot.key != 0) {
            at = (at + 1) & mask;
        }
        at
    }

    fn row(&self, feature: u32) -> Option<&[i8; N]> {
        let slot = self.slots.get(self.place(feature)).filter(|slot| slot.key == feature)?;
        self.rows.get(slot.row as usize).map(|Row(row)| row)
    }

    /// What was learned of all of `features`, in steps: of some hundred at most.
    pub(super) fn sum(&self, features: &[u32]) -> [i16; N] {
        let mut sums = [0; N];
        for &feature in features {
            self.add(feature, &mut sums);
        }
        sums
    }

    #[inline]
    fn add(&self, feature: u32, sums: &mut [i16; N]) {
        if let Some(row) = self.row(feature) {
            for (sum, &weight) in sums.iter_mut().zip(row) {
                *sum = sum.wrapping_add(i16::from(weight));
            }
        }
    }

    /// Adds what was learned of all of `features` to `sums`.
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
        let mut rows: Vec<&Slot> = self.slots.iter().filter(|slot| slot.key != 0).collect();
        rows.sort_unstable_by_key(|slot| slot.key);
        out.extend(self.step.to_le_bytes());
        out.extend(u32::try_from(rows.len()).unwrap_or(u32::MAX).to_le_bytes());
        for slot in rows {
            out.extend(slot.key.to_le_bytes());
            let row = self.rows.get(slot.row as usize);
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
