//! What `data/eval/corpora.toml` lists, measured: the page for people, the figures for the next run to hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use warraq_core::Knowledge;
use warraq_core::entities::EntityType;

use crate::bcubed::ratio;
use crate::corpus::{self, Content};
use crate::disturb::Disturbance;
use crate::gold::{Article, Mention};
use crate::groups::{self, ByKey, Kinds, Unit};
use crate::orthography::{self, Orthography};
use crate::own::{self, OpenLists};
use crate::random::Random;
use crate::scheme;
use crate::score::{self, Difference, Given, Layer, Scores, Setting, measure};
use crate::swap::figures::{self, Group, Swapped};

/// The disturbances and the intervals are drawn from this.
pub const SEED: u64 = 1;
/// A figure may fall by so many points before that is a fault: the difference of one mention in some hundreds.
pub const TOLERANCE: f64 = 0.3;
const RESAMPLES: usize = 1_000;
/// Without a disturbance.
pub(crate) const CLEAN: &str = "clean";
/// The gold mentions are given.
const GIVEN: &str = "mentions given";
/// What was learned of a corpus's own scheme, in place of our mentions mapped to it.
const LEARNED: &str = "by what was learned of its scheme";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corpora {
    corpus: Vec<Listed>,
}

#[allow(clippy::struct_excessive_bools)]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    name: String,
    files: Vec<String>,
    #[serde(default)]
    shared: bool,
    #[serde(default)]
    disturbed: bool,
    /// Measured without the rows of the lexicons that are held out for the corpus of our own.
    #[serde(default)]
    withheld: bool,
    /// The page shows figures by what `data/eval/groups.toml` groups articles by.
    #[serde(default)]
    grouped: bool,
    /// Measured with other names too: in the figures of this name, and for itself where that is another's.
    #[serde(default)]
    swapped: Option<String>,
}

/// All that was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// With other names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    swapped: Option<Swapped>,
    /// Hurried writing restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    orthography: Option<Orthography>,
    corpus: Vec<Measured>,
}

/// A corpus with its figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measured {
    name: String,
    /// Of the files' names and contents.
    sha256: String,
    /// Articles, passages of a corpus, or cases.
    documents: usize,
    /// Cases that `data/eval/left_out.toml` leaves out; no figure counts them.
    #[serde(default)]
    left_out: usize,
    /// Cases that the program does not answer yet; no figure counts them.
    #[serde(default)]
    not_answered: usize,
    /// Where the held-out rows are withheld: of the persons of whose names no list has a word, how many are found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    persons_in_no_list: Option<Share>,
    /// For people: what falls in a group shows in the whole, or is one article.
    #[serde(skip)]
    grouped: Vec<ByKey>,
    figure: Vec<Entry>,
}

/// How many of some are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Share {
    gold: usize,
    right: usize,
}

/// A figure of a layer (and type) under a condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    condition: String,
    layer: String,
    /// Empty: the whole layer.
    #[serde(default)]
    kind: String,
    gold: usize,
    precision: f64,
    recall: f64,
    f1: f64,
    /// Of a whole layer over three documents or more: 95 of 100 resamples lie between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    interval: Option<(f64, f64)>,
}

/// What two reports say of the same figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// What is worse, or was not measured on the same text.
    pub falls: Vec<String>,
    /// What is better, or was not measured before: nothing holds it until it is committed.
    pub rises: Vec<String>,
}

/// A figure as others are told it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What was measured: `mentions_per_f1`.
    pub name: String,
    /// Percent.
    pub f1: f64,
    /// The corpus.
    pub measured_on: String,
}

/// Measures every corpus of `list` (the text of `corpora.toml`), the articles also as each disturbance leaves
/// them. Without `shared`, those that lie there are left out; their names come back.
///
/// # Errors
/// Where a file is missing or cannot be measured.
pub fn report(
    list: &str,
    root: &Path,
    shared: Option<&Path>,
    knowledge: &Knowledge,
) -> Result<(Report, Vec<String>), String> {
    let corpora: Corpora = toml::from_str(list).map_err(|e| format!("data/eval/corpora.toml: {e}"))?;
    let (mut report, mut skipped) = (Report::default(), Vec::new());
    let mut swapped: Vec<Group> = Vec::new();
    let withholds = corpora.corpus.iter().any(|listed| listed.withheld);
    let without = withholds.then(|| own::withholding(knowledge.tagger.clone()));
    let without = without.transpose().map_err(|e| e.to_string())?;
    for listed in corpora.corpus {
        let folder = match (listed.shared, shared) {
            (false, _) => root,
            (true, Some(shared)) => shared,
            (true, None) => {
                skipped.push(listed.name);
                continue;
            }
        };
        let known = without.as_ref().filter(|_| listed.withheld).unwrap_or(knowledge);
        report.corpus.push(measured(&listed, folder, known)?);
        for name in listed.swapped.iter().chain(listed.swapped.as_ref().map(|_| &listed.name)) {
            let files = paths(&listed, folder)?;
            match swapped.iter_mut().find(|group| group.name == *name) {
                Some(group) if *name != listed.name => group.files.extend(files),
                Some(_) => {}
                None => swapped.push(Group { name: name.clone(), files }),
            }
        }
    }
    report.swapped = figures::measured(&swapped, root, knowledge)?;
    report.orthography = shared.map(|shared| orthography::measured(root, shared)).transpose()?;
    Ok((report, skipped))
}

/// The files of a corpus.
fn paths(listed: &Listed, folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files: Vec<PathBuf> = Vec::new();
    for file in &listed.files {
        files.extend(corpus::files(&folder.join(file)).map_err(|e| e.to_string())?.0);
    }
    Ok(files)
}

fn measured(listed: &Listed, folder: &Path, knowledge: &Knowledge) -> Result<Measured, String> {
    let files = paths(listed, folder)?;
    let mut hash = Sha256::new();
    let mut conditions: BTreeMap<&str, Vec<Scores>> = BTreeMap::new();
    let (mut left_out, mut not_answered) = (0, 0);
    let mut units: Vec<Unit> = Vec::new();
    let lists = listed.withheld.then(|| OpenLists::read(folder)).transpose().map_err(|e| e.to_string())?;
    let mut persons_in_no_list = lists.is_some().then(Share::default);
    for path in &files {
        let bytes = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        hash.update(name.as_bytes());
        hash.update([0]);
        hash.update(&bytes);
        let said = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
        let setting = Setting::default();
        let mut add = |condition, scores| conditions.entry(condition).or_default().push(scores);
        match corpus::read(path).map_err(|e| e.to_string())? {
            Content::Article(article) => {
                let score::Measured { scores, differences } =
                    measure(&article, knowledge, &setting).map_err(|e| said(&e))?;
                if let (Some(lists), Some(share)) = (&lists, &mut persons_in_no_list) {
                    share.add(&article, &differences, lists);
                }
                let mut unit = Unit { meta: article.meta.clone(), ..Unit::default() };
                unit.scores.insert(CLEAN, scores.clone());
                add(CLEAN, scores);
                // Who speaks is measured apart from who is found too.
                let given = Given { mentions: true, ..Given::default() };
                let setting = Setting { layers: [Layer::Speakers].into(), given, ..Setting::default() };
                add(GIVEN, measure(&article, knowledge, &setting).map_err(|e| said(&e))?.scores);
                for disturbance in Disturbance::ALL.into_iter().filter(|_| listed.disturbed) {
                    let disturbed = disturbance.apply(&article, SEED);
                    let layers =
                        Layer::ALL.into_iter().filter(|layer| !disturbance.unscored().contains(layer));
                    let setting = Setting { layers: layers.collect(), ..Setting::default() };
                    let scores = measure(&disturbed, knowledge, &setting).map_err(|e| said(&e))?.scores;
                    unit.scores.insert(disturbance.name(), scores.clone());
                    add(disturbance.name(), scores);
                }
                units.push(unit);
            }
            Content::Names(corpus) => {
                let scheme = scheme::of_file(&name).map_err(|e| said(&e))?;
                for passage in scheme.passages(&corpus) {
                    add(CLEAN, scheme.measure(&passage, knowledge, &setting).map_err(|e| said(&e))?.scores);
                    let learned = scheme.measure_learned(&passage, knowledge, &setting);
                    if let Some(learned) = learned.map_err(|e| said(&e))? {
                        add(LEARNED, learned.scores);
                    }
                }
            }
            Content::Cases(suite) => {
                left_out += suite.left_out;
                for scores in suite.each(knowledge).map_err(|e| said(&e))? {
                    let unanswered = scores.whole(Layer::Cases).unanswered;
                    not_answered += unanswered;
                    if unanswered == 0 {
                        add(CLEAN, scores);
                    }
                }
            }
            Content::Clitics(_) => return Err(said(&"clitics are not answered yet")),
        }
    }
    let documents = conditions.get(CLEAN).map_or(0, Vec::len);
    let figure = conditions.iter().flat_map(|(condition, units)| entries(condition, units)).collect();
    let (name, sha256) = (listed.name.clone(), hex(&hash.finalize()));
    let grouped = if listed.grouped { groups::grouped(&units, &Kinds::built_in()?) } else { Vec::new() };
    Ok(Measured { name, sha256, documents, left_out, not_answered, persons_in_no_list, grouped, figure })
}

impl Share {
    /// Counts the persons of an article of whose names no list has a word.
    fn add(&mut self, article: &Article, differences: &[Difference], lists: &OpenLists) {
        let is_one = |mention: &&Mention| {
            mention.kind == EntityType::Person && lists.is_unlisted_person(&article.text, mention.span)
        };
        for mention in article.mentions.iter().filter(is_one) {
            let is_wrong = |difference: &Difference| {
                difference.layer == Layer::Mentions && difference.span == Some(mention.span)
            };
            self.gold += 1;
            self.right += usize::from(!differences.iter().any(is_wrong));
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn sum<'s>(units: impl IntoIterator<Item = &'s Scores>) -> Scores {
    units.into_iter().fold(Scores::default(), Scores::plus)
}

fn entries(condition: &str, units: &[Scores]) -> Vec<Entry> {
    let all = sum(units);
    let mut entries = Vec::new();
    for layer in all.layers() {
        let whole = all.whole(layer);
        if !whole.is_measured() {
            continue;
        }
        let entry = |kind: &str, figure: crate::score::Figure| Entry {
            condition: condition.to_owned(),
            layer: layer.name().to_owned(),
            kind: kind.to_owned(),
            gold: figure.gold,
            precision: percent(figure.precision()),
            recall: percent(figure.recall()),
            f1: percent(figure.f1()),
            interval: None,
        };
        let interval = (units.len() > 2).then(|| interval(layer, units));
        entries.push(Entry { interval, ..entry("", whole) });
        if condition == CLEAN {
            let kinds = all.kinds(layer).filter(|(kind, figure)| !kind.is_empty() && figure.is_measured());
            entries.extend(kinds.map(|(kind, figure)| entry(kind, figure)));
        }
    }
    entries
}

/// A tenth of a point is finer than any corpus here tells apart.
pub(crate) fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}

/// The bootstrap's percentiles over documents (Efron 1979). All conditions draw the same documents.
fn interval(layer: Layer, units: &[Scores]) -> (f64, f64) {
    let mut random = Random::new(SEED, &["bootstrap", layer.name()]);
    let wholes: Vec<crate::score::Figure> = units.iter().map(|unit| unit.whole(layer)).collect();
    let mut drawn: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let some = (0..wholes.len()).filter_map(|_| wholes.get(random.below(wholes.len())));
            percent(some.fold(crate::score::Figure::default(), |sum, &figure| sum.plus(figure)).f1())
        })
        .collect();
    drawn.sort_by(f64::total_cmp);
    let at = |index: usize| drawn.get(index).copied().unwrap_or_default();
    (at(RESAMPLES / 40), at(RESAMPLES - RESAMPLES / 40 - 1))
}

impl Report {
    /// The figures as `data/eval/figures.toml` has them.
    ///
    /// # Errors
    /// Where they cannot be written as TOML.
    pub fn to_toml(&self) -> Result<String, String> {
        let head =
            "# Written by `warraq eval --report`; `warraq eval --check` holds these figures. Percent.\n\n";
        toml::to_string(self).map(|body| format!("{head}{body}")).map_err(|e| e.to_string())
    }

    /// Reads such a file.
    ///
    /// # Errors
    /// Where it is malformed.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|e| format!("data/eval/figures.toml: {e}"))
    }

    /// What differs from `committed` by more than the tolerance. Corpora that are not here (`skipped`) are not
    /// looked for.
    pub fn changes(&self, committed: &Self, skipped: &[String]) -> Changes {
        let mut changes = Changes::default();
        for before in committed.corpus.iter().filter(|corpus| !skipped.contains(&corpus.name)) {
            match self.corpus.iter().find(|corpus| corpus.name == before.name) {
                None => changes.falls.push(format!("{}: is not measured any more", before.name)),
                Some(now) if now.sha256 != before.sha256 => changes
                    .falls
                    .push(format!("{}: is not the text that was measured: run --report", before.name)),
                Some(now) => now.changes(before, &mut changes),
            }
        }
        let is_new = |now: &&Measured| committed.corpus.iter().all(|before| before.name != now.name);
        let new = self.corpus.iter().filter(is_new);
        changes.rises.extend(new.map(|corpus| format!("{}: is new", corpus.name)));
        // With other names, what was measured on the same names.
        if let (Some(now), Some(before)) = (&self.swapped, &committed.swapped) {
            changes.falls.extend(now.falls(before, skipped.is_empty()));
        }
        match (&self.orthography, &committed.orthography) {
            (Some(now), Some(before)) => changes.falls.extend(now.falls(before)),
            (Some(_), None) => changes.rises.push("standard_orthography: is new".to_owned()),
            (None, _) => {}
        }
        changes
    }

    /// What is told of the corpus of that name: F1 in clean text of whole layers, of each type of mention and of
    /// each kind of case.
    pub fn told(&self, corpus: &str) -> Vec<Told> {
        let Some(measured) = self.corpus.iter().find(|measured| measured.name == corpus) else {
            return Vec::new();
        };
        let Measured { name, documents, sha256, .. } = measured;
        let version = sha256.get(..16).unwrap_or(sha256);
        let measured_on = format!("{name} ({documents} documents, SHA-256 {version}…)");
        let is_told = |entry: &&Entry| {
            let by_kind = match Layer::from_name(&entry.layer) {
                Some(Layer::Cases) => !entry.kind.is_empty(),
                Some(Layer::Mentions) => true,
                _ => entry.kind.is_empty(),
            };
            entry.condition == CLEAN && by_kind
        };
        let told = |Entry { layer, kind, f1, .. }: &Entry| {
            let words = format!("{layer} {kind} f1").to_lowercase();
            let words: Vec<&str> =
                words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            Told { name: words.join("_"), f1: *f1, measured_on: measured_on.clone() }
        };
        measured.figure.iter().filter(is_told).map(told).collect()
    }

    /// The page for people, as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut page = String::new();
        for corpus in &self.corpus {
            // Writing into a string does not fail.
            let _ = corpus.write(&mut page);
        }
        if let Some(swapped) = &self.swapped {
            let _ = swapped.write(&mut page);
        }
        page.extend(self.orthography.as_ref().map(Orthography::to_markdown));
        page
    }
}

impl Measured {
    /// Of types there are few mentions: a layer's figure is held.
    fn changes(&self, before: &Self, changes: &mut Changes) {
        let f1 = |measured: &Self, entry: &Entry| {
            let same = |other: &&Entry| {
                (&other.condition, &other.layer, &other.kind) == (&entry.condition, &entry.layer, &entry.kind)
            };
            measured.figure.iter().find(same).map(|entry| entry.f1)
        };
        for old in before.figure.iter().filter(|entry| entry.kind.is_empty()) {
            let Entry { condition, layer, f1: was, .. } = old;
            let now = f1(self, old).unwrap_or_default();
            let words = format!("{}: {layer}, {condition}: F1 {now:.1}, was {was:.1}", self.name);
            if now < was - TOLERANCE - 1e-9 {
                changes.falls.push(words);
            } else if now > was + TOLERANCE + 1e-9 {
                changes.rises.push(words);
            }
        }
        for new in self.figure.iter().filter(|entry| entry.kind.is_empty()) {
            if f1(before, new).is_none() {
                let Entry { condition, layer, f1, .. } = new;
                let words =
                    format!("{}: {layer}, {condition}: F1 {f1:.1}, was not measured before", self.name);
                changes.rises.push(words);
            }
        }
    }

    fn write(&self, page: &mut String) -> std::fmt::Result {
        let Self { name, sha256, documents, left_out, not_answered, persons_in_no_list, grouped, figure } =
            self;
        let version = sha256.get(..16).unwrap_or(sha256);
        write!(page, "### {name}\n\n{documents} documents, SHA-256 `{version}`")?;
        if *left_out > 0 {
            write!(page, "; cases left out: {left_out}")?;
        }
        if *not_answered > 0 {
            write!(page, "; {not_answered} more cases are not answered yet")?;
        }
        writeln!(page, "\n")?;
        writeln!(
            page,
            "| layer, type | gold | precision | recall | F1 | 95 % interval |\n|---|---:|---:|---:|---:|---|"
        )?;
        for entry in figure.iter().filter(|entry| entry.condition == CLEAN) {
            let Entry { layer, kind, gold, precision, recall, f1, interval, .. } = entry;
            let label = if kind.is_empty() { format!("**{layer}**") } else { format!("{layer} {kind}") };
            let interval = interval.map(|(low, high)| format!("{low:.1} to {high:.1}")).unwrap_or_default();
            writeln!(page, "| {label} | {gold} | {precision:.1} | {recall:.1} | {f1:.1} | {interval} |")?;
        }
        if let Some(Share { gold, right }) = persons_in_no_list {
            let found = percent(ratio(*right, *gold));
            writeln!(
                page,
                "\nOf {gold} mentions of persons of whose names no list has a word, {found:.1} % are found."
            )?;
        }
        let conditions: BTreeSet<&str> = figure.iter().map(|entry| entry.condition.as_str()).collect();
        if conditions.len() > 1 {
            let interval = if *documents > 2 { ", and the 95 % interval" } else { "" };
            writeln!(page, "\nF1 as feeds send it{interval} (seed {SEED}):\n")?;
            let conditions: Vec<&str> = std::iter::once(CLEAN)
                .chain(conditions.into_iter().filter(|&condition| condition != CLEAN))
                .collect();
            writeln!(
                page,
                "| layer | {} |\n|---{}|",
                conditions.join(" | "),
                "|---:".repeat(conditions.len())
            )?;
            let mut layers: Vec<&str> = Vec::new();
            for entry in figure.iter().filter(|entry| entry.kind.is_empty()) {
                if !layers.contains(&entry.layer.as_str()) {
                    layers.push(&entry.layer);
                }
            }
            for layer in layers {
                let cell = |condition: &&str| {
                    let is_it = |entry: &&Entry| {
                        entry.condition == **condition && entry.layer == layer && entry.kind.is_empty()
                    };
                    figure.iter().find(is_it).map_or("–".to_owned(), |Entry { f1, interval, .. }| {
                        let interval = interval.map(|(low, high)| format!(" ({low:.0}–{high:.0})"));
                        format!("{f1:.1}{}", interval.unwrap_or_default())
                    })
                };
                writeln!(
                    page,
                    "| {layer} | {} |",
                    conditions.iter().map(cell).collect::<Vec<_>>().join(" | ")
                )?;
            }
        }
        writeln!(page)?;
        grouped.iter().try_for_each(|by_key| by_key.write(page))
    }
}

/// `page` with `inside` between its markers of that name.
///
/// # Errors
/// Where it has no markers.
pub fn between_markers(page: &str, name: &str, inside: &str) -> Result<String, String> {
    let (begin, end) = (format!("<!-- {name}:begin -->"), format!("<!-- {name}:end -->"));
    let (head, rest) = page.split_once(&begin).ok_or_else(|| format!("the page has no `{begin}`"))?;
    let (_, tail) = rest.split_once(&end).ok_or_else(|| format!("the page has no `{end}`"))?;
    Ok(format!("{head}{begin}\n\n{inside}{end}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(condition: &str, layer: &str, f1: f64) -> Entry {
        Entry {
            condition: condition.to_owned(),
            layer: layer.to_owned(),
            kind: String::new(),
            gold: 100,
            precision: f1,
            recall: f1,
            f1,
            interval: None,
        }
    }

    fn report(sha256: &str, figure: Vec<Entry>) -> Report {
        let measured = Measured {
            name: "a".to_owned(),
            sha256: sha256.to_owned(),
            documents: 3,
            left_out: 0,
            not_answered: 0,
            persons_in_no_list: None,
            grouped: Vec::new(),
            figure,
        };
        Report { corpus: vec![measured], ..Report::default() }
    }

    #[test]
    fn a_fall_beyond_the_tolerance_is_told_and_so_is_a_rise() {
        let before = report("x", vec![entry("clean", "mentions", 90.0), entry("wrap", "mentions", 80.0)]);
        let changes = |now: &Report| now.changes(&before, &[]);
        let within = report("x", vec![entry("clean", "mentions", 89.7), entry("wrap", "mentions", 80.3)]);
        assert_eq!(changes(&within), Changes::default());
        let worse = report("x", vec![entry("clean", "mentions", 90.4), entry("wrap", "mentions", 79.6)]);
        assert_eq!(changes(&worse).falls, ["a: mentions, wrap: F1 79.6, was 80.0"]);
        assert_eq!(changes(&worse).rises, ["a: mentions, clean: F1 90.4, was 90.0"]);
        let less = report("x", vec![entry("clean", "mentions", 90.0)]);
        assert_eq!(changes(&less).falls, ["a: mentions, wrap: F1 0.0, was 80.0"]);
        let other_text = changes(&report("y", before.corpus[0].figure.clone()));
        assert_eq!((other_text.falls.len(), other_text.rises.len()), (1, 0));
        assert_eq!(Report::default().changes(&before, &["a".to_owned()]), Changes::default());
        assert_eq!(changes(&Report::default()).falls, ["a: is not measured any more"]);
    }

    #[test]
    fn what_was_not_measured_before_is_told() {
        let now = report("x", vec![entry("clean", "mentions", 90.0), entry("wrap", "mentions", 80.0)]);
        let before = report("x", vec![entry("clean", "mentions", 90.0)]);
        let new = "a: mentions, wrap: F1 80.0, was not measured before";
        assert_eq!(now.changes(&before, &[]), Changes { rises: vec![new.to_owned()], ..Changes::default() });
        assert_eq!(now.changes(&Report::default(), &[]).rises, ["a: is new"]);
    }

    #[test]
    fn the_page_shows_each_layer_disturbed_beside_clean() {
        let with = |condition, f1| Entry {
            interval: Some((f1 - 5.0, f1 + 5.0)),
            ..entry(condition, "mentions", f1)
        };
        let page = report("x", vec![with("clean", 90.0), with("wrap", 80.0), entry("wrap", "blocks", 50.0)])
            .to_markdown();
        assert!(page.contains("| mentions | 90.0 (85–95) | 80.0 (75–85) |"), "{page}");
        assert!(page.contains("| blocks | – | 50.0 |"), "{page}");
    }

    #[test]
    fn the_page_says_what_no_figure_counts() {
        let mut all = report("x", vec![entry("clean", "cases", 90.0)]);
        assert!(all.to_markdown().contains("\n3 documents, SHA-256 `x`\n"), "{}", all.to_markdown());
        all.corpus[0].left_out = 2;
        all.corpus[0].not_answered = 4;
        let counts = "\n3 documents, SHA-256 `x`; cases left out: 2; 4 more cases are not answered yet\n";
        assert!(all.to_markdown().contains(counts), "{}", all.to_markdown());
    }

    #[test]
    fn figures_are_read_as_they_were_written() {
        let report =
            report("x", vec![Entry { interval: Some((1.5, 99.0)), ..entry("clean", "mentions", 90.1) }]);
        let text = report.to_toml().expect("TOML");
        assert_eq!(Report::from_toml(&text).expect("TOML"), report);
        assert!(report.to_markdown().contains("| **mentions** | 100 | 90.1 | 90.1 | 90.1 | 1.5 to 99.0 |"));
    }

    #[test]
    fn others_are_told_whole_layers_and_types_of_mentions_in_clean_text() {
        let kind = |layer, kind: &str| Entry { kind: kind.to_owned(), ..entry("clean", layer, 70.0) };
        let figures = vec![
            entry("clean", "blocks", 90.0),
            kind("blocks", "title"),
            kind("mentions", "PER"),
            kind("cases", "lingua-rs ar"),
            entry("clean", "cases", 50.0),
            entry("wrap", "mentions", 80.0),
        ];
        let told = report("x", figures).told("a");
        let names: Vec<&str> = told.iter().map(|told| told.name.as_str()).collect();
        assert_eq!(names, ["blocks_f1", "mentions_per_f1", "cases_lingua_rs_ar_f1"]);
        assert_eq!((told[0].f1, told[0].measured_on.as_str()), (90.0, "a (3 documents, SHA-256 x…)"));
        assert_eq!(report("x", Vec::new()).told("b"), []);
    }

    #[test]
    fn the_page_keeps_what_people_wrote() {
        let page = "a\n<!-- eval:begin -->\nold\n<!-- eval:end -->\nb\n";
        let new = between_markers(page, "eval", "new\n").expect("markers");
        assert_eq!(new, "a\n<!-- eval:begin -->\n\nnew\n<!-- eval:end -->\nb\n");
        assert!(between_markers("a", "eval", "b").is_err());
    }

    #[test]
    fn an_interval_holds_the_figure_and_is_the_same_each_time() {
        let unit = |right| {
            let mut scores = Scores::default();
            scores.add(Layer::Mentions, "PER", crate::score::Figure::new(right, 10, 10));
            scores
        };
        let units: Vec<Scores> = [9, 5, 7, 8, 10].into_iter().map(unit).collect();
        let (low, high) = interval(Layer::Mentions, &units);
        assert!(low < 78.0 && 78.0 < high && low >= 50.0, "{low} {high}");
        assert_eq!(interval(Layer::Mentions, &units), (low, high));
    }
}
