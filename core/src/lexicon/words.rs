//! Single words: what names of people are made of, and what words are ordinary.

use std::collections::{HashMap, HashSet};

use super::files::{WordFiles, for_names};
use crate::KnowledgeError;

/// A word as a part of people's names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct NameWord {
    /// How often it is attested as a given name: 0 (never) to 9, a step for each doubling.
    pub(crate) given: u8,
    /// The same as a family name.
    pub(crate) family: u8,
    /// Whose given name it is; `None` of both or unknown.
    pub(crate) gender: Option<Gender>,
    /// It is an ordinary word too, and mostly that.
    pub(crate) common: bool,
    /// It is a place as well.
    pub(crate) place: bool,
    /// It is no Arabic name.
    pub(crate) foreign: bool,
}

/// Of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    Feminine,
    Masculine,
}

/// The words of the built-in lists, by their folded form. A caller's lexicon has none.
#[derive(Debug, Default)]
pub(crate) struct Words {
    names: HashMap<String, NameWord>,
    ordinary: HashMap<String, u8>,
    after_abd: HashSet<String>,
    before_din: HashSet<String>,
}

impl Words {
    pub(super) fn read(files: &WordFiles<'_>) -> Result<Self, KnowledgeError> {
        let mut words = Self::default();
        let columns = ["word", "given", "family", "gender", "flags", "source"];
        for_names(files.name_words, &columns, |row, name| {
            let [_, given, family, gender, flags, _] = row.fields()?;
            let has = |flag: &str| flags.split(',').any(|f| f.trim() == flag);
            let word = NameWord {
                given: row.parse(given, "a number from 0 to 9")?,
                family: row.parse(family, "a number from 0 to 9")?,
                gender: match gender {
                    "m" => Some(Gender::Masculine),
                    "f" => Some(Gender::Feminine),
                    "u" | "-" => None,
                    _ => return Err(row.error("the gender is not m, f, u or -")),
                },
                common: has("common"),
                place: has("place"),
                foreign: has("foreign"),
            };
            // The curated list comes last and corrects.
            words.names.insert(name.folded.to_owned(), word);
            Ok(())
        })?;
        for_names(files.ordinary_words, &["word", "class"], |row, name| {
            let [_, class] = row.fields()?;
            words.ordinary.insert(name.folded.to_owned(), row.parse(class, "a number from 0 to 9")?);
            Ok(())
        })?;
        for_names(files.name_compounds, &["part", "role"], |row, name| {
            let [_, role] = row.fields()?;
            match role {
                "abd" => words.after_abd.insert(name.folded.to_owned()),
                "din" => words.before_din.insert(name.folded.to_owned()),
                _ => return Err(row.error("the role is neither abd nor din")),
            };
            Ok(())
        })?;
        Ok(words)
    }

    /// What `folded` is in people's names.
    pub(crate) fn name(&self, folded: &str) -> Option<NameWord> {
        self.names.get(folded).copied()
    }

    /// How frequent `folded` is as an ordinary word: 0 (rare) to 9; `None` where it is not known as one.
    pub(crate) fn ordinary(&self, folded: &str) -> Option<u8> {
        self.ordinary.get(folded).copied()
    }

    /// Whether `folded` may stand after `عبد` in a name.
    pub(crate) fn follows_abd(&self, folded: &str) -> bool {
        self.after_abd.contains(folded)
    }

    /// Whether `folded` may stand before `الدين` in a name.
    pub(crate) fn precedes_din(&self, folded: &str) -> bool {
        self.before_din.contains(folded)
    }
}
