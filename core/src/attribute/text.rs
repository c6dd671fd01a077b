//! The text as this stage looks at it: tokens, and what the lists say of each.

use super::rules::Rules;
use crate::lexicon::Gender;
use crate::lexicon::{Proclitics, WordFacts};
use crate::segment::rules::{Number, Person, Speech, SpeechUse, SpeechWord, Words};
use crate::segment::view::View;
use crate::segment::{cue_span, is_mark_of_quotation};
use crate::{Document, Span};

pub(super) struct Text<'d> {
    pub(super) document: &'d Document<'d>,
    pub(super) view: View<'d>,
    pub(super) rules: &'d Rules,
    speech: &'d Speech,
    proclitics: &'d Proclitics,
}

/// Conjunctions that are written together with any word.
const CONJUNCTIONS: [char; 2] = ['و', 'ف'];
/// Prepositions that are written together with a noun.
const PREPOSITIONS: [char; 3] = ['ب', 'ل', 'ك'];
/// Pronouns that are written together with a verb before them.
const OBJECTS: [&str; 6] = ["هما", "ها", "هم", "ني", "نا", "ه"];

impl<'d> Text<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        let knowledge = document.knowledge();
        Self {
            document,
            view: View::new(document),
            rules: &knowledge.attribute,
            speech: &knowledge.segment.speech,
            proclitics: &knowledge.segment.proclitics,
        }
    }

    pub(super) fn folded(&self, token: usize) -> &'d str {
        self.view.folded(token)
    }

    /// Whether a list has the word, behind a conjunction or not.
    pub(super) fn is(&self, token: usize, list: &Words) -> bool {
        let word = self.folded(token);
        list.has(word) || word.strip_prefix(CONJUNCTIONS).is_some_and(|rest| list.has(rest))
    }

    /// Whether the token is a word for what is said or written: `بيان`.
    pub(super) fn is_statement(&self, index: usize) -> bool {
        self.is_bare(index, &self.rules.statements)
    }

    /// Whether a list has the word behind whatever proclitics it has.
    pub(super) fn is_bare(&self, token: usize, list: &Words) -> bool {
        self.view.is_word(token) && self.proclitics.stems(self.folded(token)).any(|stem| list.has(stem))
    }

    /// What is known of the word as one that announces speech. One that is as often another word counts only
    /// where it opens a clause or the words follow at once.
    pub(super) fn speaks(&self, token: usize) -> Option<SpeechWord> {
        if !self.view.is_word(token) {
            return None;
        }
        let folded = self.folded(token);
        let word =
            self.speech.word(folded).or_else(|| self.with_object(folded)).or_else(|| self.names(token))?;
        let follows = || {
            self.completes(token + 1)
                || self
                    .view
                    .single(token + 1)
                    .is_some_and(|c| c == ':' || is_mark_of_quotation(self.document, c))
        };
        // ردا على …
        if word.usage != Some(SpeechUse::Preposition) && self.rules.prepositions.has(folded) {
            return None;
        }
        match word.usage {
            Some(SpeechUse::Ambiguous) => (self.opens_clause(token) || follows()).then_some(word),
            Some(SpeechUse::Preposition) => follows().then_some(word),
            _ => Some(word),
        }
    }

    /// The word that gives words to somebody at a token, a verb without its conjunction.
    pub(super) fn cue_span(&self, token: usize) -> Option<Span> {
        cue_span(&self.view, self.speech, token).or_else(|| self.view.token(token).map(|token| token.span))
    }

    /// Whether the word is written as a verb of speaking is, and no mark or particle need stand beside it: عبر at the
    /// head of a clause.
    pub(super) fn may_speak(&self, token: usize) -> bool {
        self.speech.word(self.folded(token)).is_some_and(|word| word.usage == Some(SpeechUse::Preposition))
    }

    /// A verb with the pronoun of whom it is said to or of (أبلغته).
    fn with_object(&self, folded: &str) -> Option<SpeechWord> {
        let stem = OBJECTS.iter().find_map(|object| folded.strip_suffix(object))?;
        let long = stem.chars().count() >= 3;
        let word = self.speech.word(stem).filter(|word| long && word.finite)?;
        // With its object it can be nothing else (كتبها).
        let usage = word.usage.filter(|usage| *usage != SpeechUse::Ambiguous);
        (usage != Some(SpeechUse::Preposition)).then_some(SpeechWord { usage, ..word })
    }

    /// A verb that says what somebody calls something (ما سماه فلان «…»).
    fn names(&self, token: usize) -> Option<SpeechWord> {
        let feminine = self.folded(token).ends_with("ته") || self.folded(token).ends_with("تها");
        let gender = Some(if feminine { Gender::Feminine } else { Gender::Masculine });
        let (number, person) = (Number::Singular, Person::Third);
        let word = SpeechWord { finite: true, gender, number, person, usage: None };
        self.is(token, &self.rules.naming).then_some(word)
    }

    /// Whether nothing but a mark or a line end stands before the token.
    pub(super) fn opens_clause(&self, token: usize) -> bool {
        token.checked_sub(1).is_none_or(|before| !self.view.is_word(before) && !self.view.is_number(before))
    }

    /// Whether the word opens the words that somebody says (أن).
    pub(super) fn completes(&self, token: usize) -> bool {
        self.view.is_word(token) && self.speech.complementizers.has(self.folded(token))
    }

    /// Whether the verb stands behind a conjunction, and does not begin with one of its letters.
    pub(super) fn speaks_behind_conjunction(&self, token: usize) -> bool {
        self.speech.cue(self.folded(token)).is_some_and(|proclitic| !proclitic.is_empty())
    }

    /// Whether the word begins with the article, behind a conjunction or preposition or not. What only looks so is a
    /// word of its own (والد).
    pub(super) fn has_article(&self, token: usize) -> bool {
        let word = self.folded(token);
        if self.proclitics.without_article(word).is_some() {
            return true;
        }
        let own = || self.facts(token).ordinary.is_some();
        let stem = || self.proclitics.stems(word).last().is_some_and(|stem| stem.chars().count() > 2);
        self.proclitics.has_article(word) && stem() && !own()
    }

    /// Whether the word begins with a preposition: before the article, or before a word that is known where the
    /// whole is not (بصوت).
    pub(super) fn is_phrase(&self, token: usize) -> bool {
        let word = self.folded(token);
        let bare = word.strip_prefix(CONJUNCTIONS).unwrap_or(word);
        let words = self.document.knowledge().lexicon.words();
        let class = words.ordinary(word).max(words.ordinary(bare));
        let long = |rest: &&str| rest.chars().count() > 2;
        if class.is_none()
            && ["بال", "لل", "كال"].iter().any(|begin| bare.strip_prefix(begin).as_ref().is_some_and(long))
        {
            return true;
        }
        bare.strip_prefix(PREPOSITIONS).filter(long).is_some_and(|rest| words.ordinary(rest) > class)
    }

    /// The word without its article and what stands before that: what tells that two offices are the same.
    pub(super) fn stem(&self, token: usize) -> &'d str {
        let word = self.folded(token);
        if !self.proclitics.has_article(word) {
            return word;
        }
        self.proclitics.stems(word).filter(|stem| stem.chars().count() >= 3).last().unwrap_or(word)
    }

    pub(super) fn facts(&self, token: usize) -> WordFacts {
        self.document.knowledge().lexicon.words().facts(self.folded(token))
    }

    /// The tokens that `span` touches.
    pub(super) fn tokens_touching(&self, span: Span) -> std::ops::Range<usize> {
        let tokens = self.view.tokens;
        let begin = tokens.partition_point(|token| token.span.end <= span.begin);
        let end = tokens.partition_point(|token| token.span.begin < span.end);
        begin..end.max(begin)
    }

    /// Whether the token is a preposition of one letter that stands apart (لـ «…»).
    pub(super) fn is_letter(&self, token: usize) -> bool {
        matches!(self.folded(token), "ل" | "ب" | "ك" | "ول" | "وب" | "فل" | "فب")
    }

    pub(super) fn begin(&self, token: usize) -> u32 {
        self.view.token(token).map_or(u32::MAX, |token| token.span.begin)
    }

    pub(super) fn end(&self, token: usize) -> u32 {
        self.view.token(token).map_or(u32::MAX, |token| token.span.end)
    }

    pub(super) fn is_comma(&self, token: usize) -> bool {
        matches!(self.view.single(token), Some('\u{60C}' | ',' | '\u{61B}'))
    }

    pub(super) fn is_dash(&self, token: usize) -> bool {
        matches!(self.view.single(token), Some('-' | '\u{2013}' | '\u{2014}'))
    }

    pub(super) fn is_quotation_mark(&self, token: usize) -> bool {
        self.view.single(token).is_some_and(|c| is_mark_of_quotation(self.document, c))
    }
}
