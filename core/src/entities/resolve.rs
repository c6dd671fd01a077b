//! Decides between candidates: which meaning a name has, and which of overlapping ones stays.
//!
//! Twice: first by what each candidate says for itself; then again with what the mentions of the
//! first round say for others (a document that speaks of Jordan means the city by `عمان`).

use std::sync::Arc;

use super::EntityType;
use super::candidate::{Candidate, Identity, Origin};
use crate::Span;
use crate::lexicon::Weights;
use crate::maps::TextMap;

/// A candidate that was taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) candidate: Candidate,
    /// Whether it lies inside another one.
    pub(super) nested: bool,
    /// How likely it is right, where that was measured.
    pub(super) confidence: Option<f32>,
}

/// A mention that lies in no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outermost {
    pub(super) span: Span,
    pub(super) kind: EntityType,
}

/// A mention while it is being decided.
struct Taken<'c> {
    candidate: &'c Candidate,
    nested: bool,
}

/// The mentions among `candidates`, in order; nested or disjoint.
pub(super) fn resolve(candidates: &[Candidate], weights: &Weights) -> Vec<Resolved> {
    let taken = decided(candidates, weights);
    let mut resolved = Vec::with_capacity(taken.len());
    let taken = taken.into_iter().filter(|taken| taken.candidate.kind.is_some());
    resolved.extend(taken.map(|Taken { candidate, nested }| Resolved {
        candidate: candidate.clone(),
        nested,
        confidence: None,
    }));
    resolved
}

/// Those of them that lie in no other.
pub(super) fn outermost(candidates: &[Candidate], weights: &Weights) -> Vec<Outermost> {
    let taken = decided(candidates, weights).into_iter().filter(|taken| !taken.nested);
    taken
        .filter_map(|Taken { candidate, .. }| Some(Outermost { span: candidate.span, kind: candidate.kind? }))
        .collect()
}

fn decided<'c>(candidates: &'c [Candidate], weights: &Weights) -> Vec<Taken<'c>> {
    let mut ordered: Vec<&Candidate> = Vec::with_capacity(candidates.len());
    ordered.extend(candidates.iter().filter(|candidate| !candidate.span.is_empty()));
    ordered.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| b.score.total_cmp(&a.score)));
    let first = select(&ordered, &|candidate| candidate.score, weights.threshold);
    let support = Support::of(&first);
    let scored = |candidate: &Candidate| candidate.score + support.of_candidate(candidate, weights);
    select(&ordered, &scored, weights.threshold)
}

/// Leftmost first, of those the longest, of those by origin.
fn order(candidate: &Candidate) -> (u32, u32, Origin) {
    (candidate.span.begin, u32::MAX - candidate.span.end, candidate.origin)
}

/// What the mentions of the first round speak for.
#[derive(Default)]
struct Support<'c> {
    /// Where each thing is mentioned, twice at most: one of the two is elsewhere.
    things: TextMap<&'c Identity, Vec<Span>>,
    /// The things of each country, `MOST_THINGS` at most, so that asking costs the same in any text.
    countries: TextMap<&'c Arc<str>, Vec<&'c Identity>>,
}

/// With three things of a country two are not the one that is asked for, and of these two one at least
/// is mentioned elsewhere, since a span has one meaning.
const MOST_THINGS: usize = 3;

impl<'c> Support<'c> {
    fn of(mentions: &[Taken<'c>]) -> Self {
        let mut support = Self::default();
        for mention in mentions {
            let Candidate { identity, country, span, .. } = mention.candidate;
            if !matches!(identity, Identity::Thing(..)) {
                continue;
            }
            let spans = support.things.entry(identity).or_default();
            if spans.len() < 2 {
                spans.push(*span);
            }
            if let Some(country) = country {
                let things = support.countries.entry(country).or_default();
                if things.len() < MOST_THINGS && !things.contains(&identity) {
                    things.push(identity);
                }
            }
        }
        support
    }

    fn is_elsewhere(&self, identity: &Identity, span: Span) -> bool {
        self.things.get(identity).is_some_and(|spans| spans.iter().any(|&other| !other.overlaps(span)))
    }

    fn of_candidate(&self, candidate: &Candidate, weights: &Weights) -> f32 {
        let mut support = 0.0;
        if self.is_elsewhere(&candidate.identity, candidate.span) {
            support += weights.same_entity;
        }
        // Bodies of a country are many: that others are spoken of says nothing of one.
        let is_place = candidate.kind != Some(EntityType::Organization);
        let country = candidate.country.as_ref().filter(|_| is_place);
        let things = country.and_then(|country| self.countries.get(country));
        let is_other =
            |thing: &Identity| *thing != candidate.identity && self.is_elsewhere(thing, candidate.span);
        if things.is_some_and(|things| things.iter().any(|thing| is_other(thing))) {
            support += weights.same_country;
        }
        support
    }
}

/// Takes of each span the best meaning over the threshold, of overlapping spans the leftmost longest
/// of the earliest origin, and inside it what may be nested there.
fn select<'c>(
    candidates: &[&'c Candidate],
    score: &dyn Fn(&Candidate) -> f32,
    threshold: f32,
) -> Vec<Taken<'c>> {
    let meanings = candidates.chunk_by(|a, b| a.span == b.span && a.origin == b.origin);
    let mut best: Vec<(f32, &Candidate)> = Vec::with_capacity(candidates.len());
    best.extend(meanings.filter_map(|meanings| {
        let scored = meanings.iter().map(|&candidate| (score(candidate), candidate));
        let taken = scored.filter(|&(score, _)| score >= threshold);
        // Of equals the first, which the lists have first.
        taken.reduce(|best, next| if is_better(next, best) { next } else { best })
    }));

    let mut outer: Vec<&Candidate> = Vec::new();
    for origins in [&[Origin::OwnList][..], &[Origin::Pattern], &[Origin::Number, Origin::List]] {
        let mut added: Vec<(f32, &Candidate)> = Vec::with_capacity(best.len());
        for &(score, candidate) in best.iter().filter(|(_, candidate)| origins.contains(&candidate.origin)) {
            if overlapping(&outer, candidate.span).is_some() {
                continue;
            }
            match added.last() {
                Some((_, last)) if last.span.contains(candidate.span) => {}
                // Of two that cross the one for which more speaks stays, of equals the first.
                Some(&(last_score, last)) if last.span.end > candidate.span.begin => {
                    if score > last_score {
                        added.pop();
                        added.push((score, candidate));
                    }
                }
                _ => added.push((score, candidate)),
            }
        }
        let alone = outer.is_empty();
        outer.extend(added.into_iter().map(|(_, candidate)| candidate));
        if !alone {
            outer.sort_by_key(|candidate| candidate.span.begin);
        }
    }

    let mut taken: Vec<Taken<'_>> = Vec::with_capacity(best.len());
    taken.extend(outer.iter().map(|&candidate| Taken { candidate, nested: false }));
    // What lies around the next candidate, the innermost last.
    let mut around: Vec<&Candidate> = Vec::new();
    for &(_, candidate) in &best {
        let Some(outermost) = overlapping(&outer, candidate.span) else { continue };
        if around.first().is_none_or(|first| first.span != outermost.span) {
            around = vec![outermost];
        }
        while around.len() > 1 && around.last().is_some_and(|inner| inner.span.end <= candidate.span.begin) {
            around.pop();
        }
        let Some(innermost) = around.last() else { continue };
        let inside = innermost.span.contains(candidate.span) && innermost.span != candidate.span;
        if inside && may_nest(candidate, innermost) {
            taken.push(Taken { candidate, nested: true });
            around.push(candidate);
        }
    }
    taken.sort_by_key(|taken| order(taken.candidate));
    taken
}

/// Whether a meaning goes before another one of the same letters. Of a country and its nationality only
/// what stands beside them tells which is meant: mentions elsewhere speak for both.
fn is_better(next: (f32, &Candidate), best: (f32, &Candidate)) -> bool {
    let same_country = next.1.country.is_some() && next.1.country == best.1.country;
    if same_country && next.1.kind != best.1.kind { next.1.score > best.1.score } else { next.0 > best.0 }
}

/// The first of `outer` (sorted, disjoint) that shares a byte with `span`.
fn overlapping<'c>(outer: &[&'c Candidate], span: Span) -> Option<&'c Candidate> {
    let index = outer.partition_point(|candidate| candidate.span.end <= span.begin);
    outer.get(index).copied().filter(|candidate| candidate.span.overlaps(span))
}

/// What a mention may hold: a nationality in any name, a place in what it locates, names in hashtags.
/// A place in a listed place (`غينيا` in `غينيا بيساو`) is not another one.
fn may_nest(inner: &Candidate, outer: &Candidate) -> bool {
    use EntityType::{Event, Hashtag, Location, Nationality, Organization, Person};
    match (inner.kind, outer.kind) {
        // A list has the whole name of what is a place in a place; a class noun is said of another place.
        (Some(Location), Some(Location)) => inner.origin != outer.origin || outer.is_built,
        (Some(Location | Organization), _) if outer.is_closed => false,
        // A body in a body's name is a part of its name, or the body itself by a shorter one.
        (Some(Organization), Some(Event)) => outer.is_built,
        (Some(Nationality), Some(Organization | Event | Location))
        | (Some(Location), Some(Organization | Event))
        | (Some(Location | Nationality | Organization | Person | Event), Some(Hashtag)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(begin: u32, end: u32, kind: EntityType, origin: Origin, score: f32) -> Candidate {
        Candidate {
            span: Span::new(begin, end),
            kind: Some(kind),
            identity: Identity::Thing(0, begin),
            country: None,
            value: None,
            subtype: None,
            is_built: false,
            is_closed: false,
            score,
            origin,
        }
    }

    fn taken(candidates: &[Candidate]) -> Vec<(u32, u32, bool)> {
        let weights = crate::lexicon::Lexicon::from_rows([]).expect("empty").evidence().weights;
        resolve(candidates, &weights)
            .into_iter()
            .map(|r| (r.candidate.span.begin, r.candidate.span.end, r.nested))
            .collect()
    }

    use EntityType::{Hashtag, Location, Nationality, Number, Organization, Url};

    #[test]
    fn the_longest_of_overlapping_names_stays() {
        let candidates = vec![
            candidate(0, 4, Location, Origin::List, 3.0),
            candidate(0, 9, Location, Origin::List, 3.0),
            candidate(5, 14, Location, Origin::List, 3.0),
        ];
        assert_eq!(taken(&candidates), [(0, 9, false)]);
    }

    #[test]
    fn what_is_below_the_threshold_hides_nothing() {
        let candidates =
            vec![candidate(0, 9, Location, Origin::List, 0.2), candidate(0, 4, Location, Origin::List, 3.0)];
        assert_eq!(taken(&candidates), [(0, 4, false)]);
    }

    #[test]
    fn the_callers_rows_win_and_hold_nationalities() {
        let candidates = vec![
            candidate(0, 30, Organization, Origin::OwnList, f32::INFINITY),
            candidate(20, 30, Nationality, Origin::List, 2.5),
            candidate(25, 40, Location, Origin::List, 3.0),
        ];
        assert_eq!(taken(&candidates), [(0, 30, false), (20, 30, true)]);
    }

    #[test]
    fn names_lie_in_hashtags_and_numbers_in_no_url() {
        let candidates = vec![
            candidate(0, 10, Hashtag, Origin::Pattern, f32::INFINITY),
            candidate(1, 10, Location, Origin::List, 3.0),
            candidate(11, 20, Url, Origin::Pattern, f32::INFINITY),
            candidate(15, 17, Number, Origin::Number, f32::INFINITY),
        ];
        assert_eq!(taken(&candidates), [(0, 10, false), (1, 10, true), (11, 20, false)]);
    }
}
