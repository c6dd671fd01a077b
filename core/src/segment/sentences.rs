//! Sentences: each run of stops may end one; weights decide, and the boundaries of UAX #29 are among what is weighed.

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, SentenceBreak};

use super::breaks::breaks;
use super::features::{Observed, features};
use super::marks::Pair;
use super::rules::Rules;
use super::tokens::{is_arabic, is_arabic_mark, is_initialism};
use super::view::{View, trim_line};
use super::{Block, BlockKind, Sentence, TokenKind};
use crate::{Document, Span};

features! {
    /// What is true of a run of stops that may end a sentence.
    SentenceFeature {
        /// Always.
        Bias,
        /// UAX #29 breaks here.
        Icu,
        /// A mark with no other use (؟ ! ۔ 。).
        Terminal,
        /// A lone full stop.
        FullStop,
        /// Two dots or more, or the ellipsis character.
        Ellipsis,
        /// An ellipsis with white space on both sides.
        Floating,
        /// After an ellipsis, a word that goes on with the clause.
        EllipsisContinued,
        /// No white space after the stop and what closes with it.
        Unspaced,
        /// … between two words of Arabic script, or such a word and a number.
        UnspacedArabic,
        /// White space before the stop, none after it, then a word or number of another script (.NET).
        OpensWord,
        /// Before it an abbreviation that stands before names.
        AbbreviationTitle,
        /// Before it an abbreviation that stands before references, after it a number.
        AbbreviationReference,
        /// Before it an abbreviated name.
        AbbreviationName,
        /// Before it a single letter.
        Initial,
        /// Before it the name of a letter, one of several or before a number (بي. بي. سي.).
        SpelledLetter,
        /// Before it the end of an enumeration (إلخ), after it what goes on with the clause.
        ClosingContinued,
        /// Before it a letter that stands for an era or unit, before that a number.
        EraAfterNumber,
        /// Before it a number that begins the sentence.
        ListNumber,
        /// Before it a number, before that the noun that it numbers.
        NumberedPart,
        /// Between the numbers of a date.
        DottedDate,
        /// The next word is one that begins sentences of news.
        OpenerFollows,
        /// The next word is one of four letters or more that begins with an opening conjunction (و).
        ConjunctionFollows,
        /// The next letter is lower case.
        LowerFollows,
        /// The next letter is upper case.
        UpperFollows,
        /// A comma, semicolon, colon or closing bracket follows.
        PunctuationFollows,
        /// It stands in brackets.
        InBracket,
        /// It stands between quotation marks.
        InQuotation,
        /// … and another full sentence follows before the closing one.
        QuotationGoesOn,
        /// It is the first thing after an opening mark.
        QuotationBegins,
        /// It is the last thing before a closing mark.
        QuotationEnds,
        /// … and an upper-case letter follows.
        QuotationEndsUpper,
        /// No word since the last boundary.
        NoWordBefore,
        /// No word to the end of the block.
        NoWordAfter,
    }
}

/// Words that make the rest of a quotation another sentence, if it has no stop of its own.
const FULL_SENTENCE: usize = 2;
/// Tokens of that rest that are looked at.
const LOOK_AHEAD: usize = 40;

/// The sentences of `document`, in order.
pub fn sentences(document: &Document) -> Vec<Sentence> {
    let view = View::new(document);
    let pairs = document.pairs();
    let mut out = Vec::new();
    let mut pair = 0;
    for (index, block) in document.blocks().iter().enumerate() {
        let first = pair;
        while pairs.get(pair).is_some_and(|pair| pair.block() == index) {
            pair += 1;
        }
        let mut begin = block.span.begin;
        if may_hold_several(block.kind) {
            let of_block = pairs.get(first..pair).unwrap_or_default();
            let mut splitter = Splitter::new(&view, &document.knowledge().segment, block, of_block);
            splitter.each_boundary(|end| {
                if let Some(span) = trim_line(view.text, Span::new(begin, end)) {
                    out.push(Sentence { span, block: index });
                }
                begin = end;
            });
        }
        if let Some(span) = trim_line(view.text, Span::new(begin, block.span.end)) {
            out.push(Sentence { span, block: index });
        }
    }
    out
}

/// Title, byline, dateline and source are one sentence each.
const fn may_hold_several(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Subhead)
}

/// A run of stops with what closes behind it.
struct Candidate {
    /// The first and one past the last token of the stops.
    stops: (usize, usize),
    /// One past the last token that closes with them.
    next: usize,
    kind: SentenceFeature,
}

struct Splitter<'v, 'd> {
    view: &'v View<'d>,
    rules: &'v Rules,
    block: &'v Block,
    pairs: &'v [Pair],
    /// Brackets of the block that are closed, outermost ones only.
    brackets: Vec<Span>,
    /// The marks that close a pair, in order.
    closings: Vec<Span>,
    first: usize,
    end: usize,
    /// One past the last word.
    words_end: usize,
}

impl<'v, 'd> Splitter<'v, 'd> {
    fn new(view: &'v View<'d>, rules: &'v Rules, block: &'v Block, pairs: &'v [Pair]) -> Self {
        let tokens = view.tokens_in(block.span);
        let brackets = brackets(view, &tokens);
        let mut closings: Vec<Span> = pairs.iter().filter_map(|pair| pair.close).collect();
        closings.sort_unstable();
        let words_end = tokens
            .clone()
            .rev()
            .find(|index| view.words_up_to(*index..index + 1, 1) > 0)
            .map_or(tokens.start, |last| last + 1);
        Self {
            words_end,
            view,
            rules,
            block,
            pairs,
            brackets,
            closings,
            first: tokens.start,
            end: tokens.end,
        }
    }

    /// Calls `found` with the end of each sentence but the last.
    fn each_boundary(&mut self, mut found: impl FnMut(u32)) {
        let dateline = self.block.dateline.map_or(self.block.span.begin, |dateline| dateline.span.end);
        let mut cursor = Cursor::default();
        let mut sentence = self.first;
        let mut words = false;
        let mut at = self.first;
        for sign in self.view.signs_in(&(self.first..self.end)) {
            let index = sign.token();
            if index < at {
                continue;
            }
            let candidate = self.candidate(index);
            // What is no sign is a word.
            words |= index > at || candidate.is_none() && self.view.words_up_to(index..index + 1, 1) > 0;
            at = candidate.as_ref().map_or(0, |candidate| candidate.next).max(index + 1);
            let Some(candidate) = candidate else { continue };
            let Some(stop) = self.view.token(candidate.stops.0) else { continue };
            // A stop may close a dateline, and ends a sentence of its own there.
            if candidate.next >= self.end || stop.span.begin < dateline && stop.span.end != dateline {
                continue;
            }
            let mut observed = self.observe(&candidate, sentence, &mut cursor);
            observed.set_if(SentenceFeature::NoWordBefore, !words);
            observed.set_if(SentenceFeature::NoWordAfter, candidate.next >= self.words_end);
            if self.rules.sentences.weights.score(observed) > 0.0
                && let Some(last) = self.view.token(candidate.next - 1)
            {
                found(last.span.end);
                sentence = candidate.next;
                words = false;
            }
        }
    }

    /// The run of stops that begins at a token, if one does.
    fn candidate(&self, at: usize) -> Option<Candidate> {
        let view = self.view;
        let first = self.stop_kind(at)?;
        let mut end = at + 1;
        let mut dots = usize::from(first != Stop::Terminal);
        let mut terminal = first == Stop::Terminal;
        let mut ellipsis = first == Stop::Ellipsis;
        while end < self.end && view.touches_previous(end) {
            let Some(kind) = self.stop_kind(end) else { break };
            terminal |= kind == Stop::Terminal;
            ellipsis |= kind == Stop::Ellipsis;
            dots += usize::from(kind != Stop::Terminal);
            end += 1;
        }
        let mut next = end;
        while next < self.end && self.closes(next) {
            next += 1;
        }
        let kind = if terminal {
            SentenceFeature::Terminal
        } else if ellipsis || dots > 1 {
            SentenceFeature::Ellipsis
        } else {
            SentenceFeature::FullStop
        };
        Some(Candidate { stops: (at, end), next, kind })
    }

    /// What kind of stop a token is: by the Unicode property, which has the stops of all scripts.
    fn stop_kind(&self, index: usize) -> Option<Stop> {
        let token = self.view.token(index)?;
        if token.kind != TokenKind::Punctuation
            && token.kind != TokenKind::Symbol
            && token.kind != TokenKind::Emoji
        {
            return None;
        }
        let c = self.view.surface(index).chars().next()?;
        if self.rules.marks.stops.ellipsis.contains(&c) {
            return Some(Stop::Ellipsis);
        }
        if CodePointMapData::<GeneralCategory>::new().get(c) != GeneralCategory::OtherPunctuation {
            return None;
        }
        match CodePointMapData::<SentenceBreak>::new().get(c) {
            SentenceBreak::ATerm => Some(Stop::Full),
            SentenceBreak::STerm => Some(Stop::Terminal),
            _ => None,
        }
    }

    /// Whether a token is the closing mark of a pair, or a bracket that closes and touches what it closes.
    fn closes(&self, index: usize) -> bool {
        let Some(token) = self.view.token(index) else { return false };
        if token.kind != TokenKind::Punctuation && token.kind != TokenKind::Symbol {
            return false;
        }
        if self.view.touches_previous(index)
            && matches!(self.view.single(index), Some(')' | ']' | '}' | '\u{FD3E}'))
        {
            return true;
        }
        let at = self.closings.partition_point(|mark| mark.end < token.span.end);
        self.closings.get(at).is_some_and(|mark| mark.contains(token.span))
    }

    fn observe(
        &self,
        candidate: &Candidate,
        sentence: usize,
        cursor: &mut Cursor,
    ) -> Observed<SentenceFeature> {
        use SentenceFeature as F;
        let view = self.view;
        let (stop, stop_end) = candidate.stops;
        let next = candidate.next;
        let mut observed = Observed::new();
        observed.set(F::Bias);
        observed.set(candidate.kind);
        let position = |index: usize| view.token(index).map_or(0, |token| token.span.begin);

        let last_end = view.token(next - 1).map_or(0, |token| token.span.end);
        let next_begin = position(next);
        let within = |offset: u32| offset.saturating_sub(self.block.span.begin) as usize;
        let block = self.block.span.of(view.text);
        let icu = breaks(block, within(position(stop)), within(last_end), within(next_begin));
        observed.set_if(F::Icu, icu);

        let spaced_before = !view.touches_previous(stop);
        let spaced_after = !view.touches_previous(next);
        self.observe_after(candidate, spaced_before, spaced_after, &mut observed);
        if candidate.kind == F::FullStop && !spaced_before && stop > sentence {
            self.observe_before(stop - 1, next, sentence, &mut observed);
        }
        let stop_begin = position(stop);
        observed.set_if(F::InBracket, cursor.in_bracket(&self.brackets, stop_begin, position(sentence)));
        if let Some((open, pair)) =
            cursor.innermost(self.pairs, stop_begin).and_then(|pair| Some((pair.open, pair.span()?)))
        {
            observed.set(F::InQuotation);
            observed.set_if(F::QuotationBegins, open.end == stop_begin);
            if pair.end <= last_end {
                observed.set(F::QuotationEnds);
                let upper = observed.has(F::UpperFollows) && spaced_after;
                observed.set_if(F::QuotationEndsUpper, upper);
            } else {
                let rest = next..self.end.min(next + LOOK_AHEAD);
                let inside = rest.take_while(|index| position(*index) < pair.end).collect::<Vec<_>>();
                let words = inside.iter().filter(|index| view.is_word(**index)).count();
                let stopped = inside.iter().any(|index| self.stop_kind(*index).is_some());
                observed.set_if(F::QuotationGoesOn, words >= FULL_SENTENCE || stopped && words > 0);
            }
        }
        debug_assert!(stop_end <= next, "closing marks follow the stops");
        observed
    }

    /// What stands before a lone full stop.
    fn observe_before(
        &self,
        word: usize,
        next: usize,
        sentence: usize,
        observed: &mut Observed<SentenceFeature>,
    ) {
        use SentenceFeature as F;
        let view = self.view;
        let lists = &self.rules.abbreviations;
        let folded = view.folded(word);
        let follows_number =
            word > sentence && view.surface(word - 1).chars().next_back().is_some_and(char::is_numeric);
        if view.is_number(word) {
            let short = view.surface(word).chars().count() <= 3;
            // Items may begin after a colon: شرطان: 1. …
            let first_item = word > sentence
                && view.single(word - 1) == Some(':')
                && view.single(word).is_some_and(is_one);
            observed.set_if(F::ListNumber, short && word == sentence || first_item);
            observed.set_if(F::DottedDate, self.in_date(word, next, sentence));
            let numbered = word > sentence && {
                let noun = view.folded(word - 1);
                let bare = self.rules.proclitics.without_article(noun).unwrap_or(noun);
                self.rules.sentences.numbered.has(bare) || self.rules.sentences.numbered.has(noun)
            };
            observed.set_if(F::NumberedPart, numbered);
            return;
        }
        if !view.is_word(word) {
            return;
        }
        let letters = view.surface(word).chars().filter(|c| !is_arabic_mark(*c)).count();
        let era = follows_number && lists.after_number.has(folded);
        if era {
            observed.set(F::EraAfterNumber);
            return;
        }
        // The letter of a group or vitamin is what it is called, and short for nothing.
        if letters == 1 && word > sentence && lists.lettered.has(view.folded(word - 1)) {
            return;
        }
        observed.set_if(F::Initial, letters == 1 && !lists.closing.has(folded));
        if lists.letters.has(folded) {
            let another = |index: Option<usize>| {
                index.is_some_and(|index| view.is_word(index) && lists.letters.has(view.folded(index)))
            };
            let before = word.checked_sub(2).filter(|before| *before >= sentence);
            let in_row = another(before) && view.single(word - 1) == Some('.') || another(Some(next));
            observed.set_if(F::SpelledLetter, in_row || view.is_number(next));
        }
        let goes_on = self.rules.sentences.continuers.has(view.folded(next));
        observed.set_if(F::ClosingContinued, lists.closing.has(folded) && goes_on);
        // What begins a sentence is no name: فيتامين د. ولا يكفي.
        let name = view.is_word(next) && !observed.has(F::OpenerFollows);
        observed.set_if(F::AbbreviationTitle, lists.title.has(folded) && name);
        observed.set_if(F::AbbreviationReference, lists.reference.has(folded) && view.is_number(next));
        observed.set_if(F::AbbreviationName, lists.name.has(folded) || is_initialism(view.surface(word)));
    }

    /// Whether the stop between two numbers is one of a date's: two of up to two digits and one more.
    fn in_date(&self, number: usize, next: usize, sentence: usize) -> bool {
        let view = self.view;
        let stop = |index: usize| view.single(index) == Some('.');
        let part = |index: usize| view.is_number(index) && view.surface(index).chars().count() <= 2;
        let first = part(number) && part(next) && stop(next + 1) && view.is_number(next + 2);
        let second = part(number)
            && view.is_number(next)
            && number >= sentence + 2
            && stop(number - 1)
            && part(number - 2);
        first || second
    }

    /// What follows the stop, and how it is set.
    fn observe_after(
        &self,
        candidate: &Candidate,
        before: bool,
        after: bool,
        observed: &mut Observed<SentenceFeature>,
    ) {
        use SentenceFeature as F;
        let view = self.view;
        let (stop, _) = candidate.stops;
        let next = candidate.next;
        let word = view.folded(next);
        let lists = &self.rules.sentences;
        if candidate.kind == F::Ellipsis {
            observed.set_if(F::Floating, before && after);
            let goes_on = lists.continuers.has(word)
                || lists.conjunctions.stems(word).any(|stem| lists.continuers.has(stem));
            // Persian اما goes on with a clause; Arabic أما, which folds to the same letters, begins one.
            let begins = lists.clause_openers.contains(view.surface(next));
            observed.set_if(F::EllipsisContinued, goes_on && !begins);
        }
        if !after {
            observed.set(F::Unspaced);
            let long = |index: usize| {
                view.is_word(index) && view.surface(index).chars().filter(|c| is_arabic(*c)).nth(1).is_some()
            };
            let word = stop.checked_sub(1);
            let after_word = word.is_some_and(long);
            let after_other = word.is_some_and(|word| view.is_number(word) || !view.is_word(word));
            let parted = long(next)
                || !view.is_word(next) && !view.is_number(next)
                || after_word && view.is_number(next);
            observed.set_if(F::UnspacedArabic, (after_word || after_other) && parted);
            let other = view.is_number(next) || view.is_word(next) && !long(next);
            observed.set_if(F::OpensWord, before && candidate.kind == F::FullStop && other);
        }
        let speech = lists.conjunctions.stems(word).any(|stem| self.rules.speech.verb(stem) == Some(""));
        let future =
            lists.future.begin(word) && word.chars().nth(4).is_some() && !lists.future_exceptions.has(word);
        let opener = speech || future || lists.openers.has(word);
        observed.set_if(F::OpenerFollows, opener || lists.clause_openers.contains(view.surface(next)));
        let conjunction = lists.opening_conjunctions.stems(word).any(|stem| stem.chars().nth(2).is_some());
        observed.set_if(F::ConjunctionFollows, conjunction);
        let Some(first) = view.surface(next).chars().next() else { return };
        observed.set_if(F::LowerFollows, first.is_lowercase());
        observed.set_if(F::UpperFollows, first.is_uppercase());
        // A mark that closes by its shape may open: »…«.
        let begin = view.token(next).map_or(0, |token| token.span.begin);
        let opens = self.pairs.binary_search_by_key(&begin, |pair| pair.open.begin).is_ok();
        let goes_on = self.rules.marks.stops.going_on.contains(&first)
            || !opens && matches!(first, ')' | ']' | '}' | '\u{BB}' | '\u{201D}');
        observed.set_if(F::PunctuationFollows, goes_on);
    }
}

/// Where a walk through a block from left to right stands among its pairs and brackets.
#[derive(Default)]
struct Cursor {
    pair: usize,
    /// Pairs that have begun and not ended, innermost last.
    around: Vec<usize>,
    bracket: usize,
}

impl Cursor {
    fn innermost<'p>(&mut self, pairs: &'p [Pair], at: u32) -> Option<&'p Pair> {
        while let Some(pair) = pairs.get(self.pair).filter(|pair| pair.open.begin < at) {
            if pair.close.is_some() {
                self.around.push(self.pair);
            }
            self.pair += 1;
        }
        while let Some(pair) = self.around.last().and_then(|last| pairs.get(*last)) {
            if pair.close.is_some_and(|close| close.begin >= at) {
                return Some(pair);
            }
            self.around.pop();
        }
        None
    }

    /// Whether `at` lies in brackets that do not hold the whole sentence.
    fn in_bracket(&mut self, brackets: &[Span], at: u32, sentence: u32) -> bool {
        while brackets.get(self.bracket).is_some_and(|bracket| bracket.end <= at) {
            self.bracket += 1;
        }
        brackets.get(self.bracket).is_some_and(|bracket| bracket.begin < at && bracket.begin > sentence)
    }
}

/// The number of a first item, in the digits of Latin, Arabic, and Persian and Urdu.
const fn is_one(c: char) -> bool {
    matches!(c, '1' | '\u{661}' | '\u{6F1}')
}

/// The outermost brackets that are closed.
fn brackets(view: &View, tokens: &std::ops::Range<usize>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut open: Vec<u32> = Vec::new();
    for sign in view.signs_in(tokens) {
        let Some(token) = view.token(sign.token()) else { continue };
        match sign.single {
            Some('(' | '[') => open.push(token.span.begin),
            Some(')' | ']') => {
                if let Some(begin) = open.pop() {
                    let span = Span::new(begin, token.span.end);
                    while out.last().is_some_and(|last| span.contains(*last)) {
                        out.pop();
                    }
                    out.push(span);
                }
            }
            _ => {}
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    Full,
    Ellipsis,
    Terminal,
}
