//! One index between bytes, code points and UTF-16 code units.

use crate::Span;

/// What an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Bytes of UTF-8.
    Utf8Byte,
    /// Unicode code points (scalar values).
    CodePoint,
    /// UTF-16 code units.
    Utf16CodeUnit,
}

/// Bytes between two checkpoints: a conversion counts at most this many, and the index takes
/// 8 bytes for each such stretch. Below 256, so that a stretch's count fits the byte-wide lanes
/// into which the compiler vectorises the counting.
const STRIDE: usize = 128;

/// How many characters begin before a checkpoint, and how many UTF-16 units they take.
#[derive(Clone, Copy, Debug, Default)]
struct Checkpoint {
    code_points: u32,
    utf16: u32,
}

impl Checkpoint {
    fn of(self, unit: Unit, byte: usize) -> u32 {
        match unit {
            Unit::Utf8Byte => offset(byte),
            Unit::CodePoint => self.code_points,
            Unit::Utf16CodeUnit => self.utf16,
        }
    }

    fn after(self, bytes: &[u8]) -> Self {
        let starts = bytes.iter().filter(|&&byte| begins_character(byte)).count();
        let pairs = bytes.iter().filter(|&&byte| begins_surrogate_pair(byte)).count();
        Self {
            code_points: self.code_points + offset(starts),
            utf16: self.utf16 + offset(starts) + offset(pairs),
        }
    }
}

/// Converts offsets of one text. Checkpoints at a fixed distance, so that a conversion counts a
/// bounded number of bytes and the index takes a small fraction of the text.
#[derive(Debug)]
pub struct OffsetIndex {
    /// One for each whole stretch before it; empty where the text is ASCII and all units agree.
    checkpoints: Vec<Checkpoint>,
    ascii: bool,
}

impl OffsetIndex {
    /// The index of `text`.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { checkpoints: Vec::new(), ascii: true };
        }
        let mut checkpoints = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut reached = Checkpoint::default();
        for stretch in text.as_bytes().chunks(STRIDE) {
            checkpoints.push(reached);
            reached = reached.after(stretch);
        }
        Self { checkpoints, ascii: false }
    }

    /// `span` (bytes) in `unit`, as begin and end. `text` is the one that the index was made of.
    pub fn convert(&self, text: &str, span: Span, unit: Unit) -> (u32, u32) {
        (self.from_byte(text, span.begin, unit), self.from_byte(text, span.end, unit))
    }

    /// The byte offset that `offset` (in `unit`) points to; `None` beyond the end and between the
    /// parts of one character (inside a UTF-8 sequence, between two surrogates).
    pub fn to_byte(&self, text: &str, offset: u32, unit: Unit) -> Option<u32> {
        if self.ascii || unit == Unit::Utf8Byte {
            return text.is_char_boundary(offset as usize).then_some(offset);
        }
        let next = self.checkpoints.partition_point(|checkpoint| checkpoint.of(unit, 0) <= offset);
        let nearest = next.saturating_sub(1);
        let mut byte = nearest * STRIDE;
        let mut count = self.checkpoints.get(nearest)?.of(unit, byte);
        for &head in text.as_bytes().get(byte..)? {
            if begins_character(head) {
                if count >= offset {
                    break;
                }
                count += match unit {
                    Unit::Utf16CodeUnit if begins_surrogate_pair(head) => 2,
                    _ => 1,
                };
            }
            byte += 1;
        }
        (count == offset).then(|| self::offset(byte))
    }

    #[allow(clippy::wrong_self_convention)]
    fn from_byte(&self, text: &str, byte: u32, unit: Unit) -> u32 {
        if self.ascii || unit == Unit::Utf8Byte {
            return byte;
        }
        let byte = byte as usize;
        let nearest = (byte / STRIDE).min(self.checkpoints.len().saturating_sub(1));
        let from = nearest * STRIDE;
        let checkpoint = self.checkpoints.get(nearest).copied().unwrap_or_default();
        let rest = text.as_bytes().get(from..byte);
        debug_assert!(rest.is_some(), "offset {byte} does not fit its text");
        checkpoint.after(rest.unwrap_or_default()).of(unit, byte)
    }
}

/// Whether `byte` begins a UTF-8 sequence.
const fn begins_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// Whether `byte` begins a character beyond the BMP, which UTF-16 writes as two units.
const fn begins_surrogate_pair(byte: u8) -> bool {
    byte >= 0xF0
}

/// A count inside one text, whose length [`crate::Document::new`] bounds by `u32`.
#[allow(clippy::cast_possible_truncation)]
const fn offset(count: usize) -> u32 {
    count as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const UNITS: [Unit; 3] = [Unit::Utf8Byte, Unit::CodePoint, Unit::Utf16CodeUnit];

    fn naive(text: &str, byte: usize, unit: Unit) -> u32 {
        let before = &text[..byte];
        u32::try_from(match unit {
            Unit::Utf8Byte => before.len(),
            Unit::CodePoint => before.chars().count(),
            Unit::Utf16CodeUnit => before.encode_utf16().count(),
        })
        .unwrap()
    }

    /// Every boundary of `text` there and back in every unit, and `None` everywhere else.
    fn check(text: &str) {
        let index = OffsetIndex::new(text);
        for unit in UNITS {
            let mut valid = std::collections::BTreeMap::new();
            for byte in (0..=text.len()).filter(|&byte| text.is_char_boundary(byte)) {
                let byte32 = u32::try_from(byte).unwrap();
                let expected = naive(text, byte, unit);
                assert_eq!(
                    index.convert(text, Span::new(0, byte32), unit),
                    (0, expected),
                    "{unit:?} at byte {byte}"
                );
                valid.insert(expected, byte32);
            }
            for offset in 0..u32::try_from(text.len()).unwrap() + 3 {
                assert_eq!(
                    index.to_byte(text, offset, unit),
                    valid.get(&offset).copied(),
                    "{unit:?} at offset {offset}"
                );
            }
        }
    }

    #[test]
    fn the_characters_that_break_offsets() {
        for text in [
            "",
            "plain ascii",
            "سلام",
            "\u{FEFF}نص بعلامة ترتيب",
            "سطر\r\nسطر",
            "مُحَمَّدٌ",
            "👨\u{200D}👩\u{200D}👧 عائلة 🇱🇧",
            "𐤀𐤁 a\u{301} ﷺ",
        ] {
            check(text);
            check(&text.repeat(40));
        }
    }

    /// Characters of every width, among them those that break naive counting.
    fn text() -> impl Strategy<Value = String> {
        let character = prop_oneof![
            Just('a'),
            Just('\r'),
            Just('\n'),
            Just('\u{FEFF}'),
            Just('\u{200D}'),
            Just('👩'),
            Just('🏽'),
            prop::char::range('\u{600}', '\u{6FF}'),
            prop::char::range('\u{300}', '\u{36F}'),
            prop::char::range('\u{1F300}', '\u{1F6FF}'),
            any::<char>(),
        ];
        prop::collection::vec(character, 0..400).prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn agrees_with_the_naive_count(text in text()) {
            check(&text);
        }
    }
}
