//! Where mentions begin and end: after their proclitics, with their article, at the edges of words.

use warraq_core::Span;
use warraq_core::entities::EntityType;

use super::structure::is_mark;
use super::{Sheet, named};
use crate::gold::{Mention, has_value};
use crate::own::words::{before, goes_on, in_word, key, name_key};

/// What is left of a name behind a proclitic is no name below this length.
const SHORTEST: usize = 3;
/// The future marker, which stands before verbs alone: only the same name without it shows that it is none of the name.
const FUTURE: &str = "س";

pub(super) fn check(sheet: &mut Sheet) {
    let mut last: Option<&Mention> = None;
    for mention in &sheet.article.mentions {
        proclitic(sheet, mention);
        begin(sheet, mention);
        end(sheet, mention);
        edge(sheet, mention);
        if last.is_some_and(|last| (last.span, last.kind) == (mention.span, mention.kind)) {
            let message = format!("{} is annotated twice with one span", named(mention, &sheet.article.text));
            sheet.find(mention.span, "same-span", message);
        }
        last = Some(mention);
    }
}

/// A proclitic inside the span: what is left without it is a name, and it is none with it.
fn proclitic(sheet: &mut Sheet, mention: &Mention) {
    if matches!(mention.kind, EntityType::Money | EntityType::Percent) {
        return;
    }
    let text = &sheet.article.text;
    let whole = name_key(text, mention.span);
    let word = whole.split(' ').next().unwrap_or_default().to_owned();
    let (lists, kind) = (sheet.lists, mention.kind);
    if lists.has(kind, &whole) {
        return;
    }
    if let Some(rest) = whole.strip_prefix("لل")
        && rest.chars().count() >= SHORTEST
    {
        let message = format!(
            "{} begins with a preposition; expected from the second lam, `ل{rest}`",
            named(mention, text)
        );
        sheet.find(mention.span, "proclitic", message);
        return;
    }
    let proclitics = lists.proclitics.iter().map(String::as_str).chain([FUTURE]);
    for proclitic in proclitics {
        let Some(rest) = whole.strip_prefix(proclitic).filter(|rest| rest.chars().count() >= SHORTEST) else {
            continue;
        };
        let same = |other: &&Mention| other.kind == kind && (has_value(kind) || other.id == mention.id);
        let elsewhere =
            || sheet.article.mentions.iter().filter(same).any(|other| name_key(text, other.span) == rest);
        let first = rest.split(' ').next().unwrap_or_default();
        // A word that is one as it stands is not taken apart.
        let listed = || {
            proclitic != FUTURE
                && first.chars().count() >= SHORTEST
                && !lists.is_word(&word)
                && (lists.has(kind, rest) || lists.begins(kind, first))
        };
        let why = if elsewhere() {
            "as it is annotated elsewhere"
        } else if listed() {
            "which is listed"
        } else {
            continue;
        };
        let message = format!(
            "{} begins with the proclitic `{proclitic}`; expected `{rest}`, {why}",
            named(mention, text)
        );
        sheet.find(mention.span, "proclitic", message);
        return;
    }
}

/// What stands before the mention in its word.
fn begin(sheet: &mut Sheet, mention: &Mention) {
    let text = &sheet.article.text;
    let prefix = before(text, mention.span.begin);
    let folded = key(prefix);
    let in_a_word = mention.span.of(text).starts_with(in_word);
    if folded.is_empty() || !in_a_word || sheet.lists.proclitics.contains(&folded) {
        return;
    }
    if sheet.lists.with_article.contains(&folded) {
        let message =
            format!("{} stands after its article in `{prefix}`; the article is inside", named(mention, text));
        sheet.find(mention.span, "article", message);
    } else {
        let message = format!("{} begins inside a word, after `{prefix}`", named(mention, text));
        sheet.find(mention.span, "inside-word", message);
    }
}

fn end(sheet: &mut Sheet, mention: &Mention) {
    if sheet.of(mention.span).ends_with(in_word) && goes_on(&sheet.article.text, mention.span.end) {
        let message = format!("{} ends inside a word", named(mention, &sheet.article.text));
        sheet.find(mention.span, "inside-word", message);
    }
}

/// White space and punctuation at the ends of a mention.
fn edge(sheet: &mut Sheet, mention: &Mention) {
    let surface = sheet.of(mention.span);
    let (Some(first), Some(last)) = (surface.chars().next(), surface.chars().next_back()) else { return };
    let amount = matches!(mention.kind, EntityType::Money | EntityType::Percent);
    let inner = surface.get(first.len_utf8()..surface.len() - last.len_utf8()).unwrap_or_default();
    // `%`, `$` and a sign belong to an amount; what the mention itself opens and closes belongs to it.
    let rest = surface.get(first.len_utf8()..).unwrap_or_default();
    let head = surface.get(..surface.len() - last.len_utf8()).unwrap_or_default();
    let opened = |c: char| head.contains(|other| c == ')' && other == '(' || is_mark(c) && is_mark(other));
    let closed = |c: char| rest.contains(|other| c == '(' && other == ')' || is_mark(c) && is_mark(other));
    // Marks around the whole are outside: they are no part of the name.
    let around = is_mark(first) && is_mark(last);
    let abbreviation = last == '.' && (inner.contains('.') || mention.kind == EntityType::Role);
    let begins = in_word(first) || amount && !first.is_whitespace() || closed(first) && !around;
    let ends = in_word(last) || amount && !is_stop(last) || opened(last) && !around || abbreviation;
    for (wrong, at, c) in [(!begins, "begins", first), (!ends, "ends", last)] {
        if wrong {
            let what = if c.is_whitespace() { "a space".to_owned() } else { format!("`{c}`") };
            let message = format!("{} {at} with {what}", named(mention, &sheet.article.text));
            sheet.find(mention.span, "edge", message);
        }
    }
}

fn is_stop(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ',' | '،' | '؛' | ':' | '!' | '؟')
}

/// Whether `span` is the whole of its words, but for proclitics.
pub(super) fn is_whole(sheet: &Sheet, span: Span) -> bool {
    let prefix = key(before(&sheet.article.text, span.begin));
    (prefix.is_empty() || sheet.lists.proclitics.contains(&prefix)) && !goes_on(&sheet.article.text, span.end)
}
