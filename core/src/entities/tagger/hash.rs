//! Features are hashes of what is seen: equal on every machine and in every version, since weights are found by them.

/// FNV-1a (Fowler, Noll, Vo) of the bytes of `letters`.
pub(super) fn of_letters(letters: &str) -> u32 {
    with_bytes(NOTHING, letters.as_bytes())
}

/// The same of no letters.
pub(super) const NOTHING: u32 = 0x811C_9DC5;

/// The same of what has the hash `before`, and the letters of `bytes` behind it.
#[inline]
pub(super) fn with_bytes(before: u32, bytes: &[u8]) -> u32 {
    let with = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    // Nearly all letters have two bytes.
    let (pairs, rest) = bytes.as_chunks();
    let of_pairs = pairs.iter().fold(before, |hash, [first, second]| with(with(hash, first), second));
    rest.iter().fold(of_pairs, with)
}

/// One number for several, in their order.
pub(super) fn of_numbers(numbers: impl IntoIterator<Item = u32>) -> u32 {
    numbers.into_iter().fold(0, with)
}

/// `hash` and one number more.
pub(super) const fn with(hash: u32, number: u32) -> u32 {
    (hash.rotate_left(5) ^ number).wrapping_mul(0x9E37_79B9)
}

/// The hash of a feature, which is not 0: the finish of `MurmurHash3`, since its bits are where a table looks.
pub(super) const fn finished(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85EB_CA6B);
    let hash = (hash ^ (hash >> 13)).wrapping_mul(0xC2B2_AE35);
    (hash ^ (hash >> 16)) | 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_what_they_were() {
        assert_eq!(of_letters(""), 0x811C_9DC5);
        assert_eq!(of_letters("a"), 0xE40C_292C);
        assert_eq!(with_bytes(of_letters("ab"), b"c"), of_letters("abc"));
        assert_ne!(of_numbers([1, 2]), of_numbers([2, 1]));
        assert_eq!(finished(0), 1);
    }
}
