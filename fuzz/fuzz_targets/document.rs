//! Any bytes, decoded by any charset, through all layers, by the lists and what was learned: no panic, and what the layers
//! promise of spans.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use warraq_core::entities::tagger::Tagger;
use warraq_core::source::{Unit, decode};
use warraq_core::{Document, Knowledge, Span};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| {
    let tagger =
        Tagger::from_bytes(include_bytes!("../../data/models/tagger.bin")).expect("the committed weights");
    Knowledge::built_in().expect("sound data").with_tagger(tagger)
});
const CHARSETS: [Option<&str>; 4] = [None, Some("windows-1256"), Some("iso-8859-6"), Some("utf-16le")];

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, content) = input;
    let charset = CHARSETS[usize::from(choice) % CHARSETS.len()];
    let Ok(text) = decode(content, charset) else { return };
    let document = Document::new(&text, &KNOWLEDGE).expect("short enough");
    let check = |span: Span| {
        assert!(text.get(span.range()).is_some_and(|cut| !cut.is_empty()), "{span:?}");
        for unit in [Unit::CodePoint, Unit::Utf16CodeUnit] {
            let (begin, end) = document.index().convert(&text, span, unit);
            assert_eq!(document.index().to_byte(&text, begin, unit), Some(span.begin));
            assert_eq!(document.index().to_byte(&text, end, unit), Some(span.end));
        }
    };
    let blocks = document.blocks();
    blocks.iter().for_each(|block| check(block.span));
    for sentence in document.sentences() {
        check(sentence.span);
        assert!(blocks[sentence.block].span.contains(sentence.span));
    }
    let mut end = 0;
    for token in document.tokens() {
        check(token.span);
        assert!(end <= token.span.begin);
        end = token.span.end;
    }
    for quotation in document.quotations() {
        check(quotation.span);
        assert!(quotation.span.contains(quotation.content));
        assert!(
            quotation.parent.is_none_or(|parent| document.quotations()[parent].span.contains(quotation.span))
        );
    }
    document.entities().iter().flat_map(|entity| &entity.mentions).for_each(|mention| check(mention.span));
    document.metadata();
});
