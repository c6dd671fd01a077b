//! Who is there to speak: the mentions of people, their offices, bodies and places, as the tokens have them.

use std::ops::Range;

use super::text::Text;
use crate::Span;
use crate::entities::EntityType;
use crate::lexicon::Gender;

/// A mention of somebody or something that can speak.
#[derive(Clone, Debug)]
pub(super) struct Actor {
    pub(super) span: Span,
    /// The tokens that it touches.
    pub(super) tokens: Range<usize>,
    pub(super) kind: EntityType,
    /// Who it is: its entity, or of an office that somebody in the text holds, his.
    pub(super) who: usize,
    /// Of an office: whether somebody in the text holds it.
    pub(super) held: bool,
    /// It begins behind a preposition that is written together with it.
    pub(super) after_preposition: bool,
}

/// The mentions in order, and the gender of each entity.
pub(super) struct Actors {
    pub(super) list: Vec<Actor>,
    genders: Vec<Option<Gender>>,
    /// For each token the actor that begins in it, by `u32::MAX` none.
    at_token: Vec<u32>,
}

/// Tokens between an office and the name of who holds it.
const HOLDER: usize = 10;
/// Sentences after an office within which its holder may be named.
const LATER: usize = 4;
/// Offices before one that are looked through for the same office with a name.
const OFFICES: usize = 40;

impl Actors {
    pub(super) fn of(text: &Text<'_>) -> Self {
        let mut list: Vec<Actor> = Vec::new();
        for (entity, of) in text.document.entities().iter().enumerate() {
            use EntityType::{Location, Organization, Person, Role};
            if !matches!(of.kind, Person | Organization | Location | Role) {
                continue;
            }
            for mention in of.mentions.iter().filter(|mention| !mention.nested) {
                let tokens = text.tokens_touching(mention.span);
                if of.kind == Person && text.is(tokens.start, &text.rules.no_names) {
                    continue;
                }
                let after_preposition = has_preposition(text, tokens.start, mention.span);
                list.push(Actor {
                    span: mention.span,
                    tokens,
                    kind: of.kind,
                    who: entity,
                    held: false,
                    after_preposition,
                });
            }
        }
        list.sort_by_key(|actor| (actor.span.begin, actor.span.end));
        let mut at_token = vec![u32::MAX; text.view.tokens.len()];
        for (index, actor) in (0_u32..).zip(&list) {
            if let Some(at) = at_token.get_mut(actor.tokens.start).filter(|at| **at == u32::MAX) {
                *at = index;
            }
        }
        let mut actors = Self { list, genders: vec![None; text.document.entities().len()], at_token };
        actors.join_offices(text);
        actors.tell_genders(text);
        actors
    }

    /// The actor that begins in a token, with its index.
    pub(super) fn at(&self, token: usize) -> Option<(usize, &Actor)> {
        let index = *self.at_token.get(token)? as usize;
        Some((index, self.list.get(index)?))
    }

    /// The index of the first actor that does not begin before byte `at`.
    pub(super) fn first_from(&self, at: u32) -> usize {
        self.list.partition_point(|actor| actor.span.begin < at)
    }

    pub(super) fn gender(&self, who: usize) -> Option<Gender> {
        self.genders.get(who).copied().flatten()
    }

    /// Gives an office to the person named beside it, or to who holds the same office elsewhere.
    fn join_offices(&mut self, text: &Text<'_>) {
        let offices: Vec<usize> = (0..self.list.len()).filter(|index| self.is_office(*index)).collect();
        for index in &offices {
            let holder = self.holder_beside(text, *index);
            self.give(*index, holder);
        }
        // In a headline the office stands before its holder is named.
        for (at, index) in offices.iter().enumerate() {
            let free = self.list.get(*index).filter(|actor| !actor.held);
            let Some(first) = free.map(|actor| text.stem(actor.tokens.start)) else { continue };
            let is_spokesman = self.is_spokesman(text, *index);
            let body = self.body_of(text, *index).filter(|_| is_spokesman);
            let before = offices.get(at.saturating_sub(OFFICES)..at).unwrap_or_default().iter().rev();
            let after = offices.get(at + 1..).unwrap_or_default().iter().take(OFFICES);
            let same = |other: &&usize| {
                let is_held = |other: &Actor| other.held && text.stem(other.tokens.start) == first;
                // Two bodies have two (المتحدث باسم الوزارة, المتحدث باسم الجامعة).
                let of_one =
                    || body.zip(self.body_of(text, **other)).is_none_or(|(body, other)| body == other);
                self.list.get(**other).is_some_and(is_held) && of_one()
            };
            let other = before.chain(after).find(same).and_then(|other| self.list.get(*other));
            // متحدث باسم الوزارة is one whom the text does not name.
            let is_somebody = is_spokesman
                && self.list.get(*index).is_some_and(|office| !text.has_article(office.tokens.start));
            let later = || (!is_somebody).then(|| self.holder_later(text, *index)).flatten();
            let holder = other.map(|other| other.who).or_else(later);
            self.give(*index, holder);
        }
    }

    fn is_office(&self, index: usize) -> bool {
        self.list.get(index).is_some_and(|actor| actor.kind == EntityType::Role)
    }

    /// The first word of the body that an office is of, where it follows at once.
    fn body_of<'d>(&self, text: &Text<'d>, office: usize) -> Option<&'d str> {
        let office = self.list.get(office)?;
        let (_, body) = self.at(office.tokens.end)?;
        (body.kind == EntityType::Organization).then(|| text.stem(body.tokens.start))
    }

    /// Whether an office is to speak in the name of others.
    fn is_spokesman(&self, text: &Text<'_>, office: usize) -> bool {
        let tokens = self.list.get(office).map(|office| office.tokens.clone()).unwrap_or_default();
        (tokens.start..=tokens.end).any(|token| text.is_bare(token, &text.rules.spokesmen))
    }

    fn give(&mut self, office: usize, holder: Option<usize>) {
        if let (Some(who), Some(actor)) = (holder, self.list.get_mut(office)) {
            actor.who = who;
            actor.held = true;
        }
    }

    /// The person whose name follows an office at once or after what belongs to it, or stands before it.
    fn holder_beside(&self, text: &Text<'_>, index: usize) -> Option<usize> {
        let actor = self.list.get(index)?;
        let mut at = actor.tokens.end;
        let end = at + HOLDER;
        let mut after_comma = false;
        while at < end {
            if let Some((_, next)) = self.at(at) {
                match next.kind {
                    EntityType::Person if !next.after_preposition => return Some(next.who),
                    EntityType::Person => break,
                    _ if after_comma && next.kind != EntityType::Role => break,
                    _ => at = next.tokens.end.max(at + 1),
                }
                continue;
            }
            let single = text.view.single(at);
            if matches!(single, Some('\u{60C}' | ',')) {
                if after_comma {
                    break;
                }
                after_comma = true;
            } else if text.view.token(at).is_none()
                || single.is_some_and(|c| {
                    !c.is_alphabetic() && !matches!(c, '(' | ')' | '"' | '\u{AB}' | '\u{BB}')
                })
                || text.speaks(at).is_some()
                || text.is(at, &text.rules.clause_openers)
            {
                break;
            }
            at += 1;
        }
        // فلان، رئيس البلدية
        let before = index.checked_sub(1).and_then(|before| self.list.get(before))?;
        let gap = text.view.single(before.tokens.end);
        (before.kind == EntityType::Person
            && !actor.after_preposition
            && before.tokens.end + 1 == actor.tokens.start
            && matches!(gap, Some('\u{60C}' | ',' | '(')))
        .then_some(before.who)
    }

    /// The person who is named for the first time soon after, by the name alone: who was called by the office before.
    fn holder_later(&self, text: &Text<'_>, index: usize) -> Option<usize> {
        let office = self.list.get(index)?;
        let feminine = noun_gender(text, office.tokens.start) < 0;
        let sentences = text.document.sentences();
        let sentence = |at: u32| sentences.partition_point(|sentence| sentence.span.begin <= at);
        let limit = sentence(office.span.begin) + LATER;
        let people = self.list.iter().enumerate().skip(index + 1);
        let (at, next) = people
            .take_while(|(_, actor)| sentence(actor.span.begin) <= limit)
            .find(|(_, actor)| matches!(actor.kind, EntityType::Person | EntityType::Role))?;
        let first = self.list.get(..at)?.iter().all(|other| other.who != next.who);
        let beside = next.tokens.start.checked_sub(1)?;
        // A noun or office before the name introduces somebody new.
        let alone = text.speaks(beside).is_some()
            || text.is(beside, &text.rules.accordings)
            || !text.view.is_word(beside)
            || text.opens_clause(beside);
        let gender = person_gender(text, next);
        let followed = self
            .list
            .get(at + 1)
            .is_some_and(|after| after.kind == EntityType::Role && after.tokens.start <= next.tokens.end + 1);
        (next.kind == EntityType::Person
            && first
            && alone
            && !followed
            && (gender <= 0 || !feminine)
            && !next.after_preposition)
            .then_some(next.who)
    }

    fn tell_genders(&mut self, text: &Text<'_>) {
        let mut evidence = vec![0_i32; self.genders.len()];
        for actor in &self.list {
            let mut weight = match actor.kind {
                EntityType::Person => person_gender(text, actor),
                EntityType::Role => office_gender(text, actor),
                _ => body_gender(text, actor),
            };
            // The verb before its subject agrees with it.
            if let Some(before) = actor.tokens.start.checked_sub(1).filter(|_| !actor.after_preposition) {
                if let Some(word) = text.speaks(before).filter(|word| word.finite) {
                    weight += 3 * sign(word.gender);
                } else if actor.kind == EntityType::Person
                    && text.view.is_word(before)
                    && !text.is_phrase(before)
                    && !before.checked_sub(1).is_some_and(|noun| text.is(noun, &text.rules.prepositions))
                {
                    // A title that is no office: الباحثة فلانة.
                    weight += noun_gender(text, before);
                }
            }
            if let Some(sum) = evidence.get_mut(actor.who) {
                *sum += weight;
            }
        }
        for (gender, sum) in self.genders.iter_mut().zip(evidence) {
            *gender = match sum {
                0 => None,
                sum if sum > 0 => Some(Gender::Masculine),
                _ => Some(Gender::Feminine),
            };
        }
    }
}

/// Letters of a preposition between the begin of the token and the mention.
fn has_preposition(text: &Text<'_>, token: usize, mention: Span) -> bool {
    let begin = text.view.token(token).map_or(mention.begin, |token| token.span.begin);
    let attached = text.view.text.get(begin as usize..mention.begin as usize).unwrap_or_default();
    if attached.contains(['ل', 'ب', 'ك']) {
        return true;
    }
    // ل «المدائن», لـ فلان
    let joins = |token: &usize| {
        text.is_quotation_mark(*token) || matches!(text.view.single(*token), Some('\u{640}' | '(' | '['))
    };
    let before = (0..token).rev().take(4).find(|token| !joins(token));
    before.is_some_and(|before| text.is_letter(before))
}

const fn sign(gender: Option<Gender>) -> i32 {
    match gender {
        None => 0,
        Some(Gender::Masculine) => 1,
        Some(Gender::Feminine) => -1,
    }
}

/// By the name's first word.
fn person_gender(text: &Text<'_>, actor: &Actor) -> i32 {
    let first = text.view.folded_span(
        text.view
            .token(actor.tokens.start)
            .map_or(actor.span, |token| Span::new(actor.span.begin, token.span.end.max(actor.span.begin))),
    );
    // A surname alone says nothing; one word is as often one.
    let weight = if actor.tokens.len() > 1 { 2 } else { 1 };
    text.document
        .knowledge()
        .lexicon
        .words()
        .name(first)
        .filter(|word| word.given > 0 && (weight > 1 || word.given > word.family))
        .map_or(0, |word| weight * sign(word.gender))
}

/// A woman's title has its ending; a man's may be a woman's as well.
fn office_gender(text: &Text<'_>, actor: &Actor) -> i32 {
    if noun_gender(text, actor.tokens.start) < 0 { -2 } else { 0 }
}

/// Feminine by ta marbuta, which a pronoun is not.
pub(super) fn noun_gender(text: &Text<'_>, token: usize) -> i32 {
    let word = text.view.surface(token);
    let bare = word.trim_end_matches(crate::segment::is_arabic_mark);
    if bare.ends_with('ة') || bare.ends_with('ه') && text.has_article(token) { -2 } else { 0 }
}

fn body_gender(text: &Text<'_>, actor: &Actor) -> i32 {
    let first = text.view.folded_span(Span::new(
        actor.span.begin,
        text.view
            .token(actor.tokens.start)
            .map_or(actor.span.end, |token| token.span.end.max(actor.span.begin)),
    ));
    if actor.kind == EntityType::Location {
        return if text.rules.masculine_places.has(first) { 2 } else { -2 };
    }
    if text.rules.feminine_bodies.has(first) || first.ends_with(['ه', 'ا']) || first.ends_with("ات") {
        return -2;
    }
    // Foreign names and bare proper names are taken up by either.
    i32::from(actor.tokens.len() > 1 && !first.contains(|c: char| c.is_ascii()))
}
