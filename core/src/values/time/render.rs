//! The forms of the contract: ISO 8601 with the letters of TIMEX3.

use std::fmt::Write;

use super::Context;
use super::calendar::{Date, push};
use super::resolve::anchor;
use super::said::{Clock, Length, PartOfDay, Said, Unit};
use super::stretch::Stretch;
use super::value::{Precision, TimeKind, TimeValue};

/// `2018-05-17T00:00:00`, with the offset where there is one.
pub(super) fn midnight(day: Date, offset: Option<i16>) -> String {
    let mut written = day.written();
    written.push_str("T00:00:00");
    push_offset(&mut written, offset);
    written
}

pub(super) fn instant(day: Date, (hour, minute, second): (u8, u8, u8), offset: Option<i16>) -> String {
    let mut written = day.written();
    for (sign, part) in [('T', hour), (':', minute), (':', second)] {
        written.push(sign);
        push(&mut written, part.into(), 2);
    }
    push_offset(&mut written, offset);
    written
}

fn push_offset(written: &mut String, offset: Option<i16>) {
    if let Some(offset) = offset {
        push_zone(written, offset);
    }
}

fn push_zone(written: &mut String, minutes: i16) {
    written.push(if minutes < 0 { '-' } else { '+' });
    let minutes = u32::from(minutes.unsigned_abs());
    push(written, minutes / 60, 2);
    written.push(':');
    push(written, minutes % 60, 2);
}

pub(super) fn precision(unit: Unit) -> Precision {
    match unit {
        Unit::Century => Precision::Century,
        Unit::Decade => Precision::Decade,
        Unit::Year => Precision::Year,
        Unit::HalfYear => Precision::HalfYear,
        Unit::Quarter => Precision::Quarter,
        Unit::Season => Precision::Season,
        Unit::Month => Precision::Month,
        Unit::Week => Precision::Week,
        Unit::Day => Precision::Day,
        Unit::Hour => Precision::Hour,
        Unit::Minute => Precision::Minute,
        Unit::Second => Precision::Second,
    }
}

/// How many months are in a unit; none in those below a month.
pub(super) fn months(unit: Unit) -> i64 {
    match unit {
        Unit::Century => 1200,
        Unit::Decade => 120,
        Unit::Year => 12,
        Unit::HalfYear => 6,
        Unit::Quarter | Unit::Season => 3,
        _ => 1,
    }
}

/// So many thousandths as a decimal number.
fn decimal(thousandths: i64) -> String {
    let (whole, rest) = (thousandths / 1000, (thousandths % 1000).abs());
    if rest == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
    }
}

/// An age, as a decimal number of one of CLDR's units; `None` where it is of units that no age is counted in.
pub(in crate::values) fn age(lengths: &[Length]) -> Option<(String, &'static str)> {
    let finest = lengths.iter().map(|length| length.unit).max()?;
    let (unit, of_year) = match finest {
        Unit::Decade | Unit::Year => ("year-person", 1),
        Unit::Month => ("month-person", 12),
        Unit::Week => ("week-person", 0),
        Unit::Day => ("day-person", 0),
        _ => return None,
    };
    let mut sum: i64 = 0;
    for &Length { thousandths, unit } in lengths {
        let each = match unit {
            Unit::Decade => 10 * of_year,
            Unit::Year => of_year,
            _ => 1,
        };
        // Years of a baby that is counted in days are none.
        let more = thousandths.checked_mul(each).filter(|_| each > 0)?;
        sum = sum.checked_add(more)?;
    }
    Some((decimal(sum), unit))
}

/// A length in the form of ISO 8601: `P3D`, `P1Y2M`, `PT3H30M`.
pub(super) fn period(lengths: &[Length]) -> String {
    let mut counts = [0_i64; 7];
    for length in lengths {
        let (place, factor) = match length.unit {
            Unit::Century => (0, 100),
            Unit::Decade => (0, 10),
            Unit::Year => (0, 1),
            Unit::HalfYear => (1, 6),
            Unit::Quarter | Unit::Season => (1, 3),
            Unit::Month => (1, 1),
            Unit::Week => (2, 1),
            Unit::Day => (3, 1),
            Unit::Hour => (4, 1),
            Unit::Minute => (5, 1),
            Unit::Second => (6, 1),
        };
        if let Some(count) = counts.get_mut(place) {
            *count = count.saturating_add(length.thousandths.saturating_mul(factor));
        }
    }
    // Parts of a unit go to the next one where they come out even: half a year is six months, a third of an hour twenty minutes.
    for (place, into) in [(0, 12), (3, 24), (4, 60), (5, 60)] {
        let Some(&[count, next]) =
            counts.get(place..place + 2).and_then(|pair| <&[i64; 2]>::try_from(pair).ok())
        else {
            continue;
        };
        let rest = count % 1000;
        let more = match rest.abs() {
            333 => rest.signum() * into * 1000 / 3,
            667 => rest.signum() * into * 2000 / 3,
            _ => rest.saturating_mul(into),
        };
        if rest != 0 && more % 1000 == 0 {
            if let Some(count) = counts.get_mut(place) {
                *count -= rest;
            }
            if let Some(of) = counts.get_mut(place + 1) {
                *of = next.saturating_add(more);
            }
        }
    }
    let mut written = "P".to_owned();
    for (place, letter) in ['Y', 'M', 'W', 'D', 'H', 'M', 'S'].into_iter().enumerate() {
        let Some(&count) = counts.get(place) else { continue };
        if place >= 4 && count != 0 && !written.contains('T') {
            written.push('T');
        }
        if count != 0 {
            written += &decimal(count);
            written.push(letter);
        }
    }
    if written == "P" { "P0D".to_owned() } else { written }
}

/// A length of some of a unit: `PXD`.
pub(super) fn some(unit: Unit) -> String {
    let letters = match unit {
        Unit::Century | Unit::Decade | Unit::Year => "PXY",
        Unit::HalfYear | Unit::Quarter | Unit::Season | Unit::Month => "PXM",
        Unit::Week => "PXW",
        Unit::Day => "PXD",
        Unit::Hour => "PTXH",
        Unit::Minute => "PTXM",
        Unit::Second => "PTXS",
    };
    letters.to_owned()
}

/// A time of day on the day that `day` is, if that is known.
pub(super) fn time_of_day(
    said: &Said,
    clock: Clock,
    day: Option<&Stretch>,
    context: &Context,
) -> Option<TimeValue> {
    let hour = hour(clock, said.part)?;
    // The end of the day is no minute later.
    let (minutes, seconds) = (clock.minute.unwrap_or(0), clock.second.unwrap_or(0));
    (minutes < 60 && seconds < 60 && (hour < 24 || minutes.max(seconds) == 0)).then_some(())?;
    let mut value = format!("T{hour:02}");
    let mut precision = Precision::Hour;
    if let Some(minute) = clock.minute {
        let _ = write!(value, ":{minute:02}");
        precision = Precision::Minute;
    }
    if let Some(second) = clock.second {
        let _ = write!(value, ":{second:02}");
        precision = Precision::Second;
    }
    let offset = clock.offset.or(context.offset);
    match clock.offset {
        Some(0) => value.push('Z'),
        Some(offset) => push_zone(&mut value, offset),
        None => {}
    }
    let date = day.filter(|day| day.precision == Precision::Day);
    let first = date.and_then(|day| day.days).map(|(first, _)| first);
    let instant = |(hour, minute, second): (i64, i64, i64)| {
        let seconds = (hour * 60 + minute) * 60 + second;
        let day = first?.plus_days(seconds.div_euclid(86_400))?;
        let part = |of: i64, within: i64| u8::try_from(seconds.rem_euclid(86_400) / of % within).ok();
        Some(self::instant(day, (part(3600, 24)?, part(60, 60)?, part(1, 60)?), offset))
    };
    let at = (i64::from(hour), i64::from(minutes), i64::from(seconds));
    let after = match precision {
        Precision::Hour => (at.0 + 1, 0, 0),
        Precision::Minute => (at.0, at.1 + 1, 0),
        _ => (at.0, at.1, at.2 + 1),
    };
    Some(TimeValue {
        kind: TimeKind::Time,
        value: match date {
            Some(day) => format!("{}{value}", day.value),
            None => format!("XXXX-XX-XX{value}"),
        },
        precision: Some(precision),
        begin: instant(at),
        end: instant(after),
        anchor: date.and_then(|day| anchor(day, context)),
        calendar: Some("gregory"),
        modifier: None,
    })
}

/// The hour of twenty-four. What stands beside an hour of twelve says which half of the day is meant.
fn hour(clock: Clock, part: Option<PartOfDay>) -> Option<u8> {
    let hour = clock.hour;
    if !(1..=12).contains(&hour) {
        return (hour <= 24).then_some(hour);
    }
    let late = |is_late: bool| if is_late { hour % 12 + 12 } else { hour % 12 };
    Some(match (clock.after_noon, part) {
        (Some(after_noon), _) => late(after_noon),
        (None, Some(PartOfDay::Dawn | PartOfDay::Morning)) => late(false),
        // `الحادية عشرة ظهرا`: before noon; `الواحدة ظهرا`: after it.
        (None, Some(PartOfDay::Noon)) => late(!(10..12).contains(&hour)),
        (None, Some(PartOfDay::Afternoon)) => late(true),
        // `الثانية عشرة مساء` is midnight.
        (None, Some(PartOfDay::Evening)) => late(hour < 12),
        // `الثانية نهارا`: after noon.
        (None, Some(PartOfDay::Daytime)) => late(!(6..12).contains(&hour)),
        // `العاشرة ليلا`: before midnight; `الثانية ليلا`: after it.
        (None, Some(PartOfDay::Night)) => late((6..12).contains(&hour)),
        (None, None) => hour,
    })
}

/// A part of the day that `day` is: `2018-05-17TEV`.
pub(super) fn part_of_day(part: PartOfDay, day: Option<&Stretch>, context: &Context) -> TimeValue {
    let letters = match part {
        PartOfDay::Dawn | PartOfDay::Morning => "TMO",
        PartOfDay::Noon => "TMI",
        PartOfDay::Afternoon => "TAF",
        PartOfDay::Evening => "TEV",
        PartOfDay::Night => "TNI",
        PartOfDay::Daytime => "TDT",
    };
    TimeValue {
        kind: TimeKind::Time,
        value: format!("{}{letters}", day.map_or("XXXX-XX-XX", |day| &day.value)),
        precision: Some(Precision::PartOfDay),
        begin: day.and_then(|day| day.days).map(|(first, _)| midnight(first, context.offset)),
        end: day.and_then(|day| day.days).map(|(_, after)| midnight(after, context.offset)),
        anchor: day.and_then(|day| anchor(day, context)),
        calendar: Some("gregory"),
        modifier: None,
    }
}
