//! Which days an expression means.

use super::calendar::{Date, HijriDate, days_in_month, month_after, year_and_month};
use super::said::{Calendar, Nth, Said, Season, Unit, Which};
use super::value::Precision;
use super::{Context, Tense};

/// Days that follow each other, with the form of the contract.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    pub(super) value: String,
    pub(super) precision: Precision,
    /// The first day, and the first that no longer belongs to it; `None` where nothing tells.
    pub(super) days: Option<(Date, Date)>,
    /// Why the anchor was read so; `None` where the expression says all of itself.
    pub(super) reason: Option<&'static str>,
    /// The anchor is the date before in the text.
    pub(super) from_earlier: bool,
}

const UNIT: &str = "counted from the anchor";
const NEAREST: &str = "the nearest one";
const TENSE_PAST: &str = "the clause speaks of the past";
const TENSE_FUTURE: &str = "the clause speaks of what is to come";
const WORD: &str = "a word says which one";
const LAST_DAY: &str = "the last such day on or before the anchor";
const SAME: &str = "the one that the text spoke of before";

/// Of the candidates, each with its first day and the first that no longer belongs to it, the one that is meant.
struct Choice {
    which: Option<Which>,
    tense: Option<Tense>,
    anchor: Date,
}

impl Choice {
    /// The candidates must be in order of time.
    fn of<T: Copy>(&self, candidates: &[(T, Date, Date)]) -> Option<(T, &'static str)> {
        let anchor = self.anchor;
        let before = || candidates.iter().rev().filter(|(_, _, end)| *end <= anchor);
        let after = || candidates.iter().filter(|(_, begin, _)| *begin > anchor);
        let around = |(_, begin, end): &&(T, Date, Date)| *begin <= anchor && anchor < *end;
        let first = |found: Option<&(T, Date, Date)>, reason| found.map(|&(value, ..)| (value, reason));
        match (self.which, self.tense) {
            (Some(Which::Last), _) => first(before().next(), WORD),
            (Some(Which::BeforeLast), _) => first(before().nth(1), WORD),
            (Some(Which::Next), _) => first(after().next(), WORD),
            (Some(Which::AfterNext), _) => first(after().nth(1), WORD),
            (Some(Which::This | Which::Same), _) => {
                first(candidates.iter().find(around).or_else(|| self.nearest(candidates)), WORD)
            }
            (None, Some(Tense::Past)) => {
                first(candidates.iter().rev().find(|(_, begin, _)| *begin <= anchor), TENSE_PAST)
            }
            (None, Some(Tense::Future)) => {
                first(candidates.iter().find(|(_, _, end)| *end > anchor), TENSE_FUTURE)
            }
            (None, None) => {
                first(candidates.iter().find(around).or_else(|| self.nearest(candidates)), NEAREST)
            }
        }
    }

    fn nearest<'c, T>(&self, candidates: &'c [(T, Date, Date)]) -> Option<&'c (T, Date, Date)> {
        candidates.iter().min_by_key(|(_, begin, end)| distance(self.anchor, *begin, *end))
    }
}

impl Stretch {
    fn of(
        value: String,
        precision: Precision,
        days: Option<(Date, Date)>,
        reason: Option<&'static str>,
    ) -> Self {
        Self { value, precision, days, reason, from_earlier: false }
    }
}

/// So many days from the anchor a day or month is close by.
const CLOSE: i64 = 45;

/// How many days `anchor` is from a stretch; 0 inside.
fn distance(anchor: Date, begin: Date, end: Date) -> i64 {
    let (anchor, begin, end) = (anchor.number(), begin.number(), end.number());
    (begin - anchor).max(anchor - end + 1).max(0)
}

/// The days that `said` means, without what it says of times of day.
pub(super) fn stretch(said: &Said, context: &Context) -> Option<Stretch> {
    if let Some(nth) = said.nth {
        // `الثلاثاء الثالث من سبتمبر`: the third of September, where that is a Tuesday.
        if let (Some(_), Some(weekday)) = (said.day, said.weekday)
            && let Some(found) = stretch(&Said { nth: None, weekday: None, ..said.clone() }, context)
            && found.days.is_none_or(|(date, _)| date.weekday() == weekday)
        {
            return Some(found);
        }
        let whole = stretch(&Said { nth: None, weekday: None, day: None, ..said.clone() }, context)?;
        let Some((first, after)) = whole.days else { return Some(whole) };
        return Some(Stretch {
            from_earlier: whole.from_earlier,
            ..nth_in(said, nth, first, after, whole.reason)?
        });
    }
    let anchor = context.anchor.map(|(point, ..)| point.date);
    match said.calendar {
        Calendar::Hijri => hijri(said, context),
        Calendar::Gregorian => {
            // What is written says more than what it is called (`أمس 15 مايو`).
            let is_written = said.month.is_some() && (said.year.is_some() || said.day.is_some());
            match (said.days, said.weeks) {
                (Some(days), _) if !is_written => return Some(deictic(days, anchor)),
                (None, Some(weeks)) if !is_written => return Some(week(said, weeks, anchor)),
                _ => {}
            }
            gregorian(said, context)
        }
    }
}

fn day(date: Date, reason: Option<&'static str>) -> Option<Stretch> {
    Some(Stretch {
        value: date.written(),
        precision: Precision::Day,
        days: Some((date, date.plus_days(1)?)),
        reason,
        from_earlier: false,
    })
}

fn unknown(value: String, precision: Precision) -> Stretch {
    Stretch::of(value, precision, None, None)
}

fn deictic(days: i32, anchor: Option<Date>) -> Stretch {
    anchor
        .and_then(|anchor| day(anchor.plus_days(days.into())?, Some(UNIT)))
        .unwrap_or_else(|| unknown("XXXX-XX-XX".to_owned(), Precision::Day))
}

/// A week so many weeks from the anchor's, or a day of it.
fn week(said: &Said, weeks: i32, anchor: Option<Date>) -> Stretch {
    let found = || {
        let anchor = anchor?;
        let monday = anchor.plus_days(i64::from(weeks) * 7 - i64::from(anchor.weekday() - 1))?;
        if let Some(weekday) = said.weekday {
            return day(monday.plus_days(i64::from(weekday) - 1)?, Some(UNIT));
        }
        let mut week = week_of(monday, Some(UNIT))?;
        if said.weekend {
            // On which days it is the countries differ.
            week.value += "-WE";
            week.days = None;
        }
        Some(week)
    };
    found().unwrap_or_else(|| match said.weekday {
        Some(weekday) => unknown(format!("XXXX-WXX-{weekday}"), Precision::Day),
        None if said.weekend => unknown("XXXX-WXX-WE".to_owned(), Precision::Week),
        None => unknown("XXXX-WXX".to_owned(), Precision::Week),
    })
}

fn week_of(monday: Date, reason: Option<&'static str>) -> Option<Stretch> {
    let (year, number) = monday.week()?;
    Some(Stretch {
        value: format!("{year:04}-W{number:02}"),
        precision: Precision::Week,
        days: Some((monday, monday.plus_days(7)?)),
        reason,
        from_earlier: false,
    })
}

fn gregorian(said: &Said, context: &Context) -> Option<Stretch> {
    let anchor = context.anchor.map(|(point, ..)| point.date);
    if let Some(found) = long(said, anchor) {
        return found;
    }
    let (year, mut reason) = match (said.year, said.years, anchor) {
        (Some(year), ..) => (Some(year), None),
        (None, Some(years), Some(anchor)) => (Some(anchor.year().saturating_add(years)), Some(UNIT)),
        _ => (None, None),
    };
    let same = context.earlier.filter(|_| said.which == Some(Which::Same));
    let (mut year, mut month) = (year, said.month);
    let mut from_earlier = false;
    if let (Some(months), Some(anchor)) = (said.months, anchor) {
        let (of, number) = month_after(anchor.year(), anchor.month(), months.into())?;
        (year, month, reason) = (Some(of), Some(number), Some(UNIT));
    } else if let Some((point, precision, _)) = same {
        from_earlier = true;
        reason = Some(SAME);
        if month.is_none() && said.day.is_some() && precision >= Precision::Month {
            month = Some(point.date.month());
        }
        if year.is_none()
            && (month.is_some() || said.quarter.is_some() || said.half.is_some() || said.season.is_some())
        {
            year = Some(point.date.year());
        }
        // `الفصل نفسه من 2016`
        if let (Some(year), None, None) = (year, month, said.quarter)
            && precision == Precision::Quarter
        {
            return parts_of_year(
                year,
                (point.date.month() - 1) / 3 * 3 + 1,
                3,
                &format!("-Q{}", point.date.month().div_ceil(3)),
                Precision::Quarter,
                reason,
            );
        }
    }
    let mut found = match (year, month) {
        (Some(year), Some(month)) => in_month(said, year, month, reason),
        (None, Some(month)) => month_somewhere(said, month, context),
        (year, None) => within_year(said, year, reason, context),
    }?;
    found.from_earlier = from_earlier;
    Some(found)
}

/// Centuries and decades, their halves and quarters.
#[allow(clippy::option_option)]
fn long(said: &Said, anchor: Option<Date>) -> Option<Option<Stretch>> {
    let shifted = |shift: i32, years: i32| {
        let here = anchor?.year() / years;
        here.checked_add(shift)?.checked_mul(years)
    };
    let century = match (said.century, said.centuries) {
        (Some(century), _) => Some((century.saturating_sub(1).saturating_mul(100), None)),
        (None, Some(centuries)) => shifted(centuries, 100).map(|first| (first, Some(UNIT))),
        (None, None) => None,
    };
    let (first, years, reason) = match (said.decade, said.decades) {
        (Some(decade), _) => match century {
            Some((first, reason)) => (first.saturating_add(decade % 100), 10, reason),
            None if decade >= 100 => (decade, 10, None),
            None => (1900 + decade, 10, None),
        },
        (None, Some(decades)) => match shifted(decades, 10) {
            Some(first) => (first, 10, Some(UNIT)),
            None => return Some(Some(unknown("XXXX".to_owned(), Precision::Decade))),
        },
        (None, None) => match century {
            Some((first, reason)) => (first, 100, reason),
            None if said.centuries.is_some() => {
                return Some(Some(unknown("XXXX".to_owned(), Precision::Century)));
            }
            None => return None,
        },
    };
    Some(years_from(said, first, years, reason))
}

/// The decade or century that begins with the year `first`, or the half or quarter of it that is said.
fn years_from(said: &Said, first: i32, years: i32, reason: Option<&'static str>) -> Option<Stretch> {
    let span =
        |first: i32, years: i32| Some((Date::new(first.max(1), 1, 1)?, Date::new(first + years, 1, 1)?));
    let part = said.half.map(|half| (half, 2)).or(said.quarter.map(|quarter| (quarter, 4)));
    // No quarter of a decade is of whole years.
    if let Some((part, parts)) = part.filter(|(_, parts)| years % parts == 0) {
        let years = years / parts;
        let first = first.checked_add((i32::from(part) - 1) * years)?;
        (1..=parts).contains(&i32::from(part)).then_some(())?;
        let days = span(first, years)?;
        let value = format!("{first:04}/{:04}", first + years - 1);
        return Some(Stretch::of(value, Precision::Year, Some(days), reason));
    }
    let days = span(first, years)?;
    Some(match years {
        10 => Stretch::of(format!("{:03}X", first / 10), Precision::Decade, Some(days), reason),
        _ => Stretch::of(format!("{:02}XX", first / 100), Precision::Century, Some(days), reason),
    })
}

/// A day of a month, or the month.
fn in_month(said: &Said, year: i32, month: u8, reason: Option<&'static str>) -> Option<Stretch> {
    if let Some(number) = said.day {
        return day(Date::new(year, month, number)?, reason);
    }
    let first = Date::new(year, month, 1)?;
    let after = first.plus_months(1)?;
    if let Some(half) = said.half {
        let middle = first.plus_days(15)?;
        let (first, after) = match half {
            1 => (first, middle),
            2 => (middle, after),
            _ => return None,
        };
        let value = [first.written(), after.plus_days(-1)?.written()].join("/");
        return Some(Stretch::of(value, Precision::Day, Some((first, after)), reason));
    }
    let value = year_and_month(year, month);
    Some(Stretch::of(value, Precision::Month, Some((first, after)), reason))
}

/// The n-th weekday, or unit, of the days from `first` to the one before `after`.
fn nth_in(
    said: &Said,
    Nth { n, of }: Nth,
    first: Date,
    after: Date,
    reason: Option<&'static str>,
) -> Option<Stretch> {
    // Of the first none is before it; of the last none is behind it.
    let ahead = i64::from(n) - 1;
    let is_from_start = n > 0;
    let last = after.plus_days(-1)?;
    let within = |date: &Date| (first..after).contains(date);
    if let Some(weekday) = said.weekday {
        let to_first = (i64::from(weekday) - i64::from(first.weekday())).rem_euclid(7);
        let to_last = (i64::from(last.weekday()) - i64::from(weekday)).rem_euclid(7);
        let date = if is_from_start {
            first.plus_days(to_first + ahead * 7)?
        } else {
            last.plus_days((i64::from(n) + 1) * 7 - to_last)?
        };
        return day(Some(date).filter(within)?, reason);
    }
    let months = match of {
        Unit::Decade => 120,
        Unit::Year => 12,
        Unit::Month => 1,
        Unit::Week => {
            // Of a year the first week is that which ISO 8601 counts, of a month the first with all of its days in it.
            let is_year = first.plus_months(12) == Some(after);
            let whole = |days: i64| if is_year && days > 3 { days - 7 } else { days };
            let monday = first.plus_days(whole((8 - i64::from(first.weekday())).rem_euclid(7)))?;
            let sunday = last.plus_days(-whole(i64::from(last.weekday()) % 7))?;
            let monday = if is_from_start {
                monday.plus_days(ahead * 7)?
            } else {
                sunday.plus_days((i64::from(n) + 1) * 7 - 6)?
            };
            let near = |monday: &Date| is_year || within(monday);
            return week_of(Some(monday).filter(near)?, reason);
        }
        _ => {
            let date = if is_from_start { first.plus_days(ahead)? } else { after.plus_days(n.into())? };
            return day(Some(date).filter(within)?, reason);
        }
    };
    let begin = if is_from_start {
        first.plus_months(ahead * months)?
    } else {
        after.plus_months(i64::from(n) * months)?
    };
    let begin = Some(begin).filter(within)?;
    match of {
        Unit::Month => in_month(&Said::default(), begin.year(), begin.month(), reason),
        Unit::Year => whole_year(begin.year(), reason),
        _ => years_from(&Said::default(), begin.year() / 10 * 10, 10, reason),
    }
}

/// A month whose year is not written.
fn month_somewhere(said: &Said, month: u8, context: &Context) -> Option<Stretch> {
    let Some((point, ..)) = context.anchor else {
        let value = match said.day {
            // The longest that the month may be.
            Some(number) if number <= days_in_month(2024, month) => format!("XXXX-{month:02}-{number:02}"),
            Some(_) => return None,
            None => format!("XXXX-{month:02}"),
        };
        let precision = if said.day.is_some() { Precision::Day } else { Precision::Month };
        return Some(unknown(value, precision));
    };
    let anchor = point.date;
    // A weekday tells the year, within as many years as the calendar takes to come round.
    let reach = if said.weekday.is_some() && said.day.is_some() { 6 } else { 2 };
    let candidates: Vec<(i32, Date, Date)> = (anchor.year() - reach..=anchor.year() + reach)
        .filter_map(|year| {
            let date = Date::new(year, month, said.day.unwrap_or(1))?;
            let end = if said.day.is_some() { date.plus_days(1)? } else { date.plus_months(1)? };
            Some((year, date, end))
        })
        .collect();
    let fits =
        |(_, date, _): &&(i32, Date, Date)| said.weekday.is_none_or(|weekday| date.weekday() == weekday);
    let fitting: Vec<_> = candidates.iter().filter(fits).copied().collect();
    let nearest = Choice { which: None, tense: None, anchor };
    let near = |list: &[(i32, Date, Date)]| {
        // What is close by is meant, whatever verb is near.
        if said.which.is_none()
            && let Some((year, reason)) = nearest.of(list)
            && list.iter().any(|&(of, begin, end)| of == year && distance(anchor, begin, end) <= CLOSE)
        {
            return Some((year, reason));
        }
        let choice = Choice { which: said.which, tense: context.tense, anchor };
        choice.of(list).or_else(|| nearest.of(list))
    };
    // A weekday that no near year has is a slip of the pen.
    let close = |&(year, _): &(i32, &'static str)| said.which.is_some() || (year - anchor.year()).abs() <= 1;
    let by_weekday =
        if said.day.is_some() && said.weekday.is_some() { near(&fitting).filter(close) } else { None };
    let (year, reason) = by_weekday.or_else(|| near(&candidates))?;
    in_month(said, year, month, Some(reason))
}

/// Part of a year, a year, or a day of no month.
fn within_year(
    said: &Said,
    year: Option<i32>,
    reason: Option<&'static str>,
    context: &Context,
) -> Option<Stretch> {
    let anchor = context.anchor.map(|(point, ..)| point.date);
    let part: Option<(u8, i64, String, Precision)> = if let Some(quarter) = said.quarter {
        (1..=4).contains(&quarter).then_some(())?;
        Some((quarter * 3 - 2, 3, format!("-Q{quarter}"), Precision::Quarter))
    } else if let Some(half) = said.half {
        (1..=2).contains(&half).then_some(())?;
        Some((half * 6 - 5, 6, format!("-H{half}"), Precision::HalfYear))
    } else {
        said.season.map(|season| {
            let (month, name) = match season {
                Season::Spring => (3, "SP"),
                Season::Summer => (6, "SU"),
                Season::Autumn => (9, "FA"),
                // The one that begins in the year.
                Season::Winter => (12, "WI"),
            };
            (month, 3, format!("-{name}"), Precision::Season)
        })
    };
    if let Some((month, months, name, precision)) = part {
        if let Some(year) = year {
            return parts_of_year(year, month, months, &name, precision, reason);
        }
        let Some(anchor) = anchor else { return Some(unknown(format!("XXXX{name}"), precision)) };
        let candidates: Vec<(i32, Date, Date)> = (anchor.year() - 2..=anchor.year() + 2)
            .filter_map(|year| {
                let first = Date::new(year, month, 1)?;
                Some((year, first, first.plus_months(months)?))
            })
            .collect();
        let choice = Choice { which: said.which, tense: context.tense, anchor };
        let (year, reason) = choice.of(&candidates)?;
        return parts_of_year(year, month, months, &name, precision, Some(reason));
    }
    if let Some(quarters) = said.quarters {
        let Some(anchor) = anchor else { return Some(unknown("XXXX-QX".to_owned(), Precision::Quarter)) };
        let first = Date::new(anchor.year(), (anchor.month() - 1) / 3 * 3 + 1, 1)?
            .plus_months(i64::from(quarters) * 3)?;
        let name = format!("-Q{}", first.month().div_ceil(3));
        return parts_of_year(first.year(), first.month(), 3, &name, Precision::Quarter, Some(UNIT));
    }
    if let Some(number) = said.day {
        return day_of_some_month(said, number, context);
    }
    if let Some(year) = year {
        return whole_year(year, reason);
    }
    if let Some(weekday) = said.weekday {
        return Some(weekday_somewhere(said, weekday, context));
    }
    if said.years.is_some() {
        return Some(unknown("XXXX".to_owned(), Precision::Year));
    }
    if said.months.is_some() {
        return Some(unknown("XXXX-XX".to_owned(), Precision::Month));
    }
    None
}

fn whole_year(year: i32, reason: Option<&'static str>) -> Option<Stretch> {
    if year < 1 {
        // Astronomical years: 1 before Christ is the year 0.
        return Some(unknown(format!("-{:04}", -(year + 1)), Precision::Year));
    }
    let days = Some((Date::new(year, 1, 1)?, Date::new(year + 1, 1, 1).or(Date::new(year, 12, 31))?));
    Some(Stretch::of(format!("{year:04}"), Precision::Year, days, reason))
}

fn parts_of_year(
    year: i32,
    month: u8,
    months: i64,
    name: &str,
    precision: Precision,
    reason: Option<&'static str>,
) -> Option<Stretch> {
    let first = Date::new(year, month, 1)?;
    Some(Stretch {
        value: format!("{year:04}{name}"),
        precision,
        days: Some((first, first.plus_months(months)?)),
        reason,
        from_earlier: false,
    })
}

/// A day of which the month is not written: `يوم 28`.
fn day_of_some_month(said: &Said, number: u8, context: &Context) -> Option<Stretch> {
    let Some((point, ..)) = context.anchor else {
        return Some(unknown(format!("XXXX-XX-{number:02}"), Precision::Day));
    };
    let anchor = point.date;
    let candidates: Vec<(Date, Date, Date)> = (-2..=2)
        .filter_map(|months| {
            let (year, month) = month_after(anchor.year(), anchor.month(), months)?;
            let date = Date::new(year, month, number)?;
            Some((date, date, date.plus_days(1)?))
        })
        .collect();
    let fitting: Vec<_> = candidates
        .iter()
        .filter(|(date, ..)| said.weekday.is_none_or(|weekday| date.weekday() == weekday))
        .copied()
        .collect();
    let choice = Choice { which: said.which, tense: context.tense, anchor };
    let list = if fitting.is_empty() { &candidates } else { &fitting };
    let (date, reason) = choice.of(list)?;
    day(date, Some(reason))
}

/// A weekday with no other sign is the last such day on or before the anchor.
fn weekday_somewhere(said: &Said, weekday: u8, context: &Context) -> Stretch {
    let found = || {
        let anchor = context.anchor?.0.date;
        let back = (i64::from(anchor.weekday()) - i64::from(weekday)).rem_euclid(7);
        let last = -back;
        let strictly_before = if back == 0 { -7 } else { last };
        let (days, reason) = match said.which {
            Some(Which::Last) => (strictly_before, WORD),
            Some(Which::BeforeLast) => (strictly_before - 7, WORD),
            Some(Which::Next) => (last + 7, WORD),
            Some(Which::AfterNext) => (last + 14, WORD),
            Some(Which::This) => (i64::from(weekday) - i64::from(anchor.weekday()), WORD),
            _ if context.tense == Some(Tense::Future) => (last + 7, TENSE_FUTURE),
            _ => (last, LAST_DAY),
        };
        day(anchor.plus_days(days)?, Some(reason))
    };
    found().unwrap_or_else(|| unknown(format!("XXXX-WXX-{weekday}"), Precision::Day))
}

fn hijri(said: &Said, context: &Context) -> Option<Stretch> {
    let anchor = context.anchor.map(|(point, ..)| point.date);
    let now = anchor.map(HijriDate::of);
    let reason = if said.year.is_some() { None } else { Some(UNIT) };
    let range = |(first, after): (Date, Date), precision, reason| {
        let last = after.plus_days(-1)?;
        Some(Stretch {
            value: [first.written(), last.written()].join("/"),
            precision,
            days: Some((first, after)),
            reason,
            from_earlier: false,
        })
    };
    if let (Some(months), Some(now)) = (said.months, now) {
        let (year, month) = now.month_after(months.into())?;
        return range(HijriDate::month_of(year, month)?, Precision::Month, reason);
    }
    let year = match (said.year, said.month) {
        (Some(year), Some(month)) if year > LAST_HIJRI_YEAR => Some(hijri_year_in(year, month, said.day)?),
        (Some(year), _) => Some(year),
        (None, _) => now.zip(said.years).and_then(|(now, years)| now.year.checked_add(years)),
    };
    match (year, said.month) {
        (Some(year), Some(month)) => match said.day {
            Some(number) => day(HijriDate { year, month, day: number }.to_gregorian()?, reason),
            None => range(HijriDate::month_of(year, month)?, Precision::Month, reason),
        },
        (Some(year), None) => {
            let first = HijriDate { year, month: 1, day: 1 }.to_gregorian()?;
            let after = HijriDate { year: year.checked_add(1)?, month: 1, day: 1 }.to_gregorian()?;
            range((first, after), Precision::Year, reason)
        }
        (None, Some(month)) => {
            let Some((anchor, now)) = anchor.zip(now) else {
                let precision = if said.day.is_some() { Precision::Day } else { Precision::Month };
                let value = if said.day.is_some() { "XXXX-XX-XX" } else { "XXXX-XX" };
                return Some(unknown(value.to_owned(), precision));
            };
            let candidates: Vec<(i32, Date, Date)> = (now.year - 2..=now.year + 2)
                .filter_map(|year| {
                    let (first, after) = HijriDate::month_of(year, month)?;
                    match said.day {
                        Some(number) => {
                            let date = HijriDate { year, month, day: number }.to_gregorian()?;
                            Some((year, date, date.plus_days(1)?))
                        }
                        None => Some((year, first, after)),
                    }
                })
                .collect();
            let choice = Choice { which: said.which, tense: context.tense, anchor };
            let (year, reason) = choice.of(&candidates)?;
            match said.day {
                Some(number) => day(HijriDate { year, month, day: number }.to_gregorian()?, Some(reason)),
                None => range(HijriDate::month_of(year, month)?, Precision::Month, Some(reason)),
            }
        }
        (None, None) => None,
    }
}

/// Later years are Gregorian.
const LAST_HIJRI_YEAR: i32 = 1699;

/// The Hijri year whose month, or day, begins in the Gregorian `year`; the first, where two do.
fn hijri_year_in(year: i32, month: u8, day: Option<u8>) -> Option<i32> {
    let now = HijriDate::of(Date::new(year, 1, 1)?).year;
    (now..=now + 1).find(|&hijri| {
        let first = HijriDate { year: hijri, month, day: day.unwrap_or(1) }.to_gregorian();
        first.is_some_and(|first| first.year() == year)
    })
}
