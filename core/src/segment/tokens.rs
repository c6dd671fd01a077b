//! Tokens: UAX #29 by icu, with what Arabic script needs beyond it.

use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::{CodePointMapData, PropertyNamesShort};
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::view::trim;
use super::{ScriptCode, Token, TokenKind};
use crate::entities::EntityType;
use crate::normalize::emoji_length;
use crate::{Document, Span};

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

/// Adds the tokens of the text between two patterns: of pieces between spaces that hold nothing but common
/// characters by a table, of the others by icu.
///
/// Before and after a space or line feed UAX #29 always breaks, unless a mark follows, so that what is cut there is
/// cut as it would be in one go.
fn segment(text: &str, between: Span, out: &mut Vec<Token>) {
    let Some(bytes) = text.get(between.range()).map(str::as_bytes) else { return };
    let span = |begin: usize, end: usize| Span::from_range(&(begin..end)).shift(between.begin);
    let (mut at, mut done) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        if is_space(*byte) {
            at += 1;
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let word = word_length(rest);
        if word > 0 && class_of(rest).0 == Class::Arabic && rest.get(word).is_none_or(|next| is_space(*next))
        {
            // Most pieces are one word of the Arabic block and nothing else.
            out.push(Token { span: span(at, at + word), kind: TokenKind::Word, script: ScriptCode::ARABIC });
            (at, done) = (at + word, at + word);
            continue;
        }
        let known = out.len();
        let end = if let Some(end) = common_piece(text, between.begin, bytes, at, out) {
            end
        } else {
            out.truncate(known);
            let end = rest.iter().position(|byte| is_space(*byte)).map_or(bytes.len(), |space| at + space);
            segment_by_icu(text, span(done, end), out);
            end
        };
        (at, done) = (end, end);
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n')
}

/// What the rules of UAX #29 for words ask of a common character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter of Arabic script.
    Arabic,
    /// What draws such a letter long.
    Tatweel,
    /// A letter of Latin script.
    Latin,
    Digit,
    ArabicDigit,
    /// It belongs to the character before it.
    Mark,
    /// A mark of punctuation that is a token, unless it stands between two letters or two digits that it joins.
    Mid {
        letters: bool,
        digits: bool,
    },
    /// A token whatever stands around it.
    Lone(TokenKind),
    /// Not common: icu knows.
    Other,
}

impl Class {
    const fn is_letter(self) -> bool {
        matches!(self, Self::Arabic | Self::Tatweel | Self::Latin)
    }

    const fn is_digit(self) -> bool {
        matches!(self, Self::Digit | Self::ArabicDigit)
    }

    /// Whether `self` joins the letters or digits on its two sides.
    fn joins(self, before: Self, after: Self) -> bool {
        let Self::Mid { letters, digits } = self else { return false };
        letters && before.is_letter() && after.is_letter() || digits && before.is_digit() && after.is_digit()
    }
}

#[allow(clippy::indexing_slicing, reason = "made by the compiler")]
static ASCII: [Class; 0x80] = {
    let mut classes = [Class::Other; 0x80];
    let mut byte = 0_u8;
    while byte < 0x80 {
        classes[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Latin,
            b'0'..=b'9' => Class::Digit,
            b'.' | b'\'' => Class::Mid { letters: true, digits: true },
            b':' => Class::Mid { letters: true, digits: false },
            b',' | b';' => Class::Mid { letters: false, digits: true },
            b'$' | b'+' | b'<' | b'=' | b'>' | b'^' | b'`' | b'|' | b'~' => Class::Lone(TokenKind::Symbol),
            b'_' => Class::Other,
            _ if byte.is_ascii_punctuation() => Class::Lone(TokenKind::Punctuation),
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// Of U+0600 to U+06FF.
#[allow(clippy::indexing_slicing, reason = "made by the compiler")]
static ARABIC_BLOCK: [Class; 0x100] = {
    let mut classes = [Class::Other; 0x100];
    let mut at = 0;
    while at < 0x100 {
        classes[at] = match at {
            0x0C => Class::Mid { letters: false, digits: true },
            0x1B | 0x1F => Class::Lone(TokenKind::Punctuation),
            0x20..=0x3F | 0x41..=0x4A | 0x71..=0xD3 => Class::Arabic,
            0x40 => Class::Tatweel,
            0x4B..=0x5F | 0x70 => Class::Mark,
            0x60..=0x69 => Class::ArabicDigit,
            _ => Class::Other,
        };
        at += 1;
    }
    classes
};

/// Whether a character of U+0600 to U+06FF goes on with a word.
#[allow(clippy::indexing_slicing, reason = "there are 256 bytes")]
fn in_words(low_byte: u8) -> bool {
    static IN_WORDS: [bool; 0x100] = {
        let mut all = [false; 0x100];
        let mut at = 0;
        while at < 0x100 {
            all[at] = matches!(ARABIC_BLOCK[at], Class::Arabic | Class::Tatweel | Class::Mark);
            at += 1;
        }
        all
    };
    IN_WORDS[usize::from(low_byte)]
}

/// The class of the character at the head of `bytes`, and how many bytes it has.
fn class_of(bytes: &[u8]) -> (Class, usize) {
    let lone = Class::Lone(TokenKind::Punctuation);
    match *bytes {
        [lead @ 0xD8..=0xDB, trail, ..] => {
            let at = usize::from(lead & 3) << 6 | usize::from(trail & 0x3F);
            (ARABIC_BLOCK.get(at).copied().unwrap_or(Class::Other), 2)
        }
        [byte @ 0..=0x7F, ..] => (ASCII.get(usize::from(byte)).copied().unwrap_or(Class::Other), 1),
        // « »
        [0xC2, 0xAB | 0xBB, ..] => (lone, 2),
        // – — “ ” …
        [0xE2, 0x80, 0x93 | 0x94 | 0x9C | 0x9D | 0xA6, ..] => (lone, 3),
        // The joiner that parts (U+200C).
        [0xE2, 0x80, 0x8C, ..] => (Class::Mark, 3),
        _ => (Class::Other, 1),
    }
}

/// The bytes at the head of `bytes` that go on with a word of the Arabic block.
fn word_length(bytes: &[u8]) -> usize {
    let goes_on = |pair: &&[u8; 2]| {
        let [lead, trail] = **pair;
        matches!(lead, 0xD8..=0xDB) && in_words(lead << 6 | trail & 0x3F)
    };
    let mut length = 0;
    // Four at a time of U+0620 to U+065F: the lowest bit of the first byte is the opposite of the sixth of the second.
    while let Some(four) = bytes.get(length..).and_then(|rest| rest.first_chunk()) {
        let four = u64::from_le_bytes(*four);
        let turned = four ^ ((four & 0x0001_0001_0001_0001) << 13);
        let others = (turned & 0xE0FE_E0FE_E0FE_E0FE) ^ 0xA0D8_A0D8_A0D8_A0D8;
        if others != 0 {
            length += 2 * (others.trailing_zeros() as usize / 16);
            break;
        }
        length += 8;
    }
    let (pairs, _) = bytes.get(length..).unwrap_or_default().as_chunks::<2>();
    length + 2 * pairs.iter().take_while(goes_on).count()
}

/// Adds the tokens of the piece at `at` and tells where a space or the end follows it; `None` where something in it
/// is for icu to cut.
fn common_piece(text: &str, base: u32, bytes: &[u8], at: usize, out: &mut Vec<Token>) -> Option<usize> {
    let class_at = |at: usize| bytes.get(at..).map_or((Class::Other, 0), class_of);
    let ends = |at: usize| bytes.get(at).is_none_or(|byte| is_space(*byte));
    let mut at = at;
    while !ends(at) {
        let begin = at;
        let (first, length) = class_at(at);
        at += length;
        match first {
            Class::Mark | Class::Other => return None,
            Class::Mid { .. } | Class::Lone(_) => {
                if class_at(at).0 == Class::Mark {
                    return None;
                }
                let kind = if let Class::Lone(kind) = first { kind } else { TokenKind::Punctuation };
                let span = Span::from_range(&(begin..at)).shift(base);
                out.push(Token { span, kind, script: ScriptCode::COMMON });
                continue;
            }
            _ => {}
        }
        let (mut last, mut uniform, mut joined) = (first, true, false);
        if first == Class::Arabic {
            at += word_length(bytes.get(at..).unwrap_or_default());
        }
        while !ends(at) {
            let (class, length) = class_at(at);
            match class {
                Class::Other => return None,
                Class::Lone(_) => break,
                Class::Mark => uniform = false,
                Class::Mid { .. } => {
                    let (after, more) = class_at(at + length);
                    if after == Class::Mark {
                        return None;
                    }
                    if !class.joins(last, after) {
                        break;
                    }
                    (last, joined) = (after, true);
                    at += more;
                }
                _ => {
                    uniform &= class == first;
                    last = class;
                }
            }
            at += length;
        }
        let span = Span::from_range(&(begin..at)).shift(base);
        let token = |kind, script| Token { span, kind, script };
        match first {
            Class::Arabic if !joined => out.push(token(TokenKind::Word, ScriptCode::ARABIC)),
            Class::Latin if uniform && !joined => out.push(token(TokenKind::Word, ScriptCode::LATIN)),
            Class::Digit if uniform && !joined => out.push(token(TokenKind::Number, ScriptCode::COMMON)),
            Class::ArabicDigit if uniform && !joined => {
                out.push(token(TokenKind::Number, ScriptCode::ARABIC));
            }
            _ => push(text, span, out),
        }
    }
    Some(at)
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

fn describe(surface: &str) -> (TokenKind, ScriptCode) {
    // Nearly every token of an Arabic text.
    if surface.chars().next().is_some_and(|c| is_arabic(c) && c != '\u{640}') {
        return (TokenKind::Word, ScriptCode::ARABIC);
    }
    // Tatweel by itself stretches nothing: it is typed for a dash.
    if surface.chars().all(|c| c == '\u{640}') {
        return (TokenKind::Punctuation, ScriptCode::COMMON);
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
fn script_of(surface: &str) -> ScriptCode {
    let scripts = CodePointMapData::<Script>::new();
    surface
        .chars()
        .map(|c| scripts.get(c))
        .find(|script| !matches!(*script, Script::Common | Script::Inherited | Script::Unknown))
        .and_then(|script| PropertyNamesShort::<Script>::new().get(script))
        .map_or(ScriptCode::COMMON, ScriptCode::new)
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
    // Most words have no stop, and their letters need not be looked at.
    if !surface.as_bytes().contains(&b'.') {
        return false;
    }
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
            "؟",
            "؛",
            "٪",
            "«",
            "”",
            "–",
            "…",
            "’",
            "_",
            "#",
            "*",
            "+",
            "/",
            ",",
            ";",
            "۵",
            "٫",
            "\u{64E}",
            "\u{200C}",
            "É",
            "نص",
        ]);
        prop::collection::vec(piece, 0..32).prop_map(|pieces| pieces.concat())
    }

    fn both(text: &str) -> (Vec<Token>, Vec<Token>) {
        let all = Span::from_range(&(0..text.len()));
        let (mut fast, mut slow) = (Vec::new(), Vec::new());
        segment(text, all, &mut fast);
        segment_by_icu(text, all, &mut slow);
        (fast, slow)
    }

    #[test]
    fn each_common_character_is_what_unicode_says() {
        let commons: Vec<char> = (0..=0xFFFF)
            .filter_map(char::from_u32)
            .filter(|c| class_of(c.to_string().as_bytes()).0 != Class::Other)
            .collect();
        assert!(commons.len() > 250);
        for a in ["", "ب", "b", "5", "."] {
            for c in &commons {
                for b in ["", "ب", "b", "5", "٥", ".", "،", "\u{64E}"] {
                    let text = format!("{a}{c}{b}");
                    let (fast, slow) = both(&text);
                    assert_eq!(fast, slow, "{text:?}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn common_pieces_are_cut_as_icu_cuts_them(text in pieces()) {
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
