//! Values of dates: ISO 8601 with TIMEX3's letters.

/// One end of a date's value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::own) struct Date {
    /// As it is written, `X` for each digit that is open.
    written_year: String,
    /// Where all its digits are there.
    pub(super) year: Option<u16>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
}

/// Whether `value` is a day of the calendar.
pub(in crate::own) fn is_day(value: &str) -> bool {
    one(value).is_some_and(|date| date.day.is_some() && date.year.is_some())
}

/// The two ends of a value; a value that is no range has one.
pub(in crate::own) fn parse(value: &str) -> Option<(Date, Option<Date>)> {
    match value.split_once('/') {
        None => Some((one(value)?, None)),
        Some((first, last)) => {
            let ends = (one(first)?, one(last)?);
            // Of ends that are written alike the first is the earlier one.
            let alike = first.len() == last.len() && !value.contains('X');
            (!alike || first < last).then_some((ends.0, Some(ends.1)))
        }
    }
}

fn one(value: &str) -> Option<Date> {
    let mut parts = value.split('-');
    let written = parts.next()?;
    let known = written.trim_end_matches('X');
    let is_year = written.len() == 4 && matches!(known.len(), 0 | 2 | 3 | 4) && is_digits(known);
    let mut date = Date {
        written_year: is_year.then(|| written.to_owned())?,
        year: if known.len() == 4 { known.parse().ok() } else { None },
        ..Date::default()
    };
    let rest: Vec<&str> = parts.collect();
    match rest.as_slice() {
        // A year without digits says nothing by itself.
        [] => (!known.is_empty()).then_some(date),
        [part] if is_digits(part) => {
            date.month = two(part, 12);
            (date.month.is_some() && is_whole_or_open(known)).then_some(date)
        }
        [part] => (is_part(part) && is_whole_or_open(known)).then_some(date),
        [month, day] => {
            date.month = Some(two(month, 12)?);
            date.day = Some(two(day, days_in(date.year, date.month?))?);
            is_whole_or_open(known).then_some(date)
        }
        _ => None,
    }
}

/// A month or a day is of a year, or of one that nothing tells; not of a decade.
fn is_whole_or_open(known: &str) -> bool {
    matches!(known.len(), 0 | 4)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two digits from 01 to `most`.
fn two(text: &str, most: u8) -> Option<u8> {
    let number = (text.len() == 2 && is_digits(text)).then(|| text.parse::<u8>().ok()).flatten()?;
    (1..=most).contains(&number).then_some(number)
}

/// A quarter, half, season or week of a year.
fn is_part(text: &str) -> bool {
    const PARTS: [&str; 10] = ["Q1", "Q2", "Q3", "Q4", "H1", "H2", "SP", "SU", "FA", "WI"];
    PARTS.contains(&text) || text.strip_prefix('W').is_some_and(|week| two(week, 53).is_some())
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// The days of a month; of an unknown year's February 29.
fn days_in(year: Option<u16>, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_none_or(is_leap) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Date {
    /// Whether the value may be told as something in that year.
    pub(super) fn may_be_in(&self, year: u16) -> bool {
        let year = year.to_string();
        self.written_year.chars().zip(year.chars()).all(|(written, c)| written == 'X' || written == c)
    }

    /// Days since the first of March of year 0, where the value is a day.
    pub(super) fn day_number(&self) -> Option<i64> {
        let (year, month, day) = (i64::from(self.year?), i64::from(self.month?), i64::from(self.day?));
        // Years that begin in March have their leap day at the end.
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        Some(365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1)
    }

    /// 1 = Monday, where the value is a day.
    pub(super) fn weekday(&self) -> Option<u8> {
        // The first of March of year 0 was a Wednesday.
        u8::try_from((self.day_number()? + 2).rem_euclid(7) + 1).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_guidelines_write_parses() {
        for value in [
            "2018-05-17",
            "2017-11",
            "2024",
            "2024-Q1",
            "2024-H1",
            "2018-SP",
            "2018-W19",
            "199X",
            "19XX",
            "1985/1992",
            "XXXX-12-11",
            "XXXX-12",
            "2023-11-30/2023-12-12",
            "2024-02-29",
            "2023-12/2024-01-05",
            "XXXX-02-29",
        ] {
            assert!(parse(value).is_some(), "{value}");
        }
    }

    #[test]
    fn what_is_no_date_does_not() {
        for value in [
            "",
            "2018-5-17",
            "2018-13-01",
            "2023-02-29",
            "2024-04-31",
            "2024-Q5",
            "2018-W54",
            "18-05-2017",
            "XXXX",
            "1X",
            "1992/1985",
            "2018-05-17/",
            "2018-05-17T10:00",
            "199X-05",
            "2024-SUM",
            "-",
            "٢٠٢٤",
            "2024-01-01/2024-01-01",
        ] {
            assert!(parse(value).is_none(), "{value}");
        }
        assert!(is_day("2024-02-29") && !is_day("2024-02") && !is_day("XXXX-02-01"));
    }

    #[test]
    fn days_have_their_weekdays() {
        let weekday = |value: &str| parse(value).and_then(|(date, _)| date.weekday());
        assert_eq!((weekday("2018-05-17"), weekday("2024-03-05")), (Some(4), Some(2)));
        assert_eq!(
            (weekday("2000-02-29"), weekday("2026-01-01"), weekday("2026-01")),
            (Some(2), Some(4), None)
        );
    }
}
