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
    /// Which cases; unset where their names or texts say it.
    #[serde(default)]
    ids: Vec<String>,
    /// What they call their task or operation, as in `normalization.toml`; unset where that says nothing.
    #[serde(default)]
    tasks: Vec<String>,
    /// What language or script they name; unset where that says nothing.
    #[serde(default)]
    rules: Vec<String>,
    /// What their text is, in which `*` stands for anything; unset where that says nothing.
    #[serde(default)]
    texts: Vec<String>,
    /// Whether they are of a kind that was never to be answered.
    #[serde(default)]
    by_rule: bool,
    reason: String,
}

/// How a case calls itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'c> {
    pub(crate) suite: &'c str,
    pub(crate) id: &'c str,
    /// Its task or operation, with its options, else the name of its file.
    pub(crate) task: &'c str,
    /// The language or script that it is a case of.
    pub(crate) rule: Option<&'c str>,
    pub(crate) text: &'c str,
}

impl CaseRule {
    fn is_of(&self, case: &Named) -> bool {
        let fits = |patterns: &[String], what: &str| {
            patterns.is_empty() || patterns.iter().any(|pattern| fits_part(pattern, what))
        };
        self.suite == case.suite
            && fits(&self.ids, case.id)
            && fits(&self.tasks, case.task)
            && fits(&self.rules, case.rule.unwrap_or_default())
            && fits(&self.texts, case.text)
    }
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

    /// Why a test case of another program is left out, and whether that is by rule.
    pub(crate) fn of_case(&self, case: &Named) -> Option<(&str, bool)> {
        self.case.iter().find(|rule| rule.is_of(case)).map(|rule| (rule.reason.as_str(), rule.by_rule))
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
        let says_which =
            |rule: &CaseRule| !(rule.ids.is_empty() && rule.tasks.is_empty() && rule.texts.is_empty());
        assert!(rules.case.iter().all(|rule| !rule.reason.is_empty() && says_which(rule)));
        assert!(
            rules.of_file(Path::new("/a/README.md")).is_some()
                && rules.of_file(Path::new("/a/b.markup")).is_none()
        );
    }

    #[test]
    fn all_that_a_rule_says_of_a_case_must_be_so() {
        let rules: Rules = toml::from_str(
            r#"
            file = []
            [[case]]
            suite = "a"
            ids = ["a-1"]
            reason = "this one"
            [[case]]
            suite = "a"
            tasks = ["mask(*", "social"]
            texts = ["*@*", "*<*>*"]
            reason = "markup"
            [[case]]
            suite = "b"
            rules = ["AR"]
            texts = ["*\u06EC*"]
            reason = "dots"
            "#,
        )
        .unwrap_or_else(|error| panic!("{error}"));
        let reason = |suite, id, task, text| {
            rules.of_case(&Named { suite, id, task, rule: None, text }).map(|(reason, _)| reason)
        };
        assert_eq!(reason("a", "a-1", "x", "نص"), Some("this one"));
        assert_eq!(reason("a", "a-2", "mask(x)", "من @a"), Some("markup"));
        assert_eq!(reason("a", "a-2", "social", "<b>نص"), Some("markup"));
        assert_eq!(reason("a", "a-2", "other", "من @a"), None);
        assert_eq!(reason("a", "a-2", "social", "نص"), None);
        assert_eq!(reason("b", "a-1", "social", "من @a"), None);
        let dots = |rule| {
            let named = Named { suite: "b", id: "", task: "x", rule, text: "ح\u{6EC}" };
            rules.of_case(&named).map(|(reason, _)| reason)
        };
        assert_eq!((dots(Some("AR")), dots(Some("FA")), dots(None)), (Some("dots"), None, None));
    }
}
