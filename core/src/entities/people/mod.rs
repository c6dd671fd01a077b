//! People by the words that their names are made of, and the offices and titles beside them.
//!
//! `chain` reads how far a name reaches, `titles` the offices and other words about people, `introduced`
//! joins a surname with the whole name. What each sees is a set of features that `evidence.tsv` weighs.

mod chain;
mod introduced;
#[cfg(test)]
mod tests;
mod titles;

use super::EntityType;
use super::candidate::{Candidate, Identity, MentionSource, Origin};
use super::words::{AND, Gap, PREPOSITION, Word};
use crate::Document;
use crate::lexicon::{Hit, Hits, Lexicon, NameWord, Sense, Weights, WordFacts};
use chain::Chain;
use introduced::Introduced;
use titles::Titles;

/// Proposes people and their offices.
pub(super) struct People;

impl MentionSource for People {
    fn propose(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        let Some(view) = View::new(document) else { return };
        let titles = Titles::read(&view);
        let mut chains: Vec<Chain> = Vec::new();
        let mut next = 0;
        while next < view.words.len() {
            match chain::read(&view, &titles, next) {
                Some(chain) => {
                    next = chain.last + 1;
                    chains.push(chain);
                }
                None => next += 1,
            }
        }
        let sure = chains.iter().filter(|chain| chain.score(view.weights) >= view.weights.threshold);
        let introduced = Introduced::of(&view, sure.map(|chain| (chain.begin, chain.end)));
        for chain in &chains {
            let identity = introduced.identity(&view, chain.begin, chain.end);
            let score = chain.score(view.weights);
            out.push(view.candidate(chain.begin, chain.end, EntityType::Person, identity, score));
        }
        introduced.propose(&view, &titles, &chains, out);
        titles.propose(&view, &chains, out);
    }
}

/// Who is meant by each of the names that are `asked` for, among those at `spans` of the folded text.
pub(super) fn joined(
    document: &Document<'_>,
    spans: impl Iterator<Item = (usize, usize)>,
    asked: &[(usize, usize)],
) -> Vec<Identity> {
    let view = if asked.is_empty() { None } else { View::new(document) };
    let Some(view) = view else { return vec![Identity::Surface; asked.len()] };
    let introduced = Introduced::of(&view, spans);
    asked.iter().map(|&(begin, end)| introduced.identity(&view, begin, end)).collect()
}

/// What the parts of this source look at.
struct View<'d> {
    document: &'d Document<'d>,
    lexicon: &'d Lexicon,
    weights: &'d Weights,
    hits: &'d Hits,
    /// The index of the built-in lexicon among the document's.
    index: usize,
    words: &'d [Word],
}

/// A listed person, by the index in the built-in lexicon.
#[derive(Clone, Copy)]
struct Listed(u32);

impl Listed {
    fn identity(self, view: &View<'_>) -> Identity {
        Identity::Thing(view.index, self.0)
    }
}

impl<'d> View<'d> {
    fn new(document: &'d Document<'d>) -> Option<Self> {
        let lexicon = &document.knowledge().lexicon;
        Some(Self {
            document,
            lexicon,
            weights: &lexicon.evidence().weights,
            hits: document.names().last()?,
            index: document.names().len() - 1,
            words: document.words().list(),
        })
    }

    fn text(&self, index: usize) -> &'d str {
        self.words.get(index).map_or("", |word| word.text(self.document))
    }

    /// The bytes of the word at `index`.
    fn bytes(&self, index: usize) -> &'d [u8] {
        self.words.get(index).map_or(&[], |word| word.bytes(self.document))
    }

    /// What the lists say of the word at `index`; nothing where there is none.
    fn facts(&self, index: usize) -> WordFacts {
        self.words.get(index).map(|word| word.facts).unwrap_or_default()
    }

    fn name(&self, index: usize) -> Option<NameWord> {
        self.facts(index).name
    }

    /// Whether the word announces speech.
    fn speaks(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.speaks)
    }

    fn slice(&self, begin: usize, end: usize) -> &'d str {
        self.document.folded().text.get(begin..end).unwrap_or_default()
    }

    fn begin(&self, index: usize) -> usize {
        self.words.get(index).map_or(0, |word| word.begin as usize)
    }

    fn end(&self, index: usize) -> usize {
        self.words.get(index).map_or(0, |word| word.end as usize)
    }

    /// Whether only blanks (or a hyphen) part the word from the one before.
    fn follows(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| matches!(word.gap, Gap::Blank | Gap::Hyphen))
    }

    fn is_other_language(&self, index: usize) -> bool {
        let word = self.words.get(index);
        word.is_some_and(|word| self.document.other_lines().hold_word(self.document, word))
    }

    /// The index of the word after byte `end` of the folded text.
    fn word_after(&self, end: usize) -> usize {
        self.document.words().first_from(end)
    }

    fn things(&self, hit: &'d Hit) -> impl Iterator<Item = (u32, EntityType)> {
        self.lexicon.readings(hit).filter(|reading| !reading.flags.common).filter_map(|reading| {
            let Sense::Thing(thing) = reading.sense else { return None };
            Some((thing, self.lexicon.thing(reading.sense)?.kind))
        })
    }

    /// Whether the word is written as a preposition that folding makes a name: `على`, `وعلى`.
    fn is_preposition(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.preposition)
    }

    /// Whether `word`, at `index` behind a proclitic or not, is the name that folding makes a preposition: it is
    /// where the text writes the preposition so.
    fn is_ali(&self, word: &str, index: usize) -> bool {
        word == PREPOSITION && self.document.words().has_preposition && !self.is_preposition(index)
    }

    /// The word after the longest listed name of `kind` at `index`.
    fn after(&self, index: usize, kind: EntityType) -> Option<usize> {
        let mut hits = self.hits.beginning_at(self.begin(index));
        let hit = hits.find(|hit| self.things(hit).any(|(_, k)| k == kind))?;
        Some(self.word_after(hit.end as usize))
    }

    /// The person whom a list knows by just this name.
    fn listed_person(&self, begin: usize, end: usize) -> Option<Listed> {
        let mut hits = self.hits.beginning_at(begin).filter(|hit| hit.end as usize == end);
        hits.find_map(|hit| self.person(hit))
    }

    /// The person whom `hit` names.
    fn person(&self, hit: &'d Hit) -> Option<Listed> {
        self.things(hit).find(|&(_, kind)| kind == EntityType::Person).map(|(thing, _)| Listed(thing))
    }

    fn candidate(
        &self,
        begin: usize,
        end: usize,
        kind: EntityType,
        identity: Identity,
        score: f32,
    ) -> Candidate {
        Candidate {
            span: self.document.source_span(begin, end),
            kind: Some(kind),
            identity,
            country: None,
            value: None,
            subtype: None,
            is_built: false,
            is_closed: true,
            score,
            origin: Origin::List,
        }
    }
}

/// Times `weight`, where it is seen.
fn when(seen: bool, weight: f32) -> f32 {
    if seen { weight } else { 0.0 }
}
