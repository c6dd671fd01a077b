//! A small network over a word and its neighbours: each field of a word has a row of numbers, their sum is what the word
//! is, a window of five words gives what speaks for its labels (Collobert et al. 2011, with sums for look-ups of one field).
//!
//! | layer | of | gives |
//! |---|---|---|
//! | rows | the fields of a word | [`VECTOR`] numbers, in steps |
//! | glance | the word and two on either side | whether the rest is not worth asking: a network far smaller, which foretells its first word |
//! | window | the word and two on either side | [`HIDDEN`] numbers, to which evidence is added; what is below 0 counts as 0 |
//! | labels | these | what speaks for each label, in the scheme of one corpus |
//! | places | these, and the fields of a place where a name may begin | [`OF_PLACE`] numbers, the same; then what speaks for each type |
//!
//! The rows, the window and the layers over its numbers are integers, and the rest is sums and products in a fixed order: a
//! text has the same names on every machine.

// Layers have fixed sizes, and words are counted by the loops over them: what indexes is below the size by construction.
#![allow(clippy::indexing_slicing)]

use super::bytes::{Malformed, Reader};
use super::label::{KINDS, LABELS, OUTSIDE, begins, inside};
use super::lattice::{BEGINNINGS, Chances, NEVER, Scores, Transitions};
use super::products::{self, Pairs, Row};
use super::weights::Weights;

/// What a word is, in so many numbers.
pub const VECTOR: usize = 32;
/// So many words are looked at together.
pub const WINDOW: usize = 5;
/// What is made of them, in so many numbers.
pub const HIDDEN: usize = 64;
/// The same at a glance.
pub const GLANCE: usize = 4;
/// The same of a place where a name may begin.
pub const OF_PLACE: usize = 16;
/// Labels with room, so that a row is a whole number of vectors.
pub(super) const LANES: usize = 16;
/// A word's numbers are told in so many steps of 1, and none is more than so many steps: with [`MOST_WEIGHT`] no sum is too
/// large.
const STEPS: f32 = 128.0;
const MOST_STEPS: f32 = 4_095.0;
/// The greatest weight of a layer is told as this.
const MOST_WEIGHT: f32 = 8_000.0;
/// So many rows are added up side by side.
const SIDE_BY_SIDE: usize = 4;
// None is left over.
const _: () = assert!(HIDDEN.is_multiple_of(SIDE_BY_SIDE) && OF_PLACE.is_multiple_of(SIDE_BY_SIDE));

/// The schemes that were learned: our names; our names within names; those of other corpora, which help the layers below
/// and are asked when these corpora are measured.
pub const SCHEMES: [&str; 6] = ["ours", "inner", "anercorp", "aqmar", "newsfane", "wojood"];
/// The place of the names within names.
pub const INNER: usize = 1;

/// What was learned, as numbers of a trainer.
#[derive(Clone, Debug)]
pub struct Net {
    /// Of the fields of a word.
    pub words: Weights<VECTOR>,
    /// Of the fields of a place.
    pub places: Weights<OF_PLACE>,
    /// Of what a look says of a word.
    pub evidence: Weights<HIDDEN>,
    /// Of what a look says of a place.
    pub place_evidence: Weights<OF_PLACE>,
    /// What is beyond a line, in the words' steps.
    pub beyond: [i16; VECTOR],
    /// What tells at a glance that a word is in no name.
    pub glance: Glance,
    /// For each number that is made of the window, what each of its numbers counts.
    pub window: Window,
    /// One for each of [`SCHEMES`].
    pub heads: Vec<Head>,
}

/// The layer over the words of a window.
#[derive(Clone, Debug)]
pub struct Window<const N: usize = HIDDEN> {
    /// Of each number that is made.
    pub rows: Box<[Row; N]>,
    /// What a weight of 1 in a row stands for.
    pub step: f32,
    /// What is added.
    pub bias: [f32; N],
}

/// What tells of most words that are in no name that they are in none, for a fifteenth of what the window costs: it
/// foretells how sure of that the first look would be.
#[derive(Clone, Debug, Default)]
pub struct Glance {
    /// What its numbers are made of.
    pub window: Window<GLANCE>,
    /// What each of these counts, then what is added: above 0 the word is not looked at.
    pub weights: [f32; GLANCE + 1],
}

impl Glance {
    /// What is said of a word of whose window these are the numbers, of which a weight of 1 stands for `step`.
    pub fn of(&self, window: &Row, step: f32) -> f32 {
        let mut numbers = Vec::new();
        self.window.add_products(std::iter::once(window), step * self.window.step, &mut numbers);
        numbers.first().map_or(0.0, |numbers| self.says(numbers))
    }

    /// What is said of a word of which the window gives `numbers`.
    #[inline(always)]
    pub fn says(&self, numbers: &[f32; GLANCE]) -> f32 {
        let mut sum = self.weights[GLANCE];
        for (number, weight) in numbers.iter().zip(&self.weights) {
            sum += above_zero(*number) * weight;
        }
        sum
    }
}

/// The labels of one scheme.
#[derive(Clone, Debug)]
pub struct Head {
    /// Of label behind label.
    pub transitions: Transitions,
    /// Of each number of the window, then what is added.
    pub labels: [[f32; LABELS]; HIDDEN + 1],
    /// The same for places.
    pub places: [[f32; OF_PLACE]; HIDDEN + 1],
    /// Of each number of a place, for each type.
    pub kinds: [[f32; KINDS.len()]; OF_PLACE],
    /// Of the scheme of another corpus: a layer over the words of a window for it alone.
    pub own: Option<Box<Own>>,
}

/// A layer over the words of a window for one scheme alone.
#[derive(Clone, Debug)]
pub struct Own {
    /// What its numbers are made of.
    pub window: Window,
    /// Of each of its numbers, for each label.
    pub labels: [[f32; LABELS]; HIDDEN],
}

impl Default for Head {
    fn default() -> Self {
        Self {
            transitions: [[0.0; LABELS]; LABELS + 1],
            labels: [[0.0; LABELS]; HIDDEN + 1],
            places: [[0.0; OF_PLACE]; HIDDEN + 1],
            kinds: [[0.0; KINDS.len()]; OF_PLACE],
            own: None,
        }
    }
}

impl Head {
    fn numbers(&mut self) -> impl Iterator<Item = &mut f32> {
        let labels = self.labels.iter_mut().flatten();
        let (places, kinds) = (self.places.iter_mut().flatten(), self.kinds.iter_mut().flatten());
        let own = self.own.iter_mut().flat_map(|own| own.labels.iter_mut().flatten());
        self.transitions.iter_mut().flatten().chain(labels).chain(places).chain(kinds).chain(own)
    }
}

impl Default for Own {
    fn default() -> Self {
        Self { window: Window::default(), labels: [[0.0; LABELS]; HIDDEN] }
    }
}

impl<const N: usize> Default for Window<N> {
    // 20 KB, once for each layer that is loaded.
    #[allow(clippy::large_stack_arrays)]
    fn default() -> Self {
        Self { rows: Box::new([[0; WINDOW * VECTOR]; N]), step: 0.0, bias: [0.0; N] }
    }
}

impl<const N: usize> Window<N> {
    fn write(&self, out: &mut Vec<u8>) {
        for number in self.rows.iter().flatten() {
            out.extend(number.to_le_bytes());
        }
        for number in self.bias.iter().chain([&self.step]) {
            out.extend(number.to_le_bytes());
        }
    }

    fn read(bytes: &mut Reader<'_>) -> Result<Self, Malformed> {
        let mut window = Self::default();
        for number in window.rows.iter_mut().flatten() {
            *number = bytes.small()?;
        }
        for number in window.bias.iter_mut().chain([&mut window.step]) {
            *number = bytes.float()?;
        }
        Ok(window)
    }
}

/// A head as it is computed with: rows of whole vectors.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    pub(super) chances: Chances,
    labels: Layer,
    places: Layer,
    kinds: [[f32; 8]; OF_PLACE],
    own: Option<Box<Own>>,
}

impl Ready {
    pub(super) fn new(head: &Head) -> Self {
        let mut ready = Self {
            chances: Chances::new(&head.transitions),
            labels: Layer::new(&head.labels),
            places: Layer::new(&head.places),
            kinds: [[0.0; 8]; OF_PLACE],
            own: head.own.clone(),
        };
        for (row, weights) in ready.kinds.iter_mut().zip(&head.kinds) {
            row[..KINDS.len()].copy_from_slice(weights);
        }
        ready
    }

    /// What the layer for this scheme alone says of the labels of a line's words, where there is one.
    pub(super) fn own_labels(&self, net: &Net, vectors: &[[i16; VECTOR]], out: &mut Vec<[f32; LABELS]>) {
        let Some(own) = &self.own else { return };
        let mut sums = Vec::with_capacity(vectors.len());
        net.add_windows(&own.window, products::windows(&net.with_beyond(vectors)), &mut sums);
        out.extend(sums.iter().map(|sums| weighed(&own.labels, &sums.map(above_zero), [0.0; LABELS])));
    }

    /// What speaks for the labels of a word, its places not yet told apart.
    #[inline(always)]
    pub(super) fn word(&self, hidden: &Lit, places: usize, goes_on: bool) -> Scores {
        let sums = self.labels.of(hidden);
        let mut scores = Scores { outside: sums[OUTSIDE], places, ..Scores::default() };
        for kind in 0..KINDS.len() {
            scores.inside[kind] = if goes_on { sums[inside(kind)] } else { NEVER };
            for place in scores.begins.iter_mut().take(places) {
                place[kind] = sums[begins(kind)];
            }
        }
        scores
    }

    /// Adds what speaks for each of the places of a word that has several.
    #[inline(always)]
    pub(super) fn add_places(
        &self,
        hidden: &Lit,
        of_places: &[[f32; OF_PLACE]; BEGINNINGS],
        scores: &mut Scores,
    ) {
        let whole = self.places.of(hidden);
        for (begins, own) in scores.begins.iter_mut().zip(of_places).take(scores.places) {
            let numbers: [f32; OF_PLACE] = std::array::from_fn(|at| above_zero(whole[at] + own[at]));
            let sums = weighed(&self.kinds, &numbers, [0.0; 8]);
            for (begins, sum) in begins.iter_mut().zip(sums) {
                *begins += sum;
            }
        }
    }
}

/// A layer over a word's numbers, told in steps.
#[derive(Clone, Debug)]
struct Layer {
    pairs: Box<Pairs>,
    /// What a product of 1 stands for.
    step: f32,
    /// What is added.
    bias: [f32; LANES],
}

impl Layer {
    /// Of the weights of each number, and behind them what is added.
    fn new<const O: usize>(rows: &[[f32; O]; HIDDEN + 1]) -> Self {
        let most =
            rows[..HIDDEN].iter().flatten().fold(f32::MIN_POSITIVE, |most, weight| weight.abs().max(most));
        let step = most / MOST_WEIGHT;
        let mut layer =
            Self { pairs: Box::new([[0; 2 * LANES]; HIDDEN / 2]), step: step / STEPS, bias: [0.0; LANES] };
        for (number, row) in rows[..HIDDEN].iter().enumerate() {
            for (lane, weight) in row.iter().enumerate() {
                // No more than the greatest.
                #[allow(clippy::cast_possible_truncation)]
                let steps = libm::roundf(weight / step) as i16;
                layer.pairs[number / 2][2 * lane + number % 2] = steps;
            }
        }
        layer.bias[..O].copy_from_slice(&rows[HIDDEN]);
        layer
    }

    /// What it gives for a word.
    #[inline(always)]
    fn of(&self, numbers: &Lit) -> [f32; LANES] {
        let mut sums = self.bias;
        for (sum, products) in sums.iter_mut().zip(products::of_pairs(&self.pairs, numbers)) {
            // They are far below what a float tells apart but in its last steps.
            #[allow(clippy::cast_precision_loss)]
            let of_products = products as f32 * self.step;
            *sum += of_products;
        }
        sums
    }
}

/// `sums` and each of `rows` as often as a number says.
#[inline(always)]
fn weighed<const O: usize>(rows: &[[f32; O]], numbers: &[f32], sums: [f32; O]) -> [f32; O] {
    // An addition waits for the one before it.
    let (rows, numbers) = (rows.as_chunks::<SIDE_BY_SIDE>().0, numbers.as_chunks::<SIDE_BY_SIDE>().0);
    let mut parts = [[0.0; O]; SIDE_BY_SIDE];
    for (rows, numbers) in rows.iter().zip(numbers) {
        for part in 0..SIDE_BY_SIDE {
            for at in 0..O {
                parts[part][at] += numbers[part] * rows[part][at];
            }
        }
    }
    let [a, b, c, d] = parts;
    let sums = std::array::from_fn(|at| sums[at] + ((a[at] + b[at]) + (c[at] + d[at])));
    // Numbers that only fill a vector would be left out, and those beside them be computed one by one.
    std::hint::black_box(sums)
}

#[inline(always)]
fn above_zero(number: f32) -> f32 {
    if number > 0.0 { number } else { 0.0 }
}

/// A word's numbers in steps.
pub(super) type Lit = [i16; HIDDEN];

/// What the window and the evidence give, in steps: what is below 0 counts as 0.
#[inline(always)]
pub(super) fn lit(sums: &[f32; HIDDEN]) -> Lit {
    /// Added, it leaves a whole number in the lowest bits.
    const WHOLE: f32 = 8_388_608.0;
    let mut lit = [0; HIDDEN];
    for (lit, &sum) in lit.iter_mut().zip(sums) {
        let steps = above_zero(sum) * STEPS;
        let steps = if steps < MOST_STEPS { steps } else { MOST_STEPS };
        #[allow(clippy::cast_possible_truncation)]
        let whole = (steps + WHOLE).to_bits() as i16;
        *lit = whole;
    }
    lit
}

impl Net {
    /// A line with what is beyond it on either side: `vectors` has the words' own numbers.
    pub(super) fn with_beyond(&self, vectors: &[[i16; VECTOR]]) -> Vec<[i16; VECTOR]> {
        const REACH: usize = WINDOW / 2;
        let mut line = Vec::with_capacity(vectors.len() + 2 * REACH);
        line.extend([self.beyond; REACH]);
        line.extend(vectors);
        line.extend([self.beyond; REACH]);
        line
    }

    /// Adds what a layer gives for each of `windows`, evidence not added.
    pub(super) fn add_windows<'w, const N: usize>(
        &self,
        layer: &Window<N>,
        windows: impl Iterator<Item = &'w Row>,
        sums: &mut Vec<[f32; N]>,
    ) {
        layer.add_products(windows, self.words.step() * layer.step, sums);
    }

    /// The words' own numbers: of each the sum of what the fields of its letters give and of what its others do.
    #[inline(always)]
    pub(super) fn vectors<const L: usize, const P: usize>(
        &self,
        letters: impl ExactSizeIterator<Item = [u32; L]>,
        words: impl ExactSizeIterator<Item = ([u32; P], usize)>,
    ) -> Vec<[i16; VECTOR]> {
        let of_letters = self.words.sums_of_all(letters);
        let mut letters_of = Vec::with_capacity(words.len());
        let mut vectors = self.words.sums_of_all(words.map(|(place, letters)| {
            letters_of.push(letters);
            place
        }));
        for (vector, letters) in vectors.iter_mut().zip(letters_of) {
            let of_letters: [i16; VECTOR] = of_letters[letters];
            let mut sums = *vector;
            for (sum, of_letters) in sums.iter_mut().zip(of_letters) {
                *sum = sum.wrapping_add(of_letters);
            }
            *vector = sums;
        }
        vectors
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        self.words.write(out);
        self.places.write(out);
        self.evidence.write(out);
        self.place_evidence.write(out);
        for number in &self.beyond {
            out.extend(number.to_le_bytes());
        }
        self.glance.window.write(out);
        for number in &self.glance.weights {
            out.extend(number.to_le_bytes());
        }
        self.window.write(out);
        for head in &self.heads {
            for number in head.clone().numbers() {
                out.extend(number.to_le_bytes());
            }
            if let Some(own) = &head.own {
                own.window.write(out);
            }
        }
    }

    pub(super) fn read(bytes: &mut Reader<'_>) -> Result<Self, Malformed> {
        let (words, places) = (Weights::read(bytes)?, Weights::read(bytes)?);
        let (evidence, place_evidence) = (Weights::read(bytes)?, Weights::read(bytes)?);
        let mut beyond = [0; VECTOR];
        for number in &mut beyond {
            *number = bytes.small()?;
        }
        let mut glance = Glance { window: Window::read(bytes)?, ..Glance::default() };
        for number in &mut glance.weights {
            *number = bytes.float()?;
        }
        let window = Window::read(bytes)?;
        let mut heads = Vec::with_capacity(SCHEMES.len());
        for scheme in 0..SCHEMES.len() {
            let own = (scheme > INNER).then(Box::default);
            let mut head = Head { own, ..Head::default() };
            for number in head.numbers() {
                *number = bytes.float()?;
            }
            if let Some(own) = &mut head.own {
                own.window = Window::read(bytes)?;
            }
            heads.push(head);
        }
        Ok(Self { words, places, evidence, place_evidence, beyond, glance, window, heads })
    }
}
