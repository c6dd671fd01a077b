//! A line's labels as a linear chain (Lafferty, `McCallum`, Pereira 2001): how likely each is, and the best sequence.
//!
//! Probabilities are scaled word by word (Rabiner 1989, V.A), so that no logarithm is taken but for the sum of all.
//! Functions of our own and `libm`'s give the same bits on every machine, and with them the same answers.

// Rows of labels, types and places have fixed sizes, and words are counted by the loops over them: what indexes is
// below the size by construction, and the property tests try.
#![allow(clippy::indexing_slicing)]

use super::label::{KINDS, LABELS, OUTSIDE, begins, inside, may_follow};
use super::wide::with_wide_vectors;

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
    /// Adds what else speaks for each label, wherever in the word it begins.
    pub fn add(&mut self, labels: &[f32; LABELS]) {
        self.outside += labels[OUTSIDE];
        for kind in 0..KINDS.len() {
            self.inside[kind] += labels[inside(kind)];
            self.begins.iter_mut().for_each(|place| place[kind] += labels[begins(kind)]);
        }
    }
}

/// What stands at the ends of the words that are labelled as one: a line's own, or words that are in no name for certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Whether a word in no name stands before them.
    pub outside_before: bool,
    /// Whether one stands behind them.
    pub outside_behind: bool,
}

impl Ends {
    /// Those of a whole line.
    pub const LINE: Self = Self { outside_before: false, outside_behind: false };

    /// What may stand at the first word.
    fn first(self, chances: &Chances) -> &Row {
        if self.outside_before { &chances.behind[OUTSIDE] } else { &chances.head }
    }

    /// How likely the words end with that label.
    fn last(self, chances: &Chances, label: usize) -> f32 {
        if self.outside_behind { chances.behind[label][OUTSIDE] } else { 1.0 }
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

/// Labels with room, so that a row is a whole number of vectors.
const LANES: usize = 16;
/// A number for each label; what stands in the room counts for nothing.
type Row = [f32; LANES];

/// The lattice of one line, with room that the next line uses again.
#[derive(Clone, Debug, Default)]
pub struct Lattice {
    words: Vec<Sums>,
    /// Of all sequences, what may end there.
    whole: f32,
}

/// Of one word.
#[derive(Clone, Copy, Debug)]
struct Sums {
    /// `exp(score - shift)` of each label, all places of a beginning together.
    weights: Row,
    /// The same of each place; nothing where there is one.
    places: [[f32; 8]; BEGINNINGS],
    /// What the scores were lowered by.
    shift: f32,
    /// What the forward sums were divided by.
    scale: f32,
    /// Scaled.
    forward: Row,
    backward: Row,
}

/// `exp` of transitions; 0 where there is none.
#[derive(Clone, Debug)]
pub struct Chances {
    /// Of each label what may stand behind it.
    behind: [Row; LABELS],
    /// Of each label what may stand before it.
    before: [Row; LABELS],
    head: Row,
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
            behind: std::array::from_fn(|from| row(|to| chance(Some(from), to))),
            before: std::array::from_fn(|to| row(|from| chance(Some(from), to))),
            head: row(|to| chance(None, to)),
            scores: *scores,
        }
    }
}

/// A number for each label.
#[inline(always)]
fn row(number: impl Fn(usize) -> f32) -> Row {
    std::array::from_fn(|label| if label < LABELS { number(label) } else { 0.0 })
}

/// The exponential of a number, by the polynomial of Cephes (Moshier): sums and products alone, so that several are
/// computed at once, with the same bits on every machine.
#[inline(always)]
fn exp(number: f32) -> f32 {
    /// Added, it leaves a whole number in the lowest bits.
    const WHOLE: f32 = 12_582_912.0;
    // Farther from 0 the result is no finite number above 0.
    let number = if number < -87.0 { -87.0 } else { number };
    let number = if number > 88.0 { 88.0 } else { number };
    let shifted = number * std::f32::consts::LOG2_E + WHOLE;
    let whole = shifted - WHOLE;
    let rest = number - whole * 0.693_359_4 + whole * 2.121_944_4e-4;
    let mut sum = 1.987_569_1e-4;
    for factor in [1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5] {
        sum = sum * rest + factor;
    }
    let sum = sum * rest * rest + rest + 1.0;
    let power = shifted.to_bits().wrapping_sub(WHOLE.to_bits()).wrapping_add(127) << 23;
    sum * f32::from_bits(power)
}

impl Lattice {
    with_wide_vectors! {
        /// Computes the sums of `line`.
        pub fn sum(lattice: &mut Lattice, line: &[Scores], ends: Ends, chances: &Chances) = Lattice::compute
    }

    #[inline(always)]
    fn compute(&mut self, line: &[Scores], ends: Ends, chances: &Chances) {
        self.words.clear();
        self.words.reserve(line.len());
        let mut before: Option<Row> = None;
        for scores in line {
            let sums = Sums::of(scores, before.as_ref(), ends, chances);
            before = Some(sums.forward);
            self.words.push(sums);
        }
        let mut behind: Option<Row> = None;
        for word in self.words.iter_mut().rev() {
            word.backward = match &behind {
                None => row(|label| ends.last(chances, label)),
                Some(behind) => products(&chances.before, behind),
            };
            // What the word before needs: this word's chance of each label and all that may follow it.
            behind =
                Some(std::array::from_fn(|label| word.weights[label] * word.backward[label] / word.scale));
        }
        // The forward sums are to 1 without what follows the last word.
        let whole: f32 = self.words.last().map_or(1.0, |Sums { forward, backward, .. }| {
            forward[..LABELS].iter().zip(backward).map(|(forward, backward)| forward * backward).sum()
        });
        self.whole = whole.max(f32::MIN_POSITIVE);
    }

    with_wide_vectors! {
        /// [`Self::sum`] and [`Self::likely`].
        pub fn sum_and_likely(
            lattice: &mut Lattice, line: &[Scores], ends: Ends, chances: &Chances, out: &mut Vec<Likely>,
        ) = Lattice::compute_likely
    }

    #[inline(always)]
    fn compute_likely(&mut self, line: &[Scores], ends: Ends, chances: &Chances, out: &mut Vec<Likely>) {
        self.compute(line, ends, chances);
        out.extend(line.iter().zip(&self.words).map(|(scores, word)| word.likely(scores, self.whole)));
    }

    /// The logarithm of the sum over all sequences, behind [`Self::sum`].
    pub fn total(&self) -> f64 {
        let of_word = |word: &Sums| f64::from(word.shift) + libm::log(f64::from(word.scale));
        self.words.iter().map(of_word).sum::<f64>() + libm::log(f64::from(self.whole))
    }

    /// How likely the labels of each word are, behind [`Self::sum`] of the same line.
    pub fn likely(&self, line: &[Scores], out: &mut Vec<Likely>) {
        out.extend(line.iter().zip(&self.words).map(|(scores, word)| word.likely(scores, self.whole)));
    }

    /// How likely the pairs of labels at words `at - 1` and `at` are, behind [`Self::sum`].
    pub fn pairs(&self, at: usize, chances: &Chances) -> [[f32; LABELS]; LABELS] {
        std::array::from_fn(|from| {
            std::array::from_fn(|to| {
                let Sums { weights, backward, scale, .. } = &self.words[at];
                let behind = weights[to] * backward[to] / scale;
                self.words[at - 1].forward[from] * chances.behind[from][to] * behind / self.whole
            })
        })
    }

    /// How likely just this name is, behind [`Self::sum`] of the line and with what [`Self::likely`] said of it.
    pub fn of_name(&self, likely: &[Likely], ends: Ends, chances: &Chances, name: Found) -> f32 {
        let (begin, go_on) = (begins(name.kind), inside(name.kind));
        let Some(first) = likely.get(name.first) else { return 0.0 };
        let behind = self.words.get(name.first).map_or(0.0, |word| word.backward[begin]);
        let place = first.begins.get(name.place).map_or(0.0, |place| place[name.kind]);
        if behind <= 0.0 {
            return 0.0;
        }
        // So likely a name of that type begins there, whatever follows; then that it goes on, and ends.
        let mut chance = place / behind;
        let mut last = begin;
        for at in name.first + 1..name.end {
            let word = &self.words[at];
            chance *= chances.behind[last][go_on] * word.weights[go_on] / word.scale;
            last = go_on;
        }
        if let Some(Sums { weights, backward, scale, .. }) = self.words.get(name.end) {
            let ends = ALL
                .filter(|&label| label != go_on)
                .map(|label| chances.behind[last][label] * weights[label] * backward[label] / scale);
            chance *= ends.sum::<f32>();
        }
        if name.end == self.words.len() {
            chance *= ends.last(chances, last);
        }
        chance.clamp(0.0, 1.0)
    }
}

/// The greatest of a word's scores: of each type first, since a comparison waits for the one before it.
#[inline(always)]
fn greatest(scores: &Scores, begins_at: &[[f32; KINDS.len()]]) -> f32 {
    let greater = |a: f32, b: f32| if b > a { b } else { a };
    let mut of_kinds = scores.inside;
    for begins in begins_at {
        for (most, &score) in of_kinds.iter_mut().zip(begins) {
            *most = greater(*most, score);
        }
    }
    of_kinds.into_iter().fold(scores.outside, greater)
}

/// The sums of `rows`, each as often as the number of its label says.
#[inline(always)]
fn products(rows: &[Row; LABELS], numbers: &Row) -> Row {
    let mut sums = [0.0; LANES];
    for (row, number) in rows.iter().zip(numbers) {
        for (sum, chance) in sums.iter_mut().zip(row) {
            *sum += chance * number;
        }
    }
    sums
}

impl Sums {
    /// Of a word behind one with the forward sums `before`; nothing of what follows.
    #[inline(always)]
    fn of(scores: &Scores, before: Option<&Row>, ends: Ends, chances: &Chances) -> Self {
        let begins_at = &scores.begins[..scores.places.clamp(1, BEGINNINGS)];
        let shift = greatest(scores, begins_at);
        let mut own = [NEVER; LANES];
        own[OUTSIDE] = scores.outside - shift;
        for kind in 0..KINDS.len() {
            own[begins(kind)] = scores.begins[0][kind] - shift;
            own[inside(kind)] = scores.inside[kind] - shift;
        }
        let mut weights = own.map(exp);
        weights[LABELS..].fill(0.0);
        let mut places = [[0.0; 8]; BEGINNINGS];
        if begins_at.len() > 1 {
            let mut all = [0.0; KINDS.len()];
            for (place, scores) in places.iter_mut().zip(begins_at) {
                for kind in 0..KINDS.len() {
                    place[kind] = exp(scores[kind] - shift);
                    all[kind] += place[kind];
                }
            }
            weights[begins(0)..=begins(KINDS.len() - 1)].copy_from_slice(&all);
        }
        let mut forward = match before {
            None => *ends.first(chances),
            Some(before) => products(&chances.behind, before),
        };
        for (sum, weight) in forward.iter_mut().zip(weights) {
            *sum *= weight;
        }
        let scale = forward[..LABELS].iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let forward = forward.map(|sum| sum / scale);
        Self { weights, places, shift, scale, forward, backward: [1.0; LANES] }
    }

    /// How likely the labels are.
    #[inline(always)]
    fn likely(&self, scores: &Scores, whole: f32) -> Likely {
        let all: Row = std::array::from_fn(|label| self.forward[label] * self.backward[label] / whole);
        let mut labels = [0.0; LABELS];
        labels.copy_from_slice(&all[..LABELS]);
        let mut likely = Likely { labels, ..Likely::default() };
        if scores.places <= 1 {
            likely.begins[0].copy_from_slice(&labels[begins(0)..=begins(KINDS.len() - 1)]);
            return likely;
        }
        for (of_place, place) in likely.begins.iter_mut().zip(&self.places).take(scores.places) {
            for kind in 0..KINDS.len() {
                let sum = self.weights[begins(kind)];
                let share = if sum > 0.0 { place[kind] / sum } else { 0.0 };
                of_place[kind] = labels[begins(kind)] * share;
            }
        }
        likely
    }
}

with_wide_vectors! {
    /// The names of the best sequence of labels.
    pub fn best(line: &[Scores], ends: Ends, chances: &Chances) -> Vec<Found> = best_of
}

/// So many labels may stand behind any: all but those of further words.
const ANYWHERE: usize = 1 + KINDS.len();

#[inline(always)]
fn best_of(line: &[Scores], ends: Ends, chances: &Chances) -> Vec<Found> {
    let transitions = &chances.scores;
    let head = if ends.outside_before { OUTSIDE } else { LABELS };
    // Of each word, behind which label each of its labels stands best.
    let mut from: Vec<[u32; LABELS]> = Vec::with_capacity(line.len());
    let mut before: Option<[f32; LABELS]> = None;
    for scores in line {
        let (mut sums, mut came) = ([f32::NEG_INFINITY; LABELS], [0_u32; LABELS]);
        match &before {
            None => sums[..ANYWHERE].copy_from_slice(&transitions[head][..ANYWHERE]),
            Some(before) => {
                for ((row, before), label) in transitions.iter().zip(before).zip(0_u32..) {
                    for to in 0..ANYWHERE {
                        let sum = before + row[to];
                        let is_best = sum > sums[to];
                        sums[to] = if is_best { sum } else { sums[to] };
                        came[to] = if is_best { label } else { came[to] };
                    }
                }
                for kind in 0..KINDS.len() {
                    let to = inside(kind);
                    let [begun, gone_on] =
                        [begins(kind), to].map(|label| before[label] + transitions[label][to]);
                    let label = if gone_on > begun { to } else { begins(kind) };
                    sums[to] = if gone_on > begun { gone_on } else { begun };
                    came[to] = u32::try_from(label).unwrap_or(0);
                }
            }
        }
        sums[OUTSIDE] += scores.outside;
        for kind in 0..KINDS.len() {
            sums[begins(kind)] += scores.begins[best_place(scores, kind)][kind];
            sums[inside(kind)] += scores.inside[kind];
        }
        from.push(came);
        before = Some(sums);
    }
    let Some(mut last) = before else { return Vec::new() };
    if ends.outside_behind {
        last.iter_mut().zip(transitions).for_each(|(sum, row)| *sum += row[OUTSIDE]);
    }
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
        label = from[at][label] as usize;
    }
    found.reverse();
    found
}

#[inline(always)]
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
        Lattice::sum(&mut lattice, &line, Ends::LINE, &chances);
        assert!((lattice.total() - sum.ln()).abs() < 1e-4);
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
            assert!((f64::from(lattice.of_name(&likely, Ends::LINE, &chances, name)) - wanted).abs() < 1e-4);
        }
    }

    #[test]
    fn exponentials_are_those_of_the_library() {
        for number in (-870..880).map(|tenth| f32::from(i16::try_from(tenth).unwrap()) / 10.0) {
            let wanted = libm::expf(number);
            assert!((exp(number) - wanted).abs() <= 2e-7 * wanted, "{number}");
        }
        assert!(exp(NEVER) < 1e-37 && exp(1e4) > 1e38);
    }

    #[test]
    fn a_line_may_be_cut_at_words_outside_for_certain() {
        let transitions = transitions();
        let chances = Chances::new(&transitions);
        let mut whole = line(6);
        for outside in [0, 4] {
            whole[outside].begins = [[NEVER; KINDS.len()]; BEGINNINGS];
            whole[outside].inside = [NEVER; KINDS.len()];
        }
        let (mut lattice, mut of_whole, mut of_part) = (Lattice::default(), Vec::new(), Vec::new());
        Lattice::sum(&mut lattice, &whole, Ends::LINE, &chances);
        lattice.likely(&whole, &mut of_whole);
        let found = best(&whole, Ends::LINE, &chances);
        let how_likely =
            |lattice: &Lattice, likely: &[Likely], ends, name| lattice.of_name(likely, ends, &chances, name);
        let name = Found { kind: 1, first: 2, place: 0, end: 4 };
        let chance = how_likely(&lattice, &of_whole, Ends::LINE, name);
        let ends = Ends { outside_before: true, outside_behind: true };
        Lattice::sum(&mut lattice, &whole[1..4], ends, &chances);
        lattice.likely(&whole[1..4], &mut of_part);
        for (whole, part) in of_whole[1..4].iter().zip(&of_part) {
            assert!(whole.labels.iter().zip(part.labels).all(|(a, b)| (a - b).abs() < 1e-5));
        }
        let name = Found { first: 1, end: 3, ..name };
        assert!((how_likely(&lattice, &of_part, ends, name) - chance).abs() < 1e-5);
        let behind = Ends { outside_before: true, outside_behind: false };
        let parts = best(&whole[1..4], ends, &chances).into_iter().map(|name| (1, name));
        let parts = parts.chain(best(&whole[5..], behind, &chances).into_iter().map(|name| (5, name)));
        let parts: Vec<Found> =
            parts.map(|(by, name)| Found { first: name.first + by, end: name.end + by, ..name }).collect();
        assert_eq!(parts, found);
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
            for name in best(&line, Ends::LINE, &chances) {
                labels[name.first] = (begins(name.kind), name.place);
                labels[name.first + 1..name.end].fill((inside(name.kind), 0));
            }
            assert_eq!(&labels, wanted);
        }
        assert!(best(&[], Ends::LINE, &chances).is_empty());
    }
}
