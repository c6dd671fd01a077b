//! What is learned is made by hand here; the lists are the built-in ones. All sentences are invented.

use std::sync::LazyLock;

use super::super::candidates;
use super::super::tagger::LABELS;
use super::*;
use crate::{Knowledge, normalize};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::built_in().expect("sound lists"));

/// Type, surface, whether nested, how likely.
type Told<'t> = (EntityType, &'t str, bool, Option<f32>);

/// What is judged of `text` where these names were learned, with 0.9 each, and every word is outside of all with
/// `outside`.
fn judged<'t>(text: &'t str, names: &[(EntityType, &str)], outside: f32) -> Vec<Told<'t>> {
    let document = Document::new(text, &KNOWLEDGE).expect("short");
    let name = |&(kind, surface): &(EntityType, &str)| {
        let folded = normalize::fold(surface).text;
        let begin = document.folded().text.find(&folded).expect("it stands there");
        Name { kind, begin, end: begin + folded.len(), confidence: 0.9 }
    };
    let mut labels = [0.0; LABELS];
    labels[OUTSIDE] = outside;
    let likely = Likely { labels, ..Likely::default() };
    let names = names.iter().map(name).collect();
    let tagged = Tagged { names, said: Said::all(&vec![likely; document.words().list().len()]) };
    let mentions = judge(&document, &tagged, candidates(&document)).into_iter();
    mentions
        .map(|Resolved { candidate, nested, confidence }| {
            (candidate.kind.expect("a type"), candidate.span.of(text), nested, confidence)
        })
        .collect()
}

#[test]
fn a_learned_name_replaces_one_of_another_type() {
    let text = "تعادل فريق الشباب مع القاهرة";
    let city = (EntityType::Location, "القاهرة");
    let club = (EntityType::Organization, "القاهرة");
    assert!(
        super::super::rules(&Document::new(text, &KNOWLEDGE).expect("short"))
            .iter()
            .any(|rule| { (rule.candidate.kind, rule.candidate.span.of(text)) == (Some(city.0), city.1) })
    );
    let told = |(kind, surface)| (kind, surface, false, Some(0.9));
    assert_eq!(judged(text, &[city], 0.0), [told(city)]);
    assert_eq!(judged(text, &[club], 0.0), [told(club)]);
}

#[test]
fn a_country_that_is_not_denied_stays_and_a_city_does_not() {
    let country = [(EntityType::Location, "مصر", false, Some(HALF))];
    assert_eq!(judged("سافر إلى مصر", &[], 0.0), country);
    assert_eq!(judged("سافر إلى مصر", &[], 1.0 - 2.0 * DENIED), country);
    assert_eq!(judged("سافر إلى مصر", &[], 1.0), []);
    assert_eq!(judged("سافر إلى القاهرة", &[], 0.0), []);
}

#[test]
fn what_lies_inside_a_learned_name_is_nested_and_what_crosses_it_is_none() {
    let body = (EntityType::Organization, "هيئة الزغدفوش الأردنية");
    assert_eq!(
        judged("أعلنت هيئة الزغدفوش الأردنية نتائجها", &[body], 1.0),
        [(body.0, body.1, false, Some(0.9)), (EntityType::Nationality, "الأردنية", true, None)]
    );
    let across = (EntityType::Organization, "الزغدفوش المملكة");
    assert_eq!(
        judged("حذر الزغدفوش المملكة العربية السعودية", &[across], 1.0),
        [(across.0, across.1, false, Some(0.9))]
    );
}

#[test]
fn of_dates_and_amounts_nothing_was_learned() {
    let told = judged("دفع 40 مليون دولار في 3 مايو 2020", &[], 1.0);
    let kinds: Vec<EntityType> = told.iter().map(|told| told.0).collect();
    assert_eq!(kinds, [EntityType::Money, EntityType::Date], "{told:?}");
    assert!(told.iter().all(|told| told.3.is_none()), "{told:?}");
}

#[test]
fn a_listed_name_begins_where_the_list_has_it() {
    let country = [(EntityType::Location, "الجزائر", false, Some(0.9))];
    assert_eq!(judged("أشاد بالجزائر", &[(EntityType::Location, "بالجزائر")], 0.0), country);
    let unknown = (EntityType::Location, "بزغدفوش");
    assert_eq!(judged("أشاد بزغدفوش", &[unknown], 0.0), [(unknown.0, unknown.1, false, Some(0.9))]);
}

#[test]
fn a_place_by_its_shorter_name_is_not_in_itself() {
    let stadium = (EntityType::Location, "ملعب الشعب الدولي");
    assert_eq!(
        judged("جرت في ملعب الشعب الدولي", &[stadium], 0.0),
        [(stadium.0, stadium.1, false, Some(0.9))]
    );
    let airport = (EntityType::Location, "مطار القاهرة الشرقي");
    let told = judged("هبطت في مطار القاهرة الشرقي", &[airport], 0.0);
    assert!(told.contains(&(EntityType::Location, "القاهرة", true, None)), "{told:?}");
}
