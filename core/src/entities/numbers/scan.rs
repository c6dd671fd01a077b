//! What stands beside what, in folded text.

use super::literals::Literal;
use crate::lexicon::{Hits, Lexicon, Reading};

/// The text, the listed words in it and its numbers.
pub(super) struct Scan<'d> {
    pub(super) text: &'d str,
    pub(super) lexicon: &'d Lexicon,
    pub(super) hits: &'d Hits,
    pub(super) literals: Vec<Literal>,
}

/// More blanks than this between two words, and they do not belong together.
const MOST_BLANKS: usize = 2;

const BLANKS: [char; 4] = [' ', '\t', '\u{A0}', '\u{202F}'];

impl Scan<'_> {
    pub(super) fn before(&self, at: usize) -> &str {
        self.text.get(..at).unwrap_or_default()
    }

    pub(super) fn after(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    /// Where the next word begins after the blanks at `at`.
    pub(super) fn skip(&self, at: usize) -> usize {
        let blanks = self.after(at).chars().take(MOST_BLANKS).take_while(|c| BLANKS.contains(c));
        at + blanks.map(char::len_utf8).sum::<usize>()
    }

    /// Where the word before ends, before the blanks that end at `at`.
    pub(super) fn skip_back(&self, at: usize) -> usize {
        let blanks = self.before(at).chars().rev().take(MOST_BLANKS).take_while(|c| BLANKS.contains(c));
        at - blanks.map(char::len_utf8).sum::<usize>()
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

    pub(super) fn literal_at(&self, at: usize) -> Option<(usize, &Literal)> {
        let index = self.literals.binary_search_by_key(&at, |literal| literal.begin).ok()?;
        Some((index, self.literals.get(index)?))
    }

    pub(super) fn literal_ending(&self, at: usize) -> Option<(usize, &Literal)> {
        let index = self.literals.binary_search_by_key(&at, |literal| literal.end).ok()?;
        Some((index, self.literals.get(index)?))
    }
}
