//! Measures files and adds up what belongs together.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use warraq_core::Knowledge;

use crate::corpus::{self, Content, LeftOut};
use crate::disturb::Disturbance;
use crate::gold::Article;
use crate::report;
use crate::scheme::{self, Scheme};
use crate::score::{Difference, Figure, Layer, Measured, Scores, Setting, measure};
use crate::swap::{Count, Swap, Swapper};

/// A difference in the text where it is.
#[derive(Clone, Debug)]
pub struct Located {
    /// The name of the file.
    pub file: String,
    /// The text that the difference's span is of.
    pub text: Arc<str>,
    /// What differs.
    pub difference: Difference,
}

/// What was measured together: all articles, or all corpora of one scheme …
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// How many files.
    pub files: usize,
    /// How many cases or rows of theirs are left out.
    pub left_out: usize,
    /// For each program that cases come from: how many of those that were to be answered are left out, and how many
    /// there are.
    pub shares: BTreeMap<String, (usize, usize)>,
    /// Of the names that were to be swapped, how many were not.
    pub swapped: Option<Count>,
    /// Their figures together.
    pub scores: Scores,
    /// What is behind them, sorted as [`Difference`] sorts.
    pub differences: Vec<Located>,
}

/// Measures one file after another.
pub struct Run<'a> {
    knowledge: &'a Knowledge,
    setting: &'a Setting,
    /// For corpora, instead of what their names say.
    scheme: Option<Scheme>,
    /// What is done to articles first, and the seed of it.
    disturbances: Vec<Disturbance>,
    swap: Option<(&'a Swapper, Swap)>,
    seed: u64,
    groups: BTreeMap<String, Group>,
}

impl<'a> Run<'a> {
    /// A run in which nothing is measured yet.
    pub fn new(knowledge: &'a Knowledge, setting: &'a Setting, scheme: Option<Scheme>) -> Self {
        let (disturbances, seed) = (Vec::new(), report::SEED);
        Self { knowledge, setting, scheme, disturbances, swap: None, seed, groups: BTreeMap::new() }
    }

    /// The same run, in which the names of articles are swapped before all else.
    #[must_use]
    pub fn swapped(mut self, swap: Option<(&'a Swapper, Swap)>) -> Self {
        self.swap = swap;
        self
    }

    /// The same run, in which articles are disturbed first.
    #[must_use]
    pub fn disturbed(mut self, mut disturbances: Vec<Disturbance>, seed: u64) -> Self {
        // They are applied in the order in which the list of all has them.
        disturbances.sort_by_key(|one| Disturbance::ALL.iter().position(|other| other == one));
        (self.disturbances, self.seed) = (disturbances, seed);
        self
    }

    /// Measures the file at `path`.
    ///
    /// # Errors
    /// Where it cannot be read or measured.
    pub fn add(&mut self, path: &Path) -> Result<(), String> {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let too_long = |error: warraq_core::source::TooLong| format!("{}: {error}", path.display());
        match corpus::read(path).map_err(|error| error.to_string())? {
            Content::Article(article) => {
                let mut count = None;
                let article = match self.swap {
                    None => article,
                    Some((swapper, swap)) => {
                        let (article, names) = swapper.swap(&article, swap, self.seed);
                        count = Some(names);
                        article
                    }
                };
                let (article, setting) = self.disturb(article);
                let measured = measure(&article, self.knowledge, &setting).map_err(too_long)?;
                self.put("articles", &file, &article.text, measured);
                if let (Some(count), Some(group)) = (count, self.groups.get_mut("articles")) {
                    group.swapped.get_or_insert_default().add(&count);
                }
                self.count("articles", 0);
            }
            Content::Names(corpus) => {
                let scheme = match &self.scheme {
                    Some(scheme) => scheme.clone(),
                    None => {
                        scheme::of_file(&file).map_err(|problem| format!("{}: {problem}", path.display()))?
                    }
                };
                let group = format!("corpora in the scheme {}", scheme.name);
                for passage in scheme.passages(&corpus) {
                    let measured =
                        scheme.measure(&passage, self.knowledge, self.setting).map_err(too_long)?;
                    self.put(&group, &file, &passage.text, measured);
                }
                self.count(&group, 0);
            }
            Content::Clitics(corpus) => {
                let mut measured = Measured::default();
                if self.setting.measures(Layer::Segments) {
                    measured.scores.add(Layer::Segments, &file, Figure::unanswered(corpus.words.len()));
                }
                self.put("clitics", &file, "", measured);
                self.count("clitics", corpus.broken);
            }
            Content::Cases(suite) => {
                let asked = [Layer::Cases, Layer::Maps].map(|layer| self.setting.measures(layer));
                let measured = if asked.contains(&true) {
                    suite.measure(self.knowledge).map_err(|error| format!("{}: {error}", path.display()))?
                } else {
                    Measured::default()
                };
                self.put("cases of other programs", &file, "", measured);
                self.count("cases of other programs", suite.left_out);
                if let Some(group) = self.groups.get_mut("cases of other programs") {
                    let (left_out, of) = suite.share_left_out();
                    let share = group.shares.entry(suite.name).or_default();
                    *share = (share.0 + left_out, share.1 + of);
                }
            }
        }
        Ok(())
    }

    /// The article as it is sent, and what is then measured of it.
    fn disturb(&self, mut article: Article) -> (Article, Setting) {
        let mut setting = self.setting.clone();
        for disturbance in &self.disturbances {
            article = disturbance.apply(&article, self.seed);
            if !disturbance.unscored().is_empty() {
                let asked = if setting.layers.is_empty() { Layer::ALL.into() } else { setting.layers };
                setting.layers =
                    asked.into_iter().filter(|layer| !disturbance.unscored().contains(layer)).collect();
            }
        }
        (article, setting)
    }

    fn put(&mut self, group: &str, file: &str, text: &str, measured: Measured) {
        let group = self.groups.entry(group.to_owned()).or_default();
        let text: Arc<str> = text.into();
        group.scores = std::mem::take(&mut group.scores).plus(&measured.scores);
        let located = |difference| Located { file: file.to_owned(), text: Arc::clone(&text), difference };
        group.differences.extend(measured.differences.into_iter().map(located));
    }

    fn count(&mut self, group: &str, left_out: usize) {
        if let Some(group) = self.groups.get_mut(group) {
            group.files += 1;
            group.left_out += left_out;
        }
    }

    /// What was measured, by name.
    pub fn finish(mut self) -> BTreeMap<String, Group> {
        for group in self.groups.values_mut() {
            // Stable: within one kind and cause as the files and their texts have them.
            group.differences.sort_by(|a, b| key(&a.difference).cmp(&key(&b.difference)));
        }
        self.groups
    }
}

fn key(difference: &Difference) -> (Layer, &str, crate::score::Cause) {
    (difference.layer, &difference.kind, difference.cause)
}

/// The groups as JSON; with `differences` what is behind the figures too, with spans in bytes.
pub fn to_json(groups: &BTreeMap<String, Group>, left_out: &[LeftOut], differences: bool) -> Value {
    let groups: Vec<Value> = groups
        .iter()
        .map(|(name, group)| {
            let mut value =
                json!({ "name": name, "files": group.files, "left_out": group.left_out, "scores": scores_to_json(&group.scores) });
            if let Some(count) = &group.swapped {
                let (names, kept) = count.whole();
                value["swapped"] = json!({ "names": names, "kept": kept });
            }
            if differences {
                value["differences"] = group.differences.iter().map(located_to_json).collect();
            }
            value
        })
        .collect();
    let left_out: Vec<Value> = left_out
        .iter()
        .map(|file| json!({ "file": file.path.display().to_string(), "reason": file.reason }))
        .collect();
    json!({ "groups": groups, "left_out": left_out })
}

/// Each layer as a whole (its `kind` is null) and by kind.
fn scores_to_json(scores: &Scores) -> Vec<Value> {
    let row = |layer: Layer, kind: Option<&str>, figure: Figure| {
        json!({
            "layer": layer.name(),
            "kind": kind,
            "gold": figure.gold,
            "given": figure.given,
            "precision": figure.precision(),
            "recall": figure.recall(),
            "f1": figure.f1(),
            "not_answered": figure.unanswered,
        })
    };
    let mut rows = Vec::new();
    for layer in scores.layers() {
        rows.push(row(layer, None, scores.whole(layer)));
        let kinds = scores.kinds(layer).filter(|(kind, _)| !kind.is_empty());
        rows.extend(kinds.map(|(kind, figure)| row(layer, Some(kind), figure)));
    }
    rows
}

fn located_to_json(located: &Located) -> Value {
    let Difference { layer, kind, cause, span, wanted, found } = &located.difference;
    json!({
        "file": located.file,
        "layer": layer.name(),
        "kind": kind,
        "cause": cause.name(),
        "begin": span.map(|span| span.begin),
        "end": span.map(|span| span.end),
        "text": span.map(|span| span.of(&located.text)),
        "wanted": wanted,
        "found": found,
    })
}
