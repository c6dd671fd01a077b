use super::*;

#[test]
fn what_is_relative_counts_from_the_anchor() {
    let here = at("2018-05-17");
    check(
        &here,
        &[
            (said!(days: -1), "2018-05-16"),
            (said!(days: 0), "2018-05-17"),
            // What is written says more than what it is called.
            (said!(days: -1, day: 15, month: 5), "2018-05-15"),
            (said!(days: 0, day: 17, month: 5, year: 2018), "2018-05-17"),
            // `الآن` is a time of day, and the text has none.
            (Said { now: true, ..said!() }, "-"),
            (said!(weeks: -1), "2018-W19"),
            (said!(weeks: -1, weekday: 7), "2018-05-13"),
            (said!(weeks: 1, weekday: 1), "2018-05-21"),
            (said!(months: -1), "2018-04"),
            (said!(months: 1, day: 20), "2018-06-20"),
            (said!(months: 1, day: 31), "-"),
            (said!(quarters: -1), "2018-Q1"),
            (said!(years: -1), "2017"),
            (said!(years: -1, stretch: Stretch::Late), "2017"),
            (said!(years: -1, month: 4), "2017-04"),
            (said!(years: -1, month: 4, day: 12), "2017-04-12"),
            (said!(years: -1, season: Season::Summer), "2017-SU"),
            (said!(years: 1, quarter: 1), "2019-Q1"),
            (said!(years: 0, half: 1), "2018-H1"),
            (said!(years: 9000), "-"),
            (said!(decades: 1), "202X"),
            (said!(centuries: -1), "19XX"),
            (said!(centuries: -1, decade: 80), "198X"),
            (said!(centuries: 0, quarter: 1), "2000/2024"),
        ],
    );
    check(&at("2018-12-30"), &[(said!(days: 2), "2019-01-01"), (said!(months: 1, day: 20), "2019-01-20")]);
    check(&at("2016-01-05"), &[(said!(weeks: -1), "2015-W53")]);
    check(&at("2019-01-31"), &[(said!(months: -1), "2018-12"), (said!(quarters: -1), "2018-Q4")]);
    check(&at("2025-05-17"), &[(said!(decades: 1), "203X"), (said!(decades: -1), "201X")]);
}

#[test]
fn that_of_the_date_before_in_the_text() {
    let same = Which::Same;
    let day = after("2016-08-04", Precision::Day, at("2018-05-17"));
    check(
        &day,
        &[
            (said!(month: 1, which: same), "2016-01"),
            (said!(month: 3, day: 9, which: same), "2016-03-09"),
            (said!(day: 20, which: same), "2016-08-20"),
        ],
    );
    let quarter = after("2016-10-01", Precision::Quarter, at("2018-05-17"));
    check(&quarter, &[(said!(year: 2014, which: same), "2014-Q4")]);
    let anchor = meaning(&said!(month: 1, which: same), &day).anchor.unwrap();
    assert_eq!((anchor.kind, anchor.span), (AnchorKind::EarlierDate, Some(Span::new(3, 9))));
}

#[test]
fn without_an_anchor() {
    check(
        &nowhere(),
        &[
            (said!(days: -1), "XXXX-XX-XX"),
            (said!(weeks: -1), "XXXX-WXX"),
            (said!(weeks: -1, weekday: 7), "XXXX-WXX-7"),
            (said!(months: -1), "XXXX-XX"),
            (said!(months: -1, day: 20), "XXXX-XX-20"),
            (said!(quarters: -1), "XXXX-QX"),
            (said!(years: -1), "XXXX"),
            (said!(years: -1, month: 4), "XXXX-04"),
            (said!(decades: -1), "XXXX"),
            (said!(centuries: -1), "XXXX"),
        ],
    );
    let value = meaning(&said!(days: -1), &nowhere());
    assert_eq!((value.precision, value.begin, value.anchor), (Some(Precision::Day), None, None));
}

#[test]
fn the_anchor_is_told_where_it_was_used() {
    let dateline = (point("2018-05-17"), AnchorKind::Dateline, Some(Span::new(8, 20)));
    let here = Context { anchor: Some(dateline), ..Context::default() };
    for said in [said!(year: 2018, month: 5), said!(days: 0, day: 17, month: 5, year: 2018)] {
        assert_eq!(meaning(&said, &here).anchor, None);
    }
    for said in [said!(weekday: 1), said!(month: 1), said!(days: 1), said!(weekday: 1, which: Which::Next)] {
        let anchor = meaning(&said, &here).anchor.unwrap();
        let place = (anchor.kind, anchor.date.as_str(), anchor.span);
        assert_eq!(place, (AnchorKind::Dateline, "2018-05-17", Some(Span::new(8, 20))), "{said:?}");
    }
    let evening = meaning(&said!(days: -1, part: PartOfDay::Evening), &here);
    assert_eq!(evening.modifier, Some(Modifier::Evening));
    assert_eq!(evening.precision, Some(Precision::PartOfDay));
}

#[test]
fn what_comes_again() {
    let every = |said: Said| Said { every: true, ..said };
    let set = meaning(&every(said!(weekday: 4)), &at("2018-05-17"));
    assert_eq!((set.kind, set.precision, set.begin), (TimeKind::Set, None, None));
    check(
        &at("2018-05-17"),
        &[
            (every(long(&[(1000, Unit::Day)])), "P1D"),
            (every(long(&[(2000, Unit::Day)])), "P2D"),
            (every(long(&[(1000, Unit::Week)])), "P1W"),
            (every(said!(weekday: 4)), "XXXX-WXX-4"),
        ],
    );
}
