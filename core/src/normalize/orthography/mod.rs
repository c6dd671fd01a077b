//! Dropped hamzas, ya dots and ta marbutas, restored word by word where that is sure.
//!
//! 1. The folded form of a word is looked up: in `spellings.tsv`, else in `names.tsv`, else without a proclitic, else
//!    as a known word with an ending. What is not found stays.
//! 2. Each spelling that the written word is, or is what hurry leaves of, is scored: the logarithm of its count, the
//!    weights of its neighbours, and what writing it so costs this writer ([`restore::Habits`]).
//! 3. The likeliest is taken where its share reaches the threshold.
//!
//! Nothing is taken away: no hamza, no dots. `tools/orthography/restore.py` is the same, plain and slow.

mod context;
mod restore;
mod table;
mod words;

use super::Normalized;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use restore::{Habits, Restorer};

/// How sure a spelling must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Confidence {
    Normal,
    High,
}

impl Confidence {
    pub(super) fn from_name(name: &str) -> Self {
        if name == "high" { Self::High } else { Self::Normal }
    }

    /// Which share of all spellings that the word can be it must have.
    const fn threshold(self) -> f64 {
        match self {
            Self::Normal => 0.6,
            Self::High => 0.8,
        }
    }
}

/// `text` with what was dropped; `None` where nothing is missing or sure.
pub(super) fn run(text: &str, confidence: Confidence, counts: &mut Counts) -> Option<Normalized> {
    // The letters in question begin with one of these bytes.
    memchr::memchr2(0xD8, 0xD9, text.as_bytes())?;
    let tokens = words::tokens(text);
    let habits = Habits::of(&tokens);
    let mut out = Rewriter::new(text);
    for line in tokens.lines() {
        let restorer = Restorer::new(line, &habits, confidence.threshold());
        for (index, begin, word) in line.words() {
            let Some(spelling) = restorer.restored(index, word) else { continue };
            let letters = line.letters(word).chars().zip(spelling.chars());
            for (at, (old, new)) in words::letters_at(text, begin).zip(letters) {
                if old != new {
                    out.replace(at, at + old.len_utf8(), new.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }
    counts.add(Step::StandardOrthography, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}
