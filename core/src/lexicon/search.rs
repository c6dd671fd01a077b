//! Finds listed names in folded text.

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
const MOST_AT_ONE_PLACE: u32 = 4;
/// So many names that end at one place are looked at, longest first.
const MOST_TRIED: usize = 32;

/// What is kept of the hits that share a place; they must come longest first.
#[derive(Default)]
struct Kept {
    count: u32,
    kinds: Kinds,
}

impl Kept {
    /// Whether one more hit at the place stays.
    fn keeps(&mut self, kinds: Kinds) -> bool {
        let stays = self.count < MOST_AT_ONE_PLACE || !self.kinds.has(kinds);
        if stays {
            self.count += 1;
            self.kinds.0 |= kinds.0;
        }
        stays
    }
}

/// A set of types of what names mean; the lowest bit is for all that are no things.
#[derive(Clone, Copy, Default)]
struct Kinds(u32);

impl Kinds {
    fn has(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }
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
        let (mut place, mut kept) = (0, Kept::default());
        by_begin.retain(|hit| {
            if hit.begin != place {
                (place, kept) = (hit.begin, Kept::default());
            }
            kept.keeps(lexicon.kinds(hit))
        });
        // A text shorter than 4 GiB has fewer hits than an index counts.
        let mut by_end: Vec<u32> = (0..).take(by_begin.len()).collect();
        by_end.sort_by_key(|&index| by_begin.get(index as usize).map(|hit| (hit.end, hit.begin)));
        Self { by_begin, by_end }
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
        let Some(automaton) = &self.automaton else { return Hits::default() };
        // Names that a line end divides are names; what a block end divides is the next stage's to see.
        let bytes = folded.bytes().map(|b| if matches!(b, b'\n' | b'\r' | b'\t') { b' ' } else { b });
        let mut hits = Vec::new();
        // Of the names that end at one place the automaton gives the longest; in it are the others.
        for found in automaton.find_overlapping_no_suffix_iter_from_iter(bytes) {
            let mut kept = Kept::default();
            let ending = self.and_its_suffixes(found.value()).take(MOST_TRIED);
            hits.extend(ending.filter_map(|(pattern, length)| {
                let begin = found.end().checked_sub(length as usize)?;
                let hit = self.hit(folded, begin, found.end(), pattern)?;
                kept.keeps(self.kinds(&hit)).then_some(hit)
            }));
        }
        Hits::new(hits, self)
    }

    /// A pattern and those that it ends in, longest first, with their lengths in bytes.
    fn and_its_suffixes(&self, pattern: u32) -> impl Iterator<Item = (u32, u32)> {
        let node = |pattern: u32| {
            let (length, next) = self.suffixes.get(pattern as usize).copied()?;
            Some((pattern, length, next))
        };
        std::iter::successors(node(pattern), move |&(_, _, next)| node(next?))
            .map(|(pattern, length, _)| (pattern, length))
    }

    /// What `hit` may name.
    fn kinds(&self, hit: &Hit) -> Kinds {
        let bit = |reading: &Reading| self.thing(reading.sense).map_or(1, |thing| 2 << thing.kind as u32);
        Kinds(self.readings(hit).map(bit).fold(0, |kinds, bit| kinds | bit))
    }

    fn hit(&self, folded: &str, bare: usize, end: usize, pattern: u32) -> Option<Hit> {
        let (ahead, name) = folded.split_at_checked(bare)?;
        let rest = folded.get(end..)?;
        // A sign (`%`) has no word around it whose end could be missed.
        let is_word = name.chars().next().is_some_and(is_word_char);
        if is_word && rest.chars().next().is_some_and(is_word_char) {
            return None;
        }
        let (written, article) = if is_word { self.proclitics.before(ahead)? } else { ("", Article::None) };
        let merged_lam = article == Article::None && written.ends_with('ل') && name.starts_with('ل');
        let begin = bare.checked_sub(article.len())?;
        let hit = Hit {
            begin: u32::try_from(begin).ok()?,
            end: u32::try_from(end).ok()?,
            bare: u32::try_from(bare).ok()?,
            word: u32::try_from(bare.checked_sub(written.len())?).ok()?,
            article,
            merged_lam,
            pattern,
        };
        self.of_pattern(pattern).any(|reading| hit.admits(reading)).then_some(hit)
    }
}
