//! Joins mentions into entities.

use foldhash::fast::RandomState;

use super::candidate::{Candidate, Identity, bare};
use super::names::OF_STATES;
use super::resolve::Resolved;
use super::{Entity, EntityType, Mention, WorldKnowledge, shorter};
use crate::Document;
use crate::lexicon::{Sense, Thing};
use crate::maps::TextMap;

/// The entities of `mentions`, which are in order, in the order of their first mention.
///
/// Mentions of one listed thing are one entity, whatever names they use; others are joined by their
/// value, and where there is none by their folded surface.
pub(super) fn cluster(document: &Document<'_>, mentions: Vec<Resolved>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::with_capacity(mentions.len());
    let mut known: TextMap<(EntityType, Identity), usize> =
        TextMap::with_capacity_and_hasher(mentions.len(), RandomState::default());
    let mut names = shorter::Names::default();
    for Resolved { candidate, nested, confidence } in mentions {
        let Some(kind) = candidate.kind else { continue };
        let mention = Mention { span: candidate.span, nested, confidence };
        let key = (kind, key(document, &candidate));
        let name = general_name(document, &candidate);
        let index = known.get(&key).copied().unwrap_or_else(|| {
            let shorter = name.as_deref().and_then(|name| names.find(kind, name));
            let index = shorter.unwrap_or(entities.len());
            known.insert(key, index);
            index
        });
        if let Some(name) = name {
            names.add(kind, &name, index);
        }
        if let Some(entity) = entities.get_mut(index) {
            entity.mentions.push(mention);
        } else {
            entities.push(entity(document, kind, candidate, mention));
        }
    }
    entities
}

/// The name of a body by which its longer and shorter forms are known; `None` where the name is one thing's
/// alone, or means nothing without a list.
fn general_name(document: &Document<'_>, candidate: &Candidate) -> Option<String> {
    match &candidate.identity {
        Identity::Named(name) if candidate.kind != Some(EntityType::Person) => Some(name.clone()),
        identity @ Identity::Thing(..) => {
            let subtype = thing(document, identity)?.subtype.as_deref()?;
            let is_general = candidate.kind == Some(EntityType::Organization) && OF_STATES.contains(&subtype);
            is_general.then(|| bare(document.folded_at(candidate.span)).to_owned())
        }
        _ => None,
    }
}

fn key(document: &Document<'_>, candidate: &Candidate) -> Identity {
    match &candidate.identity {
        Identity::Surface => Identity::Canonical(document.folded_at(candidate.span).to_owned()),
        known => known.clone(),
    }
}

fn entity(document: &Document<'_>, kind: EntityType, candidate: Candidate, mention: Mention) -> Entity {
    let surface = candidate.span.of(document.text());
    match thing(document, &candidate.identity) {
        Some(thing) => Entity {
            kind,
            subtype: thing.subtype.clone(),
            name: thing.name.to_string(),
            latin_name: thing.latin_name.clone(),
            mentions: vec![mention],
            value: None,
            knowledge: thing.knowledge.clone(),
            own_id: thing.own_id.clone(),
        },
        None => Entity {
            kind,
            subtype: candidate.subtype.map(Into::into),
            name: surface.to_owned(),
            latin_name: None,
            mentions: vec![mention],
            value: candidate.value,
            knowledge: WorldKnowledge::default(),
            own_id: None,
        },
    }
}

fn thing<'d>(document: &'d Document<'_>, identity: &Identity) -> Option<&'d Thing> {
    match identity {
        Identity::Thing(lexicon, thing) => document.lexicons().nth(*lexicon)?.thing(Sense::Thing(*thing)),
        _ => None,
    }
}
