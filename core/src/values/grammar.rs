//! Patterns over words, numbers and marks: which of them make an expression of time, and what it says.
//!
//! The patterns are data (`data/values/grammar.toml` says how they are read). None repeats anything, and a search takes a
//! bounded number of steps from each word, so that no text takes more than linear time.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::literals::{Kind, Literal};
use super::numerals::{Counted, Numeral};
use super::time::said::{Calendar, Clock, Length, Nth, Said, Unit, Which};
use super::words::{Class, Entry, Item, Says, Sense, Table, What, blanks};
use crate::KnowledgeError;
use crate::lexicon::is_word_char;
use crate::segment::rules::read;

/// The patterns, compiled.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    steps: Vec<Node>,
    /// Where each rule begins.
    rules: Vec<usize>,
    /// The rules whose first step may be a word of a class, by class; a number; a day or time of day in digits.
    by_class: BTreeMap<u16, Vec<usize>>,
    by_number: Vec<usize>,
    by_literal: Vec<usize>,
    by_mark: Vec<usize>,
    /// Classes that `no-date!` asks for, and those that may follow where `alone!` stands.
    dates: Vec<Class>,
    joints: Vec<Class>,
    month: Option<Class>,
    dual: Option<Class>,
}

#[derive(Clone, Debug)]
enum Node {
    Step(Step, usize),
    /// The better way first.
    Either(Vec<usize>),
    End,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    element: Element,
    conjunction: bool,
    preposition: Option<char>,
    outside: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Article {
    Without,
    With,
    Either,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Element {
    Class(Class, Article),
    /// A unit's name, which says nothing more.
    UnitName(Unit, Article),
    /// Several years.
    YearWords,
    /// A weekday between the first and the last.
    ListedWeekday,
    /// A month whose name is nothing else.
    SureMonth,
    /// A unit of which some are counted.
    Counted(Class, Article),
    /// A unit that is before or after this one.
    Shifted(Class),
    NthUnit(Article),
    Number(Role),
    Date(Calendar),
    Clock,
    Mark(&'static [char]),
    Do(Action),
}

/// What a number is in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Day,
    OrdinalDay,
    ListedDay,
    MonthNumber,
    Year,
    RecentYear,
    AnyYear,
    YearInWords,
    HijriYear,
    Hour,
    HourDigits,
    TheClockHour,
    Minute,
    MinusMinute,
    HourFraction,
    MinusFraction,
    Count,
    FractionCount,
    HalfMore,
    Nth,
    TheNth,
    TheQuarter,
    TheHalf,
    Century,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    To,
    Forget,
    Aside,
    NoDate,
    NoNumber,
    NoOrdinal,
    Alone,
    Bracket,
}

/// `data/values/grammar.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    parts: BTreeMap<String, String>,
    rule: Vec<RuleRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleRow {
    name: String,
    pattern: String,
}

const FILE: &str = "values/grammar.toml";
/// Parts in parts, so deep.
const DEEPEST: usize = 8;
/// So many steps are tried from one word for one rule.
const MOST_STEPS: usize = 256;
/// After so many of them no way is taken twice: in a text that was made to be slow all ways lead on.
const FREE_STEPS: usize = 64;

/// What a search has left, and where it has been.
struct Search {
    steps: usize,
    visited: Vec<(usize, usize)>,
    longest: Option<(usize, Builder)>,
}

impl Grammar {
    /// The patterns that are compiled in.
    pub(super) fn built_in(table: &Table) -> Result<Self, KnowledgeError> {
        let file: File = read(FILE, include_str!("../../../data/values/grammar.toml"))?;
        let mut grammar = Self::default();
        let dates = ["deictic", "weekday", "month", "hijri-month"];
        grammar.dates = dates.iter().filter_map(|name| table.class(name)).collect();
        let joints =
            ["of", "in", "on", "at", "to", "from", "between", "corresponding", "before", "after", "since"];
        grammar.joints = joints.iter().filter_map(|name| table.class(name)).collect();
        (grammar.month, grammar.dual) = (table.class("month"), table.class("dual"));
        for row in &file.rule {
            let problem = |problem: String| KnowledgeError {
                file: FILE.to_owned(),
                line: 0,
                problem: format!("rule `{}`: {problem}", row.name),
            };
            let mut tokens = Vec::new();
            expand(&row.pattern, &file.parts, DEEPEST, &mut tokens).map_err(problem)?;
            let end = grammar.push(Node::End);
            let begin = grammar.compile(table, &tokens, end).map_err(problem)?;
            let rule = grammar.rules.len();
            grammar.rules.push(begin);
            grammar.index(begin, rule);
        }
        Ok(grammar)
    }

    fn push(&mut self, node: Node) -> usize {
        self.steps.push(node);
        self.steps.len() - 1
    }

    /// Compiles `tokens` so that `next` follows, from the last to the first.
    fn compile(&mut self, table: &Table, tokens: &[String], next: usize) -> Result<usize, String> {
        let Some((last, before)) = tokens.split_last() else { return Ok(next) };
        match last.as_str() {
            "]" | ")" => {
                let open = opening(tokens).ok_or("a bracket has no partner")?;
                let inside = tokens.get(open + 1..tokens.len() - 1).unwrap_or_default();
                let mut ways = Vec::new();
                for way in alternatives(inside) {
                    ways.push(self.compile(table, way, next)?);
                }
                if last == "]" {
                    ways.push(next);
                }
                let node = self.push(Node::Either(ways));
                self.compile(table, tokens.get(..open).unwrap_or_default(), node)
            }
            token => {
                let step = step(table, token)?;
                let node = self.push(Node::Step(step, next));
                self.compile(table, before, node)
            }
        }
    }

    /// Adds the rule to the lists of what it may begin with.
    fn index(&mut self, node: usize, rule: usize) {
        let mut open = vec![node];
        while let Some(at) = open.pop() {
            let list = match self.steps.get(at) {
                Some(Node::Either(ways)) => {
                    open.extend(ways);
                    continue;
                }
                Some(&Node::Step(Step { element, .. }, next)) => match element {
                    Element::Class(class, _) | Element::Counted(class, _) | Element::Shifted(class) => {
                        self.by_class.entry(class.index()).or_default()
                    }
                    Element::Number(_) => &mut self.by_number,
                    Element::Date(_) | Element::Clock => &mut self.by_literal,
                    Element::Mark(_) => &mut self.by_mark,
                    Element::Do(_) => {
                        open.push(next);
                        continue;
                    }
                    // Few enough to be tried at every word of time.
                    _ => self.by_class.entry(u16::MAX).or_default(),
                },
                _ => continue,
            };
            if list.last() != Some(&rule) {
                list.push(rule);
            }
        }
    }
}

/// The tokens of a pattern, its parts in their places.
fn expand(
    pattern: &str,
    parts: &BTreeMap<String, String>,
    depth: usize,
    out: &mut Vec<String>,
) -> Result<(), String> {
    let spaced = pattern.replace('[', " [ ").replace(']', " ] ").replace('(', " ( ").replace(')', " ) ");
    for token in spaced.split_whitespace() {
        if let Some(name) = token.strip_prefix('<').and_then(|token| token.strip_suffix('>')) {
            let part = parts.get(name).ok_or_else(|| format!("there is no part `{name}`"))?;
            if depth == 0 {
                return Err(format!("the part `{name}` is in itself"));
            }
            out.push("(".to_owned());
            expand(part, parts, depth - 1, out)?;
            out.push(")".to_owned());
        } else {
            out.push(token.to_owned());
        }
    }
    Ok(())
}

/// Where the bracket opens that the last of `tokens` closes.
fn opening(tokens: &[String]) -> Option<usize> {
    let mut depth = 0_usize;
    tokens.iter().rposition(|token| {
        match token.as_str() {
            "]" | ")" => depth += 1,
            "[" | "(" => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

/// What is between the bars of a bracket.
fn alternatives(tokens: &[String]) -> impl Iterator<Item = &[String]> {
    let mut depth = 0_i32;
    tokens.split(move |token| {
        match token.as_str() {
            "[" | "(" => depth += 1,
            "]" | ")" => depth -= 1,
            _ => {}
        }
        depth == 0 && token == "|"
    })
}

fn step(table: &Table, token: &str) -> Result<Step, String> {
    let mut step = Step { element: Element::Clock, conjunction: false, preposition: None, outside: false };
    let mut name = token;
    if let Some(rest) = name.strip_prefix('^') {
        (step.outside, name) = (true, rest);
    }
    if let Some(rest) = name.strip_prefix('+') {
        (step.conjunction, name) = (true, rest);
    }
    for (prefix, letter) in [("l:", 'ل'), ("b:", 'ب')] {
        if let Some(rest) = name.strip_prefix(prefix) {
            (step.preposition, name) = (Some(letter), rest);
        }
    }
    step.element = element(table, name).ok_or_else(|| format!("there is no element `{name}`"))?;
    Ok(step)
}

fn element(table: &Table, name: &str) -> Option<Element> {
    let known = match name {
        "day" => Element::Number(Role::Day),
        "ordinal-day" => Element::Number(Role::OrdinalDay),
        "listed-day" => Element::Number(Role::ListedDay),
        "month-number" => Element::Number(Role::MonthNumber),
        "year" => Element::Number(Role::Year),
        "recent-year" => Element::Number(Role::RecentYear),
        "any-year" => Element::Number(Role::AnyYear),
        "year-in-words" => Element::Number(Role::YearInWords),
        "hijri-year" => Element::Number(Role::HijriYear),
        "hour" => Element::Number(Role::Hour),
        "hour-digits" => Element::Number(Role::HourDigits),
        "the-clock-hour" => Element::Number(Role::TheClockHour),
        "minute" => Element::Number(Role::Minute),
        "minus-minute" => Element::Number(Role::MinusMinute),
        "hour-fraction" => Element::Number(Role::HourFraction),
        "minus-fraction" => Element::Number(Role::MinusFraction),
        "count" => Element::Number(Role::Count),
        "fraction-count" => Element::Number(Role::FractionCount),
        "half-more" => Element::Number(Role::HalfMore),
        "nth" => Element::Number(Role::Nth),
        "the-nth" => Element::Number(Role::TheNth),
        "the-quarter" => Element::Number(Role::TheQuarter),
        "the-half" => Element::Number(Role::TheHalf),
        "century-number" => Element::Number(Role::Century),
        "date" => Element::Date(Calendar::Gregorian),
        "hijri-date" => Element::Date(Calendar::Hijri),
        "clock" => Element::Clock,
        "year-words" => Element::YearWords,
        "listed-weekday~" => Element::ListedWeekday,
        "sure-month" => Element::SureMonth,
        "nth-unit" => Element::NthUnit(Article::Without),
        "the-nth-unit" => Element::NthUnit(Article::With),
        "comma" => Element::Mark(&[',', '،']),
        "slash" => Element::Mark(&['/', '\\']),
        "dash" => Element::Mark(&['-', '–', '—']),
        "open" => Element::Mark(&['(', '[']),
        "close" => Element::Mark(&[')', ']']),
        "to!" => Element::Do(Action::To),
        "forget!" => Element::Do(Action::Forget),
        "aside!" => Element::Do(Action::Aside),
        "no-date!" => Element::Do(Action::NoDate),
        "no-number!" => Element::Do(Action::NoNumber),
        "no-ordinal!" => Element::Do(Action::NoOrdinal),
        "bracket!" => Element::Do(Action::Bracket),
        "alone!" => Element::Do(Action::Alone),
        _ => return class_element(table, name),
    };
    Some(known)
}

fn class_element(table: &Table, name: &str) -> Option<Element> {
    // A class whose own name begins so (`the-last`) goes first.
    let (class_name, article) = match (name.strip_suffix('~'), name.strip_prefix("the-")) {
        (Some(either), _) => (either, Article::Either),
        (None, Some(bare)) if table.class(name).is_none() => (bare, Article::With),
        _ => (name, Article::Without),
    };
    let units = [
        ("second-word", Unit::Second),
        ("minute-word", Unit::Minute),
        ("hour-word", Unit::Hour),
        ("day-word", Unit::Day),
        ("week-word", Unit::Week),
        ("month-word", Unit::Month),
        ("year-word", Unit::Year),
        ("decade-word", Unit::Decade),
        ("century-word", Unit::Century),
    ];
    if let Some(&(_, unit)) = units.iter().find(|&&(known, _)| known == class_name) {
        return Some(Element::UnitName(unit, article));
    }
    let class = table.class(class_name)?;
    Some(match (class_name, article) {
        ("unit", Article::With) => Element::Shifted(class),
        ("unit" | "units" | "dual", article) => Element::Counted(class, article),
        // Words that are listed with their article have no other form.
        (_, Article::Without) if name == class_name => Element::Class(class, Article::Without),
        (_, article) => Element::Class(class, article),
    })
}

/// What is asked of the text around an expression.
pub(super) trait Around {
    /// Whether the number that ends at `end`, in bytes of the folded text, counts what stands behind it: money, per cent.
    fn counts(&self, end: usize) -> bool;
}

/// A text, cut.
#[allow(clippy::struct_field_names)]
pub(super) struct Text<'t, 'a> {
    pub(super) text: &'t str,
    pub(super) items: &'t [Item<'t>],
    pub(super) literals: &'t [Literal],
    /// The number that begins with each item.
    pub(super) numerals: &'t [Option<Numeral>],
    pub(super) around: &'a dyn Around,
}

impl Text<'_, '_> {
    fn is_after_preposition(&self, begin: usize) -> bool {
        self.text.get(..begin).is_some_and(|ahead| ahead.ends_with('ب'))
    }
}

/// An expression of time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    /// Of the items, what it takes.
    pub(super) items: std::ops::Range<usize>,
    pub(super) said: Said,
}

/// What has been read of an expression.
#[derive(Clone, Debug, Default)]
struct Builder {
    said: Said,
    first: Option<Said>,
    unit: Option<Unit>,
    this: bool,
    nth: Option<i8>,
    nth_unit: Option<Unit>,
    count: Option<i64>,
    outside: usize,
    aside: bool,
}

impl Grammar {
    /// The expressions of a text, in order, disjoint.
    pub(super) fn expressions(&self, text: &Text<'_, '_>) -> Vec<Expression> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.items.len() {
            match self.longest(text, at) {
                Some(expression) => {
                    at = expression.items.end.max(at + 1);
                    found.push(expression);
                }
                None => at += 1,
            }
        }
        found
    }

    fn longest(&self, text: &Text<'_, '_>, at: usize) -> Option<Expression> {
        let item = text.items.get(at)?;
        let mut best: Option<(usize, usize, Builder)> = None;
        let mut tried: u128 = 0;
        let mut try_all = |rules: &[usize]| {
            for &rule in rules {
                let bit = 1_u128.checked_shl(u32::try_from(rule).unwrap_or(u32::MAX)).unwrap_or_default();
                if tried & bit != 0 && bit != 0 {
                    continue;
                }
                tried |= bit;
                let Some(&begin) = self.rules.get(rule) else { continue };
                let mut search = Search { steps: MOST_STEPS, visited: Vec::new(), longest: None };
                self.search(text, begin, at, at, &Builder::default(), &mut search);
                if let Some((end, builder)) = search.longest
                    && best.as_ref().is_none_or(|&(other, of, _)| end > other || end == other && rule < of)
                {
                    best = Some((end, rule, builder));
                }
            }
        };
        for entry in item.entries() {
            if let Sense::Word(class, _) = entry.sense {
                try_all(self.by_class.get(&class.index()).map(Vec::as_slice).unwrap_or_default());
                try_all(self.by_class.get(&u16::MAX).map(Vec::as_slice).unwrap_or_default());
            }
        }
        match item.what {
            What::Literal(_) => {
                try_all(&self.by_literal);
                try_all(&self.by_number);
            }
            What::Mark(_) => try_all(&self.by_mark),
            What::Words(_) if text.numerals.get(at).is_some_and(Option::is_some) => try_all(&self.by_number),
            What::Words(_) => {}
        }
        let (end, _, builder) = best?;
        let items = at + builder.outside..end;
        Some(Expression { items, said: builder.finish()? })
    }

    /// Looks for the longest way from `node` at item `at`.
    fn search(
        &self,
        text: &Text<'_, '_>,
        node: usize,
        begin: usize,
        at: usize,
        builder: &Builder,
        search: &mut Search,
    ) {
        let Some(left) = search.steps.checked_sub(1) else { return };
        search.steps = left;
        if left < MOST_STEPS - FREE_STEPS {
            if search.visited.contains(&(node, at)) {
                return;
            }
            search.visited.push((node, at));
        }
        match self.steps.get(node) {
            Some(Node::End)
                if search.longest.as_ref().is_none_or(|&(end, _)| at > end)
                    && at > begin + builder.outside =>
            {
                search.longest = Some((at, builder.clone()));
            }
            Some(Node::Either(ways)) => {
                for &way in ways {
                    self.search(text, way, begin, at, builder, search);
                }
            }
            Some(&Node::Step(step, next)) => {
                if !Self::may_take(text, step, begin, at) {
                    return;
                }
                let mut after = builder.clone();
                if let Some(end) = self.take(text, step, at, &mut after) {
                    if step.outside {
                        after.outside = end - begin;
                    }
                    self.search(text, next, begin, end, &after, search);
                }
            }
            Some(Node::End) | None => {}
        }
    }

    /// Whether the item at `at` may be what a step asks for: what nearly all that are tried are not.
    fn may_take(text: &Text<'_, '_>, step: Step, begin: usize, at: usize) -> bool {
        if let Element::Do(_) = step.element {
            return true;
        }
        let Some(item) = text.items.get(at) else { return false };
        if at > begin && !item.follows {
            return false;
        }
        // What is written together with the first word stays outside; later words must have what the pattern says.
        let fits = item.conjunction == step.conjunction && item.preposition == step.preposition;
        if !(fits || at == begin && !step.conjunction) {
            return false;
        }
        let has = |of: &dyn Fn(&Entry) -> bool| item.entries().iter().any(of);
        match step.element {
            Element::Class(class, _) | Element::Counted(class, _) | Element::Shifted(class) => {
                has(&|entry| entry.is(class))
            }
            Element::UnitName(unit, _) => has(&|entry| entry.is_unit(unit)),
            Element::Number(_) => text.numerals.get(at).is_some_and(Option::is_some),
            Element::Date(_) | Element::Clock => matches!(item.what, What::Literal(_)),
            Element::Mark(marks) => matches!(item.what, What::Mark(c) if marks.contains(&c)),
            _ => matches!(item.what, What::Words(_)),
        }
    }

    /// Takes a step at item `at`: the item behind it, if it fits.
    fn take(&self, text: &Text<'_, '_>, step: Step, at: usize, builder: &mut Builder) -> Option<usize> {
        if let Element::Do(action) = step.element {
            return self.act(text, action, at, builder).then_some(at);
        }
        let item = text.items.get(at)?;
        let quiet = builder.aside;
        let says = |of: &dyn Fn(&Entry) -> bool| {
            item.entries().iter().find(|entry| of(entry)).and_then(|entry| match entry.sense {
                Sense::Word(_, says) => Some(says),
                Sense::Number(_) | Sense::Measure(_) => None,
            })
        };
        match step.element {
            Element::Class(class, article) => {
                let says = says(&|entry| entry.is(class) && fits_article(entry, article))?;
                // `الأحد عشر` is a number.
                let is_longer = text
                    .numerals
                    .get(at)
                    .and_then(Option::as_ref)
                    .is_some_and(|numeral| numeral.next > at + 1);
                if says.weekday.is_some() && is_longer {
                    return None;
                }
                (quiet || builder.merge(&says)).then_some(at + 1)
            }
            Element::SureMonth => {
                let sure = |says: &Says| says.month.is_some() && !says.hijri && !says.common;
                let says = says(
                    &|entry| matches!(entry.sense, Sense::Word(class, says) if sure(&says) && self.month == Some(class)),
                )?;
                (quiet || builder.merge(&says)).then_some(at + 1)
            }
            Element::UnitName(unit, article) => {
                says(&|entry| entry.is_unit(unit) && fits_article(entry, article)).map(|_| at + 1)
            }
            Element::ListedWeekday => {
                says(&|entry| matches!(entry.sense, Sense::Word(_, says) if says.weekday.is_some()))
                    .map(|_| at + 1)
            }
            Element::YearWords => says(&|entry| entry.is_unit(Unit::Year)).map(|_| at + 1),
            Element::Counted(class, article) => {
                let says = says(&|entry| entry.is(class) && fits_article(entry, article))?;
                let dual = item.entries().iter().any(|entry| entry.is(class) && self.is_dual(entry));
                (quiet || builder.length(says.unit?, dual)).then_some(at + 1)
            }
            Element::Shifted(class) => {
                let says = says(&|entry| entry.is(class) && entry.article)?;
                (quiet || builder.unit(says.unit?)).then_some(at + 1)
            }
            Element::NthUnit(article) => {
                let says = says(&|entry| {
                    matches!(entry.sense, Sense::Word(_, says) if says.unit.is_some())
                        && fits_article(entry, article)
                })?;
                builder.nth_unit = says.unit;
                Some(at + 1)
            }
            Element::Number(role) => {
                let numeral = text.numerals.get(at)?.as_ref()?;
                let fits = builder.number(text, role, numeral, quiet)?;
                fits.then_some(numeral.next)
            }
            Element::Date(calendar) => {
                let What::Literal(index) = item.what else { return None };
                let &Kind::Date { year, month, day } = &text.literals.get(index)?.kind else { return None };
                let is_hijri = HIJRI_YEARS.contains(&year);
                if is_hijri != (calendar == Calendar::Hijri) {
                    return None;
                }
                (quiet || builder.day(calendar, year, month, day)).then_some(at + 1)
            }
            Element::Clock => {
                let What::Literal(index) = item.what else { return None };
                let &Kind::Clock { hour, minute, second } = &text.literals.get(index)?.kind else {
                    return None;
                };
                let clock = Clock { hour, minute: Some(minute), second, after_noon: None, offset: None };
                (quiet || set(&mut builder.said.clock, clock)).then_some(at + 1)
            }
            Element::Mark(marks) => match item.what {
                What::Mark(c) if marks.contains(&c) => Some(at + 1),
                _ => None,
            },
            Element::Do(_) => None,
        }
    }

    fn is_dual(&self, entry: &Entry) -> bool {
        matches!(entry.sense, Sense::Word(class, _) if self.dual == Some(class))
    }

    fn act(&self, text: &Text<'_, '_>, action: Action, at: usize, builder: &mut Builder) -> bool {
        match action {
            Action::To => {
                let outside = builder.outside;
                let first = std::mem::take(builder).close();
                *builder = Builder { first, outside, ..Builder::default() };
                builder.first.is_some()
            }
            Action::Forget => {
                builder.said.year = None;
                builder.said.month = None;
                builder.said.day = None;
                builder.said.which = None;
                builder.said.calendar = Calendar::Gregorian;
                true
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

/// Years that dates in digits have in the Hijri calendar alone.
const HIJRI_YEARS: std::ops::RangeInclusive<u32> = 1350..=1500;

fn fits_article(entry: &Entry, article: Article) -> bool {
    match article {
        Article::Either => true,
        Article::With => entry.article,
        Article::Without => !entry.article || !entry.may_have_article,
    }
}

fn set<T: PartialEq>(field: &mut Option<T>, value: T) -> bool {
    if let Some(known) = field {
        return *known == value;
    }
    *field = Some(value);
    true
}

impl Builder {
    /// Adds what a word says, unless something else was said.
    fn merge(&mut self, says: &Says) -> bool {
        let said = &mut self.said;
        let mut fits = true;
        macro_rules! take {
            ($($field:ident),*) => { $( if let Some(value) = says.$field { fits &= set(&mut said.$field, value); } )* };
        }
        take!(days, weekday, season, part, stretch, month, day, decade, quarter, half, direction);
        if let Some(which) = says.which {
            fits &= match self.unit.take() {
                Some(unit) => shift(said, unit, which),
                // `هذا`: what it points to is said behind it.
                None if which == Which::This && !self.this => {
                    self.this = true;
                    true
                }
                None => set(&mut said.which, which),
            };
        }
        if let Some(hour_half) = says.after_noon {
            match &mut self.said.clock {
                Some(clock) => clock.after_noon = Some(hour_half),
                None => return false,
            }
        }
        if let Some(offset) = says.offset {
            match &mut self.said.clock {
                Some(clock) => clock.offset = Some(offset),
                None => return false,
            }
        }
        if let Some(nth) = says.nth {
            fits &= set(&mut self.nth, nth);
        }
        self.said.now |= says.now;
        self.said.every |= says.every;
        if says.hijri {
            self.said.calendar = Calendar::Hijri;
        }
        if says.before_christ {
            self.said.year = self.said.year.map(|year| -year);
        }
        fits
    }

    fn unit(&mut self, unit: Unit) -> bool {
        if std::mem::take(&mut self.this) {
            return shift(&mut self.said, unit, Which::This);
        }
        if self.said.which == Some(Which::Same) {
            return true;
        }
        set(&mut self.unit, unit)
    }

    fn length(&mut self, unit: Unit, dual: bool) -> bool {
        let thousandths = match self.count.take() {
            Some(_) if dual => return false,
            Some(count) => count,
            None if dual => 2000,
            None => 1000,
        };
        self.said.length.push(Length { thousandths, unit });
        true
    }

    fn day(&mut self, calendar: Calendar, year: u32, month: u32, day: u32) -> bool {
        self.said.calendar = calendar;
        let (Ok(year), Ok(month), Ok(day)) = (i32::try_from(year), u8::try_from(month), u8::try_from(day))
        else {
            return false;
        };
        set(&mut self.said.year, year) && set(&mut self.said.month, month) && set(&mut self.said.day, day)
    }

    #[allow(clippy::too_many_lines)]
    /// Adds a number in its role; `None` where it is none of that role.
    fn number(&mut self, text: &Text<'_, '_>, role: Role, numeral: &Numeral, quiet: bool) -> Option<bool> {
        let whole = numeral.whole();
        let within = |range: std::ops::RangeInclusive<u32>| whole.filter(|number| range.contains(number));
        let byte = |number: u32| u8::try_from(number).ok();
        let year = |number: u32| i32::try_from(number).ok();
        let short = numeral.digits.is_some_and(|digits| digits <= 2);
        let four = numeral.digits == Some(4);
        let cardinal = numeral.kind == Counted::Cardinal;
        let Self { said, count: pending, nth: pending_nth, .. } = self;
        let fits = match role {
            Role::Day => {
                let day = byte(within(1..=31).filter(|_| short)?)?;
                quiet || set(&mut said.day, day)
            }
            Role::OrdinalDay => {
                let ordinal = numeral.kind == Counted::Ordinal
                    || cardinal && numeral.definite && matches!(whole, Some(20 | 30));
                let day = byte(within(1..=31).filter(|_| ordinal && numeral.in_words())?)?;
                quiet || set(&mut said.day, day)
            }
            Role::ListedDay => short && within(1..=31).is_some(),
            Role::MonthNumber => {
                let month = byte(within(1..=12).filter(|_| short || numeral.in_words())?)?;
                quiet || set(&mut said.month, month)
            }
            Role::Year | Role::RecentYear | Role::HijriYear => {
                let range = match role {
                    Role::Year => 1000..=2999,
                    Role::RecentYear => 1900..=2099,
                    _ => 200..=1600,
                };
                let long = four || role == Role::HijriYear && numeral.digits == Some(3);
                let number = within(range).filter(|_| long && !text.around.counts(numeral.end))?;
                // A round number is as often one of things.
                if role == Role::RecentYear && number % 100 == 0 {
                    return None;
                }
                if role == Role::HijriYear && !quiet {
                    said.calendar = Calendar::Hijri;
                }
                quiet || set(&mut said.year, year(number)?)
            }
            Role::AnyYear => set(&mut said.year, year(within(1..=9999).filter(|_| !numeral.in_words())?)?),
            Role::YearInWords => {
                let number = within(1000..=2999).filter(|_| numeral.in_words() && cardinal)?;
                quiet || set(&mut said.year, year(number)?)
            }
            Role::Hour | Role::HourDigits | Role::TheClockHour => {
                let hour = match role {
                    Role::HourDigits => within(0..=24).filter(|_| short)?,
                    Role::TheClockHour => {
                        within(1..=12).filter(|_| numeral.in_words() && numeral.definite)?
                    }
                    _ => within(0..=24).filter(|_| short || numeral.in_words())?,
                };
                let clock =
                    Clock { hour: byte(hour)?, minute: None, second: None, after_noon: None, offset: None };
                set(&mut said.clock, clock)
            }
            Role::Minute | Role::MinusMinute | Role::HourFraction | Role::MinusFraction => {
                let minute = match role {
                    Role::Minute | Role::MinusMinute => within(0..=59)?,
                    _ => {
                        let minutes = numeral.value.as_ref().filter(|_| numeral.kind == Counted::Fraction)?;
                        match minutes.thousandths_rounded()? {
                            500 => 30,
                            333 => 20,
                            250 => 15,
                            _ => return None,
                        }
                    }
                };
                let clock = said.clock.as_mut()?;
                if clock.minute.is_some() {
                    return None;
                }
                if matches!(role, Role::MinusMinute | Role::MinusFraction) {
                    clock.hour = if clock.hour <= 1 { 12 } else { clock.hour - 1 };
                    clock.minute = byte(60 - minute);
                } else {
                    clock.minute = byte(minute);
                }
                true
            }
            // `بالمئة` behind a number belongs to that.
            Role::Count if whole == Some(100) && text.is_after_preposition(numeral.begin) => return None,
            Role::Count => {
                let count = numeral.value.as_ref()?.thousandths().filter(|_| cardinal)?;
                set(pending, count)
            }
            Role::FractionCount => {
                let count = numeral.value.as_ref()?.thousandths_rounded()?;
                (numeral.kind == Counted::Fraction).then_some(())?;
                set(pending, count)
            }
            Role::HalfMore => {
                let more = numeral.value.as_ref().filter(|_| numeral.kind == Counted::Fraction)?;
                let last = said.length.last_mut()?;
                last.thousandths = last.thousandths.checked_add(more.thousandths_rounded()?)?;
                true
            }
            Role::Nth | Role::TheNth => {
                let ordinal = numeral.kind == Counted::Ordinal && numeral.definite == (role == Role::TheNth);
                let n = within(1..=31).filter(|_| ordinal)?;
                set(pending_nth, i8::try_from(n).ok()?)
            }
            Role::TheQuarter => {
                let n = within(1..=4).filter(|_| numeral.kind == Counted::Ordinal && numeral.definite)?;
                set(&mut said.quarter, byte(n)?)
            }
            Role::TheHalf => {
                let n = within(1..=2).filter(|_| numeral.kind == Counted::Ordinal && numeral.definite)?;
                set(&mut said.half, byte(n)?)
            }
            Role::Century => {
                let n = within(1..=30).filter(|_| numeral.definite || numeral.digits.is_some())?;
                set(&mut said.century, year(n)?)
            }
        };
        Some(fits)
    }

    /// What was said, without the other end of a range.
    fn close(mut self) -> Option<Said> {
        if self.this {
            set(&mut self.said.which, Which::This);
        }
        if let Some(n) = self.nth {
            self.said.nth = Some(Nth { n, of: self.nth_unit.unwrap_or(Unit::Day) });
        }
        // A count without what it counts, a unit without a place.
        if self.count.is_some() {
            return None;
        }
        Some(self.said)
    }

    fn finish(mut self) -> Option<Said> {
        let first = self.first.take();
        let last = self.close()?;
        Some(match first {
            Some(mut first) => {
                first.to = Some(Box::new(last));
                first
            }
            None => last,
        })
    }
}

/// Says that a unit is so far from the anchor's.
fn shift(said: &mut Said, unit: Unit, which: Which) -> bool {
    let by = match which {
        Which::BeforeLast => -2,
        Which::Last => -1,
        Which::This => 0,
        Which::Next => 1,
        Which::AfterNext => 2,
        Which::Same => return set(&mut said.which, Which::Same),
    };
    let field = match unit {
        Unit::Day => &mut said.days,
        Unit::Week => &mut said.weeks,
        Unit::Month => &mut said.months,
        Unit::Quarter => &mut said.quarters,
        Unit::Year => &mut said.years,
        Unit::Decade => &mut said.decades,
        Unit::Century => &mut said.centuries,
        Unit::HalfYear | Unit::Season | Unit::Hour | Unit::Minute | Unit::Second => return false,
    };
    set(field, by)
}
