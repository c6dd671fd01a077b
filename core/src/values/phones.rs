//! Telephone numbers: where one may be, by what stands around it; whether it is one, by Google's rules for all countries.

use std::str::FromStr;

use rlibphonenumber::phonenumber_matcher::PHONE_MATCHER_FACTORY;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};
use serde::Deserialize;

use super::literals::next_digit;
use crate::KnowledgeError;
use crate::lexicon::is_word_char;
use crate::segment::rules::{Words, read};

/// `data/values/phones.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhoneWords {
    words: Words,
}

impl PhoneWords {
    pub(super) fn built_in() -> Result<Self, KnowledgeError> {
        read("values/phones.toml", include_str!("../../../data/values/phones.toml"))
    }

    /// Whether one of the last words of `ahead` speaks of telephones.
    fn end(&self, ahead: &str) -> bool {
        let words = ahead.rsplit(|c| !is_word_char(c)).filter(|word| !word.is_empty());
        words.take(NEAR).any(|word| self.words.has(word))
    }
}

/// A telephone number in folded text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Phone {
    pub(super) begin: usize,
    pub(super) end: usize,
    /// As E.164 writes it.
    pub(super) number: String,
}

/// So many words before a number may speak of telephones.
const NEAR: usize = 4;
/// No number that is dialled has fewer digits, its country's code aside.
const FEWEST_DIGITS: usize = 7;
/// So much of a text is looked at from the beginning of a number, with what may be an extension behind it.
const WINDOW: usize = 48;
/// From all countries that print `00` for the sign of an international number this one is as good as any.
const ANY_REGION: Region = Region::AE;

/// The numbers of `text`, in order. `region` is the country, by ISO 3166, whose numbers may be without its code.
pub(super) fn phones(text: &str, words: &PhoneWords, region: impl Fn() -> Option<[u8; 2]>) -> Vec<Phone> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(digit) = next_digit(text, at) {
        let Some(written) = text.get(digit..) else { break };
        let length = written.find(|c: char| !(c.is_ascii_digit() || is_inside(c))).unwrap_or(written.len());
        at = digit + length.max(1);
        let digits = written.bytes().take(length).filter(u8::is_ascii_digit).count();
        let ahead = text.get(..digit).unwrap_or_default();
        if digits < FEWEST_DIGITS || ahead.ends_with(is_word_char) {
            continue;
        }
        let begin = digit - opening(ahead);
        let is_international = ahead.ends_with('+') || written.starts_with("00");
        let region = if is_international {
            Some(ANY_REGION)
        } else if words.end(text.get(..begin).unwrap_or_default()) {
            region().and_then(|code| Region::from_str(std::str::from_utf8(&code).ok()?).ok())
        } else {
            None
        };
        let Some(region) = region else { continue };
        let window = window(text.get(begin..).unwrap_or_default());
        let mut matcher = PHONE_MATCHER_FACTORY.matcher_builder(window).preferred_region(region).build();
        if let Some(phone) = matcher.next() {
            let number = PHONE_NUMBER_UTIL.format(&phone.number, PhoneNumberFormat::E164).into_owned();
            let (begin, end) = (begin + phone.start, begin + phone.end());
            at = at.max(end);
            found.push(Phone { begin, end, number });
        }
    }
    found
}

/// What may stand between the digits of a number.
fn is_inside(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '-' | '–' | '.' | '/' | '(' | ')')
}

/// The bytes of the signs that `ahead` ends in and a number begins with: `+`, `(`.
fn opening(ahead: &str) -> usize {
    ahead.len() - ahead.trim_end_matches(['+', '(']).len()
}

/// The beginning of a text, within its line.
fn window(text: &str) -> &str {
    let line = text.find('\n').unwrap_or(text.len());
    let mut end = line.min(WINDOW);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
