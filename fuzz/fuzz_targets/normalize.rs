//! Any text, by any preset or set of steps: no panic, idempotent, the edits rebuild the output from the source, and the
//! output is that of a slow, obvious normaliser.

#![no_main]

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use warraq_core::normalize::reference::Reference;
use warraq_core::normalize::{Normalizer, Step, StepRequest, presets};

/// What some step does something with; after them come any other characters.
const PIECES: &str = "ا أ إ آ ٱ ى ي ی ئ ؤ و ء ة ه ک ك ل م ن ت ج ڪ ہ ھ ە ۃ ے ٽ پ گ ێ ۀ ۂ \u{674} \u{640} \u{64B} \u{64E} \u{650} \
    \u{651} \u{653} \u{654} \u{655} \u{670} \u{6D6} \u{610} \" ' “ ” „ ‘ ’ « » ‹ › ＂ ( ) ، . - ؛ ; ؟ ? ! … : – — ‑ 0 1 2 3 ٠ \
    ١ ٢ ۴ ۵ ٫ ٬ ٪ , % \u{AD} \u{200B} \u{200C} \u{200D} \u{200E} \u{202B} \u{2066} \u{FEFF} \u{0} \u{1B} a B É İ Σ \u{301} \
    \u{307} 👩 🏽 ❤ \u{FE0F} \u{20E3} 🇲 ⭐ © ก ខ / @ ﷺ ﻻ ﷲ ﹷ ﱞ http://a.b www.a.b :// http www. ججج !! ... ال هـ [URL]";
static SPLIT: LazyLock<Vec<&str>> = LazyLock::new(|| PIECES.split_ascii_whitespace().collect());
const BLANKS: [&str; 12] =
    [" ", " ", " ", "\u{A0}", "\t", "\n", "\n", "\r\n", "\u{B}", "\u{85}", "\u{2028}", "\u{3000}"];

/// The text that `content` spells: a byte a piece, and three for any other character.
fn text(content: &[u8]) -> String {
    let mut text = String::new();
    let mut bytes = content.iter();
    while let Some(&byte) = bytes.next() {
        match SPLIT.get(usize::from(byte)).or_else(|| BLANKS.get(usize::from(255 - byte))) {
            Some(piece) => text.push_str(piece),
            None => {
                let mut next = || u32::from(bytes.next().copied().unwrap_or_default());
                text.extend(char::from_u32((next() << 16 | next() << 8 | next()) % 0x11_0000));
            }
        }
    }
    text
}

/// The normaliser that `choice` asks for: a preset, or steps by its bits and their options by its bytes.
fn normalizer(choice: [u8; 5]) -> Arc<Normalizer> {
    if choice[0] < 32 {
        let preset = &presets()[usize::from(choice[0]) % presets().len()].name;
        return Normalizer::new(Some(preset), &[]).expect("a preset");
    }
    let wanted = u32::from_le_bytes([choice[0], choice[1], choice[2], 0]);
    let mut random = u32::from(u16::from_le_bytes([choice[3], choice[4]]));
    let mut steps = Vec::new();
    for (index, step) in Step::all().iter().enumerate() {
        // Of these a second run may find more.
        if wanted >> index & 1 == 0 || matches!(step, Step::Stem | Step::StandardOrthography) {
            continue;
        }
        let mut request = StepRequest { step: step.name().to_owned(), ..StepRequest::default() };
        for option in step.options() {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let value = option.values[(random >> 16) as usize % option.values.len()];
            request.options.insert(option.name.to_owned(), value.to_owned());
        }
        steps.push(request);
    }
    Normalizer::new(None, &steps).expect("steps of the list")
}

thread_local! {
    static BUILT: RefCell<HashMap<[u8; 5], Rc<Reference>>> = RefCell::default();
}

fuzz_target!(|input: ([u8; 5], &[u8])| {
    let (choice, content) = input;
    let text = &*text(content);
    let reference = BUILT.with_borrow_mut(|built| {
        if built.len() > 2_000 {
            built.clear();
        }
        built.entry(choice).or_insert_with(|| Rc::new(Reference::new(normalizer(choice)))).clone()
    });
    let normalizer = reference.normalizer();
    let once = normalizer.run(text).normalized;
    let asked = || format!("{text:?} by {:?}", normalizer.steps());
    assert_eq!(once.text, reference.run(text), "{}", asked());
    let again = normalizer.run(&once.text);
    assert_eq!(again.normalized.text, once.text, "{}", asked());
    assert!(again.changes.is_empty(), "{}", asked());
    let (mut rebuilt, mut end) = (String::new(), 0);
    for edit in once.alignment.edits() {
        rebuilt.push_str(&text[end..edit.source.range().start]);
        rebuilt.push_str(&once.text[edit.output.range()]);
        end = edit.source.range().end;
    }
    rebuilt.push_str(&text[end..]);
    assert_eq!(rebuilt, once.text, "{}", asked());
});
