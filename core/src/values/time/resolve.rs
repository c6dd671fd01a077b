//! What an expression means: a date, a time of day, a length of time, a set.

use super::calendar::{Date, HijriDate};
use super::render;
use super::said::{Calendar, Clock, Direction, Length, PartOfDay, Said, Stretch as Place, Unit, Which};
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
    if let (Some(clock), Some(length)) = (said.clock, said.length.first()) {
        let said =
            Said { clock: Some(moved(clock, *length, said.direction)?), length: Vec::new(), ..said.clone() };
        return resolve(&said, context);
    }
    if !said.length.is_empty() {
        return length(said, context);
    }
    if said.now {
        return now(context);
    }
    if let Some((unit, by)) = said.shift {
        return shifted(unit, by, context);
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
    // `بقية العام`: from the anchor on.
    if said.stretch == Some(Place::Rest)
        && let (Some((first, after)), Some((point, ..))) = (found.days, context.anchor)
        && (first..after).contains(&point.date)
    {
        value.begin = Some(render::midnight(point.date, context.offset));
    }
    if said.part.is_some() && value.precision == Some(Precision::Day) {
        value.precision = Some(Precision::PartOfDay);
    }
    Some(value)
}

/// A time of day so long before or behind another: `قبل الثامنة بعشر دقائق`.
fn moved(clock: Clock, length: Length, direction: Option<Direction>) -> Option<Clock> {
    const HALF_A_DAY: i64 = 720;
    let minutes = match length.unit {
        Unit::Hour => length.thousandths.checked_mul(60)?,
        Unit::Minute => length.thousandths,
        _ => return None,
    } / 1000;
    let minutes = if direction == Some(Direction::Before) { minutes.checked_neg()? } else { minutes };
    let from = i64::from(clock.hour) * 60 + i64::from(clock.minute.unwrap_or(0));
    let to = from.checked_add(minutes).filter(|to| (from - to).abs() < HALF_A_DAY)?;
    // An hour of twelve stays one.
    let to =
        if clock.hour <= 12 { (to - 60).rem_euclid(HALF_A_DAY) + 60 } else { to.rem_euclid(2 * HALF_A_DAY) };
    let (hour, minute) = (u8::try_from(to / 60).ok()?, u8::try_from(to % 60).ok()?);
    Some(Clock { hour, minute: Some(minute), ..clock })
}

/// Whether it says anything of a day, month or year.
pub(in crate::values) fn has_date(said: &Said) -> bool {
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
    let hijri = || begin.map(|begin| HijriDate::calendar(HijriDate::of(begin).year));
    TimeValue {
        kind: TimeKind::Date,
        value: found.value.clone(),
        precision: Some(found.precision),
        begin: begin.map(|day| render::midnight(day, context.offset)),
        end: end.map(|day| render::midnight(day, context.offset)),
        anchor: anchor(found, context),
        calendar: match calendar {
            Calendar::Gregorian => Some("gregory"),
            Calendar::Hijri => hijri().or(Some("islamic-umalqura")),
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
            date: point.date.written(),
            span: Some(span),
            reason,
        });
    }
    let (point, kind, span) = context.anchor?;
    Some(Anchor { kind, date: point.date.written(), span, reason })
}

fn modifier(said: &Said) -> Option<Modifier> {
    let place = said.stretch.and_then(|place| match place {
        Place::Start => Some(Modifier::Start),
        Place::Early => Some(Modifier::Early),
        Place::Mid => Some(Modifier::Mid),
        Place::Late => Some(Modifier::Late),
        Place::End => Some(Modifier::End),
        Place::Rest => None,
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
    // `يوليو 13 إلى 15`, `الشهر المقبل بين 4 و9`
    if last.day.is_some() && last.month.is_none() && last.months.is_none() {
        (last.month, last.months, last.calendar) = (first.month, first.months, first.calendar);
    }
    // `الأسبوع المقبل بين الأربعاء والجمعة`
    if last.weekday.is_some() && !has_more_than_a_weekday(&last) && first.weekday.is_some() {
        last.weeks = first.weeks;
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
    let mut end = stretch(&last, &after)?;
    // The week may begin with the day that the range ends with.
    if let (Some(weeks), Some(((from, _), (to, _)))) = (last.weeks, begin.days.zip(end.days))
        && last.weekday.is_some()
        && to < from
    {
        end = stretch(&Said { weeks: Some(weeks + 1), ..last.clone() }, &after)?;
    }
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
    // `من الرابعة عصرا حتى الخامسة غدا`
    let last_day = if has_date(last) { stretch(last, context) } else { day.clone() };
    let mut until = render::time_of_day(last, to, last_day.as_ref(), context)?;
    // `من 10 مساء حتى 2 فجرا`: of the day behind.
    if until.begin < from.begin
        && !has_date(last)
        && let Some((_, after)) = day.as_ref().and_then(|day| day.days)
    {
        let next = Stretch { value: after.written(), days: Some((after, after.plus_days(1)?)), ..day? };
        until = render::time_of_day(last, to, Some(&next), context)?;
    }
    let value = format!("{}/{}", from.value, until.value);
    Some(TimeValue { value, end: until.end, ..from })
}

/// Whether a weekday is not all that it says of its day.
fn has_more_than_a_weekday(said: &Said) -> bool {
    said.which.is_some() || has_date(&Said { weekday: None, ..said.clone() })
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

/// The minute of the anchor; of an anchor that is a day nothing is known.
fn now(context: &Context) -> Option<TimeValue> {
    shifted(Unit::Minute, 0, context)
}

/// The hour, minute or second so many from that of the anchor.
fn shifted(unit: Unit, by: i32, context: &Context) -> Option<TimeValue> {
    let (point, kind, span) = context.anchor?;
    point.clock?;
    let length = vec![Length { thousandths: i64::from(by) * 1000, unit }];
    let Point { date, clock } = away(point, &Said { length, ..Said::default() }, 1)?;
    let (hour, minute, second) = clock?;
    let clock = Clock {
        hour,
        minute: (unit > Unit::Hour).then_some(minute),
        second: (unit > Unit::Minute).then_some(second),
        after_noon: Some(hour >= 12),
        offset: None,
    };
    let day = Said { days: Some(0), ..Said::default() };
    let at = Context { anchor: Some((Point { date, clock: None }, kind, span)), ..*context };
    let mut value = render::time_of_day(&day, clock, stretch(&day, &at).as_ref(), &at)?;
    value.anchor = Some(Anchor { kind, date: point.date.written(), span, reason: "counted from the anchor" });
    Some(value)
}

/// A length, and the instant that it points to where it is counted from the anchor.
fn length(said: &Said, context: &Context) -> Option<TimeValue> {
    let mut value = TimeValue::of(TimeKind::Duration, render::period(&said.length));
    if said.few {
        if let Some(length) = said.length.first() {
            value.value = render::some(length.unit);
        }
        return Some(value);
    }
    let Some((point, kind, span)) = context.anchor else { return Some(value) };
    let reason = "counted from the anchor";
    // `آخر ثلاثة أيام`
    let which = said.which.or(said.nth.filter(|nth| nth.n == -1).map(|_| Which::Last));
    if let (Some(which), None, [length]) = (which, said.direction, said.length.as_slice()) {
        if let Some((begin, end)) = around(point, which, *length, context.offset) {
            (value.begin, value.end) = (Some(begin), Some(end));
            value.precision = Some(render::precision(length.unit));
            value.anchor = Some(Anchor { kind, date: point.date.written(), span, reason });
        }
        return Some(value);
    }
    let back = match said.direction {
        Some(Direction::Before | Direction::Since) => -1,
        // `ارتفع خلال أسبوعين`: which two weeks is not said.
        Some(Direction::Within) if context.tense == Some(Tense::Past) => return Some(value),
        Some(Direction::After | Direction::Within) => 1,
        None => return Some(value),
    };
    // Of what is further away than the calendar goes the length alone is known: `قبل 65 مليون سنة`.
    let Some(Point { date, clock }) = away(point, said, back) else { return Some(value) };
    // `بعد أسبوعين يوم الخميس`: the Thursday of the week that is then.
    if let Some(weekday) = said.weekday {
        let then = Context { anchor: Some((Point { date, clock: None }, kind, span)), ..*context };
        let day = stretch(&Said { weeks: Some(0), weekday: Some(weekday), ..Said::default() }, &then)?;
        let mut value = self::date(&day, Calendar::Gregorian, &then);
        value.anchor = Some(Anchor { kind, date: point.date.written(), span, reason });
        return Some(value);
    }
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
    value.anchor = Some(Anchor { kind, date: point.date.written(), span, reason });
    Some(value)
}

/// From when to when so many units are before or behind that of the anchor: `الأسابيع الثلاثة القادمة` begin with the next week.
fn around(point: Point, which: Which, length: Length, offset: Option<i16>) -> Option<(String, String)> {
    let Length { thousandths, unit } = length;
    if thousandths % 1000 != 0 || thousandths <= 0 {
        return None;
    }
    let step = |point: Point, units: i64| {
        let length = vec![Length { thousandths: units.checked_mul(1000)?, unit }];
        away(point, &Said { length, ..Said::default() }, 1)
    };
    let count = thousandths / 1000;
    let this = begin_of(point, unit)?;
    let (begin, end) = match which {
        Which::Last => (step(this, -count)?, this),
        Which::Next => {
            let next = step(this, 1)?;
            (next, step(next, count)?)
        }
        _ => return None,
    };
    let instant = |Point { date, clock }: Point| match clock {
        Some(clock) if unit > Unit::Day => render::instant(date, clock, offset),
        _ => render::midnight(date, offset),
    };
    Some((instant(begin), instant(end)))
}

/// When the unit began in which `point` lies.
fn begin_of(point: Point, unit: Unit) -> Option<Point> {
    let Point { date, clock } = point;
    let years = |each: i32| Date::new((date.year() / each * each).max(1), 1, 1);
    let date = match unit {
        Unit::Century => years(100)?,
        Unit::Decade => years(10)?,
        Unit::Year => years(1)?,
        Unit::Month => Date::new(date.year(), date.month(), 1)?,
        Unit::Week => date.plus_days(1 - i64::from(date.weekday()))?,
        Unit::Day | Unit::Hour | Unit::Minute | Unit::Second => date,
        Unit::HalfYear | Unit::Quarter | Unit::Season => return None,
    };
    let clock = match (unit, clock) {
        (Unit::Hour, Some((hour, ..))) => Some((hour, 0, 0)),
        (Unit::Minute, Some((hour, minute, _))) => Some((hour, minute, 0)),
        (Unit::Second, clock) => clock,
        // An hour of no known time of day.
        (Unit::Hour | Unit::Minute, None) => return None,
        _ => None,
    };
    if unit == Unit::Second && clock.is_none() {
        return None;
    }
    Some(Point { date, clock })
}

/// The instant that a length leads to.
fn away(point: Point, said: &Said, back: i64) -> Option<Point> {
    let mut date = point.date;
    if said.calendar == Calendar::Hijri
        && let [Length { thousandths, unit }] = *said.length.as_slice()
        && matches!(unit, Unit::Year | Unit::Month)
        && thousandths % 1000 == 0
    {
        let months = (thousandths / 1000).checked_mul(render::months(unit))?.checked_mul(back)?;
        return Some(Point { date: HijriDate::of(date).plus_months(months)?, clock: None });
    }
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
