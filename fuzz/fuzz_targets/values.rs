//! Words of numbers and times with any text between, and any reference: no panic, and each value lies in whole characters.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use warraq_core::values::Reference;
use warraq_core::{Document, Knowledge};

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::built_in().expect("sound data"));

fuzz_target!(|input: (&str, &[u8])| {
    let (reference, content) = input;
    let text = warraq_fuzz::values(content);
    let document =
        Document::new(&text, &KNOWLEDGE).expect("short enough").with_reference(Reference::parse(reference));
    for mention in document.entities().iter().flat_map(|entity| &entity.mentions) {
        assert!(text.get(mention.span.range()).is_some_and(|cut| !cut.is_empty()), "{text:?}");
    }
});
