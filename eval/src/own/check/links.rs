//! The side file of an article: who holds which office, belongs to which country and body, and where places lie.

use std::path::Path;

use warraq_core::entities::EntityType;

use super::{Finding, Lists, finding};
use crate::file::FileError;
use crate::gold::Article;

const RULE: &str = "links";
const HEADER: &str = "subject\trelation\tobject";
const RELATIONS: [&str; 5] = ["role", "nationality", "affiliation", "iso3166", "geonames"];
/// Between an office and the body or country that it is an office of.
const OFFICE_OF: &str = " @ ";

pub(super) fn check(
    article_path: &Path,
    article: &Article,
    lists: &Lists,
) -> Result<Vec<Finding>, FileError> {
    let path = article_path.with_extension("links.tsv");
    if !path.exists() {
        return Ok(vec![finding(&path, 0, RULE, "", "the article has no side file of links".to_owned())]);
    }
    let content =
        std::fs::read_to_string(&path).map_err(|error| FileError::whole(&path, error.to_string()))?;
    let mut findings = Vec::new();
    let mut rows = content.lines().enumerate().map(|(at, row)| (at + 1, row));
    if rows.next().is_none_or(|(_, header)| header != HEADER) {
        let message = format!("the first row is not `{}`", HEADER.replace('\t', "<tab>"));
        findings.push(finding(&path, 1, RULE, "", message));
    }
    let mut last = "";
    let mut seen: Vec<&str> = Vec::new();
    for (line, row) in rows {
        // An exception has it in one cell.
        let surface = row.replace('\t', " ");
        let mut find = |message: String| findings.push(finding(&path, line, RULE, &surface, message));
        let cells: Vec<&str> = row.split('\t').collect();
        let &[subject, relation, object] = cells.as_slice() else {
            find(format!("has {} columns; expected subject, relation and object", cells.len()));
            continue;
        };
        if subject < last {
            find(format!("`{subject}` stands after `{last}`; rows are sorted by subject"));
        }
        if seen.contains(&row) {
            find(format!("`{subject}` {relation} `{object}` stands twice"));
        }
        last = subject;
        seen.push(row);
        let links = Links { article, lists, rows: &content };
        if let Some(problem) = links.problem(subject, relation, object) {
            find(problem);
        }
    }
    Ok(findings)
}

struct Links<'a> {
    article: &'a Article,
    lists: &'a Lists,
    rows: &'a str,
}

impl Links<'_> {
    fn has(&self, id: &str, kinds: &[EntityType]) -> bool {
        self.article.mentions.iter().any(|mention| mention.id == id && kinds.contains(&mention.kind))
    }

    fn problem(&self, subject: &str, relation: &str, object: &str) -> Option<String> {
        let (kinds, what): (&[EntityType], _) = match relation {
            "role" | "affiliation" => (&[EntityType::Person], "person"),
            "nationality" => (&[EntityType::Person, EntityType::Organization], "person or organisation"),
            "iso3166" | "geonames" => (&[EntityType::Location], "place"),
            _ => return Some(format!("`{relation}` is none of {}", RELATIONS.join(", "))),
        };
        if !self.has(subject, kinds) {
            return Some(format!("`{subject}` is the id of no {what} of the article"));
        }
        match relation {
            "role" => self.role(subject, object),
            "affiliation" => (!self.has(object, &[EntityType::Organization]))
                .then(|| format!("`{object}` is the id of no organisation of the article")),
            "nationality" => (!self.has(object, &[EntityType::Nationality])).then(|| {
                format!("no nationality of the article has the id `{object}`; it is linked only where the text says it")
            }),
            "iso3166" => (!self.lists.countries.contains(object))
                .then(|| format!("`{object}` is no ISO 3166 alpha-2 code of a country")),
            _ => self.geonames(subject, object),
        }
    }

    fn role(&self, subject: &str, object: &str) -> Option<String> {
        let (office, of) = match object.split_once(OFFICE_OF) {
            Some((office, of)) => (office, Some(of)),
            None => (object, None),
        };
        let held = self.article.mentions.iter().any(|mention| {
            mention.kind == EntityType::Role
                && mention.id == subject
                && mention.span.of(&self.article.text) == office
        });
        if !held {
            return Some(format!("`{subject}` has no ROLE mention that reads `{office}`"));
        }
        let of = of.filter(|of| !self.has(of, &[EntityType::Organization, EntityType::Location]))?;
        // `NAT SA` says the country as well as its name does.
        (!self.has(of, &[EntityType::Nationality]))
            .then(|| format!("`{of}` is the id of no organisation or place of the article"))
    }

    fn geonames(&self, subject: &str, object: &str) -> Option<String> {
        let Some(country) = self.lists.cities.get(object) else {
            return Some(format!("`{object}` is no GeoNames id of data/lexicons/generated/cities.tsv"));
        };
        let beside = self.rows.lines().find_map(|row| row.strip_prefix(&format!("{subject}\tiso3166\t")));
        beside
            .filter(|iso| iso != country)
            .map(|iso| format!("the city `{object}` lies in {country}, and `{subject}` in {iso}"))
    }
}
