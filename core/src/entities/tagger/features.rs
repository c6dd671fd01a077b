//! What the tagger is asked of a word: each feature is a handful of fields of the word and its neighbours together.

use std::ops::Range;

use super::hash::{finished, with};
use super::seen::{Atoms, Field, Seen, StartField};

/// A field of the word so many words further on.
type Part = (i8, Field);

/// What is looked at together.
#[rustfmt::skip]
const TEMPLATES: &[&[Part]] = {
    use Field::{Coarse, Facts, Fine, First2, First3, Gap, Last2, Last3, Lists, Place, Rule, Shape, Stem, Word};
    &[
        &[],
        // The words.
        &[(0, Word)], &[(-1, Word)], &[(1, Word)], &[(-2, Word)], &[(2, Word)],
        &[(-1, Word), (0, Word)], &[(0, Word), (1, Word)], &[(-1, Word), (1, Word)],
        &[(-2, Word), (-1, Word)], &[(1, Word), (2, Word)],
        // Their stems and letters.
        &[(0, Stem)], &[(-1, Stem)], &[(1, Stem)], &[(-2, Stem)], &[(-1, Stem), (0, Stem)], &[(0, Stem), (1, Stem)],
        &[(0, Last2)], &[(0, Last3)], &[(0, First2)], &[(0, First3)], &[(0, First2), (0, Last2)],
        &[(-1, Last3)], &[(1, Last3)], &[(1, First3)], &[(-1, Last2), (0, Last2)], &[(0, First2), (1, First2)],
        &[(-1, Word), (0, First2)], &[(-1, Word), (0, Last2)], &[(1, Word), (0, Last2)],
        // How they are written and parted.
        &[(0, Shape)], &[(0, Gap)], &[(1, Gap)], &[(0, Gap), (1, Gap)], &[(0, Gap), (-1, Word)], &[(1, Gap), (0, Word)],
        &[(0, Shape), (0, Gap)], &[(-1, Shape), (0, Shape), (1, Shape)], &[(-1, Word), (0, Shape)],
        &[(0, Place)], &[(0, Place), (0, Shape)], &[(0, Place), (0, First2)],
        // What they are in people's names, and how ordinary.
        &[(0, Facts)], &[(-1, Facts)], &[(1, Facts)], &[(-1, Facts), (0, Facts)], &[(0, Facts), (1, Facts)],
        &[(-1, Facts), (0, Facts), (1, Facts)], &[(-2, Facts), (-1, Facts), (0, Facts)],
        &[(-1, Word), (0, Facts)], &[(1, Word), (0, Facts)], &[(-1, Stem), (0, Facts), (1, Facts)],
        &[(0, Facts), (0, Gap)], &[(0, Facts), (0, Last2)], &[(0, Place), (0, Facts)],
        // The words in whose company they stand.
        &[(0, Fine)], &[(-1, Fine)], &[(1, Fine)], &[(0, Coarse)], &[(-1, Coarse), (0, Coarse)], &[(0, Coarse), (1, Coarse)],
        &[(-1, Coarse), (0, Coarse), (1, Coarse)], &[(-1, Fine), (0, Coarse)], &[(0, Coarse), (1, Fine)],
        &[(0, Coarse), (0, Rule)], &[(0, Coarse), (0, Facts)], &[(-1, Word), (0, Coarse)], &[(-1, Rule), (0, Fine)],
        &[(0, Rule), (1, Fine)], &[(-2, Coarse), (-1, Coarse), (0, Coarse)],
        // What the lists have.
        &[(0, Lists)], &[(-1, Lists)], &[(1, Lists)], &[(-1, Lists), (0, Lists)], &[(0, Lists), (1, Lists)],
        &[(0, Lists), (0, Facts)], &[(-1, Word), (0, Lists)], &[(1, Word), (0, Lists)], &[(-1, Stem), (0, Lists), (0, Facts)],
        // What the rules say.
        &[(0, Rule)], &[(-1, Rule)], &[(1, Rule)], &[(2, Rule)], &[(-2, Rule)],
        &[(-1, Rule), (0, Rule)], &[(0, Rule), (1, Rule)], &[(-1, Rule), (0, Rule), (1, Rule)],
        &[(0, Rule), (0, Word)], &[(0, Rule), (-1, Word)], &[(0, Rule), (1, Word)], &[(-1, Rule), (0, Word)], &[(1, Rule), (0, Word)],
        &[(0, Rule), (0, Facts)], &[(0, Rule), (0, Lists)], &[(0, Rule), (0, Gap)], &[(0, Rule), (0, Place)],
        &[(-1, Rule), (0, Facts)], &[(-1, Rule), (0, Last2)], &[(0, Rule), (1, Facts)],
    ]
};

/// What is looked at together of a place where a name may begin.
#[rustfmt::skip]
const OF_STARTS: &[(&[StartField], &[Part])] = {
    use Field::{Facts as Whole, Last3, Lists as Listed, Word};
    use StartField::{Elsewhere, Facts, First2, Lists, Proclitic, Rest, Rule};
    &[
        (&[Proclitic], &[]), (&[Rest], &[]), (&[Proclitic, Rest], &[]), (&[Proclitic, First2], &[]),
        (&[Facts], &[]), (&[Proclitic, Facts], &[]), (&[Proclitic, Facts], &[(0, Whole)]), (&[Facts], &[(1, Whole)]),
        (&[Lists], &[]), (&[Proclitic, Lists], &[]), (&[Proclitic, Lists], &[(0, Listed)]),
        (&[Rule], &[]), (&[Proclitic, Rule], &[]), (&[Rule, Lists, Facts], &[]),
        (&[Proclitic, Elsewhere], &[]), (&[Elsewhere, Rule], &[]),
        (&[Proclitic], &[(-1, Word)]), (&[Proclitic], &[(0, Last3)]), (&[Proclitic, Facts], &[(1, Whole)]),
    ]
};

/// What lies beyond the line.
const BEYOND: Atoms = Atoms::BEYOND;

/// A word with two on either side in its line.
pub(super) struct Near<'s> {
    seen: &'s Seen,
    index: usize,
    atoms: [Atoms; 5],
}

impl<'s> Near<'s> {
    /// The word at `index`, in the line `line` of `seen`.
    pub(super) fn new(seen: &'s Seen, line: &Range<usize>, index: usize) -> Self {
        let atoms = std::array::from_fn(|at| {
            let other = (index + at).checked_sub(2).filter(|other| line.contains(other));
            other.and_then(|other| seen.atoms.get(other)).copied().unwrap_or(BEYOND)
        });
        Self { seen, index, atoms }
    }

    /// The features of the word.
    pub(super) fn of_word(&self, out: &mut Vec<u32>) {
        let numbered = TEMPLATES.iter().zip(1..);
        out.extend(numbered.map(|(template, number)| finished(combined(&self.atoms, template, number))));
    }

    /// The features of one of its places where a name may begin, where it has several.
    pub(super) fn of_start(&self, place: usize, out: &mut Vec<u32>) {
        let Some(start) = self.seen.starts(self.index).get(place) else { return };
        out.extend(OF_STARTS.iter().zip(1_001..).map(|((own, others), number)| {
            let hash = own.iter().fold(number, |hash, &field| with(hash, start.get(field)));
            finished(combined(&self.atoms, others, hash))
        }));
    }
}

fn combined(near: &[Atoms; 5], parts: &[Part], hash: u32) -> u32 {
    parts.iter().fold(hash, |hash, &(by, field)| {
        let atoms = near.get(usize::try_from(i32::from(by) + 2).unwrap_or(0)).unwrap_or(&BEYOND);
        with(hash, atoms.get(field))
    })
}
