//! Products of whole numbers, so that wider vectors give the same: what the window's rows give for the words of a line, and
//! what a word's numbers give for its labels.

// Rows have fixed sizes: what indexes is below the size by construction.
#![allow(clippy::indexing_slicing)]

use super::net::{HIDDEN, LANES, VECTOR, WINDOW, Window};

/// A row of a layer over a window, or its numbers.
pub type Row = [i16; WINDOW * VECTOR];

/// Weights of a layer over a word's numbers: of each two of these what both count for each lane, side by side.
pub(super) type Pairs = [[i16; 2 * LANES]; HIDDEN / 2];

/// Of each lane the sum of the products of its weights with `numbers`.
pub(super) fn of_pairs(pairs: &Pairs, numbers: &[i16; HIDDEN]) -> [i32; LANES] {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the machine has what the function is compiled for, as the line above asked it.
        #[allow(unsafe_code)]
        return unsafe { avx2::of_pairs(pairs, numbers) };
    }
    of_pairs_by_any(pairs, numbers)
}

fn of_pairs_by_any(pairs: &Pairs, numbers: &[i16; HIDDEN]) -> [i32; LANES] {
    let mut sums = [0; LANES];
    for (weights, numbers) in pairs.iter().zip(numbers.as_chunks::<2>().0) {
        for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<2>().0) {
            let [first, second] = [0, 1].map(|at| i32::from(weights[at]) * i32::from(numbers[at]));
            *sum += first + second;
        }
    }
    sums
}

impl<const N: usize> Window<N> {
    /// Adds to `out`, for each of `windows`, the sums of the products of its numbers with each row, each of which stands
    /// for `step`, and the row's bias.
    pub(super) fn add_products<'w>(
        &self,
        windows: impl Iterator<Item = &'w Row>,
        step: f32,
        out: &mut Vec<[f32; N]>,
    ) {
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx2") {
            // SAFETY: the machine has what the function is compiled for, as the line above asked it.
            #[allow(unsafe_code)]
            return unsafe { avx2::add_products(self, windows, step, out) };
        }
        self.add_by_any(windows, step, out);
    }

    fn add_by_any<'w>(&self, windows: impl Iterator<Item = &'w Row>, step: f32, out: &mut Vec<[f32; N]>) {
        for window in windows {
            let sums = std::array::from_fn(|number| {
                let products =
                    self.rows[number].iter().zip(window).map(|(a, b)| i32::from(*a) * i32::from(*b));
                products.sum()
            });
            out.push(self.in_steps(&sums, step));
        }
    }

    /// What sums stand for, each with its bias.
    #[inline(always)]
    fn in_steps(&self, sums: &[i32; N], step: f32) -> [f32; N] {
        let mut numbers = self.bias;
        for (number, &sum) in numbers.iter_mut().zip(sums) {
            // They are far below what a float tells apart but in its last steps.
            #[allow(clippy::cast_precision_loss)]
            let of_sum = sum as f32 * step;
            *number += of_sum;
        }
        numbers
    }
}

/// The windows of a line that has what is beyond it on either side, each as one row.
pub(super) fn windows(line: &[[i16; VECTOR]]) -> impl Iterator<Item = &Row> {
    line.windows(WINDOW).filter_map(|window| window.as_flattened().try_into().ok())
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_add_epi32, _mm_cvtsi128_si64, _mm_extract_epi64, _mm256_add_epi32,
        _mm256_castsi256_si128, _mm256_extracti128_si256, _mm256_hadd_epi32, _mm256_loadu_si256,
        _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256,
    };

    use super::{HIDDEN, Pairs, Row, VECTOR, WINDOW, Window};

    /// So many rows are computed side by side: the numbers stay in registers meanwhile.
    const SIDE_BY_SIDE: usize = 4;
    /// So many numbers of a row are in a vector.
    const LANES: usize = 16;
    // None is left over.
    const _: () = assert!((WINDOW * VECTOR).is_multiple_of(LANES));
    const _: () = assert!(super::LANES == LANES);

    #[target_feature(enable = "avx2")]
    pub(super) fn add_products<'w, const N: usize>(
        layer: &Window<N>,
        windows: impl Iterator<Item = &'w Row>,
        step: f32,
        out: &mut Vec<[f32; N]>,
    ) {
        for window in windows {
            out.push(layer.in_steps(&sums(&layer.rows, window), step));
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn sums<const N: usize>(rows: &[Row; N], numbers: &Row) -> [i32; N] {
        // None is left over.
        const { assert!(N.is_multiple_of(SIDE_BY_SIDE)) };
        let numbers = numbers.as_chunks::<LANES>().0;
        let mut sums = [0; N];
        let (rows, sums_of) = (rows.as_chunks::<SIDE_BY_SIDE>().0, sums.as_chunks_mut::<SIDE_BY_SIDE>().0);
        for (rows, sums) in rows.iter().zip(sums_of) {
            let mut lanes = [_mm256_setzero_si256(); SIDE_BY_SIDE];
            for (at, numbers) in numbers.iter().enumerate() {
                let numbers = loaded(numbers);
                for (lanes, row) in lanes.iter_mut().zip(rows) {
                    let products = _mm256_madd_epi16(loaded(&row.as_chunks::<LANES>().0[at]), numbers);
                    *lanes = _mm256_add_epi32(*lanes, products);
                }
            }
            let [a, b, c, d] = lanes;
            let fours = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
            let (low, high) = (_mm256_castsi256_si128(fours), _mm256_extracti128_si256::<1>(fours));
            *sums = stored(_mm_add_epi32(low, high));
        }
        sums
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn of_pairs(pairs: &Pairs, numbers: &[i16; HIDDEN]) -> [i32; LANES] {
        let mut lanes = [_mm256_setzero_si256(); 2];
        for (weights, numbers) in pairs.iter().zip(numbers.as_chunks::<2>().0) {
            let [low, high] = numbers.map(i16::to_le_bytes);
            let both = _mm256_set1_epi32(i32::from_le_bytes([low[0], low[1], high[0], high[1]]));
            for (lanes, weights) in lanes.iter_mut().zip(weights.as_chunks::<LANES>().0) {
                *lanes = _mm256_add_epi32(*lanes, _mm256_madd_epi16(loaded(weights), both));
            }
        }
        let mut sums = [0; LANES];
        let halves = lanes.map(|lanes| [_mm256_castsi256_si128(lanes), _mm256_extracti128_si256::<1>(lanes)]);
        for (sums, half) in sums.as_chunks_mut::<4>().0.iter_mut().zip(halves.into_iter().flatten()) {
            *sums = stored(half);
        }
        sums
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn loaded(numbers: &[i16; LANES]) -> __m256i {
        // SAFETY: 16 numbers of 2 bytes are the 32 bytes that are read, wherever they lie.
        #[allow(unsafe_code)]
        unsafe {
            _mm256_loadu_si256(numbers.as_ptr().cast())
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    fn stored(four: __m128i) -> [i32; 4] {
        // Two at a time, the first of them below.
        #[allow(clippy::cast_possible_truncation)]
        let both = |both: i64| [both as i32, (both >> 32) as i32];
        let ([a, b], [c, d]) = (both(_mm_cvtsi128_si64(four)), both(_mm_extract_epi64::<1>(four)));
        [a, b, c, d]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern, each below half of what is asked for.
    fn numbers() -> impl FnMut(i16) -> i16 {
        let mut seed = 1_u32;
        move |most: i16| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i16::try_from(seed >> 17).unwrap_or(0) % most - most / 2
        }
    }

    #[test]
    fn wide_vectors_give_the_same_for_labels() {
        let mut next = numbers();
        for most in [3, 8_000] {
            let pairs: Pairs = std::array::from_fn(|_| std::array::from_fn(|_| next(most)));
            let numbers = std::array::from_fn(|_| next(most));
            assert_eq!(of_pairs(&pairs, &numbers), of_pairs_by_any(&pairs, &numbers));
        }
    }

    #[test]
    fn wide_vectors_give_the_same() {
        let mut next = numbers();
        for most in [3, 4_000] {
            let mut layer = <Window>::default();
            layer.rows.iter_mut().flatten().for_each(|number| *number = next(most));
            layer.bias = std::array::from_fn(|_| f32::from(next(100)) / 7.0);
            let line: Vec<_> = (0..WINDOW + 2).map(|_| std::array::from_fn(|_| next(4_000))).collect();
            let (mut wide, mut by_any) = (Vec::new(), Vec::new());
            layer.add_products(windows(&line), 0.37, &mut wide);
            layer.add_by_any(windows(&line), 0.37, &mut by_any);
            assert_eq!((wide.len(), wide), (3, by_any));
        }
    }
}
