//! Lines that something cut at a width: which of them go on in the next.
//!
//! A line is full when the first word of the next had no room on it. What all lines of the text show of the width,
//! and the two lines themselves, is weighed by `[weights.goes_on]` of `data/segment/blocks.toml`.

use memchr::memchr_iter;

use super::blocks;
use super::dateline::{self, Standing};
use super::features::{Observed, features};
use super::lines::{Ending, LONG, Line};
use super::rules::Rules;
use super::view::View;
use crate::Document;

features! {
    /// What says that a full line goes on in the next.
    WrapFeature {
        /// Always.
        Bias,
        /// The next line's first word would have gone past the longest line.
        Overfull,
        /// It ends with a full stop, a question mark or a colon.
        EndsWithStop,
        /// Three full lines or more have no stop at their end.
        ManyFull,
        /// The text has empty lines, but none here.
        BlanksElsewhere,
        /// Stops stand inside lines as often as at the ends of full ones.
        StopsInside,
        /// It is the first line.
        FirstLine,
        /// It is the first line, and the next is full as well, and no stop ends that.
        NextFull,
        /// The next line begins with a dateline that names its agency or day.
        DatelineFollows,
        /// The next line begins with a bullet, a number or the name of what asks and answers.
        ItemFollows,
        /// The next line says what the first line says.
        RepeatFollows,
        /// The next line names a writer or a publisher.
        ByFollows,
        /// The next line is at most half as long as the width, and no stop ends it.
        ShortFollows,
    }
}

/// The widths that systems wrap lines at, in columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=110;
/// More columns than any of them; a line that has more is as one that has these.
const TOO_WIDE: usize = *WIDTHS.end() + 1;
/// Bytes of a line that are counted at once.
const BLOCK: usize = 64;
/// Systems count columns in their own ways; lines differ by so many.
const SLACK: usize = 8;
/// From how many full lines on they are no chance.
const MANY: usize = 3;

/// Lines at the head of the text before which a dateline or the headline once more may follow.
const HEAD: usize = 6;

/// A line's columns, and those of its first word.
struct Measure {
    columns: usize,
    first_word: usize,
}

/// The lines as they were before they were wrapped.
pub(super) fn unwrapped(document: &Document, view: &View, rules: &Rules, lines: Vec<Line>) -> Vec<Line> {
    let measures: Vec<_> = lines.iter().map(|line| measure(view, line)).collect();
    let Some(width) = width(&measures) else { return lines };
    let full = |index: usize| {
        let next = measures.get(index + 1).zip(lines.get(index + 1));
        measures.get(index).zip(next).is_some_and(|(this, (next, line))| {
            !line.blank_before && this.columns + 1 + next.first_word + SLACK > width
        })
    };
    let stopped = |index: usize| lines.get(index).is_none_or(|line| line.end != Ending::Other);
    let going_on = (0..lines.len()).filter(|index| full(*index) && !stopped(*index)).count();
    if going_on == 0 {
        return lines;
    }
    let blanks = lines.iter().filter(|line| line.blank_before).count();
    let inside = lines.iter().filter(|line| blocks::several_sentences(view, &line.tokens)).count();
    let at_ends = (0..lines.len()).filter(|index| full(*index) && stopped(*index)).count();
    let goes_on: Vec<bool> = (0..lines.len())
        .map(|index| {
            let Some(((line, next), (this, that))) = lines
                .get(index)
                .zip(lines.get(index + 1))
                .zip(measures.get(index).zip(measures.get(index + 1)))
            else {
                return false;
            };
            if !full(index) {
                return false;
            }
            let mut observed = Observed::new();
            observed.set(WrapFeature::Bias);
            observed.set_if(WrapFeature::Overfull, this.columns + 1 + that.first_word > width);
            observed.set_if(WrapFeature::EndsWithStop, line.end != Ending::Other);
            observed.set_if(WrapFeature::ManyFull, going_on >= MANY);
            observed.set_if(WrapFeature::BlanksElsewhere, blanks > 1 && index > 0);
            observed.set_if(WrapFeature::StopsInside, inside >= 1 && inside >= at_ends);
            observed.set_if(WrapFeature::FirstLine, index == 0);
            observed.set_if(WrapFeature::NextFull, index == 0 && full(1) && !stopped(1));
            let dateline = index < HEAD
                && dateline::parse(
                    document,
                    view,
                    next.span,
                    Standing { near_beginning: true, line: index + 1 },
                )
                .is_some_and(|reading| reading.sure);
            observed.set_if(WrapFeature::DatelineFollows, dateline);
            observed.set_if(WrapFeature::ItemFollows, next.bullet);
            let first = lines.first().filter(|_| index < HEAD);
            let repeat = first.is_some_and(|first| blocks::begins_the_same(view, first, next));
            observed.set_if(WrapFeature::RepeatFollows, repeat);
            observed.set_if(WrapFeature::ByFollows, blocks::names_writer_or_source(view, rules, next));
            let short = 2 * that.columns <= width && next.end == Ending::Other;
            observed.set_if(WrapFeature::ShortFollows, short);
            rules.blocks.goes_on.score(observed) > 0.0
        })
        .collect();
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    let mut joins = false;
    for (line, goes_on) in lines.into_iter().zip(goes_on) {
        match out.last_mut().filter(|_| joins) {
            Some(last) => last.take_in(&line),
            None => out.push(line),
        }
        joins = goes_on;
    }
    out
}

fn measure(view: &View, line: &Line) -> Measure {
    let surface = line.span.of(view.text);
    let first_word = surface.split_whitespace().next().unwrap_or_default();
    Measure { columns: columns(surface), first_word: columns(first_word) }
}

/// The columns of `text`, or [`TOO_WIDE`] where it has more. Marks over and under letters and marks of direction
/// take none.
fn columns(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut columns = 0;
    let mut at = 0;
    while columns < TOO_WIDE
        && let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty())
    {
        // Characters are counted by their first bytes, and so are those that take no column.
        let block = rest.get(..BLOCK).unwrap_or(rest);
        let all: u8 = block.iter().map(|byte| u8::from(!matches!(byte, 0x80..=0xBF))).sum();
        let behind = rest.get(1..).unwrap_or_default();
        // U+064B to U+0655, U+0670
        let on_letters: u8 = block
            .iter()
            .zip(behind)
            .map(|(lead, trail)| u8::from(*lead == 0xD9 && matches!(trail, 0x8B..=0x95 | 0xB0)))
            .sum();
        columns += usize::from(all - on_letters);
        columns -= memchr_iter(0xE2, block)
            .filter(|at| shows_direction(rest.get(*at..).unwrap_or_default()))
            .count();
        at += BLOCK;
    }
    columns.min(TOO_WIDE)
}

/// Whether a mark of direction or a space without width stands at the head of `bytes`: U+200B to U+200F, U+202A to
/// U+202E, U+2066 to U+2069.
const fn shows_direction(bytes: &[u8]) -> bool {
    matches!(bytes, [0xE2, 0x80, 0x8B..=0x8F | 0xAA..=0xAE, ..] | [0xE2, 0x81, 0xA6..=0xA9, ..])
}

/// The width that the lines were wrapped at: the longest one's, if no more than one in fifty is longer than any width.
fn width(measures: &[Measure]) -> Option<usize> {
    let longer = measures.iter().filter(|measure| measure.columns > *WIDTHS.end()).count();
    let longest =
        measures.iter().map(|measure| measure.columns).filter(|columns| columns <= WIDTHS.end()).max()?;
    (50 * longer <= measures.len() && WIDTHS.contains(&longest)).then_some(longest)
}

impl Line {
    /// The line with the next one, in which it goes on.
    fn take_in(&mut self, next: &Self) {
        self.span.end = next.span.end;
        self.tokens.end = next.tokens.end;
        self.words = (self.words + next.words).min(LONG);
        self.end = next.end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What takes no column.
    fn is_unseen(c: char) -> bool {
        matches!(c, '\u{64B}'..='\u{655}' | '\u{670}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    }

    #[test]
    fn each_character_takes_one_column_or_none() {
        for c in ('\0'..='\u{FFFF}').filter(|c| c.len_utf8() < 4) {
            assert_eq!(columns(c.encode_utf8(&mut [0; 4])), usize::from(!is_unseen(c)), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn columns_are_characters_that_are_seen(
            text in "[a-z\u{621}-\u{65F}\u{670}\u{2000}-\u{2070} 😀]{0,130}",
        ) {
            let seen = text.chars().filter(|c| !is_unseen(*c)).count();
            prop_assert_eq!(columns(&text), seen.min(TOO_WIDE));
        }
    }
}
