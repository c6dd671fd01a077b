//! Finds what breaks the guidelines and the corpus's form. A finding names its file, its line and its rule; what is
//! none, though the rule has it for one, stands in `data/corpus/exceptions.tsv`: file (`train/017.markup`), rule,
//! surface and reason. The surface is what stands at the place; of `metadata` the key, of `links` the row with spaces
//! for tabs. It silences all findings of that rule with that surface in that file.
//!
//! | module | rules | a finding is |
//! |---|---|---|
//! | (here) | `markup` | a line that is not read, a mark that is left over |
//! | `metadata` | `metadata` | what is missing, in another order, or at odds with the text or the brief |
//! | `edges` | `proclitic`, `article`, `inside-word`, `edge`, `same-span` | a span that begins or ends elsewhere than it should |
//! | `surfaces` | `untagged`, `nested-nationality`, `two-readings` | a name that is annotated here and not there, or as two things |
//! | `closed` | `unannotated`, `nested-nationality`, `nested-place` | a country or nationality that is not annotated, a place in a name (a warning) |
//! | `ids` | `id`, `country`, `role`, `surname` | an id that is none of its kind |
//! | `values` | `value`, `contradiction`, `preposition` | a value that does not parse, or is not what its surface says |
//! | `structure` | `sentence`, `quotation`, `speaker`, `quotation-mark`, `unmarked-quotation`, `dateline`, `layout` | boundaries, quotations and white space |
//! | `links` | `links` | a side file that names what the article has not |
//! | `frozen` | `frozen` | a file of the test part that was changed after it was measured |
//! | `exceptions` | `exceptions` | an exception that silences nothing |

mod closed;
mod edges;
mod exceptions;
mod frozen;
mod ids;
mod links;
mod lists;
mod metadata;
mod plan;
mod structure;
mod surfaces;
mod values;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use warraq_core::Span;
use warraq_core::entities::EntityType;
use warraq_core::normalize::{self, Normalized};

pub use lists::Lists;

use self::exceptions::Exceptions;
use self::plan::Plan;
use super::lines::{Lines, metadata};
use super::{CORPUS, FIRST, MORE, SECOND, SPLITS, markup_files, nothing};
use crate::file::FileError;
use crate::gold::{Article, Mention, label};
use crate::markup;

/// The types that name something.
const NAMES: [EntityType; 4] =
    [EntityType::Person, EntityType::Organization, EntityType::Location, EntityType::Event];

/// What breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, as it was named.
    pub file: PathBuf,
    /// Its line, from 1; 0 where it is the whole file's.
    pub line: usize,
    /// By which an exception silences it.
    pub rule: &'static str,
    /// What an exception has to name; empty where there is nothing to quote.
    pub surface: String,
    /// What is wrong, and what is expected.
    pub message: String,
    /// It may be right as it is.
    pub warning: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let warning = if self.warning { "warning: " } else { "" };
        let Self { line, message, rule, .. } = self;
        write!(f, "{}:{}: {warning}{message} ({rule})", self.file.display(), line.max(&1))
    }
}

/// What files are checked by.
pub struct Checker {
    root: PathBuf,
    lists: Arc<Lists>,
    plan: Option<Plan>,
    exceptions: Exceptions,
}

impl Checker {
    /// A checker with what the repository at `root` has.
    ///
    /// # Errors
    /// Where a lexicon is missing, or a file of the corpus is not what it should be.
    pub fn new(root: &Path) -> Result<Self, FileError> {
        let corpus = root.join(CORPUS);
        Ok(Self {
            root: root.to_owned(),
            lists: Arc::new(Lists::read(root)?),
            plan: Plan::read(&[corpus.join(plan::FILE), corpus.join(MORE).join(plan::FILE)])?,
            exceptions: Exceptions::read(&corpus.join(exceptions::FILE))?,
        })
    }

    /// What breaks the rules in the whole corpus. Of the annotations that stay as they were written, only that they can
    /// be read.
    ///
    /// # Errors
    /// Where there is no article, or a file cannot be read.
    pub fn corpus(&self) -> Result<Vec<Finding>, FileError> {
        let corpus = self.root.join(CORPUS);
        let mut files = Vec::new();
        for split in SPLITS.into_iter().chain([MORE]) {
            files.extend(markup_files(&corpus.join(split))?);
        }
        if files.is_empty() {
            return Err(nothing(&self.root));
        }
        let mut findings = self.files(&files)?;
        for folder in [FIRST, SECOND] {
            for path in markup_files(&corpus.join(folder))? {
                if let Err(unread) = read(&path)? {
                    findings.extend(unread);
                }
            }
        }
        findings.extend(frozen::check(&corpus)?);
        findings.extend(self.exceptions.of_other_files(&corpus, &files));
        findings.sort();
        Ok(findings)
    }

    /// What breaks the rules in these files. Exceptions that silence nothing in them are findings too.
    ///
    /// # Errors
    /// Where one cannot be read.
    pub fn files(&self, files: &[PathBuf]) -> Result<Vec<Finding>, FileError> {
        let mut findings = Vec::new();
        for path in files {
            let found = match read(path)? {
                Ok((content, article)) => self.article(path, &content, &article)?,
                Err(unread) => unread,
            };
            findings.extend(self.exceptions.silence(path, found));
        }
        findings.sort();
        Ok(findings)
    }

    fn article(&self, path: &Path, content: &str, article: &Article) -> Result<Vec<Finding>, FileError> {
        let mut sheet = Sheet::new(path, content, article, &self.lists);
        leftover_marks(&mut sheet);
        metadata::check(&mut sheet, self.plan.as_ref());
        edges::check(&mut sheet);
        surfaces::check(&mut sheet);
        closed::check(&mut sheet);
        ids::check(&mut sheet);
        values::check(&mut sheet);
        structure::check(&mut sheet);
        let mut findings = sheet.findings;
        findings.extend(links::check(path, article, &self.lists)?);
        Ok(findings)
    }
}

/// The content and the article of a file; or each line of it that cannot be read.
fn read(path: &Path) -> Result<Result<(String, Article), Vec<Finding>>, FileError> {
    let content = std::fs::read_to_string(path).map_err(|error| FileError::whole(path, error.to_string()))?;
    let name = path.display().to_string();
    let Err(first) = markup::parse(&name, &content) else {
        return markup::parse(&name, &content).map(|article| Ok((content, article)));
    };
    // Reading ends with the first error; a writer wants to see all.
    let mut unread: Vec<Finding> = content
        .lines()
        .enumerate()
        .filter_map(|(at, line)| Some((at + 1, markup::parse(&name, line).err()?.problem)))
        .map(|(line, message)| finding(path, line, "markup", "", message))
        .collect();
    if unread.is_empty() {
        unread.push(finding(path, first.line, "markup", "", first.problem));
    }
    Ok(Err(unread))
}

fn finding(path: &Path, line: usize, rule: &'static str, surface: &str, message: String) -> Finding {
    Finding { file: path.to_owned(), line, rule, surface: surface.to_owned(), message, warning: false }
}

/// An article with what rules need of it, and what they have found.
struct Sheet<'a> {
    path: &'a Path,
    article: &'a Article,
    lists: &'a Lists,
    /// The article's text, folded.
    folded: Normalized,
    lines: Lines,
    /// Lines of metadata: line, key, value.
    meta: Vec<(usize, &'a str, &'a str)>,
    findings: Vec<Finding>,
}

impl<'a> Sheet<'a> {
    fn new(path: &'a Path, content: &'a str, article: &'a Article, lists: &'a Lists) -> Self {
        let lines = content.lines().enumerate();
        let meta = lines.filter_map(|(at, line)| metadata(line).map(|(key, value)| (at + 1, key, value)));
        Self {
            path,
            article,
            lists,
            folded: normalize::fold(&article.text),
            lines: Lines::new(content, &article.text),
            meta: meta.collect(),
            findings: Vec::new(),
        }
    }

    /// The line of the file in which the text at `at` stands.
    fn line_of(&self, at: u32) -> usize {
        self.lines.of(at)
    }

    fn of(&self, span: Span) -> &'a str {
        span.of(&self.article.text)
    }

    /// A finding at `span`; what stands there is its surface.
    fn find(&mut self, span: Span, rule: &'static str, message: String) {
        let (line, surface) = (self.line_of(span.begin), self.of(span));
        self.findings.push(finding(self.path, line, rule, surface, message));
    }

    fn warn(&mut self, span: Span, rule: &'static str, message: String) {
        self.find(span, rule, message);
        if let Some(last) = self.findings.last_mut() {
            last.warning = true;
        }
    }

    fn find_in_line(&mut self, line: usize, rule: &'static str, surface: &str, message: String) {
        self.findings.push(finding(self.path, line, rule, surface, message));
    }

    /// Mentions of a type.
    fn of_kind(&self, kind: EntityType) -> impl Iterator<Item = &'a Mention> + use<'a> {
        self.article.mentions.iter().filter(move |mention| mention.kind == kind)
    }

    /// Whether the article has a person, a body or a place with that id.
    fn is_actor(&self, id: &str) -> bool {
        has_actor(self.article, id)
    }

    /// Whether the mention lies inside another.
    fn is_nested(&self, mention: &Mention) -> bool {
        self.article
            .mentions
            .iter()
            .any(|other| other.span != mention.span && other.span.contains(mention.span))
    }
}

fn has_actor(article: &Article, id: &str) -> bool {
    const ACTORS: [EntityType; 3] = [EntityType::Person, EntityType::Organization, EntityType::Location];
    article.mentions.iter().any(|mention| mention.id == id && ACTORS.contains(&mention.kind))
}

/// A mention as messages name it: "PER `…`".
fn named(mention: &Mention, text: &str) -> String {
    format!("{} `{}`", label(mention.kind).unwrap_or_default(), mention.span.of(text))
}

/// Marks that were opened or closed once too often are text to the reader.
fn leftover_marks(sheet: &mut Sheet) {
    let text = &sheet.article.text;
    for mark in ["[[", "]]", "{{", "}}", "<<", ">>"] {
        for (at, found) in text.match_indices(mark) {
            let span = Span::from_range(&(at..at + found.len()));
            sheet.find(
                span,
                "markup",
                format!("`{mark}` is left over: no mark of the line opens or closes with it"),
            );
        }
    }
    for (at, found) in text.match_indices("//") {
        // `https://…` is text.
        if !text.get(..at).is_some_and(|head| head.ends_with(':')) {
            let span = Span::from_range(&(at..at + found.len()));
            sheet.find(
                span,
                "markup",
                "`//` is left over: a boundary has one space before and one after".to_owned(),
            );
        }
    }
}

#[cfg(test)]
mod tests;
