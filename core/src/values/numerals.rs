//! Numbers in digits and words, read from the items of a text.
//!
//! A number is a sum of terms, each smaller than what the one before it counts: `مليون` و`ثلاثمئة ألف` و`خمسة`. What no rule
//! joins stays two numbers (`ثلاثة وأربعة`).

use serde::Deserialize;

use super::decimal::Decimal;
use super::literals::{Kind, Literal};
use super::words::{Form, Item, Sense, What, begins_line, blanks, ends_line};
use crate::KnowledgeError;
use crate::segment::rules::read;

/// What a word says of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberWord {
    /// 0 to 9. `alone`: it is a number by itself.
    Digit {
        value: u8,
        alone: bool,
    },
    /// 10, and the end of a teen.
    Ten,
    /// 11 to 19.
    Teen(u8),
    /// 20 to 90.
    Tens(u8),
    Hundred {
        alone: bool,
    },
    /// 200 to 900.
    Hundreds {
        value: u16,
        alone: bool,
    },
    /// A power of ten, `count` of them.
    Scale {
        power: u8,
        count: u8,
        alone: bool,
    },
    /// فاصلة
    Point,
    Ordinal {
        value: u8,
        alone: bool,
    },
    /// `count` parts of as many as make the whole. `whole`: only before the whole with its article.
    Fraction {
        count: u8,
        of: u8,
        whole: bool,
    },
    /// Parts behind their number.
    Parts(u8),
    /// من: of so many, as a fraction.
    OutOf,
    /// بعد: above a hundred, a thousand.
    Beyond,
    /// سالب: what follows is negative.
    Minus,
    /// تحت الصفر: what stands before is negative.
    BelowZero,
    /// A preposition with a digit, which a verb is written like.
    LikeAVerb(u8),
}

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Cardinal,
    Ordinal,
    Fraction,
}

/// A number of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    /// The index of the item behind it.
    pub(super) next: usize,
    /// In bytes of the folded text.
    pub(super) begin: usize,
    pub(super) end: usize,
    /// `None` where what is written leaves open which it is.
    pub(super) value: Option<Decimal>,
    pub(super) kind: Counted,
    /// Of digits alone, without separators: how many.
    pub(super) digits: Option<u8>,
    /// It has the article.
    pub(super) definite: bool,
    /// The power of ten that its last part counts.
    pub(super) power: u8,
}

impl Numeral {
    /// A number that is not written apart, but in the form of a word or behind it.
    pub(super) fn unwritten(count: u64, begin: usize, end: usize, next: usize) -> Self {
        Self {
            next,
            begin,
            end,
            value: Some(count.into()),
            kind: Counted::Cardinal,
            digits: None,
            definite: false,
            power: 0,
        }
    }

    /// The number, if it is whole and not large.
    pub(super) fn whole(&self) -> Option<u32> {
        self.value.as_ref()?.to_u32()
    }

    pub(super) fn in_words(&self) -> bool {
        self.digits.is_none()
    }
}

/// `data/values/numbers.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    digit: Vec<Row>,
    ten: Vec<Row>,
    teen: Vec<Row>,
    tens: Vec<Row>,
    hundred: Vec<Row>,
    hundreds: Vec<Row>,
    scale: Vec<ScaleRow>,
    point: Vec<Row>,
    like_a_verb: Vec<Row>,
    joint: Joints,
    ordinal: Vec<Row>,
    fraction: Vec<FractionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joints {
    out_of: Vec<String>,
    beyond: Vec<String>,
    minus: Vec<String>,
    below_zero: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    value: u16,
    forms: Vec<String>,
    #[serde(default)]
    not_alone: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScaleRow {
    power: u8,
    forms: Vec<String>,
    #[serde(default)]
    dual: Vec<String>,
    #[serde(default)]
    dual_at_first: Vec<String>,
    #[serde(default)]
    not_alone: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FractionRow {
    of: u8,
    forms: Vec<String>,
    #[serde(default)]
    dual: Vec<String>,
    #[serde(default)]
    dual_at_first: Vec<String>,
    #[serde(default)]
    plural: Vec<String>,
    #[serde(default)]
    before_the_whole: Vec<String>,
}

/// What a row's value, and whether its form is a number alone, make.
type Reading = fn(u16, bool) -> NumberWord;

/// The number words that are compiled in.
pub(super) fn forms() -> Result<Vec<Form>, KnowledgeError> {
    let file: File = read("values/numbers.toml", include_str!("../../../data/values/numbers.toml"))?;
    let mut forms = Vec::new();
    let joints = [
        (file.joint.out_of, NumberWord::OutOf),
        (file.joint.beyond, NumberWord::Beyond),
        (file.joint.minus, NumberWord::Minus),
        (file.joint.below_zero, NumberWord::BelowZero),
    ];
    for (written, word) in joints {
        let form = |written| Form { written, sense: Sense::Number(word), article: false };
        forms.extend(written.into_iter().map(form));
    }
    for Row { value, forms: written, .. } in file.like_a_verb {
        let sense = Sense::Number(NumberWord::LikeAVerb(value.to_le_bytes()[0]));
        forms.extend(written.into_iter().map(|written| Form { written, sense, article: false }));
    }
    let mut add = |written: String, word: NumberWord| {
        forms.push(Form { written, sense: Sense::Number(word), article: true });
    };
    let rows: [(Vec<Row>, Reading); 8] = [
        (file.digit, |value, alone| NumberWord::Digit { value: value.to_le_bytes()[0], alone }),
        (file.ten, |_, _| NumberWord::Ten),
        (file.teen, |value, _| NumberWord::Teen(value.to_le_bytes()[0])),
        (file.tens, |value, _| NumberWord::Tens(value.to_le_bytes()[0])),
        (file.hundred, |_, alone| NumberWord::Hundred { alone }),
        (file.hundreds, |value, alone| NumberWord::Hundreds { value, alone }),
        (file.point, |_, _| NumberWord::Point),
        (file.ordinal, |value, alone| NumberWord::Ordinal { value: value.to_le_bytes()[0], alone }),
    ];
    for (rows, word) in rows {
        for Row { value, forms, not_alone } in rows {
            for written in forms {
                let alone = !not_alone.contains(&written);
                add(written, word(value, alone));
            }
        }
    }
    for ScaleRow { power, forms, dual, dual_at_first, not_alone } in file.scale {
        for written in forms {
            let alone = !not_alone.contains(&written);
            let count = u8::from(!dual_at_first.contains(&written));
            add(written, NumberWord::Scale { power, count, alone });
        }
        for written in dual {
            add(written, NumberWord::Scale { power, count: 2, alone: true });
        }
    }
    for FractionRow { of, forms, dual, dual_at_first, plural, before_the_whole } in file.fraction {
        for written in forms {
            let whole = before_the_whole.contains(&written);
            let count = if dual_at_first.contains(&written) { 2 } else { 1 };
            add(written, NumberWord::Fraction { count, of, whole });
        }
        for written in dual {
            let whole = before_the_whole.contains(&written);
            add(written, NumberWord::Fraction { count: 2, of, whole });
        }
        for written in plural {
            add(written, NumberWord::Parts(of));
        }
    }
    Ok(forms)
}

/// Reads the numbers of a text.
#[derive(Clone, Copy)]
pub(super) struct Numerals<'t> {
    pub(super) text: &'t str,
    pub(super) items: &'t [Item<'t>],
    pub(super) literals: &'t [Literal],
}

/// A part of a number, and the index of the item behind it.
#[derive(Clone)]
struct Part {
    value: Decimal,
    next: usize,
    power: u8,
    definite: bool,
    ordinal: bool,
}

/// As many terms has no number that people write.
const MOST_TERMS: usize = 8;

impl<'t> Numerals<'t> {
    fn item(&self, at: usize) -> Option<&'t Item<'t>> {
        self.items.get(at)
    }

    /// What the item at `at` says of numbers, by `f`, and whether it has the article.
    fn word<T>(&self, at: usize, f: impl Fn(NumberWord) -> Option<T>) -> Option<(T, bool)> {
        self.item(at)?.entries().iter().find_map(|entry| match entry.sense {
            Sense::Number(word) => f(word).map(|known| (known, entry.article)),
            Sense::Word(..) | Sense::Measure(_) => None,
        })
    }

    /// The same of the item behind a part, if nothing is written together with it.
    fn next_word<T>(&self, at: usize, f: impl Fn(NumberWord) -> Option<T>) -> Option<(T, bool)> {
        if self.item(at)?.is_bare() { self.word(at, f) } else { None }
    }

    /// The same of an item that و joins.
    fn joined_word<T>(&self, at: usize, f: impl Fn(NumberWord) -> Option<T>) -> Option<(T, bool)> {
        if self.is_joined(at) { self.word(at, f) } else { None }
    }

    fn is_joined(&self, at: usize) -> bool {
        self.item(at).is_some_and(|item| {
            item.follows && item.preposition.is_none() && (item.conjunction || self.is_and_eleven(at))
        })
    }

    /// Whether it is `وأحد عشر`: folded, its و and أحد are `واحد`, one.
    fn is_and_eleven(&self, at: usize) -> bool {
        let begins_with_and =
            |item: &Item<'_>| self.text.get(item.begin..).is_some_and(|text| text.starts_with('و'));
        self.word(at, digit).is_some_and(|((value, _), _)| value == 1)
            && self.item(at).is_some_and(begins_with_and)
            && self.next_word(at + 1, ten).is_some()
    }

    /// The number that begins with the item at `at`, the longest.
    #[inline]
    pub(super) fn at(&self, at: usize) -> Option<Numeral> {
        let first = self.item(at)?;
        // Most words of time are no number.
        let may_be = match first.what {
            What::Mark(_) => false,
            What::Literal(_) => true,
            What::Words(entries) => entries.iter().any(|entry| matches!(entry.sense, Sense::Number(_))),
        };
        if may_be { self.beginning(first, at) } else { None }
    }

    /// The number that begins with `first`, at `at`, which may be one.
    #[inline(never)]
    fn beginning(&self, first: &Item<'t>, at: usize) -> Option<Numeral> {
        if let What::Literal(_) = first.what {
            if let Some(ambiguous) = self.ambiguous(at) {
                return Some(ambiguous);
            }
        } else {
            if let Some(behind_lam) = self.like_a_verb(at) {
                return Some(behind_lam);
            }
            if self.word(at, minus).is_some() {
                return self.negative(at);
            }
            if let Some(ordinal) = self.ordinal(at) {
                return self.numeral(at, ordinal, Counted::Ordinal, None);
            }
            if let Some(fraction) = self.fraction(at) {
                return self.numeral(at, fraction, Counted::Fraction, None);
            }
        }
        if let Some(sum) = self.sum_of_a_phrase(at) {
            return self.numeral(at, sum, Counted::Cardinal, None);
        }
        let terms = self.terms(self.term(at)?);
        if let Some(decimals) = self.of_ten(&terms) {
            return self.numeral(at, decimals, Counted::Cardinal, None);
        }
        let mut number = self.with_decimals(Self::sum(terms)?);
        let kind = if number.ordinal { Counted::Ordinal } else { Counted::Cardinal };
        let digits = match first.what {
            What::Literal(index) if number.next == at + 1 => {
                self.literals.get(index).and_then(Literal::digits)
            }
            _ => None,
        };
        number = self.with_fraction(number);
        self.numeral(at, number, kind, digits)
    }

    /// `سالب خمسة`; a signed number has no second sign.
    fn negative(&self, at: usize) -> Option<Numeral> {
        let sign = self.item(at)?;
        self.item(at + 1).filter(|item| item.is_bare())?;
        if self.word(at + 1, minus).is_some() {
            return None;
        }
        let number = self.at(at + 1)?;
        if number.kind == Counted::Ordinal || number.definite {
            return None;
        }
        let value = number.value.clone()?.negated();
        Some(Numeral { begin: sign.begin, value: Some(value), digits: None, ..number })
    }

    /// The sum of number words that no rule of the written language joins, where they are all that their line says: ones behind
    /// tens (`أربعين وخمسة`), smaller scales before greater ones, a hundred and its ones without و.
    fn sum_of_a_phrase(&self, at: usize) -> Option<Part> {
        // In most lines another word stands before.
        if !self.begins_its_line(at) {
            return None;
        }
        let mut sum = self.term(at)?;
        let mut terms = 1;
        let mut last = sum.value.clone();
        let mut is_odd = false;
        while let Some(item) = self.item(sum.next).filter(|item| item.follows && item.preposition.is_none()) {
            let is_joined = self.is_joined(sum.next);
            let term = self.term(sum.next).filter(|term| !term.ordinal && !term.definite)?;
            // Without و a smaller number stands behind a hundred, in words.
            let is_bare_part = !is_joined
                && !last.is_below(2)
                && term.value.is_below(2)
                && !matches!(item.what, What::Literal(_));
            if sum.ordinal || sum.definite || terms == MOST_TERMS || !(is_joined || is_bare_part) {
                return None;
            }
            is_odd |= !(is_joined && last.is_below(1) && term.value.is_below(1));
            sum.value = sum.value.plus(&term.value)?;
            sum.power = term.power;
            sum.next = term.next;
            last = term.value;
            terms += 1;
        }
        let end = self.item(sum.next.checked_sub(1)?)?.end;
        (terms > 1 && is_odd && ends_line(self.text, end)).then_some(sum)
    }

    /// Whether no word stands before the item in its line.
    fn begins_its_line(&self, at: usize) -> bool {
        self.item(at).is_some_and(|item| begins_line(self.text, item.word))
    }

    fn numeral(&self, at: usize, part: Part, kind: Counted, digits: Option<u8>) -> Option<Numeral> {
        let conjunction = if self.is_and_eleven(at) { 'و'.len_utf8() } else { 0 };
        Some(Numeral {
            next: part.next,
            begin: self.item(at)?.begin + conjunction,
            end: self.item(part.next.checked_sub(1)?)?.end,
            value: Some(part.value),
            kind,
            digits,
            definite: part.definite,
            power: part.power,
        })
    }

    /// `لست سنوات`: where a unit follows, it is the number, not the verb.
    fn like_a_verb(&self, at: usize) -> Option<Numeral> {
        let like_a_verb = |word| match word {
            NumberWord::LikeAVerb(value) => Some(value),
            _ => None,
        };
        let (value, _) = self.word(at, like_a_verb)?;
        let item = self.item(at)?;
        let unit = self.item(at + 1).filter(|item| item.is_bare())?.entries().iter().any(|entry| match entry
            .sense
        {
            Sense::Measure(_) => true,
            Sense::Word(_, says) => says.unit.is_some(),
            Sense::Number(_) => false,
        });
        let preposition = self.text.get(item.begin..)?.chars().next()?.len_utf8();
        unit.then(|| Numeral::unwritten(value.into(), item.begin + preposition, item.end, at + 1))
    }

    /// A number in digits that may be one or another.
    fn ambiguous(&self, at: usize) -> Option<Numeral> {
        let item = self.item(at)?;
        let What::Literal(index) = item.what else { return None };
        let Kind::Number { value: None, .. } = self.literals.get(index)?.kind else { return None };
        let mut numeral = Numeral {
            next: at + 1,
            begin: item.begin,
            end: item.end,
            value: None,
            kind: Counted::Cardinal,
            digits: None,
            definite: false,
            power: 0,
        };
        while let Some(((power, _), _)) = self.next_word(numeral.next, scale) {
            // Thousands of millions are called otherwise.
            if numeral.value.is_none() && power >= 6 {
                numeral.value = self.as_decimal(item);
            }
            numeral.value = numeral.value.map(|value| value.scaled(power));
            numeral.end = self.item(numeral.next)?.end;
            numeral.next += 1;
            numeral.power = numeral.power.saturating_add(power);
        }
        Some(numeral)
    }

    /// A number in digits with one separator, as a whole and its decimals.
    fn as_decimal(&self, item: &Item<'_>) -> Option<Decimal> {
        as_decimal(self.text.get(item.begin..item.end)?)
    }

    fn literal(&self, at: usize) -> Option<Decimal> {
        let What::Literal(index) = self.item(at)?.what else { return None };
        match &self.literals.get(index)?.kind {
            Kind::Number { value, .. } => value.clone(),
            _ => None,
        }
    }

    /// 0 to 99.
    fn below_hundred(&self, at: usize) -> Option<(u32, usize, bool)> {
        if let Some(((digit, alone), definite)) = self.word(at, digit) {
            if digit == 0 {
                return Some((0, at + 1, definite));
            }
            if let Some(_ten) = self.next_word(at + 1, ten) {
                return Some((u32::from(digit) + 10, at + 2, definite));
            }
            if let Some((tens, same)) = self.joined_word(at + 1, tens)
                && same == definite
            {
                return Some((u32::from(digit) + u32::from(tens), at + 2, definite));
            }
            return alone.then_some((u32::from(digit), at + 1, definite));
        }
        let value = |word| match word {
            NumberWord::Ten => Some(10),
            NumberWord::Teen(value) | NumberWord::Tens(value) => Some(u32::from(value)),
            _ => None,
        };
        self.word(at, value).map(|(value, definite)| (value, at + 1, definite))
    }

    /// 1 to 999, or so many hundreds.
    fn below_thousand(&self, at: usize) -> Option<(u32, usize, bool, bool)> {
        let hundreds = |word| match word {
            NumberWord::Hundreds { value, alone } => {
                (alone || self.begins_its_line(at)).then_some(u32::from(value))
            }
            NumberWord::Hundred { alone } => alone.then_some(100),
            _ => None,
        };
        let hundred = |word| matches!(word, NumberWord::Hundred { .. }).then_some(());
        let (mut value, mut next, definite) = if let Some((value, definite)) = self.word(at, hundreds) {
            (value, at + 1, definite)
        } else if let Some(((digit, _), definite)) = self.word(at, digit)
            && digit > 2
            && self.next_word(at + 1, hundred).is_some()
        {
            (u32::from(digit) * 100, at + 2, definite)
        } else {
            let (small, next, definite) = self.below_hundred(at)?;
            if small > 10 && self.next_word(next, hundred).is_some() {
                return Some((small * 100, next + 1, definite, false));
            }
            return Some((small, next, definite, false));
        };
        if self.is_joined(next) {
            if let Some(ordinal) = self.ordinal(next)
                && let Some(small) = ordinal.value.to_u32()
                && definite == ordinal.definite
                && definite
            {
                return Some((value + small, ordinal.next, definite, true));
            }
            // `مئة وثلاثة آلاف`: a hundred and three thousand.
            if let Some((small, after, _)) = self.below_hundred(next)
                && !self.begins_a_fraction(next)
            {
                value += small;
                next = after;
            }
        }
        Some((value, next, definite, false))
    }

    /// Whether at `at` so many parts are counted: `ثلاثة أرباع`.
    fn begins_a_fraction(&self, at: usize) -> bool {
        self.word(at, digit).is_some() && self.next_word(at + 1, parts).is_some()
    }

    /// A term: a number with what it counts.
    fn term(&self, at: usize) -> Option<Part> {
        let mut part = if let Some(value) = self.literal(at) {
            let (value, next) = self.in_groups(at, value);
            Part { value, next, power: 0, definite: false, ordinal: false }
        } else if let Some(((power, count, alone), definite)) = self.word(at, |word| match word {
            NumberWord::Scale { power, count, alone } => Some((power, count, alone)),
            _ => None,
        }) {
            if !alone {
                return None;
            }
            // `ألفا دينار` is the dual, `ألفا وخمسمئة` the accusative of one.
            let goes_on = self.is_joined(at + 1) && self.word(at + 1, quantity).is_some();
            let count = match count {
                0 if goes_on => 1,
                0 => 2,
                count => count,
            };
            Part {
                value: Decimal::from(u64::from(count)).scaled(power),
                next: at + 1,
                power,
                definite,
                ordinal: false,
            }
        } else {
            let (value, next, definite, ordinal) = self.below_thousand(at)?;
            let part = Part { value: u64::from(value).into(), next, power: 0, definite, ordinal };
            if ordinal {
                return Some(part);
            }
            part
        };
        for _ in 0..2 {
            let Some(((power, _), _)) = self.next_word(part.next, scale) else { break };
            // `9,516 مليون`: thousands of millions are called otherwise.
            if part.power == 0
                && power >= 6
                && part.next == at + 1
                && let Some(decimal) = self
                    .item(at)
                    .filter(|item| matches!(item.what, What::Literal(_)))
                    .and_then(|item| self.as_decimal(item))
            {
                part.value = decimal;
            }
            part.value = part.value.scaled(power);
            part.power = part.power.saturating_add(power);
            part.next += 1;
        }
        Some(part)
    }

    /// `1 000 000`: groups of three digits with blanks between.
    fn in_groups(&self, at: usize, value: Decimal) -> (Decimal, usize) {
        let digits = |at: usize| match self.item(at)?.what {
            What::Literal(index) => self.literals.get(index)?.digits(),
            _ => None,
        };
        let mut next = at + 1;
        let mut value = value;
        if digits(at).is_none_or(|digits| digits > 3) {
            return (value, next);
        }
        while next - at < MOST_TERMS
            && digits(next) == Some(3)
            && let Some(item) = self.item(next).filter(|item| item.is_bare())
            && let Some(last) = self.item(next - 1)
            && self.text.get(last.end..item.word).is_some_and(|between| between.chars().count() == 1)
            && let Some(group) = self.literal(next)
        {
            let Some(sum) = value.clone().scaled(3).plus(&group) else { break };
            value = sum;
            next += 1;
        }
        (value, next)
    }

    /// The terms that و joins to the `first`, with it.
    fn terms(&self, first: Part) -> Vec<Part> {
        let mut next = first.next;
        let mut terms = vec![first];
        while terms.len() < MOST_TERMS
            && self.is_joined(next)
            && !self.begins_a_fraction(next)
            && let Some(term) = self.term(next)
        {
            next = term.next;
            terms.push(term);
        }
        terms
    }

    /// The longest sum of the first of `terms`.
    fn sum(terms: impl IntoIterator<Item = Part>) -> Option<Part> {
        let mut terms = terms.into_iter();
        let mut sum = terms.next()?;
        for term in terms {
            if sum.power == 0
                || term.power >= sum.power
                || !term.value.is_below(sum.power)
                || term.ordinal && !sum.definite
            {
                break;
            }
            let Some(value) = sum.value.plus(&term.value) else { break };
            sum = Part {
                value,
                next: term.next,
                power: term.power,
                definite: sum.definite,
                ordinal: term.ordinal,
            };
        }
        Some(sum)
    }

    /// `ستة وثمانية وثمانون من مئة`: 6.88; `واحد من عشرة`: 0.1.
    fn of_ten(&self, terms: &[Part]) -> Option<Part> {
        let last = terms.last()?;
        if terms.iter().any(|term| term.ordinal || term.definite) {
            return None;
        }
        let is_digits = |at: usize| matches!(self.item(at), Some(Item { what: What::Literal(_), .. }));
        if is_digits(last.next - 1) {
            return None;
        }
        let (power, behind) = self.out_of(last.next)?;
        // The fraction is of the last terms, as many as stay below it.
        let mut from = terms.len() - 1;
        let numerator =
            |from: usize| Self::sum(terms.get(from..)?.iter().cloned()).filter(|sum| sum.next == last.next);
        while from > 0 && numerator(from - 1).is_some_and(|sum| sum.value.is_below(power)) {
            from -= 1;
        }
        let numerator = numerator(from).filter(|sum| sum.value.is_below(power))?;
        let fraction = numerator.value.divided_by_ten(power);
        let value = match terms.get(..from).filter(|whole| !whole.is_empty()) {
            None => fraction,
            Some(whole) => {
                let end = whole.last()?.next;
                Self::sum(whole.iter().cloned()).filter(|sum| sum.next == end)?.value.plus(&fraction)?
            }
        };
        Some(Part { value, next: behind, power: 0, definite: false, ordinal: false })
    }

    /// `من عشرة`, `من ألف` at `at`, in words: the power of ten, and the index of the item behind.
    fn out_of(&self, at: usize) -> Option<(u8, usize)> {
        self.next_word(at, |word| (word == NumberWord::OutOf).then_some(()))?;
        self.item(at + 1).filter(|item| item.is_bare() && !matches!(item.what, What::Literal(_)))?;
        let denominator = self.term(at + 1)?;
        let power = denominator.value.power_of_ten().filter(|power| (1..=12).contains(power))?;
        Some((power, denominator.next))
    }

    /// `أربعة فاصلة خمسة مليون`: 4.5 million.
    fn with_decimals(&self, number: Part) -> Part {
        let point = |word| (word == NumberWord::Point).then_some(());
        let joined = || {
            self.next_word(number.next, point)?;
            let at = number.next + 1;
            if !self.item(at)?.is_bare() {
                return None;
            }
            // `أربعة فاصلة خمسة مليون` scales the whole, `واحد فاصلة مئتا ألف وخمسة` has six places.
            let sum = Self::sum(self.terms(self.term(at)?))?;
            let (decimals, next) = if number.power == 0 && sum.power > 0 {
                let (value, next, ..) = self.below_thousand(at)?;
                (Decimal::from(u64::from(value)), next)
            } else {
                (sum.value, sum.next)
            };
            let digits = decimals.written();
            // `ثلاثة فاصلة خمسة من ألف`
            let out_of = self.out_of(next).filter(|&(power, _)| decimals.is_below(power));
            let (places, next) = match out_of {
                Some((power, behind)) => (decimals.divided_by_ten(power), behind),
                None => {
                    (Decimal::new("0", digits.bytes().all(|b| b.is_ascii_digit()).then_some(&digits)?), next)
                }
            };
            let value = number.value.plus(&places)?;
            let mut part = Part { value, next, power: 0, definite: number.definite, ordinal: false };
            while let Some(((power, _), _)) = self.next_word(part.next, scale) {
                part.value = part.value.scaled(power);
                part.power = part.power.saturating_add(power);
                part.next += 1;
            }
            Some(part)
        };
        joined().unwrap_or(number)
    }

    /// `ثلاثة ونصف`, `مليون ونصف مليون`, `عشرة وثلاثة أرباع`.
    fn with_fraction(&self, number: Part) -> Part {
        let joined = || {
            if number.ordinal || !self.is_joined(number.next) {
                return None;
            }
            let (mut fraction, mut next) = self.fraction_at(number.next, true)?;
            let mut power = number.power;
            let of = self.next_word(next, scale).or_else(|| self.next_word(next, hundred));
            if let Some(((of, _), _)) = of {
                power = of;
                next += 1;
            }
            if power > number.power || number.value.is_fraction() {
                return None;
            }
            fraction = fraction.scaled(power);
            Some(Part { value: number.value.plus(&fraction)?, next, ..number })
        };
        match joined() {
            Some(part) => part,
            None => number,
        }
    }

    /// `نصف`, `ثلاثة أرباع`, `نصف مليون`.
    fn fraction(&self, at: usize) -> Option<Part> {
        let (mut value, mut next) = self.fraction_at(at, false)?;
        let mut power = 0;
        if let Some(((of, count), _)) = self.next_word(next, scale).or_else(|| self.next_word(next, hundred))
            && count < 2
        {
            value = value.scaled(of);
            power = of;
            next += 1;
        }
        let definite = self.item(at)?.entries().first().is_some_and(|entry| entry.article);
        Some(Part { value, next, power, definite, ordinal: false })
    }

    /// A fraction of one. `joined`: it is added to a number.
    fn fraction_at(&self, at: usize, joined: bool) -> Option<(Decimal, usize)> {
        if self.begins_a_fraction(at) {
            let ((count, _), _) = self.word(at, digit)?;
            let (of, _) = self.word(at + 1, parts)?;
            return Some((Decimal::fraction(u32::from(count), u32::from(of))?, at + 2));
        }
        let fraction = |word| match word {
            NumberWord::Fraction { count, of, whole } => Some((count, of, whole)),
            _ => None,
        };
        let ((count, of, whole), _) = self.word(at, fraction)?;
        let end = self.item(at)?.end;
        let rest = self.text.get(end..).unwrap_or_default();
        let is_number = |at: usize| self.word(at, quantity).is_some();
        let before_article =
            || !is_number(at + 1) && rest.get(blanks(rest)..).is_some_and(|rest| rest.starts_with("ال"));
        if whole && (joined || !before_article()) {
            return None;
        }
        Some((Decimal::fraction(u32::from(count), u32::from(of))?, at + 1))
    }

    /// `الثالث`, `الحادي عشر`, `الخامس والعشرون`, `الرابع بعد المئة`.
    fn ordinal(&self, at: usize) -> Option<Part> {
        let ordinal = |word| match word {
            NumberWord::Ordinal { value, alone } => Some((value, alone)),
            _ => None,
        };
        let ((value, alone), definite) = self
            .word(at, ordinal)
            .or_else(|| {
                // `الواحد والعشرون`
                self.word(at, digit).filter(|&(_, definite)| {
                    definite && self.joined_word(at + 1, tens).is_some_and(|(_, the)| the)
                })
            })
            .or_else(|| {
                // `العشرون بعد المئة`
                let (tens, definite) = self.word(at, tens)?;
                (definite && self.next_word(at + 1, beyond).is_some()).then_some(((tens, true), true))
            })?;
        let mut part =
            Part { value: u64::from(value).into(), next: at + 1, power: 0, definite, ordinal: true };
        if let Some(_ten) = self.next_word(at + 1, ten) {
            part.value = (u64::from(value) + 10).into();
            part.next = at + 2;
        } else if let Some((tens, same)) = self.joined_word(at + 1, tens)
            && same == definite
            && value < 10
        {
            part.value = (u64::from(value) + u64::from(tens)).into();
            part.next = at + 2;
        } else if !alone {
            return None;
        }
        if self.next_word(part.next, beyond).is_some()
            && let Some(more) =
                self.item(part.next + 1).filter(|item| item.is_bare()).and_then(|_| self.term(part.next + 1))
            && more.definite
            && let Some(sum) = part.value.plus(&more.value)
        {
            part.value = sum;
            part.next = more.next;
        }
        Some(part)
    }
}

/// Any word but those that only join numbers.
fn quantity(word: NumberWord) -> Option<()> {
    let joins = matches!(
        word,
        NumberWord::OutOf
            | NumberWord::Beyond
            | NumberWord::Point
            | NumberWord::Minus
            | NumberWord::BelowZero
            | NumberWord::LikeAVerb(_)
    );
    (!joins).then_some(())
}

fn digit(word: NumberWord) -> Option<(u8, bool)> {
    match word {
        NumberWord::Digit { value, alone } => Some((value, alone)),
        _ => None,
    }
}

fn minus(word: NumberWord) -> Option<()> {
    (word == NumberWord::Minus).then_some(())
}

fn beyond(word: NumberWord) -> Option<()> {
    (word == NumberWord::Beyond).then_some(())
}

fn ten(word: NumberWord) -> Option<()> {
    (word == NumberWord::Ten).then_some(())
}

fn tens(word: NumberWord) -> Option<u8> {
    match word {
        NumberWord::Tens(value) => Some(value),
        _ => None,
    }
}

fn parts(word: NumberWord) -> Option<u8> {
    match word {
        NumberWord::Parts(of) => Some(of),
        _ => None,
    }
}

/// A power of ten that counts what stands before it: not two of it.
fn scale(word: NumberWord) -> Option<(u8, u8)> {
    match word {
        NumberWord::Scale { power, count, .. } if count < 2 => Some((power, count)),
        _ => None,
    }
}

/// What a fraction is of: `ربع مئة`.
fn hundred(word: NumberWord) -> Option<(u8, u8)> {
    matches!(word, NumberWord::Hundred { .. }).then_some((2, 1))
}

/// Digits with one separator, as a whole and its decimals: `1.600`.
pub(super) fn as_decimal(written: &str) -> Option<Decimal> {
    let (whole, places) = written.split_once(['.', ',', '،'])?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    (digits(whole) && digits(places)).then(|| Decimal::new(whole, places))
}
