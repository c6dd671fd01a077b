//! Which rows of the open lists of names are held out: withheld from the lexicon in training, and wherever the corpus
//! is measured. Chance that the name itself determines, so that every program draws the same.

use sha2::{Digest as _, Sha256};

/// One row of so many is held out.
const ONE_OF: u8 = 3;

/// Whether the row of that name (folded, as [`warraq_core::normalize::fold`] does) is held out: the first byte of the
/// SHA-256 of its UTF-8, modulo 3, is 0.
pub(crate) fn is_held_out(folded: &str) -> bool {
    Sha256::digest(folded.as_bytes()).first().is_some_and(|byte| byte % ONE_OF == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_is_held_out_and_always_the_same() {
        let held_out = (0..3_000).filter(|number| is_held_out(&number.to_string())).count();
        assert!((900..1_100).contains(&held_out), "{held_out}");
        // SHA-256("abc") begins with BA = 186, which 3 divides; SHA-256("") with E3 = 227.
        assert!(is_held_out("abc") && !is_held_out(""));
    }
}
