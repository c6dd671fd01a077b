//! The lines at the head of a file: all there, in order, and what the text says.

use warraq_core::entities::EntityType;
use warraq_core::segment::BlockKind;

use super::Sheet;
use super::plan::Plan;
use super::values::date;
use crate::own::{SPLITS, stem};

const RULE: &str = "metadata";

/// The keys in their order, with whether every article has them.
const KEYS: [(&str, bool); 12] = [
    ("invented", true),
    ("brief", true),
    ("genre", true),
    ("style", true),
    ("country", true),
    ("spelling", true),
    ("ref", true),
    ("title", false),
    ("place", false),
    ("source", false),
    ("byline", false),
    ("date", false),
];

pub(super) fn check(sheet: &mut Sheet, plan: Option<&Plan>) {
    order(sheet);
    form(sheet, plan);
    brief(sheet, plan);
    text(sheet);
}

fn value<'a>(sheet: &Sheet<'a>, wanted: &str) -> Option<(usize, &'a str)> {
    sheet.meta.iter().find(|(_, key, _)| *key == wanted).map(|(line, _, value)| (*line, *value))
}

fn order(sheet: &mut Sheet) {
    for (key, required) in KEYS {
        if required && value(sheet, key).is_none() {
            sheet.find_in_line(1, RULE, key, format!("there is no line `# {key}: …`"));
        }
    }
    let mut last = None;
    for (line, key, value) in sheet.meta.clone() {
        let Some(place) = KEYS.iter().position(|(known, _)| *known == key) else {
            let known = KEYS.map(|(key, _)| key).join(", ");
            sheet.find_in_line(line, RULE, key, format!("`{key}` is none of {known}"));
            continue;
        };
        if value.is_empty() {
            sheet.find_in_line(
                line,
                RULE,
                key,
                format!("`{key}` has no value; without one the line is left out"),
            );
        }
        match last {
            Some((other, before)) if other == place => {
                sheet.find_in_line(line, RULE, key, format!("`{before}` stands twice"));
            }
            Some((other, before)) if other > place => {
                sheet.find_in_line(
                    line,
                    RULE,
                    key,
                    format!("`{key}` stands after `{before}`, it belongs before it"),
                );
            }
            _ => {}
        }
        last = last.filter(|(other, _)| *other > place).or(Some((place, key)));
    }
    let begin = sheet.lines.first().unwrap_or(usize::MAX);
    if let Some(&(line, key, _)) = sheet.meta.iter().find(|(line, ..)| *line > begin) {
        sheet.find_in_line(line, RULE, key, "metadata stands below text; it belongs at the head".to_owned());
    }
}

/// What values look like.
fn form(sheet: &mut Sheet, plan: Option<&Plan>) {
    let own: Vec<&str> = sheet.lists.extra.spelling.allowed.iter().map(String::as_str).collect();
    for (line, key, value) in sheet.meta.clone() {
        let problem = match key {
            "invented" if value != "true" => Some("is not `true`".to_owned()),
            "ref" if !date::is_day(value) => Some("is no day (`YYYY-MM-DD`)".to_owned()),
            "country" if !sheet.lists.countries.contains(value) => {
                Some("is no ISO 3166 alpha-2 code of a country".to_owned())
            }
            "spelling" if !own.contains(&value) => Some(format!("is none of {}", own.join(", "))),
            "genre" | "style" => {
                plan.map(|plan| plan.allowed(key)).filter(|known| !known.contains(value)).map(|known| {
                    let known: Vec<&str> = known.into_iter().collect();
                    format!("is none that the plan has: {}", known.join(", "))
                })
            }
            _ => None,
        };
        if let Some(problem) = problem {
            sheet.find_in_line(line, RULE, key, format!("{key} `{value}` {problem}"));
        }
    }
}

/// What the file's name and its brief say.
fn brief(sheet: &mut Sheet, plan: Option<&Plan>) {
    let Some((line, id)) = value(sheet, "brief") else { return };
    let name = stem(sheet.path);
    if id != name {
        sheet.find_in_line(line, RULE, "brief", format!("brief `{id}` is not the file's name, `{name}`"));
    }
    let Some(plan) = plan else { return };
    if !plan.has(id) {
        sheet.find_in_line(line, RULE, "brief", format!("the plan has no brief `{id}`"));
        return;
    }
    for (line, key, value) in sheet.meta.clone() {
        let told = matches!(key, "genre" | "style" | "country" | "spelling" | "ref");
        if let Some(said) = plan.says(id, key).filter(|said| told && *said != value) {
            sheet.find_in_line(line, RULE, key, format!("{key} is `{value}`, the brief says `{said}`"));
        }
    }
    let folder = sheet.path.parent().map(stem).unwrap_or_default();
    if let Some(said) =
        plan.says(id, "split").filter(|said| SPLITS.contains(&folder.as_str()) && *said != folder)
    {
        let message = format!("the file lies in `{folder}`, the brief says `{said}`");
        sheet.find_in_line(1, RULE, "split", message);
    }
}

/// What the text says: each value is a part of it, as it reads there.
fn text(sheet: &mut Sheet) {
    let article = sheet.article;
    let block = |kind: BlockKind| article.blocks.iter().find(move |block| block.kind == kind);
    let title = block(BlockKind::Title).map(|block| block.span.of(&article.text));
    match (value(sheet, "title"), title) {
        (None, Some(title)) => {
            sheet.find_in_line(1, RULE, "title", format!("there is no line `# title: {title}`"));
        }
        (Some((line, said)), Some(title)) if said != title => {
            let message = format!("title `{said}` is not the text of the block, `{title}`");
            sheet.find_in_line(line, RULE, "title", message);
        }
        (Some((line, said)), None) => {
            let message = format!("title `{said}`, and there is no block `title`");
            sheet.find_in_line(line, RULE, "title", message);
        }
        _ => {}
    }
    let datelines: Vec<_> = article
        .datelines
        .iter()
        .copied()
        .chain(
            article.blocks.iter().filter(|block| block.kind == BlockKind::Dateline).map(|block| block.span),
        )
        .collect();
    let places = datelines.iter().flat_map(|dateline| {
        let of_kind = article.mentions.iter().filter(|mention| mention.kind == EntityType::Location);
        of_kind.filter(|mention| dateline.contains(mention.span))
    });
    let first_place = places.map(|mention| mention.span.of(&article.text)).next();
    match (value(sheet, "place"), first_place) {
        (None, Some(place)) => {
            let message = format!("the dateline has a place and there is no line `# place: {place}`");
            sheet.find_in_line(1, RULE, "place", message);
        }
        (Some((line, said)), _) if !datelines.iter().any(|span| span.of(&article.text).contains(said)) => {
            let message = format!("place `{said}` stands in no dateline; without one the line is left out");
            sheet.find_in_line(line, RULE, "place", message);
        }
        _ => {}
    }
    for (key, kind) in [("source", BlockKind::Source), ("byline", BlockKind::Byline)] {
        match (value(sheet, key), block(kind)) {
            (None, Some(block)) => {
                let (line, message) = (
                    sheet.line_of(block.span.begin),
                    format!("there is a block `{key}` and no line `# {key}: …`"),
                );
                sheet.find_in_line(line, RULE, key, message);
            }
            (Some((line, said)), _) if !article.text.contains(said) => {
                let message = format!("{key} `{said}` does not stand in the text as it reads here");
                sheet.find_in_line(line, RULE, key, message);
            }
            _ => {}
        }
    }
    if let Some((line, said)) = value(sheet, "date")
        && !date::is_day(said)
        && !article.text.contains(said)
    {
        let message = format!("date `{said}` is no day (`YYYY-MM-DD`) and does not stand in the text");
        sheet.find_in_line(line, RULE, "date", message);
    }
}
