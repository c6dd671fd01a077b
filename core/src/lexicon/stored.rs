//! A compiled lexicon as bytes: compiling the lists takes a good part of a second, reading this does not.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::files::Evidence;
use super::proclitics::Proclitics;
use super::tree::{Node, Tree};
use super::words::Entries;
use super::{Heads, Lexicon, Reading, Thing, Words};
use crate::KnowledgeError;
use crate::entities::{EntityType, WorldKnowledge};

#[derive(Serialize, Deserialize)]
struct Stored<'a> {
    names: Vec<Node>,
    firsts: Vec<u32>,
    readings: Vec<Reading>,
    #[serde(borrow)]
    things: Vec<StoredThing<'a>>,
    words: Entries,
}

#[derive(Serialize, Deserialize)]
struct StoredThing<'a> {
    kind: EntityType,
    name: &'a str,
    subtype: Option<&'a str>,
    latin_name: Option<&'a str>,
    country: Option<&'a str>,
    iso_3166: Option<&'a str>,
    wikidata_id: Option<&'a str>,
    geonames_id: Option<u32>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    population: u64,
}

impl Lexicon {
    /// The lexicon as bytes, for [`Self::from_bytes`] of the same version. A caller's own has ids that
    /// these do not keep.
    pub fn to_bytes(&self) -> Vec<u8> {
        let stored = Stored {
            names: self.tree.nodes().to_vec(),
            firsts: self.firsts.clone(),
            readings: self.readings.clone(),
            things: self.things.iter().map(StoredThing::of).collect(),
            words: self.words.entries().clone(),
        };
        // Writing numbers and strings into memory does not fail.
        postcard::to_allocvec(&stored).unwrap_or_default()
    }

    /// The lexicon that `bytes` hold.
    ///
    /// # Errors
    /// Where they are not what [`Self::to_bytes`] gave, or a list that is read as text is malformed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, KnowledgeError> {
        let error =
            |problem: String| KnowledgeError { file: "compiled lexicons".to_owned(), line: 0, problem };
        let stored: Stored<'_> = postcard::from_bytes(bytes).map_err(|e| error(e.to_string()))?;
        let mut shared = Shared::default();
        Ok(Self {
            tree: Tree::of(stored.names),
            firsts: stored.firsts,
            readings: stored.readings,
            things: stored.things.iter().map(|thing| thing.thing(&mut shared)).collect(),
            heads: Heads::built_in()?,
            proclitics: Proclitics::built_in()?,
            evidence: Evidence::built_in()?,
            words: Words::from_entries(stored.words),
        })
    }
}

/// Strings that many things have.
#[derive(Default)]
struct Shared<'a>(HashMap<&'a str, Arc<str>>);

impl<'a> Shared<'a> {
    fn get(&mut self, text: Option<&'a str>) -> Option<Arc<str>> {
        let text = text?;
        Some(Arc::clone(self.0.entry(text).or_insert_with(|| text.into())))
    }
}

impl<'a> StoredThing<'a> {
    fn of(thing: &'a Thing) -> Self {
        let WorldKnowledge { iso_3166, geonames_id, wikidata_id, latitude, longitude } = &thing.knowledge;
        Self {
            kind: thing.kind,
            name: &thing.name,
            subtype: thing.subtype.as_deref(),
            latin_name: thing.latin_name.as_deref(),
            country: thing.country.as_deref(),
            iso_3166: iso_3166.as_deref(),
            wikidata_id: wikidata_id.as_deref(),
            geonames_id: *geonames_id,
            latitude: *latitude,
            longitude: *longitude,
            population: thing.population,
        }
    }

    fn thing(&self, shared: &mut Shared<'a>) -> Thing {
        Thing {
            kind: self.kind,
            subtype: shared.get(self.subtype),
            name: self.name.into(),
            latin_name: self.latin_name.map(Arc::from),
            knowledge: WorldKnowledge {
                iso_3166: shared.get(self.iso_3166),
                geonames_id: self.geonames_id,
                wikidata_id: self.wikidata_id.map(Arc::from),
                latitude: self.latitude,
                longitude: self.longitude,
            },
            country: shared.get(self.country),
            population: self.population,
            own_id: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Knowledge};

    #[test]
    fn what_was_stored_finds_what_the_lists_find() {
        let mut knowledge = Knowledge::built_in().expect("the built-in lists");
        let text = "بيروت - وصل الوفد السوري إلى عمان والرياض في 3 مارس 2021 قادما من ألمانيا";
        let entities =
            |knowledge: &Knowledge| Document::new(text, knowledge).expect("short enough").entities().to_vec();
        let listed = entities(&knowledge);
        assert!(listed.len() > 3);
        let bytes = knowledge.lexicon.to_bytes();
        knowledge.lexicon = Lexicon::from_bytes(&bytes).expect("sound");
        assert_eq!(entities(&knowledge), listed);
        assert_eq!(knowledge.lexicon.to_bytes(), bytes);
    }

    #[test]
    fn other_bytes_are_an_error() {
        let bytes = Lexicon::from_rows([]).expect("empty").to_bytes();
        assert!(Lexicon::from_bytes(&bytes).is_ok());
        assert!(Lexicon::from_bytes(&bytes[1..]).is_err());
        assert!(Lexicon::from_bytes(b"").is_err());
    }
}
