//! Places that are no countries, bodies and events.

use std::collections::{BTreeMap, BTreeSet};

use warraq_core::entities::EntityType;
use warraq_core::normalize;

use super::invented::{self, Style};
use super::lists::{CITIES, Lists, Name, Thing, behind_proclitics, key, rare, without_article};
use crate::random::{hash, lot};

/// One thing of an article with all that it is called there.
pub(super) struct Called<'t> {
    pub(super) kind: EntityType,
    /// Its id in the article.
    pub(super) id: &'t str,
    /// Its names, with the article where they have it.
    pub(super) names: Vec<String>,
    /// The words before its names.
    pub(super) before: Vec<&'t str>,
}

/// What a name must have in common with the one that it stands for.
struct Shape<'n> {
    head: Option<&'n str>,
    article: bool,
}

impl<'n> Shape<'n> {
    fn of(lists: &Lists, name: &'n str) -> Self {
        let first = name.split_whitespace().next().unwrap_or_default();
        Self { head: lists.head(name), article: without_article(first) != first }
    }

    fn fits(&self, name: &Name) -> bool {
        match (self.head, &name.head) {
            // A class noun has the article where adjectives follow, and else not: as the old name, the new one.
            (Some(head), Some(other)) => {
                let first = name.text.split(' ').next().unwrap_or_default();
                key(head) == *other && self.article == (without_article(first) != first)
            }
            (None, None) => true,
            _ => false,
        }
    }
}

/// Draws from the lists; `used` are the keys of names that nothing new may have.
pub(super) fn listed(
    lists: &Lists,
    seed: u64,
    called: &Called<'_>,
    used: &mut BTreeSet<String>,
) -> BTreeMap<String, String> {
    let mut new = BTreeMap::new();
    let Some(primary) = called.names.iter().max_by_key(|name| name.split_whitespace().count()) else {
        return new;
    };
    let one = hash(&format!(
        "{} {seed} {} {}",
        crate::gold::label(called.kind).unwrap_or_default(),
        called.id,
        key(primary)
    ));
    let Some((drawn, shape)) = drawn(lists, one, called, primary, used) else { return new };
    // Other names of the thing: those of the new one that are built like them, else its first.
    let mut left: Vec<&Name> = drawn.names.iter().filter(|name| name.plain).collect();
    let mut take = |shape: &Shape<'_>| {
        let at = left.iter().position(|name| shape.fits(name));
        at.map(|at| left.remove(at).text.clone())
    };
    // Of a city any name will do.
    let any = || drawn.names.iter().find(|name| name.plain).map(|name| name.text.clone());
    let Some(first) = take(&shape).or_else(any) else { return new };
    for name in &called.names {
        let is_primary = key(name) == key(primary);
        let text = if is_primary {
            first.clone()
        } else {
            take(&Shape::of(lists, name)).unwrap_or_else(|| first.clone())
        };
        new.entry(key(name)).or_insert(text);
    }
    used.extend(drawn.names.iter().map(|name| name.key.clone()));
    new
}

/// The thing that stands for the one that is called so, and what of its names stands for `primary`.
fn drawn<'l, 'n>(
    lists: &'l Lists,
    one: u64,
    called: &Called<'_>,
    primary: &'n str,
    used: &BTreeSet<String>,
) -> Option<(&'l Thing, Shape<'n>)> {
    let mut shape = Shape::of(lists, primary);
    for subtype in subtypes(lists, called, primary) {
        let class =
            lists.of_class.get(&(called.kind, subtype.clone())).map(Vec::as_slice).unwrap_or_default();
        let free: Vec<&Thing> = class
            .iter()
            .filter_map(|&index| lists.things.get(index))
            .filter(|thing| thing.names.iter().all(|name| !used.contains(&name.key)))
            .collect();
        let is_city = CITIES.contains(&subtype.as_str());
        let fits = |shape: &Shape<'_>, thing: &Thing| {
            thing.names.iter().any(|name| name.plain && (is_city || shape.fits(name)))
        };
        let mut alike: Vec<&Thing> = free.iter().copied().filter(|thing| fits(&shape, thing)).collect();
        // A class noun of another kind is no class noun here (`الجيش الملكي`, a club). Regions are called by one
        // word or several, as it comes.
        let own_head = shape.head.is_none_or(|head| {
            lists.heads.get(&key(head)).is_some_and(|heads| heads.iter().any(|head| head.subtype == subtype))
        });
        if alike.is_empty() && !own_head {
            let bare = Shape { head: None, article: shape.article };
            alike = free.iter().copied().filter(|thing| fits(&bare, thing)).collect();
            if !alike.is_empty() {
                shape = bare;
            }
        }
        let whole: Vec<&Thing> = alike
            .iter()
            .copied()
            .filter(|thing| called.names.iter().all(|name| fits(&Shape::of(lists, name), thing)))
            .filter(|thing| thing.names.iter().filter(|name| name.plain).count() >= called.names.len())
            .collect();
        let pool = if whole.is_empty() { alike } else { whole };
        let best = rare(pool, |thing| thing.count)
            .into_iter()
            .max_by_key(|thing| lot(one, thing.names.first().map_or(0, |name| name.hash)));
        if let Some(best) = best {
            return Some((best, shape));
        }
    }
    None
}

/// What the thing may be, the likeliest first: what lists say of its names, its class noun, the word before it.
fn subtypes(lists: &Lists, called: &Called<'_>, primary: &str) -> Vec<String> {
    let mut subtypes: Vec<String> = Vec::new();
    for name in std::iter::once(&primary.to_owned()).chain(&called.names) {
        // Of several cities of one name the largest is meant.
        let best = lists.things_named(called.kind, name).max_by_key(|thing| thing.count);
        subtypes.extend(best.map(|thing| thing.subtype.clone()));
    }
    let mut of_head = |word: Option<&str>| {
        let heads = word.and_then(|word| lists.heads.get(&key(word))).map(Vec::as_slice).unwrap_or_default();
        subtypes
            .extend(heads.iter().filter(|head| head.kind == called.kind).map(|head| head.subtype.clone()));
    };
    of_head(lists.head(primary));
    called.before.iter().flat_map(|word| behind_proclitics(word)).for_each(|word| of_head(Some(word)));
    if called.kind == EntityType::Location && lists.head(primary).is_none() {
        // A small place that no list has is a town more often than anything else.
        subtypes.extend(CITIES.map(ToOwned::to_owned));
    }
    subtypes
}

/// Made-up names: class nouns and words that only describe stay.
pub(super) fn unlisted(lists: &Lists, seed: u64, called: &Called<'_>) -> BTreeMap<String, String> {
    let mut new = BTreeMap::new();
    for name in &called.names {
        let words: Vec<&str> = name.split(' ').collect();
        let head = usize::from(lists.head(name).is_some() && words.len() > 1);
        let stays = |word: &str| {
            behind_proclitics(&normalize::fold(word).text).any(|word| {
                let word = without_article(word);
                lists.ordinary.contains(word) || lists.descriptive.contains(word) || word.chars().count() < 2
            })
        };
        let describes = |word: &str| lists.descriptive.contains(&key(word));
        let rest = words.get(head..).unwrap_or_default();
        // All that is ordinary makes a name of a place or of a club; of a ministry it says what it does.
        let all = rest.iter().all(|word| stays(word))
            && (called.kind == EntityType::Location
                || (rest.len() == 1 && !rest.iter().any(|word| describes(word))));
        let mut changed = false;
        let made: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(at, word)| {
                let letters = word.chars().all(|c| ('ء'..='ي').contains(&c));
                if at < head || !letters || (stays(word) && !all) {
                    return (*word).to_owned();
                }
                // In a name lam and its article stay (`الأفق للنقل`).
                let folded = normalize::fold(word).text;
                if let Some(rest) = folded.strip_prefix("لل").filter(|_| at > 0) {
                    let made =
                        invented::word(lists, seed, rest, false, Style { foreign: false, feminine: false });
                    changed |= made.is_some();
                    return made.map_or((*word).to_owned(), |made| format!("لل{made}"));
                }
                let article = without_article(&folded) != folded;
                let style = Style { foreign: !article, feminine: false };
                let made = invented::word(lists, seed, without_article(&folded), article, style);
                changed |= made.is_some();
                made.unwrap_or_else(|| (*word).to_owned())
            })
            .collect();
        if changed {
            new.entry(key(name)).or_insert(made.join(" "));
        }
    }
    new
}
