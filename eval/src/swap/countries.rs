//! Countries with all their forms: name, nationality, the capital that stands for the government.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::{Country, Lists, key, rare, without_article};
use crate::random::{hash, lot};

/// The countries of an article, and which stands for each.
pub(super) struct Countries<'l> {
    lists: &'l Lists,
    new: BTreeMap<String, &'l Country>,
    /// Peoples without a state.
    peoples: BTreeMap<String, &'l str>,
}

impl<'l> Countries<'l> {
    /// For the codes that an article has, in order; `used` are the keys of its names.
    pub(super) fn new(lists: &'l Lists, seed: u64, codes: &[&str], used: &BTreeSet<String>) -> Self {
        let mut new: BTreeMap<String, &Country> = BTreeMap::new();
        for code in codes {
            let known = lists.country_names.values().any(|owners| owners.iter().any(|owner| owner == code));
            if !known || new.contains_key(*code) {
                continue;
            }
            let one = hash(&format!("country {seed} {code}"));
            let masculine = lists.is_masculine(code);
            let alike: Vec<&Country> =
                lists.countries.iter().filter(|country| country.masculine == masculine).collect();
            let is_free = |country: &&&Country| {
                !codes.contains(&country.iso.as_str())
                    && !used.contains(&key(&country.name))
                    && !used.contains(&key(&country.capital))
                    && new.values().all(|taken| taken.iso != country.iso)
            };
            let best = |pool: &[&'l Country]| {
                pool.iter().filter(is_free).max_by_key(|country| lot(one, country.hash)).copied()
            };
            // Of the masculine ones there are few: then one of the better known half.
            let drawn = best(&rare(alike.clone(), |country| country.count)).or_else(|| best(&alike));
            if let Some(country) = drawn {
                new.insert((*code).to_owned(), country);
            }
        }
        Self { lists, new, peoples: BTreeMap::new() }
    }

    /// The keys of the names that stand for others.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.new.values().flat_map(|country| [key(&country.name), key(&country.capital)])
    }

    /// Which country stands for that of `code`.
    pub(super) fn of(&self, code: &str) -> Option<&'l Country> {
        self.new.get(code).copied()
    }

    /// What stands for `name`, by which the country of `code` or its government is called.
    pub(super) fn name(&self, code: &str, name: &str) -> Option<String> {
        let country = self.of(code)?;
        let is_name =
            self.lists.country_names.get(&key(name)).is_some_and(|owners| owners.iter().any(|o| o == code));
        if !is_name
            && self.lists.capitals.get(&key(name)).is_some_and(|owners| owners.iter().any(|o| o == code))
        {
            return Some(country.capital.clone());
        }
        // `مملكة البحرين`, `الجمهورية التونسية`: the form of state stays.
        let state =
            name.split_whitespace().next().filter(|first| self.lists.state_words.contains(&key(first)));
        Some(match state {
            Some(state) if name.contains(' ') => {
                format!("{} {}", state.strip_prefix("ال").unwrap_or(state), country.name)
            }
            _ => country.name.clone(),
        })
    }

    /// What stands for the nationality `word` of `code` (`-`: a people without a state), in the same form.
    pub(super) fn nationality(&mut self, seed: u64, code: &str, word: &str) -> Option<String> {
        // The accusative of the masculine singular is in no list.
        let bare = without_article(word);
        let short = bare.strip_suffix('ا').unwrap_or(bare);
        for (stem, end) in [(bare, ""), (short, "ا")] {
            let Some(readings) = self.lists.nationalities.get(&key(stem)) else { continue };
            let of_code = |owner: &str| if code == "-" { owner.starts_with('-') } else { owner == code };
            let Some((owner, form)) = readings.iter().find(|(owner, _)| of_code(owner)) else { continue };
            let new = if code == "-" { self.people(seed, owner)? } else { self.of(code)?.iso.as_str() };
            let forms = self.lists.forms.get(new)?;
            // Of a broken plural nothing shows the case; the sound one is oblique more often than not.
            let wanted: &[&str] =
                if form == "m_pl_broken" { &["m_pl_broken", "m_pl_obl"] } else { &[form.as_str()] };
            let found = wanted.iter().find_map(|form| forms.iter().find(|(other, _)| other == form));
            let article = if bare == word { "" } else { "ال" };
            return found.map(|(_, new)| format!("{article}{new}{end}"));
        }
        None
    }

    /// Which people stands for `old`.
    fn people(&mut self, seed: u64, old: &str) -> Option<&'l str> {
        if let Some(new) = self.peoples.get(old) {
            return Some(new);
        }
        let one = hash(&format!("people {seed} {old}"));
        let taken: BTreeSet<&str> = self.peoples.values().copied().collect();
        let is_whole = |forms: &[(String, String)]| {
            ["f_sg", "m_pl", "m_pl_obl"].iter().all(|form| forms.iter().any(|(other, _)| other == form))
        };
        let new = self
            .lists
            .forms
            .iter()
            .filter(|(owner, forms)| owner.starts_with('-') && *owner != old && is_whole(forms))
            .filter(|(owner, _)| !taken.contains(owner.as_str()))
            .max_by_key(|(owner, _)| lot(one, hash(owner)))?;
        self.peoples.insert(old.to_owned(), new.0);
        Some(new.0)
    }
}
