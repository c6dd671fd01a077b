//! The map between a text and what was made of it: its normal form, or the text that is left of its markup.

use crate::Span;
use crate::guide::Guide;

/// One place where the output differs from the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What stood in the source (empty for an insertion).
    pub source: Span,
    /// What stands in the output (empty for a deletion).
    pub output: Span,
}

/// Sorted, disjoint edits; between two of them source and output are the same bytes.
///
/// Memory and composition are linear in the edits, not in the text; a lookup is a binary search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    edits: Vec<Edit>,
}

/// A text that knows where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized {
    /// What was made of the source.
    pub text: String,
    /// Where it differs from the source.
    pub alignment: Alignment,
}

impl Normalized {
    /// `text`, unchanged.
    pub(crate) fn unchanged(text: &str) -> Self {
        Self { text: text.to_owned(), alignment: Alignment::default() }
    }
}

/// Most spans are words: so many edits that may begin in one are asked before they are searched.
const NEAR: usize = 4;
/// The same between two spans that are asked for one after the other.
const NEAR_IN_WALK: usize = 24;

/// Which side of an edit a lookup starts from.
#[derive(Clone, Copy)]
enum Side {
    Source,
    Output,
}

impl Side {
    const fn here(self, edit: &Edit) -> Span {
        match self {
            Self::Source => edit.source,
            Self::Output => edit.output,
        }
    }

    const fn there(self, edit: &Edit) -> Span {
        match self {
            Self::Source => edit.output,
            Self::Output => edit.source,
        }
    }
}

impl Alignment {
    /// The alignment of these edits, which must be sorted and disjoint on both sides.
    pub(crate) fn new(edits: Vec<Edit>) -> Self {
        debug_assert!(
            edits.is_sorted_by(|a, b| a.source.end <= b.source.begin && a.output.end <= b.output.begin),
            "edits overlap or are out of order"
        );
        Self { edits }
    }

    /// The edits, in order. Two may touch; none stands where the text did not change.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether source and output are the same text.
    pub fn is_identity(&self) -> bool {
        self.edits.is_empty()
    }

    /// The smallest span of the source whose output covers `output`.
    ///
    /// What was deleted at either end is left out: where a final mark was dropped, the span of the
    /// word ends before the mark ([`Self::to_source_with_deleted`] takes it in).
    pub fn to_source(&self, output: Span) -> Span {
        self.translate(output, Side::Output)
    }

    /// As [`Self::to_source`], and what was deleted right behind it belongs to it: the marks, the
    /// tatweel after a word's last letter.
    pub fn to_source_with_deleted(&self, output: Span) -> Span {
        self.with_deleted(output, self.translated(output, Side::Output)).1
    }

    /// To the edits, by where they stand in the output: for who asks for much of the source.
    pub(crate) fn guide(&self) -> Guide {
        Guide::to(self.edits.iter().map(|edit| edit.output.begin))
    }

    /// What [`Self::to_source`] gives, and what [`Self::to_source_with_deleted`] does, by [`Self::guide`].
    pub(crate) fn to_source_by(&self, guide: &Guide, output: Span) -> (Span, Span) {
        if output.is_empty() {
            return self.with_deleted(output, self.translate_point(output.begin, Side::Output));
        }
        let begin = output.begin;
        let first = guide.before(&self.edits, begin as usize, |edit| edit.output.begin <= begin);
        self.with_deleted(output, self.translated_from(first, output, Side::Output))
    }

    /// What [`Self::translated`] gave of `output`, and that with what was deleted behind it.
    fn with_deleted(&self, output: Span, (source, behind): (Span, usize)) -> (Span, Span) {
        let end = self
            .edits
            .get(behind..)
            .unwrap_or_default()
            .iter()
            .take_while(|edit| edit.output == Span::new(output.end, output.end))
            .fold(source.end, |end, edit| if edit.source.begin == end { edit.source.end } else { end });
        (source, Span::new(source.begin, end))
    }

    /// The smallest span of the output that covers what became of `source`.
    pub fn to_output(&self, source: Span) -> Span {
        self.translate(source, Side::Source)
    }

    /// To ask for spans of the output of which each stands near the one before.
    pub(crate) const fn walk(&self) -> Walk<'_> {
        Walk { alignment: self, before: 0 }
    }

    fn translate(&self, span: Span, side: Side) -> Span {
        self.translated(span, side).0
    }

    /// What corresponds to `span`, and how many edits begin before its end.
    fn translated(&self, span: Span, side: Side) -> (Span, usize) {
        if span.is_empty() {
            return self.translate_point(span.begin, side);
        }
        let first = self.edits.partition_point(|edit| side.here(edit).begin <= span.begin);
        self.translated_from(first, span, side)
    }

    /// The same of a span that is not empty, of which `first` edits begin at or before its first byte.
    fn translated_from(&self, first: usize, span: Span, side: Side) -> (Span, usize) {
        // The last edit that begins at or before the first byte; what is deleted right there is passed.
        let begin = match first.checked_sub(1).and_then(|last| self.edits.get(last)) {
            Some(edit) if span.begin < side.here(edit).end => side.there(edit).begin,
            Some(edit) => side.there(edit).end + (span.begin - side.here(edit).end),
            None => span.begin,
        };
        // The last edit that begins before the end; what is deleted at the end is not reached.
        let behind = self.behind(first, span.end, side, NEAR);
        let end = match behind.checked_sub(1).and_then(|last| self.edits.get(last)) {
            Some(edit) if span.end <= side.here(edit).end => side.there(edit).end,
            Some(edit) => side.there(edit).end + (span.end - side.here(edit).end),
            None => span.end,
        };
        // Only where all that the span covers was deleted do the two cross.
        (Span::new(begin.min(end), end), behind)
    }

    /// How many edits begin before `end`, of which `first` are known to: so many `near` ones are asked one by one.
    fn behind(&self, first: usize, end: u32, side: Side, near: usize) -> usize {
        let rest = self.edits.get(first..).unwrap_or_default();
        let is_before = |edit: &Edit| side.here(edit).begin < end;
        let passed = rest.iter().take(near).take_while(|edit| is_before(edit)).count();
        first + if passed < near { passed } else { rest.partition_point(is_before) }
    }

    /// A place between two bytes: inside an edit, all of it; at an edge, before what was deleted there.
    fn translate_point(&self, point: u32, side: Side) -> (Span, usize) {
        let next = self.edits.partition_point(|edit| side.here(edit).begin < point);
        let there = match next.checked_sub(1).and_then(|last| self.edits.get(last)) {
            Some(edit) if point < side.here(edit).end => side.there(edit),
            Some(edit) => {
                let at = side.there(edit).end + (point - side.here(edit).end);
                Span::new(at, at)
            }
            None => Span::new(point, point),
        };
        (there, next)
    }

    /// The alignment from this one's source to `next`'s output, where `next` starts from this one's
    /// output. Edits that overlap in the text between become one.
    #[must_use]
    pub fn compose(&self, next: &Self) -> Self {
        self.join(next, Some)
    }

    /// As [`Self::compose`], between these two texts, and no edit is larger than it must be: steps may
    /// undo one another. Only edits that were joined can be, so only they are compared.
    #[must_use]
    pub fn compose_between(&self, next: &Self, source: &str, output: &str) -> Self {
        self.join(next, |edit| {
            let edit = trimmed(edit, source, output);
            (!(edit.source.is_empty() && edit.output.is_empty())).then_some(edit)
        })
    }

    /// The composition, in which `joined` has the last word on each edit that was made of several.
    fn join(&self, next: &Self, joined: impl Fn(Edit) -> Option<Edit>) -> Self {
        if self.is_identity() {
            return next.clone();
        }
        if next.is_identity() {
            return self.clone();
        }
        let mut composed = Vec::with_capacity(self.edits.len() + next.edits.len());
        let (mut firsts, mut seconds) = (&*self.edits, &*next.edits);
        // What both maps have moved so far: where an untouched byte of the middle lies on each side.
        let (mut to_source, mut to_output) = (0_i64, 0_i64);
        loop {
            // Those of one side that lie well before the next of the other are only moved.
            let ahead = seconds.first().map_or(firsts.len(), |second| {
                firsts.partition_point(|first| first.output.end < second.source.begin)
            });
            let (alone, left) = firsts.split_at_checked(ahead).unwrap_or((firsts, &[]));
            firsts = left;
            composed.extend(alone.iter().map(|edit| Edit {
                source: edit.source,
                output: Span::new(moved(edit.output.begin, to_output), moved(edit.output.end, to_output)),
            }));
            if let Some(last) = alone.last() {
                to_source = i64::from(last.source.end) - i64::from(last.output.end);
            }
            let first = firsts.first().map(|edit| edit.output);
            let second = seconds.first().map(|edit| edit.source);
            let head = match (first, second) {
                (None, None) => break,
                (Some(span), None) | (None, Some(span)) => span,
                // By begin; of two that begin together the empty one comes first.
                (Some(a), Some(b)) => a.min(b),
            };
            let mut end = head.end;
            let begin_source = moved(head.begin, to_source);
            let begin_output = moved(head.begin, to_output);
            let mut parts = 0;
            loop {
                let reaches = |span: Span| span.begin < end || span == head;
                if let Some((edit, left)) = firsts.split_first().filter(|(edit, _)| reaches(edit.output)) {
                    firsts = left;
                    to_source = i64::from(edit.source.end) - i64::from(edit.output.end);
                    end = end.max(edit.output.end);
                } else if let Some((edit, left)) =
                    seconds.split_first().filter(|(edit, _)| reaches(edit.source))
                {
                    seconds = left;
                    to_output = i64::from(edit.output.end) - i64::from(edit.source.end);
                    end = end.max(edit.source.end);
                } else {
                    break;
                }
                parts += 1;
            }
            let edit = Edit {
                source: Span::new(begin_source, moved(end, to_source)),
                output: Span::new(begin_output, moved(end, to_output)),
            };
            composed.extend(if parts > 1 { joined(edit) } else { Some(edit) });
        }
        Self::new(composed)
    }
}

/// `edit` without the characters that its two sides begin or end with in common.
pub(crate) fn trimmed(edit: Edit, source: &str, output: &str) -> Edit {
    let (was, is) = (edit.source.of(source), edit.output.of(output));
    let head: usize =
        was.chars().zip(is.chars()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let (was, is) = (was.get(head..).unwrap_or_default(), is.get(head..).unwrap_or_default());
    let tail: usize =
        was.chars().rev().zip(is.chars().rev()).take_while(|(a, b)| a == b).map(|(c, _)| c.len_utf8()).sum();
    let inside = |span: Span, length: usize| {
        let begin = span.begin as usize + head;
        Span::from_range(&(begin..begin + length.saturating_sub(tail)))
    };
    Edit { source: inside(edit.source, was.len()), output: inside(edit.output, is.len()) }
}

/// `offset` moved by `by`; edits are consistent, so the result is an offset of the other text.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
const fn moved(offset: u32, by: i64) -> u32 {
    (offset as i64 + by) as u32
}

/// Spans of the output, asked for one after the other: what is before one is not searched again for the next.
pub(crate) struct Walk<'a> {
    alignment: &'a Alignment,
    /// How many edits begin at or before the span that was asked for last.
    before: usize,
}

impl Walk<'_> {
    /// What [`Alignment::to_output`] gives.
    pub(crate) fn output_of(&mut self, source: Span) -> Span {
        if source.is_empty() {
            return self.alignment.to_output(source);
        }
        let last = self.before.checked_sub(1).and_then(|last| self.alignment.edits.get(last));
        let known = if last.is_some_and(|last| last.source.begin > source.begin) { 0 } else { self.before };
        self.before = self.alignment.behind(known, source.begin + 1, Side::Source, NEAR_IN_WALK);
        self.alignment.translated_from(self.before, source, Side::Source).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(source: (u32, u32), output: (u32, u32)) -> Edit {
        Edit { source: Span::new(source.0, source.1), output: Span::new(output.0, output.1) }
    }

    /// source `abXXcdYef`, output `abcdZZef`: XX deleted, Y made ZZ.
    fn sample() -> Alignment {
        Alignment::new(vec![edit((2, 4), (2, 2)), edit((6, 7), (4, 6))])
    }

    #[test]
    fn to_source_is_the_smallest_cover() {
        let alignment = sample();
        assert_eq!(alignment.to_source(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(alignment.to_source_with_deleted(Span::new(0, 2)), Span::new(0, 4));
        assert_eq!(alignment.to_source(Span::new(2, 4)), Span::new(4, 6));
        assert_eq!(alignment.to_source(Span::new(0, 4)), Span::new(0, 6));
        assert_eq!(alignment.to_source(Span::new(4, 5)), Span::new(6, 7));
        assert_eq!(alignment.to_source(Span::new(5, 7)), Span::new(6, 8));
        assert_eq!(alignment.to_source(Span::new(2, 2)), Span::new(2, 2));
        assert_eq!(alignment.to_source(Span::new(5, 5)), Span::new(6, 7));
    }

    #[test]
    fn memory_is_linear_in_the_edits_and_not_in_the_text() {
        let normalizer = crate::normalize::Normalizer::new(Some("search"), &[]).unwrap();
        let room = |words: usize, changed: usize| {
            let text = "وقد كتب ".repeat(words) + &"أحمد، ".repeat(changed) + &"وقد كتب ".repeat(words);
            let alignment = normalizer.run(&text).normalized.alignment;
            assert_eq!(alignment.edits().len(), 2 * changed + 1, "and the space at the end");
            alignment.edits.capacity()
        };
        assert_eq!(room(10, 3), room(100_000, 3));
        for changed in [100, 10_000] {
            assert!(room(10, changed) <= 4 * (2 * changed + 1));
        }
    }

    #[test]
    fn to_output() {
        let alignment = sample();
        assert_eq!(alignment.to_output(Span::new(0, 2)), Span::new(0, 2));
        assert_eq!(alignment.to_output(Span::new(2, 4)), Span::new(2, 2));
        assert_eq!(alignment.to_output(Span::new(3, 5)), Span::new(2, 3));
        assert_eq!(alignment.to_output(Span::new(6, 7)), Span::new(4, 6));
        assert_eq!(alignment.to_output(Span::new(7, 9)), Span::new(6, 8));
    }

    #[test]
    fn a_walk_gives_the_same_in_any_order() {
        let many = (0..200).map(|at| edit((4 * at, 4 * at + 1), (4 * at, 4 * at + 1)));
        for alignment in [sample(), Alignment::new(many.collect())] {
            let mut walk = alignment.walk();
            for begin in (0..60).chain((0..900).rev().step_by(7)).chain([3, 700, 3]) {
                for end in begin..begin + 9 {
                    let span = Span::new(begin, end);
                    assert_eq!(walk.output_of(span), alignment.to_output(span), "{span:?}");
                }
            }
        }
    }

    #[test]
    fn composition_merges_what_overlaps_only() {
        // Second: the `c` (middle 2..3) and the first Z (4..5) deleted, an insertion at the end.
        let second = Alignment::new(vec![edit((2, 3), (2, 2)), edit((4, 5), (3, 3)), edit((8, 8), (6, 7))]);
        let composed = sample().compose(&second);
        assert_eq!(
            composed.edits(),
            [edit((2, 4), (2, 2)), edit((4, 5), (2, 2)), edit((6, 7), (3, 4)), edit((9, 9), (6, 7))]
        );
    }
}
