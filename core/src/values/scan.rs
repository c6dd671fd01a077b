//! What listed names stand beside what, in folded text.

use super::words::{Joins, gap};
use crate::lexicon::{Hits, Lexicon, Reading};

/// The text and the listed names in it.
pub(super) struct Scan<'d> {
    pub(super) text: &'d str,
    pub(super) lexicon: &'d Lexicon,
    pub(super) hits: &'d Hits,
    /// Whether the text goes on behind the end of a line.
    pub(super) joins: Joins<'d>,
}

impl Scan<'_> {
    pub(super) fn before(&self, at: usize) -> &str {
        self.text.get(..at).unwrap_or_default()
    }

    pub(super) fn after(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Where the next word begins after the blanks at `at`.
    pub(super) fn skip(&self, at: usize) -> usize {
        at + gap(self.text, at, self.joins)
    }

    /// The longest listed word that begins at `at`, without proclitics, and of which `f` knows something.
    pub(super) fn word_at<T>(
        &self,
        at: usize,
        mut f: impl FnMut(&Reading) -> Option<T>,
    ) -> Option<(usize, T)> {
        self.hits
            .beginning_at(at)
            .filter(|hit| !hit.has_proclitic())
            .find_map(|hit| Some((hit.end as usize, self.lexicon.readings(hit).find_map(&mut f)?)))
    }

    /// The longest listed word that ends at `at`: where it begins (after its proclitics), whether it has
    /// proclitics, and what `f` knows of it.
    pub(super) fn word_ending<T>(
        &self,
        at: usize,
        mut f: impl FnMut(&Reading) -> Option<T>,
    ) -> Option<(usize, bool, T)> {
        self.hits.ending_at(at).find_map(|hit| {
            let known = self.lexicon.readings(hit).find_map(&mut f)?;
            Some((hit.begin as usize, hit.has_proclitic(), known))
        })
    }
}
