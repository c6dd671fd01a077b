//! Finds listed names in folded text.

use std::ops::Range;

use super::tree::{self, Hash};
use super::{Article, Lexicon, Reading, Written, is_word_char};

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

/// A place where a name may begin.
struct Start {
    /// Of its first word or sign.
    hash: Hash,
    first: Range<usize>,
    /// Where the word begins, before its proclitics.
    word: usize,
    article: Article,
}

/// The hits of a lexicon in a text, ordered by where they begin, longer ones first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    by_begin: Vec<Hit>,
    /// Indexes of the same, ordered by where they end, longer ones first.
    by_end: Vec<u32>,
}

impl Hits {
    fn new(mut by_begin: Vec<Hit>, lexicon: &Lexicon) -> Self {
        by_begin.sort_unstable_by_key(|hit| (hit.begin, u32::MAX - hit.end, hit.pattern));
        lexicon.keep_most(&mut by_begin, |hit| hit.begin);
        let by_end = |hits: &[Hit]| {
            // A text shorter than 4 GiB has fewer hits than an index counts.
            let mut by_end: Vec<u32> = (0..).take(hits.len()).collect();
            by_end.sort_by_key(|&index| hits.get(index as usize).map(|hit| (hit.end, hit.begin)));
            by_end
        };
        let mut ends = by_end(&by_begin);
        let end = |&index: &u32| by_begin.get(index as usize).map(|hit| hit.end);
        if ends.chunk_by(|a, b| end(a) == end(b)).any(|at_one| at_one.len() > MOST_AT_ONE_PLACE) {
            by_begin.sort_unstable_by_key(|hit| (hit.end, hit.begin, hit.pattern));
            lexicon.keep_most(&mut by_begin, |hit| hit.end);
            by_begin.sort_unstable_by_key(|hit| (hit.begin, u32::MAX - hit.end, hit.pattern));
            ends = by_end(&by_begin);
        }
        Self { by_begin, by_end: ends }
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, Hit> {
        self.by_begin.iter()
    }

    /// The hits that begin at `at`, longest first.
    pub(crate) fn beginning_at(&self, at: usize) -> impl Iterator<Item = &Hit> {
        let from = self.by_begin.partition_point(|hit| (hit.begin as usize) < at);
        self.by_begin.get(from..).unwrap_or_default().iter().take_while(move |hit| hit.begin as usize == at)
    }

    /// The hits that end at `at`, longest first.
    pub(crate) fn ending_at(&self, at: usize) -> impl Iterator<Item = &Hit> {
        let hit = |&index: &u32| self.by_begin.get(index as usize);
        let from = self.by_end.partition_point(|index| hit(index).is_some_and(|hit| (hit.end as usize) < at));
        let rest = self.by_end.get(from..).unwrap_or_default().iter();
        rest.filter_map(hit).take_while(move |hit| hit.end as usize == at)
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
        if self.tree.is_empty() {
            return Hits::default();
        }
        let starts = self.starts(folded);
        let first: Vec<_> = starts.iter().map(|start| self.tree.first(start.hash)).collect();
        let (mut hits, mut of_one) = (Vec::new(), Vec::new());
        for (start, first) in starts.iter().zip(first) {
            let bare = folded.get(start.first.start..).unwrap_or_default();
            let found = self.tree.beginning(bare, (start.hash, start.first.len()), first);
            of_one.extend(found.filter_map(|(pattern, length)| self.hit(folded, start, length, pattern)));
            of_one.reverse();
            self.keep_most(&mut of_one, |_| 0);
            hits.append(&mut of_one);
        }
        Hits::new(hits, self)
    }

    /// Where names may begin: in words behind proclitics, and at signs.
    fn starts(&self, folded: &str) -> Vec<Start> {
        // A word begins at twice as many places as there are words, which have some ten bytes.
        let mut starts = Vec::with_capacity(folded.len() / 5);
        let mut rest = folded;
        while let Some(first) = rest.chars().next() {
            let at = folded.len() - rest.len();
            let word = tree::first_word(rest);
            if word.is_empty() && !tree::is_blank(first) {
                let (hash, first) = (Hash::of_sign(first), at..at + first.len_utf8());
                starts.push(Start { hash, first, word: at, article: Article::None });
            }
            let end = at + word.len();
            for (article, bare) in self.proclitics.beginnings(word).filter(|(_, bare)| !bare.is_empty()) {
                let hash = Hash::of_word(bare);
                starts.push(Start { hash, first: end - bare.len()..end, word: at, article });
            }
            rest = rest.get(word.len().max(first.len_utf8())..).unwrap_or_default();
        }
        starts
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

    fn hit(&self, folded: &str, start: &Start, length: usize, pattern: u32) -> Option<Hit> {
        let Start { first: Range { start: bare, .. }, word, article, .. } = *start;
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
