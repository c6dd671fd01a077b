//! Days of the Gregorian and the Hijri calendar.

use icu_calendar::cal::Hijri;
use icu_calendar::cal::hijri::UmmAlQura;
use icu_calendar::types::RataDie;
use icu_calendar::{Date as IcuDate, Iso};

/// A day of the proleptic Gregorian calendar, in the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if there is one.
    pub(crate) fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        IcuDate::try_new_iso(year, month, day).ok().map(|_| Self { year, month, day })
    }

    pub(crate) fn year(self) -> i32 {
        self.year
    }

    pub(crate) fn month(self) -> u8 {
        self.month
    }

    fn iso(self) -> Option<IcuDate<Iso>> {
        IcuDate::try_new_iso(self.year, self.month, self.day).ok()
    }

    /// Days since the day before 0001-01-01.
    pub(crate) fn number(self) -> i64 {
        self.iso().map_or(0, |date| date.to_rata_die().to_i64_date())
    }

    pub(crate) fn from_number(number: i64) -> Option<Self> {
        // What is outside of the years that a date may have; the library's own limits are wider.
        if !(1..=3_652_059).contains(&number) {
            return None;
        }
        let date = IcuDate::from_rata_die(RataDie::new(number), Iso);
        Self::new(date.year().extended_year(), date.month().ordinal, date.day_of_month().0)
    }

    pub(crate) fn plus_days(self, days: i64) -> Option<Self> {
        // All months have so many days.
        if let Some(day) =
            u8::try_from(i64::from(self.day).saturating_add(days)).ok().filter(|day| (1..=28).contains(day))
        {
            return Some(Self { day, ..self });
        }
        Self::from_number(self.number().checked_add(days)?)
    }

    /// So many months later, on the last day of the month where it has no such day.
    pub(crate) fn plus_months(self, months: i64) -> Option<Self> {
        let (year, month) = month_after(self.year, self.month, months)?;
        Self::new(year, month, self.day.min(days_in_month(year, month)))
    }

    /// 1 (Monday) to 7 (Sunday).
    pub(crate) fn weekday(self) -> u8 {
        u8::try_from((self.number() - 1).rem_euclid(7) + 1).unwrap_or(1)
    }

    /// The year and the number of its week, by ISO 8601.
    pub(crate) fn week(self) -> Option<(i32, u8)> {
        let week = self.iso()?.week_of_year();
        Some((week.iso_year, week.week_number))
    }

    /// Reads what [`Self::written`] gives.
    pub(crate) fn read(written: &str) -> Option<Self> {
        let (year, rest) = written.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day in the form of ISO 8601: `2018-05-17`.
    pub(crate) fn written(self) -> String {
        let mut written = year_and_month(self.year, self.month);
        written.push('-');
        push(&mut written, self.day.into(), 2);
        written
    }
}

/// A year of a [`Date`] with a month of it, in the form of ISO 8601: `2018-05`.
pub(super) fn year_and_month(year: i32, month: u8) -> String {
    // There is room for a day, a time of day and an offset behind it.
    let mut written = String::with_capacity("2018-05-17T00:00:00+00:00".len());
    push(&mut written, year.unsigned_abs(), 4);
    written.push('-');
    push(&mut written, month.into(), 2);
    written
}

/// Adds the last digits of a number, as many as there are `places`.
#[inline]
pub(super) fn push(written: &mut String, number: u32, places: u32) {
    for place in (0..places).rev() {
        let digit = u8::try_from(number / 10_u32.pow(place) % 10).unwrap_or_default();
        written.push(char::from(b'0' + digit));
    }
}

/// The year and month so many months after another.
pub(crate) fn month_after(year: i32, month: u8, months: i64) -> Option<(i32, u8)> {
    let count = i64::from(year) * 12 + i64::from(month) - 1 + months;
    let year = i32::try_from(count.div_euclid(12)).ok().filter(|year| (1..=9999).contains(year))?;
    Some((year, u8::try_from(count.rem_euclid(12)).ok()? + 1))
}

/// How many days the month of the Gregorian calendar has.
pub(crate) fn days_in_month(year: i32, month: u8) -> u8 {
    IcuDate::try_new_iso(year, month, 1).map_or(31, |date| date.days_in_month())
}

/// A day of the Hijri calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HijriDate {
    pub(crate) year: i32,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

const UMM_AL_QURA: Hijri<UmmAlQura> = Hijri::new_umm_al_qura();
/// The years that the tables of Umm al-Qura have; others are reckoned.
const TABLES: std::ops::RangeInclusive<i32> = 1300..=1600;

impl HijriDate {
    /// The Gregorian day; `None` where the month has no such day.
    pub(crate) fn to_gregorian(self) -> Option<Date> {
        let date = IcuDate::try_new_hijri_with_calendar(self.year, self.month, self.day, UMM_AL_QURA).ok()?;
        Date::from_number(date.to_rata_die().to_i64_date())
    }

    pub(crate) fn of(date: Date) -> Self {
        let hijri = IcuDate::from_rata_die(RataDie::new(date.number()), UMM_AL_QURA);
        Self { year: hijri.year().extended_year(), month: hijri.month().ordinal, day: hijri.day_of_month().0 }
    }

    /// So many months later, on the last day of the month where it has no such day.
    pub(crate) fn plus_months(self, months: i64) -> Option<Date> {
        let (year, month) = self.month_after(months)?;
        let day = |day| Self { year, month, day }.to_gregorian();
        day(self.day).or_else(|| day(29))
    }

    /// The year and month so many months later.
    pub(crate) fn month_after(self, months: i64) -> Option<(i32, u8)> {
        let count = (i64::from(self.year) * 12 + i64::from(self.month) - 1).checked_add(months)?;
        let year = i32::try_from(count.div_euclid(12)).ok().filter(|year| (1..=9999).contains(year))?;
        Some((year, u8::try_from(count.rem_euclid(12)).ok()? + 1))
    }

    /// The first day of the month, and the first of the month behind it.
    pub(crate) fn month_of(year: i32, month: u8) -> Option<(Date, Date)> {
        let first = Self { year, month, day: 1 }.to_gregorian()?;
        let (after, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        Some((first, Self { year: after, month: next, day: 1 }.to_gregorian()?))
    }

    /// CLDR's name of the calendar in which a year's days are found.
    pub(crate) fn calendar(year: i32) -> &'static str {
        if TABLES.contains(&year) { "islamic-umalqura" } else { "islamic-civil" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_two_centuries_is_counted() {
        let (first, last) = (Date::new(1900, 1, 1).unwrap(), Date::new(2100, 12, 31).unwrap());
        assert_eq!(first.weekday(), 1);
        let mut weekday = 0;
        for number in first.number()..=last.number() {
            let date = Date::from_number(number).unwrap();
            assert_eq!(date.number(), number);
            weekday = weekday % 7 + 1;
            assert_eq!(date.weekday(), weekday, "{date:?}");
            let (year, week) = date.week().unwrap();
            assert!((1..=53).contains(&week) && (year - date.year()).abs() <= 1, "{date:?}");
            let hijri = HijriDate::of(date);
            assert_eq!(hijri.to_gregorian(), Some(date), "{hijri:?}");
        }
    }

    #[test]
    fn days_of_umm_al_qura() {
        for (hijri, gregorian) in
            [((1439, 9, 1), "2018-05-16"), ((1445, 1, 1), "2023-07-19"), ((1434, 8, 11), "2013-06-20")]
        {
            let (year, month, day) = hijri;
            let date = HijriDate { year, month, day }.to_gregorian().unwrap();
            assert_eq!(date.written(), gregorian);
        }
        assert_eq!(HijriDate { year: 1433, month: 2, day: 31 }.to_gregorian(), None);
    }

    #[test]
    fn months_end_where_they_do() {
        assert_eq!(Date::new(2023, 2, 29), None);
        assert_eq!(Date::new(2024, 1, 31).unwrap().plus_months(1), Date::new(2024, 2, 29));
        assert_eq!(Date::new(2024, 1, 31).unwrap().plus_months(-11), Date::new(2023, 2, 28));
        assert_eq!(Date::new(9999, 12, 31).unwrap().plus_days(1), None);
        assert_eq!(Date::new(0, 1, 1), None);
    }
}
