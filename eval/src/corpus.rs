//! Which files are measured, and what each is.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::file::FileError;
use crate::gold::Article;
use crate::{conll, markup, peers, tsv};

/// What a file holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// A gold article (`*.markup`).
    Article(Article),
    /// Words with the tags of their names (`*.conll`, `*.txt`).
    Names(conll::Corpus),
    /// Words with their clitics (`*.tsv`).
    Clitics(tsv::Corpus),
    /// Test cases of another program (`*.jsonl`).
    Cases(peers::Suite),
}

/// Reads the file at `path`; its extension says what it should be.
///
/// # Errors
/// Where it cannot be read or is something else.
pub fn read(path: &Path) -> Result<Content, FileError> {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("markup") => markup::read(path).map(Content::Article),
        Some("conll" | "txt") => conll::read(path).map(Content::Names),
        Some("tsv") => tsv::read(path).map(Content::Clitics),
        Some("jsonl") => peers::read(path).map(Content::Cases),
        _ => Err(FileError::whole(path, "is none of *.markup, *.conll, *.txt, *.tsv, *.jsonl")),
    }
}

/// A file in a folder that is not measured, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The file.
    pub path: PathBuf,
    /// Why, as `data/eval/left_out.toml` has it.
    pub reason: String,
}

/// What there is to measure under a path, in order of the names.
///
/// # Errors
/// Where a folder cannot be read.
pub fn files(path: &Path) -> Result<(Vec<PathBuf>, Vec<LeftOut>), FileError> {
    if !path.is_dir() {
        return Ok((vec![path.to_owned()], Vec::new()));
    }
    let rules: Rules = toml::from_str(include_str!("../../data/eval/left_out.toml"))
        .map_err(|problem| FileError::whole(Path::new("data/eval/left_out.toml"), problem.to_string()))?;
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|problem| FileError::whole(&folder, problem.to_string()))?;
        for entry in entries {
            let entry = entry.map_err(|problem| FileError::whole(&folder, problem.to_string()))?.path();
            let name = entry.to_string_lossy().into_owned();
            match rules.file.iter().find(|rule| fits(&rule.pattern, &name)) {
                Some(rule) => left_out.push(LeftOut { path: entry, reason: rule.reason.clone() }),
                None if entry.is_dir() => folders.push(entry),
                None => found.push(entry),
            }
        }
    }
    found.sort();
    left_out.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((found, left_out))
}

/// `data/eval/left_out.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    file: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    pattern: String,
    reason: String,
}

/// Whether a path ends as `pattern` says, in which `*` stands for anything within one part.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = path.rsplit('/');
    pattern.rsplit('/').all(|wanted| parts.next().is_some_and(|part| fits_part(wanted, part)))
}

fn fits_part(pattern: &str, part: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == part,
        Some((head, rest)) => part.strip_prefix(head).is_some_and(|tail| {
            tail.char_indices()
                .map(|(at, _)| at)
                .chain([tail.len()])
                .any(|at| tail.get(at..).is_some_and(|tail| fits_part(rest, tail)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_of_whole_parts() {
        assert!(
            fits("*.md", "/a/b.md")
                && fits("easc", "/a/easc")
                && fits("entities/*.tsv", "/a/entities/b.c.tsv")
        );
        assert!(
            !fits("*.md", "/a/b.md.txt") && !fits("easc", "/a/xeasc") && !fits("entities/*.tsv", "b.tsv")
        );
        assert!(fits("pud.*u", "pud.conllu") && !fits("*.md", "/a.md/b"));
    }

    #[test]
    fn every_rule_has_a_reason() {
        let rules: Rules =
            toml::from_str(include_str!("../../data/eval/left_out.toml")).unwrap_or_else(|e| panic!("{e}"));
        assert!(rules.file.iter().all(|rule| !rule.reason.is_empty() && !rule.pattern.is_empty()));
    }

    #[test]
    fn the_extension_says_what_a_file_is() {
        assert!(read(Path::new("none.doc")).unwrap_err().problem.contains("*.markup"));
        assert!(read(Path::new("no/such.markup")).is_err());
    }
}
