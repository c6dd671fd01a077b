//! What is seen of each word of a document before anything is learned of it: its letters, what the lists have of it,
//! what the rules take it for, where it stands.

// Rows of labels, types and places have fixed sizes, and words are counted by the loops over them: what indexes is
// below the size by construction, and the property tests try.
#![allow(clippy::indexing_slicing)]

use std::ops::Range;

use super::clusters::{Classes, Clusters};
use super::hash::{finished, of_letters, of_numbers, with, with_letters};
use super::lattice::BEGINNINGS;
use crate::entities::EntityType;
use crate::entities::names::COUNTRY;
use crate::entities::resolve::Outermost;
use crate::entities::words::{Gap, Word};
use crate::lexicon::{Article, Gender, Hit, Joiner, Lexicon, Sense, WordFacts};
use crate::slots::{Slot, Slots};
use crate::{Document, Span};

/// What is seen of a word, as numbers that features are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// Its letters.
    Word,
    /// Without what is written together with it, where its article shows that.
    Stem,
    /// Its last letters.
    Last2,
    Last3,
    /// Its first letters.
    First2,
    First3,
    /// What it is in people's names, and how ordinary.
    Facts,
    /// What the names of the lists that it is in name.
    Lists,
    /// What the rules take it for.
    Rule,
    /// What stands before it.
    Gap,
    /// Its length and its kinds of letters.
    Shape,
    /// Its block, and whether it is a line's first word.
    Place,
    /// Its class among few.
    Coarse,
    /// Its class among many.
    Fine,
}

/// How many fields a word has.
pub const FIELDS: usize = 14;

/// The fields of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Atoms([u32; FIELDS]);

impl Atoms {
    pub(super) const fn get(&self, field: Field) -> u32 {
        self.0[field as usize]
    }

    fn set(&mut self, field: Field, value: u32) {
        self.0[field as usize] = value;
    }
}

/// The fields that depend on a word's letters alone.
const OF_LETTERS: [Field; 10] = [
    Field::Word,
    Field::Stem,
    Field::Last2,
    Field::Last3,
    Field::First2,
    Field::First3,
    Field::Facts,
    Field::Shape,
    Field::Coarse,
    Field::Fine,
];
/// Those that depend on where it stands.
const OF_PLACE: [Field; 4] = [Field::Lists, Field::Rule, Field::Gap, Field::Place];
// Each field is one of either.
const _: () = assert!(OF_LETTERS.len() + OF_PLACE.len() == FIELDS);

/// How many fields a place has: what stands before it in the word; the letters from there on; the first two of them; what
/// the rest is in people's names, and how ordinary; what the names of the lists name that begin there; what the rules take
/// it for, if something begins there; whether the rest stands elsewhere in the document as a word.
pub const START_FIELDS: usize = 7;

/// The fields of a word that the lists and the rules give.
pub const LISTED: [usize; 2] = [Field::Lists as usize, Field::Rule as usize];
/// Those of a place.
pub const START_LISTED: [usize; 2] = [4, 5];

/// A place in a word where a name may begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Start {
    /// In bytes of the folded text.
    pub(super) begin: u32,
    /// Of the letters from there on without their article: by this a name is known again.
    pub(super) key: u32,
    /// The number of that.
    pub(super) name: u32,
    /// Of the letters before it in the word.
    pub(super) proclitic: u32,
    /// What the names of the lists name that begin there.
    lists: u32,
    /// What the rules take it for; the article that was seen before it.
    rule: u16,
    article: u8,
    /// In bytes of the word, behind what stands before it.
    behind: u8,
}

/// A document as the tagger sees it.
#[derive(Debug)]
pub(super) struct Seen {
    /// The words that stand in the document, by their letters.
    standing: Slots,
    /// Of each word the number of its letters, and of these letters the first word.
    letters: Vec<u32>,
    firsts: Vec<u32>,
    /// How many different names may begin in the words.
    pub(super) names: usize,
    pub(super) atoms: Vec<Atoms>,
    /// Of each word, the whole word first.
    starts: Vec<[Start; BEGINNINGS]>,
    places: Vec<u8>,
    pub(super) lines: Vec<Range<usize>>,
}

impl Seen {
    /// Of `document`, of which the rules say `rules`.
    pub(super) fn of(document: &Document<'_>, rules: &[Outermost], clusters: &Clusters) -> Self {
        let words = document.words().list();
        let lexicon = &document.knowledge().lexicon;
        let lines = super::lines::lines(document, words);
        let mut seen = Self {
            standing: Slots::with_room(words.len()),
            letters: Vec::with_capacity(words.len()),
            firsts: Vec::with_capacity(words.len()),
            names: 0,
            atoms: vec![Atoms::default(); words.len()],
            starts: vec![[Start::default(); BEGINNINGS]; words.len()],
            places: vec![1; words.len()],
            lines,
        };
        for (index, word) in words.iter().enumerate() {
            let first = word.first as usize;
            let letters = if first == index { narrow(seen.firsts.len()) } else { seen.letters[first] };
            seen.letters.push(letters);
            if first == index {
                seen.firsts.push(word.first);
                seen.read_letters(index, word, word.text(document), lexicon);
            }
        }
        seen.number_names();
        seen.read_classes(clusters);
        for (index, word) in words.iter().enumerate() {
            let first = word.first as usize;
            if first < index {
                seen.read_again(index, word, first, &words[first]);
            }
            seen.atoms[index].set(Field::Gap, of_gap(word.gap));
        }
        seen.read_lists(document, lexicon, words);
        seen.read_rules(document, words, rules);
        seen.read_blocks(document, words);
        seen
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// By what the fields of a word are found.
    pub(super) fn keys(&self, index: usize) -> [u32; FIELDS] {
        let atoms = self.atoms.get(index).copied().unwrap_or_default();
        std::array::from_fn(|field| key(field, atoms.0[field]))
    }

    /// By what the fields of all different letters are found.
    #[inline(always)]
    pub(super) fn keys_of_letters(&self) -> impl ExactSizeIterator<Item = [u32; OF_LETTERS.len()]> {
        self.firsts.iter().map(|&first| self.keys_of(first as usize, OF_LETTERS))
    }

    /// By what the other fields of a word are found, and which of those are its letters.
    #[inline(always)]
    pub(super) fn keys_of_place(&self, index: usize) -> ([u32; OF_PLACE.len()], usize) {
        (self.keys_of(index, OF_PLACE), self.letters.get(index).map_or(0, |&letters| letters as usize))
    }

    #[inline(always)]
    fn keys_of<const N: usize>(&self, index: usize, fields: [Field; N]) -> [u32; N] {
        let atoms = self.atoms.get(index).copied().unwrap_or_default();
        let mut keys = [0; N];
        for (key_of, field) in keys.iter_mut().zip(fields) {
            *key_of = key(field as usize, atoms.get(field));
        }
        keys
    }

    /// By what the fields of a place in a word are found.
    pub(super) fn start_keys(
        &self,
        document: &Document<'_>,
        index: usize,
        place: usize,
    ) -> [u32; START_FIELDS] {
        let Some((start, word)) = self.starts(index).get(place).zip(document.words().list().get(index))
        else {
            return [0; START_FIELDS];
        };
        let words = document.knowledge().lexicon.words();
        let text = word.text(document);
        let from_there = text.get((start.begin - word.begin) as usize..).unwrap_or_default();
        let rest = text.get(start.behind.into()..).unwrap_or_default();
        let facts = match start.article {
            ASSIMILATED => words.facts(rest),
            _ if place == 0 => word.facts,
            _ => words.facts(from_there),
        };
        let letters = of_letters(from_there);
        let values = [
            start.proclitic,
            letters,
            of_letters(first(from_there, 2)),
            of_facts(&facts),
            start.lists,
            u32::from(start.rule),
            u32::from(place > 0 && self.standing.get(finished(letters)).is_some()),
        ];
        let mut number = 1_000;
        values.map(|value| {
            number += 1;
            finished(with(number, value))
        })
    }

    /// The places of a word where a name may begin, the word's own first.
    pub(super) fn starts(&self, index: usize) -> &[Start] {
        let places = self.places.get(index).map_or(0, |&places| usize::from(places));
        self.starts.get(index).and_then(|starts| starts.get(..places)).unwrap_or_default()
    }

    /// The places of a word that has several; none of one where a name can only begin at its own beginning.
    pub(super) fn several(&self, index: usize) -> Range<usize> {
        let places = self.starts(index).len();
        if places > 1 { 0..places } else { 0..0 }
    }

    /// Whether a list has a name that begins behind a proclitic of the word.
    pub(super) fn is_listed_behind_proclitic(&self, index: usize) -> bool {
        self.starts(index).iter().skip(1).any(|start| start.lists != 0)
    }

    /// Whether a name may go on with the word: over a mark only where letters stand for words (`أ.ف.ب`).
    pub(super) fn goes_on(&self, index: usize) -> bool {
        self.atoms.get(index).is_some_and(|atoms| {
            let blank = [Gap::Blank, Gap::Hyphen].map(of_gap).contains(&atoms.get(Field::Gap));
            blank || atoms.get(Field::Shape) / 16 == 1
        })
    }

    fn read_letters(&mut self, index: usize, word: &Word, text: &str, lexicon: &Lexicon) {
        let [first2, first3] = [2, 3].map(|letters| first(text, letters));
        let of_first2 = of_letters(first2);
        let of_first3 = with_letters(of_first2, first3.get(first2.len()..).unwrap_or_default());
        let whole = with_letters(of_first3, text.get(first3.len()..).unwrap_or_default());
        let mut stem = text;
        let mut places = 0;
        let starts = &mut self.starts[index];
        for (article, rest) in lexicon.proclitics().beginnings(text) {
            if rest.is_empty() {
                continue;
            }
            if article != Article::None {
                stem = rest;
            }
            let written = text.len() - rest.len() - article.len();
            let begin = word.begin + u32::try_from(written).unwrap_or(0);
            let from_there = text.get(written..).unwrap_or_default();
            // What is left without a preposition lam may have an article of which lam is all that is written.
            let known = starts.iter().take(places).position(|start| start.begin == begin);
            let place = match known {
                Some(_) if article != Article::Assimilated => continue,
                None if places == BEGINNINGS => continue,
                Some(place) => place,
                None => places,
            };
            let bare = match article {
                Article::None => lexicon.proclitics().without_article(from_there).unwrap_or(from_there),
                Article::Full | Article::Assimilated => rest,
            };
            let (article, behind) = (u8::from(article == Article::Assimilated), text.len() - rest.len());
            let proclitic = of_letters(text.get(..behind).unwrap_or_default());
            let behind = u8::try_from(behind).unwrap_or(0);
            let key = if bare.len() == text.len() { whole } else { of_letters(bare) };
            let start = Start { begin, key, proclitic, article, behind, ..Start::default() };
            starts[place] = start;
            places = places.max(place + 1);
        }
        self.places[index] = u8::try_from(places.max(1)).unwrap_or(1);
        let atoms = &mut self.atoms[index];
        let facts = if word.facts == WordFacts::default() && stem.len() < text.len() {
            of_facts(&lexicon.words().facts(stem)) | 1 << 30
        } else {
            of_facts(&word.facts)
        };
        let is_shorter = stem.len() < text.len();
        let bare = if is_shorter { of_letters(stem) } else { whole };
        for (field, value) in [
            (Field::Word, whole),
            (Field::Stem, bare),
            (Field::Last2, of_letters(last(text, 2))),
            (Field::Last3, of_letters(last(text, 3))),
            (Field::First2, of_first2),
            (Field::First3, of_first3),
            (Field::Facts, facts | u32::from(word.speaks) << 29),
            (Field::Shape, shape(text) * 2 + u32::from(is_shorter)),
        ] {
            atoms.set(field, value);
        }
    }

    /// Reads of a word what is known of the first with its letters.
    fn read_again(&mut self, index: usize, word: &Word, first: usize, of_first: &Word) {
        self.atoms[index] = self.atoms[first];
        self.places[index] = self.places[first];
        self.starts[index] = self.starts[first];
        for start in self.starts[index].iter_mut().take(self.places[first].into()) {
            start.begin = word.begin + (start.begin - of_first.begin);
        }
    }

    /// Gives each name that may begin somewhere its number.
    fn number_names(&mut self) {
        let mut numbers = Slots::with_room(self.firsts.len() * BEGINNINGS);
        for &first in &self.firsts {
            let places = usize::from(self.places[first as usize]);
            for start in self.starts[first as usize].iter_mut().take(places) {
                let number = numbers.number_of(finished(start.key), self.names);
                self.names = self.names.max(number + 1);
                start.name = narrow(number);
            }
        }
    }

    fn read_classes(&mut self, clusters: &Clusters) {
        let keys = |atoms: &Atoms| [Field::Word, Field::Stem].map(|field| atoms.get(field));
        let first = |&first: &u32| keys(&self.atoms[first as usize]).map(|key| clusters.first(key));
        let slots: Vec<[Slot; 2]> = self.firsts.iter().map(first).collect();
        for (&first, [slot, slot_of_stem]) in self.firsts.iter().zip(slots) {
            let atoms = &mut self.atoms[first as usize];
            let [whole, stem] = keys(atoms);
            // Of a word that is in no class its stem's, told apart.
            let (classes, is_stem) = match clusters.of(whole, slot) {
                known if known == Classes::default() => (clusters.of(stem, slot_of_stem), 1 << 20),
                known => (known, 0),
            };
            atoms.set(Field::Coarse, u32::from(classes.coarse) | is_stem);
            atoms.set(Field::Fine, u32::from(classes.fine) | is_stem);
            let standing = finished(whole);
            if self.standing.get(standing).is_none() {
                self.standing.insert(standing, 0);
            }
        }
    }

    fn read_lists(&mut self, document: &Document<'_>, lexicon: &Lexicon, words: &[Word]) {
        let Some(hits) = document.names().last() else { return };
        // Of each word what begins in it, goes on in it and ends in it.
        let mut lists = vec![[0_u32; 3]; words.len()];
        let mut index = 0;
        for hit in hits.iter() {
            while words.get(index).is_some_and(|word| word.end <= hit.begin) {
                index += 1;
            }
            let Some(first) = words.get(index) else { break };
            let bits = bits(lexicon, hit);
            if bits == 0 || first.begin > hit.begin {
                continue;
            }
            let mut end = index;
            while words.get(end).is_some_and(|word| word.begin < hit.end) {
                if let Some([begins, inside, _]) = lists.get_mut(end) {
                    if end == index { *begins |= bits } else { *inside |= bits }
                }
                end += 1;
            }
            if let Some([.., ends]) = lists.get_mut(end.saturating_sub(1)) {
                *ends |= bits;
            }
            let length = u32::try_from((end - index).min(3)).unwrap_or(3);
            let places = usize::from(self.places[index]);
            for start in self.starts[index].iter_mut().take(places).filter(|start| start.begin == hit.begin) {
                start.lists |= bits | length << 28;
            }
        }
        for (atoms, lists) in self.atoms.iter_mut().zip(lists) {
            if lists != [0; 3] {
                atoms.set(Field::Lists, of_numbers(lists));
            }
        }
    }

    fn read_rules(&mut self, document: &Document<'_>, words: &[Word], rules: &[Outermost]) {
        let alignment = &document.folded().alignment;
        for &Outermost { span, kind } in rules {
            let Span { begin, end } = alignment.to_output(span);
            let first = words.partition_point(|word| word.end <= begin);
            let code = rule(kind);
            let behind = words.partition_point(|word| word.begin < end);
            let of_rule = self.atoms.get_mut(first..behind).unwrap_or_default();
            for (atoms, index) in of_rule.iter_mut().zip(0..) {
                atoms.set(Field::Rule, code + u32::from(index > 0));
            }
            let Some((starts, &places)) = self.starts.get_mut(first).zip(self.places.get(first)) else {
                continue;
            };
            for start in starts.iter_mut().take(places.into()).filter(|start| start.begin == begin) {
                start.rule = u16::try_from(code).unwrap_or(0);
            }
        }
    }

    fn read_blocks(&mut self, document: &Document<'_>, words: &[Word]) {
        let alignment = &document.folded().alignment;
        let mut next = 0;
        for block in document.blocks() {
            let span = alignment.to_output(block.span);
            let dateline = block.dateline.map(|dateline| alignment.to_output(dateline.span));
            while let Some(word) = words.get(next).filter(|word| word.begin < span.end) {
                let in_dateline = dateline
                    .is_some_and(|dateline| word.begin < dateline.end && word.begin >= dateline.begin);
                self.atoms[next].set(Field::Place, (1 + block.kind as u32) * 4 + u32::from(in_dateline) * 2);
                next += 1;
            }
        }
        for line in &self.lines {
            if let Some(atoms) = self.atoms.get_mut(line.start) {
                atoms.set(Field::Place, atoms.get(Field::Place) + 1);
            }
        }
    }
}

/// Of an article of which lam is all that is written.
const ASSIMILATED: u8 = 1;

const fn of_gap(gap: Gap) -> u32 {
    gap as u32 + 1
}

/// What a rule's first word of that kind is coded as; one more is a further word.
const fn rule(kind: EntityType) -> u32 {
    1 + 2 * kind as u32
}

/// Whether the rules take a word for one of a name of that kind.
pub(super) const fn is_rule(atoms: Atoms, kind: EntityType) -> bool {
    let by_rule = atoms.get(Field::Rule);
    by_rule == rule(kind) || by_rule == rule(kind) + 1
}

/// By what a field's value is found.
fn key(field: usize, value: u32) -> u32 {
    finished(with(narrow(field) + 1, value))
}

/// There are fewer words than a document has bytes.
fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn first(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

fn last(text: &str, letters: usize) -> &str {
    let begin = text.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    text.get(begin..).unwrap_or_default()
}

/// Its length in letters, 8 at most, and whether it has digits or letters of other scripts.
fn shape(text: &str) -> u32 {
    let (mut letters, mut digits, mut latin, mut other) = (0_u32, false, false, false);
    for c in text.chars() {
        letters += 1;
        // Nearly all are: what costs more is asked of the others.
        if !crate::lexicon::is_arabic_letter(c) {
            digits |= c.is_numeric();
            latin |= c.is_ascii_alphabetic();
            other |= !c.is_ascii();
        }
    }
    letters.min(8) * 8 + u32::from(digits) * 4 + u32::from(latin) * 2 + u32::from(other)
}

/// A class in four steps: never, seldom, at times, often.
const fn step(class: u8) -> u32 {
    match class {
        0 => 0,
        1..=2 => 1,
        3..=5 => 2,
        _ => 3,
    }
}

fn of_facts(facts: &WordFacts) -> u32 {
    let mut bits = match facts.ordinary {
        None => 0,
        Some(class) => 1 + step(class).min(2),
    };
    if let Some(name) = facts.name {
        bits |= 1 << 2 | step(name.given) << 3 | step(name.family) << 5;
        let flags =
            [name.common, name.place, name.foreign, name.alone, name.gender == Some(Gender::Feminine)];
        bits |= flags.iter().enumerate().map(|(at, &flag)| u32::from(flag) << (7 + at)).sum::<u32>();
    }
    bits |= u32::from(facts.follows_abd) << 12 | u32::from(facts.follows_noun) << 13;
    let joiner = match facts.joiner {
        None => 0,
        Some(Joiner::Connector) => 1,
        Some(Joiner::Parent) => 2,
        Some(Joiner::Kunya) => 3,
        Some(Joiner::Mother) => 4,
        Some(Joiner::House) => 5,
        Some(Joiner::Particle) => 6,
    };
    bits | joiner << 14
}

/// What a listed name names: a bit for each kind, another where it is an ordinary word too.
fn bits(lexicon: &Lexicon, hit: &Hit) -> u32 {
    let bit = |at: u32, weak: bool| 1 << (2 * at + u32::from(weak));
    lexicon.readings(hit).fold(0, |bits, reading| {
        bits | match reading.sense {
            Sense::Thing(_) => lexicon.thing(reading.sense).map_or(0, |thing| {
                let at = match (thing.kind, thing.subtype.as_deref()) {
                    (EntityType::Person, _) => 0,
                    (EntityType::Organization, _) => 1,
                    (EntityType::Location, Some(COUNTRY)) => 2,
                    (EntityType::Location, _) => 3,
                    (EntityType::Event, _) => 4,
                    (EntityType::Nationality, _) => 5,
                    _ => 6,
                };
                bit(at, reading.flags.common)
            }),
            Sense::Role(_) => bit(7, reading.flags.common),
            Sense::PersonWord(_) => bit(8, false),
            Sense::Month { .. } | Sense::DateWord(_) => bit(9, false),
            Sense::Currency(_) | Sense::Scale(_) | Sense::Percent => bit(10, false),
            Sense::Nothing => bit(11, false),
        }
    })
}

/// The key of two words side by side.
pub(super) const fn pair(first: u32, second: u32) -> u32 {
    with(with(7, first), second)
}
