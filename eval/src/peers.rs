//! Test cases of other programs (JSONL): what each asks of us is data in `data/eval/peers.toml` and, for
//! normalization, in `data/eval/normalization.toml`.
//!
//! A case is right where all that it asks for is given and nothing else of its kind. A case whose kind is not in the
//! table is one that the program does not answer yet, and is counted as such.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use warraq_core::entities::EntityType;
use warraq_core::normalize::{Normalizer, StepRequest};
use warraq_core::source::{OffsetIndex, TooLong, Unit};
use warraq_core::{Document, Knowledge, Span};

use crate::file::{FileError, parsed};
use crate::left_out::{Named, Rules, fits_part};
use crate::score::{Cause, Difference, Figure, Layer, Measured, Scores};

/// The test cases of one file.
#[derive(Clone, Debug, Default)]
pub struct Suite {
    /// The program that they come from.
    pub name: String,
    /// How many of its cases are left out, as `data/eval/left_out.toml` says.
    pub left_out: usize,
    cases: Vec<Case>,
}

#[derive(Clone, Debug)]
struct Case {
    id: String,
    text: String,
    /// The kind of case, as figures name it.
    kind: String,
    asks: Asks,
}

/// What a case asks for.
#[derive(Clone, Debug)]
enum Asks {
    /// The mentions of a type, each with its value where that is asked for too.
    Mentions(EntityType, Vec<(Span, Option<String>)>),
    /// The sentences.
    Sentences(Vec<String>),
    /// The language; of one that is not Arabic also that no name is found in it.
    Language(String),
    /// The text after normalization and, where the case says it, from which code points of the source each of its
    /// characters is.
    Text(Recipe, String, Option<Vec<(u32, u32)>>),
    /// The text itself, up to NFKC, from each of these presets.
    Same(Vec<String>),
    /// What the program does not answer yet.
    Nothing,
}

/// A preset, if there is one, and what is changed of it.
#[derive(Clone, Debug)]
struct Recipe {
    preset: Option<String>,
    steps: Vec<StepRequest>,
}

/// `data/eval/peers.toml`, and `data/eval/normalization.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    task: Vec<Task>,
    /// The ISO 4217 code of a currency's name in the cases.
    #[serde(default)]
    currencies: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    suites: Vec<String>,
    /// What the case calls its task or operation, in which `*` stands for anything; unset where a suite has one only.
    #[serde(default)]
    tasks: Vec<String>,
    /// Of a suite whose cases name a language or a script: which.
    #[serde(default)]
    rules: Vec<String>,
    asks: What,
    /// Of `text`: the preset.
    preset: Option<String>,
    /// Of `text`: the steps, `name` or `name=option:value,option:value`.
    #[serde(default)]
    steps: Vec<String>,
    /// Of `same`: the presets.
    #[serde(default)]
    presets: Vec<String>,
    /// Of a mention: that its span alone is compared.
    #[serde(default)]
    span_only: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Number,
    Money,
    Percent,
    Date,
    Sentences,
    Language,
    Text,
    Same,
}

impl What {
    fn kind(self) -> Option<EntityType> {
        match self {
            Self::Number => Some(EntityType::Number),
            Self::Money => Some(EntityType::Money),
            Self::Percent => Some(EntityType::Percent),
            Self::Date => Some(EntityType::Date),
            _ => None,
        }
    }
}

/// The test cases in the file at `path`; its folder has the name of the program that they come from.
///
/// # Errors
/// Where the file cannot be read or a line is no case.
pub fn read(path: &Path) -> Result<Suite, FileError> {
    let name = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let suite = name(path.parent().and_then(Path::file_name));
    parsed(path, |file, content| parse(file, &suite, &name(path.file_stem()), content))
}

/// The test cases in `content` of the file `stem` of the program `suite`.
///
/// # Errors
/// Where a line is no case.
pub fn parse(file: &str, suite: &str, stem: &str, content: &str) -> Result<Suite, FileError> {
    let table = Table::built_in()?;
    let rules = Rules::built_in()?;
    let mut suite = Suite { name: suite.to_owned(), ..Suite::default() };
    for (at, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Value =
            serde_json::from_str(line).map_err(|problem| FileError::line(file, at, problem.to_string()))?;
        let field = |key: &str| row.get(key).and_then(Value::as_str);
        let text = field("text").ok_or_else(|| FileError::line(file, at, "the case has no text"))?;
        let (id, task) = (field("id").unwrap_or_default(), name_of(&row, stem));
        let named = Named { suite: &suite.name, id, task: &task, rule: field("rule"), text };
        if rules.of_case(&named).is_some() {
            suite.left_out += 1;
        } else {
            suite.cases.push(case(&table, &named, stem, &row));
        }
    }
    Ok(suite)
}

impl Table {
    fn built_in() -> Result<Self, FileError> {
        let read = |name: &str, content: &str| -> Result<Self, FileError> {
            toml::from_str(content)
                .map_err(|problem| FileError::whole(&Path::new("data/eval").join(name), problem.to_string()))
        };
        let mut table = read("normalization.toml", include_str!("../../data/eval/normalization.toml"))?;
        let others = read("peers.toml", include_str!("../../data/eval/peers.toml"))?;
        table.task.extend(others.task);
        table.currencies = others.currencies;
        Ok(table)
    }

    /// The first row that fits a case.
    fn task(&self, case: &Named) -> Option<&Task> {
        self.task.iter().find(|task| {
            task.suites.iter().any(|name| name == case.suite)
                && (task.tasks.is_empty() || task.tasks.iter().any(|known| fits_part(known, case.task)))
                && (task.rules.is_empty() || task.rules.iter().any(|known| case.rule == Some(known)))
        })
    }
}

/// What the case calls its task or operation, with the options that the case has apart; else the name of its file.
fn name_of(row: &Value, stem: &str) -> String {
    let field = |key: &str| row.get(key).and_then(Value::as_str);
    let Some(named) = field("task").or(field("op")) else { return stem.to_owned() };
    match row.get("options").and_then(Value::as_object) {
        None => named.to_owned(),
        Some(options) => {
            let options: Vec<String> =
                options.iter().map(|(key, value)| format!("'{key}': {value}")).collect();
            format!("{named} {{{}}}", options.join(", "))
        }
    }
}

fn case(table: &Table, by: &Named, stem: &str, row: &Value) -> Case {
    let &Named { suite, id, text, .. } = by;
    let field = |key: &str| row.get(key).and_then(Value::as_str);
    let named = field("task").or(field("op"));
    let task = table.task(by);
    let asks = task.and_then(|task| asks(table, task, text, row)).unwrap_or(Asks::Nothing);
    let kind = match (&asks, named) {
        (Asks::Language(_) | Asks::Sentences(_), _) => {
            format!("{suite} {}", field("lang").unwrap_or_default())
        }
        (Asks::Same(_), _) => format!("{suite} {stem} unharmed"),
        // Operations have long names with all their options.
        (_, Some(op)) if row.get("op").is_some() => {
            let short: String = op.chars().take_while(|c| !"([".contains(*c)).collect();
            format!("{suite} {short}")
        }
        (_, named) => format!("{suite} {}", named.unwrap_or(stem)),
    };
    Case { id: id.to_owned(), text: text.to_owned(), kind, asks }
}

fn asks(table: &Table, task: &Task, text: &str, row: &Value) -> Option<Asks> {
    let expected = row.get("expected");
    let string = |value: Option<&Value>| value.and_then(Value::as_str).map(ToOwned::to_owned);
    match task.asks {
        What::Language => Some(Asks::Language(string(row.get("lang"))?)),
        What::Sentences => {
            let sentences = expected?.as_array()?.iter();
            Some(Asks::Sentences(sentences.filter_map(|sentence| string(Some(sentence))).collect()))
        }
        What::Text => {
            let expected = string(expected).or_else(|| tokens(row))?;
            Some(Asks::Text(task.recipe(), expected, map(row)))
        }
        What::Same => Some(Asks::Same(task.presets.clone())),
        what => {
            let mentions = mentions(table, task, what, text, row)?;
            Some(Asks::Mentions(what.kind()?, mentions))
        }
    }
}

/// From which code points of the source each character of the expected text is.
fn map(row: &Value) -> Option<Vec<(u32, u32)>> {
    let offset = |pair: &Value, end: usize| u32::try_from(pair.get(end)?.as_u64()?).ok();
    let pairs = row.get("map_norm_char_to_orig_span_codepoint")?.as_array()?.iter();
    pairs.map(|pair| Some((offset(pair, 0)?, offset(pair, 1)?))).collect()
}

/// The terms of a case of a search engine.
fn tokens(row: &Value) -> Option<String> {
    let terms = row.get("expected_tokens")?.as_array()?.iter();
    let terms: Option<Vec<&str>> = terms.map(|token| token.get("term")?.as_str()).collect();
    Some(terms?.join(" "))
}

impl Task {
    fn recipe(&self) -> Recipe {
        Recipe {
            preset: self.preset.clone(),
            steps: self.steps.iter().map(|step| step_request(step)).collect(),
        }
    }
}

/// `name` or `name=option:value,option:value`.
fn step_request(step: &str) -> StepRequest {
    let (name, options) = step.split_once('=').unwrap_or((step, ""));
    let options = options.split(',').filter_map(|option| option.split_once(':'));
    StepRequest {
        step: name.to_owned(),
        enabled: Some(true),
        options: options.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
    }
}

/// The mentions that a case asks for, in whichever of the suites' forms it has them; `None` where one of them is
/// nothing that the program answers.
fn mentions(
    table: &Table,
    task: &Task,
    what: What,
    text: &str,
    row: &Value,
) -> Option<Vec<(Span, Option<String>)>> {
    if row.get("negative").and_then(Value::as_bool) == Some(true) {
        return Some(Vec::new());
    }
    let index = OffsetIndex::new(text);
    let spanned = |begin: &Value, end: &Value, unit| {
        let byte = |offset: &Value| index.to_byte(text, u32::try_from(offset.as_u64()?).ok()?, unit);
        Some(Span::new(byte(begin)?, byte(end)?))
    };
    let silent = task.span_only || row.get("ignore_resolution").and_then(Value::as_bool) == Some(true);
    let value = |found: &Value| if silent { Some(None) } else { value(table, what, found).map(Some) };
    // A case without a span is one phrase.
    let whole = || {
        let trimmed = text.trim();
        let begin = text.len() - text.trim_start().len();
        Span::from_range(&(begin..begin + trimmed.len()))
    };
    if let Some(value_of_all) = row.get("value") {
        return Some(vec![(whole(), value(value_of_all)?)]);
    }
    match row.get("expected")? {
        Value::Array(list) => list
            .iter()
            .map(|one| {
                let mut span = match (one.get("start"), one.get("end")) {
                    (Some(begin), Some(end)) => spanned(begin, end, Unit::CodePoint),
                    _ => None,
                };
                if let (Some(begin), Some(end)) = (one.get("start_utf16"), one.get("end_utf16_exclusive")) {
                    span = spanned(begin, end, Unit::Utf16CodeUnit);
                }
                let surface = one.get("text").and_then(Value::as_str);
                let searched = || {
                    let begin = text.find(surface?)?;
                    Some(Span::from_range(&(begin..begin + surface?.len())))
                };
                let resolution = one.get("value").or(one.get("resolution"));
                let value = match resolution {
                    None | Some(Value::Null) => None,
                    Some(found) => value(found)?,
                };
                Some((span.or_else(searched)?, value))
            })
            .collect(),
        found => {
            let span =
                match row.get("span").or_else(|| row.get("peer_span")?.get(0)).and_then(Value::as_array) {
                    Some(ends) => spanned(ends.first()?, ends.get(1)?, Unit::CodePoint)?,
                    None => whole(),
                };
            Some(vec![(span, value(found)?)])
        }
    }
}

/// What a case says of a value, as the program writes it; `None` where it writes no such value.
fn value(table: &Table, what: What, found: &Value) -> Option<String> {
    let inner = found.get("value").unwrap_or(found);
    match what {
        What::Number => number(inner),
        What::Percent => number(&Value::String(inner.as_str()?.trim_end_matches('%').to_owned())),
        What::Money => {
            let currency = table.currencies.get(found.get("unit")?.as_str()?)?;
            Some(format!("{} {currency}", number(inner)?))
        }
        What::Date => {
            if let Some(timex) = found.get("Timex") {
                return timex.as_str().map(ToOwned::to_owned);
            }
            if let Some(day) = found.get("gregorian") {
                return day.as_str().map(ToOwned::to_owned);
            }
            let (day, time) = inner.as_str()?.split_once('T')?;
            // A time of day is another type.
            time.starts_with("00:00:00").then(|| day.to_owned())
        }
        _ => None,
    }
}

/// A number as the program writes it: `7.5`, `1200`.
fn number(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            Some(text.strip_suffix(".0").unwrap_or(&text).to_owned())
        }
        Value::String(text) => {
            let plain =
                text.parse::<f64>().is_ok() && text.bytes().all(|b| b.is_ascii_digit() || b".-".contains(&b));
            plain.then(|| text.clone())
        }
        _ => None,
    }
}

/// Whether the program's value is the one that is asked for. A peer writes a year or a month as its first day.
fn same_value(what: EntityType, wanted: &str, given: Option<&str>) -> bool {
    let Some(given) = given else { return false };
    match what {
        EntityType::Date => {
            wanted == given || wanted.strip_prefix(given).is_some_and(|rest| matches!(rest, "-01" | "-01-01"))
        }
        _ => match (wanted.parse::<f64>(), given.parse::<f64>()) {
            (Ok(wanted), Ok(given)) => (wanted - given).abs() < 1e-9,
            _ => wanted == given,
        },
    }
}

/// The types that are names: in a text of another language none of them is to be invented.
const NAMES: [EntityType; 3] = [EntityType::Person, EntityType::Location, EntityType::Organization];

impl Suite {
    /// Measures what the program says of the cases.
    ///
    /// # Errors
    /// Where a text is too long for the program, or the table asks for a step that is none.
    pub fn measure(&self, knowledge: &Knowledge) -> Result<Measured, String> {
        let mut measured = Measured::default();
        for case in &self.cases {
            case.measure(knowledge, &mut measured)?;
        }
        measured.differences.sort();
        Ok(measured)
    }

    /// The figures of each case.
    ///
    /// # Errors
    /// As [`Self::measure`].
    pub fn each(&self, knowledge: &Knowledge) -> Result<Vec<Scores>, String> {
        let scores = |case: &Case| {
            let mut measured = Measured::default();
            case.measure(knowledge, &mut measured).map(|()| measured.scores)
        };
        self.cases.iter().map(scores).collect()
    }
}

impl Case {
    fn measure(&self, knowledge: &Knowledge, measured: &mut Measured) -> Result<(), String> {
        let document = || Document::new(&self.text, knowledge).map_err(|error: TooLong| error.to_string());
        match &self.asks {
            Asks::Nothing => measured.scores.add(Layer::Cases, &self.kind, Figure::unanswered(1)),
            Asks::Sentences(wanted) => {
                let document = document()?;
                let given = document
                    .sentences()
                    .iter()
                    .map(|sentence| sentence.span.of(&self.text).trim().to_owned());
                let given: Vec<String> = given.collect();
                let wanted: Vec<String> = wanted.iter().map(|sentence| sentence.trim().to_owned()).collect();
                self.put(measured, wanted == given, &wanted.join(" | "), &given.join(" | "));
            }
            Asks::Language(language) => {
                let document = document()?;
                let given = &document.metadata().language;
                self.put(measured, language == given, language, given);
                if language != "ar" {
                    self.invented(&document, measured);
                }
            }
            Asks::Same(presets) => {
                let nfkc = [step_request("unicode_form=form:NFKC")];
                let run = |preset, steps: &[StepRequest], text: &str| {
                    let normalizer = Normalizer::new(preset, steps).map_err(|error| error.to_string())?;
                    Ok::<_, String>(normalizer.run(text).normalized.text)
                };
                let wanted = run(None, &nfkc, &self.text)?;
                let mut harmed = Vec::new();
                for preset in presets {
                    let given = run(None, &nfkc, &run(Some(preset), &[], &self.text)?)?;
                    if given != wanted {
                        harmed.push(format!("{preset}: {given}"));
                    }
                }
                self.put(measured, harmed.is_empty(), &wanted, &harmed.join(" | "));
            }
            Asks::Text(recipe, wanted, map) => {
                let normalizer = Normalizer::new(recipe.preset.as_deref(), &recipe.steps)
                    .map_err(|error| error.to_string())?;
                let given = normalizer.run(&self.text).normalized;
                self.put(measured, *wanted == given.text, wanted, &given.text);
                if let Some(map) = map.as_ref().filter(|_| *wanted == given.text) {
                    let index = OffsetIndex::new(&self.text);
                    let source = |(at, c): (usize, char)| {
                        let span = Span::from_range(&(at..at + c.len_utf8()));
                        index.convert(&self.text, given.alignment.to_source(span), Unit::CodePoint)
                    };
                    let ours: Vec<(u32, u32)> = given.text.char_indices().map(source).collect();
                    let (wanted, ours) = (format!("{map:?}"), format!("{ours:?}"));
                    self.put_in(Layer::Maps, measured, wanted == ours, &wanted, &ours);
                }
            }
            Asks::Mentions(kind, wanted) => {
                let document = document()?;
                let mut given: BTreeMap<Span, Option<String>> = BTreeMap::new();
                for entity in document.entities().iter().filter(|entity| entity.kind == *kind) {
                    let value = entity.value.as_ref().map(ToString::to_string);
                    given.extend(entity.mentions.iter().map(|mention| (mention.span, value.clone())));
                }
                let right = given.len() == wanted.iter().map(|(span, _)| span).collect::<BTreeSet<_>>().len()
                    && wanted.iter().all(|(span, value)| {
                        given.get(span).is_some_and(|given| {
                            value.as_ref().is_none_or(|value| same_value(*kind, value, given.as_deref()))
                        })
                    });
                let words = |(span, value): (&Span, &Option<String>)| match value {
                    Some(value) => format!("{} = {value}", span.of(&self.text)),
                    None => span.of(&self.text).to_owned(),
                };
                let wanted: Vec<String> = wanted.iter().map(|(span, value)| words((span, value))).collect();
                let given: Vec<String> = given.iter().map(words).collect();
                self.put(measured, right, &wanted.join(" | "), &given.join(" | "));
            }
        }
        Ok(())
    }

    fn put(&self, measured: &mut Measured, right: bool, wanted: &str, found: &str) {
        self.put_in(Layer::Cases, measured, right, wanted, found);
    }

    fn put_in(&self, layer: Layer, measured: &mut Measured, right: bool, wanted: &str, found: &str) {
        measured.scores.add(layer, &self.kind, Figure::new(right.into(), 1, 1));
        if !right {
            measured.differences.push(Difference {
                layer,
                kind: self.kind.clone(),
                cause: Cause::WrongValue,
                span: None,
                wanted: Some(format!("{wanted} in {}: {}", self.id, self.text)),
                found: Some(found.to_owned()),
            });
        }
    }

    /// A text of another language is right where no name is found in it. Whether one is really named there is for
    /// people to say.
    fn invented(&self, document: &Document<'_>, measured: &mut Measured) {
        let names = document.entities().iter().filter(|entity| NAMES.contains(&entity.kind));
        let found: Vec<&str> =
            names.filter_map(|entity| Some(entity.mentions.first()?.span.of(&self.text))).collect();
        let kind = format!("{} without a name", self.kind);
        measured.scores.add(Layer::Cases, &kind, Figure::new(found.is_empty().into(), 1, 1));
        if !found.is_empty() {
            measured.differences.push(Difference {
                layer: Layer::Cases,
                kind,
                cause: Cause::Extra,
                span: None,
                wanted: Some(self.text.clone()),
                found: Some(found.join(" | ")),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(suite: &str, stem: &str, line: &str) -> Asks {
        let suite = parse("f", suite, stem, line).unwrap_or_else(|error| panic!("{error}"));
        suite.cases[0].asks.clone()
    }

    fn mentions(suite: &str, stem: &str, line: &str) -> Option<Vec<(u32, u32, Option<String>)>> {
        match asked(suite, stem, line) {
            Asks::Mentions(_, wanted) => Some(wanted.into_iter().map(|(s, v)| (s.begin, s.end, v)).collect()),
            _ => None,
        }
    }

    #[test]
    fn each_form_of_a_mention_is_read() {
        let line = r#"{"task": "numeral", "text": "هو 5", "span": [3, 4], "expected": {"value": 5}}"#;
        assert_eq!(mentions("duckling", "numeral", line), Some(vec![(5, 6, Some("5".to_owned()))]));
        let line = r#"{"task": "numeral", "text": "هو 5", "expected": [{"start": 3, "end": 4, "text": "5", "value": 5.0}]}"#;
        assert_eq!(mentions("maha", "numeral", line), Some(vec![(5, 6, Some("5".to_owned()))]));
        let line = r#"{"task": "numeral", "text": "هو", "expected": null, "negative": true}"#;
        assert_eq!(mentions("maha", "numeral", line), Some(Vec::new()));
        let line = r#"{"text": " 5 ", "value": 5}"#;
        assert_eq!(
            mentions("curated", "numbers_text_to_value", line),
            Some(vec![(1, 2, Some("5".to_owned()))])
        );
        let line = r#"{"task": "Number/PercentModel", "text": "هو 5%", "ignore_resolution": false,
            "expected": [{"text": "5%", "start_utf16": 3, "end_utf16_exclusive": 5, "resolution": {"value": "5%"}}]}"#
            .replace('\n', " ");
        assert_eq!(mentions("recognizers-text", "trusted", &line), Some(vec![(5, 7, Some("5".to_owned()))]));
    }

    #[test]
    fn a_value_that_the_program_does_not_write_is_not_asked_for() {
        for expected in [
            r#"{"kind": "datetime", "value": "2013-02-12T04:30:00-02:00", "grain": "second"}"#,
            r#"{"kind": "interval", "from": "2013-02-12T00:00:00", "to_exclusive": "2013-02-13T00:00:00"}"#,
        ] {
            let line =
                format!(r#"{{"task": "time", "text": "الآن", "span": [0, 4], "expected": {expected}}}"#);
            assert!(matches!(asked("duckling", "time", &line), Asks::Nothing), "{expected}");
        }
        assert!(matches!(
            asked("duckling", "ordinal", r#"{"task": "ordinal", "text": "أول"}"#),
            Asks::Nothing
        ));
        assert!(matches!(asked("unknown", "x", r#"{"text": "أول"}"#), Asks::Nothing));
        assert!(parse("f", "maha", "x", r#"{"task": "numeral"}"#).is_err());
    }

    #[test]
    fn each_case_has_its_own_figures() {
        let lines = [
            r#"{"task": "numeral", "text": "هو 5", "span": [3, 4], "expected": {"value": 5}}"#,
            r#"{"task": "numeral", "text": "هو 5", "span": [3, 4], "expected": {"value": 6}}"#,
            r#"{"task": "phone_number", "text": "هو 5"}"#,
        ];
        let suite = parse("f", "duckling", "x", &lines.join("\n")).unwrap_or_else(|error| panic!("{error}"));
        let knowledge = warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
        let each = suite.each(&knowledge).unwrap_or_else(|error| panic!("{error}"));
        let figures: Vec<Figure> = each.iter().map(|scores| scores.whole(Layer::Cases)).collect();
        assert_eq!(figures, [Figure::all(1), Figure::new(0, 1, 1), Figure::unanswered(1)]);
        let together = suite.measure(&knowledge).unwrap_or_else(|error| panic!("{error}")).scores;
        assert_eq!(together.whole(Layer::Cases), figures.into_iter().fold(Figure::default(), Figure::plus));
    }

    #[test]
    fn a_map_is_a_figure_of_its_own() {
        let line = |expected, map| {
            format!(
                r#"{{"op": "RemoveTatweel()", "text": "مـن", "expected": "{expected}", "map_norm_char_to_orig_span_codepoint": {map}}}"#
            )
        };
        let lines = [
            line("من", "[[0, 1], [2, 3]]"),
            line("من", "[[0, 2], [2, 3]]"),
            line("مـن", "[[0, 1], [1, 2], [2, 3]]"),
        ];
        let suite = parse("f", "araclean", "x", &lines.join("\n")).unwrap_or_else(|error| panic!("{error}"));
        let knowledge = warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
        let scores = suite.measure(&knowledge).unwrap_or_else(|error| panic!("{error}")).scores;
        assert_eq!(scores.whole(Layer::Cases), Figure::new(2, 3, 3));
        assert_eq!(scores.whole(Layer::Maps), Figure::new(1, 2, 2));
    }

    #[test]
    fn a_text_of_another_language_is_to_stay() {
        let lines = [r#"{"text": "می\u200Cرود"}"#, r#"{"text": "ﻣﺪﯾﻨﮥ"}"#, r#"{"text": "عالم\u0007"}"#];
        let suite = parse("f", "bleve", "fa_persian_normalize", &lines.join("\n"));
        let suite = suite.unwrap_or_else(|error| panic!("{error}"));
        let knowledge = warraq_knowledge::built_in().unwrap_or_else(|error| panic!("{error}"));
        let measured = suite.measure(&knowledge).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(measured.scores.whole(Layer::Cases), Figure::new(2, 3, 3));
        assert!(measured.differences[0].found.as_ref().is_some_and(|found| found.starts_with("display: ")));
    }

    #[test]
    fn a_year_is_its_first_day_to_a_peer() {
        assert!(same_value(EntityType::Date, "2013-01-01", Some("2013")));
        assert!(same_value(EntityType::Date, "2013-02-01", Some("2013-02")));
        assert!(!same_value(EntityType::Date, "2013-02-02", Some("2013-02")));
        assert!(
            same_value(EntityType::Number, "0.50", Some("0.5")) && !same_value(EntityType::Number, "5", None)
        );
    }

    #[test]
    fn the_steps_of_the_table_are_steps() {
        let table = Table::built_in().unwrap_or_else(|error| panic!("{error}"));
        for task in &table.task {
            let recipe = task.recipe();
            assert!(
                Normalizer::new(recipe.preset.as_deref(), &recipe.steps).is_ok(),
                "{:?} {:?}",
                task.preset,
                task.steps
            );
            let asks_text = task.preset.is_some() || !task.steps.is_empty();
            assert_eq!(matches!(task.asks, What::Text), asks_text, "{:?}", task.tasks);
            assert_eq!(matches!(task.asks, What::Same), !task.presets.is_empty(), "{:?}", task.tasks);
            assert!(task.presets.iter().all(|preset| Normalizer::new(Some(preset), &[]).is_ok()));
        }
    }

    #[test]
    fn recipes_are_found_by_name_options_and_language() {
        let steps = |suite, stem, line| match asked(suite, stem, line) {
            Asks::Text(recipe, ..) => recipe.steps.into_iter().map(|step| step.step).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let line = r#"{"task": "normalize", "options": {"waw": true}, "text": "مؤمن", "expected": "مومن"}"#;
        assert_eq!(steps("maha", "clean_normalize", line), ["hamza_seats"]);
        let line =
            r#"{"op": "MapDigits(target=<DigitTarget.ASCII: 'ascii'>, x)", "text": "٣", "expected": "3"}"#;
        assert_eq!(steps("araclean", "x", line), ["digits"]);
        let line = r#"{"rule": "AR", "text": "ٽ", "expected": "ت"}"#;
        assert_eq!(steps("nisaba", "visual_norm", line), ["look_alike_letters"]);
        let line = r#"{"rule": "FA", "text": "ٽ", "expected": "ت"}"#;
        assert!(matches!(asked("nisaba", "visual_norm", line), Asks::Same(_)));
        let line = r#"{"task": "normalize", "options": {"all": true}, "text": "مؤمن", "expected": "مومن"}"#;
        assert!(matches!(asked("maha", "clean_normalize", line), Asks::Nothing));
    }

    #[test]
    fn several_options_of_a_step() {
        let step = step_request("diacritics=shadda:keep,position:final");
        assert_eq!((step.step.as_str(), step.options.len()), ("diacritics", 2));
        assert_eq!(step.options.get("position").map(String::as_str), Some("final"));
    }
}
