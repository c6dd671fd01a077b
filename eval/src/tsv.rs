//! Corpora of clitics: `surface<TAB>segment+segment…` a line, an empty line after each sentence.

use std::path::Path;

use crate::file::{FileError, parsed};

/// A word and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is written.
    pub surface: String,
    /// Proclitics, stem and enclitics; together they are the surface.
    pub segments: Vec<String>,
}

/// The words of a corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corpus {
    /// In order.
    pub words: Vec<Word>,
    /// How many rows were left out because their segments are not their surface.
    pub broken: usize,
}

/// The corpus in the file at `path`.
///
/// # Errors
/// Where the file cannot be read or has a line that is no word with its segments.
pub fn read(path: &Path) -> Result<Corpus, FileError> {
    parsed(path, parse)
}

/// The corpus in `content`, which errors name `file`.
///
/// # Errors
/// Where a line is no word with its segments.
pub fn parse(file: &str, content: &str) -> Result<Corpus, FileError> {
    let mut corpus = Corpus::default();
    for (at, line) in content.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let mut columns = line.split('\t');
        let (Some(surface), Some(cut), None) = (columns.next(), columns.next(), columns.next()) else {
            return Err(FileError::line(file, at, "is not a word, a tab and its segments"));
        };
        // A plus sign that is a word is not cut.
        let segments: Vec<String> = if surface == cut {
            vec![cut.to_owned()]
        } else {
            cut.split('+').map(ToOwned::to_owned).collect()
        };
        if segments.concat() == surface {
            corpus.words.push(Word { surface: surface.to_owned(), segments });
        } else {
            corpus.broken += 1;
        }
    }
    Ok(corpus)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_what_their_segments_make() {
        let corpus = parse("f", "وباسمه\tو+ب+اسم+ه\n+\t+\n\nللبلد\tل+البلد\n").unwrap_or_default();
        assert_eq!(corpus.broken, 1);
        assert_eq!(corpus.words[0].segments, ["و", "ب", "اسم", "ه"]);
        assert_eq!(corpus.words[1].segments, ["+"]);
        assert_eq!(parse("f", "كلمة\n").unwrap_err().line, 1);
        assert!(parse("f", "ا\tا\tا\n").is_err());
    }
}
