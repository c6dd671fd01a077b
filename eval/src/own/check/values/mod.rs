//! Values of dates, amounts and percentages: that they parse, and that they say what their surface says.

pub(super) mod date;

use warraq_core::entities::EntityType;

use self::date::Date;
use super::{Sheet, named};
use crate::gold::Mention;
use crate::own::words::{key, spans, without_article};

pub(super) fn check(sheet: &mut Sheet) {
    for mention in &sheet.article.mentions {
        match mention.kind {
            EntityType::Date => day(sheet, mention),
            EntityType::Money => money(sheet, mention),
            EntityType::Percent => percent(sheet, mention),
            _ => {}
        }
    }
}

fn wrong(sheet: &mut Sheet, mention: &Mention, wanted: &str) {
    let message =
        format!("{} has the value `{}`; expected {wanted}", named(mention, &sheet.article.text), mention.id);
    sheet.find(mention.span, "value", message);
}

fn contradicts(sheet: &mut Sheet, mention: &Mention, says: &str) {
    let message = format!(
        "{} has the value `{}`, and its surface says {says}",
        named(mention, &sheet.article.text),
        mention.id
    );
    sheet.find(mention.span, "contradiction", message);
}

fn day(sheet: &mut Sheet, mention: &Mention) {
    preposition(sheet, mention);
    let Some((first, last)) = date::parse(&mention.id) else {
        let wanted = "`YYYY-MM-DD`, `YYYY-MM`, `YYYY`, `YYYY-Q1`, `YYYY-H1`, `YYYY-SP` (SU FA WI), `YYYY-W19`, `199X`, \
                      `19XX`, `XXXX-12-11`, or two of them as a range `A/B`";
        wrong(sheet, mention, wanted);
        return;
    };
    if let Some(says) = against_surface(sheet, mention, &first, last.as_ref()) {
        contradicts(sheet, mention, &says);
    }
}

fn preposition(sheet: &mut Sheet, mention: &Mention) {
    let words = key(sheet.of(mention.span));
    let first = words.split(' ').next().unwrap_or_default();
    let is = |known: &String| key(known) == first;
    let fixed = sheet.lists.extra.date.fixed.iter().any(|fixed| words.starts_with(&key(fixed)));
    if sheet.lists.extra.date.prepositions.iter().any(is) && words.contains(' ') && !fixed {
        let message = format!(
            "{} begins with a preposition, which stands before the span",
            named(mention, &sheet.article.text)
        );
        sheet.find(mention.span, "preposition", message);
    }
}

/// What the surface says in plain figures and names, where the value says something else.
fn against_surface(sheet: &Sheet, mention: &Mention, first: &Date, last: Option<&Date>) -> Option<String> {
    let surface = key(sheet.of(mention.span));
    let words: Vec<&str> = spans(&surface).into_iter().map(|span| span.of(&surface)).collect();
    let ends: Vec<&Date> = std::iter::once(first).chain(last).collect();
    let months = months(sheet, &surface);
    let hijri = months.iter().any(|(_, hijri)| *hijri) || words.iter().any(|word| is_hijri_sign(word));
    for word in &words {
        let Some(year) = figure(word).filter(|_| word.chars().count() == 4) else { continue };
        if PLAIN_YEARS.contains(&year) && !ends.iter().any(|end| end.may_be_in(year)) {
            return Some(format!("the year {year}"));
        }
    }
    if hijri && ends.iter().any(|end| end.year.is_some_and(|year| HIJRI_YEARS.contains(&year))) {
        return Some("a Hijri date; its value is the Gregorian one".to_owned());
    }
    let named: Vec<u8> = months.iter().filter(|(_, hijri)| !hijri).map(|(month, _)| *month).collect();
    let valued: Vec<u8> = ends.iter().filter_map(|end| end.month).collect();
    if let (Some(month), false) = (named.first(), valued.is_empty())
        && !named.iter().any(|month| valued.contains(month))
    {
        return Some(format!("month {month}"));
    }
    if let (Some(day), false) = (day_before_month(sheet, &words), hijri)
        && ends.iter().any(|end| end.day.is_some())
        && !ends.iter().any(|end| end.day == Some(day))
    {
        return Some(format!("day {day}"));
    }
    if last.is_some() {
        return None;
    }
    if let Some(day) = in_figures(&surface).filter(|orders| !orders.iter().any(|order| order == &mention.id))
    {
        return day.into_iter().next();
    }
    weekday(sheet, &words, first).or_else(|| deictic(sheet, mention, &surface, first))
}

/// Four figures in this range are a year; below them they may be one of the other calendar, without its sign.
const PLAIN_YEARS: std::ops::Range<u16> = 1500..2200;
/// The years of the Hijri calendar that news tells.
const HIJRI_YEARS: std::ops::Range<u16> = 1300..1500;

fn figure(word: &str) -> Option<u16> {
    word.chars().all(|c| c.is_ascii_digit()).then(|| word.parse().ok()).flatten()
}

/// `هـ`, alone or on its year.
fn is_hijri_sign(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| c.is_ascii_digit()).trim_end_matches('\u{640}');
    matches!(word, "ه" | "هجري" | "هجريه")
}

/// The months that `surface` (folded) names, and whether each is of the Hijri calendar.
fn months(sheet: &Sheet, surface: &str) -> Vec<(u8, bool)> {
    let mut rest = format!(" {} ", surface.replace(|c: char| !c.is_alphanumeric(), " "));
    let mut found = Vec::new();
    for month in &sheet.lists.months {
        let name = format!(" {} ", month.name);
        if rest.contains(&name) {
            found.push((month.number, month.hijri));
            // A longer name is found first, and its words are no other month's; both readings of one name are told.
            let same = sheet
                .lists
                .months
                .iter()
                .filter(|other| other.name == month.name && other.number != month.number);
            found.extend(same.map(|other| (other.number, other.hijri)));
            rest = rest.replace(&name, "  ");
        }
    }
    found
}

/// The figure directly before the first Gregorian month, where there is but one such figure.
fn day_before_month(sheet: &Sheet, words: &[&str]) -> Option<u8> {
    let firsts = |word: &str| {
        sheet.lists.months.iter().any(|month| !month.hijri && month.name.split(' ').next() == Some(word))
    };
    let mut days = words.windows(2).filter_map(|pair| match pair {
        [day, month] if firsts(month) => day.parse::<u8>().ok().filter(|day| (1..=31).contains(day)),
        _ => None,
    });
    days.next()
}

/// The days that a surface wholly in figures may be (`5-3-2024`, `2024/3/5`), its day before its month first; none of
/// the Hijri calendar.
fn in_figures(surface: &str) -> Option<Vec<String>> {
    let parts: Vec<u16> =
        surface.split(['-', '/', '.']).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let &[first, second, third] = parts.as_slice() else { return None };
    let (year, orders) = if PLAIN_YEARS.contains(&first) {
        (first, [(third, second), (second, third)])
    } else if PLAIN_YEARS.contains(&third) {
        (third, [(first, second), (second, first)])
    } else {
        return None;
    };
    Some(orders.map(|(day, month)| format!("{year:04}-{month:02}-{day:02}")).to_vec())
}

fn weekday(sheet: &Sheet, words: &[&str], value: &Date) -> Option<String> {
    let mut named = words.iter().filter_map(|word| {
        let bare = word.strip_prefix(['و', 'ب', 'ل']).unwrap_or(word);
        sheet.lists.weekdays.get(*word).or_else(|| sheet.lists.weekdays.get(bare)).map(|day| (*word, *day))
    });
    let (word, day) = named.next()?;
    let other = named.next().is_some();
    let is = value.weekday()?;
    (!other && is != day).then(|| format!("`{word}`, which that day is not"))
}

/// `أمس` and the like, outside quotations: there they count from the day that was spoken on.
fn deictic(sheet: &Sheet, mention: &Mention, surface: &str, value: &Date) -> Option<String> {
    if sheet.article.quotations.iter().any(|quotation| quotation.span.contains(mention.span)) {
        return None;
    }
    let reference = date::parse(sheet.article.meta.get("ref")?)?.0.day_number()?;
    let padded = format!(" {surface} ");
    let (form, days) = sheet.lists.deictics.iter().find(|(form, _)| padded.contains(&format!(" {form} ")))?;
    let is = value.day_number()?;
    (is != reference + days).then(|| format!("`{form}`, which is {} the reference date", distance(*days)))
}

fn distance(days: i64) -> String {
    match days {
        0 => "on".to_owned(),
        1 => "the day after".to_owned(),
        -1 => "the day before".to_owned(),
        days if days > 0 => format!("{days} days after"),
        days => format!("{} days before", -days),
    }
}

/// Figures with what parts them, as one number.
fn numbers(surface: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '٫' | '٬');
    surface
        .split(|c| !is_part(c))
        .map(|number| number.trim_matches(|c: char| !c.is_ascii_digit()))
        .filter(|number| !number.is_empty())
        .map(ToOwned::to_owned)
        .collect()
}

fn is_number(value: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let value = value.strip_prefix('-').unwrap_or(value);
    match value.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(value),
    }
}

/// The digits that are left when a number is multiplied or divided by powers of ten.
fn significant(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// The one number in figures that the surface is, where its words do not change it.
fn only_number(sheet: &Sheet, surface: &str, kind: EntityType) -> Option<String> {
    let words = &sheet.lists.extra.amount;
    let hundreds = words.hundreds.iter().filter(|_| kind == EntityType::Money);
    let more: Vec<String> = words.more.iter().chain(hundreds).map(|word| key(word)).collect();
    let more = |word: &str| more.iter().any(|known| known == word);
    // `مليار و800 مليون`: two sums.
    let scale = |word: &&str| sheet.lists.scales.contains(word.strip_prefix('و').unwrap_or(word));
    let scales = surface.split(' ').filter(scale).count();
    if scales > 1 || surface.split(' ').map(without_article).any(more) {
        return None;
    }
    let mut numbers = numbers(surface);
    let number = numbers.pop()?;
    numbers.is_empty().then_some(number)
}

fn money(sheet: &mut Sheet, mention: &Mention) {
    let right = mention
        .id
        .split_once(' ')
        .is_some_and(|(number, currency)| is_number(number) && sheet.lists.currencies.contains(currency));
    if !right {
        wrong(sheet, mention, "a number in plain figures, a space and an ISO 4217 code: `1200000000 USD`");
        return;
    }
    let surface = key(sheet.of(mention.span));
    let value = mention.id.split(' ').next().unwrap_or_default();
    if let Some(number) = only_number(sheet, &surface, mention.kind)
        && significant(&number) != significant(value)
    {
        contradicts(sheet, mention, &number);
    }
}

fn percent(sheet: &mut Sheet, mention: &Mention) {
    if !is_number(&mention.id) {
        wrong(sheet, mention, "a number in plain figures: `7.5`");
        return;
    }
    let surface = key(sheet.of(mention.span));
    let plain = |number: &str| {
        let number = number.replace([',', '٫'], ".");
        let number =
            if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { &number };
        number.trim_start_matches('0').to_owned()
    };
    if let Some(number) = only_number(sheet, &surface, mention.kind)
        && plain(&number) != plain(mention.id.trim_start_matches('-'))
    {
        contradicts(sheet, mention, &number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_plain_numbers() {
        assert!(is_number("7.5") && is_number("-0.3") && is_number("1200000000"));
        assert!(
            !is_number("1,5") && !is_number("") && !is_number("5.") && !is_number("5 7") && !is_number("٥")
        );
    }

    #[test]
    fn powers_of_ten_change_no_significant_digit() {
        assert_eq!(significant("1,2"), significant("1200000000"));
        assert_eq!(significant("0.5"), significant("500000"));
        assert_ne!(significant("1.2"), significant("1.3"));
        assert_eq!(numbers("من 1,5 الى 2."), ["1,5", "2"]);
    }
}
