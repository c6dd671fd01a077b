//! `entities`: a table, and in colour the text with the mentions in it.

use super::normalize::offsets;
use super::page::{Margin, Page, Paint};
use super::segment::some;
use super::source::Source;
use super::style;
use super::table::{Cell, Run, Table};
use crate::proto::v1::{Entity, EntityType, ExtractEntitiesResponse, MentionKind};

pub(in crate::cli) fn entities(page: &mut Page, source: &Source, response: &ExtractEntitiesResponse) {
    list(page, response);
    // Without colours the text would say nothing new.
    if page.is_coloured() && !response.entities.is_empty() {
        let text = source.text();
        page.blank();
        page.prose(Margin::default(), text, 0..text.len(), &paint(source, response));
    }
}

/// The table and what it sums up to.
pub(super) fn list(page: &mut Page, response: &ExtractEntitiesResponse) {
    if response.entities.is_empty() {
        page.note("No entity is found.");
        return;
    }
    let mut table = Table::new(&["type", "name", "latin", "id", "n", "mentions"]);
    for entity in &response.entities {
        table.row(row(entity));
    }
    page.table(&table);
    page.blank();
    let mentions = response.entities.iter().map(|entity| entity.mentions.len()).sum();
    let count = match response.entities.len() {
        1 => "1 entity".to_owned(),
        count => format!("{count} entities"),
    };
    page.note(&format!("{count} · {}", some(mentions, "mention")));
}

fn row(entity: &Entity) -> Vec<Cell> {
    let kind = entity.r#type();
    let style = style::entity(kind);
    vec![
        vec![Run::new(type_name(kind), style)],
        vec![Run::plain(&entity.name)],
        vec![Run::plain(entity.latin_name())],
        id(entity),
        vec![Run::dim(entity.mentions.len().to_string())],
        mentions(entity),
    ]
}

/// What tells the entity from all others: its value, its code, its number at GeoNames, the caller's id.
fn id(entity: &Entity) -> Cell {
    let mut cell = Cell::new();
    cell.extend(entity.value.as_ref().map(|value| Run::plain(&value.canonical)));
    if let Some(knowledge) = &entity.knowledge {
        cell.extend(knowledge.iso_3166.as_ref().map(Run::plain));
        cell.extend(knowledge.geonames_id.map(|id| Run::dim(format!("gn:{id}"))));
        cell.extend(knowledge.wikidata_id.as_ref().map(Run::dim));
    }
    if cell.is_empty() { vec![Run::dim(&entity.id)] } else { cell }
}

/// Each form once, with the places where it stands.
fn mentions(entity: &Entity) -> Cell {
    let mut forms: Vec<(&str, Vec<String>)> = Vec::new();
    for mention in &entity.mentions {
        let mut place = offsets(mention.span.as_ref());
        match mention.kind() {
            MentionKind::Nominal => place.push_str(" nominal"),
            MentionKind::Pronominal => place.push_str(" pronoun"),
            MentionKind::Named | MentionKind::Unspecified => {}
        }
        match forms.iter_mut().find(|(form, _)| *form == mention.text) {
            Some((_, places)) => places.push(place),
            None => forms.push((&mention.text, vec![place])),
        }
    }
    let run =
        |(form, places): (&str, Vec<String>)| [Run::plain(form).on_new_line(), Run::dim(places.join(" "))];
    forms.into_iter().flat_map(run).collect()
}

/// Inner mentions stand after the outer ones and lie over them.
pub(super) fn paint(source: &Source, response: &ExtractEntitiesResponse) -> Paint {
    let mut paint = Paint::new(source.text().len());
    let mut marks: Vec<_> = response
        .entities
        .iter()
        .flat_map(|entity| {
            let style = style::entity(entity.r#type());
            entity.mentions.iter().map(move |mention| (source.range(mention.span.as_ref()), style))
        })
        .collect();
    marks.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    for (range, style) in marks {
        paint.mark(range, style.bold());
    }
    paint
}

fn type_name(kind: EntityType) -> String {
    kind.as_str_name().trim_start_matches("ENTITY_TYPE_").to_lowercase().replace('_', " ")
}
