//! Joins mentions into entities.

use foldhash::fast::RandomState;

use super::candidate::{Candidate, Identity, bare};
use super::names::OF_STATES;
use super::resolve::Resolved;
use super::{Entity, EntityType, Mention, Value, WorldKnowledge, shorter};
use crate::lexicon::{Sense, Thing};
use crate::maps::TextMap;
use crate::{Document, Span};

/// By what a mention is known to be of an entity.
#[derive(PartialEq, Eq, Hash)]
enum Key<'m> {
    Named(&'m str),
    Thing(usize, u32),
    Canonical(&'m str),
}

/// The entities of `mentions`, which are in order, in the order of their first mention.
///
/// Mentions of one listed thing are one entity, whatever names they use; others are joined by their
/// value, and where there is none by their folded surface.
pub(super) fn cluster(document: &Document<'_>, mut mentions: Vec<Resolved>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::with_capacity(mentions.len());
    let mut known: TextMap<(EntityType, Key<'_>), usize> =
        TextMap::with_capacity_and_hasher(mentions.len(), RandomState::default());
    let mut names = shorter::Names::default();
    for Resolved { candidate, nested, confidence } in &mut mentions {
        let Candidate { span, kind: Some(kind), identity, value, subtype, .. } = candidate else { continue };
        let (span, kind, identity) = (*span, *kind, &*identity);
        let mention = Mention { span, nested: *nested, confidence: *confidence };
        let thing = thing(document, identity);
        let name = general_name(document, span, kind, identity, thing);
        let next = entities.len();
        let index = *known.entry((kind, key(document, span, identity))).or_insert_with(|| {
            let shorter = name.and_then(|name| names.find(kind, name));
            shorter.unwrap_or(next)
        });
        if let Some(name) = name {
            names.add(kind, name, index);
        }
        if let Some(entity) = entities.get_mut(index) {
            entity.mentions.push(mention);
        } else {
            entities.push(match thing {
                Some(thing) => listed(kind, thing, mention),
                None => unlisted(document, kind, value.take().map(|value| *value), *subtype, mention),
            });
        }
    }
    entities
}

/// The name of a body by which its longer and shorter forms are known; `None` where the name is one thing's
/// alone, or means nothing without a list.
fn general_name<'m>(
    document: &'m Document<'_>,
    span: Span,
    kind: EntityType,
    identity: &'m Identity,
    thing: Option<&Thing>,
) -> Option<&'m str> {
    match identity {
        Identity::Named(name) if kind != EntityType::Person => Some(name),
        Identity::Thing(..) => {
            let subtype = thing?.subtype.as_deref()?;
            let is_general = kind == EntityType::Organization && OF_STATES.contains(&subtype);
            is_general.then(|| bare(document.folded_at(span)))
        }
        _ => None,
    }
}

fn key<'m>(document: &'m Document<'_>, span: Span, identity: &'m Identity) -> Key<'m> {
    match identity {
        Identity::Surface => Key::Canonical(document.folded_at(span)),
        Identity::Named(name) => Key::Named(name),
        Identity::Canonical(value) => Key::Canonical(value),
        &Identity::Thing(lexicon, thing) => Key::Thing(lexicon, thing),
    }
}

fn listed(kind: EntityType, thing: &Thing, mention: Mention) -> Entity {
    Entity {
        kind,
        subtype: thing.subtype.clone(),
        name: (*thing.name).to_owned(),
        latin_name: thing.latin_name.clone(),
        mentions: vec![mention],
        value: None,
        knowledge: thing.knowledge.clone(),
        own_id: thing.own_id.clone(),
    }
}

fn unlisted(
    document: &Document<'_>,
    kind: EntityType,
    value: Option<Value>,
    subtype: Option<&str>,
    mention: Mention,
) -> Entity {
    Entity {
        kind,
        subtype: subtype.map(Into::into),
        name: mention.span.of(document.text()).to_owned(),
        latin_name: None,
        mentions: vec![mention],
        value,
        knowledge: WorldKnowledge::default(),
        own_id: None,
    }
}

fn thing<'d>(document: &'d Document<'_>, identity: &Identity) -> Option<&'d Thing> {
    match identity {
        Identity::Thing(lexicon, thing) => document.lexicons().nth(*lexicon)?.thing(Sense::Thing(*thing)),
        _ => None,
    }
}
