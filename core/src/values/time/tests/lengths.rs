//! Lengths of time, and times of day.

use super::*;

#[test]
fn how_long() {
    use Unit::{Century, Day, Decade, HalfYear, Hour, Minute, Month, Quarter, Second, Week, Year};
    let of = |thousandths, unit| long(&[(thousandths, unit)]);
    let rows = [
        (of(3000, Day), "P3D"),
        (long(&[(2000, Year), (3000, Month)]), "P2Y3M"),
        (of(18_000, Month), "P18M"),
        (of(500, Year), "P6M"),
        (of(2500, Year), "P2Y6M"),
        // A third, as near as thousandths come to it.
        (of(333, Year), "P4M"),
        (of(667, Year), "P8M"),
        (of(333, Hour), "PT20M"),
        (of(2333, Hour), "PT2H20M"),
        (of(300, Year), "P0.3Y"),
        (of(500, Hour), "PT30M"),
        (of(250, Hour), "PT15M"),
        (of(3500, Hour), "PT3H30M"),
        (long(&[(3000, Hour), (30_000, Minute)]), "PT3H30M"),
        (of(500, Day), "PT12H"),
        (of(1500, Day), "P1DT12H"),
        (of(2000, Week), "P2W"),
        (of(2000, Decade), "P20Y"),
        (of(1500, Decade), "P15Y"),
        (of(1000, Century), "P100Y"),
        (of(250, Century), "P25Y"),
        (of(2000, Quarter), "P6M"),
        (of(1000, HalfYear), "P6M"),
        (of(500, Month), "P0.5M"),
        (of(1100, Month), "P1.1M"),
        (of(1500, Second), "PT1.5S"),
        (long(&[(5000, Day), (6000, Hour)]), "P5DT6H"),
        (of(0, Day), "P0D"),
        (of(i64::MAX, Century), "P9223372036854775.807Y"),
    ];
    check(&at("2018-05-17"), &rows);
    for (said, _) in rows {
        let value = meaning(&said, &at("2018-05-17"));
        assert_eq!((value.kind, value.precision, value.begin), (TimeKind::Duration, None, None));
        assert_eq!((value.end, value.anchor, value.calendar), (None, None, None));
    }
}

#[test]
fn the_instant_that_a_length_points_to() {
    use Direction::{After, Before, Since, Within};
    use Unit::{Day, Decade, Hour, Minute, Month, Week, Year};
    let away = |lengths: &[(i64, Unit)], direction| Said { direction: Some(direction), ..long(lengths) };
    let check = |context: &Context, rows: &[(Said, Option<(&str, Precision)>)]| {
        for (said, expected) in rows {
            let value = meaning(said, context);
            let found = value.begin.as_deref().zip(value.precision);
            assert_eq!(found, *expected, "{said:?}");
            assert_eq!((value.kind, value.end), (TimeKind::Duration, None), "{said:?}");
        }
    };
    let day = |of, precision| Some((of, precision));
    check(
        &at("2018-05-17"),
        &[
            (away(&[(3000, Day)], Before), day("2018-05-14T00:00:00", Precision::Day)),
            (away(&[(3000, Day)], After), day("2018-05-20T00:00:00", Precision::Day)),
            (away(&[(1000, Year)], Since), day("2017-05-17T00:00:00", Precision::Year)),
            (away(&[(2000, Week)], Within), day("2018-05-31T00:00:00", Precision::Week)),
            (away(&[(1000, Decade)], Before), day("2008-05-17T00:00:00", Precision::Decade)),
            (away(&[(500, Year)], Before), day("2017-11-17T00:00:00", Precision::Year)),
            (away(&[(2000, Year), (3000, Month)], Before), day("2016-02-17T00:00:00", Precision::Month)),
            (away(&[(3000, Hour)], Before), None),
            // Before all days that have a name it is as long.
            (away(&[(65_000_000_000, Year)], Before), None),
            (away(&[(i64::MAX, Decade)], After), None),
        ],
    );
    check(&past("2018-05-17"), &[(away(&[(2000, Week)], Within), None)]);
    check(
        &future("2018-05-17"),
        &[(away(&[(2000, Week)], Within), day("2018-05-31T00:00:00", Precision::Week))],
    );
    // What the month does not have is its last day.
    check(
        &at("2018-03-31"),
        &[(away(&[(1000, Month)], Before), day("2018-02-28T00:00:00", Precision::Month))],
    );
    check(&at("2020-02-29"), &[(away(&[(1000, Year)], After), day("2021-02-28T00:00:00", Precision::Year))]);
    check(&nowhere(), &[(away(&[(3000, Day)], Before), None)]);
    let anchor = Point { clock: Some((9, 15, 0)), ..point("2018-05-17") };
    let with_clock = Context { anchor: Some((anchor, AnchorKind::ReferenceDate, None)), ..nowhere() };
    check(
        &with_clock,
        &[
            (away(&[(3000, Hour)], Before), day("2018-05-17T06:15:00", Precision::Hour)),
            (away(&[(10_000, Hour)], Before), day("2018-05-16T23:15:00", Precision::Hour)),
            (away(&[(30_000, Minute)], After), day("2018-05-17T09:45:00", Precision::Minute)),
            (away(&[(3000, Day)], Before), day("2018-05-14T00:00:00", Precision::Day)),
        ],
    );
    let zone = Context { offset: Some(180), ..at("2018-05-17") };
    check(&zone, &[(away(&[(3000, Day)], Before), day("2018-05-14T00:00:00+03:00", Precision::Day))]);
}

#[test]
fn hours_of_twelve() {
    use PartOfDay::{Afternoon, Dawn, Daytime, Evening, Morning, Night, Noon};
    for (written, part, expected) in [
        (4, Dawn, "04"),
        (8, Morning, "08"),
        (12, Morning, "00"),
        (11, Noon, "11"),
        (12, Noon, "12"),
        (1, Noon, "13"),
        (12, Afternoon, "12"),
        (3, Afternoon, "15"),
        (8, Evening, "20"),
        (12, Evening, "00"),
        (14, Evening, "14"),
        (10, Night, "22"),
        (12, Night, "00"),
        (2, Night, "02"),
        (0, Night, "00"),
        (9, Daytime, "09"),
        (12, Daytime, "12"),
        (2, Daytime, "14"),
    ] {
        let said = said!(days: 0, clock: hour(written), part: part);
        assert_eq!(meaning(&said, &at("2018-05-17")).value[11..], *expected, "{written} {part:?}");
    }
    for (written, after_noon, expected) in
        [(5, true, "17"), (12, true, "12"), (12, false, "00"), (5, false, "05")]
    {
        let clock = Clock { after_noon: Some(after_noon), ..hour(written) };
        assert_eq!(meaning(&said!(clock: clock), &at("2018-05-17")).value[11..], *expected, "{written}");
    }
}

#[test]
fn times_of_day() {
    let second = Clock { second: Some(9), ..minute(14, 30) };
    let greenwich = Clock { offset: Some(0), ..minute(14, 30) };
    check(
        &at("2018-05-17"),
        &[
            (said!(clock: second), "2018-05-17T14:30:09"),
            (said!(clock: minute(14, 30)), "2018-05-17T14:30"),
            (said!(days: 1, clock: minute(14, 30)), "2018-05-18T14:30"),
            (said!(clock: hour(3)), "2018-05-17T03"),
            (said!(clock: greenwich), "2018-05-17T14:30Z"),
            (said!(clock: minute(24, 0)), "2018-05-17T24:00"),
            (said!(clock: minute(24, 30)), "-"),
            (said!(clock: hour(25)), "-"),
            (said!(part: PartOfDay::Evening), "2018-05-17TEV"),
            (said!(part: PartOfDay::Noon), "2018-05-17TMI"),
        ],
    );
    check(
        &nowhere(),
        &[
            (said!(clock: minute(14, 30)), "XXXX-XX-XXT14:30"),
            (said!(year: 2018, month: 5, day: 17, clock: minute(14, 30)), "2018-05-17T14:30"),
            (said!(part: PartOfDay::Dawn), "XXXX-XX-XXTMO"),
        ],
    );
}

#[test]
fn what_a_time_covers_and_its_offset() {
    let here = at("2018-05-17");
    let zone = Context { offset: Some(180), ..here };
    let west = Clock { offset: Some(-210), ..minute(14, 30) };
    for (said, context, begin, end) in [
        (said!(clock: minute(14, 30)), here, "2018-05-17T14:30:00", "2018-05-17T14:31:00"),
        (said!(clock: hour(23)), here, "2018-05-17T23:00:00", "2018-05-18T00:00:00"),
        (said!(clock: minute(24, 0)), here, "2018-05-18T00:00:00", "2018-05-18T00:01:00"),
        (said!(part: PartOfDay::Evening), here, "2018-05-17T00:00:00", "2018-05-18T00:00:00"),
        (said!(days: 0), zone, "2018-05-17T00:00:00+03:00", "2018-05-18T00:00:00+03:00"),
        (said!(clock: west), zone, "2018-05-17T14:30:00-03:30", "2018-05-17T14:31:00-03:30"),
    ] {
        let value = meaning(&said, &context);
        let found = (value.begin.as_deref(), value.end.as_deref());
        assert_eq!(found, (Some(begin), Some(end)), "{said:?}");
    }
}
