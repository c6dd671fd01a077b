//! The briefs that articles were written from.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use toml::Value;

use crate::file::{FileError, parsed};

/// The file, in the folder of the corpus.
pub(super) const FILE: &str = "plan.toml";

/// What briefs say, as far as articles repeat it.
pub(super) struct Plan {
    /// Of each brief its strings, days and numbers by key.
    briefs: BTreeMap<String, BTreeMap<String, String>>,
}

impl Plan {
    /// The plans at `paths` that there are; none where there is no such file.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Option<Self>, FileError> {
        let mut all = None;
        for path in paths.iter().filter(|path| path.exists()) {
            let plan = Self::read_one(path)?;
            all.get_or_insert_with(|| Self { briefs: BTreeMap::new() }).briefs.extend(plan.briefs);
        }
        Ok(all)
    }

    fn read_one(path: &Path) -> Result<Self, FileError> {
        parsed(path, |_, content| {
            let problem = |problem: &str| FileError::whole(path, problem);
            let plan: toml::Table = toml::from_str(content).map_err(|error| problem(&error.to_string()))?;
            let listed = plan.get("article").and_then(Value::as_array);
            let mut briefs = BTreeMap::new();
            for brief in listed.ok_or_else(|| problem("has no [[article]]"))? {
                let brief = brief.as_table().ok_or_else(|| problem("an article is no table"))?;
                let strings = brief.iter().filter_map(|(key, value)| Some((key.clone(), plain(value)?)));
                let brief: BTreeMap<String, String> = strings.collect();
                let id = brief.get("id").ok_or_else(|| problem("an article has no id"))?;
                briefs.insert(id.clone(), brief);
            }
            Ok(Self { briefs })
        })
    }

    /// Whether there is such a brief.
    pub(super) fn has(&self, id: &str) -> bool {
        self.briefs.contains_key(id)
    }

    /// What the brief says under that key.
    pub(super) fn says(&self, id: &str, key: &str) -> Option<&str> {
        self.briefs.get(id)?.get(key).map(String::as_str)
    }

    /// What some brief says under that key.
    pub(super) fn allowed(&self, key: &str) -> BTreeSet<&str> {
        self.briefs.values().filter_map(|brief| brief.get(key)).map(String::as_str).collect()
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Datetime(day) => Some(day.to_string()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}
