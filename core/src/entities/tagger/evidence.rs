//! What the first look says of a word, of its neighbours, and of the same word elsewhere in the document: features of
//! the second look.

// Rows of labels, types and places have fixed sizes, and words are counted by the loops over them: what indexes is
// below the size by construction, and the property tests try.
#![allow(clippy::indexing_slicing)]

use std::ops::Range;

use super::hash::{finished, with};
use super::label::{KINDS, LABELS, OUTSIDE, begins, inside};
use super::lattice::{BEGINNINGS, Likely};
use super::seen::{Field, Seen, StartField, pair};
use crate::maps::TextMap;

/// What a look says of a whole document, word by word: all of it is asked for from several words.
pub(super) struct Evidence<'s> {
    pub(super) seen: &'s Seen,
    likely: &'s [Likely],
    told: Vec<Told>,
}

/// What is said of a word, as features have it.
#[derive(Clone, Copy, Debug, Default)]
struct Told {
    /// Its likeliest label, and how likely that is.
    own: u32,
    /// The likeliest but one.
    second: u32,
    /// What is said elsewhere of the word from each of its places on.
    elsewhere: [Elsewhere; BEGINNINGS],
    /// The same of the word and the next.
    pair: u32,
}

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

/// What one place says itself.
#[derive(Clone, Copy, Debug, Default)]
struct Own {
    /// Of the word from each of its places on.
    places: [Option<Sum>; BEGINNINGS],
    /// Of the word and the next, by the key of both.
    pair: Option<(u32, Sum)>,
}

/// What is said of a word in other places, as features have it.
#[derive(Clone, Copy, Debug, Default)]
struct Elsewhere {
    /// In most of them.
    mostly: u32,
    /// In any.
    ever: u32,
    /// In any where the name has further words.
    long: u32,
}

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

impl<'s> Evidence<'s> {
    /// Of what `likely` says of each word of `seen`.
    pub(super) fn new(seen: &'s Seen, likely: &'s [Likely]) -> Self {
        let mut evidence = Self { seen, likely, told: vec![Told::default(); seen.atoms.len()] };
        let mut words: TextMap<u32, Sum> = TextMap::default();
        let mut pairs: TextMap<u32, Sum> = TextMap::default();
        let mut own = vec![Own::default(); seen.atoms.len()];
        for line in &seen.lines {
            for index in line.clone() {
                let said = &mut own[index];
                for (place, start) in seen.starts(index).iter().enumerate() {
                    said.places[place] = evidence.own(line, index, place);
                    if let Some(sum) = &said.places[place] {
                        words.entry(start.key).or_default().add(sum, 1.0);
                    }
                }
                said.pair = evidence.own_pair(line, index);
                if let Some((key, sum)) = &said.pair {
                    pairs.entry(*key).or_default().add(sum, 1.0);
                }
            }
        }
        for index in seen.lines.iter().cloned().flatten() {
            let (told, said) = (&mut evidence.told[index], &own[index]);
            if let Some(likely) = likely.get(index) {
                (told.own, told.second) = (labelled(likely), second(likely));
            }
            for (place, start) in seen.starts(index).iter().enumerate() {
                if let Some(sum) = words.get(&start.key) {
                    told.elsewhere[place] = Elsewhere::of(sum.without(said.places[place].as_ref()));
                }
            }
            if let Some((key, own)) = &said.pair
                && let Some(sum) = pairs.get(key)
            {
                let sum = sum.without(Some(own));
                told.pair = coded(sum.count, &sum.kinds);
            }
        }
        evidence
    }

    fn at(&self, line: &Range<usize>, index: Option<usize>) -> Option<&Likely> {
        self.likely.get(index.filter(|index| line.contains(index))?)
    }

    /// What is told of a word of the line; nothing beyond it.
    fn told(&self, line: &Range<usize>, index: Option<usize>) -> Told {
        let index = index.filter(|index| line.contains(index));
        index.and_then(|index| self.told.get(index)).copied().unwrap_or_default()
    }

    /// What the look says of the word from that place on.
    fn own(&self, line: &Range<usize>, index: usize, place: usize) -> Option<Sum> {
        let likely = self.likely.get(index)?;
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
        let (likely, next) = (self.likely.get(index)?, self.at(line, Some(index + 1))?);
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

    /// The features of a word.
    pub(super) fn of_word(&self, line: &Range<usize>, index: usize, out: &mut Vec<u32>) {
        let Told { own, second, elsewhere, pair } = self.told(line, Some(index));
        let Elsewhere { mostly, ever, long } = elsewhere[0];
        let before = self.told(line, index.checked_sub(1));
        let after = self.told(line, Some(index + 1));
        let (previous, next) = (before.own, after.own);
        let rule = self.seen.atoms.get(index).map_or(0, |atoms| atoms.get(Field::Rule));
        let features = [
            (own, 0, 0),
            (second, own / STEPS, 0),
            (previous, own / STEPS, 0),
            (own / STEPS, next, 0),
            (previous / STEPS, own / STEPS, next / STEPS),
            (mostly, 0, 0),
            (ever, 0, 0),
            (long, 0, 0),
            (long, mostly, 0),
            (mostly, own, 0),
            (ever, own, 0),
            (long, own, 0),
            (mostly, rule, 0),
            (long, rule, 0),
            (before.elsewhere[0].mostly, mostly, 0),
            (mostly, after.elsewhere[0].mostly, 0),
            (long, previous / STEPS, next / STEPS),
            (pair, own / STEPS, 0),
            (before.pair, own / STEPS, 0),
            (mostly, previous / STEPS, next / STEPS),
        ];
        out.extend(
            features
                .iter()
                .zip(2_001..)
                .map(|(&(a, b, c), number)| finished(with(with(with(number, a), b), c))),
        );
    }

    /// The features of a place of the word where a name may begin, where it has several.
    pub(super) fn of_start(&self, line: &Range<usize>, index: usize, place: usize, out: &mut Vec<u32>) {
        let Some((start, likely)) = self.seen.starts(index).get(place).zip(self.likely.get(index)) else {
            return;
        };
        let Elsewhere { mostly, ever, long } = self.told(line, Some(index)).elsewhere[place];
        let own = coded(1.0, &likely.begins[place]);
        let proclitic = start.get(StartField::Proclitic);
        let features = [
            (own, 0),
            (mostly, 0),
            (ever, 0),
            (long, 0),
            (mostly, proclitic),
            (long, proclitic),
            (own, proclitic),
            (mostly, own),
            (long, own),
        ];
        out.extend(features.iter().zip(3_001..).map(|(&(a, b), number)| finished(with(with(number, a), b))));
    }
}

/// In so many steps a chance is told.
const STEPS: u32 = 6;

fn step(chance: f32) -> u32 {
    match chance {
        _ if chance < 0.15 => 0,
        _ if chance < 0.4 => 1,
        _ if chance < 0.6 => 2,
        _ if chance < 0.85 => 3,
        _ if chance < 0.97 => 4,
        _ => 5,
    }
}

/// A label's number as a feature has it; 0 is for no word.
fn number(label: usize) -> u32 {
    u32::try_from(label + 1).unwrap_or(0)
}

/// The likeliest label and how likely it is.
fn labelled(likely: &Likely) -> u32 {
    let best = best(likely, None);
    number(best) * STEPS + step(likely.labels[best])
}

/// The likeliest label but one, where it is likely at all.
fn second(likely: &Likely) -> u32 {
    let second = best(likely, Some(best(likely, None)));
    let step = step(likely.labels[second]);
    if step == 0 { 0 } else { number(second) * STEPS + step }
}

fn best(likely: &Likely, but: Option<usize>) -> usize {
    let mut best = if but == Some(OUTSIDE) { begins(0) } else { OUTSIDE };
    for label in (0..LABELS).filter(|&label| Some(label) != but) {
        if likely.labels[label] > likely.labels[best] {
            best = label;
        }
    }
    best
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
