//! Mentions of things in the world, joined into entities.
//!
//! Sources propose ([`MentionSource`]), `resolve` decides by rules, [`tagger`] by what was learned, `judge` between the
//! two; `cluster` joins.

mod candidate;
mod cluster;
mod given;
mod judge;
mod names;
mod other_lines;
mod patterns;
mod people;
mod phrases;
mod resolve;
mod shorter;
pub mod tagger;
#[cfg(test)]
mod tests;
mod words;
mod written;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use candidate::{Candidate, Identity, MentionSource, Origin};
pub use given::GivenMention;
pub(crate) use other_lines::OtherLines;
pub(crate) use patterns::urls;
pub use patterns::{Pattern, patterns};
pub(crate) use words::Words;

pub use crate::values::Value;

use crate::{Document, Span};

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum EntityType {
    Person,
    Location,
    Organization,
    Event,
    Nationality,
    Role,
    Date,
    Money,
    Percent,
    Time,
    Duration,
    Quantity,
    Number,
    Url,
    Email,
    Hashtag,
    Handle,
    PhoneNumber,
}

/// One place where the text speaks of an entity. (Kind NAMED; nothing else is found yet.)
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// After proclitics, even where they are written together.
    pub span: Span,
    /// Whether it lies inside another mention.
    pub nested: bool,
    /// How likely it is right, where that was measured.
    pub confidence: Option<f32>,
}

/// What is known of an entity outside the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorldKnowledge {
    /// ISO 3166-1 alpha-2.
    pub iso_3166: Option<Arc<str>>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// Wikidata's id (`Q1065`).
    pub wikidata_id: Option<Arc<str>>,
    /// Latitude in degrees.
    pub latitude: Option<f64>,
    /// Longitude in degrees.
    pub longitude: Option<f64>,
}

/// A thing, with all its mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What it is.
    pub kind: EntityType,
    /// `country`, `city` …
    pub subtype: Option<Arc<str>>,
    /// Its listed name, or its longest mention.
    pub name: String,
    /// The name in Latin script, where a list has it.
    pub latin_name: Option<Arc<str>>,
    /// In order.
    pub mentions: Vec<Mention>,
    /// What the mention writes out.
    pub value: Option<Value>,
    /// What is known of it.
    pub knowledge: WorldKnowledge,
    /// The id that the caller's own list gives it.
    pub own_id: Option<Arc<str>>,
}

/// The entities of `document`, in the order of their first mention.
pub(crate) fn entities(document: &Document<'_>) -> Vec<Entity> {
    let candidates = candidates(document);
    if let Some(given) = document.given_mentions() {
        return cluster::cluster(document, given::identify(document, given, &candidates));
    }
    let weights = &document.knowledge().lexicon.evidence().weights;
    let mentions = match &document.knowledge().tagger {
        None => resolve::resolve(candidates, weights),
        Some(tagger) => {
            let rules = resolve::outermost(&candidates, weights);
            let names = tagger.tag(document, &rules);
            judge::judge(document, &names, candidates, &rules)
        }
    };
    cluster::cluster(document, mentions)
}

/// What all sources propose.
fn candidates(document: &Document<'_>) -> Vec<Candidate> {
    let sources: [&dyn MentionSource; 5] =
        [&people::People, &names::Names, &phrases::Phrases, &patterns::Patterns, &written::WrittenOut];
    // About half as many as there are words.
    let mut candidates = Vec::with_capacity(document.words().list().len() / 2);
    for source in sources {
        source.propose(document, &mut candidates);
    }
    candidates
}

/// What the rules alone say.
fn rules(document: &Document<'_>) -> Vec<resolve::Outermost> {
    resolve::outermost(&candidates(document), &document.knowledge().lexicon.evidence().weights)
}
