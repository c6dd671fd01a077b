//! Reading files, and what is wrong with one.

use std::path::Path;

/// A file that cannot be read, or is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {problem}", match line { 0 => String::new(), line => format!(", line {line}") })]
pub struct FileError {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1; 0 where the error is the whole file's.
    pub line: usize,
    /// What is wrong there.
    pub problem: String,
}

impl FileError {
    /// An error of the whole file at `path`.
    pub fn whole(path: &Path, problem: impl Into<String>) -> Self {
        Self { file: path.display().to_string(), line: 0, problem: problem.into() }
    }

    /// An error in a line (from 0) of `file`.
    pub(crate) fn line(file: &str, at: usize, problem: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: at + 1, problem: problem.into() }
    }
}

/// Reads the file at `path` by `parse`, which is given its name and content.
pub(crate) fn parsed<T>(
    path: &Path,
    parse: impl FnOnce(&str, &str) -> Result<T, FileError>,
) -> Result<T, FileError> {
    let content = std::fs::read_to_string(path).map_err(|error| FileError::whole(path, error.to_string()))?;
    parse(&path.display().to_string(), &content)
}

/// The text that the file at `path` holds, packed with xz.
pub(crate) fn unpacked(path: &Path) -> Result<String, FileError> {
    let packed = std::fs::read(path).map_err(|error| FileError::whole(path, error.to_string()))?;
    unpack(path, &packed)
}

/// The text in `packed`, which is the content of the file at `path`.
pub(crate) fn unpack(path: &Path, packed: &[u8]) -> Result<String, FileError> {
    let mut text = Vec::new();
    lzma_rs::xz_decompress(&mut &*packed, &mut text)
        .map_err(|error| FileError::whole(path, format!("{error:?}")))?;
    String::from_utf8(text).map_err(|error| FileError::whole(path, error.to_string()))
}
