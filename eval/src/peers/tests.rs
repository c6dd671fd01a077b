use super::times::{Grain, Length, Time};
use super::wanted::Value as Asked;
use super::*;

fn asked(suite: &str, stem: &str, line: &str) -> Asks {
    let suite = parse("f", suite, stem, line).unwrap_or_else(|error| panic!("{error}"));
    suite.cases[0].asks.clone()
}

fn mentions(suite: &str, stem: &str, line: &str) -> Option<Vec<(u32, u32, Option<Asked>)>> {
    match asked(suite, stem, line) {
        Asks::Mentions(_, wanted, _) => {
            Some(wanted.into_iter().map(|one| (one.span.begin, one.span.end, one.value)).collect())
        }
        _ => None,
    }
}

/// The only value that a case asks for.
fn value(suite: &str, line: &str) -> Option<Asked> {
    mentions(suite, "x", line)?.into_iter().next()?.2
}

#[test]
fn each_form_of_a_mention_is_read() {
    let five = Some(Asked::Number(5.0));
    let line = r#"{"task": "numeral", "text": "هو 5", "span": [3, 4], "expected": {"value": 5}}"#;
    assert_eq!(mentions("duckling", "numeral", line), Some(vec![(5, 6, five.clone())]));
    let line = r#"{"task": "numeral", "text": "هو 5", "expected": [{"start": 3, "end": 4, "text": "5", "value": 5.0}]}"#;
    assert_eq!(mentions("maha", "numeral", line), Some(vec![(5, 6, five.clone())]));
    let line = r#"{"task": "numeral", "text": "هو", "expected": null, "negative": true}"#;
    assert_eq!(mentions("maha", "numeral", line), Some(Vec::new()));
    let line = r#"{"text": " 5 ", "value": 5}"#;
    assert_eq!(mentions("curated", "numbers_text_to_value", line), Some(vec![(1, 2, five.clone())]));
    let line = |silent: bool| {
        format!(
            r#"{{"task": "Number/PercentModel", "text": "هو 5%", "ignore_resolution": {silent}, "expected":
            [{{"text": "5%", "start_utf16": 3, "end_utf16_exclusive": 5, "resolution": {{"value": "5%"}}}}]}}"#
        )
        .replace('\n', " ")
    };
    assert_eq!(mentions("recognizers-text", "trusted", &line(false)), Some(vec![(5, 7, five)]));
    assert_eq!(mentions("recognizers-text", "trusted", &line(true)), Some(vec![(5, 7, None)]));
    let line = r#"{"task": "quantity", "text": "3 كغ من التين", "span": [0, 13],
        "expected": {"unit": "Gram", "value": 3000, "product": "التين"}}"#
        .replace('\n', " ");
    let span = mentions("duckling", "quantity", &line).map(|all| (all[0].0, all[0].1));
    assert_eq!(span, Some((0, 6)));
}

#[test]
fn each_form_of_a_number_and_an_amount_is_read() {
    let written = |task: &str, expected: &str| {
        let line = format!(r#"{{"task": "itn/{task}", "text": "نص", "expected": "{expected}"}}"#);
        value("nemo-text-processing", &line)
    };
    assert_eq!(written("fraction", "10 1/2"), Some(Asked::Number(10.5)));
    assert_eq!(written("measure", "%7.5"), Some(Asked::Number(7.5)));
    let amount = |number, end, unit: &str| Some(Asked::Amount { number, end, units: vec![unit.to_owned()] });
    assert_eq!(written("money", "$7.05"), amount(7.05, None, "USD"));
    assert_eq!(written("money", "ر.س5"), amount(5.0, None, "SAR"));
    let line = r#"{"task": "itn/whitelist", "text": "نص", "expected": "نص"}"#;
    assert_eq!(mentions("nemo-text-processing", "x", line), Some(Vec::new()));
    let money = |expected: &str| {
        value("duckling", &format!(r#"{{"task": "amount_of_money", "text": "نص", "expected": {expected}}}"#))
    };
    assert_eq!(money(r#"{"unit": "Cent", "value": 50}"#), amount(0.5, None, "USD"));
    assert_eq!(money(r#"{"unit": "Dollar", "min": 1, "max": 2}"#), amount(1.0, Some(2.0), "USD"));
    assert_eq!(money(r#"{"unit": "EUR", "max": 7}"#), amount(7.0, None, "EUR"));
    // The text does not tell which pound.
    assert_eq!(money(r#"{"unit": "Pound", "value": 7}"#), None);
    let fraction = r#"{"task": "fraction", "text": "نص", "expected": {"whole": 3, "num": 3, "den": 4}}"#;
    assert_eq!(value("nemo-text-processing", fraction), Some(Asked::Number(3.75)));
    let miles = r#"{"task": "distance", "text": "ميل", "expected": [{"start": 0, "end": 3, "value":
        {"values": [{"value": 2, "unit": "MILES"}]}}]}"#
        .replace('\n', " ");
    assert_eq!(value("maha", &miles), amount(2.0, None, "mile"));
}

#[test]
fn each_form_of_a_time_is_read() {
    let time = |suite: &str, line: &str| match value(suite, line) {
        Some(Asked::Time(time)) => time,
        other => panic!("{other:?}"),
    };
    let at = |instant: &str, grain, filled| Time::At { instant: instant.to_owned(), grain, filled };
    let duckling = |expected: &str| {
        time("duckling", &format!(r#"{{"task": "time", "text": "نص", "expected": {expected}}}"#))
    };
    assert_eq!(
        duckling(r#"{"kind": "datetime", "value": "2013-02-12T04:30:00-02:00", "grain": "second"}"#),
        at("2013-02-12T04:30:00", Some(Grain::Clock), false)
    );
    let range = |from: Option<&str>, to: Option<&str>, open| Time::Range {
        from: from.map(ToOwned::to_owned),
        to: to.map(ToOwned::to_owned),
        open,
    };
    assert_eq!(
        duckling(
            r#"{"kind": "interval", "from": "2013-02-12T00:00:00-02:00", "to_exclusive": "2013-02-14T00:00:00"}"#
        ),
        range(Some("2013-02-12T00:00:00"), Some("2013-02-14T00:00:00"), true)
    );
    let maha = |expected: &str, said: &str| {
        let line = format!(
            r#"{{"task": "time", "text": "نص", "expected": {expected}, "peer_span": [[0, 2]], "peer_value": ["{said}"]}}"#
        );
        time("maha", &line)
    };
    assert_eq!(
        maha(r#"{"kind": "datetime", "value": "2022-09-01T00:00:00"}"#, "TimeValue(years=1)"),
        at("2022-09-01T00:00:00", Some(Grain::Year), true)
    );
    assert_eq!(
        maha(
            r#"{"kind": "date_hijri", "gregorian": "2022-04-02"}"#,
            "TimeValue(next_month=9, day=1, hijri=True)"
        ),
        at("2022-04-02T00:00:00", Some(Grain::Day), true)
    );
    assert_eq!(maha(r#"{"kind": "peer_output"}"#, "TimeValue(am_pm='PM')"), Time::Half { after_noon: true });
    assert_eq!(
        maha(r#"{"kind": "interval", "from": null, "to": "2025-09-01T10:00:00"}"#, "TimeInterval(end=…)"),
        range(None, Some("2025-09-01T10:00:00"), false)
    );
    let english = |text: &str| {
        time("dateparser", &format!(r#"{{"task": "translate_to_en", "text": "نص", "expected": "{text}"}}"#))
    };
    let length = |count, unit| Time::Length(Length::default().and(count, unit).unwrap_or_default());
    assert_eq!(english("2 day"), length(2.0, "day"));
    assert_eq!(english("ago {'days': 21} day"), length(21.0, "day"));
    assert_eq!(
        english("1 day ago"),
        Time::Any(vec![at("2020-06-14T00:00:00", Some(Grain::Day), false), length(1.0, "day")])
    );
    let line = r#"{"task": "relative", "text": "نص", "expected": {"kind": "ago", "delta": {"days": 3}}}"#;
    assert_eq!(time("dateparser", line), length(3.0, "day"));
    let timex = |timex: &str| {
        let line = format!(
            r#"{{"task": "DateTime/DateParser", "text": "نص", "expected": [{{"start_utf16": 0, "end_utf16_exclusive": 2, "resolution":
            {{"Timex": "{timex}", "FutureResolution": {{"date": "2017-10-02"}}, "PastResolution": {{"date": "2016-10-02"}}}}}}]}}"#
        );
        time("recognizers-text", &line.replace('\n', " "))
    };
    let written =
        |values: &[&str]| Time::Any(values.iter().map(|value| Time::Written((*value).to_owned())).collect());
    assert_eq!(timex("XXXX-10-02"), written(&["XXXX-10-02", "2017-10-02", "2016-10-02"]));
    assert_eq!(timex("SU"), written(&["SU", "XXXX-SU"]));
    assert_eq!(timex("(2016-01-12,2016-01-22,P10D)"), range(Some("2016-01-12"), Some("2016-01-22"), false));
}

#[test]
fn a_form_that_is_not_known_is_not_answered() {
    for (suite, line) in [
        ("duckling", r#"{"task": "time", "text": "الآن", "expected": {"kind": "datetime"}}"#),
        ("duckling", r#"{"task": "quantity", "text": "5 ر", "expected": {"unit": "Rod", "value": 5}}"#),
        ("unknown", r#"{"text": "أول"}"#),
    ] {
        assert!(matches!(asked(suite, "x", line), Asks::Nothing), "{line}");
    }
    assert!(parse("f", "maha", "x", r#"{"task": "numeral"}"#).is_err());
}

/// Whether a case of a program is right.
fn is_right(suite: &str, line: &str) -> bool {
    let suite = parse("f", suite, "x", line).unwrap_or_else(|error| panic!("{error}"));
    let knowledge = warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
    let scores = suite.measure(&knowledge).unwrap_or_else(|error| panic!("{error}")).scores;
    let whole = scores.whole(Layer::Cases);
    assert!(whole.gold > 0, "not answered: {line}");
    whole == Figure::all(whole.gold)
}

#[test]
fn times_are_compared_by_what_they_cover() {
    let case = |text: &str, expected: &str| {
        let line = format!(
            r#"{{"task": "time", "text": "{text}", "reference_time": "2021-06-16T09:00:00", "expected": {expected}}}"#
        );
        is_right("duckling", &line)
    };
    let at = |instant: &str, grain: &str| {
        format!(r#"{{"kind": "datetime", "value": "{instant}T00:00:00", "grain": "{grain}"}}"#)
    };
    assert!(case("12 مايو 2019", &at("2019-05-12", "day")));
    assert!(!case("12 مايو 2019", &at("2019-05-13", "day")));
    assert!(case("مايو 2019", &at("2019-05-01", "month")) && case("مايو 2019", &at("2019-05-01", "day")));
    assert!(!case("مايو 2019", &at("2019-05-02", "day")) && !case("مايو 2019", &at("2019-05-01", "year")));
    assert!(case("في مايو 2019", &at("2019-05-01", "month")));
    let range = |to| {
        format!(r#"{{"kind": "interval", "from": "2019-05-01T00:00:00", "to_exclusive": "{to}T00:00:00"}}"#)
    };
    assert!(case("مايو 2019", &range("2019-06-01")) && !case("مايو 2019", &range("2019-06-02")));
    assert!(!case("مايو 2019 و2020", &at("2019-05-01", "month")));
}

#[test]
fn a_peer_that_fills_in_its_clock_is_covered() {
    let case = |text: &str, instant: &str, said: &str| {
        let line = format!(
            r#"{{"task": "time", "text": "{text}", "reference_time": "2021-06-16T09:00:00",
            "expected": {{"kind": "datetime", "value": "{instant}"}}, "peer_value": ["TimeValue({said})"]}}"#
        );
        is_right("maha", &line.replace('\n', " "))
    };
    assert!(case("العام الماضي", "2020-06-16T09:00:00", "years=-1"));
    assert!(!case("العام الماضي", "2019-06-16T09:00:00", "years=-1"));
    assert!(!case("العام الماضي", "2020-06-16T09:00:00", "years=-1, months=0"));
    // Of the week that begins on the Sunday before.
    assert!(case("قبل أسبوع", "2021-06-06T00:00:00", "weeks=-1"));
    assert!(!case("قبل أسبوع", "2021-06-13T00:00:00", "weeks=-1"));
}

#[test]
fn spans_and_values_are_apart_where_the_table_says_so() {
    let line = r#"{"task": "Number/NumberModel", "text": "فيها 45 كتابا", "expected": [
        {"start_utf16": 5, "end_utf16_exclusive": 8, "resolution": {"value": "46"}}]}"#
        .replace('\n', " ");
    let suite = parse("f", "recognizers-text", "x", &line).unwrap_or_else(|error| panic!("{error}"));
    let knowledge = warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
    let scores = suite.measure(&knowledge).unwrap_or_else(|error| panic!("{error}")).scores;
    let kinds: Vec<(&str, Figure)> = scores.kinds(Layer::Cases).collect();
    assert_eq!(
        kinds,
        [
            ("recognizers-text Number/NumberModel spans", Figure::all(1)),
            ("recognizers-text Number/NumberModel values", Figure::new(0, 1, 1)),
        ]
    );
}

#[test]
fn a_number_that_counts_something_is_in_its_amount() {
    let case = |value: u32| {
        let line = format!(
            r#"{{"task": "numeral", "text": "ثلاثة دولارات", "span": [0, 5], "expected": {{"value": {value}}}}}"#
        );
        is_right("duckling", &line)
    };
    assert!(case(3) && !case(4));
    let hundredths = |value: f64| {
        let line = format!(
            r#"{{"task": "numeral", "text": "5%", "span": [0, 2], "expected": {{"value": {value}}}}}"#
        );
        is_right("duckling", &line)
    };
    assert!(hundredths(0.05) && !hundredths(5.0));
    let nothing = |task: &str| {
        is_right(
            "maha",
            &format!(r#"{{"task": "{task}", "text": "ثلاثة", "expected": null, "negative": true}}"#),
        )
    };
    assert!(!nothing("numeral") && nothing("ordinal") && nothing("time"));
}

#[test]
fn each_case_has_its_own_figures() {
    let lines = [
        r#"{"task": "numeral", "text": "هو 5", "span": [3, 4], "expected": {"value": 5}}"#,
        r#"{"task": "numeral", "text": "هو 5", "span": [3, 4], "expected": {"value": 6}}"#,
        r#"{"task": "phone_number", "text": "هو 5"}"#,
    ];
    let suite = parse("f", "duckling", "x", &lines.join("\n")).unwrap_or_else(|error| panic!("{error}"));
    let knowledge = warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
    let each = suite.each(&knowledge).unwrap_or_else(|error| panic!("{error}"));
    let figures: Vec<Figure> = each.iter().map(|scores| scores.whole(Layer::Cases)).collect();
    assert_eq!(figures, [Figure::all(1), Figure::new(0, 1, 1), Figure::unanswered(1)]);
    let together = suite.measure(&knowledge).unwrap_or_else(|error| panic!("{error}")).scores;
    assert_eq!(together.whole(Layer::Cases), figures.into_iter().fold(Figure::default(), Figure::plus));
}

#[test]
fn a_map_is_a_figure_of_its_own() {
    let line = |expected, map| {
        format!(
            r#"{{"op": "RemoveTatweel()", "text": "مـن", "expected": "{expected}", "map_norm_char_to_orig_span_codepoint": {map}}}"#
        )
    };
    let lines = [
        line("من", "[[0, 1], [2, 3]]"),
        line("من", "[[0, 2], [2, 3]]"),
        line("مـن", "[[0, 1], [1, 2], [2, 3]]"),
    ];
    let suite = parse("f", "araclean", "x", &lines.join("\n")).unwrap_or_else(|error| panic!("{error}"));
    let knowledge = warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
    let scores = suite.measure(&knowledge).unwrap_or_else(|error| panic!("{error}")).scores;
    assert_eq!(scores.whole(Layer::Cases), Figure::new(2, 3, 3));
    assert_eq!(scores.whole(Layer::Maps), Figure::new(1, 2, 2));
}

#[test]
fn a_text_of_another_language_is_to_stay() {
    let lines = [r#"{"text": "می\u200Cرود"}"#, r#"{"text": "ﻣﺪﯾﻨﮥ"}"#, r#"{"text": "عالم\u0007"}"#];
    let suite = parse("f", "bleve", "fa_persian_normalize", &lines.join("\n"));
    let suite = suite.unwrap_or_else(|error| panic!("{error}"));
    let knowledge = warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
    let measured = suite.measure(&knowledge).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(measured.scores.whole(Layer::Cases), Figure::new(2, 3, 3));
    assert!(measured.differences[0].found.as_ref().is_some_and(|found| found.starts_with("display: ")));
}

#[test]
fn words_beside_a_span_are_as_the_table_says() {
    let case = |text: &str, span: [usize; 2]| {
        let line = format!(
            r#"{{"task": "DateTime/DateExtractor", "text": "{text}", "expected": [{{"start": {}, "end": {}, "resolution": null}}]}}"#,
            span[0], span[1]
        );
        is_right("recognizers-text", &line)
    };
    // `يوم` is in our span, `في` is not; what is neither is wrong.
    assert!(case("وصل يوم الجمعة", [8, 14]) && case("وصل يوم الجمعة", [4, 14]));
    assert!(case("وصل في 3 مايو", [4, 13]) && case("وصل في 3 مايو", [7, 13]));
    assert!(!case("وصل في 3 مايو", [0, 13]) && !case("وصل في 3 مايو", [9, 13]));
}

/// With us a day and a time of day beside it are two mentions; the value of the time of day says its day.
#[test]
fn a_day_and_its_time_may_be_asked_for_as_one() {
    let case = |text: &str, instant: &str| {
        let line = format!(
            r#"{{"task": "time", "text": "{text}", "reference_time": "2021-06-16T09:00:00",
            "expected": {{"kind": "datetime", "value": "{instant}"}}}}"#
        );
        is_right("duckling", &line.replace('\n', " "))
    };
    assert!(case("غدا الساعة 5 عصرا", "2021-06-17T17:00:00"));
    assert!(case("12 مايو 2019، الساعة 9:15", "2019-05-12T09:15:00"));
    assert!(!case("غدا الساعة 5 عصرا", "2021-06-16T17:00:00"));
    assert!(!case("غدا نعود الساعة 5 عصرا", "2021-06-17T17:00:00"));
}

#[test]
fn telephone_numbers_are_compared_with_the_end_of_ours() {
    let case = |text: &str, value: &str| {
        is_right(
            "duckling",
            &format!(
                r#"{{"task": "phone_number", "text": "{text}", "expected": {{"kind": "phone", "value": "{value}"}}}}"#
            ),
        )
    };
    assert!(case("+971 4 223 4567", "(+971) 42234567") && case("+971 4 223 4567", "042234567"));
    assert!(!case("+971 4 223 4567", "42234568") && !case("4567", "4567"));
}

#[test]
fn parts_of_the_day_are_compared_by_their_half() {
    let case = |text: &str, half: &str| {
        let line = format!(
            r#"{{"task": "time", "text": "{text}", "reference_time": "2021-06-16T09:00:00",
            "expected": {{"kind": "peer_output"}}, "peer_value": ["TimeValue(am_pm='{half}')"]}}"#
        );
        is_right("maha", &line.replace('\n', " "))
    };
    for (text, half, other) in
        [("مساء", "PM", "AM"), ("الليلة", "PM", "AM"), ("الظهيرة", "PM", "AM"), ("الفجر", "AM", "PM")]
    {
        assert!(case(text, half) && !case(text, other), "{text}");
    }
}

#[test]
fn a_calendar_that_is_named_apart_is_told() {
    assert_eq!(in_calendar("1-2-1440", Some("umm al-qura")), "1-2-1440 هـ");
    assert_eq!(in_calendar("1-2-1440 هـ", Some("umm al-qura")), "1-2-1440 هـ");
    assert_eq!(in_calendar("1-2-1940", None), "1-2-1940");
}

#[test]
fn lengths_are_compared_by_months_and_seconds() {
    let length = |iso| Length::parse(iso).unwrap_or_else(|| panic!("{iso}"));
    assert_eq!(length("P1Y2M"), length("P14M"));
    assert_eq!(length("P1W"), length("P7D"));
    assert_eq!(length("PT0.5H"), length("PT30M"));
    assert_ne!(length("P1M"), length("P30D"));
    assert!(Length::parse("P3").is_none() && Length::parse("3D").is_none() && Length::parse("P3H").is_none());
}

#[test]
fn the_steps_of_the_table_are_steps() {
    let table = Table::built_in().unwrap_or_else(|error| panic!("{error}"));
    for task in &table.task {
        let recipe = task.recipe();
        assert!(
            Normalizer::new(recipe.preset.as_deref(), &recipe.steps).is_ok(),
            "{:?} {:?}",
            task.preset,
            task.steps
        );
        let asks_text = task.preset.is_some() || !task.steps.is_empty();
        assert_eq!(matches!(task.asks, What::Text), asks_text, "{:?}", task.tasks);
        assert_eq!(matches!(task.asks, What::Same), !task.presets.is_empty(), "{:?}", task.tasks);
        assert!(task.presets.iter().all(|preset| Normalizer::new(Some(preset), &[]).is_ok()));
    }
}

#[test]
fn recipes_are_found_by_name_options_and_language() {
    let steps = |suite, stem, line| match asked(suite, stem, line) {
        Asks::Text(recipe, ..) => recipe.steps.into_iter().map(|step| step.step).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    let line = r#"{"task": "normalize", "options": {"waw": true}, "text": "مؤمن", "expected": "مومن"}"#;
    assert_eq!(steps("maha", "clean_normalize", line), ["hamza_seats"]);
    let line = r#"{"op": "MapDigits(target=<DigitTarget.ASCII: 'ascii'>, x)", "text": "٣", "expected": "3"}"#;
    assert_eq!(steps("araclean", "x", line), ["digits"]);
    let line = r#"{"rule": "AR", "text": "ٽ", "expected": "ت"}"#;
    assert_eq!(steps("nisaba", "visual_norm", line), ["look_alike_letters"]);
    let line = r#"{"rule": "FA", "text": "ٽ", "expected": "ت"}"#;
    assert!(matches!(asked("nisaba", "visual_norm", line), Asks::Same(_)));
    let line = r#"{"task": "normalize", "options": {"all": true}, "text": "مؤمن", "expected": "مومن"}"#;
    assert!(matches!(asked("maha", "clean_normalize", line), Asks::Nothing));
}

#[test]
fn several_options_of_a_step() {
    let step = step_request("diacritics=shadda:keep,position:final");
    assert_eq!((step.step.as_str(), step.options.len()), ("diacritics", 2));
    assert_eq!(step.options.get("position").map(String::as_str), Some("final"));
}
