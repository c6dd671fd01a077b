//! What is said, where it is said, and what it means.

mod dates;
mod lengths;
mod properties;
mod ranges;
mod relative;

use super::said::{Calendar, Clock, Direction, Length, Nth, PartOfDay, Said, Season, Stretch, Unit, Which};
use super::value::{AnchorKind, Modifier, Precision, TimeKind, TimeValue};
use super::{Context, Date, Point, Tense, resolve};
use crate::Span;

/// What is said: the fields that are written.
macro_rules! said {
    ($($field:ident : $value:expr),*) => {
        $crate::values::time::said::Said {
            $($field: Some($value),)*
            ..$crate::values::time::said::Said::default()
        }
    };
}
use said;

fn hijri(said: Said) -> Said {
    Said { calendar: Calendar::Hijri, ..said }
}

fn long(lengths: &[(i64, Unit)]) -> Said {
    let length = lengths.iter().map(|&(thousandths, unit)| Length { thousandths, unit }).collect();
    Said { length, ..Said::default() }
}

/// A range: `first` with `last` as its other end.
fn to(first: Said, last: Said) -> Said {
    Said { to: Some(Box::new(last)), ..first }
}

fn nth(n: i8, of: Unit) -> Nth {
    Nth { n, of }
}

fn hour(hour: u8) -> Clock {
    Clock { hour, minute: None, second: None, after_noon: None, offset: None }
}

fn minute(of: u8, minute: u8) -> Clock {
    Clock { minute: Some(minute), ..hour(of) }
}

fn point(date: &str) -> Point {
    let part = |range: std::ops::Range<usize>| date[range].parse::<u16>().unwrap();
    let small = |range| u8::try_from(part(range)).unwrap();
    let date = Date::new(i32::from(part(0..4)), small(5..7), small(8..10)).unwrap();
    Point { date, clock: None }
}

fn nowhere() -> Context {
    Context::default()
}

fn at(date: &str) -> Context {
    Context { anchor: Some((point(date), AnchorKind::ReferenceDate, None)), ..Context::default() }
}

fn past(date: &str) -> Context {
    Context { tense: Some(Tense::Past), ..at(date) }
}

fn future(date: &str) -> Context {
    Context { tense: Some(Tense::Future), ..at(date) }
}

/// With a date before it in the text.
fn after(earlier: &str, precision: Precision, context: Context) -> Context {
    Context { earlier: Some((point(earlier), precision, Span::new(3, 9))), ..context }
}

fn meaning(said: &Said, context: &Context) -> TimeValue {
    resolve(said, context).unwrap_or_else(|| panic!("nothing: {said:?}"))
}

/// The value of what is said, `-` where it has none.
fn check(context: &Context, rows: &[(Said, &str)]) {
    let mut wrong = Vec::new();
    for (said, expected) in rows {
        let found = resolve(said, context).map_or("-".to_owned(), |value| value.value);
        if found != *expected {
            wrong.push(format!("{expected} wanted, {found} found: {said:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
