//! What a look says of a word, of its neighbours, and of the same word elsewhere in the document: features of the next.

// Rows of labels, types and places have fixed sizes, and words are counted by the loops over them: what indexes is
// below the size by construction, and the property tests try.
#![allow(clippy::indexing_slicing)]

use std::ops::Range;

use super::hash::{finished, with};
use super::label::{KINDS, LABELS, OUTSIDE, begins, inside};
use super::lattice::{BEGINNINGS, Likely};
use super::seen::{Seen, pair};
use crate::slots::Slots;

/// What a look says of the words of a document. Most are in no name for certain: of them nothing more is kept.
#[derive(Clone, Debug, Default)]
pub(in crate::entities) struct Said {
    /// Of each word its place in the list, or one of the two below.
    at: Vec<u32>,
    list: Vec<Likely>,
}

/// Of a word in no line nothing is said.
const NOTHING: u32 = u32::MAX;
/// A word in no name for certain.
const SURE: u32 = u32::MAX - 1;
/// What is said of such a word.
static OUTSIDE_FOR_SURE: Likely = {
    let mut labels = [0.0; LABELS];
    labels[OUTSIDE] = 1.0;
    Likely { labels, begins: [[0.0; KINDS.len()]; BEGINNINGS] }
};

impl Said {
    /// Nothing of any of so many words, with room to say something of some.
    pub(super) fn nothing(words: usize, some: usize) -> Self {
        Self { at: vec![NOTHING; words], list: Vec::with_capacity(some) }
    }

    /// Of all words.
    pub(in crate::entities) fn all(list: &[Likely]) -> Self {
        Self { at: (0..).take(list.len()).collect(), list: list.to_vec() }
    }

    /// Says of a word that it is in no name for certain.
    pub(super) fn say_outside(&mut self, index: usize) {
        if let Some(at) = self.at.get_mut(index) {
            *at = SURE;
        }
    }

    /// Says of each of some words what `likely` adds to the list, and gives that.
    pub(super) fn say(&mut self, words: &[usize], likely: impl FnOnce(&mut Vec<Likely>)) -> &[Likely] {
        let from = self.list.len();
        likely(&mut self.list);
        for (&word, place) in words.iter().zip(from..) {
            if let (Some(at), Ok(place)) = (self.at.get_mut(word), u32::try_from(place)) {
                *at = place;
            }
        }
        self.list.get(from..).unwrap_or_default()
    }

    /// Whether a word is in no name for certain, or as good as that.
    pub(super) fn is_surely_outside(&self, index: usize) -> bool {
        self.get(index).is_some_and(|likely| likely.labels[OUTSIDE] > AS_GOOD_AS_CERTAIN)
    }

    /// How likely the labels of a word are.
    pub(in crate::entities) fn get(&self, index: usize) -> Option<&Likely> {
        match *self.at.get(index)? {
            NOTHING => None,
            SURE => Some(&OUTSIDE_FOR_SURE),
            place => self.list.get(place as usize),
        }
    }

    /// The same of a word that may be in a name.
    fn open(&self, index: usize) -> Option<&Likely> {
        self.get(index).filter(|likely| likely.labels[OUTSIDE] < CLOSED)
    }
}

/// As likely outside, a word is not asked what it says of others.
const CLOSED: f32 = 0.9995;
/// More likely outside, a word is not looked at again: what it is told of its neighbours would not change that.
const AS_GOOD_AS_CERTAIN: f32 = 0.9999;

/// What a look says of a whole document, word by word: all of it is asked for from several words.
pub(super) struct Evidence {
    /// Of each word its place in the list, or nothing where nothing but its own is told.
    at: Vec<u32>,
    told: Vec<Told>,
}

/// What is said of a word, as features have it.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// Its likeliest label, and how likely that is.
    own: u32,
    /// The likeliest but one.
    second: u32,
    /// What begins at each of its places, where there are several.
    begins: [u32; BEGINNINGS],
    /// What is said elsewhere of the word from each of its places on.
    elsewhere: [Elsewhere; BEGINNINGS],
    /// The same of the word and the next.
    pair: u32,
}

/// Beyond a line.
const BEYOND: Told = Told {
    own: 0,
    second: 0,
    begins: [NOTHING_BEGINS; BEGINNINGS],
    elsewhere: [Elsewhere { mostly: 0, ever: 0, long: 0 }; BEGINNINGS],
    pair: 0,
};
/// Of a word that is in no name, and of which nothing is said elsewhere.
const QUIET: Told = Told { own: CERTAINLY_OUTSIDE, ..BEYOND };

/// What was said of the places where a word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    /// How many there are.
    count: f32,
    /// In how many of them it is in a name of each type.
    kinds: [f32; KINDS.len()],
    /// The same, where the name has further words.
    long: [f32; KINDS.len()],
}

impl Sum {
    fn add(&mut self, other: &Self, times: f32) {
        self.count += times * other.count;
        for kind in 0..KINDS.len() {
            self.kinds[kind] += times * other.kinds[kind];
            self.long[kind] += times * other.long[kind];
        }
    }

    /// The rest, without what one place says itself.
    fn without(&self, own: Option<&Self>) -> Self {
        let mut rest = *self;
        if let Some(own) = own {
            rest.add(own, -1.0);
        }
        rest
    }
}

/// What is said of a word in other places, as features have it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Elsewhere {
    /// In most of them.
    mostly: u32,
    /// In any.
    ever: u32,
    /// In any where the name has further words.
    long: u32,
}

/// Of a word that stands nowhere else.
const NOWHERE: Elsewhere = Elsewhere { mostly: 0, ever: NOTHING_BEGINS, long: NOTHING_BEGINS };

impl Elsewhere {
    fn of(sum: Sum) -> Self {
        // One long name says who is meant by a part of it, however often that stands alone.
        Self {
            mostly: coded(sum.count, &sum.kinds),
            ever: coded(1.0, &sum.kinds),
            long: coded(1.0, &sum.long),
        }
    }
}

/// Less likely, a place behind a proclitic is none.
const LIKELY_ENOUGH: f32 = 0.2;

impl Evidence {
    /// Of what is `said` of each word of `seen`.
    pub(super) fn new(seen: &Seen, said: &Said) -> Self {
        let mut evidence = Self { at: vec![NOTHING; seen.len()], told: Vec::with_capacity(said.list.len()) };
        let owns = Owns { seen, said };
        // What each open word says itself, from each of its places on, and together with the next.
        let mut own_sums: Vec<Option<Sum>> = Vec::with_capacity(2 * said.list.len());
        let mut own_pairs: Vec<Option<(usize, Sum)>> = Vec::with_capacity(said.list.len());
        // Of each name that may begin somewhere; where nothing is counted, nothing is said.
        let mut names = vec![Sum::default(); seen.names];
        let mut pairs: Vec<Sum> = Vec::with_capacity(said.list.len());
        let mut numbers = Slots::with_room(said.list.len());
        for line in &seen.lines {
            for index in line.clone().filter(|&index| said.open(index).is_some()) {
                for (place, start) in seen.starts(index).iter().enumerate() {
                    let own = owns.own(line, index, place);
                    if let Some(sum) = &own {
                        names[start.name as usize].add(sum, 1.0);
                    }
                    own_sums.push(own);
                }
                own_pairs.push(owns.own_pair(line, index).map(|(key, own)| {
                    let number = numbers.number_of(finished(key), pairs.len());
                    if number == pairs.len() {
                        pairs.push(Sum::default());
                    }
                    pairs[number].add(&own, 1.0);
                    (number, own)
                }));
            }
        }
        // Where a word surely names nothing counts where it may name something elsewhere.
        let closed = || {
            let in_lines = seen.lines.iter().cloned().flatten();
            in_lines.filter(|&index| said.get(index).is_some() && said.open(index).is_none())
        };
        for index in closed() {
            let name = seen.starts(index).first().and_then(|start| names.get_mut(start.name as usize));
            if let Some(sum) = name.filter(|sum| sum.count > 0.0) {
                sum.count += 1.0;
            }
        }
        let said_of = |name: u32| names.get(name as usize).filter(|sum| sum.count > 0.0);
        let elsewhere = |name: u32, own: Option<&Sum>| {
            let sum = said_of(name)?;
            // Most words stand in one place alone.
            let is_own = own.is_some_and(|own| own.count.to_bits() == sum.count.to_bits());
            Some(if is_own { NOWHERE } else { Elsewhere::of(sum.without(own)) })
        };
        let (mut own_sums, mut own_pairs) = (own_sums.into_iter(), own_pairs.into_iter());
        for line in &seen.lines {
            for index in line.clone() {
                let Some(likely) = said.open(index) else { continue };
                let (own, second) = labelled(likely);
                let mut told = Told { own, second, ..BEYOND };
                for place in seen.several(index) {
                    told.begins[place] = coded(1.0, &likely.begins[place]);
                }
                for (place, start) in seen.starts(index).iter().enumerate() {
                    let own = own_sums.next().flatten();
                    told.elsewhere[place] = elsewhere(start.name, own.as_ref()).unwrap_or_default();
                }
                if let Some((pair, own)) = own_pairs.next().flatten() {
                    let sum = pairs[pair].without(Some(&own));
                    told.pair = coded(sum.count, &sum.kinds);
                }
                evidence.tell(index, told);
            }
        }
        let once = Sum { count: 1.0, ..Sum::default() };
        for index in closed() {
            let mut told = QUIET;
            let mut is_told = false;
            for (place, start) in seen.starts(index).iter().enumerate() {
                let own = if place == 0 { Some(&once) } else { None };
                if let Some(rest) = elsewhere(start.name, own) {
                    (told.elsewhere[place], is_told) = (rest, true);
                }
            }
            if is_told {
                evidence.tell(index, told);
            }
        }
        evidence
    }

    fn tell(&mut self, index: usize, told: Told) {
        self.at[index] = u32::try_from(self.told.len()).unwrap_or(NOTHING);
        self.told.push(told);
    }

    /// What is told of a word of the line; nothing beyond it.
    fn told(&self, line: &Range<usize>, index: Option<usize>) -> &Told {
        match index.filter(|index| line.contains(index)) {
            None => const { &BEYOND },
            Some(index) => self.told_of(index),
        }
    }

    fn told_of(&self, index: usize) -> &Told {
        self.at.get(index).and_then(|&at| self.told.get(at as usize)).unwrap_or(const { &QUIET })
    }

    /// Whether any name is told of the word elsewhere, from any of its places on.
    pub(super) fn speaks(&self, index: usize) -> bool {
        self.told_of(index).elsewhere.iter().any(|elsewhere| names_any(elsewhere.ever))
    }

    /// The features of a word.
    #[inline(always)]
    pub(super) fn of_word(&self, seen: &Seen, line: &Range<usize>, index: usize) -> [u32; OF_WORD] {
        let &Told { own, second, elsewhere, pair, .. } = self.told(line, Some(index));
        let Elsewhere { mostly, ever, long } = elsewhere[0];
        let before = self.told(line, index.checked_sub(1));
        let after = self.told(line, Some(index + 1));
        let (previous, next) = (before.own, after.own);
        let [of_own, of_previous, of_next] = [own, previous, next].map(|label| label / STEPS);
        let rule = seen.rule(index);
        let features: [[u32; 3]; OF_WORD] = [
            [own, 0, 0],
            [second, of_own, 0],
            [previous, of_own, 0],
            [of_own, next, 0],
            [of_previous, of_own, of_next],
            [mostly, 0, 0],
            [ever, 0, 0],
            [long, 0, 0],
            [long, mostly, 0],
            [mostly, own, 0],
            [ever, own, 0],
            [long, own, 0],
            [mostly, rule, 0],
            [long, rule, 0],
            [before.elsewhere[0].mostly, mostly, 0],
            [mostly, after.elsewhere[0].mostly, 0],
            [long, of_previous, of_next],
            [pair, of_own, 0],
            [before.pair, of_own, 0],
            [mostly, of_previous, of_next],
        ];
        hashed(2_001, features)
    }

    /// The features of a place of the word where a name may begin, where it has several.
    #[inline(always)]
    pub(super) fn of_start(&self, seen: &Seen, index: usize, place: usize) -> [u32; OF_START] {
        let proclitic = seen.starts(index).get(place).map_or(0, |start| start.proclitic);
        let told = self.told_of(index);
        let (own, Elsewhere { mostly, ever, long }) = (told.begins[place], told.elsewhere[place]);
        let features: [[u32; 2]; OF_START] = [
            [own, 0],
            [mostly, 0],
            [ever, 0],
            [long, 0],
            [mostly, proclitic],
            [long, proclitic],
            [own, proclitic],
            [mostly, own],
            [long, own],
        ];
        hashed(3_001, features)
    }
}

/// The features as hashes, each with its number, of which that of the first is given: all of one kind side by side, so
/// that several are computed at once.
#[inline(always)]
fn hashed<const N: usize, const F: usize>(first: u32, features: [[u32; N]; F]) -> [u32; F] {
    let mut hashes: [u32; F] = std::array::from_fn(|_| first);
    hashes.iter_mut().zip(0..).for_each(|(hash, number)| *hash += number);
    let columns: [[u32; F]; N] = std::array::from_fn(|at| features.map(|numbers| numbers[at]));
    for column in columns {
        hashes.iter_mut().zip(column).for_each(|(hash, number)| *hash = with(*hash, number));
    }
    hashes.map(finished)
}

/// How many features a word has.
const OF_WORD: usize = 20;
/// The same of a place.
const OF_START: usize = 9;

/// What each word says itself.
struct Owns<'s> {
    seen: &'s Seen,
    said: &'s Said,
}

impl Owns<'_> {
    fn at(&self, line: &Range<usize>, index: Option<usize>) -> Option<&Likely> {
        self.said.open(index.filter(|index| line.contains(index))?)
    }

    /// What the look says of the word from that place on.
    fn own(&self, line: &Range<usize>, index: usize, place: usize) -> Option<Sum> {
        let likely = self.said.open(index)?;
        let next = self.at(line, Some(index + 1));
        let mut own = Sum { count: 1.0, ..Sum::default() };
        for kind in 0..KINDS.len() {
            let begun = likely.begins[place][kind];
            let within = if place == 0 { likely.labels[inside(kind)] } else { 0.0 };
            let goes_on = next.map_or(0.0, |next| next.labels[inside(kind)]);
            own.kinds[kind] = begun + within;
            own.long[kind] = begun.min(goes_on) + within;
        }
        if place > 0 {
            own.count = own.kinds.iter().sum();
            return (own.count > LIKELY_ENOUGH).then_some(own);
        }
        Some(own)
    }

    /// The same of the word and the next.
    fn own_pair(&self, line: &Range<usize>, index: usize) -> Option<(u32, Sum)> {
        let (likely, next) = (self.said.open(index)?, self.at(line, Some(index + 1))?);
        let start = self.seen.starts(index).iter().enumerate().max_by(|a, b| {
            let sum = |place: usize| likely.begins[place].iter().sum::<f32>();
            sum(a.0).total_cmp(&sum(b.0)).then(b.0.cmp(&a.0))
        });
        let key = pair(start?.1.key, self.seen.starts(index + 1).first()?.key);
        let mut own = Sum { count: 1.0, ..Sum::default() };
        for kind in 0..KINDS.len() {
            let either = likely.labels[begins(kind)] + likely.labels[inside(kind)];
            own.kinds[kind] = either.min(next.labels[inside(kind)]);
        }
        Some((key, own))
    }
}

/// In so many steps a chance is told.
const STEPS: u32 = 6;

fn step(chance: f32) -> u32 {
    [0.15, 0.4, 0.6, 0.85, 0.97].iter().map(|least| u32::from(chance >= *least)).sum()
}

/// What [`coded`] says of a place where nothing begins.
const NOTHING_BEGINS: u32 = 1;

/// What [`labelled`] says of a word that is in no name for certain; a test compares them.
const CERTAINLY_OUTSIDE: u32 = STEPS + STEPS - 1;

/// A label's number as a feature has it; 0 is for no word.
fn number(label: usize) -> u32 {
    u32::try_from(label + 1).unwrap_or(0)
}

/// The likeliest label and how likely it is; and the likeliest but one, where it is likely at all.
fn labelled(likely: &Likely) -> (u32, u32) {
    let labels = &likely.labels;
    let (mut best, mut second) = (OUTSIDE, begins(0));
    if labels[second] > labels[best] {
        (best, second) = (second, best);
    }
    for label in begins(0) + 1..LABELS {
        if labels[label] > labels[best] {
            (best, second) = (label, best);
        } else if labels[label] > labels[second] {
            second = label;
        }
    }
    let told = |label: usize| number(label) * STEPS + step(labels[label]);
    (told(best), if step(labels[second]) == 0 { 0 } else { told(second) })
}

/// Whether what [`coded`] gave is of a kind.
const fn names_any(coded: u32) -> bool {
    coded > 3 * STEPS
}

/// The kind that most of `count` places speak for, how many they are and how clearly they do; 0 where there are none.
fn coded(count: f32, kinds: &[f32; KINDS.len()]) -> u32 {
    if count < 0.1 {
        return 0;
    }
    let best = (1..KINDS.len()).fold(0, |best, kind| if kinds[kind] > kinds[best] { kind } else { best });
    let many = match count {
        _ if count < 1.5 => 0,
        _ if count < 3.5 => 1,
        _ => 2,
    };
    let step = step(kinds[best] / count);
    let kind = if step == 0 { 0 } else { number(best) };
    1 + (kind * 3 + many) * STEPS + step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_in_no_name_for_certain_is_told_as_any_other() {
        assert_eq!(labelled(&OUTSIDE_FOR_SURE), (CERTAINLY_OUTSIDE, 0));
        assert_eq!(OUTSIDE_FOR_SURE.begins.map(|begins| coded(1.0, &begins)), [NOTHING_BEGINS; BEGINNINGS]);
        assert_eq!(Elsewhere::of(Sum::default()), NOWHERE);
        let mut said = Said::nothing(3, 1);
        said.say_outside(0);
        said.say(&[1], |list| list.push(Likely { labels: [1.0 / 13.0; LABELS], ..Likely::default() }));
        assert!(
            said.is_surely_outside(0)
                && !said.is_surely_outside(1)
                && said.open(0).is_none()
                && said.open(1).is_some()
        );
        assert!(said.get(2).is_none() && said.get(9).is_none());
    }
}
