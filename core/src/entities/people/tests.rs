//! People and offices in whole sentences, over the built-in lists. All sentences are invented.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::entities::EntityType::{Person, Role};
use crate::{Document, Knowledge};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::built_in().expect("sound lists"));

/// The people of a text, each with the number of the entity, and the offices, in order.
fn found(text: &str) -> (Vec<(String, usize)>, Vec<String>) {
    let document = Document::new(text, &KNOWLEDGE).expect("short");
    let mut all = Vec::new();
    for (number, entity) in document.entities().iter().enumerate() {
        all.extend(
            entity.mentions.iter().map(|mention| (mention.span.begin, entity.kind, mention.span, number)),
        );
    }
    all.sort_by_key(|&(begin, ..)| begin);
    let of = |kind| all.iter().filter(move |mention| mention.1 == kind);
    let people = of(Person).map(|mention| (mention.2.of(text).to_owned(), mention.3)).collect();
    let roles = of(Role).map(|mention| mention.2.of(text).to_owned()).collect();
    (people, roles)
}

#[track_caller]
fn people(text: &str, expected: &[&str]) {
    let (people, _) = found(text);
    assert_eq!(people.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), expected, "{text}");
}

#[track_caller]
fn roles(text: &str, expected: &[&str]) {
    assert_eq!(found(text).1, expected, "{text}");
}

#[test]
fn chains_hold_what_joins_names() {
    people("زار سالم بن حمد آل ثاني المعرض", &["سالم بن حمد آل ثاني"]);
    people("التقى سامر عبد الرحمن خليل أبناءه", &["سامر عبد الرحمن خليل"]);
    people("قال الوزير جان-بول مارتينو أمس", &["جان-بول مارتينو"]);
    people("حضر اللقاء السفير بيتر فان دير مولن", &["بيتر فان دير مولن"]);
    people("حضر الباحث عمر بن أبي ربيعة الحفل", &["عمر بن أبي ربيعة"]);
}

#[test]
fn unknown_words_are_names_after_offices_and_nationalities() {
    people("قال وزير الداخلية البلجيكي دراغومير فاندنبروك إن", &["دراغومير فاندنبروك"]);
    people("التقط المصور النرويجي زيغورد هالغريمسن الصورة", &["زيغورد هالغريمسن"]);
    people("وقع زرقاوش بن سالم العقد", &["زرقاوش بن سالم"]);
    people("وصلت شحنة زيغورد هالغريمسن", &[]);
}

#[test]
fn other_words_end_a_name() {
    people("قال الرئيس الفرنسي فرانسوا ليرو سيتوجه إلى لندن", &["فرانسوا ليرو"]);
    people("جلس محمود عثمان وأخذ الكتاب", &["محمود عثمان"]);
    people("وصف خالد منصور الاجتماع", &["خالد منصور"]);
    people("شكر يوسف خليل الأمين العام للجمعية", &["يوسف خليل"]);
}

#[test]
fn a_title_behind_a_conjunction_is_no_name() {
    people("حضر معالي سعد الحربي ومعالي فهد العتيبي", &["سعد الحربي", "فهد العتيبي"]);
    roles("قدم وزير المالية ووزير الداخلية التقرير", &["وزير المالية", "وزير الداخلية"]);
}

#[test]
fn nothing_is_announced_over_the_end_of_a_sentence() {
    people("رحب بهم المدير. دراغومير فاندنبروك", &[]);
}

#[test]
fn ordinary_sentences_hold_no_people() {
    for text in [
        "جلسنا على مقربة من النهر",
        "تحدثت الصحيفة عن كل جديد في السوق",
        "كان أكبر مني في السن",
        "هذا أمل كبير للجميع",
        "قدم المدير حلا طويل المدى",
        "اعتنق الإسلام قبل سنوات",
    ] {
        people(text, &[]);
    }
}

#[test]
fn a_family_name_is_the_person_introduced_with_it() {
    let text = "قال سامح عبد الهادي إن العمل بدأ. وأضاف عبد الهادي أن النتائج جيدة. وتقدير للزعبي وشكر. أما أنس الزعبي فغاب";
    let (people, _) = found(text);
    let names: Vec<&str> = people.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["سامح عبد الهادي", "عبد الهادي", "لزعبي", "أنس الزعبي"]);
    assert_eq!(people[0].1, people[1].1);
    assert_eq!(people[2].1, people[3].1);
    assert_ne!(people[0].1, people[2].1);
}

/// Who is mentioned, by a number for each person, in order.
#[track_caller]
fn who(text: &str, expected: &[(&str, usize)]) {
    let mut numbers: Vec<usize> = Vec::new();
    let mut number = |entity: usize| {
        let known = numbers.iter().position(|&known| known == entity);
        known.unwrap_or_else(|| {
            numbers.push(entity);
            numbers.len() - 1
        })
    };
    let people: Vec<(String, usize)> =
        found(text).0.into_iter().map(|(name, entity)| (name, number(entity))).collect();
    let people: Vec<(&str, usize)> = people.iter().map(|(name, number)| (name.as_str(), *number)).collect();
    assert_eq!(people, expected, "{text}");
}

#[test]
fn a_name_is_one_with_and_without_a_space_in_it() {
    who(
        "قال وزير المالية عبدالله المطيري إن الخطة جاهزة. وأضاف عبد الله المطيري أن العمل بدأ.",
        &[("عبدالله المطيري", 0), ("عبد الله المطيري", 0)],
    );
    who(
        "قال عبد الرحمن بن سالم الحربي إن العمل بدأ. ثم غادر عبدالرحمن الحربي القاعة.",
        &[("عبد الرحمن بن سالم الحربي", 0), ("عبدالرحمن الحربي", 0)],
    );
    who(
        "قال سامر عبدالعزيز إن العمل بدأ. وقال سامر عبد العزيز إنه مستمر.",
        &[("سامر عبدالعزيز", 0), ("سامر عبد العزيز", 0)],
    );
    who(
        "قال نورالدين حمدان إن العمل بدأ. وأضاف نور الدين حمدان أنه مستمر. وشكر حمدان الحضور.",
        &[("نورالدين حمدان", 0), ("نور الدين حمدان", 0), ("حمدان", 0)],
    );
    who(
        "قال أبو بكر سالم إن العمل بدأ. وغادر أبوبكر سالم القاعة.",
        &[("أبو بكر سالم", 0), ("أبوبكر سالم", 0)],
    );
    // Another servant's name is another man's.
    who(
        "قال عبدالله المطيري إن العمل بدأ. وقال عبد العزيز المطيري إنه مستمر.",
        &[("عبدالله المطيري", 0), ("عبد العزيز المطيري", 1)],
    );
}

#[test]
fn names_of_two_words_with_the_faith_are_whole() {
    people("قال نور الدين حمدان إن العمل بدأ", &["نور الدين حمدان"]);
    people("زار علاء الدين منصور المعرض مع صلاح الدين حمدان", &["علاء الدين منصور", "صلاح الدين حمدان"]);
    people("قال محمد نور الدين إن العمل بدأ", &["محمد نور الدين"]);
    people("كان نور المصباح خافتا", &[]);
    people("تحدثوا عن نور الدين والدنيا", &[]);
}

#[test]
fn of_two_people_with_one_surname_the_one_called_last_is_meant() {
    who(
        "قال سامر الخطيب إن العمل بدأ. وأضاف الخطيب أنه مستمر. وقالت ليلى الخطيب إن النتائج جيدة. وأضافت الخطيب \
         أنها راضية. ورد سامر الخطيب على سؤال. وقال الخطيب إنه شاكر.",
        &[
            ("سامر الخطيب", 0),
            ("الخطيب", 0),
            ("ليلى الخطيب", 1),
            ("الخطيب", 1),
            ("سامر الخطيب", 0),
            ("الخطيب", 0),
        ],
    );
    // By given and father's name it is still the first; the surname is of the other.
    who(
        "قال سامر خليل الخطيب إن العمل بدأ. وقالت ليلى الخطيب إنه مستمر. وشكر سامر خليل الحضور.",
        &[("سامر خليل الخطيب", 0), ("ليلى الخطيب", 1), ("سامر خليل", 0)],
    );
}

#[test]
fn lines_in_other_languages_hold_no_people_and_do_not_hide_those_around() {
    let (before, after) = ("قال سامر الخطيب إن العمل بدأ", "وقال خالد منصور إن العمل انتهى");
    for line in [
        // Invented. Persian: "Reza said that he would come to the city tomorrow and bring the bread".
        "رضا گفت که فردا به شهر می‌آید و نان را می‌آورد",
        "این کتاب را دکتر حسن برای بچه‌ها نوشته است",
        // Urdu: "Hasan said that they live in this village and this is a good book".
        "حسن نے کہا کہ وہ اس گاؤں میں رہتے ہیں اور یہ اچھی کتاب ہے",
        "ڈاکٹر سلیم نے بچوں کے لیے یہ کہانی لکھی ہے",
    ] {
        people(&format!("{before}\n{line}\n{after}"), &["سامر الخطيب", "خالد منصور"]);
        people(line, &[]);
    }
}

#[test]
fn each_title_is_its_own_with_its_complement() {
    roles("استقبل معالي الدكتور سعد الحربي الوفد", &["معالي", "الدكتور"]);
    roles("قالت وزيرة الثقافة والفنون منى الخطيب", &["وزيرة الثقافة والفنون"]);
    roles("أعلن المتحدث باسم الجمعية سالم العامري", &["المتحدث باسم"]);
    roles("قال نائب الرئيس التنفيذي خالد منصور", &["نائب الرئيس التنفيذي"]);
}

#[test]
fn an_office_alone_is_whose_the_text_says() {
    roles("قال والي الخرطوم سالم منصور إن. وأعلن الوالي التبرع", &["والي", "الوالي"]);
    roles("طلب من مديره السابق ورقة", &[]);
    roles("يدعو إلى مراقبة السوق", &[]);
    roles("أكد أن فريقه سيعود", &[]);
}

#[test]
fn a_title_of_address_makes_one_word_a_name() {
    people("شعر الأمير زيان بالخطر", &["زيان"]);
    people("قال السيد برنلوك أمس", &["برنلوك"]);
    // Another title, an ordinary word.
    people("قال السيد الوزير أمس", &[]);
    people("رأى الشيخ مكتبة أمس", &[]);
}

#[test]
fn a_word_that_is_nothing_but_a_name_stands_alone() {
    people("مررها كلارك إلى خط الوسط ثم تراجع", &["كلارك"]);
    people("سألت فاطمة عن الموعد", &["فاطمة"]);
    people("وجه المجلس نداء إلى السكان", &[]);
    people("وصل الفريق السلاوي إلى الملعب", &[]);
}

#[test]
fn ali_is_a_name_where_the_text_writes_the_preposition_otherwise() {
    people("سار علي محمد الريحاوي على الرصيف", &["علي محمد الريحاوي"]);
    people("اتفقوا على حفظ السلام", &[]);
}

#[test]
fn names_without_end_take_linear_time() {
    for part in ["محمد علي حسن ", "بن ", "عبد ", "أبو ", "الوزير ", "نائب رئيس ", "و", "محمد-", "قال محمد "]
    {
        let text = part.repeat((1 << 17) / part.len());
        let begun = Instant::now();
        let document = Document::new(&text, &KNOWLEDGE).expect("short");
        let count = document.entities().len();
        let taken = begun.elapsed();
        // Quadratic time would be minutes.
        assert!(taken < Duration::from_secs(20), "{part}: {count} entities in {taken:?}");
    }
}
