//! Decides between the rules and what was learned.
//!
//! What was learned says where names stand and of which type they are; the sources say which things they name, and what
//! lies in them. Closed lists know countries and nationalities better than any sentence does: these stay where what was
//! learned does not deny them. Dates, amounts, addresses and the caller's own names are the sources' alone.

use std::ops::Range;

use super::EntityType;
use super::candidate::{Candidate, Identity, Origin, bare};
use super::resolve::{Outermost, Resolved, resolve};
use super::tagger::{self, Name, OUTSIDE, Said, Tagged};
use super::words::Word;
use super::{names, people};
use crate::lexicon::Sense;
use crate::maps::TextMap;
use crate::{Document, Span};

/// What a candidate gains that stands where a name was found: more than any rule gives.
const FOUND: f32 = 100.0;
/// A listed nationality is denied where it is less likely in a name than this: many adjectives look like one.
const DENIED: f32 = 0.005;
/// The same of a listed country.
const DENIED_COUNTRY: f32 = 0.0001;
/// A listed place in a name is denied where it is as likely no name within it.
const DENIED_INSIDE: f32 = 0.8;
/// What is said of what only the lists know.
const HALF: f32 = 0.5;
/// A phrase of which no source is sure must be as likely right: half of the F1 that is reached, which makes F1 the
/// greatest (Lipton, Elkan, Narayanaswamy 2014).
const LIKELY_ENOUGH: f32 = 0.46;

/// The mentions of `document`, in order; nested or disjoint. The rules alone say `rules`.
pub(super) fn judge(
    document: &Document<'_>,
    tagged: &Tagged,
    mut candidates: Vec<Candidate>,
    rules: &[Outermost],
) -> Vec<Resolved> {
    let words = document.words().list();
    let mut names = Names::new(document, words, tagged);
    names.mend(&candidates);
    names.fit(rules);
    names.keep_likely(&candidates);
    let mut known = vec![false; names.list.len()];
    let mut bodies_inside = Vec::new();
    candidates.retain_mut(|candidate| match names.place(candidate) {
        Place::Elsewhere => true,
        Place::Inside => {
            let stays = !names.deny_inside(candidate);
            if stays && candidate.kind == Some(EntityType::Organization) {
                bodies_inside.push(candidate.clone());
            }
            stays
        }
        Place::At(index) => {
            if let Some(known) = known.get_mut(index) {
                *known = true;
            }
            candidate.score += FOUND;
            true
        }
        Place::Apart => is_closed(document, candidate) && !names.deny(candidate),
        Place::Across => false,
    });
    candidates.extend(names.unknown(&known));
    let weights = &document.knowledge().lexicon.evidence().weights;
    let mut resolved = resolve(candidates, weights);
    names.nest(&tagged.inner, &bodies_inside, &mut resolved);
    join(document, &mut resolved);
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
    said_inside: &'d Said,
    list: Vec<(Name, Span)>,
}

/// What the sources say of a name that was found.
#[derive(Clone, Copy, Debug, Default)]
struct Sources {
    /// Whether one of them takes it for one by itself.
    are_sure: bool,
    /// Whether a list has it that is whole.
    are_closed: bool,
}

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
        Self { document, words, said: &tagged.said, said_inside: &tagged.said_inside, list: list.collect() }
    }

    /// Mends what the lists know better than how a name stands in its sentence: where it begins in a word
    /// (`كالجزائر`), and that a country is one and no body, whatever it does (`اقترضت تونس`).
    fn mend(&mut self, candidates: &[Candidate]) {
        let threshold = self.document.knowledge().lexicon.evidence().weights.threshold;
        let alignment = &self.document.folded().alignment;
        for candidate in candidates.iter().filter(|candidate| candidate.origin == Origin::List) {
            let at = self.list.partition_point(|(_, name)| name.end < candidate.span.end);
            let Some((name, span)) = self.list.get_mut(at).filter(|(_, span)| span.end == candidate.span.end)
            else {
                continue;
            };
            let is_closed = is_closed(self.document, candidate);
            let is_sure = candidate.score >= threshold || is_closed;
            if !is_sure || !matches!(candidate.identity, Identity::Thing(..)) {
                continue;
            }
            let is_country = is_closed && candidate.kind == Some(EntityType::Location);
            if is_country && *span == candidate.span && name.kind == EntityType::Organization {
                name.kind = EntityType::Location;
            }
            // Most begin where the name does, or ahead of it.
            if candidate.span.begin <= span.begin {
                continue;
            }
            let begin = alignment.to_output(candidate.span).begin as usize;
            let first = self.words.partition_point(|word| word.end as usize <= name.begin);
            let in_first =
                self.words.get(first).is_some_and(|word| (word.begin..word.end).contains(&narrow(begin)));
            if candidate.kind == Some(name.kind) && in_first && begin > name.begin {
                (name.begin, *span) = (begin, candidate.span);
            }
        }
    }

    /// A place or an event of which the tagger has a part has the whole name that the rules have (`محطة البرلس`); and where
    /// the tagger has more, the name ends where theirs does if the next word has no article, as an adjective would
    /// (`ميناء العقبة أغلق`).
    fn fit(&mut self, rules: &[Outermost]) {
        let folded = self.document.folded();
        let is_phrase = |rule: &&Outermost| matches!(rule.kind, EntityType::Location | EntityType::Event);
        for &Outermost { span: whole, kind } in rules.iter().filter(is_phrase) {
            let first = self.list.partition_point(|(_, name)| name.end <= whole.begin);
            let behind = self.list.partition_point(|(_, name)| name.begin < whole.end);
            let Some([(name, span)]) = self.list.get_mut(first..behind) else { continue };
            let goes_on = span.begin == whole.begin && span.end > whole.end && {
                let end = folded.alignment.to_output(whole).end as usize;
                let rest = folded.text.get(end..name.end).unwrap_or_default().trim_start();
                self.document.knowledge().lexicon.proclitics().without_article(rest).is_none()
            };
            if kind == name.kind && (whole.contains(*span) || goes_on) {
                let of_whole = folded.alignment.to_output(whole);
                (name.begin, name.end) = (of_whole.begin as usize, of_whole.end as usize);
                *span = whole;
            }
        }
    }

    /// Lets go of names of which no source is sure: where a closed list has the word and its neighbours speak against
    /// the country (`يبلغ قطر الحفرة`); and where they are not likely enough. Of a person or an office the words around tell
    /// well enough; the names of other things are phrases, or listed words with an everyday meaning.
    fn keep_likely(&mut self, candidates: &[Candidate]) {
        let threshold = self.document.knowledge().lexicon.evidence().weights.threshold;
        let mut sources = vec![Sources::default(); self.list.len()];
        for candidate in candidates {
            if let Place::At(index) = self.place(candidate)
                && let Some(sources) = sources.get_mut(index)
            {
                sources.are_sure |= candidate.score >= threshold;
                sources.are_closed |= is_closed(self.document, candidate);
            }
        }
        let mut sources = sources.into_iter();
        self.list.retain(|(name, _)| {
            let Sources { are_sure, are_closed } = sources.next().unwrap_or_default();
            let is_phrase =
                matches!(name.kind, EntityType::Location | EntityType::Organization | EntityType::Event);
            are_sure || !are_closed && (!is_phrase || name.confidence >= LIKELY_ENOUGH)
        });
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

    /// Adds the names within names that were learned and that the rules do not nest; of bodies the lists may know which.
    fn nest(&self, inner: &[(EntityType, Range<usize>)], bodies: &[Candidate], mentions: &mut Vec<Resolved>) {
        let mut nested = Vec::with_capacity(inner.len());
        for (kind, name) in inner {
            let span = self.document.source_span(name.start, name.end);
            let before = mentions.partition_point(|mention| mention.candidate.span.begin < span.end);
            let (mut is_inside, mut is_free) = (false, true);
            // Mentions that lie in no other are disjoint: what is before the last of them touches nothing here.
            for mention in mentions.get(..before).unwrap_or_default().iter().rev() {
                let other = mention.candidate.span;
                if other == span {
                    is_free = false;
                } else if other.contains(span) {
                    is_inside = true;
                } else if other.overlaps(span) {
                    // What lies within the other too stays within it.
                    is_free &= mention.nested && span.contains(other);
                }
                if !mention.nested {
                    break;
                }
            }
            if is_free && is_inside {
                let letters = self.document.folded().text.get(name.clone()).unwrap_or_default();
                let is_it = |body: &&Candidate| body.span == span && body.kind == Some(*kind);
                let listed = bodies.iter().filter(is_it).max_by(|a, b| a.score.total_cmp(&b.score)).cloned();
                let candidate = listed.unwrap_or_else(|| unlisted(span, *kind, Identity::named(letters)));
                nested.push(Resolved { candidate, nested: true, confidence: None });
            }
        }
        if nested.is_empty() {
            return;
        }
        mentions.extend(nested);
        mentions.sort_by_key(|mention| (mention.candidate.span.begin, u32::MAX - mention.candidate.span.end));
    }

    /// The word in which the candidate begins, and whether it begins behind a proclitic.
    fn first_word(&self, candidate: &Candidate) -> (usize, bool) {
        let begin = self.document.folded().alignment.to_output(candidate.span).begin;
        let first = self.words.partition_point(|word| word.end <= begin);
        (first, self.words.get(first).is_some_and(|word| word.begin < begin))
    }

    /// How likely it is, by what is `said`, that the word is in no name. Of what is in no line nothing is.
    fn outside(said: &Said, word: usize) -> Option<f32> {
        Some(said.get(word)?.labels[OUTSIDE])
    }

    /// Whether what was learned rules out that the candidate is in a name. Of countries behind a proclitic it saw too few
    /// (`فمصر`): there the rules alone decide.
    fn deny(&self, candidate: &Candidate) -> bool {
        let (word, is_behind_proclitic) = self.first_word(candidate);
        let bar = match candidate.kind {
            Some(EntityType::Nationality) => DENIED,
            _ if is_behind_proclitic => return false,
            _ => DENIED_COUNTRY,
        };
        Self::outside(self.said, word).is_some_and(|outside| 1.0 - outside < bar)
    }

    /// Whether what was learned of names within names rules out that the candidate is one.
    fn deny_inside(&self, candidate: &Candidate) -> bool {
        candidate.kind == Some(EntityType::Location)
            && Self::outside(self.said_inside, self.first_word(candidate).0)
                .is_some_and(|outside| outside > DENIED_INSIDE)
    }

    /// The names that no source has.
    fn unknown(&self, known: &[bool]) -> Vec<Candidate> {
        let unknown: Vec<&(Name, Span)> =
            self.list.iter().zip(known).filter(|(_, known)| !**known).map(|(name, _)| name).collect();
        let people = |name: &Name| (name.kind == EntityType::Person).then_some((name.begin, name.end));
        let asked: Vec<(usize, usize)> = unknown.iter().filter_map(|(name, _)| people(name)).collect();
        let all = self.list.iter().filter_map(|(name, _)| people(name));
        let mut joined = people::joined(self.document, all, &asked).into_iter();
        unknown
            .into_iter()
            .map(|(name, span)| {
                let letters = self.document.folded().text.get(name.begin..name.end).unwrap_or_default();
                let identity = match name.kind {
                    EntityType::Person => joined.next().unwrap_or(Identity::Surface),
                    EntityType::Organization | EntityType::Location | EntityType::Event => {
                        Identity::named(letters)
                    }
                    _ => Identity::Surface,
                };
                unlisted(*span, name.kind, identity)
            })
            .collect()
    }

    /// How likely a mention is right: as what was learned has it; half where only the lists know it. Of what lies in a
    /// name nothing was measured.
    fn confidence(&self, mention: &Resolved) -> Option<f32> {
        if mention.nested {
            return None;
        }
        match self.place(&mention.candidate) {
            Place::At(index) => self.list.get(index).map(|(name, _)| name.confidence),
            Place::Apart => Some(HALF),
            Place::Elsewhere | Place::Inside | Place::Across => None,
        }
    }
}

/// What no source has is the listed thing that the text calls by the same name elsewhere.
pub(super) fn join(document: &Document<'_>, mentions: &mut [Resolved]) {
    let called = |mention: &Resolved| bare(document.folded_at(mention.candidate.span));
    let is_unlisted = |mention: &Resolved| matches!(mention.candidate.identity, Identity::Named(_));
    let is_listed = |mention: &Resolved| matches!(mention.candidate.identity, Identity::Thing(..));
    let mut of_unlisted: Vec<EntityType> =
        mentions.iter().filter(|mention| is_unlisted(mention)).filter_map(|m| m.candidate.kind).collect();
    of_unlisted.sort_unstable();
    of_unlisted.dedup();
    // Where each name first stands for a listed thing.
    let mut listed: TextMap<(EntityType, &str), usize> = TextMap::default();
    for (at, mention) in mentions.iter().enumerate().filter(|(_, mention)| is_listed(mention)) {
        if let Some(kind) = mention.candidate.kind.filter(|kind| of_unlisted.contains(kind)) {
            listed.entry((kind, called(mention))).or_insert(at);
        }
    }
    for at in 0..mentions.len() {
        let Some(mention) = mentions.get(at).filter(|mention| is_unlisted(mention)) else { continue };
        let same = mention.candidate.kind.and_then(|kind| listed.get(&(kind, called(mention))));
        let Some(Resolved { candidate, .. }) = same.and_then(|&same| mentions.get(same)) else { continue };
        let (identity, country) = (candidate.identity.clone(), candidate.country.clone());
        if let Some(Resolved { candidate, .. }) = mentions.get_mut(at) {
            (candidate.identity, candidate.country) = (identity, country);
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
