//! Blocks: what each line of the text is, decided for all lines together.
//!
//! Each line that is not empty is described by named features and scored for each kind by the weights of
//! `data/segment/blocks.toml`; the best sequence of kinds, with what its transitions gain or cost, wins
//! (Viterbi's algorithm). Whatever says that a first line is a title or a short line a subhead is there.

use std::ops::Range;

use serde::Deserialize;

use super::dateline::{self, Reading, number_of, phrase_at};
use super::features::{Observed, features};
use super::rules::{BlockRules, MarkRules, Rules};
use super::tokens::is_initialism;
use super::view::{View, trim};
use super::{Block, BlockKind, TokenKind};
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
    }
}

/// Words of a line that are counted; more are the same.
const LONG: usize = 31;
/// From this many words on a line is running text, whatever its end.
const PROSE: usize = 17;
/// Words at the head of a line among which a verb of speaking is looked for.
const HEAD: usize = 5;

struct Line {
    span: Span,
    tokens: Range<usize>,
    words: usize,
    blank_before: bool,
    end: Ending,
    bullet: bool,
    /// The token that numbers it as an item.
    label: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Stop,
    Question,
    Colon,
    Other,
}

/// The blocks of `document`: one for each line that is not empty.
pub fn blocks(document: &Document) -> Vec<Block> {
    let view = View::new(document);
    let rules = &document.knowledge().segment;
    let lines = lines(&view, rules);
    let mut datelines = Vec::with_capacity(lines.len());
    let mut prose_before = false;
    for line in &lines {
        // Far down only a line that is short enough to be nothing else is read as a dateline.
        let may_be = !prose_before || line.words <= 8;
        datelines.push(may_be.then(|| dateline::parse(document, &view, line.span, !prose_before)).flatten());
        prose_before |= line.is_prose();
    }
    let scores: Vec<_> = (0..lines.len())
        .map(|index| observe(&view, rules, &lines, &datelines, index))
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

impl Line {
    fn is_prose(&self) -> bool {
        self.words >= PROSE || self.end == Ending::Stop && self.words > HEAD
    }
}

const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn lines(view: &View, rules: &Rules) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut begin = 0;
    let mut blank = false;
    let mut token = 0;
    let mut rest = view.text;
    while !rest.is_empty() {
        let length = rest.find(ends_line).unwrap_or(rest.len());
        let (_, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        match trim(view.text, Span::from_range(&(begin..begin + length))) {
            None => blank = true,
            Some(span) => {
                while view.token(token).is_some_and(|token| token.span.begin < span.begin) {
                    token += 1;
                }
                let first = token;
                while view.token(token).is_some_and(|token| token.span.begin < span.end) {
                    token += 1;
                }
                let tokens = first..token;
                let label = label(view, &rules.blocks, &tokens);
                lines.push(Line {
                    span,
                    words: view.words_up_to(tokens.clone(), LONG),
                    blank_before: blank,
                    end: ending(view, &rules.marks, &tokens),
                    bullet: begins_with_bullet(view, &rules.blocks, &tokens) || label.is_some(),
                    label,
                    tokens,
                });
                blank = false;
            }
        }
        // CRLF is one end; taken as two it would make an empty line.
        let mark = if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        begin += length + mark;
        rest = view.text.get(begin..).unwrap_or_default();
    }
    lines
}

/// How a line ends, behind closing marks.
fn ending(view: &View, marks: &MarkRules, tokens: &Range<usize>) -> Ending {
    for index in tokens.clone().rev().take(4) {
        match view.single(index) {
            // Dots in a row are as common at the end of a headline.
            Some('.') if index.checked_sub(1).and_then(|before| view.single(before)) == Some('.') => {
                return Ending::Other;
            }
            Some(c) if marks.stops.full.contains(&c) => return Ending::Stop,
            Some(c) if marks.stops.question.contains(&c) => return Ending::Question,
            Some(':') => return Ending::Colon,
            Some(c) if matches!(c, ')' | ']') || marks.is_mark(c) => {}
            _ => return Ending::Other,
        }
    }
    Ending::Other
}

/// Whether a line begins with a bullet and white space after it.
fn begins_with_bullet(view: &View, rules: &BlockRules, tokens: &Range<usize>) -> bool {
    let next = tokens.start + 1;
    rules.bullets.has(view.folded(tokens.start)) && next < tokens.end && !view.touches_previous(next)
}

/// The number or letter of a line that begins as an item of a list does: `1-`, `ب)`, `(3)`, and white space after it.
fn label(view: &View, rules: &BlockRules, tokens: &Range<usize>) -> Option<usize> {
    let first = tokens.start;
    if tokens.is_empty() || rules.bullets.has(view.folded(first)) {
        return None;
    }
    let label = if view.single(first) == Some('(') { first + 1 } else { first };
    let short = view.is_number(label) && view.surface(label).chars().count() <= 2
        || view.single(label).is_some_and(char::is_alphabetic);
    let item = short
        && view.touches_previous(label + 1)
        && rules.enumeration_closers.has(view.folded(label + 1))
        && label + 2 < tokens.end
        && !view.touches_previous(label + 2);
    item.then_some(label)
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

/// What the words of a short line say of it.
fn observe_words(view: &View, rules: &Rules, line: &Line, observed: &mut Observed<BlockFeature>) {
    use BlockFeature as F;
    let blocks = &rules.blocks;
    let tokens = &line.tokens;
    let head = |list| phrase_at(view, list, tokens.clone());
    let marked =
        |at: usize| matches!(view.single(at), Some(':' | '/' | '-' | '\u{2013}' | '\u{2014}' | '\u{640}'));

    let byline = head(&blocks.byline_cues).is_some_and(marked)
        || line.words <= 5
            && line.words >= 2
            && line.end == Ending::Other
            && head(&blocks.byline_heads).is_some();
    // (إعداد … - تحرير …)
    let opens = matches!(view.single(tokens.start), Some('(' | '['));
    let closes = tokens.clone().next_back().is_some_and(|last| matches!(view.single(last), Some(')' | ']')));
    let enclosed = opens
        && closes
        && phrase_at(view, &blocks.byline_cues, tokens.start + 1..tokens.end)
            .is_some_and(|at| view.is_word(at) || marked(at));
    observed.set_if(F::BylineCue, (byline || enclosed) && line.words <= 10);
    let listed = names_source(view, rules, tokens);
    observed.set_if(F::ListedSource, listed);
    observed.set_if(F::Initials, !listed && is_initials(view, tokens));
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
    let several = tokens.clone().any(|index| {
        view.single(index) == Some('.')
            && index > tokens.start
            && view.surface(index - 1).chars().nth(2).is_some()
            && view.is_word(index + 1)
            && index + 1 < tokens.end
    });
    observed.set_if(F::SeveralSentences, several);
}

/// A name, a dash or comma and a trade: NAME - كاتب من بلد.
fn names_trade(view: &View, rules: &BlockRules, line: &Line) -> bool {
    if line.end != Ending::Other || line.words > 9 {
        return false;
    }
    let name = line.tokens.clone().take_while(|index| view.is_word(*index)).count();
    let mark = line.tokens.start + name;
    (2..=4).contains(&name)
        && matches!(view.single(mark), Some('-' | '\u{2013}' | '\u{2014}' | '\u{60C}' | '/'))
        && mark + 1 < line.tokens.end
        && rules.byline_trades.has(view.folded(mark + 1))
}

/// Nothing but letters with stops or slashes between them (ط.ف/ث.ق); two letters together only beside a slash.
fn is_initials(view: &View, tokens: &Range<usize>) -> bool {
    let mut marks = 0;
    let mut letters = 0;
    let slash = tokens.len() <= 16 && tokens.clone().any(|index| view.single(index) == Some('/'));
    for index in tokens.clone() {
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
    marks > 0 && (2..=10).contains(&letters)
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
    covers(first) || last - first < 4 && first < last && sources.class_nouns.has(view.folded(first))
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
    let mut came_from: Vec<[usize; KINDS.len()]> = Vec::with_capacity(rest.len());
    for line in rest {
        let mut next = *line;
        let mut from = [0; KINDS.len()];
        for ((score, from), to) in next.iter_mut().zip(&mut from).zip(Place::KINDS) {
            let through = best.iter().zip(Place::KINDS).map(|(best, from)| best + rules.transition(from, to));
            let (index, value) = highest(through);
            *score += value;
            *from = index;
        }
        best = next;
        came_from.push(from);
    }
    let ends = best.iter().zip(Place::KINDS).map(|(best, from)| best + rules.transition(from, Place::End));
    let (mut kind, _) = highest(ends);
    let mut kinds = vec![kind];
    for from in came_from.iter().rev() {
        kind = from.get(kind).copied().unwrap_or_default();
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
