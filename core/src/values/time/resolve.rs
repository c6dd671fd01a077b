//! What an expression means: a date, a time of day, a length of time, a set.

use super::calendar::HijriDate;
use super::render;
use super::said::{Calendar, Direction, PartOfDay, Said, Stretch as Place, Unit};
use super::stretch::{Stretch, stretch};
use super::value::{Anchor, AnchorKind, Modifier, Precision, TimeKind, TimeValue};
use super::{Context, Point, Tense};

/// What `said` means; `None` where it is no time that exists (`31 أبريل`).
pub(crate) fn resolve(said: &Said, context: &Context) -> Option<TimeValue> {
    if let Some(last) = &said.to {
        return range(said, last, context);
    }
    if said.every {
        return Some(set(said));
    }
    if !said.length.is_empty() {
        return length(said, context);
    }
    if said.now {
        return now(context);
    }
    let has_day = has_date(said);
    if let Some(clock) = said.clock {
        let day = if has_day { stretch(said, context) } else { anchor_day(context) };
        return render::time_of_day(said, clock, day.as_ref(), context);
    }
    if let Some(part) = said.part
        && !has_day
    {
        return Some(render::part_of_day(part, anchor_day(context).as_ref(), context));
    }
    let found = stretch(said, context)?;
    let mut value = date(&found, said.calendar, context);
    value.modifier = modifier(said);
    if said.part.is_some() && value.precision == Some(Precision::Day) {
        value.precision = Some(Precision::PartOfDay);
    }
    Some(value)
}

/// Whether it says anything of a day, month or year.
fn has_date(said: &Said) -> bool {
    let Said { century, decade, year, half, quarter, season, month, day, weekday, nth, days, .. } = said;
    let shifts = [said.weeks, said.months, said.quarters, said.years, said.decades, said.centuries];
    century.or(*decade).or(*year).or(*days).is_some()
        || half.or(*quarter).or(*month).or(*day).or(*weekday).is_some()
        || season.is_some()
        || nth.is_some()
        || shifts.iter().any(Option::is_some)
}

fn anchor_day(context: &Context) -> Option<Stretch> {
    let today = Said { days: Some(0), ..Said::default() };
    context.anchor.and_then(|_| stretch(&today, context))
}

fn date(found: &Stretch, calendar: Calendar, context: &Context) -> TimeValue {
    let (begin, end) = match found.days {
        Some((begin, end)) => (Some(begin), Some(end)),
        None => (None, None),
    };
    let hijri = begin.map(|begin| HijriDate::calendar(HijriDate::of(begin).year));
    TimeValue {
        kind: TimeKind::Date,
        value: found.value.clone(),
        precision: Some(found.precision),
        begin: begin.map(|day| render::midnight(day, context.offset)),
        end: end.map(|day| render::midnight(day, context.offset)),
        anchor: anchor(found, context),
        calendar: match calendar {
            Calendar::Gregorian => Some("gregory"),
            Calendar::Hijri => hijri.or(Some("islamic-umalqura")),
        },
        modifier: None,
    }
}

/// What `found` was resolved from.
pub(super) fn anchor(found: &Stretch, context: &Context) -> Option<Anchor> {
    let reason = found.reason?;
    if found.from_earlier
        && let Some((point, _, span)) = context.earlier
    {
        return Some(Anchor {
            kind: AnchorKind::EarlierDate,
            date: point.date.to_string(),
            span: Some(span),
            reason,
        });
    }
    let (point, kind, span) = context.anchor?;
    Some(Anchor { kind, date: point.date.to_string(), span, reason })
}

fn modifier(said: &Said) -> Option<Modifier> {
    let place = said.stretch.map(|place| match place {
        Place::Start => Modifier::Start,
        Place::Early => Modifier::Early,
        Place::Mid => Modifier::Mid,
        Place::Late => Modifier::Late,
        Place::End => Modifier::End,
    });
    place.or_else(|| match said.part? {
        PartOfDay::Dawn | PartOfDay::Morning => Some(Modifier::Morning),
        PartOfDay::Noon => Some(Modifier::Noon),
        PartOfDay::Afternoon => Some(Modifier::Afternoon),
        PartOfDay::Evening => Some(Modifier::Evening),
        PartOfDay::Night => Some(Modifier::Night),
        PartOfDay::Daytime => None,
    })
}

/// From one end to another; what both have is written at one of them.
fn range(first: &Said, last: &Said, context: &Context) -> Option<TimeValue> {
    let mut first = Said { to: None, ..first.clone() };
    let mut last = last.clone();
    let every = std::mem::take(&mut last.every) || std::mem::take(&mut first.every);
    let context = if every { &Context { offset: context.offset, ..Context::default() } } else { context };
    if first.clock.is_some() && last.clock.is_some() {
        return clocks(first, &last, context);
    }
    let is_bare_day = first.day.is_some() && first.month.is_none() && first.months.is_none();
    if is_bare_day {
        (first.month, first.months, first.calendar) = (last.month, last.months, last.calendar);
        // `28 إلى 3 مارس`: of the month before.
        if first.day > last.day {
            first.months = first.months.map(|months| months.saturating_sub(1));
            first.month = first.month.map(|month| if month == 1 { 12 } else { month.saturating_sub(1) });
        }
    }
    // `يوليو 13 إلى 15`
    if last.day.is_some() && last.month.is_none() && last.months.is_none() {
        (last.month, last.months, last.calendar) = (first.month, first.months, first.calendar);
    }
    let has_year = |said: &Said| said.year.is_some() || said.years.is_some();
    if !has_year(&first) && first.month.is_some() && (has_year(&last) || last.which.is_some()) {
        (first.year, first.years) = (last.year, last.years);
        // `ديسمبر إلى فبراير 2011`: of the year before.
        if last.month.is_some() && first.month > last.month {
            let before = |year: i32| year.saturating_sub(1);
            (first.year, first.years) = (first.year.map(before), first.years.map(before));
        }
        if first.which.is_none() && !has_year(&last) && (is_bare_day || last.month == first.month) {
            first.which = last.which;
        }
    }
    if has_year(&first)
        && !has_year(&last)
        && last.which.is_none()
        && last.month.is_some()
        && last.month >= first.month
    {
        (last.year, last.years) = (first.year, first.years);
    }
    let begin = stretch(&first, context)?;
    let mut after = *context;
    if !has_year(&last)
        && last.which.is_none()
        && [last.days, last.weeks, last.months].iter().all(Option::is_none)
        && let Some((day, _)) = begin.days
    {
        let (kind, span) =
            context.anchor.map_or((AnchorKind::ReferenceDate, None), |(_, kind, span)| (kind, span));
        after.anchor = Some((Point { date: day, clock: None }, kind, span));
        after.tense = Some(Tense::Future);
    }
    let end = stretch(&last, &after)?;
    let mut value = date(&begin, first.calendar, context);
    value.value = format!("{}/{}", begin.value, end.value);
    value.precision = Some(end.precision.min(begin.precision));
    value.end = end.days.map(|(_, after)| render::midnight(after, context.offset));
    if let Some(((from, _), (to, _))) = begin.days.zip(end.days)
        && to < from
    {
        return None;
    }
    Some(value)
}

/// From one time of day to another.
fn clocks(mut first: Said, last: &Said, context: &Context) -> Option<TimeValue> {
    let (from, mut to) = (first.clock?, last.clock?);
    let is_late = |part: PartOfDay| (PartOfDay::Noon..=PartOfDay::Evening).contains(&part);
    // `من 4 إلى 5 مساء`: both are of the evening; `من 9 إلى 5 مساء`: one is.
    let goes_round = from.hour > to.hour && last.part.is_some_and(is_late);
    if first.part.is_none() && from.after_noon.is_none() && !goes_round {
        first.part = last.part;
    }
    // `من 3 مساء حتى السابعة`, `من العاشرة صباحا حتى الثانية`: the next such hour.
    if last.part.is_none() && to.after_noon.is_none() && to.hour < 12 {
        let is_after_noon = from.after_noon == Some(true) || first.part.is_some_and(is_late);
        let is_before_noon = from.after_noon == Some(false) || first.part == Some(PartOfDay::Morning);
        if is_after_noon && to.hour > from.hour % 12 || is_before_noon && to.hour <= from.hour % 12 {
            to.after_noon = Some(true);
        }
    }
    let day = if has_date(&first) { stretch(&first, context) } else { anchor_day(context) };
    let from = render::time_of_day(&first, from, day.as_ref(), context)?;
    let mut until = render::time_of_day(last, to, day.as_ref(), context)?;
    // `من 10 مساء حتى 2 فجرا`: of the day behind.
    if until.begin < from.begin
        && let Some((_, after)) = day.as_ref().and_then(|day| day.days)
    {
        let next = Stretch { value: after.to_string(), days: Some((after, after.plus_days(1)?)), ..day? };
        until = render::time_of_day(last, to, Some(&next), context)?;
    }
    let value = format!("{}/{}", from.value, until.value);
    Some(TimeValue { value, end: until.end, ..from })
}

/// `كل يوم`, `كل خميس`.
fn set(said: &Said) -> TimeValue {
    let value = match (said.weekday, said.length.first()) {
        (Some(weekday), _) => format!("XXXX-WXX-{weekday}"),
        (None, Some(_)) => render::period(&said.length),
        (None, None) => "P1D".to_owned(),
    };
    TimeValue::of(TimeKind::Set, value)
}

fn now(context: &Context) -> Option<TimeValue> {
    let today = anchor_day(context)?;
    let mut value = date(&today, Calendar::Gregorian, context);
    if let Some((Point { date, clock: Some((hour, minute, _)) }, ..)) = context.anchor {
        value.kind = TimeKind::Time;
        value.value = format!("{date}T{hour:02}:{minute:02}");
        value.precision = Some(Precision::Minute);
        let instant = render::instant(date, (hour, minute, 0), context.offset);
        (value.begin, value.end) = (Some(instant), None);
    }
    Some(value)
}

/// A length, and the instant that it points to where it is counted from the anchor.
fn length(said: &Said, context: &Context) -> Option<TimeValue> {
    let mut value = TimeValue::of(TimeKind::Duration, render::period(&said.length));
    let back = match said.direction {
        Some(Direction::Before | Direction::Since) => -1,
        // `ارتفع خلال أسبوعين`: which two weeks is not said.
        Some(Direction::Within) if context.tense == Some(Tense::Past) => return Some(value),
        Some(Direction::After | Direction::Within) => 1,
        None => return Some(value),
    };
    let Some((point, kind, span)) = context.anchor else { return Some(value) };
    // Of what is further away than the calendar goes the length alone is known: `قبل 65 مليون سنة`.
    let Some(Point { date, clock }) = away(point, said, back) else { return Some(value) };
    let finest = said.length.iter().map(|length| length.unit).max()?;
    value.precision = Some(render::precision(finest));
    value.begin = Some(match clock {
        Some(clock) => render::instant(date, clock, context.offset),
        None => render::midnight(date, context.offset),
    });
    if clock.is_none() && finest > Unit::Day {
        value.begin = None;
        value.precision = None;
    }
    value.anchor =
        Some(Anchor { kind, date: point.date.to_string(), span, reason: "counted from the anchor" });
    Some(value)
}

/// The instant that a length leads to.
fn away(point: Point, said: &Said, back: i64) -> Option<Point> {
    let mut date = point.date;
    let mut seconds = point
        .clock
        .map(|(hour, minute, second)| i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second));
    for length in &said.length {
        let count = length.thousandths.checked_mul(back)?;
        match length.unit {
            Unit::Century
            | Unit::Decade
            | Unit::Year
            | Unit::HalfYear
            | Unit::Quarter
            | Unit::Season
            | Unit::Month => {
                let months = count.checked_mul(render::months(length.unit))?;
                date = date.plus_months(months / 1000)?;
                date = date.plus_days((months % 1000) * 30 / 1000)?;
            }
            Unit::Week => date = date.plus_days(count.checked_mul(7)? / 1000)?,
            Unit::Day => date = date.plus_days(count / 1000)?,
            Unit::Hour | Unit::Minute | Unit::Second => {
                let of = match length.unit {
                    Unit::Hour => 3600,
                    Unit::Minute => 60,
                    _ => 1,
                };
                let by = count.checked_mul(of)? / 1000;
                if let Some(seconds) = &mut seconds {
                    *seconds = seconds.checked_add(by)?;
                }
            }
        }
    }
    let Some(seconds) = seconds else { return Some(Point { date, clock: None }) };
    let date = date.plus_days(seconds.div_euclid(86_400))?;
    let rest = seconds.rem_euclid(86_400);
    let part = |of: i64, within: i64| u8::try_from(rest / of % within).ok();
    let has_clock = said.length.iter().any(|length| length.unit > Unit::Day);
    if !has_clock {
        return Some(Point { date, clock: None });
    }
    Some(Point { date, clock: Some((part(3600, 24)?, part(60, 60)?, part(1, 60)?)) })
}
