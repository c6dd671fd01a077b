//! What must hold for every text and every set of steps.

use proptest::prelude::*;

use super::*;
use crate::Span;

/// Characters and pieces that some step does something with, among any others.
fn text() -> impl Strategy<Value = String> {
    let one_of = |characters: &str| prop::sample::select(characters.chars().collect::<Vec<_>>());
    let pieces = [
        "http://a.b",
        "www.a.b",
        "ftp://x،",
        "https://",
        "جججج",
        "تتت",
        "!!",
        "...",
        "؟ ؟",
        " — ",
        "1\u{FE0F}\u{20E3}",
        "3,5",
        "1 200",
        "[URL]",
        "عربي،",
        "word, ",
        ". ",
        "\r\n",
        "http",
        "://",
    ];
    let piece = prop_oneof![
        2 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        30 => prop_oneof![
            6 => one_of("اأإآٱىيیئؤوءةهکك لمن"),
            3 => one_of("یکڪہھەۃےٽپگێۀۂ\u{674}ه\u{200C}\n«» "),
            4 => one_of("\u{640}\u{64B}\u{64E}\u{650}\u{651}\u{653}\u{654}\u{655}\u{670}\u{6DD}\u{6DE}\u{6E5}"),
            4 => one_of(" \u{A0}\t\n\r\u{B}\u{85}\u{2009}\u{2028}\u{3000}"),
            4 => one_of("\"'“”„‘’«»‹›＂()،.-؛;؟?!…:–—‑"),
            3 => one_of("0123٠١٢٣۴۵٫٬٪.,%"),
            3 => one_of("\u{AD}\u{200B}\u{200C}\u{200D}\u{200E}\u{202B}\u{2066}\u{FEFF}\u{0}\u{1B}"),
            2 => one_of("aBÉİΣ\u{301}\u{307}👩🏽❤\u{FE0F}\u{20E3}🇲⭐©กខ/@"),
            2 => prop::char::range('\u{FB50}', '\u{FEFF}'),
            1 => any::<char>(),
        ]
        .prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..48).prop_map(|pieces| pieces.concat())
}

/// Any set of steps with any of their options, but for those of which a second run may find more.
fn steps() -> impl Strategy<Value = Vec<StepRequest>> {
    all_steps().prop_map(|steps| {
        let settles = |step: &StepRequest| !matches!(&*step.step, "stem" | "standard_orthography");
        steps.into_iter().filter(settles).collect()
    })
}

/// Any set of steps with any of their options.
fn all_steps() -> impl Strategy<Value = Vec<StepRequest>> {
    let step = |step: Step| {
        let options: Vec<_> = step
            .options()
            .iter()
            .map(|option| {
                prop::sample::select(option.values.to_vec())
                    .prop_map(|value| (option.name.to_owned(), value.to_owned()))
            })
            .collect();
        (any::<bool>(), options).prop_map(move |(on, options)| {
            on.then(|| StepRequest {
                step: step.name().to_owned(),
                enabled: None,
                options: options.into_iter().collect(),
            })
        })
    };
    Step::all()
        .iter()
        .map(|&which| step(which))
        .collect::<Vec<_>>()
        .prop_map(|steps| steps.into_iter().flatten().collect::<Vec<_>>())
}

/// Words that may have lost something, with marks and other tokens between.
fn hurried() -> impl Strategy<Value = String> {
    let words = "الى ان انه على علي فى المدرسه مدرسته الاسد وبالاسد قال قالت أن إلى اِلى هدًى كتابه مصنعه لواج #الى گفت 12 . « \n";
    let word = prop_oneof![
        8 => prop::sample::select(words.split(' ').collect::<Vec<_>>()).prop_map(ToOwned::to_owned),
        1 => text(),
    ];
    prop::collection::vec(word, 0..12).prop_map(|words| words.join(" "))
}

/// The output as the edits say that it comes from the source.
fn rebuilt(source: &str, out: &Normalized) -> String {
    let mut text = String::new();
    let mut at = 0;
    for edit in out.alignment.edits() {
        text.push_str(&source[at..edit.source.begin as usize]);
        assert_eq!(text.len(), edit.output.begin as usize);
        text.push_str(edit.output.of(&out.text));
        at = edit.source.end as usize;
    }
    text + &source[at..]
}

fn boundaries(text: &str) -> Vec<u32> {
    (0..=text.len()).filter(|&at| text.is_char_boundary(at)).map(|at| u32::try_from(at).unwrap()).collect()
}

fn check_alignment(source: &str, out: &Normalized) {
    assert_eq!(rebuilt(source, out), out.text);
    for edit in out.alignment.edits() {
        assert_ne!(edit.source.of(source), edit.output.of(&out.text), "an edit that changes nothing");
    }
    // Monotone and complete: begins and ends of the characters, mapped, never go back, and no edit
    // is left out.
    let spans = |text: &str| {
        let at = boundaries(text);
        at.windows(2).map(|pair| Span::new(pair[0], pair[1])).collect::<Vec<_>>()
    };
    for (here, there, to_source) in [(&*out.text, source, true), (source, &*out.text, false)] {
        let mut last = Span::new(0, 0);
        for span in spans(here) {
            let mapped =
                if to_source { out.alignment.to_source(span) } else { out.alignment.to_output(span) };
            assert!(mapped.begin >= last.begin && mapped.end >= last.end, "{span:?} goes back");
            assert!(there.get(mapped.range()).is_some(), "{mapped:?} cuts a character");
            last = mapped;
        }
    }
    let all = Span::from_range(&(0..out.text.len()));
    if !all.is_empty() {
        let there = out.alignment.to_source_with_deleted(all);
        assert_eq!(out.alignment.to_output(there), all);
    }
    // Where nothing changed the way there and back ends where it began.
    let mut at = 0;
    for edit in out.alignment.edits() {
        let same = Span::new(at, edit.source.begin);
        assert_eq!(out.alignment.to_source(out.alignment.to_output(same)).of(source), same.of(source));
        at = edit.source.end;
    }
}

/// Each was another text to a second run, or to the slow normaliser, once.
#[test]
fn what_fuzzing_found() {
    type Asked = (&'static str, &'static [(&'static str, &'static str)]);
    let final_marks: Asked = ("diacritics", &[("position", "final")]);
    let cases: [(&str, &[Asked]); 13] = [
        (
            "ە\u{64B}ااا\u{651} ه",
            &[("diacritics", &[("position", "final"), ("tanwin", "with_alef")]), ("elongation", &[])],
        ),
        (
            "أ\u{655}\u{655}\u{655}\u{655}\u{655}\u{655}\u{655}\u{655}ب",
            &[("unicode_form", &[]), ("alef_forms", &[("letters", "basic")])],
        ),
        ("ي??۴", &[("digits", &[]), ("punctuation", &[("repeats", "one")])]),
        (
            "????????????????????????????????????????????????????????????????????? گ",
            &[("punctuation", &[("repeats", "one")])],
        ),
        ("ا \";;www.a.b", &[("punctuation", &[]), ("quotes", &[("style", "guillemets")])]),
        ("000\u{20E3}\u{20E3}\u{20E3}x", &[("emoji", &[("mode", "remove")])]),
        (
            "ا.. . ب... .",
            &[("whitespace", &[]), ("punctuation", &[("ellipsis", "character"), ("space_before", "remove")])],
        ),
        ("٪\u{610}22", &[final_marks, ("digits", &[])]),
        ("ة\u{670})ێ، الله @ھ", &[final_marks, ("look_alike_letters", &[])]),
        (
            "پ\n\u{64B}\nhttp://a.bی",
            &[final_marks, ("look_alike_letters", &[]), ("whitespace", &[("lines", "join")])],
        ),
        (
            "گ\n\u{655}\nھ",
            &[("look_alike_letters", &[]), ("hamza_seats", &[]), ("whitespace", &[("lines", "join")])],
        ),
        (
            "\u{55C04}\u{653} أ\u{200C}Ɀ",
            &[("unicode_form", &[]), ("zero_width", &[]), ("diacritics", &[]), ("latin_case", &[])],
        ),
        ("\u{200D}\u{64B}!!", &[("zero_width", &[]), final_marks]),
    ];
    for (text, asked) in cases {
        let steps: Vec<StepRequest> = asked
            .iter()
            .map(|(step, options)| StepRequest {
                step: (*step).to_owned(),
                enabled: None,
                options: options
                    .iter()
                    .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                    .collect(),
            })
            .collect();
        let normalizer = Normalizer::new(None, &steps).unwrap();
        let once = normalizer.run(text).normalized.text;
        assert_eq!(once, reference::Reference::new(normalizer.clone()).run(text), "{text:?}");
        assert_eq!(normalizer.run(&once).normalized.text, once, "{text:?}");
    }
}

proptest! {
    #[test]
    fn every_set_of_steps_is_idempotent_and_aligned((text, steps) in (text(), steps())) {
        let normalizer = Normalizer::new(None, &steps).unwrap();
        let out = normalizer.run(&text);
        check_alignment(&text, &out.normalized);
        let again = normalizer.run(&out.normalized.text);
        prop_assert_eq!(&again.normalized.text, &out.normalized.text);
        prop_assert!(again.normalized.alignment.is_identity() && again.changes.is_empty());
        prop_assert_eq!(out.normalized.alignment.is_identity(), out.normalized.text == text);
    }

    #[test]
    fn fast_is_as_slow((text, steps) in (text(), steps())) {
        let normalizer = Normalizer::new(None, &steps).unwrap();
        let reference = reference::Reference::new(normalizer.clone());
        prop_assert_eq!(normalizer.run(&text).normalized.text, reference.run(&text));
    }

    #[test]
    fn every_set_of_steps_is_aligned((text, steps) in (text(), all_steps())) {
        check_alignment(&text, &Normalizer::new(None, &steps).unwrap().run(&text).normalized);
    }

    #[test]
    fn restored_spelling_is_aligned_and_takes_nothing_away(words in hurried()) {
        let step = StepRequest { step: "standard_orthography".to_owned(), ..StepRequest::default() };
        let out = Normalizer::new(None, &[step]).unwrap().run(&words);
        check_alignment(&words, &out.normalized);
        prop_assert_eq!(out.normalized.text.chars().count(), words.chars().count());
        for edit in out.normalized.alignment.edits() {
            let (was, is) = (edit.source.of(&words), edit.output.of(&out.normalized.text));
            let is_put_in = match was {
                "ا" => ["أ", "إ", "آ", "ٱ"].contains(&is),
                "ى" => is == "ي",
                "ه" => is == "ة",
                _ => false,
            };
            prop_assert!(is_put_in, "{} became {}", was, is);
        }
    }

    #[test]
    fn every_preset_is_idempotent(text in text()) {
        for preset in presets() {
            let normalizer = Normalizer::new(Some(&preset.name), &[]).unwrap();
            let out = normalizer.run(&text);
            check_alignment(&text, &out.normalized);
            prop_assert_eq!(normalizer.run(&out.normalized.text).normalized, Normalized::unchanged(&out.normalized.text));
        }
        let folded = fold(&text);
        check_alignment(&text, &folded);
        prop_assert_eq!(&fold(&folded.text).text, &folded.text);
    }

    #[test]
    fn composed_is_step_by_step((text, first, second) in (text(), steps(), steps())) {
        let first = Normalizer::new(None, &first).unwrap().run(&text).normalized;
        let second = Normalizer::new(None, &second).unwrap().run(&first.text).normalized;
        let composed = Normalized {
            alignment: first.alignment.compose(&second.alignment),
            text: second.text.clone(),
        };
        prop_assert_eq!(rebuilt(&text, &composed), composed.text.clone());
        for at in boundaries(&composed.text).windows(2) {
            let span = Span::new(at[0], at[1]);
            let steps = first.alignment.to_source(second.alignment.to_source(span));
            let at_once = composed.alignment.to_source(span);
            prop_assert!(at_once.contains(steps), "{:?}: {:?} at once, {:?} by steps", span, at_once, steps);
            // Larger only inside an edit of the composition, which keeps no order within itself.
            if at_once != steps {
                prop_assert!(composed.alignment.edits().iter().any(|edit| edit.output.overlaps(span)));
            }
        }
    }
}
