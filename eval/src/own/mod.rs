//! The corpus of our own, `data/corpus`: what breaks its rules, what it holds, how far two annotations of it agree.
//!
//! | in the folder | what |
//! |---|---|
//! | `train`, `dev`, `test` | articles (`NNN.markup`), each with its side file of links (`NNN.links.tsv`) |
//! | `first`, `second` | both annotations of some, as they were written: what was settled since is in the parts |
//! | `plan.toml` | the brief of each article |
//! | `more` | further articles to learn from, with a plan of their own; no figure of the corpus counts them |
//! | `exceptions.tsv` | findings of [`mod@check`] that are none, with reasons |
//! | `boilerplate.txt` | phrases that articles may share |
//! | `test.sha256`, `errata.toml` | the frozen test part, and what was mended in it since |

pub mod agreement;
pub mod bars;
pub mod check;
pub mod page;
pub mod stats;

mod hold_out;
mod lines;
mod words;

use std::path::{Path, PathBuf};

use crate::file::FileError;
use crate::gold::Article;
use crate::lexicons::LEXICONS;
use crate::markup;

pub(crate) use hold_out::OpenLists;
pub use hold_out::{is_held_out, withholding};

/// The folder of the corpus, from the root of the repository.
pub const CORPUS: &str = "data/corpus";
/// Its parts.
pub const SPLITS: [&str; 3] = ["train", "dev", "test"];
/// The folder of further articles to learn from, with a plan of their own: written when the parts were measured.
pub const MORE: &str = "more";
/// The folder of the first annotation, as it was written, of what was mended since.
pub const FIRST: &str = "first";
/// The folder of the second annotation in it.
pub const SECOND: &str = "second";

/// An article of the corpus.
#[derive(Clone, Debug)]
pub struct Filed {
    /// Its file.
    pub path: PathBuf,
    /// One of [`SPLITS`].
    pub split: &'static str,
    /// The brief's: the name of the file.
    pub id: String,
    /// What it holds.
    pub article: Article,
}

/// The repository that `path` lies in: the nearest folder above it that has the lexicons.
pub fn root_of(path: &Path) -> Option<PathBuf> {
    let path = path.canonicalize().ok()?;
    path.ancestors().find(|folder| folder.join(LEXICONS).is_dir()).map(Path::to_owned)
}

/// The gold articles in a folder, in order of their names; none where there is no such folder.
///
/// # Errors
/// Where the folder cannot be read.
pub fn markup_files(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let problem = |error: std::io::Error| FileError::whole(folder, error.to_string());
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(problem)? {
        let path = entry.map_err(problem)?.path();
        if path.extension().is_some_and(|extension| extension == "markup") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// All articles of the corpus of the repository at `root`, in order of their parts and names.
///
/// # Errors
/// Where there are none, a folder cannot be read, or a file is no gold article.
pub fn articles(root: &Path) -> Result<Vec<Filed>, FileError> {
    let mut all = Vec::new();
    for split in SPLITS {
        for path in markup_files(&root.join(CORPUS).join(split))? {
            let article = markup::read(&path)?;
            all.push(Filed { id: stem(&path), path, split, article });
        }
    }
    if all.is_empty() { Err(nothing(root)) } else { Ok(all) }
}

/// The articles to learn from up to the id `last`, those of [`MORE`] last.
///
/// # Errors
/// Where a folder cannot be read, or a file is no gold article or has no number for a name.
pub fn to_learn_from(root: &Path, last: u32) -> Result<Vec<Article>, FileError> {
    let mut articles = Vec::new();
    for folder in ["train", MORE] {
        for path in markup_files(&root.join(CORPUS).join(folder))? {
            let id: u32 = stem(&path)
                .parse()
                .map_err(|_| FileError::whole(&path, "is not named by the number of its article"))?;
            if id <= last {
                articles.push(markup::read(&path)?);
            }
        }
    }
    Ok(articles)
}

/// There is no article.
pub(crate) fn nothing(root: &Path) -> FileError {
    FileError::whole(&root.join(CORPUS), format!("has no article (*.markup) in {}", SPLITS.join(", ")))
}

/// The name of a file without what its kind adds.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
