//! The search for expressions in a text.

use super::builder::Builder;
use super::pattern::{Action, Article, Element, Grammar, Node, Step};
use super::role::Role;
use super::signs::Signs;
use crate::lexicon::is_word_char;
use crate::values::literals::{Kind, Literal};
use crate::values::numerals::{Counted, Numeral};
use crate::values::time::said::{Calendar, Clock, Said, Unit};
use crate::values::words::{Entry, Item, Says, Sense, What, blanks};

/// What is asked of the text around an expression.
pub(in crate::values) trait Around {
    /// Whether the number that ends at `end`, in bytes of the folded text, counts what stands behind it: money, per cent.
    fn counts(&self, end: usize) -> bool;
}

/// A text, cut.
#[allow(clippy::struct_field_names)]
pub(in crate::values) struct Text<'t, 'a> {
    pub(in crate::values) text: &'t str,
    pub(in crate::values) items: &'t [Item<'t>],
    pub(in crate::values) literals: &'t [Literal],
    /// The number that begins with each item.
    pub(in crate::values) numerals: &'t [Option<Numeral>],
    pub(in crate::values) around: &'a dyn Around,
}

impl Text<'_, '_> {
    pub(super) fn is_after_preposition(&self, begin: usize) -> bool {
        self.text.get(..begin).is_some_and(|ahead| ahead.ends_with('ب'))
    }
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::values) struct Expression {
    /// Of the items, what it takes.
    pub(in crate::values) items: std::ops::Range<usize>,
    pub(in crate::values) said: Said,
}

/// So many steps are tried from one word for one rule.
const MOST_STEPS: usize = 256;
/// After so many of them no way is taken twice: in a text that was made to be slow all ways lead on.
const FREE_STEPS: usize = 64;

/// What is seen of an item at once.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// What it is.
    is: Signs,
    /// What it is as one that follows.
    follows: Signs,
    /// What stands behind it, be it a word or a number of several, and behind that.
    ahead: [Signs; 2],
}

/// A search for the longest way through a rule.
struct Search<'s, 't, 'a> {
    text: &'s Text<'t, 'a>,
    /// Of each item.
    signs: &'s [Seen],
    /// Where it begins.
    begin: usize,
    /// The first nodes of the rules to go through.
    rules: Vec<usize>,
    /// What it has left.
    steps: usize,
    /// Where it has been.
    visited: Vec<(usize, usize)>,
    /// The nodes of the steps to where it is, each with the item that it takes.
    way: Vec<(usize, usize)>,
    longest: Option<(usize, Box<Builder>)>,
}

impl Grammar {
    /// The expressions of a text, in order, disjoint.
    pub(in crate::values) fn expressions(&self, text: &Text<'_, '_>) -> Vec<Expression> {
        let numerals = text.numerals.iter().map(Option::as_ref);
        let mut signs: Vec<Seen> = Vec::with_capacity(text.items.len());
        signs.extend(text.items.iter().zip(numerals).map(|(item, numeral)| {
            let is = self.signs(text, item, numeral);
            let follows = if item.follows { is } else { Signs::default() };
            Seen { is, follows, ahead: <[Signs; 2]>::default() }
        }));
        for at in (0..signs.len()).rev() {
            let behind = |at: usize| match signs.get(at) {
                Some(Seen { follows, ahead: [next, _], .. }) if !follows.is_empty() => [*follows, *next],
                _ => <[Signs; 2]>::default(),
            };
            let mut ahead = behind(at + 1);
            if let Some(numeral) = text.numerals.get(at).and_then(Option::as_ref) {
                let [next, third] = behind(numeral.next);
                ahead = [ahead[0] | next, ahead[1] | third];
            }
            if let Some(seen) = signs.get_mut(at) {
                seen.ahead = ahead;
            }
        }
        let mut search = Search {
            text,
            signs: &signs,
            begin: 0,
            rules: Vec::new(),
            steps: 0,
            visited: Vec::new(),
            way: Vec::new(),
            longest: None,
        };
        // An expression takes some items, and most are in none.
        let mut found = Vec::with_capacity(text.items.len() / 8);
        while search.begin < text.items.len() {
            let expression = self.longest(&mut search);
            search.begin = expression.as_ref().map_or(0, |found| found.items.end).max(search.begin + 1);
            found.extend(expression);
        }
        found
    }

    /// The longest expression that begins where the search does.
    fn longest(&self, search: &mut Search<'_, '_, '_>) -> Option<Expression> {
        let begin = search.begin;
        let Seen { is, ahead, .. } = *search.signs.get(begin)?;
        let mut rules = std::mem::take(&mut search.rules);
        rules.clear();
        // Most of what is known stands alone among words that are not.
        let is_last = ahead[0].is_empty();
        let begins = is & if is_last { self.begins_alone } else { self.begins };
        for begun in begins.iter().filter_map(|sign| self.by_sign.get(sign)) {
            rules.extend(&begun.alone);
            if !is_last {
                let fitting = begun.longer.iter().filter(|way| way.first.may_be(is, ahead));
                rules.extend(fitting.map(|way| way.node));
            }
        }
        if rules.is_empty() {
            search.rules = rules;
            return None;
        }
        rules.sort_unstable();
        rules.dedup();
        let mut best: Option<(usize, Box<Builder>)> = None;
        for &node in &rules {
            search.steps = MOST_STEPS;
            search.visited.clear();
            self.search(search, node, begin);
            if let Some((end, builder)) = search.longest.take()
                && best.as_ref().is_none_or(|&(other, _)| end > other)
            {
                best = Some((end, builder));
            }
        }
        search.rules = rules;
        let (end, builder) = best?;
        let items = begin + builder.outside..end;
        Some(Expression { items, said: builder.finish()? })
    }

    /// Looks for the longest way from `node` at item `at` that the items fit by what they are; what they say is read of
    /// the whole way.
    fn search(&self, search: &mut Search<'_, '_, '_>, mut node: usize, mut at: usize) {
        let depth = search.way.len();
        while let Some(left) = search.steps.checked_sub(1) {
            search.steps = left;
            if left < MOST_STEPS - FREE_STEPS {
                if search.visited.contains(&(node, at)) {
                    break;
                }
                search.visited.push((node, at));
            }
            match self.nodes.get(node) {
                Some(Node::Step(step, next)) => {
                    let Some(end) = search.after(step, at) else { break };
                    search.way.push((node, at));
                    (node, at) = (*next, end);
                }
                Some(Node::Either(ways)) => {
                    let (signs, ahead) = search.signs_at(at);
                    for way in ways {
                        if way.first.may_be(signs, ahead) {
                            self.search(search, way.node, at);
                        }
                    }
                    break;
                }
                Some(Node::End) if search.longest.as_ref().is_none_or(|&(end, _)| at > end) => {
                    search.steps = search.steps.saturating_sub(search.way.len());
                    if let Some(builder) = self.read(search)
                        && at > search.begin + builder.outside
                    {
                        search.longest = Some((at, builder));
                    }
                    break;
                }
                Some(Node::End) | None => break,
            }
        }
        search.way.truncate(depth);
    }

    /// What the items of a way say, if they say one thing.
    fn read(&self, search: &Search<'_, '_, '_>) -> Option<Box<Builder>> {
        let mut builder = Box::<Builder>::default();
        for &(node, at) in &search.way {
            let Some(Node::Step(step, _)) = self.nodes.get(node) else { return None };
            if !self.take(search.text, step, at, &mut builder) {
                return None;
            }
            if step.outside {
                builder.outside = search.after(step, at)? - search.begin;
            }
        }
        Some(builder)
    }

    /// What an item is.
    fn signs(&self, text: &Text<'_, '_>, item: &Item<'_>, numeral: Option<&Numeral>) -> Signs {
        let mut signs = numeral.map(|numeral| Role::all(text, numeral)).unwrap_or_default();
        for entry in item.entries() {
            if let Sense::Word(class, says) = &entry.sense {
                signs = signs | Signs::word(*class, says);
                if self.month == Some(*class) && is_sure(says) {
                    signs = signs | Signs::SURE_MONTH;
                }
            }
        }
        match item.what {
            What::Literal(index) => signs | text.literals.get(index).map(Signs::literal).unwrap_or_default(),
            What::Mark(c) => Signs::written(c),
            What::Words(_) => signs,
        }
    }
}

/// Whether a month's name is nothing else.
fn is_sure(says: &Says) -> bool {
    says.month.is_some() && !says.hijri && !says.common
}

impl Search<'_, '_, '_> {
    /// What the item at `at` is, if it follows, and what stands behind it.
    fn signs_at(&self, at: usize) -> (Signs, [Signs; 2]) {
        let seen = self.signs.get(at).copied().unwrap_or_default();
        (if at == self.begin { seen.is } else { seen.follows }, seen.ahead)
    }

    /// The item behind that at `at`, if a step may take that by what it is.
    fn after(&self, step: &Step, at: usize) -> Option<usize> {
        if let Element::Do(_) = step.element {
            return Some(at);
        }
        if !step.signs.meets(self.signs_at(at).0) {
            return None;
        }
        let item = self.text.items.get(at)?;
        // What is written together with the first word stays outside; later words must have what the pattern says.
        let fits = item.conjunction == step.conjunction && item.preposition == step.preposition;
        if !(fits || at == self.begin && !step.conjunction) {
            return None;
        }
        match step.element {
            Element::Number(_) => Some(self.text.numerals.get(at)?.as_ref()?.next),
            _ => Some(at + 1),
        }
    }
}

impl Grammar {
    /// Adds what the item at `at` says in a step to what the expression says; `false` where that cannot be.
    fn take(&self, text: &Text<'_, '_>, step: &Step, at: usize, builder: &mut Builder) -> bool {
        if let Element::Do(action) = step.element {
            return self.act(text, action, at, builder);
        }
        self.taken(text, step.element, at, builder).unwrap_or(false)
    }

    fn taken(&self, text: &Text<'_, '_>, element: Element, at: usize, builder: &mut Builder) -> Option<bool> {
        let item = text.items.get(at)?;
        let quiet = builder.aside;
        let says = |of: &dyn Fn(&Entry) -> bool| {
            item.entries().iter().find(|entry| of(entry)).and_then(|entry| match entry.sense {
                Sense::Word(_, says) => Some(says),
                Sense::Number(_) | Sense::Measure(_) => None,
            })
        };
        let numeral = || text.numerals.get(at)?.as_ref();
        let literal = || match item.what {
            What::Literal(index) => text.literals.get(index),
            _ => None,
        };
        Some(match element {
            Element::Class(class, article) => {
                let says = says(&|entry| entry.is(class) && fits_article(entry, article))?;
                // `الأحد عشر` is a number.
                if says.weekday.is_some() && numeral().is_some_and(|numeral| numeral.next > at + 1) {
                    return None;
                }
                quiet || builder.merge(&says)
            }
            Element::SureMonth => {
                let says = says(
                    &|entry| matches!(entry.sense, Sense::Word(class, says) if is_sure(&says) && self.month == Some(class)),
                )?;
                quiet || builder.merge(&says)
            }
            Element::UnitName(unit, article) => {
                says(&|entry| entry.is_unit(unit) && fits_article(entry, article)).is_some()
            }
            Element::YearWords | Element::ListedWeekday(_) | Element::Mark(_) => true,
            Element::Counted(class, article) => {
                let says = says(&|entry| entry.is(class) && fits_article(entry, article))?;
                let dual = item.entries().iter().any(|entry| entry.is(class) && self.is_dual(entry));
                quiet || builder.length(says.unit?, dual)
            }
            Element::Shifted(class) => {
                let says = says(&|entry| entry.is(class) && entry.article)?;
                quiet || builder.unit(says.unit?)
            }
            Element::NthUnit(article) => {
                let says = says(&|entry| {
                    matches!(entry.sense, Sense::Word(_, says) if says.unit.is_some())
                        && fits_article(entry, article)
                })?;
                builder.nth_unit = says.unit;
                true
            }
            Element::Number(role) => {
                let numeral = numeral()?;
                builder.number(role, role.number(numeral)?, quiet)?
            }
            Element::Date(calendar) => {
                let &Kind::Date { year, month, day } = &literal()?.kind else { return None };
                quiet || builder.day(calendar, year, month, day)
            }
            Element::Clock => {
                let &Kind::Clock { hour, minute, second } = &literal()?.kind else { return None };
                let clock = Clock { hour, minute: Some(minute), second, after_noon: None, offset: None };
                quiet || builder.clock(clock)
            }
            Element::Do(_) => false,
        })
    }

    fn is_dual(&self, entry: &Entry) -> bool {
        matches!(entry.sense, Sense::Word(class, _) if self.dual == Some(class))
    }

    fn act(&self, text: &Text<'_, '_>, action: Action, at: usize, builder: &mut Builder) -> bool {
        match action {
            Action::To => builder.other_end(),
            Action::Forget => {
                builder.said.year = None;
                builder.said.month = None;
                builder.said.day = None;
                builder.said.which = None;
                builder.said.calendar = Calendar::Gregorian;
                true
            }
            Action::Age => {
                builder.said.age = true;
                true
            }
            Action::OfAge => {
                let next = text.items.get(at).filter(|item| item.is_bare());
                let is_of_age = |entry: &Entry| matches!(entry.sense, Sense::Word(class, _) if self.of_age == Some(class));
                builder.said.age = next.is_some_and(|item| item.entries().iter().any(is_of_age));
                builder.said.age
            }
            Action::Aside => {
                builder.aside = true;
                true
            }
            Action::NoDate => {
                let next = text.items.get(at).filter(|item| item.is_bare());
                let is_date = |entry: &Entry| {
                    entry.is_unit(Unit::Day)
                        || matches!(entry.sense, Sense::Word(class, _) if self.dates.contains(&class))
                };
                !next.is_some_and(|item| item.entries().iter().any(is_date))
            }
            Action::NoNumber | Action::NoOrdinal => {
                let next = text.items.get(at).filter(|item| item.is_bare());
                let numeral = next.and_then(|_| text.numerals.get(at)?.as_ref());
                !numeral.is_some_and(|numeral| action == Action::NoNumber || numeral.kind == Counted::Ordinal)
            }
            Action::First => {
                let ahead = || text.items.get(at).and_then(|item| text.text.get(..item.word));
                at == 0 && ahead().is_some_and(|ahead| !ahead.contains(is_word_char))
            }
            Action::Last => {
                let last = at.checked_sub(1).and_then(|last| text.items.get(last));
                let behind = last.and_then(|last| text.text.get(last.end..));
                behind.is_some_and(|behind| !behind.contains(is_word_char))
            }
            Action::Counted => builder.counted_before(),
            Action::Bracket => {
                text.items.get(at).is_some_and(|item| item.follows && matches!(item.what, What::Mark('(')))
            }
            Action::Alone => {
                let Some(last) = at.checked_sub(1).and_then(|last| text.items.get(last)) else {
                    return false;
                };
                let rest = text.text.get(last.end..).unwrap_or_default();
                let rest = rest.get(blanks(rest)..).unwrap_or_default();
                if !rest.starts_with(is_word_char) {
                    return true;
                }
                // A word that is known to count nothing may follow.
                text.items.get(at).is_some_and(|item| {
                    item.follows
                        && (item.conjunction || item.preposition.is_some() || item.entries().iter().any(|entry| matches!(entry.sense, Sense::Word(class, _) if self.joints.contains(&class))))
                })
            }
        }
    }
}

fn fits_article(entry: &Entry, article: Article) -> bool {
    match article {
        Article::Either => true,
        Article::With => entry.article,
        Article::Without => !entry.article || !entry.may_have_article,
    }
}
