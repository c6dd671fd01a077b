//! A line's labels as a linear chain (Lafferty, `McCallum`, Pereira 2001): how likely each is, and the best sequence.
//!
//! Probabilities are scaled word by word (Rabiner 1989, V.A), so that no logarithm is taken but once a word.
//! `libm`'s functions give the same bits on every machine, and with them the same answers.

// Rows of labels, types and places have fixed sizes, and words are counted by the loops over them: what indexes is
// below the size by construction, and the property tests try.
#![allow(clippy::indexing_slicing)]

use super::label::{KINDS, LABELS, OUTSIDE, begins, inside, may_follow};

/// So many places in a word may be a name's beginning: the word's own, and behind proclitics.
pub const BEGINNINGS: usize = 4;

/// What speaks for a label that cannot be.
pub const NEVER: f32 = -1e4;

/// What speaks for each label of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    /// For none.
    pub outside: f32,
    /// For a name of each type that begins at each place; of places that there are not, anything.
    pub begins: [[f32; KINDS.len()]; BEGINNINGS],
    /// For a further word of a name of each type.
    pub inside: [f32; KINDS.len()],
    /// How many places there are, 1 to [`BEGINNINGS`].
    pub places: usize,
}

impl Scores {
    /// What the word's features say, in steps of `step`.
    pub(super) fn set_word<const N: usize>(
        &mut self,
        sums: &[i32; N],
        step: f32,
        places: usize,
        goes_on: bool,
    ) {
        let inside = [if goes_on { 0.0 } else { NEVER }; KINDS.len()];
        *self = Self { inside, places, ..Self::default() };
        self.add_word(sums, step);
    }

    /// What further features of the word say.
    pub(super) fn add_word<const N: usize>(&mut self, sums: &[i32; N], step: f32) {
        // Sums of some hundred bytes are exact.
        #[allow(clippy::cast_precision_loss)]
        let score = |label: usize| sums.get(label).map_or(0.0, |&sum| sum as f32 * step);
        self.outside += score(OUTSIDE);
        for kind in 0..KINDS.len() {
            self.inside[kind] += score(inside(kind));
            for place in self.begins.iter_mut().take(self.places) {
                place[kind] += score(begins(kind));
            }
        }
    }

    /// What the features of a place say.
    pub(super) fn add_start<const N: usize>(&mut self, place: usize, sums: &[i32; N], step: f32) {
        #[allow(clippy::cast_precision_loss)]
        let score = |label: usize| sums.get(label).map_or(0.0, |&sum| sum as f32 * step);
        if let Some(scores) = self.begins.get_mut(place) {
            for (kind, sum) in scores.iter_mut().enumerate() {
                *sum += score(begins(kind));
            }
        }
    }
}

/// What speaks for a label behind another one; the last row is for the head of a line.
pub type Transitions = [[f32; LABELS]; LABELS + 1];

/// How likely the labels of a word are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Likely {
    /// Of each label.
    pub labels: [f32; LABELS],
    /// Of each place, of a name of each type.
    pub begins: [[f32; KINDS.len()]; BEGINNINGS],
}

/// A name in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The place of its type in [`KINDS`].
    pub kind: usize,
    /// Its first word.
    pub first: usize,
    /// At which of that word's places it begins.
    pub place: usize,
    /// Behind its last word.
    pub end: usize,
}

/// The lattice of one line, with room that the next line uses again.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    /// Of each word what speaks for each label, all places of a beginning together.
    collapsed: Vec<[f32; LABELS]>,
    /// Of each word `exp(score - shift)` of each label.
    weights: Vec<[f32; LABELS]>,
    /// Scaled, of each word.
    forward: Vec<[f32; LABELS]>,
    backward: Vec<[f32; LABELS]>,
    /// What the forward sums of a word were divided by.
    scales: Vec<f32>,
}

/// `exp` of transitions; 0 where there is none.
#[derive(Clone, Debug)]
pub struct Chances {
    behind: [[f32; LABELS]; LABELS],
    head: [f32; LABELS],
    scores: Transitions,
}

const ALL: std::ops::Range<usize> = 0..LABELS;

impl Chances {
    /// Of `scores`.
    pub fn new(scores: &Transitions) -> Self {
        let chance = |from: Option<usize>, to: usize| {
            let row = scores.get(from.unwrap_or(LABELS)).map_or(0.0, |row| row[to]);
            if may_follow(from, to) { libm::expf(row) } else { 0.0 }
        };
        Self {
            behind: std::array::from_fn(|from| std::array::from_fn(|to| chance(Some(from), to))),
            head: std::array::from_fn(|to| chance(None, to)),
            scores: *scores,
        }
    }
}

/// The logarithm of the sum of the places' chances for a type.
fn sum_of_places(scores: &Scores, kind: usize) -> f32 {
    let places = || scores.begins.iter().take(scores.places).map(|of| of[kind]);
    let most = places().fold(f32::MIN, f32::max);
    if scores.places < 2 {
        most
    } else {
        most + libm::logf(places().map(|score| libm::expf(score - most)).sum())
    }
}

/// What speaks for each label, all places of a beginning together.
fn collapsed(scores: &Scores) -> [f32; LABELS] {
    let mut labels = [scores.outside; LABELS];
    for kind in 0..KINDS.len() {
        labels[begins(kind)] = sum_of_places(scores, kind);
        labels[inside(kind)] = scores.inside[kind];
    }
    labels
}

impl Lattice {
    /// Computes the sums of `line`; gives the logarithm of the sum over all sequences.
    pub fn sum(&mut self, line: &[Scores], chances: &Chances) -> f64 {
        self.collapsed.clear();
        self.weights.clear();
        self.forward.clear();
        self.scales.clear();
        self.backward.clear();
        self.backward.resize(line.len(), [1.0; LABELS]);
        let mut total = 0.0;
        let mut before: Option<[f32; LABELS]> = None;
        for scores in line {
            let labels = collapsed(scores);
            let shift = labels.iter().copied().fold(f32::MIN, f32::max);
            let weights = labels.map(|score| libm::expf(score - shift));
            let mut sums = match before {
                None => chances.head,
                Some(before) => {
                    let mut sums = [0.0; LABELS];
                    for from in ALL {
                        for to in ALL {
                            sums[to] += before[from] * chances.behind[from][to];
                        }
                    }
                    sums
                }
            };
            for label in ALL {
                sums[label] *= weights[label];
            }
            let scale = sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            let forward = sums.map(|sum| sum / scale);
            total += f64::from(shift) + libm::log(f64::from(scale));
            self.collapsed.push(labels);
            self.weights.push(weights);
            self.forward.push(forward);
            self.scales.push(scale);
            before = Some(forward);
        }
        let mut behind: Option<[f32; LABELS]> = None;
        for at in (0..line.len()).rev() {
            if let Some(behind) = behind {
                self.backward[at] =
                    std::array::from_fn(|from| ALL.map(|to| chances.behind[from][to] * behind[to]).sum());
            }
            // What the word before needs: this word's chance of each label and all that may follow it.
            behind = Some(std::array::from_fn(|label| {
                self.weights[at][label] * self.backward[at][label] / self.scales[at]
            }));
        }
        total
    }

    /// How likely the labels of each word are, behind [`Self::sum`] of the same line.
    pub fn likely(&self, line: &[Scores], out: &mut Vec<Likely>) {
        for (at, scores) in line.iter().enumerate() {
            let labels: [f32; LABELS] = std::array::from_fn(|l| self.forward[at][l] * self.backward[at][l]);
            let mut likely = Likely { labels, ..Likely::default() };
            for kind in 0..KINDS.len() {
                let sum = self.collapsed[at][begins(kind)];
                for place in 0..scores.places {
                    let share =
                        if scores.places == 1 { 1.0 } else { libm::expf(scores.begins[place][kind] - sum) };
                    likely.begins[place][kind] = labels[begins(kind)] * share;
                }
            }
            out.push(likely);
        }
    }

    /// How likely the pairs of labels at words `at - 1` and `at` are, behind [`Self::sum`].
    pub fn pairs(&self, at: usize, chances: &Chances) -> [[f32; LABELS]; LABELS] {
        std::array::from_fn(|from| {
            std::array::from_fn(|to| {
                let behind = self.weights[at][to] * self.backward[at][to] / self.scales[at];
                self.forward[at - 1][from] * chances.behind[from][to] * behind
            })
        })
    }

    /// How likely just this name is, behind [`Self::sum`] of the line and with what [`Self::likely`] said of it.
    pub fn of_name(&self, likely: &[Likely], chances: &Chances, name: Found) -> f32 {
        let (begin, go_on) = (begins(name.kind), inside(name.kind));
        let Some(first) = likely.get(name.first) else { return 0.0 };
        let behind = self.backward.get(name.first).map_or(0.0, |behind| behind[begin]);
        let place = first.begins.get(name.place).map_or(0.0, |place| place[name.kind]);
        if behind <= 0.0 {
            return 0.0;
        }
        // So likely a name of that type begins there, whatever follows; then that it goes on, and ends.
        let mut chance = place / behind;
        let mut last = begin;
        for at in name.first + 1..name.end {
            chance *= chances.behind[last][go_on] * self.weights[at][go_on] / self.scales[at];
            last = go_on;
        }
        if let Some((weights, scale)) = self.weights.get(name.end).zip(self.scales.get(name.end)) {
            let ends = ALL.filter(|&label| label != go_on).map(|label| {
                chances.behind[last][label] * weights[label] * self.backward[name.end][label] / scale
            });
            chance *= ends.sum::<f32>();
        }
        chance.clamp(0.0, 1.0)
    }
}

/// The names of the best sequence of labels.
pub fn best(line: &[Scores], chances: &Chances) -> Vec<Found> {
    let transitions = &chances.scores;
    let mut from: Vec<[usize; LABELS]> = Vec::with_capacity(line.len());
    let mut before: Option<[f32; LABELS]> = None;
    for scores in line {
        let mut labels = [scores.outside; LABELS];
        for kind in 0..KINDS.len() {
            labels[begins(kind)] = scores.begins[best_place(scores, kind)][kind];
            labels[inside(kind)] = scores.inside[kind];
        }
        let mut came = [OUTSIDE; LABELS];
        let sums: [f32; LABELS] = std::array::from_fn(|to| {
            let best = match before {
                None if may_follow(None, to) => transitions[LABELS][to],
                None => f32::NEG_INFINITY,
                Some(before) => {
                    let mut best = f32::NEG_INFINITY;
                    for label in ALL.filter(|&label| may_follow(Some(label), to)) {
                        let sum = before[label] + transitions[label][to];
                        if sum > best {
                            (best, came[to]) = (sum, label);
                        }
                    }
                    best
                }
            };
            best + labels[to]
        });
        from.push(came);
        before = Some(sums);
    }
    let Some(last) = before else { return Vec::new() };
    let mut label = ALL.fold(OUTSIDE, |best, label| if last[label] > last[best] { label } else { best });
    let mut end = line.len();
    let mut found = Vec::new();
    for at in (0..line.len()).rev() {
        if label == OUTSIDE {
            end = at;
        } else if label <= KINDS.len() {
            let kind = label - 1;
            found.push(Found { kind, first: at, place: best_place(&line[at], kind), end });
            end = at;
        }
        label = from[at][label];
    }
    found.reverse();
    found
}

fn best_place(scores: &Scores, kind: usize) -> usize {
    (1..scores.places).fold(0, |best, place| {
        if scores.begins[place][kind] > scores.begins[best][kind] { place } else { best }
    })
}

#[cfg(test)]
// Small numbers are exact.
#[allow(clippy::cast_precision_loss)]
mod tests {
    use super::*;

    /// Whether a sequence of labels and places is meant.
    type Is<'i> = &'i dyn Fn(&[(usize, usize)]) -> bool;

    /// A line of words whose scores are made up, and all of its sequences with places.
    fn line(words: usize) -> Vec<Scores> {
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) as f32 / 20_000.0 - 1.6
        };
        (0..words)
            .map(|at| {
                let mut scores = Scores { places: 1 + at % 2, outside: next(), ..Scores::default() };
                for kind in 0..KINDS.len() {
                    scores.inside[kind] = next();
                    for place in 0..BEGINNINGS {
                        scores.begins[place][kind] = next();
                    }
                }
                scores
            })
            .collect()
    }

    fn transitions() -> Transitions {
        std::array::from_fn(|from| std::array::from_fn(|to| ((from * 7 + to * 3) % 11) as f32 / 8.0 - 0.5))
    }

    /// Each sequence of (label, place) with its score.
    fn sequences(line: &[Scores], transitions: &Transitions) -> Vec<(Vec<(usize, usize)>, f64)> {
        let mut all: Vec<(Vec<(usize, usize)>, f64)> = vec![(Vec::new(), 0.0)];
        for scores in line {
            let mut next = Vec::new();
            for (sequence, sum) in &all {
                let last = sequence.last().map(|&(label, _)| label);
                for label in ALL.filter(|&label| may_follow(last, label)) {
                    let places = if (1..=KINDS.len()).contains(&label) { scores.places } else { 1 };
                    for place in 0..places {
                        let own = match label {
                            OUTSIDE => scores.outside,
                            label if label <= KINDS.len() => scores.begins[place][label - 1],
                            label => scores.inside[label - 1 - KINDS.len()],
                        };
                        let step = f64::from(own) + f64::from(transitions[last.unwrap_or(LABELS)][label]);
                        let mut longer = sequence.clone();
                        longer.push((label, place));
                        next.push((longer, sum + step));
                    }
                }
            }
            all = next;
        }
        all
    }

    #[test]
    fn sums_and_chances_are_those_of_all_sequences() {
        let (line, transitions) = (line(4), transitions());
        let chances = Chances::new(&transitions);
        let all = sequences(&line, &transitions);
        let sum: f64 = all.iter().map(|(_, score)| score.exp()).sum();
        let mut lattice = Lattice::default();
        assert!((lattice.sum(&line, &chances) - sum.ln()).abs() < 1e-4);
        let mut likely = Vec::new();
        lattice.likely(&line, &mut likely);
        let share = |is: Is<'_>| {
            all.iter().filter(|(sequence, _)| is(sequence)).map(|(_, score)| score.exp()).sum::<f64>() / sum
        };
        for at in 0..line.len() {
            for label in ALL {
                let wanted = share(&|sequence| sequence[at].0 == label);
                assert!((f64::from(likely[at].labels[label]) - wanted).abs() < 1e-4);
            }
            for place in 0..line[at].places {
                let wanted = share(&|sequence| sequence[at] == (begins(2), place));
                assert!((f64::from(likely[at].begins[place][2]) - wanted).abs() < 1e-4);
            }
        }
        let pairs = lattice.pairs(2, &chances);
        let wanted = share(&|sequence| sequence[1].0 == begins(1) && sequence[2].0 == inside(1));
        assert!((f64::from(pairs[begins(1)][inside(1)]) - wanted).abs() < 1e-4);
        for (first, place, end) in [(1, 1, 3), (0, 0, 4), (3, 0, 4), (2, 0, 3)] {
            let name = Found { kind: 1, first, place, end };
            let wanted = share(&|sequence| {
                sequence[first] == (begins(1), place)
                    && (first + 1..end).all(|at| sequence[at].0 == inside(1))
                    && sequence.get(end).is_none_or(|&(label, _)| label != inside(1))
            });
            assert!((f64::from(lattice.of_name(&likely, &chances, name)) - wanted).abs() < 1e-4);
        }
    }

    #[test]
    fn the_best_sequence_is_the_best_of_all() {
        let transitions = transitions();
        let chances = Chances::new(&transitions);
        for words in 1..5 {
            let line = line(words);
            let all = sequences(&line, &transitions);
            let (wanted, _) = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
            let mut labels = vec![(OUTSIDE, 0); words];
            for name in best(&line, &chances) {
                labels[name.first] = (begins(name.kind), name.place);
                labels[name.first + 1..name.end].fill((inside(name.kind), 0));
            }
            assert_eq!(&labels, wanted);
        }
        assert!(best(&[], &chances).is_empty());
    }
}
