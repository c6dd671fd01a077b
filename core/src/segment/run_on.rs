//! A text whose line ends are lost: where its headline ends.

use super::dateline::{self, Standing};
use super::lines::{LONG, Line, line_of};
use super::rules::Rules;
use super::view::View;
use crate::{Document, Span};

/// Words of a headline.
const HEADLINE: std::ops::RangeInclusive<usize> = 3..=24;

/// Tokens of a headline.
const TOKENS: usize = 48;

/// Cuts a first line that holds headline and text, where a dateline, the headline once more or a writer's line shows it.
pub(super) fn cut(document: &Document, view: &View, rules: &Rules, lines: Vec<Line>) -> Vec<Line> {
    let Some(first) = lines.first().filter(|line| line.words >= LONG) else { return lines };
    let mut cuts: Vec<usize> = Vec::new();
    if let Some(length) = said_twice(view, first) {
        cuts.extend([first.tokens.start + length, first.tokens.start + 2 * length]);
    }
    let begin = cuts.last().copied();
    if let Some(at) = dateline_within(document, view, first, begin)
        && cuts.last() != Some(&at)
    {
        cuts.push(at);
    }
    if cuts.is_empty() {
        return lines;
    }
    let mut parts = Vec::with_capacity(cuts.len() + lines.len());
    let mut start = first.tokens.start;
    for end in cuts.into_iter().chain([first.tokens.end]) {
        let span = view.token(start).zip(view.token(end.saturating_sub(1)));
        if let Some((from, to)) = span
            && start < end
        {
            let blank = first.blank_before && start == first.tokens.start;
            parts.push(line_of(view, rules, Span::new(from.span.begin, to.span.end), start..end, blank));
        }
        start = end;
    }
    parts.extend(lines.into_iter().skip(1));
    parts
}

/// How many tokens at the head of `line` stand there twice, one after the other.
fn said_twice(view: &View, line: &Line) -> Option<usize> {
    let start = line.tokens.start;
    HEADLINE.rev().find(|length| {
        let end = start + 2 * length;
        end <= line.tokens.end
            && (start..start + length).all(|index| view.folded(index) == view.folded(index + length))
    })
}

/// The token at which a dateline begins that names its agency or its day; behind a headline without a stop.
fn dateline_within(document: &Document, view: &View, line: &Line, begin: Option<usize>) -> Option<usize> {
    let start = begin.unwrap_or(line.tokens.start + HEADLINE.start());
    let mut words = 0;
    let mut best: Option<(usize, f32)> = None;
    let standing = Standing { near_beginning: true, line: 1 };
    for at in start..line.tokens.end.min(start + TOKENS) {
        if words > *HEADLINE.end() || view.single(at) == Some('.') && !view.touches_previous(at + 1) {
            break;
        }
        words += view.words_up_to(at..at + 1, 1);
        let Some(token) = view.token(at).filter(|_| begin == Some(at) || !view.touches_previous(at)) else {
            continue;
        };
        let reading = dateline::parse(document, view, Span::new(token.span.begin, line.span.end), standing);
        let score = reading.filter(|reading| reading.sure).map(|reading| reading.score);
        match (score, best) {
            (Some(score), None) => best = Some((at, score)),
            (Some(score), Some((_, other))) if score > other => best = Some((at, score)),
            // What was found is the same dateline, less of it each time.
            (None, Some(_)) => break,
            _ => {}
        }
    }
    best.map(|(at, _)| at)
}
