//! How much of what is found is owed to knowing the very names: a gold article in which each name is another one of
//! its kind, with the gold carried along. Nothing but names changes.
//!
//! `listed` draws from `data/lexicons`, from the rare half: of all rows that fit, those whose count is the median's at
//! most. `unlisted` makes names up that no list has; there class nouns, countries and nationalities stay.
//!
//! | name | stands for it, `listed` | rare is |
//! |---|---|---|
//! | of a person | word by word a given or family name of the same gender, Arabic or foreign as it was, with or without the article | the class of `given` or `family` in `name_words.tsv` |
//! | a country with its nationality and its capital where that is the government | one of the same grammatical gender, all forms of it | the inhabitants of its listed cities |
//! | a city | a city, in an Arab country or not | its population, 0 where unknown |
//! | another place, a body, an event | one of the same subtype and with the same class noun | how many spellings are listed; rows by hand count for a thousand |
//!
//! Rows with a flag (`common`, `place`, `ambiguous` …) are not drawn: they are hard for another reason. A name with names
//! in it (`الجيش السوري`) keeps its own words, and what is nested is swapped. One thing has one new name per name, in all
//! articles; variants of one spelling become one. What has no listed one of its kind is kept, and counted.
//!
//! Not kept: the gender of bodies and places without a class noun, the case of a broken plural (`أكراد`), that a city lies
//! in the country that is told with it, and that a short name (`أوتشا`) is listed with the long one where no body with
//! names of both kinds is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use warraq_core::entities::EntityType;

use crate::edit::{Edit, apply};
use crate::gold::{Article, Mention, is_country_code, label};

mod countries;
pub(crate) mod figures;
mod invented;
mod lists;
mod people;
mod things;

pub use crate::lexicons::LEXICONS;
pub use lists::{EXTRA, Lists};

use countries::Countries;
use lists::key;
use people::{NameWords, People};
use things::Called;

/// What stands for names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Swap {
    /// Rare listed names.
    Listed,
    /// Names that are in no list.
    Unlisted,
}

impl Swap {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Listed, Self::Unlisted];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Unlisted => "unlisted",
        }
    }

    /// The one of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|swap| swap.name() == name)
    }
}

/// How many mentions of names there were, and how many of them are as they were, by the labels of their types.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Names and kept names.
    pub of_type: BTreeMap<&'static str, (usize, usize)>,
}

impl Count {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        for (label, (names, kept)) in &other.of_type {
            let known = self.of_type.entry(label).or_default();
            *known = (known.0 + names, known.1 + kept);
        }
    }

    /// How many names, and how many of them were kept.
    pub fn whole(&self) -> (usize, usize) {
        self.of_type.values().fold((0, 0), |sum, (names, kept)| (sum.0 + names, sum.1 + kept))
    }
}

/// The types of names; of offices, dates and amounts nothing changes.
const NAMES: [EntityType; 5] = [
    EntityType::Person,
    EntityType::Location,
    EntityType::Organization,
    EntityType::Event,
    EntityType::Nationality,
];

/// Swaps names by what is listed.
pub struct Swapper {
    lists: Lists,
    name_words: NameWords,
}

/// A name with none in it.
struct Leaf<'a> {
    mention: &'a Mention,
    /// Where it stands, without a date at its end.
    range: Range<usize>,
    /// With the alef that lam has swallowed.
    name: String,
    /// Whether lam is written on to it.
    after_lam: bool,
}

impl Swapper {
    /// Draws from `lists`.
    pub fn new(lists: Lists) -> Self {
        let name_words = NameWords::new(&lists);
        Self { lists, name_words }
    }

    /// The article with other names, drawn from `seed`, and how many are as they were.
    #[must_use]
    pub fn swap(&self, article: &Article, swap: Swap, seed: u64) -> (Article, Count) {
        let leaves = self.leaves(article);
        let mut used: BTreeSet<String> = BTreeSet::new();
        for leaf in &leaves {
            used.insert(key(&leaf.name));
            used.extend(leaf.name.split([' ', '-']).map(key));
        }
        let codes: Vec<&str> = article
            .mentions
            .iter()
            .filter(|mention| swap == Swap::Listed && has_code(mention))
            .map(|mention| mention.id.as_str())
            .collect();
        let mut countries = Countries::new(&self.lists, seed, &codes, &used);
        used.extend(countries.names());
        let mut people = People::new(&self.lists, &self.name_words, swap, seed, used.clone());
        let mut new: BTreeMap<(EntityType, &str), BTreeMap<String, String>> = BTreeMap::new();
        for (at, leaf) in leaves.iter().enumerate() {
            let thing = (leaf.mention.kind, leaf.mention.id.as_str());
            if has_code(leaf.mention)
                || leaf.mention.kind == EntityType::Nationality
                || new.contains_key(&thing)
            {
                continue;
            }
            let (mut names, mut before): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
            for other in leaves
                .iter()
                .skip(at)
                .filter(|other| (other.mention.kind, other.mention.id.as_str()) == thing)
            {
                if !names.contains(&other.name) {
                    names.push(other.name.clone());
                }
                let line = article.text.get(..other.range.start).unwrap_or_default();
                before.extend(line.strip_suffix(' ').and_then(|line| line.rsplit(['\n', ' ']).next()));
            }
            let drawn = if leaf.mention.kind == EntityType::Person {
                people.draw(&names);
                BTreeMap::new()
            } else {
                let (kind, id) = thing;
                let called = Called { kind, id, names, before };
                match swap {
                    Swap::Unlisted => things::unlisted(&self.lists, seed, &called),
                    Swap::Listed => self
                        .capital(&countries, &called)
                        .unwrap_or_else(|| things::listed(&self.lists, seed, &called, &mut used)),
                }
            };
            new.insert(thing, drawn);
        }

        let mut edits = Vec::new();
        for leaf in &leaves {
            let Mention { kind, id, .. } = leaf.mention;
            let text = match kind {
                EntityType::Person => Some(people.name(&leaf.name)),
                EntityType::Nationality if swap == Swap::Listed => {
                    countries.nationality(seed, id, &leaf.name)
                }
                _ if has_code(leaf.mention) => countries.name(id, &leaf.name),
                _ => new.get(&(*kind, id.as_str())).and_then(|names| names.get(&key(&leaf.name))).cloned(),
            };
            if let Some(text) = text.filter(|text| *text != leaf.name) {
                let written = if leaf.after_lam {
                    text.strip_prefix('ا').filter(|rest| rest.starts_with('ل'))
                } else {
                    None
                };
                edits.push(Edit::replace(leaf.range.clone(), written.unwrap_or(&text)));
            }
        }
        let mut swapped = apply(article, &edits);
        for (mention, old) in swapped.mentions.iter_mut().zip(&article.mentions) {
            if has_code(old)
                && edits.iter().any(|edit| edit.range == old.span.range())
                && let Some(country) = countries.of(&old.id)
            {
                mention.id.clone_from(&country.iso);
            }
        }
        let count = count(article, &swapped);
        (swapped, count)
    }

    /// A city that is the capital of a country in the article is the capital of the one that stands for it.
    fn capital(&self, countries: &Countries<'_>, called: &Called<'_>) -> Option<BTreeMap<String, String>> {
        if called.kind != EntityType::Location {
            return None;
        }
        let owners = called.names.iter().find_map(|name| self.lists.capitals.get(&key(name)))?;
        let new = owners.iter().find_map(|code| countries.of(code))?;
        Some(called.names.iter().map(|name| (key(name), new.capital.clone())).collect())
    }

    /// The names of an article that have no names in them, in order.
    fn leaves<'a>(&self, article: &'a Article) -> Vec<Leaf<'a>> {
        let is_name = |mention: &Mention| NAMES.contains(&mention.kind);
        let names: Vec<&Mention> = article.mentions.iter().filter(|mention| is_name(mention)).collect();
        let surfaces: BTreeSet<String> =
            names.iter().map(|mention| key(mention.span.of(&article.text))).collect();
        let mut leaves: Vec<Leaf<'a>> = Vec::new();
        for (at, mention) in names.iter().enumerate() {
            if names.get(at + 1).is_some_and(|next| mention.span.contains(next.span)) {
                continue;
            }
            let mut range = mention.span.range();
            let nested = article.mentions.iter().filter(|other| {
                !is_name(other) && mention.span.contains(other.span) && mention.span != other.span
            });
            let nested: Vec<Range<usize>> = nested.map(|other| other.span.range()).collect();
            if let Some(first) = nested.first() {
                // A year after the name stays; what has anything else in it is kept as it is.
                let head = article.text.get(range.start..first.start).unwrap_or_default().trim_end();
                if head.is_empty() || nested.last().is_none_or(|last| last.end != range.end) {
                    continue;
                }
                range.end = range.start + head.len();
            }
            let text = article.text.get(range.clone()).unwrap_or_default();
            let after_lam = article.text.get(..range.start).is_some_and(|before| before.ends_with('ل'));
            let name = if after_lam { self.restored(mention.kind, text, &surfaces) } else { text.to_owned() };
            leaves.push(Leaf { mention, range, name, after_lam });
        }
        leaves
    }

    /// A name after lam with the alef of its article, where it had one: of `لجيش` `الجيش`, of `لندن` itself.
    fn restored(&self, kind: EntityType, text: &str, surfaces: &BTreeSet<String>) -> String {
        let lists = &self.lists;
        let whole = format!("ا{text}");
        let first = text.split(' ').next().unwrap_or_default();
        let begins_so = match kind {
            EntityType::Person => lists.name_word.contains_key(&key(first)),
            EntityType::Nationality => lists.nationalities.contains_key(&key(text)),
            _ => {
                lists.country_names.contains_key(&key(text))
                    || lists.things_named(kind, text).next().is_some()
                    || lists.head(text).is_some()
            }
        };
        // A name that is written out elsewhere is what it is there.
        if !text.starts_with('ل') || (begins_so && !surfaces.contains(&key(&whole))) {
            text.to_owned()
        } else {
            whole
        }
    }
}

/// Whether the mention is of a country, which its id says.
fn has_code(mention: &Mention) -> bool {
    matches!(mention.kind, EntityType::Location | EntityType::Nationality) && is_country_code(&mention.id)
}

/// How many names are as they were. An article keeps the order of its mentions.
fn count(before: &Article, after: &Article) -> Count {
    let mut count = Count::default();
    for (old, new) in before.mentions.iter().zip(&after.mentions) {
        if NAMES.contains(&old.kind) {
            let known = count.of_type.entry(label(old.kind).unwrap_or_default()).or_default();
            let kept = old.span.of(&before.text) == new.span.of(&after.text);
            *known = (known.0 + 1, known.1 + usize::from(kept));
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::markup::parse;

    static SWAPPER: LazyLock<Swapper> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        Swapper::new(Lists::read(&root).unwrap_or_else(|error| panic!("{error}")))
    });

    /// An article of our own with names of all kinds.
    const ARTICLE: &str = "\
# title: سالم بن كامل الحداد يزور تونس
# place: طهران
title\t[[PER s|سالم بن كامل الحداد]] يزور [[LOC TN|تونس]]
byline\tكتبت [[PER h|هالة عبد الرحمن]]

paragraph\t<<DATELINE|[[LOC tehran|طهران]] ([[ORG r|رويترز]]) ->> قال [[ROLE s|الوزير]] [[PER s|الحداد]] إن ل[[ORG a|لجيش [[NAT TN|التونسي]]]] دورا، وإن [[LOC IR|طهران]] و[[NAT IR|الإيرانيين]] يعرفون. // وزار {{s|«[[LOC s1|مطار [[LOC tehran|طهران]] الدولي]]»}} مع [[PER h|عبد الرحمن]] ومراسل [[ORG p|حزب البعث]] ل[[PER h|هالة]].
paragraph\tعاد إلى [[LOC LB|لبنان]] ثم ل[[LOC IQ|لعراق]] في [[DATE 2024|2024]]، ووصل [[NAT -|الأكراد]] إلى [[EVENT e|كأس العالم [[DATE 2026|2026]]]] عبر [[LOC x|جسر]].
source\t[[ORG r|رويترز]]
";

    fn article() -> Article {
        parse("ours", ARTICLE).unwrap_or_else(|error| panic!("{error}"))
    }

    fn swapped(content: &str, swap: Swap, seed: u64) -> Article {
        SWAPPER.swap(&parse("ours", content).unwrap_or_else(|error| panic!("{error}")), swap, seed).0
    }

    /// What the mentions are now, in order.
    fn names(article: &Article) -> Vec<&str> {
        article.mentions.iter().map(|mention| mention.span.of(&article.text)).collect()
    }

    /// The text between names, without the article's lam where it is written on to a proclitic.
    fn others(article: &Article) -> String {
        let mut out = String::new();
        let mut done = 0;
        for leaf in SWAPPER.leaves(article) {
            out.push_str(&article.text[done..leaf.range.start]);
            out.push('_');
            done = leaf.range.end;
        }
        out.push_str(&article.text[done..]);
        out
    }

    #[test]
    fn a_person_keeps_what_joins_the_names() {
        for seed in 0..20 {
            let after = swapped(ARTICLE, Swap::Listed, seed);
            let names = names(&after);
            let words: Vec<&str> = names[0].split(' ').collect();
            assert_eq!((words.len(), words[1]), (4, "بن"), "{names:?}");
            assert!(words[3].starts_with("ال") && !ARTICLE.contains(words[3]) && !ARTICLE.contains(words[0]));
            // The surname alone is the surname of the whole name, and the title has them too.
            let surname =
                after.mentions.iter().position(|mention| mention.kind == EntityType::Role).unwrap() + 1;
            assert_eq!(names[surname], words[3]);
            assert!(after.meta["title"].starts_with(names[0]));
            let short = names.iter().find(|name| **name == "عبد الرحمن");
            assert!(short.is_some() && names[2].ends_with(" عبد الرحمن") && !names[2].starts_with("هالة"));
        }
    }

    #[test]
    fn a_country_moves_with_its_nationality_its_capital_and_its_id() {
        for seed in 0..20 {
            let before = article();
            let after = swapped(ARTICLE, Swap::Listed, seed);
            let at = |id: &str| -> Vec<(EntityType, String, &str)> {
                let with_old = before.mentions.iter().zip(&after.mentions);
                with_old
                    .filter(|(old, _)| old.id == id)
                    .map(|(_, new)| (new.kind, new.id.clone(), new.span.of(&after.text)))
                    .collect()
            };
            let [tunisia, tunisian] = at("TN").try_into().unwrap();
            assert_eq!(tunisia.1, tunisian.1);
            assert_ne!(tunisia.1, "TN");
            let country = SWAPPER.lists.countries.iter().find(|country| country.iso == tunisia.1).unwrap();
            assert!(tunisia.2 == country.name && !country.masculine);
            let forms = &SWAPPER.lists.nationalities[&key(tunisian.2)];
            assert!(forms.contains(&(tunisia.1.clone(), "m_sg".to_owned())), "{forms:?}");
            // The government and the city are called by the new capital.
            let [capital, iranians] = at("IR").try_into().unwrap();
            let country = SWAPPER.lists.countries.iter().find(|country| country.iso == capital.1).unwrap();
            assert_eq!(capital.2, country.capital);
            assert!(at("tehran").iter().all(|city| city.2 == country.capital && city.1 == "tehran"));
            assert_eq!(after.meta["place"], country.capital);
            let forms = &SWAPPER.lists.nationalities[&key(iranians.2)];
            assert!(forms.contains(&(country.iso.clone(), "m_pl_obl".to_owned())), "{forms:?}");
            // Of masculine countries others of them, and no two are one.
            let [lebanon] = at("LB").try_into().unwrap();
            let [iraq] = at("IQ").try_into().unwrap();
            assert!(SWAPPER.lists.is_masculine(&lebanon.1) && SWAPPER.lists.is_masculine(&iraq.1));
            let codes: BTreeSet<&String> = [&tunisia.1, &capital.1, &lebanon.1, &iraq.1].into();
            assert_eq!(codes.len(), 4);
        }
    }

    #[test]
    fn the_article_loses_its_alef_after_lam_and_has_it_again_elsewhere() {
        let content =
            "paragraph\tعاد ل[[LOC IQ|لعراق]] من [[LOC IQ|العراق]]، ول[[LOC LY|ليبيا]] من [[LOC LY|ليبيا]].";
        let mut seen = BTreeSet::new();
        for seed in 0..40 {
            let after = swapped(content, Swap::Listed, seed);
            for pair in names(&after).chunks(2) {
                let written =
                    pair[1].strip_prefix("ال").map_or(pair[1].to_owned(), |rest| format!("ل{rest}"));
                assert_eq!(pair[0], written);
                seen.insert(pair[1].starts_with("ال"));
            }
        }
        assert_eq!(seen.len(), 2, "only names with or only names without the article were drawn");
    }

    #[test]
    fn what_has_names_in_it_keeps_its_own_words() {
        let after = swapped(ARTICLE, Swap::Listed, 3);
        let names = names(&after);
        let army = names.iter().find(|name| name.starts_with("لجيش ال")).expect("the army");
        assert!(!army.contains("تونسي"));
        let airport = names.iter().find(|name| name.starts_with("مطار ")).expect("the airport");
        assert!(airport.ends_with(" الدولي") && !airport.contains("طهران"));
        // A party is another party; the year of an event stays in it.
        assert!(names.iter().any(|name| name.starts_with("حزب ") && !name.contains("البعث")), "{names:?}");
        let event = after.mentions.iter().find(|mention| mention.kind == EntityType::Event).unwrap();
        let event = event.span.of(&after.text);
        assert!(event.ends_with(" 2026") && !event.contains("العالم"), "{event}");
    }

    #[test]
    fn made_up_names_are_in_no_list_and_countries_stay() {
        for seed in 0..20 {
            let (before, after) = (article(), swapped(ARTICLE, Swap::Unlisted, seed));
            for (old, new) in before.mentions.iter().zip(&after.mentions) {
                let (was, is) = (old.span.of(&before.text), new.span.of(&after.text));
                if has_code(old) || old.kind == EntityType::Nationality {
                    assert_eq!(was, is);
                }
                assert_eq!(old.id, new.id);
                if old.kind == EntityType::Person || is != was && old.id == "r" {
                    let made = is.split(' ').filter(|word| !was.split(' ').any(|old| old == *word));
                    for word in made {
                        assert!(!SWAPPER.lists.knows(word), "{word}");
                    }
                }
            }
            assert_ne!(names(&after)[0].split(' ').next(), Some("سالم"));
            assert!(names(&after)[1] == "تونس" && !after.text.contains("رويترز"));
        }
    }

    #[test]
    fn what_is_not_listed_of_its_kind_is_kept_and_counted() {
        let content = "paragraph\tقال [[NAT EU|الأوروبي]] و[[PER s|سالم الحداد]] في [[ORG x|المرصد]].";
        let article = parse("ours", content).unwrap_or_else(|error| panic!("{error}"));
        let (_, count) = SWAPPER.swap(&article, Swap::Listed, 1);
        assert_eq!((count.of_type["NAT"], count.of_type["PER"]), ((1, 1), (1, 0)));
        assert_eq!(count.whole().0, 3);
    }

    #[test]
    fn one_name_is_the_same_in_all_articles_and_another_by_another_seed() {
        let other = "paragraph\tرأى [[PER q|سالم الحداد]] بيتا.";
        let first = |content, seed| {
            names(&swapped(content, Swap::Listed, seed))[0].split(' ').next().map(ToOwned::to_owned)
        };
        assert_eq!(first(ARTICLE, 1), first(other, 1));
        let drawn: BTreeSet<_> = (0..10).map(|seed| first(ARTICLE, seed)).collect();
        assert!(drawn.len() > 5, "{drawn:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn nothing_but_names_changes(seed in any::<u64>(), listed in any::<bool>()) {
            let before = article();
            let swap = if listed { Swap::Listed } else { Swap::Unlisted };
            let (after, count) = SWAPPER.swap(&before, swap, seed);
            prop_assert_eq!(&SWAPPER.swap(&before, swap, seed).0, &after);
            prop_assert_eq!(others(&after), others(&before));
            prop_assert_eq!(after.mentions.len(), before.mentions.len());
            prop_assert_eq!(after.sentences.len(), before.sentences.len());
            for (old, new) in before.mentions.iter().zip(&after.mentions) {
                let range = new.span.range();
                prop_assert!(after.text.get(range.clone()).is_some_and(|name| !name.is_empty() && name.trim() == name));
                prop_assert_eq!(old.kind, new.kind);
                if !NAMES.contains(&old.kind) {
                    prop_assert_eq!(old.span.of(&before.text), new.span.of(&after.text));
                }
            }
            let kinds = |article: &Article| article.blocks.iter().map(|block| block.kind).collect::<Vec<_>>();
            prop_assert_eq!(kinds(&after), kinds(&before));
            prop_assert!(count.whole().0 > count.whole().1);
        }
    }
}
