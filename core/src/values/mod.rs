//! What the text writes out: numbers, percentages, money, measures, dates, times, lengths of time.
//!
//! ```text
//! folded text ─▶ words ─▶ numerals ─▶ grammar ─▶ context ─▶ time ─▶ values
//!  + literals     items    numbers     what an    anchor,    what
//!    (digits)                          expression tense      it means
//!                                      says
//!                          └────────▶ amounts ─────────────────────▶
//! folded text ─▶ phones ──────────────────────────────────────────▶
//! ```
//!
//! It works on the folded text, where all digits, spellings and marks are level, and leads back to the source at the
//! end. What it knows of the language is in `data/values/`.

mod amounts;
mod context;
mod decimal;
mod grammar;
mod literals;
mod numerals;
mod phones;
mod scan;
#[cfg(test)]
mod tests;
pub(crate) mod time;
mod words;

use std::fmt;

pub use time::value::{Anchor, AnchorKind, Modifier, Precision, TimeKind, TimeValue};

use crate::entities::EntityType;
use crate::lexicon::{Hits, Lexicon, Reading, Sense};
use crate::maps::TextMap;
use crate::segment::is_mark_of_quotation;
use crate::{Document, KnowledgeError, Span};
use amounts::{Amount, Amounts, Countries, Units};
pub use context::Reference;
use grammar::{Around, Expression, Grammar, Text};
use numerals::{Numeral, Numerals};
use phones::{Phone, PhoneWords, phones};
use scan::Scan;
use words::{Entry, Item, Table, What};

/// How numbers and times are written: `data/values/`.
pub struct Rules {
    table: Table,
    grammar: Grammar,
    units: Units,
    tenses: context::Tenses,
    phones: PhoneWords,
}

impl Rules {
    /// The rules that are compiled in.
    ///
    /// # Errors
    /// [`KnowledgeError`] where a data file is malformed.
    pub fn built_in() -> Result<Self, KnowledgeError> {
        let (units, forms) = Units::built_in()?;
        let table = Table::built_in(forms)?;
        let grammar = Grammar::built_in(&table)?;
        Ok(Self {
            table,
            grammar,
            units,
            tenses: context::Tenses::built_in()?,
            phones: PhoneWords::built_in()?,
        })
    }
}

/// A value that a mention writes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number, or hundredths.
    Number {
        /// A decimal number in ASCII (`1200000`, `7.5`).
        decimal: String,
        /// The upper end of a range.
        end: Option<String>,
    },
    /// Money.
    Money {
        /// Decimal in ASCII.
        amount: String,
        /// The upper end of a range.
        end: Option<String>,
        /// ISO 4217.
        currency: String,
    },
    /// A measure.
    Quantity {
        /// Decimal in ASCII.
        decimal: String,
        /// The upper end of a range.
        end: Option<String>,
        /// A unit id of CLDR.
        unit: String,
    },
    /// A date, a time of day, a length of time.
    Time(Box<TimeValue>),
    /// A telephone number, as E.164 writes it.
    Phone(String),
}

impl Value {
    /// What it is displayed as, without the machinery of formatting.
    pub(crate) fn canonical(&self) -> String {
        let (from, to, unit) = match self {
            Self::Number { decimal, end } => (decimal, end, None),
            Self::Money { amount, end, currency } => (amount, end, Some(currency)),
            Self::Quantity { decimal, end, unit } => (decimal, end, Some(unit)),
            Self::Time(time) => return time.value.clone(),
            Self::Phone(number) => return number.clone(),
        };
        let mut written = from.clone();
        for (sign, part) in [('/', to.as_ref()), (' ', unit)] {
            if let Some(part) = part {
                written.push(sign);
                written.push_str(part);
            }
        }
        written
    }
}

impl fmt::Display for Value {
    /// The canonical form: `7.5`, `1200000000 USD`, `5 kilometer`, `2018-05-17`; of a range both ends with a slash between.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.canonical())
    }
}

/// A place where the text writes out a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Written {
    /// In the document's text.
    pub(crate) span: Span,
    pub(crate) kind: EntityType,
    /// `ordinal`, `fraction`.
    pub(crate) subtype: Option<&'static str>,
    /// `None` where what is written does not say which.
    pub(crate) value: Option<Value>,
    /// Whether it is what it is whatever names are around it.
    pub(crate) sure: bool,
}

/// The values that `document` writes out, in order, disjoint.
pub(crate) fn values(document: &Document<'_>) -> Vec<Written> {
    let rules = &document.knowledge().values;
    let lexicon = &document.knowledge().lexicon;
    // The built-in lexicon is the last: the words of amounts are in no other.
    let Some(hits) = document.names().last() else { return Vec::new() };
    let text = document.folded().text.as_str();
    let literals = literals::literals(text, lexicon);
    let joins = |end: usize| context::is_inside_a_block(document, end);
    let words = document.words().list().iter().map(|word| word.begin as usize..word.end as usize);
    let items = words::items(text, words, &rules.table, &literals, &joins);
    let numbers = Numerals { text, items: &items, literals: &literals };
    let numerals: Vec<Option<Numeral>> = (0..items.len()).map(|at| numbers.at(at)).collect();
    let beside = Scan { text, lexicon, hits, joins: &joins };
    let expressions = rules.grammar.expressions(&Text {
        text,
        items: &items,
        literals: &literals,
        numerals: &numerals,
        around: &beside,
    });

    let mut taken = vec![false; items.len()];
    for expression in &expressions {
        for at in expression.items.clone() {
            if let Some(taken) = taken.get_mut(at) {
                *taken = true;
            }
        }
    }
    let spoken = SpokenOf::new(lexicon, hits);
    let of_ranges = ["to", "between", "from"].map(|name| rules.table.class(name));
    let amounts = Amounts {
        scan: &beside,
        items: &items,
        numerals: &numerals,
        units: &rules.units,
        countries: &spoken,
        joints: of_ranges,
    };
    let mut found = amounts.all(&taken);
    found.extend(amounts::money_words(&amounts, &found));

    let span = |begin: usize, end: usize| document.source_span(begin, end);
    let located: Vec<(Span, Expression)> = expressions
        .into_iter()
        .filter(|expression| !is_a_name(document, &items, expression))
        .filter_map(|expression| {
            let first = items.get(expression.items.start)?;
            let last = items.get(expression.items.end.checked_sub(1)?)?;
            // A number may begin behind a proclitic that its form has (`لست سنوات`).
            let number = numerals.get(expression.items.start)?.as_ref();
            let begin = number.map_or(first.begin, |number| number.begin.max(first.begin));
            Some((span(begin, last.end), expression))
        })
        .collect();
    let mut written: Vec<Written> = found
        .into_iter()
        .map(|Amount { begin, end, kind, subtype, value, sure }| Written {
            span: span(begin, end),
            kind,
            subtype,
            value,
            sure,
        })
        .collect();
    written.extend(context::resolve(document, &rules.tenses, &located));
    let phones = phones(text, &rules.phones, || spoken.most());
    let phones: Vec<Written> = phones
        .into_iter()
        .map(|Phone { begin, end, number }| Written {
            span: span(begin, end),
            kind: EntityType::PhoneNumber,
            subtype: None,
            value: Some(Value::Phone(number)),
            sure: true,
        })
        .collect();
    // The digits of a telephone number count nothing.
    written.retain(|written| {
        let next = phones.partition_point(|phone| phone.span.end <= written.span.begin);
        !phones.get(next).is_some_and(|phone| phone.span.overlaps(written.span))
    });
    written.extend(phones);
    written.sort_by_key(|written| (written.span.begin, u32::MAX - written.span.end));
    // A word of money or of time may be in two of them: the first and longest stays.
    let mut end = 0;
    written.retain(|written| {
        let stays = written.span.begin >= end;
        end = end.max(if stays { written.span.end } else { 0 });
        stays
    });
    written
}

/// Whether a word of time is the name of something else: it alone stands in quotation marks («اليوم» is a newspaper), or it is
/// spelled otherwise than the month (إب is a city, آب a month).
fn is_a_name(document: &Document<'_>, items: &[Item<'_>], expression: &Expression) -> bool {
    let text = document.text();
    let taken = items.get(expression.items.clone()).unwrap_or_default();
    let is_misspelled = |item: &Item<'_>| {
        item.entries().iter().any(Entry::is_common_month)
            && document.source_span(item.begin, item.end).of(text).starts_with('إ')
    };
    if taken.iter().any(is_misspelled) {
        return true;
    }
    let [item] = taken else { return false };
    if !matches!(item.what, What::Words(_)) {
        return false;
    }
    let range = document.source_span(item.begin, item.end).range();
    let is_mark = |c: Option<char>| c.is_some_and(|c| is_mark_of_quotation(document, c));
    is_mark(text.get(..range.start).and_then(|before| before.chars().next_back()))
        && is_mark(text.get(range.end..).and_then(|behind| behind.chars().next()))
}

impl Around for Scan<'_> {
    fn counts(&self, end: usize) -> bool {
        let counted = |reading: &Reading| match reading.sense {
            Sense::Scale(_) | Sense::Percent | Sense::Currency(_) => Some(()),
            _ => None,
        };
        self.word_at(self.skip(end), counted).is_some()
    }
}

/// How often a text speaks of each country.
struct SpokenOf<'t> {
    lexicon: &'t Lexicon,
    hits: &'t Hits,
    counts: std::cell::OnceCell<TextMap<[u8; 2], usize>>,
}

impl<'t> SpokenOf<'t> {
    fn new(lexicon: &'t Lexicon, hits: &'t Hits) -> Self {
        Self { lexicon, hits, counts: std::cell::OnceCell::new() }
    }

    fn counted(&self) -> TextMap<[u8; 2], usize> {
        let mut counts: TextMap<[u8; 2], usize> = TextMap::default();
        for hit in self.hits.iter() {
            let mut countries = self
                .lexicon
                .readings(hit)
                .filter(|reading| !reading.flags.common && !reading.flags.ambiguous)
                .filter_map(|reading| {
                    self.lexicon.thing(reading.sense)?.country.as_deref()?.as_bytes().try_into().ok()
                });
            if let Some(country) = countries.next()
                && countries.all(|other| other == country)
            {
                *counts.entry(country).or_default() += 1;
            }
        }
        counts
    }
}

impl SpokenOf<'_> {
    /// The country that it speaks of most.
    fn most(&self) -> Option<[u8; 2]> {
        let counts = self.counts.get_or_init(|| self.counted());
        counts.iter().max_by_key(|&(country, count)| (*count, *country)).map(|(&country, _)| country)
    }
}

impl Countries for SpokenOf<'_> {
    fn count(&self, country: &[u8]) -> usize {
        let counts = self.counts.get_or_init(|| self.counted());
        country.try_into().ok().and_then(|country: [u8; 2]| counts.get(&country)).copied().unwrap_or_default()
    }
}
