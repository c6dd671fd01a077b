//! Names that no list has, by what was learned of how names stand in news: a linear chain over the words of a sentence
//! (a conditional random field), looked through three times. `docs/tagger.md` has what was tried and what each part is worth.
//!
//! | module | what |
//! |---|---|
//! | `lines` | the sentences that are labelled as one |
//! | `seen` | what letters, lists and rules say of each word |
//! | `clusters` | words that stand in like company |
//! | `features` | what is asked of a word and its neighbours together |
//! | `evidence` | what the first look says of the same word elsewhere: asked in the second |
//! | `label`, `lattice` | labels, how likely they are, the best sequence |
//! | `weights`, `bytes` | what was learned, in memory and in a file |
//!
//! Weights are integers and all functions `libm`'s: a text has the same names on every machine.

// Rows of labels, types and places have fixed sizes, and words are counted by the loops over them: what indexes is
// below the size by construction, and the property tests try.
#![allow(clippy::indexing_slicing)]

mod bytes;
mod clusters;
mod evidence;
mod features;
mod hash;
mod label;
mod lattice;
mod lines;
mod seen;
mod weights;

use std::ops::Range;

pub use bytes::Malformed;
pub use clusters::{Classes, Clusters};
pub use label::{KINDS, LABELS, OUTSIDE, begins, inside, may_follow, place};
pub use lattice::{BEGINNINGS, Chances, Found, Lattice, Likely, NEVER, Scores, Transitions, best};
pub use weights::Weights;

use super::EntityType;
use super::resolve::Resolved;
use crate::Document;
use bytes::Reader;
use evidence::Evidence;
use features::Near;
use seen::Seen;

/// One weight of a row for each label, and one for nothing, so that a row of both looks fills half a line of the cache.
pub const LANES: usize = LABELS + 1;
/// A row of the features that both looks share: the first look's weights, then the second's.
pub const BOTH: usize = 2 * LANES;

/// What begins a file of weights: its format.
const MAGIC: &[u8; 8] = b"warraqT2";

/// What was learned.
#[derive(Clone, Debug)]
pub struct Tagger {
    calibration: Calibration,
    clusters: Clusters,
    /// Of the first look and of the second.
    transitions: [Transitions; 2],
    chances: [Chances; 2],
    joint: Weights<BOTH>,
    evidence: Weights<LANES>,
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

/// What the tagger says of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Tagged {
    /// In order, disjoint.
    pub(super) names: Vec<Name>,
    /// Of each word; of one in no line nothing.
    pub(super) likely: Vec<Likely>,
}

impl Tagger {
    /// Of what was learned.
    pub fn new(
        calibration: Calibration,
        clusters: Clusters,
        transitions: [Transitions; 2],
        joint: Weights<BOTH>,
        evidence: Weights<LANES>,
    ) -> Self {
        let chances = [Chances::new(&transitions[0]), Chances::new(&transitions[1])];
        Self { calibration, clusters, transitions, chances, joint, evidence }
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
        let mut transitions = [[[0.0; LABELS]; LABELS + 1]; 2];
        for weight in transitions.iter_mut().flatten().flatten() {
            *weight = bytes.float()?;
        }
        let clusters = Clusters::read(&mut bytes)?;
        let (joint, evidence) = (Weights::read(&mut bytes)?, Weights::read(&mut bytes)?);
        bytes.end()?;
        Ok(Self::new(calibration, clusters, transitions, joint, evidence))
    }

    /// The weights as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let numbers = [self.calibration.slope, self.calibration.offset];
        for number in numbers.iter().chain(self.transitions.iter().flatten().flatten()) {
            bytes.extend(number.to_le_bytes());
        }
        self.clusters.write(&mut bytes);
        self.joint.write(&mut bytes);
        self.evidence.write(&mut bytes);
        bytes
    }

    /// The names of `document`, of which the rules say `rules`.
    pub(super) fn tag(&self, document: &Document<'_>, rules: &[Resolved]) -> Tagged {
        let seen = Seen::of(document, rules, &self.clusters);
        let [first, mut second] = self.sums(&seen);
        let mut lattice = Lattice::default();
        let likely = looked(&seen, &first, &self.chances[0], &mut lattice);
        // The second look sees more than the first did: what it says is better evidence for one look more.
        let mut again = second.clone();
        self.add_evidence(&Evidence::new(&seen, &likely), &mut again);
        let likely = looked(&seen, &again, &self.chances[1], &mut lattice);
        self.add_evidence(&Evidence::new(&seen, &likely), &mut second);
        let words = document.words().list();
        let mut tagged = Tagged { names: Vec::new(), likely: vec![Likely::default(); words.len()] };
        let mut of_line = Vec::new();
        for line in &seen.lines {
            let Some(scores) = second.get(line.clone()) else { continue };
            lattice.sum(scores, &self.chances[1]);
            of_line.clear();
            lattice.likely(scores, &mut of_line);
            for found in best(scores, &self.chances[1]) {
                let chance = lattice.of_name(&of_line, &self.chances[1], found);
                let begin = seen.starts(line.start + found.first).get(found.place);
                let end = words.get(line.start + found.end - 1);
                if let (Some(begin), Some(end)) = (begin, end) {
                    tagged.names.push(Name {
                        kind: KINDS[found.kind],
                        begin: begin.begin as usize,
                        end: end.end as usize,
                        confidence: self.calibration.of(chance),
                    });
                }
            }
            for (slot, likely) in tagged.likely.iter_mut().skip(line.start).zip(&of_line) {
                *slot = *likely;
            }
        }
        tagged
    }

    /// What speaks for the labels of each word in the first look, and in the second but for the evidence.
    fn sums(&self, seen: &Seen) -> [Vec<Scores>; 2] {
        let mut looks =
            [vec![Scores::default(); seen.atoms.len()], vec![Scores::default(); seen.atoms.len()]];
        let step = self.joint.step();
        let mut asked = Vec::new();
        let of_look = |sums: &[i32; BOTH], look: usize| -> [i32; LANES] {
            std::array::from_fn(|lane| sums[look * LANES + lane])
        };
        for line in &seen.lines {
            for index in line.clone() {
                let near = Near::new(seen, line, index);
                asked.clear();
                near.of_word(&mut asked);
                let sums = self.joint.sum(&asked);
                let (places, goes_on) = (seen.starts(index).len(), seen.goes_on(index));
                for (look, scores) in looks.iter_mut().enumerate() {
                    scores[index].set_word(&of_look(&sums, look), step, places, goes_on);
                }
                for place in seen.several(index) {
                    asked.clear();
                    near.of_start(place, &mut asked);
                    let sums = self.joint.sum(&asked);
                    for (look, scores) in looks.iter_mut().enumerate() {
                        scores[index].add_start(place, &of_look(&sums, look), step);
                    }
                }
            }
        }
        looks
    }

    fn add_evidence(&self, evidence: &Evidence<'_>, scores: &mut [Scores]) {
        let (seen, step) = (evidence.seen, self.evidence.step());
        let mut asked = Vec::new();
        for line in &seen.lines {
            for index in line.clone() {
                let Some(scores) = scores.get_mut(index) else { continue };
                asked.clear();
                evidence.of_word(line, index, &mut asked);
                scores.add_word(&self.evidence.sum(&asked), step);
                for place in seen.several(index) {
                    asked.clear();
                    evidence.of_start(line, index, place, &mut asked);
                    scores.add_start(place, &self.evidence.sum(&asked), step);
                }
            }
        }
    }
}

/// By what the classes of a folded word are found.
pub fn key(word: &str) -> u32 {
    hash::of_letters(word)
}

/// How likely the labels of each word are.
fn looked(seen: &Seen, scores: &[Scores], chances: &Chances, lattice: &mut Lattice) -> Vec<Likely> {
    let mut likely = Vec::with_capacity(scores.len());
    for line in &seen.lines {
        likely.resize(line.start, Likely::default());
        if let Some(scores) = scores.get(line.clone()) {
            lattice.sum(scores, chances);
            lattice.likely(scores, &mut likely);
        }
    }
    likely.resize(scores.len(), Likely::default());
    likely
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
        self.seen.atoms.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.seen.atoms.is_empty()
    }

    /// Where in the folded text names may begin in a word.
    pub fn beginnings(&self, index: usize) -> impl Iterator<Item = u32> {
        self.seen.starts(index).iter().map(|start| start.begin)
    }

    /// Whether a name may go on with the word.
    pub fn goes_on(&self, index: usize) -> bool {
        self.seen.goes_on(index)
    }

    /// Whether the rules take the word for one of a name of that kind.
    pub fn is_by_rule(&self, index: usize, kind: EntityType) -> bool {
        self.seen.atoms.get(index).is_some_and(|atoms| seen::is_rule(*atoms, kind))
    }

    /// The features of a word, for all labels.
    pub fn features(&self, line: &Range<usize>, index: usize, out: &mut Vec<u32>) {
        Near::new(&self.seen, line, index).of_word(out);
    }

    /// The features of a place where a name may begin, where there are several.
    pub fn start_features(&self, line: &Range<usize>, index: usize, place: usize, out: &mut Vec<u32>) {
        Near::new(&self.seen, line, index).of_start(place, out);
    }

    /// What the second look is asked besides: for each word, then each of its places where there are several.
    pub fn evidence(&self, likely: &[Likely]) -> Vec<Vec<u32>> {
        let evidence = Evidence::new(&self.seen, likely);
        let mut all = Vec::new();
        for line in &self.seen.lines {
            for index in line.clone() {
                let mut asked = Vec::new();
                evidence.of_word(line, index, &mut asked);
                all.push(asked);
                for place in self.seen.several(index) {
                    let mut asked = Vec::new();
                    evidence.of_start(line, index, place, &mut asked);
                    all.push(asked);
                }
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
