//! Numbers with what they count: scale words, percentages, money.

use super::decimal::Decimal;
use super::literals::{Kind, Literal};
use super::scan::Scan;
use crate::entities::{EntityType, Value};
use crate::lexicon::{Reading, Sense};

/// A number, a percentage or an amount of money. Offsets are in bytes of the scanned text.
pub(super) struct Amount {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) kind: EntityType,
    /// `None` where what is written leaves open which it is.
    pub(super) value: Option<Value>,
}

/// `5 ملايين و300 ألف` has two parts; more than a few is no number that people write.
const MOST_PARTS: usize = 4;
/// `ألف مليار`.
const MOST_SCALES: usize = 2;

/// The amounts of the text, from the literals that are not `used`.
pub(super) fn amounts(scan: &Scan<'_>, used: &mut [bool]) -> Vec<Amount> {
    let mut found = Vec::new();
    for index in 0..scan.literals.len() {
        if used.get(index) == Some(&false)
            && let Some(amount) = amount(scan, index, used)
        {
            found.push(amount);
        }
    }
    found
}

fn amount(scan: &Scan<'_>, index: usize, used: &mut [bool]) -> Option<Amount> {
    let (literal, number) = scan.literals.get(index).and_then(|literal| Some((literal, number(literal)?)))?;
    let mut quantity = scaled(scan, literal, number.clone());
    let mut next = index;
    for _ in 1..MOST_PARTS {
        next += 1;
        let Some(more) = scan.literals.get(next).filter(|_| used.get(next) == Some(&false)) else { break };
        let Some(sum) = added(scan, &quantity, more) else { break };
        quantity = sum;
        if let Some(used) = used.get_mut(next) {
            *used = true;
        }
    }
    // `مليون و300 ألف`: what is in digits is only the rest of the number.
    if literal.word < literal.begin && ends_in_scale(scan, scan.skip_back(literal.word)) {
        quantity.value = None;
    }
    Some(percentage(scan, literal, &quantity).or_else(|| money(scan, literal, &quantity)).unwrap_or_else(
        || Amount {
            begin: literal.begin,
            end: quantity.end,
            kind: EntityType::Number,
            value: quantity.value.as_ref().map(|value| Value::Number(value.to_string())),
        },
    ))
}

/// The number of a literal; inside, `None` where it is ambiguous.
#[allow(clippy::option_option)]
fn number(literal: &Literal) -> Option<&Option<Decimal>> {
    match &literal.kind {
        Kind::Number { value, .. } => Some(value),
        Kind::Date(_) => None,
    }
}

/// A number with its scale words.
struct Quantity {
    end: usize,
    value: Option<Decimal>,
    /// The power of ten that its last part counts.
    power: u8,
}

fn scaled(scan: &Scan<'_>, literal: &Literal, value: Option<Decimal>) -> Quantity {
    let mut quantity = Quantity { end: literal.end, value, power: 0 };
    for _ in 0..MOST_SCALES {
        let Some((end, power)) = scan.word_at(scan.skip(quantity.end), scale) else { break };
        quantity.end = end;
        quantity.value = quantity.value.map(|value| value.scaled(power));
        quantity.power = quantity.power.saturating_add(power);
    }
    quantity
}

fn scale(reading: &Reading) -> Option<u8> {
    match reading.sense {
        Sense::Scale(power) => Some(power),
        _ => None,
    }
}

/// `quantity` and the part that `literal` adds, where it is joined by `و` and smaller than what the
/// part before counts.
fn added(scan: &Scan<'_>, quantity: &Quantity, literal: &Literal) -> Option<Quantity> {
    if quantity.power == 0 || scan.skip(quantity.end) != literal.word {
        return None;
    }
    if scan.text.get(literal.word..literal.begin) != Some("و") {
        return None;
    }
    let part = scaled(scan, literal, number(literal)?.clone());
    let smaller = part.value.as_ref().is_some_and(|value| value.is_below(quantity.power));
    if part.power >= quantity.power || !smaller {
        return None;
    }
    let value = quantity.value.as_ref().zip(part.value.as_ref()).and_then(|(whole, part)| whole.plus(part));
    Some(Quantity { value, ..part })
}

fn ends_in_scale(scan: &Scan<'_>, at: usize) -> bool {
    scan.word_ending(at, scale).is_some()
}

fn percentage(scan: &Scan<'_>, literal: &Literal, quantity: &Quantity) -> Option<Amount> {
    let percent = |reading: &Reading| (reading.sense == Sense::Percent).then_some(());
    let after = scan.word_at(scan.skip(quantity.end), percent);
    let (begin, end) = match after {
        Some((end, ())) => (literal.begin, end),
        // In right-to-left typing the sign comes to stand before its number.
        None => (sign_before(scan, literal.begin, percent)?.0, quantity.end),
    };
    let value = quantity.value.as_ref().map(|value| Value::Number(value.to_string()));
    Some(Amount { begin, end, kind: EntityType::Percent, value })
}

/// The listed sign that stands close before `at`, if it is not the sign of a number before it.
fn sign_before<T>(scan: &Scan<'_>, at: usize, f: impl FnMut(&Reading) -> Option<T>) -> Option<(usize, T)> {
    let (begin, _, known) = scan.word_ending(at, f)?;
    let ahead = scan.before(begin);
    (!ahead.ends_with(char::is_alphanumeric)).then_some((begin, known))
}

fn money(scan: &Scan<'_>, literal: &Literal, quantity: &Quantity) -> Option<Amount> {
    let (begin, end, currency) = if let Some((end, currency)) = currency_at(scan, scan.skip(quantity.end)) {
        (literal.begin, end, currency)
    } else {
        let (begin, currency) = sign_before(scan, literal.begin, currency)?;
        (begin, quantity.end, currency)
    };
    let value = quantity.value.as_ref().zip(currency).and_then(|(amount, code)| {
        let currency = std::str::from_utf8(&code).ok()?.to_owned();
        Some(Value::Money { amount: amount.to_string(), currency })
    });
    Some(Amount { begin, end, kind: EntityType::Money, value })
}

#[allow(clippy::option_option)]
fn currency(reading: &Reading) -> Option<Option<[u8; 3]>> {
    match reading.sense {
        Sense::Currency(code) => Some(code),
        _ => None,
    }
}

/// The currency at `at`: where its name ends, and its code where only one is meant.
fn currency_at(scan: &Scan<'_>, at: usize) -> Option<(usize, Option<[u8; 3]>)> {
    let hit = scan
        .hits
        .beginning_at(at)
        .find(|hit| !hit.has_proclitic() && scan.lexicon.readings(hit).any(|r| currency(r).is_some()))?;
    let end = hit.end as usize;
    let codes: Vec<Option<[u8; 3]>> = scan.lexicon.readings(hit).filter_map(currency).collect();
    let alone = codes.first().copied().flatten().filter(|&code| codes.iter().all(|&c| c == Some(code)));
    // `دينار كويتي` where only `دينار` is listed: the codes begin with their countries'.
    let country = |reading: &Reading| {
        let thing = scan.lexicon.thing(reading.sense)?;
        (thing.kind == EntityType::Nationality).then(|| thing.country.clone()).flatten()
    };
    let Some((after, country)) = scan.word_at(scan.skip(end), country) else { return Some((end, alone)) };
    let of_country = |code: &[u8; 3]| code.starts_with(country.as_bytes());
    let mut fitting: Vec<[u8; 3]> = codes.into_iter().flatten().filter(of_country).collect();
    fitting.sort_unstable();
    fitting.dedup();
    match fitting.as_slice() {
        [code] => Some((after, Some(*code))),
        _ => Some((after, None)),
    }
}
