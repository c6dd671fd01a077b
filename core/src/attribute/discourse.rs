//! Whom a verb alone means (`وأضاف`): the one named before who fits it best.

use super::CLAUSE;
use super::actors::Actors;
use super::clause::{Clauses, Subject};
use super::text::Text;
use crate::entities::EntityType;
use crate::lexicon::Gender;
use crate::segment::features::{Observed, features};
use crate::segment::rules::{Number, SpeechUse, SpeechWord};

features! {
    /// What speaks for somebody named before as the one whom a verb alone means.
    SubjectFeature {
        /// Always.
        Bias,
        /// In gender with the verb.
        Agrees,
        /// In gender against the verb.
        Disagrees,
        /// The verb is a woman's, and nothing says that the person is one.
        MayDisagree,
        /// A person.
        Person,
        /// A body.
        Organisation,
        /// A place.
        Place,
        /// The subject of what stands before the verb in its sentence.
        SubjectHere,
        /// The subject of the sentence before.
        SubjectBefore,
        /// The subject of the sentence before that.
        SubjectTwoBefore,
        /// The subject of one further back.
        SubjectEarlier,
        /// The last who spoke.
        SpokeLast,
        /// The same, and the verb says that he goes on.
        SpokeLastAndGoesOn,
        /// Named in the verb's sentence.
        NamedHere,
        /// Named in the sentence before.
        NamedInSentenceBefore,
        /// Not named so near.
        NamedEarlier,
        /// Nobody is named after him.
        NamedLast,
        /// Named in somebody's words only.
        InQuotation,
        /// Named behind ل and not otherwise: to whom something was said.
        OnlySpokenTo,
        /// Somebody has put a question to him.
        WasAsked,
        /// Named in the same block.
        SameBlock,
    }
}

/// What a verb says of its subject.
#[derive(Clone, Copy, Default)]
pub(super) struct Agreement {
    pub(super) gender: Option<Gender>,
    pub(super) plural: bool,
    pub(super) goes_on: bool,
}

impl From<SpeechWord> for Agreement {
    fn from(word: SpeechWord) -> Self {
        Self {
            gender: word.gender,
            plural: word.number != Number::Singular,
            goes_on: word.usage == Some(SpeechUse::Continues) || !word.finite,
        }
    }
}

/// Actors before a verb that are looked at.
const ACTORS: usize = 48;
/// Sentences before a verb whose subjects are known to it.
const SENTENCES: usize = 8;

/// What is known of a sentence's subject.
#[derive(Clone, Copy)]
enum Told {
    NotYet,
    Subject(Option<usize>),
}

/// Who has been spoken of so far.
pub(super) struct Discourse<'a, 'd> {
    pub(super) text: &'a Text<'d>,
    pub(super) actors: &'a Actors,
    /// Of each sentence, once asked for: who its subject is.
    subjects: Vec<Told>,
    /// Of each actor, whether it stands in somebody's words.
    quoted: Vec<bool>,
    /// Who spoke last.
    pub(super) last_speaker: Option<usize>,
    /// The sentence in which he did, of those in marks.
    last_quoted: Option<usize>,
}

impl<'a, 'd> Discourse<'a, 'd> {
    pub(super) fn new(text: &'a Text<'d>, actors: &'a Actors) -> Self {
        let mut quoted = vec![false; actors.list.len()];
        for quotation in text.document.quotations().iter().filter(|quotation| quotation.is_in_marks()) {
            let first = actors.first_from(quotation.span.begin);
            let inside =
                actors.list.iter().skip(first).take_while(|actor| actor.span.end <= quotation.span.end);
            let last = first + inside.count();
            quoted.iter_mut().skip(first).take(last - first).for_each(|quoted| *quoted = true);
        }
        let subjects = vec![Told::NotYet; text.document.sentences().len()];
        Self { text, actors, subjects, quoted, last_speaker: None, last_quoted: None }
    }

    /// Who fits a verb at `token` best, of those named before it; his index among the entities.
    pub(super) fn meant(&mut self, token: usize, from: usize, agreement: Agreement) -> Option<usize> {
        use SubjectFeature as F;
        if agreement.plural {
            return None;
        }
        let at = self.text.begin(token);
        let here = self.sentence_at(at);
        let block =
            |sentence: usize| self.text.document.sentences().get(sentence).map(|sentence| sentence.block);
        let block_here = block(here);
        let subject_here = (from < token).then(|| self.subject_between(from, token)).flatten();
        let before: Vec<Option<usize>> = (1..=SENTENCES)
            .map(|back| here.checked_sub(back).and_then(|sentence| self.subject_of(sentence)))
            .collect();
        let asked = self.asked(here, token);
        let last_speaker = self.last_speaker_before(here, from, token);
        let last = self.actors.first_from(at);
        let first = last.saturating_sub(ACTORS);
        let mut best: Option<(f32, usize)> = None;
        let mut seen: Vec<usize> = Vec::new();
        for index in (first..last).rev() {
            let Some(actor) = self.actors.list.get(index) else { continue };
            if seen.contains(&actor.who) || actor.kind == EntityType::Role && !actor.held {
                continue;
            }
            let nearest = seen.is_empty();
            seen.push(actor.who);
            let sentence = self.sentence_at(actor.span.begin);
            let mut observed = Observed::new();
            observed.set(F::Bias);
            if let (Some(verb), Some(own)) = (agreement.gender, self.actors.gender(actor.who)) {
                observed.set(if verb == own { F::Agrees } else { F::Disagrees });
            }
            let unknown = actor.kind == EntityType::Person && self.actors.gender(actor.who).is_none();
            observed.set_if(F::MayDisagree, unknown && agreement.gender == Some(Gender::Feminine));
            observed.set(match actor.kind {
                EntityType::Organization => F::Organisation,
                EntityType::Location => F::Place,
                _ => F::Person,
            });
            observed.set_if(F::SubjectHere, subject_here == Some(actor.who));
            let back = before.iter().position(|subject| *subject == Some(actor.who));
            match back {
                Some(0) => observed.set(F::SubjectBefore),
                Some(1) => observed.set(F::SubjectTwoBefore),
                Some(_) => observed.set(F::SubjectEarlier),
                None => {}
            }
            if last_speaker == Some(actor.who) {
                observed.set(F::SpokeLast);
                observed.set_if(F::SpokeLastAndGoesOn, agreement.goes_on);
            }
            observed.set(match here - sentence.min(here) {
                0 => F::NamedHere,
                1 => F::NamedInSentenceBefore,
                _ => F::NamedEarlier,
            });
            observed.set_if(F::NamedLast, nearest);
            let only_quoted = (first..=index).rev().all(|other| {
                self.actors.list.get(other).is_none_or(|other| other.who != actor.who)
                    || self.quoted.get(other).copied().unwrap_or_default()
            });
            observed.set_if(F::InQuotation, only_quoted);
            let mut own = (first..=index)
                .filter_map(|other| self.actors.list.get(other))
                .filter(|other| other.who == actor.who);
            observed.set_if(F::OnlySpokenTo, own.all(|other| other.after_preposition));
            observed.set_if(F::WasAsked, asked == Some(actor.who));
            observed.set_if(F::SameBlock, block(sentence) == block_here);
            let score = self.text.rules.weights.score(observed);
            if score > 0.0 && best.is_none_or(|(best, _)| score > best) {
                best = Some((score, actor.who));
            }
        }
        best.map(|(_, who)| who)
    }

    /// Who spoke last before a token, in marks or not.
    fn last_speaker_before(&self, here: usize, from: usize, token: usize) -> Option<usize> {
        let sentences = self.text.document.sentences();
        let clauses = Clauses { text: self.text, actors: self.actors };
        let spoke = |begin: usize, end: usize| {
            (begin..end).rev().find_map(|index| {
                self.text.speaks(index).filter(|word| word.finite)?;
                match clauses.subject(index + 1, end) {
                    Subject::Actor(actor) => {
                        let actor = self.actors.list.get(actor)?;
                        (actor.kind != EntityType::Role || actor.held).then_some(actor.who)
                    }
                    _ => None,
                }
            })
        };
        if let Some(who) = spoke(from.min(token), token) {
            return Some(who);
        }
        for back in 1..=SENTENCES {
            let Some(sentence) = here.checked_sub(back) else { break };
            if self.last_quoted.is_some_and(|last| last >= sentence) {
                break;
            }
            let Some(span) = sentences.get(sentence).map(|sentence| sentence.span) else { break };
            let tokens = self.text.view.tokens_in(span);
            if let Some(who) = spoke(tokens.start.max(tokens.end.saturating_sub(CLAUSE)), tokens.end) {
                return Some(who);
            }
        }
        self.last_speaker
    }

    /// Notes who speaks in a quotation that ends at byte `end`.
    pub(super) fn spoke(&mut self, who: usize, end: u32) {
        self.last_speaker = Some(who);
        self.last_quoted = Some(self.sentence_at(end.saturating_sub(1)));
    }

    pub(super) fn sentence_at(&self, at: u32) -> usize {
        let sentences = self.text.document.sentences();
        sentences.partition_point(|sentence| sentence.span.begin <= at).saturating_sub(1)
    }

    /// The subject of a whole sentence.
    fn subject_of(&mut self, sentence: usize) -> Option<usize> {
        if let Some(Told::Subject(known)) = self.subjects.get(sentence) {
            return *known;
        }
        let span = self.text.document.sentences().get(sentence)?.span;
        let tokens = self.text.view.tokens_in(span);
        let subject = self.subject_between(tokens.start, tokens.end.min(tokens.start + CLAUSE));
        if let Some(known) = self.subjects.get_mut(sentence) {
            *known = Told::Subject(subject);
        }
        subject
    }

    /// The subject of the words between two tokens.
    pub(super) fn subject_between(&self, begin: usize, end: usize) -> Option<usize> {
        let clauses = Clauses { text: self.text, actors: self.actors };
        match clauses.main_subject(begin, end) {
            Subject::Actor(index) => {
                let actor = self.actors.list.get(index)?;
                (actor.kind != EntityType::Role || actor.held).then_some(actor.who)
            }
            Subject::Noun(token) => self.introduced(token),
            _ => None,
        }
    }

    /// Who was introduced before with the noun at a token: an office or body that begins with it, or a name beside it.
    pub(super) fn introduced(&self, token: usize) -> Option<usize> {
        let text = self.text;
        let stem = text.stem(token);
        let last = self.actors.first_from(text.begin(token));
        let before = self.actors.list.get(last.saturating_sub(ACTORS)..last)?.iter().rev();
        let is = |noun: Option<usize>| noun.is_some_and(|noun| text.stem(noun) == stem);
        let found = before.filter(|actor| actor.kind != EntityType::Role || actor.held).find(|actor| {
            let noun = actor.tokens.start.checked_sub(1);
            actor.kind != EntityType::Person && text.stem(actor.tokens.start) == stem
                || is(noun)
                || is(noun.and_then(|noun| noun.checked_sub(1)))
        });
        found.map(|actor| actor.who)
    }

    /// Who has been asked, in the verb's sentence or the one before.
    fn asked(&mut self, here: usize, token: usize) -> Option<usize> {
        let from = self.text.document.sentences().get(here.saturating_sub(1))?.span.begin;
        let first = self.text.view.tokens.partition_point(|other| other.span.begin < from);
        let asks = (first.max(token.saturating_sub(40))..token)
            .rev()
            .find(|index| self.text.speaks(*index).is_some_and(|word| word.usage == Some(SpeechUse::Asks)))?;
        let subject = self.subject_between(asks, token);
        let actors = self.actors.list.iter().skip(self.actors.first_from(self.text.begin(asks)));
        let mut between = actors.take_while(|actor| actor.span.end <= self.text.begin(token));
        between
            .find(|actor| {
                Some(actor.who) != subject && actor.kind == EntityType::Person && !actor.after_preposition
            })
            .map(|actor| actor.who)
    }

    /// The mention of `who` that is nearest before byte `at`, outside quotations if there is one; else the first
    /// after it.
    pub(super) fn nearest_mention(&self, who: usize, at: u32) -> Option<usize> {
        let is_his = |index: &usize| self.actors.list.get(*index).is_some_and(|actor| actor.who == who);
        let free = |index: &usize| !self.quoted.get(*index).copied().unwrap_or_default();
        let first = self.actors.first_from(at);
        let before = (0..first).rev().filter(is_his);
        let mut nearest = None;
        for index in before {
            if free(&index) {
                return Some(index);
            }
            nearest = nearest.or(Some(index));
        }
        nearest.or_else(|| (first..self.actors.list.len()).find(is_his))
    }
}
