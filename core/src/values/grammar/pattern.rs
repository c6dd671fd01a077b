//! The patterns, compiled.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::role::Role;
use super::signs::Signs;
use crate::KnowledgeError;
use crate::segment::rules::read;
use crate::values::time::said::{Calendar, Unit};
use crate::values::words::{Class, Table};

/// The patterns, as nodes that lead to nodes.
#[derive(Debug, Default)]
pub(in crate::values) struct Grammar {
    pub(super) nodes: Vec<Node>,
    /// Of each node what the item may be that it takes first.
    first: Vec<First>,
    /// Of each sign the rules that an item with it may begin.
    pub(super) by_sign: Vec<Begun>,
    /// The signs that any have, and those that have any that such an item may be all of.
    pub(super) begins: Signs,
    pub(super) begins_alone: Signs,
    /// Classes that `no-date!` asks for, and those that may follow where `alone!` stands.
    pub(super) dates: Vec<Class>,
    pub(super) joints: Vec<Class>,
    /// `من العمر`
    pub(super) of_age: Option<Class>,
    pub(super) month: Option<Class>,
    pub(super) dual: Option<Class>,
}

/// The rules that an item of a sign may begin, by their first nodes.
#[derive(Clone, Debug, Default)]
pub(super) struct Begun {
    /// Those that such an item may be all of.
    pub(super) alone: Vec<usize>,
    /// The others.
    pub(super) longer: Vec<Way>,
}

/// What a way from a node to the end may begin with: what the items may be that it takes first, second and third.
/// [`Signs::END`] is with those that it need not take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct First([Signs; 3]);

#[derive(Clone, Debug)]
pub(super) enum Node {
    Step(Step, usize),
    /// The better way first; none of them leads to more ways at once.
    Either(Vec<Way>),
    End,
}

/// One of several ways on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) first: First,
    pub(super) node: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) element: Element,
    /// What an item is that the element may take.
    pub(super) signs: Signs,
    pub(super) conjunction: bool,
    pub(super) preposition: Option<char>,
    pub(super) outside: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Article {
    Without,
    With,
    Either,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Element {
    Class(Class, Article),
    /// A unit's name, which says nothing more.
    UnitName(Unit, Article),
    /// Several years.
    YearWords,
    /// A weekday between the first and the last.
    ListedWeekday(Class),
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
    Mark(Mark),
    Do(Action),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Comma,
    Slash,
    Dash,
    Open,
    Close,
}

impl Mark {
    pub(super) fn of(c: char) -> Option<Self> {
        Some(match c {
            ',' | '،' => Self::Comma,
            '/' | '\\' => Self::Slash,
            '-' | '–' | '—' => Self::Dash,
            '(' | '[' => Self::Open,
            ')' | ']' => Self::Close,
            _ => return None,
        })
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    To,
    Forget,
    Aside,
    NoDate,
    NoNumber,
    NoOrdinal,
    Alone,
    /// The length is an age; or it is one by what follows.
    Age,
    OfAge,
    Bracket,
    /// Nothing else stands before it in the text, behind it.
    First,
    Last,
    /// What the last number counts stands before it.
    Counted,
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

impl Grammar {
    /// The patterns that are compiled in.
    pub(in crate::values) fn built_in(table: &Table) -> Result<Self, KnowledgeError> {
        let file: File = read(FILE, include_str!("../../../../data/values/grammar.toml"))?;
        let problem = |problem: String| KnowledgeError { file: FILE.to_owned(), line: 0, problem };
        if table.classes() > Signs::CLASSES {
            let classes = table.classes();
            return Err(problem(format!(
                "{classes} classes of words; at most {} are told apart",
                Signs::CLASSES
            )));
        }
        let mut grammar = Self { by_sign: vec![Begun::default(); Signs::COUNT], ..Self::default() };
        let dates = ["deictic", "weekday", "month", "hijri-month"];
        grammar.dates = dates.iter().filter_map(|name| table.class(name)).collect();
        let joints =
            ["of", "in", "on", "at", "to", "from", "between", "corresponding", "before", "after", "since"];
        grammar.joints = joints.iter().filter_map(|name| table.class(name)).collect();
        grammar.of_age = table.class("of-age");
        (grammar.month, grammar.dual) = (table.class("month"), table.class("dual"));
        for row in &file.rule {
            let problem = |what: String| problem(format!("rule `{}`: {what}", row.name));
            let mut tokens = Vec::new();
            expand(&row.pattern, &file.parts, DEEPEST, &mut tokens).map_err(problem)?;
            let end = grammar.push(Node::End);
            let begin = grammar.compile(table, &tokens, end).map_err(problem)?;
            let mut ways = Vec::new();
            grammar.add_ways(&mut ways, begin);
            for (sign, rules) in grammar.by_sign.iter_mut().enumerate() {
                let ways = ways.iter().map(|way| way.first).filter(|First([first, ..])| first.has(sign));
                match ways.reduce(First::or) {
                    Some(First([_, second, _])) if second.meets(Signs::END) => rules.alone.push(begin),
                    Some(first) => rules.longer.push(Way { first, node: begin }),
                    None => {}
                }
            }
        }
        for (sign, begun) in grammar.by_sign.iter().enumerate() {
            if !begun.alone.is_empty() {
                grammar.begins_alone = grammar.begins_alone.with(sign);
            }
            if !(begun.alone.is_empty() && begun.longer.is_empty()) {
                grammar.begins = grammar.begins.with(sign);
            }
        }
        Ok(grammar)
    }

    /// Adds a node, which may lead to those there are.
    fn push(&mut self, node: Node) -> usize {
        let of = |node: &usize| self.first.get(*node).copied().unwrap_or_default();
        let first = match &node {
            Node::Step(Step { element: Element::Do(_), .. }, next) => of(next),
            Node::Step(step, next) => {
                let First([first, second, _]) = of(next);
                First([step.signs, first, second])
            }
            Node::Either(ways) => {
                let ways = ways.iter().map(|way| way.first);
                ways.reduce(First::or).unwrap_or_default()
            }
            Node::End => First([Signs::END; 3]),
        };
        self.first.push(first);
        self.nodes.push(node);
        self.nodes.len() - 1
    }

    /// Adds what `node` leads to.
    fn add_ways(&self, ways: &mut Vec<Way>, node: usize) {
        match self.nodes.get(node) {
            Some(Node::Either(more)) => ways.extend(more),
            _ => ways.push(Way { first: self.first.get(node).copied().unwrap_or_default(), node }),
        }
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
                    let node = self.compile(table, way, next)?;
                    self.add_ways(&mut ways, node);
                }
                if last == "]" {
                    self.add_ways(&mut ways, next);
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
}

impl First {
    /// What one of two ways may begin with.
    fn or(self, Self([first, second, third]): Self) -> Self {
        let Self(own) = self;
        Self([own[0] | first, own[1] | second, own[2] | third])
    }

    /// Whether a way may begin at an item of the signs `is`, with such as are `ahead` behind it.
    pub(super) fn may_be(&self, is: Signs, [next, third]: [Signs; 2]) -> bool {
        let Self(own) = self;
        own[0].meets(is | Signs::END) && own[1].meets(next | Signs::END) && own[2].meets(third | Signs::END)
    }
}

impl Element {
    /// What an item is that it may take.
    fn signs(self) -> Signs {
        match self {
            Self::Class(class, _)
            | Self::Counted(class, _)
            | Self::Shifted(class)
            | Self::ListedWeekday(class) => Signs::class(class),
            Self::UnitName(unit, _) => Signs::unit(unit),
            Self::YearWords => Signs::unit(Unit::Year),
            Self::SureMonth => Signs::SURE_MONTH,
            Self::NthUnit(_) => Signs::any_unit(),
            Self::Number(role) => Signs::role(role),
            Self::Date(calendar) => Signs::date(calendar),
            Self::Clock => Signs::CLOCK,
            Self::Mark(mark) => Signs::mark(mark),
            Self::Do(_) => Signs::default(),
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
    let mut step = Step {
        element: Element::Clock,
        signs: Signs::default(),
        conjunction: false,
        preposition: None,
        outside: false,
    };
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
    step.signs = step.element.signs();
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
        "spelled-year" => Element::Number(Role::SpelledYear),
        "old-year" => Element::Number(Role::OldYear),
        "hijri-year" => Element::Number(Role::HijriYear),
        "hour" => Element::Number(Role::Hour),
        "hour-and-part" => Element::Number(Role::HourAndPart),
        "hour-digits" => Element::Number(Role::HourDigits),
        "the-clock-hour" => Element::Number(Role::TheClockHour),
        "minute" => Element::Number(Role::Minute),
        "minus-minute" => Element::Number(Role::MinusMinute),
        "hour-fraction" => Element::Number(Role::HourFraction),
        "minus-fraction" => Element::Number(Role::MinusFraction),
        "count" => Element::Number(Role::Count),
        "count-behind" => Element::Number(Role::CountBehind),
        "fraction-count" => Element::Number(Role::FractionCount),
        "half-more" => Element::Number(Role::HalfMore),
        "nth" => Element::Number(Role::Nth),
        "the-nth" => Element::Number(Role::TheNth),
        "the-quarter" => Element::Number(Role::TheQuarter),
        "the-half" => Element::Number(Role::TheHalf),
        "the-age" => Element::Number(Role::Age),
        "century-number" => Element::Number(Role::Century),
        "date" => Element::Date(Calendar::Gregorian),
        "hijri-date" => Element::Date(Calendar::Hijri),
        "clock" => Element::Clock,
        "year-words" => Element::YearWords,
        "listed-weekday~" => Element::ListedWeekday(table.class("weekday")?),
        "sure-month" => Element::SureMonth,
        "nth-unit" => Element::NthUnit(Article::Without),
        "the-nth-unit" => Element::NthUnit(Article::With),
        "comma" => Element::Mark(Mark::Comma),
        "slash" => Element::Mark(Mark::Slash),
        "dash" => Element::Mark(Mark::Dash),
        "open" => Element::Mark(Mark::Open),
        "close" => Element::Mark(Mark::Close),
        "to!" => Element::Do(Action::To),
        "forget!" => Element::Do(Action::Forget),
        "aside!" => Element::Do(Action::Aside),
        "no-date!" => Element::Do(Action::NoDate),
        "no-number!" => Element::Do(Action::NoNumber),
        "no-ordinal!" => Element::Do(Action::NoOrdinal),
        "bracket!" => Element::Do(Action::Bracket),
        "alone!" => Element::Do(Action::Alone),
        "age!" => Element::Do(Action::Age),
        "of-age!" => Element::Do(Action::OfAge),
        "first!" => Element::Do(Action::First),
        "last!" => Element::Do(Action::Last),
        "counted!" => Element::Do(Action::Counted),
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
