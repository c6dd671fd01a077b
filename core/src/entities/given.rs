//! Mentions that somebody else has found: only which things they are, and which are one, is still to be said.

use super::EntityType;
use super::candidate::{Candidate, Identity, Origin};
use super::resolve::Resolved;
use super::{judge, people};
use crate::maps::TextMap;
use crate::{Document, Span};

/// A mention whose place and type are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenMention {
    /// Its place.
    pub span: Span,
    /// What is mentioned.
    pub kind: EntityType,
}

/// Each of `mentions` with the best of the candidates that have its span and type; where there is none it is what the
/// text calls by the same name elsewhere.
pub(super) fn identify(
    document: &Document<'_>,
    mentions: &[GivenMention],
    candidates: &[Candidate],
) -> Vec<Resolved> {
    let people = people_of(document, mentions);
    let mut resolved: Vec<Resolved> = mentions
        .iter()
        .map(|&GivenMention { span, kind }| {
            let meanings = candidates.iter().filter(|c| c.span == span && c.kind == Some(kind));
            let best = meanings.reduce(|best, next| if next.score > best.score { next } else { best });
            let unknown = || Candidate {
                span,
                kind: Some(kind),
                identity: match kind {
                    EntityType::Person => people.get(&span).cloned().unwrap_or(Identity::Surface),
                    EntityType::Organization | EntityType::Location | EntityType::Event => {
                        Identity::named(document.folded_at(span))
                    }
                    _ => Identity::Surface,
                },
                country: None,
                value: None,
                subtype: None,
                is_built: false,
                is_closed: false,
                score: f32::INFINITY,
                origin: Origin::OwnList,
            };
            let holds = |other: &GivenMention| other.span != span && other.span.contains(span);
            let nested = mentions.iter().any(holds);
            Resolved { candidate: best.cloned().unwrap_or_else(unknown), nested, confidence: None }
        })
        .collect();
    resolved.sort_by_key(|r| (r.candidate.span.begin, u32::MAX - r.candidate.span.end));
    judge::join(document, &mut resolved);
    resolved
}

/// Who is meant by the people among `mentions`: a part of a name is whose whole name the text gives.
fn people_of(document: &Document<'_>, mentions: &[GivenMention]) -> TextMap<Span, Identity> {
    let people = mentions.iter().filter(|mention| mention.kind == EntityType::Person);
    let spans: Vec<Span> = people.map(|mention| mention.span).collect();
    let alignment = &document.folded().alignment;
    let folded: Vec<(usize, usize)> = spans
        .iter()
        .map(|&span| {
            let range = alignment.to_output(span).range();
            (range.start, range.end)
        })
        .collect();
    spans.into_iter().zip(people::joined(document, folded.iter().copied(), &folded)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    const TEXT: &str = "زارت ليلى سالم بلدة في تونس، ثم عادت ليلى سالم إلى الحزب التونسي.";

    fn given(surface: &str, nth: usize, kind: EntityType) -> GivenMention {
        let begin = TEXT.match_indices(surface).nth(nth).expect("it is there").0;
        GivenMention { span: Span::from_range(&(begin..begin + surface.len())), kind }
    }

    #[test]
    fn given_mentions_are_the_mentions_and_are_identified() {
        use EntityType::{Nationality, Organization, Person};
        let knowledge = Knowledge::built_in().expect("sound lists");
        let mentions = vec![
            given("التونسي", 0, Nationality),
            given("ليلى سالم", 0, Person),
            given("الحزب التونسي", 0, Organization),
            given("ليلى سالم", 1, Person),
        ];
        let document = Document::new(TEXT, &knowledge).expect("short").with_mentions(mentions);
        let entities: Vec<_> = document
            .entities()
            .iter()
            .map(|e| (e.kind, e.mentions.len(), e.knowledge.iso_3166.as_deref(), e.mentions[0].nested))
            .collect();
        // The country is listed, but nobody gave it.
        assert_eq!(
            entities,
            [(Person, 2, None, false), (Organization, 1, None, false), (Nationality, 1, Some("TN"), true)]
        );
    }

    #[test]
    fn no_mention_given_is_no_entity() {
        let knowledge = Knowledge::built_in().expect("sound lists");
        let document = Document::new(TEXT, &knowledge).expect("short").with_mentions(Vec::new());
        assert!(document.entities().is_empty());
    }
}
