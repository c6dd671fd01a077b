use proptest::prelude::*;
use proptest::{option::of, sample::select};

use super::*;

const UNITS: [Unit; 12] = [
    Unit::Century,
    Unit::Decade,
    Unit::Year,
    Unit::HalfYear,
    Unit::Quarter,
    Unit::Season,
    Unit::Month,
    Unit::Week,
    Unit::Day,
    Unit::Hour,
    Unit::Minute,
    Unit::Second,
];

fn number() -> impl Strategy<Value = i32> {
    prop_oneof![-3..=3, 0..2100, any::<i32>()]
}

fn small() -> impl Strategy<Value = u8> {
    prop_oneof![4 => 0_u8..=13, 1 => any::<u8>()]
}

/// What is there in one case of four.
fn seldom<T: Clone + std::fmt::Debug + 'static>(
    some: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    prop_oneof![3 => Just(None), 1 => some.prop_map(Some)].boxed()
}

fn dates() -> impl Strategy<Value = Said> {
    let season = select(vec![Season::Spring, Season::Summer, Season::Autumn, Season::Winter]);
    let nth = (any::<i8>(), select(UNITS.to_vec())).prop_map(|(n, of)| Nth { n, of });
    let large = [seldom(number()), seldom(number()), of(number()).boxed()];
    let parts = [seldom(small()), seldom(small()), of(small()).boxed(), of(small()).boxed(), seldom(small())];
    (any::<bool>(), large, parts, seldom(season), seldom(nth)).prop_map(
        |(is_hijri, [century, decade, year], [half, quarter, month, day, weekday], season, nth)| {
            let calendar = if is_hijri { Calendar::Hijri } else { Calendar::Gregorian };
            Said {
                calendar,
                century,
                decade,
                year,
                half,
                quarter,
                season,
                month,
                day,
                weekday,
                nth,
                ..Said::default()
            }
        },
    )
}

fn shifts() -> impl Strategy<Value = Said> {
    let shift = || seldom(number());
    (shift(), shift(), shift(), shift(), shift(), shift(), shift()).prop_map(
        |(days, weeks, months, quarters, years, decades, centuries)| Said {
            days,
            weeks,
            months,
            quarters,
            years,
            decades,
            centuries,
            ..Said::default()
        },
    )
}

fn times() -> impl Strategy<Value = Said> {
    use PartOfDay::{Afternoon, Dawn, Daytime, Evening, Morning, Night, Noon};
    let clock = (0_u8..=25, of(0_u8..=61), of(small()), of(any::<bool>()), of(any::<i16>())).prop_map(
        |(hour, minute, second, after_noon, offset)| Clock { hour, minute, second, after_noon, offset },
    );
    let part = select(vec![Dawn, Morning, Noon, Afternoon, Evening, Night, Daytime]);
    let stretch = select(vec![Stretch::Start, Stretch::Early, Stretch::Mid, Stretch::Late, Stretch::End]);
    let which =
        select(vec![Which::BeforeLast, Which::Last, Which::This, Which::Next, Which::AfterNext, Which::Same]);
    let direction = select(vec![Direction::Before, Direction::After, Direction::Since, Direction::Within]);
    let thousandths = prop_oneof![0_i64..100_000, any::<i64>()];
    let length =
        (thousandths, select(UNITS.to_vec())).prop_map(|(thousandths, unit)| Length { thousandths, unit });
    let lengths = prop_oneof![3 => Just(Vec::new()), 1 => proptest::collection::vec(length, 1..4)];
    (seldom(clock), seldom(part), seldom(stretch), of(which), of(direction), lengths, 0..8).prop_map(
        |(clock, part, stretch, which, direction, length, other)| Said {
            clock,
            part,
            stretch,
            which,
            direction,
            length,
            now: other == 1,
            every: other == 0,
            ..Said::default()
        },
    )
}

/// Anything that the types can hold.
fn any_said() -> impl Strategy<Value = Said> {
    let one = (dates(), of(shifts()), of(times())).prop_map(|(date, shifts, times)| {
        let Said { days, weeks, months, quarters, years, decades, centuries, .. } =
            shifts.unwrap_or_default();
        let Said { clock, part, stretch, which, direction, length, now, every, .. } =
            times.unwrap_or_default();
        let shifted = Said { days, weeks, months, quarters, years, decades, centuries, ..date };
        Said { clock, part, stretch, which, now, length, direction, every, ..shifted }
    });
    let one = one.boxed();
    (one.clone(), seldom(one)).prop_map(|(first, last)| Said { to: last.map(Box::new), ..first })
}

fn any_day() -> impl Strategy<Value = Date> {
    prop_oneof![1_i64..=3_652_059, 690_000_i64..=770_000, Just(1), Just(3_652_059)]
        .prop_filter_map("a day", Date::from_number)
}

fn any_context() -> impl Strategy<Value = Context> {
    let kind = select(vec![AnchorKind::ReferenceDate, AnchorKind::Dateline, AnchorKind::QuotationDate]);
    let precision = select(vec![Precision::Century, Precision::Season, Precision::Day, Precision::Minute]);
    let tense = select(vec![Tense::Past, Tense::Future]);
    let clock = of((0_u8..24, 0_u8..60, 0_u8..60));
    let point = (any_day(), clock).prop_map(|(date, clock)| Point { date, clock }).boxed();
    (of((point.clone(), kind)), of((point, precision)), of(tense), of(any::<i16>())).prop_map(
        |(anchor, earlier, tense, offset)| Context {
            anchor: anchor.map(|(point, kind)| (point, kind, None)),
            earlier: earlier.map(|(point, precision)| (point, precision, Span::new(0, 4))),
            tense,
            offset,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, ..ProptestConfig::default() })]

    /// Whatever is said anywhere: no panic, and what comes out is in order.
    #[test]
    fn nothing_breaks_it(said in any_said(), context in any_context()) {
        let Some(value) = resolve(&said, &context) else { return Ok(()) };
        prop_assert!(!value.value.is_empty());
        // Without its offset, which the two ends need not share.
        let instant = |instant: &Option<String>| instant.as_ref().map(|instant| instant[..19].to_owned());
        if let (Some(begin), Some(end)) = (instant(&value.begin), instant(&value.end)) {
            prop_assert!(begin <= end, "{begin} {end} {}", value.value);
        }
        if value.kind == TimeKind::Duration {
            prop_assert!(value.value.starts_with('P') && value.end.is_none() && value.calendar.is_none());
        }
        if let Some(anchor) = &value.anchor {
            prop_assert!(!anchor.reason.is_empty());
            prop_assert!(context.anchor.is_some() || context.earlier.is_some());
        }
    }

    /// What is written in full means itself, whatever stands around it. The last month has no end that has a name.
    #[test]
    fn a_full_date_is_itself(number in 1_i64..=3_652_028, context in any_context()) {
        let date = Date::from_number(number).unwrap();
        let text = date.written();
        let day = text[8..].parse::<u8>().unwrap();
        let value = meaning(&said!(year: date.year(), month: date.month(), day: day), &context);
        prop_assert_eq!((&value.value, value.anchor, value.kind), (&text, None, TimeKind::Date));
        let month = meaning(&said!(year: date.year(), month: date.month()), &context);
        prop_assert_eq!(&month.value, &text[..7]);
        prop_assert_eq!(&meaning(&said!(year: date.year()), &context).value, &text[..4]);
    }

    /// So many days on and back again; a length of days is as long as the distance.
    #[test]
    fn days_add_and_subtract(number in 700_000_i64..=760_000, days in 0_i32..=5000) {
        let text = |number| Date::from_number(number).unwrap().written();
        let there = number + i64::from(days);
        prop_assert_eq!(meaning(&said!(days: days), &at(&text(number))).value, text(there));
        prop_assert_eq!(meaning(&said!(days: -days), &at(&text(there))).value, text(number));
        let length = long(&[(i64::from(days) * 1000, Unit::Day)]);
        let ago = Said { direction: Some(Direction::Before), ..length };
        let begin = meaning(&ago, &at(&text(there))).begin.unwrap();
        prop_assert_eq!(begin, format!("{}T00:00:00", text(number)));
    }

    #[test]
    fn a_weekday_is_near(number in 700_000_i64..=760_000, weekday in 1_u8..=7) {
        let anchor = Date::from_number(number).unwrap().written();
        let of = |which, context: &Context| {
            let value = meaning(&Said { which, ..said!(weekday: weekday) }, context);
            point(&value.value).date.number() - number
        };
        let here = |which| of(which, &at(&anchor));
        prop_assert!((-6..=0).contains(&here(None)));
        prop_assert!((-7..=-1).contains(&here(Some(Which::Last))));
        prop_assert!((1..=7).contains(&here(Some(Which::Next))));
        prop_assert!((-6..=6).contains(&here(Some(Which::This))));
        prop_assert_eq!(here(Some(Which::BeforeLast)), here(Some(Which::Last)) - 7);
        prop_assert_eq!(here(Some(Which::AfterNext)), here(Some(Which::Next)) + 7);
        prop_assert!((1..=7).contains(&of(None, &future(&anchor))));
    }

    /// A day without its year is never on the side that the tense forbids, unless it is close.
    #[test]
    fn the_tense_is_kept(number in 700_000_i64..=760_000, month in 1_u8..=12, day in 1_u8..=28) {
        let anchor = Date::from_number(number).unwrap().written();
        let of = |context: &Context| {
            let value = meaning(&said!(month: month, day: day), context).value;
            point(&value).date.number() - number
        };
        let (before, after, nearest) = (of(&past(&anchor)), of(&future(&anchor)), of(&at(&anchor)));
        prop_assert!(before <= 45 && after >= -45, "{before} {after}");
        prop_assert!(nearest == before || nearest == after);
        prop_assert!(nearest.abs() <= 183, "{nearest}");
    }

    /// Without an anchor a date that needs one keeps its X and says no instant.
    #[test]
    fn no_anchor_no_instant(month in 1_u8..=12, day in 1_u8..=28) {
        let value = meaning(&said!(month: month, day: day), &nowhere());
        prop_assert_eq!(value.value, format!("XXXX-{month:02}-{day:02}"));
        prop_assert_eq!((value.begin, value.end, value.anchor), (None, None, None));
    }
}
