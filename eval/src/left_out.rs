//! What may be left out of a measure, each with its reason: `data/eval/left_out.toml`. Nothing else is.

use std::path::Path;

use serde::Deserialize;

use crate::file::FileError;

/// The rules.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    file: Vec<FileRule>,
    case: Vec<CaseRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRule {
    pattern: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseRule {
    suite: String,
    ids: Vec<String>,
    reason: String,
}

impl Rules {
    /// The rules that are compiled in.
    ///
    /// # Errors
    /// Where their file is not as it should be.
    pub fn built_in() -> Result<Self, FileError> {
        toml::from_str(include_str!("../../data/eval/left_out.toml"))
            .map_err(|error| FileError::whole(Path::new("data/eval/left_out.toml"), error.to_string()))
    }

    /// Why the file or folder at `path` is left out.
    pub fn of_file(&self, path: &Path) -> Option<&str> {
        let path = path.to_string_lossy();
        self.file.iter().find(|rule| fits(&rule.pattern, &path)).map(|rule| rule.reason.as_str())
    }

    /// Why a test case of another program is left out.
    pub fn of_case(&self, suite: &str, id: &str) -> Option<&str> {
        let fits = |rule: &&CaseRule| rule.suite == suite && rule.ids.iter().any(|known| known == id);
        self.case.iter().find(fits).map(|rule| rule.reason.as_str())
    }
}

/// Whether a path ends as `pattern` says, in which `*` stands for anything within one part.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = path.rsplit('/');
    pattern.rsplit('/').all(|wanted| parts.next().is_some_and(|part| fits_part(wanted, part)))
}

/// Whether `part` is `pattern`, in which `*` stands for anything.
pub(crate) fn fits_part(pattern: &str, part: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == part,
        Some((head, rest)) => part.strip_prefix(head).is_some_and(|tail| {
            let mut places = tail.char_indices().map(|(at, _)| at).chain([tail.len()]);
            places.any(|at| tail.get(at..).is_some_and(|tail| fits_part(rest, tail)))
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
        let rules = Rules::built_in().unwrap_or_else(|error| panic!("{error}"));
        assert!(rules.file.iter().all(|rule| !rule.reason.is_empty() && !rule.pattern.is_empty()));
        assert!(rules.case.iter().all(|rule| !rule.reason.is_empty() && !rule.ids.is_empty()));
        assert!(
            rules.of_file(Path::new("/a/README.md")).is_some()
                && rules.of_file(Path::new("/a/b.markup")).is_none()
        );
        assert!(
            rules.of_case("dateparser", "hijri-0006").is_some()
                && rules.of_case("maha", "hijri-0006").is_none()
        );
    }
}
