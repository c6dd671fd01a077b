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

/// All hits of a lexicon in a text, ordered by where they begin, longer ones first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hits {
    by_begin: Vec<Hit>,
    /// The same, ordered by where they end, longer ones first.
    by_end: Vec<Hit>,
}

impl Hits {
    fn new(mut by_begin: Vec<Hit>) -> Self {
        by_begin.sort_unstable_by_key(|hit| (hit.begin, u32::MAX - hit.end, hit.pattern));
        let mut by_end = by_begin.clone();
        by_end.sort_by_key(|hit| (hit.end, hit.begin));
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
        let from = self.by_end.partition_point(|hit| (hit.end as usize) < at);
        self.by_end.get(from..).unwrap_or_default().iter().take_while(move |hit| hit.end as usize == at)
    }
}

impl Lexicon {
    /// The letters between the word's beginning and the end of `folded`, where they are a proclitic
    /// (or none).
    pub(crate) fn proclitic_before<'t>(&self, folded: &'t str) -> Option<&'t str> {
        self.proclitics.before(folded).map(|(written, _)| written)
    }

    /// The names in `folded`, overlapping ones too.
    pub(crate) fn search(&self, folded: &str) -> Hits {
        let Some(automaton) = &self.automaton else { return Hits::default() };
        // Names that a line end divides are names; what a block end divides is the next stage's to see.
        let bytes = folded.bytes().map(|b| if matches!(b, b'\n' | b'\r' | b'\t') { b' ' } else { b });
        let hits = automaton
            .find_overlapping_iter_from_iter(bytes)
            .filter_map(|found| self.hit(folded, found.start(), found.end(), found.value()));
        Hits::new(hits.collect())
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
