//! What names of bodies, events and places are put together of: class nouns and their complements.

use std::sync::Arc;

use super::files::{data, for_names};
use super::proclitics::{Article, Proclitics};
use crate::entities::EntityType;
use crate::maps::{Map, Set};
use crate::sieve::{Endings, Sieve};
use crate::{KnowledgeError, normalize};

/// A class noun that names begin with.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) kind: EntityType,
    pub(crate) subtype: Arc<str>,
    /// Whether the noun only introduces the name that comes after it.
    pub(crate) introduces: bool,
    /// Whether the noun stands after its name: `نيوز`.
    pub(crate) follows: bool,
    pub(crate) takes: Takes,
    /// How much the noun alone speaks for a name.
    pub(crate) weight: f32,
    /// The folded complements with which it is no name.
    ordinary: Vec<String>,
}

impl Head {
    /// Whether the noun with `complement` (folded) is no name.
    pub(crate) fn is_ordinary_with(&self, complement: &str) -> bool {
        self.ordinary.iter().any(|ordinary| ordinary == complement)
    }
}

/// What makes a class noun a name; `heads.tsv` says what each is.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Takes {
    pub(crate) portfolio: bool,
    pub(crate) phrase: bool,
    pub(crate) name: bool,
    pub(crate) place: bool,
    pub(crate) body: bool,
    pub(crate) person: bool,
    pub(crate) state: bool,
    pub(crate) nationality: bool,
    pub(crate) ordinal: bool,
    pub(crate) at: bool,
    pub(crate) more: bool,
    pub(crate) located: bool,
}

/// A word that is a class noun with what is written together with it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeadForm {
    /// How many bytes of the word come before the noun and its article.
    pub(crate) proclitic: usize,
    pub(crate) definite: bool,
}

/// The class nouns and the words that go with them. A caller's lexicon has none.
#[derive(Debug, Default)]
pub(crate) struct Heads {
    nouns: Vec<Head>,
    /// By the noun without its article.
    by_word: Map<String, usize>,
    /// Of the same words: most others are not looked for.
    sieve: Sieve,
    endings: Endings,
    proclitics: Proclitics,
    portfolios: Set<String>,
    topics: Set<String>,
    /// Whether the adjective belongs to names, or ends them.
    adjectives: Map<String, bool>,
}

/// What is put at the end of an adjective: feminine, masculine plural.
const ENDINGS: [&str; 3] = ["", "ه", "ين"];

impl Heads {
    pub(super) fn built_in() -> Result<Self, KnowledgeError> {
        let mut heads = Self { proclitics: Proclitics::built_in()?, ..Self::default() };
        let columns = ["head", "type", "subtype", "span", "takes", "weight", "ordinary"];
        for_names(&[data!("curated/heads.tsv")], &columns, |row, name| {
            let [_, kind, subtype, span, takes, weight, ordinary] = row.fields()?;
            let kind = match kind {
                "ORG" => EntityType::Organization,
                "LOC" => EntityType::Location,
                "EVENT" => EntityType::Event,
                _ => return Err(row.error("the type is neither ORG, LOC nor EVENT")),
            };
            let (introduces, follows) = match span {
                "in" => (false, false),
                "out" => (true, false),
                "after" => (false, true),
                _ => return Err(row.error("the span is neither in, out nor after")),
            };
            let mut complements = Takes::default();
            for complement in takes.split(',') {
                match complement {
                    "portfolio" => complements.portfolio = true,
                    "phrase" => complements.phrase = true,
                    "name" => complements.name = true,
                    "place" => complements.place = true,
                    "body" => complements.body = true,
                    "person" => complements.person = true,
                    "state" => complements.state = true,
                    "nationality" => complements.nationality = true,
                    "ordinal" => complements.ordinal = true,
                    "at" => complements.at = true,
                    "more" => complements.more = true,
                    "located" => complements.located = true,
                    _ => return Err(row.error("no such complement is looked for")),
                }
            }
            let ordinary = normalize::fold(ordinary).text;
            let index = heads.nouns.len();
            heads.by_word.entry(name.folded.to_owned()).or_insert(index);
            heads.nouns.push(Head {
                kind,
                subtype: subtype.into(),
                introduces,
                follows,
                takes: complements,
                weight: row.parse(weight, "a weight")?,
                ordinary: ordinary.split(' ').map(|words| words.replace('_', " ")).collect(),
            });
            Ok(())
        })?;
        heads.sieve = Sieve::of(heads.by_word.keys());
        heads.endings = Endings::of(heads.by_word.keys());
        for_names(&[data!("curated/portfolios.tsv")], &["portfolio"], |_, name| {
            heads.portfolios.insert(name.folded.to_owned());
            Ok(())
        })?;
        for_names(&[data!("curated/topics.tsv")], &["word"], |_, name| {
            heads.topics.insert(name.folded.to_owned());
            Ok(())
        })?;
        for_names(&[data!("curated/name_adjectives.tsv")], &["word", "role"], |row, name| {
            let [_, role] = row.fields()?;
            let official = match role {
                "official" => true,
                "ends" => false,
                _ => return Err(row.error("the role is neither official nor ends")),
            };
            for ending in ENDINGS {
                heads.adjectives.entry(format!("{}{ending}", name.folded)).or_insert(official);
            }
            // As it is written, it goes before what is made of another one.
            heads.adjectives.insert(name.folded.to_owned(), official);
            Ok(())
        })?;
        Ok(heads)
    }

    /// What class noun `word`, folded, is.
    pub(crate) fn of_word(&self, word: &str) -> Option<(&Head, HeadForm)> {
        if !self.endings.may_end(word) {
            return None;
        }
        // A noun as it stands goes before another one behind a proclitic.
        self.proclitics.beginnings(word).filter(|(_, noun)| self.sieve.passes(noun)).find_map(
            |(article, noun)| {
                let head = self.nouns.get(*self.by_word.get(noun)?)?;
                let proclitic = word.len() - noun.len() - article.len();
                Some((head, HeadForm { proclitic, definite: article != Article::None }))
            },
        )
    }

    /// Whether `folded` is what a ministry is of.
    pub(crate) fn is_portfolio(&self, folded: &str) -> bool {
        self.portfolios.contains(folded)
    }

    /// Whether `folded`, a noun without the article, is a field of activity.
    pub(crate) fn is_topic(&self, folded: &str) -> bool {
        self.topics.contains(folded)
    }

    /// Whether an adjective, folded and without the article, belongs to names (`true`) or ends them.
    pub(crate) fn adjective(&self, folded: &str) -> Option<bool> {
        self.adjectives.get(folded).copied()
    }
}
