//! Which files are measured, and what each is.

use std::path::{Path, PathBuf};

use crate::file::FileError;
use crate::gold::Article;
use crate::left_out::Rules;
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
    let rules = Rules::built_in()?;
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|problem| FileError::whole(&folder, problem.to_string()))?;
        for entry in entries {
            let entry = entry.map_err(|problem| FileError::whole(&folder, problem.to_string()))?.path();
            let reason = rules.of_file(&entry).map(ToOwned::to_owned);
            match reason {
                Some(reason) => left_out.push(LeftOut { path: entry, reason }),
                None if entry.is_dir() => folders.push(entry),
                None => found.push(entry),
            }
        }
    }
    found.sort();
    left_out.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((found, left_out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_says_what_a_file_is() {
        assert!(read(Path::new("none.doc")).unwrap_err().problem.contains("*.markup"));
        assert!(read(Path::new("no/such.markup")).is_err());
    }
}
