use proptest::prelude::*;

use super::*;
use crate::entities::EntityType::{Location, Nationality, Organization, Person};

fn lexicon(rows: &[(&str, EntityType)]) -> Lexicon {
    let rows = rows.iter().map(|&(name, kind)| Row { name, kind, id: "" });
    Lexicon::from_rows(rows).expect("sound rows")
}

/// What is found in the folded text, as it stands there.
fn found<'t>(lexicon: &Lexicon, folded: &'t str) -> Vec<&'t str> {
    lexicon.search(folded).iter().map(|hit| &folded[hit.begin as usize..hit.end as usize]).collect()
}

#[test]
fn a_name_begins_after_its_proclitics() {
    let lexicon = lexicon(&[("مجدل", Location), ("لندار", Location)]);
    for (text, name) in
        [("في مجدل.", "مجدل"), ("بمجدل", "مجدل"), ("ولمجدل", "مجدل"), ("(مجدل)", "مجدل"), ("للندار", "لندار")]
    {
        assert_eq!(found(&lexicon, text), [name], "{text}");
    }
    for text in ["مجدلا", "امجدل", "المجدل", "للمجدل", "عبمجدل", "مجدل2", "xمجدل"]
    {
        assert_eq!(found(&lexicon, text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn a_name_with_the_article_is_found_with_it_alone() {
    let lexicon = lexicon(&[("المرجان", Location)]);
    assert_eq!(found(&lexicon, "المرجان والمرجان بالمرجان"), ["المرجان"; 3]);
    // The alef is swallowed: the name begins at the second lam.
    assert_eq!(found(&lexicon, "للمرجان وللمرجان"), ["لمرجان"; 2]);
    assert_eq!(found(&lexicon, "مرجان لمرجان"), Vec::<&str>::new());
}

#[test]
fn three_lams_are_written_as_two() {
    let lexicon = lexicon(&[("اللوزية", Location)]);
    let folded = normalize::fold("للوزية").text;
    let hits = lexicon.search(&folded);
    let hit = hits.iter().next().expect("found");
    assert_eq!(hit.begin as usize, "ل".len());
}

#[test]
fn a_hamza_on_the_alef_is_no_article() {
    let lexicon = lexicon(&[("ألمرند", Location)]);
    let folded = normalize::fold("ألمرند").text;
    assert_eq!(found(&lexicon, &folded), [folded.as_str()]);
    assert_eq!(found(&lexicon, "للمرند"), Vec::<&str>::new());
}

#[test]
fn adjectives_take_the_article_on_each_word() {
    let lexicon = lexicon(&[("مرندي", Nationality), ("مرندي شمالي", Nationality)]);
    let longest = |text: &'static str| {
        let hits = lexicon.search(text);
        hits.iter().map(|hit| &text[hit.begin as usize..hit.end as usize]).max_by_key(|name| name.len())
    };
    assert_eq!(longest("المرندي"), Some("المرندي"));
    assert_eq!(longest("للمرندي"), Some("لمرندي"));
    assert_eq!(longest("مرندي شمالي"), Some("مرندي شمالي"));
    assert_eq!(longest("المرندي الشمالي"), Some("المرندي الشمالي"));
}

#[test]
fn spelling_hides_no_name() {
    let lexicon = lexicon(&[("أبو ظهير", Location), ("كبرى", Location)]);
    let text = "في ابو ظهير وكُبـرى";
    let folded = normalize::fold(text);
    assert_eq!(lexicon.search(&folded.text).iter().count(), 2);
}

#[test]
fn a_line_end_inside_a_name_is_a_blank() {
    let lexicon = lexicon(&[("تل مرجان", Location)]);
    assert_eq!(found(&lexicon, "تل\nمرجان"), ["تل\nمرجان"]);
}

#[test]
fn rows_of_one_id_are_one_thing_and_bad_rows_are_named() {
    let rows = [
        Row { name: "مرند", kind: Organization, id: "m" },
        Row { name: "شركة مرند", kind: Organization, id: "m" },
        Row { name: "مرند", kind: Person, id: "m" },
    ];
    let lexicon = Lexicon::from_rows(rows).expect("sound rows");
    assert_eq!(lexicon.things.len(), 2);
    assert_eq!(lexicon.things[0].name.as_ref(), "مرند");

    let bad = |row| Lexicon::from_rows([rows[0], row]).map(|_| ()).unwrap_err();
    let error = bad(Row { name: "\u{640}", kind: Person, id: "" });
    assert_eq!((error.line, error.file.as_str()), (2, "lexicon"));
    assert!(bad(Row { name: "x", kind: EntityType::Url, id: "" }).problem.contains("type"));
    let long = "x".repeat(257);
    assert!(bad(Row { name: &long, kind: Person, id: "" }).problem.contains("at most 256"));
}

#[test]
fn the_built_in_lists_are_sound() {
    let lexicon = Lexicon::built_in().expect("sound lists");
    assert!(lexicon.things.len() > 1_000);
    for thing in &lexicon.things {
        // A city without a name of its own is in no text.
        assert!(!thing.name.is_empty() || thing.subtype.as_deref() != Some("country"), "{thing:?}");
    }
    for place in ["سوريا", "بيروت", " القاهرة ", "الولايات المتحدة"] {
        assert!(lexicon.is_place(place), "{place}");
    }
    for other in ["", "كتاب", "السوري", "وبيروت", "مليون", "بيروت بيروت"] {
        assert!(!lexicon.is_place(other), "{other}");
    }
}

#[test]
fn rows_are_withheld_from_the_open_lists_and_no_others() {
    // Towns, a body, a word of people's names; then a country, its people, a month and a currency.
    let open = ["دمشق", "بيروت", "الأمم المتحدة", "خالد"].map(|name| normalize::fold(name).text);
    let closed = ["سوريا", "سوري", "نيسان", "دينار"].map(|name| normalize::fold(name).text);
    let withheld = |name: &str| name != open[1] && open.iter().chain(&closed).any(|other| other == name);
    let lexicon = Lexicon::withholding(&withheld).expect("sound lists");
    assert!(lexicon.is_place("بيروت") && lexicon.is_place("سوريا") && !lexicon.is_place("دمشق"));
    let kinds = |lexicon: &Lexicon, text: &str| -> Vec<EntityType> {
        let hits = lexicon.search(text);
        let whole = hits.iter().filter(|hit| hit.begin == 0 && hit.end as usize == text.len());
        let things = whole.flat_map(|hit| lexicon.readings(hit)).filter_map(|it| lexicon.thing(it.sense));
        things.map(|thing| thing.kind).collect()
    };
    let all = Lexicon::built_in().expect("sound lists");
    assert_eq!(kinds(&all, &open[2]), [Organization]);
    assert_eq!(kinds(&lexicon, &open[2]), []);
    assert_eq!(kinds(&lexicon, &closed[1]), [Nationality]);
    for name in &closed[2..] {
        let hits = lexicon.search(name);
        let senses = hits.iter().flat_map(|hit| lexicon.readings(hit)).map(|reading| reading.sense);
        assert!(
            senses.into_iter().any(|it| matches!(it, Sense::Month { .. } | Sense::Currency(_))),
            "{name}"
        );
    }
    assert!(all.words().name(&open[3]).is_some() && lexicon.words().name(&open[3]).is_none());
}

#[test]
fn chains_of_proclitics_take_linear_time() {
    let lexicon = lexicon(&[("و", Location), ("وو", Location), ("لا", Location)]);
    let begun = std::time::Instant::now();
    for unit in ["و", "ول", "لل", "ال", "و ", "\u{64B}"] {
        lexicon.search(&unit.repeat(200_000));
    }
    assert!(begun.elapsed().as_secs() < 20);
}

#[test]
fn names_in_names_are_a_few_hits_at_one_place() {
    const WORDS: usize = 2_000;
    let text = "اب ".repeat(WORDS);
    let names: Vec<String> = (1..=80).map(|n| "اب ".repeat(n).trim().to_owned()).collect();
    let kinds = [Organization, Person, Nationality];
    let rows: Vec<(&str, EntityType)> =
        names.iter().enumerate().map(|(n, name)| (name.as_str(), kinds[n % 3])).collect();
    let lexicon = lexicon(&rows);
    let hits = lexicon.search(&text);
    assert!(hits.iter().count() <= WORDS * 6, "{} hits", hits.iter().count());
    let lengths: Vec<usize> = hits.beginning_at(0).map(|hit| hit.end as usize - hit.begin as usize).collect();
    assert_eq!(lengths[0], names[79].len());
    assert!(lengths.is_sorted_by(|a, b| a > b));
}

#[test]
fn names_of_all_types_are_found_in_long_ones() {
    let names = ["ا ب ج د ه و", "ب ج د ه و", "ج د ه و", "د ه و", "ه و"];
    let mut rows: Vec<_> = names.iter().map(|name| (*name, Organization)).collect();
    rows.push(("و", Nationality));
    let lexicon = lexicon(&rows);
    // The fifth organization is one too many, the nationality is not.
    assert_eq!(found(&lexicon, names[0]), ["ا ب ج د ه و", "ب ج د ه و", "ج د ه و", "د ه و", "و"]);
}

#[test]
fn the_first_row_of_a_name_wins() {
    let rows = |n: usize| (0..n).map(|_| Row { name: "مرند", kind: Organization, id: "" });
    let many: Vec<String> = (0..50).map(|n| n.to_string()).collect();
    let rows = rows(1).chain(many.iter().map(|id| Row { name: "مَرند", kind: Person, id }));
    let lexicon = Lexicon::from_rows(rows).expect("sound rows");
    assert_eq!(lexicon.readings.len(), 1);
    let hits = lexicon.search("مرند");
    let hit = hits.iter().next().expect("found");
    let reading = lexicon.readings(hit).next().expect("a meaning");
    assert_eq!(lexicon.thing(reading.sense).map(|thing| thing.kind), Some(Organization));
}

proptest! {
    #[test]
    fn hits_are_whole_characters(text in "[والبكفلم ندر\u{64B}ﻻx1]{0,40}") {
        let lexicon = lexicon(&[("المرند", Location), ("ود", Location), ("لندر", Person), ("مر ند", Nationality)]);
        for hit in lexicon.search(&text).iter() {
            prop_assert!(text.get(hit.begin as usize..hit.end as usize).is_some());
            prop_assert!(hit.word <= hit.begin && hit.begin <= hit.bare && hit.bare < hit.end);
        }
    }

    #[test]
    fn what_is_found_is_what_stands_there(text in "([وبالكل]{0,3}(ود|مر|مرند|مر ود|ود-مر|مر\n|[%.،]|[ \t]|x|\u{64B}| ){0,3}){0,12}") {
        const NAMES: [&str; 5] = ["ود", "مرند", "مر ود", "ود-مر", "مر."];
        let lexicon = lexicon(&NAMES.map(|name| (name, Location)));
        let blanks = text.replace(['\n', '\t'], " ");
        let mut expected = Vec::new();
        for name in NAMES {
            for (begin, _) in blanks.match_indices(name) {
                let end = begin + name.len();
                let word = blanks[..begin].trim_end_matches(is_word_char).len();
                let before = lexicon.proclitics.before(&blanks[..begin]);
                if before == Some((&blanks[word..begin], Article::None)) && !blanks[end..].starts_with(is_word_char) {
                    expected.push((begin, end));
                }
            }
        }
        expected.sort_by_key(|&(begin, end)| (begin, usize::MAX - end));
        let found = lexicon.search(&text);
        let found: Vec<_> = found.iter().map(|hit| (hit.begin as usize, hit.end as usize)).collect();
        prop_assert_eq!(found, expected);
    }
}

#[test]
fn a_word_ends_before_the_first_character_that_is_none_of_a_word() {
    let length = |text: &str| text.find(|c| !is_word_char(c)).unwrap_or(text.len());
    // All characters of two bytes among letters, wherever in eight bytes they stand.
    let others = "\0 0z{\u{901}\u{2013}\u{FEFC}\u{10A00}";
    for c in ('\u{80}'..='\u{7FF}').chain(others.chars()) {
        for text in [
            format!("{c}"),
            format!("{c}كتاب"),
            format!("ا{c}تب"),
            format!("كتa{c}ب"),
            format!("الكتاب{c}ال"),
        ] {
            assert_eq!(word_length(&text), length(&text), "{text:?}");
        }
    }
    assert_eq!(word_length(""), 0);
}
