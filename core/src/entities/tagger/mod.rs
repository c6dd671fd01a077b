//! Names that no list has, by what was learned of how names stand in news: a small network says what speaks for the labels
//! of each word, and a linear chain over the words of a sentence (a conditional random field) which of them stand together.
//! A document is looked through twice. `docs/tagger.md` has what was tried and what each part is worth.
//!
//! | module | what |
//! |---|---|
//! | `lines` | the sentences that are labelled as one |
//! | `seen` | what letters, lists and rules say of each word |
//! | `clusters` | words that stand in like company |
//! | `net` | what speaks for the labels of a word, by what it and its neighbours are |
//! | `products`, `wide` | whole numbers times rows of them, and all other sums, in the machine's wider vectors |
//! | `evidence` | what a look says of the same word elsewhere: asked in the next |
//! | `label`, `lattice` | labels, how likely they are, the best sequence |
//! | `weights`, `bytes` | what was learned, in memory and in a file |
//!
//! A text has the same names on every machine: what is computed with fractions is sums and products in a fixed order.

// Rows of labels, types and places have fixed sizes, and words are counted by the loops over them: what indexes is
// below the size by construction, and the property tests try.
#![allow(clippy::indexing_slicing)]
// What is compiled for wider vectors (`wide`) is all that is inlined into it.
#![allow(clippy::inline_always)]

mod bytes;
mod clusters;
mod evidence;
mod hash;
mod label;
mod lattice;
mod lines;
mod net;
mod products;
mod seen;
mod weights;
mod wide;

use std::ops::Range;

pub use bytes::Malformed;
pub use clusters::{Classes, Clusters};
pub use label::{KINDS, LABELS, OUTSIDE, begins, inside, may_follow, place};
pub use lattice::{BEGINNINGS, Chances, Ends, Found, Lattice, Likely, NEVER, Scores, Transitions, best};
pub use net::{GLANCE, Glance, HIDDEN, Head, INNER, Net, OF_PLACE, Own, SCHEMES, VECTOR, WINDOW, Window};
pub use products::Row;
pub use seen::{FIELDS, LISTED, START_FIELDS, START_LISTED};
pub use weights::Weights;

use super::EntityType;
use super::resolve::Outermost;
use crate::{Document, Span};
use bytes::Reader;
use evidence::Evidence;
pub(super) use evidence::Said;
use net::{Lit, Ready, lit};
use seen::{Seen, narrow};
use wide::with_wide_vectors;

/// So often a document is looked through for our names.
const LOOKS: usize = 2;
/// The same for the names of another corpus' scheme, which gain by one look more, as ours do not (`docs/tagger.md`).
const LOOKS_OF_SCHEMES: usize = 3;

/// What begins a file of weights: its format.
const MAGIC: &[u8; 8] = b"warraqT5";

/// What was learned.
#[derive(Clone, Debug)]
pub struct Tagger {
    calibration: Calibration,
    clusters: Clusters,
    net: Net,
    /// Of each scheme.
    heads: Vec<Ready>,
}

/// How often a name is right of which the chain is so sure (Platt 1999): a line over the logit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// Of the line.
    pub slope: f32,
    /// Of the line, where the chain gives it half.
    pub offset: f32,
}

impl Calibration {
    /// How likely a name is right.
    pub fn of(&self, chance: f32) -> f32 {
        let chance = chance.clamp(1e-6, 1.0 - 1e-6);
        let logit = libm::logf(chance / (1.0 - chance));
        1.0 / (1.0 + libm::expf(-(self.slope * logit + self.offset)))
    }
}

/// A name in a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Name {
    pub(super) kind: EntityType,
    /// In bytes of the folded text.
    pub(super) begin: usize,
    pub(super) end: usize,
    /// How likely it is right.
    pub(super) confidence: f32,
}

/// A name within a name: its type, and where it stands in the folded text.
type Inner = (EntityType, Range<usize>);

/// What the tagger says of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Tagged {
    /// In order, disjoint.
    pub(super) names: Vec<Name>,
    /// Those within them, in bytes of the folded text; how likely they are right was not measured.
    pub(super) inner: Vec<Inner>,
    /// How likely the labels of each word are.
    pub(super) said: Said,
    /// The same of the words of names of several words, as names within names.
    pub(super) said_inside: Said,
}

impl Tagger {
    /// Of what was learned.
    ///
    /// # Errors
    /// Where a scheme has no head.
    pub fn new(calibration: Calibration, clusters: Clusters, net: Net) -> Result<Self, Malformed> {
        if net.heads.len() != SCHEMES.len() {
            return Err(Malformed("has not one head for each scheme"));
        }
        let heads = net.heads.iter().map(Ready::new).collect();
        Ok(Self { calibration, clusters, net, heads })
    }

    /// What [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where it is something else, or of another version.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut bytes = Reader::new(bytes);
        if bytes.take(MAGIC.len())? != MAGIC {
            return Err(Malformed("is none, or one of another version"));
        }
        let calibration = Calibration { slope: bytes.float()?, offset: bytes.float()? };
        let clusters = Clusters::read(&mut bytes)?;
        let net = Net::read(&mut bytes)?;
        bytes.end()?;
        Self::new(calibration, clusters, net)
    }

    /// The weights as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for number in [self.calibration.slope, self.calibration.offset] {
            bytes.extend(number.to_le_bytes());
        }
        self.clusters.write(&mut bytes);
        self.net.write(&mut bytes);
        bytes
    }

    /// The names of `document`, of which the rules say `rules`.
    pub(super) fn tag(&self, document: &Document<'_>, rules: &[Outermost]) -> Tagged {
        let Some((ready, inner)) = self.heads.first().zip(self.heads.get(INNER)) else {
            return Tagged::default();
        };
        let seen = Seen::of(document, rules, &self.clusters);
        let mut looks = self.last_look(document, &seen, LOOKS);
        let (mut names, mut of_several) = (Vec::new(), Vec::new());
        let said = looks.read(&ready.chances, |name, words| {
            names.push(Name { confidence: self.calibration.of(name.confidence), ..name });
            if words.len() > 1 {
                of_several.push(words);
            }
        });
        let (inner, said_inside) = Looks::inner(&mut looks, inner, &of_several);
        Tagged { names, inner, said, said_inside }
    }

    /// The names of `document` in the scheme at that place of [`SCHEMES`]: of which of [`KINDS`] the trainer let stand for
    /// its labels, and where.
    pub fn names_in(&self, scheme: usize, document: &Document<'_>) -> Vec<(EntityType, Span)> {
        let Some(ready) = self.heads.get(scheme) else { return Vec::new() };
        let seen = Seen::of(document, &super::rules(document), &self.clusters);
        let mut looks = self.last_look(document, &seen, LOOKS_OF_SCHEMES);
        looks.turn_to(ready);
        Looks::score(&mut looks, ready);
        let mut names = Vec::new();
        looks.read(&ready.chances, |name, _| {
            names.push((name.kind, document.source_span(name.begin, name.end)));
        });
        names
    }

    /// The same with another glance.
    #[must_use]
    pub fn with_glance(mut self, glance: Glance) -> Self {
        self.net.glance = glance;
        self
    }

    /// What a weight of 1 in a word's numbers stands for.
    pub fn step(&self) -> f32 {
        self.net.words.step()
    }

    /// What a glance foretells: of each word of the lines the numbers of its window, and how much more speaks for none than
    /// for any label at the first look. Words that are looked at whatever a glance says are left out.
    pub fn first_look(&self, examined: &Examined) -> Vec<(Row, f32)> {
        let (seen, net) = (&examined.seen, &self.net);
        let Some(ready) = self.heads.first() else { return Vec::new() };
        let vectors = Looks::vectors(net, seen);
        let (mut all, mut sums) = (Vec::new(), Vec::new());
        for line in &seen.lines {
            let with_beyond = net.with_beyond(&vectors[line.clone()]);
            sums.clear();
            net.add_windows(&net.window, products::windows(&with_beyond), &mut sums);
            let words = line.clone().zip(products::windows(&with_beyond)).zip(&sums);
            for ((index, window), sums) in
                words.filter(|((index, _), _)| !seen.is_listed_behind_proclitic(*index))
            {
                let scores = ready.word(&lit(sums), seen.starts(index).len(), seen.goes_on(index));
                all.push((*window, sure(&scores)));
            }
        }
        all
    }

    /// What the last of so many looks says.
    fn last_look<'s>(&'s self, document: &'s Document<'s>, seen: &'s Seen, count: usize) -> Looks<'s> {
        let mut looks = Looks::new(self, document, seen);
        if let Some(ready) = self.heads.first() {
            for _ in 1..count {
                looks.look(ready);
            }
            Looks::score(&mut looks, ready);
        }
        looks
    }
}

/// A document as it is looked through, again and again.
struct Looks<'s> {
    document: &'s Document<'s>,
    net: &'s Net,
    seen: &'s Seen,
    /// Of each word its own numbers.
    vectors: Vec<[i16; VECTOR]>,
    /// What the windows give of those that were looked at, evidence not added, and where in the list a word's is.
    windows: Vec<[f32; HIDDEN]>,
    windows_at: Vec<u32>,
    /// What the layer for the scheme that is asked says of each word's labels, where it has one.
    own_labels: Vec<[f32; LABELS]>,
    /// Of the places of words that were asked what their fields give, and where in the list a word's are.
    places: Vec<OfPlaces>,
    places_at: Vec<u32>,
    /// What the look before said, if there was one.
    said: Option<Said>,
    scored: Scored,
    lattice: Lattice,
}

/// What a look makes of the words that may be in a name.
#[derive(Default)]
struct Scored {
    /// These words, in order, and what speaks for their labels.
    open: Vec<usize>,
    scores: Vec<Scores>,
    /// What the scores are made of: of each of these words its numbers, and of those that have several places theirs, each
    /// with where the word stands among the others.
    hidden: Vec<Lit>,
    of_places: Vec<(usize, OfPlaces)>,
}

/// Of each place of a word its numbers.
type OfPlaces = [[f32; OF_PLACE]; BEGINNINGS];

impl Scored {
    /// Room for so many words.
    fn with_room(words: usize) -> Self {
        Self {
            open: Vec::with_capacity(words),
            scores: Vec::with_capacity(words),
            hidden: Vec::with_capacity(words),
            of_places: Vec::with_capacity(words / 4),
        }
    }

    fn add(&mut self, index: usize, scores: Scores, hidden: &Lit, of_places: Option<&OfPlaces>) {
        self.of_places.extend(of_places.map(|of_places| (self.open.len(), *of_places)));
        self.open.push(index);
        self.hidden.push(*hidden);
        self.scores.push(scores);
    }

    fn places_of(&self, at: usize) -> Option<&OfPlaces> {
        let place = self.of_places.binary_search_by_key(&at, |&(at, _)| at).ok()?;
        self.of_places.get(place).map(|(_, of_places)| of_places)
    }
}

/// Of a word of which was not asked yet.
const UNASKED: u32 = u32::MAX;

/// Words that are labelled as one: where in the list of open words they stand, and what stands at their ends.
type Run = (Range<usize>, Ends);

impl<'s> Looks<'s> {
    fn new(tagger: &'s Tagger, document: &'s Document<'s>, seen: &'s Seen) -> Self {
        let net = &tagger.net;
        let vectors = Self::vectors(net, seen);
        let mut windows = Vec::with_capacity(seen.len());
        let mut windows_at = vec![UNASKED; seen.len()];
        let mut glances = Vec::new();
        for line in &seen.lines {
            let with_beyond = net.with_beyond(&vectors[line.clone()]);
            glances.clear();
            net.add_windows(&net.glance.window, products::windows(&with_beyond), &mut glances);
            let is_asked =
                |(index, glance)| net.glance.says(glance) <= 0.0 || seen.is_listed_behind_proclitic(index);
            let asked = line.clone().zip(&glances).filter(|&word| is_asked(word));
            for ((index, _), place) in asked.zip(windows.len()..) {
                windows_at[index] = narrow(place);
            }
            let asked = products::windows(&with_beyond).zip(&windows_at[line.clone()]);
            let asked = asked.filter(|(_, at)| **at != UNASKED).map(|(window, _)| window);
            net.add_windows(&net.window, asked, &mut windows);
        }
        Self {
            document,
            net: &tagger.net,
            seen,
            vectors,
            windows,
            windows_at,
            own_labels: Vec::new(),
            places: Vec::new(),
            places_at: vec![UNASKED; seen.len()],
            said: None,
            scored: Scored::default(),
            lattice: Lattice::default(),
        }
    }

    with_wide_vectors! {
        /// The words' own numbers.
        fn vectors(net: &Net, seen: &Seen) -> Vec<[i16; VECTOR]> = Looks::all_vectors
    }

    #[inline(always)]
    fn all_vectors(net: &Net, seen: &Seen) -> Vec<[i16; VECTOR]> {
        net.vectors(seen.keys_of_letters(), (0..seen.len()).map(|index| seen.keys_of_place(index)))
    }

    /// Asks for another scheme from now on.
    fn turn_to(&mut self, ready: &Ready) {
        for line in &self.seen.lines {
            self.own_labels.resize(line.start, [0.0; LABELS]);
            ready.own_labels(self.net, &self.vectors[line.clone()], &mut self.own_labels);
        }
    }

    /// Looks once more, and keeps what is said.
    fn look(&mut self, ready: &Ready) {
        Self::score(self, ready);
        let mut said = self.nothing_said();
        self.each_run(&mut said, |looks, (run, ends), said| {
            let scores = &looks.scored.scores[run.clone()];
            let lattice = &mut looks.lattice;
            said.say(&looks.scored.open[run], |list| {
                Lattice::sum_and_likely(lattice, scores, ends, &ready.chances, list);
            });
        });
        self.said = Some(said);
    }

    /// Reads the names off what the look says, each with how likely it is and where among the open words its own stand;
    /// and how likely the labels of each word are.
    fn read(&mut self, chances: &Chances, mut found_name: impl FnMut(Name, Range<usize>)) -> Said {
        let mut said = self.nothing_said();
        self.each_run(&mut said, |looks, (run, ends), said| {
            let Scored { scores, open, .. } = &looks.scored;
            let (scores, first) = (&scores[run.clone()], open[run.start]);
            let lattice = &mut looks.lattice;
            let likely = said.say(&open[run.clone()], |list| {
                Lattice::sum_and_likely(lattice, scores, ends, chances, list);
            });
            for found in best(scores, ends, chances) {
                let confidence = looks.lattice.of_name(likely, ends, chances, found);
                if let Some((kind, Range { start: begin, end })) = looks.name(first, found) {
                    let name = Name { kind, begin, end, confidence };
                    found_name(name, run.start + found.first..run.start + found.end);
                }
            }
        });
        said
    }

    /// What is said before anything is.
    fn nothing_said(&self) -> Said {
        Said::nothing(self.seen.len(), self.scored.open.len())
    }

    /// Of which type a name is that was found in words of which that is the first, and where in the folded text it stands.
    fn name(&self, first: usize, found: Found) -> Option<(EntityType, Range<usize>)> {
        let begin = self.seen.begins(first + found.first).nth(found.place)? as usize;
        let end = self.document.words().list().get(first + found.end - 1)?.end as usize;
        Some((KINDS[found.kind], begin..end))
    }

    with_wide_vectors! {
        /// The names within names, of which `names` has the places of the words among the open ones; and how likely the
        /// labels of these words are.
        fn inner(looks: &mut Looks<'_>, ready: &Ready, names: &[Range<usize>]) -> (Vec<Inner>, Said) = Looks::all_inner
    }

    #[inline(always)]
    fn all_inner(&mut self, ready: &Ready, names: &[Range<usize>]) -> (Vec<Inner>, Said) {
        let ends = Ends { outside_before: true, outside_behind: true };
        let (mut scores, mut inner) = (Vec::new(), Vec::new());
        let mut said = Said::nothing(self.seen.len(), names.iter().map(Range::len).sum());
        for words in names {
            scores.clear();
            // A loop, and nothing that is handed a function: it is compiled for wide vectors.
            for at in words.clone() {
                scores.push(self.scores_by(ready, at));
            }
            let (lattice, chances) = (&mut self.lattice, &ready.chances);
            let open = &self.scored.open[words.clone()];
            said.say(open, |list| Lattice::sum_and_likely(lattice, &scores, ends, chances, list));
            let is_inside = |found: &Found| found.end - found.first < words.len();
            for found in best(&scores, ends, chances).into_iter().filter(is_inside) {
                inner.extend(self.name(self.scored.open[words.start], found));
            }
        }
        (inner, said)
    }

    /// What speaks in another scheme for the labels of an open word.
    #[inline(always)]
    fn scores_by(&self, ready: &Ready, at: usize) -> Scores {
        let (index, hidden) = (self.scored.open[at], &self.scored.hidden[at]);
        let mut scores = ready.word(hidden, self.seen.starts(index).len(), self.seen.goes_on(index));
        if let Some(of_places) = self.scored.places_of(at) {
            ready.add_places(hidden, of_places, &mut scores);
        }
        scores
    }

    /// Does something with each run of open words; of the words of lines that are in none it is said that they are
    /// outside.
    fn each_run(&mut self, said: &mut Said, mut with: impl FnMut(&mut Self, Run, &mut Said)) {
        let mut next = 0;
        let seen = self.seen;
        for line in &seen.lines {
            let mut index = line.start;
            while index < line.end {
                if self.scored.open.get(next) != Some(&index) {
                    said.say_outside(index);
                    index += 1;
                    continue;
                }
                let (first, begin) = (next, index);
                while index < line.end && self.scored.open.get(next) == Some(&index) {
                    (next, index) = (next + 1, index + 1);
                }
                let ends = Ends { outside_before: begin > line.start, outside_behind: index < line.end };
                with(self, (first..next, ends), said);
            }
        }
    }

    with_wide_vectors! {
        /// Says of each word what speaks for its labels, where it may be in a name.
        fn score(looks: &mut Looks<'_>, ready: &Ready) = Looks::score_each
    }

    #[inline(always)]
    fn score_each(&mut self, ready: &Ready) {
        let seen = self.seen;
        let evidence = self.said.as_ref().map(|said| Evidence::new(seen, said));
        let before = std::mem::take(&mut self.scored);
        let mut now = Scored::with_room(if self.said.is_some() { before.open.len() } else { seen.len() });
        // The words of a line that are asked.
        let mut asked: Vec<Asked> = Vec::new();
        for line in &seen.lines {
            asked.clear();
            for index in line.clone() {
                // A word that was outside for certain is so still where nothing is said of it elsewhere.
                let is_closed = match self.said.as_ref().zip(evidence.as_ref()) {
                    Some((said, evidence)) => said.is_surely_outside(index) && !evidence.speaks(index),
                    None => self.windows_at[index] == UNASKED,
                };
                if is_closed {
                    continue;
                }
                let mut sums = *self.window(line, index);
                if let Some(evidence) = &evidence {
                    self.net.evidence.add_to(&evidence.of_word(seen, line, index), &mut sums);
                }
                let hidden = lit(&sums);
                let mut scores = ready.word(&hidden, seen.starts(index).len(), seen.goes_on(index));
                if let Some(labels) = self.own_labels.get(index) {
                    scores.add(labels);
                }
                let is_listed = seen.is_listed_behind_proclitic(index);
                asked.push(Asked {
                    index,
                    sure: if is_listed { 0.0 } else { sure(&scores) },
                    scores,
                    hidden,
                });
            }
            for at in (0..asked.len()).filter(|&at| !is_closed(&asked, at)) {
                let Asked { index, mut scores, hidden, .. } = asked[at];
                let several = seen.several(index);
                let mut of_places = None;
                if !several.is_empty() {
                    let mut sums = *self.by_places(index);
                    if let Some(evidence) = &evidence {
                        for (place, sums) in several.zip(&mut sums) {
                            self.net.place_evidence.add_to(&evidence.of_start(seen, index, place), sums);
                        }
                    }
                    ready.add_places(&hidden, &sums, &mut scores);
                    of_places = Some(sums);
                }
                now.add(index, scores, &hidden, of_places.as_ref());
            }
        }
        self.scored = now;
    }

    /// What a word's window gives.
    fn window(&mut self, line: &Range<usize>, index: usize) -> &[f32; HIDDEN] {
        if self.windows_at[index] == UNASKED {
            self.windows_at[index] = narrow(self.windows.len());
            let (first, behind) = (index.saturating_sub(WINDOW).max(line.start), index + WINDOW);
            let near = self.net.with_beyond(&self.vectors[first..behind.min(line.end)]);
            let window = products::windows(&near).nth(index - first);
            self.net.add_windows(&self.net.window, window.into_iter(), &mut self.windows);
        }
        &self.windows[self.windows_at[index] as usize]
    }

    /// What the fields of a word's places give.
    fn by_places(&mut self, index: usize) -> &OfPlaces {
        let mut at = self.places_at[index] as usize;
        if at >= self.places.len() {
            at = self.places.len();
            let mut of_places = [[0.0; OF_PLACE]; BEGINNINGS];
            for (place, sums) in self.seen.several(index).zip(&mut of_places) {
                self.net.places.add_to(&self.seen.start_keys(self.document, index, place), sums);
            }
            self.places.push(of_places);
            self.places_at[index] = narrow(at);
        }
        &self.places[at]
    }
}

/// A word that a look asks.
#[derive(Clone, Copy)]
struct Asked {
    index: usize,
    /// So much more speaks for none than for any label, its places not told apart; nothing where a list has a name that
    /// begins at one of them.
    sure: f32,
    scores: Scores,
    hidden: Lit,
}

/// A word of which a look is so sure is in no name, whatever its places and its neighbours say.
const SURE: f32 = 12.0;
/// The same where both of its neighbours are of the same kind: there is nothing beside it that it may belong to.
const SURE_TOGETHER: f32 = 8.0;

/// How much more speaks for none than for any label.
#[inline(always)]
fn sure(scores: &Scores) -> f32 {
    let mut most = scores.inside;
    for (most, &begins) in most.iter_mut().zip(&scores.begins[0]) {
        *most = if begins > *most { begins } else { *most };
    }
    scores.outside - most.into_iter().fold(NEVER, |most, score| if score > most { score } else { most })
}

/// Whether the word at a place among those that are asked is in no name. Of a word that is not asked that is known.
fn is_closed(asked: &[Asked], at: usize) -> bool {
    let word = |at: Option<usize>| asked.get(at?);
    let Some(&Asked { index, sure, .. }) = word(Some(at)) else { return true };
    let is_sure_beside = |beside: Option<&Asked>, index: Option<usize>| {
        beside.is_none_or(|beside| Some(beside.index) != index || beside.sure > SURE_TOGETHER)
    };
    let (before, behind) = (word(at.checked_sub(1)), word(at.checked_add(1)));
    sure > SURE
        || sure > SURE_TOGETHER
            && is_sure_beside(before, index.checked_sub(1))
            && is_sure_beside(behind, index.checked_add(1))
}

/// By what the classes of a folded word are found.
pub fn key(word: &str) -> u32 {
    hash::of_letters(word)
}

/// A document as it is learned from.
pub struct Examined {
    seen: Seen,
}

impl Examined {
    /// What is seen of `document`.
    pub fn of(document: &Document<'_>, clusters: &Clusters) -> Self {
        Self { seen: Seen::of(document, &super::rules(document), clusters) }
    }

    /// The words of each sentence.
    pub fn lines(&self) -> &[Range<usize>] {
        &self.seen.lines
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.seen.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.seen.len() == 0
    }

    /// Where in the folded text names may begin in a word.
    pub fn beginnings(&self, index: usize) -> impl Iterator<Item = u32> {
        self.seen.begins(index)
    }

    /// Whether a name may go on with the word.
    pub fn goes_on(&self, index: usize) -> bool {
        self.seen.goes_on(index)
    }

    /// Whether the rules take the word for one of a name of that kind.
    pub fn is_by_rule(&self, index: usize, kind: EntityType) -> bool {
        self.seen.is_rule(index, kind)
    }

    /// By what the fields of a word are found.
    pub fn keys(&self, index: usize) -> [u32; FIELDS] {
        self.seen.keys(index)
    }

    /// By what the fields of a place of `document` are found where a name may begin.
    pub fn start_keys(&self, document: &Document<'_>, index: usize, place: usize) -> [u32; START_FIELDS] {
        self.seen.start_keys(document, index, place)
    }

    /// What a look more is asked besides, by what `likely` says: of each word, then of each of its places where there
    /// are several.
    pub fn evidence(&self, likely: &[Likely]) -> Vec<(Vec<u32>, Vec<Vec<u32>>)> {
        let said = Said::all(likely);
        let evidence = Evidence::new(&self.seen, &said);
        let mut all = Vec::new();
        for line in &self.seen.lines {
            for index in line.clone() {
                let asked = evidence.of_word(&self.seen, line, index).to_vec();
                let of_place = |place| evidence.of_start(&self.seen, index, place).to_vec();
                all.push((asked, self.seen.several(index).map(of_place).collect()));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::Knowledge;

    static MODEL: &[u8] = include_bytes!("../../../../data/models/tagger.bin");
    static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
        let tagger = Tagger::from_bytes(MODEL).expect("the committed weights");
        Knowledge::built_in().expect("sound lists").with_tagger(tagger)
    });

    fn names(text: &str) -> Vec<(EntityType, String)> {
        let document = Document::new(text, &KNOWLEDGE).expect("short enough");
        let mentions = document.entities().iter().flat_map(|entity| {
            entity.mentions.iter().map(|mention| (entity.kind, mention.span.of(text).to_owned()))
        });
        mentions.collect()
    }

    #[test]
    fn the_weights_are_written_as_they_were_read() {
        let tagger = Tagger::from_bytes(MODEL).expect("the committed weights");
        assert!(tagger.to_bytes() == MODEL);
        for cut in [0, 7, 8, 20, 700, 5_000, MODEL.len() - 1] {
            assert!(Tagger::from_bytes(&MODEL[..cut]).is_err(), "{cut}");
        }
        let longer = [MODEL, &[0]].concat();
        assert!(Tagger::from_bytes(&longer).is_err());
    }

    #[test]
    fn names_in_no_list_are_found_by_how_they_stand() {
        let text = "قال وزير الري فشدوان زغطور إن بلدة مرغتيش تحتاج إلى سد. وأضاف زغطور أن العمل يبدأ غدا.";
        let found = names(text);
        let has = |kind, name: &str| found.contains(&(kind, name.to_owned()));
        assert!(has(EntityType::Person, "فشدوان زغطور") && has(EntityType::Person, "زغطور"), "{found:?}");
        assert!(has(EntityType::Location, "مرغتيش"), "{found:?}");
    }

    #[test]
    fn confidence_follows_the_line() {
        let line = Calibration { slope: 1.0, offset: 0.0 };
        assert!((line.of(0.3) - 0.3).abs() < 1e-6);
        assert!(line.of(1.0) < 1.0 && line.of(0.0) > 0.0);
        assert!(Calibration { slope: 1.0, offset: -1.0 }.of(0.5) < 0.5);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn any_text_has_names_within_it(text in "([ء-ي]{0,7}[ .،:«»()\"\n\u{64B}a-z0-9-]{1,2}){0,60}") {
            let document = Document::new(&text, &KNOWLEDGE).expect("short enough");
            for entity in document.entities() {
                for mention in &entity.mentions {
                    prop_assert!(text.get(mention.span.range()).is_some_and(|name| !name.is_empty()));
                    prop_assert!(mention.confidence.is_none_or(|chance| (0.0..=1.0).contains(&chance)));
                }
            }
        }
    }
}
