//! What a number may be in an expression.

use super::search::Text;
use super::signs::Signs;
use crate::values::numerals::{Counted, Numeral};

/// What a number is in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Day,
    OrdinalDay,
    ListedDay,
    MonthNumber,
    Year,
    RecentYear,
    AnyYear,
    YearInWords,
    SpelledYear,
    OldYear,
    HijriYear,
    Hour,
    HourAndPart,
    HourDigits,
    TheClockHour,
    Minute,
    MinusMinute,
    HourFraction,
    MinusFraction,
    Count,
    CountBehind,
    FractionCount,
    HalfMore,
    Nth,
    TheNth,
    TheQuarter,
    TheHalf,
    Century,
    Age,
}

impl Role {
    /// The roles that a number may be in.
    pub(super) fn all(text: &Text<'_, '_>, numeral: &Numeral) -> Signs {
        let whole = numeral.whole();
        let within = |first: u32, last: u32| whole.is_some_and(|number| first <= number && number <= last);
        // A round number is as often one of things.
        let is_round = whole.is_some_and(|number| number % 100 == 0);
        let has_digits = |count: u8| numeral.digits == Some(count);
        let short = numeral.digits.is_some_and(|digits| digits <= 2);
        let (in_words, definite) = (numeral.in_words(), numeral.definite);
        let (cardinal, ordinal) = (numeral.kind == Counted::Cardinal, numeral.kind == Counted::Ordinal);
        // What counts something is no year.
        let is_free = (has_digits(3) || has_digits(4)) && !text.around.counts(numeral.end);
        let (three, four) = (has_digits(3) && is_free, has_digits(4) && is_free);

        let mut roles = 0;
        let mut add = |role: Self, is: bool| roles |= u32::from(is) << role as u32;
        add(Self::Day, within(1, 31) && short);
        add(Self::ListedDay, within(1, 31) && short);
        let called = ordinal || cardinal && definite && matches!(whole, Some(20 | 30));
        add(Self::OrdinalDay, within(1, 31) && called && in_words);
        add(Self::MonthNumber, within(1, 12) && (short || in_words));
        add(Self::Year, within(1000, 2999) && four);
        add(Self::RecentYear, within(1900, 2099) && four && !is_round);
        add(Self::HijriYear, within(200, 1600) && (four || three));
        add(Self::AnyYear, within(1, 9999) && !in_words);
        add(Self::YearInWords, within(1000, 2999) && in_words && cardinal);
        add(Self::SpelledYear, within(1001, 2999) && in_words && cardinal && !is_round);
        add(Self::OldYear, within(100, 999) && three);
        add(Self::Hour, within(0, 24) && (short || in_words));
        add(Self::HourDigits, within(0, 24) && short);
        add(Self::TheClockHour, within(1, 12) && in_words && definite);
        add(Self::Minute, within(0, 59));
        add(Self::MinusMinute, within(0, 59));
        add(Self::Nth, within(1, 31) && ordinal && !definite);
        add(Self::TheNth, within(1, 31) && ordinal && definite);
        add(Self::TheQuarter, within(1, 4) && ordinal && definite);
        add(Self::TheHalf, within(1, 2) && ordinal && definite);
        // `في الخامسة والأربعين من عمره`
        add(Self::Age, within(1, 120) && definite);
        add(Self::Century, within(1, 30) && (definite || !in_words));
        // `بالمئة` behind a number belongs to that.
        let is_hundredths = || whole == Some(100) && text.is_after_preposition(numeral.begin);
        // Of a number that is whole the thousandths are known.
        let is_count = |role: Self| cardinal && whole.is_some() || role.number(numeral).is_some();
        add(Self::Count, cardinal && is_count(Self::Count) && !is_hundredths());
        add(Self::CountBehind, is_count(Self::CountBehind));
        if numeral.kind == Counted::Fraction {
            for role in [Self::FractionCount, Self::HalfMore, Self::HourFraction, Self::MinusFraction] {
                add(role, role.number(numeral).is_some());
            }
        }
        add(Self::HourAndPart, cardinal && whole.is_none() && Self::HourAndPart.number(numeral).is_some());
        Signs::roles(roles)
    }

    /// The number that a numeral is in a role that it may be in: of counts and fractions thousandths, of parts of an hour
    /// minutes, of hours with their parts minutes too.
    pub(super) fn number(self, numeral: &Numeral) -> Option<i64> {
        let value = || numeral.value.as_ref();
        match self {
            Self::HourFraction | Self::MinusFraction => minutes_of(value()?.thousandths_rounded()?),
            // `8 ونصف`, `الواحدة والربع`
            Self::HourAndPart => {
                let value = value()?.thousandths_rounded()?;
                let (hour, minutes) = (value / 1000, minutes_of(value % 1000)?);
                (1..=12).contains(&hour).then_some(hour * 60 + minutes)
            }
            Self::Count => value()?.thousandths(),
            // `السنوات الخمس`, `الأيام العشر`: written like a fifth, a tenth.
            Self::CountBehind => match (numeral.kind, value()?.thousandths()?) {
                (Counted::Cardinal, count) => Some(count),
                (Counted::Fraction, 200) if numeral.definite => Some(5_000),
                (Counted::Fraction, 100) if numeral.definite => Some(10_000),
                _ => None,
            },
            Self::FractionCount | Self::HalfMore => value()?.thousandths_rounded(),
            _ => numeral.whole().map(i64::from),
        }
    }
}

/// The minutes of so many thousandths of an hour, of those that hours are told by.
const fn minutes_of(thousandths: i64) -> Option<i64> {
    match thousandths {
        500 => Some(30),
        333 => Some(20),
        250 => Some(15),
        _ => None,
    }
}
