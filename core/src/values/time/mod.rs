//! Expressions of time.
pub(crate) mod said;
pub mod value;
use crate::Span;
use value::{AnchorKind, Precision, TimeValue};
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date { pub(crate) year: i32, pub(crate) month: u8, pub(crate) day: u8 }
impl Date { pub(crate) fn new(year: i32, month: u8, day: u8) -> Option<Self> { Some(Self { year, month, day }) } }
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Point { pub(crate) date: Date, pub(crate) clock: Option<(u8, u8, u8)> }
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tense { Past, Present, Future }
pub(crate) struct Context<'a> { pub(crate) anchor: Option<(Point, AnchorKind, Option<Span>)>, pub(crate) earlier: Option<(Point, Precision, Span)>, pub(crate) tense: Option<Tense>, pub(crate) offset: Option<i16>, pub(crate) x: std::marker::PhantomData<&'a ()> }
pub(crate) fn resolve(said: &said::Said, _context: &Context<'_>) -> Option<TimeValue> {
    Some(TimeValue { kind: if said.length.is_empty() { value::TimeKind::Date } else { value::TimeKind::Duration }, value: format!("{said:?}"), precision: None, begin: None, end: None, anchor: None, calendar: None, modifier: None })
}
