//! Tokens: UAX #29 by icu, with what Arabic script needs beyond it.

use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::{CodePointMapData, PropertyNamesShort};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::view::trim;
use super::{Token, TokenKind};
use crate::entities::EntityType;
use crate::normalize::emoji_length;
use crate::{Document, Span};

const COMMON: &str = "Zyyy";
const ARABIC: &str = "Arab";

/// The tokens of `document`.
///
/// UAX #29 with these differences: a URL, an e-mail address, a hashtag or a handle is one token; white space
/// and bidirectional controls are none; and marks that join letters by the standard (`.`, `:`, apostrophes) part
/// words of Arabic script, where they are never spelled, but for the stops of an abbreviation (`م.ت.ف`).
pub fn tokens(document: &Document) -> Vec<Token> {
    let text = document.text();
    let mut out = Vec::with_capacity(text.len() / 8);
    let mut done = 0;
    for pattern in document.patterns() {
        // Patterns are disjoint and in order; one that is not would only be passed over here.
        if pattern.span.begin < done {
            continue;
        }
        segment(text, Span::new(done, pattern.span.begin), &mut out);
        let kind = match pattern.kind {
            EntityType::Email => TokenKind::Email,
            EntityType::Hashtag => TokenKind::Hashtag,
            EntityType::Handle => TokenKind::Handle,
            _ => TokenKind::Url,
        };
        out.push(Token { span: pattern.span, kind, script: script_of(pattern.span.of(text)) });
        done = pattern.span.end;
    }
    segment(text, Span::from_range(&(done as usize..text.len())), &mut out);
    out
}

/// Adds the tokens of the text between two patterns: the plain words at once, by icu what stands between them.
///
/// Before and after a space or line feed UAX #29 always breaks, unless a mark follows, so that what is cut there is
/// cut as it would be in one go.
fn segment(text: &str, between: Span, out: &mut Vec<Token>) {
    let Some(bytes) = text.get(between.range()).map(str::as_bytes) else { return };
    let span = |begin: usize, end: usize| Span::from_range(&(begin..end)).shift(between.begin);
    let (mut at, mut done) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some((word, stop)) = plain_word(rest) {
            segment_by_icu(text, span(done, at), out);
            out.push(Token { span: span(at, at + word), kind: TokenKind::Word, script: ARABIC });
            if stop > 0 {
                let span = span(at + word, at + word + stop);
                out.push(Token { span, kind: TokenKind::Punctuation, script: COMMON });
            }
            at += word + stop;
            done = at;
        }
        at = bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(|byte| is_space(*byte)))
            .map_or(bytes.len(), |space| at + space + 1);
    }
    segment_by_icu(text, span(done, bytes.len()), out);
}

/// The bytes of a word of nothing but Arabic letters and vowel marks that a space or the end follows, and those of
/// the full stop or comma between the two.
fn plain_word(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut word = 0;
    loop {
        let pair = (bytes.get(word).copied(), bytes.get(word + 1).copied());
        let letter = match pair {
            (Some(0xD8), Some(0xA1..=0xBA))
            | (Some(0xD9), Some(0x81..=0x8A | 0xB1..=0xBF))
            | (Some(0xDA), Some(_))
            | (Some(0xDB), Some(0x80..=0x93)) => true,
            (Some(0xD9), Some(0x8B..=0x92)) => word > 0,
            _ => false,
        };
        if letter {
            word += 2;
            continue;
        }
        let stop = match pair {
            (Some(b'.'), _) => 1,
            (Some(0xD8), Some(0x8C)) => 2,
            _ => 0,
        };
        let ends = bytes.get(word + stop).is_none_or(|byte| is_space(*byte));
        return (word > 0 && ends).then_some((word, stop));
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n')
}

/// Adds the tokens of a part of the text.
fn segment_by_icu(text: &str, between: Span, out: &mut Vec<Token>) {
    let Some(piece) = text.get(between.range()) else { return };
    if piece.bytes().all(is_space) {
        return;
    }
    let segmenter = WordSegmenter::new_for_non_complex_scripts(WordBreakInvariantOptions::default());
    let mut begin = 0;
    for end in segmenter.segment_str(piece) {
        if end > begin {
            let span = Span::from_range(&(begin..end)).shift(between.begin);
            if let Some(span) = trim(text, span) {
                push(text, span, out);
            }
            begin = end;
        }
    }
}

/// Adds one segment of UAX #29, cut where Arabic wants it.
fn push(text: &str, span: Span, out: &mut Vec<Token>) {
    let surface = span.of(text);
    let mut begin = 0;
    if !is_initialism(surface) {
        let mut previous: Option<char> = None;
        let mut chars = surface.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let next = chars.peek().map(|(_, next)| *next);
            if at > 0 && is_joiner(c) && (previous.is_some_and(is_arabic) || next.is_some_and(is_arabic)) {
                let after = at + c.len_utf8();
                for part in [begin..at, at..after] {
                    if !part.is_empty() {
                        classify(text, Span::from_range(&part).shift(span.begin), out);
                    }
                }
                begin = after;
            }
            previous = Some(c);
        }
    }
    if begin < surface.len() {
        classify(text, Span::new(span.begin, span.end).tail(begin), out);
    }
}

/// What is left of a span after its first bytes.
trait Tail {
    fn tail(self, bytes: usize) -> Self;
}

impl Tail for Span {
    fn tail(self, bytes: usize) -> Self {
        let range = self.range();
        Span::from_range(&(range.start + bytes..range.end))
    }
}

fn classify(text: &str, span: Span, out: &mut Vec<Token>) {
    // A cut may leave a format character at an end.
    if let Some(span) = trim(text, span) {
        let (kind, script) = describe(span.of(text));
        out.push(Token { span, kind, script });
    }
}

fn describe(surface: &str) -> (TokenKind, &'static str) {
    // Nearly every token of an Arabic text.
    if surface.chars().next().is_some_and(|c| is_arabic(c) && c != '\u{640}') {
        return (TokenKind::Word, ARABIC);
    }
    // Tatweel by itself stretches nothing: it is typed for a dash.
    if surface.chars().all(|c| c == '\u{640}') {
        return (TokenKind::Punctuation, COMMON);
    }
    let script = script_of(surface);
    let categories = CodePointMapData::<GeneralCategory>::new();
    let first = surface.chars().next().map_or(GeneralCategory::Unassigned, |c| categories.get(c));
    let any = |group: GeneralCategoryGroup| surface.chars().any(|c| group.contains(categories.get(c)));
    let kind = if emoji_length(surface).is_some() {
        TokenKind::Emoji
    } else if any(GeneralCategoryGroup::Letter) {
        TokenKind::Word
    } else if any(GeneralCategoryGroup::Number) {
        TokenKind::Number
    } else if GeneralCategoryGroup::Punctuation.contains(first) {
        TokenKind::Punctuation
    } else {
        TokenKind::Symbol
    };
    (kind, script)
}

/// The script of the first letter that has one.
fn script_of(surface: &str) -> &'static str {
    let scripts = CodePointMapData::<Script>::new();
    surface
        .chars()
        .map(|c| scripts.get(c))
        .find(|script| !matches!(*script, Script::Common | Script::Inherited | Script::Unknown))
        .and_then(|script| PropertyNamesShort::<Script>::new().get(script))
        .unwrap_or(COMMON)
}

/// Letters of the Arabic block and its extensions, tatweel too.
pub(super) const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{66F}' | '\u{671}'..='\u{6D3}' | '\u{6D5}' | '\u{6EE}'..='\u{6EF}' | '\u{6FA}'..='\u{6FC}' | '\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8B4}' | '\u{FB50}'..='\u{FBB1}' | '\u{FBD3}'..='\u{FD3D}' | '\u{FD50}'..='\u{FDF1}' | '\u{FE70}'..='\u{FEFC}')
}

/// Marks over and under the letters, and what stretches or joins them.
pub(crate) const fn is_arabic_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}' | '\u{200C}' | '\u{200D}')
}

/// What UAX #29 lets join two letters (`MidLetter`, `MidNumLet`, quotation marks).
const fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '.' | ':'
            | '\''
            | '"'
            | '\u{B7}'
            | '\u{387}'
            | '\u{55F}'
            | '\u{5F4}'
            | '\u{2018}'
            | '\u{2019}'
            | '\u{2024}'
            | '\u{2027}'
            | '\u{FE13}'
            | '\u{FE52}'
            | '\u{FE55}'
            | '\u{FF07}'
            | '\u{FF0E}'
            | '\u{FF1A}'
    )
}

/// Letters with stops between them (`م.ت.ف`, `أ.د`, `U.S`), or three and more of their names (`سي.إن.إن`).
pub(super) fn is_initialism(surface: &str) -> bool {
    let (mut parts, mut longest) = (0, 0);
    for part in surface.split('.') {
        let mut letters = part.chars().filter(|c| !is_arabic_mark(*c)).take(4);
        if !letters.next().is_some_and(char::is_alphabetic) {
            return false;
        }
        longest = longest.max(1 + letters.count());
        if longest > 3 {
            return false;
        }
        parts += 1;
    }
    parts >= 3 || parts == 2 && longest == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "كتب",
            "كَتَبَ",
            "ک",
            "ۓ",
            "ـ",
            "هـ",
            "م",
            "\u{651}",
            "\u{670}",
            "\u{200D}",
            "\u{200F}",
            "\u{308}",
            " ",
            " ",
            "\n",
            "\r",
            "\t",
            "\u{A0}",
            ".",
            "،",
            ":",
            "'",
            "\"",
            "-",
            "5",
            "١",
            "a",
            "😀",
            "\u{FE0F}",
            "🇸🇾",
            "ש",
            "中",
        ]);
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    fn both(text: &str) -> (Vec<Token>, Vec<Token>) {
        let all = Span::from_range(&(0..text.len()));
        let (mut fast, mut slow) = (Vec::new(), Vec::new());
        segment(text, all, &mut fast);
        segment_by_icu(text, all, &mut slow);
        (fast, slow)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn plain_words_are_cut_as_icu_cuts_them(text in pieces()) {
            let (fast, slow) = both(&text);
            prop_assert_eq!(fast, slow);
        }

        #[test]
        fn so_is_any_string(text in any::<String>()) {
            let (fast, slow) = both(&text);
            prop_assert_eq!(fast, slow);
        }
    }
}
