//! Reported speech without marks: what follows a verb of speaking and أن, or its colon, in the same sentence.

use super::quotations::{Cues, cue_span};
use super::rules::{Rules, SpeechUse};
use super::view::View;
use super::{BlockKind, Quotation, QuotationKind, is_mark_of_quotation};
use crate::{Document, Span};

/// Tokens between a verb of speaking and what opens the words.
const REACH: usize = 40;

/// `quotations`, and the reported speech between and around them, in order of their beginning.
pub(super) fn with_indirect(
    document: &Document,
    view: &View,
    cues: &Cues,
    quotations: Vec<Quotation>,
) -> Vec<Quotation> {
    let rules = &document.knowledge().segment;
    let finder = Finder { document, view, rules, cues, quotations: &quotations };
    let found = finder.find();
    if found.is_empty() {
        return quotations;
    }
    let mut all: Vec<Quotation> = quotations.iter().copied().chain(found).collect();
    all.sort_by_key(|quotation| (quotation.span.begin, u32::MAX - quotation.span.end));
    // Which is around which, anew.
    let mut around: Vec<usize> = Vec::new();
    for index in 0..all.len() {
        let Some(span) = all.get(index).map(|quotation| quotation.span) else { continue };
        while around.last().and_then(|last| all.get(*last)).is_some_and(|last| last.span.end <= span.begin) {
            around.pop();
        }
        if let Some(quotation) = all.get_mut(index) {
            quotation.parent = around.last().copied();
        }
        around.push(index);
    }
    all
}

struct Finder<'v, 'd> {
    document: &'v Document<'d>,
    view: &'v View<'v>,
    rules: &'v Rules,
    cues: &'v Cues,
    quotations: &'v [Quotation],
}

impl Finder<'_, '_> {
    fn find(&self) -> Vec<Quotation> {
        let mut out: Vec<Quotation> = Vec::new();
        let mut done = 0;
        let mut first = 0;
        for sentence in self.document.sentences() {
            let block = self.document.blocks().get(sentence.block);
            if block.is_none_or(|block| !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)) {
                continue;
            }
            while self.quotations.get(first).is_some_and(|one| one.span.end <= sentence.span.begin) {
                first += 1;
            }
            let tokens = self.view.tokens_in(sentence.span);
            // The cue that waits for its words.
            let mut cue: Option<usize> = None;
            let mut quotation = first;
            let mut next = tokens.start;
            loop {
                // Without a verb that is near nothing is opened.
                cue = cue.filter(|cue| next - cue <= REACH);
                let token = cue.map_or_else(|| self.cues.next_from(next), |_| Some(next));
                let Some(token) = token.filter(|token| *token < tokens.end) else { break };
                next = token + 1;
                let Some(span) = self.view.token(token).map(|token| token.span) else { continue };
                while self.quotations.get(quotation).is_some_and(|one| one.span.end <= span.begin) {
                    quotation += 1;
                }
                let quoted = self.quotations.get(quotation).is_some_and(|one| one.span.contains(span));
                if span.begin < done || quoted {
                    // Words in marks are what the verb announced.
                    cue = cue.filter(|_| !quoted);
                    continue;
                }
                if self.speaks(token) {
                    cue = Some(token);
                    continue;
                }
                let colon = self.view.single(token) == Some(':');
                let opens = colon
                    || self.view.is_word(token)
                        && self.rules.speech.complementizers.has(self.view.folded(token));
                if !opens {
                    continue;
                }
                let Some(verb) = cue.take() else { continue };
                let begin = if colon { token + 1 } else { token };
                if let Some(words) = self.words(begin, colon, tokens.end, sentence.span.end) {
                    done = words.end;
                    out.push(Quotation {
                        span: words,
                        content: words,
                        kind: QuotationKind::Indirect,
                        cue: cue_span(self.view, &self.rules.speech, verb),
                        parent: None,
                    });
                }
            }
        }
        out
    }

    /// Whether the word announces speech; one that is as often another does not, without a mark beside it.
    fn speaks(&self, token: usize) -> bool {
        self.cues.has(token)
            && self.rules.speech.word(self.view.folded(token)).is_some_and(|word| {
                let clear = !matches!(word.usage, Some(SpeechUse::Preposition | SpeechUse::Ambiguous));
                clear || self.rules.speech.complementizers.has(self.view.folded(token + 1))
            })
    }

    /// The words from token `begin` on, to what follows them in the sentence; `None` where they stand in marks, or
    /// are too few to be a clause.
    fn words(&self, begin: usize, colon: bool, end: usize, sentence_end: u32) -> Option<Span> {
        let view = self.view;
        let first = if colon { begin } else { begin + 1 };
        // «…» at once: they are the words.
        if view.single(first).is_some_and(|c| is_mark_of_quotation(self.document, c)) {
            return None;
        }
        let mut last = begin;
        let mut words = 0;
        let mut token = begin;
        while token < end {
            let comma = matches!(view.single(token), Some('\u{60C}' | ','));
            if comma && (self.speaks(token + 1) || self.rules.speech.attributions.has(view.folded(token + 1)))
            {
                break;
            }
            let span = view.token(token)?.span;
            // Words in marks are taken whole or not at all.
            if let Some(one) = self.quotation_at(span.begin) {
                if one.span.end > sentence_end {
                    break;
                }
                while token < end && view.token(token).is_some_and(|token| token.span.begin < one.span.end) {
                    last = token;
                    words += 1;
                    token += 1;
                }
                continue;
            }
            if view.is_word(token) || view.is_number(token) {
                words += 1;
                last = token;
            } else if matches!(view.single(token), Some(')' | ']' | '%' | '\u{66A}')) {
                last = token;
            }
            token += 1;
        }
        let span = Span::new(view.token(begin)?.span.begin, view.token(last)?.span.end);
        (words > 2 && span.begin < span.end).then_some(span)
    }

    fn quotation_at(&self, at: u32) -> Option<&Quotation> {
        let index = self.quotations.partition_point(|one| one.span.begin < at);
        self.quotations.get(index).filter(|one| one.span.begin == at)
    }
}
