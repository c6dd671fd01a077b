//! The lists under `data/lexicons`: which there are, and what their rows mean.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::build::{Builder, Name, Names};
use super::forms::Forms;
use super::proclitics::Proclitics;
use super::table::{Row, Table};
use super::{DateWord, Flags, Sense, Thing, Words};
use crate::entities::{EntityType, WorldKnowledge};
use crate::maps::{Map, Set};
use crate::sieve::{Endings, Sieve};
use crate::{KnowledgeError, normalize};

/// A list's path under `data/`, for errors, and its content.
pub(super) type File = (&'static str, &'static str);

macro_rules! data {
    ($path:literal) => {
        (concat!("lexicons/", $path), include_str!(concat!("../../../data/lexicons/", $path)))
    };
}
pub(super) use data;

/// The lists of names of the world, each read in the order of its files: of two that name a thing,
/// the first gives the canonical name.
#[derive(Clone, Copy)]
pub(super) struct Lists<'f> {
    pub(super) countries: &'f [File],
    pub(super) country_names: &'f [File],
    pub(super) nationality_names: &'f [File],
    /// The forms of state that are a part of a country's name.
    pub(super) state_words: &'f [File],
    pub(super) cities: &'f [File],
    pub(super) city_names: &'f [File],
    /// Regions and natural places; then facilities.
    pub(super) region_names: &'f [File],
    pub(super) organisations: &'f [File],
    pub(super) events: &'f [File],
    pub(super) people: &'f [File],
    pub(super) currency_names: &'f [File],
    pub(super) month_names: &'f [File],
}

/// All that is compiled in.
const BUILT_IN: Lists<'_> = Lists {
    countries: &[data!("generated/countries.tsv")],
    country_names: &[data!("generated/country_names.tsv"), data!("curated/country_names.tsv")],
    nationality_names: &[data!("generated/nationality_names.tsv"), data!("curated/nationality_names.tsv")],
    state_words: &[data!("curated/state_words.tsv")],
    cities: &[data!("generated/cities.tsv")],
    city_names: &[data!("generated/city_names.tsv"), data!("curated/city_names.tsv")],
    region_names: &[
        data!("generated/region_names.tsv"),
        data!("curated/region_names.tsv"),
        data!("generated/facility_names.tsv"),
        data!("curated/facility_names.tsv"),
    ],
    organisations: &[
        data!("generated/organisations.tsv"),
        data!("curated/organisations.tsv"),
        data!("curated/businesses.tsv"),
    ],
    events: &[data!("generated/events.tsv"), data!("curated/events.tsv")],
    people: &[data!("generated/people.tsv"), data!("curated/people.tsv")],
    currency_names: &[data!("generated/currency_names.tsv"), data!("curated/currency_names.tsv")],
    month_names: &[data!("generated/month_names.tsv"), data!("curated/month_names.tsv")],
};

/// The lists of single words, the curated ones last.
#[derive(Clone, Copy)]
pub(super) struct WordFiles<'f> {
    pub(super) name_words: &'f [File],
    pub(super) ordinary_words: &'f [File],
    pub(super) name_compounds: &'f [File],
    pub(super) name_joiners: &'f [File],
}

const WORDS: WordFiles<'_> = WordFiles {
    name_words: &[data!("generated/name_words.tsv"), data!("curated/name_words.tsv")],
    ordinary_words: &[data!("generated/ordinary_words.tsv")],
    name_compounds: &[data!("curated/name_compounds.tsv")],
    name_joiners: &[data!("curated/name_joiners.tsv")],
};

/// Which rows of the open lists are left away, by their folded names. Lists are open that can never be whole: of
/// towns and other places, bodies, events, people and the words of their names.
pub(super) type Withheld<'w> = &'w dyn Fn(&str) -> bool;

pub(super) fn read_words_of_people(withheld: Withheld<'_>) -> Result<Words, KnowledgeError> {
    Words::read(&WORDS, withheld)
}

pub(super) fn read_all(builder: &mut Builder, withheld: Withheld<'_>) -> Result<(), KnowledgeError> {
    read_words(builder)?;
    read_lists(builder, &BUILT_IN, withheld)
}

/// The words that numbers and dates are made of.
pub(super) fn read_words(builder: &mut Builder) -> Result<(), KnowledgeError> {
    for_names(&[data!("curated/scales.tsv")], &["name", "power"], |row, name| {
        let [_, power] = row.fields()?;
        let power = row.parse(power, "a power of ten")?;
        add(builder, row, name, Names::Nouns, Sense::Scale(power), Flags::default())
    })?;
    for_names(&[data!("curated/percent.tsv")], &["name"], |row, name| {
        add(builder, row, name, Names::Nouns, Sense::Percent, Flags::default())
    })?;
    for_names(&[data!("curated/currency_signs.tsv")], &["name", "iso_4217"], |row, name| {
        let [_, code] = row.fields()?;
        add(builder, row, name, Names::Nouns, Sense::Currency(currency_code(row, code)?), Flags::default())
    })?;
    for_names(&[data!("curated/date_words.tsv")], &["name", "kind", "value"], |row, name| {
        let [_, kind, value] = row.fields()?;
        let number = || row.parse(value, "a number");
        let word = match kind {
            "weekday" => DateWord::Weekday,
            "year" => DateWord::Year,
            "day" => DateWord::Day,
            "of" => DateWord::Of,
            "part" => DateWord::Part,
            "relative" => DateWord::Relative,
            "quarter" => DateWord::Quarter(number()?),
            "half" => DateWord::Half(number()?),
            "ordinal" => DateWord::Ordinal(number()?),
            "era" => DateWord::Era,
            "hijri" => DateWord::Hijri,
            _ => return Err(row.error("the kind is none of those that the head of the file lists")),
        };
        add(builder, row, name, Names::Nouns, Sense::DateWord(word), Flags::default())
    })?;
    for_names(&[data!("curated/not_names.tsv")], &["name"], |row, name| {
        add(builder, row, name, Names::Nouns, Sense::Nothing, Flags::default())
    })
}

pub(super) fn read_lists(
    builder: &mut Builder,
    lists: &Lists<'_>,
    withheld: Withheld<'_>,
) -> Result<(), KnowledgeError> {
    let mut places = Places::default();
    places.read_countries(builder, lists)?;
    places.read_cities(builder, lists, withheld)?;
    read_regions(builder, lists, withheld)?;
    places.read_nationalities(builder, lists)?;
    read_bodies(builder, lists.organisations, EntityType::Organization, withheld)?;
    read_bodies(builder, lists.events, EntityType::Event, withheld)?;
    read_people(builder, lists.people, withheld)?;
    let columns = ["name", "iso_4217", "source", "flags"];
    for_names(lists.currency_names, &columns, |row, name| {
        let [_, code, _, flags] = row.fields()?;
        let sense = Sense::Currency(currency_code(row, code)?);
        add(builder, row, name, Names::Nouns, sense, self::flags(flags))
    })?;
    let columns = ["name", "month", "calendar", "regions", "source", "flags"];
    for_names(lists.month_names, &columns, |row, name| {
        let [_, month, calendar, _, _, flags] = row.fields()?;
        let number = row.parse(month, "a month's number")?;
        let sense = Sense::Month { number, gregorian: calendar == "gregorian" };
        add(builder, row, name, Names::Nouns, sense, self::flags(flags))
    })
}

/// A name of a month.
pub(crate) struct MonthName {
    pub(crate) name: String,
    pub(crate) number: u8,
    pub(crate) gregorian: bool,
    /// It is an ordinary word or a name of people too.
    pub(crate) common: bool,
}

/// The names of months that are compiled in.
pub(crate) fn months() -> Result<Vec<MonthName>, KnowledgeError> {
    let mut months = Vec::new();
    let columns = ["name", "month", "calendar", "regions", "source", "flags"];
    for &(file, content) in BUILT_IN.month_names {
        for row in Table::parse(file, content, &columns)?.rows() {
            let [name, month, calendar, _, _, flags] = row.fields()?;
            months.push(MonthName {
                name: name.to_owned(),
                number: row.parse(month, "a month's number")?,
                gregorian: calendar == "gregorian",
                common: self::flags(flags).common,
            });
        }
    }
    Ok(months)
}

/// A name of a currency, with its code of ISO 4217 where it has one.
pub(crate) type CurrencyName = (String, Option<[u8; 3]>);

/// The names of currencies that are compiled in, each with its code where it has one.
pub(crate) fn currency_names() -> Result<Vec<CurrencyName>, KnowledgeError> {
    let mut names = Vec::new();
    let columns = ["name", "iso_4217", "source", "flags"];
    for &(file, content) in BUILT_IN.currency_names {
        for row in Table::parse(file, content, &columns)?.rows() {
            let [name, code, _, _] = row.fields()?;
            names.push((name.to_owned(), currency_code(&row, code)?));
        }
    }
    Ok(names)
}

/// The places by their ids, while the lists that name them are read.
#[derive(Default)]
struct Places<'f> {
    countries: HashMap<&'f str, Sense>,
    cities: HashMap<u32, Sense>,
    capitals: HashMap<u32, &'f str>,
}

impl Places<'static> {
    fn read_countries(&mut self, builder: &mut Builder, lists: &Lists<'_>) -> Result<(), KnowledgeError> {
        for_rows(lists.countries, &["iso_3166", "latin_name", "capital_geonames_id"], |row| {
            let [iso, latin, capital] = row.fields()?;
            if !capital.is_empty() && capital != "-" {
                self.capitals.insert(row.parse(capital, "a GeoNames id")?, iso);
            }
            let code: Arc<str> = iso.into();
            let sense = builder.add_thing(Thing {
                kind: EntityType::Location,
                subtype: Some("country".into()),
                name: "".into(),
                latin_name: text(latin),
                knowledge: WorldKnowledge { iso_3166: Some(Arc::clone(&code)), ..WorldKnowledge::default() },
                country: Some(code),
                population: 0,
                own_id: None,
            });
            self.countries.insert(iso, sense);
            Ok(())
        })?;
        let mut listed: HashSet<String> = HashSet::new();
        let mut names: Vec<(&'static str, Sense)> = Vec::new();
        for_names(lists.country_names, &["name", "iso_3166", "source", "flags"], |row, name| {
            let [_, iso, _, flags] = row.fields()?;
            let &sense = self.countries.get(iso).ok_or_else(|| row.error("no country has this code"))?;
            name_thing(builder, sense, name.listed);
            listed.insert(name.folded.to_owned());
            names.push((row.first(), sense));
            add(builder, row, name, Names::Nouns, sense, self::flags(flags))
        })?;
        // What a country is called by its form of state: `مملكة` and any country's name.
        for_names(lists.state_words, &["name"], |row, word| {
            for &(country, sense) in &names {
                let name = format!("{} {country}", word.listed);
                let folded = normalize::fold(&name).text;
                if listed.insert(folded.clone()) {
                    let name = Name { listed: &name, folded: &folded };
                    // The word says that the country is meant, whatever else its name may be.
                    add(builder, row, name, Names::Nouns, sense, Flags::default())?;
                }
            }
            Ok(())
        })
    }

    fn read_cities(
        &mut self,
        builder: &mut Builder,
        lists: &Lists<'_>,
        withheld: Withheld<'_>,
    ) -> Result<(), KnowledgeError> {
        let capital: Arc<str> = "capital".into();
        let columns =
            ["geonames_id", "latin_name", "iso_3166", "latitude", "longitude", "population", "subtype"];
        for_rows(lists.cities, &columns, |row| {
            let [id, latin, iso, latitude, longitude, population, subtype] = row.fields()?;
            let id: u32 = row.parse(id, "a GeoNames id")?;
            let is_capital = self.capitals.contains_key(&id);
            let sense = builder.add_thing(Thing {
                kind: EntityType::Location,
                subtype: if is_capital { Some(Arc::clone(&capital)) } else { text(subtype) },
                name: "".into(),
                latin_name: text(latin),
                knowledge: WorldKnowledge {
                    // A city's ISO code would be its country's: the country field has it.
                    geonames_id: Some(id),
                    latitude: Some(row.parse(latitude, "a latitude")?),
                    longitude: Some(row.parse(longitude, "a longitude")?),
                    ..WorldKnowledge::default()
                },
                country: text(iso),
                population: row.parse(population, "a population")?,
                own_id: None,
            });
            self.cities.insert(id, sense);
            Ok(())
        })?;
        let columns = ["name", "geonames_id", "source", "flags"];
        for_open_names(lists.city_names, withheld, &columns, |row, name| {
            let [_, id, _, flags] = row.fields()?;
            let id: u32 = row.parse(id, "a GeoNames id")?;
            let &sense = self.cities.get(&id).ok_or_else(|| row.error("no city has this id"))?;
            name_thing(builder, sense, name.listed);
            add(builder, row, name, Names::Nouns, sense, self::flags(flags))
        })
    }

    #[allow(clippy::unused_self)]
    fn read_nationalities(&self, builder: &mut Builder, lists: &Lists<'_>) -> Result<(), KnowledgeError> {
        // A people without a state has no code to be one entity by. Its regular forms begin with the
        // masculine singular; broken plurals do not, but stand after it in the list.
        let mut peoples: Vec<String> = Vec::new();
        let mut known: HashMap<String, Sense> = HashMap::new();
        for_names(lists.nationality_names, &["name", "iso_3166", "form", "source", "flags"], |row, name| {
            let [_, iso, form, _, flags] = row.fields()?;
            let key = if iso != "-" {
                iso.to_owned()
            } else if form.split(',').any(|form| form == "m_sg") {
                peoples.push(name.listed.to_owned());
                name.listed.to_owned()
            } else {
                let of_stem = peoples.iter().find(|people| name.listed.starts_with(people.as_str()));
                let stem = of_stem.or(peoples.last());
                stem.cloned()
                    .ok_or_else(|| row.error("the people's masculine singular does not stand before"))?
            };
            let sense = *known.entry(key).or_insert_with(|| {
                let code = (iso != "-").then(|| Arc::<str>::from(iso));
                builder.add_thing(Thing {
                    kind: EntityType::Nationality,
                    subtype: None,
                    name: name.listed.into(),
                    latin_name: None,
                    knowledge: WorldKnowledge { iso_3166: code.clone(), ..WorldKnowledge::default() },
                    country: code,
                    population: 0,
                    own_id: None,
                })
            });
            add(builder, row, name, Names::Adjectives, sense, self::flags(flags))
        })
    }
}

/// Rows with one Latin name in one country name one place.
fn read_regions(
    builder: &mut Builder,
    lists: &Lists<'_>,
    withheld: Withheld<'_>,
) -> Result<(), KnowledgeError> {
    let mut known: HashMap<(&str, &str), Sense> = HashMap::new();
    let columns = ["name", "latin_name", "subtype", "iso_3166", "source", "flags"];
    for_open_names(lists.region_names, withheld, &columns, |row, name| {
        let [_, latin, subtype, iso, _, flags] = row.fields()?;
        let subtype = text(subtype).ok_or_else(|| row.error("the place has no subtype"))?;
        let sense = *known.entry((latin, iso)).or_insert_with(|| {
            builder.add_thing(Thing {
                kind: EntityType::Location,
                subtype: Some(subtype),
                name: name.listed.into(),
                latin_name: text(latin),
                knowledge: WorldKnowledge::default(),
                country: text(iso),
                population: 0,
                own_id: None,
            })
        });
        add(builder, row, name, Names::Nouns, sense, self::flags(flags))
    })
}

/// Rows with one Latin name (or, without one, one Wikidata id) name one body.
fn read_bodies(
    builder: &mut Builder,
    files: &[File],
    kind: EntityType,
    withheld: Withheld<'_>,
) -> Result<(), KnowledgeError> {
    let mut known: HashMap<&str, Sense> = HashMap::new();
    let columns = ["name", "latin_name", "subtype", "iso_3166", "wikidata_id", "source", "flags"];
    for_open_names(files, withheld, &columns, |row, name| {
        let [_, latin, subtype, iso, wikidata, _, flags] = row.fields()?;
        let sense = add_named(builder, &mut known, name, [latin, wikidata], |knowledge| Thing {
            kind,
            subtype: text(subtype),
            name: name.listed.into(),
            latin_name: text(latin),
            knowledge,
            country: text(iso),
            population: 0,
            own_id: None,
        });
        add(builder, row, name, Names::Nouns, sense, self::flags(flags))
    })
}

/// People, like bodies.
fn read_people(builder: &mut Builder, files: &[File], withheld: Withheld<'_>) -> Result<(), KnowledgeError> {
    let mut known: HashMap<&str, Sense> = HashMap::new();
    let columns = ["name", "latin_name", "wikidata_id", "subtype", "source", "flags"];
    for_open_names(files, withheld, &columns, |row, name| {
        let [_, latin, wikidata, subtype, _, flags] = row.fields()?;
        let sense = add_named(builder, &mut known, name, [latin, wikidata], |knowledge| Thing {
            kind: EntityType::Person,
            subtype: text(subtype),
            name: name.listed.into(),
            latin_name: text(latin),
            knowledge,
            country: None,
            population: 0,
            own_id: None,
        });
        add(builder, row, name, Names::Nouns, sense, self::flags(flags))
    })
}

/// The thing that one of `keys` is known to be; without a key each name is its own.
fn add_named(
    builder: &mut Builder,
    known: &mut HashMap<&'static str, Sense>,
    name: Name<'_>,
    keys: [&'static str; 2],
    thing: impl FnOnce(WorldKnowledge) -> Thing,
) -> Sense {
    let [_, wikidata] = keys;
    let keys = keys.into_iter().filter(|key| text(key).is_some());
    let sense = keys.clone().find_map(|key| known.get(key).copied()).unwrap_or_else(|| {
        let mut thing = thing(WorldKnowledge { wikidata_id: text(wikidata), ..WorldKnowledge::default() });
        thing.name = name.listed.into();
        builder.add_thing(thing)
    });
    known.extend(keys.map(|key| (key, sense)));
    sense
}

/// Gives a thing its canonical name, which is the first.
fn name_thing(builder: &mut Builder, sense: Sense, name: &str) {
    if let Some(thing) = builder.thing_mut(sense)
        && thing.name.is_empty()
    {
        thing.name = name.into();
    }
}

fn add(
    builder: &mut Builder,
    row: &Row<'_>,
    name: Name<'_>,
    names: Names,
    sense: Sense,
    flags: Flags,
) -> Result<(), KnowledgeError> {
    if builder.add_name(name, names, sense, flags) { Ok(()) } else { Err(row.error("the name is empty")) }
}

fn for_rows(
    files: &[File],
    columns: &[&str],
    mut read: impl FnMut(&Row<'static>) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    for &(file, content) in files {
        for row in Table::parse(file, content, columns)?.rows() {
            read(&row)?;
        }
    }
    Ok(())
}

/// The same for tables that begin with a name.
pub(super) fn for_names(
    files: &[File],
    columns: &[&str],
    mut read: impl FnMut(&Row<'static>, Name<'_>) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    for &(file, content) in files {
        for (row, folded) in Table::parse(file, content, columns)?.rows_with_folded_names()? {
            let listed = row.first();
            read(&row, Name { listed, folded: &folded })?;
        }
    }
    Ok(())
}

/// The same for the open lists, of which rows may be withheld.
pub(super) fn for_open_names(
    files: &[File],
    withheld: Withheld<'_>,
    columns: &[&str],
    mut read: impl FnMut(&Row<'static>, Name<'_>) -> Result<(), KnowledgeError>,
) -> Result<(), KnowledgeError> {
    for_names(files, columns, |row, name| if withheld(name.folded) { Ok(()) } else { read(row, name) })
}

fn text(field: &str) -> Option<Arc<str>> {
    (!field.is_empty() && field != "-").then(|| field.into())
}

fn flags(field: &str) -> Flags {
    let mut flags = Flags::default();
    for flag in field.split(',') {
        // What a flag that is not known here says, another stage reads.
        match flag.trim() {
            "common" => flags.common = true,
            "country_name" => flags.country_name = true,
            "ambiguous" => flags.ambiguous = true,
            "maksura" => flags.maksura = true,
            "place" => flags.place = true,
            "surname" => flags.surname = true,
            _ => {}
        }
    }
    flags
}

fn currency_code(row: &Row<'_>, field: &str) -> Result<Option<[u8; 3]>, KnowledgeError> {
    if field == "-" {
        return Ok(None);
    }
    match <[u8; 3]>::try_from(field.as_bytes()) {
        Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Some(code)),
        _ => Err(row.error("the currency is not three capital letters, nor `-`")),
    }
}

/// What speaks for and against a meaning: `evidence.tsv` and `triggers.tsv`.
pub(crate) struct Evidence {
    pub(crate) weights: Weights,
    pub(super) forms: Forms,
    triggers: Map<String, Vec<(Supports, f32)>>,
    /// Of the same words: most others are not looked for.
    sieve: Sieve,
    /// Of those of sport.
    of_sport: Endings,
    near: Set<&'static str>,
    other_letters: Set<char>,
    /// Between which pairs of bytes theirs in UTF-8 are.
    others: [u16; 2],
}

/// Fewer letters of another language are a foreign name.
const MANY_LETTERS: usize = 2;

/// What a trigger word speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Supports {
    Country,
    City,
    Region,
    Place,
    Nationality,
    Person,
    /// Any body.
    Body,
    /// An agency, a newspaper, a broadcaster.
    Medium,
    /// A club.
    Club,
    /// The word is of sport, wherever it stands in the text.
    Sport,
}

fn is_of_sport(trigger: &[(Supports, f32)]) -> bool {
    trigger.iter().any(|&(supports, _)| supports == Supports::Sport)
}

macro_rules! weights {
    ($($name:ident)*) => {
        /// The weights of `evidence.tsv`, by the names that they have there.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Weights { $(pub(crate) $name: f32,)* }

        impl Weights {
            fn parse(file: &'static str, content: &'static str) -> Result<Self, KnowledgeError> {
                $(let mut $name = None;)*
                for_rows(&[(file, content)], &["feature", "weight"], |row| {
                    let [feature, weight] = row.fields()?;
                    let weight = row.parse(weight, "a weight")?;
                    let known = match feature {
                        $(stringify!($name) => $name.replace(weight),)*
                        _ => return Err(row.error("no such feature is looked for")),
                    };
                    if known.is_some() { Err(row.error("the feature has a weight already")) } else { Ok(()) }
                })?;
                Ok(Self { $($name: $name.ok_or_else(|| KnowledgeError {
                    file: file.to_owned(),
                    line: 0,
                    problem: concat!("`", stringify!($name), "` has no weight").to_owned(),
                })?,)* })
            }
        }
    };
}

weights! {
    threshold country nationality capital region city organization event person place_too city_per_decade_over_100k near_country common country_name ambiguous announcing_word several_words
    proclitic_and_few_letters two_letters ha_for_ta_marbuta alef_maksura_word common_before_pronoun accusative_sign beside_same_country beside_place after_definite_noun
    after_indefinite_noun dateline_city dateline_country same_entity same_country after_person_word after_nationality people_after_bare_word other_language_share other_language_country other_language_city
    other_language_nationality other_language_name phrase_portfolio phrase_topic phrase_noun phrase_official phrase_adjective phrase_nationality phrase_state phrase_for
    phrase_place phrase_body phrase_listed phrase_name phrase_quoted phrase_person phrase_ordinal phrase_at phrase_ordinary phrase_this phrase_definite phrase_introduced phrase_joined phrase_place_alone dateline_agency source_line phrase_common_place
    person_given person_family person_words person_more_words person_connector person_common person_common_single person_ordinary person_single person_unknown person_place person_foreign
    person_after_role person_after_word person_after_nationality person_after_speech person_said person_addressed person_alone person_before_role person_introduced person_introduced_given person_introduced_speech person_introduced_ordinary person_listed
    role role_person role_before_nationality role_before_body role_definite role_held role_high role_complement role_before_noun role_after_person
    enclosed agency_enclosed club_in_sport same_nationality_after nationality_after sport_words
}

impl Evidence {
    pub(super) fn built_in() -> Result<Self, KnowledgeError> {
        let (file, content) = data!("curated/evidence.tsv");
        let weights = Weights::parse(file, content)?;
        let mut triggers: Map<String, Vec<(Supports, f32)>> = Map::default();
        for_rows(&[data!("curated/triggers.tsv")], &["word", "for", "weight"], |row| {
            let [word, supports, weight] = row.fields()?;
            let supports = match supports {
                "country" => Supports::Country,
                "city" => Supports::City,
                "region" => Supports::Region,
                "place" => Supports::Place,
                "nationality" => Supports::Nationality,
                "person" => Supports::Person,
                "body" => Supports::Body,
                "medium" => Supports::Medium,
                "club" => Supports::Club,
                "sport" => Supports::Sport,
                _ => return Err(row.error("a trigger is for none of what the head of the file lists")),
            };
            let weight = row.parse(weight, "a weight")?;
            triggers.entry(normalize::fold(word).text).or_default().push((supports, weight));
            Ok(())
        })?;
        let mut near = Set::default();
        for_rows(&[data!("curated/near_countries.tsv")], &["iso_3166"], |row| {
            near.insert(row.first());
            Ok(())
        })?;
        let mut other_letters = Set::default();
        for_rows(&[data!("curated/other_letters.tsv")], &["letter", "name"], |row| {
            let code = row.first().strip_prefix("U+").and_then(|hex| u32::from_str_radix(hex, 16).ok());
            let letter =
                code.and_then(char::from_u32).ok_or_else(|| row.error("the letter is no code point"))?;
            other_letters.insert(letter);
            Ok(())
        })?;
        let pairs = other_letters.iter().map(|letter| {
            let mut bytes = [0; 4];
            letter.encode_utf8(&mut bytes);
            let [lead, second, ..] = bytes;
            u16::from_be_bytes([lead, second])
        });
        let others = [pairs.clone().min().unwrap_or_default(), pairs.max().unwrap_or_default()];
        let sieve = Sieve::of(triggers.keys());
        let of_sport = triggers.iter().filter(|(_, supports)| is_of_sport(supports)).map(|(word, _)| word);
        let of_sport = Endings::of(of_sport);
        Ok(Self {
            weights,
            forms: Forms::built_in()?,
            triggers,
            sieve,
            of_sport,
            near,
            other_letters,
            others,
        })
    }

    /// Whether `text` may have letters of another language that is written in the Arabic script.
    pub(crate) fn may_have_other_letters(&self, text: &str) -> bool {
        // All pairs of bytes are looked at, which many at once are.
        let bytes = text.as_bytes();
        let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
        let [first, last] = self.others;
        let behind_first = pairs.map(|(&lead, &next)| u16::from_be_bytes([lead, next]).wrapping_sub(first));
        behind_first.fold(u16::MAX, u16::min) <= last - first
    }

    /// Whether `line` (not folded: folding levels the letters) is in another language that is written
    /// in the Arabic script, by its letters.
    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn is_other_language(&self, line: &str) -> bool {
        if !self.may_have_other_letters(line) {
            return false;
        }
        let (mut letters, mut others) = (0_usize, 0_usize);
        for c in line.chars() {
            // Nearly all letters are Arabic's own; tables are asked for what is left.
            if super::is_arabic_letter(c) {
                letters += 1;
            } else if !c.is_ascii() {
                let is_other = self.other_letters.contains(&c);
                others += usize::from(is_other);
                letters += usize::from(is_other || !super::is_sign(c) && c.is_alphabetic());
            }
        }
        others >= MANY_LETTERS && others as f32 >= self.weights.other_language_share * letters as f32
    }

    /// Whether Arabic news speaks of the towns of the country with this code.
    pub(crate) fn is_near(&self, iso: &str) -> bool {
        self.near.contains(iso)
    }

    /// Whether `word`, folded, is a word of sport behind one of the proclitics that may stand before it.
    pub(crate) fn is_of_sport(&self, word: &str, proclitics: &Proclitics) -> bool {
        self.of_sport.may_end(word) && proclitics.strip(word).any(|word| is_of_sport(self.trigger(word)))
    }

    /// What `word` (folded, without proclitics) as the word before speaks for.
    pub(crate) fn trigger(&self, word: &str) -> &[(Supports, f32)] {
        if !self.sieve.passes(word) {
            return &[];
        }
        self.triggers.get(word).map_or(&[], Vec::as_slice)
    }
}
