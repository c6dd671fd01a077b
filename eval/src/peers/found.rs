//! What the program says of a case that asks for mentions, and what of it is right.

use warraq_core::entities::EntityType;
use warraq_core::values::Value as Ours;
use warraq_core::{Document, Span};

use super::table::{Table, What};
use super::wanted::{Value, Wanted};

/// A mention of ours.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) span: Span,
    kind: EntityType,
    /// Whether it is of what the case asks for; else it only holds a number.
    asked: bool,
    pub(super) value: Option<Ours>,
}

/// What is right of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Right {
    /// All that is asked for is found where it stands, and nothing else of its kind.
    pub(super) spans: bool,
    /// All values are right, wherever their mentions end; unset where none is asked for.
    pub(super) values: Option<bool>,
    pub(super) both: bool,
}

/// What the program says of `what` in a document, and the amounts where numbers are asked for: a number that counts
/// money or a measure is with us in the amount.
pub(super) fn found(document: &Document<'_>, what: What) -> Vec<Found> {
    let mut found = Vec::new();
    for entity in document.entities() {
        let asked = what.is_of(entity.kind, entity.subtype.as_deref());
        let holds = what == What::Number
            && matches!(
                entity.kind,
                EntityType::Money | EntityType::Percent | EntityType::Quantity | EntityType::Duration
            );
        if asked || holds {
            let value = &entity.value;
            found.extend(entity.mentions.iter().map(|mention| Found {
                span: mention.span,
                kind: entity.kind,
                asked,
                value: value.clone(),
            }));
        }
    }
    found.sort_by_key(|found| found.span);
    found
}

impl Found {
    /// For people.
    pub(super) fn words(&self, text: &str) -> String {
        let value = self.value.as_ref().map_or("-".to_owned(), ToString::to_string);
        match &self.value {
            Some(Ours::Time(time)) => format!(
                "{} = {value} from {} to {}",
                self.span.of(text),
                time.begin.as_deref().unwrap_or("-"),
                time.end.as_deref().unwrap_or("-"),
            ),
            _ => format!("{} = {value}", self.span.of(text)),
        }
    }

    /// Whether a case that does not ask for it is wrong with it. A length of time that is counted from no point is no
    /// time to a peer.
    fn is_too_much(&self, what: What) -> bool {
        let counted = || matches!(&self.value, Some(Ours::Time(time)) if time.begin.is_some());
        self.asked && (what != What::Time || self.kind != EntityType::Duration || counted())
    }
}

/// How spans and values are compared.
pub(super) struct Comparison<'c> {
    pub(super) table: &'c Table,
    pub(super) what: What,
    pub(super) text: &'c str,
}

impl Comparison<'_> {
    pub(super) fn right(&self, wanted: &[Wanted], found: &[Found]) -> Right {
        let found = &self.with_their_days(wanted, found);
        let mut left: Vec<&Found> = found.iter().collect();
        let (mut spans, mut both) = (true, true);
        for wanted in wanted {
            match left.iter().position(|found| self.same_span(wanted, found)) {
                Some(at) => both &= self.same_value(wanted, left.remove(at)),
                None => spans = false,
            }
        }
        spans &= !left.iter().any(|found| found.is_too_much(self.what));
        let mut asked = wanted.iter().filter(|wanted| wanted.value.is_some()).peekable();
        let values = asked.peek().is_some().then(|| {
            asked.all(|wanted| {
                found.iter().any(|found| found.span.overlaps(wanted.span) && self.same_value(wanted, found))
            })
        });
        Right { spans, values, both: spans && both }
    }

    /// The same with each time of day and the day that stands beside it as one, where a case asks for both as one: with us
    /// they are two mentions, but the value of the time of day says its day, and must say that one.
    fn with_their_days(&self, wanted: &[Wanted], found: &[Found]) -> Vec<Found> {
        let mut joined: Vec<Found> = Vec::with_capacity(found.len());
        for found in found {
            if let Some(last) = joined.last_mut()
                && self.what == What::Time
                && wanted
                    .iter()
                    .any(|wanted| [last.span, found.span].iter().all(|span| wanted.span.overlaps(*span)))
                && let Some(whole) = self.day_and_time(last, found)
            {
                *last = whole;
            } else {
                joined.push(found.clone());
            }
        }
        joined
    }

    fn day_and_time(&self, first: &Found, second: &Found) -> Option<Found> {
        let (day, time) = match (first.kind, second.kind) {
            (EntityType::Date, EntityType::Time) => (first, second),
            (EntityType::Time, EntityType::Date) => (second, first),
            _ => return None,
        };
        let gap = Span::new(first.span.end, second.span.begin.max(first.span.end)).of(self.text);
        let mut words = gap.split([' ', ',', '،']).filter(|word| !word.is_empty());
        let (Some(Ours::Time(of_day)), Some(Ours::Time(of_time))) = (&day.value, &time.value) else {
            return None;
        };
        (words.all(|word| self.table.beside.prepositions.iter().any(|known| known == word))
            && of_time.value.starts_with(&of_day.value))
        .then(|| Found { span: Span::new(first.span.begin, second.span.end), ..time.clone() })
    }

    /// Whether both are the same but for words about which a peer and the guidelines differ.
    fn same_span(&self, wanted: &Wanted, found: &Found) -> bool {
        let between = |a: u32, b: u32| Span::new(a.min(b), a.max(b)).of(self.text).trim();
        let (head, tail) =
            (between(wanted.span.begin, found.span.begin), between(wanted.span.end, found.span.end));
        if !found.asked {
            // The number alone, of an amount.
            return found.span.contains(wanted.span) && (head.is_empty() || tail.is_empty());
        }
        if !found.span.overlaps(wanted.span) {
            return false;
        }
        let beside = &self.table.beside;
        let bounds: &[String] = match self.what {
            What::Money | What::Quantity | What::Percent => &beside.bounds,
            _ => &[],
        };
        let is_one = |words: &str, of: &[String]| of.iter().any(|known| known == words);
        let before = head.is_empty()
            || is_one(head, &beside.prepositions)
            || is_one(head, bounds)
            || found.span.begin < wanted.span.begin && is_one(head, &beside.inside);
        before && (tail.is_empty() || is_one(tail, bounds))
    }

    fn same_value(&self, wanted: &Wanted, found: &Found) -> bool {
        let Some(value) = &wanted.value else { return true };
        match (value, &found.value) {
            (Value::Number(number), Some(Ours::Number { decimal, end: None })) => {
                // With its sign a percentage is so many hundredths to a peer of numbers.
                let whole = self.what == What::Number
                    && found.kind == EntityType::Percent
                    && wanted.span == found.span;
                is(*number, decimal, if whole { 0.01 } else { 1.0 })
            }
            // So are thousandths and millionths.
            (Value::Number(number), Some(Ours::Quantity { decimal, end: None, unit }))
                if wanted.span == found.span && part_of_one(unit).is_some() =>
            {
                part_of_one(unit).is_some_and(|part| is(*number, decimal, part))
            }
            (
                Value::Number(wanted),
                Some(
                    Ours::Money { amount, end: None, .. } | Ours::Quantity { decimal: amount, end: None, .. },
                ),
            ) => is(*wanted, amount, 1.0),
            (
                Value::Amount { number, end, units },
                Some(
                    Ours::Money { amount, end: ours, currency: unit }
                    | Ours::Quantity { decimal: amount, end: ours, unit },
                ),
            ) => {
                let times = if units.contains(unit) {
                    Some(1.0)
                } else {
                    let multiple =
                        self.table.multiples.get(unit).filter(|multiple| units.contains(&multiple.of));
                    multiple.map(|multiple| multiple.times)
                };
                times.is_some_and(|times| {
                    is(*number, amount, times)
                        && match (end, ours) {
                            (None, None) => true,
                            (Some(wanted), Some(ours)) => is(*wanted, ours, times),
                            _ => false,
                        }
                })
            }
            (Value::Time(wanted), Some(Ours::Time(ours))) => wanted.is(ours),
            // Ours is E.164. A number that a peer writes without its country's code ends ours, the zero aside that is dialled
            // within the country. What is no valid number has no value with us: such a case stays wrong.
            (Value::Phone(wanted), Some(Ours::Phone(ours))) => {
                let ours = ours.trim_start_matches('+');
                ours == wanted || ours.ends_with(wanted.trim_start_matches('0'))
            }
            _ => false,
        }
    }
}

/// How much of one a unit is that only says a share.
fn part_of_one(unit: &str) -> Option<f64> {
    match unit {
        "permille" => Some(1e-3),
        "part-per-1e6" => Some(1e-6),
        _ => None,
    }
}

/// Whether `decimal` times `times` is `wanted`.
fn is(wanted: f64, decimal: &str, times: f64) -> bool {
    decimal.parse::<f64>().is_ok_and(|ours| (ours * times - wanted).abs() <= 1e-9 * wanted.abs().max(1.0))
}
