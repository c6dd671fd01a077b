//! Blocks: what each line of the text is, decided for all lines together.
//!
//! Each line that is not empty (joined where it was wrapped, cut where line ends are lost) is described by named features and scored for each kind by the weights of
//! `data/segment/blocks.toml`; the best sequence of kinds, with what its transitions gain or cost, wins
//! (Viterbi's algorithm). Whatever says that a first line is a title or a short line a subhead is there.

use std::ops::Range;

use serde::Deserialize;

use super::dateline::{self, Reading, Standing, number_of, phrase_at};
use super::features::{Observed, features};
use super::lines::{self, Ending, LONG, Line};
use super::rules::{BlockRules, Rules};
use super::tokens::is_initialism;
use super::view::View;
use super::{Block, BlockKind, TokenKind, run_on, wrap};
use crate::lexicon::Joiner;
use crate::maps::TextMap;
use crate::{Document, Span};

/// The kinds, in the order of the weights.
pub(super) const KINDS: [BlockKind; 8] = [
    BlockKind::Title,
    BlockKind::TitleRepeat,
    BlockKind::Byline,
    BlockKind::Dateline,
    BlockKind::Subhead,
    BlockKind::Paragraph,
    BlockKind::Source,
    BlockKind::ListItem,
];

/// A kind of block, or an end of the text: what transitions are between. The kinds in the order of [`KINDS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    Title,
    TitleRepeat,
    Byline,
    Dateline,
    Subhead,
    Paragraph,
    Source,
    ListItem,
    Begin,
    End,
}

impl Place {
    pub(super) const COUNT: usize = 10;
    const KINDS: [Self; KINDS.len()] = [
        Self::Title,
        Self::TitleRepeat,
        Self::Byline,
        Self::Dateline,
        Self::Subhead,
        Self::Paragraph,
        Self::Source,
        Self::ListItem,
    ];

    /// The index of a transition in a table of all.
    pub(super) const fn pair(self, to: Self) -> usize {
        self as usize * Self::COUNT + to as usize
    }
}

features! {
    /// What a line looks like, and where it stands.
    BlockFeature {
        /// Always.
        Bias,
        /// No line before.
        FirstLine,
        /// No other line.
        OnlyLine,
        /// No line after.
        LastLine,
        /// The second to the fourth line.
        NearTop,
        /// A dateline with an agency or a date stands at its head, and text follows.
        DatedHead,
        /// A dateline with neither: headlines begin so as well (الجزائر: …).
        PlacedHead,
        /// It is a dateline and nothing else.
        DatelineLine,
        /// It ends with a full stop, perhaps inside a closing mark.
        EndsWithStop,
        /// It ends with a question or exclamation mark.
        EndsWithQuestion,
        /// It ends with a colon.
        EndsWithColon,
        /// Its length in words.
        #[serde(rename = "words_1")]
        Words1,
        /// Its length in words.
        #[serde(rename = "words_2_3")]
        Words2To3,
        /// Its length in words.
        #[serde(rename = "words_4_8")]
        Words4To8,
        /// Its length in words.
        #[serde(rename = "words_9_16")]
        Words9To16,
        /// Its length in words.
        #[serde(rename = "words_17_30")]
        Words17To30,
        /// Its length in words.
        #[serde(rename = "words_31_up")]
        Words31Up,
        /// The next line is longer by half and more, and has at least eight words.
        LongerFollows,
        /// The next line ends with a stop or has more than sixteen words.
        ProseFollows,
        /// An empty line before.
        BlankBefore,
        /// An empty line after.
        BlankAfter,
        /// A line follows without an empty one between.
        NoBlankAfter,
        /// It begins as a line that names the writer does.
        BylineCue,
        /// A name of two to four words, a dash, and what its bearer is by trade; not in the first line.
        NameAndTrade,
        /// It is nothing but initials.
        Initials,
        /// It begins as a line that names the publisher does.
        SourceCue,
        /// It is the name of a listed agency or paper.
        ListedSource,
        /// It begins as a "read also" line does.
        RelatedCue,
        /// It begins with a bullet, a number or a letter as items of a list do.
        Bullet,
        /// The number or letter of the line before or after is the one before or after its own.
        InSequence,
        /// The line before or after does as well.
        BulletNeighbour,
        /// It holds a URL or an e-mail address.
        Url,
        /// A full stop stands inside, and more words follow.
        SeveralSentences,
        /// A verb of speaking is among its first words.
        SpeechVerb,
        /// Two to four words near the top, and the next line begins with a dateline: where the writer's name is.
        NameBeforeDateline,
        /// It says the same as the first line.
        EqualsFirst,
        /// Nothing but what may be a person's name.
        NameLine,
        /// A person's name after من, perhaps with the place before.
        NameAfterFrom,
        /// It begins with the name of what asks and answers and a colon, as other lines do.
        Dialogue,
        /// The next line does.
        DialogueFollows,
        /// The name of a listed agency or paper near the top.
        ListedNearTop,
    }
}

/// Words at the head of a line among which a verb of speaking is looked for.
const HEAD: usize = 5;
/// Words of a line that names people at most.
const NAME_LINE: usize = 8;
/// Words of one person's name at most.
pub(super) const LONGEST_NAME: usize = 5;
/// Words before the colon that name who speaks at most.
const LABEL: usize = 4;

/// The blocks of `document`: one for each line, as it was before it was wrapped, that is not empty.
pub fn blocks(document: &Document) -> Vec<Block> {
    let view = View::new(document);
    let rules = &document.knowledge().segment;
    let lines = lines::lines(&view, rules);
    let lines = run_on::cut(document, &view, rules, wrap::unwrapped(document, &view, rules, lines));
    let mut datelines = Vec::with_capacity(lines.len());
    let mut prose_before = false;
    for (index, line) in lines.iter().enumerate() {
        // Far down only a line that is short enough to be nothing else is read as a dateline.
        let may_be = !prose_before || line.words <= 8;
        let standing = Standing { near_beginning: !prose_before, line: index };
        datelines.push(may_be.then(|| dateline::parse(document, &view, line.span, standing)).flatten());
        // A headline may be long.
        prose_before |= line.is_prose() && (index > 0 || line.end == Ending::Stop);
    }
    let dialogue = dialogue(&view, &lines);
    let scores: Vec<_> = (0..lines.len())
        .map(|index| {
            let mut observed = observe(&view, rules, &lines, &datelines, index);
            observe_people(document, &view, &lines, index, &mut observed);
            observed.set_if(BlockFeature::Dialogue, dialogue.get(index) == Some(&true));
            observed.set_if(BlockFeature::DialogueFollows, dialogue.get(index + 1) == Some(&true));
            observed
        })
        .map(|observed| rules.blocks.weights.each_ref().map(|weights| weights.score(observed)))
        .collect();
    let kinds = best_sequence(&rules.blocks, &scores);
    lines
        .iter()
        .zip(kinds)
        .zip(datelines)
        .map(|((line, kind), dateline)| Block {
            span: line.span,
            kind,
            dateline: dateline.map(|reading| reading.dateline).filter(|dateline| match kind {
                BlockKind::Dateline => true,
                BlockKind::Paragraph => dateline.span.end < line.span.end,
                _ => false,
            }),
        })
        .collect()
}

/// Whether the second label, folded, comes right after the first: 2 after 1, ب after أ.
fn follows(rules: &BlockRules, first: &str, second: &str) -> bool {
    if let Some((first, second)) = number_of(first).zip(number_of(second)) {
        return second == first + 1;
    }
    rules.label_orders.iter().any(|order| {
        order.split_once(first).is_some_and(|(_, rest)| !first.is_empty() && rest.starts_with(second))
    })
}

fn observe(
    view: &View,
    rules: &Rules,
    lines: &[Line],
    datelines: &[Option<Reading>],
    index: usize,
) -> Observed<BlockFeature> {
    use BlockFeature as F;
    let mut observed = Observed::new();
    observed.set(F::Bias);
    let Some(line) = lines.get(index) else { return observed };
    let dateline = |index: usize| datelines.get(index).copied().flatten();
    let before = index.checked_sub(1).and_then(|before| lines.get(before));
    let next = lines.get(index + 1);

    observed.set_if(F::FirstLine, index == 0);
    observed.set_if(F::LastLine, next.is_none());
    observed.set_if(F::OnlyLine, lines.len() == 1);
    observed.set_if(F::NearTop, (1..=3).contains(&index));
    observed.set_if(F::BlankBefore, line.blank_before);
    observed.set_if(F::BlankAfter, next.is_some_and(|next| next.blank_before));
    observed.set_if(F::NoBlankAfter, next.is_some_and(|next| !next.blank_before));
    observed.set_if(
        F::LongerFollows,
        next.is_some_and(|next| next.words >= 8 && 2 * next.words >= 3 * line.words),
    );
    observed.set_if(F::ProseFollows, next.is_some_and(Line::is_prose));
    observed.set_if(F::Bullet, line.bullet);
    let bullet = |line: Option<&Line>| line.is_some_and(|line| line.bullet);
    observed.set_if(F::BulletNeighbour, line.bullet && (bullet(before) || bullet(next)));
    let numbers = |first: Option<&Line>, second: Option<&Line>| {
        let label = |line: Option<&Line>| line.and_then(|line| line.label);
        label(first)
            .zip(label(second))
            .is_some_and(|(first, second)| follows(&rules.blocks, view.folded(first), view.folded(second)))
    };
    observed.set_if(F::InSequence, numbers(before, Some(line)) || numbers(Some(line), next));
    observed.set_if(F::EndsWithStop, line.end == Ending::Stop);
    observed.set_if(F::EndsWithQuestion, line.end == Ending::Question);
    observed.set_if(F::EndsWithColon, line.end == Ending::Colon);
    observed.set(match line.words {
        0 | 1 => F::Words1,
        2 | 3 => F::Words2To3,
        4..=8 => F::Words4To8,
        9..=16 => F::Words9To16,
        17..=30 => F::Words17To30,
        _ => F::Words31Up,
    });
    if line.words < LONG {
        observe_words(view, rules, line, &mut observed);
        if let Some(first) = lines.first()
            && index > 0
        {
            observed.set_if(F::EqualsFirst, says_the_same(view, first, line));
        }
    }
    if let Some(reading) = dateline(index) {
        observed.set(if reading.dateline.span.end >= line.span.end {
            F::DatelineLine
        } else if reading.sure {
            F::DatedHead
        } else {
            F::PlacedHead
        });
    }
    observed.set_if(F::NameAndTrade, index > 0 && names_trade(view, &rules.blocks, line));
    let name = (1..=3).contains(&index)
        && (2..=4).contains(&line.words)
        && line.words == line.tokens.len()
        && dateline(index + 1).is_some();
    observed.set_if(F::NameBeforeDateline, name);
    observed
}

/// What a short line says of people.
fn observe_people(
    document: &Document,
    view: &View,
    lines: &[Line],
    index: usize,
    observed: &mut Observed<BlockFeature>,
) {
    let Some(line) = lines.get(index).filter(|line| index > 0 && line.words <= NAME_LINE) else { return };
    observed.set_if(BlockFeature::NameLine, names_person(document, view, line.tokens.clone()));
    observed.set_if(BlockFeature::NameAfterFrom, names_from(document, view, line.tokens.clone()));
}

/// Whether the tokens are a person's name (or the names of several) and nothing else, perhaps with an asterisk.
fn names_person(document: &Document, view: &View, tokens: Range<usize>) -> bool {
    let last = tokens.end.saturating_sub(1);
    let end = if view.single(last) == Some('*') { last } else { tokens.end };
    let (mut known, mut unknown) = (0, 0);
    for at in tokens.start..end {
        if !view.is_word(at) {
            return false;
        }
        let word = view.folded(at);
        let facts = document
            .lexicons()
            .map(|lexicon| lexicon.words().facts(word))
            .find(|facts| facts.name.is_some() || facts.joiner.is_some());
        let Some(facts) = facts else {
            unknown += 1;
            continue;
        };
        let named = facts.name.is_some_and(|name| !name.common && (name.given > 0 || name.family > 0));
        let joins = matches!(facts.joiner, Some(Joiner::Connector | Joiner::Parent));
        known += usize::from(named || joins);
    }
    let words = end.saturating_sub(tokens.start);
    (2..=NAME_LINE).contains(&words) && known >= 1 && unknown <= words / 2
}

/// How many of the tokens, two or more, are a person's name that the lists have, from a given name on.
pub(super) fn name_length(document: &Document, view: &View, tokens: Range<usize>) -> Option<usize> {
    let facts = |at: usize| {
        let word = Some(view.folded(at)).filter(|_| view.is_word(at))?;
        document
            .lexicons()
            .map(|lexicon| lexicon.words().facts(word))
            .find(|facts| facts.name.is_some() || facts.joiner.is_some())
    };
    let (mut length, mut names) = (0, 0);
    for (count, at) in tokens.take(LONGEST_NAME).enumerate() {
        let Some(of_word) = facts(at) else { break };
        let is_name = of_word.name.is_some_and(|name| {
            !name.common && if count == 0 { name.given > 0 } else { name.given > 0 || name.family > 0 }
        });
        let joins = matches!(of_word.joiner, Some(Joiner::Connector | Joiner::Parent));
        if is_name && !(joins && count == 0) {
            names += 1;
            length = count + 1;
        } else if !joins {
            break;
        }
    }
    (names >= 2).then_some(length)
}

/// Whether the tokens may be a person's name: the first is a given name or عبد, the others are names as well or, as far
/// as lists tell, no ordinary words; and not all are ordinary words too.
pub(super) fn names_writer(document: &Document, view: &View, tokens: Range<usize>) -> bool {
    let first = tokens.start;
    let mut after_abd = false;
    let mut ordinary = true;
    let fits = tokens.into_iter().all(|at| {
        let word = view.folded(at);
        let facts = document.lexicons().map(|lexicon| lexicon.words().facts(word)).find(|facts| {
            facts.name.is_some() || facts.joiner.is_some() || facts.ordinary.is_some() || facts.follows_abd
        });
        let abd = std::mem::replace(&mut after_abd, word == "عبد");
        let Some(facts) = facts else {
            ordinary = false;
            return at > first && !word.starts_with(['و', 'ل', 'ب', 'ك']);
        };
        let named = facts.name.filter(|name| name.given > 0 || at > first && name.family > 0);
        ordinary &= named.is_none_or(|name| name.common) && !abd;
        named.is_some()
            || word == "عبد"
            || at > first && (facts.joiner.is_some() || abd || facts.follows_noun || facts.ordinary.is_none())
    });
    fits && !ordinary
}

/// Whether the tokens are من and a person's name, perhaps in brackets or after a place and a dash.
fn names_from(document: &Document, view: &View, tokens: Range<usize>) -> bool {
    let bracket = matches!(view.single(tokens.start), Some('(' | '[' | '-' | '\u{2013}'));
    let start = if bracket { tokens.start + 1 } else { tokens.start };
    let end = if bracket { tokens.end.saturating_sub(1) } else { tokens.end };
    (start..end.min(start + 5))
        .find(|at| view.folded(*at) == "من")
        .filter(|at| {
            *at == start
                || at
                    .checked_sub(1)
                    .is_some_and(|before| matches!(view.single(before), Some('-' | '\u{2013}')))
        })
        .is_some_and(|at| names_person(document, view, at + 1..end))
}

/// Which lines begin with a name and a colon that several lines begin with: who asks and who answers.
fn dialogue(view: &View, lines: &[Line]) -> Vec<bool> {
    let labels: Vec<Option<Span>> = lines.iter().map(|line| speaker_label(view, line)).collect();
    let mut times: TextMap<&str, usize> = TextMap::default();
    for label in labels.iter().flatten() {
        *times.entry(view.folded_span(*label)).or_default() += 1;
    }
    let often = |label: &Span| times.get(view.folded_span(*label)).is_some_and(|times| *times >= 2);
    labels.iter().map(|label| label.as_ref().is_some_and(often)).collect()
}

/// The words before the colon that a line begins with, if they are few.
fn speaker_label(view: &View, line: &Line) -> Option<Span> {
    let start = line.tokens.start;
    let words = line.tokens.clone().take(LABEL).take_while(|at| view.is_word(*at)).count();
    let colon = start + words;
    if words == 0 || view.single(colon) != Some(':') || colon + 1 >= line.tokens.end {
        return None;
    }
    Some(Span::new(view.token(start)?.span.begin, view.token(colon - 1)?.span.end))
}

/// What the words of a short line say of it.
fn observe_words(view: &View, rules: &Rules, line: &Line, observed: &mut Observed<BlockFeature>) {
    use BlockFeature as F;
    let blocks = &rules.blocks;
    let tokens = &line.tokens;
    let head = |list| phrase_at(view, list, tokens.clone());
    let marked =
        |at: usize| matches!(view.single(at), Some(':' | '/' | '-' | '\u{2013}' | '\u{2014}' | '\u{640}'));

    let byline = head(&blocks.byline_cues).is_some_and(marked)
        || line.words <= 8
            && line.words >= 2
            && (line.end == Ending::Other && line.words <= 5 || line.end == Ending::Colon)
            && head(&blocks.byline_heads).is_some();
    // (إعداد … - تحرير …)
    let opens = matches!(view.single(tokens.start), Some('(' | '[' | '-' | '\u{2013}'));
    let closes = tokens
        .clone()
        .next_back()
        .is_some_and(|last| matches!(view.single(last), Some(')' | ']' | '-' | '\u{2013}')));
    let enclosed = opens
        && closes
        && phrase_at(view, &blocks.byline_cues, tokens.start + 1..tokens.end)
            .is_some_and(|at| view.is_word(at) || marked(at));
    observed.set_if(F::BylineCue, (byline || enclosed) && line.words <= 16);
    let listed = names_source(view, rules, tokens);
    observed.set_if(F::ListedSource, listed);
    observed.set_if(F::ListedNearTop, listed && observed.has(F::NearTop));
    observed.set_if(F::Initials, !listed && is_initials(view, rules, tokens));
    let source = head(&blocks.source_cues)
        .is_some_and(|at| marked(at) || names_source(view, rules, &(at..tokens.end)));
    observed.set_if(F::SourceCue, source && line.words <= 10);
    observed.set_if(F::RelatedCue, head(&blocks.related_cues).is_some());
    observed.set_if(
        F::Url,
        tokens.clone().any(|index| {
            view.token(index).is_some_and(|token| matches!(token.kind, TokenKind::Url | TokenKind::Email))
        }),
    );
    let verbs = tokens
        .clone()
        .filter(|index| view.is_word(*index))
        .take(HEAD)
        .any(|index| rules.speech.verb(view.folded(index)).is_some());
    observed.set_if(F::SpeechVerb, verbs);
    observed.set_if(F::SeveralSentences, several_sentences(view, tokens));
}

/// Whether a full stop stands inside, and more words follow.
pub(super) fn several_sentences(view: &View, tokens: &Range<usize>) -> bool {
    view.signs_in(tokens).iter().any(|sign| {
        let index = sign.token();
        sign.single == Some('.')
            && index > tokens.start
            && view.surface(index - 1).chars().nth(2).is_some()
            && view.is_word(index + 1)
            && index + 1 < tokens.end
    })
}

/// A name, a dash or comma and a trade: NAME - كاتب من بلد.
fn names_trade(view: &View, rules: &BlockRules, line: &Line) -> bool {
    if line.end != Ending::Other || line.words > 9 {
        return false;
    }
    let name = line.tokens.clone().take_while(|index| view.is_word(*index)).count();
    let mark = line.tokens.start + name;
    // * كاتب من …: what stands under the name that has the asterisk.
    if view.single(line.tokens.start) == Some('*')
        && rules.byline_trades.has(view.folded(line.tokens.start + 1))
    {
        return true;
    }
    (2..=4).contains(&name)
        && matches!(view.single(mark), Some('-' | '\u{2013}' | '\u{2014}' | '\u{60C}' | '/'))
        && mark + 1 < line.tokens.end
        && rules.byline_trades.has(view.folded(mark + 1))
}

/// Nothing but letters with stops or slashes between them (ط.ف/ث.ق); two letters together only beside a slash.
/// The agency may stand before them in brackets or slashes, and a line of signs.
fn is_initials(view: &View, rules: &Rules, tokens: &Range<usize>) -> bool {
    if tokens.len() > 40 {
        return false;
    }
    let (tokens, signed) = unsigned(view, rules, tokens);
    let mut marks = 0;
    let mut letters = 0;
    let slash = signed || tokens.clone().any(|index| view.single(index) == Some('/'));
    for index in tokens {
        let surface = view.surface(index);
        if is_initialism(surface) {
            marks += 1;
            letters += 2;
        } else if view.is_word(index) && view.single(index).is_some() {
            letters += 1;
        } else if slash && view.is_word(index) && view.surface(index).chars().nth(2).is_none() {
            letters += 2;
        } else if matches!(view.single(index), Some('.' | '/' | '-')) {
            marks += 1;
        } else if !matches!(view.single(index), Some('(' | ')')) {
            return false;
        }
    }
    (marks > 0 || signed) && (2..=10).contains(&letters)
}

/// The tokens without the signs and the agency at their head (`--(بترا) ع ف`, `/العمانية/ ل ط`), and whether it is there.
fn unsigned(view: &View, rules: &Rules, tokens: &Range<usize>) -> (Range<usize>, bool) {
    let sign = |index: &usize| matches!(view.single(*index), Some('=' | '-' | '_' | '*' | '\u{2013}'));
    let start = tokens.start + tokens.clone().take_while(sign).count();
    let agency = matches!(view.single(start), Some('(' | '/'))
        .then(|| phrase_at(view, &rules.sources.agencies, start + 1..tokens.end))
        .flatten()
        .filter(|end| matches!(view.single(*end), Some(')' | '/')) && end + 1 < tokens.end);
    (agency.map_or(start, |end| end + 1)..tokens.end, agency.is_some())
}

/// Whether the tokens are the name of an agency or a paper, perhaps in brackets or marks.
fn names_source(view: &View, rules: &Rules, tokens: &Range<usize>) -> bool {
    let sources = &rules.sources;
    let is_name = |index: &usize| view.is_word(*index) || view.is_number(*index);
    let Some(first) = tokens.clone().find(is_name) else { return false };
    let Some(last) = tokens.clone().rev().find(is_name) else { return false };
    let covers = |at: usize| {
        [&sources.agencies, &sources.papers, &sources.generic]
            .into_iter()
            .any(|list| phrase_at(view, list, at..tokens.end).is_some_and(|end| end > last))
    };
    covers(first) || last - first < 6 && first < last && sources.class_nouns.has(view.folded(first))
}

/// Whether `line` begins with the words that the first line begins with.
pub(super) fn begins_the_same(view: &View, first: &Line, line: &Line) -> bool {
    let words = |line: &Line| line.tokens.clone().filter(|index| view.is_word(*index)).take(4);
    words(first).count() == 4
        && words(first).map(|index| view.folded(index)).eq(words(line).map(|index| view.folded(index)))
}

/// Whether a line says by its first words that it names the writer or the publisher.
pub(super) fn names_writer_or_source(view: &View, rules: &Rules, line: &Line) -> bool {
    if line.words > 10 {
        return false;
    }
    let mut observed = Observed::new();
    observe_words(view, rules, line, &mut observed);
    [BlockFeature::BylineCue, BlockFeature::Initials, BlockFeature::SourceCue, BlockFeature::ListedSource]
        .into_iter()
        .any(|feature| observed.has(feature))
}

fn says_the_same(view: &View, first: &Line, line: &Line) -> bool {
    let words =
        |line: &Line| line.tokens.clone().filter(|index| view.is_word(*index) || view.is_number(*index));
    first.words == line.words
        && line.words >= 2
        && words(first).map(|index| view.folded(index)).eq(words(line).map(|index| view.folded(index)))
}

/// The sequence of kinds with the highest sum of scores and transitions.
fn best_sequence(rules: &BlockRules, scores: &[[f32; KINDS.len()]]) -> Vec<BlockKind> {
    let Some((first, rest)) = scores.split_first() else { return Vec::new() };
    let mut best: [f32; KINDS.len()] = *first;
    for (score, to) in best.iter_mut().zip(Place::KINDS) {
        *score += rules.transition(Place::Begin, to);
    }
    // For each line after the first, which kind before it is best for each kind.
    let mut came_from: Vec<[u8; KINDS.len()]> = Vec::with_capacity(rest.len());
    for line in rest {
        let mut next = *line;
        let mut from = [0; KINDS.len()];
        for ((score, from), to) in next.iter_mut().zip(&mut from).zip(Place::KINDS) {
            let through = best.iter().zip(Place::KINDS).map(|(best, from)| best + rules.transition(from, to));
            let (index, value) = highest(through);
            *score += value;
            *from = u8::try_from(index).unwrap_or_default();
        }
        best = next;
        came_from.push(from);
    }
    let ends = best.iter().zip(Place::KINDS).map(|(best, from)| best + rules.transition(from, Place::End));
    let (mut kind, _) = highest(ends);
    let mut kinds = vec![kind];
    for from in came_from.iter().rev() {
        kind = from.get(kind).copied().map_or(0, usize::from);
        kinds.push(kind);
    }
    kinds.iter().rev().map(|kind| KINDS.get(*kind).copied().unwrap_or(BlockKind::Paragraph)).collect()
}

/// The first of the highest values, with its index.
fn highest(values: impl Iterator<Item = f32>) -> (usize, f32) {
    values.enumerate().fold(
        (0, f32::NEG_INFINITY),
        |best, (index, value)| {
            if value > best.1 { (index, value) } else { best }
        },
    )
}
