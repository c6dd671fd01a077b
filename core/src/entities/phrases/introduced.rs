//! Names that the text itself introduces: `شركة نور الخليج للطاقة`, then `نور الخليج`; what stands in brackets after
//! a body is another name of it.

use super::super::EntityType;
use super::super::candidate::{Candidate, Identity, Origin};
use super::super::words::{Gap, Word};
use super::grammar::{Grammar, Phrase};
use crate::Document;
use crate::maps::TextMap;
use crate::sieve::Endings;

/// So many names may begin with one word.
const MOST_OF_ONE_WORD: usize = 8;
/// A short name has no more words.
const MOST_WORDS_IN_BRACKETS: usize = 3;
/// Kinds of bodies that are called by the name alone that a class noun introduced.
const CALLED_BY_NAME: [&str; 8] =
    ["agency", "armed_group", "bank", "broadcaster", "club", "company", "newspaper", "party"];

/// The names that a document introduces, with what they name.
pub(super) struct Introduced<'d> {
    document: &'d Document<'d>,
    words: &'d [Word],
    text: &'d str,
    by_first_word: TextMap<&'d str, Vec<Name<'d>>>,
    /// Of the same first words: behind a proclitic a word ends as without.
    endings: Endings,
}

struct Name<'d> {
    letters: &'d str,
    kind: EntityType,
    identity: Identity,
    is_closed: bool,
}

impl<'d> Introduced<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        Self {
            document,
            words: document.words().list(),
            text: &document.folded().text,
            by_first_word: TextMap::default(),
            endings: Endings::default(),
        }
    }

    /// Notes the names that `phrase` introduces.
    pub(super) fn add(&mut self, grammar: &Grammar<'d>, phrase: &Phrase<'d>, candidate: &Candidate) {
        if phrase.head.kind != EntityType::Organization {
            return;
        }
        if let Some((begin, end)) = self.in_brackets(grammar, phrase) {
            self.note(begin, end, candidate);
        }
        let named = phrase.features.name_words > 0 || phrase.features.quoted || phrase.features.noun;
        if !CALLED_BY_NAME.contains(&&*phrase.head.subtype) || !named || phrase.thing.is_some() {
            return;
        }
        let from = phrase.complement;
        for end in [phrase.core_end, phrase.end] {
            let Some(letters) = self.text.get(from..end) else { continue };
            // One word that others use as well is no name by itself.
            if letters.contains(' ') || phrase.features.name_words > 0 {
                self.note(from, end, candidate);
            }
        }
    }

    fn note(&mut self, begin: usize, end: usize, candidate: &Candidate) {
        let Some(letters) = self.text.get(begin..end) else { return };
        let letters = letters.trim_end_matches(|c: char| !c.is_alphanumeric());
        let first = letters.split(' ').next().unwrap_or_default();
        self.endings.add(first);
        let names = self.by_first_word.entry(first).or_default();
        if names.len() < MOST_OF_ONE_WORD && !names.iter().any(|name| name.letters == letters) {
            names.push(Name {
                letters,
                kind: EntityType::Organization,
                identity: candidate.identity.clone(),
                is_closed: candidate.is_closed,
            });
        }
    }

    /// A short name in brackets or quotation marks after the phrase.
    fn in_brackets(&self, grammar: &Grammar<'d>, phrase: &Phrase<'d>) -> Option<(usize, usize)> {
        let first = self.words.get(phrase.next).filter(|word| word.gap == Gap::Opening)?;
        let between = self.text.get(phrase.end..first.begin as usize)?;
        if between.trim_start_matches(' ').chars().count() != 1 {
            return None;
        }
        let rest = self.words.get(phrase.next..)?.iter().take(MOST_WORDS_IN_BRACKETS);
        let mut end = first.end;
        for (index, word) in rest.enumerate() {
            if index > 0 && !matches!(word.gap, Gap::Blank | Gap::Hyphen) {
                break;
            }
            end = word.end;
        }
        let closes = self.text.get(end as usize..)?.chars().next()?;
        let letters = self.text.get(first.begin as usize..end as usize)?;
        let is_name = grammar.is_short_name(letters, first.begin as usize);
        (matches!(closes, ')' | '"' | '»' | '”') && is_name).then_some((first.begin as usize, end as usize))
    }

    /// Proposes the names wherever they stand.
    pub(super) fn propose(&self, score: f32, out: &mut Vec<Candidate>) {
        if self.by_first_word.is_empty() {
            return;
        }
        let lexicon = &self.document.knowledge().lexicon;
        for word in self.words {
            if !self.endings.may_end(word.bytes(self.document)) {
                continue;
            }
            let text = word.text(self.document);
            // A name may stand behind a proclitic.
            let found = lexicon
                .without_proclitics(text)
                .find_map(|bare| Some((word.end as usize - bare.len(), self.by_first_word.get(bare)?)));
            let Some((begin, names)) = found else { continue };
            for name in names {
                let end = begin + name.letters.len();
                let is_here = self.text.get(begin..end).is_some_and(|here| here == name.letters)
                    && !self
                        .text
                        .get(end..)
                        .is_some_and(|rest| rest.chars().next().is_some_and(crate::lexicon::is_word_char));
                if is_here {
                    out.push(Candidate {
                        span: self.document.source_span(begin, end),
                        kind: Some(name.kind),
                        identity: name.identity.clone(),
                        country: None,
                        value: None,
                        subtype: None,
                        is_built: true,
                        is_closed: name.is_closed,
                        score,
                        origin: Origin::List,
                    });
                }
            }
        }
    }
}
