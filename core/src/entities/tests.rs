//! The stage as a whole, over the built-in lists. All sentences are invented.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::EntityType::{
    Date, Email, Hashtag, Location, Money, Nationality, Number, Organization, Percent, Person, Quantity,
    Role, Url,
};
use super::*;
use crate::Knowledge;
use crate::lexicon::{Lexicon, Row};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::built_in().expect("sound lists"));
/// The same, and what was learned.
static LEARNED: LazyLock<Knowledge> = LazyLock::new(|| {
    let tagger = include_bytes!("../../../data/models/tagger.bin");
    let tagger = tagger::Tagger::from_bytes(tagger).expect("the committed weights");
    Knowledge::built_in().expect("sound lists").with_tagger(tagger)
});

/// All mentions in order: type, surface, and the value or code.
fn found(text: &str) -> Vec<(EntityType, String, String)> {
    let document = Document::new(text, &KNOWLEDGE).expect("short");
    mentions(&document)
}

fn mentions(document: &Document<'_>) -> Vec<(EntityType, String, String)> {
    let mut found: Vec<(Span, EntityType, String)> = Vec::new();
    for entity in document.entities() {
        let code = entity.knowledge.iso_3166.as_deref().map(str::to_owned);
        let value = entity.value.as_ref().map(Value::to_string).or(code).unwrap_or_default();
        found.extend(entity.mentions.iter().map(|mention| (mention.span, entity.kind, value.clone())));
    }
    found.sort_by_key(|(span, ..)| (span.begin, u32::MAX - span.end));
    found.into_iter().map(|(span, kind, value)| (kind, span.of(document.text()).to_owned(), value)).collect()
}

#[track_caller]
fn expect(text: &str, expected: &[(EntityType, &str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|&(k, s, v)| (k, s.to_owned(), v.to_owned())).collect();
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn names_are_found_after_proclitics_and_in_all_spellings() {
    expect("وصل الوفد إلى سوريا", &[(Location, "سوريا", "SY")]);
    expect("مساعدات لسوريا", &[(Location, "سوريا", "SY")]);
    expect("صادرات للأردن", &[(Location, "لأردن", "JO")]);
    expect("لقاء بالمانيا", &[(Location, "المانيا", "DE")]);
    expect("خسارة لليمنيين", &[(Nationality, "ليمنيين", "YE")]);
    expect("بـلـبـنـان", &[(Location, "لـبـنـان", "LB")]);
}

#[test]
fn marks_on_the_last_letter_belong_to_the_name() {
    expect("زارَ العراقَ كثيرا", &[(Location, "العراقَ", "IQ")]);
}

#[test]
fn names_of_one_country_are_one_entity() {
    let text = "سوريا بلد عريق. وقالت سورية والجمهورية العربية السورية";
    let document = Document::new(text, &KNOWLEDGE).expect("short");
    let [country, nationality] = document.entities() else { panic!("{:?}", document.entities()) };
    assert_eq!((country.kind, country.mentions.len()), (Location, 3));
    assert_eq!(country.subtype.as_deref(), Some("country"));
    assert_eq!(country.name, "سوريا");
    assert_eq!(country.latin_name.as_deref(), Some("Syria"));
    // In a name a nationality is a mention inside a mention.
    assert_eq!(nationality.kind, Nationality);
    assert!(nationality.mentions[0].nested && !country.mentions[0].nested);
}

#[test]
fn forms_of_a_people_without_a_state_are_one_entity() {
    let document = Document::new("قال كردي إن الأكراد والكرديات هنا", &KNOWLEDGE).expect("short");
    let [people] = document.entities() else { panic!("{:?}", document.entities()) };
    assert_eq!((people.kind, people.mentions.len(), &people.knowledge.iso_3166), (Nationality, 3, &None));
}

#[test]
fn a_city_has_its_geonames_id_and_place() {
    let document = Document::new("تقع مدينة البصرة في الجنوب", &KNOWLEDGE).expect("short");
    let [city] = document.entities() else { panic!("{:?}", document.entities()) };
    assert_eq!(city.subtype.as_deref(), Some("city"));
    assert_eq!(city.knowledge.geonames_id, Some(99_532));
    assert_eq!(city.knowledge.iso_3166, None);
    assert!(city.knowledge.latitude.is_some_and(|l| (30.0..31.0).contains(&l)));
}

#[test]
fn of_two_meanings_the_text_around_decides() {
    let subtype = |text: &str, name: &str| {
        let document = Document::new(text, &KNOWLEDGE).expect("short");
        let found = document.entities().iter().find(|e| e.mentions.iter().any(|m| m.span.of(text) == name));
        let found = found.unwrap_or_else(|| panic!("{name} in {text}"));
        (
            found.subtype.as_deref().unwrap_or_default().to_owned(),
            found.latin_name.clone().unwrap_or_default(),
        )
    };
    assert_eq!(subtype("زار سلطنة عمان", "سلطنة عمان").0, "country");
    assert_eq!(subtype("تقع دولة عمان في الجنوب", "دولة عمان").0, "country");
    assert_eq!(subtype("في العاصمة الأردنية عمان", "عمان"), ("capital".into(), "Amman".into()));
    assert_eq!(subtype("يقيم الأردنيون في عمان كما في إربد الأردنية", "عمان").1.as_ref(), "Amman");
    assert_eq!(subtype("وصل إلى العاصمة تونس", "تونس").0, "capital");
    assert_eq!(subtype("أعلنت تونس", "تونس").0, "country");
}

#[test]
fn an_adjective_that_is_a_country_too_follows_its_noun() {
    expect("أكدت السعودية", &[(Location, "السعودية", "SA")]);
    expect("سافر إلى السعودية", &[(Location, "السعودية", "SA")]);
    expect("الشركات السعودية", &[(Nationality, "السعودية", "SA")]);
    expect("سافر من مصر والسعودية", &[(Location, "مصر", "EG"), (Location, "السعودية", "SA")]);
}

#[test]
fn what_the_document_says_elsewhere_does_not_make_an_adjective_a_country() {
    let text = "أعلنت السعودية. وزار الرياض مدير الشركات السعودية";
    let found = found(text);
    assert_eq!(found.last(), Some(&(Nationality, "السعودية".to_owned(), "SA".to_owned())));
}

#[test]
fn a_people_after_a_bare_word_is_a_family_name() {
    expect("سجل راشد البلوشي هدفا", &[(Person, "راشد البلوشي", "")]);
    expect("قال الشاعر الكردي", &[(Nationality, "الكردي", "")]);
    expect("المهاجم السوري", &[(Nationality, "السوري", "SY")]);
}

#[test]
fn ordinary_words_are_no_places() {
    for text in
        ["وضع مالي صعب", "بعد المغرب بقليل نام", "كان الولد نائما", "في البيت صور كثيرة", "قطر الدائرة"]
    {
        expect(text, &[]);
    }
    expect("في شمال مالي", &[(Location, "مالي", "ML")]);
    expect("بين السنغال ومالي", &[(Location, "السنغال", "SN"), (Location, "مالي", "ML")]);
}

#[test]
fn in_other_languages_of_the_script_countries_alone_are_sure() {
    // Invented; "he did it in Iran", "the fresh bread was eaten".
    expect("این کار را در ایران کرد", &[(Location, "ایران", "IR")]);
    expect("نان تازه را خوردیم و کرد", &[]);
}

#[test]
fn words_are_not_cut_into_proclitic_and_name() {
    expect("بليون شجرة", &[(Number, "بليون", "1000000000")]);
    for text in ["في بلاد بعيدة", "بنوك كثيرة", "كان بيتا كبيرا"] {
        expect(text, &[]);
    }
}

#[test]
fn phrases_that_only_look_like_names_are_none() {
    expect("صلاة المغرب في رحلات طيران الخليج", &[(Organization, "طيران الخليج", "")]);
}

/// Subtype and Latin name of the entity that is mentioned as `name` in `text`.
#[track_caller]
fn meaning(text: &str, name: &str) -> (String, String) {
    let document = Document::new(text, &KNOWLEDGE).expect("short");
    let named = |e: &&Entity| e.mentions.iter().any(|m| m.span.of(text) == name);
    let found = document.entities().iter().find(named).unwrap_or_else(|| panic!("{name} in {text}"));
    let field = |field: &Option<std::sync::Arc<str>>| field.as_deref().unwrap_or_default().to_owned();
    (field(&found.subtype), field(&found.latin_name))
}

#[test]
fn regions_seas_rivers_and_islands_are_places_without_a_code() {
    for (text, name, subtype, latin) in [
        ("زرع أهل الصعيد القطن", "الصعيد", "region", "Upper Egypt"),
        ("أمطار على البقاع", "البقاع", "region", "Bekaa"),
        ("ناقلة عبرت مضيق هرمز", "مضيق هرمز", "strait", "Strait of Hormuz"),
        ("مياه شط العرب", "شط العرب", "river", "Shatt al-Arab"),
        ("قرى في دارفور", "دارفور", "region", "Darfur"),
        ("أسواق أمريكا الجنوبية", "أمريكا الجنوبية", "continent", "South America"),
        ("غابات افريقيا", "افريقيا", "continent", "Africa"),
        ("عاد إلى جزيرة بوبيان", "بوبيان", "island", "Bubiyan"),
        ("مدارس محافظة صلاح الدين", "صلاح الدين", "province", "Saladin"),
        ("دول المغرب العربي", "المغرب العربي", "region", "Maghreb"),
    ] {
        assert_eq!(meaning(text, name), (subtype.to_owned(), latin.to_owned()), "{text}");
        assert_eq!(found(text).len(), 1, "{text}");
        assert_eq!(found(text)[0].2, "", "{text}");
    }
    assert_eq!(meaning("صيادو البحيرات في البقاع وبقاع لبنان", "البقاع").0, "region");
    expect("كتب عن صلاح الدين الأيوبي", &[(Person, "صلاح الدين الأيوبي", "")]);
}

#[test]
fn spellings_of_capitals_are_one_city() {
    for text in ["وصل إلى نجامينا", "وصل إلى إنجامينا", "وصل إلى انجمينا"]
    {
        let name = text.rsplit(' ').next().unwrap_or_default();
        assert_eq!(meaning(text, name).0, "capital", "{text}");
    }
}

#[test]
fn words_that_are_names_elsewhere_are_read_as_words() {
    for text in [
        "حفرة يبلغ قطر فتحتها مترين",
        "أنبوب قطر فوهته صغير وصور أطفالها كثيرة",
        "نشاط القطاع المالي والجهاز المالي",
        "كسر في يده اليمنى",
        "ألم في العين اليمنى",
        "أمطار غزيرة وسيول جارفة",
        "رسا القارب قرب مرفأ صغير",
        "نهر ينبع من الجبل وكانو كثيرين",
        "قرار تدمر آثاره المدينة",
        "وقف حماة الوطن صفا",
        "العقبة الكبرى هي المال",
        "أبناء الثورة ومطالبهم",
        "عوقب بعقوبة مالية بحركة سريعة",
        "فاز العين بهدف",
    ] {
        // What is made of them may be a body: `طيران الخليج`.
        let places: Vec<_> =
            found(text).into_iter().filter(|(kind, ..)| !matches!(kind, Organization | Quantity)).collect();
        assert_eq!(places, [], "{text}");
    }
    // A masculine nationality is not of the town, but of the club that has its name.
    let club = [(Organization, "العين الإماراتي", ""), (Nationality, "الإماراتي", "AE")];
    expect("أما العين الإماراتي ففاز", &club);
    expect("أمطار بلدة العين الإماراتية", &[(Location, "العين", ""), (Nationality, "الإماراتية", "AE")]);
    let army = [(Organization, "الجيش اليمني", ""), (Nationality, "اليمني", "YE")];
    expect("الجيش اليمني", &army);
    let president = [(Role, "الرئيس", ""), (Nationality, "المصرى", "EG")];
    expect("الرئيس المصرى", &president);
    let exchange = [(Organization, "بورصة سيول", ""), (Location, "سيول", "")];
    expect("بورصة سيول", &exchange);
    expect("ريف حماة", &[(Location, "حماة", "")]);
}

#[test]
fn a_country_joined_to_another_is_a_country() {
    let morocco_and_algeria = [(Location, "المغرب", "MA"), (Location, "الجزائر", "DZ")];
    expect("لا تأثير له على المغرب والجزائر", &morocco_and_algeria);
    expect("لا تأثير له على الجزائر والمغرب", &[morocco_and_algeria[1], morocco_and_algeria[0]]);
    expect("صلى المغرب والعشاء", &[]);
}

#[test]
fn the_form_of_state_is_a_part_of_a_countrys_name() {
    for (name, code) in [
        ("مملكة البحرين", "BH"),
        ("سلطنة عُمان", "OM"),
        ("جمهورية مالي", "ML"),
        ("دولة فلسطين", "PS"),
        ("جمهورية كوريا", "KR"),
        ("جمهورية الصين", "TW"),
    ] {
        expect(&format!("زار {name}"), &[(Location, name, code)]);
    }
    // Of its own it is a word.
    expect("قامت مملكة ثم جمهورية", &[]);
}

#[test]
fn in_a_dateline_the_city_is_meant() {
    for (place, code) in [("تونس", "TN"), ("الجزائر", "DZ"), ("الكويت", "KW")] {
        let text = format!(
            "عنوان قصير عن المطر\n\n{place} 5 مارس (رويترز) - هطل المطر على الجبال منذ الصباح.\n\n\
             وأعلنت {place} خطة جديدة للمياه."
        );
        let document = Document::new(&text, &KNOWLEDGE).expect("short");
        let of_place: Vec<_> = document
            .entities()
            .iter()
            .filter(|e| e.kind == Location)
            .map(|e| (e.subtype.as_deref().unwrap_or_default(), e.knowledge.iso_3166.as_deref()))
            .collect();
        assert_eq!(of_place, [("capital", None), ("country", Some(code))], "{text}");
    }
}

#[test]
fn names_do_not_cross_blocks() {
    let text = "انتخابات في كوريا\n\nالجنوبية هي الجهة التي هطل عليها المطر منذ الصباح.";
    assert!(found(text).iter().all(|(_, name, _)| !name.contains('\n')), "{:?}", found(text));
}

#[test]
fn a_name_in_a_hashtag_is_nested_and_in_a_url_is_none() {
    expect("#سوريا الآن", &[(Hashtag, "#سوريا", ""), (Location, "سوريا", "SY")]);
    expect("https://example.org/سوريا/2018", &[(Url, "https://example.org/سوريا/2018", "")]);
    expect("a@example.org", &[(Email, "a@example.org", "")]);
}

#[test]
fn what_is_said_whole_is_joined() {
    let count = |text: &str| Document::new(text, &KNOWLEDGE).expect("short").entities().len();
    assert_eq!(count("حضر ثلاثة رجال وثلاث نساء"), 1);
    assert_eq!(count("حضر ثلاثة رجال في المرة الثالثة"), 2);
    assert_eq!(count("كان أمس مثل غدا"), 2);
}

#[test]
fn numbers_have_their_scale() {
    expect("نحو 300 ألف طن", &[(Quantity, "300 ألف طن", "300000 tonne")]);
    expect("٢٫٥ مليون شجرة", &[(Number, "٢٫٥ مليون", "2500000")]);
    expect("5 ملايين و300 ألف نخلة", &[(Number, "5 ملايين و300 ألف", "5300000")]);
    expect("3 بلايين و20 شجرة", &[(Number, "3 بلايين و20", "3000000020")]);
    expect("مليون و300 ألف نخلة", &[(Number, "مليون و300 ألف", "1300000")]);
    expect("بلغ 1.234 طنا", &[(Quantity, "1.234 طنا", "")]);
}

#[test]
fn percentages_have_their_value() {
    for (text, surface, value) in [
        ("نمو 15% فقط", "15%", "15"),
        ("نمو ٧٫٥٪ فقط", "٧٫٥٪", "7.5"),
        ("نمو 50 بالمئة", "50 بالمئة", "50"),
        ("نمو 50 في المائة", "50 في المائة", "50"),
        ("نمو %12 فقط", "%12", "12"),
    ] {
        expect(text, &[(Percent, surface, value)]);
    }
}

#[test]
fn money_has_a_currency_where_it_is_plain() {
    expect("كلفته 1.2 مليار دولار", &[(Money, "1.2 مليار دولار", "1200000000 USD")]);
    expect("كلفته 300 دينار كويتي", &[(Money, "300 دينار كويتي", "300 KWD")]);
    expect("كلفته 20 ألف جنيه", &[(Money, "20 ألف جنيه", "")]);
    expect("كلفته $15 فقط", &[(Money, "$15", "15 USD")]);
    expect("كلفته 1,500 €", &[(Money, "1,500 €", "1500 EUR")]);
    expect("دفع ب40 مليون يورو", &[(Money, "40 مليون يورو", "40000000 EUR")]);
}

#[test]
fn dates_have_the_value_that_is_printed() {
    for (text, surface, value) in [
        ("ولد في 17 مايو 2018 هنا", "17 مايو 2018", "2018-05-17"),
        ("ولد يوم الخميس 17 أيار/مايو 2018", "يوم الخميس 17 أيار/مايو 2018", "2018-05-17"),
        ("منذ تشرين الثاني (نوفمبر) 2017", "تشرين الثاني (نوفمبر) 2017", "2017-11"),
        ("في 11 ديسمبر", "11 ديسمبر", "XXXX-12-11"),
        ("أواخر نوفمبر الماضي", "أواخر نوفمبر الماضي", "XXXX-11"),
        ("منذ سبتمبر من عام ٢٠١٥", "سبتمبر من عام ٢٠١٥", "2015-09"),
        ("الأول من أيار 1999", "الأول من أيار 1999", "1999-05-01"),
        ("في عام 2026", "عام 2026", "2026"),
        ("الربع الأول من عام 2026", "الربع الأول من عام 2026", "2026-Q1"),
        ("في 31 فبراير 2020", "31 فبراير 2020", ""),
        ("في 3 رمضان 1445هـ", "3 رمضان 1445هـ", "2024-03-13"),
        ("عام 1445هـ", "عام 1445هـ", "2023-07-19/2024-07-06"),
        ("الخميس 17/5/2018", "الخميس 17/5/2018", "2018-05-17"),
    ] {
        expect(text, &[(Date, surface, value)]);
    }
}

#[test]
fn a_month_that_is_a_word_needs_a_day_or_a_year() {
    expect("مارس هوايته", &[]);
    expect("في 3 مارس", &[(Date, "3 مارس", "XXXX-03-03")]);
    expect("في يونيو", &[(Date, "يونيو", "XXXX-06")]);
    expect("في مايو 2000 دولار", &[(Date, "مايو", "XXXX-05"), (Money, "2000 دولار", "2000 USD")]);
}

#[test]
fn equal_values_are_one_entity() {
    let document = Document::new("15% و15 بالمئة و١٥٪ ثم 15 شجرة", &KNOWLEDGE).expect("short");
    let [percent, number] = document.entities() else { panic!("{:?}", document.entities()) };
    assert_eq!((percent.kind, percent.mentions.len()), (Percent, 3));
    assert_eq!((number.kind, number.mentions.len()), (Number, 1));
}

#[test]
fn the_callers_rows_win() {
    let rows = [
        Row { name: "مجموعة مرند السورية", kind: Organization, id: "m" },
        Row { name: "مرند", kind: Organization, id: "m" },
        Row { name: "بيروت", kind: Person, id: "b" },
    ];
    let lexicon = Lexicon::from_rows(rows).expect("sound rows");
    let text = "مجموعة مرند السورية في بيروت، ومرند";
    let document = Document::new(text, &KNOWLEDGE).expect("short").with_lexicon(&lexicon);
    let kinds: Vec<_> =
        document.entities().iter().map(|e| (e.kind, e.own_id.as_deref(), e.mentions.len())).collect();
    assert_eq!(kinds, [(Organization, Some("m"), 2), (Nationality, None, 1), (Person, Some("b"), 1)]);
    assert!(document.entities()[1].mentions[0].nested);
}

#[test]
fn digits_and_conjunctions_without_end_take_linear_time() {
    let begun = std::time::Instant::now();
    for unit in [
        "1",
        "1,",
        "1.",
        "1 ",
        "و",
        "و1",
        "و1 ألف ",
        "1 يناير ",
        "يناير ",
        "الخميس ",
        "«أمس ",
        "ثلاثة ",
        "10 دنانير و",
        "سوريا ",
        "و5 ملايين ",
        "#سوريا",
        "((",
        "5%",
        "وزارة ",
        "الهيئة العامة ",
        "شركة غيلامورا ",
        "جامعة الملك ",
        "هيئة تنمية ",
        "لجنة المياه و",
        "مؤتمر «",
        "بنك غيلامورا (قز) ",
        "حزب السلام للتنمية ",
    ] {
        let text = unit.repeat(5_000);
        let document = Document::new(&text, &KNOWLEDGE).expect("short");
        document.entities();
    }
    assert!(begun.elapsed().as_secs() < 60);
}

/// Whether mentions and entities are in order, and mentions within mentions are called nested.
fn soundness(document: &Document<'_>) -> Result<(), TestCaseError> {
    let mut mentions: Vec<&Mention> = Vec::new();
    let mut first = 0;
    for entity in document.entities() {
        prop_assert!(!entity.name.is_empty());
        prop_assert!(entity.mentions.is_sorted_by_key(|mention| mention.span.begin));
        let begin = entity.mentions.first().map(|mention| mention.span.begin);
        prop_assert!(begin.is_some_and(|begin| begin >= first), "{:?}", entity);
        first = begin.unwrap_or_default();
        mentions.extend(&entity.mentions);
    }
    mentions.sort_by_key(|mention| (mention.span.begin, u32::MAX - mention.span.end));
    // What is around the next one, the innermost last.
    let mut around: Vec<Span> = Vec::new();
    for mention in mentions {
        let span = mention.span;
        prop_assert!(document.text().get(span.range()).is_some_and(|cut| !cut.is_empty()), "{:?}", span);
        while around.pop_if(|innermost| innermost.end <= span.begin).is_some() {}
        prop_assert_eq!(mention.nested, !around.is_empty(), "{:?} in {:?}", span, around);
        if let Some(&innermost) = around.last() {
            prop_assert!(innermost.contains(span) && innermost != span, "{:?} in {:?}", span, innermost);
        }
        around.push(span);
    }
    Ok(())
}

#[test]
fn names_lie_in_names_that_lie_in_names() {
    let document = Document::new("مؤتمر جامعة سوريا", &KNOWLEDGE).expect("short");
    soundness(&document).expect("sound");
    let spans: Vec<_> = document.entities().iter().map(|entity| entity.name.as_str()).collect();
    assert_eq!(spans.len(), 3, "{spans:?}");
}

#[test]
fn a_mebibyte_of_one_thing_again_and_again_is_answered() {
    for (unit, kind, mentions_a_unit) in [
        ("سوريا ", Some(Location), 1),
        ("محمد علي حسن. ", Some(Person), 1),
        ("قال سامر الخطيب إن العمل بدأ. وقالت ليلى الخطيب أمس. ", Some(Person), 2),
        ("وزير الخارجية السوري ", Some(Nationality), 1),
        ("عبدالله وعبد الله ", None, 0),
        ("محمد ", None, 0),
        ("بن ", None, 0),
        ("محمد بن ", None, 0),
        ("و", None, 0),
        ("ومحمد و", None, 0),
        ("نور الدين ", None, 0),
        ("این را در ایران کرد\n", Some(Location), 1),
    ] {
        let units = (1 << 20) / unit.len();
        let text = unit.repeat(units);
        let document = Document::new(&text, &KNOWLEDGE).expect("short");
        soundness(&document).unwrap_or_else(|fault| panic!("{unit}: {fault}"));
        if let Some(kind) = kind {
            let of_kind = document.entities().iter().filter(|entity| entity.kind == kind);
            let count: usize = of_kind.map(|entity| entity.mentions.len()).sum();
            assert_eq!(count, units * mentions_a_unit, "{unit}");
        }
    }
}

/// Words of names, what stands between and around them, and words of other languages.
const WORDS: &str = "محمد سامر الخطيب ليلى عبد عبدالله الله الرحمن نور الدين بن ابن أبو آل ولد حسن علي على سعيد أمل \
     دراغومير جان بول الوزير وزير الخارجية نائب رئيس الرئيس المتحدث باسم الدكتور معالي مدير شركة وزارة الهيئة العامة \
     جامعة الملك حزب بنك مؤتمر اتحاد مجلس مدينة محافظة سوريا السوري السورية مصر السعودية دمشق عمان القاهرة العاصمة \
     شمال في من إلى و ومحمد لسوريا للأردن قال وأضاف إن أن أمس يوم الخميس 17 ٢٠١٨ مايو عام مليون دولار 15% #سوريا @user \
     https://example.org این را کرد ہے میں the Reuters";
/// What parts words; most often a space.
const BETWEEN: &str = "( | | | | | |-|\n|\n\n|[.،:؛؟] | \\(|\\) | «|» |[\"'/ـ\u{64E}\u{200F}\u{200C}\u{A0}\t…🚀]|\u{651}\u{64B})?";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_text_gives_ordered_mentions_that_nest_or_are_disjoint(
        text in r"(سوريا|السعودية|ال|لل|و| |\n|17|2018|مايو|/|%|دولار|مليون|الخميس|عمان|العاصمة|#|@|https://|[ء-ي\u{64B}-\u{652}ﻻ٠-٩.,،-]|\PC){0,40}"
    ) {
        for knowledge in [&KNOWLEDGE, &LEARNED] {
            soundness(&Document::new(&text, knowledge).expect("short"))?;
        }
    }

    #[test]
    fn any_words_and_marks_give_ordered_mentions_that_nest_or_are_disjoint(
        pieces in prop::collection::vec(
            (prop::sample::select(WORDS.split(' ').collect::<Vec<_>>()), BETWEEN),
            0..60,
        )
    ) {
        let text: String = pieces.iter().flat_map(|(word, between)| [*word, between.as_str()]).collect();
        for knowledge in [&KNOWLEDGE, &LEARNED] {
            let document = Document::new(&text, knowledge).expect("short");
            soundness(&document)?;
            // Nothing is left over from one document for the next.
            let again = Document::new(&text, knowledge).expect("short");
            prop_assert_eq!(document.entities(), again.entities());
        }
    }
}
