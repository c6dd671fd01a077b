//! Articles and their figures: our own, and those outside the repository, in the folder that `WARRAQ_SHARED` names.

// What is skipped, and what was measured, is for people to read.
#![allow(clippy::print_stdout)]

mod articles;
mod markup;
mod peers;

use std::path::{Path, PathBuf};

/// A folder of the repository.
fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// The folder that `WARRAQ_SHARED` names. Without it the test says that it was skipped.
fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("WARRAQ_SHARED");
    if folder.is_none() {
        println!("skipped: WARRAQ_SHARED is not set");
    }
    folder.map(PathBuf::from)
}

/// The articles in a folder whose names begin with `prefix`, in order.
fn articles(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let (files, _) = warraq_eval::corpus::files(folder).unwrap_or_else(|error| panic!("{error}"));
    let is_article = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(prefix) && name.ends_with(".markup")
    };
    let articles: Vec<PathBuf> = files.into_iter().filter(is_article).collect();
    assert!(!articles.is_empty(), "no {prefix}*.markup in {}", folder.display());
    articles
}
