//! Which rows of the open lists of names are held out: withheld from the lexicon in training, and wherever the corpus
//! is measured. Chance that the name itself determines, so that every program draws the same.

use std::collections::HashSet;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use warraq_core::entities::EntityType;
use warraq_core::entities::tagger::Tagger;
use warraq_core::lexicon::Lexicon;
use warraq_core::{Knowledge, KnowledgeError, Span};

use super::words::{key, name_key, without_article};
use crate::file::FileError;
use crate::lexicons::{LEXICONS, tables};

/// One row of so many is held out.
const ONE_OF: u8 = 3;

/// Whether the row of that name is held out: the first byte of the SHA-256 of the name's UTF-8, folded and with spaces
/// for hyphens, modulo 3, is 0.
pub fn is_held_out(name: &str) -> bool {
    let folded = key(&name.replace('-', " "));
    Sha256::digest(folded.as_bytes()).first().is_some_and(|byte| byte % ONE_OF == 0)
}

/// What is known without the rows that are held out, with what was learned: `None` to learn from. The lists are compiled
/// anew, which takes a second or more.
///
/// # Errors
/// Where a list is malformed.
pub fn withholding(tagger: Option<Tagger>) -> Result<Knowledge, KnowledgeError> {
    let mut knowledge = Knowledge::with_lexicon(Lexicon::withholding(&is_held_out)?)?;
    knowledge.tagger = tagger;
    Ok(knowledge)
}

/// Where a name comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// A row of an open list is held out; of a person, that of one of the name's words.
    HeldOut,
    /// A row has it, and none is held out; of a person, rows have its words. Countries are all listed.
    Listed,
    /// No row has it whole, but rows have words of it.
    OfListedWords,
    /// No word of it is in any open list.
    InNoList,
}

impl Origin {
    /// All, in the order in which they are shown.
    pub(super) const ALL: [Self; 4] = [Self::HeldOut, Self::Listed, Self::OfListedWords, Self::InNoList];

    /// As people read it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::HeldOut => "held out",
            Self::Listed => "listed",
            Self::OfListedWords => "of listed words",
            Self::InNoList => "in no list",
        }
    }
}

/// The open lists: those that can never be whole.
pub(crate) struct OpenLists {
    /// Names whole, folded.
    names: HashSet<String>,
    /// Words of people's names but those that join them (`بن`).
    name_words: HashSet<String>,
    /// All words of all names, without article.
    words: HashSet<String>,
    /// Names of countries: a closed list.
    countries: HashSet<String>,
}

impl OpenLists {
    /// The lists of the repository at `root`.
    pub(crate) fn read(root: &Path) -> Result<Self, FileError> {
        let folder = root.join(LEXICONS);
        let column = |files: &[&str], column: &str| -> Result<Vec<String>, FileError> {
            Ok(tables(&folder, files, [column])?.into_iter().map(|([name], _)| key(&name)).collect())
        };
        let files = [
            "people",
            "city_names",
            "region_names",
            "facility_names",
            "organisations",
            "businesses",
            "events",
        ];
        let names = column(&files, "name")?;
        let joiners: HashSet<String> = column(&["name_joiners"], "word")?.into_iter().collect();
        let mut name_words: HashSet<String> = column(&["name_words"], "word")?.into_iter().collect();
        name_words.retain(|word| !joiners.contains(word));
        let all = names.iter().flat_map(|name| name.split(' ')).chain(name_words.iter().map(String::as_str));
        Ok(Self {
            words: all.map(|word| without_article(word).to_owned()).collect(),
            names: names.into_iter().collect(),
            name_words,
            countries: column(&["country_names"], "name")?.into_iter().collect(),
        })
    }

    /// The rows that the name of a thing of that type, folded, comes from; of a person those of its words too.
    fn rows<'l>(&'l self, kind: EntityType, name: &str) -> Vec<&'l str> {
        let mut rows: Vec<&str> = Vec::new();
        rows.extend(self.names.get(name).map(String::as_str));
        if kind == EntityType::Person {
            let row = |word| self.name_words.get(word).or_else(|| self.name_words.get(without_article(word)));
            rows.extend(name.split(' ').filter_map(row).map(String::as_str));
        }
        rows
    }

    /// Whether nothing that is left of the lists without the rows that are held out has the person's name, or a word of
    /// it.
    pub(crate) fn is_unlisted_person(&self, text: &str, name: Span) -> bool {
        self.rows(EntityType::Person, &name_key(text, name)).into_iter().all(is_held_out)
    }

    /// Where the name of a thing of that type, folded, comes from.
    pub(super) fn origin(&self, kind: EntityType, name: &str) -> Origin {
        let rows = self.rows(kind, name);
        if kind == EntityType::Location && self.countries.contains(name) {
            Origin::Listed
        } else if rows.iter().any(|row| is_held_out(row)) {
            Origin::HeldOut
        } else if !rows.is_empty() {
            Origin::Listed
        } else if name.split(' ').any(|word| self.words.contains(without_article(word))) {
            Origin::OfListedWords
        } else {
            Origin::InNoList
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_is_held_out_and_always_the_same() {
        let held_out = (0..3_000).filter(|number| is_held_out(&number.to_string())).count();
        assert!((900..1_100).contains(&held_out), "{held_out}");
        // SHA-256("abc") begins with BA = 186, which 3 divides; SHA-256("") with E3 = 227.
        assert!(is_held_out("abc") && !is_held_out(""));
    }

    #[test]
    fn spellings_of_one_name_are_held_out_together() {
        for (names, held_out) in [
            (["محمد", "مُحَمَّد"], true),
            (["أحمد", "احمد"], true),
            (["القاهرة", "القاهره"], false),
            (["أبو ظبي", "أبو-ظبي"], true),
            (["سعيد", "شباط"], false),
        ] {
            assert_eq!(names.map(is_held_out), [held_out; 2], "{names:?}");
        }
    }

    #[test]
    fn what_is_held_out_is_not_known() {
        let knowledge = withholding(None).unwrap_or_else(|error| panic!("{error}"));
        // A town that is held out and one that is not; a country, of which none is.
        for (place, known) in [("صنعاء", false), ("القاهرة", true), ("مصر", true)] {
            assert_eq!(knowledge.lexicon.is_place(place), known, "{place}");
        }
    }

    #[test]
    fn names_come_from_rows_words_or_nowhere() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let lists = OpenLists::read(&root).unwrap_or_else(|error| panic!("{error}"));
        let origin = |kind, name: &str| lists.origin(kind, &key(name));
        assert_eq!(origin(EntityType::Person, "سعيد محمد"), Origin::HeldOut);
        assert_eq!(origin(EntityType::Person, "سعيد الجبوري"), Origin::Listed);
        assert_eq!(origin(EntityType::Location, "القاهرة"), Origin::Listed);
        assert_eq!(origin(EntityType::Location, "صنعاء"), Origin::HeldOut);
        assert_eq!(origin(EntityType::Location, "مصر"), Origin::Listed);
        assert_eq!(origin(EntityType::Organization, "نادي زغدفوش"), Origin::OfListedWords);
        assert_eq!(origin(EntityType::Organization, "زغدفوش"), Origin::InNoList);
        // The first word is held out, the second is not.
        for (name, unlisted) in
            [("محمد", true), ("زغدفوش محمد", true), ("سعيد محمد", false), ("زغدفوش", true)]
        {
            let whole = Span::new(0, u32::try_from(name.len()).unwrap());
            assert_eq!(lists.is_unlisted_person(name, whole), unlisted, "{name}");
        }
    }
}
