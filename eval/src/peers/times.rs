//! What a case of another program says of a time, and whether ours is the same.
//!
//! Peers write instants (`2013-02-12T04:30:00-02:00`) with or without a grain, two of them for a range, TIMEX, or
//! counts of units. Ours is an expression in ISO 8601 with the instants that it covers.

use warraq_core::values::{Modifier, Precision, TimeKind, TimeValue};

/// The time that a case asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Time {
    /// One of several readings, where the peer does not decide.
    Any(Vec<Time>),
    /// The first instant.
    At {
        /// Local, `2013-02-12T00:00:00`.
        instant: String,
        /// How exact; unset where the peer does not say it.
        grain: Option<Grain>,
        /// Whether the peer fills what the text leaves out from its own clock: then ours must only cover it.
        filled: bool,
    },
    /// From one instant to another.
    Range {
        from: Option<String>,
        to: Option<String>,
        /// Whether `to` can only be the first instant behind the range.
        open: bool,
    },
    /// A part of the day before or after noon.
    Half { after_noon: bool },
    /// A length.
    Length(Length),
    /// Our own form.
    Written(String),
}

/// How exact a time is. Hours, minutes and seconds are one: a peer that writes `15:00:00` does not say which it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grain {
    Year,
    Month,
    Week,
    Day,
    Clock,
}

impl Grain {
    /// By the name of its unit: `week`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "year" => Self::Year,
            "month" => Self::Month,
            "week" => Self::Week,
            "day" => Self::Day,
            "hour" | "minute" | "second" => Self::Clock,
            _ => return None,
        })
    }

    /// Of what a peer of Python's says: `TimeValue(years=1, weekday=SU, hour=3)`: the finest that it names.
    pub(super) fn of_fields(fields: &str) -> Option<Self> {
        let names = || {
            fields.split(['(', ',']).filter_map(|field| field.split_once('=')).map(|(name, _)| name.trim())
        };
        let any = |known: &[&str]| names().any(|name| known.contains(&name));
        [
            (Self::Clock, &["hour", "hours", "minute", "minutes"] as &[&str]),
            (Self::Day, &["day", "days", "weekday"]),
            (Self::Week, &["weeks"]),
            (Self::Month, &["month", "months", "next_month", "prev_month"]),
            (Self::Year, &["year", "years"]),
        ]
        .into_iter()
        .find_map(|(grain, known)| any(known).then_some(grain))
    }

    fn is(self, precision: Precision) -> bool {
        match self {
            Self::Year => precision == Precision::Year,
            Self::Month => precision == Precision::Month,
            Self::Week => precision == Precision::Week,
            Self::Day => precision == Precision::Day,
            Self::Clock => matches!(precision, Precision::Hour | Precision::Minute | Precision::Second),
        }
    }
}

/// A length of time: months and seconds do not come out even.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Length {
    months: f64,
    seconds: f64,
}

impl Length {
    /// The same and `count` of a unit, by its English name in the singular or plural.
    pub(super) fn and(mut self, count: f64, unit: &str) -> Option<Self> {
        let unit = unit.to_lowercase();
        match unit.strip_suffix('s').unwrap_or(&unit) {
            "year" => self.months += 12.0 * count,
            "month" => self.months += count,
            "week" => self.seconds += 604_800.0 * count,
            "day" => self.seconds += 86_400.0 * count,
            "hour" => self.seconds += 3_600.0 * count,
            "minute" => self.seconds += 60.0 * count,
            "second" => self.seconds += count,
            _ => return None,
        }
        Some(self)
    }

    /// `P1Y2M`, `PT0.5H`.
    pub(super) fn parse(iso: &str) -> Option<Self> {
        let mut length = Self::default();
        let (mut number, mut in_day) = (String::new(), false);
        for c in iso.strip_prefix('P')?.chars() {
            if c.is_ascii_digit() || c == '.' {
                number.push(c);
                continue;
            }
            if c == 'T' {
                in_day = true;
                continue;
            }
            let unit = match (c, in_day) {
                ('Y', false) => "year",
                ('M', false) => "month",
                ('W', false) => "week",
                ('D', false) => "day",
                ('H', true) => "hour",
                ('M', true) => "minute",
                ('S', true) => "second",
                _ => return None,
            };
            length = length.and(number.parse().ok()?, unit)?;
            number.clear();
        }
        number.is_empty().then_some(length)
    }

    fn is(self, other: Self) -> bool {
        (self.months - other.months).abs() < 1e-3 && (self.seconds - other.seconds).abs() < 1e-2
    }
}

/// The days from some day to that of an instant, as the Gregorian calendar counts them.
fn day_number(instant: &str) -> Option<i64> {
    let part = |range: std::ops::Range<usize>| instant.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    // The year begins in March, so that its last day is the one that comes and goes.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day)
}

/// An instant without its offset from Greenwich: `2013-02-12T04:30:00`.
pub(super) fn local(instant: &str) -> String {
    instant.chars().take("2013-02-12T04:30:00".len()).collect()
}

impl Time {
    /// Whether ours is the same.
    pub(super) fn is(&self, ours: &TimeValue) -> bool {
        match self {
            Self::Any(readings) => readings.iter().any(|reading| reading.is(ours)),
            // A peer that counts weeks gives the first day of the one that it comes to.
            Self::At { instant, grain: Some(Grain::Week), filled: true }
                if ours.kind == TimeKind::Duration =>
            {
                let days = ours.begin.as_deref().and_then(day_number).zip(day_number(instant));
                days.is_some_and(|(ours, first)| (first..first + 7).contains(&ours))
            }
            Self::At { instant, grain, filled } => {
                let exact = grain
                    .is_none_or(|grain| ours.kind == TimeKind::Duration || as_exact(ours, grain, instant));
                exact && if *filled { covers(ours, instant) } else { begins(ours, instant) }
            }
            Self::Range { from, to, open } => {
                let at = |wanted: &String, ours: &Option<String>| {
                    ours.as_ref().is_some_and(|ours| {
                        let ours = local(ours);
                        ours == *wanted || ours.strip_suffix("T00:00:00") == Some(wanted)
                    })
                };
                let covered = from.as_ref().is_none_or(|from| at(from, &ours.begin))
                    && to.as_ref().is_none_or(|to| at(to, &ours.end));
                let (first, last) = ours.value.split_once('/').unwrap_or((&ours.value, &ours.value));
                let written = from.as_ref().is_none_or(|from| agree(from, first))
                    && to.as_ref().is_none_or(|to| agree(to, last));
                covered || !open && written
            }
            Self::Half { after_noon } => {
                let letters: &[&str] = if *after_noon { &["TMI", "TAF", "TEV", "TNI"] } else { &["TMO"] };
                // Of a day, or of a time of day, the value has no such letters.
                let part = match ours.modifier {
                    Some(Modifier::Noon | Modifier::Afternoon | Modifier::Evening | Modifier::Night) => {
                        Some(true)
                    }
                    Some(Modifier::Morning) => Some(false),
                    _ => None,
                };
                let hour =
                    ours.value.split_once('T').and_then(|(_, clock)| clock.get(..2)?.parse::<u8>().ok());
                letters.iter().any(|letters| ours.value.ends_with(letters))
                    || part.or(hour.map(|hour| hour >= 12)) == Some(*after_noon)
            }
            Self::Length(length) => Length::parse(&ours.value).is_some_and(|ours| ours.is(*length)),
            Self::Written(value) => {
                *value == ours.value
                    || value.starts_with('T') && agree(value, &ours.value)
                    || Length::parse(value).is_some_and(|wanted| Self::Length(wanted).is(ours))
            }
        }
    }
}

/// Whether ours is as exact as `grain` says. A peer writes a year or a month, in any calendar, as its first day.
fn as_exact(ours: &TimeValue, grain: Grain, instant: &str) -> bool {
    let Some(precision) = ours.precision else { return false };
    grain.is(precision)
        || grain == Grain::Day
            && (precision == Precision::Month
                && (instant.get(8..10) == Some("01")
                    || ours.begin.as_deref().and_then(|begin| begin.get(..10)) == instant.get(..10))
                || precision == Precision::Year && instant.get(5..10) == Some("01-01"))
}

/// Whether the first instant of ours is `instant`; of a time on no known day, whether it is the same time of day.
fn begins(ours: &TimeValue, instant: &str) -> bool {
    match &ours.begin {
        Some(begin) => local(begin) == instant,
        None => ours.kind == TimeKind::Time && agree(instant, &ours.value),
    }
}

/// Whether `instant` lies within ours.
fn covers(ours: &TimeValue, instant: &str) -> bool {
    match (&ours.begin, &ours.end) {
        (Some(begin), Some(end)) => (local(begin).as_str()..local(end).as_str()).contains(&instant),
        (Some(begin), None) => {
            let length = match ours.precision {
                Some(Precision::Year) => 4,
                Some(Precision::Month) => 7,
                Some(Precision::Week | Precision::Day) => 10,
                Some(Precision::Hour) => 13,
                Some(Precision::Minute) => 16,
                _ => 19,
            };
            begin.get(..length) == instant.get(..length)
        }
        _ => begins(ours, instant),
    }
}

/// Whether what ours says of day and time of day is so in `wanted`. Ours may say less of the day, and a peer that writes
/// midnight may mean the day.
fn agree(wanted: &str, ours: &str) -> bool {
    let parts = |written: &'_ str| -> (String, Option<String>) {
        match written.split_once('T') {
            None => (written.to_owned(), None),
            Some((day, clock)) => {
                let mut clock: String = clock.trim_end_matches('Z').chars().take(8).collect();
                while clock.len() < 8 && !clock.is_empty() {
                    clock.push_str(":00");
                }
                (day.to_owned(), Some(clock))
            }
        }
    };
    let (wanted_day, wanted_clock) = parts(wanted);
    let (day, clock) = parts(ours);
    let unknown = day.is_empty() || day.starts_with("XXXX");
    let same_clock = match (&wanted_clock, &clock) {
        (_, None) => !unknown,
        (wanted, ours) => wanted == ours,
    };
    same_clock && (unknown || wanted_day.is_empty() || wanted_day.starts_with(&day))
}
