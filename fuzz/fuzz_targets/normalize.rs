//! Normalisation, fast and slow.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: (u16, &[u8])| warraq_fuzz::normalize(input.0, input.1));
