//! Each rule with what it finds and a twin in which it finds nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use tempfile::TempDir;

use super::{Checker, Finding, Lists, exceptions::Exceptions, read};
use crate::own::CORPUS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What is read once for all tests.
fn checker() -> &'static Checker {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    CHECKER.get_or_init(|| Checker {
        root: root(),
        lists: Arc::new(Lists::read(&root()).unwrap_or_else(|error| panic!("{error}"))),
        plan: None,
        exceptions: Exceptions::default(),
    })
}

/// The findings in a file of that content, but for what tests of its head and side file look at.
fn body(content: &str) -> Vec<Finding> {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("001.markup");
    fs::write(&path, content).expect("a file");
    let mut findings = checker().files(&[path]).unwrap_or_else(|error| panic!("{error}"));
    findings.retain(|finding| finding.rule != "links" && finding.rule != "metadata");
    findings
}

/// `content` breaks `rule` and no other, `surface` with it, once.
#[track_caller]
fn breaks(rule: &str, surface: &str, content: &str) {
    let found: Vec<(&str, String)> =
        body(content).into_iter().map(|finding| (finding.rule, finding.surface)).collect();
    assert_eq!(found, [(rule, surface.to_owned())], "{content}");
}

#[track_caller]
fn is_clean(content: &str) {
    let found: Vec<String> = body(content).iter().map(ToString::to_string).collect();
    assert_eq!(found, Vec::<String>::new(), "{content}");
}

#[test]
fn every_line_that_is_not_read_is_told() {
    let found = body("title\t[[PER a|ا\nparagraph\tنص سليم\nparagraph\t{{-|ب]]\nنص\n");
    let lines: Vec<(usize, &str)> = found.iter().map(|finding| (finding.line, finding.rule)).collect();
    assert_eq!(lines, [(1, "markup"), (3, "markup"), (4, "markup")]);
    assert!(found[0].message.contains("[[PER a|"), "{}", found[0].message);
    is_clean("title\t[[PER a|ا]]\nparagraph\t{{-|«ب»}}\n");
}

#[test]
fn marks_that_are_left_over_are_told() {
    breaks("markup", "]]", "paragraph\tعاد [[PER a|سامر]] ]] أمس.\n");
    breaks("markup", "//", "paragraph\tعاد.// وسافر.\n");
    is_clean("paragraph\tالموقع https://example.org وحده.\n");
}

#[test]
fn a_span_begins_after_its_proclitics() {
    breaks("proclitic", "وسوريا", "paragraph\tفي [[LOC SY|وسوريا]] مطر.\n");
    breaks("proclitic", "بوزارة الطاقة", "paragraph\tفي [[ORG ministry|بوزارة الطاقة]] اجتماع.\n");
    breaks("proclitic", "للجيش", "paragraph\tقال [[ORG army|للجيش]] كلمة.\n");
    breaks("proclitic", "والرئيس", "paragraph\tعاد [[ROLE -|والرئيس]] مساء.\n");
    breaks("proclitic", "والخميس", "paragraph\tسافر [[DATE XXXX-01-01|والخميس]] عاد.\n");
    // Unlisted, but the same person stands there without it.
    breaks("proclitic", "وغروندال", "paragraph\tعاد [[PER a|غروندال]] ثم سافر [[PER a|وغروندال]] معه.\n");
    is_clean("paragraph\tفي و[[LOC SY|سوريا]] مطر.\n");
    is_clean("paragraph\tفي [[ORG ministry|وزارة الطاقة]] و[[ORG committee|لجنة الطاقة]] اجتماع.\n");
    is_clean("paragraph\tقال ل[[ORG army|لجيش]] كلمة.\n");
    is_clean("paragraph\tعاد [[ROLE -|وزير]] مع [[ROLE -|فريق]] مساء.\n");
    // A body's class noun begins no place.
    is_clean("paragraph\tفي [[LOC village|بحركة]] مطر.\n");
    // Names that begin with a letter that elsewhere is a proclitic.
    is_clean(
        "paragraph\tعاد [[PER a|وليد]] و[[PER b|كريم]] و[[PER c|بسام]] و[[PER d|فادي]] و[[PER e|لينا]].\n",
    );
    is_clean(
        "paragraph\tبين [[LOC BR|البرازيل]] و[[LOC LB|لبنان]] و[[LOC LY|ليبيا]] و[[LOC KW|الكويت]] طريق.\n",
    );
}

#[test]
fn the_article_is_inside() {
    breaks("article", "سعودية", "paragraph\tفي ال[[LOC saudi|سعودية]] مطر.\n");
    breaks("article", "جيش", "paragraph\tقال لل[[ORG army|جيش]] كلمة.\n");
    is_clean("paragraph\tفي [[LOC SA|السعودية]] مطر وفي ل[[LOC SA|لسعودية]] غيم.\n");
}

#[test]
fn a_span_is_of_whole_words() {
    breaks("inside-word", "مر", "paragraph\tعاد سا[[PER a|مر]] أمس.\n");
    breaks("inside-word", "سام", "paragraph\tعاد [[PER a|سام]]ر أمس.\n");
    is_clean("paragraph\tعاد لـ[[PER a|سامر]] أمس.\n");
}

#[test]
fn a_mention_has_no_space_or_punctuation_at_its_ends() {
    breaks("edge", "سامر ", "paragraph\tعاد [[PER a|سامر ]]أمس.\n");
    breaks("edge", "سامر،", "paragraph\tعاد [[PER a|سامر،]] ثم سافر.\n");
    assert_eq!(body("paragraph\tنشرت [[ORG a|«النهار»]] خبرا.\n").len(), 2);
    is_clean(
        "paragraph\tدفع [[MONEY 5 USD|$5]] أي [[PERCENT 5|5%]] في [[DATE 2024-02|شباط (فبراير) 2024]].\n",
    );
    is_clean(
        "paragraph\tقالت [[ORG afp|أ.ف.ب.]] إن [[ROLE a|د.]] [[PER a|سامر]] عاد إلى [[ORG b|نادي «النجمة»]].\n",
    );
}

#[test]
fn a_mention_stands_once() {
    breaks("same-span", "سامر", "paragraph\tعاد [[PER a|[[PER a|سامر]]]] أمس.\n");
    is_clean("paragraph\tعاد [[ORG a|[[LOC b|صور]] للنقل]] أمس.\n");
}

#[test]
fn a_name_is_annotated_everywhere() {
    breaks("untagged", "الرياض", "paragraph\tفي [[LOC r|الرياض]] مطر. // وفي الرياض غيم.\n");
    breaks("untagged", "الرياض", "paragraph\tفي [[LOC r|الرياض]] مطر وبالرياض غيم.\n");
    breaks("untagged", "لرياض", "paragraph\tفي [[LOC r|الرياض]] مطر وعاد للرياض.\n");
    breaks("untagged", "الاسكندريه", "paragraph\tفي [[LOC a|الإسكندرية]] مطر وفي الاسكندريه غيم.\n");
    breaks("untagged", "سامر حداد", "paragraph\tعاد [[PER a|سامر حداد]] أمس. // وقال سامر حداد كلمة.\n");
    // In a longer name it is that name's, and a word that only begins with its letters is another.
    is_clean("paragraph\tفي [[LOC r|الرياض]] عاد [[ORG c|نادي الرياض]] والرياضيون.\n");
    // The longer name is looked for first.
    breaks(
        "untagged",
        "نادي الرياض",
        "paragraph\tفي [[LOC r|الرياض]] عاد [[ORG c|نادي الرياض]] ثم لعب نادي الرياض.\n",
    );
    // A frequent word is a name only where it is written as one.
    is_clean("paragraph\tعاد [[PER a|علي]] على عجل.\n");
    // `كريم` is not `ريم` behind a proclitic.
    is_clean("paragraph\tعادت [[PER a|ريم]] وهو كريم.\n");
    // In a hashtag and in an address nothing is annotated.
    is_clean("paragraph\tفي [[LOC SY|سوريا]] كتب #سوريا و#سوريا_اليوم.\n");
    // In a currency there is no nationality.
    is_clean("paragraph\tالسفير [[NAT US|الأميركي]] دفع بالدولار الأميركي.\n");
}

#[test]
fn a_nationality_in_a_name_is_annotated() {
    let outside = "paragraph\tالسفير [[NAT SY|السوري]] زار [[ORG army|الجيش السوري]].\n";
    breaks("nested-nationality", "السوري", outside);
    is_clean("paragraph\tالسفير [[NAT SY|السوري]] زار [[ORG army|الجيش [[NAT SY|السوري]]]].\n");
    is_clean("paragraph\tالسفير [[NAT EG|المصري]] زار [[PER a|محمود المصري]].\n");
}

#[test]
fn countries_and_nationalities_are_annotated() {
    breaks("unannotated", "اليابان", "paragraph\tعاد من اليابان أمس.\n");
    breaks("unannotated", "ليابان", "paragraph\tعاد لليابان أمس.\n");
    breaks("unannotated", "كوريا الجنوبية", "paragraph\tعاد وكوريا الجنوبية بعيدة.\n");
    breaks("unannotated", "السوري", "paragraph\tعاد السفير السوري أمس.\n");
    breaks("nested-nationality", "السورية", "paragraph\tعادت [[ORG m|وزارة الطاقة السورية]] أمس.\n");
    is_clean(
        "paragraph\tعاد من [[LOC JP|اليابان]] ول[[LOC JP|ليابان]] و[[LOC KR|كوريا الجنوبية]] السفير [[NAT SY|السوري]].\n",
    );
    // Another word, where final ya is not written so; and where it is.
    is_clean("paragraph\tعاد بيده اليمنى مع [[NAT SY|السوري]].\n");
    breaks("unannotated", "السورى", "paragraph\tعاد السفير السورى مع [[NAT EG|المصرى]].\n");
    // A given name, money, a language, a hashtag.
    is_clean(
        "paragraph\tعاد [[PER a|محمود السوري]] وتحدث بالفرنسية عن اللغة اليابانية والدولار الأميركي و#اليابان.\n",
    );
}

#[test]
fn a_place_that_locates_a_body_is_a_warning() {
    let found = body("paragraph\tفي [[LOC s|صيدا]] عاد [[ORG u|جامعة صيدا]] إلى [[ORG c|نادي صيدا]].\n");
    assert!(found.len() == 1 && found[0].warning && found[0].rule == "nested-place", "{found:?}");
    is_clean("paragraph\tفي [[LOC s|صيدا]] عاد [[ORG u|جامعة [[LOC s|صيدا]]]] أمس.\n");
}

#[test]
fn a_name_with_two_readings_is_a_warning() {
    let found = body("paragraph\tلعب [[ORG c|الشارقة]] في مدينة [[LOC s|الشارقة]].\n");
    assert!(found.len() == 1 && found[0].warning && found[0].rule == "two-readings", "{found:?}");
    // A capital may be the country's government.
    is_clean("paragraph\tفي [[LOC tunis|تونس]] العاصمة قالت [[LOC TN|تونس]] كلمة.\n");
}

#[test]
fn ids_are_of_their_kind() {
    breaks("id", "سامر", "paragraph\tعاد [[PER Samer|سامر]] أمس.\n");
    breaks("id", "سامر", "paragraph\tعاد [[PER -|سامر]] أمس.\n");
    breaks("id", "السوري", "paragraph\tعاد [[NAT syria|السوري]] أمس.\n");
    breaks("id", "بعيد", "paragraph\tفي [[LOC XX|بعيد]] مطر.\n");
    is_clean(
        "paragraph\tعاد [[NAT -|الكردي]] و[[NAT EU|الأوروبي]] إلى [[LOC SY|سوريا]] مع [[ROLE -|الوزير]].\n",
    );
    breaks("id", "سامر", "paragraph\tلعب [[ORG s|النجمة]] وقال [[PER s|سامر]] كلمة.\n");
    is_clean("paragraph\tفي [[EVENT astana|مسار [[LOC astana|أستانا]]]] كلمة.\n");
    breaks("country", "اليابان", "paragraph\tفي [[LOC japan|اليابان]] مطر.\n");
    // A city has the name as well.
    is_clean("paragraph\tفي [[LOC algiers|الجزائر]] مطر.\n");
}

#[test]
fn an_office_has_a_holder_or_nobody() {
    breaks("role", "الوزير", "paragraph\tعاد [[ROLE a|الوزير]] أمس.\n");
    is_clean("paragraph\tعاد [[ROLE a|الوزير]] [[PER a|سامر]] مع [[ROLE -|المدير]] أمس.\n");
}

#[test]
fn a_person_has_one_surname() {
    breaks(
        "surname",
        "سامر نجار",
        "paragraph\tعاد [[PER a|سامر حداد]] أمس. // ثم سافر [[PER a|سامر نجار]].\n",
    );
    is_clean("paragraph\tعاد [[PER a|سامر حداد]] أمس. // ثم سافر [[PER a|حداد]] و[[PER b|رائد نجار]].\n");
    let twice =
        "paragraph\tعاد [[PER a|سامر حداد]] ثم [[PER a|المتنبي]] ثم [[PER a|حداد]] ثم [[PER a|سامر حداد]].\n";
    breaks("surname", "المتنبي", twice);
    is_clean("paragraph\tعادت [[PER a|أحلام بن يدر]] ثم [[PER a|أحلام]] ثم [[PER a|بن يدر]].\n");
}

#[test]
fn values_parse() {
    breaks("value", "5 مارس 2024", "paragraph\tفي [[DATE 5-3-2024|5 مارس 2024]] مطر.\n");
    breaks("value", "5 دولارات", "paragraph\tدفع [[MONEY 5|5 دولارات]] له.\n");
    breaks("value", "5 دولارات", "paragraph\tدفع [[MONEY 5 DOL|5 دولارات]] له.\n");
    breaks("value", "5 بالمئة", "paragraph\tدفع [[PERCENT 5%|5 بالمئة]] له.\n");
    is_clean(
        "paragraph\tدفع [[MONEY 5 USD|5 دولارات]] و[[PERCENT 5|5 بالمئة]] في [[DATE 2024-03-05|5 مارس 2024]].\n",
    );
}

#[test]
fn values_are_what_their_surface_says() {
    let date = |value: &str, surface: &str| {
        format!("# ref: 2024-03-06\nparagraph\tفي [[DATE {value}|{surface}]] مطر.\n")
    };
    for (value, surface) in [
        ("2023-03-05", "5 مارس 2024"),
        ("2024-04-05", "5 مارس 2024"),
        ("2024-03-06", "5 مارس 2024"),
        ("2024-03-05", "الأربعاء"),
        ("2024-03-06", "أمس"),
        ("2024-03-05", "أمس الأول"),
        ("1445-08", "شعبان 1445"),
        ("2024-03-05", "6-3-2024"),
    ] {
        breaks("contradiction", surface, &date(value, surface));
    }
    for (value, surface) in [
        ("2024-03-05", "5 مارس 2024"),
        ("2024-03-05", "الثلاثاء 5 آذار/مارس"),
        ("2024-03-05", "أمس الثلاثاء"),
        ("2024-03-04", "أول من أمس"),
        ("2024-03-05", "24 شعبان 1445هـ الموافق 5 مارس 2024"),
        ("2023-11-30/2023-12-12", "30 نوفمبر إلى 12 ديسمبر 2023"),
        ("2018/2020", "عامي 2018 و2020"),
        ("2026-Q1", "الربع الأول من عام 2026"),
        ("XXXX-12-11", "11 ديسمبر"),
        ("2024-03-05", "5-3-2024"),
        ("2024-03-05", "2024/3/5"),
    ] {
        is_clean(&date(value, surface));
    }
    // In a quotation days count from the day that was spoken on.
    is_clean("# ref: 2024-03-06\nparagraph\t{{-|«عدنا [[DATE 2024-03-05|اليوم]]»}}\n");
    breaks("contradiction", "1,2 مليار دولار", "paragraph\tدفع [[MONEY 1300000000 USD|1,2 مليار دولار]] له.\n");
    breaks("contradiction", "7,5 بالمئة", "paragraph\tدفع [[PERCENT 7|7,5 بالمئة]] له.\n");
    is_clean("paragraph\tدفع [[MONEY 1800000000 SDG|مليار و800 مليون جنيه]] له.\n");
    is_clean(
        "paragraph\tدفع [[MONEY 2500000 USD|2 مليون ونصف مليون دولار]] و[[PERCENT 7.5|7,50 في المئة]].\n",
    );
}

#[test]
fn a_date_does_not_begin_with_its_preposition() {
    breaks("preposition", "في مارس 2024", "paragraph\tعاد [[DATE 2024-03|في مارس 2024]] مساء.\n");
    is_clean(
        "# ref: 2024-03-06\nparagraph\tعاد في [[DATE 2024-03|مارس 2024]] و[[DATE 2024-03-04|قبل أمس]] مساء.\n",
    );
}

#[test]
fn sentences_end_at_stops() {
    breaks("sentence", "حلب.", "paragraph\tعاد الرجل إلى حلب. وسافر.\n");
    breaks("sentence", "الشيخ.", "paragraph\tعاد الرجل مع الشيخ. وسافر.\n");
    breaks("sentence", "حلب؟", "paragraph\tهل عاد إلى حلب؟ لا أحد يعلم.\n");
    breaks("sentence", "حلب،", "paragraph\tعاد الرجل إلى حلب، // وسافر.\n");
    breaks("sentence", "حلب.", "title\tعاد إلى حلب. // وسافر\n");
    is_clean("paragraph\tعاد الرجل إلى حلب. // وسافر.\nsubhead\tعاد. وسافر\n");
    is_clean("paragraph\tعاد د. سامر وأ. ف. ب وم.ت.ف. معا... ثم سافر في 5.5 ساعات.\nlist_item\t1. الأول\n");
}

#[test]
fn quotations_have_marks() {
    breaks("quotation", "«نعود غدا", "paragraph\tقال {{-|«نعود غدا}} لهم.\n");
    breaks("quotation", "نعود غدا»", "paragraph\tقال {{-|نعود غدا»}} لهم.\n");
    breaks("quotation", "«»", "paragraph\tقال {{-|«»}} لهم.\n");
    is_clean("paragraph\tقال {{-|«نعود غدا»}} ثم {{-|\"لا\"}} ثم {{-|”نعم“}} لهم.\n");
}

#[test]
fn a_quotation_over_two_paragraphs_closes_once() {
    is_clean("paragraph\tقال {{-|«نعود ولا}}\nparagraph\t{{-|«نبقى»}}.\n");
    breaks("quotation", "«نعود ولا", "paragraph\tقال {{-|«نعود ولا}}\nparagraph\tثم {{-|«نبقى»}}.\n");
}

#[test]
fn a_speaker_is_somebody_of_the_article() {
    breaks("speaker", "«نعود»", "paragraph\tقال {{samer|«نعود»}} لهم.\n");
    is_clean("paragraph\tقال [[PER samer|سامر]] {{samer|«نعود»}} وقالت [[LOC SY|سوريا]] {{SY|«لا»}}.\n");
}

#[test]
fn words_in_marks_are_quotations_or_titles() {
    let long = "«سنعود غدا إلى المدينة القديمة»";
    breaks("unmarked-quotation", long, &format!("paragraph\tقال {long} لهم.\n"));
    is_clean(&format!("paragraph\tقال {{{{-|{long}}}}} في فيلم «زمن البحر» أمس.\n"));
    is_clean("paragraph\tقرأ “Atlas of the high seas” أمس.\n");
    breaks("quotation-mark", "»", "paragraph\tقال نعود» لهم.\n");
}

#[test]
fn a_dateline_is_at_the_head() {
    breaks("dateline", "دمشق -", "paragraph\tمن <<DATELINE|[[LOC d|دمشق]] ->> عاد الرجل.\n");
    is_clean("paragraph\t<<DATELINE|[[LOC d|دمشق]] ->> عاد الرجل.\n");
}

#[test]
fn layout_is_plain() {
    breaks("layout", "الرجل", "paragraph\tعاد الرجل  أمس.\n");
    breaks("layout", "", "paragraph\tعاد الرجل أمس. \n");
    breaks("layout", "\u{200F}", "paragraph\tعاد الرجل\u{200F} أمس.\n");
    breaks("layout", "", "\nparagraph\tعاد الرجل أمس.\n");
    is_clean("paragraph\tعاد الرجل أمس.\n\nparagraph\tثم سافر.\n");
}

const HEAD: &str = "# invented: true\n# brief: 001\n# genre: court\n# style: spa\n# country: SA\n# spelling: full\n# ref: 2023-04-12\n";

fn corpus(files: &[(&str, &str)]) -> (TempDir, Checker) {
    let folder = TempDir::new().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(CORPUS).join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    let data = folder.path().join(CORPUS);
    let checker = Checker {
        root: folder.path().to_owned(),
        lists: Arc::clone(&checker().lists),
        plan: super::Plan::read(&[data.join("plan.toml"), data.join("more/plan.toml")])
            .unwrap_or_else(|error| panic!("{error}")),
        exceptions: Exceptions::read(&data.join("exceptions.tsv")).unwrap_or_else(|error| panic!("{error}")),
    };
    (folder, checker)
}

/// The findings in a corpus of those files: file's name, line and message.
fn whole(files: &[(&str, &str)]) -> Vec<String> {
    let (_folder, checker) = corpus(files);
    let findings = checker.corpus().unwrap_or_else(|error| panic!("{error}"));
    let told = |finding: &Finding| {
        let name = finding.file.file_name().unwrap_or_default().to_string_lossy();
        format!("{name}:{}: {}", finding.line, finding.message)
    };
    findings.iter().map(told).collect()
}

#[track_caller]
fn holds(files: &[(&str, &str)], wanted: &[&str]) {
    let found = whole(files);
    assert_eq!(found.len(), wanted.len(), "{found:#?}");
    for (found, wanted) in found.iter().zip(wanted) {
        assert!(found.contains(wanted), "{found} has not {wanted}");
    }
}

const LINKS: (&str, &str) = ("train/001.links.tsv", "subject\trelation\tobject\n");
const PLAN: (&str, &str) = (
    "plan.toml",
    "[[article]]\nid = \"001\"\nsplit = \"train\"\ngenre = \"court\"\nstyle = \"spa\"\ncountry = \"SA\"\nspelling = \"full\"\nref = \"2023-04-12\"\n",
);

#[test]
fn further_articles_have_a_plan_of_their_own() {
    let body = "# title: عاد الرجل\n# place: دمشق\n# source: سانا\ntitle\tعاد الرجل\nparagraph\t<<DATELINE|[[LOC d|دمشق]] (سانا) ->> عاد.\n";
    let article = format!("{HEAD}{body}").replace("# brief: 001", "# brief: 241");
    let more = ("more/241.markup", article.as_str());
    let links = ("more/241.links.tsv", LINKS.1);
    let plan = PLAN.1.replace("\"001\"", "\"241\"");
    holds(&[more, links, PLAN], &["241.markup:2: the plan has no brief `241`"]);
    holds(&[more, links, PLAN, ("more/plan.toml", &plan)], &[]);
    holds(
        &[more, links, PLAN, ("more/plan.toml", &plan.replace("court", "crime"))],
        &["genre is `court`, the brief says `crime`"],
    );
}

#[test]
fn a_head_is_whole_and_in_order() {
    let text = "# title: عاد الرجل\n# place: دمشق\n# source: سانا\ntitle\tعاد الرجل\nparagraph\t<<DATELINE|[[LOC d|دمشق]] (سانا) ->> عاد.\n";
    let article = format!("{HEAD}{text}");
    holds(&[("train/001.markup", &article), LINKS, PLAN], &[]);
    let check = |article: &str, wanted: &[&str]| holds(&[("train/001.markup", article), LINKS, PLAN], wanted);
    check(&article.replace("# invented: true\n", ""), &["# invented"]);
    check(
        &article.replace("# genre: court\n# style: spa\n", "# style: spa\n# genre: court\n"),
        &[":4: `genre` stands after `style`"],
    );
    check(&article.replace("# title: عاد الرجل", "# title: عاد رجل"), &[":8: title `عاد رجل` is not"]);
    check(&article.replace("2023-04-12", "2023-02-30"), &["is no day", "the brief says"]);
    check(&article.replace("# brief: 001", "# brief: 002"), &["not the file's name", "no brief `002`"]);
    check(
        &article.replace("# genre: court", "# genre: cort"),
        &["none that the plan has: court", "the brief says"],
    );
    check(&article.replace("# spelling: full", "# spelling: good"), &["full, none", "the brief says"]);
    check(&article.replace("# country: SA", "# country: KSA"), &["ISO 3166", "the brief says"]);
    check(&article.replace("# place: دمشق\n", ""), &["no line `# place: دمشق`"]);
    check(&article.replace("# place: دمشق", "# place: حلب"), &["stands in no dateline"]);
    check(&article.replace("# source: سانا", "# source: وكالة سانا"), &["does not stand in the text"]);
    check(&article.replace("# source: سانا\n", "# source: سانا\n# writer: x\n"), &["`writer` is none of"]);
    check(&format!("{article}source\tسانا\nbyline\tر.ح\n"), &["no line `# byline"]);
    let plan = PLAN.1.replace("train", "dev");
    holds(&[("train/001.markup", &article), LINKS, ("plan.toml", &plan)], &["the brief says `dev`"]);
}

#[test]
fn links_name_what_the_article_has() {
    let text = "paragraph\tعاد [[ROLE a|وزير الطاقة]] [[NAT SY|السوري]] [[PER a|سامر حداد]] إلى [[ORG b|البنك الدولي]] في [[LOC damascus|دمشق]].\n";
    let article = format!("{HEAD}{text}");
    let check = |rows: &str, wanted: &[&str]| {
        let links = format!("subject\trelation\tobject\n{rows}");
        holds(&[("train/001.markup", &article), ("train/001.links.tsv", &links)], wanted);
    };
    check(
        "a\trole\tوزير الطاقة @ SY\na\tnationality\tSY\na\taffiliation\tb\ndamascus\tiso3166\tSY\ndamascus\tgeonames\t170654\n",
        &[],
    );
    check("b\trole\tوزير الطاقة\n", &["`b` is the id of no person"]);
    check("a\trole\tوزير\n", &["no ROLE mention that reads `وزير`"]);
    check("a\trole\tوزير الطاقة @ c\n", &["`c` is the id of no organisation or place"]);
    check("a\tnationality\tEG\n", &["no nationality of the article"]);
    check("a\taffiliation\tc\n", &["no organisation"]);
    check("a\tfriend\tb\n", &["none of role"]);
    check("damascus\tiso3166\tXX\n", &["no ISO 3166"]);
    check("damascus\tgeonames\t1\n", &["no GeoNames id"]);
    check("damascus\tgeonames\t170654\ndamascus\tiso3166\tEG\n", &["lies in SY"]);
    check("damascus\tiso3166\tSY\na\tnationality\tSY\n", &["sorted by subject"]);
    check("a\tnationality\tSY\na\tnationality\tSY\n", &["stands twice"]);
    check("a\tnationality\n", &["has 2 columns"]);
    holds(
        &[("train/001.markup", &article), ("train/001.links.tsv", "a\tnationality\tSY\n")],
        &["the first row"],
    );
    holds(&[("train/001.markup", &article)], &["no side file"]);
}

#[test]
fn an_exception_silences_its_finding_and_nothing_else() {
    let article = format!("{HEAD}paragraph\tعاد [[PER a|نور]] في نور المساء.\n");
    let check = |exceptions: &str, wanted: &[&str]| {
        let exceptions = format!("# why\nfile\trule\tsurface\treason\n{exceptions}");
        holds(&[("train/001.markup", &article), LINKS, ("exceptions.tsv", &exceptions)], wanted);
    };
    check("", &["`نور` is not annotated here"]);
    check("train/001.markup\tuntagged\tنور\tlight\n", &[]);
    check("train/001.markup\tuntagged\tنور\t\n", &["has no reason"]);
    check(
        "train/001.markup\tuntagged\tنور\tlight\ntrain/001.markup\tedge\tنور\tlight\n",
        &["exceptions.tsv:4: the exception of edge"],
    );
    check("train/002.markup\tuntagged\tنور\tlight\n", &["of no article", "`نور` is not annotated"]);
}

#[test]
fn a_second_annotation_only_has_to_be_readable() {
    let article = format!("{HEAD}paragraph\tعاد.\n");
    let second = |content| [("train/001.markup", article.as_str()), LINKS, ("second/001.markup", content)];
    holds(&second("paragraph\tعاد سا[[PER a|مر]].\n"), &[]);
    holds(&second("paragraph\tعاد سا[[PER a|مر.\n"), &["not closed"]);
}

#[test]
fn the_test_part_stays_as_it_was_frozen() {
    let article = format!("{HEAD}paragraph\tعاد.\n");
    let hash = |text: &str| crate::report::hex(&<sha2::Sha256 as sha2::Digest>::digest(text.as_bytes()));
    let links = "subject\trelation\tobject\n";
    let sums = format!("{}  001.markup\n{} *test/001.links.tsv\n", hash(&article), hash(links));
    let check = |article: &str, sums: &str, errata: &str, wanted: &[&str]| {
        let files = [
            ("test/001.markup", article),
            ("test/001.links.tsv", links),
            ("test.sha256", sums),
            ("errata.toml", errata),
        ];
        holds(&files, wanted);
    };
    check(&article, &sums, "", &[]);
    let mended = article.replace("عاد", "رجع");
    check(&mended, &sums, "", &["test/001.markup is not as it was frozen"]);
    let erratum = |reason: &str| {
        let (old, new) = (hash(&article), hash(&mended));
        format!(
            "[[erratum]]\nfile = \"test/001.markup\"\nold = \"{old}\"\nnew = \"{new}\"\nreason = \"{reason}\"\n"
        )
    };
    check(&mended, &sums, &erratum("a word"), &[]);
    check(&mended, &sums, &erratum(""), &["has no reason"]);
    check(&article, &sums, &erratum("a word"), &["is not as it was frozen"]);
    let one = format!("{}  001.markup\n", hash(&article));
    check(&article, &one, "", &["is in no row of test.sha256"]);
    let more = format!("{sums}{}  002.markup\n", hash(""));
    check(&article, &more, "", &["test/002.markup is frozen and is not there"]);
}

#[test]
fn a_file_that_cannot_be_read_is_an_error() {
    assert!(read(Path::new("no/such.markup")).is_err());
    assert!(checker().files(&[PathBuf::from("no/such.markup")]).is_err());
}
