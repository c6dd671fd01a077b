//! What in a sentence says whose words a quotation holds: a verb or another word of speaking before or after it.

use std::ops::Range;

use super::actors::Actors;
use super::clause::{Clauses, Subject};
use super::discourse::Agreement;
use super::text::Text;
use crate::entities::EntityType;
use crate::lexicon::Gender;
use crate::segment::rules::{Person, SpeechUse, SpeechWord};
use crate::segment::{Quotation, QuotationKind};

/// How the text gives words to somebody.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Frame {
    /// By what stands in the place of the speaker.
    Subject(Subject),
    /// By a verb alone, at a token.
    Bare { token: usize, agreement: Agreed },
    /// As those before it.
    Same,
    /// As those around it.
    Outer,
    /// Not at all.
    Nobody,
}

/// [`Agreement`], comparable.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Agreed {
    pub(super) gender: Option<Gender>,
    pub(super) plural: bool,
    pub(super) goes_on: bool,
}

impl From<Agreed> for Agreement {
    fn from(from: Agreed) -> Self {
        Self { gender: from.gender, plural: from.plural, goes_on: from.goes_on }
    }
}

impl From<SpeechWord> for Agreed {
    fn from(word: SpeechWord) -> Self {
        let Agreement { gender, plural, goes_on } = word.into();
        Self { gender, plural, goes_on }
    }
}

/// A quotation with what stands around it in its sentence, as tokens.
pub(super) struct Around {
    /// From the sentence's beginning, or the quotation before, to the quotation.
    pub(super) before: Range<usize>,
    /// From the quotation to the next, or the sentence's end.
    pub(super) after: Range<usize>,
    /// The first token of its sentence.
    pub(super) sentence: usize,
    /// The quotation before it on the same level.
    pub(super) another: Option<usize>,
    /// It stands in the same sentence.
    pub(super) follows_another: bool,
    /// It lies in another.
    pub(super) inside: bool,
    /// A quotation ends where this sentence or its block begins.
    pub(super) goes_on: bool,
}

/// What gives words to somebody, at a token.
#[derive(Clone, Copy)]
enum Cue {
    Verb(SpeechWord),
    According,
    AccordingOf(Option<Gender>),
    OfSubject,
    Statement,
    /// Written or said by nobody who is named (كتب عليها).
    Passive,
}

/// Tokens before a quotation among which what gives it to somebody is looked for.
const BEFORE: usize = 60;
/// Words between two quotations that join them (لكنها).
const LINKS: usize = 3;
/// Tokens before a verb such as جاء among which the statement is looked for.
const STATEMENT: usize = 12;
/// Tokens after a quotation among which the verb is looked for.
const AFTER: usize = 5;

/// Reads the frames of quotations.
pub(super) struct Frames<'a, 'd> {
    pub(super) text: &'a Text<'d>,
    pub(super) actors: &'a Actors,
}

impl<'a, 'd> Frames<'a, 'd> {
    fn clauses(&self) -> Clauses<'a, 'd> {
        Clauses { text: self.text, actors: self.actors }
    }

    /// How the text gives `quotation` to somebody, and the token of the word that says so.
    pub(super) fn of(&self, quotation: &Quotation, around: &Around) -> (Frame, Option<usize>) {
        let text = self.text;
        let before = self.cue_before(around);
        let colon = around.before.clone().next_back().is_some_and(|last| text.view.single(last) == Some(':'));
        if let Some((token, cue)) = before {
            let adjacent = self.is_adjacent(token, around);
            if adjacent || self.cue_after(around).is_none() {
                return (self.governed(token, cue, around), Some(token));
            }
        }
        let after = self.cue_after(around);
        if colon && after.is_none_or(|(_, token)| token.is_none()) {
            return (self.by_colon(around), None);
        }
        if let Some((frame, token)) = after {
            let nobody = matches!(frame, Frame::Nobody | Frame::Subject(Subject::Nobody));
            if let Some((token, cue)) = before.filter(|_| nobody) {
                return (self.governed(token, cue, around), Some(token));
            }
            return (frame, token);
        }
        if let Some((token, cue)) = before {
            return (self.governed(token, cue, around), Some(token));
        }
        if around.inside {
            return (Frame::Nobody, None);
        }
        let opens = around.before.is_empty();
        let links = text.view.words_up_to(around.before.clone(), LINKS + 1) <= LINKS
            && around.before.clone().all(|token| self.actors.at(token).is_none());
        if around.follows_another && links {
            return (Frame::Same, None);
        }
        if opens && around.goes_on {
            return (Frame::Same, None);
        }
        if opens && quotation.kind == QuotationKind::Direct {
            return (Frame::Bare { token: around.before.end, agreement: Agreed::default() }, None);
        }
        let complement = around.before.clone().next_back().is_some_and(|last| text.completes(last));
        if complement {
            return (self.by_colon(around), None);
        }
        (Frame::Nobody, None)
    }

    /// Whether nothing that is a clause of its own stands between a cue and the quotation.
    fn is_adjacent(&self, token: usize, around: &Around) -> bool {
        let text = self.text;
        let last = around.before.end.saturating_sub(1);
        token + 3 >= around.before.end
            || text.view.single(last) == Some(':')
            || text.completes(last)
            || (token..around.before.end).any(|index| text.completes(index))
    }

    fn cue_before(&self, around: &Around) -> Option<(usize, Cue)> {
        let text = self.text;
        let mut statement = None;
        let first = around.before.start.max(around.before.end.saturating_sub(BEFORE));
        let mut token = around.before.end;
        while token > first {
            token -= 1;
            if self.is_mentioned(token) {
                continue;
            }
            if text.is(token, &text.rules.nobody_says)
                || text.is(token, &text.rules.passives) && text.is(token + 1, &text.rules.written_on)
            {
                return Some((token, Cue::Passive));
            }
            // تحت لافتة: behind a preposition a participle is a noun.
            let noun = |word: SpeechWord| {
                !word.finite && token > first && text.is(token - 1, &text.rules.prepositions)
            };
            if let Some(word) = text.speaks(token)
                && !noun(word)
                && !self.is_aside(token, around)
            {
                return Some((token, Cue::Verb(word)));
            }
            if !text.view.is_word(token) {
                continue;
            }
            let cue = if text.is(token, &text.rules.accordings_of_him) {
                Some(Cue::AccordingOf(Some(Gender::Masculine)))
            } else if text.is(token, &text.rules.accordings_of_her) {
                Some(Cue::AccordingOf(Some(Gender::Feminine)))
            } else if text.is(token, &text.rules.accordings_of_the_subject) {
                Some(Cue::OfSubject)
            } else if text.is(token, &text.rules.accordings) {
                Some(Cue::According)
            } else {
                None
            };
            // ، بحسب ما نقلته …، من أن: between two commas it says who passes it on.
            let aside = matches!(cue, Some(Cue::According))
                && (first.max(token.saturating_sub(2))..token).any(|index| text.is_comma(index))
                && (token + 1..around.before.end).any(|index| text.is_comma(index));
            if let Some(cue) = cue.filter(|_| !aside) {
                return Some((token, cue));
            }
            if statement.is_none()
                && text.is_statement(token)
                && self.owner(token, around.before.end).is_some()
            {
                statement = Some((token, Cue::Statement));
            }
        }
        statement
    }

    /// Whether the verb only says what somebody does meanwhile (وهو ينقل …), and the words do not follow it.
    fn is_aside(&self, token: usize, around: &Around) -> bool {
        let text = self.text;
        token > around.before.start
            && text.is(token - 1, &text.rules.asides)
            && token + 2 < around.before.end
            && !(token + 1..around.before.end).any(|index| text.completes(index))
    }

    fn governed(&self, token: usize, cue: Cue, around: &Around) -> Frame {
        let text = self.text;
        let end = around.before.end;
        match cue {
            Cue::Verb(word) => self.by_verb(token, word, around, around.before.clone()),
            Cue::According => self.complement(token + 1, end),
            Cue::AccordingOf(gender) => {
                let relays = (around.before.start..token).rev().find(|index| {
                    text.speaks(*index).is_some_and(|word| word.usage == Some(SpeechUse::Relays))
                });
                if let Some(frame) = relays.and_then(|relays| self.source(relays + 1, token)) {
                    return frame;
                }
                Frame::Bare { token, agreement: Agreed { gender, plural: false, goes_on: true } }
            }
            Cue::OfSubject => {
                // علق فلان بالقول: the verb before it has the subject.
                let begin = self.begin_of_clause(around.before.start, token, around.sentence);
                let verb = (begin..token).find_map(|index| Some((index, text.speaks(index)?)));
                if let Some((verb, word)) = verb {
                    return self.by_verb(verb, word, around, begin..token);
                }
                match self.clauses().main_subject(begin, token) {
                    Subject::None => {
                        Frame::Bare { token, agreement: Agreed { goes_on: true, ..Agreed::default() } }
                    }
                    subject => Frame::Subject(subject),
                }
            }
            Cue::Passive => Frame::Nobody,
            Cue::Statement => self.owner(token, end).unwrap_or(Frame::Nobody),
        }
    }

    /// The subject of a verb of speaking, or of whom it is said to have the words.
    fn by_verb(&self, token: usize, word: SpeechWord, around: &Around, range: Range<usize>) -> Frame {
        let (begin, end) = (range.start, range.end);
        let (inside, sentence) = (around.inside, around.sentence);
        let text = self.text;
        if word.person == Person::First {
            return if inside { Frame::Outer } else { Frame::Nobody };
        }
        if text.is(token, &text.rules.passives) && text.is(token + 1, &text.rules.written_on) {
            return Frame::Nobody;
        }
        match word.usage {
            Some(SpeechUse::Relays) => {
                if let Some(frame) = self.source(token + 1, end) {
                    return frame;
                }
            }
            Some(SpeechUse::Impersonal) => {
                if let Some(frame) = self.of_statement(token, word, begin, end) {
                    return frame;
                }
            }
            // ببيان قالت فيه
            _ if text.is(token + 1, &text.rules.in_it) => {
                if let Some(frame) = self.in_statement(token, word, begin) {
                    return frame;
                }
            }
            _ => {}
        }
        if !word.finite {
            return self.by_participle(token, word, begin, sentence);
        }
        match self.clauses().subject(token + 1, end) {
            Subject::None => {
                self.before_verb(token, word, begin).unwrap_or(Frame::Bare { token, agreement: word.into() })
            }
            subject @ (Subject::Nobody | Subject::Noun(_)) => {
                self.beside_verb(token, word, begin).unwrap_or(Frame::Subject(subject))
            }
            subject => Frame::Subject(subject),
        }
    }

    /// Whose the statement is that a verb such as جاء is said of: it follows the verb, or stands before it.
    fn of_statement(&self, token: usize, word: SpeechWord, begin: usize, end: usize) -> Option<Frame> {
        let text = self.text;
        if let Some(statement) = (token + 1..end.min(token + 5)).find(|&index| text.is_statement(index)) {
            return Some(
                self.owner(statement, end)
                    .unwrap_or_else(|| Frame::Subject(self.clauses().main_subject(begin, token))),
            );
        }
        if !text.is(token + 1, &text.rules.in_it) {
            return None;
        }
        let subject = || Frame::Subject(self.clauses().main_subject(begin, token));
        Some(self.in_statement(token, word, begin).unwrap_or_else(subject))
    }

    /// Whose the statement is that stands before a verb that says what is in it: of whom it is said to be, or of the
    /// subject of what stands before it.
    fn in_statement(&self, token: usize, word: SpeechWord, begin: usize) -> Option<Frame> {
        let statement = Self::near_before(token, begin).find(|&index| self.text.is_statement(index))?;
        let subject = || match self.clauses().main_subject(begin, statement) {
            Subject::Actor(index) if self.fits_actor(word, index) => {
                Some(Frame::Subject(Subject::Actor(index)))
            }
            _ => None,
        };
        self.owner(statement, token).or_else(subject)
    }

    /// What stands before `token` and so near that a statement there may be what it speaks of, the nearest first.
    fn near_before(token: usize, begin: usize) -> impl Iterator<Item = usize> {
        (begin.max(token.saturating_sub(STATEMENT))..token).rev()
    }

    /// Where the clause begins that a word at `token` belongs to: with the sentence, where nothing but marks stands
    /// between it and the quotation before.
    fn begin_of_clause(&self, begin: usize, token: usize, sentence: usize) -> usize {
        let bare = (begin..token).all(|index| !self.text.view.is_word(index));
        if bare { sentence } else { begin }
    }

    /// A participle belongs to the subject of its sentence; to somebody nearer where only he agrees with it.
    fn by_participle(&self, token: usize, word: SpeechWord, begin: usize, sentence: usize) -> Frame {
        let bare = Frame::Bare { token, agreement: word.into() };
        let begin = self.begin_of_clause(begin, token, sentence);
        let text = self.text;
        let verb = (begin..token).rev().find_map(|index| {
            let verb = text.speaks(index).filter(|verb| verb.finite && verb.gender == word.gender)?;
            match self.clauses().subject(index + 1, token) {
                Subject::None => self.before_verb(index, verb, begin),
                subject => Some(Frame::Subject(subject)),
            }
        });
        if let Some(frame) = verb {
            return frame;
        }
        match self.clauses().main_subject(begin, token) {
            Subject::None | Subject::Words(_) => bare,
            Subject::Actor(index) => {
                if self.fits_actor(word, index) {
                    Frame::Subject(Subject::Actor(index))
                } else {
                    bare
                }
            }
            subject => Frame::Subject(subject),
        }
    }

    /// The subject that stands before its verb (أما فلان فقال, فلان الذي قال, رجل صاح).
    fn before_verb(&self, token: usize, word: SpeechWord, begin: usize) -> Option<Frame> {
        let text = self.text;
        if !word.finite || begin >= token {
            return None;
        }
        // أما فلان، الذي …، فقال
        if (begin..token.min(begin + 3)).any(|index| text.is(index, &text.rules.topic_openers)) {
            match self.clauses().main_subject(begin, token) {
                Subject::None => {}
                subject => return Some(Frame::Subject(subject)),
            }
        }
        if let Some(frame) = self.beside_verb(token, word, begin) {
            return Some(frame);
        }
        match self.clauses().topic(begin, token) {
            Subject::Actor(index) if self.fits_actor(word, index) => {
                return Some(Frame::Subject(Subject::Actor(index)));
            }
            Subject::Nobody => return Some(Frame::Nobody),
            _ => {}
        }
        // غير أن بيانا أصدرته الوزارة ذكر
        let mut words = Self::near_before(token, begin).take_while(|&index| text.view.is_word(index));
        let statement = words.find(|&index| text.is_statement(index));
        let new = text.folded(token).starts_with(['و', 'ف']);
        if let Some(owner) = statement.filter(|_| !new).and_then(|statement| self.owner(statement, token)) {
            return Some(owner);
        }
        // مسافر صاح, وسم يقول: a noun and its clause
        let last = token - 1;
        let noun = text.view.is_word(last)
            && !new
            && ![&text.rules.before_verbs, &text.rules.adverbs, &text.rules.prepositions, &text.rules.asides]
                .iter()
                .any(|list| text.is(last, list))
            && !text.is(last, &text.rules.preposition_pronouns)
            && !text.is(last, &text.rules.relatives_of_who)
            && !text.completes(last)
            && !text.is_phrase(last)
            && !text.is_statement(last)
            && text.speaks(last).is_none()
            && !self.is_mentioned(last)
            && !text.folded(last).ends_with(['ه', 'ا', 'م'])
            && !last.checked_sub(1).is_some_and(|before| text.is(before, &text.rules.prepositions));
        noun.then(|| match self.clauses().unlisted_name(last) {
            Some(span) => Frame::Subject(Subject::Words(span)),
            None if text.has_article(last) => Frame::Subject(Subject::Noun(last)),
            None => Frame::Nobody,
        })
    }

    /// Whether the token belongs to a mention.
    fn is_mentioned(&self, token: usize) -> bool {
        let index = self.actors.first_from(self.text.end(token)).checked_sub(1);
        index.and_then(|index| self.actors.list.get(index)).is_some_and(|actor| actor.tokens.contains(&token))
    }

    /// The mention that ends right before the verb, or before the relative pronoun that the verb follows.
    fn beside_verb(&self, token: usize, word: SpeechWord, begin: usize) -> Option<Frame> {
        let text = self.text;
        if !word.finite || begin >= token {
            return None;
        }
        let mut end = token;
        while end > begin && text.is(end - 1, &text.rules.before_verbs) && !self.is_mentioned(end - 1) {
            end -= 1;
        }
        if end > begin && text.is(end - 1, &text.rules.relatives_of_who) {
            end -= 1;
            while end > begin && text.is_comma(end - 1) {
                end -= 1;
            }
        }
        let index = self.actors.first_from(text.begin(end)).checked_sub(1)?;
        let actor = self.actors.list.get(index)?;
        // المتحدث باسم المصرف قال: the body belongs to the office.
        let office = index.checked_sub(1).filter(|before| {
            self.actors.list.get(*before).is_some_and(|before| {
                before.kind == EntityType::Role && before.tokens.end == actor.tokens.start
            })
        });
        if let Some(office) = office.filter(|_| actor.tokens.end == end && actor.kind != EntityType::Person) {
            return Some(Frame::Subject(Subject::Actor(office)));
        }
        (actor.tokens.end == end
            && actor.tokens.start >= begin
            && !actor.after_preposition
            && matches!(actor.kind, EntityType::Person | EntityType::Organization)
            && !actor
                .tokens
                .start
                .checked_sub(1)
                .is_some_and(|before| text.is(before, &text.rules.prepositions))
            && self.fits(word, actor.who, actor.kind))
        .then_some(Frame::Subject(Subject::Actor(index)))
    }

    fn fits_actor(&self, word: SpeechWord, index: usize) -> bool {
        self.actors.list.get(index).is_some_and(|actor| self.fits(word, actor.who, actor.kind))
    }

    /// Whether a verb may be said of somebody by its gender. A person of whom nothing says that she is a woman is
    /// taken for a man.
    fn fits(&self, word: SpeechWord, who: usize, kind: EntityType) -> bool {
        match (word.gender, self.actors.gender(who)) {
            (Some(verb), Some(own)) => verb == own,
            (Some(Gender::Feminine), None) => kind != EntityType::Person,
            _ => true,
        }
    }

    /// Behind a verb that relays: whose words (عن فلان, عنه).
    fn source(&self, begin: usize, end: usize) -> Option<Frame> {
        let text = self.text;
        (begin..end).find_map(|token| {
            if self.actors.at(token).is_some() {
                return None;
            }
            let of = |gender| {
                let agreement = Agreed { gender: Some(gender), plural: false, goes_on: false };
                Some(Frame::Bare { token, agreement })
            };
            if text.is(token, &text.rules.sources_of_him) {
                of(Gender::Masculine)
            } else if text.is(token, &text.rules.sources_of_her) {
                of(Gender::Feminine)
            } else if text.is(token, &text.rules.sources) {
                Some(Frame::Subject(self.clauses().subject(token + 1, end)))
            } else {
                None
            }
        })
    }

    /// Who is named after a word such as بحسب.
    fn complement(&self, begin: usize, end: usize) -> Frame {
        let text = self.text;
        let mut begin = begin;
        // على حد قول, وفقا لما ذكره, بحسب ما قال
        if text.is_statement(begin) {
            return self.owner(begin, end).unwrap_or(Frame::Nobody);
        }
        let relative = text.is(begin, &text.rules.what);
        if relative {
            begin += 1;
        }
        let word = text.speaks(begin);
        if relative || word.is_some() {
            return match self.clauses().subject(begin + 1, end) {
                Subject::None => {
                    Frame::Bare { token: begin, agreement: word.map_or_else(Agreed::default, Into::into) }
                }
                subject => Frame::Subject(subject),
            };
        }
        if let Some((index, actor)) = self.actors.at(begin) {
            // وفقا لفلان
            return if actor.kind == EntityType::Role {
                Frame::Subject(self.clauses().subject(begin, end))
            } else {
                Frame::Subject(Subject::Actor(index))
            };
        }
        match self.clauses().subject(begin, end) {
            Subject::None | Subject::Words(_) => Frame::Nobody,
            subject => Frame::Subject(subject),
        }
    }

    fn owner(&self, statement: usize, end: usize) -> Option<Frame> {
        self.clauses().owner(statement, end).map(Frame::Subject)
    }

    /// Before a colon, or what opens a clause, without any word of speaking.
    fn by_colon(&self, around: &Around) -> Frame {
        let clauses = self.clauses();
        // و«فلان: …»: the name stands alone before the colon.
        let end = around.before.end.saturating_sub(1);
        let last = self.actors.first_from(self.text.begin(end)).checked_sub(1);
        if let Some((index, actor)) = last.and_then(|index| Some((index, self.actors.list.get(index)?)))
            && actor.tokens.end == end
            && actor.tokens.start >= around.before.start
            && !actor.after_preposition
            && (actor.tokens.start == around.before.start
                || self.text.begin(actor.tokens.start) < actor.span.begin
                || !self.text.view.is_word(actor.tokens.start - 1))
        {
            return Frame::Subject(Subject::Actor(index));
        }
        for begin in [self.last_clause(around), around.before.start] {
            match clauses.main_subject(begin, around.before.end) {
                Subject::None | Subject::Nobody | Subject::Noun(_) => {}
                subject => return Frame::Subject(subject),
            }
        }
        let first = self.actors.first_from(self.text.begin(around.before.start));
        let last = self.actors.first_from(self.text.begin(around.before.end));
        let speaks = |index: &usize| {
            self.actors
                .list
                .get(*index)
                .is_some_and(|actor| !actor.after_preposition && actor.kind == EntityType::Person)
        };
        match (first..last).rev().find(speaks) {
            Some(index) => Frame::Subject(Subject::Actor(index)),
            None => Frame::Bare { token: around.before.end, agreement: Agreed::default() },
        }
    }

    /// Where the last clause before the quotation begins, after a comma and a conjunction.
    fn last_clause(&self, around: &Around) -> usize {
        let text = self.text;
        let opens = |token: &usize| {
            text.is_comma(token - 1)
                && (text.folded(*token).starts_with(['و', 'ف'])
                    || text.is(*token, &text.rules.topic_particles))
        };
        (around.before.start + 1..around.before.end).rev().find(opens).unwrap_or(around.before.start)
    }

    /// What follows the quotation: a verb and its subject, or another word that gives it to somebody.
    fn cue_after(&self, around: &Around) -> Option<(Frame, Option<usize>)> {
        let text = self.text;
        let end = around.after.end;
        let mut at = around.after.start;
        while at < end && !text.view.is_word(at) && at < around.after.start + AFTER {
            if matches!(text.view.single(at), Some(':' | '\u{61F}' | '?' | '!')) {
                return None;
            }
            at += 1;
        }
        let first = at;
        let limit = end.min(first + AFTER);
        while at < limit {
            if let Some((index, actor)) = self.actors.at(at) {
                // «…»، هكذا اختصر فلان: some verb stands before the name, and the quotation opens its sentence.
                let opens = around.before.is_empty() && !around.follows_another;
                let verb = at > first && !actor.after_preposition && !text.folded(first).starts_with('و');
                if opens && verb && actor.kind == EntityType::Role {
                    return Some((Frame::Subject(self.clauses().subject(at, end)), None));
                }
                return (opens && verb && actor.kind == EntityType::Person
                    || opens && first > around.after.start && self.answers_headline(around, index))
                .then_some((Frame::Subject(Subject::Actor(index)), None));
            }
            if let Some(word) = text.speaks(at) {
                // After a conjunction something new is said.
                if at == first && text.folded(at).starts_with('و') && text.speaks_behind_conjunction(at) {
                    return None;
                }
                return Some((self.by_verb(at, word, around, around.before.start..end), Some(at)));
            }
            if text.is(at, &text.rules.accordings_of_him) {
                return Some((Self::of_owner(at, Gender::Masculine), Some(at)));
            }
            if text.is(at, &text.rules.accordings_of_her) {
                return Some((Self::of_owner(at, Gender::Feminine), Some(at)));
            }
            if text.is(at, &text.rules.accordings) {
                return Some((self.complement(at + 1, end), Some(at)));
            }
            at += 1;
        }
        None
    }

    /// A name right after a quotation that opens a headline (.. فلان يرد).
    fn answers_headline(&self, around: &Around, index: usize) -> bool {
        self.actors.list.get(index).is_some_and(|actor| {
            actor.kind == EntityType::Person
                && !actor.after_preposition
                && actor.tokens.start <= around.after.start + 3
        })
    }

    fn of_owner(token: usize, gender: Gender) -> Frame {
        Frame::Bare { token, agreement: Agreed { gender: Some(gender), plural: false, goes_on: true } }
    }
}
