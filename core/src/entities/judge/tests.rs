//! What is learned is made by hand here; the lists are the built-in ones. All sentences are invented.

use std::sync::LazyLock;

use super::super::candidates;
use super::super::tagger::{LABELS, Likely};
use super::*;
use crate::{Knowledge, normalize};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::built_in().expect("sound lists"));

/// Type, surface, whether nested, how likely.
type Told<'t> = (EntityType, &'t str, bool, Option<f32>);

/// What was learned of a text.
struct Learned<'l> {
    /// The names, and those within them.
    names: &'l [(EntityType, &'l str)],
    inner: &'l [(EntityType, &'l str)],
    /// How likely every one is.
    confidence: f32,
    /// How likely every word is outside of all; and in a name, outside of those within it.
    outside: [f32; 2],
}

impl Learned<'_> {
    const NOTHING: Self = Self { names: &[], inner: &[], confidence: 0.9, outside: [0.0; 2] };

    /// What is judged of `text`.
    fn judged<'t>(&self, text: &'t str) -> Vec<Told<'t>> {
        let document = Document::new(text, &KNOWLEDGE).expect("short");
        let place = |&(kind, surface): &(EntityType, &str)| {
            let folded = normalize::fold(surface).text;
            let begin = document.folded().text.find(&folded).expect("it stands there");
            (kind, begin..begin + folded.len())
        };
        let name = |name| {
            let (kind, Range { start: begin, end }) = place(name);
            Name { kind, begin, end, confidence: self.confidence }
        };
        let [said, said_inside] = self.outside.map(|outside| {
            let mut labels = [0.0; LABELS];
            labels[OUTSIDE] = outside;
            let likely = Likely { labels, ..Likely::default() };
            Said::all(&vec![likely; document.words().list().len()])
        });
        let (names, inner) = (self.names.iter().map(name).collect(), self.inner.iter().map(place).collect());
        let tagged = Tagged { names, inner, said, said_inside };
        let rules = super::super::rules(&document);
        let mentions = judge(&document, &tagged, candidates(&document), &rules).into_iter();
        mentions
            .map(|Resolved { candidate, nested, confidence }| {
                (candidate.kind.expect("a type"), candidate.span.of(text), nested, confidence)
            })
            .collect()
    }
}

/// What is judged of `text` where these names were learned, and every word is outside of all with `outside`.
fn judged<'t>(text: &'t str, names: &[(EntityType, &str)], outside: f32) -> Vec<Told<'t>> {
    Learned { names, outside: [outside, 0.0], ..Learned::NOTHING }.judged(text)
}

#[test]
fn a_learned_name_replaces_one_of_another_type() {
    let text = "تعادل فريق الشباب مع القاهرة";
    let city = (EntityType::Location, "القاهرة");
    let club = (EntityType::Organization, "القاهرة");
    assert!(super::super::rules(&Document::new(text, &KNOWLEDGE).expect("short")).iter().any(|rule| (
        rule.kind,
        rule.span.of(text)
    )
        == city));
    let told = |(kind, surface)| (kind, surface, false, Some(0.9));
    assert_eq!(judged(text, &[city], 0.0), [told(city)]);
    assert_eq!(judged(text, &[club], 0.0), [told(club)]);
}

#[test]
fn a_country_stays_a_nationality_where_it_is_not_denied_and_a_city_does_not() {
    let country = [(EntityType::Location, "مصر", false, Some(HALF))];
    assert_eq!(judged("سافر إلى مصر", &[], 0.0), country);
    assert_eq!(judged("سافر إلى مصر", &[], 1.0 - 2.0 * DENIED_COUNTRY), country);
    assert_eq!(judged("سافر إلى مصر", &[], 1.0), []);
    assert_eq!(judged("أما الأهرامات فلمصر", &[], 1.0), country);
    let nationality = [(EntityType::Nationality, "الأردني", false, Some(HALF))];
    assert_eq!(judged("زار الفريق الأردني", &[], 1.0 - 2.0 * DENIED), nationality);
    assert_eq!(judged("زار الفريق الأردني", &[], 1.0), []);
    assert_eq!(judged("سافر إلى القاهرة", &[], 0.0), []);
}

#[test]
fn what_lies_inside_a_learned_name_is_nested_and_what_crosses_it_is_none() {
    let body = (EntityType::Organization, "هيئة الزغدفوش الأردنية");
    assert_eq!(
        judged("أعلنت هيئة الزغدفوش الأردنية نتائجها", &[body], 1.0),
        [(body.0, body.1, false, Some(0.9)), (EntityType::Nationality, "الأردنية", true, None)]
    );
    let across = (EntityType::Organization, "الزغدفوش أبو");
    assert_eq!(judged("حذر الزغدفوش أبو ظبي", &[across], 1.0), [(across.0, across.1, false, Some(0.9))]);
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

#[test]
fn names_within_names_are_added_and_places_there_denied() {
    let text = "وصل إلى جامعة الزغدفوش في القاهرة";
    let names = &[(EntityType::Organization, "جامعة الزغدفوش في القاهرة")][..];
    let learned = Learned { names, inner: &[(EntityType::Location, "الزغدفوش")], ..Learned::NOTHING };
    let told = |outside: f32| {
        let learned = Learned { outside: [0.0, outside], ..learned };
        let told = learned.judged(text).into_iter();
        told.filter(|told| told.2).map(|told| (told.0, told.1)).collect::<Vec<_>>()
    };
    let (learned, listed) = ((EntityType::Location, "الزغدفوش"), (EntityType::Location, "القاهرة"));
    assert_eq!(told(0.0), [learned, listed]);
    assert_eq!(told(1.0), [learned]);
}

#[test]
fn a_learned_name_within_none_is_none() {
    let inner = &[(EntityType::Location, "الزغدفوش")];
    assert_eq!(Learned { inner, ..Learned::NOTHING }.judged("وصل إلى الزغدفوش"), []);
}

#[test]
fn a_learned_name_is_nested_beside_another_and_around_it() {
    let text = "أعلنت الجمعية المصرية لأصدقاء الزغدفوش نتائجها";
    let names = &[(EntityType::Organization, "الجمعية المصرية لأصدقاء الزغدفوش")][..];
    let nested = |inner| {
        let told =
            Learned { names, inner: &[(EntityType::Location, inner)], ..Learned::NOTHING }.judged(text);
        told.into_iter().filter(|told| told.2).map(|told| told.1).collect::<Vec<_>>()
    };
    assert_eq!(nested("الزغدفوش"), ["المصرية", "الزغدفوش"]);
    assert_eq!(nested("المصرية لأصدقاء"), ["المصرية لأصدقاء", "المصرية"]);
    assert_eq!(nested("المصرية"), ["المصرية"]);
    assert_eq!(nested("نتائجها"), ["المصرية"]);
}

#[test]
fn names_within_names_hold_others() {
    let nested = |names: &[_], inner: &[_]| {
        let told = Learned { names, inner, ..Learned::NOTHING }.judged("مؤتمر جامعة سوريا").into_iter();
        told.filter(|told| told.2).map(|told| (told.0, told.1)).collect::<Vec<_>>()
    };
    let (university, country) = ((EntityType::Organization, "جامعة سوريا"), (EntityType::Location, "سوريا"));
    let conference = [(EntityType::Event, "مؤتمر جامعة سوريا")];
    assert_eq!(nested(&conference, &[country]), [university, country]);
    let body = [(EntityType::Organization, "مؤتمر جامعة سوريا")];
    assert_eq!(nested(&body, &[]), [country]);
    assert_eq!(nested(&body, &[university]), [university, country]);
    let across = (EntityType::Organization, "مؤتمر جامعة");
    assert_eq!(nested(&conference, &[across]), [university, country]);
}

#[test]
fn a_body_in_a_bodys_name_is_the_listed_one() {
    let names = &[(EntityType::Organization, "بعثة الأمم المتحدة")];
    let inner = &[(EntityType::Organization, "الأمم المتحدة")];
    let told = Learned { names, inner, ..Learned::NOTHING }.judged("أعلنت بعثة الأمم المتحدة");
    assert!(told.contains(&(EntityType::Organization, "الأمم المتحدة", true, None)), "{told:?}");
}

#[test]
fn a_phrase_that_is_not_likely_enough_is_none_but_a_person_or_what_a_source_is_sure_of() {
    let text = "وصل الزغدفوش إلى القاهرة";
    let told = |name, confidence| Learned { names: &[name], confidence, ..Learned::NOTHING }.judged(text);
    for (kind, surface, least) in [
        (EntityType::Organization, "الزغدفوش", LIKELY_ENOUGH),
        (EntityType::Location, "الزغدفوش", LIKELY_ENOUGH),
        (EntityType::Person, "الزغدفوش", 0.0),
        (EntityType::Location, "القاهرة", 0.0),
    ] {
        assert_eq!(told((kind, surface), least), [(kind, surface, false, Some(least))]);
        if least > 0.0 {
            assert_eq!(told((kind, surface), least - 0.01), []);
        }
    }
}

#[test]
fn a_country_that_acts_is_one_and_its_word_in_an_everyday_meaning_is_none() {
    let told = judged("أعلن السودان خطة", &[(EntityType::Organization, "السودان")], 0.0);
    assert_eq!(told, [(EntityType::Location, "السودان", false, Some(0.9))]);
    assert_eq!(judged("يبلغ قطر الحفرة", &[(EntityType::Location, "قطر")], 0.0), []);
}

#[test]
fn a_place_that_a_rule_has_whole_is_not_cut() {
    let told = judged("اصطفت الشاحنات في ميناء العقبة أمس", &[(EntityType::Location, "العقبة")], 0.0);
    assert!(told.contains(&(EntityType::Location, "ميناء العقبة", false, Some(0.9))), "{told:?}");
}
