//! Ids: of their form, of countries where countries are meant, of people who are there, of one person each.

use std::collections::{BTreeMap, BTreeSet};

use warraq_core::entities::EntityType;

use super::{NAMES, Sheet, named};
use crate::gold::{Mention, has_value};
use crate::own::words::{key, name_key};

/// A nationality's id that is none of a country.
const UNION: &str = "EU";
const NOBODY: &str = "-";

pub(super) fn check(sheet: &mut Sheet) {
    for mention in &sheet.article.mentions {
        form(sheet, mention);
        country(sheet, mention);
        role(sheet, mention);
    }
    two_types(sheet);
    surnames(sheet);
}

/// Speakers and holders of offices are known by their ids alone: a person's is no other thing's.
fn two_types(sheet: &mut Sheet) {
    let text = sheet.article.text.as_str();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for person in sheet.of_kind(EntityType::Person) {
        let others = sheet.article.mentions.iter().filter(|other| NAMES.contains(&other.kind));
        let other = others.into_iter().find(|other| other.id == person.id && other.kind != person.kind);
        if let Some(other) = other.filter(|_| told.insert(&person.id)) {
            let (line, there) = (sheet.line_of(other.span.begin), named(other, text));
            let message =
                format!("{} has the id `{}` of {there} in line {line}", named(person, text), person.id);
            sheet.find(person.span, "id", message);
        }
    }
}

fn is_slug(id: &str) -> bool {
    let is_part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(is_part)
}

fn form(sheet: &mut Sheet, mention: &Mention) {
    let id = mention.id.as_str();
    let (right, wanted) = match mention.kind {
        kind if has_value(kind) => return,
        EntityType::Nationality => (
            sheet.lists.countries.contains(id) || [UNION, NOBODY].contains(&id),
            "an ISO 3166 alpha-2 code, `EU`, or `-` for a people without a state",
        ),
        EntityType::Location => (
            sheet.lists.countries.contains(id) || is_slug(id),
            "an ISO 3166 alpha-2 code for a country, else small latin letters, digits and `_`",
        ),
        EntityType::Role => (is_slug(id) || id == NOBODY, "the id of a person of the article, or `-`"),
        _ => (is_slug(id), "small latin letters, digits and `_`"),
    };
    if !right {
        let message = format!("{} has the id `{id}`; expected {wanted}", named(mention, &sheet.article.text));
        sheet.find(mention.span, "id", message);
    }
}

/// A name that only a country has.
fn country(sheet: &mut Sheet, mention: &Mention) {
    if mention.kind != EntityType::Location {
        return;
    }
    let Some(codes) = sheet.lists.country_names.get(&name_key(&sheet.article.text, mention.span)) else {
        return;
    };
    if !codes.contains(&mention.id) {
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let message = format!(
            "{} is a country's name and has the id `{}`; expected {}",
            named(mention, &sheet.article.text),
            mention.id,
            codes.join(" or ")
        );
        sheet.find(mention.span, "country", message);
    }
}

/// An office is a person's who is there.
fn role(sheet: &mut Sheet, mention: &Mention) {
    let id = mention.id.as_str();
    if mention.kind == EntityType::Role
        && id != NOBODY
        && !sheet.of_kind(EntityType::Person).any(|person| person.id == id)
    {
        let message = format!(
            "{} has the id `{id}`, and no person of the article has; where the holder is not named it is `-`",
            named(mention, &sheet.article.text)
        );
        sheet.find(mention.span, "role", message);
    }
}

/// Two names of one person whose last words differ, and neither of which is a part of the other.
fn surnames(sheet: &mut Sheet) {
    let text = sheet.article.text.as_str();
    let mut people: BTreeMap<&str, Vec<(String, &Mention)>> = BTreeMap::new();
    for mention in sheet.of_kind(EntityType::Person) {
        people.entry(&mention.id).or_default().push((key(mention.span.of(text)), mention));
    }
    for (id, names) in people {
        // `أحلام`, `بن يدر` and the whole name that has both.
        let whole =
            |one: &str, other: &str| names.iter().any(|(name, _)| within(one, name) && within(other, name));
        for (at, (name, mention)) in names.iter().enumerate() {
            let before = names.get(..at).unwrap_or_default();
            // Told once for each name.
            if before.iter().any(|(other, _)| other == name) {
                continue;
            }
            if let Some((_, other)) =
                before.iter().find(|(other, _)| two_surnames(name, other) && !whole(name, other))
            {
                let line = sheet.line_of(other.span.begin);
                let message = format!(
                    "`{}` and, in line {line}, `{}` have one id, `{id}`, and no surname in common",
                    mention.span.of(text),
                    other.span.of(text)
                );
                sheet.find(mention.span, "surname", message);
                // The others of the person differ from one of these two.
                break;
            }
        }
    }
}

fn two_surnames(one: &str, other: &str) -> bool {
    let last = |name: &str| {
        name.split(' ').next_back().map(|word| word.strip_prefix("ال").unwrap_or(word).to_owned())
    };
    // `عبد العزيز` and `عبدالعزيز` are one; a name in other letters says nothing.
    let letters = |name: &str| name.replace(' ', "");
    let latin = |name: &str| name.chars().any(|c| c.is_ascii_alphabetic());
    last(one) != last(other)
        && latin(one) == latin(other)
        && !letters(one).contains(&letters(other))
        && !letters(other).contains(&letters(one))
        && !within(one, other)
        && !within(other, one)
}

/// Whether all words of `one` are in `other`.
fn within(one: &str, other: &str) -> bool {
    one.split(' ').all(|word| other.split(' ').any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_slugs() {
        assert!(is_slug("energy_ministry_sa") && is_slug("cop28"));
        assert!(
            !is_slug("Putin") && !is_slug("28cop") && !is_slug("") && !is_slug("a b") && !is_slug("بوتين")
        );
    }

    #[test]
    fn a_part_of_a_name_is_no_other_surname() {
        for (one, other, two) in [
            ("بشار الاسد", "الاسد", false),
            ("مريم سال", "مريم", false),
            ("سلمان بن فهد الحربي", "سلمان الحربي", false),
            ("عبد العزيز", "عبدالعزيز", false),
            ("كوفاكس", "covax", false),
            ("سلمان الحربي", "سلمان العتيبي", true),
            ("ماركيز", "بيريرا", true),
        ] {
            assert_eq!(two_surnames(one, other), two, "{one} {other}");
        }
    }
}
