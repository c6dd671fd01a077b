//! Decides between the rules and what was learned.
//!
//! What was learned says where names stand and of which type they are; the sources say which things they name, and what
//! lies in them. Closed lists know countries and nationalities better than any sentence does: these stay where what was
//! learned does not deny them. Dates, amounts, addresses and the caller's own names are the sources' alone.

use std::sync::Arc;

use super::EntityType;
use super::candidate::{Candidate, Identity, Origin, bare};
use super::resolve::{Resolved, resolve};
use super::tagger::{self, Likely, Name, OUTSIDE, Said, Tagged};
use super::words::Word;
use super::{names, people};
use crate::lexicon::Sense;
use crate::maps::{TextMap, TextSet};
use crate::{Document, Span};

/// What a candidate gains that stands where a name was found: more than any rule gives.
const FOUND: f32 = 100.0;
/// A listed country or nationality is denied where it is less likely in a name than this.
const DENIED: f32 = 0.005;
/// What is said of what only the lists know.
const HALF: f32 = 0.5;
/// A place at the end of a name has no more words.
const MOST_WORDS_OF_PLACE: usize = 3;

/// The mentions of `document`, in order; nested or disjoint.
pub(super) fn judge(document: &Document<'_>, tagged: &Tagged, candidates: Vec<Candidate>) -> Vec<Resolved> {
    let words = document.words().list();
    let mut names = Names::new(document, words, tagged);
    names.begin_as_listed(&candidates);
    let mut judged: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut known = vec![false; names.list.len()];
    for mut candidate in candidates {
        match names.place(&candidate) {
            Place::Elsewhere | Place::Inside => judged.push(candidate),
            Place::At(index) => {
                if let Some(known) = known.get_mut(index) {
                    *known = true;
                }
                candidate.score += FOUND;
                judged.push(candidate);
            }
            Place::Apart if is_closed(document, &candidate) && !names.deny(&candidate) => {
                judged.push(candidate);
            }
            Place::Apart | Place::Across => {}
        }
    }
    judged.extend(names.unknown(&known));
    judged.extend(names.places_inside());
    let weights = &document.knowledge().lexicon.evidence().weights;
    let mut resolved = resolve(judged, weights);
    names.join(&mut resolved);
    for mention in &mut resolved {
        mention.confidence = names.confidence(mention);
    }
    resolved
}

/// The names that were found, with what the text is asked for them.
struct Names<'d> {
    document: &'d Document<'d>,
    words: &'d [Word],
    said: &'d Said,
    list: Vec<(Name, Span)>,
}

/// Which listed thing a name means, and the country that it is in.
type Listed = (Identity, Option<Arc<str>>);

/// Where a candidate stands.
enum Place {
    /// It is of another kind than what was learned.
    Elsewhere,
    /// Where a name of its type was found: the place of that in the list.
    At(usize),
    /// In one.
    Inside,
    /// Over the edge of one, or around it.
    Across,
    /// Where none is.
    Apart,
}

impl<'d> Names<'d> {
    fn new(document: &'d Document<'d>, words: &'d [Word], tagged: &'d Tagged) -> Self {
        let list = tagged.names.iter().map(|name| (*name, document.source_span(name.begin, name.end)));
        Self { document, words, said: &tagged.said, list: list.collect() }
    }

    /// A name that a list has begins where the list has it: what is written together with it is told by the list
    /// better than by how it stands (`كالجزائر`).
    fn begin_as_listed(&mut self, candidates: &[Candidate]) {
        let threshold = self.document.knowledge().lexicon.evidence().weights.threshold;
        let alignment = &self.document.folded().alignment;
        for candidate in candidates {
            let is_sure = candidate.score >= threshold || is_closed(self.document, candidate);
            if candidate.origin != Origin::List
                || !matches!(candidate.identity, Identity::Thing(..))
                || !is_sure
            {
                continue;
            }
            let at = self.list.partition_point(|(_, name)| name.end < candidate.span.end);
            let Some((name, span)) = self.list.get_mut(at) else { continue };
            let begin = alignment.to_output(candidate.span).begin as usize;
            let first = self.words.partition_point(|word| word.end as usize <= name.begin);
            let in_first =
                self.words.get(first).is_some_and(|word| (word.begin..word.end).contains(&narrow(begin)));
            if span.end == candidate.span.end
                && candidate.kind == Some(name.kind)
                && in_first
                && begin > name.begin
            {
                (name.begin, *span) = (begin, candidate.span);
            }
        }
    }

    fn place(&self, candidate: &Candidate) -> Place {
        let learned = candidate.kind.is_none_or(|kind| tagger::place(kind).is_some());
        if candidate.origin != Origin::List || !learned {
            return Place::Elsewhere;
        }
        let span = candidate.span;
        let first = self.list.partition_point(|(_, name)| name.end <= span.begin);
        let Some((name, of_name)) = self.list.get(first).filter(|(_, name)| name.overlaps(span)) else {
            return Place::Apart;
        };
        if of_name == &span {
            return if candidate.kind == Some(name.kind) { Place::At(first) } else { Place::Across };
        }
        // What begins with the class noun with which the place's name begins is that place by a shorter name.
        let is_shorter = candidate.is_built
            && candidate.kind == Some(EntityType::Location)
            && name.kind == EntityType::Location
            && span.begin == of_name.begin;
        if of_name.contains(span) && !is_shorter { Place::Inside } else { Place::Across }
    }

    /// The words of `span`.
    fn likely(&self, span: Span) -> Option<&Likely> {
        let begin = self.document.folded().alignment.to_output(span).begin;
        self.said.get(self.words.partition_point(|word| word.end <= begin))
    }

    /// Whether what was learned rules out that the candidate is in a name. Of what is in no line it says nothing.
    fn deny(&self, candidate: &Candidate) -> bool {
        self.likely(candidate.span).is_some_and(|likely| likely.labels[OUTSIDE] > 1.0 - DENIED)
    }

    /// The names that no source has.
    fn unknown(&self, known: &[bool]) -> Vec<Candidate> {
        let people: Vec<&(Name, Span)> =
            self.list.iter().filter(|(name, _)| name.kind == EntityType::Person).collect();
        let spans: Vec<(usize, usize)> = people.iter().map(|(name, _)| (name.begin, name.end)).collect();
        let joined = people::joined(self.document, &spans);
        let person = |name: &Name| {
            let at = spans.binary_search(&(name.begin, name.end)).ok()?;
            joined.get(at).cloned()
        };
        let unknown = self.list.iter().zip(known).filter(|(_, known)| !**known);
        unknown
            .map(|((name, span), _)| {
                let letters = self.document.folded().text.get(name.begin..name.end).unwrap_or_default();
                let identity = match name.kind {
                    EntityType::Person => person(name).unwrap_or(Identity::Surface),
                    EntityType::Organization | EntityType::Location | EntityType::Event => {
                        Identity::named(letters)
                    }
                    _ => Identity::Surface,
                };
                unlisted(*span, name.kind, identity)
            })
            .collect()
    }

    /// The places at the end of names that the text speaks of by themselves elsewhere: `جامعة نزوى`, `محكمة بمدنين`.
    fn places_inside(&self) -> Vec<Candidate> {
        let folded = self.document.folded().text.as_str();
        let lexicon = &self.document.knowledge().lexicon;
        let of_kind = |kinds: &'static [EntityType]| {
            let is_one = move |(name, _): &&(Name, Span)| kinds.contains(&name.kind);
            self.list.iter().filter(is_one).map(|(name, _)| name)
        };
        let places: TextSet<&str> = of_kind(&[EntityType::Location])
            .map(|name| bare(folded.get(name.begin..name.end).unwrap_or_default()))
            .collect();
        let mut inside = Vec::new();
        for name in of_kind(&[EntityType::Organization, EntityType::Event, EntityType::Location]) {
            let behind = self.words.partition_point(|word| (word.begin as usize) < name.end);
            let first = self.words.partition_point(|word| word.end as usize <= name.begin) + 1;
            let last_words = first.max(behind.saturating_sub(MOST_WORDS_OF_PLACE))..behind;
            let found = self.words.get(last_words).unwrap_or_default().iter().find_map(|word| {
                let rest = folded.get(word.begin as usize..name.end)?;
                lexicon.without_proclitics(rest).find(|rest| places.contains(bare(rest)))
            });
            if let Some(letters) = found {
                inside.push(unlisted(
                    self.document.source_span(name.end - letters.len(), name.end),
                    EntityType::Location,
                    Identity::named(letters),
                ));
            }
        }
        inside
    }

    /// What no source has is the listed thing that the text calls by the same name elsewhere.
    fn join(&self, mentions: &mut [Resolved]) {
        let called = |mention: &Resolved| bare(self.document.folded_at(mention.candidate.span));
        let mut listed: TextMap<(EntityType, &str), Listed> = TextMap::default();
        for mention in mentions.iter() {
            let Candidate { kind: Some(kind), identity: identity @ Identity::Thing(..), country, .. } =
                &mention.candidate
            else {
                continue;
            };
            listed.entry((*kind, called(mention))).or_insert_with(|| (identity.clone(), country.clone()));
        }
        for mention in mentions {
            let name = called(mention);
            if let (Some(kind), Identity::Named(_)) = (mention.candidate.kind, &mention.candidate.identity)
                && let Some((identity, country)) = listed.get(&(kind, name))
            {
                mention.candidate.identity = identity.clone();
                mention.candidate.country.clone_from(country);
            }
        }
    }

    /// How likely a mention is right: as what was learned has it; half where only the lists know it. Of what lies in a
    /// name nothing was measured.
    fn confidence(&self, mention: &Resolved) -> Option<f32> {
        if mention.nested || !matches!(self.place(&mention.candidate), Place::At(_) | Place::Apart) {
            return None;
        }
        match self.place(&mention.candidate) {
            Place::At(index) => self.list.get(index).map(|(name, _)| name.confidence),
            _ => Some(HALF),
        }
    }
}

/// A document is shorter than 4 GiB.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A name that no source has.
fn unlisted(span: Span, kind: EntityType, identity: Identity) -> Candidate {
    Candidate {
        span,
        kind: Some(kind),
        identity,
        country: None,
        value: None,
        subtype: None,
        is_built: true,
        is_closed: false,
        score: FOUND,
        origin: Origin::List,
    }
}

/// Whether the candidate is of a list that is whole: of countries and nationalities.
fn is_closed(document: &Document<'_>, candidate: &Candidate) -> bool {
    let Identity::Thing(lexicon, thing) = candidate.identity else { return false };
    let thing = document.lexicons().nth(lexicon).and_then(|lexicon| lexicon.thing(Sense::Thing(thing)));
    thing.is_some_and(|thing| {
        thing.kind == EntityType::Nationality || thing.subtype.as_deref() == Some(names::COUNTRY)
    })
}

#[cfg(test)]
mod tests;
