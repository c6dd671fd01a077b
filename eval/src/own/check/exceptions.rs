//! Findings that are none, each with its reason: `data/corpus/exceptions.tsv`.

use std::path::{Path, PathBuf};

use super::{Finding, finding};
use crate::file::{FileError, parsed};

/// The file, in the folder of the corpus.
pub(super) const FILE: &str = "exceptions.tsv";
const HEADER: &str = "file\trule\tsurface\treason";
const RULE: &str = "exceptions";

#[derive(Default)]
pub(super) struct Exceptions {
    path: PathBuf,
    rows: Vec<Row>,
}

struct Row {
    line: usize,
    /// From the folder of the corpus: `train/017.markup`.
    file: String,
    rule: String,
    surface: String,
    reason: String,
}

impl Exceptions {
    /// The exceptions at `path`; none where there is no such file.
    pub(super) fn read(path: &Path) -> Result<Self, FileError> {
        if !path.exists() {
            return Ok(Self::default());
        }
        parsed(path, |file, content| {
            let rows =
                content.lines().enumerate().filter(|(_, row)| !row.is_empty() && !row.starts_with('#'));
            let mut rows = rows.peekable();
            if rows.next().is_none_or(|(_, header)| header != HEADER) {
                let header = HEADER.replace('\t', "<tab>");
                return Err(FileError::whole(path, format!("the first row is not `{header}`")));
            }
            let row = |(at, row): (usize, &str)| {
                let cells: Vec<String> = row.split('\t').map(ToOwned::to_owned).collect();
                let [file_cell, rule, surface, reason] = <[String; 4]>::try_from(cells).map_err(|_| {
                    FileError::line(file, at, "has not the four columns file, rule, surface, reason")
                })?;
                Ok(Row { line: at + 1, file: file_cell, rule, surface, reason })
            };
            Ok(Self { path: path.to_owned(), rows: rows.map(row).collect::<Result<_, _>>()? })
        })
    }

    /// What is left of the findings of an article and its side file; and a finding for each exception of theirs that
    /// silences nothing or has no reason.
    pub(super) fn silence(&self, article: &Path, found: Vec<Finding>) -> Vec<Finding> {
        let side = article.with_extension("links.tsv");
        let of_these: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| article.ends_with(&row.file) || side.ends_with(&row.file))
            .collect();
        let silences = |row: &Row, finding: &Finding| {
            finding.file.ends_with(&row.file) && finding.rule == row.rule && finding.surface == row.surface
        };
        let mut left: Vec<Finding> = Vec::new();
        for row in &of_these {
            if row.reason.trim().is_empty() {
                left.push(self.of(row, "has no reason"));
            }
            if !found.iter().any(|finding| silences(row, finding)) {
                left.push(self.of(row, "silences nothing"));
            }
        }
        left.extend(found.into_iter().filter(|finding| !of_these.iter().any(|row| silences(row, finding))));
        left
    }

    /// Exceptions of files that are not there.
    pub(super) fn of_other_files(&self, corpus: &Path, files: &[PathBuf]) -> Vec<Finding> {
        let is_there = |row: &&Row| {
            let path = corpus.join(&row.file);
            files.iter().any(|file| *file == path || file.with_extension("links.tsv") == path)
        };
        let gone = self.rows.iter().filter(|row| !is_there(row));
        gone.map(|row| self.of(row, "is of no article of the corpus")).collect()
    }

    fn of(&self, row: &Row, problem: &str) -> Finding {
        let Row { line, file, rule, surface, .. } = row;
        let message = format!("the exception of {rule} `{surface}` in {file} {problem}");
        finding(&self.path, *line, RULE, surface, message)
    }
}
