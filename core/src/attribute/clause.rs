//! Who the subject of a clause is, by reading its words from the verb on: what stands behind prepositions, in
//! brackets and between commas is passed over.

use super::actors::Actors;
use super::text::Text;
use crate::Span;
use crate::entities::EntityType;

/// What a clause has for a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// A mention, by its index.
    Actor(usize),
    /// Words that no list knows, in the place of a name.
    Words(Span),
    /// A definite noun that takes up somebody named before; its token.
    Noun(usize),
    /// Somebody whom the text does not name.
    Nobody,
    /// None: the verb alone says who.
    None,
}

/// Tokens after a verb among which its subject is looked for.
const REACH: usize = 60;
/// Words of a name that no list knows.
const NAME: usize = 4;
/// Words that may part a noun from the name in apposition to it.
const APPOSITION: usize = 9;

/// Tokens after a statement among which whose it is is looked for.
const OWNER: usize = 4;

/// Words of a title between a comma and the name.
const TITLES: usize = 4;

/// What has been read so far that may turn out to be the subject.
#[derive(Clone, Copy)]
enum Pending {
    /// An office or definite noun; a name in apposition goes before it.
    Office(usize),
    Noun(usize),
    /// A noun with a pronoun (مدربه): the same, but it names nobody by itself.
    Owned,
    /// An indefinite noun; a name right after it is its complement (والد فلان), and so is one of a noun's that
    /// means a relative. With a phrase after it, it is somebody by itself (رجل من الحضور).
    Indefinite {
        at: usize,
        complement: bool,
        phrase: bool,
    },
    Words(Span),
}

/// The same after a phrase with a preposition.
fn with_phrase(pending: Option<(Pending, usize)>) -> Option<(Pending, usize)> {
    match pending {
        Some((Pending::Indefinite { at, complement, .. }, last)) => {
            Some((Pending::Indefinite { at, complement, phrase: true }, last))
        }
        other => other,
    }
}

/// Reads clauses.
pub(super) struct Clauses<'a, 'd> {
    pub(super) text: &'a Text<'d>,
    pub(super) actors: &'a Actors,
}

impl Clauses<'_, '_> {
    /// The subject that follows a verb, in the tokens from `begin` on, before `end`.
    #[allow(clippy::too_many_lines)]
    pub(super) fn subject(&self, begin: usize, end: usize) -> Subject {
        let (text, actors) = (self.text, self.actors);
        let end = end.min(begin + REACH);
        let mut pending: Option<(Pending, usize)> = None;
        // After a comma or a phrase only a mention is the subject: what else stands there says how and when.
        let mut inserted = false;
        let mut at = begin;
        while at < end {
            // What follows at once in apposition after a comma still belongs to what was read.
            if text.is_comma(at) || text.is_dash(at) {
                if pending.is_some() {
                    return self.after_comma(pending.map(|(pending, _)| pending), at + 1, end);
                }
                inserted = true;
                at = self.after_insertion(at + 1, end);
                continue;
            }
            match text.view.single(at) {
                Some('(' | '[') => {
                    at = self.after_bracket(at, end);
                    continue;
                }
                Some(':' | '.' | '!' | '?' | '\u{61F}' | '\u{2026}') => break,
                _ => {}
            }
            if text.is_quotation_mark(at) {
                at += 1;
                continue;
            }
            if let Some((index, actor)) = actors.at(at) {
                let next = actor.tokens.end.max(at + 1);
                if actor.after_preposition {
                    // بيان للجيش
                    if let Some((Pending::Indefinite { at: noun, .. } | Pending::Noun(noun), _)) = pending
                        && noun + 1 == at
                        && text.is_statement(noun)
                    {
                        return Subject::Actor(index);
                    }
                    pending = with_phrase(pending);
                    at = next;
                    continue;
                }
                // Joined by و to what stands before it, it is no subject.
                if at > begin && actor.span.begin > text.begin(at) && pending.is_none() {
                    break;
                }
                match actor.kind {
                    EntityType::Person => match pending {
                        Some((Pending::Indefinite { at: noun, complement: false, phrase }, _))
                            if noun + 1 == at && !self.reintroduces(noun, at) =>
                        {
                            pending = Some((Pending::Indefinite { at: noun, complement: true, phrase }, at));
                        }
                        Some((Pending::Indefinite { at: noun, complement, phrase }, last)) => {
                            // محامي فلان فلان: the second name is his. مهندس الصوت فلان: the name is.
                            let beside = complement
                                && actors.at(last).is_some_and(|(_, before)| before.tokens.end == at);
                            let described =
                                !complement && !phrase && !text.is_bare(noun, &text.rules.relatives);
                            return if beside || described || self.reintroduces(noun, at) {
                                Subject::Actor(index)
                            } else {
                                Subject::Nobody
                            };
                        }
                        Some((Pending::Office(_) | Pending::Noun(_) | Pending::Owned, last))
                            if at > last + APPOSITION =>
                        {
                            break;
                        }
                        _ => return Subject::Actor(index),
                    },
                    EntityType::Role => match pending {
                        None | Some((Pending::Office(_) | Pending::Words(_), _)) => {
                            pending = Some((Pending::Office(index), next));
                        }
                        Some((_, last)) => pending = Some((Pending::Office(index), last.max(next))),
                    },
                    _ => match pending {
                        // A place speaks for its government, as the subject right after the verb.
                        None if actor.kind == EntityType::Location && at > begin => {}
                        None => return Subject::Actor(index),
                        Some((Pending::Indefinite { at: noun, .. }, _)) if noun + 1 == at => {
                            if text.is_bare(noun, &text.rules.class_nouns) || text.is_statement(noun) {
                                return Subject::Actor(index);
                            }
                        }
                        Some((Pending::Noun(noun), _)) if noun + 1 == at => return Subject::Actor(index),
                        Some(_) => {}
                    },
                }
                at = next;
                continue;
            }
            if text.completes(at) || text.is(at, &text.rules.clause_openers) {
                break;
            }
            // ممرضة تدعى فلانة
            if matches!(pending, Some((Pending::Indefinite { .. } | Pending::Owned, _)))
                && text.is(at, &text.rules.called)
                && let Some((index, actor)) = actors.at(at + 1)
                && actor.kind == EntityType::Person
                && !actor.after_preposition
            {
                return Subject::Actor(index);
            }
            if text.is(at, &text.rules.preposition_pronouns) || text.is(at, &text.rules.adverbs) {
                at += 1;
                continue;
            }
            if text.is(at, &text.rules.prepositions) || text.is_letter(at) {
                pending = with_phrase(pending);
                inserted = true;
                at = self.after_complement(at + 1, end);
                continue;
            }
            if text.speaks(at).is_some() {
                // قال … مضيفا
                break;
            }
            if text.is_phrase(at) {
                pending = with_phrase(pending);
                inserted = true;
                // What follows a noun without the article is its complement (لمحطة كذا).
                at = if text.has_article(at) { at + 1 } else { self.after_complement(at, end).max(at + 1) };
                continue;
            }
            // بيان صادر عن الوزارة
            if pending.is_none()
                && text.is_statement(at)
                && let Some(owner @ Subject::Actor(_)) = self.owner(at, end)
            {
                return owner;
            }
            if text.view.is_word(at) && (pending.is_some() || !inserted) {
                pending = self.with_word(pending, at);
            }
            at += 1;
        }
        Self::settle(pending.map(|(pending, _)| pending))
    }

    /// Whose a statement is: who is named next, behind a preposition or not.
    pub(super) fn owner(&self, statement: usize, end: usize) -> Option<Subject> {
        let text = self.text;
        let mut at = statement + 1;
        let limit = end.min(at + OWNER);
        while at < limit {
            if let Some((index, actor)) = self.actors.at(at) {
                return Some(match actor.kind {
                    EntityType::Role => self.subject(at, end),
                    _ => Subject::Actor(index),
                });
            }
            if text.completes(at) || text.speaks(at).is_some() || !text.view.is_word(at) {
                break;
            }
            if text.is_bare(at, &text.rules.class_nouns) && text.has_article(at) {
                return Some(Subject::Noun(at));
            }
            at += 1;
        }
        None
    }

    /// What a word that is no mention makes of what was read.
    fn with_word(&self, pending: Option<(Pending, usize)>, at: usize) -> Option<(Pending, usize)> {
        let text = self.text;
        match pending {
            // Adjectives and complements.
            Some((Pending::Words(span), last)) => {
                let words = Span::new(span.begin, text.end(at));
                (last + 1 == at && at - self.first_token(span) < NAME)
                    .then_some((Pending::Words(words), at))
                    .or(pending)
            }
            Some(_) => pending,
            None => {
                let word = text.folded(at);
                if let Some(span) = self.unlisted_name(at) {
                    return Some((Pending::Words(span), at));
                }
                if text.has_article(at) {
                    return Some((Pending::Noun(at), at));
                }
                let bare = text.view.surface(at).trim_end_matches(crate::segment::is_arabic_mark);
                let owned = word.chars().count() > 3 && bare.ends_with('ه')
                    || word.ends_with("ها")
                    || word.ends_with("هم")
                    || word.strip_suffix('ي').is_some_and(|stem| text.rules.relatives.has(stem));
                // An adverb or a state ends like this (لاحقا, ضاحكا).
                if word.ends_with('ا') && !word.ends_with("ها") {
                    return None;
                }
                Some(if owned {
                    (Pending::Owned, at)
                } else {
                    (Pending::Indefinite { at, complement: false, phrase: false }, at)
                })
            }
        }
    }

    /// The word at a token where it is a name in the lists and no ordinary word, although it is no mention.
    pub(super) fn unlisted_name(&self, at: usize) -> Option<Span> {
        let text = self.text;
        let lists = [&text.rules.statements, &text.rules.relatives, &text.rules.class_nouns];
        if self.mentions_given() || lists.iter().any(|list| text.is_bare(at, list)) {
            return None;
        }
        let facts = text.facts(at);
        let name = facts.name.filter(|_| facts.ordinary.is_none())?;
        let is_name =
            if text.has_article(at) { name.family > 0 || name.alone } else { name.given > 0 && !name.common };
        is_name.then(|| self.span(at))
    }

    /// Whether the caller has said what the mentions are: then no other words are names.
    fn mentions_given(&self) -> bool {
        self.text.document.given_mentions().is_some()
    }

    fn first_token(&self, span: Span) -> usize {
        self.text.view.tokens.partition_point(|token| token.span.begin < span.begin)
    }

    fn span(&self, at: usize) -> Span {
        self.text.view.token(at).map_or(Span::new(0, 0), |token| token.span)
    }

    /// After a comma the name itself may follow the noun (زوجة فلان، ريما), behind a title or not.
    fn after_comma(&self, pending: Option<Pending>, begin: usize, end: usize) -> Subject {
        let text = self.text;
        let mut at = begin;
        while at < end.min(begin + TITLES) && !matches!(pending, Some(Pending::Words(_))) {
            match self.actors.at(at) {
                Some((index, actor)) if actor.kind == EntityType::Person && !actor.after_preposition => {
                    return Subject::Actor(index);
                }
                Some((_, actor)) if actor.kind == EntityType::Role && !actor.after_preposition => {
                    at = actor.tokens.end.max(at + 1);
                }
                None if text.is(at, &text.rules.asides) => at += 1,
                None if text.has_article(at) && !text.is_phrase(at) => at += 1,
                _ => break,
            }
        }
        Self::settle(pending)
    }

    fn settle(pending: Option<Pending>) -> Subject {
        match pending {
            None => Subject::None,
            Some(Pending::Office(index)) => Subject::Actor(index),
            Some(Pending::Noun(at)) => Subject::Noun(at),
            Some(Pending::Owned | Pending::Indefinite { .. }) => Subject::Nobody,
            Some(Pending::Words(span)) => Subject::Words(span),
        }
    }

    /// Whether a noun that is one of a kind introduces the name that follows it.
    fn reintroduces(&self, noun: usize, at: usize) -> bool {
        noun + 1 == at && self.text.is_bare(noun, &self.text.rules.class_nouns)
    }

    /// The token after a phrase between two commas, where one that opens with a preposition stands there.
    fn after_insertion(&self, at: usize, end: usize) -> usize {
        let text = self.text;
        let opens = text.is(at, &text.rules.prepositions)
            || text.is(at, &text.rules.clause_openers)
            || text.is_phrase(at)
            || self.actors.at(at).is_some_and(|(_, actor)| actor.after_preposition);
        if !opens || self.actors.at(at).is_some_and(|(_, actor)| !actor.after_preposition) {
            return at;
        }
        (at..end).find(|index| text.is_comma(*index) || text.is_dash(*index)).map_or(at, |comma| comma + 1)
    }

    pub(super) fn after_bracket(&self, at: usize, end: usize) -> usize {
        let closes = |index: &usize| matches!(self.text.view.single(*index), Some(')' | ']'));
        (at + 1..end.min(at + REACH)).find(closes).map_or(at + 1, |close| close + 1)
    }

    /// The token after the complement of a preposition: a mention, or a noun and what belongs to it.
    fn after_complement(&self, begin: usize, end: usize) -> usize {
        let (text, actors) = (self.text, self.actors);
        let mut at = begin;
        let mut indefinite = false;
        while at < end {
            if let Some((_, actor)) = actors.at(at) {
                let mention = at == begin || indefinite || actor.after_preposition;
                if !mention {
                    return at;
                }
                at = actor.tokens.end.max(at + 1);
                // قائد الجيش فلان stays together behind a preposition.
                if actor.kind == EntityType::Role
                    || actors.at(at).is_some_and(|(_, next)| next.kind == EntityType::Role)
                {
                    indefinite = true;
                    continue;
                }
                return at;
            }
            if !text.view.is_word(at) && !text.view.is_number(at) && !text.is_quotation_mark(at)
                || text.completes(at)
                || text.speaks(at).is_some()
                || text.is(at, &text.rules.prepositions)
                || text.is(at, &text.rules.preposition_pronouns)
                || text.is(at, &text.rules.adverbs)
                || text.is(at, &text.rules.clause_openers)
            {
                return at;
            }
            if text.is_quotation_mark(at) {
                at += 1;
                continue;
            }
            // A definite noun closes the chain, but for its adjectives.
            indefinite = !text.has_article(at) && at < begin + 3;
            if at > begin && !indefinite && !text.has_article(at) {
                return at;
            }
            at += 1;
        }
        at
    }
}

/// Phrases before the verb of a clause that are passed over.
const PHRASES: usize = 4;
/// Tokens of what may stand before a colon at the head of a sentence.
const HEAD: usize = 10;

impl Clauses<'_, '_> {
    /// The subject of a whole clause: it follows the verb that opens the clause, or opens it itself.
    pub(super) fn main_subject(&self, begin: usize, end: usize) -> Subject {
        let at = self.opening(begin, end);
        let named = self.actors.at(at).is_some_and(|(_, actor)| !actor.after_preposition);
        // A definite noun is the subject; anything else is taken for the verb.
        let verb = !named && (self.text.speaks(at).is_some() || !self.text.has_article(at));
        self.subject(if verb { at + 1 } else { at }, end)
    }

    /// The subject of a clause that it opens, before its verb.
    pub(super) fn topic(&self, begin: usize, end: usize) -> Subject {
        let at = self.opening(begin, end);
        match self.actors.at(at) {
            Some((_, actor)) if !actor.after_preposition => self.subject(at, end),
            _ => Subject::None,
        }
    }

    /// Where a clause begins behind its particles and the phrases before its verb.
    fn opening(&self, begin: usize, end: usize) -> usize {
        let (text, actors) = (self.text, self.actors);
        let end = end.min(begin + super::CLAUSE);
        let mut at = begin;
        // ١٢:٢٥ – تصفيق في القاعة: دخل …
        if let Some(colon) =
            (begin..end.min(begin + HEAD)).rev().find(|token| text.view.single(*token) == Some(':'))
            && colon + 1 < end
            && !(begin..colon).any(|token| text.speaks(token).is_some())
        {
            at = colon + 1;
        }
        for _ in 0..PHRASES {
            while at < end
                && actors.at(at).is_none()
                && (!text.view.is_word(at) && !text.view.is_number(at)
                    || text.is(at, &text.rules.topic_particles)
                    || text.is(at, &text.rules.adverbs))
            {
                at += 1;
            }
            if at >= end {
                return end;
            }
            if let Some((_, actor)) = actors.at(at) {
                if !actor.after_preposition {
                    return at;
                }
                at = actor.tokens.end.max(at + 1);
            } else if text.is(at, &text.rules.prepositions) && !text.may_speak(at) {
                at = self.after_complement(at + 1, end);
            } else if text.is(at, &text.rules.preposition_pronouns) {
                at += 1;
            } else if text.is_phrase(at) {
                at = if text.has_article(at) { at + 1 } else { self.after_complement(at, end).max(at + 1) };
            } else {
                return at;
            }
        }
        at
    }
}
