//! The mentions that a case asks for, in whichever of the suites' forms it has them.

use serde_json::Value as Json;
use warraq_core::Span;
use warraq_core::source::{OffsetIndex, Unit};

use super::table::{Currency, Table, Task, What};
use super::times::{Grain, Length, Time, local};

/// A mention that a case asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub(super) span: Span,
    /// `None` where its span alone is asked for.
    pub(super) value: Option<Value>,
}

/// The value that a case asks for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    /// Money or a measure.
    Amount {
        number: f64,
        /// The upper end of a range.
        end: Option<f64>,
        /// Any of these.
        units: Vec<String>,
    },
    Time(Time),
    /// A telephone number: its digits, without an extension.
    Phone(String),
}

impl Wanted {
    /// For people.
    pub(super) fn words(&self, text: &str) -> String {
        match &self.value {
            Some(value) => format!("{} = {value:?}", self.span.of(text)),
            None => self.span.of(text).to_owned(),
        }
    }
}

/// A form of value that the program does not write.
struct Unknown;

/// The mentions that a case asks for; `None` where one of them is nothing that the program answers.
pub(super) fn wanted(table: &Table, task: &Task, text: &str, row: &Json) -> Option<Vec<Wanted>> {
    if row.get("negative").and_then(Json::as_bool) == Some(true) {
        return Some(Vec::new());
    }
    let index = OffsetIndex::new(text);
    let spanned = |begin: &Json, end: &Json, unit| {
        let byte = |offset: &Json| index.to_byte(text, u32::try_from(offset.as_u64()?).ok()?, unit);
        Some(Span::new(byte(begin)?, byte(end)?))
    };
    let silent = row.get("ignore_resolution").and_then(Json::as_bool) == Some(true);
    let reading = Reading { table, task, row };
    let value = |found: &Json| if silent { Ok(None) } else { reading.value(found) };
    // A case without a span is one phrase.
    let whole = || {
        let trimmed = text.trim();
        let begin = text.len() - text.trim_start().len();
        Span::from_range(&(begin..begin + trimmed.len()))
    };
    if let Some(of_all) = row.get("value") {
        return Some(vec![Wanted { span: whole(), value: value(of_all).ok()? }]);
    }
    match row.get("expected")? {
        Json::Array(list) => list
            .iter()
            .map(|one| {
                let mut span = match (one.get("start"), one.get("end")) {
                    (Some(begin), Some(end)) => spanned(begin, end, Unit::CodePoint),
                    _ => None,
                };
                if let (Some(begin), Some(end)) = (one.get("start_utf16"), one.get("end_utf16_exclusive")) {
                    span = spanned(begin, end, Unit::Utf16CodeUnit);
                }
                let surface = one.get("text").and_then(Json::as_str);
                let searched = || {
                    let begin = text.find(surface?)?;
                    Some(Span::from_range(&(begin..begin + surface?.len())))
                };
                let value = match one.get("value").or(one.get("resolution")) {
                    None | Some(Json::Null) => None,
                    Some(found) => value(found).ok()?,
                };
                Some(Wanted { span: span.or_else(searched)?, value })
            })
            .collect(),
        // What is written out as it is names nothing.
        Json::String(same) if same == text => Some(Vec::new()),
        found => {
            let given = row.get("span").or_else(|| row.get("peer_span")?.get(0)).and_then(Json::as_array);
            let span = match given {
                Some(ends) => spanned(ends.first()?, ends.get(1)?, Unit::CodePoint)?,
                None => whole(),
            };
            let span = found
                .get("product")
                .and_then(Json::as_str)
                .map_or(span, |of| without_product(text, span, of));
            Some(vec![Wanted { span, value: value(found).ok()? }])
        }
    }
}

/// `500 غرام من الفراولة` without what is weighed.
fn without_product(text: &str, span: Span, product: &str) -> Span {
    let measured = span.of(text).strip_suffix(product).map(str::trim_end);
    let measured = measured.and_then(|measured| measured.strip_suffix("من")).map(str::trim_end);
    let begin = span.begin as usize;
    measured.map_or(span, |measured| Span::from_range(&(begin..begin + measured.len())))
}

/// How a case's values are read.
struct Reading<'r> {
    table: &'r Table,
    task: &'r Task,
    row: &'r Json,
}

impl Reading<'_> {
    fn value(&self, found: &Json) -> Result<Option<Value>, Unknown> {
        let inner = found.get("value").unwrap_or(found);
        let value = match self.task.asks {
            What::Number | What::Ordinal => number(inner).or_else(|| fraction(found)).map(Value::Number),
            What::Percent => {
                inner.as_str().and_then(|text| decimal(text.trim_matches('%'))).map(Value::Number)
            }
            What::Money if self.is_of_no_one_currency(found) => return Ok(None),
            What::Money => match found.as_str() {
                Some(written) => self.signed(written),
                None => self.money(found),
            },
            What::Quantity => self.quantity(found),
            What::Phone => inner.as_str().map(phone),
            What::Duration | What::Time => self.time(found).map(Value::Time),
            What::Sentences | What::Language | What::Text | What::Same => None,
        };
        value.map(Some).ok_or(Unknown)
    }

    fn currency(&self, found: &Json) -> Option<&Currency> {
        self.table.currencies.get(found.get("unit")?.as_str()?)
    }

    /// Of a currency that nothing tells we write no value.
    fn is_of_no_one_currency(&self, found: &Json) -> bool {
        self.currency(found).is_some_and(|currency| currency.code.is_none())
    }

    /// `{"value": 10, "unit": "Dollar"}`, `{"min": 10, "max": 20, "unit": "Dollar"}`
    fn money(&self, found: &Json) -> Option<Value> {
        let currency = self.currency(found)?;
        let number = |key: &str| Some(number(found.get(key)?)? * currency.times);
        let (number, end) = match number("value") {
            Some(value) => (value, None),
            None => match (number("min"), number("max")) {
                (Some(min), max) => (min, max),
                (None, max) => (max?, None),
            },
        };
        Some(Value::Amount { number, end, units: vec![currency.code.clone()?] })
    }

    /// `$7.05`, `ر.س5`
    fn signed(&self, written: &str) -> Option<Value> {
        self.table.currencies.iter().find_map(|(sign, currency)| {
            let number =
                written.strip_prefix(sign.as_str()).or_else(|| written.strip_suffix(sign.as_str()))?;
            let number = decimal(number.trim())? * currency.times;
            Some(Value::Amount { number, end: None, units: vec![currency.code.clone()?] })
        })
    }

    fn quantity(&self, found: &Json) -> Option<Value> {
        let one = found.get("values").and_then(|values| values.get(0)).unwrap_or(found);
        let units = self.table.units.get(one.get("unit")?.as_str()?)?.clone();
        Some(Value::Amount { number: number(one.get("value")?)?, end: None, units })
    }

    fn time(&self, found: &Json) -> Option<Time> {
        let string = |key: &str| found.get(key).and_then(Json::as_str);
        if let Some(timex) = string("Timex") {
            return Some(timex_of(timex, found));
        }
        if let Some(text) = found.as_str() {
            return english(text, self.task.reference.as_deref()).or_else(|| at(text, None));
        }
        if let Some(values) = found.get("values").and_then(Json::as_array) {
            let mut length = Length::default();
            for one in values {
                length = length.and(number(one.get("value")?)?, one.get("unit")?.as_str()?)?;
            }
            return Some(Time::Length(length));
        }
        let fields = self.row.get("peer_value").and_then(|values| values.get(0)).and_then(Json::as_str);
        match string("kind") {
            // `{"kind": "ago", "delta": {"days": 21}}`
            Some("ago") => {
                let units = found.get("delta").and_then(Json::as_object)?;
                let length = units
                    .iter()
                    .try_fold(Length::default(), |length, (unit, count)| length.and(count.as_f64()?, unit));
                length.map(Time::Length)
            }
            Some("duration") => {
                Some(Time::Length(Length::default().and(number(found.get("value")?)?, string("unit")?)?))
            }
            Some("interval") if found.get("to_exclusive").is_some() => Some(Time::Range {
                from: string("from").map(local),
                to: string("to_exclusive").map(local),
                open: true,
            }),
            Some("interval") => {
                let [from, to] = ["from", "to"].map(|end| string(end).map(local));
                (from.is_some() || to.is_some()).then_some(Time::Range { from, to, open: false })
            }
            Some("date_hijri") => {
                let instant = format!("{}T00:00:00", string("gregorian")?);
                Some(Time::At { instant, grain: Grain::of_fields(fields?), filled: true })
            }
            // What the peer says apart from an instant.
            Some("peer_output") => match fields? {
                "TimeValue(am_pm='AM')" => Some(Time::Half { after_noon: false }),
                "TimeValue(am_pm='PM')" => Some(Time::Half { after_noon: true }),
                _ => None,
            },
            _ => {
                let filled = fields.is_some();
                let grain = match fields {
                    Some(fields) => Grain::of_fields(fields),
                    None => string("grain").and_then(Grain::named),
                };
                Some(Time::At { instant: local(string("value")?), grain, filled })
            }
        }
    }
}

/// `(+33) 146647998`, `6507018887 ext 897`
fn phone(written: &str) -> Value {
    let number = written.split(" ext").next().unwrap_or(written);
    Value::Phone(number.chars().filter(char::is_ascii_digit).collect())
}

fn at(text: &str, grain: Option<Grain>) -> Option<Time> {
    text.contains('T').then(|| Time::At { instant: local(text), grain, filled: false })
}

/// `1 day ago`, `ago 2 hour`, `2 day`. A day that is so many days ago may be written as a day or as a length.
fn english(text: &str, reference: Option<&str>) -> Option<Time> {
    let count =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect::<String>();
    let unit = text.split_whitespace().rfind(|word| *word != "ago")?;
    let count: u32 = count.parse().ok()?;
    let length = Time::Length(Length::default().and(f64::from(count), unit)?);
    let day = reference.filter(|_| text.contains("ago") && unit == "day").and_then(|reference| {
        let (month, day) = (reference.get(..8)?, reference.get(8..10)?.parse::<u32>().ok()?);
        let day = day.checked_sub(count).filter(|day| *day > 0)?;
        Some(Time::At {
            instant: format!("{month}{day:02}T00:00:00"),
            grain: Some(Grain::Day),
            filled: false,
        })
    });
    Some(match day {
        Some(day) => Time::Any(vec![day, length]),
        None => length,
    })
}

/// A TIMEX with the two days that it may mean. What the peer leaves open (`XXXX-10-02`) may be either of them.
fn timex_of(timex: &str, found: &Json) -> Time {
    if let Some(ends) = timex.strip_prefix('(') {
        let mut ends = ends.split([',', ')']).map(ToOwned::to_owned);
        return Time::Range { from: ends.next(), to: ends.next(), open: false };
    }
    let mut readings = vec![Time::Written(timex.to_owned())];
    if let Some(rest) = timex.strip_prefix("XXXX") {
        let years = ["FutureResolution", "PastResolution"].into_iter().filter_map(|reading| {
            let resolution = found.get(reading)?.as_object()?;
            resolution.values().next()?.as_str()?.get(..4)
        });
        readings.extend(years.map(|year| Time::Written(format!("{year}{rest}"))));
    }
    // A season of no known year.
    if let "SP" | "SU" | "FA" | "WI" = timex {
        readings.push(Time::Written(format!("XXXX-{timex}")));
    }
    Time::Any(readings)
}

/// A number, as JSON or as text has it.
fn number(value: &Json) -> Option<f64> {
    value.as_f64().or_else(|| decimal(value.as_str()?))
}

/// `7.5`, `3/4`, `10 1/2`
fn decimal(text: &str) -> Option<f64> {
    let plain = |text: &str| {
        text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit() || b".-".contains(&b)))
    };
    if let Some(number) = plain(text) {
        return Some(number);
    }
    let (whole, parts) =
        text.split_once(' ').map_or((0.0, text), |(whole, parts)| (plain(whole).unwrap_or(f64::NAN), parts));
    let (count, of) = parts.split_once('/')?;
    Some(whole + plain(count)? / plain(of)?).filter(|number| number.is_finite())
}

/// `{"whole": 10, "num": 1, "den": 2}`
fn fraction(found: &Json) -> Option<f64> {
    let part = |key: &str| found.get(key).and_then(Json::as_f64);
    Some(part("whole").unwrap_or(0.0) + part("num")? / part("den")?)
}
