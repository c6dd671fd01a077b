//! Names of countries, nationalities and cities against annotated articles.
//!
//! The articles are not part of the repository: `WARRAQ_SHARED` names the folder that has them.

// What is skipped and what was found wrongly is for people to read.
#![allow(clippy::print_stdout)]

#[path = "support/markup.rs"]
mod markup;

use std::collections::BTreeSet;
use std::path::Path;

use markup::{Article, Gold};
use warraq_core::entities::{Entity, EntityType};
use warraq_core::{Document, Knowledge, Span};

fn gold_type(kind: EntityType) -> Option<&'static str> {
    match kind {
        EntityType::Location => Some("LOC"),
        EntityType::Nationality => Some("NAT"),
        _ => None,
    }
}

fn find<'e>(entities: &'e [Entity], gold: &Gold) -> Option<&'e Entity> {
    entities.iter().find(|entity| {
        gold_type(entity.kind) == Some(gold.kind.as_str())
            && entity.mentions.iter().any(|mention| mention.span.range() == (gold.begin..gold.end))
    })
}

fn is_code(id: &str) -> bool {
    id.len() == 2 && id.bytes().all(|b| b.is_ascii_uppercase())
}

#[test]
fn the_seed_articles_countries_nationalities_and_listed_cities_are_found() {
    let Some(shared) = markup::shared() else { return };
    let article = markup::read(&shared.join("gold/seed.markup"));
    let knowledge = Knowledge::built_in().expect("the built-in lists");
    let document = Document::new(&article.text, &knowledge).expect("short enough");
    let entities = document.entities();
    let mut missed = Vec::new();
    let mut checked = 0;
    for gold in &article.entities {
        let surface = &article.text[gold.begin..gold.end];
        let has_code = is_code(&gold.id);
        let wanted = match gold.kind.as_str() {
            "NAT" => true,
            "LOC" => has_code || knowledge.lexicon.is_place(surface),
            _ => false,
        };
        if !wanted {
            continue;
        }
        checked += 1;
        match find(entities, gold) {
            None => missed.push(format!("{} {} at {}: not found", gold.kind, gold.id, gold.begin)),
            Some(entity) if has_code && entity.knowledge.iso_3166.as_deref() != Some(&gold.id) => {
                missed.push(format!("{} {} at {}: another country", gold.kind, gold.id, gold.begin));
            }
            // Gold has no city's id to compare: only whether it is one. A region has none, but says what it is.
            Some(entity)
                if !has_code
                    && gold.kind == "LOC"
                    && entity.knowledge.geonames_id.is_none()
                    && entity.subtype.as_deref().is_none_or(|s| s == "country" || s == "city") =>
            {
                missed.push(format!("{} {} at {}: neither city nor region", gold.kind, gold.id, gold.begin));
            }
            Some(_) => {}
        }
    }
    // A reader that finds nothing would make the rest true.
    assert!(checked > 40, "only {checked} mentions were checked");
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn precision_and_recall_on_other_articles_are_printed() {
    let Some(shared) = markup::shared() else { return };
    let knowledge = Knowledge::built_in().expect("the built-in lists");
    for name in ["seed", "dev-economy", "dev-maghreb", "dev-sport"] {
        let article = markup::read(&shared.join(format!("gold/{name}.markup")));
        let [locations, nationalities] = score(&article, &knowledge);
        println!("{name}: LOC {locations:?}, NAT {nationalities:?}");
        assert!(locations.wanted + nationalities.wanted > 0);
    }
}

/// The articles that were written and annotated before anybody had run the service on them.
#[test]
fn names_in_the_blind_articles_are_found_as_well_as_they_were() {
    let knowledge = Knowledge::built_in().expect("the built-in lists");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/data/blind");
    let entries = std::fs::read_dir(&folder).expect("the blind articles");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert_eq!(paths.len(), 14);
    let mut totals = [Score::default(); 2];
    for path in &paths {
        for (total, of_article) in totals.iter_mut().zip(score(&markup::read(path), &knowledge)) {
            total.right += of_article.right;
            total.found += of_article.found;
            total.wanted += of_article.wanted;
        }
    }
    let [locations, nationalities] = totals;
    println!("blind: LOC {locations:?}, NAT {nationalities:?}");
    // Floors, a little under what was reached: what falls below them has become worse.
    assert!(locations.precision() >= 0.96 && locations.recall() >= 0.82, "{locations:?}");
    assert!(nationalities.precision() >= 0.98 && nationalities.recall() >= 0.87, "{nationalities:?}");
}

#[derive(Clone, Copy, Debug, Default)]
struct Score {
    right: u32,
    found: u32,
    wanted: u32,
}

impl Score {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from(self.found)
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from(self.wanted)
    }
}

/// Of `article`, for locations and for nationalities.
fn score(article: &Article, knowledge: &Knowledge) -> [Score; 2] {
    type Mention = (&'static str, Span);
    let document = Document::new(&article.text, knowledge).expect("short enough");
    let mut found: BTreeSet<Mention> = BTreeSet::new();
    for entity in document.entities() {
        let spans = entity.mentions.iter().map(|mention| mention.span);
        found.extend(
            gold_type(entity.kind).into_iter().flat_map(|kind| spans.clone().map(move |s| (kind, s))),
        );
    }
    let wanted: BTreeSet<Mention> = article
        .entities
        .iter()
        .filter_map(|gold| {
            let kind = ["LOC", "NAT"].into_iter().find(|&kind| kind == gold.kind)?;
            Some((kind, Span::from_range(&(gold.begin..gold.end))))
        })
        .collect();
    for (kind, span) in found.symmetric_difference(&wanted) {
        let what = if found.contains(&(*kind, *span)) { "wrongly found" } else { "missed" };
        println!("  {what}: {kind} {}", span.of(&article.text));
    }
    ["LOC", "NAT"].map(|kind| {
        let of_kind = |mentions: &BTreeSet<Mention>| mentions.iter().filter(|(k, _)| *k == kind).count();
        let count = |mentions| u32::try_from(of_kind(mentions)).expect("few mentions");
        let right: BTreeSet<Mention> = found.intersection(&wanted).copied().collect();
        Score { right: count(&right), found: count(&found), wanted: count(&wanted) }
    })
}
