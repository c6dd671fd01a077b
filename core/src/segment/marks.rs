//! Quotation marks in pairs: which mark opens, which closes, and which is none.

use super::Block;
use super::rules::{Family, MarkClass, MarkRules, Rules};
use super::view::{View, is_gap};
use crate::lexicon::Proclitics;
use crate::{Document, Span};

/// Two marks that belong together, or one that opens and is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// The opening mark.
    pub(super) open: Span,
    /// The closing mark; `None` where there is none in the block.
    pub(super) close: Option<Span>,
    block: u32,
}

impl Pair {
    /// Index of the block.
    pub(super) const fn block(&self) -> usize {
        self.block as usize
    }

    /// With its marks; `None` for a pair that is not closed.
    pub(super) fn span(&self) -> Option<Span> {
        self.close.map(|close| Span::new(self.open.begin, close.end))
    }
}

/// A mark as it stands in the text.
struct Mark {
    span: Span,
    family: u8,
    /// Above 0 it opens, below 0 it closes, by its shape and its neighbours.
    lean: f32,
    /// A mark of one shape that touches no white space, bracket or mark outside: it cannot open.
    may_open: bool,
}

/// A mark that waits for its other end.
struct Open {
    family: u8,
    pair: usize,
}

/// The pairs of every block, in order of their opening marks; nested or disjoint, the unclosed ones among them.
///
/// One pass with a stack; each mark is pushed and taken off once.
pub(crate) fn pairs(document: &Document) -> Vec<Pair> {
    let view = View::new(document);
    let rules = &document.knowledge().segment;
    let mut out = Vec::new();
    for (index, block) in (0..).zip(document.blocks()) {
        let marks = marks_of(&view, rules, block);
        if !marks.is_empty() {
            pair(&marks, &rules.marks, index, &mut out);
        }
    }
    join_doubled(view.text, &mut out);
    out
}

/// A mark typed twice at both ends is one: ""…"".
fn join_doubled(text: &str, pairs: &mut Vec<Pair>) {
    pairs.dedup_by(|pair, outer| {
        let (Some(outer_close), Some(close)) = (outer.close, pair.close) else { return false };
        let doubled = outer.open.end == pair.open.begin
            && close.end == outer_close.begin
            && pair.open.of(text).chars().next() == outer.open.of(text).chars().next();
        if doubled {
            outer.open = Span::new(outer.open.begin, pair.open.end);
            outer.close = Some(Span::new(close.begin, outer_close.end));
        }
        doubled
    });
}

fn marks_of(view: &View, rules: &Rules, block: &Block) -> Vec<Mark> {
    let Rules { marks: rules, proclitics, .. } = rules;
    let signs = view.signs_in(&view.tokens_in(block.span));
    // Signs are nearly all marks, or few.
    let mut marks: Vec<Mark> = Vec::with_capacity(signs.len());
    let mut signs = signs.iter().peekable();
    while let Some(sign) = signs.next() {
        let index = sign.token();
        let Some(c) = sign.single else { continue };
        let Some((family_index, family)) = rules.family_of(c) else { continue };
        let twin = signs
            .peek()
            .filter(|next| next.single == Some(c) && next.token() == index + 1)
            .map(|next| next.token())
            .filter(|next| view.touches_previous(*next));
        if family.doubled && twin.is_none() {
            continue;
        }
        let mut span = view.token(index).map_or(Span::new(0, 0), |token| token.span);
        let mut family_index = family_index;
        let mut doubled = false;
        if family.doubled
            && let Some(second) = twin.and_then(|next| view.token(next))
        {
            signs.next();
            span = Span::new(span.begin, second.span.end);
        }
        // Two apostrophes are typed for a double mark: ''…''.
        if family.apostrophe
            && let Some(next) = twin
            && let Some(straight) = rules
                .families
                .iter()
                .position(|family| family.class == MarkClass::Double && !family.either.is_empty())
                .and_then(|family| u8::try_from(family).ok())
        {
            signs.next();
            span = Span::new(span.begin, view.token(next).map_or(span.end, |token| token.span.end));
            family_index = straight;
            doubled = true;
        }
        let sides = Sides::around(view, proclitics, index, span, block.span);
        if family.apostrophe && !doubled && sides.is_apostrophe() {
            continue;
        }
        let shape = if doubled || family.either.contains(&c) {
            0.0
        } else if family.open.contains(&c) {
            rules.weights.shape
        } else {
            -rules.weights.shape
        };
        let lean = shape + sides.lean(rules);
        let may_open = !family.apostrophe || doubled || sides.opens();
        marks.push(Mark { span, family: family_index, lean, may_open });
    }
    marks
}

/// What stands beside a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Digit,
    Letter,
    /// A letter of a clitic that is written together with what follows (و«النهار»).
    Proclitic,
    Opening,
    Closing,
}

struct Sides {
    left: Side,
    right: Side,
}

impl Sides {
    fn around(view: &View, proclitics: &Proclitics, index: usize, span: Span, block: Span) -> Self {
        let before = view.text.get(block.begin as usize..span.begin as usize).unwrap_or_default();
        let after = view.text.get(span.end as usize..block.end as usize).unwrap_or_default();
        // Straight marks in a row say nothing of one another: look past a few of them.
        let beyond = |c: &char| !matches!(c, '"' | '\'' | '`');
        let mut left = before.chars().rev().take(4).find(beyond).map_or(Side::Space, side_of);
        if left == Side::Letter
            && index.checked_sub(1).is_some_and(|previous| proclitics.is_one(view.folded(previous)))
        {
            left = Side::Proclitic;
        }
        let right = after.chars().take(4).find(beyond).map_or(Side::Space, side_of);
        Self { left, right }
    }

    /// Between two letters or after a digit a mark of one shape is an apostrophe or a unit.
    fn is_apostrophe(&self) -> bool {
        matches!((self.left, self.right), (Side::Letter | Side::Digit, Side::Letter | Side::Digit))
    }

    fn opens(&self) -> bool {
        matches!(self.left, Side::Space | Side::Opening | Side::Proclitic)
            && matches!(self.right, Side::Letter | Side::Opening | Side::Digit)
    }

    fn lean(&self, rules: &MarkRules) -> f32 {
        use Side::{Closing, Digit, Letter, Opening, Proclitic, Space};
        let weights = &rules.weights;
        match (self.left, self.right) {
            (Space | Opening | Proclitic, Letter | Digit | Opening | Proclitic) => weights.neighbours,
            (Letter | Digit | Closing | Proclitic, Space | Closing) => -weights.neighbours,
            (Closing, Letter | Digit | Opening | Proclitic) | (Opening, Space) => weights.half_neighbours,
            (Space, Closing) | (Letter | Digit, Opening) => -weights.half_neighbours,
            (Space, Space) | (Letter | Digit, Letter | Digit | Proclitic) | (Opening, Closing) => 0.0,
        }
    }
}

fn side_of(c: char) -> Side {
    match c {
        // Nearly all letters of the text.
        '\u{620}'..='\u{64A}' => Side::Letter,
        c if is_gap(c) => Side::Space,
        '(' | '[' | '{' | '\u{AB}' | '\u{201C}' | '\u{201E}' | '\u{2018}' | '\u{2039}' | '/' | '-'
        | '\u{2013}' | '\u{2014}' => Side::Opening,
        c if c.is_numeric() => Side::Digit,
        c if c.is_alphanumeric() || super::tokens::is_arabic_mark(c) => Side::Letter,
        _ => Side::Closing,
    }
}

fn pair(marks: &[Mark], rules: &MarkRules, block: u32, out: &mut Vec<Pair>) {
    let class = |family: u8| rules.families.get(usize::from(family)).map(|family: &Family| family.class);
    // Few texts have a mark that asks for it.
    let mut sets: Option<Vec<u32>> = None;
    let mut stack: Vec<Open> = Vec::new();
    // How many of each family are open: spares a search of the stack that finds nothing.
    let mut open_of = vec![0_usize; rules.families.len()];

    out.reserve(marks.len() / 2);
    for (index, mark) in marks.iter().enumerate() {
        let same = open_of.get(usize::from(mark.family)).copied().unwrap_or_default();
        let state = if same > 0 { rules.weights.same_open } else { rules.weights.nothing_open };
        let lean = mark.lean + state;
        if lean > 0.0 {
            if mark.may_open {
                stack.push(Open { family: mark.family, pair: out.len() });
                if let Some(count) = open_of.get_mut(usize::from(mark.family)) {
                    *count += 1;
                }
                out.push(Pair { open: mark.span, close: None, block });
            }
            continue;
        }
        let partner = if same > 0 {
            stack.iter().rposition(|open| open.family == mark.family)
        } else if mark.lean <= rules.weights.mixed {
            // The wrong mark closes the innermost quotation, if its own does not come.
            stack.len().checked_sub(1).filter(|top| {
                let sets = sets.get_or_insert_with(|| closes_next(marks));
                let closes_next = sets.get(index).copied().unwrap_or_default();
                stack.get(*top).is_some_and(|open| {
                    class(open.family) == class(mark.family) && closes_next & (1 << open.family) == 0
                })
            })
        } else {
            None
        };
        let Some(partner) = partner else { continue };
        // What was opened inside and not closed stays so.
        for (depth, open) in stack.drain(partner..).enumerate() {
            if let Some(count) = open_of.get_mut(usize::from(open.family)) {
                *count = count.saturating_sub(1);
            }
            if depth == 0
                && let Some(pair) = out.get_mut(open.pair)
            {
                pair.close = Some(mark.span);
            }
        }
    }
}

/// For each mark the set of families whose next mark after it leans to close.
fn closes_next(marks: &[Mark]) -> Vec<u32> {
    let mut next = 0_u32;
    let mut sets: Vec<u32> = marks
        .iter()
        .rev()
        .map(|mark| {
            let after = next;
            let family = 1 << mark.family;
            next = if mark.lean < 0.0 { next | family } else { next & !family };
            after
        })
        .collect();
    sets.reverse();
    sets
}
