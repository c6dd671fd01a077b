//! Digits to Arabic-Indic ones or to the Extended ones.
//!
//! To ASCII they are a table of characters and live in the character pass. This has to look at whole
//! words: `B2B`, `v2.1` and an address on the web keep their digits.

use super::Normalized;
use super::choice::DigitsFrom;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use super::tables::{DigitSet, NumberMark, NumberRole, TABLES, is_digit};

/// `text` with those digits that `from` takes in the set `to`; `None` where it has them already.
pub(super) fn run(text: &str, to: DigitSet, from: DigitsFrom, counts: &mut Counts) -> Option<Normalized> {
    let mut out = Rewriter::new(text);
    let mut begin = 0;
    let digit = |c| digit_in(to, from, c);
    for word in text.split_inclusive(char::is_whitespace) {
        if word.chars().any(|c| digit(c).is_some()) && !word.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            convert(&mut out, word, begin, digit);
        }
        begin += word.len();
    }
    counts.add(Step::Digits, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

fn convert(out: &mut Rewriter, word: &str, begin: usize, digit: impl Fn(char) -> Option<char>) {
    let marks = number_marks(word);
    let mut buffer = [0; 4];
    for (at, c) in word.char_indices() {
        let instead = digit(c).or_else(|| marks.iter().find(|mark| mark.0 == at).map(|mark| mark.1));
        if let Some(instead) = instead {
            out.replace(begin + at, begin + at + c.len_utf8(), instead.encode_utf8(&mut buffer));
        }
    }
}

/// Where `word` has the ASCII marks of a number, and what they become.
///
/// Only in a word of a single number: the points of `17.5.2018` and of `192.168.1.1` are no decimal
/// points, and the commas of `1,2,3` divide no thousands.
fn number_marks(word: &str) -> Vec<(usize, char)> {
    let numeric = |c: char| is_digit(c) || c == '.' || c == ',';
    let Some(first) = word.find(is_digit) else { return Vec::new() };
    let Some(from_first) = word.get(first..) else { return Vec::new() };
    let length = from_first.find(|c| !numeric(c)).unwrap_or(from_first.len());
    let (number, behind) = from_first.split_at_checked(length).unwrap_or((from_first, ""));
    // A full stop or comma at the end belongs to the sentence.
    let number = number.trim_end_matches(['.', ',']);
    let mut marks = Vec::new();
    if behind.chars().any(is_digit) {
        return marks;
    }
    if let Some(percent) = instead_of(NumberRole::Percent)
        && behind.starts_with(percent.ascii)
        && from_first.get(..length) == Some(number)
    {
        marks.push((first + length, percent.arabic));
    }
    let (whole, fraction) = number.split_once('.').map_or((number, None), |(a, b)| (a, Some(b)));
    let mut groups = whole.split(',');
    let head = groups.next().map_or(0, count_characters);
    let grouped =
        (1..=3).contains(&head) && groups.all(|group| count_characters(group) == 3) || !whole.contains(',');
    if !grouped || fraction.is_some_and(|digits| digits.is_empty() || !digits.chars().all(is_digit)) {
        return marks;
    }
    for (at, c) in number.char_indices() {
        let role = if c == '.' { NumberRole::Decimal } else { NumberRole::Thousands };
        if let Some(mark) = instead_of(role).filter(|mark| mark.ascii == c) {
            marks.push((first + at, mark.arabic));
        }
    }
    marks
}

fn count_characters(group: &str) -> usize {
    group.chars().count()
}

fn instead_of(role: NumberRole) -> Option<&'static NumberMark> {
    TABLES.number_marks.iter().find(|mark| mark.role == role)
}

/// What `c` is in the set `to`, if it is a digit of another that `from` takes.
fn digit_in(to: DigitSet, from: DigitsFrom, c: char) -> Option<char> {
    let (set, value) = match c {
        '0'..='9' => (DigitSet::Latn, c.to_digit(10)?),
        // Most text stops here without a search.
        '\0'..'\u{660}' => return None,
        _ => {
            let (set, digit) = TABLES.digits.iter().find(|(_, digit)| digit.from == c)?;
            (*set, digit.to.chars().next()?.to_digit(10)?)
        }
    };
    if set == to || !from.takes(set) {
        return None;
    }
    char::from_u32(to.zero() as u32 + value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_their_marks() {
        for (text, expected) in [
            ("عام 2024", "عام ٢٠٢٤"),
            ("۱۲ و3", "١٢ و٣"),
            ("1,234.5 و7.5%.", "١٬٢٣٤٫٥ و٧٫٥٪."),
            ("50% (12.5)", "٥٠٪ (١٢٫٥)"),
            ("17.5.2018", "١٧.٥.٢٠١٨"),
            ("1,2,3 و12,34", "١,٢,٣ و١٢,٣٤"),
            ("3. ثم 4,", "٣. ثم ٤,"),
            ("5/6/2024 20:30", "٥/٦/٢٠٢٤ ٢٠:٣٠"),
            ("B2B v2.1 http://a.b/2024 كوفيد-19", "B2B v2.1 http://a.b/2024 كوفيد-١٩"),
            ("٢٠", "٢٠"),
        ] {
            assert_eq!(digits(text, DigitSet::Arab, None), expected);
        }
    }

    #[test]
    fn sets_of_digits() {
        use DigitSet as D;
        let text = "12 ١٢ ۱۲ １２ 1,234.5%";
        for (to, from, expected) in [
            (D::Arab, None, "١٢ ١٢ ١٢ ١٢ ١٬٢٣٤٫٥٪"),
            (D::Arabext, None, "۱۲ ۱۲ ۱۲ ۱۲ ۱٬۲۳۴٫۵٪"),
            (D::Arab, Some(D::Arabext), "12 ١٢ ١٢ １２ 1,234.5%"),
            (D::Arabext, Some(D::Arab), "12 ۱۲ ۱۲ １２ 1,234.5%"),
            (D::Arabext, Some(D::Latn), "۱۲ ١٢ ۱۲ １２ ۱٬۲۳۴٫۵٪"),
            (D::Arab, Some(D::Arab), text),
        ] {
            assert_eq!(digits(text, to, from), expected);
        }
    }

    fn digits(text: &str, to: DigitSet, from: Option<DigitSet>) -> String {
        let run = |text: &str| run(text, to, DigitsFrom(from), &mut Counts::default());
        let once = run(text).map_or_else(|| text.to_owned(), |out| out.text);
        assert!(run(&once).is_none(), "{once}");
        once
    }
}
