//! Names of the caller's own: rows of a request, or a file of them.

use std::collections::BTreeMap;

use warraq_core::lexicon::{Lexicon, Row};

use super::extract_entities::kind_from_proto;
use super::known;
use crate::failure::{Failure, Reason};
use crate::proto::v1::{EntityType, LexiconEntry};

/// Types of names, not values: those that a row may have.
pub(super) const TYPES: &[EntityType] = &[
    EntityType::Person,
    EntityType::Location,
    EntityType::Organization,
    EntityType::Event,
    EntityType::Nationality,
    EntityType::Role,
];

const MAX_NAME: usize = 256;
const PREFIX: &str = "ENTITY_TYPE_";

/// A line of a file of names that is no row. It says nothing of what the line holds.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct BadLine {
    line: usize,
    problem: String,
}

/// The rows of a file of names: name, type and (optional) id with tabs between. Empty lines and those
/// that begin with `#` are none.
///
/// # Errors
/// [`BadLine`].
pub fn rows(text: &str) -> Result<Vec<LexiconEntry>, BadLine> {
    Ok(numbered_rows(text)?.into_iter().map(|(_, row)| row).collect())
}

/// The names of such a file.
///
/// # Errors
/// [`BadLine`].
pub fn of_file(text: &str) -> Result<Lexicon, BadLine> {
    let (lines, rows): (Vec<usize>, Vec<LexiconEntry>) = numbered_rows(text)?.into_iter().unzip();
    of_rows(&rows).map_err(|bad| BadLine {
        line: lines.get(bad.row).copied().unwrap_or_default(),
        problem: format!("the {} {}", bad.field, bad.problem),
    })
}

fn numbered_rows(text: &str) -> Result<Vec<(usize, LexiconEntry)>, BadLine> {
    let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(i, line)| match row(line) {
            Ok(row) => Ok((i + 1, row)),
            Err(problem) => Err(BadLine { line: i + 1, problem }),
        })
        .collect()
}

fn row(line: &str) -> Result<LexiconEntry, String> {
    let mut cells = line.split('\t').map(str::trim);
    let name = cells.next().unwrap_or_default().to_owned();
    let kind = cells.next().ok_or("has no type: name, type and id stand with tabs between")?.to_uppercase();
    let kind = format!("{PREFIX}{}", kind.strip_prefix(PREFIX).unwrap_or(&kind));
    let kind = EntityType::from_str_name(&kind)
        .filter(|kind| TYPES.contains(kind))
        .ok_or_else(|| format!("the type is none of {}", type_names()))?;
    let id = cells.next().unwrap_or_default().to_owned();
    if cells.next().is_some() {
        return Err("has more than name, type and id".to_owned());
    }
    Ok(LexiconEntry { name, r#type: kind.into(), id })
}

fn type_names() -> String {
    let short = |kind: &EntityType| kind.as_str_name().trim_start_matches(PREFIX).to_lowercase();
    TYPES.iter().map(short).collect::<Vec<_>>().join(", ")
}

/// What is wrong with a row, counted from 0.
struct BadRow {
    row: usize,
    field: &'static str,
    problem: String,
}

/// The rows of a request, checked one by one.
pub(super) fn of_request(rows: &[LexiconEntry]) -> Result<Lexicon, Failure> {
    for (i, row) in rows.iter().enumerate() {
        known::<EntityType>(format!("lexicon[{i}].type"), row.r#type)?;
    }
    of_rows(rows).map_err(|BadRow { row, field, problem }| {
        Failure::field(Reason::InvalidLexiconRow, format!("lexicon[{row}].{field}"), problem)
    })
}

fn of_rows(rows: &[LexiconEntry]) -> Result<Lexicon, BadRow> {
    let mut kinds = BTreeMap::new();
    let mut checked = Vec::with_capacity(rows.len());
    for (i, row) in rows.iter().enumerate() {
        let bad = |field, problem: &str| Err(BadRow { row: i, field, problem: problem.to_owned() });
        let kind = row.r#type();
        if !TYPES.contains(&kind) {
            return bad(
                "type",
                "must be a type of names: PERSON, LOCATION, ORGANIZATION, EVENT, NATIONALITY, ROLE",
            );
        }
        if row.name.trim().is_empty() || row.name.chars().count() > MAX_NAME {
            return bad("name", "must have from 1 to 256 code points");
        }
        if row.id.chars().count() > MAX_NAME {
            return bad("id", "must have at most 256 code points");
        }
        if !row.id.is_empty() && *kinds.entry(row.id.as_str()).or_insert(kind) != kind {
            return bad("id", "names an entity of another type in an earlier row");
        }
        checked.push(Row { name: &row.name, kind: kind_from_proto(kind), id: &row.id });
    }
    Lexicon::from_rows(checked).map_err(|error| BadRow {
        row: error.line.saturating_sub(1),
        field: "name",
        problem: error.problem,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_names_is_a_table() {
        let rows = rows("\u{FEFF}# names\nنادي الميناء\torganization\tclub\n\nبلدة\tLOCATION\n").unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].name.as_str(), rows[0].id.as_str()), ("نادي الميناء", "club"));
        assert_eq!(rows[1].r#type(), EntityType::Location);
    }

    #[test]
    fn errors_name_the_line() {
        for (text, problem) in [
            ("# names\nبلدة\tTOWN\n", "line 2: the type is none of person, location"),
            ("بلدة\tdate\n", "line 1: the type is none of person, location"),
            ("بلدة\n", "line 1: has no type"),
            ("ا\tperson\tx\ty\n", "line 1: has more than"),
            ("\n\n\tperson\n", "line 3: the name must have from 1"),
            ("ا ب\tperson\tx\nج د\tlocation\tx\n", "line 2: the id names an entity of another type"),
            ("ا ب\tperson\n\n-\tperson\n", "line 3: the name"),
        ] {
            let error = of_file(text).map(|_| ()).unwrap_err().to_string();
            assert!(error.starts_with(problem), "{text:?}: {error}");
        }
    }
}
