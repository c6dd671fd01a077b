//! What the checks know of words: the lexicons of the repository, folded.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;

use serde::Deserialize;
use warraq_core::entities::EntityType;

use crate::file::FileError;
use crate::gold::label;
use crate::lexicons::{LEXICONS, tables};
use crate::own::words::{key, without_article};

/// `data/eval/check.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Extra {
    pub(super) date: DateWords,
    deictic: Vec<Deictic>,
    pub(super) amount: AmountWords,
    pub(super) spelling: Spelling,
    pub(super) nested: Nested,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DateWords {
    pub(super) prepositions: Vec<String>,
    pub(super) fixed: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Deictic {
    form: String,
    days: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AmountWords {
    pub(super) more: Vec<String>,
    pub(super) hundreds: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nested {
    pub(super) languages: Vec<String>,
    pub(super) brands: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spelling {
    pub(super) allowed: Vec<String>,
}

/// The name of a month.
pub(super) struct Month {
    /// Folded.
    pub(super) name: String,
    pub(super) number: u8,
    pub(super) hijri: bool,
}

/// All that is listed.
pub struct Lists {
    pub(super) extra: Extra,
    /// Folded forms with the days from the reference date, longer ones first.
    pub(super) deictics: Vec<(String, i64)>,
    /// What may stand before a name in its word.
    pub(super) proclitics: BTreeSet<String>,
    /// The same with an article, which belongs to the name.
    pub(super) with_article: BTreeSet<String>,
    /// ISO 3166 codes.
    pub(super) countries: BTreeSet<String>,
    /// Of names that only countries have, whose they are.
    pub(super) country_names: BTreeMap<String, BTreeSet<String>>,
    /// Names of countries that are no other word.
    pub(super) closed_countries: HashSet<String>,
    /// Words of nationalities, without article, that are no other word.
    pub(super) closed_nationalities: HashSet<String>,
    /// ISO 4217 codes.
    pub(super) currencies: BTreeSet<String>,
    /// First words of the names of currencies, without article.
    pub(super) currency_words: BTreeSet<String>,
    /// Words that multiply the number before them.
    pub(super) scales: BTreeSet<String>,
    /// ISO 3166 codes by GeoNames ids.
    pub(super) cities: BTreeMap<String, String>,
    /// Longer names first.
    pub(super) months: Vec<Month>,
    pub(super) weekdays: BTreeMap<String, u8>,
    /// Words with which dates begin.
    date_words: HashSet<String>,
    /// Class nouns of bodies, events and places, without article, with the types and subtypes that they are of.
    heads: HashMap<String, BTreeSet<(String, String)>>,
    /// First words of offices, without article.
    role_words: HashSet<String>,
    /// Whole names by type; of nationalities without article.
    names: HashMap<EntityType, HashSet<String>>,
    /// How often a word is a part of people's names, 1 to 9.
    name_words: HashMap<String, u8>,
    /// How frequent an ordinary word is, 0 to 9.
    ordinary: HashMap<String, u8>,
}

impl Lists {
    /// The lists of the repository at `root`.
    ///
    /// # Errors
    /// Where one is missing or is no table.
    pub fn read(root: &Path) -> Result<Self, FileError> {
        let folder = root.join(LEXICONS);
        let extra: Extra = toml::from_str(include_str!("../../../../data/eval/check.toml"))
            .map_err(|error| FileError::whole(Path::new("data/eval/check.toml"), error.to_string()))?;
        let mut lists = Self {
            deictics: extra.deictic.iter().map(|deictic| (key(&deictic.form), deictic.days)).collect(),
            extra,
            proclitics: BTreeSet::new(),
            with_article: BTreeSet::new(),
            countries: BTreeSet::new(),
            country_names: BTreeMap::new(),
            closed_countries: HashSet::new(),
            closed_nationalities: HashSet::new(),
            currencies: BTreeSet::new(),
            currency_words: BTreeSet::new(),
            scales: BTreeSet::new(),
            cities: BTreeMap::new(),
            months: Vec::new(),
            weekdays: BTreeMap::new(),
            date_words: HashSet::new(),
            heads: HashMap::new(),
            role_words: HashSet::new(),
            names: HashMap::new(),
            name_words: HashMap::new(),
            ordinary: HashMap::new(),
        };
        lists.read_words(&folder)?;
        lists.read_places(&folder)?;
        lists.read_dates(&folder)?;
        for (kind, files) in [
            (EntityType::Location, ["region_names", "facility_names"].as_slice()),
            (EntityType::Organization, &["organisations", "businesses"]),
            (EntityType::Event, &["events"]),
            (EntityType::Person, &["people"]),
            (EntityType::Nationality, &["nationality_names"]),
        ] {
            for ([name], _) in tables(&folder, files, ["name"])? {
                lists.names.entry(kind).or_default().insert(key(&name));
            }
        }
        Ok(lists)
    }

    fn read_words(&mut self, folder: &Path) -> Result<(), FileError> {
        for ([written, article], _) in tables(folder, &["proclitics"], ["written", "article"])? {
            let known = if article == "none" { &mut self.proclitics } else { &mut self.with_article };
            known.insert(key(&written));
        }
        for ([word, given, family], _) in tables(folder, &["name_words"], ["word", "given", "family"])? {
            let class = |cell: &str| cell.parse::<u8>().unwrap_or_default();
            let known = self.name_words.entry(key(&word)).or_default();
            *known = (*known).max(class(&given)).max(class(&family));
        }
        for ([word, class], _) in tables(folder, &["ordinary_words"], ["word", "class"])? {
            self.ordinary.insert(word, class.parse().unwrap_or_default());
        }
        for ([head, kind, subtype], _) in tables(folder, &["heads"], ["head", "type", "subtype"])? {
            let head = key(&head).split(' ').next().unwrap_or_default().to_owned();
            self.heads.entry(head).or_default().insert((kind, subtype));
        }
        for ([role], _) in tables(folder, &["roles"], ["role"])? {
            let role = key(&role);
            self.role_words.extend(role.split(' ').next().map(|word| without_article(word).to_owned()));
        }
        for ([name], _) in tables(folder, &["scales"], ["name"])? {
            self.scales.insert(key(&name));
        }
        for ([name, code], _) in tables(folder, &["currency_names"], ["name", "iso_4217"])? {
            self.currency_words
                .extend(key(&name).split(' ').next().map(|word| without_article(word).to_owned()));
            self.currencies.insert(code);
        }
        Ok(())
    }

    fn read_places(&mut self, folder: &Path) -> Result<(), FileError> {
        for ([iso], _) in tables(folder, &["countries"], ["iso_3166"])? {
            self.countries.insert(iso);
        }
        let mut shared = BTreeSet::new();
        for ([name, iso, flags], _) in tables(folder, &["country_names"], ["name", "iso_3166", "flags"])? {
            let name = key(&name);
            if is_one_word(&flags) {
                self.closed_countries.insert(name.clone());
            }
            if !flags.is_empty() {
                shared.insert(name.clone());
            }
            self.names.entry(EntityType::Location).or_default().insert(name.clone());
            self.country_names.entry(name).or_default().insert(iso);
        }
        for ([name, flags], _) in tables(folder, &["nationality_names"], ["name", "flags"])? {
            if is_one_word(&flags) {
                self.closed_nationalities.insert(key(&name));
            }
        }
        for ([id, iso], _) in tables(folder, &["cities"], ["geonames_id", "iso_3166"])? {
            self.cities.insert(id, iso);
        }
        for ([name], _) in tables(folder, &["city_names"], ["name"])? {
            shared.insert(key(&name));
            self.names.entry(EntityType::Location).or_default().insert(key(&name));
        }
        for ([name], _) in tables(folder, &["region_names"], ["name"])? {
            shared.insert(key(&name));
        }
        self.country_names.retain(|name, _| !shared.contains(name));
        Ok(())
    }

    fn read_dates(&mut self, folder: &Path) -> Result<(), FileError> {
        for ([name, month, calendar], _) in tables(folder, &["month_names"], ["name", "month", "calendar"])? {
            let month = Month {
                name: key(&name),
                number: month.parse().unwrap_or_default(),
                hijri: calendar == "islamic",
            };
            self.date_words.extend(month.name.split(' ').next().map(ToOwned::to_owned));
            self.months.push(month);
        }
        self.months.sort_by_key(|month| std::cmp::Reverse(month.name.len()));
        for ([name, kind, value], _) in tables(folder, &["date_words"], ["name", "kind", "value"])? {
            let name = key(&name);
            if kind == "weekday" {
                self.weekdays.insert(name.clone(), value.parse().unwrap_or_default());
            }
            self.date_words.extend(name.split(' ').next().map(ToOwned::to_owned));
        }
        let deictics = self.deictics.iter().filter_map(|(form, _)| form.split(' ').next());
        self.date_words.extend(deictics.map(ToOwned::to_owned));
        Ok(())
    }

    /// Whether a name of that type is listed whole.
    pub(super) fn has(&self, kind: EntityType, name: &str) -> bool {
        let names = self.names.get(&kind);
        let has = |name: &str| names.is_some_and(|names| names.contains(name));
        has(name) || kind == EntityType::Nationality && has(without_article(name))
    }

    /// Whether a mention of that type may begin with the word by what is listed, and is not only a word by chance.
    pub(super) fn begins(&self, kind: EntityType, word: &str) -> bool {
        let bare = without_article(word);
        match kind {
            EntityType::Person => self.name_words.get(word).is_some_and(|&class| class >= CLEAR_NAME),
            EntityType::Organization | EntityType::Location | EntityType::Event => {
                let kind = label(kind).unwrap_or_default();
                self.heads.get(bare).is_some_and(|heads| heads.iter().any(|(of, _)| of == kind))
            }
            EntityType::Role => self.role_words.contains(bare),
            EntityType::Date => self.date_words.contains(word),
            _ => false,
        }
    }

    /// Whether names that begin with the word are located by a place in them: those of brands, clubs and media are not.
    pub(super) fn locates(&self, word: &str) -> bool {
        let brands = &self.extra.nested.brands;
        let subtypes = self.heads.get(without_article(word));
        subtypes.is_some_and(|subtypes| !subtypes.iter().any(|(_, subtype)| brands.contains(subtype)))
    }

    /// Whether the word is in any list of words: it is one as it stands.
    pub(super) fn is_word(&self, word: &str) -> bool {
        let bare = without_article(word);
        [word, bare].into_iter().any(|word| {
            self.name_words.contains_key(word)
                || self.ordinary.contains_key(word)
                || self.heads.contains_key(word)
                || self.role_words.contains(word)
                || self.date_words.contains(word)
        }) || self.names.keys().any(|kind| self.has(*kind, word))
    }

    /// Whether the word is a frequent ordinary one.
    pub(super) fn is_frequent(&self, word: &str) -> bool {
        self.ordinary.get(word).is_some_and(|&class| class >= FREQUENT)
    }
}

/// Whether flags say of a name that it is nothing else: not an ordinary word, a given name or another's name.
fn is_one_word(flags: &str) -> bool {
    const OTHERS: [&str; 3] = ["common", "ambiguous", "given_name"];
    !flags.split(',').any(|flag| OTHERS.contains(&flag))
}

/// A word that so many people have in their names is a name.
const CLEAR_NAME: u8 = 4;
/// Words of the classes from this on are in every article.
const FREQUENT: u8 = 5;
