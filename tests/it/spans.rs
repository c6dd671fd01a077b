//! Every span of every answer cuts the same surface in all three units, and the alignment maps both ways.
//!
//! The units are counted here anew, from `str` alone: the service's own index is what is tested.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::prelude::*;
use prost::Message;
use prost_reflect::{DynamicMessage, ReflectMessage as _, Value};
use warraq::config::Config;
use warraq::failure::Failure;
use warraq::json::to_dynamic;
use warraq::proto::v1::{
    AnnotateRequest, AnnotateResponse, Document, DocumentFormat, EntityOptions, EntityType,
    ExtractEntitiesRequest, ExtractEntitiesResponse, LexiconEntry, NormalizationOptions, NormalizeRequest,
    NormalizeResponse, OffsetUnit, SegmentLayer, SegmentRequest, SegmentResponse, SegmentationOptions, Span,
    SummarizeMetadataRequest, SummarizeMetadataResponse,
};
use warraq::service::{self, Context, Job};
use warraq_core::Knowledge;
use warraq_core::source::reduce;

use crate::support::{SAMPLES, TEXT, content, document, page, quay};

static KNOWLEDGE: LazyLock<Knowledge> =
    LazyLock::new(|| warraq_knowledge::built_in().expect("the data are sound"));
static CONFIG: LazyLock<Config> = LazyLock::new(Config::default);

/// Texts in which counting goes wrong, if it does.
const AWKWARD: &[&str] = &[
    TEXT,
    // A byte order mark that counts, and one in the middle.
    "\u{FEFF}بيروت.\u{FEFF} ثم دمشق",
    // Line ends of all sorts.
    "عنوان الخبر\r\n\r\nبيروت - قال المتحدث: \"نعم\".\r\n\tثم غادر\u{2028}إلى دمشق\u{85}نهاية\r\n",
    // Marks before and after, stacked, and alone at the head.
    "\u{64B}\u{651}سَـــمَّاءٌ e\u{301}\u{323} \u{5D0}\u{5B8} لُبْنَانُ",
    // Pairs of surrogates: emoji with skin and joiners, flags, a letter beyond U+FFFF.
    "👨\u{200D}👩\u{200D}👧 في 🇱🇧🇸🇾 و𝔸𞸀 و\u{10FFFF} #لبنان_🚀 @user",
    // Directions, joiners, isolates.
    "\u{200F}مصر\u{200E} (\u{2067}القاهرة\u{2069}) \u{202B}Cairo\u{202C} لا\u{200C}يزال",
    // Presentation forms and ligatures that grow when they are folded.
    "ﷲ ﷺ ﻻ ﺑﻴﺮﻭﺕ ﷼ ٣٫٥٪ ۱۲۳",
    // Quotations in marks of many sorts, nested and never closed.
    "قال: «أكد له \"أن 'الأمر' انتهى\" أمس» وأضاف “هذا” ثم «لم ينته",
    // Addresses.
    "راجع https://example.com/أ?ب=ج🚀 أو press@example.org، ثم www.example.net.",
    // One character each.
    "ا",
    "🚀",
    "\u{301}",
];

/// A text as callers in three languages index it.
struct Indexed {
    text: String,
    html: bool,
    code_points: Vec<char>,
    utf16: Vec<u16>,
}

const UNITS: [OffsetUnit; 3] =
    [OffsetUnit::Utf8Byte, OffsetUnit::UnicodeCodePoint, OffsetUnit::Utf16CodeUnit];

impl Indexed {
    fn new(text: &str, html: bool) -> Self {
        Self {
            text: text.to_owned(),
            html,
            code_points: text.chars().collect(),
            utf16: text.encode_utf16().collect(),
        }
    }

    fn len(&self, unit: OffsetUnit) -> usize {
        match unit {
            OffsetUnit::Utf8Byte => self.text.len(),
            OffsetUnit::UnicodeCodePoint => self.code_points.len(),
            _ => self.utf16.len(),
        }
    }

    /// What a caller's language cuts; `None` out of range, or within a character.
    fn cut(&self, unit: OffsetUnit, begin: usize, end: usize) -> Option<String> {
        match unit {
            OffsetUnit::Utf8Byte => self.text.get(begin..end).map(str::to_owned),
            OffsetUnit::UnicodeCodePoint => self.code_points.get(begin..end).map(|cut| cut.iter().collect()),
            _ => self.utf16.get(begin..end).and_then(|cut| String::from_utf16(cut).ok()),
        }
    }

    fn span(&self, unit: OffsetUnit, span: Span) -> String {
        let bounds = usize::try_from(span.begin).ok().zip(usize::try_from(span.end).ok());
        let cut = bounds.and_then(|(begin, end)| self.cut(unit, begin, end));
        cut.unwrap_or_else(|| panic!("{span:?} in {unit:?} does not fit a text of {}", self.len(unit)))
    }

    /// What a piece of it says.
    fn said(&self, piece: &str) -> String {
        if self.html { reduce(piece).expect("a short one").text } else { piece.to_owned() }
    }
}

fn run<T>(call: impl FnOnce(Context) -> Result<T, Failure>) -> T {
    let job = Job::default();
    call(Context { knowledge: &KNOWLEDGE, own_names: None, config: &CONFIG, job: &job })
        .expect("a sound request")
}

/// The surfaces of all spans of an answer by their path, and what else holds of each message.
struct Walk<'a> {
    source: &'a Indexed,
    unit: OffsetUnit,
    surfaces: BTreeMap<String, String>,
}

impl<'a> Walk<'a> {
    fn of<M: Message>(
        name: &str,
        answer: &M,
        source: &'a Indexed,
        unit: OffsetUnit,
    ) -> BTreeMap<String, String> {
        let mut walk = Self { source, unit, surfaces: BTreeMap::new() };
        let dynamic = to_dynamic(&format!("warraq.v1.{name}"), answer).expect("a message of the contract");
        walk.message(&dynamic, name);
        walk.surfaces
    }

    fn message(&mut self, message: &DynamicMessage, path: &str) {
        for (field, value) in message.fields() {
            let name = field.name();
            if name == "offset_unit" {
                assert_eq!(value.as_enum_number(), Some(self.unit.into()), "{path}.offset_unit");
            }
            // Of another text, the normalised one; `check_alignment` looks at it.
            if field.full_name() != "warraq.v1.AlignmentEdit.output" {
                self.value(value, &format!("{path}.{name}"));
            }
        }
        // Whatever has a text and a span has the text that the span cuts, without its markup.
        if message.has_field_by_name("span") && message.descriptor().get_field_by_name("text").is_some() {
            let text = message.get_field_by_name("text");
            let cut = self.surfaces.get(&format!("{path}.span")).map(|cut| self.source.said(cut));
            assert_eq!(text.as_deref().and_then(Value::as_str), cut.as_deref(), "{path}.text");
        }
    }

    fn value(&mut self, value: &Value, path: &str) {
        match value {
            Value::Message(message) if message.descriptor().full_name() == "warraq.v1.Span" => {
                let span: Span = message.transcode_to().expect("a span");
                assert!(span.begin <= span.end, "{path}: {span:?}");
                self.surfaces.insert(path.to_owned(), self.source.span(self.unit, span));
            }
            Value::Message(message) => self.message(message, path),
            Value::List(list) => {
                for (i, one) in list.iter().enumerate() {
                    self.value(one, &format!("{path}[{i:05}]"));
                }
            }
            _ => {}
        }
    }
}

/// Asks in each unit and compares the surfaces; what it gives are those and the answers.
fn in_three_units<M: Message>(
    name: &str,
    source: &Indexed,
    ask: impl Fn(OffsetUnit) -> M,
) -> (BTreeMap<String, String>, Vec<M>) {
    let answers: Vec<M> = UNITS.iter().map(|&unit| ask(unit)).collect();
    let surfaces = Walk::of(name, &answers[0], source, UNITS[0]);
    for (answer, unit) in answers.iter().zip(UNITS).skip(1) {
        assert_eq!(Walk::of(name, answer, source, unit), surfaces, "{name} in {unit:?}");
    }
    (surfaces, answers)
}

/// Both texts from each other by the edits alone, in `unit`.
fn check_alignment(source: &Indexed, answer: &NormalizeResponse, unit: OffsetUnit) {
    let output = Indexed::new(&answer.text, false);
    let (mut forth, mut back) = (String::new(), String::new());
    let (mut in_source, mut in_output) = (0, 0);
    let bounds = |span: Option<Span>| {
        let span = span.expect("an edit has both spans");
        (usize::try_from(span.begin).expect("from 0"), usize::try_from(span.end).expect("from 0"))
    };
    let same = |from: (usize, usize), to: (usize, usize)| {
        let kept = source.cut(unit, from.0, from.1).expect("edits are sorted and fit the source");
        let also = output.cut(unit, to.0, to.1).expect("edits are sorted and fit the output");
        assert_eq!(kept, also, "between two edits the texts are the same");
        kept
    };
    for edit in &answer.alignment {
        let (from, to) = (bounds(edit.source), bounds(edit.output));
        let kept = same((in_source, from.0), (in_output, to.0));
        let was = source.cut(unit, from.0, from.1).expect("an edit fits the source");
        let is = output.cut(unit, to.0, to.1).expect("an edit fits the output");
        assert_ne!(was, is, "nothing is listed for what did not change");
        forth.push_str(&kept);
        forth.push_str(&is);
        back.push_str(&kept);
        back.push_str(&was);
        (in_source, in_output) = (from.1, to.1);
    }
    let rest = same((in_source, source.len(unit)), (in_output, output.len(unit)));
    assert_eq!(forth + &rest, answer.text, "source to output in {unit:?}");
    assert_eq!(back + &rest, source.text, "output to source in {unit:?}");
}

fn check_normalization(source: &Indexed, document: &Document) -> usize {
    let mut edits = 0;
    for preset in ["display", "search", "storage"] {
        let ask = |unit: OffsetUnit, alignment: Option<bool>| {
            let request = NormalizeRequest {
                document: Some(document.clone()),
                preset: preset.to_owned(),
                alignment,
                offset_unit: unit.into(),
                ..NormalizeRequest::default()
            };
            run(|cx| service::normalize::call(cx, &request))
        };
        let (_, answers) = in_three_units("NormalizeResponse", source, |unit| ask(unit, None));
        for (answer, unit) in answers.iter().zip(UNITS) {
            check_alignment(source, answer, unit);
            assert_eq!(answer.text, answers[0].text);
            assert_eq!(answer.changes, answers[0].changes);
            assert!(answer.changes.iter().all(|change| change.count >= 1), "{:?}", answer.changes);
            assert_eq!(answer.alignment.is_empty(), answer.text == source.text);
        }
        let bare = ask(UNITS[0], Some(false));
        assert_eq!((bare.text.as_str(), bare.alignment.len()), (answers[0].text.as_str(), 0));
        edits += answers[0].alignment.len();
    }
    edits
}

/// How much of each layer there was.
#[derive(Debug, Default, Clone, Copy)]
struct Found {
    edits: usize,
    blocks: usize,
    sentences: usize,
    tokens: usize,
    quotations: usize,
    mentions: usize,
    metadata: usize,
}

fn bytes_of(span: Option<Span>) -> std::ops::Range<usize> {
    let span = span.expect("a span");
    usize::try_from(span.begin).expect("from 0")..usize::try_from(span.end).expect("from 0")
}

/// What the contract says of the layers among each other; spans are in bytes.
fn check_structure(source: &Indexed, answer: &SegmentResponse) {
    let gaps = |what: &str, spans: Vec<std::ops::Range<usize>>| {
        let mut end = 0;
        for span in spans {
            let gap =
                source.text.get(end..span.start).unwrap_or_else(|| panic!("{what} overlap at {span:?}"));
            assert!(blank(&source.said(gap)), "{what} leave out {gap:?}");
            assert!(!span.is_empty(), "an empty one among {what}");
            end = span.end;
        }
        let rest = source.text.get(end..).expect("in range");
        assert!(blank(&source.said(rest)), "{what} leave out {rest:?} at the end");
    };
    gaps("blocks", answer.blocks.iter().map(|block| bytes_of(block.span)).collect());
    for token in &answer.tokens {
        assert_ne!(token.kind, 0, "a token's kind");
    }
    let tokens = answer.tokens.iter().map(|token| bytes_of(token.span));
    let mut end = 0;
    for token in tokens {
        assert!(token.start >= end && !token.is_empty(), "tokens overlap at {token:?}");
        end = token.end;
    }
    for block in &answer.blocks {
        assert_ne!(block.kind, 0, "a block's kind");
        if block.dateline.is_some() {
            let (inner, outer) = (bytes_of(block.dateline), bytes_of(block.span));
            assert!(outer.start <= inner.start && inner.end <= outer.end, "a dateline lies in its block");
        }
    }
    let mut end = 0;
    for sentence in &answer.sentences {
        let span = bytes_of(sentence.span);
        assert!(span.start >= end, "sentences overlap at {span:?}");
        end = span.end;
        let block =
            usize::try_from(sentence.block).ok().and_then(|i| answer.blocks.get(i)).expect("its block");
        let block = bytes_of(block.span);
        assert!(block.start <= span.start && span.end <= block.end, "a sentence lies in its block");
    }
    for (i, quotation) in answer.quotations.iter().enumerate() {
        let (span, content) = (bytes_of(quotation.span), bytes_of(quotation.content));
        assert!(span.start <= content.start && content.end <= span.end, "content lies in its quotation");
        let parent = quotation.parent.map(|parent| usize::try_from(parent).expect("an index"));
        assert!(parent.is_none_or(|parent| parent < i), "a parent comes first");
        let enclosing = |other: &std::ops::Range<usize>| other.start <= span.start && span.end <= other.end;
        for (j, other) in answer.quotations.iter().enumerate().take(i) {
            let other = bytes_of(other.span);
            assert!(other.start <= span.start, "quotations are sorted");
            let apart = other.end <= span.start;
            assert!(apart || enclosing(&other), "quotations cross: {other:?} and {span:?}");
            if enclosing(&other) {
                assert!(parent.is_some_and(|parent| parent >= j), "the innermost encloser is the parent");
            }
        }
    }
}

/// White space, and marks that are invisible.
fn blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{61C}'))
}

/// Asks all calls about `document`, whose text is `text`.
fn check(text: &str, document: &Document) -> Found {
    let source = Indexed::new(text, document.format() == DocumentFormat::Html);
    let mut found = Found { edits: check_normalization(&source, document), ..Found::default() };
    let some = Some(document.clone());

    let (_, answers) = in_three_units("SegmentResponse", &source, |unit| {
        let request =
            SegmentRequest { document: some.clone(), offset_unit: unit.into(), ..SegmentRequest::default() };
        run(|cx| service::segment::call(cx, &request))
    });
    let segmentation: &SegmentResponse = &answers[0];
    check_structure(&source, segmentation);
    found.blocks = segmentation.blocks.len();
    found.sentences = segmentation.sentences.len();
    found.tokens = segmentation.tokens.len();
    found.quotations = segmentation.quotations.len();

    let own = |name: &str, kind: EntityType| LexiconEntry {
        name: name.to_owned(),
        r#type: kind.into(),
        id: String::new(),
    };
    let lexicon = vec![own("المتحدث", EntityType::Role), own("user", EntityType::Person)];
    let (_, answers) = in_three_units("ExtractEntitiesResponse", &source, |unit| {
        let request = ExtractEntitiesRequest {
            document: some.clone(),
            lexicon: lexicon.clone(),
            offset_unit: unit.into(),
            ..ExtractEntitiesRequest::default()
        };
        run(|cx| service::extract_entities::call(cx, &request))
    });
    let entities: &ExtractEntitiesResponse = &answers[0];
    let mut first = 0;
    for entity in &entities.entities {
        let mentions: Vec<_> = entity.mentions.iter().map(|mention| bytes_of(mention.span)).collect();
        assert!(!mentions.is_empty(), "an entity without a mention: {entity:?}");
        assert!(
            mentions.is_sorted_by_key(|span| span.start),
            "mentions in the order of the text: {entity:?}"
        );
        assert!(mentions[0].start >= first, "entities in the order of their first mention");
        first = mentions[0].start;
        assert!(mentions.iter().all(|span| !span.is_empty()), "an empty mention: {entity:?}");
        found.mentions += mentions.len();
    }

    let (surfaces, _) = in_three_units("SummarizeMetadataResponse", &source, |unit| {
        let request = SummarizeMetadataRequest {
            document: some.clone(),
            offset_unit: unit.into(),
            ..SummarizeMetadataRequest::default()
        };
        let answer: SummarizeMetadataResponse = run(|cx| service::summarize_metadata::call(cx, &request));
        answer
    });
    found.metadata = surfaces.len();

    // All at once: each part is what its own call answers.
    let (_, answers) = in_three_units("AnnotateResponse", &source, |unit| {
        let layers =
            [SegmentLayer::Blocks, SegmentLayer::Sentences, SegmentLayer::Tokens, SegmentLayer::Quotations];
        let layers = layers.map(i32::from).to_vec();
        let request = AnnotateRequest {
            document: some.clone(),
            offset_unit: unit.into(),
            normalization: Some(NormalizationOptions { preset: "search".to_owned(), ..Default::default() }),
            segmentation: Some(SegmentationOptions { layers, ..SegmentationOptions::default() }),
            entities: Some(EntityOptions { lexicon: lexicon.clone(), ..EntityOptions::default() }),
            ..AnnotateRequest::default()
        };
        run(|cx| service::annotate::call(cx, &request))
    });
    let all: &AnnotateResponse = &answers[0];
    assert_eq!(all.segmentation.as_ref(), Some(segmentation));
    assert_eq!(all.entities.as_ref(), Some(entities));
    for (answer, unit) in answers.iter().zip(UNITS) {
        check_alignment(&source, answer.normalization.as_ref().expect("asked for"), unit);
    }
    found
}

#[test]
fn in_awkward_texts() {
    for text in AWKWARD {
        check(text, &document(text));
        // The same as bytes: a byte order mark at the head is no part of the text then.
        let decoded = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        check(decoded, &content(text.as_bytes(), ""));
    }
}

/// Pages in which counting goes wrong, if it does.
const PAGES: &[&str] = &[
    "<p>زار الوفد <b>بيروت</b>\r\nو<i>دمشق</i>.</p><p>وقال: &quot;عدنا&quot;.",
    "\u{FEFF}<!DOCTYPE html><title>مصر</title>\n<h1>في &laquo;القاهرة&raquo;</h1>👩🏽\u{200D}🚀<br>12&nbsp;مليون دولار&nbsp;",
    "<div>بيرو<wbr>ت و&#1576;&#1610;&#1585;&#1608;&#1578; وسوري&zwnj;ا</div><nav>عمان</nav>ا<b>لأ</b>ردن &lt;3 & 5 < 6",
    "<pre>بيروت -\r\n  قال سامي الحدادي: «نعم»\r\n\r\n</pre><table><tr><td>مصر<td>12%</table><!-- لا --> <script>تونس",
    "ﷲ ﻻ <em>مُحَ</em>مَّد ١٢٣ &#x1F680;&amp;amp; https://a.b/?ب=1&amp;ج=2 @abc #وسم",
];

#[test]
fn in_pages() {
    for html in PAGES.iter().map(|html| (*html).to_owned()).chain([quay()]) {
        check(&html, &page(&html));
    }
    // Bytes of windows-1256: spans are of the decoded page.
    let bytes = Document {
        format: DocumentFormat::Html.into(),
        ..content(b"<p>\xC8\xED\xD1\xE6\xCA&hellip;</p>", "windows-1256")
    };
    check("<p>بيروت&hellip;</p>", &bytes);
}

#[test]
fn spans_in_a_page_are_of_its_source() {
    let html = quay();
    let request = ExtractEntitiesRequest {
        document: Some(page(&html)),
        offset_unit: OffsetUnit::Utf8Byte.into(),
        ..ExtractEntitiesRequest::default()
    };
    let answer = run(|cx| service::extract_entities::call(cx, &request));
    let mentions = answer.entities.iter().flat_map(|entity| &entity.mentions);
    let found: BTreeMap<&str, &str> =
        mentions.map(|mention| (mention.text.as_str(), &html[bytes_of(mention.span)])).collect();
    for (text, source) in [
        ("عدن", "عدن"),
        ("رئيس الوزراء", "رئيس\r\n     الوزراء"),
        ("12\u{A0}مليون دولار", "12&nbsp;مليون دولار"),
        ("7.5%", "7.5%"),
        ("quay@example.org", "quay@example.org"),
    ] {
        assert_eq!(found.get(text), Some(&source), "{text}: {found:?}");
    }
    assert!(found.keys().all(|text| !text.contains(['<', '>']) && !text.contains("رياضة")), "{found:?}");
}

#[test]
fn in_legacy_encodings() {
    let utf16: Vec<u8> = "\u{FEFF}بيروت 🚀\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("بيروت 🚀\r\n", &content(&utf16, "utf-16le"));
    check("بيروت.", &content(b"\xC8\xED\xD1\xE6\xCA.", "windows-1256"));
}

#[test]
fn in_the_samples() {
    for (name, text) in SAMPLES {
        for text in [(*text).to_owned(), text.replace('\n', "\r\n"), format!("\u{FEFF}{text}")] {
            let found = check(&text, &document(&text));
            let Found { edits, blocks, sentences, tokens, quotations, mentions, metadata } = found;
            let least = [edits, blocks, sentences, tokens, quotations, mentions, metadata];
            assert!(least.iter().all(|&count| count > 0), "{name}: a layer is empty: {found:?}");
        }
    }
}

/// Pieces of text that meet each other in all orders.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "قال ",
        "بيروت",
        "وبسوريا",
        "الأردنيين",
        " ",
        "\r\n",
        "\n\n",
        "\u{A0}",
        "\u{64E}",
        "\u{651}\u{64B}",
        "\u{640}\u{640}",
        "\"",
        "«",
        "»",
        "“",
        "”",
        "'",
        ".",
        "؟",
        "!",
        "،",
        ":",
        " - ",
        "(",
        ")",
        "[",
        "…",
        "...",
        "🚀",
        "👩🏽\u{200D}🚀",
        "🇱🇧",
        "\u{FEFF}",
        "\u{200F}",
        "\u{200E}",
        "\u{200D}",
        "\u{2067}",
        "\u{2069}",
        "٣٫٥",
        "12",
        "2018/5/17",
        "%",
        "$",
        "ﷲ",
        "ﻻ",
        "أإآا",
        "e\u{301}",
        "Reuters",
        "https://a.b/ج",
        "x@y.zz",
        "#وسم_1",
        "@abc",
        "\u{5D0}\u{5B8}",
        "𝔸",
        "한국",
        "ไทย",
        "कि",
        "\t",
        "\u{2028}",
        "\0",
        "- ",
        "1. ",
        "كتب: ",
        "مليون دولار",
        "رويترز",
    ]);
    prop_oneof![
        8 => fixed.prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[\u{600}-\u{6FF}]{1,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_random_texts_of_mixed_scripts(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = format!("{}ا{}", pieces.concat(), pieces.iter().rev().take(3).cloned().collect::<String>());
        check(&text, &document(&text));
    }
}
