//! Test cases of other programs (JSONL): what each asks of us is data in `data/eval/peers.toml` and, for
//! normalization, in `data/eval/normalization.toml`.
//!
//! A case is right where all that it asks for is given and nothing else of its kind. A case whose kind is not in the
//! table is one that the program does not answer yet, and is counted as such.
//!
//! `table` is what the data says, `wanted` what a case asks for, `times` that of times, `found` what we say.

mod found;
mod table;
#[cfg(test)]
mod tests;
mod times;
mod wanted;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use warraq_core::entities::EntityType;
use warraq_core::normalize::{Normalizer, StepRequest};
use warraq_core::source::{OffsetIndex, TooLong, Unit};
use warraq_core::values::Reference;
use warraq_core::{Document, Knowledge, Span};

use crate::file::{FileError, parsed};
use crate::left_out::{Named, Rules};
use crate::score::{Cause, Difference, Figure, Layer, Measured, Scores};
use found::{Comparison, Right, found};
use table::{Table, Task, What, step_request};
use wanted::{Wanted, wanted};

/// The test cases of one file.
#[derive(Clone, Debug, Default)]
pub struct Suite {
    /// The program that they come from.
    pub name: String,
    /// How many of its cases are left out, as `data/eval/left_out.toml` says.
    pub left_out: usize,
    /// How many of these by rule.
    pub by_rule: usize,
    cases: Vec<Case>,
    table: Arc<Table>,
}

#[derive(Clone, Debug)]
struct Case {
    id: String,
    text: String,
    /// From when it is said.
    reference: Option<Reference>,
    /// The kind of case, as figures name it.
    kind: String,
    asks: Asks,
}

/// What a case asks for.
#[derive(Clone, Debug)]
enum Asks {
    /// Mentions, each with its value where that is asked for too, and whether spans and values are apart.
    Mentions(What, Vec<Wanted>, bool),
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
    let table = Arc::new(Table::built_in()?);
    let rules = Rules::built_in()?;
    let mut suite = Suite { name: suite.to_owned(), table: Arc::clone(&table), ..Suite::default() };
    for (at, line) in content.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let row: Value =
            serde_json::from_str(line).map_err(|problem| FileError::line(file, at, problem.to_string()))?;
        let field = |key: &str| row.get(key).and_then(Value::as_str);
        let text = field("text").ok_or_else(|| FileError::line(file, at, "the case has no text"))?;
        let (id, task) = (field("id").unwrap_or_default(), name_of(&row, stem));
        let named = Named { suite: &suite.name, id, task: &task, rule: field("rule"), text };
        match rules.of_case(&named) {
            Some((_, by_rule)) => {
                suite.left_out += 1;
                suite.by_rule += usize::from(by_rule);
            }
            None => suite.cases.push(case(&table, &named, stem, &row)),
        }
    }
    Ok(suite)
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
    let text = in_calendar(text, field("calendar"));
    let asks = task.and_then(|task| asks(table, task, &text, row)).unwrap_or(Asks::Nothing);
    let reference = field("reference_time").or_else(|| task?.reference.as_deref()).and_then(Reference::parse);
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
    Case { id: id.to_owned(), text: text.into_owned(), reference, kind, asks }
}

/// The text with the sign of the calendar that the case names apart: a text alone can tell us.
fn in_calendar<'t>(text: &'t str, calendar: Option<&str>) -> Cow<'t, str> {
    const HIJRI: &str = "هـ";
    if calendar == Some("umm al-qura") && !text.contains(HIJRI) {
        Cow::Owned(format!("{text} {HIJRI}"))
    } else {
        Cow::Borrowed(text)
    }
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
        what => Some(Asks::Mentions(what, wanted(table, task, text, row)?, task.apart)),
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

/// The types that are names: in a text of another language none of them is to be invented.
const NAMES: [EntityType; 3] = [EntityType::Person, EntityType::Location, EntityType::Organization];

impl Suite {
    /// How many of the cases that were to be answered are left out, and how many there are.
    pub fn share_left_out(&self) -> (usize, usize) {
        let chosen = self.left_out - self.by_rule;
        (chosen, chosen + self.cases.len())
    }

    /// Measures what the program says of the cases.
    ///
    /// # Errors
    /// Where a text is too long for the program, or the table asks for a step that is none.
    pub fn measure(&self, knowledge: &Knowledge) -> Result<Measured, String> {
        let mut measured = Measured::default();
        for case in &self.cases {
            case.measure(knowledge, &self.table, &mut measured)?;
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
            case.measure(knowledge, &self.table, &mut measured).map(|()| measured.scores)
        };
        self.cases.iter().map(scores).collect()
    }
}

impl Case {
    fn measure(&self, knowledge: &Knowledge, table: &Table, measured: &mut Measured) -> Result<(), String> {
        let document = || {
            let document =
                Document::new(&self.text, knowledge).map_err(|error: TooLong| error.to_string())?;
            Ok::<_, String>(document.with_reference(self.reference))
        };
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
                    self.put_as(Layer::Maps, &self.kind, measured, wanted == ours, &wanted, &ours);
                }
            }
            Asks::Mentions(what, wanted, apart) => {
                let comparison = Comparison { table, what: *what, text: &self.text };
                self.mentions(&document()?, &comparison, wanted, *apart, measured);
            }
        }
        Ok(())
    }

    fn mentions(
        &self,
        document: &Document<'_>,
        comparison: &Comparison<'_>,
        wanted: &[Wanted],
        apart: bool,
        measured: &mut Measured,
    ) {
        let found = found(document, comparison.what);
        let Right { spans, values, both } = comparison.right(wanted, &found);
        let list = |words: Vec<String>| words.join(" | ");
        let wanted = list(wanted.iter().map(|wanted| wanted.words(&self.text)).collect());
        let found = list(found.iter().map(|found| found.words(&self.text)).collect());
        if apart {
            self.put_as(Layer::Cases, &format!("{} spans", self.kind), measured, spans, &wanted, &found);
            if let Some(values) = values {
                self.put_as(
                    Layer::Cases,
                    &format!("{} values", self.kind),
                    measured,
                    values,
                    &wanted,
                    &found,
                );
            }
        } else {
            self.put(measured, both, &wanted, &found);
        }
    }

    fn put(&self, measured: &mut Measured, right: bool, wanted: &str, found: &str) {
        self.put_as(Layer::Cases, &self.kind, measured, right, wanted, found);
    }

    fn put_as(
        &self,
        layer: Layer,
        kind: &str,
        measured: &mut Measured,
        right: bool,
        wanted: &str,
        found: &str,
    ) {
        measured.scores.add(layer, kind, Figure::new(right.into(), 1, 1));
        if !right {
            measured.differences.push(Difference {
                layer,
                kind: kind.to_owned(),
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
