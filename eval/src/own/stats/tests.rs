//! Counts of small corpora.

use std::path::Path;
use std::sync::OnceLock;

use super::*;
use crate::markup;

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(read_known)
}

fn read_known() -> Known {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    Known {
        open: OpenLists::read(&root).unwrap_or_else(|error| panic!("{error}")),
        hijri_months: ["شعبان", "ربيع الاول"].into_iter().map(ToOwned::to_owned).collect(),
    }
}

fn filed(id: &str, split: &'static str, content: &str) -> Filed {
    let article = markup::parse(id, content).unwrap_or_else(|error| panic!("{error}"));
    Filed { path: Path::new(id).to_owned(), split, id: id.to_owned(), article }
}

fn article(content: &str) -> Article {
    markup::parse("a", content).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_part_is_counted() {
    let long = "\
# genre: court
title\tعاد [[PER a|سامر]]
byline\tكتب: رائد
subhead\tعودة
paragraph\t<<DATELINE|[[LOC d|دمشق]] ->> عاد [[ROLE a|الوزير]] في [[DATE 2024-02|شعبان 1445]] ودفع [[MONEY 5 USD|5 دولارات]] أي [[PERCENT 5|5%]]. // وقال {{a|«عدنا»}}.
dateline\tدمشق في [[DATE 2024-02-01|1 فبراير]]
";
    let other = "# genre: court\nparagraph\tعاد [[PER b|سامر]] إلى [[LOC h|حلب]].\n";
    let stats = count(&[filed("001", "train", other), filed("201", "test", long)], "", known());
    let test = stats.part("test");
    assert_eq!((test.articles, test.datelines, test.bylines, test.subheads), (1, 2, 1, 1));
    assert_eq!((test.quotations, test.by_verb, test.dates, test.hijri, test.amounts), (1, 1, 2, 1, 2));
    assert_eq!((test.mentions, test.name_mentions, test.names.len()), (7, 2, 2));
    // `سامر` is in train, whoever it is.
    assert_eq!(stats.new_names(&test), 1);
    assert_eq!(stats.kinds[&("genre", "court".to_owned())], [1, 0, 1]);
    let barred = stats.barred();
    let is = |name: &str| barred.iter().find(|barred| barred.name == name).map(|barred| barred.figure);
    assert_eq!(is("test: share of names that are never in train"), Some(50.0));
    assert_eq!((is("articles"), is("articles of dev")), (Some(2.0), Some(0.0)));
    assert_eq!(is("test: datelines and bylines"), Some(3.0));
    let sections = stats.sections();
    let row = sections[1].rows.iter().find(|row| row[0] == "names").expect("names");
    assert_eq!(row[1..], ["2", "0", "2", "3"]);
}

#[test]
fn who_is_named_beside_a_quotation_is_not_told_by_the_verb_alone() {
    let by_verb = |content: &str| {
        let article = article(content);
        article.quotations.iter().map(|quotation| is_by_verb(&article, quotation)).collect::<Vec<_>>()
    };
    let before = "paragraph\tوقال [[PER a|سامر]] {{a|«عدنا»}}. // وأضاف {{a|«ثم سافرنا»}}.\n";
    assert_eq!(by_verb(before), [false, true]);
    let after = "paragraph\t{{a|«عدنا»}}، قال [[PER a|سامر]]. // وختم [[ROLE a|الوزير]]: {{a|«نعم»}}.\n";
    assert_eq!(by_verb(after), [false, false]);
    // In the quotation he speaks of himself, and beside it of another.
    let inside =
        "paragraph\tوقال لـ[[PER b|رائد]] {{a|«أنا [[PER a|سامر]]. // عدت»}}.\nparagraph\tوقال {{-|«لا»}}.\n";
    assert_eq!(by_verb(inside), [true, false]);
}

#[test]
fn a_date_of_the_hijri_calendar_says_so() {
    let months = &known().hijri_months;
    for (surface, hijri) in [
        ("شعبان الماضي", true),
        ("12 ربيع الأول 1445", true),
        ("1445هـ", true),
        ("العام 1445 هـ", true),
        ("3/8/1445هـ", true),
        ("5 مارس 2024", false),
        ("هذه السنة", false),
    ] {
        assert_eq!(is_hijri(surface, months), hijri, "{surface}");
    }
}

#[test]
fn words_are_those_of_the_standard_in_nfc() {
    assert_eq!(variety::words("عاد، 3.5 «مرّة» - ا\u{653}ل"), ["عاد", "3.5", "مرّة", "آل"]);
}

#[test]
fn distinct_words_and_openings_are_counted() {
    let text = "paragraph\t<<DATELINE|دمشق ->> عاد الرجل أمس مساء. // عاد الرجل أمس. // سافر.\nsource\tعاد الرجل أمس\n";
    let stats = count(&[filed("001", "train", text)], "", known());
    let variety = &stats.variety;
    assert_eq!((variety.sentences, variety.opening.clone()), (3, Some(("عاد الرجل أمس".to_owned(), 2))));
    // دمشق عاد الرجل أمس مساء سافر; the pairs but for those that come again.
    assert_eq!((variety.in_all.words, variety.in_all.bigrams), (6, 7));
    assert_eq!(variety.in_all, variety.in_sample);
}

#[test]
fn what_two_articles_share_is_told_once_and_whole() {
    let shared = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة";
    let paragraph = |more: &str| format!("paragraph\t{more} {shared}.\n");
    let articles = [filed("001", "train", &paragraph("أول")), filed("201", "test", &paragraph("ثان"))];
    let stats = count(&articles, "", known());
    assert_eq!(stats.variety.shared_grams, 2);
    let articles_of = vec!["001".to_owned(), "201".to_owned()];
    assert_eq!(stats.shared(), [Shared { words: shared.to_owned(), articles: articles_of }]);
    let allowed = count(&articles, &format!("# a comment\n{shared} عشرة\n"), known());
    assert!(allowed.shared().is_empty() && allowed.variety.shared_grams == 0);
    // Within one article it may come again.
    let twice = filed("001", "train", &format!("{}{}", paragraph("أول"), paragraph("ثان")));
    assert!(count(&[twice], "", known()).shared().is_empty());
}
