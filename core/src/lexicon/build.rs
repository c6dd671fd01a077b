//! Collects names and compiles them.

use std::collections::{HashMap, HashSet};

use super::files::Evidence;
use super::proclitics::Proclitics;
use super::tree::{SameHash, Tree};
use super::{Flags, Heads, Lexicon, Reading, Sense, Thing, Words, Written};
use crate::entities::{EntityType, WorldKnowledge};
use crate::{KnowledgeError, normalize};

/// A name of the caller's own.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    /// The name, as it is written; with `ال` it is found with `ال` alone.
    pub name: &'r str,
    /// PERSON, LOCATION, ORGANIZATION, EVENT, NATIONALITY or ROLE.
    pub kind: EntityType,
    /// What the caller calls the thing; may be empty.
    pub id: &'r str,
}

/// A name longer than this is a mistake in the list.
const LONGEST_NAME: usize = 256;

pub(super) struct Builder {
    patterns: HashMap<String, u32>,
    /// Reading with the index of its pattern.
    readings: Vec<(u32, Reading)>,
    things: Vec<Thing>,
    own: HashMap<(EntityType, String), u32>,
    /// How each pattern is written in the caller's rows so far.
    own_patterns: HashSet<(u32, Written)>,
    proclitics: Proclitics,
    evidence: Evidence,
    pub(super) words: Words,
    heads: Heads,
}

/// A name as it is listed and as it is matched.
#[derive(Clone, Copy)]
pub(super) struct Name<'n> {
    pub(super) listed: &'n str,
    pub(super) folded: &'n str,
}

impl<'n> Name<'n> {
    /// The folded name without its article. It is looked for before folding: a hamza on the alef
    /// (`ألمانيا`) says that it is a letter of the name.
    fn bare(self) -> Option<&'n str> {
        self.listed.strip_prefix("ال")?;
        self.folded.strip_prefix("ال").filter(|bare| bare.chars().count() > 1)
    }
}

/// How a list's names take the article.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// As they are listed.
    Nouns,
    /// With and without it, each word of them.
    Adjectives,
    /// With and without it, the first word alone.
    EitherWay,
}

impl Builder {
    pub(super) fn new() -> Result<Self, KnowledgeError> {
        Ok(Self {
            patterns: HashMap::new(),
            readings: Vec::new(),
            things: Vec::new(),
            own: HashMap::new(),
            own_patterns: HashSet::new(),
            proclitics: Proclitics::built_in()?,
            evidence: Evidence::built_in()?,
            words: Words::default(),
            heads: Heads::default(),
        })
    }

    /// What is attached to offices.
    pub(super) fn pronouns(&self) -> Vec<String> {
        self.evidence.forms.pronoun.clone()
    }

    pub(super) fn read_heads(&mut self) -> Result<(), KnowledgeError> {
        self.heads = Heads::built_in()?;
        Ok(())
    }

    pub(super) fn add_thing(&mut self, thing: Thing) -> Sense {
        // Fewer things than names, and fewer names than a message has bytes.
        let index = u32::try_from(self.things.len()).unwrap_or(u32::MAX);
        self.things.push(thing);
        Sense::Thing(index)
    }

    pub(super) fn thing_mut(&mut self, sense: Sense) -> Option<&mut Thing> {
        match sense {
            Sense::Thing(index) => self.things.get_mut(index as usize),
            _ => None,
        }
    }

    /// Adds a name; `false` where nothing is left of it once it is folded.
    pub(super) fn add_name(&mut self, name: Name<'_>, names: Names, sense: Sense, flags: Flags) -> bool {
        let (pattern, written) = match (names, name.bare()) {
            (Names::Nouns, Some(bare)) => (bare, Written::WithArticle),
            (Names::Nouns, None) => (name.folded, Written::AsListed),
            (Names::Adjectives | Names::EitherWay, bare) => (bare.unwrap_or(name.folded), Written::EitherWay),
        };
        if pattern.is_empty() {
            return false;
        }
        let flags = Flags { ta_marbuta: name.listed.ends_with('ة'), ..flags };
        self.add_reading(pattern, Reading { sense, flags, written });
        if names == Names::Adjectives && pattern.contains(' ') {
            // Of an adjective of several words each takes the article.
            let definite = pattern.split(' ').collect::<Vec<_>>().join(" ال");
            self.add_reading(&definite, Reading { sense, flags, written: Written::WithArticle });
        }
        true
    }

    fn add_reading(&mut self, pattern: &str, reading: Reading) {
        let index = if let Some(&index) = self.patterns.get(pattern) {
            index
        } else {
            let index = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
            self.patterns.insert(pattern.to_owned(), index);
            index
        };
        // A builder has the caller's rows or the built-in lists. The first row of a name wins: the others
        // would be decided against at each mention.
        if !self.own.is_empty() && !self.own_patterns.insert((index, reading.written)) {
            return;
        }
        self.readings.push((index, reading));
    }

    pub(super) fn add_own(&mut self, row: &Row<'_>, number: usize) -> Result<(), KnowledgeError> {
        use EntityType::{Event, Location, Nationality, Organization, Person, Role};
        let error = |problem: String| KnowledgeError { file: "lexicon".to_owned(), line: number, problem };
        if !matches!(row.kind, Person | Location | Organization | Event | Nationality | Role) {
            return Err(error("the type is none of those that a list can name".to_owned()));
        }
        let length = row.name.chars().count();
        if length > LONGEST_NAME {
            return Err(error(format!("the name has {length} characters; at most {LONGEST_NAME} are taken")));
        }
        let folded = normalize::fold(row.name.trim()).text;
        let key = if row.id.is_empty() { format!("\0{folded}") } else { row.id.to_owned() };
        let sense = if let Some(&index) = self.own.get(&(row.kind, key.clone())) {
            Sense::Thing(index)
        } else {
            let sense = self.add_thing(Thing {
                kind: row.kind,
                subtype: None,
                name: row.name.trim().into(),
                latin_name: None,
                knowledge: WorldKnowledge::default(),
                country: None,
                population: 0,
                own_id: (!row.id.is_empty()).then(|| row.id.into()),
            });
            if let Sense::Thing(index) = sense {
                self.own.insert((row.kind, key), index);
            }
            sense
        };
        let names = if row.kind == Nationality { Names::Adjectives } else { Names::Nouns };
        if folded.chars().any(char::is_alphanumeric)
            && self.add_name(
                Name { listed: row.name.trim(), folded: &folded },
                names,
                sense,
                Flags::default(),
            )
        {
            Ok(())
        } else {
            Err(error("the name has no letter or digit".to_owned()))
        }
    }

    pub(super) fn finish(mut self, name: &str) -> Result<Lexicon, KnowledgeError> {
        let patterns = self.patterns;
        self.readings.sort_by_key(|&(pattern, _)| pattern);
        let mut firsts = vec![0; patterns.len() + 1];
        for &(pattern, _) in &self.readings {
            if let Some(count) = firsts.get_mut(pattern as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for first in &mut firsts {
            sum += *first;
            *first = sum;
        }
        let names = patterns.iter().map(|(name, number)| (name.as_str(), *number));
        let tree = Tree::new(names).map_err(|SameHash(one, other)| KnowledgeError {
            file: name.to_owned(),
            line: 0,
            problem: format!("\"{one}\" and \"{other}\" have the same hash"),
        })?;
        let mut readings: Vec<Reading> = self.readings.into_iter().map(|(_, reading)| reading).collect();
        readings.shrink_to_fit();
        Ok(Lexicon {
            tree,
            firsts,
            readings,
            things: self.things,
            proclitics: self.proclitics,
            evidence: self.evidence,
            words: self.words,
            heads: self.heads,
        })
    }
}
