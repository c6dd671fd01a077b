//! Finds listed names in folded text.

use std::ops::Range;

use super::tree::{self, Hash, Node};
use super::{Article, Lexicon, Reading, Written, is_word_char, word_length};
use crate::guide::Guide;
use crate::slots::Slot;

/// A listed name in a text. Offsets are in bytes of the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// Where the name begins: with its article, after its proclitics.
    pub(crate) begin: u32,
    pub(crate) end: u32,
    /// Where the name begins without its article.
    pub(crate) bare: u32,
    /// Where the word begins: before `begin` if there are proclitics.
    pub(crate) word: u32,
    pub(crate) article: Article,
    /// `لل` before a name of which the list has the article and the bare name begins with lam: three
    /// lams are written as two.
    merged_lam: bool,
    pub(super) pattern: u32,
}

impl Hit {
    /// Whether something is written together with the name before it.
    pub(crate) fn has_proclitic(&self) -> bool {
        self.word < self.begin
    }

    pub(super) fn admits(&self, reading: &Reading) -> bool {
        match reading.written {
            Written::AsListed => self.article == Article::None,
            Written::WithArticle => self.article != Article::None || self.merged_lam,
            Written::EitherWay => true,
        }
    }
}

/// So many hits stay of those that begin or end at one place, whatever they name; of others the longest
/// of each kind. Names lie in names, but not many in each other: a caller's list that is made of them
/// (`اب`, `اب اب`, …) must not cost as many hits for each word of the text as it has rows.
const MOST_AT_ONE_PLACE: usize = 4;

/// A set of types of what names mean; the lowest bit is for all that are no things.
#[derive(Clone, Copy, Default)]
struct Kinds(u32);

impl Kinds {
    fn has(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }
}

/// A word in a text that is searched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) begin: u32,
    pub(crate) end: u32,
    /// The first word with the same letters, by its place among them all.
    pub(crate) first: u32,
}

/// The words of a text that is too short for many to stand in it twice.
fn places(text: &str) -> Vec<Place> {
    let mut places = Vec::new();
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let length = word_length(rest);
        if let (1.., Ok(begin), Ok(bytes), Ok(first)) = (
            length,
            u32::try_from(text.len() - rest.len()),
            u32::try_from(length),
            u32::try_from(places.len()),
        ) {
            places.push(Place { begin, end: begin + bytes, first });
        }
        rest = rest.get(length.max(sign.len_utf8())..).unwrap_or_default();
    }
    places
}

/// Where a name may begin in a word, or at a sign.
struct Start<'l> {
    /// What the tree has of its first word or sign.
    node: &'l Node,
    /// How many bytes of the word stand before it, proclitics and article.
    before: usize,
    /// How many it has.
    length: usize,
    article: Article,
}

/// Where names may begin in the words of a text.
struct Starts<'l> {
    list: Vec<Start<'l>>,
    /// Which are of each first word with its letters.
    of_word: Vec<(u32, u32)>,
}

impl<'l> Starts<'l> {
    fn of(&self, word: &Place) -> &[Start<'l>] {
        let range = self.of_word.get(word.first as usize);
        range.and_then(|&(from, to)| self.list.get(from as usize..to as usize)).unwrap_or_default()
    }
}

/// The hits of a lexicon in a text, ordered by where they begin, longer ones first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    by_begin: Vec<Hit>,
    begins: Guide,
    /// Where the same end, with their indexes: in order, longer ones first.
    by_end: Vec<(u32, u32)>,
    ends: Guide,
}

impl Hits {
    fn new(mut by_begin: Vec<Hit>, lexicon: &Lexicon) -> Self {
        by_begin.sort_unstable_by_key(|hit| (hit.begin, u32::MAX - hit.end, hit.pattern));
        lexicon.keep_most(&mut by_begin, |hit| hit.begin);
        let ends = |hits: &[Hit]| {
            // A text shorter than 4 GiB has fewer hits than an index counts. Of two that end together the longer has
            // the lower one.
            let mut ends: Vec<(u32, u32)> = hits.iter().map(|hit| hit.end).zip(0..).collect();
            // Those are in order already between which the text has a place that none goes over.
            let (mut first, mut reach) = (0, 0);
            for (index, hit) in hits.iter().enumerate() {
                if reach <= hit.begin {
                    ends.get_mut(first..index).unwrap_or_default().sort_unstable();
                    first = index;
                }
                reach = reach.max(hit.end);
            }
            ends.get_mut(first..).unwrap_or_default().sort_unstable();
            ends
        };
        let mut by_end = ends(&by_begin);
        if by_end.chunk_by(|a, b| a.0 == b.0).any(|at_one| at_one.len() > MOST_AT_ONE_PLACE) {
            by_begin.sort_unstable_by_key(|hit| (hit.end, hit.begin, hit.pattern));
            lexicon.keep_most(&mut by_begin, |hit| hit.end);
            by_begin.sort_unstable_by_key(|hit| (hit.begin, u32::MAX - hit.end, hit.pattern));
            by_end = ends(&by_begin);
        }
        let begins = Guide::to(by_begin.iter().map(|hit| hit.begin));
        let ends = Guide::to(by_end.iter().map(|(end, _)| *end));
        Self { by_begin, begins, by_end, ends }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Hit> {
        self.by_begin.iter()
    }

    /// The hits that begin at `at`, longest first.
    pub(crate) fn beginning_at(&self, at: usize) -> impl Iterator<Item = &Hit> {
        let from = self.begins.before(&self.by_begin, at, |hit| (hit.begin as usize) < at);
        self.by_begin.get(from..).unwrap_or_default().iter().take_while(move |hit| hit.begin as usize == at)
    }

    /// The hits that end at `at`, longest first.
    pub(crate) fn ending_at(&self, at: usize) -> impl Iterator<Item = &Hit> {
        let from = self.ends.before(&self.by_end, at, |(end, _)| (*end as usize) < at);
        let here = self.by_end.get(from..).unwrap_or_default().iter();
        let here = here.take_while(move |(end, _)| *end as usize == at);
        here.filter_map(|(_, index)| self.by_begin.get(*index as usize))
    }
}

impl Lexicon {
    /// The letters between the word's beginning and the end of `folded`, where they are a proclitic
    /// (or none).
    pub(crate) fn proclitic_before<'t>(&self, folded: &'t str) -> Option<&'t str> {
        self.proclitics.before(folded).map(|(written, _)| written)
    }

    /// The names in `folded`, overlapping ones too, but no more than a few at one place.
    pub(crate) fn search(&self, folded: &str) -> Hits {
        self.search_words(folded, &places(folded))
    }

    /// The same in a text whose words are known: what depends on their letters alone is asked for once.
    pub(crate) fn search_words(&self, folded: &str, words: &[Place]) -> Hits {
        if self.tree.is_empty() {
            return Hits::default();
        }
        let starts = self.starts(folded, words);
        let mut hits = Vec::new();
        let mut behind = 0;
        for word in words {
            let begin = word.begin as usize;
            // Most words are parted by a blank alone.
            if folded.as_bytes().get(behind..begin) != Some(b" ") {
                self.find_at_signs(folded, behind..begin, &mut hits);
            }
            for start in starts.of(word) {
                self.find(folded, begin, start, &mut hits);
            }
            behind = word.end as usize;
        }
        self.find_at_signs(folded, behind..folded.len(), &mut hits);
        Hits::new(hits, self)
    }

    /// Where in the words names may begin: behind proclitics.
    fn starts(&self, folded: &str, words: &[Place]) -> Starts<'_> {
        // A name may begin at twice as many places as there are words.
        let mut asked = Vec::with_capacity(2 * words.len());
        for (word, _) in words.iter().zip(0..).filter(|(word, index)| word.first == *index) {
            let letters = folded.get(word.begin as usize..word.end as usize).unwrap_or_default();
            for (article, bare) in self.proclitics.beginnings(letters).filter(|(_, bare)| !bare.is_empty()) {
                asked.push((
                    word.first,
                    article,
                    letters.len() - bare.len(),
                    bare.len(),
                    Hash::of_word(bare),
                ));
            }
        }
        let slots: Vec<Slot> = asked.iter().map(|(.., hash)| self.tree.first(*hash)).collect();
        let found =
            asked.into_iter().zip(slots).filter_map(|((word, article, before, length, hash), slot)| {
                Some((word, Start { node: self.tree.node(hash, slot)?, before, length, article }))
            });
        let mut starts = Starts { list: Vec::new(), of_word: vec![(0, 0); words.len()] };
        for ((word, start), index) in found.zip(0..) {
            starts.list.push(start);
            if let Some((from, to)) = starts.of_word.get_mut(word as usize) {
                *from = if *to == 0 { index } else { *from };
                *to = index + 1;
            }
        }
        starts
    }

    /// Adds the names that begin with a sign between two words.
    fn find_at_signs(&self, folded: &str, between: Range<usize>, hits: &mut Vec<Hit>) {
        let from = between.start;
        let gap = folded.get(between).unwrap_or_default();
        for (at, sign) in gap.char_indices().filter(|(_, sign)| !tree::is_blank(*sign)) {
            let hash = Hash::of_sign(sign);
            if let Some(node) = self.tree.node(hash, self.tree.first(hash)) {
                let start = Start { node, before: 0, length: sign.len_utf8(), article: Article::None };
                self.find(folded, from + at, &start, hits);
            }
        }
    }

    /// Adds the names that begin with `start` of the word or sign at `word`.
    fn find(&self, folded: &str, word: usize, start: &Start<'_>, hits: &mut Vec<Hit>) {
        let bare = folded.get(word + start.before..).unwrap_or_default();
        let first = hits.len();
        let found = self.tree.beginning(bare, (start.node, start.length));
        hits.extend(found.filter_map(|(pattern, length)| self.hit(folded, word, start, length, pattern)));
        hits.get_mut(first..).unwrap_or_default().reverse();
        if hits.len() > first + MOST_AT_ONE_PLACE {
            let mut of_one = hits.split_off(first);
            self.keep_most(&mut of_one, |_| 0);
            hits.append(&mut of_one);
        }
    }

    /// Keeps of hits that share a place, which must come longest first, the first ones and those of further kinds.
    fn keep_most(&self, hits: &mut Vec<Hit>, place: impl Fn(&Hit) -> u32) {
        let is_full = |hits: &[Hit]| hits.len() > MOST_AT_ONE_PLACE;
        if !hits.chunk_by(|a, b| place(a) == place(b)).any(is_full) {
            return;
        }
        let (mut last, mut count, mut kinds) = (None, 0, Kinds::default());
        hits.retain(|hit| {
            if last != Some(place(hit)) {
                (last, count, kinds) = (Some(place(hit)), 0, Kinds::default());
            }
            let of_hit = self.kinds(hit);
            let stays = count < MOST_AT_ONE_PLACE || !kinds.has(of_hit);
            if stays {
                count += 1;
                kinds.0 |= of_hit.0;
            }
            stays
        });
    }

    /// What `hit` may name.
    fn kinds(&self, hit: &Hit) -> Kinds {
        let bit = |reading: &Reading| self.thing(reading.sense).map_or(1, |thing| 2 << thing.kind as u32);
        Kinds(self.readings(hit).map(bit).fold(0, |kinds, bit| kinds | bit))
    }

    fn hit(&self, folded: &str, word: usize, start: &Start<'_>, length: usize, pattern: u32) -> Option<Hit> {
        let (bare, article) = (word + start.before, start.article);
        let (name, rest) = folded.get(bare..)?.split_at_checked(length)?;
        // A sign (`%`) has no word around it whose end could be missed.
        let is_word = name.chars().next().is_some_and(is_word_char);
        if is_word && rest.chars().next().is_some_and(is_word_char) {
            return None;
        }
        let written = folded.get(word..bare)?;
        let merged_lam = article == Article::None && written.ends_with('ل') && name.starts_with('ل');
        let hit = Hit {
            begin: u32::try_from(bare.checked_sub(article.len())?).ok()?,
            end: u32::try_from(bare + length).ok()?,
            bare: u32::try_from(bare).ok()?,
            word: u32::try_from(word).ok()?,
            article,
            merged_lam,
            pattern,
        };
        self.of_pattern(pattern).any(|reading| hit.admits(reading)).then_some(hit)
    }
}
