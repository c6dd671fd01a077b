//! Single words: what names of people are made of, and what words are ordinary.

use std::collections::HashMap;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

use super::files::{Withheld, WordFiles, for_names, for_open_names};
use super::table::Row;
use crate::KnowledgeError;
use crate::slots::{Slot, Slots};

/// What the lists say of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WordFacts {
    /// As a part of people's names.
    pub(crate) name: Option<NameWord>,
    /// How frequent it is as an ordinary word: 0 (rare) to 9; `None` where it is not known as one.
    pub(crate) ordinary: Option<u8>,
    /// It may stand after `عبد` in a name.
    pub(crate) follows_abd: bool,
    /// It may stand after a noun in a name: `نور الدين`, `فضل الله`.
    pub(crate) follows_noun: bool,
    /// It joins names.
    pub(crate) joiner: Option<Joiner>,
}

impl WordFacts {
    /// Whether it is an ordinary word and no part of names.
    pub(crate) fn is_plain(&self) -> bool {
        self.ordinary.is_some() && self.name.is_none() && self.joiner.is_none()
    }
}

/// A word that joins the names of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Joiner {
    /// Before the father's or mother's name, or at the beginning of a family name.
    Connector,
    /// Before the father's or mother's name.
    Parent,
    /// Before a name of which the two are one.
    Kunya,
    /// The same, but "or" as well.
    Mother,
    /// Before a family's name.
    House,
    /// In foreign names.
    Particle,
}

impl Joiner {
    /// Whether it joins Arabic names.
    pub(crate) fn connects(self) -> bool {
        self != Self::Particle
    }

    fn parse(role: &str) -> Option<Self> {
        Some(match role {
            "connector" => Self::Connector,
            "parent" => Self::Parent,
            "kunya" => Self::Kunya,
            "mother" => Self::Mother,
            "house" => Self::House,
            "particle" => Self::Particle,
            _ => return None,
        })
    }
}

/// A word as a part of people's names.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// It is a name wherever it stands.
    pub(crate) alone: bool,
}

/// Of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Gender {
    Feminine,
    Masculine,
}

impl Gender {
    /// The gender in a table's field; `None` of both or unknown.
    pub(super) fn parse(row: &Row<'_>, field: &str) -> Result<Option<Self>, KnowledgeError> {
        match field {
            "m" => Ok(Some(Self::Masculine)),
            "f" => Ok(Some(Self::Feminine)),
            "u" | "-" => Ok(None),
            _ => Err(row.error("the gender is not m, f, u or -")),
        }
    }
}

/// The words of the built-in lists, by their folded form. A caller's lexicon has none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    entries: Entries,
    /// Of each word, by [`key`], where it is among them.
    places: Slots,
}

/// The words as they are stored: their letters one after the other.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Entries {
    letters: String,
    /// Where each word ends in `letters`, and what is known of it.
    words: Vec<(u32, WordFacts)>,
}

/// The same in every process: no caller gives the words.
const HASHER: FixedState = FixedState::with_seed(0);

/// By what a word is found.
#[allow(clippy::cast_possible_truncation)]
fn key(word: &str) -> u32 {
    (HASHER.hash_one(word) >> 32) as u32 | 1
}

impl Entries {
    fn get(&self, index: u32) -> Option<(&str, &WordFacts)> {
        let index = index as usize;
        let (end, facts) = self.words.get(index)?;
        let begin =
            index.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |before| before.0);
        Some((self.letters.get(begin as usize..*end as usize)?, facts))
    }
}

impl Words {
    pub(super) fn read(files: &WordFiles<'_>, withheld: Withheld<'_>) -> Result<Self, KnowledgeError> {
        let mut words: HashMap<String, WordFacts> = HashMap::new();
        let columns = ["word", "given", "family", "gender", "flags", "source"];
        for_open_names(files.name_words, withheld, &columns, |row, name| {
            let [_, given, family, gender, flags, _] = row.fields()?;
            let has = |flag: &str| flags.split(',').any(|f| f.trim() == flag);
            let word = NameWord {
                given: row.parse(given, "a number from 0 to 9")?,
                family: row.parse(family, "a number from 0 to 9")?,
                gender: Gender::parse(row, gender)?,
                common: has("common"),
                place: has("place"),
                foreign: has("foreign"),
                alone: has("alone"),
            };
            // The curated list comes last and corrects.
            words.entry(name.folded.to_owned()).or_default().name = Some(word);
            Ok(())
        })?;
        for_names(files.ordinary_words, &["word", "class"], |row, name| {
            let [_, class] = row.fields()?;
            let class = row.parse(class, "a number from 0 to 9")?;
            words.entry(name.folded.to_owned()).or_default().ordinary = Some(class);
            Ok(())
        })?;
        for_names(files.name_compounds, &["part", "role"], |row, name| {
            let [_, role] = row.fields()?;
            let facts = words.entry(name.folded.to_owned()).or_default();
            match role {
                "abd" => facts.follows_abd = true,
                "din" | "allah" => facts.follows_noun = true,
                _ => return Err(row.error("the role is none of abd, din and allah")),
            }
            Ok(())
        })?;
        for_names(files.name_joiners, &["word", "role"], |row, name| {
            let [_, role] = row.fields()?;
            let joiner = Joiner::parse(role).ok_or_else(|| row.error("no such role joins names"))?;
            words.entry(name.folded.to_owned()).or_default().joiner = Some(joiner);
            Ok(())
        })?;
        let mut sorted: Vec<(String, WordFacts)> = words.into_iter().collect();
        sorted.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut entries = Entries::default();
        for (word, facts) in sorted {
            entries.letters.push_str(&word);
            // The lists together have far fewer bytes than an offset counts.
            entries.words.push((u32::try_from(entries.letters.len()).unwrap_or(u32::MAX), facts));
        }
        Ok(Self::from_entries(entries))
    }

    pub(super) fn from_entries(entries: Entries) -> Self {
        let mut places = Slots::with_room(entries.words.len());
        for index in (0..).take(entries.words.len()) {
            if let Some((word, _)) = entries.get(index) {
                places.insert(key(word), index);
            }
        }
        Self { entries, places }
    }

    pub(super) const fn entries(&self) -> &Entries {
        &self.entries
    }

    /// What `folded` is in people's names.
    pub(crate) fn name(&self, folded: &str) -> Option<NameWord> {
        self.facts(folded).name
    }

    /// How frequent `folded` is as an ordinary word.
    pub(crate) fn ordinary(&self, folded: &str) -> Option<u8> {
        self.facts(folded).ordinary
    }

    /// What is known of `folded`.
    pub(crate) fn facts(&self, folded: &str) -> WordFacts {
        let key = key(folded);
        self.behind(self.places.first(key), key, folded)
    }

    /// What is known of each of some words, which are asked for together.
    pub(crate) fn facts_of<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Vec<WordFacts> {
        let first = |word: &str| {
            let key = key(word);
            (self.places.first(key), key)
        };
        let firsts: Vec<(Slot, u32)> = words.clone().map(first).collect();
        words.zip(firsts).map(|(word, (first, key))| self.behind(first, key, word)).collect()
    }

    fn behind(&self, first: Slot, key: u32, folded: &str) -> WordFacts {
        let facts = |index: u32| {
            let (word, facts) = self.entries.get(index)?;
            (word == folded).then_some(*facts)
        };
        match first.key {
            0 => None,
            // Words with one key are so few that the first is it nearly always.
            other if other == key => facts(first.value).or_else(|| self.places.all(key).find_map(facts)),
            _ => self.places.all(key).find_map(facts),
        }
        .unwrap_or_default()
    }
}
