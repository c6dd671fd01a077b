//! Pages reduced to their text.

#![no_main]

libfuzzer_sys::fuzz_target!(|page: &str| warraq_fuzz::html(page));
