//! Snapshots of small answers made by hand, at 80 columns without colours.

use crate::cli::calls::{self, Call};
use crate::cli::render::{Page, Source, text};
use crate::proto::v1::{
    AlignmentEdit, AnnotateResponse, Block, BlockKind, Byline, Dateline, Entity, EntityType,
    ExtractEntitiesResponse, Knowledge, Mention, MentionKind, Metadata, MoneyValue, NormalizeResponse,
    OffsetUnit, Place, Quotation, QuotationKind, SegmentResponse, Sentence, Span, StepChange, Subhead,
    SummarizeMetadataResponse, TextCounts, TextDirection, Title, Token, TokenKind, Value, value,
};

const TITLE: &str = "ميناء جديد على الساحل";
const TEXT: &str = "ميناء جديد على الساحل\n\nعمّان (وكالة) - أعلنت الهيئة أن شركة Blue Harbour Holdings \
    ستبني رصيفا رابعا في الميناء بكلفة ٣ ملايين دينار أردني. وقال المدير \"سنبدأ في الربيع\".\n\n\
    Blue Harbour شركة خاصة تعمل في الأردن.";

/// The span of the first `part` at or after `from`, in code points.
fn at(part: &str, from: usize) -> Span {
    let start = from + TEXT.get(from..).and_then(|rest| rest.find(part)).expect("a part of the text");
    let points = |end: usize| i32::try_from(TEXT[..end].chars().count()).expect("a short text");
    Span { begin: points(start), end: points(start + part.len()) }
}

fn normalization() -> NormalizeResponse {
    let text = TEXT.replace('\u{651}', "").replace('٣', "3");
    let place = |c: char, text: &str| {
        let begin = i32::try_from(text.chars().take_while(|one| *one != c).count()).unwrap();
        Span { begin, end: begin + 1 }
    };
    let mark = place('\u{651}', TEXT);
    let gone = Span { begin: mark.begin, end: mark.begin };
    NormalizeResponse {
        alignment: vec![
            AlignmentEdit { source: Some(mark), output: Some(gone) },
            AlignmentEdit { source: Some(place('٣', TEXT)), output: Some(place('3', &text)) },
        ],
        text,
        changes: vec![
            StepChange { step: "diacritics".to_owned(), count: 1 },
            StepChange { step: "digits".to_owned(), count: 1 },
        ],
        offset_unit: OffsetUnit::UnicodeCodePoint.into(),
        model_version: String::new(),
    }
}

fn segmentation() -> SegmentResponse {
    let mut lines = TEXT.split("\n\n");
    let mut block = |kind: BlockKind, dateline: Option<Span>| {
        let line = lines.next().unwrap();
        Block { span: Some(at(line, 0)), kind: kind.into(), dateline }
    };
    let blocks = vec![
        block(BlockKind::Title, None),
        block(BlockKind::Paragraph, Some(at("عمّان (وكالة) -", 0))),
        block(BlockKind::Paragraph, None),
    ];
    let sentence = |from: &str, to: &str, block| {
        let span = Span { begin: at(from, 0).begin, end: at(to, 0).end };
        Sentence { span: Some(span), block }
    };
    SegmentResponse {
        blocks,
        sentences: vec![
            sentence(TITLE, TITLE, 0),
            sentence("أعلنت", "أردني.", 1),
            sentence("وقال", "\".", 1),
            sentence("Blue Harbour شركة", "في الأردن.", 2),
        ],
        tokens: vec![
            Token { kind: TokenKind::Word.into(), ..Token::default() },
            Token { kind: TokenKind::Word.into(), ..Token::default() },
            Token { kind: TokenKind::Number.into(), ..Token::default() },
        ],
        quotations: vec![Quotation {
            span: Some(at("\"سنبدأ في الربيع\"", 0)),
            kind: QuotationKind::Direct.into(),
            cue: Some(at("وقال", 0)),
            ..Quotation::default()
        }],
        offset_unit: OffsetUnit::UnicodeCodePoint.into(),
        model_version: String::new(),
    }
}

fn extraction() -> ExtractEntitiesResponse {
    let mention = |text: &str| Mention {
        span: Some(at(text, 0)),
        text: text.to_owned(),
        kind: MentionKind::Named.into(),
        ..Mention::default()
    };
    let mut entities = vec![
        Entity {
            r#type: EntityType::Location.into(),
            name: "عمان".to_owned(),
            latin_name: Some("Amman".to_owned()),
            mentions: vec![mention("عمّان")],
            knowledge: Some(Knowledge { geonames_id: Some(250_441), ..Knowledge::default() }),
            ..Entity::default()
        },
        Entity {
            r#type: EntityType::Organization.into(),
            name: "Blue Harbour Holdings".to_owned(),
            mentions: vec![mention("Blue Harbour Holdings"), mention("Blue Harbour شركة")],
            ..Entity::default()
        },
        Entity {
            r#type: EntityType::Money.into(),
            name: "٣ ملايين دينار أردني".to_owned(),
            mentions: vec![mention("٣ ملايين دينار أردني")],
            value: Some(Value {
                canonical: "3000000 JOD".to_owned(),
                kind: Some(value::Kind::Money(MoneyValue::default())),
                ..Value::default()
            }),
            ..Entity::default()
        },
        Entity {
            r#type: EntityType::Location.into(),
            name: "الأردن".to_owned(),
            latin_name: Some("Jordan".to_owned()),
            mentions: vec![mention("الأردن")],
            knowledge: Some(Knowledge { iso_3166: Some("JO".to_owned()), ..Knowledge::default() }),
            ..Entity::default()
        },
    ];
    for (entity, n) in entities.iter_mut().zip(1..) {
        entity.id = format!("e{n}");
    }
    ExtractEntitiesResponse {
        entities,
        offset_unit: OffsetUnit::UnicodeCodePoint.into(),
        ..ExtractEntitiesResponse::default()
    }
}

fn summary() -> SummarizeMetadataResponse {
    let metadata = Metadata {
        title: Some(Title { text: TITLE.to_owned(), ..Title::default() }),
        subheads: ["أرقام", "مواعيد البناء"]
            .map(|text| Subhead { text: text.to_owned(), ..Subhead::default() })
            .to_vec(),
        byline: Some(Byline { text: "س. م.".to_owned(), ..Byline::default() }),
        dateline: Some(Dateline { text: "عمّان (وكالة) -".to_owned(), ..Dateline::default() }),
        place: Some(Place { text: "عمّان".to_owned(), ..Place::default() }),
        language: "ar".to_owned(),
        script: "Arab".to_owned(),
        direction: TextDirection::RightToLeft.into(),
        counts: Some(TextCounts {
            characters: 210,
            words: 31,
            sentences: 4,
            paragraphs: 2,
            quotations: 1,
            blocks: 3,
        }),
        reading_time_seconds: Some(130),
        ..Metadata::default()
    };
    SummarizeMetadataResponse { metadata: Some(metadata), ..SummarizeMetadataResponse::default() }
}

fn annotation() -> AnnotateResponse {
    AnnotateResponse {
        normalization: Some(normalization()),
        segmentation: Some(segmentation()),
        entities: Some(extraction()),
        metadata: Some(summary()),
        ..AnnotateResponse::default()
    }
}

fn page<C: Call>(response: &C::Response, width: usize, coloured: bool) -> String {
    let mut page = Page::new(width, coloured);
    C::render(&mut page, &Source::new(TEXT, OffsetUnit::UnicodeCodePoint), response);
    page.finish()
}

/// The page with what cannot be seen written out, so that a snapshot shows it.
fn visible(page: &str) -> String {
    let named = [('\u{2068}', "<FSI>"), ('\u{2069}', "<PDI>"), ('\u{200F}', "<RLM>"), ('\u{200E}', "<LRM>")];
    named.iter().fold(page.to_owned(), |page, (c, name)| page.replace(*c, name))
}

#[test]
fn normalize() {
    insta::assert_snapshot!(visible(&page::<calls::Normalize>(&normalization(), 80, false)));
}

#[test]
fn segment() {
    insta::assert_snapshot!(visible(&page::<calls::Segment>(&segmentation(), 80, false)));
}

#[test]
fn entities() {
    insta::assert_snapshot!(visible(&page::<calls::Entities>(&extraction(), 80, false)));
}

#[test]
fn metadata() {
    insta::assert_snapshot!(visible(&page::<calls::Metadata>(&summary(), 80, false)));
}

#[test]
fn annotate() {
    insta::assert_snapshot!(visible(&page::<calls::Annotate>(&annotation(), 80, false)));
}

#[test]
fn no_line_is_wider_than_the_terminal_and_each_isolate_ends_on_its_line() {
    for width in [40, 60, 80, 81, 140] {
        for coloured in [false, true] {
            let page = page::<calls::Annotate>(&annotation(), width, coloured);
            let plain = anstream::adapter::strip_str(&page).to_string();
            for line in plain.lines() {
                assert!(text::width(line) <= width, "{width}: {line}");
                assert_eq!(line.matches('\u{2068}').count(), line.matches('\u{2069}').count(), "{line}");
                assert!(!line.ends_with(' '), "{line:?}");
                assert!(!line.starts_with('\u{2068}'), "terminals lose it in the first column: {line:?}");
            }
        }
    }
}

#[test]
fn a_right_to_left_line_ends_at_the_right_edge() {
    let page = page::<calls::Segment>(&segmentation(), 80, false);
    let lines: Vec<_> = page.lines().filter(|line| line.contains('\u{2068}')).collect();
    assert!(lines.len() > 4 && lines.iter().all(|line| text::width(line) == 80), "{page}");
}

#[test]
fn colours_are_there_when_asked_for_and_only_then() {
    let coloured = page::<calls::Entities>(&extraction(), 80, true);
    let plain = page::<calls::Entities>(&extraction(), 80, false);
    assert!(coloured.contains("\u{1B}[") && !plain.contains('\u{1B}'));
    // The text with the mentions in it says something only in colour.
    assert!(coloured.contains("سنبدأ") && !plain.contains("سنبدأ"));
}

#[test]
fn a_text_cannot_steer_the_terminal() {
    let text = "سطر \u{1B}]0;x\u{7} \u{2069}\u{202E} آخر";
    let response = NormalizeResponse { text: text.to_owned(), ..NormalizeResponse::default() };
    let mut page = Page::new(80, true);
    super::normalize(&mut page, &Source::new(text, OffsetUnit::UnicodeCodePoint), &response);
    let page = page.finish();
    assert!(!page.contains("\u{1B}]") && !page.contains('\u{7}') && !page.contains('\u{202E}'));
    assert_eq!(page.matches('\u{2069}').count(), 1);
}
