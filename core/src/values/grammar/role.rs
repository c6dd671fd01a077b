//! What a number may be in an expression.

use super::search::Text;
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
    const ALL: [Self; 29] = [
        Self::Day,
        Self::OrdinalDay,
        Self::ListedDay,
        Self::MonthNumber,
        Self::Year,
        Self::RecentYear,
        Self::AnyYear,
        Self::YearInWords,
        Self::SpelledYear,
        Self::OldYear,
        Self::HijriYear,
        Self::Hour,
        Self::HourAndPart,
        Self::HourDigits,
        Self::TheClockHour,
        Self::Minute,
        Self::MinusMinute,
        Self::HourFraction,
        Self::MinusFraction,
        Self::Count,
        Self::CountBehind,
        Self::FractionCount,
        Self::HalfMore,
        Self::Nth,
        Self::TheNth,
        Self::TheQuarter,
        Self::TheHalf,
        Self::Century,
        Self::Age,
    ];

    /// The number that a numeral is in the role, if it may be in it: of counts and fractions thousandths, of parts of an hour
    /// minutes, of hours with their parts minutes too.
    pub(super) fn number(self, text: &Text<'_, '_>, numeral: &Numeral) -> Option<i64> {
        self.of_whole(text, numeral, numeral.whole(), &|| text.around.counts(numeral.end))
    }

    /// All the roles that a number may be in.
    pub(super) fn all(text: &Text<'_, '_>, numeral: &Numeral) -> impl Iterator<Item = Self> {
        let whole = numeral.whole();
        let known = std::cell::OnceCell::new();
        let counts = move || *known.get_or_init(|| text.around.counts(numeral.end));
        Self::ALL.into_iter().filter(move |role| role.of_whole(text, numeral, whole, &counts).is_some())
    }

    /// `counts` says whether the number counts what stands behind it.
    fn of_whole(
        self,
        text: &Text<'_, '_>,
        numeral: &Numeral,
        whole: Option<u32>,
        counts: &dyn Fn() -> bool,
    ) -> Option<i64> {
        let within = |range: std::ops::RangeInclusive<u32>| whole.filter(|number| range.contains(number));
        let short = numeral.digits.is_some_and(|digits| digits <= 2);
        let four = numeral.digits == Some(4);
        let (cardinal, ordinal) = (numeral.kind == Counted::Cardinal, numeral.kind == Counted::Ordinal);
        let fraction = || {
            let value = numeral.value.as_ref().filter(|_| numeral.kind == Counted::Fraction)?;
            value.thousandths_rounded()
        };
        let number = match self {
            Self::Day | Self::ListedDay => within(1..=31).filter(|_| short),
            Self::OrdinalDay => {
                let called = ordinal || cardinal && numeral.definite && matches!(whole, Some(20 | 30));
                within(1..=31).filter(|_| called && numeral.in_words())
            }
            Self::MonthNumber => within(1..=12).filter(|_| short || numeral.in_words()),
            Self::Year => within(1000..=2999).filter(|_| four && !counts()),
            // A round number is as often one of things.
            Self::RecentYear => within(1900..=2099).filter(|number| four && number % 100 != 0 && !counts()),
            Self::HijriYear => {
                within(200..=1600).filter(|_| (four || numeral.digits == Some(3)) && !counts())
            }
            Self::AnyYear => within(1..=9999).filter(|_| !numeral.in_words()),
            Self::YearInWords => within(1000..=2999).filter(|_| numeral.in_words() && cardinal),
            // A round number is as often one of things.
            Self::SpelledYear => {
                within(1001..=2999).filter(|number| number % 100 != 0 && numeral.in_words() && cardinal)
            }
            Self::OldYear => within(100..=999).filter(|_| numeral.digits == Some(3) && !counts()),
            Self::Hour => within(0..=24).filter(|_| short || numeral.in_words()),
            Self::HourDigits => within(0..=24).filter(|_| short),
            Self::TheClockHour => within(1..=12).filter(|_| numeral.in_words() && numeral.definite),
            Self::Minute | Self::MinusMinute => within(0..=59),
            Self::HourFraction | Self::MinusFraction => {
                return minutes_of(fraction()?);
            }
            // `8 ونصف`, `الواحدة والربع`
            Self::HourAndPart => {
                let value = numeral.value.as_ref().filter(|_| cardinal)?.thousandths_rounded()?;
                let (hour, minutes) = (value / 1000, minutes_of(value % 1000)?);
                return (1..=12).contains(&hour).then_some(hour * 60 + minutes);
            }
            // `بالمئة` behind a number belongs to that.
            Self::Count if whole == Some(100) && text.is_after_preposition(numeral.begin) => None,
            Self::Count => return numeral.value.as_ref()?.thousandths().filter(|_| cardinal),
            // `السنوات الخمس`, `الأيام العشر`: written like a fifth, a tenth.
            Self::CountBehind => {
                return match (numeral.kind, numeral.value.as_ref()?.thousandths()?) {
                    (Counted::Cardinal, count) => Some(count),
                    (Counted::Fraction, 200) if numeral.definite => Some(5_000),
                    (Counted::Fraction, 100) if numeral.definite => Some(10_000),
                    _ => None,
                };
            }
            Self::FractionCount | Self::HalfMore => return fraction(),
            Self::Nth => within(1..=31).filter(|_| ordinal && !numeral.definite),
            Self::TheNth => within(1..=31).filter(|_| ordinal && numeral.definite),
            Self::TheQuarter => within(1..=4).filter(|_| ordinal && numeral.definite),
            Self::TheHalf => within(1..=2).filter(|_| ordinal && numeral.definite),
            // `في الخامسة والأربعين من عمره`
            Self::Age => within(1..=120).filter(|_| numeral.definite),
            Self::Century => within(1..=30).filter(|_| numeral.definite || numeral.digits.is_some()),
        };
        number.map(i64::from)
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
