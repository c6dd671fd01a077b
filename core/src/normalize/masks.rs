//! What is no text but stands in one: addresses of pages, and emoji.

use icu_properties::CodePointSetData;
use icu_properties::props::{EmojiModifier, EmojiPresentation, ExtendedPictographic};

use super::Normalized;
use super::preset::Options;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use crate::Span;
use crate::entities::urls;

/// What becomes of each of them; where it is `None` they stay.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    urls: Option<Mask>,
    emoji: Option<Mask>,
}

/// What is written in place of one: nothing, or a label.
type Mask = &'static str;

impl Masks {
    /// What these steps write; `None` where nothing changes.
    pub(super) fn of(urls: Option<&Options>, emoji: Option<&Options>) -> Option<Self> {
        let masks = Self {
            urls: urls.and_then(|options| mask(options, "[URL]", "[رابط]")),
            emoji: emoji.and_then(|options| mask(options, "[EMOJI]", "[رمز]")),
        };
        (masks != Self::default()).then_some(masks)
    }
}

fn mask(options: &Options, latin: Mask, arabic: Mask) -> Option<Mask> {
    match (options.get("mode"), options.get("label")) {
        (Some(&"keep"), _) => None,
        (Some(&"remove"), _) => Some(""),
        (_, Some(&"arabic")) => Some(arabic),
        _ => Some(latin),
    }
}

/// `text` without what is masked; `None` where it has none of it.
pub(super) fn run(text: &str, masks: Masks, counts: &mut Counts) -> Option<Normalized> {
    let mut out = Rewriter::new(text);
    let mut replace = |span: Span, with, step| {
        out.replace(span.range().start, span.range().end, with);
        counts.add(step, 1);
    };
    let mut urls = masks.urls.map(|_| urls(text)).unwrap_or_default().into_iter().peekable();
    let mut emoji = masks.emoji.map(|_| emoji(text)).into_iter().flatten().peekable();
    loop {
        // Both are in order and disjoint: no sign of an emoji is one of an address but for a keycap's digit.
        let url_first = match (urls.peek(), emoji.peek()) {
            (Some(url), Some(sign)) => url.span.end <= sign.begin || url.span.overlaps(*sign),
            (url, _) => url.is_some(),
        };
        match (masks.urls, masks.emoji) {
            (Some(with), _) if url_first => {
                let Some(url) = urls.next() else { break };
                while emoji.next_if(|sign| sign.overlaps(url.span)).is_some() {}
                replace(url.span, with, Step::Urls);
            }
            (_, Some(with)) => {
                let Some(sign) = emoji.next() else { break };
                replace(sign, with, Step::Emoji);
            }
            _ => break,
        }
    }
    out.finish()
}

/// The emoji of `text` in order, each with all that belongs to it (UTS #51, ED-17).
fn emoji(text: &str) -> impl Iterator<Item = Span> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let mut at = done;
        loop {
            at += text.as_bytes().get(at..)?.iter().position(|&byte| may_begin_emoji(byte))?;
            let rest = text.get(at..)?;
            let begin = if rest.starts_with(KEYCAP) {
                at - keycap_base(text.get(done..at)?).unwrap_or_default()
            } else {
                at
            };
            if let Some(length) = text.get(begin..).and_then(emoji_length) {
                done = begin + length;
                return Some(Span::from_range(&(begin..done)));
            }
            at += rest.chars().next()?.len_utf8();
        }
    })
}

/// First bytes of © and ®, of the symbols, and of all beyond the basic plane.
const fn may_begin_emoji(byte: u8) -> bool {
    matches!(byte, 0xC2 | 0xE2 | 0xE3 | 0xF0)
}

const KEYCAP: char = '\u{20E3}';
const AS_EMOJI: char = '\u{FE0F}';
const AS_TEXT: char = '\u{FE0E}';
const JOINER: char = '\u{200D}';

/// How many bytes before a keycap are what it encloses.
fn keycap_base(before: &str) -> Option<usize> {
    let base = before.trim_end_matches(AS_EMOJI);
    let with = before.len() - base.len();
    (with <= AS_EMOJI.len_utf8() && base.ends_with(encloses)).then_some(with + 1)
}

const fn encloses(c: char) -> bool {
    matches!(c, '0'..='9' | '#' | '*')
}

/// The length of the emoji that `text` begins with, with what else is stacked on it.
pub(crate) fn emoji_length(text: &str) -> Option<usize> {
    let length = sequence_length(text)?;
    let stacked = text.get(length..)?.chars().take_while(|&c| matches!(c, KEYCAP | AS_EMOJI));
    Some(length + stacked.map(char::len_utf8).sum::<usize>())
}

fn sequence_length(text: &str) -> Option<usize> {
    let mut chars = text.chars().peekable();
    let first = chars.next()?;
    let mut length = first.len_utf8();
    let mut next_if = |is: &dyn Fn(char) -> bool| {
        let next = chars.next_if(|&c| is(c));
        length += next.map_or(0, char::len_utf8);
        next.is_some()
    };
    if encloses(first) {
        next_if(&|c| c == AS_EMOJI);
        return next_if(&|c| c == KEYCAP).then_some(length);
    }
    if is_regional(first) {
        next_if(&is_regional);
        return Some(length);
    }
    if !is_pictographic(first) {
        return None;
    }
    let shown = next_if(&|c| c == AS_EMOJI) | next_if(&is_modifier);
    if !shown && (next_if(&|c| c == AS_TEXT) || !is_emoji_by_default(first)) {
        return None;
    }
    // The flags of England, Scotland and Wales are spelt in tags.
    while next_if(&|c| matches!(c, '\u{E0020}'..='\u{E007F}')) {}
    while next_if(&|c| c == JOINER) {
        if next_if(&is_pictographic) {
            next_if(&|c| c == AS_EMOJI);
            next_if(&is_modifier);
        }
    }
    Some(length)
}

const fn is_regional(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}

fn is_pictographic(c: char) -> bool {
    c > '\u{A8}' && (CodePointSetData::new::<ExtendedPictographic>().contains(c) || is_modifier(c))
}

fn is_modifier(c: char) -> bool {
    CodePointSetData::new::<EmojiModifier>().contains(c)
}

/// Of the pictographs outside the basic plane those that are no emoji by default are shown as such all the same.
fn is_emoji_by_default(c: char) -> bool {
    c >= '\u{1F000}' || CodePointSetData::new::<EmojiPresentation>().contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run_on(masks: Masks, text: &str) -> String {
        run(text, masks, &mut Counts::default()).map_or_else(|| text.to_owned(), |out| out.text)
    }

    const MASKED: Masks = Masks { urls: Some("[URL]"), emoji: Some("[رمز]") };
    const REMOVED: Masks = Masks { urls: Some(""), emoji: Some("") };

    #[test]
    fn addresses_and_emoji() {
        for (text, masked, removed) in [
            ("التقرير: https://example.org/a?b=1.", "التقرير: [URL].", "التقرير: ."),
            ("فوز كبير 🎉🇲🇦", "فوز كبير [رمز][رمز]", "فوز كبير "),
            ("أ👩🏽‍🚒ب❤️ج⭐د", "أ[رمز]ب[رمز]ج[رمز]د", "أبجد"),
            ("رقم 1️⃣ و#⃣", "رقم [رمز] و[رمز]", "رقم  و"),
            ("11\u{20E3}\u{20E3}", "1[رمز]", "1"),
            ("🏴\u{E0067}\u{E0062}\u{E007F}x", "[رمز]x", "x"),
            ("https://example.org/1️⃣ نعم", "[URL] نعم", " نعم"),
            ("www.example.org/خبر😀خبر", "[URL][رمز]خبر", "خبر"),
            // Signs that are text unless something asks for the picture.
            ("© ® ™ ☎ 5 # 🎉\u{FE0E} ✓", "© ® ™ ☎ 5 # 🎉\u{FE0E} ✓", "© ® ™ ☎ 5 # 🎉\u{FE0E} ✓"),
            ("©\u{FE0F}™\u{FE0F}", "[رمز][رمز]", ""),
        ] {
            assert_eq!(run_on(MASKED, text), masked);
            assert_eq!(run_on(REMOVED, text), removed);
        }
    }

    #[test]
    fn each_by_itself() {
        let text = "😀 https://example.org";
        assert_eq!(run_on(Masks { emoji: None, ..MASKED }, text), "😀 [URL]");
        assert_eq!(run_on(Masks { urls: None, ..MASKED }, text), "[رمز] https://example.org");
        let options = Options::from([("mode", "keep"), ("label", "latin")]);
        assert_eq!(Masks::of(Some(&options), None), None);
    }
}
