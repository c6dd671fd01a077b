//! Names that are put together of a class noun and its complement, as a source of mentions.
//!
//! `grammar` reads how far such a phrase reaches and what it consists of; what that speaks for a name is
//! weighed here, by `evidence.tsv` and the noun's own weight in `heads.tsv`.

mod grammar;
mod introduced;
#[cfg(test)]
mod tests;

use super::EntityType;
use super::candidate::{Candidate, Identity, MentionSource, Origin};
use crate::lexicon::Weights;
use crate::segment::BlockKind;
use crate::{Document, Span, normalize};
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
        for (index, word) in document.words().list().iter().enumerate().rev() {
            if word.heads
                && !document.other_lines().hold_word(document, word)
                && let Some(phrase) = grammar.read(index, &phrases)
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
            out.extend(located(document, phrase, &candidate));
            out.push(candidate);
        }
        for (span, score) in sources(document, weights) {
            let name = normalize::fold(span.of(document.text())).text;
            out.push(Candidate {
                span,
                kind: Some(EntityType::Organization),
                identity: Identity::named(&name),
                country: None,
                value: None,
                subtype: None,
                is_built: false,
                is_closed: true,
                score,
                origin: Origin::List,
            });
        }
        introduced.propose(weights.phrase_introduced, out);
    }
}

/// So few words name who publishes an article.
const MOST_WORDS_OF_SOURCE: usize = 4;

/// Who datelines and source lines name, whether a list has them or not.
fn sources(document: &Document<'_>, weights: &Weights) -> Vec<(Span, f32)> {
    let mut found = Vec::new();
    for block in document.blocks() {
        if let Some(agency) = block.dateline.and_then(|dateline| dateline.agency) {
            found.push((agency, weights.dateline_agency));
        }
        if block.kind == BlockKind::Source {
            let line = block.span.of(document.text());
            let label = line.find(':').map_or(0, |colon| colon + 1);
            let name = line.get(label..).unwrap_or_default();
            let begin = label + name.len() - name.trim_start().len();
            let length = name.trim().trim_end_matches('.').len();
            let few = (1..=MOST_WORDS_OF_SOURCE).contains(&name.split_whitespace().count());
            if let (true, Ok(begin), Ok(length)) = (few, u32::try_from(begin), u32::try_from(length)) {
                let begin = block.span.begin + begin;
                found.push((Span::new(begin, begin + length), weights.source_line));
            }
        }
    }
    found
}

/// The place that a facility is named after, where no list has it: `معبر رأس الحمام`.
fn located(document: &Document<'_>, phrase: &Phrase<'_>, facility: &Candidate) -> Option<Candidate> {
    let Features { name_words, person, place, .. } = phrase.features;
    if !phrase.head.takes.located || name_words == 0 || person || place || phrase.thing.is_some() {
        return None;
    }
    let name = document.folded().text.get(phrase.complement..phrase.core_end)?;
    Some(Candidate {
        span: document.source_span(phrase.complement, phrase.core_end),
        identity: Identity::Named(name.to_owned()),
        ..facility.clone()
    })
}

fn candidate(document: &Document<'_>, phrase: &Phrase<'_>, score: f32, lexicon: usize) -> Candidate {
    let begin = if phrase.introduces() { phrase.complement } else { phrase.begin };
    let name = document.folded().text.get(begin..phrase.end).unwrap_or_default();
    let identity = match phrase.thing {
        Some(thing) => Identity::Thing(lexicon, thing),
        None => Identity::named(name),
    };
    Candidate {
        span: document.source_span(begin, phrase.end),
        kind: Some(phrase.head.kind),
        identity,
        country: None,
        value: None,
        subtype: None,
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
        joined,
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
        (u8::from(joined), weights.phrase_joined),
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
    // `مركز بيروت` is the middle of a town as well.
    let place_alone = phrase.features == Features { place, common_place, this, ..Features::default() };
    let more = if phrase.head.takes.more && place && place_alone { weights.phrase_place_alone } else { 0.0 };
    seen.into_iter().map(|(times, weight)| f32::from(times) * weight).sum::<f32>() + head + more
}
