//! What an expression of time means, in the forms of the contract.

use std::fmt;

use crate::Span;

/// How exact a value is: the unit of its last part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Precision {
    Century,
    Decade,
    Year,
    HalfYear,
    Quarter,
    Season,
    Month,
    Week,
    Day,
    PartOfDay,
    Hour,
    Minute,
    Second,
}

/// What sort of thing an expression of time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// A date, or a range of dates.
    Date,
    /// A time of day, or a range of such times.
    Time,
    /// A length of time, counted from a point or not.
    Duration,
    /// What comes again (`كل يوم`), as TIMEX3's SET.
    Set,
}

/// What a value's form cannot hold; the names are TIMEX3's where it has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Modifier {
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
    LessThan,
    MoreThan,
    EqualOrLess,
    EqualOrMore,
    Start,
    Mid,
    End,
    Approximate,
    Early,
    Late,
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}

/// From what a relative or incomplete expression was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnchorKind {
    /// The document's reference date.
    ReferenceDate,
    /// The date in the dateline.
    Dateline,
    /// A date earlier in the text.
    EarlierDate,
    /// The day on which the quotation around it was said.
    QuotationDate,
}

/// What an expression was counted from, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// What sort of anchor it is.
    pub kind: AnchorKind,
    /// The date counted from, ISO 8601.
    pub date: String,
    /// Where it stands, when it stands in the text.
    pub span: Option<Span>,
    /// A short English sentence for people.
    pub reason: &'static str,
}

/// A date, a time of day or a length of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeValue {
    /// What it is.
    pub kind: TimeKind,
    /// ISO 8601 with TIMEX3's letters.
    pub value: String,
    /// `None` where it is no point of the calendar.
    pub precision: Option<Precision>,
    /// The first instant that it covers.
    pub begin: Option<String>,
    /// The first instant that it no longer covers.
    pub end: Option<String>,
    /// What it was resolved from.
    pub anchor: Option<Anchor>,
    /// CLDR's name of the calendar in which the text gives it.
    pub calendar: Option<&'static str>,
    /// What the value cannot hold.
    pub modifier: Option<Modifier>,
}

impl TimeValue {
    /// A value that is no point of the calendar.
    pub(super) fn of(kind: TimeKind, value: String) -> Self {
        Self {
            kind,
            value,
            precision: None,
            begin: None,
            end: None,
            anchor: None,
            calendar: None,
            modifier: None,
        }
    }
}

impl fmt::Display for TimeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.value)
    }
}
