//! People whom the text introduces by their whole name, and the parts by which it calls them then.

use super::chain::{ABD, Chain, joiner};
use super::titles::Titles;
use super::{View, when};
use crate::entities::EntityType;
use crate::entities::candidate::{Candidate, Identity};
use crate::lexicon::Joiner;
use crate::maps::TextMap;

/// Whole names, and who is meant by a part of them.
pub(super) struct Introduced<'d> {
    /// Of each person the folded words of the longest name, and who that is.
    people: Vec<(Vec<&'d str>, Identity)>,
    /// By the last word without its article; of several the last introduced.
    by_family: TextMap<&'d str, Vec<usize>>,
    by_given: TextMap<&'d str, Vec<usize>>,
}

/// So many people of one name are told apart; more are one crowd.
const MOST_NAMESAKES: usize = 8;
const ARTICLE: &str = "ال";
const LAM: char = 'ل';

impl<'d> Introduced<'d> {
    /// The people of the chains that are names by themselves, and of the lists.
    pub(super) fn of(view: &View<'d>, chains: &[Chain]) -> Self {
        let mut names: Vec<(Vec<&'d str>, Identity)> = Vec::new();
        for chain in chains {
            let words: Vec<&'d str> = view.slice(chain.begin, chain.end).split([' ', '-']).collect();
            if words.len() < 2 || chain.score(view.weights) < view.weights.threshold {
                continue;
            }
            let listed = view.listed_person(chain.begin, chain.end).map(|thing| thing.identity(view));
            let identity = listed.unwrap_or_else(|| Identity::Named(words.join(" ")));
            names.push((words, identity));
        }
        for hit in view.hits.iter() {
            if let Some(listed) = view.listed_person(hit.begin as usize, hit.end as usize) {
                let words: Vec<&'d str> =
                    view.slice(hit.begin as usize, hit.end as usize).split([' ', '-']).collect();
                if words.len() > 1 {
                    names.push((words, listed.identity(view)));
                }
            }
        }
        // The longest first: a shorter form of a name is the person's who has the longer.
        names.sort_by_key(|(words, _)| usize::MAX - words.len());
        let mut introduced =
            Self { people: Vec::new(), by_family: TextMap::default(), by_given: TextMap::default() };
        for (words, identity) in names {
            if introduced.find(&words).is_none() {
                introduced.add(words, identity);
            }
        }
        introduced
    }

    fn add(&mut self, words: Vec<&'d str>, identity: Identity) {
        let index = self.people.len();
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            for (map, word) in [(&mut self.by_family, bare(last)), (&mut self.by_given, *first)] {
                let namesakes = map.entry(word).or_default();
                if namesakes.len() < MOST_NAMESAKES {
                    namesakes.push(index);
                }
            }
        }
        self.people.push((words, identity));
    }

    /// Whose name `words` are a shorter form of.
    fn find(&self, words: &[&str]) -> Option<&Identity> {
        let (first, last) = (words.first()?, words.last()?);
        let candidates = self.by_family.get(bare(last)).into_iter().chain(self.by_given.get(first)).flatten();
        candidates
            .filter_map(|&index| self.people.get(index))
            .find(|(whole, _)| is_part(words, whole))
            .map(|(_, identity)| identity)
    }

    /// Who is meant by `chain`.
    pub(super) fn identity(&self, view: &View<'d>, chain: &Chain) -> Identity {
        let name = view.slice(chain.begin, chain.end);
        let words: Vec<&str> = name.split([' ', '-']).collect();
        let found = if words.len() > 1 { self.find(&words) } else { self.find_single(name) };
        found.cloned().unwrap_or_else(|| Identity::Named(words.join(" ")))
    }

    fn find_single(&self, word: &str) -> Option<&Identity> {
        let of = |map: &TextMap<&str, Vec<usize>>, word: &str| map.get(word)?.last().copied();
        let index = of(&self.by_family, bare(word)).or_else(|| of(&self.by_given, word))?;
        self.people.get(index).map(|(_, identity)| identity)
    }

    /// Where a family name of two words begins whose second stands at `index`: `عبد الهادي`, `آل سويلم`.
    fn with_connector(&self, view: &View<'d>, index: usize, rest: &str) -> Option<usize> {
        let before = index.checked_sub(1).filter(|_| view.follows(index))?;
        let people = self.by_family.get(bare(rest))?;
        let (whole, _) = self.people.get(*people.last()?)?;
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
            while chains.next_if(|chain| chain.last < index).is_some() {}
            if chains.peek().is_some_and(|chain| chain.first <= index) {
                continue;
            }
            if view.is_preposition(index) {
                continue;
            }
            let word = view.text(index);
            let mut readings = view.lexicon.without_proclitics(word).filter(|rest| rest.chars().count() > 2);
            let Some((rest, (whole, person), is_family)) = readings.find_map(|rest| {
                let family = self.by_family.get(bare(rest)).and_then(|people| people.last());
                let given =
                    || self.by_given.get(rest).filter(|people| people.len() == 1).and_then(|p| p.last());
                let index = family.or_else(given)?;
                Some((rest, self.people.get(*index)?, family.is_some()))
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

fn bare(word: &str) -> &str {
    word.strip_prefix(ARTICLE).filter(|bare| !bare.is_empty()).unwrap_or(word)
}

/// Whether `words` are some of the words of `whole`, in order, the first or the last among them.
fn is_part(words: &[&str], whole: &[&str]) -> bool {
    let mut rest = whole.iter();
    let all = words.iter().all(|word| rest.any(|other| bare(other) == bare(word)));
    all && (words.first() == whole.first() || words.last().map(|w| bare(w)) == whole.last().map(|w| bare(w)))
}
