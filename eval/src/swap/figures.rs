//! The figures with other names beside those with the own ones, for the record.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use warraq_core::Knowledge;

use super::{Count, EXTRA, LEXICONS, Lists, Swap, Swapper};
use crate::bcubed::ratio;
use crate::corpus::{self, Content};
use crate::gold::Article;
use crate::report::{TOLERANCE, hex, percent};
use crate::score::{Layer, Scores, Setting, measure};

/// Each draw has one of these.
const SEEDS: [u64; 5] = [1, 2, 3, 4, 5];
const LAYERS: [Layer; 3] = [Layer::Mentions, Layer::Joining, Layer::Countries];

/// What is measured together.
pub(crate) struct Group {
    pub(crate) name: String,
    pub(crate) files: Vec<PathBuf>,
}

/// All figures, and what they were drawn from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Swapped {
    /// Of the lexicons' names and contents: others may give other draws.
    sha256: String,
    figure: Vec<Figure>,
}

/// F1 of a layer, of the draws the mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure {
    corpus: String,
    layer: String,
    clean: f64,
    listed: f64,
    /// The lowest and the highest of the draws.
    listed_range: (f64, f64),
    unlisted: f64,
    unlisted_range: (f64, f64),
    /// Mentions of names, and how many of them were kept, in percent.
    names: usize,
    listed_kept: f64,
    unlisted_kept: f64,
}

/// The figures of a swap in all draws.
#[derive(Default)]
struct Draws {
    scores: Vec<Scores>,
    count: Count,
}

impl Draws {
    fn f1(&self, layer: Layer) -> Vec<f64> {
        self.scores.iter().map(|scores| percent(scores.whole(layer).f1())).collect()
    }

    fn mean(&self, layer: Layer) -> f64 {
        let all: f64 = self.scores.iter().map(|scores| scores.whole(layer).f1()).sum();
        percent(all / ratio(self.scores.len().max(1), 1))
    }

    fn range(&self, layer: Layer) -> (f64, f64) {
        let all = self.f1(layer);
        (all.iter().copied().fold(100.0, f64::min), all.iter().copied().fold(0.0, f64::max))
    }

    fn kept(&self) -> f64 {
        let (names, kept) = self.count.whole();
        percent(ratio(kept, names.max(1)))
    }
}

/// The figures of `groups`, by the lists of the repository at `root`; `None` where there are no groups.
pub(crate) fn measured(
    groups: &[Group],
    root: &Path,
    knowledge: &Knowledge,
) -> Result<Option<Swapped>, String> {
    if groups.is_empty() {
        return Ok(None);
    }
    let swapper = Swapper::new(Lists::read(root).map_err(|error| error.to_string())?);
    let mut figure = Vec::new();
    for group in groups {
        let mut articles = Vec::new();
        for file in &group.files {
            match corpus::read(file).map_err(|error| error.to_string())? {
                Content::Article(article) => articles.push(article),
                _ => return Err(format!("{}: only names of articles can be swapped", file.display())),
            }
        }
        let all = |articles: &[Article]| -> Result<Scores, String> {
            let mut sum = Scores::default();
            for article in articles {
                let measured = measure(article, knowledge, &Setting::default());
                sum = sum.plus(&measured.map_err(|error| format!("{}: {error}", group.name))?.scores);
            }
            Ok(sum)
        };
        let draws = |swap: Swap| -> Result<Draws, String> {
            let mut draws = Draws::default();
            for seed in SEEDS {
                let mut renamed = Vec::with_capacity(articles.len());
                for article in &articles {
                    let (article, count) = swapper.swap(article, swap, seed);
                    draws.count.add(&count);
                    renamed.push(article);
                }
                draws.scores.push(all(&renamed)?);
            }
            Ok(draws)
        };
        let (clean, listed, unlisted) = (all(&articles)?, draws(Swap::Listed)?, draws(Swap::Unlisted)?);
        figure.extend(LAYERS.map(|layer| Figure {
            corpus: group.name.clone(),
            layer: layer.name().to_owned(),
            clean: percent(clean.whole(layer).f1()),
            listed: listed.mean(layer),
            listed_range: listed.range(layer),
            unlisted: unlisted.mean(layer),
            unlisted_range: unlisted.range(layer),
            names: listed.count.whole().0 / SEEDS.len(),
            listed_kept: listed.kept(),
            unlisted_kept: unlisted.kept(),
        }));
    }
    Ok(Some(Swapped { sha256: digest(root).map_err(|error| error.to_string())?, figure }))
}

/// Of all that decides what is drawn.
fn digest(root: &Path) -> std::io::Result<String> {
    let mut files = vec![root.join(EXTRA)];
    for part in ["curated", "generated"] {
        for entry in std::fs::read_dir(root.join(LEXICONS).join(part))? {
            files.push(entry?.path());
        }
    }
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.file_name().unwrap_or_default().to_string_lossy().as_bytes());
        hash.update([0]);
        hash.update(std::fs::read(&file)?);
    }
    Ok(hex(&hash.finalize()))
}

impl Swapped {
    /// What is worse than `before`. Figures that were drawn from other lexicons are no measure, and with `all` false
    /// corpora may be missing.
    pub(crate) fn falls(&self, before: &Self, all: bool) -> Vec<String> {
        if self.sha256 != before.sha256 {
            return Vec::new();
        }
        let mut falls = Vec::new();
        for old in &before.figure {
            let now = self.figure.iter().find(|now| now.corpus == old.corpus && now.layer == old.layer);
            let Some(now) = now else {
                if all {
                    falls.push(format!(
                        "{}: {}, names swapped: is not measured any more",
                        old.corpus, old.layer
                    ));
                }
                continue;
            };
            for (swap, is, was) in
                [(Swap::Listed, now.listed, old.listed), (Swap::Unlisted, now.unlisted, old.unlisted)]
            {
                if is < was - TOLERANCE - 1e-9 {
                    let Figure { corpus, layer, .. } = old;
                    falls.push(format!("{corpus}: {layer}, names {}: F1 {is:.1}, was {was:.1}", swap.name()));
                }
            }
        }
        falls
    }

    /// The table for people, as Markdown.
    pub(crate) fn write(&self, page: &mut String) -> std::fmt::Result {
        use std::fmt::Write as _;
        writeln!(
            page,
            "### names swapped\n\nF1 with the own names, with rare listed ones and with made-up ones, of {} draws the mean (the \
             lowest to the highest); kept: of all mentions of names those that are as they were (of `unlisted` countries, \
             nationalities and words that describe too).\n",
            SEEDS.len()
        )?;
        writeln!(
            page,
            "| corpus, layer | names | clean | listed | unlisted | kept, listed | kept, unlisted |\n\
             |---|---:|---:|---|---|---:|---:|"
        )?;
        for figure in &self.figure {
            let Figure { corpus, layer, names, clean, listed, unlisted, listed_kept, unlisted_kept, .. } =
                figure;
            let (from, to) = figure.listed_range;
            let (low, high) = figure.unlisted_range;
            writeln!(
                page,
                "| {corpus}: {layer} | {names} | {clean:.1} | {listed:.1} ({from:.1} to {to:.1}) | {unlisted:.1} ({low:.1} to \
                 {high:.1}) | {listed_kept:.1} % | {unlisted_kept:.1} % |"
            )?;
        }
        writeln!(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn swapped(sha256: &str, listed: f64) -> Swapped {
        let figure = Figure {
            corpus: "ours".to_owned(),
            layer: "mentions".to_owned(),
            clean: 90.0,
            listed,
            listed_range: (listed - 1.0, listed + 1.0),
            unlisted: 60.0,
            unlisted_range: (59.0, 61.0),
            names: 100,
            listed_kept: 12.0,
            unlisted_kept: 30.0,
        };
        Swapped { sha256: sha256.to_owned(), figure: vec![figure] }
    }

    #[test]
    fn a_fall_is_told_unless_the_lexicons_are_others() {
        let before = swapped("x", 85.0);
        assert_eq!(
            swapped("x", 84.6).falls(&before, true),
            ["ours: mentions, names listed: F1 84.6, was 85.0"]
        );
        assert_eq!(swapped("x", 84.8).falls(&before, true), Vec::<String>::new());
        assert_eq!(swapped("y", 70.0).falls(&before, true), Vec::<String>::new());
        let none = Swapped { figure: Vec::new(), ..before.clone() };
        assert_eq!((none.falls(&before, true).len(), none.falls(&before, false).len()), (1, 0));
    }

    #[test]
    fn the_table_has_both_swaps() {
        let mut page = String::new();
        swapped("x", 85.0).write(&mut page).expect("a string");
        assert!(page.contains(
            "| ours: mentions | 100 | 90.0 | 85.0 (84.0 to 86.0) | 60.0 (59.0 to 61.0) | 12.0 % | 30.0 % |"
        ));
    }
}
