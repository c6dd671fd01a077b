//! The products of the window's rows with the numbers of a window: whole numbers, so that wider vectors give the same.

// Rows have fixed sizes: what indexes is below the size by construction.
#![allow(clippy::indexing_slicing)]

use super::net::{HIDDEN, VECTOR, WINDOW};

/// A row of the window, or its numbers.
type Row = [i16; WINDOW * VECTOR];

/// Of each row the sum of its products with `numbers`.
pub(super) fn of(rows: &[Row; HIDDEN], numbers: &Row) -> [i32; HIDDEN] {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the machine has what the function is compiled for, as the line above asked it.
        #[allow(unsafe_code)]
        return unsafe { avx2::of(rows, numbers) };
    }
    by_any(rows, numbers)
}

fn by_any(rows: &[Row; HIDDEN], numbers: &Row) -> [i32; HIDDEN] {
    std::array::from_fn(|number| {
        let products = rows[number].iter().zip(numbers).map(|(a, b)| i32::from(*a) * i32::from(*b));
        products.sum()
    })
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_add_epi32, _mm_cvtsi128_si64, _mm_extract_epi64, _mm256_add_epi32,
        _mm256_castsi256_si128, _mm256_extracti128_si256, _mm256_hadd_epi32, _mm256_loadu_si256,
        _mm256_madd_epi16, _mm256_setzero_si256,
    };

    use super::{HIDDEN, Row, VECTOR, WINDOW};

    /// So many rows are computed side by side: the numbers stay in registers meanwhile.
    const SIDE_BY_SIDE: usize = 4;
    /// So many numbers of a row are in a vector.
    const LANES: usize = 16;
    // None is left over.
    const _: () = assert!(HIDDEN.is_multiple_of(SIDE_BY_SIDE) && (WINDOW * VECTOR).is_multiple_of(LANES));

    #[target_feature(enable = "avx2")]
    pub(super) fn of(rows: &[Row; HIDDEN], numbers: &Row) -> [i32; HIDDEN] {
        let mut sums = [0; HIDDEN];
        let (rows, sums_of) = (rows.as_chunks::<SIDE_BY_SIDE>().0, sums.as_chunks_mut::<SIDE_BY_SIDE>().0);
        for (rows, sums) in rows.iter().zip(sums_of) {
            let mut lanes = [_mm256_setzero_si256(); SIDE_BY_SIDE];
            for (at, numbers) in numbers.chunks_exact(LANES).enumerate() {
                let numbers = loaded(numbers);
                for (lanes, row) in lanes.iter_mut().zip(rows) {
                    let products = _mm256_madd_epi16(loaded(&row[LANES * at..LANES * (at + 1)]), numbers);
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
    fn loaded(numbers: &[i16]) -> __m256i {
        assert!(numbers.len() == LANES);
        // SAFETY: 16 numbers of 2 bytes are the 32 bytes that are read, wherever they lie.
        #[allow(unsafe_code)]
        unsafe {
            _mm256_loadu_si256(numbers.as_ptr().cast())
        }
    }

    #[target_feature(enable = "avx2")]
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
    use crate::entities::tagger::Window;

    #[test]
    fn wide_vectors_give_the_same() {
        let mut seed = 1_u32;
        let mut next = |most: i16| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            i16::try_from(seed >> 17).unwrap_or(0) % most - most / 2
        };
        for most in [3, 4_000] {
            let mut rows = Window::default().rows;
            rows.iter_mut().flatten().for_each(|number| *number = next(most));
            let numbers = std::array::from_fn(|_| next(4_000));
            assert_eq!(of(&rows, &numbers), by_any(&rows, &numbers));
        }
    }
}
