//! Quotations in marks: somebody's words, a word held up with tongs, or the name of a thing.

use std::ops::Range;

use super::dateline::phrase_at;
use super::features::{Observed, features};
use super::indirect::with_indirect;
use super::marks::Pair;
use super::rules::{Rules, Speech, Words};
use super::view::{View, trim};
use super::{BlockKind, Quotation, QuotationKind, ScriptCode, Sentence};
use crate::{Document, Span};

features! {
    /// What speaks for one reading of what stands between marks.
    ReadingFeature {
        /// Always.
        Bias,
        /// A word that announces speech stands up to twelve words before, in the same sentence.
        CueNear,
        /// One stands right before.
        CueAdjacent,
        /// One stands further away.
        CueFar,
        /// One stands right after the closing mark.
        CueAfter,
        /// A colon stands right before.
        ColonBefore,
        /// A particle that opens a clause stands right before (أن).
        ComplementizerBefore,
        /// What gives words to somebody stands near (بحسب تعبيره).
        AttributionNear,
        /// The length in words.
        #[serde(rename = "words_1")]
        Words1,
        /// The length in words.
        #[serde(rename = "words_2_3")]
        Words2To3,
        /// The length in words.
        #[serde(rename = "words_4_7")]
        Words4To7,
        /// The length in words.
        #[serde(rename = "words_8_up")]
        Words8Up,
        /// A stop stands inside.
        InnerStop,
        /// It stands in a title or subhead.
        Headline,
        /// A noun that introduces words as such stands right before (شعار).
        SloganNoun,
        /// The text says that somebody calls it so.
        SoCalled,
        /// A noun that introduces names stands right before, or before its adjectives (صحيفة «…»).
        NamingNoun,
        /// The same with the article: as often a subject as an apposition (المنظمة «…»).
        NamingNounDefinite,
        /// What says a thing's name stands right before (بعنوان).
        NamingVerb,
        /// It is a listed agency or paper.
        KnownName,
        /// A speech verb right before, its complement right after, few words between: the speaker.
        SubjectSlot,
        /// A preposition written to the mark, a speech verb before: who is spoken to (قال لـ«…»).
        Addressee,
        /// A word that tells of a work stands up to three words before (قرأ «…»).
        WorkNear,
        /// What follows gives it to somebody with ل, by two words without an article between (لنجيب محفوظ).
        AuthorFollows,
        /// Joined to a name by و or a comma.
        CoordinatedName,
        /// Latin letters only, in a text of another script.
        ForeignScript,
    }
}

/// Tokens before a mark among which its cue is looked for.
const BEFORE: usize = 60;
/// A cue this many tokens before is near.
const NEAR: usize = 14;
/// Tokens after a closing mark among which its cue is looked for.
const AFTER: usize = 4;
/// Adjectives that may stand between a noun and the name that it introduces.
const ADJECTIVES: usize = 3;
/// Words before a mark among which one that tells of a work is looked for.
const WORK: usize = 3;
/// Tokens of the name of a paper at most.
const PAPER: usize = 8;
/// Words between marks that are counted; more are the same.
const LONG: usize = 8;

/// What a pair of marks holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Name,
    Quotation(QuotationKind),
}

/// The quotations of `document`, in order of their beginning.
///
/// A mark that is never closed in its block gives a quotation to the block's end, less a last full stop, where
/// the next block opens with the same mark (words that go on over several paragraphs) and a cue says clearly
/// that somebody speaks. Else it is a stray mark: where the words end cannot be told.
pub fn quotations(document: &Document) -> Vec<Quotation> {
    let view = View::new(document);
    let reader = Reader {
        document,
        view: &view,
        rules: &document.knowledge().segment,
        cues: Cues::of(&view, &document.knowledge().segment.speech),
        papers: papers(document, &view),
    };
    let mut out: Vec<Quotation> = Vec::new();
    // Quotations that have begun and not ended, innermost last.
    let mut around: Vec<usize> = Vec::new();
    let mut previous: Option<(Span, Reading)> = None;
    let mut sentences = document.sentences().iter().peekable();
    // To the end of what an unclosed mark opens, no other unclosed mark opens anything.
    let mut unclosed_to = 0;
    let mut closed_to = 0;
    for pair in document.pairs() {
        while sentences.peek().is_some_and(|sentence| sentence.span.end <= pair.open.begin) {
            sentences.next();
        }
        let closed = pair.span();
        let inside_other = pair.open.begin < closed_to;
        if let Some(span) = closed {
            closed_to = closed_to.max(span.end);
        }
        let Some(extent) = closed.or_else(|| {
            (!inside_other && pair.open.begin >= unclosed_to).then(|| reader.to_block_end(pair)).flatten()
        }) else {
            continue;
        };
        // A name in marks in a dateline is the paper's.
        let dateline = document.blocks().get(pair.block()).and_then(|block| block.dateline);
        if dateline.is_some_and(|dateline| dateline.span.contains(extent)) {
            continue;
        }
        let close = pair.close.map_or(extent.end, |close| close.begin);
        let Some(content) = trim(view.text, Span::new(pair.open.end, close)) else { continue };
        let content_of_marks = Span::new(pair.open.end, close);
        let Some((reading, cue, strength)) =
            reader.read(pair, extent, content, sentences.peek().copied(), previous)
        else {
            continue;
        };
        previous = Some((extent, reading));
        let Reading::Quotation(kind) = reading else { continue };
        if closed.is_none() {
            if kind != QuotationKind::Direct || strength < reader.rules.quotations.unclosed.threshold {
                continue;
            }
            unclosed_to = extent.end;
        }
        while around.last().and_then(|last| out.get(*last)).is_some_and(|last| last.span.end <= extent.begin)
        {
            around.pop();
        }
        let parent = around.last().copied();
        around.push(out.len());
        out.push(Quotation { span: extent, content: content_of_marks, kind, cue, parent });
    }
    with_indirect(document, &view, &reader.cues, out)
}

/// Words that announce speech: a mark has many words before it, and a word many marks behind it, so they are looked
/// up once.
pub(super) struct Cues {
    /// A bit for each token.
    bits: Vec<u64>,
}

impl Cues {
    fn of(view: &View, speech: &Speech) -> Self {
        let mut bits = vec![0_u64; view.tokens.len().div_ceil(64)];
        for (index, _) in view.words().filter(|(_, word)| speech.cue(word).is_some()) {
            if let Some(bits) = bits.get_mut(index / 64) {
                *bits |= 1 << (index % 64);
            }
        }
        Self { bits }
    }

    /// Whether a token is one.
    pub(super) fn has(&self, index: usize) -> bool {
        self.bits.get(index / 64).is_some_and(|bits| bits >> (index % 64) & 1 != 0)
    }

    /// The first from a token on.
    pub(super) fn next_from(&self, index: usize) -> Option<usize> {
        let (first, rest) = self.bits.get(index / 64..)?.split_first()?;
        let ahead = first >> (index % 64);
        if ahead != 0 {
            return Some(index + ahead.trailing_zeros() as usize);
        }
        let (behind, bits) = rest.iter().enumerate().find(|(_, bits)| **bits != 0)?;
        Some((index / 64 + 1 + behind) * 64 + bits.trailing_zeros() as usize)
    }
}

/// Who publishes the document, folded: the agency of its dateline and what its last source block ends with.
fn papers(document: &Document, view: &View) -> Vec<Vec<String>> {
    let blocks = document.blocks();
    let agency = blocks.iter().find_map(|block| block.dateline).and_then(|dateline| dateline.agency);
    let source = blocks.iter().rev().find(|block| block.kind == BlockKind::Source).map(|block| block.span);
    agency.into_iter().chain(source).map(|span| words_of(view, view.tokens_in(span))).collect()
}

fn words_of(view: &View, tokens: Range<usize>) -> Vec<String> {
    tokens.filter(|index| view.is_word(*index)).map(|index| view.folded(index).to_owned()).collect()
}

struct Reader<'v, 'd> {
    document: &'v Document<'d>,
    view: &'v View<'v>,
    rules: &'v Rules,
    cues: Cues,
    /// The names of who publishes the document, in folded words.
    papers: Vec<Vec<String>>,
}

impl Reader<'_, '_> {
    /// From an unclosed mark to the end of its block, without a last full stop, where the next block goes on.
    fn to_block_end(&self, pair: &Pair) -> Option<Span> {
        let block = self.document.blocks().get(pair.block())?;
        let next = self.document.blocks().get(pair.block() + 1)?;
        if !next.span.of(self.view.text).starts_with(pair.open.of(self.view.text)) {
            return None;
        }
        let inside = Span::new(pair.open.end, block.span.end).of(self.view.text);
        let inside = inside.strip_suffix('.').filter(|rest| !rest.ends_with('.')).unwrap_or(inside);
        let end = pair.open.range().end + inside.len();
        trim(self.view.text, Span::from_range(&(pair.open.range().start..end)))
    }

    /// The reading with the most weight, its cue, and how much speaks for direct speech.
    fn read(
        &self,
        pair: &Pair,
        extent: Span,
        content: Span,
        sentence: Option<&Sentence>,
        previous: Option<(Span, Reading)>,
    ) -> Option<(Reading, Option<Span>, f32)> {
        use ReadingFeature as F;
        let view = self.view;
        let block = self.document.blocks().get(pair.block())?;
        let scope = sentence.map_or(block.span, |sentence| sentence.span);
        let tokens = view.tokens_in(extent);
        let inner = view.first_from(content.begin, tokens.start)..view.first_from(content.end, tokens.end);
        let first = view.first_from(scope.begin, tokens.start);
        let mut observed = Observed::new();
        observed.set(F::Bias);
        observed.set(match view.words_up_to(inner.clone(), LONG) {
            0 | 1 => F::Words1,
            2 | 3 => F::Words2To3,
            4..LONG => F::Words4To7,
            _ => F::Words8Up,
        });
        observed.set_if(F::Headline, !matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem));
        let stops = &self.rules.marks.stops;
        let stop = |index: usize| view.single(index).is_some_and(|c| stops.may_end(c));
        observed.set_if(F::InnerStop, inner.clone().rev().take(BEFORE).any(stop));
        let named = self
            .rules
            .sources
            .agencies_and_papers()
            .any(|list| phrase_at(view, list, inner.clone()).is_some_and(|end| end >= inner.end));
        observed.set_if(F::KnownName, named || self.is_own_paper(inner.clone()));
        observed.set_if(F::AuthorFollows, pair.close.is_some() && self.author_at(tokens.end, scope.end));
        let latin = inner.clone().all(|index| {
            view.token(index)
                .is_some_and(|token| matches!(token.script, ScriptCode::LATIN | ScriptCode::COMMON))
        });
        let arabic_around = block.span.of(view.text).chars().take(64).any(super::tokens::is_arabic);
        observed.set_if(F::ForeignScript, latin && arabic_around);
        self.observe_before(first..tokens.start, &mut observed);
        if let Some((span, Reading::Name)) = previous
            && let Some(between) = view.text.get(span.range().end..extent.range().start)
        {
            observed.set_if(F::CoordinatedName, self.rules.quotations.joiners.contains(between.trim()));
        }

        let before = self.cue_before(first..tokens.start);
        let after = self.cue_after(tokens.end, scope.end.max(extent.end));
        observed.set_if(F::CueAfter, after.is_some());
        if let Some((distance, _)) = before {
            observed.set(if distance <= NEAR { F::CueNear } else { F::CueFar });
            observed.set_if(F::CueAdjacent, distance == 1);
            let to = tokens.start.checked_sub(1).filter(|_| view.touches_previous(tokens.start));
            let addressed = |index| self.rules.quotations.addressee_prepositions.has(view.folded(index));
            observed.set_if(F::Addressee, to.is_some_and(addressed));
            let next = view.folded(tokens.end);
            let complement = self.rules.speech.complementizers.has(next)
                || self.rules.quotations.complement_prepositions.has(next);
            let few = !observed.has(F::Words8Up) && !observed.has(F::Words4To7);
            observed.set_if(F::SubjectSlot, distance == 1 && complement && few && pair.close.is_some());
        }
        let weights = &self.rules.quotations.weights;
        let direct = weights.direct.score(observed);
        let scare = weights.scare.score(observed);
        let name = weights.name.score(observed);
        let cue = before.or(after).map(|(_, span)| span);
        Some(if name > direct && name > scare {
            (Reading::Name, None, direct)
        } else if direct >= scare {
            (Reading::Quotation(QuotationKind::Direct), cue, direct)
        } else {
            (Reading::Quotation(QuotationKind::Scare), None, direct)
        })
    }

    /// What the words right before the mark say.
    fn observe_before(&self, before: Range<usize>, observed: &mut Observed<ReadingFeature>) {
        use ReadingFeature as F;
        let view = self.view;
        let Some(last) = before.clone().next_back() else { return };
        let lists = &self.rules.quotations;
        observed.set_if(F::ColonBefore, view.single(last) == Some(':'));
        observed.set_if(F::ComplementizerBefore, self.rules.speech.complementizers.has(view.folded(last)));
        let near = before.clone().rev().take(NEAR);
        observed.set_if(
            F::AttributionNear,
            near.clone().any(|index| self.bare(index, &self.rules.speech.attributions)),
        );
        observed.set_if(
            F::WorkNear,
            near.filter(|index| view.is_word(*index)).take(WORK).any(|index| self.bare(index, &lists.works)),
        );
        // The word that the mark is written to (و«…») and what stands before it.
        let mut words = before.rev().skip_while(|index| {
            view.single(*index).is_some_and(|c| c == ':') || self.rules.proclitics.is_one(view.folded(*index))
        });
        let (one, two) = (words.next(), words.next());
        let at = |index: Option<usize>, list: &Words| index.is_some_and(|index| self.bare(index, list));
        let noun = one
            .into_iter()
            .chain(two)
            .chain(words)
            .take(1 + ADJECTIVES)
            .scan(true, |adjectives, index| {
                let go_on = *adjectives;
                *adjectives = self.is_adjective(index);
                go_on.then_some(index)
            })
            .find(|index| self.bare(*index, &lists.naming_nouns));
        if let Some(noun) = noun {
            let definite = !lists.naming_nouns.has(view.folded(noun))
                && self.rules.proclitics.has_article(view.folded(noun));
            observed.set(if definite { F::NamingNounDefinite } else { F::NamingNoun });
        }
        observed.set_if(F::NamingVerb, at(one, &lists.naming_verbs));
        observed.set_if(F::SloganNoun, at(one, &lists.slogan_nouns));
        observed.set_if(F::SoCalled, at(one, &lists.so_called) || at(two, &lists.so_called));
    }

    /// Whether the tokens name who publishes the document.
    fn is_own_paper(&self, inner: Range<usize>) -> bool {
        if inner.len() > PAPER {
            return false;
        }
        let words = words_of(self.view, inner);
        !words.is_empty() && self.papers.iter().any(|paper| paper.ends_with(&words))
    }

    /// Whether two words at `at` say who made something: ل and a name of two words. The first may have the
    /// article in it (للطيب صالح), the second not: that is as often a noun and its complement (لوزير الخارجية).
    fn author_at(&self, at: usize, end: u32) -> bool {
        let view = self.view;
        let inside = |index: usize| {
            view.is_word(index) && view.token(index).is_some_and(|token| token.span.end <= end)
        };
        let second = view.folded(at + 1);
        inside(at)
            && inside(at + 1)
            && view.folded(at).chars().count() >= 4
            && self.rules.quotations.author_prepositions.begin(view.folded(at))
            && second.chars().count() >= 3
            && self.rules.proclitics.without_article(second).is_none()
    }

    /// Whether a list has the word, as it is or without its proclitics and article.
    fn bare(&self, index: usize, list: &Words) -> bool {
        let word = self.view.folded(index);
        list.may_have_end_of(word)
            && self.view.is_word(index)
            && self.rules.proclitics.stems(word).any(|stem| list.has(stem))
    }

    /// An adjective may part a noun from the name: by its shape, a word with an article or an ending of one.
    fn is_adjective(&self, index: usize) -> bool {
        let word = self.view.folded(index);
        self.view.is_word(index)
            && !self.cues.has(index)
            && (self.rules.proclitics.without_article(word).is_some()
                || self.rules.quotations.adjective_endings.end(word))
    }

    /// The nearest word before that announces speech, and how many tokens it is away.
    fn cue_before(&self, before: Range<usize>) -> Option<(usize, Span)> {
        before.rev().take(BEFORE).enumerate().find_map(|(distance, index)| {
            let span = self.cue_at(index)?;
            Some((distance + 1, span))
        })
    }

    /// The same after the closing mark, up to `end`.
    fn cue_after(&self, from: usize, end: u32) -> Option<(usize, Span)> {
        (from..from + AFTER)
            .take_while(|index| self.view.token(*index).is_some_and(|token| token.span.end <= end))
            .enumerate()
            .find_map(|(distance, index)| {
                // After a conjunction something new is said.
                let span = self.cue_at(index)?;
                (self.view.token(index)?.span == span).then_some((distance + 1, span))
            })
    }

    fn cue_at(&self, index: usize) -> Option<Span> {
        self.cues.has(index).then(|| cue_span(self.view, &self.rules.speech, index))?
    }
}

/// The word that announces speech at a token, without its conjunction.
pub(crate) fn cue_span(view: &View, speech: &Speech, index: usize) -> Option<Span> {
    let token = view.token(index).filter(|_| view.is_word(index))?;
    let proclitic = speech.cue(view.folded(index))?;
    // The proclitics are letters that folding leaves as they are; marks may stand on them.
    let letters = proclitic.chars().count();
    let surface = token.span.of(view.text);
    let cut = surface
        .char_indices()
        .filter(|(_, c)| !super::tokens::is_arabic_mark(*c))
        .nth(letters)
        .map_or(0, |(at, _)| at);
    let begin = token.span.range().start + cut;
    Some(Span::from_range(&(begin..token.span.range().end)))
}
