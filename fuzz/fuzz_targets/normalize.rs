//! Any text, by any preset: no panic, idempotent, and the edits rebuild the output from the source.

#![no_main]

use libfuzzer_sys::fuzz_target;
use warraq_core::normalize::{Normalizer, presets};

fuzz_target!(|input: (u8, &str)| {
    let (choice, text) = input;
    let preset = &presets()[usize::from(choice) % presets().len()].name;
    let normalizer = Normalizer::new(Some(preset), &[]).expect("a preset");
    let once = normalizer.run(text).normalized;
    assert_eq!(normalizer.run(&once.text).normalized.text, once.text);
    let (mut rebuilt, mut end) = (String::new(), 0);
    for edit in once.alignment.edits() {
        rebuilt.push_str(&text[end..edit.source.range().start]);
        rebuilt.push_str(&once.text[edit.output.range()]);
        end = edit.source.range().end;
    }
    rebuilt.push_str(&text[end..]);
    assert_eq!(rebuilt, once.text);
});
