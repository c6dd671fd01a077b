//! Numbers with what they count: percentages, money, measures; and the numbers that count nothing of these.

use serde::Deserialize;

use super::decimal::Decimal;
use super::numerals::{Counted, NumberWord, Numeral, as_decimal};
use super::scan::Scan;
use super::words::{ARTICLE, BLANKS, Class, Form, Item, Sense, What, begins_line, ends_line};
use crate::KnowledgeError;
use crate::entities::{EntityType, Value};
use crate::lexicon::{Lexicon, Reading, Sense as Listed, currency_names, is_word_char};
use crate::maps::Map;
use crate::normalize;
use crate::segment::rules::read;

/// A number, a percentage, an amount of money, a measure. Offsets are in bytes of the folded text.
pub(super) struct Amount {
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) kind: EntityType,
    pub(super) subtype: Option<&'static str>,
    /// `None` where what is written leaves open which it is.
    pub(super) value: Option<Value>,
    /// It is of digits, a sign or a unit: no name is in the way.
    pub(super) sure: bool,
}

/// An ISO 4217 code.
type Code = [u8; 3];

/// What is known of money and measures, from `data/values/` and the lists of currencies.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// The currencies that a bare word may mean, by the word, folded.
    shared: Map<Box<str>, Vec<Code>>,
    thousandths: Vec<Code>,
    unions: Vec<(Code, Vec<[u8; 2]>)>,
    parts: Vec<Part>,
    /// CLDR's ids.
    measures: Vec<Box<str>>,
    /// What stands between a number and that of the parts which make one: anywhere, and where the line begins.
    ratio: Vec<Box<str>>,
    ratio_at_first: Vec<Box<str>>,
    /// What a number alone counts that is below zero.
    below_zero: Option<u16>,
    /// The forms that begin with a sign, which is no word (`¢`, `° سلزيوس`), folded, the longest first.
    signs: Vec<(Box<str>, Measure)>,
}

/// What `of` are one of.
#[derive(Debug)]
struct Part {
    of: u32,
    currencies: Vec<Code>,
}

/// What a word says of measures and parts of money: an index into what [`Units`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Measure {
    index: u16,
    is_money: bool,
    dual: bool,
    needs_number: bool,
}

/// `data/values/money.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MoneyFile {
    thousandths: Vec<String>,
    union: Vec<UnionRow>,
    part: Vec<PartRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnionRow {
    currency: String,
    countries: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRow {
    forms: Vec<String>,
    #[serde(default)]
    dual: Vec<String>,
    of: u32,
    currencies: Vec<String>,
}

/// `data/values/units.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitsFile {
    ratio: Vec<String>,
    ratio_at_first: Vec<String>,
    below_zero: String,
    unit: Vec<UnitRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitRow {
    unit: String,
    forms: Vec<String>,
    #[serde(default)]
    dual: Vec<String>,
    #[serde(default)]
    needs_number: Vec<String>,
}

impl Units {
    /// What is compiled in, with the words of it.
    pub(super) fn built_in() -> Result<(Self, Vec<Form>), KnowledgeError> {
        const MONEY: &str = "values/money.toml";
        let wrong = |problem: String| KnowledgeError { file: MONEY.to_owned(), line: 0, problem };
        let code = |written: &String| -> Result<Code, KnowledgeError> {
            written.as_bytes().try_into().map_err(|_| wrong(format!("`{written}` is no code of ISO 4217")))
        };
        let money: MoneyFile = read(MONEY, include_str!("../../../data/values/money.toml"))?;
        let units: UnitsFile = read("values/units.toml", include_str!("../../../data/values/units.toml"))?;
        let folded = |forms: Vec<String>| {
            forms.iter().map(|form| normalize::fold(form).text.into()).collect::<Vec<Box<str>>>()
        };
        let mut known = Self {
            ratio: folded(units.ratio),
            ratio_at_first: folded(units.ratio_at_first),
            ..Self::default()
        };
        let mut forms = Vec::new();
        known.thousandths = money.thousandths.iter().map(code).collect::<Result<_, _>>()?;
        for UnionRow { currency, countries } in &money.union {
            let countries =
                countries.iter().filter_map(|country| country.as_bytes().try_into().ok()).collect();
            known.unions.push((code(currency)?, countries));
        }
        let mut add = |written: Vec<String>, measure: Measure| {
            forms.extend(written.into_iter().map(|written| Form {
                written,
                sense: Sense::Measure(measure),
                article: true,
            }));
        };
        for PartRow { forms, dual, of, currencies } in money.part {
            let index = u16::try_from(known.parts.len()).unwrap_or(u16::MAX);
            let part = Measure { index, is_money: true, dual: false, needs_number: true };
            add(forms, part);
            add(dual, Measure { dual: true, ..part });
            let currencies = currencies.iter().map(code).collect::<Result<_, _>>()?;
            known.parts.push(Part { of, currencies });
        }
        for UnitRow { unit, forms, dual, needs_number } in units.unit {
            let index = u16::try_from(known.measures.len()).unwrap_or(u16::MAX);
            let measure = Measure { index, is_money: false, dual: false, needs_number: false };
            let (needing, others): (Vec<_>, Vec<_>) =
                forms.into_iter().partition(|form| needs_number.contains(form));
            let (dual_needing, duals): (Vec<_>, Vec<_>) =
                dual.into_iter().partition(|form| needs_number.contains(form));
            add(others, measure);
            add(needing, Measure { needs_number: true, ..measure });
            add(duals, Measure { dual: true, ..measure });
            add(dual_needing, Measure { dual: true, needs_number: true, ..measure });
            if unit == units.below_zero {
                known.below_zero = Some(index);
            }
            known.measures.push(unit.into());
        }
        let begins_with_sign = |form: &&Form| !form.written.starts_with(is_word_char);
        known.signs = forms
            .iter()
            .filter(begins_with_sign)
            .filter_map(|form| match form.sense {
                Sense::Measure(measure) => Some((normalize::fold(&form.written).text.into(), measure)),
                _ => None,
            })
            .collect();
        known.signs.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        // `دينار` may be all that begin so: `دينار كويتي`, `دينار أردني`.
        let names = currency_names()?;
        let written: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        let folded = normalize::fold(&written.join("\n")).text;
        for (folded, &(_, code)) in folded.split('\n').zip(&names) {
            let Some((first, _)) = folded.split_once(' ') else { continue };
            let codes = known.shared.entry(first.into()).or_default();
            if let Some(code) = code
                && !codes.contains(&code)
            {
                codes.push(code);
            }
        }
        Ok((known, forms))
    }
}

/// The countries that a text speaks of, the most first.
pub(super) trait Countries {
    /// How often the text speaks of the country of this code.
    fn count(&self, country: &[u8]) -> usize;
}

/// Reads amounts.
pub(super) struct Amounts<'t, 'a> {
    pub(super) scan: &'a Scan<'t>,
    pub(super) items: &'a [Item<'t>],
    pub(super) numerals: &'a [Option<Numeral>],
    pub(super) units: &'a Units,
    pub(super) countries: &'a dyn Countries,
    /// What stands between the ends of a range, and before it: `إلى`, `بين`, `من`.
    pub(super) joints: [Option<Class>; 3],
}

/// What is counted, and where it ends.
enum Unit {
    Percent,
    /// The codes that it may be, and how many parts of it are one.
    Money {
        codes: Vec<Code>,
        of: u32,
    },
    Measure(u16),
}

impl Amounts<'_, '_> {
    /// The amounts of the items that are not `taken`, in order.
    pub(super) fn all(&self, taken: &[bool]) -> Vec<Amount> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.items.len() {
            if taken.get(at) == Some(&true) {
                at += 1;
                continue;
            }
            let (amount, next) = match self.numerals.get(at).and_then(Option::as_ref) {
                Some(numeral) => {
                    let free = taken.get(at..numeral.next).is_none_or(|taken| !taken.contains(&true));
                    if !free {
                        at += 1;
                        continue;
                    }
                    self.counted(at, numeral, taken)
                }
                None => self.uncounted(at),
            };
            found.extend(amount);
            at = next.max(at + 1);
        }
        found
    }

    /// An amount that begins with a number.
    fn counted(&self, at: usize, numeral: &Numeral, taken: &[bool]) -> (Option<Amount>, usize) {
        let ratio = self.ratio(at, numeral);
        let ratio = ratio.filter(|ratio| !taken.iter().take(ratio.next).skip(at).any(|&taken| taken));
        let numeral = ratio.as_ref().unwrap_or(numeral);
        if let Some((end, unit, next)) = self.unit_after(numeral.end, numeral.next) {
            // `10$-20$`
            if let Some((other, end, next)) = self.other_end_with(numeral, end, next, &unit) {
                return (Some(self.amount(numeral.begin, end, numeral, Some(other), &unit)), next);
            }
            let amount = self.amount(numeral.begin, end, numeral, None, &unit);
            let (amount, next) = self.below_zero(amount, next);
            return self.with_parts(amount, next, &unit);
        }
        // `10-20 دولارا`, `من عشرة إلى عشرين دولارا`
        if let Some(other) = self.other_end(at, numeral, taken)
            && let Some((end, unit, next)) = self.unit_after(other.end, other.next)
        {
            let amount = self.amount(numeral.begin, end, numeral, Some(other), &unit);
            return (Some(amount), next);
        }
        if let Some((begin, unit)) = self.unit_before(numeral) {
            return (Some(self.amount(begin, numeral.end, numeral, None, &unit)), numeral.next);
        }
        if let Some(unit) = self.units.below_zero
            && self.end_of_below_zero(numeral.next).is_some()
        {
            let amount = self.amount(numeral.begin, numeral.end, numeral, None, &Unit::Measure(unit));
            let (amount, next) = self.below_zero(amount, numeral.next);
            return (Some(amount), next);
        }
        let subtype = match numeral.kind {
            Counted::Cardinal if self.is_like_an_ordinal(numeral) => Some("ordinal"),
            Counted::Cardinal => None,
            Counted::Ordinal => Some("ordinal"),
            Counted::Fraction => Some("fraction"),
        };
        let number = Amount {
            begin: numeral.begin,
            end: numeral.end,
            kind: EntityType::Number,
            subtype,
            value: numeral.value.as_ref().map(|value| Value::Number { decimal: value.written(), end: None }),
            sure: !numeral.in_words()
                || matches!(self.items.get(at).map(|item| item.what), Some(What::Literal(_))),
        };
        (Some(number), numeral.next)
    }

    /// The upper end of a range whose lower end has the same unit close before the hyphen: where it ends, and what is behind.
    fn other_end_with(
        &self,
        numeral: &Numeral,
        end: usize,
        next: usize,
        unit: &Unit,
    ) -> Option<(&Numeral, usize, usize)> {
        let hyphen = self.items.get(next).filter(|item| item.word == end)?;
        matches!(hyphen.what, What::Mark('-' | '–')).then_some(())?;
        let close = self.items.get(next + 1).filter(|item| item.word == hyphen.end)?;
        let other = self.numerals.get(next + 1)?.as_ref().filter(|other| other.begin == close.word)?;
        (numeral.whole()? < other.whole()?).then_some(())?;
        let (end, same, next) = self.unit_after(other.end, other.next)?;
        same_unit(unit, &same).then_some((other, end, next))
    }

    /// Whether `begin..end` is all that its line says.
    fn is_alone(&self, begin: usize, end: usize) -> bool {
        begins_line(self.scan.text, begin) && ends_line(self.scan.text, end)
    }

    /// Whether a round number in words is an ordinal (`الدورة العشرون`): it is written as the cardinal, has the article, stands
    /// behind a noun that has it too or alone, and counts nothing (`العشرون دولة`).
    fn is_like_an_ordinal(&self, numeral: &Numeral) -> bool {
        if !(numeral.definite && numeral.in_words()) {
            return false;
        }
        let value = numeral.value.as_ref().map(Decimal::written).unwrap_or_default();
        let is_round = value.len() >= 2 && value != "10" && value.ends_with('0');
        // `الأحد عشر` beside a noun counts it (`اللاعبون الأحد عشر`).
        let is_eleven_or_twelve = matches!(value.as_str(), "11" | "12");
        if !is_round && !is_eleven_or_twelve {
            return false;
        }
        let before = self.scan.before(numeral.begin);
        let has_article = self.scan.after(numeral.begin).starts_with(ARTICLE);
        let article = before.strip_suffix(ARTICLE).filter(|_| !has_article);
        let before = article.unwrap_or(before).trim_end_matches(BLANKS);
        let last = before.rsplit(|c| !is_word_char(c)).next().unwrap_or_default();
        let counts = self.scan.after(self.scan.skip(numeral.end)).starts_with(is_word_char);
        is_round && last.starts_with(ARTICLE) || last.is_empty() && !counts
    }

    /// The upper end of a range that begins with `numeral`.
    fn other_end(&self, at: usize, numeral: &Numeral, taken: &[bool]) -> Option<&Numeral> {
        let between = self.items.get(numeral.next).filter(|item| item.follows)?;
        let ahead = at.checked_sub(1).and_then(|ahead| self.items.get(ahead));
        let ahead = ahead.filter(|_| self.items.get(at).is_some_and(Item::is_bare));
        let is = |item: &Item<'_>, class: Option<Class>| {
            item.entries().iter().any(|entry| class.is_some_and(|class| entry.is(class)))
        };
        let [to, between_word, from] = self.joints;
        let is_between = ahead.is_some_and(|item| is(item, between_word));
        let is_from = ahead.is_some_and(|item| is(item, from));
        let at = match between.what {
            What::Mark('-' | '–') => numeral.next + 1,
            _ if is(between, to) && between.is_bare() => numeral.next + 1,
            _ if between.conjunction && is_between => numeral.next,
            _ if between.preposition == Some('ل') && (is_between || is_from) => numeral.next,
            _ => return None,
        };
        let item = self.items.get(at).filter(|item| item.follows)?;
        let joined = at == numeral.next || item.is_bare();
        let other = self.numerals.get(at)?.as_ref().filter(|_| joined && taken.get(at) != Some(&true))?;
        // `من ألف إلى خمسة`: no range.
        let rises = numeral.value.as_ref()?.to_u32()? < other.value.as_ref()?.to_u32()?;
        rises.then_some(other)
    }

    fn amount(
        &self,
        begin: usize,
        end: usize,
        numeral: &Numeral,
        upper: Option<&Numeral>,
        unit: &Unit,
    ) -> Amount {
        // `بين 10 و20 ألف دولار`: both are thousands.
        let of_both = upper.filter(|upper| numeral.power < upper.power).and_then(|upper| {
            let count = upper.value.clone()?.divided_by_ten(upper.power).thousandths()?;
            (numeral.value.as_ref()?.thousandths()? < count).then_some(upper.power)
        });
        let lower = numeral.value.clone().map(|lower| match of_both {
            Some(power) => lower.scaled(power),
            None => lower,
        });
        let upper = upper.map(|upper| upper.value.clone());
        let (kind, value) = match unit {
            Unit::Percent => {
                let written = self.scan.text.get(numeral.begin..numeral.end).unwrap_or_default();
                let value = lower.or_else(|| as_decimal(written)).map(|lower| Value::Number {
                    decimal: lower.written(),
                    end: upper.flatten().map(|upper| upper.written()),
                });
                (EntityType::Percent, value)
            }
            Unit::Measure(index) => {
                let unit = self.units.measures.get(usize::from(*index)).map(ToString::to_string);
                let value = lower.zip(unit).map(|(lower, unit)| Value::Quantity {
                    decimal: lower.written(),
                    end: upper.flatten().map(|upper| upper.written()),
                    unit,
                });
                (EntityType::Quantity, value)
            }
            Unit::Money { codes, of } => {
                let code = self.currency(codes);
                // `1.600 دينار`: of a currency that has thousandths these are a part of one.
                let lower = lower.or_else(|| {
                    code.filter(|code| self.units.thousandths.contains(code) && numeral.power == 0)?;
                    as_decimal(self.scan.text.get(numeral.begin..numeral.end)?)
                });
                let scaled = |decimal: Decimal| match of {
                    100 => decimal.divided_by_ten(2),
                    1000 => decimal.divided_by_ten(3),
                    _ => decimal,
                };
                let value = lower.zip(code).and_then(|(lower, code)| {
                    Some(Value::Money {
                        amount: scaled(lower).written(),
                        end: upper.flatten().map(|upper| scaled(upper).written()),
                        currency: std::str::from_utf8(&code).ok()?.to_owned(),
                    })
                });
                (EntityType::Money, value)
            }
        };
        Amount { begin, end, kind, subtype: None, value, sure: true }
    }

    /// `خمس درجات تحت الصفر`: what is said below zero is negative.
    fn below_zero(&self, mut amount: Amount, next: usize) -> (Amount, usize) {
        if let Some(end) = self.end_of_below_zero(next)
            && let Some(Value::Quantity { decimal, end: None, .. }) = &mut amount.value
            && !decimal.starts_with('-')
        {
            decimal.insert(0, '-');
            amount.end = end;
            return (amount, next + 1);
        }
        (amount, next)
    }

    fn end_of_below_zero(&self, at: usize) -> Option<usize> {
        let below = self.items.get(at).filter(|item| item.is_bare())?;
        let is_below = |sense: Sense| matches!(sense, Sense::Number(NumberWord::BelowZero));
        below.entries().iter().any(|entry| is_below(entry.sense)).then_some(below.end)
    }

    /// So many of so many parts: `واحد جزء من مئة`; at the beginning of a line or with a sign `واحد على عشرين`; in digits (`3/4`,
    /// `1 4/5`) before a unit or where it is all that the line says.
    fn ratio(&self, at: usize, numeral: &Numeral) -> Option<Numeral> {
        let is_plain = |numeral: &Numeral| numeral.kind == Counted::Cardinal && !numeral.definite;
        if !is_plain(numeral) {
            return None;
        }
        if let Some(ratio) = self.ratio_in_digits(at, numeral) {
            return Some(ratio);
        }
        let behind = self.scan.skip(numeral.end);
        let after = self.scan.after(behind);
        let joint = |forms: &[Box<str>]| {
            let form = forms
                .iter()
                .find(|form| after.strip_prefix(&***form).is_some_and(|rest| rest.starts_with(BLANKS)))?;
            Some(behind + form.len())
        };
        let is_negative = numeral.value.as_ref()?.is_negative();
        let is_first = |_: &usize| is_negative || begins_line(self.scan.text, numeral.begin);
        let end = joint(&self.units.ratio).or_else(|| joint(&self.units.ratio_at_first).filter(is_first))?;
        let begin = self.scan.skip(end);
        let index =
            numeral.next + self.items.iter().skip(numeral.next).take_while(|item| item.begin < begin).count();
        let of = self.numerals.get(index)?.as_ref().filter(|of| of.begin == begin && is_plain(of))?;
        if self.unit_after(of.end, of.next).is_some() {
            return None;
        }
        parts_of(numeral, of)
    }

    fn ratio_in_digits(&self, at: usize, numeral: &Numeral) -> Option<Numeral> {
        let slash = self.items.get(numeral.next)?;
        if matches!(slash.what, What::Mark('/')) && slash.word == numeral.end {
            numeral.digits.filter(|_| numeral.next == at + 1)?;
            let of = self.numerals.get(numeral.next + 1)?.as_ref()?;
            of.digits.filter(|_| of.begin == slash.end)?;
            let mut ratio = parts_of(numeral, of)?;
            if self.scan.before(ratio.begin).ends_with('-') {
                ratio.begin -= 1;
                ratio.value = ratio.value.map(Decimal::negated);
            }
            let counts = |ratio: &Numeral| {
                matches!(self.unit_after(ratio.end, ratio.next), Some((_, Unit::Measure(_), _)))
            };
            return (self.is_alone(ratio.begin, ratio.end) || counts(&ratio)).then_some(ratio);
        }
        // `1 4/5`
        let close = self.items.get(numeral.next).filter(|item| item.is_bare())?;
        let part = self.numerals.get(numeral.next)?.as_ref().filter(|part| part.begin == close.word)?;
        let slash = self.items.get(part.next).filter(|item| item.word == part.end)?;
        let of = self.numerals.get(part.next + 1)?.as_ref().filter(|of| of.begin == slash.end)?;
        if !matches!(slash.what, What::Mark('/')) || !self.is_alone(numeral.begin, of.end) {
            return None;
        }
        part.digits.and(of.digits)?;
        let value = numeral.value.clone()?;
        let parts = parts_of(part, of)?;
        let is_negative = value.is_negative();
        let size = if is_negative { value.negated() } else { value };
        let sum = size.plus(&parts.value?)?;
        let sum = if is_negative { sum.negated() } else { sum };
        Some(Numeral { begin: numeral.begin, value: Some(sum), ..parts })
    }

    /// `20 دولارا و43 سنتا`, `خمسة دولارات ونصف`: what is added to an amount of money or a measure.
    fn with_parts(&self, mut amount: Amount, next: usize, unit: &Unit) -> (Option<Amount>, usize) {
        let behind = self.scan.skip(amount.end);
        let joins = |item: &Item<'_>| item.word == behind;
        let added = || {
            let item = self.items.get(next).filter(|item| item.conjunction && joins(item))?;
            let numeral = self.numerals.get(next)?.as_ref();
            let sense = item.entries().first().map(|entry| entry.sense);
            let (part, end, next) = match (numeral, sense) {
                (Some(numeral), _) => match self.unit_after(numeral.end, numeral.next) {
                    Some((end, Unit::Money { of, .. }, next))
                        if of > 1 && matches!(unit, Unit::Money { .. }) =>
                    {
                        (numeral.value.clone()?.divided_by_ten(if of == 100 { 2 } else { 3 }), end, next)
                    }
                    // `ثلاثة دنانير ونصف الدينار`
                    found if numeral.kind == Counted::Fraction => {
                        match found {
                            Some((end, other, next)) if same_unit(unit, &other) => {
                                (numeral.value.clone()?, end, next)
                            }
                            // `ربع مليون دولار ونصف مليون يورو`: two amounts.
                            Some(_) => return None,
                            None => (numeral.value.clone()?, numeral.end, numeral.next),
                        }
                    }
                    _ => return None,
                },
                (None, Some(Sense::Measure(measure)))
                    if measure.is_money && matches!(unit, Unit::Money { .. }) =>
                {
                    let of = self.units.parts.get(usize::from(measure.index))?.of;
                    let count = Decimal::from(if measure.dual { 2 } else { 1 });
                    (count.divided_by_ten(if of == 100 { 2 } else { 3 }), item.end, next + 1)
                }
                _ => return None,
            };
            Some((part, end, next))
        };
        let Some((part, end, after)) = added() else { return (Some(amount), next) };
        let sum = |written: &str| {
            let (whole, places) = written.split_once('.').unwrap_or((written, ""));
            Some(Decimal::new(digits(whole)?, places).plus(&part)?.written())
        };
        let more = match &mut amount.value {
            Some(Value::Money { amount, .. }) => sum(amount).map(|sum| *amount = sum),
            Some(Value::Quantity { decimal, .. }) => sum(decimal).map(|sum| *decimal = sum),
            _ => None,
        };
        if more.is_none() {
            return (Some(amount), next);
        }
        amount.end = end;
        (Some(amount), after)
    }

    /// What is counted behind `end`, where the item `next` may be the first behind it.
    fn unit_after(&self, end: usize, next: usize) -> Option<(usize, Unit, usize)> {
        let scan = self.scan;
        let percent = |reading: &Reading| (reading.sense == Listed::Percent).then_some(());
        let at = scan.skip(end);
        let behind =
            |end: usize| next + self.items.iter().skip(next).take_while(|item| item.word < end).count();
        if let Some((end, ())) = scan.word_at(at, percent) {
            return Some((end, Unit::Percent, behind(end)));
        }
        if let Some((end, unit)) = self.currency_at(at) {
            return Some((end, unit, behind(end)));
        }
        // `دولار` with its article: `مليون الدولار`.
        if let Some((end, unit)) = self.sign_at(at) {
            return Some((end, unit, behind(end)));
        }
        let item = self.items.get(next).filter(|item| item.is_bare())?;
        let mut codes = Vec::new();
        for entry in item.entries() {
            let Sense::Measure(measure) = entry.sense else { continue };
            if measure.dual {
                continue;
            }
            if !measure.is_money {
                return Some((item.end, Unit::Measure(measure.index), next + 1));
            }
            let part = self.units.parts.get(usize::from(measure.index))?;
            codes.extend(part.currencies.iter().copied());
        }
        // Where nothing tells, the first that the list has.
        let code = self.currency(&codes).or_else(|| codes.first().copied())?;
        let of = item.entries().iter().find_map(|entry| match entry.sense {
            Sense::Measure(measure) if measure.is_money => self
                .units
                .parts
                .get(usize::from(measure.index))
                .filter(|part| part.currencies.contains(&code)),
            _ => None,
        })?;
        Some((item.end, Unit::Money { codes: vec![code], of: of.of }, next + 1))
    }

    /// The unit at `at` whose form begins with a sign.
    fn sign_at(&self, at: usize) -> Option<(usize, Unit)> {
        let after = self.scan.after(at);
        if after.starts_with(is_word_char) || after.is_empty() {
            return None;
        }
        let fits = |form: &str| after.strip_prefix(form).is_some_and(|rest| !rest.starts_with(is_word_char));
        let (form, measure) = self.units.signs.iter().find(|(form, _)| fits(form))?;
        let unit = if measure.is_money {
            let part = self.units.parts.get(usize::from(measure.index))?;
            let code = self.currency(&part.currencies).or_else(|| part.currencies.first().copied())?;
            Unit::Money { codes: vec![code], of: part.of }
        } else {
            Unit::Measure(measure.index)
        };
        Some((at + form.len(), unit))
    }

    fn unit_before(&self, numeral: &Numeral) -> Option<(usize, Unit)> {
        let percent = |reading: &Reading| (reading.sense == Listed::Percent).then_some(());
        if let Some((begin, ())) = self.sign_before(numeral.begin, percent) {
            return Some((begin, Unit::Percent));
        }
        // `بالمئة 210`, and nothing else.
        let before = self.scan.before(numeral.begin);
        let end = before.trim_end_matches(BLANKS).len();
        if end < before.len()
            && numeral.digits.is_some()
            && let Some((begin, ())) = self.sign_before(end, percent)
            && self.is_alone(begin, numeral.end)
        {
            return Some((begin, Unit::Percent));
        }
        // `$الأول` is no money.
        if numeral.definite || numeral.kind == Counted::Ordinal {
            return None;
        }
        let (begin, code) = self.sign_before(numeral.begin, currency)?;
        Some((begin, Unit::Money { codes: code.into_iter().collect(), of: 1 }))
    }

    /// The listed sign that stands close before `at`, if it is not the sign of a number before it.
    fn sign_before<T>(&self, at: usize, f: impl FnMut(&Reading) -> Option<T>) -> Option<(usize, T)> {
        let (begin, _, known) = self.scan.word_ending(at, f)?;
        let ahead = self.scan.before(begin);
        (!ahead.ends_with(char::is_alphanumeric)).then_some((begin, known))
    }

    /// The currency at `at`: where its name ends, and the codes that it may have.
    fn currency_at(&self, at: usize) -> Option<(usize, Unit)> {
        let scan = self.scan;
        let hit = scan
            .hits
            .beginning_at(at)
            .find(|hit| !hit.has_proclitic() && scan.lexicon.readings(hit).any(|r| currency(r).is_some()))?;
        let end = hit.end as usize;
        let mut codes: Vec<Code> = Vec::new();
        for code in scan.lexicon.readings(hit).filter_map(currency) {
            match code {
                Some(code) => codes.push(code),
                None => codes.extend(self.shared(scan.text.get(hit.bare as usize..end)?)),
            }
        }
        // `دينار كويتي` where only `دينار` is listed: the codes begin with their countries'.
        let country = |reading: &Reading| {
            let thing = scan.lexicon.thing(reading.sense)?;
            (thing.kind == EntityType::Nationality).then(|| thing.country.clone()).flatten()
        };
        let Some((after, country)) = scan.word_at(scan.skip(end), country) else {
            return Some((end, Unit::Money { codes, of: 1 }));
        };
        codes.retain(|&code| self.is_of(code, country.as_bytes()));
        codes.sort_unstable();
        codes.dedup();
        Some((after, Unit::Money { codes, of: 1 }))
    }

    /// The currencies that a word in any of its forms may mean.
    fn shared(&self, word: &str) -> impl Iterator<Item = Code> {
        let known = |word: &str| self.units.shared.get(word);
        let cut = |ending: &str| word.strip_suffix(ending).and_then(known);
        let stem = ["ا", "ان", "ين", "ات"].into_iter().find_map(cut);
        let feminine = || {
            let stem = word
                .strip_suffix("تان")
                .or_else(|| word.strip_suffix("تين"))
                .or_else(|| word.strip_suffix("ات"))?;
            known(&format!("{stem}ه"))
        };
        // `فرنكا سويسريا` is listed, but of the others `فرنك` alone.
        known(word).into_iter().chain(stem.or_else(feminine)).flatten().copied()
    }

    fn is_of(&self, code: Code, country: &[u8]) -> bool {
        code.starts_with(country)
            || self.units.unions.iter().any(|(union, countries)| {
                *union == code && countries.iter().any(|member| member.as_slice() == country)
            })
    }

    /// Which of `codes` is meant: the only one, or that of the country that the text speaks of most.
    fn currency(&self, codes: &[Code]) -> Option<Code> {
        let (&first, others) = codes.split_first()?;
        if others.iter().all(|&code| code == first) {
            return Some(first);
        }
        let count = |code: &Code| -> usize {
            let union = self.units.unions.iter().find(|(union, _)| union == code);
            match union {
                Some((_, countries)) => countries.iter().map(|country| self.countries.count(country)).sum(),
                None => code.get(..2).map_or(0, |country| self.countries.count(country)),
            }
        };
        let most = codes.iter().map(|code| (count(code), *code)).max_by_key(|&(count, _)| count)?;
        let is_tied = codes.iter().any(|code| *code != most.1 && count(code) == most.0);
        (most.0 > 0 && !is_tied).then_some(most.1)
    }

    /// An amount whose number is in the form of its unit (`دينارين`, `كيلومتر`), behind it (`جنيه واحد`) or unsaid (`متر ونصف`, and
    /// `متر` where nothing else is said); and the item behind it.
    fn uncounted(&self, at: usize) -> (Option<Amount>, usize) {
        let next = at + 1;
        let Some(item) = self.items.get(at) else { return (None, next) };
        let one = |count: u64, end: usize, unit: &Unit| {
            let numeral = Numeral::unwritten(count, item.begin, end, next);
            self.amount(item.begin, end, &numeral, None, unit)
        };
        let numeral = self.numerals.get(next).and_then(Option::as_ref);
        let behind = self.items.get(next).filter(|item| item.follows);
        for entry in item.entries() {
            let Sense::Measure(measure) = entry.sense else { continue };
            let unit = Unit::Measure(measure.index);
            if measure.is_money {
                let part = self.units.parts.get(usize::from(measure.index));
                if let Some(part) = part.filter(|_| measure.dual) {
                    let code = self.currency(&part.currencies);
                    let amount =
                        code.map(|code| one(2, item.end, &Unit::Money { codes: vec![code], of: part.of }));
                    return (amount, next);
                }
            } else if measure.dual && !measure.needs_number {
                let (amount, next) = self.below_zero(one(2, item.end, &unit), next);
                return (Some(amount), next);
            } else if let Some(numeral) = numeral
                && behind.is_some_and(Item::is_bare)
                && numeral.whole() == Some(1)
                && numeral.in_words()
            {
                return (Some(one(1, numeral.end, &unit)), next);
            } else if !measure.needs_number && !entry.article {
                if numeral.is_some_and(|numeral| numeral.kind == Counted::Fraction)
                    && behind.is_some_and(|item| item.conjunction)
                {
                    return self.with_parts(one(1, item.end, &unit), next, &unit);
                }
                if self.is_alone(item.word, item.end) {
                    return (Some(one(1, item.end, &unit)), next);
                }
            }
        }
        (None, next)
    }
}

/// `numeral` of as many parts as `of` says.
fn parts_of(numeral: &Numeral, of: &Numeral) -> Option<Numeral> {
    let count = numeral.value.clone()?;
    let is_negative = count.is_negative();
    let count = if is_negative { count.negated() } else { count };
    let value = Decimal::fraction(count.to_u32()?, of.whole().filter(|&of| of > 1)?)?;
    Some(Numeral {
        begin: numeral.begin,
        value: Some(if is_negative { value.negated() } else { value }),
        kind: Counted::Fraction,
        digits: None,
        ..of.clone()
    })
}

/// The amounts of money whose number is in the form of the word (`دينارين`) or behind it (`جنيه واحد`).
pub(super) fn money_words(amounts: &Amounts<'_, '_>, found: &[Amount]) -> Vec<Amount> {
    let scan = amounts.scan;
    let is_free = |begin: usize, end: usize| {
        let at = found.partition_point(|amount| amount.end <= begin);
        found.get(at).is_none_or(|amount| {
            amount.begin >= end || amount.kind == EntityType::Number && amount.begin >= begin
        })
    };
    let mut more = Vec::new();
    for hit in scan.hits.iter() {
        if !scan.lexicon.readings(hit).any(|reading| currency(reading).is_some()) {
            continue;
        }
        let (begin, end) = (hit.begin as usize, hit.end as usize);
        let Some(word) = scan.text.get(begin..end) else { continue };
        let Some((after, unit)) = amounts.currency_at(begin).filter(|_| !hit.has_proclitic()).or_else(|| {
            let codes = scan.lexicon.readings(hit).filter_map(currency).flatten().collect::<Vec<_>>();
            let shared = amounts.shared(word);
            Some((end, Unit::Money { codes: codes.into_iter().chain(shared).collect(), of: 1 }))
        }) else {
            continue;
        };
        let count = if is_dual(word, scan.lexicon) {
            Some((2_u64, after))
        } else {
            let next = amounts.items.partition_point(|item| item.word < after);
            let one = amounts.numerals.get(next).and_then(Option::as_ref).filter(|numeral| {
                numeral.whole() == Some(1)
                    && numeral.in_words()
                    && scan.skip(after) == numeral.begin
                    && numeral.next == next + 1
            });
            one.map(|one| (1, one.end))
        };
        let Some((count, end)) = count.filter(|&(_, end)| is_free(begin, end)) else { continue };
        let numeral = Numeral::unwritten(count, begin, end, 0);
        more.push(amounts.amount(begin, end, &numeral, None, &unit));
    }
    more
}

/// Whether a currency's name is its dual: what is left without the ending is a currency's name too.
fn is_dual(word: &str, lexicon: &Lexicon) -> bool {
    let first = word.split(' ').next().unwrap_or(word);
    let Some(stem) = first.strip_suffix("ان").or_else(|| first.strip_suffix("ين")) else { return false };
    let listed = |name: &str| {
        let hits = lexicon.search(name);
        hits.iter().any(|hit| {
            hit.begin == 0
                && hit.end as usize == name.len()
                && lexicon.readings(hit).any(|reading| currency(reading).is_some())
        })
    };
    !stem.is_empty()
        && (listed(stem) || stem.strip_suffix('ت').is_some_and(|stem| listed(&format!("{stem}ه"))))
}

fn same_unit(one: &Unit, other: &Unit) -> bool {
    match (one, other) {
        (Unit::Percent, Unit::Percent) => true,
        (Unit::Measure(one), Unit::Measure(other)) => one == other,
        (Unit::Money { codes, .. }, Unit::Money { codes: others, of }) => {
            *of == 1 && others.iter().any(|code| codes.contains(code))
        }
        _ => false,
    }
}

fn digits(written: &str) -> Option<&str> {
    (!written.is_empty() && written.bytes().all(|digit| digit.is_ascii_digit())).then_some(written)
}

#[allow(clippy::option_option)]
fn currency(reading: &Reading) -> Option<Option<Code>> {
    match reading.sense {
        Listed::Currency(code) => Some(code),
        _ => None,
    }
}
