//! Figures of the articles of one kind: of a genre, of a house. `data/eval/groups.toml` says which there are.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::gold::SCORED;
use crate::report::{CLEAN, percent};
use crate::score::{Figure, Layer, Scores};

/// The layers that are shown by group: those of which nearly every article has something.
const SHOWN: [Layer; 5] =
    [Layer::Blocks, Layer::Sentences, Layer::Datelines, Layer::Quotations, Layer::Mentions];
/// A smaller group tells of its articles and not of their kind.
const FEWEST: usize = 2;
/// What is in no group of its own.
const OTHER: &str = "other";
const ALL: &str = "all";

/// A key of the metadata, then the groups with the values that they hold.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Kinds(BTreeMap<String, BTreeMap<String, Vec<String>>>);

impl Kinds {
    /// Those that are compiled in.
    pub(crate) fn built_in() -> Result<Self, String> {
        toml::from_str(include_str!("../../data/eval/groups.toml"))
            .map_err(|error| format!("data/eval/groups.toml: {error}"))
    }
}

/// An article that was measured.
#[derive(Debug, Default)]
pub(crate) struct Unit {
    pub(crate) meta: BTreeMap<String, String>,
    /// Its figures by condition.
    pub(crate) scores: BTreeMap<&'static str, Scores>,
}

/// The articles of one corpus by the value of one key of their metadata.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ByKey {
    key: String,
    rows: Vec<Row>,
}

/// A group, or all of them.
#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    name: String,
    articles: usize,
    scores: BTreeMap<&'static str, Scores>,
}

impl Row {
    fn add(&mut self, articles: usize, scores: &BTreeMap<&'static str, Scores>) {
        self.articles += articles;
        for (condition, scores) in scores {
            let sum = self.scores.entry(condition).or_default();
            *sum = std::mem::take(sum).plus(scores);
        }
    }

    fn clean(&self, layer: Layer) -> Figure {
        self.scores.get(CLEAN).map(|scores| scores.whole(layer)).unwrap_or_default()
    }

    /// F1 over all disturbances together, and the lowest of one of them.
    fn disturbed(&self, layer: Layer) -> String {
        let each = self.scores.iter().filter(|(condition, _)| **condition != CLEAN);
        let each = each.map(|(condition, scores)| (*condition, scores.whole(layer)));
        let each: Vec<(&str, Figure)> = each.filter(|(_, figure)| figure.is_measured()).collect();
        let Some((condition, lowest)) = each.iter().min_by(|a, b| a.1.f1().total_cmp(&b.1.f1())) else {
            return "–".to_owned();
        };
        let all = each.iter().fold(Figure::default(), |sum, (_, figure)| sum.plus(*figure));
        format!("{:.1} ({condition} {:.1})", percent(all.f1()), percent(lowest.f1()))
    }
}

/// `units` by each key, the largest groups first.
pub(crate) fn grouped(units: &[Unit], kinds: &Kinds) -> Vec<ByKey> {
    kinds.0.iter().map(|(key, groups)| by_key(units, key, groups)).collect()
}

fn by_key(units: &[Unit], key: &str, groups: &BTreeMap<String, Vec<String>>) -> ByKey {
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut all = Row { name: ALL.to_owned(), ..Row::default() };
    for unit in units {
        let value = unit.meta.get(key);
        let group = groups.iter().find(|(_, values)| value.is_some_and(|value| values.contains(value)));
        let name = group.map_or(OTHER, |(name, _)| name.as_str());
        rows.entry(name).or_default().add(1, &unit.scores);
        all.add(1, &unit.scores);
    }
    let mut other = Row { name: OTHER.to_owned(), ..rows.remove(OTHER).unwrap_or_default() };
    let mut named: Vec<Row> = Vec::new();
    for (name, row) in rows {
        if row.articles < FEWEST {
            other.add(row.articles, &row.scores);
        } else {
            named.push(Row { name: name.to_owned(), ..row });
        }
    }
    named.sort_by_key(|row| Reverse(row.articles));
    named.extend((other.articles > 0).then_some(other));
    named.push(all);
    ByKey { key: key.to_owned(), rows: named }
}

impl ByKey {
    /// The tables for people: clean, then as feeds send it.
    pub(crate) fn write(&self, page: &mut String) -> std::fmt::Result {
        let Self { key, rows } = self;
        let cell = |figure: Figure| {
            if figure.is_measured() { format!("{:.1}", percent(figure.f1())) } else { "–".to_owned() }
        };
        let layers = SHOWN.map(Layer::name).join(" | ");
        let types = SCORED.map(|(_, label)| label);
        let columns = 2 + SHOWN.len() + types.len();
        writeln!(page, "F1 by {key}, of mentions by type too:\n")?;
        writeln!(page, "| {key} | articles | mentions, gold | {layers} | {} |", types.join(" | "))?;
        writeln!(page, "|---{}|", "|---:".repeat(columns))?;
        for row in rows {
            let kind = |label: &str| {
                row.scores.get(CLEAN).map(|scores| scores.kind(Layer::Mentions, label)).unwrap_or_default()
            };
            let whole = SHOWN.iter().map(|layer| cell(row.clean(*layer)));
            let cells: Vec<String> = whole.chain(types.iter().map(|label| cell(kind(label)))).collect();
            let gold = row.clean(Layer::Mentions).gold;
            writeln!(page, "| {} | {} | {gold} | {} |", row.name, row.articles, cells.join(" | "))?;
        }
        if rows.iter().any(|row| row.scores.len() > 1) {
            writeln!(
                page,
                "\nThe same as feeds send it: F1 over all disturbances together (the lowest of one):\n"
            )?;
            writeln!(page, "| {key} | {layers} |\n|---{}|", "|---:".repeat(SHOWN.len()))?;
            for row in rows {
                let cells = SHOWN.map(|layer| row.disturbed(layer));
                writeln!(page, "| {} | {} |", row.name, cells.join(" | "))?;
            }
        }
        writeln!(page)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn unit(genre: &str, right: usize) -> Unit {
        let scores = |right| {
            let mut scores = Scores::default();
            scores.add(Layer::Mentions, "PER", Figure::new(right, 10, 10));
            scores
        };
        let meta = BTreeMap::from([("genre".to_owned(), genre.to_owned())]);
        let mut unit = Unit { meta, ..Unit::default() };
        let conditions =
            [(CLEAN, scores(right)), ("oneline", scores(right - 2)), ("wrap", scores(right - 4))];
        unit.scores.extend(conditions);
        unit
    }

    fn kinds(text: &str) -> Kinds {
        toml::from_str(text).expect("groups")
    }

    #[test]
    fn groups_have_their_articles_and_small_ones_are_pooled() {
        let kinds = kinds("[genre]\nlaw = [\"court\", \"crime\"]\nsport = [\"tennis\"]\n");
        let units = [unit("court", 8), unit("tennis", 4), unit("crime", 6), unit("poem", 6)];
        let tables = grouped(&units, &kinds);
        let of = |row: &Row| (row.name.clone(), row.articles, percent(row.clean(Layer::Mentions).f1()));
        let rows: Vec<_> = tables[0].rows.iter().map(of).collect();
        let expected = [("law", 2, 70.0), ("other", 2, 50.0), ("all", 4, 60.0)];
        assert_eq!(rows, expected.map(|(name, articles, f1)| (name.to_owned(), articles, f1)));
        let mut page = String::new();
        tables[0].write(&mut page).expect("a string");
        assert!(page.contains("| law | 2 | 20 | – | – | – | – | 70.0 | 70.0 | – |"), "{page}");
        assert!(page.contains("| law | – | – | – | – | 40.0 (wrap 30.0) |"), "{page}");
    }

    #[test]
    fn nothing_is_said_of_disturbances_that_were_not_measured() {
        let mut clean = unit("court", 8);
        clean.scores.retain(|condition, _| *condition == CLEAN);
        let mut page = String::new();
        let tables = grouped(&[clean], &kinds("[genre]\nlaw = [\"court\"]\n"));
        tables[0].write(&mut page).expect("a string");
        assert!(!page.contains("feeds") && page.contains("| other | 1 | 10 |"), "{page}");
    }

    #[test]
    fn each_value_of_the_plan_is_in_one_group() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let plan = std::fs::read_to_string(root.join("data/corpus/plan.toml")).expect("the plan");
        let plan: toml::Table = toml::from_str(&plan).expect("TOML");
        let Kinds(kinds) = Kinds::built_in().expect("groups");
        assert!(kinds.contains_key("genre") && kinds.contains_key("style"));
        for (key, groups) in &kinds {
            let mut planned: Vec<&str> = Vec::new();
            for article in plan["article"].as_array().expect("articles") {
                planned.extend(article[key].as_str());
            }
            planned.sort_unstable();
            planned.dedup();
            let mut values: Vec<&str> = groups.values().flatten().map(String::as_str).collect();
            values.sort_unstable();
            assert_eq!(values, planned, "{key}");
        }
    }
}
