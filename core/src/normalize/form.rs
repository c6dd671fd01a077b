//! Unicode's normal forms, with the places where they change something.

use std::borrow::Cow;
use std::ops::Range;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::Normalized;
use super::rewrite::Rewriter;
use super::signs::{Look, SHARED, Signs};
use super::tables::is_mark;

/// Odd characters that are at most so many bytes apart are looked at together.
const NEAR: usize = 64;

/// A normal form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

impl Form {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "NFC" => Self::Nfc,
            "NFD" => Self::Nfd,
            "NFKC" => Self::Nfkc,
            "NFKD" => Self::Nfkd,
            _ => return None,
        })
    }

    /// The composed form with the same compatibility: the other steps know composed letters.
    pub(super) const fn composed(self) -> Self {
        match self {
            Self::Nfc | Self::Nfd => Self::Nfc,
            Self::Nfkc | Self::Nfkd => Self::Nfkc,
        }
    }

    /// `text` in this form; `None` where it is already.
    pub(super) fn run(self, text: &str) -> Option<Normalized> {
        if self == self.composed() {
            return SHARED.looking(text, |look| self.compose(look));
        }
        let mut out = Rewriter::new(text);
        self.run_over(&mut out, text, 0..text.len());
        out.finish()
    }

    /// The text in this form, a composed one; `None` where it is already.
    ///
    /// Only the places that are not are rewritten, each from one character that nothing before it can
    /// combine with to the next such.
    pub(super) fn compose(self, look: Look) -> Option<Normalized> {
        let text = look.text;
        let mut out = Rewriter::new(text);
        // One call for what is near is quicker than many.
        let mut part: Range<usize> = 0..0;
        // The last vowel mark behind a letter, which is in this form if nothing odd is behind it.
        let mut lone: Range<usize> = 0..0;
        look.each(self.sign(), |begin, c| {
            let end = begin + c.len_utf8();
            if composes_with_nothing(c) && begin > part.end && begin > lone.end {
                lone = begin..end;
                return;
            }
            if end > part.end + NEAR {
                self.run_over(&mut out, text, part.clone());
                let begin = if begin == lone.end { lone.start } else { begin };
                // What is before is in this form; with its last character this one may combine.
                let before = text.get(part.end..begin).and_then(|text| text.chars().next_back());
                part.start = begin - before.map_or(0, char::len_utf8);
            }
            part.end = end;
        });
        self.run_over(&mut out, text, part);
        out.finish()
    }

    /// What characters of `text` that are not in this form, or combine with others, are told by.
    pub(super) const fn sign(self) -> Signs {
        match self.composed() {
            Self::Nfkc => Signs::NFKC,
            _ => Signs::NFC,
        }
    }

    /// Writes those places of a part of `text` that are not in this form.
    fn run_over(self, out: &mut Rewriter, text: &str, part: Range<usize>) {
        let Range { start: mut at, end } = part;
        loop {
            let rest = text.get(at..end).unwrap_or_default();
            let (normal, odd) = self.split(rest);
            if odd.is_empty() {
                return;
            }
            let begin = at + normal.len();
            let length = odd
                .char_indices()
                .skip(1)
                .find(|&(_, c)| stands_alone(c))
                .map_or(odd.len(), |(length, _)| length);
            let piece = odd.get(..length).unwrap_or_default();
            out.replace_trimmed(begin, begin + length, &self.normalize(piece));
            at = begin + length;
        }
    }

    fn split(self, text: &str) -> (&str, &str) {
        match self {
            Self::Nfc => ComposingNormalizerBorrowed::new_nfc().split_normalized(text),
            Self::Nfkc => ComposingNormalizerBorrowed::new_nfkc().split_normalized(text),
            Self::Nfd => DecomposingNormalizerBorrowed::new_nfd().split_normalized(text),
            Self::Nfkd => DecomposingNormalizerBorrowed::new_nfkd().split_normalized(text),
        }
    }

    /// The whole of `text` in this form.
    pub(super) fn normalize(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Nfc => ComposingNormalizerBorrowed::new_nfc().normalize(text),
            Self::Nfkc => ComposingNormalizerBorrowed::new_nfkc().normalize(text),
            Self::Nfd => DecomposingNormalizerBorrowed::new_nfd().normalize(text),
            Self::Nfkd => DecomposingNormalizerBorrowed::new_nfkd().normalize(text),
        }
    }
}

/// Whether no normal form ever joins `c` to what stands before it. Cautious: what does not combine
/// but is in a group with what does says no, which only makes a piece longer.
pub(super) fn stands_alone(c: char) -> bool {
    if c < '\u{300}' {
        return true;
    }
    !is_mark(c)
        && !matches!(c,
            // Hangul letters, also in their compatibility and halfwidth forms.
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{3200}'..='\u{32FF}'
            | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}' | '\u{FFA0}'..='\u{FFDF}'
            // Spacing voice marks of kana, whose decomposition combines.
            | '\u{FF9E}' | '\u{FF9F}'
            // Kirat Rai vowel signs are letters and yet compose.
            | '\u{16D40}'..='\u{16D7F}'
        )
}

/// Whether `c` is a mark that is in every form by itself and that no form joins to the letter before it: Arabic vowel
/// marks, which are frequent.
const fn composes_with_nothing(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{670}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FORMS: [Form; 4] = [Form::Nfc, Form::Nfd, Form::Nfkc, Form::Nfkd];

    /// Piece by piece is the same as all at once.
    fn check(text: &str) {
        for form in FORMS {
            let whole = form.normalize(text);
            let pieces = form.run(text).map_or_else(|| text.to_owned(), |out| out.text);
            assert_eq!(pieces, whole, "{form:?} of {text:?}");
        }
    }

    #[test]
    fn vowel_marks_compose_with_no_letter() {
        for mark in ('\0'..=char::MAX).filter(|&c| composes_with_nothing(c)) {
            for letter in ('\0'..='\u{FFFF}').filter(|&c| stands_alone(c)) {
                let (alone, both) = (String::from(letter), format!("{letter}{mark}"));
                for form in [Form::Nfc, Form::Nfkc] {
                    // A letter that is not in this form is found itself.
                    if form.normalize(&alone) == alone {
                        assert_eq!(form.normalize(&both), both);
                    }
                }
            }
        }
    }

    #[test]
    fn hard_cases() {
        for text in [
            "",
            "نص عادي",
            "ا\u{651}\u{64E}\u{654}",
            "e\u{301}\u{327}a",
            "\u{1112}\u{1161}\u{11AB} 한",
            "ｶﾞ\u{FF9E}",
            "\u{16D63}\u{16D67}\u{16D67}",
            "\u{344}\u{308}\u{301}",
            "ﷺ ﻻ \u{FE70}",
            "شكراً\u{653}، شكرا\u{64B}\u{654} ا\u{64B}ا\u{653}",
            "\u{64B}ا\u{64B}\u{64B}\u{653}",
            "\u{0DD9}\u{0DCF}\u{0DCA}",
        ] {
            check(text);
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_library(text in prop::collection::vec(prop_oneof![
            any::<char>(),
            prop::char::range('\u{300}', '\u{36F}'),
            prop::char::range('\u{620}', '\u{6FF}'),
            prop::char::range('\u{1100}', '\u{11FF}'),
            prop::char::range('\u{3040}', '\u{30FF}'),
            prop::char::range('\u{FF60}', '\u{FFDF}'),
            prop::char::range('a', 'e'),
        ], 0..40)) {
            check(&text.into_iter().collect::<String>());
        }
    }
}
