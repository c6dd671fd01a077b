//! What is said, where it is said, and what it means.

use proptest::prelude::*;

use super::said::{Calendar, Direction, Length, Nth, PartOfDay, Said, Season, Stretch, Unit, Which};
use super::value::{AnchorKind, Modifier, Precision, TimeKind};
use super::{Context, Date, Point, Tense, resolve};
use crate::Span;

/// What is said: the fields that are written.
macro_rules! said {
    ($($field:ident : $value:expr),*) => { Said { $($field: Some($value),)* ..Said::default() } };
}

fn point(date: &str) -> Point {
    let part = |range: std::ops::Range<usize>| date[range].parse::<u16>().unwrap();
    let small = |range| u8::try_from(part(range)).unwrap();
    let date = Date::new(i32::from(part(0..4)), small(5..7), small(8..10)).unwrap();
    Point { date, clock: None }
}

fn at(date: &str) -> Context {
    Context { anchor: Some((point(date), AnchorKind::ReferenceDate, None)), ..Context::default() }
}

fn in_tense(date: &str, tense: Tense) -> Context {
    Context { tense: Some(tense), ..at(date) }
}

fn meaning(said: &Said, context: &Context) -> String {
    resolve(said, context).map_or("-".to_owned(), |value| value.value)
}

#[test]
fn what_is_written_in_full_needs_no_anchor() {
    for (said, expected) in [
        (said!(year: 2018, month: 5, day: 17), "2018-05-17"),
        (said!(year: 2020, month: 2, day: 29), "2020-02-29"),
        (said!(year: 2019, month: 2, day: 29), "-"),
        (said!(month: 4, day: 31), "-"),
        (said!(year: 2018, month: 13), "-"),
        (said!(year: 2018, month: 5), "2018-05"),
        (said!(year: 622), "0622"),
        (said!(year: 10_000), "-"),
        (said!(year: 2024, quarter: 1), "2024-Q1"),
        (said!(year: 2024, quarter: 5), "-"),
        (said!(year: 2024, half: 2), "2024-H2"),
        (said!(year: 2018, season: Season::Winter), "2018-WI"),
        (said!(century: 20, decade: 90), "199X"),
        (said!(decade: 80), "198X"),
        (said!(century: 1), "00XX"),
        (said!(century: 0), "-"),
        (said!(year: 2014, month: 9, weekday: 2, nth: Nth { n: 3, of: Unit::Day }), "2014-09-16"),
        (said!(year: 2014, month: 9, weekday: 2, nth: Nth { n: 6, of: Unit::Day }), "-"),
        (said!(year: 2013, month: 3, weekday: 1, nth: Nth { n: -1, of: Unit::Day }), "2013-03-25"),
        (said!(year: 2015, month: 10, nth: Nth { n: -1, of: Unit::Day }), "2015-10-31"),
        (said!(year: 2014, month: 10, nth: Nth { n: 1, of: Unit::Week }), "2014-W41"),
        (said!(), "-"),
    ] {
        assert_eq!(meaning(&said, &Context::default()), expected, "{said:?}");
    }
    let hijri = Said { calendar: Calendar::Hijri, ..said!(year: 1439, month: 9, day: 1) };
    let value = resolve(&hijri, &Context::default()).unwrap();
    assert_eq!((value.value.as_str(), value.calendar), ("2018-05-16", Some("islamic-umalqura")));
}

#[test]
fn what_is_relative_counts_from_the_anchor() {
    // A Thursday.
    let here = at("2018-05-17");
    for (said, expected) in [
        (said!(days: -1), "2018-05-16"),
        (said!(weekday: 4), "2018-05-17"),
        (said!(weekday: 5), "2018-05-11"),
        (said!(weekday: 4, which: Which::Last), "2018-05-10"),
        (said!(weekday: 4, which: Which::Next), "2018-05-24"),
        (said!(weekday: 5, which: Which::BeforeLast), "2018-05-04"),
        (said!(weeks: -1), "2018-W19"),
        (said!(weeks: -1, weekday: 7), "2018-05-13"),
        (said!(months: 1, day: 20), "2018-06-20"),
        (said!(years: -1, month: 4), "2017-04"),
        (said!(centuries: -1), "19XX"),
        (said!(decades: 1), "202X"),
        (said!(season: Season::Summer, which: Which::Last), "2017-SU"),
        (said!(quarters: -1), "2018-Q1"),
        (said!(month: 3, which: Which::Last), "2018-03"),
        (said!(month: 5, which: Which::Next), "2019-05"),
        (said!(stretch: Stretch::Late, years: -1), "2017"),
    ] {
        assert_eq!(meaning(&said, &here), expected, "{said:?}");
    }
    let december = said!(month: 12, day: 11);
    assert_eq!(meaning(&december, &in_tense("2018-05-17", Tense::Past)), "2017-12-11");
    assert_eq!(meaning(&december, &in_tense("2018-05-17", Tense::Future)), "2018-12-11");
    let earlier = Some((point("2015-03-01"), Precision::Day, Span::new(3, 9)));
    let same = said!(month: 3, day: 9, which: Which::Same);
    let value = resolve(&same, &Context { earlier, ..here }).unwrap();
    assert_eq!(value.value, "2015-03-09");
    assert_eq!(value.anchor.map(|anchor| anchor.kind), Some(AnchorKind::EarlierDate));
    let evening = resolve(&said!(days: -1, part: PartOfDay::Evening), &here).unwrap();
    assert_eq!(evening.modifier, Some(Modifier::Evening));
    assert_eq!(evening.precision, Some(Precision::PartOfDay));
}

#[test]
fn ranges_share_what_one_end_leaves_out() {
    let to = |first: Said, last: Said| Said { to: Some(Box::new(last)), ..first };
    let here = at("2021-12-01");
    for (said, expected) in [
        (to(said!(day: 3), said!(day: 15, month: 6, year: 2011)), "2011-06-03/2011-06-15"),
        (to(said!(year: 1981), said!(year: 1989)), "1981/1989"),
        (to(said!(month: 7, day: 13, year: 2013), said!(day: 15)), "2013-07-13/2013-07-15"),
        (to(said!(month: 1, day: 15, which: Which::Next), said!(month: 5)), "2022-01-15/2022-05"),
        (to(said!(year: 1989), said!(year: 1981)), "-"),
    ] {
        assert_eq!(meaning(&said, &here), expected, "{said:?}");
    }
    let every = to(said!(month: 3, day: 1), Said { every: true, ..said!(month: 6, day: 30) });
    assert_eq!(meaning(&every, &here), "XXXX-03-01/XXXX-06-30");
}

#[test]
fn lengths_have_their_units() {
    let length = |thousandths, unit| Length { thousandths, unit };
    for (lengths, expected) in [
        (vec![length(3000, Unit::Day)], "P3D"),
        (vec![length(2000, Unit::Year), length(3000, Unit::Month)], "P2Y3M"),
        (vec![length(500, Unit::Year)], "P6M"),
        (vec![length(1500, Unit::Hour)], "PT1H30M"),
        (vec![length(250, Unit::Hour)], "PT15M"),
        (vec![length(2000, Unit::Decade)], "P20Y"),
        (vec![length(1100, Unit::Month)], "P1.1M"),
        (vec![length(i64::MAX, Unit::Century)], "P9223372036854775.807Y"),
    ] {
        let said = Said { length: lengths, ..Said::default() };
        assert_eq!(meaning(&said, &Context::default()), expected);
    }
    let ago = Said { length: vec![length(3000, Unit::Day)], ..said!(direction: Direction::Before) };
    let value = resolve(&ago, &at("2018-05-01")).unwrap();
    assert_eq!((value.value.as_str(), value.begin.as_deref()), ("P3D", Some("2018-04-28T00:00:00")));
}

fn option<T: Clone + std::fmt::Debug + 'static>(
    some: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    prop_oneof![3 => Just(None), 1 => some.prop_map(Some)].boxed()
}

/// Anything that an expression may say, and more.
fn any_said() -> impl Strategy<Value = Said> {
    let which =
        prop::sample::select(vec![Which::Last, Which::This, Which::Next, Which::AfterNext, Which::Same]);
    let direction = prop::sample::select(vec![Direction::Before, Direction::After, Direction::Since]);
    let unit =
        prop::sample::select(vec![Unit::Century, Unit::Year, Unit::Month, Unit::Week, Unit::Day, Unit::Hour]);
    let lengths = prop::collection::vec((any::<i64>(), unit), 0..3);
    let shifts = [option(-3000..3000), option(-3000..3000), option(-3000..3000), option(-3000..3000)];
    let small = [option(0_u8..6), option(0_u8..6), option(0_u8..15), option(0_u8..40), option(1_u8..8)];
    let long = (option(-3..40), option(0..3000), option(-900..12_000));
    (long, small, shifts, option(which), option(direction), lengths, any::<bool>(), -2_i8..8).prop_map(
        |(
            (century, decade, year),
            [half, quarter, month, day, weekday],
            [days, weeks, months, years],
            which,
            direction,
            lengths,
            hijri,
            n,
        )| {
            let calendar = if hijri { Calendar::Hijri } else { Calendar::Gregorian };
            let length =
                lengths.into_iter().map(|(thousandths, unit)| Length { thousandths, unit }).collect();
            let nth = (n > 5).then_some(Nth { n, of: Unit::Day });
            Said {
                calendar,
                century,
                decade,
                year,
                half,
                quarter,
                month,
                day,
                weekday,
                nth,
                which,
                days,
                weeks,
                months,
                years,
                length,
                direction,
                ..Said::default()
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_breaks_it(first in any_said(), last in option(any_said()), number in 1_i64..=3_652_059, anchored: bool) {
        let date = Date::from_number(number).unwrap();
        let anchor = anchored.then_some((Point { date, clock: Some((23, 59, 59)) }, AnchorKind::Dateline, None));
        let said = Said { to: last.map(Box::new), ..first };
        let context = Context { anchor, ..Context::default() };
        if let Some(value) = resolve(&said, &context) {
            prop_assert!(!value.value.is_empty());
            if let (Some(begin), Some(end)) = (&value.begin, &value.end) {
                prop_assert!(begin <= end, "{} {begin} {end}", value.value);
            }
        }
    }

    #[test]
    fn a_full_date_is_itself(number in 1_i64..=3_652_058, anchor in 1_i64..=3_652_059) {
        let date = Date::from_number(number).unwrap();
        let text = date.to_string();
        let part = |range: std::ops::Range<usize>| text[range].parse::<u8>().unwrap();
        let said = said!(year: date.year(), month: date.month(), day: part(8..10));
        let value = resolve(&said, &at(&Date::from_number(anchor).unwrap().to_string())).unwrap();
        prop_assert_eq!(&value.value, &text);
        prop_assert_eq!(value.anchor, None);
        prop_assert_eq!(value.kind, TimeKind::Date);
    }

    #[test]
    fn a_weekday_is_near(number in 700_000_i64..=760_000, weekday in 1_u8..=7) {
        let anchor = at(&Date::from_number(number).unwrap().to_string());
        let of = |which| {
            let value = resolve(&Said { which, ..said!(weekday: weekday) }, &anchor).unwrap();
            point(&value.value).date.number() - number
        };
        prop_assert!((-6..=0).contains(&of(None)));
        prop_assert!((-7..=-1).contains(&of(Some(Which::Last))));
        prop_assert!((1..=7).contains(&of(Some(Which::Next))));
        prop_assert_eq!(of(Some(Which::BeforeLast)), of(Some(Which::Last)) - 7);
    }
}
