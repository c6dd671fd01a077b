//! The names under `data/lexicons`, as rows of which some are rarer than others.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use serde::Deserialize;
use warraq_core::entities::EntityType;
use warraq_core::normalize;

use crate::file::{FileError, parsed};
use crate::lexicons::{LEXICONS, tables};
use crate::random::hash;

/// What swapping needs beside them.
pub const EXTRA: &str = "data/eval/swap.toml";

/// One spelling of a thing's name.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) key: String,
    /// It is mostly this thing's name, and no other name is in it.
    pub(super) plain: bool,
    /// The class noun that it begins with.
    pub(super) head: Option<String>,
    pub(super) hash: u64,
}

/// A place that is no country, a body or an event.
pub(super) struct Thing {
    pub(super) kind: EntityType,
    pub(super) subtype: String,
    pub(super) names: Vec<Name>,
    /// How well known it is: a city's population; of all else how many spellings are listed, those that people listed
    /// counting more than all that packages list.
    pub(super) count: u64,
}

/// A country that may stand for another.
pub(super) struct Country {
    pub(super) iso: String,
    pub(super) name: String,
    pub(super) capital: String,
    pub(super) masculine: bool,
    /// Of its listed cities together.
    pub(super) count: u64,
    pub(super) hash: u64,
}

/// A word of people's names.
pub(super) struct NameWord {
    pub(super) text: String,
    pub(super) key: String,
    pub(super) given: u64,
    pub(super) family: u64,
    pub(super) gender: char,
    pub(super) foreign: bool,
    pub(super) plain: bool,
    pub(super) hash: u64,
}

/// A class noun.
pub(super) struct Head {
    pub(super) kind: EntityType,
    pub(super) subtype: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Extra {
    masculine: HashSet<String>,
    pub(super) arabic: Made,
    pub(super) foreign: Made,
}

/// How names are made up.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Made {
    pub(super) consonants: String,
    pub(super) forms: Vec<String>,
    pub(super) feminine: Vec<String>,
}

/// All that is listed.
pub struct Lists {
    pub(super) extra: Extra,
    pub(super) countries: Vec<Country>,
    /// ISO codes by the keys of the countries' names.
    pub(super) country_names: HashMap<String, Vec<String>>,
    /// The same by the names of their capitals.
    pub(super) capitals: HashMap<String, Vec<String>>,
    /// Of each word of a nationality whose it is, and in which forms. Peoples without a state go by their name.
    pub(super) nationalities: HashMap<String, Vec<(String, String)>>,
    /// Of each nationality its words by form.
    pub(super) forms: BTreeMap<String, Vec<(String, String)>>,
    pub(super) things: Vec<Thing>,
    pub(super) thing_names: HashMap<String, Vec<usize>>,
    pub(super) of_class: HashMap<(EntityType, String), Vec<usize>>,
    pub(super) name_words: Vec<NameWord>,
    pub(super) name_word: HashMap<String, usize>,
    /// `بن`, `آل`, `فان`.
    pub(super) joiners: HashMap<String, String>,
    /// The second words of names of two words: whether after other nouns than `عبد` too.
    pub(super) compounds: HashMap<String, bool>,
    pub(super) heads: HashMap<String, Vec<Head>>,
    pub(super) state_words: HashSet<String>,
    /// Words that descriptive names are made of: `الخارجية`, `الوطني`.
    pub(super) descriptive: HashSet<String>,
    /// The ordinary words.
    pub(super) ordinary: HashSet<String>,
    /// Every word that stands in any list, with and without the article.
    known: HashSet<String>,
}

/// What all spellings of `words` have in common, without the article before the first.
pub(super) fn key(words: &str) -> String {
    let folded = normalize::fold(words.trim()).text;
    without_article(&folded).to_owned()
}

pub(super) fn without_article(word: &str) -> &str {
    word.strip_prefix("ال").filter(|rest| rest.chars().count() > 1).unwrap_or(word)
}

/// A word as it is, and what is left of it where its first letters are proclitics: no more than three are.
pub(super) fn behind_proclitics(word: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(word), |rest| rest.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك'])).take(4)
}

/// The subtype of cities, in those countries of whose towns Arabic news speaks as of its own and in all others.
pub(super) const CITIES: [&str; 2] = ["near city", "far city"];

/// Those of `rows` whose count is the median's at most.
pub(super) fn rare<T>(rows: Vec<T>, count: impl Fn(&T) -> u64) -> Vec<T> {
    let mut counts: Vec<u64> = rows.iter().map(&count).collect();
    counts.sort_unstable();
    let median = counts.len().checked_sub(1).and_then(|last| counts.get(last / 2)).copied();
    rows.into_iter().filter(|row| median.is_some_and(|median| count(row) <= median)).collect()
}

/// A row that people wrote counts for more spellings than any thing has.
const BY_HAND: u64 = 1_000;

impl Lists {
    /// The lists of the repository at `root`.
    ///
    /// # Errors
    /// Where one is missing or is no table.
    pub fn read(root: &Path) -> Result<Self, FileError> {
        let extra = parsed(&root.join(EXTRA), |file, content| {
            toml::from_str(content).map_err(|problem| FileError::whole(Path::new(file), problem.to_string()))
        })?;
        let mut lists = Self {
            extra,
            countries: Vec::new(),
            country_names: HashMap::new(),
            capitals: HashMap::new(),
            nationalities: HashMap::new(),
            forms: BTreeMap::new(),
            things: Vec::new(),
            thing_names: HashMap::new(),
            of_class: HashMap::new(),
            name_words: Vec::new(),
            name_word: HashMap::new(),
            joiners: HashMap::new(),
            compounds: HashMap::new(),
            heads: HashMap::new(),
            state_words: HashSet::new(),
            descriptive: HashSet::new(),
            ordinary: HashSet::new(),
            known: HashSet::new(),
        };
        let folder = root.join(LEXICONS);
        lists.read_words(&folder)?;
        lists.read_countries(&folder)?;
        lists.read_things(&folder)?;
        lists.mark_nested();
        Ok(lists)
    }

    fn know(&mut self, words: &str) {
        for word in normalize::fold(words).text.split_whitespace() {
            self.known.insert(without_article(word).to_owned());
            self.known.insert(word.to_owned());
        }
    }

    /// Whether a word is in any list, as it is, without its article or behind proclitics.
    pub(super) fn knows(&self, word: &str) -> bool {
        let folded = normalize::fold(word).text;
        behind_proclitics(&folded)
            .any(|rest| self.known.contains(rest) || self.known.contains(without_article(rest)))
    }

    fn read_words(&mut self, folder: &Path) -> Result<(), FileError> {
        let columns = ["word", "given", "family", "gender", "flags"];
        for ([word, given, family, gender, flags], _) in tables(folder, &["name_words"], columns)? {
            let has = |flag: &str| flags.split(',').any(|other| other == flag);
            let (foreign, plain) = (has("foreign"), !has("common") && !has("place"));
            self.know(&word);
            self.name_word.insert(normalize::fold(&word).text, self.name_words.len());
            self.name_words.push(NameWord {
                hash: hash(&word),
                key: key(&word),
                given: given.parse().unwrap_or_default(),
                family: family.parse().unwrap_or_default(),
                gender: gender.chars().next().unwrap_or('-'),
                foreign,
                plain,
                text: word,
            });
        }
        for ([word, role], _) in tables(folder, &["name_joiners"], ["word", "role"])? {
            self.joiners.insert(normalize::fold(&word).text, role);
        }
        for ([part, role], _) in tables(folder, &["name_compounds"], ["part", "role"])? {
            self.know(&part);
            *self.compounds.entry(normalize::fold(&part).text).or_default() |= role != "abd";
        }
        for ([head, kind, subtype], _) in tables(folder, &["heads"], ["head", "type", "subtype"])? {
            self.know(&head);
            let kind = crate::gold::kind_of(&kind).unwrap_or(EntityType::Organization);
            self.heads.entry(key(&head)).or_default().push(Head { kind, subtype });
        }
        for ([word], _) in tables(folder, &["state_words"], ["name"])? {
            self.know(&word);
            self.state_words.insert(key(&word));
        }
        for (file, column) in [
            ("ordinary_words", "word"),
            ("topics", "word"),
            ("portfolios", "portfolio"),
            ("name_adjectives", "word"),
            ("roles", "role"),
            ("person_words", "word"),
            ("triggers", "word"),
            ("people", "name"),
            ("currency_names", "name"),
            ("month_names", "name"),
            ("date_words", "name"),
            ("not_names", "name"),
        ] {
            for ([words], _) in tables(folder, &[file], [column])? {
                self.know(&words);
                let words = words.split_whitespace().map(key);
                match file {
                    "ordinary_words" => self.ordinary.extend(words),
                    "topics" | "portfolios" | "name_adjectives" => self.descriptive.extend(words),
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn read_countries(&mut self, folder: &Path) -> Result<(), FileError> {
        let mut people = String::new();
        let columns = ["name", "iso_3166", "form", "flags"];
        let mut flagged: HashSet<String> = HashSet::new();
        for ([name, iso, forms, flags], _) in tables(folder, &["nationality_names"], columns)? {
            self.know(&name);
            // As in the lexicon: a people's masculine singular stands first.
            if iso == "-" && forms.split(',').any(|form| form == "m_sg") {
                people = format!("-{name}");
            }
            let owner = if iso == "-" { people.clone() } else { iso };
            if (!flags.is_empty() && flags != "maksura") || name.contains(' ') {
                flagged.insert(owner.clone());
            }
            for form in forms.split(',') {
                self.nationalities.entry(key(&name)).or_default().push((owner.clone(), form.to_owned()));
                self.forms.entry(owner.clone()).or_default().push((form.to_owned(), name.clone()));
            }
        }
        let mut cities: HashMap<String, (String, u64)> = HashMap::new();
        let mut inhabitants: HashMap<String, u64> = HashMap::new();
        for ([id, iso, population], _) in
            tables(folder, &["cities"], ["geonames_id", "iso_3166", "population"])?
        {
            let population = population.parse().unwrap_or_default();
            *inhabitants.entry(iso.clone()).or_default() += population;
            cities.insert(id, (iso, population));
        }
        let mut names: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
        for ([name, iso, flags], _) in tables(folder, &["country_names"], ["name", "iso_3166", "flags"])? {
            self.know(&name);
            self.country_names.entry(key(&name)).or_default().push(iso.clone());
            names.entry(iso).or_default().push((name, flags.is_empty()));
        }
        let near: HashSet<String> =
            tables(folder, &["near_countries"], ["iso_3166"])?.into_iter().map(|([iso], _)| iso).collect();
        let mut of_city: BTreeMap<String, Vec<(String, bool)>> = BTreeMap::new();
        for ([name, id, flags], _) in tables(folder, &["city_names"], ["name", "geonames_id", "flags"])? {
            self.know(&name);
            of_city.entry(id).or_default().push((name, flags.is_empty()));
        }
        let columns = ["iso_3166", "capital_geonames_id"];
        for ([iso, capital], _) in tables(folder, &["countries"], columns)? {
            let seat = of_city.get(&capital).map(Vec::as_slice).unwrap_or_default();
            for (name, _) in seat {
                self.capitals.entry(key(name)).or_default().push(iso.clone());
            }
            let forms = self.forms.get(&iso).map(Vec::as_slice).unwrap_or_default();
            let whole = ["m_sg", "f_sg", "m_pl", "m_pl_obl"]
                .iter()
                .all(|form| forms.iter().any(|(other, _)| other == form));
            let main = names.get(&iso).and_then(|names| names.first()).filter(|(_, plain)| *plain);
            if let (Some((name, _)), Some((capital, true)), true) = (main, seat.first(), whole)
                && !flagged.contains(&iso)
            {
                self.countries.push(Country {
                    hash: hash(&iso),
                    name: name.clone(),
                    capital: capital.clone(),
                    masculine: self.is_masculine(&iso),
                    count: inhabitants.get(&iso).copied().unwrap_or_default(),
                    iso,
                });
            }
        }
        for (id, names) in of_city {
            let Some((iso, population)) = cities.get(&id) else { continue };
            let subtype = CITIES[usize::from(!near.contains(iso))];
            let names = names.into_iter().map(|(name, plain)| self.name(name, plain)).collect();
            self.put(Thing {
                kind: EntityType::Location,
                subtype: subtype.to_owned(),
                names,
                count: *population,
            });
        }
        Ok(())
    }

    fn read_things(&mut self, folder: &Path) -> Result<(), FileError> {
        let all: [(EntityType, &[&str]); 3] = [
            (EntityType::Location, &["region_names", "facility_names"]),
            (EntityType::Organization, &["organisations", "businesses"]),
            (EntityType::Event, &["events"]),
        ];
        for (kind, files) in all {
            let mut things: BTreeMap<String, Thing> = BTreeMap::new();
            let columns = ["name", "latin_name", "iso_3166", "subtype", "flags"];
            for ([name, latin, iso, subtype, flags], by_hand) in tables(folder, files, columns)? {
                self.know(&name);
                let id = if latin == "-" { format!("- {name}") } else { format!("{latin} {iso} {subtype}") };
                let name = self.name(name, flags.is_empty());
                let thing = things.entry(id).or_insert(Thing { kind, subtype, names: Vec::new(), count: 0 });
                thing.names.push(name);
                thing.count += if by_hand { BY_HAND } else { 1 };
            }
            for thing in things.into_values() {
                self.put(thing);
            }
        }
        Ok(())
    }

    fn name(&self, text: String, plain: bool) -> Name {
        let head = text.split_whitespace().next().map(key).filter(|word| self.heads.contains_key(word));
        let letters = text.chars().all(|c| ('ء'..='ي').contains(&c) || c == ' ');
        Name { hash: hash(&text), key: key(&text), head, plain: plain && letters, text }
    }

    fn put(&mut self, thing: Thing) {
        let index = self.things.len();
        for name in &thing.names {
            self.thing_names.entry(name.key.clone()).or_default().push(index);
        }
        self.of_class.entry((thing.kind, thing.subtype.clone())).or_default().push(index);
        self.things.push(thing);
    }

    /// A name with another one in it is not plain: what is nested would have to be annotated.
    fn mark_nested(&mut self) {
        let mut things = std::mem::take(&mut self.things);
        let names: HashSet<String> = things
            .iter()
            .flat_map(|thing| thing.names.iter())
            .filter(|name| name.plain)
            .map(|name| name.key.clone())
            .chain(self.country_names.keys().cloned())
            .chain(self.nationalities.keys().cloned())
            .collect();
        for name in things.iter_mut().flat_map(|thing| thing.names.iter_mut()) {
            let words: Vec<&str> = name.text.split(' ').collect();
            let nested = (0..words.len()).any(|begin| {
                (begin + 1..=words.len()).any(|end| {
                    let part = words.get(begin..end).unwrap_or_default().join(" ");
                    end - begin < words.len() && names.contains(&key(&part))
                })
            });
            name.plain &= !nested;
        }
        self.things = things;
    }

    /// Whether Arabic treats the country as masculine.
    pub(super) fn is_masculine(&self, iso: &str) -> bool {
        self.extra.masculine.contains(iso)
    }

    /// The readings of `words` as a thing of `kind`.
    pub(super) fn things_named(&self, kind: EntityType, words: &str) -> impl Iterator<Item = &Thing> {
        let listed = self.thing_names.get(&key(words)).map(Vec::as_slice).unwrap_or_default();
        listed.iter().filter_map(|&index| self.things.get(index)).filter(move |thing| thing.kind == kind)
    }

    /// The class noun that `words` begin with.
    pub(super) fn head<'w>(&self, words: &'w str) -> Option<&'w str> {
        words.split_whitespace().next().filter(|word| self.heads.contains_key(&key(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rare_half_ends_with_the_median() {
        let rare = |counts: &[u64]| rare(counts.to_vec(), |count| *count);
        assert_eq!(rare(&[9, 1, 5, 3]), [1, 3]);
        assert_eq!(rare(&[7, 1, 5]), [1, 5]);
        // Where most are counted once, all of those.
        assert_eq!(rare(&[1, 1, 1, 8]), [1, 1, 1]);
        assert_eq!(rare(&[]), [0_u64; 0]);
    }

    #[test]
    fn a_key_is_what_spellings_have_in_common() {
        assert_eq!(key("الأهرامات"), key("اهرامات"));
        assert_eq!(key("دولة قطر"), "دوله قطر");
        assert_eq!(without_article("ال"), "ال");
        assert_eq!(behind_proclitics("وبلد").collect::<Vec<_>>(), ["وبلد", "بلد", "لد", "د"]);
    }
}
