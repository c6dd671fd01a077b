//! Mentions that somebody else has found: only which things they are, and which are one, is still to be said.

use super::EntityType;
use super::candidate::{Candidate, Identity, Origin};
use super::resolve::Resolved;
use crate::Span;

/// A mention whose place and type are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenMention {
    /// Its place.
    pub span: Span,
    /// What is mentioned.
    pub kind: EntityType,
}

/// Each of `mentions` with the best of the candidates that have its span and type; where there is none nothing
/// is known of it but its surface.
pub(super) fn identify(mentions: &[GivenMention], candidates: &[Candidate]) -> Vec<Resolved> {
    let mut resolved: Vec<Resolved> = mentions
        .iter()
        .map(|&GivenMention { span, kind }| {
            let meanings = candidates.iter().filter(|c| c.span == span && c.kind == Some(kind));
            let best = meanings.reduce(|best, next| if next.score > best.score { next } else { best });
            let unknown = || Candidate {
                span,
                kind: Some(kind),
                identity: Identity::Surface,
                country: None,
                value: None,
                is_built: false,
                is_closed: false,
                score: f32::INFINITY,
                origin: Origin::OwnList,
            };
            let holds = |other: &GivenMention| other.span != span && other.span.contains(span);
            Resolved { candidate: best.cloned().unwrap_or_else(unknown), nested: mentions.iter().any(holds) }
        })
        .collect();
    resolved.sort_by_key(|r| (r.candidate.span.begin, u32::MAX - r.candidate.span.end));
    resolved
}
