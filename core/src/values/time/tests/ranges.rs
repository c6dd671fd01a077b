use super::*;

#[test]
fn ends_share_what_one_of_them_leaves_out() {
    check(
        &nowhere(),
        &[
            (to(said!(day: 3), said!(day: 15, month: 6, year: 2011)), "2011-06-03/2011-06-15"),
            (to(said!(day: 13, month: 7, year: 2013), said!(day: 15)), "2013-07-13/2013-07-15"),
            (to(said!(year: 1981), said!(year: 1989)), "1981/1989"),
            (to(said!(year: 1989), said!(year: 1981)), "-"),
            // The month before, and the year before.
            (to(said!(day: 28), said!(day: 3, month: 3, year: 2011)), "2011-02-28/2011-03-03"),
            (to(said!(day: 28), said!(day: 3, month: 1, year: 2011)), "2010-12-28/2011-01-03"),
            (to(said!(day: 31), said!(day: 3, month: 4, year: 2011)), "2011-03-31/2011-04-03"),
            (to(said!(month: 12, day: 28), said!(month: 1, day: 3, year: 2011)), "2010-12-28/2011-01-03"),
            (to(said!(month: 11), said!(month: 1, year: 2011)), "2010-11/2011-01"),
            (to(said!(month: 11, year: 2010), said!(month: 1)), "2010-11/2011-01"),
            (to(said!(month: 11, year: 2011), said!(month: 3, year: 2012)), "2011-11/2012-03"),
            (to(said!(day: 2, month: 2), said!(day: 3, month: 9, year: 2020)), "2020-02-02/2020-09-03"),
            (to(said!(day: 3), hijri(said!(day: 15, month: 9, year: 1445))), "2024-03-13/2024-03-25"),
            (to(said!(day: 30), said!(day: 31, month: 4, year: 2011)), "-"),
            (to(said!(day: 1, month: 7), said!(day: 31, month: 8)), "XXXX-07-01/XXXX-08-31"),
        ],
    );
}

#[test]
fn ends_without_a_year() {
    let days = |from, until, month| to(said!(day: from), said!(day: until, month: month));
    let autumn = to(said!(day: 1, month: 9), said!(day: 31, month: 10));
    check(
        &at("2018-05-17"),
        &[
            (days(3, 8, 5), "2018-05-03/2018-05-08"),
            (days(28, 3, 3), "2018-02-28/2018-03-03"),
            (to(said!(month: 3), said!(month: 6, which: Which::Next)), "2018-03/2018-06"),
            (to(said!(day: 1), said!(day: 10, months: -1)), "2018-04-01/2018-04-10"),
            (to(said!(day: 28), said!(day: 10, months: -1)), "2018-03-28/2018-04-10"),
            (to(said!(month: 1), said!(month: 3, years: -1)), "2017-01/2017-03"),
            (to(said!(month: 11), said!(month: 2, years: -1)), "2016-11/2017-02"),
        ],
    );
    check(
        &past("2018-05-17"),
        &[
            (autumn.clone(), "2017-09-01/2017-10-31"),
            (to(said!(month: 12), said!(month: 2)), "2017-12/2018-02"),
        ],
    );
    check(&future("2018-05-17"), &[(autumn, "2018-09-01/2018-10-31")]);
    let this = to(said!(day: 6), said!(day: 15, month: 6, which: Which::This));
    check(&at("2011-06-12"), &[(this, "2011-06-06/2011-06-15")]);
    check(&at("2019-01-17"), &[(to(said!(month: 10), said!(month: 12)), "2018-10/2018-12")]);
    let next = to(said!(month: 1, day: 15, which: Which::Next), said!(month: 5, stretch: Stretch::End));
    check(&at("2021-12-01"), &[(next.clone(), "2022-01-15/2022-05")]);
    let value = meaning(&next, &at("2021-12-01"));
    assert_eq!((value.kind, value.precision, value.modifier), (TimeKind::Date, Some(Precision::Month), None));
    assert_eq!(value.anchor.unwrap().date, "2021-12-01");
    assert_eq!(value.begin.as_deref(), Some("2022-01-15T00:00:00"));
    assert_eq!(value.end.as_deref(), Some("2022-06-01T00:00:00"));
}

#[test]
fn weekdays_and_what_comes_again() {
    let week = |from, until| to(said!(weekday: from), said!(weekday: until));
    check(&past("2018-05-18"), &[(week(7, 4), "2018-05-13/2018-05-17")]);
    check(&at("2018-05-15"), &[(week(1, 3), "2018-05-14/2018-05-16")]);
    check(&future("2018-05-18"), &[(week(7, 4), "2018-05-20/2018-05-24")]);
    let every = to(said!(month: 3, day: 1), Said { every: true, ..said!(month: 6, day: 30) });
    check(&at("2018-05-17"), &[(every, "XXXX-03-01/XXXX-06-30")]);
}

#[test]
fn from_one_time_of_day_to_another() {
    use PartOfDay::{Afternoon, Dawn, Evening, Morning, Noon};
    let clocks = |from, until| to(said!(clock: from), said!(clock: until));
    check(
        &at("2018-05-17"),
        &[
            (clocks(minute(10, 0), minute(12, 30)), "2018-05-17T10:00/2018-05-17T12:30"),
            (
                to(said!(clock: hour(3)), said!(clock: hour(5), part: Afternoon)),
                "2018-05-17T15/2018-05-17T17",
            ),
            (to(said!(clock: hour(11)), said!(clock: hour(1), part: Noon)), "2018-05-17T11/2018-05-17T13"),
            (
                to(said!(clock: hour(9)), said!(clock: hour(5), part: Afternoon)),
                "2018-05-17T09/2018-05-17T17",
            ),
            (to(said!(clock: hour(10), part: Morning), said!(clock: hour(2))), "2018-05-17T10/2018-05-17T14"),
            (to(said!(clock: hour(3), part: Evening), said!(clock: hour(7))), "2018-05-17T15/2018-05-17T19"),
            // Past midnight.
            (
                to(said!(clock: hour(10), part: Evening), said!(clock: hour(2), part: Dawn)),
                "2018-05-17T22/2018-05-18T02",
            ),
            (
                to(said!(clock: minute(22, 0)), said!(clock: minute(5, 0))),
                "2018-05-17T22:00/2018-05-18T05:00",
            ),
        ],
    );
    check(&nowhere(), &[(clocks(hour(10), hour(12)), "XXXX-XX-XXT10/XXXX-XX-XXT12")]);
    let value = meaning(&clocks(minute(10, 0), minute(12, 30)), &at("2018-05-17"));
    assert_eq!(value.kind, TimeKind::Time);
    assert_eq!(value.begin.as_deref(), Some("2018-05-17T10:00:00"));
}
