//! What the fuzz targets do. `html`: any page: no panic, and the edits rebuild the text from the page. `normalize`: any text, by any preset or set of steps: no panic, idempotent, the edits rebuild the output from the source, and the
//! output is that of a slow, obvious normaliser. `values`: words of numbers and times: no panic, spans in whole characters.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use warraq_core::normalize::reference::Reference;
use warraq_core::normalize::{Normalized, Normalizer, Step, StepRequest, presets};
use warraq_core::source::reduce;

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

/// Words of numbers and times.
const VALUES: &str = "و ال ل ب ك ف واحد ثلاثة ثلاث عشر عشرة عشرون عشرين مئة مائتان ألف ألفا آلاف مليون مليار نصف ربع أرباع \
    الثالث فاصلة من بعد قبل لست صفر 0 1 5 17 77 410 000 2018 1445 99999999999999999999 ٣ ۴ . , ، ٫ ٬ / - – − : + ( ) [ ] % ‰ هـ \
    م مايو أيار رمضان الموافق يوم الخميس أمس اليوم غدا مساء الساعة دقيقة سنة عامي القرن العام الماضي المقبل هذا كل منذ إلى حتى \
    بين أول آخر دولار دينارين المئة بالألف كم « » قال سيصل النصف الأخير الأسبوع الثلاثاء ديسمبر نهاية فجرا نفسه الثمانينيات غرينتش خمسة عدة \
    ونصف والنصف أيام نقطة";
static VALUE_PIECES: LazyLock<Vec<&str>> = LazyLock::new(|| VALUES.split_ascii_whitespace().collect());

/// The text of words of numbers and times that `content` spells, a byte a piece; the bytes beyond are blanks and what
/// [`normalize`] draws from.
pub fn values(content: &[u8]) -> String {
    let piece = |&byte: &u8| match VALUE_PIECES.get(usize::from(byte)) {
        Some(piece) => piece,
        None => BLANKS
            .get(usize::from(255 - byte))
            .or_else(|| SPLIT.get(usize::from(byte) - VALUE_PIECES.len()))
            .unwrap_or(&" "),
    };
    content.iter().map(piece).copied().collect()
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

/// So many sets of steps, so that most executions find theirs built.
const SETS: u16 = 2_048;

/// The normaliser that `choice` asks for: a preset, or steps and options drawn by it.
fn normalizer(choice: u16) -> Arc<Normalizer> {
    if let Some(preset) = presets().get(usize::from(choice)) {
        return Normalizer::new(Some(&preset.name), &[]).expect("a preset");
    }
    let mut random = Random(u64::from(choice));
    let mut draw = |below: usize| (random.next() % below as u64) as usize;
    let mut steps = Vec::new();
    for step in Step::all() {
        // Of these a second run may find more.
        if draw(2) == 0 || matches!(step, Step::Stem | Step::StandardOrthography) {
            continue;
        }
        let mut request = StepRequest { step: step.name().to_owned(), ..StepRequest::default() };
        for option in step.options() {
            let value = option.values[draw(option.values.len())];
            request.options.insert(option.name.to_owned(), value.to_owned());
        }
        steps.push(request);
    }
    Normalizer::new(None, &steps).expect("steps of the list")
}

thread_local! {
    static BUILT: RefCell<HashMap<u16, Rc<Reference>>> = RefCell::default();
}

/// One execution: steps by `choice`, on the text that `content` spells.
///
/// # Panics
/// Where something of that does not hold.
pub fn normalize(choice: u16, content: &[u8]) {
    let text = &*text(content);
    let choice = choice % SETS;
    let reference = BUILT.with_borrow_mut(|built| {
        built.entry(choice).or_insert_with(|| Rc::new(Reference::new(normalizer(choice)))).clone()
    });
    let normalizer = reference.normalizer();
    let once = normalizer.run(text).normalized;
    let asked = || format!("{text:?} by {:?}", normalizer.steps());
    assert_eq!(once.text, reference.run(text), "{}", asked());
    let again = normalizer.run(&once.text);
    assert_eq!(again.normalized.text, once.text, "{}", asked());
    assert!(again.changes.is_empty(), "{}", asked());
    assert_eq!(rebuilt(text, &once), once.text, "{}", asked());
}

/// `made` by its edits and `source` alone.
fn rebuilt(source: &str, made: &Normalized) -> String {
    let (mut rebuilt, mut end) = (String::new(), 0);
    for edit in made.alignment.edits() {
        rebuilt.push_str(&source[end..edit.source.range().start]);
        rebuilt.push_str(&made.text[edit.output.range()]);
        end = edit.source.range().end;
    }
    rebuilt.push_str(&source[end..]);
    rebuilt
}

/// One execution: a page.
///
/// # Panics
/// Where something of that does not hold.
pub fn html(page: &str) {
    let reduced = reduce(page).expect("short enough");
    assert_eq!(rebuilt(page, &reduced), reduced.text, "{page:?}");
    let mut end = (0, 0);
    for edit in reduced.alignment.edits() {
        let (source, output) = (edit.source.range(), edit.output.range());
        assert!(end.0 <= source.start && end.1 <= output.start, "{page:?}");
        assert_ne!(page[source.clone()], reduced.text[output.clone()], "an edit of nothing in {page:?}");
        end = (source.end, output.end);
    }
    let blank = |c: char| c == '\n';
    assert!(!reduced.text.starts_with(blank) && !reduced.text.ends_with(blank), "{page:?}");
}
