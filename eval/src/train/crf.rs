//! Weights for a linear chain by stochastic gradients (Bottou 2010), of a likelihood in which missing a name costs more
//! (softmax-margin: Gimpel, Smith 2010), with all weights drawn to nothing by their square.

// Counts here are far below what a float tells apart, and shares are between 0 and 1.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use warraq_core::entities::tagger::{
    BEGINNINGS, Chances, KINDS, LABELS, LANES, Lattice, Likely, NEVER, OUTSIDE, Scores, Transitions, begins,
    inside,
};

use super::examples::{Asked, Truth};
use crate::random::Random;

/// The weights of a feature by label.
pub(super) type Row = [f32; LANES];

/// Rows of weights, each to be multiplied by one number: so all are drawn to nothing at once.
#[derive(Clone)]
pub(super) struct Table {
    rows: Vec<Row>,
    factor: f32,
}

impl Table {
    pub(super) fn empty(features: usize) -> Self {
        Self { rows: vec![[0.0; LANES]; features], factor: 1.0 }
    }

    /// The weights of each feature.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        self.rows.iter().map(|row| row.map(|weight| weight * self.factor))
    }

    fn add(&self, features: &[u32], sums: &mut Row) {
        let mut own = [0.0; LANES];
        for &feature in features {
            for (sum, weight) in own.iter_mut().zip(&self.rows[feature as usize]) {
                *sum += weight;
            }
        }
        for (sum, own) in sums.iter_mut().zip(own) {
            *sum += own * self.factor;
        }
    }

    /// Goes down along `slopes`.
    fn step(&mut self, features: &[u32], slopes: &Row, rate: f32) {
        let steps = slopes.map(|slope| rate * slope / self.factor);
        for &feature in features {
            for (weight, step) in self.rows[feature as usize].iter_mut().zip(steps) {
                *weight -= step;
            }
        }
    }

    /// Goes so far towards `other`.
    fn mix(&mut self, other: &Self, share: f32) {
        self.rows = self.rows().collect();
        self.factor = 1.0;
        for (row, other) in self.rows.iter_mut().zip(other.rows()) {
            row.iter_mut().zip(other).for_each(|(weight, other)| *weight += share * (other - *weight));
        }
    }

    /// Draws all weights to nothing by that share.
    fn decay(&mut self, share: f32) {
        /// Smaller, the weights under it are too great to be exact.
        const LEAST: f32 = 1e-3;
        self.factor *= 1.0 - share;
        if self.factor < LEAST {
            self.rows = self.rows().collect();
            self.factor = 1.0;
        }
    }
}

/// What is learned in one look.
#[derive(Clone)]
pub(super) struct Chain {
    /// Of what both looks ask.
    pub(super) joint: Table,
    /// Of what only the second look asks.
    pub(super) evidence: Table,
    pub(super) transitions: Transitions,
}

/// A sentence with the numbers of its features in the tables.
pub(super) struct Sentence<'e> {
    pub(super) words: Vec<SentenceWord<'e>>,
    pub(super) other: bool,
}

pub(super) struct SentenceWord<'e> {
    pub(super) joint: &'e Asked,
    pub(super) evidence: Option<&'e Asked>,
    pub(super) places: usize,
    pub(super) goes_on: bool,
    pub(super) truth: Truth,
}

/// The features of a sentence that were kept.
struct Kept(Vec<(Asked, Option<Asked>)>);

impl Kept {
    fn borrowed<'k>(&'k self, sentence: &Sentence<'_>) -> Sentence<'k> {
        let words = sentence.words.iter().zip(&self.0).map(|(word, (joint, evidence))| SentenceWord {
            joint,
            evidence: evidence.as_ref(),
            places: word.places,
            goes_on: word.goes_on,
            truth: word.truth,
        });
        Sentence { words: words.collect(), other: sentence.other }
    }
}

impl Sentence<'_> {
    fn with_dropped(&self, share: f32, random: &mut Random) -> Kept {
        let least = (share * 65536.0) as u64;
        let mut bits = 0;
        let mut left = 0;
        let mut kept = |features: &[u32]| -> Vec<u32> {
            let keep = |_: &&u32| {
                if left == 0 {
                    (bits, left) = (random.next(), 4);
                }
                let lot = bits & 0xFFFF;
                bits >>= 16;
                left -= 1;
                lot >= least
            };
            features.iter().filter(keep).copied().collect()
        };
        let mut of = |asked: &Asked| Asked {
            word: kept(&asked.word),
            starts: asked.starts.iter().map(|start| kept(start)).collect(),
        };
        Kept(self.words.iter().map(|word| (of(word.joint), word.evidence.map(&mut of))).collect())
    }
}

/// How a pass through the sentences goes.
pub(super) struct Pace {
    /// How far a step goes.
    pub(super) rate: f32,
    /// What missing a word of a name costs more.
    pub(super) recall: f32,
    /// What a step from another corpus counts.
    pub(super) others: f32,
    /// How much of a weight is drawn away when a step of 1 is gone.
    pub(super) decay: f32,
    /// What share of the features is not seen.
    pub(super) drop: f32,
}

impl Chain {
    pub(super) fn new(joint: Table, evidence: Table, transitions: &Transitions) -> Self {
        Self { joint, evidence, transitions: *transitions }
    }

    /// Goes so far towards `other`.
    pub(super) fn mix(&mut self, other: &Self, share: f32) {
        self.joint.mix(&other.joint, share);
        self.evidence.mix(&other.evidence, share);
        let weights = self.transitions.iter_mut().flatten().zip(other.transitions.iter().flatten());
        weights.for_each(|(weight, other)| *weight += share * (other - *weight));
    }

    fn row(&self, asked: &Asked, evidence: Option<&Asked>, start: Option<usize>) -> Row {
        let mut row = [0.0; LANES];
        self.joint.add(asked.at(start), &mut row);
        if let Some(evidence) = evidence {
            self.evidence.add(evidence.at(start), &mut row);
        }
        row
    }

    /// What speaks for the labels of each word.
    pub(super) fn scores(&self, sentence: &Sentence<'_>) -> Vec<Scores> {
        let of_word = |word: &SentenceWord<'_>| {
            let row = self.row(word.joint, word.evidence, None);
            let mut scores = Scores { outside: row[OUTSIDE], places: word.places, ..Scores::default() };
            for kind in 0..KINDS.len() {
                scores.inside[kind] = row[inside(kind)] + if word.goes_on { 0.0 } else { NEVER };
                for place in scores.begins.iter_mut().take(word.places) {
                    place[kind] = row[begins(kind)];
                }
            }
            for place in 0..word.joint.starts.len().min(BEGINNINGS) {
                let row = self.row(word.joint, word.evidence, Some(place));
                for kind in 0..KINDS.len() {
                    scores.begins[place][kind] += row[begins(kind)];
                }
            }
            scores
        };
        sentence.words.iter().map(of_word).collect()
    }

    /// How likely the labels of each word are.
    pub(super) fn likely(&self, sentence: &Sentence<'_>, lattice: &mut Lattice) -> Vec<Likely> {
        let scores = self.scores(sentence);
        let mut likely = Vec::new();
        lattice.sum(&scores, &Chances::new(&self.transitions));
        lattice.likely(&scores, &mut likely);
        likely
    }

    /// Learns from all `sentences` once, in an order that `random` gives; gives the loss.
    pub(super) fn pass(&mut self, sentences: &[Sentence<'_>], pace: &Pace, random: &mut Random) -> f64 {
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last + 1));
        }
        let mut lattice = Lattice::default();
        order.into_iter().map(|index| self.learn(&sentences[index], pace, &mut lattice, random)).sum()
    }

    fn learn(
        &mut self,
        sentence: &Sentence<'_>,
        pace: &Pace,
        lattice: &mut Lattice,
        random: &mut Random,
    ) -> f64 {
        let dropped;
        let sentence = if pace.drop > 0.0 {
            dropped = sentence.with_dropped(pace.drop, random);
            &dropped.borrowed(sentence)
        } else {
            sentence
        };
        let chances = Chances::new(&self.transitions);
        let scores = self.scores(sentence);
        let mut costly = scores.clone();
        let mut bound = scores;
        for ((word, costly), bound) in sentence.words.iter().zip(&mut costly).zip(&mut bound) {
            let named = match word.truth {
                Truth::Known(label, _) => label != OUTSIDE,
                Truth::OneOf(may) => !may[OUTSIDE],
            };
            costly.outside += if named { pace.recall } else { 0.0 };
            bind(bound, word.truth);
        }
        let (mut free, mut true_ones) = (Vec::new(), Vec::new());
        let sum = lattice.sum(&costly, &chances);
        lattice.likely(&costly, &mut free);
        let mut slopes = pairs(lattice, &chances, sentence.words.len(), &free);
        let of_truth = lattice.sum(&bound, &chances);
        lattice.likely(&bound, &mut true_ones);
        let truth = pairs(lattice, &chances, sentence.words.len(), &true_ones);
        let rate = if sentence.other { pace.rate * pace.others } else { pace.rate };
        for (slope, truth) in slopes.iter_mut().flatten().zip(truth.iter().flatten()) {
            *slope -= truth;
        }
        let decay = pace.rate * pace.decay;
        self.joint.decay(decay);
        self.evidence.decay(decay);
        for (weight, slope) in self.transitions.iter_mut().flatten().zip(slopes.iter().flatten()) {
            *weight -= rate * slope + decay * *weight;
        }
        for ((word, free), truth) in sentence.words.iter().zip(&free).zip(&true_ones) {
            self.learn_word(word, free, truth, rate);
        }
        sum - of_truth
    }

    fn learn_word(&mut self, word: &SentenceWord<'_>, free: &Likely, truth: &Likely, rate: f32) {
        /// Smaller ones change nothing.
        const LEAST: f32 = 1e-4;
        let mut slopes = [0.0; LANES];
        for ((slope, free), truth) in slopes.iter_mut().zip(free.labels).zip(truth.labels) {
            *slope = free - truth;
        }
        if slopes.iter().all(|slope| slope.abs() < LEAST) {
            return;
        }
        self.step(word, |asked| &asked.word, &slopes, rate);
        for place in 0..word.joint.starts.len() {
            let mut slopes = [0.0; LANES];
            for kind in 0..KINDS.len() {
                slopes[begins(kind)] = free.begins[place][kind] - truth.begins[place][kind];
            }
            if slopes.iter().any(|slope| slope.abs() >= LEAST) {
                self.step(word, |asked| &asked.starts[place], &slopes, rate);
            }
        }
    }

    fn step(&mut self, word: &SentenceWord<'_>, of: impl Fn(&Asked) -> &Vec<u32>, slopes: &Row, rate: f32) {
        self.joint.step(of(word.joint), slopes, rate);
        if let Some(evidence) = word.evidence {
            self.evidence.step(of(evidence), slopes, rate);
        }
    }
}

/// How often each label stands behind each.
fn pairs(lattice: &Lattice, chances: &Chances, words: usize, likely: &[Likely]) -> Transitions {
    let mut pairs = [[0.0; LABELS]; LABELS + 1];
    if let Some(first) = likely.first() {
        pairs[LABELS] = first.labels;
    }
    for at in 1..words {
        for (sums, row) in pairs.iter_mut().zip(lattice.pairs(at, chances)) {
            for (sum, pair) in sums.iter_mut().zip(row) {
                *sum += pair;
            }
        }
    }
    pairs
}

/// Leaves only what the word may be.
fn bind(scores: &mut Scores, truth: Truth) {
    let may = |label: usize, place: Option<usize>| match truth {
        Truth::Known(known, known_place) => label == known && place.is_none_or(|place| place == known_place),
        Truth::OneOf(labels) => labels[label],
    };
    if !may(OUTSIDE, None) {
        scores.outside = NEVER;
    }
    for kind in 0..KINDS.len() {
        if !may(inside(kind), None) {
            scores.inside[kind] = NEVER;
        }
        for (place, begins_at) in scores.begins.iter_mut().enumerate() {
            if !may(begins(kind), Some(place)) {
                begins_at[kind] = NEVER;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words `0` and `1`: the second names a person behind the first, and nothing else does.
    fn sentence(asked: &[Asked; 3]) -> Sentence<'_> {
        let word = |at: usize, truth| SentenceWord {
            joint: &asked[at],
            evidence: None,
            places: 1,
            goes_on: true,
            truth,
        };
        let outside = Truth::Known(OUTSIDE, 0);
        Sentence {
            words: vec![
                word(0, outside),
                word(1, Truth::Known(begins(0), 0)),
                word(1, Truth::Known(inside(0), 0)),
                word(2, outside),
            ],
            other: false,
        }
    }

    fn learned(recall: f32) -> (Chain, [Asked; 3], Vec<f64>) {
        let asked = [0, 1, 2].map(|word| Asked { word: vec![word], starts: Vec::new() });
        let table = || Table::empty(3);
        let mut chain = Chain::new(table(), table(), &[[0.0; LABELS]; LABELS + 1]);
        let pace = Pace { rate: 0.2, recall, others: 1.0, decay: 1e-4, drop: 0.0 };
        let mut random = Random::new(1, &[]);
        let losses = (0..30).map(|_| chain.pass(&[sentence(&asked)], &pace, &mut random)).collect();
        (chain, asked, losses)
    }

    #[test]
    fn what_is_said_is_learned() {
        let (chain, asked, losses) = learned(0.0);
        assert!(losses[29] < losses[0] / 10.0, "{losses:?}");
        let likely = chain.likely(&sentence(&asked), &mut Lattice::default());
        assert!(likely[1].labels[begins(0)] > 0.9 && likely[2].labels[inside(0)] > 0.9);
        assert!(likely[0].labels[OUTSIDE] > 0.9 && likely[3].labels[OUTSIDE] > 0.9);
    }

    #[test]
    fn what_costs_more_is_learned_more_firmly() {
        let outside = |recall| {
            let (chain, asked, _) = learned(recall);
            let scores = chain.scores(&sentence(&asked));
            scores[1].begins[0][0] - scores[1].outside
        };
        assert!(outside(2.0) > outside(0.0));
    }

    #[test]
    fn slopes_are_those_of_the_loss() {
        // The loss of a sentence by a weight, by differences and by what a first step shows of the slope's sign.
        let (chain, asked, _) = learned(0.0);
        let loss = |chain: &Chain| {
            let mut chain = chain.clone();
            let pace = Pace { rate: 0.0, recall: 0.0, others: 1.0, decay: 1e-4, drop: 0.0 };
            chain.pass(&[sentence(&asked)], &pace, &mut Random::new(1, &[]))
        };
        let mut stepped = chain.clone();
        let pace = Pace { rate: 0.01, recall: 0.0, others: 1.0, decay: 1e-4, drop: 0.0 };
        stepped.pass(&[sentence(&asked)], &pace, &mut Random::new(1, &[]));
        assert!(loss(&stepped) < loss(&chain));
    }
}
