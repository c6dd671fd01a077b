//! Speakers of texts written for the purpose. The mentions are given, so that the lists do not matter.

use crate::entities::{EntityType, GivenMention};
use crate::segment::QuotationKind;
use crate::{Document, Knowledge, Span};

/// `text` without its marks, and the mentions that they stand for: `[P:…]` a person, `[O:…]` a body, `[L:…]` a
/// place, `[R:…]` an office.
fn unmarked(text: &str) -> (String, Vec<GivenMention>) {
    let (mut plain, mut mentions, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let kind = [
            ("[P:", EntityType::Person),
            ("[O:", EntityType::Organization),
            ("[L:", EntityType::Location),
            ("[R:", EntityType::Role),
        ];
        if let Some((mark, kind)) = kind.iter().find(|(mark, _)| rest.starts_with(mark)) {
            open.push((plain.len(), *kind));
            rest = &rest[mark.len()..];
            continue;
        }
        if c == ']' {
            let (begin, kind) = open.pop().expect("a mark is open");
            mentions.push(GivenMention { span: Span::from_range(&(begin..plain.len())), kind });
        } else {
            plain.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    (plain, mentions)
}

/// The kind of each quotation, what names its speaker, and the word that says so.
fn said(text: &str) -> Vec<(QuotationKind, String, String)> {
    let (plain, mentions) = unmarked(text);
    let knowledge = Knowledge::built_in().expect("sound lists");
    let document = Document::new(&plain, &knowledge).expect("short").with_mentions(mentions);
    let surface = |span: Option<Span>| span.map_or_else(String::new, |span| span.of(&plain).to_owned());
    let said = document.quotations().iter().zip(document.attributions());
    said.map(|(quotation, by)| {
        (quotation.kind, surface(by.speaker.map(|speaker| speaker.span)), surface(by.cue))
    })
    .collect()
}

/// The speakers of what stands in marks.
fn speakers(text: &str) -> Vec<String> {
    let in_marks = said(text).into_iter().filter(|(kind, _, _)| *kind != QuotationKind::Indirect);
    in_marks.map(|(_, speaker, _)| speaker).collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(speakers(text), *expected, "{text}");
    }
}

#[test]
fn the_subject_of_the_verb_speaks() {
    check(&[
        ("وقال [P:عدنان الحلو]: «سنعيد فتح الطريق غدا».", &["عدنان الحلو"]),
        ("وأكدت [R:مديرة] [O:مستشفى النور] [P:لمياء سعد] أن «الأسرّة تكفي الجميع».", &["لمياء سعد"]),
        ("وقال المقاول [P:حسان طراد] ل[O:رويترز]: «بعت آلياتي كلها».", &["حسان طراد"]),
        ("وقالت في بيان أمس [O:وزارة الري]: «منسوب النهر مستقر حتى الآن».", &["وزارة الري"]),
        ("وقال سائقها [P:نزار حبيب]، وهو يمسح الزجاج: «لم أر أحدا في الطريق».", &["نزار حبيب"]),
        ("وقال مهندس الصوت [P:سامر عقل]: «خبأت المقص عن المخرج».", &["سامر عقل"]),
        ("أما [R:المفتش] [P:رائد شمس]، الذي خدم عشرين عاما، فصرح: «لم نجد أثرا للشحنة».", &["رائد شمس"]),
        ("ورد عليه [P:وليد نعمان]: «هذا كلام لا أساس له».", &["وليد نعمان"]),
    ]);
}

#[test]
fn the_speaker_may_follow_his_words() {
    check(&[
        ("«سنعيد فتح الطريق غدا»، قال [P:عدنان الحلو] للصحافيين.", &["عدنان الحلو"]),
        ("«لم أر مثل هذا الموسم»، تتذكر [P:ثريا بكر]، التي زرعت الحقل عمرها.", &["ثريا بكر"]),
        ("«هذا عمل هواة لا محترفين»، بحسب الباحثة [P:إنغريد هولم].", &["إنغريد هولم"]),
        ("«لم أوقع على شيء»، أكد [P:صالح الديب] للقاضي، «ولم أر الورقة قط».", &["صالح الديب", "صالح الديب"]),
    ]);
}

#[test]
fn a_verb_alone_takes_up_who_fits_it() {
    check(&[
        ("التقى [P:سامي طه] الباحثة [P:منى فرج] في الندوة. وقالت: «لم نتفق على موعد جديد».", &["منى فرج"]),
        ("قال [P:رامي عون] إنه عمل مع [P:هدى سلوم] سنوات. وأضاف: «تعلمت منها الصبر كله».", &["رامي عون"]),
        ("وصل [P:جهاد مطر] إلى المطار. ونقلت عنه [O:وكالة الأنباء] قوله: «سنوقع هذا المساء».", &["جهاد مطر"]),
        ("اعلنت [L:انقرة] وقف الرحلات. واضافت: «لن نقف متفرجين على ما يجري».", &["انقرة"]),
    ]);
}

#[test]
fn who_is_not_named_does_not_speak() {
    check(&[
        ("قال مصدر في [O:وزارة الدفاع] إن «المناورات تنتهي الخميس المقبل».", &[""]),
        ("قال والد الضحية [P:أيمن سلوم]: «أريد أن أعرف من أطلق النار».", &[""]),
        ("وسأل رجل من الحضور [P:نبيه طعمة]: «أين ذهب المال كله؟».", &[""]),
        ("وعلق [R:المتحدث باسم] [O:بلدية الميناء] قائلا: «لا نسجل اسمين لشارع واحد».", &[""]),
    ]);
}

#[test]
fn an_office_takes_up_its_holder() {
    check(&[
        (
            "التقى [R:وزير النقل] [P:ثائر جمال] [R:محافظ] [L:البصرة] [P:علي موسى]. وقال [R:الوزير]: «الطريق سينجز هذا العام».",
            &["الوزير"],
        ),
        (
            "وقالت [R:الناطقة باسم] [O:خطوط الرمل]: «لم تتحمل الكثبان ثقل القاطرة». وتعتزم الشركة، وفق [P:وفاء الورفلي]، تسيير رحلة يوميا.",
            &["الناطقة باسم"],
        ),
    ]);
}

#[test]
fn a_statement_speaks_for_whose_it_is() {
    check(&[
        ("وأوضح بيان صادر عن [O:هيئة الموانئ]: «الأرصفة مفتوحة أمام السفن كلها».", &["هيئة الموانئ"]),
        (
            "تلقى [P:سامي طه] الخبر صباحا. غير أن بيانا أصدرته [O:وزارة الزراعة] ذكر: «المحصول سليم هذا العام».",
            &["وزارة الزراعة"],
        ),
        ("ودخلت [O:غرفة المدينة] على الخط ببيان مكتوب قالت فيه: «نطلب مهلة حتى الربيع».", &["غرفة المدينة"]),
        (
            "تحدث [P:وليد نعمان] أمس. وجاء الرد من [O:اتحاد النقل] في بيان: «لم نستشر في شيء».",
            &["اتحاد النقل"],
        ),
        // What was said since is no more the statement's.
        (
            "رد [P:جوهر سعيد] على الرواية في مقال نشرته [O:جريدة الضحى]، وكتب: «كنت في السيارة الثانية».",
            &["جوهر سعيد"],
        ),
    ]);
}

#[test]
fn a_spokesman_without_a_name_is_not_who_is_named_later() {
    check(&[
        (
            "وقال [R:متحدث باسم] [O:الألوية]: «مدافعنا تحتاج إلى راحة». ولم يعلق الجيش. وأكد [P:رامي عون] الخبر.",
            &[""],
        ),
        (
            "قال [R:المتحدث باسم] [O:البلدية] [P:عدنان الحلو]: «الطريق مفتوح». وقال [R:المتحدث باسم] [O:الجامعة]: «الامتحان في موعده».",
            &["عدنان الحلو", ""],
        ),
    ]);
}

#[test]
fn words_inside_words_have_speakers_of_their_own() {
    check(&[
        ("قال [P:ضياء كيال]: «قالت لي [P:أسماء] “لا تلتفت أبدا” فمشيت».", &["ضياء كيال", "أسماء"]),
        ("وقال [P:نعيم صباغ]: «قلت لها “اصبري قليلا” فصبرت».", &["نعيم صباغ", "نعيم صباغ"]),
    ]);
}

#[test]
fn reported_speech_has_a_speaker_too() {
    let found = said("وقال [P:عدنان الحلو] إن الطريق سيفتح غدا أمام الشاحنات.");
    let expected = (QuotationKind::Indirect, "عدنان الحلو".to_owned(), "قال".to_owned());
    assert_eq!(found, [expected]);
    // In the writer's words around, in his own inside.
    let found = said("قال [P:مهند راوي] إن خصومه يعيشون في «وهم كبير» وإن الصناديق ستجيب.");
    let kinds: Vec<_> = found.iter().map(|(kind, speaker, _)| (*kind, speaker.as_str())).collect();
    assert_eq!(kinds, [(QuotationKind::Indirect, "مهند راوي"), (found[1].0, "مهند راوي")]);
    assert!(said("وصل [P:عدنان الحلو] إلى المطار أمس.").is_empty());
}

#[test]
fn nothing_to_say_is_no_attribution() {
    assert!(said("").is_empty());
    assert_eq!(speakers("«كل شيء كان في مكانه»"), [""]);
}
