//! The knowledge of this stage, read from `data/attribute/`.

use serde::Deserialize;

use super::discourse::SubjectFeature;
use crate::KnowledgeError;
use crate::segment::features::Weights;
use crate::segment::rules::{Words, read};

/// How speakers are found: `data/attribute/speakers.toml` explains each list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub(super) prepositions: Words,
    pub(super) preposition_pronouns: Words,
    pub(super) adverbs: Words,
    pub(super) topic_particles: Words,
    pub(super) topic_openers: Words,
    pub(super) asides: Words,
    pub(super) relatives_of_who: Words,
    pub(super) what: Words,
    pub(super) clause_openers: Words,
    pub(super) class_nouns: Words,
    pub(super) relatives: Words,
    pub(super) statements: Words,
    pub(super) spokesmen: Words,
    pub(super) accordings: Words,
    pub(super) accordings_of_him: Words,
    pub(super) accordings_of_her: Words,
    pub(super) accordings_of_the_subject: Words,
    pub(super) sources: Words,
    pub(super) sources_of_him: Words,
    pub(super) sources_of_her: Words,
    pub(super) nobody_says: Words,
    pub(super) passives: Words,
    pub(super) naming: Words,
    pub(super) called: Words,
    pub(super) before_verbs: Words,
    pub(super) written_on: Words,
    pub(super) in_it: Words,
    pub(super) unnamed: Words,
    pub(super) no_names: Words,
    pub(super) speaker_again: Words,
    pub(super) the_first: Words,
    pub(super) the_last: Words,
    pub(super) masculine_places: Words,
    pub(super) feminine_bodies: Words,
    pub(super) weights: Weights<SubjectFeature>,
}

impl Rules {
    /// The rules that are compiled in.
    ///
    /// # Errors
    /// Where the data file is malformed.
    pub fn built_in() -> Result<Self, KnowledgeError> {
        read("attribute/speakers.toml", include_str!("../../../data/attribute/speakers.toml"))
    }
}
