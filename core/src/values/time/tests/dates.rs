use super::*;

#[test]
fn what_is_written_in_full_needs_no_anchor() {
    let decade = said!(decade: 1990);
    check(
        &nowhere(),
        &[
            (said!(year: 2018, month: 5, day: 17), "2018-05-17"),
            (said!(year: 2018, month: 5, day: 17, weekday: 1), "2018-05-17"),
            (said!(year: 2020, month: 2, day: 29), "2020-02-29"),
            (said!(year: 2019, month: 2, day: 29), "-"),
            (said!(year: 2019, month: 4, day: 31), "-"),
            (said!(month: 4, day: 31), "-"),
            (said!(year: 2018, month: 13), "-"),
            (said!(year: 2018, month: 5), "2018-05"),
            (said!(year: 2018), "2018"),
            (said!(year: 622), "0622"),
            (said!(year: 10_000), "-"),
            (said!(year: -500), "-0499"),
            (said!(year: 2018, stretch: Stretch::Late), "2018"),
            (said!(year: 2024, quarter: 1), "2024-Q1"),
            (said!(year: 2024, quarter: 5), "-"),
            (said!(year: 2024, half: 2), "2024-H2"),
            (said!(year: 2018, month: 5, half: 1), "2018-05-01/2018-05-15"),
            (said!(year: 2018, month: 2, half: 2), "2018-02-16/2018-02-28"),
            (said!(year: 2018, season: Season::Spring), "2018-SP"),
            (said!(year: 2018, season: Season::Summer), "2018-SU"),
            (said!(year: 2018, season: Season::Autumn), "2018-FA"),
            (said!(year: 2018, season: Season::Winter), "2018-WI"),
            (said!(century: 20, decade: 90), "199X"),
            (said!(decade: 80), "198X"),
            (decade.clone(), "199X"),
            (Said { half: Some(2), ..decade }, "1995/1999"),
            (said!(century: 20), "19XX"),
            (said!(century: 1), "00XX"),
            (said!(century: 0), "-"),
            (said!(century: 20, half: 1), "1900/1949"),
            (said!(century: 21, quarter: 1), "2000/2024"),
            (said!(century: 21, half: 3), "-"),
            (said!(), "-"),
            (said!(stretch: Stretch::Late), "-"),
        ],
    );
    check(&at("2018-05-17"), &[(said!(), "-"), (said!(month: 4, day: 31), "-"), (said!(day: 40), "-")]);
}

#[test]
fn the_nth_of_something() {
    let (day, week, month) = (Unit::Day, Unit::Week, Unit::Month);
    check(
        &nowhere(),
        &[
            (said!(year: 2014, month: 9, weekday: 2, nth: nth(3, day)), "2014-09-16"),
            (said!(year: 2014, month: 9, weekday: 2, nth: nth(6, day)), "-"),
            (said!(year: 2013, month: 3, weekday: 1, nth: nth(-1, day)), "2013-03-25"),
            (said!(year: 2014, month: 9, weekday: 5, nth: nth(-2, day)), "2014-09-19"),
            (said!(year: 2015, month: 10, nth: nth(-1, day)), "2015-10-31"),
            (said!(year: 2020, month: 2, nth: nth(-1, day)), "2020-02-29"),
            (said!(year: 2020, month: 2, nth: nth(30, day)), "-"),
            (said!(year: 2020, nth: nth(1, day)), "2020-01-01"),
            (said!(year: 2020, nth: nth(100, day)), "2020-04-09"),
            (said!(year: 2020, nth: nth(-1, day)), "2020-12-31"),
            (said!(year: 2014, month: 10, nth: nth(1, week)), "2014-W41"),
            (said!(year: 2014, month: 10, nth: nth(-1, week)), "2014-W43"),
            (said!(year: 2014, nth: nth(1, week)), "2014-W01"),
            (said!(year: 2014, nth: nth(1, month)), "2014-01"),
            (said!(year: 2014, nth: nth(-1, month)), "2014-12"),
            (said!(year: 2014, nth: nth(13, month)), "-"),
            (said!(year: 2014, nth: nth(0, day)), "-"),
            (said!(century: 21, nth: nth(1, Unit::Decade)), "200X"),
            (said!(century: 20, nth: nth(-1, Unit::Year)), "1999"),
            (hijri(said!(year: 1442, month: 9, nth: nth(1, day))), "2021-04-13"),
            (hijri(said!(year: 1442, month: 9, nth: nth(-1, day))), "2021-05-12"),
        ],
    );
    check(
        &at("2018-05-17"),
        &[
            (said!(months: 0, nth: nth(-1, day)), "2018-05-31"),
            (said!(months: -1, weekday: 5, nth: nth(-1, day)), "2018-04-27"),
            (said!(years: -1, nth: nth(-1, day)), "2017-12-31"),
            (said!(years: 1, nth: nth(1, month)), "2019-01"),
        ],
    );
}

#[test]
fn a_weekday() {
    // 2018-05-17 is a Thursday.
    let weekday = |weekday, which| Said { which, ..said!(weekday: weekday) };
    check(
        &at("2018-05-17"),
        &[
            (weekday(4, None), "2018-05-17"),
            (weekday(3, None), "2018-05-16"),
            (weekday(5, None), "2018-05-11"),
            (weekday(4, Some(Which::Last)), "2018-05-10"),
            (weekday(4, Some(Which::BeforeLast)), "2018-05-03"),
            (weekday(2, Some(Which::BeforeLast)), "2018-05-08"),
            (weekday(5, Some(Which::This)), "2018-05-18"),
            (weekday(1, Some(Which::This)), "2018-05-14"),
            (weekday(4, Some(Which::Next)), "2018-05-24"),
            (weekday(5, Some(Which::AfterNext)), "2018-05-25"),
            (said!(days: -1, weekday: 3), "2018-05-16"),
            (said!(weekday: 4, part: PartOfDay::Evening), "2018-05-17"),
        ],
    );
    check(
        &past("2018-05-17"),
        &[(weekday(5, None), "2018-05-11"), (weekday(5, Some(Which::Next)), "2018-05-18")],
    );
    check(
        &future("2018-05-17"),
        &[
            (weekday(5, None), "2018-05-18"),
            (weekday(3, None), "2018-05-23"),
            (weekday(4, Some(Which::Last)), "2018-05-10"),
        ],
    );
    check(&nowhere(), &[(weekday(4, None), "XXXX-WXX-4")]);
}

#[test]
fn a_month_or_a_season_without_its_year() {
    let month = |month, which| Said { which, ..said!(month: month) };
    let season = |season, which| Said { which, ..said!(season: season) };
    check(
        &at("2018-05-17"),
        &[
            (month(3, None), "2018-03"),
            // The nearer.
            (month(9, None), "2018-09"),
            (month(12, None), "2017-12"),
            (month(5, Some(Which::Last)), "2017-05"),
            (month(4, Some(Which::Last)), "2018-04"),
            (month(6, Some(Which::Last)), "2017-06"),
            (month(3, Some(Which::BeforeLast)), "2017-03"),
            (month(1, Some(Which::This)), "2018-01"),
            (month(5, Some(Which::Next)), "2019-05"),
            (month(6, Some(Which::Next)), "2018-06"),
            (season(Season::Summer, Some(Which::Last)), "2017-SU"),
            (season(Season::Summer, Some(Which::This)), "2018-SU"),
            (season(Season::Summer, Some(Which::Next)), "2018-SU"),
            (season(Season::Winter, Some(Which::Last)), "2017-WI"),
        ],
    );
    check(&past("2018-05-17"), &[(month(5, None), "2018-05"), (month(9, None), "2017-09")]);
    check(&future("2018-05-17"), &[(month(5, None), "2018-05"), (month(3, None), "2019-03")]);
    check(
        &at("2018-02-10"),
        &[(season(Season::Winter, None), "2017-WI"), (season(Season::Winter, Some(Which::This)), "2017-WI")],
    );
    check(&past("2018-02-10"), &[(season(Season::Spring, None), "2017-SP")]);
    check(&at("2018-01-17"), &[(said!(quarter: 4), "2017-Q4")]);
    check(&future("2018-01-17"), &[(said!(quarter: 4), "2018-Q4")]);
    check(&past("2018-09-17"), &[(said!(half: 1), "2018-H1")]);
    check(
        &nowhere(),
        &[
            (said!(month: 6), "XXXX-06"),
            (said!(season: Season::Winter), "XXXX-WI"),
            (said!(quarter: 2), "XXXX-Q2"),
            (said!(half: 2), "XXXX-H2"),
        ],
    );
}

#[test]
fn a_day_without_its_year() {
    let day = |month, day, which| Said { which, ..said!(month: month, day: day) };
    check(
        &at("2018-05-17"),
        &[
            (day(3, 12, None), "2018-03-12"),
            (day(6, 9, Some(Which::Last)), "2017-06-09"),
            (day(5, 10, Some(Which::Last)), "2018-05-10"),
            (day(5, 20, Some(Which::Last)), "2017-05-20"),
            (day(5, 2, Some(Which::Next)), "2019-05-02"),
            (day(2, 29, None), "2020-02-29"),
            // A weekday that the day has in no near year.
            (said!(month: 3, day: 12, weekday: 4), "2018-03-12"),
            (said!(day: 28), "2018-05-28"),
            (said!(day: 8, weekday: 5), "2018-06-08"),
        ],
    );
    check(
        &past("2018-05-17"),
        &[
            (day(7, 18, None), "2017-07-18"),
            (day(5, 17, None), "2018-05-17"),
            (day(5, 20, Some(Which::This)), "2018-05-20"),
            (said!(day: 28), "2018-04-28"),
        ],
    );
    check(
        &future("2018-05-17"),
        &[
            (day(3, 12, None), "2019-03-12"),
            (day(5, 17, None), "2018-05-17"),
            (said!(month: 3, day: 12, weekday: 1), "2018-03-12"),
            (said!(day: 8), "2018-06-08"),
        ],
    );
    check(&at("2018-01-03"), &[(day(12, 30, None), "2017-12-30")]);
    check(&past("2018-07-15"), &[(said!(day: 31), "2018-05-31")]);
    let november = after("2017-11-02", Precision::Month, at("2018-05-17"));
    let of_it = |day| said!(day: day, which: Which::Same);
    check(&november, &[(of_it(8), "2017-11-08"), (of_it(31), "-")]);
    check(&nowhere(), &[(day(12, 11, None), "XXXX-12-11"), (said!(day: 11), "XXXX-XX-11")]);
}

#[test]
fn hijri_dates() {
    check(
        &nowhere(),
        &[
            (hijri(said!(year: 1439, month: 9, day: 1)), "2018-05-16"),
            (hijri(said!(year: 1445, month: 9, day: 13)), "2024-03-23"),
            (hijri(said!(year: 1443, month: 1)), "2021-08-09/2021-09-07"),
            (hijri(said!(year: 1445)), "2023-07-19/2024-07-06"),
            (hijri(said!(year: 1445, month: 2, day: 30)), "2023-09-15"),
            (hijri(said!(year: 1445, month: 1, day: 30)), "-"),
            (hijri(said!(year: 1, month: 1, day: 1)), "0622-07-19"),
            (hijri(said!(year: 9998)), "-"),
            (hijri(said!(month: 9, day: 13)), "XXXX-XX-XX"),
        ],
    );
    check(
        &at("2021-05-20"),
        &[
            (hijri(said!(month: 9)), "2021-04-13/2021-05-12"),
            (hijri(said!(month: 9, which: Which::Next)), "2022-04-02/2022-05-01"),
            (hijri(said!(years: -1)), "2019-08-31/2020-08-19"),
        ],
    );
    check(&past("2021-05-17"), &[(hijri(said!(month: 1, day: 10)), "2020-08-29")]);
    let calendar = |year| meaning(&hijri(said!(year: year, month: 1, day: 1)), &nowhere()).calendar;
    assert_eq!([1300, 1445].map(calendar), [Some("islamic-umalqura"); 2]);
    assert_eq!(calendar(900), Some("islamic-civil"));
}

#[test]
fn what_a_date_covers() {
    for (said, begin, end) in [
        (said!(year: 2018, month: 5, day: 17), "2018-05-17", "2018-05-18"),
        (said!(year: 2018, month: 12), "2018-12-01", "2019-01-01"),
        (said!(year: 2018), "2018-01-01", "2019-01-01"),
        (said!(year: 2018, quarter: 4), "2018-10-01", "2019-01-01"),
        (said!(year: 2018, half: 1), "2018-01-01", "2018-07-01"),
        (said!(year: 2018, month: 2, half: 2), "2018-02-16", "2018-03-01"),
        (said!(year: 2018, season: Season::Winter), "2018-12-01", "2019-03-01"),
        (said!(decade: 1990), "1990-01-01", "2000-01-01"),
        (said!(century: 20), "1900-01-01", "2000-01-01"),
        (said!(century: 20, half: 1), "1900-01-01", "1950-01-01"),
        (said!(century: 1), "0001-01-01", "0100-01-01"),
        (said!(year: 2014, month: 10, nth: nth(1, Unit::Week)), "2014-10-06", "2014-10-13"),
        (hijri(said!(year: 1443, month: 1)), "2021-08-09", "2021-09-08"),
    ] {
        let value = meaning(&said, &nowhere());
        let instant = |day| Some(format!("{day}T00:00:00"));
        assert_eq!((value.begin, value.end), (instant(begin), instant(end)), "{said:?}");
    }
    let value = meaning(&said!(month: 6), &nowhere());
    assert_eq!((value.begin, value.end, value.anchor), (None, None, None));
}

#[test]
fn what_the_value_cannot_hold() {
    for (said, modifier) in [
        (said!(year: 2018, stretch: Stretch::Start), Some(Modifier::Start)),
        (said!(year: 2018, stretch: Stretch::Early), Some(Modifier::Early)),
        (said!(year: 2018, stretch: Stretch::Mid), Some(Modifier::Mid)),
        (said!(year: 2018, stretch: Stretch::Late), Some(Modifier::Late)),
        (said!(year: 2018, stretch: Stretch::End), Some(Modifier::End)),
        (said!(days: -1, part: PartOfDay::Dawn), Some(Modifier::Morning)),
        (said!(days: -1, part: PartOfDay::Evening), Some(Modifier::Evening)),
        (said!(days: -1, part: PartOfDay::Night), Some(Modifier::Night)),
        (said!(days: -1, part: PartOfDay::Daytime), None),
        (said!(days: -1), None),
    ] {
        assert_eq!(meaning(&said, &at("2018-05-17")).modifier, modifier, "{said:?}");
    }
}

#[test]
fn how_exact_a_date_is() {
    for (said, precision) in [
        (said!(century: 20), Precision::Century),
        (said!(decade: 80), Precision::Decade),
        (said!(year: 2018), Precision::Year),
        (said!(half: 1), Precision::HalfYear),
        (said!(quarter: 1), Precision::Quarter),
        (said!(season: Season::Autumn), Precision::Season),
        (said!(month: 2), Precision::Month),
        (said!(month: 2, part: PartOfDay::Evening), Precision::Month),
        (said!(weeks: 0), Precision::Week),
        (said!(weekday: 2), Precision::Day),
        (said!(weekday: 2, part: PartOfDay::Evening), Precision::PartOfDay),
    ] {
        let value = meaning(&said, &at("2018-05-17"));
        assert_eq!((value.kind, value.precision), (TimeKind::Date, Some(precision)), "{said:?}");
    }
}
