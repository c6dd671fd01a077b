//! What is seen of each word of a document before anything is learned of it: its letters, what the lists have of it,
//! what the rules take it for, where it stands.

// Rows of labels, types and places have fixed sizes, and words are counted by the loops over them: what indexes is
// below the size by construction, and the property tests try.
#![allow(clippy::indexing_slicing)]

use std::ops::Range;

use super::clusters::{Classes, Clusters};
use super::hash::{NOTHING, finished, of_letters, of_numbers, with, with_bytes};
use super::lattice::BEGINNINGS;
use crate::entities::EntityType;
use crate::entities::names::COUNTRY;
use crate::entities::resolve::Outermost;
use crate::entities::words::{Gap, Word};
use crate::lexicon::{Article, Gender, Hit, Joiner, Lexicon, Sense, WordFacts, is_arabic, is_arabic_letter};
use crate::slots::{Slot, Slots};
use crate::{Document, Span};

/// The fields of a word: what is seen of it, as numbers that features are made of.
#[derive(Clone, Copy)]
enum Field {
    Word,
    Stem,
    Last2,
    Last3,
    First2,
    First3,
    Facts,
    Lists,
    Rule,
    Gap,
    Shape,
    Place,
    Coarse,
    Fine,
}

/// How many fields a word has.
pub const FIELDS: usize = 14;

/// The fields that depend on a word's letters alone: read once of all words with the same.
#[derive(Clone, Copy, Debug, Default)]
struct Letters {
    /// All of them.
    word: u32,
    /// Without what is written together with it, where its article shows that.
    stem: u32,
    /// The last two and three.
    last2: u32,
    last3: u32,
    /// The first two and three.
    first2: u32,
    first3: u32,
    /// What the word is in people's names, and how ordinary.
    facts: u32,
    /// How many there are, and of which kinds.
    shape: u32,
    /// The word's class among few, and that among many.
    coarse: u32,
    fine: u32,
}

impl Letters {
    const FIELDS: [Field; 10] = [
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

    /// In the order of the fields.
    #[inline(always)]
    const fn values(&self) -> [u32; Self::FIELDS.len()] {
        let &Self { word, stem, last2, last3, first2, first3, facts, shape, coarse, fine } = self;
        [word, stem, last2, last3, first2, first3, facts, shape, coarse, fine]
    }
}

/// The fields that depend on where a word stands.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    /// What the names of the lists that it is in name.
    lists: u32,
    /// What the rules take it for.
    rule: u32,
    /// What stands before it.
    gap: u32,
    /// Its block, and whether it is a line's first word.
    place: u32,
}

impl Standing {
    const FIELDS: [Field; 4] = [Field::Lists, Field::Rule, Field::Gap, Field::Place];

    /// In the order of the fields.
    #[inline(always)]
    const fn values(&self) -> [u32; Self::FIELDS.len()] {
        [self.lists, self.rule, self.gap, self.place]
    }
}

// Each field is one of either.
const _: () = assert!(Letters::FIELDS.len() + Standing::FIELDS.len() == FIELDS);

/// How many fields a place has: what stands before it in the word; the letters from there on; the first two of them; what
/// the rest is in people's names, and how ordinary; what the names of the lists name that begin there; what the rules take
/// it for, if something begins there; whether the rest stands elsewhere in the document as a word.
pub const START_FIELDS: usize = 7;

/// The fields of a word that the lists and the rules give.
pub const LISTED: [usize; 2] = [Field::Lists as usize, Field::Rule as usize];
/// Those of a place.
pub const START_LISTED: [usize; 2] = [4, 5];

/// A place in a word where a name may begin, as the letters show it: read once of all words with the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    /// Of the letters from there on without their article: by this a name is known again.
    pub(super) key: u32,
    /// The number of that.
    pub(super) name: u32,
    /// Of the letters before it in the word.
    pub(super) proclitic: u32,
    /// In bytes of the word, its article not passed and passed.
    before: u8,
    behind: u8,
    /// Whether lam is all that is written of an article there.
    is_assimilated: bool,
}

/// What is said of such a place where the word stands.
#[derive(Clone, Copy, Debug, Default)]
struct AtStart {
    /// What the names of the lists name.
    lists: u32,
    /// What the rules take it for.
    rule: u32,
}

/// A word as the tagger sees it.
#[derive(Clone, Copy, Debug)]
struct SeenWord {
    /// In bytes of the folded text.
    begin: u32,
    /// The number of its letters.
    letters: u32,
    /// Where its places are among those of all different letters, and how many.
    first_start: u32,
    places: u32,
    /// Where what is said of them is.
    first_said: u32,
    standing: Standing,
}

impl SeenWord {
    const fn starts(&self) -> Range<usize> {
        self.first_start as usize..(self.first_start + self.places) as usize
    }

    const fn said(&self) -> Range<usize> {
        self.first_said as usize..(self.first_said + self.places) as usize
    }
}

/// A document as the tagger sees it.
#[derive(Debug)]
pub(super) struct Seen {
    /// The words that stand in the document, by their letters.
    spelled: Slots,
    words: Vec<SeenWord>,
    /// The different ones.
    letters: Vec<Letters>,
    /// Of each of those the places where a name may begin, its own beginning first.
    starts: Vec<Start>,
    /// Of each word what is said of them.
    said: Vec<AtStart>,
    /// How many different names may begin in the words.
    pub(super) names: usize,
    pub(super) lines: Vec<Range<usize>>,
}

impl Seen {
    /// Of `document`, of which the rules say `rules`.
    pub(super) fn of(document: &Document<'_>, rules: &[Outermost], clusters: &Clusters) -> Self {
        let words = document.words().list();
        let lexicon = &document.knowledge().lexicon;
        let folded = &document.folded().text;
        let mut seen = Self {
            spelled: Slots::default(),
            words: Vec::with_capacity(words.len()),
            letters: Vec::with_capacity(words.len()),
            starts: Vec::with_capacity(2 * words.len()),
            said: Vec::new(),
            names: 0,
            lines: super::lines::lines(document, words),
        };
        let mut first_said = 0;
        for (index, word) in words.iter().enumerate() {
            let letters = match seen.words.get(word.first as usize) {
                Some(first) if (word.first as usize) < index => *first,
                _ => seen.read_letters(word, word.text_in(folded), lexicon),
            };
            let standing = Standing { gap: of_gap(word.gap), ..Standing::default() };
            seen.words.push(SeenWord { begin: word.begin, first_said, standing, ..letters });
            first_said += letters.places;
        }
        seen.said = vec![AtStart::default(); first_said as usize];
        seen.number_names();
        seen.read_classes(clusters);
        seen.read_lists(document, lexicon, words);
        seen.read_rules(document, words, rules);
        seen.read_blocks(document, words);
        seen
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// By what the fields of a word are found.
    pub(super) fn keys(&self, index: usize) -> [u32; FIELDS] {
        let (of_place, letters) = self.keys_of_place(index);
        let of_letters = self.letters.get(letters).copied().unwrap_or_default();
        let mut keys = [0; FIELDS];
        for (field, key) in Letters::FIELDS.into_iter().zip(keys_of(Letters::FIELDS, of_letters.values())) {
            keys[field as usize] = key;
        }
        for (field, key) in Standing::FIELDS.into_iter().zip(of_place) {
            keys[field as usize] = key;
        }
        keys
    }

    /// By what the fields of all different letters are found.
    #[inline(always)]
    pub(super) fn keys_of_letters(&self) -> impl ExactSizeIterator<Item = [u32; Letters::FIELDS.len()]> {
        self.letters.iter().map(|letters| keys_of(Letters::FIELDS, letters.values()))
    }

    /// By what the other fields of a word are found, and which of those are its letters.
    #[inline(always)]
    pub(super) fn keys_of_place(&self, index: usize) -> ([u32; Standing::FIELDS.len()], usize) {
        let (standing, letters) =
            self.words.get(index).map_or_else(Default::default, |word| (word.standing, word.letters));
        (keys_of(Standing::FIELDS, standing.values()), letters as usize)
    }

    /// By what the fields of a place in a word are found.
    pub(super) fn start_keys(
        &self,
        document: &Document<'_>,
        index: usize,
        place: usize,
    ) -> [u32; START_FIELDS] {
        let start = self.starts(index).get(place).zip(self.said(index).get(place));
        let letters = self.words.get(index).and_then(|word| self.letters.get(word.letters as usize));
        let word = letters.zip(document.words().list().get(index));
        let Some(((start, said), (of_word, word))) = start.zip(word) else {
            return [0; START_FIELDS];
        };
        let words = document.knowledge().lexicon.words();
        let text = word.text(document);
        let from_there = text.get(start.before.into()..).unwrap_or_default();
        let facts = if start.is_assimilated {
            words.facts(text.get(start.behind.into()..).unwrap_or_default())
        } else if place == 0 {
            word.facts
        } else {
            words.facts(from_there)
        };
        let (letters, first2) = if start.before == 0 {
            (of_word.word, of_word.first2)
        } else {
            (of_letters(from_there), of_letters(first(from_there, 2)))
        };
        let values = [
            start.proclitic,
            letters,
            first2,
            of_facts(&facts),
            said.lists,
            said.rule,
            u32::from(place > 0 && self.spelled.get(finished(letters)).is_some()),
        ];
        let mut number = 1_000;
        values.map(|value| {
            number += 1;
            finished(with(number, value))
        })
    }

    /// The places of a word where a name may begin, the word's own first.
    pub(super) fn starts(&self, index: usize) -> &[Start] {
        self.words.get(index).and_then(|word| self.starts.get(word.starts())).unwrap_or_default()
    }

    /// Where those are, in bytes of the folded text.
    pub(super) fn begins(&self, index: usize) -> impl Iterator<Item = u32> {
        let begin = self.words.get(index).map_or(0, |word| word.begin);
        self.starts(index).iter().map(move |start| begin + u32::from(start.before))
    }

    fn said(&self, index: usize) -> &[AtStart] {
        self.words.get(index).and_then(|word| self.said.get(word.said())).unwrap_or_default()
    }

    /// The places of a word that has several; none of one where a name can only begin at its own beginning.
    pub(super) fn several(&self, index: usize) -> Range<usize> {
        match self.words.get(index) {
            Some(word) if word.places > 1 => 0..word.places as usize,
            _ => 0..0,
        }
    }

    /// Whether a list has a name that begins behind a proclitic of the word.
    pub(super) fn is_listed_behind_proclitic(&self, index: usize) -> bool {
        self.said(index).iter().skip(1).any(|said| said.lists != 0)
    }

    /// Whether a name may go on with the word: over a mark only where letters stand for words (`أ.ف.ب`).
    pub(super) fn goes_on(&self, index: usize) -> bool {
        const OVER: [u32; 2] = [of_gap(Gap::Blank), of_gap(Gap::Hyphen)];
        self.words.get(index).is_some_and(|word| {
            OVER.contains(&word.standing.gap)
                || self.letters.get(word.letters as usize).is_some_and(|letters| letters.shape / 16 == 1)
        })
    }

    /// What the rules take a word for.
    pub(super) fn rule(&self, index: usize) -> u32 {
        self.words.get(index).map_or(0, |word| word.standing.rule)
    }

    /// Whether the rules take a word for one of a name of that kind.
    pub(super) fn is_rule(&self, index: usize, kind: EntityType) -> bool {
        [rule(kind), rule(kind) + 1].contains(&self.rule(index))
    }

    /// Reads a word whose letters stood in none before.
    fn read_letters(&mut self, word: &Word, text: &str, lexicon: &Lexicon) -> SeenWord {
        let Edges { whole, first2, first3, last2, last3, shape } = Edges::of(text);
        let first_start = self.starts.len();
        let (mut stem, mut of_stem) = (text, whole);
        for (article, rest) in lexicon.proclitics().beginnings(text) {
            if rest.is_empty() {
                continue;
            }
            if article != Article::None {
                (stem, of_stem) = (rest, of_letters(rest));
            }
            let behind = text.len() - rest.len();
            let before = behind - article.len();
            let is_assimilated = article == Article::Assimilated;
            let starts = self.starts.get(first_start..).unwrap_or_default();
            // What is left without a preposition lam may have an article of which lam is all that is written.
            let place = match starts.iter().position(|start| usize::from(start.before) == before) {
                Some(_) if !is_assimilated => continue,
                None if starts.len() == BEGINNINGS => continue,
                Some(place) => place,
                None => starts.len(),
            };
            let key = if article != Article::None {
                of_stem
            } else if let Some(bare) = lexicon.proclitics().without_article(rest) {
                of_letters(bare)
            } else if behind == 0 {
                whole
            } else {
                of_letters(rest)
            };
            let proclitic = of_letters(text.get(..behind).unwrap_or_default());
            let [before, behind] = [before, behind].map(|bytes| u8::try_from(bytes).unwrap_or(0));
            let start = Start { key, name: 0, proclitic, before, behind, is_assimilated };
            match self.starts.get_mut(first_start + place) {
                Some(known) => *known = start,
                None => self.starts.push(start),
            }
        }
        let is_shorter = stem.len() < text.len();
        let facts = if is_shorter && word.facts == WordFacts::default() {
            of_facts(&lexicon.words().facts(stem)) | 1 << 30
        } else {
            of_facts(&word.facts)
        };
        let letters = narrow(self.letters.len());
        self.letters.push(Letters {
            word: whole,
            stem: of_stem,
            last2,
            last3,
            first2,
            first3,
            facts: facts | u32::from(word.speaks) << 29,
            shape: shape * 2 + u32::from(is_shorter),
            ..Letters::default()
        });
        let places = narrow(self.starts.len() - first_start);
        let (first_start, standing) = (narrow(first_start), Standing::default());
        SeenWord { begin: word.begin, letters, first_start, places, first_said: 0, standing }
    }

    /// Gives each name that may begin somewhere its number.
    fn number_names(&mut self) {
        let mut numbers = Slots::with_room(self.starts.len());
        for start in &mut self.starts {
            let number = numbers.number_of(finished(start.key), self.names);
            self.names = self.names.max(number + 1);
            start.name = narrow(number);
        }
    }

    fn read_classes(&mut self, clusters: &Clusters) {
        let first = |letters: &Letters| [letters.word, letters.stem].map(|key| clusters.first(key));
        let slots: Vec<[Slot; 2]> = self.letters.iter().map(first).collect();
        self.spelled = Slots::with_room(self.letters.len());
        for (letters, [slot, slot_of_stem]) in self.letters.iter_mut().zip(slots) {
            // Of a word that is in no class its stem's, told apart.
            let (classes, is_stem) = match clusters.of(letters.word, slot) {
                known if known == Classes::default() => (clusters.of(letters.stem, slot_of_stem), 1 << 20),
                known => (known, 0),
            };
            letters.coarse = u32::from(classes.coarse) | is_stem;
            letters.fine = u32::from(classes.fine) | is_stem;
            self.spelled.insert(finished(letters.word), 0);
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
            if let Some(said) = self.said_at(index, hit.begin) {
                said.lists |= bits | length << 28;
            }
        }
        for (word, lists) in self.words.iter_mut().zip(lists) {
            if lists != [0; 3] {
                word.standing.lists = of_numbers(lists);
            }
        }
    }

    fn read_rules(&mut self, document: &Document<'_>, words: &[Word], rules: &[Outermost]) {
        let mut alignment = document.folded().alignment.walk();
        for &Outermost { span, kind } in rules {
            let Span { begin, end } = alignment.output_of(span);
            let [first, behind] = [begin, end].map(|at| document.words().first_from(at as usize));
            // It may begin within a word.
            let before = first.checked_sub(1);
            let is_within = |&before: &usize| words.get(before).is_some_and(|word| word.end > begin);
            let first = before.filter(is_within).unwrap_or(first);
            let code = rule(kind);
            for (word, index) in self.words.get_mut(first..behind).unwrap_or_default().iter_mut().zip(0..) {
                word.standing.rule = code + u32::from(index > 0);
            }
            if let Some(said) = self.said_at(first, begin) {
                said.rule = code;
            }
        }
    }

    /// What is said of the place of a word that is there in the folded text.
    fn said_at(&mut self, index: usize, at: u32) -> Option<&mut AtStart> {
        let word = self.words.get(index)?;
        let before = at.checked_sub(word.begin)?;
        let mut starts = self.starts.get(word.starts())?.iter();
        let place = starts.position(|start| u32::from(start.before) == before)?;
        self.said.get_mut(word.said())?.get_mut(place)
    }

    fn read_blocks(&mut self, document: &Document<'_>, words: &[Word]) {
        let mut alignment = document.folded().alignment.walk();
        let mut left = self.words.iter_mut().zip(words).peekable();
        for block in document.blocks() {
            let span = alignment.output_of(block.span);
            let dateline = block.dateline.map(|dateline| alignment.output_of(dateline.span));
            while let Some((seen, word)) = left.next_if(|(_, word)| word.begin < span.end) {
                let in_dateline = dateline
                    .is_some_and(|dateline| word.begin < dateline.end && word.begin >= dateline.begin);
                seen.standing.place = (1 + block.kind as u32) * 4 + u32::from(in_dateline) * 2;
            }
        }
        for line in &self.lines {
            if let Some(word) = self.words.get_mut(line.start) {
                word.standing.place += 1;
            }
        }
    }
}

const fn of_gap(gap: Gap) -> u32 {
    gap as u32 + 1
}

/// What a rule's first word of that kind is coded as; one more is a further word.
const fn rule(kind: EntityType) -> u32 {
    1 + 2 * kind as u32
}

/// By what fields with these values are found.
#[inline(always)]
fn keys_of<const N: usize>(fields: [Field; N], values: [u32; N]) -> [u32; N] {
    let mut keys = values;
    for (key, field) in keys.iter_mut().zip(fields) {
        *key = finished(with(field as u32 + 1, *key));
    }
    keys
}

/// There are fewer words than a document has bytes.
pub(super) fn narrow(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn first(text: &str, letters: usize) -> &str {
    text.char_indices().nth(letters).map_or(text, |(at, _)| text.get(..at).unwrap_or_default())
}

fn last(text: &str, letters: usize) -> &str {
    let begin = text.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    text.get(begin..).unwrap_or_default()
}

/// The hashes of a word's letters, of the first and of the last of them; and its shape.
struct Edges {
    whole: u32,
    first2: u32,
    first3: u32,
    last2: u32,
    last3: u32,
    shape: u32,
}

impl Edges {
    #[inline]
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        match bytes.split_first_chunk().zip(bytes.last_chunk()) {
            Some(((first, rest), last)) if is_arabic(text) => Self::of_arabic(*first, rest, *last),
            _ => Self::of_any(text),
        }
    }

    /// Of three letters or more that have two bytes each: the first three, those behind them, the last three.
    #[inline]
    fn of_arabic(first: [u8; 6], rest: &[u8], last: [u8; 6]) -> Self {
        let first2 = with_bytes(NOTHING, &first[..4]);
        let first3 = with_bytes(first2, &first[4..]);
        Self {
            whole: with_bytes(first3, rest),
            first2,
            first3,
            last2: with_bytes(NOTHING, &last[2..]),
            last3: with_bytes(NOTHING, &last),
            shape: narrow(3 + rest.len() / 2).min(8) * 8,
        }
    }

    #[cold]
    fn of_any(text: &str) -> Self {
        let [first2, first3] = [2, 3].map(|letters| of_letters(first(text, letters)));
        let [last2, last3] = [2, 3].map(|letters| of_letters(last(text, letters)));
        Self { whole: of_letters(text), first2, first3, last2, last3, shape: shape(text) }
    }
}

/// Its length in letters, 8 at most, and whether it has digits or letters of other scripts.
fn shape(text: &str) -> u32 {
    let (mut letters, mut digits, mut latin, mut other) = (0_u32, false, false, false);
    for c in text.chars() {
        letters += 1;
        if !is_arabic_letter(c) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_arabic_letters_are_read_as_any() {
        let all = |text: &str| {
            let Edges { whole, first2, first3, last2, last3, shape } = Edges::of(text);
            [whole, first2, first3, last2, last3, shape]
        };
        let expected = |text: &str| {
            let Edges { whole, first2, first3, last2, last3, shape } = Edges::of_any(text);
            [whole, first2, first3, last2, last3, shape]
        };
        let words = [
            "ا",
            "من",
            "قال",
            "كتاب",
            "وبالكتاب",
            "والمستشفيات",
            "ab",
            "كa",
            "قالa",
            "كتa9",
            "é€",
            "٣٤٥",
            "",
        ];
        for word in words {
            assert_eq!(all(word), expected(word), "{word}");
        }
        let arabic: Vec<_> = words.into_iter().filter(|word| is_arabic(word)).collect();
        assert_eq!(arabic, ["ا", "من", "قال", "كتاب", "وبالكتاب", "والمستشفيات", ""]);
    }
}
