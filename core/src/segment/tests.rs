//! The stage as a whole: what holds for any text, and short texts of our own.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::view::is_gap;
use super::*;
use crate::{Document, Knowledge};

thread_local! {
    static KNOWLEDGE: Knowledge = Knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
}

fn with<T>(text: &str, look: impl FnOnce(&Document) -> T) -> T {
    KNOWLEDGE.with(|knowledge| look(&Document::new(text, knowledge).unwrap()))
}

fn kinds(text: &str) -> Vec<BlockKind> {
    with(text, |document| document.blocks().iter().map(|block| block.kind).collect())
}

fn sentences_of(text: &str) -> Vec<String> {
    with(text, |document| {
        document.sentences().iter().map(|sentence| sentence.span.of(text).to_owned()).collect()
    })
}

fn tokens_of(text: &str) -> Vec<(String, TokenKind)> {
    with(text, |document| {
        document.tokens().iter().map(|token| (token.span.of(text).to_owned(), token.kind)).collect()
    })
}

fn quotations_of(text: &str) -> Vec<(String, QuotationKind)> {
    with(text, |document| {
        document
            .quotations()
            .iter()
            .filter(|quotation| quotation.is_in_marks())
            .map(|quotation| (quotation.span.of(text).to_owned(), quotation.kind))
            .collect()
    })
}

type DatelineParts = (String, Option<String>, Option<String>, Option<String>);

/// The first dateline of a text with its place, agency and date.
fn dateline_of(text: &str) -> Option<DatelineParts> {
    with(text, |document| {
        let dateline = document.blocks().iter().find_map(|block| block.dateline)?;
        let of = |span: Option<crate::Span>| span.map(|span| span.of(text).to_owned());
        Some((dateline.span.of(text).to_owned(), of(dateline.place), of(dateline.agency), of(dateline.date)))
    })
}

/// What must hold for every text whatever it says.
fn check_invariants(text: &str) {
    with(text, |document| {
        let surface = |span: crate::Span| {
            text.get(span.range()).unwrap_or_else(|| panic!("{span:?} is no span of the text"))
        };
        let mut done = 0;
        for token in document.tokens() {
            assert!(token.span.begin >= done && !token.span.is_empty(), "tokens overlap at {:?}", token.span);
            let gap = surface(crate::Span::new(done, token.span.begin));
            assert!(gap.chars().all(is_gap), "a gap holds text: {gap:?}");
            let token_text = surface(token.span);
            assert!(!token_text.starts_with(is_gap) && !token_text.ends_with(is_gap), "{token_text:?}");
            done = token.span.end;
        }
        assert!(text[done as usize..].chars().all(is_gap), "the last gap holds text");

        let mut done = 0;
        for block in document.blocks() {
            assert!(block.span.begin >= done && !block.span.is_empty());
            assert!(
                surface(crate::Span::new(done, block.span.begin)).chars().all(is_gap),
                "text in no block"
            );
            done = block.span.end;
            if let Some(dateline) = block.dateline {
                assert!(block.span.contains(dateline.span));
                for part in [dateline.place, dateline.agency, dateline.date].into_iter().flatten() {
                    assert!(dateline.span.contains(part));
                    surface(part);
                }
            }
        }
        assert!(text[done as usize..].chars().all(is_gap));

        let mut done = 0;
        for sentence in document.sentences() {
            assert!(sentence.span.begin >= done && !sentence.span.is_empty(), "sentences overlap");
            assert!(
                document.blocks()[sentence.block].span.contains(sentence.span),
                "a sentence leaves its block"
            );
            let gap = surface(crate::Span::new(done, sentence.span.begin));
            assert!(gap.chars().all(is_gap), "text in no sentence: {gap:?}");
            done = sentence.span.end;
        }

        let quotations = document.quotations();
        for (index, quotation) in quotations.iter().enumerate() {
            assert!(quotation.span.contains(quotation.content));
            surface(quotation.content);
            if let Some(cue) = quotation.cue {
                assert!(!surface(cue).is_empty());
            }
            if let Some(parent) = quotation.parent {
                assert!(parent < index && quotations[parent].span.contains(quotation.span));
            }
            for other in &quotations[index + 1..] {
                assert!(
                    other.span.begin >= quotation.span.end || quotation.span.contains(other.span),
                    "quotations cross"
                );
            }
        }
    });
}

/// Pieces that the rules look for, joined at random: far more telling than random characters.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "قال",
        "وأضاف",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\u{2029}",
        "\u{85}",
        "“",
        "”",
        "«",
        "»",
        "\"",
        "'",
        "''",
        "‘",
        "’",
        "(",
        ")",
        ".",
        "..",
        "...",
        "…",
        "؟",
        "!",
        "،",
        "؛",
        ":",
        "-",
        "–",
        "—",
        "/",
        "د.",
        "م.ت.ف.",
        "هـ",
        "1445",
        "12",
        "٣٫٥",
        "1,200",
        "مايو",
        "رمضان",
        "بيروت",
        "القاهرة",
        "رويترز",
        "(أ ف ب)",
        "كتبت:",
        "المصدر:",
        "• ",
        "1- ",
        "كتاب\u{64C}",
        "\u{651}",
        "\u{640}",
        "\u{200F}",
        "\u{200D}",
        "\u{FEFF}",
        "\u{202B}",
        "😀",
        "👨\u{200D}👩",
        "🇸🇾",
        "https://a.example/b?c=1.",
        "a@b.example",
        "#وسم",
        "@user",
        "Dr.",
        "U.S.",
        "hello",
        "World",
        "中文。",
        "ไทย",
        "\u{0}",
        "إن",
        "أن",
        "صحيفة",
        "الحكومة",
        "انتهى.وقال",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_keeps_the_invariants(text in any::<String>()) {
        check_invariants(&text);
    }

    #[test]
    fn news_in_pieces_keeps_the_invariants(text in pieces()) {
        check_invariants(&text);
    }
}

#[test]
fn time_grows_with_the_text_and_not_faster() {
    let patterns = [
        "\"",
        "«",
        "»",
        "“ كلمة ",
        "« \" ",
        "” ",
        "(",
        ") ",
        "'",
        ".",
        ". ",
        "د. ",
        "… ",
        "قال \"نعم\" ",
        "كلمة ",
        "ك",
        "1. ",
        "1.",
        "-",
        "قال: «",
        "\n",
        "ا\n",
        "بيروت - ",
        "م.",
        "a.b",
        "؟",
        "،",
        "\u{651}",
        "a ) ",
        "a.\u{200F}",
    ];
    for pattern in patterns {
        let time = |bytes: usize| {
            let text = pattern.repeat(bytes / pattern.len());
            (0..3)
                .map(|_| {
                    let begin = Instant::now();
                    with(&text, |document| {
                        document.sentences();
                        document.quotations();
                    });
                    begin.elapsed()
                })
                .min()
                .unwrap_or_default()
        };
        let (small, large) = (time(5_000), time(40_000));
        // Eight times the text; a quadratic step would take 64 times as long. Room for a busy machine.
        assert!(large < small * 32 + Duration::from_millis(60), "{pattern:?}: {small:?}, then {large:?}");
    }
}

#[test]
fn lines_end_in_many_ways() {
    let text = "\u{FEFF}عنوان قصير للخبر\r\n\r\nوصل الوفد إلى المدينة صباح اليوم بعد رحلة طويلة.\u{2028}وغادر الوفد المدينة في المساء بعد لقاءات كثيرة.\rوانتهت الزيارة بلا بيان مشترك بين الطرفين.\u{85}";
    assert_eq!(
        kinds(text),
        [BlockKind::Title, BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Paragraph]
    );
    with(text, |document| assert_eq!(document.blocks()[0].span.begin, 3, "the BOM is no part of the title"));
}

#[test]
fn one_paragraph_has_no_title() {
    assert_eq!(
        kinds("وصل الوفد إلى المدينة صباح اليوم بعد رحلة طويلة. وغادر في المساء."),
        [BlockKind::Paragraph]
    );
    assert_eq!(kinds("وصل الوفد إلى المدينة"), [BlockKind::Paragraph]);
    assert_eq!(kinds(""), []);
    assert_eq!(kinds(" \n\u{200F}\n"), []);
}

#[test]
fn an_article_has_its_parts() {
    use BlockKind::{Byline, ListItem, Paragraph, Source, Subhead, Title, TitleRepeat};
    let text = "افتتاح جسر جديد فوق النهر\nافتتاح جسر جديد فوق النهر\nكتبت: سلمى الراوي\n\nبغداد (رويترز) - افتتح المحافظ صباح اليوم جسرا جديدا فوق النهر بعد سنوات من العمل.\n\nتكلفة كبيرة\nوقال المحافظ إن الجسر كلف كثيرا من المال والوقت وإن العمل فيه لم يتوقف يوما.\n\n- جسر للسيارات\n- جسر للمشاة\n\nالمصدر: رويترز";
    assert_eq!(
        kinds(text),
        [Title, TitleRepeat, Byline, Paragraph, Subhead, Paragraph, ListItem, ListItem, Source]
    );
}

#[test]
fn initials_and_bare_papers_end_an_article() {
    let body = "عنوان الخبر هنا\n\nوصل الوفد إلى المدينة صباح اليوم بعد رحلة طويلة عبر الصحراء الواسعة.\n\n";
    assert_eq!(kinds(&format!("{body}س.ل/م.ع")).last(), Some(&BlockKind::Byline));
    assert_eq!(kinds(&format!("{body}الشرق الأوسط")).last(), Some(&BlockKind::Source));
    assert_eq!(kinds(&format!("{body}أ.ف.ب")).last(), Some(&BlockKind::Source));
}

#[test]
fn writers_sign_at_the_end() {
    let body = "عنوان الخبر هنا\n\nوصل الوفد إلى المدينة صباح اليوم بعد رحلة طويلة عبر الصحراء الواسعة.\n\n";
    for line in ["(إعداد سامي الحداد - تحرير ليلى النجار)", "سامي الحداد - شاعر تونسي", "كل/م د/س", "سم/رن"]
    {
        assert_eq!(kinds(&format!("{body}{line}")).last(), Some(&BlockKind::Byline), "{line}");
    }
    // A game, a question and a remark in brackets are no signatures.
    for line in [
        "من - إلى: كيف تغير السفر في الصحراء خلال عقدين من الزمن.",
        "(إعداد الخبز في البيت يحتاج إلى صبر طويل وفرن حار.)",
    ] {
        assert_ne!(kinds(&format!("{body}{line}")).last(), Some(&BlockKind::Byline), "{line}");
    }
}

#[test]
fn numbered_lines_are_a_list() {
    use BlockKind::{ListItem, Paragraph, Title};
    let head = "عنوان الخبر هنا\n\nودعت الوزارة السكان في بيانها صباح اليوم إلى ما يأتي:\n";
    for [one, two, three] in [
        ["1.", "2.", "3."],
        ["١-", "٢-", "٣-"],
        ["أ-", "ب-", "ج-"],
        ["1)", "2)", "3)"],
        ["(أ)", "(ب)", "(ت)"],
    ] {
        let text = format!(
            "{head}{one} إغلاق النوافذ كل مساء قبل الغروب بساعة، وفتحها في الصباح الباكر.\n{two} تخزين ماء يكفي ثلاثة أيام على الأقل لكل فرد من أفراد الأسرة. ولا يشمل ذلك ماء الغسيل والتنظيف اليومي.\n{three} تجنب الطرق الساحلية."
        );
        assert_eq!(kinds(&text), [Title, Paragraph, ListItem, ListItem, ListItem], "{one}");
    }
    let years = format!(
        "{head}5. المباراة انتهت بلا أهداف بعد وقت طويل من اللعب في الوسط، وغادر الجمهور.\n9. وصل الوفد إلى المدينة صباح اليوم بعد رحلة طويلة. ثم غادر في المساء إلى بلده."
    );
    assert_eq!(kinds(&years)[2..], [Paragraph, Paragraph], "numbers out of order are no list by themselves");
}

#[test]
fn datelines_of_the_usual_forms() {
    let body = "اختتم الوزراء أعمال دورتهم العادية مساء أمس بعد نقاش طويل.";
    let some = |text: &str| Some(text.to_owned());
    for (head, place, agency, date) in [
        ("صوفيا (بلغاريا)-", "صوفيا", None, None),
        ("الدوحة (د ب أ) -", "الدوحة", some("د ب أ"), None),
        ("الخرطوم 3-9-2021 (سونا)-", "الخرطوم", some("سونا"), some("3-9-2021")),
        ("المنامة في 9 أكتوبر /بنا/", "المنامة", some("بنا"), some("9 أكتوبر")),
        (
            "جدة 4 شوال 1442 هـ الموافق 16 مايو 2021 م واس -",
            "جدة",
            some("واس"),
            some("4 شوال 1442 هـ الموافق 16 مايو 2021 م"),
        ),
        ("بيروت – رويترز:", "بيروت", some("رويترز"), None),
        ("رويترز - أثينا:", "أثينا", some("رويترز"), None),
        ("القاهرة / لندن (رويترز) -", "القاهرة", some("رويترز"), None),
        ("عمّان، 12 كانون الأول 2019 (بترا) --", "عمّان", some("بترا"), some("12 كانون الأول 2019")),
        ("طرابلس «الأيام»:", "طرابلس", some("الأيام"), None),
        ("طرابلس «صدى الجبل»:", "طرابلس", some("صدى الجبل"), None),
        ("بيروت \u{640} «النهار»:", "بيروت", some("النهار"), None),
        ("لندن - خاص -", "لندن", some("خاص"), None),
        ("نيويورك (الأمم المتحدة) -", "نيويورك", None, None),
        ("كابول (أفغانستان) (أ ف ب) -", "كابول", some("أ ف ب"), None),
        ("الجزائر، الأحد 7 نوفمبر 2021 (واج) -", "الجزائر", some("واج"), some("الأحد 7 نوفمبر 2021")),
        ("مدريد:", "مدريد", None, None),
        ("مسقط - 3 - 11 (العمانية) --", "مسقط", some("العمانية"), some("3 - 11")),
        ("مسقط 3/11 (العمانية) -", "مسقط", some("العمانية"), some("3/11")),
        ("عدن - ضفاف المساء -", "عدن", some("ضفاف المساء"), None),
        ("دمشق / سنابل برس:", "دمشق", some("سنابل برس"), None),
        ("القاهرة / الجيزة:", "القاهرة", None, None),
    ] {
        let text = format!("عنوان قصير للخبر\n\n{head} {body}");
        assert_eq!(dateline_of(&text), Some((head.to_owned(), some(place), agency, date)), "{head}");
    }
}

#[test]
fn a_dateline_on_its_own_line() {
    let body = "اختتم الوزراء أعمال دورتهم العادية مساء أمس بعد نقاش طويل في العاصمة.";
    for line in ["بيروت: «الشرق الأوسط»", "مسقط - رويترز", "الجزائر 5 جويلية 2020", "تونس (وات)"]
    {
        let text = format!("عنوان قصير للخبر\n{line}\n{body}");
        assert_eq!(kinds(&text), [BlockKind::Title, BlockKind::Dateline, BlockKind::Paragraph], "{line}");
        assert_eq!(dateline_of(&text).map(|dateline| dateline.0).as_deref(), Some(line));
    }
}

#[test]
fn a_headline_may_begin_with_a_place() {
    let body = "اختتم الوزراء أعمال دورتهم العادية مساء أمس بعد نقاش طويل في العاصمة.";
    let text = format!("الجزائر: بدء جني الزيتون في الشرق\n\n{body}\n\n{body}");
    assert_eq!(kinds(&text), [BlockKind::Title, BlockKind::Paragraph, BlockKind::Paragraph]);
    assert_eq!(dateline_of(&text), None);
}

#[test]
fn other_languages_pass_through_whole() {
    let text = "Rain at last\nBy Jane Doe\n\nIt rained in the north on Monday. Farmers were glad.\n\nSource: Reuters";
    assert_eq!(kinds(text), [BlockKind::Title, BlockKind::Byline, BlockKind::Paragraph, BlockKind::Source]);
    assert_eq!(sentences_of(text).len(), 5);
    assert_eq!(kinds("ירד גשם בצפון.\nוהחקלאים שמחו מאוד."), [BlockKind::Paragraph, BlockKind::Paragraph]);
    assert_eq!(sentences_of("او گفت: «باران آمد.» سپس رفت. ما ماندیم.").len(), 2);
}

#[test]
fn what_only_looks_like_a_dateline() {
    let body = "اختتم الوزراء أعمال دورتهم العادية مساء أمس بعد نقاش طويل في العاصمة.";
    for line in [
        "قال المحافظ: لن تغلق المدارس أبوابها هذا الشتاء مهما اشتد البرد والمطر.",
        "ليبيا - ما بعد الانتخابات",
        "برنامج \"النافذة الصغيرة\".. يثير جدلا واسعا بين المشاهدين في كل البلاد هذه الأيام.",
        "العالم العربي: أسئلة بلا أجوبة",
        "وأضاف (وهو يبتسم) - كما نقل الحاضرون - أن الأمر انتهى تماما.",
        "دمشق - مدينة الأسواق القديمة - تستقبل زوارها من جديد بعد أعوام من الغياب.",
        "لكن الحقيقة - كما يراها الناس في القرى البعيدة - غير ذلك تماما.",
    ] {
        assert_eq!(dateline_of(&format!("عنوان قصير للخبر\n\n{line}\n{body}")), None, "{line}");
    }
}

#[test]
fn sentences_end_where_they_end() {
    for (text, expected) in [
        ("وصل د. نبيل إلى القاعة. وجلس.", vec!["وصل د. نبيل إلى القاعة.", "وجلس."]),
        (
            "بلغ السعر 3.5 دولارات.وقال التجار إنه مرتفع.",
            vec!["بلغ السعر 3.5 دولارات.", "وقال التجار إنه مرتفع."],
        ),
        ("ماذا حدث؟! لا أحد يدري.", vec!["ماذا حدث؟!", "لا أحد يدري."]),
        ("انتظر الناس طويلا... ربما يصل غدا.", vec!["انتظر الناس طويلا...", "ربما يصل غدا."]),
        ("وصل القطار ... ثم غادر.", vec!["وصل القطار ... ثم غادر."]),
        (
            "زرنا الموقع https://a.example/b.c?d=1. ثم عدنا.",
            vec!["زرنا الموقع https://a.example/b.c?d=1.", "ثم عدنا."],
        ),
        ("قال «انتهى الأمر.» ثم خرج من القاعة.", vec!["قال «انتهى الأمر.» ثم خرج من القاعة."]),
        (
            "قال «انتهى الأمر. لن نعود إليه أبدا» ثم خرج.",
            vec!["قال «انتهى الأمر.", "لن نعود إليه أبدا» ثم خرج."],
        ),
        ("اشترى ثلاثة أشياء: خبزا؛ وماء، وتمرا.", vec!["اشترى ثلاثة أشياء: خبزا؛ وماء، وتمرا."]),
        ("1. المقدمة طويلة. 2. الخاتمة قصيرة.", vec!["1. المقدمة طويلة.", "2. الخاتمة قصيرة."]),
        ("یہ پہلا جملہ ہے۔ یہ دوسرا ہے۔", vec!["یہ پہلا جملہ ہے۔", "یہ دوسرا ہے۔"]),
        (
            "Dr. Smith came. He left at 3.15 p.m. yesterday.",
            vec!["Dr. Smith came.", "He left at 3.15 p.m. yesterday."],
        ),
        (
            "«تعبنا كثيرا هذا الموسم. سنرتاح قليلا»، علق المدرب.",
            vec!["«تعبنا كثيرا هذا الموسم.", "سنرتاح قليلا»، علق المدرب."],
        ),
        ("كنا نلعب كل يوم... أما اليوم فلا.", vec!["كنا نلعب كل يوم...", "أما اليوم فلا."]),
        ("منتظر ماندیم... اما کسی نیامد.", vec!["منتظر ماندیم... اما کسی نیامد."]),
        ("第一句。第二句。", vec!["第一句。", "第二句。"]),
        ("他来了！你呢？我不知道。", vec!["他来了！", "你呢？", "我不知道。"]),
        ("שלום לכולם. מה נשמע? הכול בסדר.", vec!["שלום לכולם.", "מה נשמע?", "הכול בסדר."]),
        ("باران آمد. خیابان‌ها خیس شد.", vec!["باران آمد.", "خیابان‌ها خیس شد."]),
        ("قادت دة. سلوى الفريق. ثم استقالت.", vec!["قادت دة. سلوى الفريق.", "ثم استقالت."]),
        ("تعطلت بي. بي. سي. ساعة كاملة. ثم عادت.", vec!["تعطلت بي. بي. سي. ساعة كاملة.", "ثم عادت."]),
        ("هبطت طائرة إف. 35 في القاعدة. ثم أقلعت.", vec!["هبطت طائرة إف. 35 في القاعدة.", "ثم أقلعت."]),
        ("باع القمح والشعير الخ. في السوق. ثم عاد.", vec!["باع القمح والشعير الخ. في السوق.", "ثم عاد."]),
        ("كتب البرنامج بلغة .NET وحدها. ثم باعه.", vec!["كتب البرنامج بلغة .NET وحدها.", "ثم باعه."]),
        ("وصل الوفد .وغادر مساء .", vec!["وصل الوفد .", "وغادر مساء ."]),
        ("ولد في 3. 11. 1980. ثم هاجر.", vec!["ولد في 3. 11. 1980.", "ثم هاجر."]),
        ("وقعت شركة الوادي ش.م.ل. وستسلم البيوت.", vec!["وقعت شركة الوادي ش.م.ل.", "وستسلم البيوت."]),
        ("تنتهي المهلة الساعة 9:00 ت.غ. ويبدأ العد.", vec!["تنتهي المهلة الساعة 9:00 ت.غ.", "ويبدأ العد."]),
        ("حل الفريق أول المجموعة ج. هدفه مدريد.", vec!["حل الفريق أول المجموعة ج.", "هدفه مدريد."]),
        ("خسر الفريق مرتين.11 لاعبا رحلوا.", vec!["خسر الفريق مرتين.", "11 لاعبا رحلوا."]),
        ("طلب أمرين: ١. الماء. ٢. الخبز.", vec!["طلب أمرين: ١. الماء.", "٢. الخبز."]),
        ("كتب «...ولن نعود» ثم نام. لم يره أحد.", vec!["كتب «...ولن نعود» ثم نام.", "لم يره أحد."]),
        ("صمت طويلا. »لن أعود«، قال أخيرا.", vec!["صمت طويلا.", "»لن أعود«، قال أخيرا."]),
    ] {
        assert_eq!(sentences_of(text), expected);
    }
}

#[test]
fn marks_stay_in_their_words() {
    use TokenKind::{Emoji, Hashtag, Number, Punctuation, Symbol, Url, Word};
    let surfaces = |text: &str| tokens_of(text).into_iter().map(|(surface, _)| surface).collect::<Vec<_>>();
    assert_eq!(surfaces("كَتَبَ الطـــالبُ"), ["كَتَبَ", "الطـــالبُ"]);
    assert_eq!(surfaces("هٰذا مـ\u{651}"), ["هٰذا", "مـ\u{651}"]);
    assert_eq!(surfaces("م.ت.ف."), ["م.ت.ف", "."]);
    assert_eq!(surfaces("سي.إن.إن"), ["سي.إن.إن"]);
    assert_eq!(surfaces("انتهى.وقال:نعم"), ["انتهى", ".", "وقال", ":", "نعم"]);
    assert_eq!(surfaces("3-1 و1,200 و١٢٫٥"), ["3", "-", "1", "و1,200", "و١٢٫٥"]);
    assert_eq!(
        tokens_of("زاد 15% في #وسم https://a.example 😀 $"),
        [
            ("زاد", Word),
            ("15", Number),
            ("%", Punctuation),
            ("في", Word),
            ("#وسم", Hashtag),
            ("https://a.example", Url),
            ("😀", Emoji),
            ("$", Symbol)
        ]
        .map(|(surface, kind)| (surface.to_owned(), kind))
    );
    with("بيت house дом 5", |document| {
        let scripts: Vec<_> = document.tokens().iter().map(|token| token.script).collect();
        assert_eq!(scripts, ["Arab", "Latn", "Cyrl", "Zyyy"]);
    });
}

#[test]
fn quotations_in_all_marks() {
    use QuotationKind::{Direct, Scare};
    let check = |text: &str, expected: &[(&str, QuotationKind)]| {
        let expected: Vec<_> =
            expected.iter().map(|(surface, kind)| ((*surface).to_owned(), *kind)).collect();
        assert_eq!(quotations_of(text), expected, "{text}");
    };
    check("قال المدير “سنعمل غدا على ذلك”.", &[("“سنعمل غدا على ذلك”", Direct)]);
    check("قال المدير ”سنعمل غدا على ذلك“.", &[("”سنعمل غدا على ذلك“", Direct)]);
    check("وأكد أن \"العمل مستمر\" في الموقع.", &[("\"العمل مستمر\"", Direct)]);
    check("قال: «سمعته يقول “نعم” ثم مضى».", &[("«سمعته يقول “نعم” ثم مضى»", Direct), ("“نعم”", Direct)]);
    check("قال المدير «سنعمل غدا على ذلك\" ومضى.", &[("«سنعمل غدا على ذلك\"", Direct)]);
    check("رفع الحشد شعار «خبز وماء» في الساحة.", &[("«خبز وماء»", Scare)]);
    check("نشرت صحيفة «الميدان» مقالا.", &[]);
    check("شاهدنا فيلم \"الطريق\" ومسلسل \"البيت\".", &[]);
    check("قالت «طيور الشمال» إنها ستزيد رحلاتها.", &[]);
    check("أقيم الحفل بقصر المؤتمرات \"رياض النصر\" وحضره كثيرون.", &[]);
    check("تراجعت الإصابات بفيروس «زيكا» هذا العام.", &[]);
    check("كان يحفظ مقاطع طويلة من «رحلة إلى الجنوب البعيد» لسامر حداد.", &[]);
    check("قرأت «بيت على النهر» في الصيف.", &[]);
    check("قال «لن نرحل» لمراسل قناة محلية.", &[("«لن نرحل»", Direct)]);
    check("هي «هدية» لقادة جدد.", &[("«هدية»", Scare)]);
    let title = "عنوان قصير للخبر\n\n";
    check(
        &format!(
            "{title}عدن: «السنابل»\n\nتراجعت أسعار السمك في الأسواق هذا الأسبوع كثيرا. وقال بائع لـ«السنابل»: «نبيع أقل»."
        ),
        &[("«نبيع أقل»", Direct)],
    );
    check(
        &format!("{title}تراجعت أسعار السمك في الأسواق هذا الأسبوع كثيرا، بحسب «السنابل».\n\nالمصدر: السنابل"),
        &[],
    );
    check("قال الراعي: <<ضاعت الأغنام كلها>> ومشى.", &[("<<ضاعت الأغنام كلها>>", Direct)]);
    check("قالت الوزارة إن الوضع ((مستقر منذ أيام)) وتدعو إلى الهدوء.", &[("((مستقر منذ أيام))", Direct)]);
    check("قال إن العدد (نحو (20)) قليل.", &[]);
    check("قالت لينا لـ«الغد»: «لم أره».", &[("«لم أره»", Direct)]);
    check("قرأ الإمام سورة «يوسف» في الصلاة.", &[]);
    check("شاشة قياسها 55\" في غرفة طولها 20' فقط.", &[]);
    check("The players' bus won't stop.", &[]);
    check("انتهى» اللقاء", &[]);
    check("قال “نعم", &[]);
}

#[test]
fn a_quotation_knows_its_cue_and_its_parent() {
    let text = "وقال المدير: «سمعت “كلمة السر” منه».";
    with(text, |document| {
        let quotations = document.quotations();
        assert_eq!(quotations.len(), 2);
        assert_eq!(quotations[0].cue.map(|cue| cue.of(text)), Some("قال"));
        assert_eq!(quotations[0].content.of(text), "سمعت “كلمة السر” منه");
        assert_eq!(quotations[1].parent, Some(0));
    });
}

#[test]
fn words_that_go_on_over_paragraphs() {
    let text =
        "وقال المدير: «هذا العام كان صعبا علينا جميعا في المصنع.\n«وسيكون العام المقبل أفضل إن شاء الله».";
    let surfaces: Vec<_> = quotations_of(text).into_iter().map(|(surface, _)| surface).collect();
    assert_eq!(
        surfaces,
        ["«هذا العام كان صعبا علينا جميعا في المصنع", "«وسيكون العام المقبل أفضل إن شاء الله»"]
    );
}

fn blocks_of(text: &str) -> Vec<(BlockKind, String)> {
    with(text, |document| {
        document.blocks().iter().map(|block| (block.kind, block.span.of(text).to_owned())).collect()
    })
}

const WRAPPED: &str = "افتتاح سوق للسمك في ميناء الصيادين\n\
    المنامة في 7 يونيو /بنا/ افتتح محافظ المدينة صباح اليوم سوقا جديدة للسمك\n\
    في ميناء الصيادين القديم، بعد أعوام من الانتظار والوعود التي لم تتحقق\n\
    للباعة. وقال المحافظ إن السوق تضم ستين محلا وثلاجة كبيرة تعمل بالطاقة\n\
    الشمسية.\n\
    وأضاف أن الباعة لن يدفعوا أجرة في العام الأول، وأن البلدية ستتحمل نفقات\n\
    النظافة والحراسة حتى نهاية الموسم المقبل.\n";

#[test]
fn a_paragraph_that_was_cut_at_a_width_is_one_block() {
    for text in [WRAPPED.to_owned(), WRAPPED.replace('\n', "\r\n")] {
        let kinds = kinds(&text);
        assert_eq!(
            kinds,
            [BlockKind::Title, BlockKind::Paragraph, BlockKind::Paragraph],
            "{:?}",
            blocks_of(&text)
        );
        let sentences = sentences_of(&text);
        assert_eq!(sentences.len(), 4, "{sentences:?}");
        assert!(
            sentences[2].starts_with("وقال المحافظ") && sentences[2].ends_with("الشمسية."),
            "{sentences:?}"
        );
    }
}

#[test]
fn short_lines_that_nothing_cut_are_not_joined() {
    let text = "أسعار الخضر في السوق\nطماطم: 12 جنيها\nخيار: 9 جنيهات\nبطاطس: 11 جنيها\nبصل: 7 جنيهات\n";
    assert_eq!(blocks_of(text).len(), 5);
}

#[test]
fn a_headline_ends_where_a_dateline_begins_on_one_line() {
    let text = "محافظ المدينة يفتتح سوقا جديدة للسمك المنامة في 7 يونيو /بنا/ افتتح محافظ المدينة صباح اليوم سوقا \
        جديدة للسمك في ميناء الصيادين القديم، بعد أعوام من الانتظار. وقال إن السوق تضم ستين محلا وثلاجة كبيرة.";
    let blocks = blocks_of(text);
    assert_eq!(blocks[0], (BlockKind::Title, "محافظ المدينة يفتتح سوقا جديدة للسمك".to_owned()));
    assert_eq!(dateline_of(text).map(|dateline| dateline.0).as_deref(), Some("المنامة في 7 يونيو /بنا/"));
}

#[test]
fn heads_of_paragraphs_and_lines_as_newsrooms_write_them() {
    let sentence = "أعلنت السلطات المحلية اليوم فتح الطريق الساحلي أمام حركة السير بعد إغلاق دام أسبوعا.";
    for row in include_str!("dateline_heads.tsv").lines().filter(|row| !row.starts_with('#')) {
        let mut columns = row.split('\t');
        let (kind, head) = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
        let body = columns.next().filter(|body| !body.is_empty()).unwrap_or(sentence);
        let text = match kind {
            "line" => format!("عنوان قصير للخبر\n{head}\n{body}\n\n{sentence}"),
            "title" => format!("{head}\n\n{sentence}\n\n{sentence}"),
            "head" | "none" | "open" => format!("عنوان قصير للخبر\n\n{head} {body}\n\n{sentence}"),
            other => panic!("no kind of row: {other}"),
        };
        let wanted = matches!(kind, "head" | "line").then_some(head);
        assert_eq!(dateline_of(&text).map(|dateline| dateline.0).as_deref(), wanted, "{row}");
    }
}

#[test]
fn a_headline_ends_before_the_writer_and_the_day_on_one_line() {
    use BlockKind::{Byline, Dateline, Paragraph, Title};
    let text = "بلدية الميناء تفتح السوق الجديدة للسمك تقرير: أحمد حداد الخميس 5 مايو 2016 دمشق - سانا: افتتحت بلدية \
        الميناء أمس سوقا جديدة للسمك بعد أعوام من الانتظار، وتضم السوق ستين محلا وثلاجة كبيرة وموقفا للشاحنات.";
    assert_eq!(kinds(text), [Title, Byline, Dateline, Paragraph], "{:?}", blocks_of(text));
}

#[test]
fn a_headline_ends_before_a_verb_of_the_past_on_one_line() {
    let text = "ستون محلا وثلاجة كبيرة في سوق السمك الجديدة افتتحت بلدية الميناء أمس سوقا جديدة للسمك بعد أعوام من \
        الانتظار، وتضم السوق ستين محلا وموقفا للشاحنات. مطالب قديمة وقال رئيس البلدية إن الصيادين طالبوا بالسوق منذ زمن بعيد.";
    let blocks = blocks_of(text);
    assert_eq!(blocks[0], (BlockKind::Title, "ستون محلا وثلاجة كبيرة في سوق السمك الجديدة".to_owned()));
    assert_eq!(blocks[2], (BlockKind::Subhead, "مطالب قديمة".to_owned()), "{blocks:?}");
}

#[test]
fn running_text_on_one_line_has_no_headline() {
    for text in [
        "افتتحت بلدية الميناء يوم 6 شعبان 1439 هـ الموافق 22 أبريل 2018 سوقا جديدة للسمك في الميناء القديم، وتضم السوق ستين محلا \
         وثلاجة كبيرة وموقفا للشاحنات، وقد عملت فيها ورش البلدية عامين كاملين.",
        "وقال رئيس البلدية لوكالة الأنباء الليبية (وال) إن السوق الجديدة تضم ستين محلا وثلاجة كبيرة وموقفا للشاحنات، وإن الصيادين \
         طالبوا بها منذ زمن بعيد، لكن المال لم يكن يكفي لبناء الرصيف.",
    ] {
        assert_eq!(kinds(text), [BlockKind::Paragraph], "{:?}", blocks_of(text));
    }
}

#[test]
fn a_headline_that_is_said_twice_on_one_line_is_two_blocks() {
    let title = "محافظ المدينة يفتتح سوقا جديدة للسمك";
    let text = format!(
        "{title} {title} افتتح محافظ المدينة صباح اليوم سوقا جديدة للسمك في ميناء الصيادين القديم، بعد أعوام من \
         الانتظار. وقال إن السوق تضم ستين محلا وثلاجة كبيرة."
    );
    assert_eq!(kinds(&text), [BlockKind::Title, BlockKind::TitleRepeat, BlockKind::Paragraph]);
}

#[test]
fn datelines_that_no_mark_closes() {
    let body = "افتتح محافظ المدينة صباح اليوم سوقا جديدة للسمك في ميناء الصيادين القديم.";
    for dateline in [
        "دمشق-سانا",
        "الموصل – واع",
        "سوتشي (روسيا)-سبوتنيك",
        "بيروت: «الشرق الأوسط»",
        "الخرج 3 رمضان 1440 هـ الموافق 8 مايو 2019 م واس",
        "حلب/ سامر الحمصي/ الأناضول",
        "وطنية - زغرتا -",
        "المساء - فاس",
    ] {
        let text =
            format!("سوق جديدة للسمك في المدينة\n\n{dateline} {body}\n\nوقال المحافظ إن السوق تضم ستين محلا.");
        assert_eq!(dateline_of(&text).map(|found| found.0).as_deref(), Some(dateline));
    }
}

#[test]
fn a_day_alone_near_the_top_is_a_dateline() {
    for day in ["الأحد 13 أكتوبر 2013", "الجمعة ١٤ كانون الثاني (يناير) 2022", "الاثنين 22 يوليو / تموز 2019"]
    {
        let text = format!(
            "سوق جديدة للسمك في المدينة\n{day}\nافتتح محافظ المدينة صباح اليوم سوقا جديدة للسمك في ميناء الصيادين القديم.\n\
             وقال المحافظ إن السوق تضم ستين محلا وثلاجة كبيرة."
        );
        assert_eq!(kinds(&text)[1], BlockKind::Dateline, "{day}");
    }
}

#[test]
fn who_wrote_it_in_the_forms_of_the_press() {
    let body =
        "افتتح محافظ المدينة صباح اليوم سوقا جديدة للسمك في ميناء الصيادين القديم، وقال إنها تضم ستين محلا.";
    for byline in
        ["سامية حداد", "من سامية حداد", "كتب سامية حداد:", "(من سامية حداد)", "بيروت - من سامية حداد"]
    {
        let text = format!("سوق جديدة للسمك في المدينة\n{byline}\n{body}\n{body}");
        assert_eq!(kinds(&text)[1], BlockKind::Byline, "{byline}");
    }
    for byline in ["(وال) ح ب / ط ب", "/العمانية/ لط", "--(بترا) عو/فح", "============ ف.ت."]
    {
        let text = format!("سوق جديدة للسمك في المدينة\n\n{body}\n\n{body}\n\n{byline}");
        assert_eq!(kinds(&text).last(), Some(&BlockKind::Byline), "{byline}");
    }
}

#[test]
fn questions_and_answers_are_no_headings() {
    let text = "حوار مع بائع سمك قديم\n\nبترا: متى بدأت؟\n\nبدأت في العاشرة من عمري مع والدي، وكنا نخرج قبل الفجر كل يوم.\n\n\
        بترا: ومن علمك المهنة؟\n\nعلمني والدي، وعلمه جدي، ولم أدخل المدرسة إلا في الشتاء حين يهيج البحر.";
    let kinds = kinds(text);
    assert!(kinds[1..].iter().all(|kind| *kind == BlockKind::Paragraph), "{kinds:?}");
}

#[test]
fn marks_of_direction_at_the_ends_of_a_line_are_of_it() {
    let text = "\u{200E}12\u{200E} قتيلا في حريق\nقال مسؤول إن النار أتت على المبنى كله في العام \u{2066}2019\u{2069}";
    let blocks = blocks_of(text);
    assert!(blocks[0].1.starts_with('\u{200E}') && blocks[1].1.ends_with('\u{2069}'), "{blocks:?}");
}
