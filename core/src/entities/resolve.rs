//! Decides between candidates: which meaning a name has, and which of overlapping ones stays.
//!
//! Twice: first by what each candidate says for itself; then again with what the mentions of the
//! first round say for others (a document that speaks of Jordan means the city by `عمان`).

use foldhash::fast::RandomState;

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

/// A candidate in order.
#[derive(Clone, Copy)]
struct Ordered<'c> {
    span: Span,
    origin: Origin,
    /// Its place in the list.
    index: u32,
    candidate: &'c Candidate,
}

impl Ordered<'_> {
    /// Whether both are meanings of the same letters.
    fn is_beside(&self, other: &Self) -> bool {
        self.span == other.span && self.origin == other.origin
    }
}

/// Candidates with what speaks for each, in order.
type Scored<'c> = [(f32, Ordered<'c>)];

/// So many bits have the place of a candidate in its list: fewer fit in a text of 4 GiB.
const BITS_OF_INDEX: u32 = 30;

/// One number by which candidates are in order: leftmost first, of those the longest, of those by origin; of several
/// meanings that for which most speaks, of equals the first.
fn place(index: usize, candidate: &Candidate) -> u128 {
    let Span { begin, end } = candidate.span;
    // As whole numbers floats are in order but for those below 0, which are in the other one (`f32::total_cmp`).
    let bits = candidate.score.to_bits();
    let ascending = if bits >> 31 == 0 { bits | 1 << 31 } else { !bits };
    let place = u64::from(begin) << 32 | u64::from(u32::MAX - end);
    let meaning = (candidate.origin as u64) << 32 | u64::from(!ascending);
    u128::from(place) << 64 | u128::from(meaning << BITS_OF_INDEX | index as u64)
}

/// The place in the list of the candidate that has that number.
#[allow(clippy::cast_possible_truncation, reason = "the last bits alone are its place")]
const fn index_of(place: u128) -> u32 {
    place as u32 & ((1 << BITS_OF_INDEX) - 1)
}

/// A mention while it is being decided.
struct Taken<'c> {
    candidate: Ordered<'c>,
    nested: bool,
}

/// The mentions among `candidates`, in order; nested or disjoint.
pub(super) fn resolve(candidates: Vec<Candidate>, weights: &Weights) -> Vec<Resolved> {
    let best = decided(&candidates, weights);
    let taken: Vec<(u32, bool)> = nested(&best, &outer(&best))
        .into_iter()
        .filter(|taken| taken.candidate.candidate.kind.is_some())
        .map(|taken| (taken.candidate.index, taken.nested))
        .collect();
    let mut candidates: Vec<Option<Candidate>> = candidates.into_iter().map(Some).collect();
    // Names within names may be added.
    let mut resolved = Vec::with_capacity(candidates.len());
    resolved.extend(taken.into_iter().filter_map(|(index, nested)| {
        let candidate = candidates.get_mut(index as usize).and_then(Option::take)?;
        Some(Resolved { candidate, nested, confidence: None })
    }));
    resolved
}

/// Those of them that lie in no other.
pub(super) fn outermost(candidates: &[Candidate], weights: &Weights) -> Vec<Outermost> {
    let outer = outer(&decided(candidates, weights));
    let mut outermost = Vec::with_capacity(outer.len());
    outermost.extend(
        outer.iter().filter_map(|outer| Some(Outermost { span: outer.span, kind: outer.candidate.kind? })),
    );
    outermost
}

/// The best meaning of each span, by all that speaks for it.
fn decided<'c>(candidates: &'c [Candidate], weights: &Weights) -> Vec<(f32, Ordered<'c>)> {
    // What other mentions say can lift a candidate by no more than this.
    let most = weights.same_entity.max(0.0) + weights.same_country.max(0.0);
    let may_be_taken =
        |candidate: &Candidate| !candidate.span.is_empty() && candidate.score + most >= weights.threshold;
    let mut places: Vec<u128> = Vec::with_capacity(candidates.len());
    let real = candidates.iter().enumerate().filter(|(_, candidate)| may_be_taken(candidate));
    places.extend(real.map(|(index, candidate)| place(index, candidate)));
    places.sort_unstable();
    let mut ordered: Vec<Ordered<'_>> = Vec::with_capacity(places.len());
    ordered.extend(places.into_iter().filter_map(|place| {
        let index = index_of(place);
        let candidate = candidates.get(index as usize)?;
        Some(Ordered { span: candidate.span, origin: candidate.origin, index, candidate })
    }));
    let first = best(&ordered, |candidate| candidate.score, weights.threshold);
    let support = Support::of(&nested(&first, &outer(&first)));
    let scored = |candidate: &Candidate| candidate.score + support.of_candidate(candidate, weights);
    best(&ordered, scored, weights.threshold)
}

/// A listed thing: the index of its lexicon, and its own there.
type Listed = (usize, u32);

fn listed(identity: &Identity) -> Option<Listed> {
    match *identity {
        Identity::Thing(lexicon, thing) => Some((lexicon, thing)),
        _ => None,
    }
}

/// What the mentions of the first round speak for.
struct Support<'c> {
    /// Of the things that are mentioned where each is, twice at most: one of the two is elsewhere.
    mentioned: Vec<[Option<Span>; 2]>,
    /// Which of these each thing is.
    things: TextMap<Listed, usize>,
    /// Which are of each country, `MOST_THINGS` at most, so that asking costs the same in any text.
    countries: TextMap<&'c str, [Option<usize>; MOST_THINGS]>,
}

/// With three things of a country two are not the one that is asked for, and of these two one at least
/// is mentioned elsewhere, since a span has one meaning.
const MOST_THINGS: usize = 3;

impl<'c> Support<'c> {
    fn of(mentions: &[Taken<'c>]) -> Self {
        let mut support = Self {
            mentioned: Vec::with_capacity(mentions.len()),
            things: TextMap::with_capacity_and_hasher(mentions.len(), RandomState::default()),
            countries: TextMap::default(),
        };
        for mention in mentions {
            let Candidate { identity, country, span, .. } = mention.candidate.candidate;
            let Some(thing) = listed(identity) else { continue };
            let next = support.mentioned.len();
            let index = *support.things.entry(thing).or_insert(next);
            match support.mentioned.get_mut(index) {
                Some(spans) => put(spans, *span),
                None => support.mentioned.push([Some(*span), None]),
            }
            if let Some(country) = country {
                let things = support.countries.entry(country).or_default();
                if !things.contains(&Some(index)) {
                    put(things, index);
                }
            }
        }
        support
    }

    /// Whether the thing of that index is mentioned elsewhere than at `span`.
    fn is_elsewhere(&self, index: usize, span: Span) -> bool {
        let mentioned = self.mentioned.get(index);
        mentioned.is_some_and(|spans| spans.iter().flatten().any(|other| !other.overlaps(span)))
    }

    fn of_candidate(&self, candidate: &Candidate, weights: &Weights) -> f32 {
        let mut support = 0.0;
        let itself = listed(&candidate.identity).and_then(|thing| self.things.get(&thing).copied());
        if itself.is_some_and(|itself| self.is_elsewhere(itself, candidate.span)) {
            support += weights.same_entity;
        }
        // Bodies of a country are many: that others are spoken of says nothing of one.
        let is_place = candidate.kind != Some(EntityType::Organization);
        let country = candidate.country.as_deref().filter(|_| is_place);
        let things = country.and_then(|country| self.countries.get(country));
        let is_other = |&thing: &usize| Some(thing) != itself && self.is_elsewhere(thing, candidate.span);
        if things.is_some_and(|things| things.iter().flatten().any(is_other)) {
            support += weights.same_country;
        }
        support
    }
}

/// Puts something in where there is room.
fn put<T, const N: usize>(room: &mut [Option<T>; N], what: T) {
    if let Some(free) = room.iter_mut().find(|taken| taken.is_none()) {
        *free = Some(what);
    }
}

/// Of each span the best meaning over the threshold. `candidates` are in order.
fn best<'c>(
    candidates: &[Ordered<'c>],
    score: impl Fn(&Candidate) -> f32,
    threshold: f32,
) -> Vec<(f32, Ordered<'c>)> {
    let mut best: Vec<(f32, Ordered<'_>)> = Vec::with_capacity(candidates.len());
    for &next in candidates {
        let score = score(next.candidate);
        if score >= threshold {
            match best.last_mut() {
                // Of equals the first, which the lists have first.
                Some(last) if last.1.is_beside(&next) => {
                    if is_better((score, next.candidate), (last.0, last.1.candidate)) {
                        *last = (score, next);
                    }
                }
                _ => best.push((score, next)),
            }
        }
    }
    best
}

/// Takes of overlapping spans the leftmost longest of the earliest origin: in order, disjoint.
fn outer<'c>(best: &Scored<'c>) -> Vec<Ordered<'c>> {
    let mut outer: Vec<Ordered<'_>> = Vec::new();
    for origins in
        [Origin::OwnList..=Origin::OwnList, Origin::Pattern..=Origin::Pattern, Origin::Number..=Origin::List]
    {
        let mut added: Vec<Ordered<'_>> = Vec::with_capacity(best.len());
        let mut around = Around::of(&outer);
        // Of the last that is added.
        let mut last_score = 0.0;
        for &(score, ordered) in best.iter().filter(|(_, ordered)| origins.contains(&ordered.origin)) {
            let span = ordered.span;
            if around.overlapping(span).is_some() {
                continue;
            }
            match added.last().map(|last| last.span) {
                Some(last) if last.contains(span) => continue,
                // Of two that cross the one for which more speaks stays, of equals the first.
                Some(last) if last.end > span.begin => {
                    if score <= last_score {
                        continue;
                    }
                    added.pop();
                }
                _ => {}
            }
            added.push(ordered);
            last_score = score;
        }
        outer = if outer.is_empty() { added } else { merged(&outer, &added) };
    }
    outer
}

/// Both in one order; those that are `known` are few.
fn merged<'c>(known: &[Ordered<'c>], added: &[Ordered<'c>]) -> Vec<Ordered<'c>> {
    let mut merged = Vec::with_capacity(known.len() + added.len());
    let mut added = added;
    for &known in known {
        let before = added.partition_point(|added| added.span.begin < known.span.begin);
        let (before, behind) = added.split_at_checked(before).unwrap_or((added, &[]));
        merged.extend_from_slice(before);
        merged.push(known);
        added = behind;
    }
    merged.extend_from_slice(added);
    merged
}

/// What lies in no other, each with what may be nested in it, in order.
fn nested<'c>(best: &Scored<'c>, outer: &[Ordered<'c>]) -> Vec<Taken<'c>> {
    let mut taken: Vec<Taken<'_>> = Vec::with_capacity(best.len());
    let mut outermost_of = Around::of(outer);
    // What lies around the next candidate, the innermost last.
    let mut around: Vec<&Ordered<'_>> = Vec::new();
    for (_, candidate) in best {
        let span = candidate.span;
        let Some(outermost) = outermost_of.overlapping(span) else { continue };
        let is_outermost = outermost.index == candidate.index;
        if is_outermost || around.first().is_none_or(|first| first.span != outermost.span) {
            around.clear();
            around.push(outermost);
        }
        // In order it is ahead of what lies in it.
        if is_outermost {
            taken.push(Taken { candidate: *candidate, nested: false });
            continue;
        }
        while around.len() > 1 && around.last().is_some_and(|inner| inner.span.end <= span.begin) {
            around.pop();
        }
        let Some(innermost) = around.last() else { continue };
        let inside = innermost.span.contains(span) && innermost.span != span;
        if inside && may_nest(candidate.candidate, innermost.candidate) {
            taken.push(Taken { candidate: *candidate, nested: true });
            around.push(candidate);
        }
    }
    taken
}

/// Walks along a list that is sorted and disjoint.
struct Around<'l, 'c> {
    rest: &'l [Ordered<'c>],
}

impl<'l, 'c> Around<'l, 'c> {
    const fn of(list: &'l [Ordered<'c>]) -> Self {
        Self { rest: list }
    }

    /// The first that shares a byte with `span`, which begins no earlier than the one that was asked for before.
    fn overlapping(&mut self, span: Span) -> Option<&'l Ordered<'c>> {
        while let [first, rest @ ..] = self.rest {
            if first.span.end > span.begin {
                return Some(first).filter(|first| first.span.overlaps(span));
            }
            self.rest = rest;
        }
        None
    }
}

/// Whether a meaning goes before another one of the same letters. Of a country and its nationality only
/// what stands beside them tells which is meant: mentions elsewhere speak for both.
fn is_better(next: (f32, &Candidate), best: (f32, &Candidate)) -> bool {
    let same_country = next.1.country.is_some() && next.1.country == best.1.country;
    if same_country && next.1.kind != best.1.kind { next.1.score > best.1.score } else { next.0 > best.0 }
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
        resolve(candidates.to_vec(), &weights)
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
