//! Learns the network's weights: the likelihood of the labels in a chain, of which missing a name costs more
//! (softmax-margin: Gimpel, Smith 2010); fields and numbers are left out by chance, so that the others do without
//! (Srivastava et al. 2014).

use warraq_core::entities::tagger::{
    BEGINNINGS, Chances, Ends, FIELDS, HIDDEN, INNER, KINDS, LABELS, LISTED, Lattice, Likely, NEVER,
    OF_PLACE, OUTSIDE, SCHEMES, START_FIELDS, START_LISTED, Scores, Transitions, VECTOR, WINDOW, begins,
    inside,
};

use super::examples::Truth;
use super::tensor::{Step, Tensor};
use crate::random::Random;

/// The row of what is not known, which has no weights.
pub(super) const UNKNOWN: u32 = 0;
/// The row of what is beyond a line.
const BEYOND: usize = 1;
/// The first row of a field.
pub(super) const FIRST: u32 = 2;
const REACH: usize = WINDOW / 2;

/// A word with the numbers of its rows.
#[derive(Clone)]
pub(super) struct Word {
    pub(super) fields: [u32; FIELDS],
    /// Of each place.
    pub(super) places: Vec<[u32; START_FIELDS]>,
    pub(super) goes_on: bool,
    /// What it may be in our scheme, if that is known.
    pub(super) ours: Option<Truth>,
    /// What it is in the scheme of its corpus.
    pub(super) theirs: Option<Truth>,
}

/// The numbers of the rows of what a look says of a word and of its places.
#[derive(Clone, Default)]
pub(super) struct Told {
    pub(super) word: Vec<u32>,
    pub(super) places: Vec<Vec<u32>>,
}

/// A sentence to learn from.
pub(super) struct Sentence {
    pub(super) words: Vec<Word>,
    pub(super) told: Option<Vec<Told>>,
    /// The place of its corpus' scheme.
    pub(super) scheme: usize,
}

/// How it is learned.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// How far the greatest step goes.
    pub(super) rate: f32,
    /// What missing a word of a name costs more than taking another word for one.
    pub(super) recall: f32,
    /// What share of the fields is left out.
    pub(super) drop: f32,
    /// The same of the fields that the lists and the rules give.
    pub(super) drop_listed: f32,
    /// What share of the greatest step the last one goes.
    pub(super) last_rate: f32,
    /// What share of the numbers between layers is left out.
    pub(super) drop_numbers: f32,
    /// In what share of the cases what a look says is told.
    pub(super) told: f64,
    /// What a step counts that is learned of the names within names.
    pub(super) inner: f32,
    /// What a step in another corpus' scheme counts.
    pub(super) others: f32,
    /// So many sentences make a step.
    pub(super) batch: usize,
}

/// The weights while they are learned.
#[derive(Clone)]
pub(super) struct Learner {
    pub(super) words: Tensor,
    pub(super) places: Tensor,
    pub(super) evidence: Tensor,
    pub(super) place_evidence: Tensor,
    /// A row for each number of the window's words, then what is added.
    pub(super) window: Tensor,
    pub(super) heads: Vec<HeadLearner>,
    steps: i32,
}

/// The weights of a scheme.
#[derive(Clone)]
pub(super) struct HeadLearner {
    pub(super) transitions: Tensor,
    pub(super) labels: Tensor,
    pub(super) places: Tensor,
    pub(super) kinds: Tensor,
    /// Of the scheme of another corpus: a layer over the window for it alone.
    pub(super) own: Option<OwnLearner>,
}

/// A layer over the window for one scheme alone.
#[derive(Clone)]
pub(super) struct OwnLearner {
    /// As [`Learner::window`] has it.
    pub(super) window: Tensor,
    /// A row for each of its numbers.
    pub(super) labels: Tensor,
}

/// How many rows there are.
#[derive(Clone, Copy, Default)]
pub(super) struct Rows {
    pub(super) words: usize,
    pub(super) places: usize,
    pub(super) evidence: usize,
    pub(super) place_evidence: usize,
}

/// What a sentence gives on the way up.
struct Way {
    /// Of each word, with those beyond the line on either side.
    vectors: Vec<f32>,
    /// Before what is below 0 is taken for 0.
    sums: Vec<f32>,
    hidden: Vec<f32>,
    places: Vec<[[f32; OF_PLACE]; BEGINNINGS]>,
    /// The numbers of the scheme's own layer, none where it has none.
    own: Vec<f32>,
    scores: Vec<Scores>,
}

/// What is left out, by being multiplied with 0; what is left is multiplied so that the sum is the same.
struct Masks {
    vectors: Vec<f32>,
    hidden: Vec<f32>,
    own: Vec<f32>,
}

/// A sentence's rows, of which some are left out.
struct Asked {
    fields: Vec<[u32; FIELDS]>,
    places: Vec<Vec<[u32; START_FIELDS]>>,
    told: Option<Vec<Told>>,
}

impl Asked {
    fn all(sentence: &Sentence, told: Option<&[Told]>) -> Self {
        Self {
            fields: sentence.words.iter().map(|word| word.fields).collect(),
            places: sentence.words.iter().map(|word| word.places.clone()).collect(),
            told: told.map(<[Told]>::to_vec),
        }
    }

    fn drop(&mut self, pace: &Pace, lots: &mut Lots<'_>) {
        let mut drop = |rows: &mut [u32], listed: &[usize]| {
            for (at, row) in rows.iter_mut().enumerate() {
                if lots.draw(if listed.contains(&at) { pace.drop_listed } else { pace.drop }) {
                    *row = UNKNOWN;
                }
            }
        };
        self.fields.iter_mut().for_each(|rows| drop(rows, &LISTED));
        self.places.iter_mut().flatten().for_each(|rows| drop(rows, &START_LISTED));
        for told in self.told.iter_mut().flatten() {
            drop(&mut told.word, &[]);
            told.places.iter_mut().for_each(|rows| drop(rows, &[]));
        }
    }
}

/// Lots of 16 bits.
struct Lots<'r> {
    random: &'r mut Random,
    bits: u64,
    left: u32,
}

impl<'r> Lots<'r> {
    fn new(random: &'r mut Random) -> Self {
        Self { random, bits: 0, left: 0 }
    }

    fn draw(&mut self, share: f32) -> bool {
        if self.left == 0 {
            (self.bits, self.left) = (self.random.next(), 4);
        }
        let lot = self.bits & 0xFFFF;
        self.bits >>= 16;
        self.left -= 1;
        (lot as f32) < share * 65_536.0
    }

    fn mask(&mut self, count: usize, share: f32) -> Vec<f32> {
        let rest = 1.0 / (1.0 - share);
        (0..count).map(|_| if self.draw(share) { 0.0 } else { rest }).collect()
    }
}

impl Learner {
    pub(super) fn new(rows: Rows, seed: u64) -> Self {
        let mut random = Random::new(seed, &["weights"]);
        let mut tensor = |rows, width, reach| Tensor::new(rows, width, reach, &mut random);
        let heads = (0..SCHEMES.len()).map(|scheme| HeadLearner {
            transitions: tensor(LABELS + 1, LABELS, 0.0),
            labels: tensor(HIDDEN + 1, LABELS, 0.15),
            places: tensor(HIDDEN + 1, OF_PLACE, 0.15),
            kinds: tensor(OF_PLACE, KINDS.len(), 0.25),
            own: (scheme > INNER).then(|| OwnLearner {
                window: tensor(WINDOW * VECTOR + 1, HIDDEN, 0.08),
                labels: tensor(HIDDEN, LABELS, 0.15),
            }),
        });
        let heads: Vec<HeadLearner> = heads.collect();
        let mut learner = Self {
            words: tensor(rows.words, VECTOR, 0.17),
            places: tensor(rows.places, OF_PLACE, 0.14),
            evidence: tensor(rows.evidence, HIDDEN, 0.0),
            place_evidence: tensor(rows.place_evidence, OF_PLACE, 0.0),
            window: tensor(WINDOW * VECTOR + 1, HIDDEN, 0.08),
            heads,
            steps: 0,
        };
        // What is not known says nothing, from the first to the last.
        for row in [&mut learner.words, &mut learner.places] {
            row.clear(UNKNOWN as usize);
        }
        learner
    }

    pub(super) fn transitions(&self, scheme: usize) -> Transitions {
        let tensor = &self.heads[scheme].transitions;
        std::array::from_fn(|from| std::array::from_fn(|to| tensor.row(from)[to]))
    }

    /// How likely the labels of each word are, in our scheme.
    pub(super) fn likely(&self, sentence: &Sentence, lattice: &mut Lattice) -> Vec<Likely> {
        let way = self.up(sentence, &Asked::all(sentence, None), None, 0);
        let mut likely = Vec::new();
        Lattice::sum(lattice, &way.scores, Ends::LINE, &Chances::new(&self.transitions(0)));
        lattice.likely(&way.scores, &mut likely);
        likely
    }

    fn up(&self, sentence: &Sentence, asked: &Asked, masks: Option<&Masks>, scheme: usize) -> Way {
        let count = sentence.words.len();
        let mut vectors = vec![0.0; (count + 2 * REACH) * VECTOR];
        for (at, vector) in vectors.chunks_exact_mut(VECTOR).enumerate() {
            match at.checked_sub(REACH).and_then(|at| asked.fields.get(at)) {
                None => self.words.add_to(BEYOND, 1.0, vector),
                Some(fields) => known(fields).for_each(|row| self.words.add_to(row, 1.0, vector)),
            }
        }
        if let Some(masks) = masks {
            vectors.iter_mut().zip(&masks.vectors).for_each(|(number, times)| *number *= times);
        }
        let mut sums = vec![0.0; count * HIDDEN];
        for (at, sums) in sums.chunks_exact_mut(HIDDEN).enumerate() {
            up_window(&self.window, &vectors, at, sums);
            if let Some(told) = asked.told.as_ref().and_then(|told| told.get(at)) {
                known(&told.word).for_each(|row| self.evidence.add_to(row, 1.0, sums));
            }
        }
        let mut hidden: Vec<f32> = sums.iter().map(|sum| sum.max(0.0)).collect();
        if let Some(masks) = masks {
            hidden.iter_mut().zip(&masks.hidden).for_each(|(number, times)| *number *= times);
        }
        let own = self.heads[scheme].own.as_ref();
        let own = own.map_or_else(Vec::new, |own| own.up(&vectors, count, masks));
        let mut places = vec![[[0.0; OF_PLACE]; BEGINNINGS]; count];
        let scores = (sentence.words.iter().enumerate())
            .map(|(at, word)| {
                let hidden = &hidden[at * HIDDEN..(at + 1) * HIDDEN];
                let mut scores = self.scores(at, word, hidden, asked, &mut places[at], scheme);
                if let Some(layer) = &self.heads[scheme].own {
                    scores.add(&layer.of_labels(&own[at * HIDDEN..(at + 1) * HIDDEN]));
                    if !word.goes_on {
                        scores.inside = [NEVER; KINDS.len()];
                    }
                }
                scores
            })
            .collect();
        Way { vectors, sums, hidden, places, own, scores }
    }

    fn scores(
        &self,
        at: usize,
        word: &Word,
        hidden: &[f32],
        asked: &Asked,
        of_places: &mut [[f32; OF_PLACE]; BEGINNINGS],
        scheme: usize,
    ) -> Scores {
        let head = &self.heads[scheme];
        let mut labels = [0.0; LABELS];
        head.labels.add_to(HIDDEN, 1.0, &mut labels);
        let mut whole = [0.0; OF_PLACE];
        head.places.add_to(HIDDEN, 1.0, &mut whole);
        for (row, &number) in hidden.iter().enumerate().filter(|&(_, &number)| number != 0.0) {
            head.labels.add_to(row, number, &mut labels);
            head.places.add_to(row, number, &mut whole);
        }
        let places = word.places.len().max(1);
        let mut scores = Scores { outside: labels[OUTSIDE], places, ..Scores::default() };
        for kind in 0..KINDS.len() {
            scores.inside[kind] = if word.goes_on { labels[inside(kind)] } else { NEVER };
            scores.begins.iter_mut().take(places).for_each(|place| place[kind] = labels[begins(kind)]);
        }
        for place in several(word) {
            let mut sums = whole;
            known(&asked.places[at][place]).for_each(|row| self.places.add_to(row, 1.0, &mut sums));
            if let Some(told) = asked.told.as_ref().and_then(|told| told[at].places.get(place)) {
                known(told).for_each(|row| self.place_evidence.add_to(row, 1.0, &mut sums));
            }
            of_places[place] = sums.map(|sum| sum.max(0.0));
            for (row, &number) in of_places[place].iter().enumerate() {
                head.kinds.add_to(row, number, &mut scores.begins[place]);
            }
        }
        scores
    }

    /// Learns from all `sentences` once, in an order that `random` gives; gives the loss. `done` and `whole` say how
    /// many passes there were and are.
    pub(super) fn pass(
        &mut self,
        sentences: &[&Sentence],
        pace: &Pace,
        [done, whole]: [usize; 2],
        random: &mut Random,
    ) -> f64 {
        /// So many steps are smaller, since the first slopes say little.
        const FIRST_STEPS: f32 = 200.0;
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last + 1));
        }
        let mut lattice = Lattice::default();
        let mut loss = 0.0;
        let batches = order.len().div_ceil(pace.batch);
        for (number, batch) in order.chunks(pace.batch).enumerate() {
            for &index in batch {
                let sentence = sentences[index];
                let is_told = sentence.told.is_some() && random.chance(pace.told);
                if sentence.words.iter().all(|word| word.ours.is_some()) {
                    loss += self.learn(sentence, is_told, 0, pace, &mut lattice, random);
                }
                if sentence.words.iter().any(|word| matches!(word.theirs, Some(Truth::Known(..)))) {
                    self.learn(sentence, is_told, sentence.scheme, pace, &mut lattice, random);
                }
            }
            self.steps += 1;
            let done = (done as f32 + number as f32 / batches as f32) / whole as f32;
            let rate = pace.rate
                * (self.steps as f32 / FIRST_STEPS).min(1.0)
                * (1.0 - (1.0 - pace.last_rate) * done);
            let step = Step::new(self.steps, rate, 1.0 / batch.len() as f32);
            self.tensors().for_each(|tensor| tensor.step(&step));
        }
        loss
    }

    /// Keeps the weights as they are for [`Self::settle`].
    pub(super) fn keep(&mut self) {
        self.tensors().for_each(Tensor::keep);
    }

    /// Takes for the weights the mean of what was kept, `times` in all.
    pub(super) fn settle(&mut self, times: usize) {
        if times > 0 {
            self.tensors().for_each(|tensor| tensor.settle(times as f32));
        }
    }

    fn tensors(&mut self) -> impl Iterator<Item = &mut Tensor> {
        let heads = self.heads.iter_mut().flat_map(|head| {
            let own = head.own.iter_mut().flat_map(|own| [&mut own.window, &mut own.labels]);
            let shared = [&mut head.transitions, &mut head.labels, &mut head.places, &mut head.kinds];
            shared.into_iter().chain(own)
        });
        [&mut self.words, &mut self.places, &mut self.evidence, &mut self.place_evidence, &mut self.window]
            .into_iter()
            .chain(heads)
    }

    fn learn(
        &mut self,
        sentence: &Sentence,
        is_told: bool,
        scheme: usize,
        pace: &Pace,
        lattice: &mut Lattice,
        random: &mut Random,
    ) -> f64 {
        let count = sentence.words.len();
        let mut asked = Asked::all(sentence, sentence.told.as_deref().filter(|_| is_told));
        let mut left_out = Lots::new(random);
        asked.drop(pace, &mut left_out);
        let masks = Masks {
            vectors: left_out.mask((count + 2 * REACH) * VECTOR, pace.drop_numbers),
            hidden: left_out.mask(count * HIDDEN, pace.drop_numbers),
            own: match self.heads[scheme].own {
                Some(_) => left_out.mask(count * HIDDEN, pace.drop_numbers),
                None => Vec::new(),
            },
        };
        let way = self.up(sentence, &asked, Some(&masks), scheme);
        let chances = Chances::new(&self.transitions(scheme));
        let (mut costly, mut bound) = (way.scores.clone(), way.scores.clone());
        for ((word, costly), bound) in sentence.words.iter().zip(&mut costly).zip(&mut bound) {
            let truth = if scheme == 0 { word.ours } else { word.theirs };
            let Some(truth) = truth else { continue };
            costly.outside += if truth.may_be_outside() { 0.0 } else { pace.recall };
            bind(bound, truth);
        }
        let (mut free, mut truth) = (Vec::new(), Vec::new());
        Lattice::sum(lattice, &costly, Ends::LINE, &chances);
        lattice.likely(&costly, &mut free);
        let mut pairs_of_free = pairs(lattice, &chances, count, &free);
        let mut loss = lattice.total();
        Lattice::sum(lattice, &bound, Ends::LINE, &chances);
        lattice.likely(&bound, &mut truth);
        let pairs_of_truth = pairs(lattice, &chances, count, &truth);
        loss -= lattice.total();
        let weight = match scheme {
            0 => 1.0,
            INNER => pace.inner,
            _ => pace.others,
        };
        for (row, (free, truth)) in pairs_of_free.iter_mut().zip(&pairs_of_truth).enumerate() {
            free.iter_mut().zip(truth).for_each(|(free, truth)| *free -= truth);
            self.heads[scheme].transitions.note(row, weight, free);
        }
        self.down(sentence, &asked, &masks, &way, [&free, &truth], scheme, weight);
        loss
    }

    #[allow(clippy::too_many_arguments)]
    fn down(
        &mut self,
        sentence: &Sentence,
        asked: &Asked,
        masks: &Masks,
        way: &Way,
        [free, truth]: [&[Likely]; 2],
        scheme: usize,
        weight: f32,
    ) {
        let mut of_vectors = vec![0.0; way.vectors.len()];
        for (at, word) in sentence.words.iter().enumerate() {
            let mut slopes = [0.0; HIDDEN];
            let hidden = &way.hidden[at * HIDDEN..(at + 1) * HIDDEN];
            self.heads[scheme].down_labels(hidden, [&free[at], &truth[at]], weight, &mut slopes);
            if let Some(own) = &mut self.heads[scheme].own {
                own.down(at, [&free[at], &truth[at]], weight, way, masks, &mut of_vectors);
            }
            for place in several(word) {
                let of_kinds: [f32; KINDS.len()] = std::array::from_fn(|kind| {
                    weight * (free[at].begins[place][kind] - truth[at].begins[place][kind])
                });
                if is_nothing(&of_kinds) {
                    continue;
                }
                let head = &mut self.heads[scheme];
                let of_place = head.down_place(hidden, &way.places[at][place], &of_kinds, &mut slopes);
                known(&asked.places[at][place]).for_each(|row| self.places.note(row, 1.0, &of_place));
                if let Some(told) = asked.told.as_ref().and_then(|told| told[at].places.get(place)) {
                    known(told).for_each(|row| self.place_evidence.note(row, 1.0, &of_place));
                }
            }
            let range = at * HIDDEN..(at + 1) * HIDDEN;
            for ((slope, sum), times) in
                slopes.iter_mut().zip(&way.sums[range.clone()]).zip(&masks.hidden[range])
            {
                *slope *= if *sum > 0.0 { *times } else { 0.0 };
            }
            if is_nothing(&slopes) {
                continue;
            }
            if let Some(told) = asked.told.as_ref().and_then(|told| told.get(at)) {
                known(&told.word).for_each(|row| self.evidence.note(row, 1.0, &slopes));
            }
            down_window(&mut self.window, at, &slopes, way, masks, &mut of_vectors);
        }
        for (at, slopes) in of_vectors.chunks_exact(VECTOR).enumerate() {
            if slopes.iter().all(|&slope| slope == 0.0) {
                continue;
            }
            match at.checked_sub(REACH).and_then(|at| asked.fields.get(at)) {
                None => self.words.note(BEYOND, 1.0, slopes),
                Some(fields) => known(fields).for_each(|row| self.words.note(row, 1.0, slopes)),
            }
        }
    }
}

impl OwnLearner {
    /// The numbers of each word of a sentence.
    fn up(&self, vectors: &[f32], count: usize, masks: Option<&Masks>) -> Vec<f32> {
        let mut own = vec![0.0; count * HIDDEN];
        for (at, sums) in own.chunks_exact_mut(HIDDEN).enumerate() {
            up_window(&self.window, vectors, at, sums);
        }
        let mut own: Vec<f32> = own.into_iter().map(|sum| sum.max(0.0)).collect();
        if let Some(masks) = masks {
            own.iter_mut().zip(&masks.own).for_each(|(number, times)| *number *= times);
        }
        own
    }

    /// What the numbers of a word say of its labels.
    fn of_labels(&self, own: &[f32]) -> [f32; LABELS] {
        let mut labels = [0.0; LABELS];
        own.iter().enumerate().for_each(|(row, &number)| self.labels.add_to(row, number, &mut labels));
        labels
    }

    fn down(
        &mut self,
        at: usize,
        [free, truth]: [&Likely; 2],
        weight: f32,
        way: &Way,
        masks: &Masks,
        of_vectors: &mut [f32],
    ) {
        let of_labels: [f32; LABELS] =
            std::array::from_fn(|label| weight * (free.labels[label] - truth.labels[label]));
        if is_nothing(&of_labels) {
            return;
        }
        let range = at * HIDDEN..(at + 1) * HIDDEN;
        let mut slopes = [0.0; HIDDEN];
        for ((row, slope), (&number, &times)) in
            slopes.iter_mut().enumerate().zip(way.own[range.clone()].iter().zip(&masks.own[range]))
        {
            if number > 0.0 {
                *slope = times * self.labels.dot(row, &of_labels);
                self.labels.note(row, number, &of_labels);
            }
        }
        if is_nothing(&slopes) {
            return;
        }
        down_window(&mut self.window, at, &slopes, way, masks, of_vectors);
    }
}

impl HeadLearner {
    fn down_labels(&mut self, hidden: &[f32], [free, truth]: [&Likely; 2], weight: f32, slopes: &mut [f32]) {
        let of_labels: [f32; LABELS] =
            std::array::from_fn(|label| weight * (free.labels[label] - truth.labels[label]));
        if is_nothing(&of_labels) {
            return;
        }
        for (row, slope) in slopes.iter_mut().enumerate() {
            *slope += self.labels.dot(row, &of_labels);
            if hidden[row] != 0.0 {
                self.labels.note(row, hidden[row], &of_labels);
            }
        }
        self.labels.note(HIDDEN, 1.0, &of_labels);
    }

    /// The slopes of the numbers of a place.
    fn down_place(
        &mut self,
        hidden: &[f32],
        place: &[f32; OF_PLACE],
        of_kinds: &[f32; KINDS.len()],
        slopes: &mut [f32],
    ) -> [f32; OF_PLACE] {
        let mut of_place = [0.0; OF_PLACE];
        for (row, slope) in of_place.iter_mut().enumerate().filter(|&(row, _)| place[row] > 0.0) {
            *slope = self.kinds.dot(row, of_kinds);
            self.kinds.note(row, place[row], of_kinds);
        }
        for (row, slope) in slopes.iter_mut().enumerate() {
            *slope += self.places.dot(row, &of_place);
            if hidden[row] != 0.0 {
                self.places.note(row, hidden[row], &of_place);
            }
        }
        self.places.note(HIDDEN, 1.0, &of_place);
        of_place
    }
}

/// Adds what a layer over the window gives for a word: `vectors` has the words' numbers, those beyond the line too.
fn up_window(window: &Tensor, vectors: &[f32], at: usize, sums: &mut [f32]) {
    window.add_to(WINDOW * VECTOR, 1.0, sums);
    for (row, &number) in vectors[at * VECTOR..(at + WINDOW) * VECTOR].iter().enumerate() {
        window.add_to(row, number, sums);
    }
}

/// Notes the slopes of what [`up_window`] added for a word, and adds those of the words' numbers.
fn down_window(
    window: &mut Tensor,
    at: usize,
    slopes: &[f32],
    way: &Way,
    masks: &Masks,
    of_vectors: &mut [f32],
) {
    window.note(WINDOW * VECTOR, 1.0, slopes);
    for row in 0..WINDOW * VECTOR {
        let other = at * VECTOR + row;
        if masks.vectors[other] > 0.0 {
            of_vectors[other] += masks.vectors[other] * window.dot(row, slopes);
            window.note(row, way.vectors[other], slopes);
        }
    }
}

/// The rows that are known.
fn known(rows: &[u32]) -> impl Iterator<Item = usize> {
    rows.iter().filter(|&&row| row != UNKNOWN).map(|&row| row as usize)
}

/// The places of a word that has several.
fn several(word: &Word) -> std::ops::Range<usize> {
    if word.places.len() > 1 { 0..word.places.len().min(BEGINNINGS) } else { 0..0 }
}

/// Whether slopes are so small that they change nothing.
fn is_nothing(slopes: &[f32]) -> bool {
    slopes.iter().all(|slope| slope.abs() < 1e-4)
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

    /// Words of rows 2, 3, 3 and 4: the second names a person and the third goes on with it, and nothing else does.
    fn sentence() -> Sentence {
        let word = |row: u32, truth| {
            let mut fields = [UNKNOWN; FIELDS];
            fields[0] = row;
            let mut places = vec![[UNKNOWN; START_FIELDS]; 2];
            (places[0][0], places[1][0]) = (1, 2);
            Word { fields, places, goes_on: true, ours: Some(truth), theirs: None }
        };
        let outside = Truth::Known(OUTSIDE, 0);
        let words = vec![
            word(2, outside),
            word(3, Truth::Known(begins(0), 1)),
            word(3, Truth::Known(inside(0), 0)),
            word(4, outside),
        ];
        let told =
            words.iter().map(|word| Told { word: vec![word.fields[0] - 1], places: vec![vec![1], vec![2]] });
        Sentence { told: Some(told.collect()), words, scheme: 0 }
    }

    const PACE: Pace = Pace {
        rate: 0.02,
        recall: 0.0,
        drop: 0.0,
        drop_listed: 0.0,
        last_rate: 0.02,
        drop_numbers: 0.0,
        told: 0.5,
        inner: 1.0,
        others: 1.0,
        batch: 1,
    };
    const ROWS: Rows = Rows { words: 5, places: 3, evidence: 4, place_evidence: 3 };

    fn learned(pace: &Pace) -> (Learner, Vec<f64>) {
        let mut learner = Learner::new(ROWS, 1);
        let (sentence, mut random) = (sentence(), Random::new(1, &[]));
        let losses =
            (0..150).map(|pass| learner.pass(&[&sentence], pace, [pass, 150], &mut random)).collect();
        (learner, losses)
    }

    #[test]
    fn what_is_said_is_learned() {
        let (learner, losses) = learned(&PACE);
        assert!(losses[149] < losses[0] / 10.0, "{losses:?}");
        let likely = learner.likely(&sentence(), &mut Lattice::default());
        assert!(likely[1].begins[1][0] > 0.9 && likely[2].labels[inside(0)] > 0.9, "{likely:?}");
        assert!(likely[0].labels[OUTSIDE] > 0.9 && likely[3].labels[OUTSIDE] > 0.9);
    }

    #[test]
    fn what_costs_more_is_learned_more_firmly() {
        let outside = |recall| {
            let (learner, _) = learned(&Pace { recall, ..PACE });
            let sentence = sentence();
            let scores = learner.up(&sentence, &Asked::all(&sentence, None), None, 0).scores;
            scores[1].begins[1][0] - scores[1].outside
        };
        assert!(outside(2.0) > outside(0.0));
    }

    #[test]
    fn slopes_are_those_of_the_loss() {
        type Pick = fn(&mut Learner) -> (&mut Tensor, usize);
        // What a weight's slope says and what the loss does when it is moved, for a weight of each kind.
        let mut learner = Learner::new(ROWS, 3);
        let sentence = sentence();
        let mut random = Random::new(1, &[]);
        let pace = Pace { told: 1.0, ..PACE };
        let pick: [Pick; 8] = [
            |learner| (&mut learner.words, 3),
            |learner| (&mut learner.words, BEYOND),
            |learner| (&mut learner.places, 2),
            |learner| (&mut learner.evidence, 2),
            |learner| (&mut learner.place_evidence, 2),
            |learner| (&mut learner.window, 70),
            |learner| (&mut learner.heads[0].labels, 5),
            |learner| (&mut learner.heads[0].transitions, begins(0)),
        ];
        let loss = |learner: &Learner, random: &mut Random| {
            learner.clone().learn(&sentence, true, 0, &pace, &mut Lattice::default(), random)
        };
        learner.learn(&sentence, true, 0, &pace, &mut Lattice::default(), &mut random);
        for (which, pick) in pick.iter().enumerate() {
            let (tensor, row) = pick(&mut learner);
            let slopes = tensor.noted(row).to_vec();
            for (at, slope) in slopes.into_iter().enumerate() {
                let mut moved = [-2e-4_f32, 2e-4].map(|by| {
                    let mut other = learner.clone();
                    let (tensor, row) = pick(&mut other);
                    tensor.move_by(row, at, by);
                    loss(&other, &mut random)
                });
                moved.reverse();
                let found = (moved[0] - moved[1]) / 4e-4;
                assert!((found - f64::from(slope)).abs() < 0.02, "{which} {at}: {found} {slope}");
            }
        }
    }
}
