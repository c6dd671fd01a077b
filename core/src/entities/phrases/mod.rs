//! Names that are put together of a class noun and its complement, as a source of mentions.
//!
//! `grammar` reads how far such a phrase reaches and what it consists of; what that speaks for a name is
//! weighed here, by `evidence.tsv` and the noun's own weight in `heads.tsv`.

mod grammar;
mod introduced;

use super::candidate::{Candidate, Identity, MentionSource, Origin};
use super::{EntityType, source_span};
use crate::Document;
use crate::lexicon::Weights;
use grammar::{Features, Grammar, Phrase};
use introduced::Introduced;

/// Proposes bodies, events and places that are named by a class noun with what follows.
pub(super) struct Phrases;

impl MentionSource for Phrases {
    fn propose(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        let Some(grammar) = Grammar::new(document) else { return };
        let weights = &document.knowledge().lexicon.evidence().weights;
        let mut phrases: Vec<(usize, Phrase<'_>)> = Vec::new();
        // From the end, so that a phrase in a phrase is known when the outer one is read.
        for index in (0..document.words().list().len()).rev() {
            if let Some(phrase) = grammar.read(index, &phrases)
                && score(&phrase, weights) >= weights.threshold
            {
                phrases.push((index, phrase));
            }
        }
        let lexicon = document.lexicons().count().saturating_sub(1);
        let mut introduced = Introduced::new(document);
        for (_, phrase) in phrases.iter().rev() {
            let candidate = candidate(document, phrase, score(phrase, weights), lexicon);
            introduced.add(&grammar, phrase, &candidate);
            out.push(candidate);
        }
        introduced.propose(weights.phrase_introduced, out);
    }
}

fn candidate(document: &Document<'_>, phrase: &Phrase<'_>, score: f32, lexicon: usize) -> Candidate {
    let begin = if phrase.introduces() { phrase.complement } else { phrase.begin };
    let name = document.folded().text.get(begin..phrase.end).unwrap_or_default();
    let identity = match phrase.thing {
        Some(thing) => Identity::Thing(lexicon, thing),
        None => Identity::Named(name.strip_prefix("ال").unwrap_or(name).to_owned()),
    };
    Candidate {
        span: source_span(document, begin, phrase.end),
        kind: Some(phrase.head.kind),
        identity,
        country: None,
        value: None,
        is_built: true,
        is_closed: super::names::BRANDS.contains(&&*phrase.head.subtype),
        score,
        origin: Origin::List,
    }
}

impl Phrase<'_> {
    /// Whether the noun is outside the name: with adjectives of its own (`الشركة المصرية للاتصالات`) it is not.
    fn introduces(&self) -> bool {
        self.head.introduces && self.core_end > self.complement
    }
}

/// What speaks for a phrase being a name.
fn score(phrase: &Phrase<'_>, weights: &Weights) -> f32 {
    let Features {
        portfolio,
        topics,
        noun,
        official,
        adjectives,
        nationality,
        state,
        purpose,
        place,
        common_place,
        body,
        listed,
        name_words,
        quoted,
        person,
        ordinal,
        at,
        ordinary,
        this,
    } = phrase.features;
    // With the article the noun is spoken of as known, and only what follows makes it a name.
    let head =
        if phrase.definite { phrase.head.weight.min(weights.phrase_definite) } else { phrase.head.weight };
    let seen = [
        (u8::from(portfolio), weights.phrase_portfolio),
        (topics.min(1), weights.phrase_topic),
        (u8::from(noun), weights.phrase_noun),
        (official.min(2), weights.phrase_official),
        (adjectives.min(1), weights.phrase_adjective),
        (u8::from(nationality && !state), weights.phrase_nationality),
        (u8::from(state), weights.phrase_state),
        (u8::from(purpose), weights.phrase_for),
        (u8::from(place), weights.phrase_place),
        (u8::from(common_place), weights.phrase_common_place),
        (u8::from(body), weights.phrase_body),
        (u8::from(listed), weights.phrase_listed),
        (name_words.min(1), weights.phrase_name),
        (u8::from(quoted), weights.phrase_quoted),
        (u8::from(person), weights.phrase_person),
        (u8::from(ordinal), weights.phrase_ordinal),
        (u8::from(at), weights.phrase_at),
        (u8::from(ordinary), weights.phrase_ordinary),
        (u8::from(this), weights.phrase_this),
    ];
    seen.into_iter().map(|(times, weight)| f32::from(times) * weight).sum::<f32>() + head
}
