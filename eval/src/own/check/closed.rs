//! Countries and nationalities, whose names are a closed list: where one stands, it is annotated. And places in names
//! that they locate.

use std::collections::BTreeSet;

use warraq_core::Span;
use warraq_core::entities::EntityType;

use super::surfaces::{in_address, is_of_currency};
use super::{NAMES, Sheet, named};
use crate::gold::{Mention, is_country_code};
use crate::own::words::{key, name_key, spans, without_article};

/// No country's name has more words.
const LONGEST: usize = 4;

pub(super) fn check(sheet: &mut Sheet) {
    let text = sheet.article.text.as_str();
    // What the article annotates somewhere is looked for by that.
    let known: BTreeSet<String> =
        sheet.article.mentions.iter().map(|mention| name_key(text, mention.span)).collect();
    let writes_maksura =
        sheet.of_kind(EntityType::Nationality).any(|mention| mention.span.of(text).ends_with('ى'));
    let words = spans(text);
    let mut done = 0;
    for (at, word) in words.iter().enumerate() {
        let Some((span, kind)) = name_at(sheet, words.get(at..).unwrap_or_default()) else { continue };
        if word.begin < done {
            continue;
        }
        done = span.end;
        let is_mention = |mention: &Mention| mention.span == span;
        // `اليمنى` is no `اليمني`, unless the article writes every final ya so.
        let maksura = kind == EntityType::Nationality && span.of(text).ends_with('ى') && !writes_maksura;
        if sheet.article.mentions.iter().any(is_mention) || in_address(text, span) || maksura {
            continue;
        }
        told(sheet, span, kind, known.contains(&name_key(text, span)));
    }
    places(sheet);
}

/// The country or nationality that the first of `words` begins, behind its proclitics; the longest.
fn name_at(sheet: &Sheet, words: &[Span]) -> Option<(Span, EntityType)> {
    let text = sheet.article.text.as_str();
    let first = *words.first()?;
    let folded = key(first.of(text));
    let bare = std::iter::once(("", folded.clone()));
    let lists = sheet.lists;
    let behind = lists.proclitics.iter().filter_map(|proclitic| {
        let rest = folded.strip_prefix(proclitic.as_str())?;
        Some((proclitic.as_str(), rest.to_owned()))
    });
    // The second lam is the article's, which the preposition has swallowed.
    let assimilated = lists.with_article.iter().filter_map(|written| {
        let preposition = written.strip_suffix('ل').filter(|head| head.ends_with('ل'))?;
        Some((preposition, format!("ال{}", folded.strip_prefix(written.as_str())?)))
    });
    for (prefix, stem) in bare.chain(behind).chain(assimilated) {
        let begin = first.begin + prefix_length(first.of(text), prefix)?;
        for count in (1..=LONGEST.min(words.len())).rev() {
            let end = words.get(count - 1)?.end;
            let span = Span::new(begin, end);
            // Words with something else than a space between them are no name.
            let more = text.get(first.end as usize..end as usize)?;
            if more
                .contains(|c: char| !c.is_alphanumeric() && c != ' ' && !('\u{64B}'..='\u{652}').contains(&c))
            {
                continue;
            }
            let name = format!("{stem}{}", key_of_rest(more));
            if lists.closed_countries.contains(&name) {
                return Some((span, EntityType::Location));
            }
            if count == 1
                && lists.closed_nationalities.contains(without_article(&name))
                && !is_language(sheet, first, prefix, &name)
            {
                return Some((span, EntityType::Nationality));
            }
        }
    }
    None
}

fn key_of_rest(more: &str) -> String {
    let rest = key(more);
    if rest.is_empty() { rest } else { format!(" {rest}") }
}

/// The bytes of `word` that fold to `prefix`.
fn prefix_length(word: &str, prefix: &str) -> Option<u32> {
    let mut lengths = word.char_indices().map(|(at, _)| at).chain([word.len()]);
    let length = lengths.find(|at| word.get(..*at).is_some_and(|head| key(head) == prefix))?;
    u32::try_from(length).ok()
}

/// `اللغة الفرنسية`, `بالفرنسية`: a language.
fn is_language(sheet: &Sheet, word: Span, prefix: &str, name: &str) -> bool {
    let head = sheet.article.text.get(..word.begin as usize).unwrap_or_default();
    let before = key(head.split_whitespace().next_back().unwrap_or_default());
    let languages = &sheet.lists.extra.nested.languages;
    let is_feminine = name.starts_with("ال") && name.ends_with('ه');
    prefix.ends_with('ب') && is_feminine || languages.iter().any(|language| before.ends_with(&key(language)))
}

fn told(sheet: &mut Sheet, span: Span, kind: EntityType, known: bool) {
    let text = sheet.article.text.as_str();
    let mentions = &sheet.article.mentions;
    let around: Vec<&Mention> = mentions.iter().filter(|mention| mention.span.contains(span)).collect();
    let surface = span.of(text);
    let nationality = kind == EntityType::Nationality;
    if around.is_empty() {
        // A part of it is annotated: it is read otherwise than here.
        let other = mentions.iter().any(|mention| mention.span.overlaps(span));
        if !(known || other || nationality && is_of_currency(sheet, span)) {
            let what = if nationality { "nationality" } else { "country" };
            sheet.find(
                span,
                "unannotated",
                format!("`{surface}` is the name of a {what} and is not annotated"),
            );
        }
    } else if nationality && !known {
        let is_name = |outer: &&Mention| NAMES.contains(&outer.kind) && outer.kind != EntityType::Person;
        if let Some(outer) = around.iter().find(|outer| is_name(outer) && !is_country_code(&outer.id))
            && around.iter().all(is_name)
        {
            let message = format!("the nationality `{surface}` in {} is not annotated", named(outer, text));
            sheet.find(span, "nested-nationality", message);
        }
    }
}

/// Places that the article has, in names of bodies, places and events which they may locate. A warning: those of
/// brands, clubs and media are not annotated.
fn places(sheet: &mut Sheet) {
    let text = sheet.article.text.as_str();
    let places: BTreeSet<String> =
        sheet.of_kind(EntityType::Location).map(|mention| name_key(text, mention.span)).collect();
    let outer_kinds = [EntityType::Organization, EntityType::Location, EntityType::Event];
    let mentions = &sheet.article.mentions;
    for outer in mentions.iter().filter(|mention| outer_kinds.contains(&mention.kind)) {
        let words = spans(outer.span.of(text));
        let head = words.first().map(|word| key(word.shift(outer.span.begin).of(text))).unwrap_or_default();
        if !sheet.lists.locates(&head) {
            continue;
        }
        // The place stands at the end.
        for word in words.iter().skip(1) {
            let span = Span::new(outer.span.begin + word.begin, outer.span.end);
            let name = key(span.of(text));
            let is_place = places.contains(&name) || sheet.lists.closed_countries.contains(&name);
            if is_place
                && !mentions.iter().any(|mention| mention.span.overlaps(span) && mention.span != outer.span)
            {
                let message = format!(
                    "the place `{}` in {} is not annotated; it is, if it locates it",
                    span.of(text),
                    named(outer, text)
                );
                sheet.warn(span, "nested-place", message);
                break;
            }
        }
    }
}
