//! What texts of our own write out.

use proptest::prelude::*;

mod printed;

use crate::entities::EntityType;
use crate::values::Reference;
use crate::{Document, Knowledge};

/// What is written out in `text`, each as its surface, an arrow and its value.
fn read(knowledge: &Knowledge, text: &str, reference: &str) -> Vec<(EntityType, String)> {
    let document = Document::new(text, knowledge).expect("short").with_reference(Reference::parse(reference));
    super::values(&document)
        .into_iter()
        .map(|written| {
            let value = written.value.map_or("?".to_owned(), |value| value.to_string());
            (written.kind, format!("{} → {value}", written.span.of(text)))
        })
        .collect()
}

/// One mention of the kind in each text, on 12 September 2024, a Thursday.
fn expect(kind: EntityType, cases: &[(&str, &str)]) {
    let knowledge = Knowledge::built_in().expect("the data is sound");
    let mut wrong = Vec::new();
    for (text, wanted) in cases {
        let found = read(&knowledge, text, "2024-09-12");
        let found: Vec<&str> =
            found.iter().filter(|(of, _)| *of == kind).map(|(_, found)| found.as_str()).collect();
        if found != [*wanted] {
            wrong.push(format!("{text}: {wanted} wanted, {found:?} found"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn dates_that_say_all_of_themselves() {
    expect(
        EntityType::Date,
        &[
            ("افتتح المعرض في 17 مايو 2018.", "17 مايو 2018 → 2018-05-17"),
            ("افتتح المعرض يوم الخميس 17 أيار/مايو 2018.", "يوم الخميس 17 أيار/مايو 2018 → 2018-05-17"),
            ("افتتح المعرض في حزيران (يونيو) 2019", "حزيران (يونيو) 2019 → 2019-06"),
            ("افتتح المعرض في 3 غشت 2020", "3 غشت 2020 → 2020-08-03"),
            ("افتتح المعرض في 3 دجنبر 2020", "3 دجنبر 2020 → 2020-12-03"),
            ("افتتح المعرض في ١٧/٥/٢٠١٨", "١٧/٥/٢٠١٨ → 2018-05-17"),
            ("افتتح المعرض في 2018-05-17", "2018-05-17 → 2018-05-17"),
            ("افتتح المعرض في السابع عشر من مايو عام 2018", "السابع عشر من مايو عام 2018 → 2018-05-17"),
            (
                "افتتح المعرض في 1 رمضان 1439 هـ الموافق 16 مايو 2018",
                "1 رمضان 1439 هـ الموافق 16 مايو 2018 → 2018-05-16",
            ),
            ("افتتح المعرض في 1 رمضان 1439هـ", "1 رمضان 1439هـ → 2018-05-16"),
            ("ارتفع الإنتاج في الربع الأول من عام 2024", "الربع الأول من عام 2024 → 2024-Q1"),
            ("ارتفع الإنتاج في النصف الثاني من 2023", "النصف الثاني من 2023 → 2023-H2"),
            ("سافر صيف 2018 إلى الشمال", "صيف 2018 → 2018-SU"),
            ("بنيت القلعة في القرن الثاني عشر", "القرن الثاني عشر → 11XX"),
            ("اشتهر في الثمانينيات بأغانيه", "الثمانينيات → 198X"),
            ("عمل هناك بين عامي 1985 و1992", "عامي 1985 و1992 → 1985/1992"),
            ("عمل هناك من 2006 إلى 2010", "2006 إلى 2010 → 2006/2010"),
            ("تعرض الأعمال من 3 إلى 15 يونيو 2021", "3 إلى 15 يونيو 2021 → 2021-06-03/2021-06-15"),
            ("شيد الجسر منذ عام 1954", "عام 1954 → 1954"),
        ],
    );
}

#[test]
fn dates_that_count_from_the_reference_date() {
    expect(
        EntityType::Date,
        &[
            ("وصل الوفد أمس", "أمس → 2024-09-11"),
            ("وصل الوفد مساء أمس الأربعاء", "مساء أمس الأربعاء → 2024-09-11"),
            ("وصل الوفد أول من أمس", "أول من أمس → 2024-09-10"),
            ("يغادر الوفد بعد غد السبت", "بعد غد السبت → 2024-09-14"),
            ("وصل الوفد الأحد", "الأحد → 2024-09-08"),
            ("سيصل الوفد الأحد", "الأحد → 2024-09-15"),
            ("يصل الوفد الأحد المقبل", "الأحد المقبل → 2024-09-15"),
            ("وصل الوفد الخميس الماضي", "الخميس الماضي → 2024-09-05"),
            ("زار المدينة العام الماضي", "العام الماضي → 2023"),
            ("زار المدينة في مارس من العام الماضي", "مارس من العام الماضي → 2023-03"),
            ("زار المدينة الشهر الماضي", "الشهر الماضي → 2024-08"),
            ("زار المدينة الأسبوع الماضي", "الأسبوع الماضي → 2024-W36"),
            ("زار المدينة في ديسمبر الماضي", "ديسمبر الماضي → 2023-12"),
            ("يزور المدينة في ديسمبر المقبل", "ديسمبر المقبل → 2024-12"),
            ("زار المدينة في 11 ديسمبر", "11 ديسمبر → 2023-12-11"),
            ("سيزور المدينة في 11 ديسمبر", "11 ديسمبر → 2024-12-11"),
            ("زار المدينة أواخر نوفمبر الماضي", "أواخر نوفمبر الماضي → 2023-11"),
            ("يستأنف العمل مطلع الشهر المقبل", "مطلع الشهر المقبل → 2024-10"),
            ("وافتتحت الصالة فجر اليوم الخميس", "فجر اليوم الخميس → 2024-09-12"),
        ],
    );
}

#[test]
fn without_an_anchor_what_is_not_written_stays_open() {
    let knowledge = Knowledge::built_in().expect("the data is sound");
    for (text, wanted) in [
        ("زار المدينة في 11 ديسمبر", "11 ديسمبر → XXXX-12-11"),
        ("زار المدينة يوم الخميس", "يوم الخميس → XXXX-WXX-4"),
        ("زار المدينة أمس", "أمس → XXXX-XX-XX"),
    ] {
        assert_eq!(read(&knowledge, text, ""), [(EntityType::Date, wanted.to_owned())], "{text}");
    }
}

#[test]
fn what_other_programs_taught() {
    expect(
        EntityType::Date,
        &[
            ("يقام المعرض من 4 إلى 23 الشهر المقبل", "4 إلى 23 الشهر المقبل → 2024-10-04/2024-10-23"),
            ("يقام المعرض في نوفمبر بين 19 و20", "نوفمبر بين 19 و20 → 2024-11-19/2024-11-20"),
            ("بدأت الرحلة في يناير 3", "يناير 3 → 2024-01-03"),
            ("نتائج الربع الأول من عام ألفين وعشرين", "الربع الأول من عام ألفين وعشرين → 2020-Q1"),
            (
                "أغلق الطريق في النصف الأول من شهر مايو 2019",
                "النصف الأول من شهر مايو 2019 → 2019-05-01/2019-05-15",
            ),
            ("انقطع الطريق في النصف الثاني من فبراير", "النصف الثاني من فبراير → 2024-02-16/2024-02-29"),
            ("عاش في النصف الأول من القرن العشرين", "النصف الأول من القرن العشرين → 1900/1949"),
            ("عاش في الربع الأخير من القرن الماضي", "الربع الأخير من القرن الماضي → 1975/1999"),
            ("اشتهر في النصف الثاني من الثمانينيات", "النصف الثاني من الثمانينيات → 1985/1989"),
            ("يقام المعرض من 28 إلى 3 مارس المقبل", "28 إلى 3 مارس المقبل → 2025-02-28/2025-03-03"),
            (
                "أقيم المعرض من 28 ديسمبر إلى 3 يناير 2011",
                "28 ديسمبر إلى 3 يناير 2011 → 2010-12-28/2011-01-03",
            ),
            ("يغيب عن دورة الصيف المقبل", "الصيف المقبل → 2025-SU"),
        ],
    );
    expect(
        EntityType::Time,
        &[
            (
                "يعمل المتجر من 3 مساء حتى السابعة والنصف",
                "من 3 مساء حتى السابعة والنصف → 2024-09-12T15/2024-09-12T19:30",
            ),
            ("تبدأ المباراة الثامنة والنصف", "الثامنة والنصف → 2024-09-12T08:30"),
            (
                "يعمل المتجر من العاشرة مساء حتى الثانية فجرا",
                "من العاشرة مساء حتى الثانية فجرا → 2024-09-12T22/2024-09-13T02",
            ),
            ("ينتهي الحفل الساعة الثانية عشرة مساء", "الساعة الثانية عشرة مساء → 2024-09-12T00"),
        ],
    );
    expect(
        EntityType::Duration,
        &[
            ("توقف العمل لمدة ساعة", "ساعة → PT1H"),
            ("توقف العمل أسبوعا كاملا", "أسبوعا كاملا → P1W"),
            ("توقف العمل ثلث ساعة", "ثلث ساعة → PT20M"),
            ("انقرضت قبل 65 مليون سنة", "قبل 65 مليون سنة → P65000000Y"),
        ],
    );
}

/// As feeds send them: lines broken anywhere, marks of direction around what is written from left to right.
#[test]
fn broken_lines_and_marks_of_direction() {
    let line = "قالت الشركة المنفذة إن المشروع الجديد في المدينة الساحلية يمضي بحسب البرنامج";
    let letters: Vec<char> = line.chars().collect();
    let wrapped = |begin: &str, end: &str| {
        let rest = |word: &str| letters.len() - word.chars().count() - 1;
        let before: String = letters[letters.len() - rest(begin)..].iter().collect();
        let behind: String = letters[..rest(end)].iter().collect();
        format!("{line}\n{before} {begin}\n{end} {behind}\n{line}\nوأضافت أن العمل يسير في موعده.")
    };
    let knowledge = Knowledge::built_in().expect("the data is sound");
    for (kind, begin, end, value) in [
        (EntityType::Money, "64", "مليون دولار", "64000000 USD"),
        (EntityType::Money, "64 مليون", "دولار", "64000000 USD"),
        (EntityType::Money, "خمسة دولارات", "ونصف", "5.5 USD"),
        (EntityType::Percent, "خمسة", "في المئة", "5"),
        (EntityType::Percent, "12,5", "بالمئة", "12.5"),
        (EntityType::Quantity, "12", "كيلومترا", "12 kilometer"),
        (EntityType::Date, "17 كانون", "الثاني 2018", "2018-01-17"),
        (EntityType::Date, "الخميس 1 ذي", "الحجة 1446 هـ", "2025-05-28"),
        (EntityType::Date, "أول من", "أمس", "2024-09-10"),
    ] {
        let found = read(&knowledge, &wrapped(begin, end), "2024-09-12");
        assert_eq!(found, [(kind, format!("{begin}\n{end} → {value}"))], "{begin}");
    }
    // What a block ends with is nothing of the next.
    let found = read(&knowledge, &format!("{line} {line} 64.\n\nمليون {line}."), "");
    assert!(found.iter().all(|(_, found)| !found.contains('\n')), "{found:?}");
    for (open, close) in [("\u{200F}", "\u{200F}"), ("\u{202A}", "\u{202C}"), ("\u{2066}", "\u{2069}")] {
        let text = format!(
            "افتتح الجسر عام {open}1932{close} في دمشق، ثم هدم في {open}2{close} مايو {open}1944{close}."
        );
        let wanted = [
            (EntityType::Date, format!("عام {open}1932 → 1932")),
            (EntityType::Date, format!("2{close} مايو {open}1944 → 1944-05-02")),
        ];
        assert_eq!(read(&knowledge, &text, ""), wanted);
    }
}

#[test]
fn telephone_numbers() {
    expect(
        EntityType::PhoneNumber,
        &[
            ("للاتصال: +971 4 223 4567.", "+971 4 223 4567 → +97142234567"),
            ("على الرقم ٠٠٩٦٢٧٩٠١٢٣٤٥٦ يوميا", "٠٠٩٦٢٧٩٠١٢٣٤٥٦ → +962790123456"),
            ("في الأردن اتصل على هاتف 0790123456", "0790123456 → +962790123456"),
            ("(+33) 1 46 64 79 98 في باريس", "(+33) 1 46 64 79 98 → +33146647998"),
        ],
    );
    expect(EntityType::Number, &[("بلغ عدد السكان في الأردن 11345678", "11345678 → 11345678")]);
}

#[test]
fn ages() {
    expect(
        EntityType::Quantity,
        &[
            ("قال الفلاح وعمره 45 عاما إنه باق.", "45 عاما → 45 year-person"),
            ("توفي عن عمر ناهز ثمانين عاما.", "ثمانين عاما → 80 year-person"),
            ("وذكر سامر، البالغ من العمر ستة عشر عاما، أنه نجا", "ستة عشر عاما → 16 year-person"),
            ("أنقذ طفلا يبلغ 18 شهرا من العمر", "18 شهرا → 18 month-person"),
            ("طفلة عمرها سنتان وثلاثة أشهر", "سنتان وثلاثة أشهر → 27 month-person"),
            ("وهو في الخامسة والأربعين من عمره", "الخامسة والأربعين → 45 year-person"),
            ("ابنة الـ12 عاما", "12 عاما → 12 year-person"),
        ],
    );
    expect(EntityType::Duration, &[("حكم عليه بالسجن 45 عاما", "45 عاما → P45Y")]);
}

#[test]
fn what_only_looks_like_a_date_is_none() {
    let knowledge = Knowledge::built_in().expect("the data is sound");
    for text in [
        "فاز الفريق بنتيجة 3-1",
        "تنقطع الكهرباء عشرين ساعة في اليوم",
        "عاد الأحد عشر لاعبا",
        "وفي ذلك اليوم هطل المطر",
        "صرفت الشركة 2000 دولار",
        "قال أحد الحاضرين ذلك",
        // A city in Yemen, a newspaper, a broadcaster.
        "سافر الوفد إلى تعز وأقام في إب السابق ذكرها",
        "قالت لـ«اليوم» إنها عادت",
        "في تقرير اطلعت عليه \"فبراير\" حديثا",
    ] {
        let dates = read(&knowledge, text, "2024-09-12");
        assert!(!dates.iter().any(|(kind, _)| *kind == EntityType::Date), "{text}: {dates:?}");
    }
}

#[test]
fn times_and_lengths() {
    expect(
        EntityType::Time,
        &[
            ("يبدأ الحفل في الساعة 14:30", "الساعة 14:30 → 2024-09-12T14:30"),
            ("يبدأ الحفل في الساعة الثامنة مساء", "الساعة الثامنة مساء → 2024-09-12T20"),
            ("يبدأ الحفل عند الثالثة والنصف عصرا", "الثالثة والنصف عصرا → 2024-09-12T15:30"),
            ("يبدأ الحفل الساعة 9:15 بتوقيت غرينتش", "الساعة 9:15 بتوقيت غرينتش → 2024-09-12T09:15Z"),
            ("يبدأ الحفل الساعة العاشرة إلا ربعا صباحا", "الساعة العاشرة إلا ربعا صباحا → 2024-09-12T09:45"),
        ],
    );
    expect(
        EntityType::Duration,
        &[
            ("بقي هناك ثلاثة أيام", "ثلاثة أيام → P3D"),
            ("غادر قبل ثلاثة أيام", "قبل ثلاثة أيام → P3D"),
            ("عمل هناك عامين وثلاثة أشهر", "عامين وثلاثة أشهر → P2Y3M"),
            ("انتظر نصف ساعة", "نصف ساعة → PT30M"),
            ("انتظر ساعة ونصف", "ساعة ونصف → PT1H30M"),
            ("يقيم هنا منذ عام", "منذ عام → P1Y"),
        ],
    );
}

#[test]
fn numbers_in_words() {
    expect(
        EntityType::Number,
        &[
            ("حضر أربعة وعشرون طالبا", "أربعة وعشرون → 24"),
            ("حضر ثلاثة عشر طالبا", "ثلاثة عشر → 13"),
            ("حضر مئة وأحد عشر طالبا", "مئة وأحد عشر → 111"),
            ("جاء المدرب وأحد عشر لاعبا", "أحد عشر → 11"),
            ("حضر مئتان وخمسة وثلاثون طالبا", "مئتان وخمسة وثلاثون → 235"),
            ("حضر ثلاثمائة طالب", "ثلاثمائة → 300"),
            ("حضر ثلاث مئة وستة طلاب", "ثلاث مئة وستة → 306"),
            ("حضر ألفا طالب", "ألفا → 2000"),
            ("حضر 13 ألفا و800 طالب", "13 ألفا و800 → 13800"),
            ("حضر مليون ونصف مليون زائر", "مليون ونصف مليون → 1500000"),
            ("حضر مليون وثلاثمئة ألف وخمسة زوار", "مليون وثلاثمئة ألف وخمسة → 1300005"),
            ("حضر 1.2 مليار زائر", "1.2 مليار → 1200000000"),
            ("حضر بليون زائر", "بليون → 1000000000"),
            ("حضر ثلاثة أرباع الأعضاء", "ثلاثة أرباع → 0.75"),
            ("قرأ الفصل الحادي والعشرين", "الحادي والعشرين → 21"),
            ("حضر ألفا وخمسمئة طالب", "ألفا وخمسمئة → 1500"),
            ("حضر ألف وربع مية طالب", "ألف وربع مية → 1025"),
            ("حضر أربعة مئة طالب", "أربعة مئة → 400"),
            ("حضر 2,5 مليون زائر", "2,5 مليون → 2500000"),
            ("بلغ المعدل ثلاثة فاصلة خمسة من عشرة نقطة", "ثلاثة فاصلة خمسة من عشرة → 3.5"),
            ("بلغ المعدل ثلاثة فاصلة خمسة من ألف نقطة", "ثلاثة فاصلة خمسة من ألف → 3.005"),
        ],
    );
    expect(EntityType::Duration, &[("سجن لست سنوات", "ست سنوات → P6Y")]);
    let knowledge = Knowledge::built_in().expect("the data is sound");
    for text in ["ولست نادما على ذلك", "قال لست أدري"] {
        assert_eq!(read(&knowledge, text, ""), [], "{text}");
    }
    let two = read(&knowledge, "حضر ثلاثة وأربعة", "");
    assert_eq!(two.len(), 2, "{two:?}");
}

#[test]
fn numbers_in_digits() {
    expect(
        EntityType::Number,
        &[
            ("-5", "-5 → -5"),
            ("−5", "−5 → -5"),
            (".77", ".77 → 0.77"),
            ("بلغ المؤشر .77 نقطة", ".77 → 0.77"),
            ("بلغ الرمز 0410 فقط", "0410 → 410"),
            ("بلغ العدد 1 000 000 زائر", "1 000 000 → 1000000"),
            ("بلغ العدد 1\u{A0}025\u{A0}007 زائر", "1\u{A0}025\u{A0}007 → 1025007"),
            ("بلغ العدد 12\u{2009}005 زائر", "12\u{2009}005 → 12005"),
            ("بلغ العدد 12\u{202F}005 زائر", "12\u{202F}005 → 12005"),
        ],
    );
}

/// Each و begins what may be another number: the search must not begin anew at each.
#[test]
fn long_chains_are_read_in_little_time() {
    let begun = std::time::Instant::now();
    for link in ["وألف ", "وخمسة وعشرون ", "و", "و ", "1 ", "100 ", "1,", "من عشرة ", "ربع "]
    {
        let text = link.repeat(4_000);
        let document = Document::new(&text, &KNOWLEDGE).expect("short");
        super::values(&document);
    }
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn money_and_measures() {
    expect(
        EntityType::Money,
        &[
            ("بلغ السعر خمسة دولارات ونصف", "خمسة دولارات ونصف → 5.5 USD"),
            ("بلغ السعر 20 دولارا و43 سنتا", "20 دولارا و43 سنتا → 20.43 USD"),
            ("بلغ السعر في الكويت 1.750 دينار، قالت الكويت", "1.750 دينار → 1.75 KWD"),
            ("بلغ السعر في الأردن دينارين، قال الأردن", "دينارين → 2 JOD"),
            ("بلغ السعر بين 10 و20 دولارا", "10 و20 دولارا → 10/20 USD"),
            ("بلغ السعر 10-20 دولارا", "10-20 دولارا → 10/20 USD"),
            ("بلغ السعر 500 دينار", "500 دينار → ?"),
            ("بلغ السعر في عمان 9,516 مليون ريال عماني", "9,516 مليون ريال عماني → 9516000 OMR"),
        ],
    );
    expect(
        EntityType::Quantity,
        &[
            ("يبعد الميناء 12 كيلومترا", "12 كيلومترا → 12 kilometer"),
            ("يبعد الميناء 12 كم", "12 كم → 12 kilometer"),
            ("زرع خمسة هكتارات", "خمسة هكتارات → 5 hectare"),
            ("باع طنين", "طنين → 2 tonne"),
            ("بلغت الحرارة 37 درجة مئوية", "37 درجة مئوية → 37 celsius"),
            ("نما بنسبة خمسة بالألف", "خمسة بالألف → 5 permille"),
            ("نما بنسبة 5 في الألف", "5 في الألف → 5 permille"),
        ],
    );
    expect(
        EntityType::Percent,
        &[("نما بنسبة 4.125 بالمئة", "4.125 بالمئة → 4.125"), ("نما خمسة في المئة", "خمسة في المئة → 5")],
    );
}

static KNOWLEDGE: std::sync::LazyLock<Knowledge> =
    std::sync::LazyLock::new(|| Knowledge::built_in().expect("the data is sound"));

proptest! {
    /// Words of numbers and times in any order: what is found lies in order in the text, in whole characters.
    #[test]
    fn any_words_give_ordered_disjoint_spans(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "ثلاثة", "وأربعون", "عشر", "مئة", "ألف", "وألفان", "مليون", "ونصف", "ربع", "الثالث", "فاصلة", "من", "بعد", "قبل",
                "17", "2018", "1445", "هـ", "م", "3/4", "17/5/2018", "14:30", "1,234.5", "9223372036854775.8", "99999999999999999999",
                "مايو", "أيار", "/", "-", "(", ")", "،", "و", "رمضان", "الموافق", "يوم", "الخميس", "أمس", "اليوم", "مساء", "منتصف",
                "العام", "الماضي", "المقبل", "هذا", "كل", "منذ", "إلى", "بين", "الساعة", "دقيقة", "سنة", "عامي", "أسابيع", "القرن",
                "الربع", "الأخير", "آخر", "دولار", "دينارين", "في المئة", "%", "كم", "«", "»", ".", "\n", "قال",
            ]),
            0..24,
        ),
        glue in prop::sample::select(vec![" ", "", "  "]),
        reference in prop::sample::select(vec!["", "2018-05-17", "0001-01-01", "9999-12-31T23:59:59Z"]),
    ) {
        let text = words.join(glue);
        let document = Document::new(&text, &KNOWLEDGE).expect("short").with_reference(Reference::parse(reference));
        let mut end = 0;
        for written in super::values(&document) {
            prop_assert!(written.span.begin >= end && !written.span.is_empty(), "{text}");
            prop_assert!(text.get(written.span.range()).is_some(), "{text}");
            prop_assert!(written.value.is_none_or(|value| !value.to_string().is_empty()));
            end = written.span.end;
        }
    }

    /// Any text, any reference: no panic, and whole characters of the text.
    #[test]
    fn any_text_gives_spans_within_it(
        text in prop_oneof![
            any::<String>(),
            // Digits of all sets with all that may stand between them.
            "[0-9٠-٩۰-۹.,،٫٬/:\\-–−+ \u{A0}\u{2009}وبلكمه%\n]{0,60}",
            "(و|وو|و |ال|لل|ل|ب|مئة|ألف|ست|لست|خمس|أحد|عشر|من|فاصلة|ربع| ){0,60}",
        ],
        reference in prop_oneof![any::<String>(), "[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}(T[0-9:.]{0,8}(Z|[+-][0-9:]{0,5})?)?"],
    ) {
        let document = Document::new(&text, &KNOWLEDGE).expect("short").with_reference(Reference::parse(&reference));
        for written in super::values(&document) {
            prop_assert!(text.get(written.span.range()).is_some_and(|cut| !cut.is_empty()), "{text:?}");
        }
    }
}
