//! The same name in several places: annotated in all of them, and as one thing.

use std::collections::{BTreeMap, BTreeSet};

use warraq_core::Span;
use warraq_core::entities::EntityType;

use super::edges::is_whole;
use super::{NAMES, Sheet, named};
use crate::gold::{Mention, is_country_code, label};
use crate::own::words::{before, key, name_key, with_marks, without_article};

/// A word that is two things is found behind a proclitic only from this length on.
const SHORTEST: usize = 3;

pub(super) fn check(sheet: &mut Sheet) {
    untagged(sheet);
    two_readings(sheet);
}

/// How a name stands in the article where it is annotated.
struct Known<'a> {
    first: &'a Mention,
    /// Its spellings.
    surfaces: BTreeSet<&'a str>,
}

/// A name that stands somewhere without its mention.
fn untagged(sheet: &mut Sheet) {
    let text = sheet.article.text.as_str();
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let named_kinds = |kind: EntityType| NAMES.contains(&kind) || kind == EntityType::Nationality;
    for mention in sheet.article.mentions.iter().filter(|mention| named_kinds(mention.kind)) {
        known
            .entry(name_key(text, mention.span))
            .or_insert_with(|| Known { first: mention, surfaces: BTreeSet::new() })
            .surfaces
            .insert(mention.span.of(text));
    }
    // Longest first.
    let mut keys: Vec<(String, Known)> = known.into_iter().collect();
    keys.sort_by_key(|(key, _)| std::cmp::Reverse(key.chars().count()));
    let mut claimed: Vec<Span> = Vec::new();
    for (key, known) in keys {
        let places = places(sheet, &key, &known);
        // What lies in a longer name is that name's; but a nationality in it is annotated.
        let nationality = known.first.kind == EntityType::Nationality;
        let is_free = |span: &Span| nationality || !claimed.iter().any(|other| other.contains(*span));
        for span in places.iter().copied().filter(is_free) {
            missing(sheet, span, &known);
        }
        claimed.extend(places);
    }
}

/// Where the name `key` stands as a whole, but for proclitics.
fn places(sheet: &Sheet, key: &str, known: &Known) -> Vec<Span> {
    let folded = sheet.folded.text.as_str();
    let mut places = Vec::new();
    let assimilated = key.strip_prefix("ال").map(|rest| format!("ل{rest}"));
    for (pattern, behind_lam) in [(Some(key.to_owned()), false), (assimilated, true)] {
        let Some(pattern) = pattern.filter(|pattern| !pattern.is_empty()) else { continue };
        for (at, found) in folded.match_indices(&pattern) {
            let span = sheet.folded.alignment.to_source(Span::from_range(&(at..at + found.len())));
            let span = with_marks(&sheet.article.text, span);
            let prefix = self::key(before(&sheet.article.text, span.begin));
            let is_text = !in_address(&sheet.article.text, span);
            if is_text
                && is_whole(sheet, span)
                && (!behind_lam || prefix.ends_with('ل'))
                && is_it(sheet, span, &prefix, known)
            {
                places.push(span);
            }
        }
    }
    places
}

/// Whether `span` is a part of a hashtag, a handle or an address, in which nothing is annotated.
pub(super) fn in_address(text: &str, span: Span) -> bool {
    let head = text.get(..span.begin as usize).unwrap_or_default();
    let before = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = text.get(span.end as usize..).unwrap_or_default();
    before.contains(['#', '@', '_']) || before.contains("://") || after.starts_with(['@', '_'])
}

/// Whether what stands at `span` may be the name, and not another word that folds to it.
fn is_it(sheet: &Sheet, span: Span, prefix: &str, known: &Known) -> bool {
    let surface = sheet.of(span);
    let folded = key(surface);
    if folded.contains(' ') {
        return true;
    }
    // `علي` and `على`: a frequent word is the name only as the name is written.
    if sheet.lists.is_frequent(&folded) && !known.surfaces.contains(surface) {
        return false;
    }
    // `وليد` holds no `ليد`, `كريم` no `ريم`.
    prefix.is_empty()
        || folded.starts_with("ال")
        || prefix.ends_with('ل') && folded.starts_with('ل')
        || folded.chars().count() >= SHORTEST && !sheet.lists.is_word(&format!("{prefix}{folded}"))
}

fn missing(sheet: &mut Sheet, span: Span, known: &Known) {
    let text = sheet.article.text.as_str();
    let mentions = &sheet.article.mentions;
    if mentions.iter().any(|mention| mention.span == span) {
        return;
    }
    let nationality = known.first.kind == EntityType::Nationality;
    let around: Vec<&Mention> = mentions.iter().filter(|mention| mention.span.contains(span)).collect();
    let line = sheet.line_of(known.first.span.begin);
    let what = named(known.first, text);
    let id = &known.first.id;
    if around.is_empty() {
        if nationality && is_of_currency(sheet, span) {
            return;
        }
        let surface = span.of(text);
        let message = format!("`{surface}` is not annotated here; in line {line} it is {what}, id {id}");
        sheet.find(span, "untagged", message);
    } else if nationality
        && around
            .iter()
            .all(|outer| outer.id != *id && NAMES.contains(&outer.kind) && outer.kind != EntityType::Person)
    {
        let inside: Vec<String> = around.iter().map(|outer| named(outer, text)).collect();
        let message =
            format!("the nationality in {} is not annotated; in line {line} it is {what}", inside.join(", "));
        sheet.find(span, "nested-nationality", message);
    }
}

/// Whether the word before `span` is a currency: `الدولار الأميركي`.
pub(super) fn is_of_currency(sheet: &Sheet, span: Span) -> bool {
    let head = sheet.article.text.get(..span.begin as usize).unwrap_or_default();
    let word = key(head.split_whitespace().next_back().unwrap_or_default());
    let bare = sheet.lists.proclitics.iter().filter_map(|proclitic| word.strip_prefix(proclitic.as_str()));
    let lam = word.strip_prefix("لل");
    bare.chain([word.as_str()])
        .chain(lam)
        .any(|word| sheet.lists.currency_words.contains(without_article(word)))
}

/// A name that is two things in one article. A city whose country has its name, or whose government is called by it,
/// is two.
fn two_readings(sheet: &mut Sheet) {
    let text = sheet.article.text.as_str();
    let mut readings: BTreeMap<String, Vec<&Mention>> = BTreeMap::new();
    let names = sheet.article.mentions.iter().filter(|mention| NAMES.contains(&mention.kind));
    for mention in names.filter(|mention| !sheet.is_nested(mention)) {
        readings.entry(name_key(text, mention.span)).or_default().push(mention);
    }
    for mentions in readings.into_values() {
        let Some(first) = mentions.first() else { continue };
        let differs = |other: &&&Mention| (other.kind, &other.id) != (first.kind, &first.id);
        let Some(other) = mentions.iter().find(differs) else { continue };
        let places = [first, other].iter().all(|mention| mention.kind == EntityType::Location);
        if places && is_country_code(&first.id) != is_country_code(&other.id) {
            continue;
        }
        let read = |mention: &Mention| format!("{} {}", label(mention.kind).unwrap_or_default(), mention.id);
        let line = sheet.line_of(first.span.begin);
        let message =
            format!("`{}` is {} here, and {} in line {line}", other.span.of(text), read(other), read(first));
        sheet.warn(other.span, "two-readings", message);
    }
}
