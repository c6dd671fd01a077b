//! Bytes to text: UTF-8 by simdutf8, the legacy encodings of Arabic feeds by encoding_rs.

use encoding_rs::{DecoderResult, Encoding, UTF_8};

/// Why bytes are not a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The label is none of the WHATWG Encoding Standard's.
    #[error("the charset label is not one of the WHATWG Encoding Standard's")]
    UnknownCharset,
    /// A byte sequence that the encoding does not have.
    #[error("byte {byte} does not decode as {charset}")]
    Undecodable {
        /// Offset of the first byte that does not decode.
        byte: usize,
        /// The encoding's WHATWG name.
        charset: &'static str,
    },
}

/// A text that a [`crate::Span`] cannot address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text has {bytes} bytes; at most {} can be addressed", u32::MAX)]
pub struct TooLong {
    /// The text's length.
    pub bytes: usize,
}

impl TooLong {
    /// # Errors
    /// The error itself where `text` is too long.
    pub fn check(text: &str) -> Result<(), Self> {
        if u32::try_from(text.len()).is_ok() { Ok(()) } else { Err(Self { bytes: text.len() }) }
    }
}

/// Decodes `content`. A BOM decides the encoding, as the WHATWG standard has it, and is removed;
/// without one `charset` does; without either the bytes are UTF-8.
///
/// An unknown `charset` is an error even beside a BOM: the caller wrote something that means nothing.
///
/// # Errors
/// [`DecodeError`]; nothing is ever replaced by U+FFFD.
pub fn decode(content: &[u8], charset: Option<&str>) -> Result<String, DecodeError> {
    // Without "replacement": the standard maps dangerous labels (ISO-2022-KR …) to an encoding that
    // only ever fails, which tells a caller less than that the label is not taken.
    let labelled = match charset {
        Some(label) => {
            Encoding::for_label_no_replacement(label.as_bytes()).ok_or(DecodeError::UnknownCharset)?
        }
        None => UTF_8,
    };
    let (encoding, bom) = Encoding::for_bom(content).unwrap_or((labelled, 0));
    let body = content.get(bom..).unwrap_or_default();
    let undecodable = |byte: usize| DecodeError::Undecodable { byte: bom + byte, charset: encoding.name() };
    if encoding == UTF_8 {
        return match simdutf8::compat::from_utf8(body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(undecodable(error.valid_up_to())),
        };
    }
    decode_legacy(encoding, body).map_err(undecodable)
}

/// Decodes all of `body`, or says at which byte it cannot.
fn decode_legacy(encoding: &'static Encoding, body: &[u8]) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(body.len()).unwrap_or(body.len());
    let mut text = String::with_capacity(room);
    let mut read = 0;
    loop {
        let rest = body.get(read..).unwrap_or_default();
        let (result, taken) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += taken;
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve(body.len().max(16)),
            // The bad sequence ends `after` bytes before what was read.
            DecoderResult::Malformed(length, after) => {
                return Err(read.saturating_sub(usize::from(length) + usize::from(after)));
            }
        }
    }
}

/// The names of the encodings that [`decode`] takes; it also takes every label that the WHATWG
/// Encoding Standard lists for one of them.
pub fn charset_labels() -> Vec<&'static str> {
    use encoding_rs as e;
    [
        e::UTF_8,
        e::UTF_16LE,
        e::UTF_16BE,
        e::WINDOWS_1256,
        e::ISO_8859_6,
        e::WINDOWS_1250,
        e::WINDOWS_1251,
        e::WINDOWS_1252,
        e::WINDOWS_1253,
        e::WINDOWS_1254,
        e::WINDOWS_1255,
        e::WINDOWS_1257,
        e::WINDOWS_1258,
        e::WINDOWS_874,
        e::ISO_8859_2,
        e::ISO_8859_3,
        e::ISO_8859_4,
        e::ISO_8859_5,
        e::ISO_8859_7,
        e::ISO_8859_8,
        e::ISO_8859_8_I,
        e::ISO_8859_10,
        e::ISO_8859_13,
        e::ISO_8859_14,
        e::ISO_8859_15,
        e::ISO_8859_16,
        e::KOI8_R,
        e::KOI8_U,
        e::IBM866,
        e::MACINTOSH,
        e::X_MAC_CYRILLIC,
        e::GBK,
        e::GB18030,
        e::BIG5,
        e::EUC_JP,
        e::ISO_2022_JP,
        e::SHIFT_JIS,
        e::EUC_KR,
        e::X_USER_DEFINED,
    ]
    .iter()
    .map(|encoding| encoding.name())
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad(byte: usize, charset: &'static str) -> Result<String, DecodeError> {
        Err(DecodeError::Undecodable { byte, charset })
    }

    #[test]
    fn utf_8_with_and_without_bom() {
        assert_eq!(decode("سلام".as_bytes(), None).as_deref(), Ok("سلام"));
        assert_eq!(decode("\u{FEFF}سلام".as_bytes(), None).as_deref(), Ok("سلام"));
        assert_eq!(decode(b"", None).as_deref(), Ok(""));
        // A BOM wins over the label.
        assert_eq!(decode("\u{FEFF}سلام".as_bytes(), Some("windows-1256")).as_deref(), Ok("سلام"));
    }

    #[test]
    fn the_first_bad_byte_of_utf_8() {
        assert_eq!(decode(b"abc\xFFdef", None), bad(3, "UTF-8"));
        assert_eq!(decode(b"\xD8\xA7\xD8", None), bad(2, "UTF-8"));
        assert_eq!(decode(b"\xEF\xBB\xBFab\x80", None), bad(5, "UTF-8"));
        assert_eq!(decode(b"\xED\xA0\x80", None), bad(0, "UTF-8"));
    }

    #[test]
    fn windows_1256_and_iso_8859_6() {
        assert_eq!(decode(b"\xE3\xD5\xD1 \xA1", Some("windows-1256")).as_deref(), Ok("مصر ،"));
        assert_eq!(decode(b"\xE3\xD5\xD1", Some(" CP1256 ")).as_deref(), Ok("مصر"));
        assert_eq!(decode(b"\xE5\xD5\xD1", Some("iso-8859-6")).as_deref(), Ok("مصر"));
        // 0xA1 is not assigned in ISO 8859-6.
        assert_eq!(decode(b"\xE5\xD5\xA1\xD1", Some("arabic")), bad(2, "ISO-8859-6"));
    }

    #[test]
    fn utf_16_by_label_and_by_bom() {
        assert_eq!(decode(b"\x45\x06\x35\x06", Some("utf-16")).as_deref(), Ok("مص"));
        assert_eq!(decode(b"\x06\x45\x06\x35", Some("utf-16be")).as_deref(), Ok("مص"));
        assert_eq!(decode(b"\xFF\xFE\x45\x06", None).as_deref(), Ok("م"));
        assert_eq!(decode(b"\xFE\xFF\x06\x45", Some("utf-8")).as_deref(), Ok("م"));
    }

    #[test]
    fn broken_utf_16() {
        // Odd length: half a unit at the end.
        assert_eq!(decode(b"\x45\x06\x35", Some("utf-16le")), bad(2, "UTF-16LE"));
        assert_eq!(decode(b"\xFF\xFE\x45\x06\x35", None), bad(4, "UTF-16LE"));
        // A low surrogate alone, a high one before another unit, a high one at the end.
        assert_eq!(decode(b"\x45\x06\x00\xDC\x45\x06", Some("utf-16le")), bad(2, "UTF-16LE"));
        assert_eq!(decode(b"\x45\x06\x00\xD8\x45\x06", Some("utf-16le")), bad(2, "UTF-16LE"));
        assert_eq!(decode(b"\x45\x06\x00\xD8", Some("utf-16le")), bad(2, "UTF-16LE"));
        assert_eq!(decode(b"\x06\x45\xD8\x00\x06\x45", Some("utf-16be")), bad(2, "UTF-16BE"));
    }

    #[test]
    fn labels() {
        assert_eq!(decode(b"a", Some("latin-arabic")), Err(DecodeError::UnknownCharset));
        assert_eq!(decode(b"a", Some("")), Err(DecodeError::UnknownCharset));
        assert_eq!(decode(b"a", Some("iso-2022-kr")), Err(DecodeError::UnknownCharset));
        let labels = charset_labels();
        assert!(labels.contains(&"windows-1256") && labels.contains(&"UTF-16LE"));
        for label in labels {
            assert!(decode(b"", Some(label)).is_ok(), "{label}");
            assert_eq!(Encoding::for_label(label.as_bytes()).map(Encoding::name), Some(label));
        }
    }
}
