//! Phrases over the built-in lists. All names are invented or are of many countries.

use std::sync::LazyLock;

use super::super::Entity;
use super::*;
use crate::Knowledge;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::built_in().expect("sound lists"));

fn entities(text: &str) -> Vec<Entity> {
    Document::new(text, &KNOWLEDGE).expect("short").entities().to_vec()
}

/// The surfaces of the mentions of the kind, those of one entity joined by ` = `.
fn found(text: &str, kind: EntityType) -> Vec<String> {
    let surfaces = |entity: &Entity| {
        let of_text = entity.mentions.iter().map(|mention| mention.span.of(text));
        of_text.collect::<Vec<_>>().join(" = ")
    };
    entities(text).iter().filter(|entity| entity.kind == kind).map(surfaces).collect()
}

#[track_caller]
fn expect(text: &str, kind: EntityType, expected: &[&str]) {
    assert_eq!(found(text, kind), expected, "{text}");
}

use EntityType::{Event, Location, Nationality, Organization};

#[test]
fn the_name_ends_where_something_else_begins() {
    for (text, name) in [
        ("أعلنت هيئة الاستثمار أن العام كان جيدا", "هيئة الاستثمار"),
        ("رفضت هيئة الاستثمار الطلب", "هيئة الاستثمار"),
        ("رفضت هيئة الاستثمار الخميس طلبا", "هيئة الاستثمار"),
        ("وهيئة الاستثمار الجديدة صغيرة", "هيئة الاستثمار"),
        ("إن هيئة الاستثمار\n", "هيئة الاستثمار"),
        ("في هيئة تنمية الصادرات والواردات", "هيئة تنمية الصادرات والواردات"),
        ("في هيئة تنمية الصادرات والوزير حاضر", "هيئة تنمية الصادرات"),
    ] {
        expect(text, Organization, &[name]);
    }
}

#[test]
fn a_title_line_does_not_run_into_the_text() {
    expect("اجتماع في وزارة الصحة\n\nالعالمية تغيرت كثيرا في هذا العام", Organization, &["وزارة الصحة"]);
}

#[test]
fn nouns_without_what_makes_them_a_name_are_none() {
    for text in [
        "لجنة خاصة ومجلس كبير وهيئة",
        "بين اللجنة والهيئة والوزارة",
        "مجلس الإدارة وإدارة الشركة",
        "في الجامعة الكبيرة ومركز المدينة",
        "حملة واسعة وعملية جراحية ومحادثات",
        "وزارة",
        "",
    ] {
        expect(text, Organization, &[]);
        expect(text, Event, &[]);
    }
}

#[test]
fn nationalities_and_places_lie_in_names_but_places_not_in_clubs() {
    let text = "زار وزارة الطاقة الأردنية وجامعة دمشق ونادي دمشق";
    expect(text, Organization, &["وزارة الطاقة الأردنية", "جامعة دمشق", "نادي دمشق"]);
    expect(text, Nationality, &["الأردنية"]);
    expect(text, Location, &["دمشق"]);
}

#[test]
fn a_nationality_of_another_gender_belongs_to_somebody_else() {
    expect("مع هيئة الاستثمار الروسي إيفان", Organization, &["هيئة الاستثمار الروسي"]);
    expect("مع جامعة دمشق الروسي إيفان", Organization, &["جامعة دمشق"]);
}

#[test]
fn longer_and_shorter_forms_are_one_body() {
    let text = "اجتمع مجلس السيادة الانتقالي. وقال مجلس السيادة إن المجلس سيجتمع.";
    expect(text, Organization, &["مجلس السيادة الانتقالي = مجلس السيادة"]);
}

#[test]
fn two_bodies_that_begin_alike_stay_two() {
    let text = "قالت وزارة الري المصرية ثم قالت وزارة الري السورية";
    expect(text, Organization, &["وزارة الري المصرية", "وزارة الري السورية"]);
}

#[test]
fn what_a_company_is_called_is_known_in_the_whole_text() {
    let text = "«غيلامورا» تربح. قالت شركة غيلامورا للتجارة إن غيلامورا ربحت.";
    expect(text, Organization, &["غيلامورا = غيلامورا للتجارة = غيلامورا"]);
}

#[test]
fn brackets_after_a_body_hold_its_short_name_or_something_else() {
    expect(
        "قالت هيئة تنمية الصادرات (غيلام) إن غيلام نمت",
        Organization,
        &["هيئة تنمية الصادرات = غيلام = غيلام"],
    );
    expect("قالت هيئة تنمية الصادرات (القاهرة) نعم", Organization, &["هيئة تنمية الصادرات"]);
    expect("قالت هيئة تنمية الصادرات (أمس) نعم", Organization, &["هيئة تنمية الصادرات"]);
}

#[test]
fn the_source_line_names_who_writes() {
    let text = "ارتفاع الأسعار\n\nارتفعت الأسعار في المدينة مرة أخرى هذا العام.\n\nالمصدر: صدى غيلامورا";
    expect(text, Organization, &["صدى غيلامورا"]);
    expect(&text.replace("صدى غيلامورا", "وكالات"), Organization, &[]);
}

#[test]
fn whose_a_place_is_stands_outside_its_name() {
    expect("يبرز ميناء صحار العماني", Location, &["ميناء صحار", "صحار"]);
    expect("هبطت في مطار دمشق السوري", Location, &["مطار دمشق", "دمشق"]);
    expect("هبطت في مطار دمشق الدولي", Location, &["مطار دمشق الدولي", "دمشق"]);
    expect("هبطت في مطار دمشق السوري", Nationality, &["السوري"]);
}
