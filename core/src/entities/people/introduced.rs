//! People whom the text introduces by their whole name, and the parts by which it calls them then.

use foldhash::fast::RandomState;

use super::chain::{ARTICLE, Chain, joiner};
use super::titles::Titles;
use super::{View, when};
use crate::entities::EntityType;
use crate::entities::candidate::{Candidate, Identity};
use crate::entities::words::ABD;
use crate::lexicon::Joiner;
use crate::maps::TextMap;
use crate::sieve::Endings;

/// Whole names, and who is meant by a part of them.
pub(super) struct Introduced<'d> {
    /// Of each person the folded words of the longest name (see [`parts`]), and who that is.
    people: Vec<(Vec<&'d str>, Identity)>,
    /// By the last word without its article.
    by_family: TextMap<&'d str, Vec<usize>>,
    /// By the first word.
    by_first: TextMap<&'d str, Vec<usize>>,
    /// By the first word as it is written.
    by_given: TextMap<&'d str, Vec<usize>>,
    /// Of each family name as it is written, where in the text somebody of that name stands by more than it, and who,
    /// in order.
    called: TextMap<&'d str, Vec<(usize, usize)>>,
    /// Of the words of the two last.
    endings: Endings,
}

/// So many people of one name are told apart; more are one crowd.
const MOST_NAMESAKES: usize = 8;
/// Few names have more words.
const MOST_PARTS: usize = 4;
const LAM: char = 'ل';
/// What stands between the words of a name.
const BETWEEN: [char; 2] = [' ', '-'];

impl<'d> Introduced<'d> {
    /// The people whose names stand at `spans` of the folded text, and those of the lists.
    pub(super) fn of(view: &View<'d>, spans: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut names: Vec<(usize, &'d str, Vec<&'d str>, Identity)> = Vec::new();
        for (begin, end) in spans {
            let name = view.slice(begin, end);
            if is_one_word(name) {
                continue;
            }
            let words = parts(view, name);
            let listed = view.listed_person(begin, end).map(|thing| thing.identity(view));
            let identity = listed.unwrap_or_else(|| named(&words));
            names.push((begin, name, words, identity));
        }
        for hit in view.hits.iter() {
            if view.person(hit).is_none() {
                continue;
            }
            let name = view.slice(hit.begin as usize, hit.end as usize);
            if !is_one_word(name)
                && let Some(listed) = view.listed_person(hit.begin as usize, hit.end as usize)
            {
                names.push((hit.begin as usize, name, parts(view, name), listed.identity(view)));
            }
        }
        // The longest first: a shorter form of a name is the person's who has the longer.
        names.sort_by_key(|(_, _, words, _)| usize::MAX - words.len());
        let mut introduced = Self {
            people: Vec::with_capacity(names.len()),
            by_family: map_of(names.len()),
            by_first: map_of(names.len()),
            by_given: map_of(names.len()),
            called: map_of(names.len()),
            endings: Endings::default(),
        };
        for (begin, name, words, identity) in names {
            let index = introduced.find(&words).unwrap_or_else(|| introduced.add(words, identity));
            let written = |word: Option<&'d str>| word.unwrap_or(name);
            let (given, family) = (written(name.split(BETWEEN).next()), written(name.rsplit(BETWEEN).next()));
            // A shorter form may begin or end with the father's name: `خليل` of `سامر خليل منصور`.
            let Some((whole, _)) = introduced.people.get(index) else { continue };
            if whole.last().is_some_and(|last| family.ends_with(bare(last))) {
                introduced.called.entry(bare(family)).or_default().push((begin, index));
            }
            if whole.first().is_some_and(|first| given.starts_with(first)) {
                note(&mut introduced.by_given, given, index);
            }
        }
        introduced.called.values_mut().for_each(|called| called.sort_unstable());
        for word in introduced.called.keys().chain(introduced.by_given.keys()) {
            introduced.endings.add(word);
        }
        introduced
    }

    fn add(&mut self, words: Vec<&'d str>, identity: Identity) -> usize {
        let index = self.people.len();
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            note(&mut self.by_family, bare(last), index);
            note(&mut self.by_first, first, index);
        }
        self.people.push((words, identity));
        index
    }

    /// Whose name `words` are a shorter form of.
    fn find(&self, words: &[&str]) -> Option<usize> {
        let (first, last) = (words.first()?, words.last()?);
        let candidates = self.by_family.get(bare(last)).into_iter().chain(self.by_first.get(first)).flatten();
        candidates
            .copied()
            .find(|&index| self.people.get(index).is_some_and(|(whole, _)| is_part(words, whole)))
    }

    /// Who is meant by a family name without its article at byte `at`: who of that name was called last, else who
    /// is called next.
    fn of_family(&self, name: &str, at: usize) -> Option<usize> {
        let called = self.called.get(name)?;
        let before = called.partition_point(|&(begin, _)| begin < at);
        called.get(before.saturating_sub(1)).map(|&(_, index)| index)
    }

    /// Who is meant by the name at `begin..end` of the folded text.
    pub(super) fn identity(&self, view: &View<'d>, begin: usize, end: usize) -> Identity {
        if let Some(listed) = view.listed_person(begin, end) {
            return listed.identity(view);
        }
        let name = view.slice(begin, end);
        let words = parts(view, name);
        let by_whole = || if words.len() > 1 { self.find(&words) } else { None };
        let by_word = || if is_one_word(name) { self.find_single(name, begin) } else { None };
        let person = by_whole().or_else(by_word).and_then(|index| self.people.get(index));
        person.map_or_else(|| named(&words), |(_, identity)| identity.clone())
    }

    fn find_single(&self, word: &str, at: usize) -> Option<usize> {
        self.of_family(bare(word), at).or_else(|| self.by_given.get(word)?.last().copied())
    }

    /// Where a family name of two words begins whose second stands at `index`: `عبد الهادي`, `آل سويلم`.
    fn with_connector(&self, view: &View<'d>, index: usize, rest: &str) -> Option<usize> {
        let before = index.checked_sub(1).filter(|_| view.follows(index))?;
        let (whole, _) = self.people.get(self.of_family(bare(rest), view.begin(index))?)?;
        let connector = whole.len().checked_sub(2).and_then(|at| whole.get(at))?;
        let is_connector = *connector == ABD || joiner(view, connector).is_some_and(Joiner::connects);
        let word = view.text(before);
        let written = word.len().checked_sub(connector.len())?;
        (is_connector && word.ends_with(connector) && written <= 'و'.len_utf8())
            .then(|| view.begin(before) + written)
    }

    /// Proposes the parts of names that stand alone.
    pub(super) fn propose(
        &self,
        view: &View<'d>,
        titles: &Titles,
        chains: &[Chain],
        out: &mut Vec<Candidate>,
    ) {
        let mut chains = chains.iter().filter(|chain| chain.last > chain.first).peekable();
        let words = view.lexicon.words();
        for index in 0..view.words.len() {
            // Few words end as somebody's name does; no proclitic is at their end.
            if !self.endings.may_end(view.bytes(index)) || view.is_preposition(index) {
                continue;
            }
            while chains.next_if(|chain| chain.last < index).is_some() {}
            if chains.peek().is_some_and(|chain| chain.first <= index) {
                continue;
            }
            let word = view.text(index);
            let mut readings =
                view.lexicon.without_proclitics(word).filter(|rest| rest.chars().nth(2).is_some());
            let Some((rest, (whole, person), is_family)) = readings.find_map(|rest| {
                let family = self.of_family(bare(rest), view.begin(index));
                let given = || match self.by_given.get(rest)?.as_slice() {
                    [only] => Some(*only),
                    _ => None,
                };
                let person = family.or_else(given)?;
                Some((rest, self.people.get(person)?, family.is_some()))
            }) else {
                continue;
            };
            let facts = words.facts(rest);
            let has_proclitic = rest.len() < word.len();
            let common = facts.name.is_some_and(|name| name.common)
                || facts.name.is_none() && facts.ordinary.is_some()
                || has_proclitic && view.facts(index).ordinary.is_some();
            let speech = |index: usize| view.speaks(index);
            let end = view.end(index);
            let connected = self.with_connector(view, index, rest);
            let first = if connected.is_some() { index.saturating_sub(1) } else { index };
            // What follows a connector is a name.
            let common = common && connected.is_none();
            // Of `سيف الإسلام` the second word alone is nobody's name.
            if facts.follows_noun && connected.is_none() {
                continue;
            }
            let announced = titles.announce(first);
            let beside_speech = view.follows(first) && first.checked_sub(1).is_some_and(speech)
                || view.follows(index + 1) && speech(index + 1);
            let weights = view.weights;
            let score = if is_family { weights.person_introduced } else { weights.person_introduced_given }
                + when(common, weights.person_common_single)
                + when(common && facts.name.is_none(), weights.person_introduced_ordinary)
                + when(common, f32::from(facts.ordinary.unwrap_or(0)) * weights.person_ordinary)
                + when(announced.role, weights.person_after_role)
                + when(beside_speech, weights.person_introduced_speech);
            // `للمطوع`: of the article the lam alone is written.
            let whole = person_has_article(whole)
                && word.strip_suffix(rest).is_some_and(|written| written.ends_with("لل"));
            let lam = if whole { LAM.len_utf8() } else { 0 };
            let begin = connected.unwrap_or(end - rest.len() - lam);
            out.push(view.candidate(begin, end, EntityType::Person, person.clone(), score));
        }
    }
}

/// Whether the last word of a name has the article.
fn person_has_article(words: &[&str]) -> bool {
    words.last().is_some_and(|last| last.starts_with(ARTICLE))
}

/// A map with room for so many.
fn map_of<'d, T>(count: usize) -> TextMap<&'d str, T> {
    TextMap::with_capacity_and_hasher(count, RandomState::default())
}

/// Notes a person who has that word.
fn note<'d>(people: &mut TextMap<&'d str, Vec<usize>>, word: &'d str, person: usize) {
    let namesakes = people.entry(word).or_default();
    if namesakes.len() < MOST_NAMESAKES && !namesakes.contains(&person) {
        namesakes.push(person);
    }
}

fn is_one_word(name: &str) -> bool {
    !name.contains(BETWEEN)
}

/// Of nobody whom a list knows. Some write a space where others write none: `أبو بكر`, `أبوبكر`.
fn named(words: &[&str]) -> Identity {
    Identity::Named(words.concat())
}

/// The words of a name; one that is written together with the next is a word still: `عبدالله`, `نورالدين`.
fn parts<'n>(view: &View<'_>, name: &'n str) -> Vec<&'n str> {
    let mut parts = Vec::with_capacity(MOST_PARTS);
    for word in name.split(BETWEEN) {
        let (first, second) = word.split_at_checked(joint(view, word)).unwrap_or(("", word));
        parts.extend([first, second].into_iter().filter(|part| !part.is_empty()));
    }
    parts
}

/// Where the second of two words begins that are written as one; 0 in others.
fn joint(view: &View<'_>, word: &str) -> usize {
    let words = view.lexicon.words();
    let noun = |at: &usize| word.get(*at..).is_some_and(|rest| words.facts(rest).follows_noun);
    let articles = word.as_bytes().windows(ARTICLE.len()).enumerate();
    let mut articles = articles.filter(|(_, bytes)| *bytes == ARTICLE.as_bytes()).map(|(at, _)| at);
    match word.strip_prefix(ABD) {
        Some(rest) if words.facts(rest).follows_abd => ABD.len(),
        _ => articles.find(noun).unwrap_or_default(),
    }
}

fn bare(word: &str) -> &str {
    word.strip_prefix(ARTICLE).filter(|bare| !bare.is_empty()).unwrap_or(word)
}

/// Whether `words` are some of the words of `whole`, in order, the first or the last among them.
fn is_part(words: &[&str], whole: &[&str]) -> bool {
    let mut rest = whole.iter();
    let all = words.iter().all(|word| rest.any(|other| bare(other) == bare(word)));
    all && (words.first() == whole.first() || words.last().map(|w| bare(w)) == whole.last().map(|w| bare(w)))
}
