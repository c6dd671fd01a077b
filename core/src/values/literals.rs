//! Numbers in digits, as they are written: which separators are sound, and what they separate.
//!
//! A run of digits and separators is read as a whole, since only the whole says what a comma is:
//! `1,234,567` counts millions, `1,2` has a fraction, `1,2,3` is a list, `26,013,94` is a mistake of
//! which no part is a number.

use super::decimal::Decimal;
use super::words::BLANKS;
use crate::lexicon::{Lexicon, is_word_char};

/// A number in digits, or a date in digits. Offsets are in bytes of the scanned text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Literal {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// Where the word begins: before `begin` if there are proclitics.
    pub(super) word: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `None` where the writing does not say which number it is (`1.234`).
    Number { value: Option<Decimal>, digits: Option<u8> },
    /// A day; there may be no such day.
    Date { year: u32, month: u32, day: u32 },
    /// A time of day.
    Clock { hour: u8, minute: u8, second: Option<u8> },
}

impl Literal {
    /// How many digits a number has that is of digits alone: a day, a year.
    pub(super) fn digits(&self) -> Option<u8> {
        match self.kind {
            Kind::Number { digits, .. } => digits,
            Kind::Date { .. } | Kind::Clock { .. } => None,
        }
    }
}

/// How many digits a number may have that begins with zero.
const MOST_WITH_LEADING_ZERO: usize = 5;

/// Between the groups of a run.
const POINT: char = '.';
const COMMA: char = ',';
const ARABIC_COMMA: char = '\u{60C}';
const ARABIC_DECIMAL: char = '\u{66B}';
const ARABIC_THOUSANDS: char = '\u{66C}';

fn is_separator(c: char) -> bool {
    matches!(c, POINT | COMMA | ARABIC_COMMA | ARABIC_DECIMAL | ARABIC_THOUSANDS | '/' | '-' | '–' | ':')
}

/// Digits that belong together.
#[derive(Clone, Copy, Debug)]
struct Group<'t> {
    begin: usize,
    end: usize,
    digits: &'t str,
    /// What separates them from the group after.
    separator: Option<char>,
}

/// The numbers of `text`, in order, disjoint.
pub(super) fn literals(text: &str, lexicon: &Lexicon) -> Vec<Literal> {
    let (mut found, mut run) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(begin) = next_digit(text, at) {
        run.clear();
        at = cut_run(text, begin, &mut run);
        read_run(text, lexicon, &run, &mut found);
    }
    found
}

/// Cuts the run that begins with the digit at `begin` into its groups; where it ends.
fn cut_run<'t>(text: &'t str, begin: usize, run: &mut Vec<Group<'t>>) -> usize {
    let mut begin = begin;
    loop {
        let rest = text.get(begin..).unwrap_or_default();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let end = begin + length;
        // A separator counts between digits only; elsewhere it is the sentence's.
        let mut behind = behind.chars();
        let separator = behind.next().filter(|&c| is_separator(c));
        let separator = separator.filter(|_| behind.as_str().starts_with(|c: char| c.is_ascii_digit()));
        run.push(Group { begin, end, digits, separator });
        let Some(separator) = separator else { return end };
        begin = end + separator.len_utf8();
    }
}

/// Where the next digit begins, from byte `at`. (Folding has made all digits ASCII.)
pub(super) fn next_digit(text: &str, at: usize) -> Option<usize> {
    /// Most bytes are no digits: so many are seen at once.
    const AT_ONCE: usize = 32;
    let rest = text.as_bytes().get(at..)?;
    let has_digit = |bytes: &[u8; AT_ONCE]| bytes.iter().fold(false, |has, byte| has | byte.is_ascii_digit());
    let (chunks, _) = rest.as_chunks();
    let without = AT_ONCE * chunks.iter().take_while(|chunk| !has_digit(chunk)).count();
    Some(at + without + rest.get(without..)?.iter().position(u8::is_ascii_digit)?)
}

fn read_run(text: &str, lexicon: &Lexicon, run: &[Group<'_>], found: &mut Vec<Literal>) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let ahead = text.get(..first.begin).unwrap_or_default();
    let rest = text.get(last.end..).unwrap_or_default();
    // `F16`, `3G` and `x2y` are names of things, but a preposition may be written with a number.
    let Some(proclitic) = lexicon.proclitic_before(ahead) else { return };
    let era = close_era(rest);
    if rest.get(era..).is_some_and(|rest| rest.starts_with(|c| is_word_char(c) || c == '_'))
        || ahead.ends_with('_')
    {
        return;
    }
    let word = first.begin - proclitic.len();
    let plus = plus(ahead, first);
    // An international telephone number.
    if ahead.ends_with('+') && plus == 0 {
        return;
    }
    if let Some(kind) = date(run).or_else(|| short_hijri_date(run, rest)).or_else(|| clock(run)) {
        found.push(Literal { begin: first.begin, end: last.end, kind, word });
        return;
    }
    let parts = run.split_inclusive(|group| matches!(group.separator, Some('/' | '-' | '–' | ':')));
    let count = parts.clone().count();
    // Telephone numbers, codes, addresses: many parts, none of them a number.
    if count > 2 {
        return;
    }
    // Times of day.
    if run.iter().any(|group| group.separator == Some(':')) {
        return;
    }
    // `.77`, with nothing before its point.
    if let [Group { digits, .. }] = run
        && let Some(point) = leading_point(ahead)
        && (digits.len() < 4 || digits.starts_with('0'))
    {
        let kind = Kind::Number { value: Some(Decimal::new("0", digits)), digits: None };
        found.push(Literal { begin: first.begin - point, end: last.end, kind, word: first.begin - point });
        return;
    }
    let minus = minus(ahead);
    let sign =
        if count == 1 { Sign { length: plus.max(minus), is_minus: minus > 0 } } else { Sign::default() };
    for (index, part) in parts.enumerate() {
        let word = if index == 0 { word } else { part.first().map_or(word, |group| group.begin) };
        read_number(part, word, sign, found);
    }
}

/// The sign of a number, as long as it is written.
#[derive(Clone, Copy, Default)]
struct Sign {
    length: usize,
    is_minus: bool,
}

/// Whether what stands right behind `before` stands close to nothing else.
fn is_apart(before: &str) -> bool {
    before.is_empty() || before.ends_with([' ', '(', '[', '\u{A0}', '\n'])
}

/// The length of the plus sign that `ahead` ends in, where it stands close to nothing else and what follows is too short for a
/// telephone number with the code of its country.
fn plus(ahead: &str, first: &Group<'_>) -> usize {
    const MOST_DIGITS: usize = 3;
    let before =
        ahead.strip_suffix('+').filter(|before| is_apart(before) && first.digits.len() <= MOST_DIGITS);
    before.map_or(0, |before| ahead.len() - before.len())
}

/// The length of the minus sign that `ahead` ends in, where it belongs to the number after it: where
/// it stands close to nothing else. At the beginning of a line within the text a hyphen may be a list's dash.
fn minus(ahead: &str) -> usize {
    let Some(before) = ahead.strip_suffix(['-', '\u{2212}']) else { return 0 };
    if is_apart(before) && !before.ends_with('\n') { ahead.len() - before.len() } else { 0 }
}

/// The length of the decimal point that `ahead` ends in, where nothing stands close before it. Four digits behind it
/// may be the year that a sentence begins with.
fn leading_point(ahead: &str) -> Option<usize> {
    let before = ahead.strip_suffix([POINT, ARABIC_DECIMAL]).filter(|before| is_apart(before))?;
    Some(ahead.len() - before.len())
}

fn read_number(part: &[Group<'_>], word: usize, sign: Sign, found: &mut Vec<Literal>) {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return };
    let mut push = |begin, end, value: Option<Decimal>, digits| {
        found.push(Literal { begin, end, kind: Kind::Number { value, digits }, word: word.min(begin) });
    };
    // `0410` is no year.
    let plain = |group: &Group<'_>| {
        let length = u8::try_from(group.digits.len()).ok()?;
        (length < 4 || !group.digits.starts_with('0')).then_some(length)
    };
    match reading(part) {
        Reading::Number(value) => {
            let plain = if part.len() == 1 && sign.length == 0 { plain(first) } else { None };
            let value = if sign.is_minus { value.negated() } else { value };
            push(first.begin - sign.length, last.end, Some(value), plain);
        }
        Reading::Ambiguous => push(first.begin, last.end, None, None),
        Reading::List => {
            for group in part {
                push(group.begin, group.end, Some(Decimal::new(group.digits, "")), plain(group));
            }
        }
        Reading::None => {}
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Reading {
    Number(Decimal),
    Ambiguous,
    List,
    None,
}

/// What groups with points and commas between them say.
fn reading(part: &[Group<'_>]) -> Reading {
    let Some((last, head)) = part.split_last() else { return Reading::None };
    let Some((first, _)) = part.split_first() else { return Reading::None };
    let has_leading_zero = |group: &Group<'_>| group.digits.len() > 1 && group.digits.starts_with('0');
    // The longer are telephone numbers and codes.
    let has_decimal = matches!(head, [group] if matches!(group.separator, Some(POINT | ARABIC_DECIMAL)))
        && last.digits.len() == 1;
    if has_leading_zero(first)
        && (!head.is_empty() && !has_decimal || first.digits.len() > MOST_WITH_LEADING_ZERO)
    {
        return Reading::None;
    }
    let Some((before_last, thousands)) = head.split_last() else {
        return Reading::Number(Decimal::new(first.digits, ""));
    };
    let Some(final_separator) = before_last.separator else { return Reading::None };
    let in_thousands = |groups: &[Group<'_>]| {
        (1..=3).contains(&first.digits.len())
            && first.digits != "0"
            && groups.iter().skip(1).all(|group| group.digits.len() == 3)
    };
    let joined = |groups: &[Group<'_>]| groups.iter().map(|group| group.digits).collect::<String>();
    let as_list = || {
        let sound = part.iter().all(|group| !has_leading_zero(group));
        let commas = head.iter().all(|group| matches!(group.separator, Some(COMMA | ARABIC_COMMA)));
        if sound && commas { Reading::List } else { Reading::None }
    };

    match thousands.first().and_then(|group| group.separator) {
        // One separator.
        None => match (final_separator, in_thousands(part)) {
            (COMMA | ARABIC_COMMA | ARABIC_THOUSANDS, true) => {
                Reading::Number(Decimal::new(&joined(part), ""))
            }
            // Half the Arab world counts thousands by points, the other half counts by it fractions.
            (POINT, true) => Reading::Ambiguous,
            (ARABIC_THOUSANDS, false) => Reading::None,
            // `9,2321312`: no list has so short and so long numbers.
            (COMMA | ARABIC_COMMA, false)
                if last.digits.len() > 2
                    && first.digits != "0"
                    && (last.digits.len() < 5 || first.digits.len() > 3) =>
            {
                as_list()
            }
            _ => Reading::Number(Decimal::new(first.digits, last.digits)),
        },
        Some(thousands_separator) if thousands.iter().all(|g| g.separator == Some(thousands_separator)) => {
            let grouped = thousands_separator != ARABIC_DECIMAL;
            if final_separator == thousands_separator {
                if grouped && in_thousands(part) {
                    Reading::Number(Decimal::new(&joined(part), ""))
                } else {
                    as_list()
                }
            } else if grouped && in_thousands(head) && final_separator != ARABIC_THOUSANDS {
                Reading::Number(Decimal::new(&joined(head), last.digits))
            } else {
                Reading::None
            }
        }
        Some(_) => Reading::None,
    }
}

/// How long the letter of an era is that `rest` begins with, written close to its year (`1445هـ`, `2024م`).
fn close_era(rest: &str) -> usize {
    // Folding leaves the tatweel of this abbreviation alone.
    ["ه\u{640}", "ه", "م"].into_iter().find(|era| rest.starts_with(era)).map_or(0, str::len)
}

/// The day that three groups are.
fn date(run: &[Group<'_>]) -> Option<Kind> {
    let [a, b, c] = run else { return None };
    let separator = a.separator.filter(|&s| matches!(s, '/' | '-' | POINT))?;
    if b.separator != Some(separator) {
        return None;
    }
    let number = |group: &Group<'_>| group.digits.parse::<u32>().unwrap_or_default();
    let short = |group: &Group<'_>| group.digits.len() <= 2;
    let (year, month, day) = match (a.digits.len(), c.digits.len()) {
        (4, _) if short(b) && short(c) => (number(a), number(b), number(c)),
        // The day first, as Arabic dates have it, unless there is no such month.
        (_, 4) if short(a) && short(b) && number(b) > 12 => (number(c), number(a), number(b)),
        (_, 4) if short(a) && short(b) => (number(c), number(b), number(a)),
        _ => return None,
    };
    Some(Kind::Date { year, month, day })
}

/// The day of the Hijri calendar that three groups of two digits are, where the letter of the era stands behind them: of the
/// century that has its middle now.
fn short_hijri_date(run: &[Group<'_>], rest: &str) -> Option<Kind> {
    let [day, month, year] = run else { return None };
    day.separator
        .filter(|separator| matches!(separator, '/' | '-'))
        .filter(|_| day.separator == month.separator)?;
    let era = rest.trim_start_matches(BLANKS).strip_prefix("ه\u{640}")?;
    if era.starts_with(is_word_char)
        || run.iter().any(|group| group.digits.len() > 2)
        || year.digits.len() < 2
    {
        return None;
    }
    let number = |group: &Group<'_>| group.digits.parse::<u32>().ok();
    let year = number(year)?;
    let century = if year < 50 { 1400 } else { 1300 };
    Some(Kind::Date { year: century + year, month: number(month)?, day: number(day)? })
}

/// The time of day that two or three groups are.
fn clock(run: &[Group<'_>]) -> Option<Kind> {
    let ([a, b] | [a, b, _]) = run else { return None };
    let colons = run.iter().rev().skip(1).all(|group| group.separator == Some(':'));
    let number = |group: &Group<'_>| group.digits.parse::<u8>().ok();
    let two =
        |group: &Group<'_>| if group.digits.len() == 2 { number(group).filter(|&n| n < 60) } else { None };
    let second = match run.get(2) {
        Some(group) => Some(two(group)?),
        None => None,
    };
    let hour = number(a).filter(|&hour| hour <= 24 && a.digits.len() <= 2)?;
    colons.then_some(Kind::Clock { hour, minute: two(b)?, second })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let lexicon = Lexicon::from_rows([]).expect("an empty lexicon");
        let text = crate::normalize::fold(text).text;
        literals(&text, &lexicon)
            .into_iter()
            .map(|literal| {
                let value = match literal.kind {
                    Kind::Number { value, .. } => value.map_or("?".to_owned(), |value| value.written()),
                    Kind::Date { year, month, day } => format!("{year}-{month:02}-{day:02}"),
                    Kind::Clock { hour, minute, second } => format!("{hour}:{minute:02} {second:?}"),
                };
                (text[literal.begin..literal.end].to_owned(), value)
            })
            .collect()
    }

    fn owned((written, value): (&str, &str)) -> (String, String) {
        (written.to_owned(), value.to_owned())
    }

    #[test]
    fn separators_are_read_by_the_whole_number() {
        for (text, value) in [
            ("300", "300"),
            ("١٢٫٥", "12.5"),
            ("۱۲", "12"),
            ("١٬٢٣٤٬٥٦٧٫٨", "1234567.8"),
            ("1,234", "1234"),
            ("1،234", "1234"),
            ("1,2", "1.2"),
            ("1،2", "1.2"),
            ("3.14159", "3.14159"),
            ("0.125", "0.125"),
            ("0,125", "0.125"),
            ("1.234,5", "1234.5"),
            ("1,234.567", "1234.567"),
            ("1.234.567", "1234567"),
            ("1.234", "?"),
            (".77", "0.77"),
            ("٫77", "0.77"),
            ("0410", "410"),
            ("007", "7"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ] {
            let folded = crate::normalize::fold(text).text;
            assert_eq!(read(text), [(folded, value.to_owned())], "{text}");
        }
    }

    #[test]
    fn unsound_numbers_are_none() {
        for text in
            ["26,013,94", "1.2.3.4", "0501234567", "F16", "3G", "x2y", "011-234-5678", "+96612345678", "1٬2"]
        {
            assert_eq!(read(text), [], "{text}");
        }
        assert_eq!(read("1,2,3").len(), 3);
        assert_eq!(read("2017،2018").len(), 2);
        assert_eq!(read("بنتيجة 3-1.").len(), 2);
    }

    #[test]
    fn a_number_may_follow_a_proclitic() {
        assert_eq!(read("ب300 و15."), [("300", "300"), ("15", "15")].map(owned));
    }

    #[test]
    fn a_minus_sign_stands_close_to_its_number_alone() {
        assert_eq!(read("بلغت -5 درجات"), [("-5", "-5")].map(owned));
        assert_eq!(read("-5"), [("-5", "-5")].map(owned));
        assert_eq!(read("3-5").len(), 2);
        assert_eq!(read("البنود:\n-5"), [("5", "5")].map(owned));
    }

    #[test]
    fn dates_in_digits_have_the_day_first() {
        assert_eq!(read("17/5/2018"), [("17/5/2018", "2018-05-17")].map(owned));
        assert_eq!(read("٢٠١٨-٠٥-١٧"), [("2018-05-17", "2018-05-17")].map(owned));
        assert_eq!(read("5/17/2018"), [("5/17/2018", "2018-05-17")].map(owned));
        assert_eq!(read("1/2/3"), []);
        assert_eq!(read("12-04-41 هـ"), [("12-04-41", "1441-04-12")].map(owned));
        assert_eq!(read("12-04-88هـ"), [("12-04-88", "1388-04-12")].map(owned));
    }

    #[test]
    fn times_of_day_have_colons() {
        assert_eq!(read("14:30"), [("14:30", "14:30 None")].map(owned));
        assert_eq!(read("9:05:07"), [("9:05:07", "9:05 Some(7)")].map(owned));
        for text in ["25:30", "14:60", "14:3", "1:2:3:4", "14:30:5"] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
