//! How far two people's annotations of one text agree: F1 by layer, the first annotation taken for what is right. F1
//! is the same the other way round.
//!
//! | layer | agrees where |
//! |---|---|
//! | mentions | span and type are the same |
//! | blocks, sentences, datelines, quotations | spans (and kinds) are the same |
//! | speakers | of quotations that both have, both mean the same person, body or place |
//! | joining | B³, see [`crate::bcubed`] |
//! | values, countries | of mentions that both have, the value or the ISO code is the same |
//!
//! Each has given things ids of their own: an id of the second annotation means what in the first most of its mentions
//! are mentions of.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use warraq_core::Span;
use warraq_core::entities::EntityType;

use super::bars::Barred;
use super::lines::Lines;
use super::page::Section;
use super::{CORPUS, FIRST, SECOND, SPLITS, markup_files, nothing};
use crate::bcubed::bcubed;
use crate::file::FileError;
use crate::gold::{Article, Mention, block_name, has_value, is_country_code, label};
use crate::markup;
use crate::score::{Cause, Difference, Figure, JOINED, Layer, Scores, differences, joining_differences};

/// One place where the two differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Differing {
    /// The file of the first annotation.
    pub file: PathBuf,
    /// Its line.
    pub line: usize,
    /// Layer, what stands there, and what each has.
    pub message: String,
}

/// What all articles that were annotated twice say together.
#[derive(Clone, Debug, Default)]
pub struct Agreement {
    articles: usize,
    scores: Scores,
    /// What is behind the figures, in the order of the files.
    pub differing: Vec<Differing>,
}

/// Compares the second annotations of the corpus of the repository at `root` with the first ones.
///
/// # Errors
/// Where there are none, one has no first annotation or another text, or a file cannot be read.
pub fn agreement(root: &Path) -> Result<Agreement, FileError> {
    let corpus = root.join(CORPUS);
    let seconds = markup_files(&corpus.join(SECOND))?;
    if seconds.is_empty() {
        return Err(FileError { problem: format!("has no article in {SECOND}"), ..nothing(root) });
    }
    let mut all = Agreement::default();
    for path in seconds {
        let name = path.file_name().unwrap_or_default();
        // As it was written where it was mended since.
        let folders = [&[FIRST][..], &SPLITS].concat();
        let mut firsts =
            folders.iter().map(|folder| corpus.join(folder).join(name)).filter(|first| first.exists());
        let first = firsts.next().ok_or_else(|| {
            FileError::whole(&path, format!("has no first annotation in {}", folders.join(", ")))
        })?;
        all.add(&first, &path)?;
    }
    Ok(all)
}

impl Agreement {
    fn add(&mut self, first_path: &Path, second_path: &Path) -> Result<(), FileError> {
        let content = std::fs::read_to_string(first_path)
            .map_err(|error| FileError::whole(first_path, error.to_string()))?;
        let first = markup::parse(&first_path.display().to_string(), &content)?;
        let second = markup::read(second_path)?;
        if first.text != second.text {
            return Err(other_text(&first, second_path, &second));
        }
        let (scores, mut found) = compare(&first, &second);
        found.sort_by_key(|difference| (difference.span, difference.layer));
        let lines = Lines::new(&content, &first.text);
        self.differing.extend(found.iter().map(|difference| Differing {
            file: first_path.to_owned(),
            line: lines.of(difference.span.map_or(0, |span| span.begin)),
            message: told(difference, &first.text),
        }));
        self.scores = std::mem::take(&mut self.scores).plus(&scores);
        self.articles += 1;
        Ok(())
    }

    /// Each figure that has a bar.
    pub fn barred(&self) -> Vec<Barred> {
        let f1 = |layer| 100.0 * self.scores.whole(layer).f1();
        [
            ("agreement: mentions", f1(Layer::Mentions)),
            ("agreement: blocks and sentences", f1(Layer::Blocks).min(f1(Layer::Sentences))),
            ("agreement: speakers", f1(Layer::Speakers)),
        ]
        .into_iter()
        .filter_map(|(name, figure)| Barred::new(name, figure))
        .collect()
    }

    /// All figures, as tables.
    pub fn sections(&self) -> Vec<Section> {
        let mut rows =
            vec![vec!["articles".to_owned(), self.articles.to_string(), String::new(), String::new()]];
        let row = |name: String, figure: Figure| {
            let f1 = format!("{:.1}", 100.0 * figure.f1());
            vec![name, figure.gold.to_string(), figure.given.to_string(), f1]
        };
        for layer in self.scores.layers() {
            rows.push(row(layer.name().to_owned(), self.scores.whole(layer)));
            let kinds = self.scores.kinds(layer).filter(|(kind, _)| !kind.is_empty());
            rows.extend(kinds.map(|(kind, figure)| row(format!("{} {kind}", layer.name()), figure)));
        }
        vec![
            Section {
                heading: "Agreement against the bars",
                header: vec!["figure", "is", "bar", ""],
                rows: self.barred().iter().map(Barred::row).collect(),
            },
            Section {
                heading: "Agreement by layer",
                header: vec!["layer, type", "first", "second", "F1"],
                rows,
            },
        ]
    }
}

/// The first place where the texts differ.
fn other_text(first: &Article, path: &Path, second: &Article) -> FileError {
    const SHOWN: usize = 30;
    let alike = first.text.chars().zip(second.text.chars()).take_while(|(a, b)| a == b).count();
    let shown = |text: &str| text.chars().skip(alike).take(SHOWN).collect::<String>().replace('\n', "⏎");
    let line = first.text.chars().take(alike).filter(|c| *c == '\n').count() + 1;
    let before: String = first.text.chars().take(alike).collect();
    let before: String = before.chars().rev().take(SHOWN).collect::<Vec<char>>().into_iter().rev().collect();
    let problem = format!(
        "its text is not that of the first annotation; in line {line} of the text, after `{}`, the first has `{}` and \
         the second `{}`",
        before.replace('\n', "⏎"),
        shown(&first.text),
        shown(&second.text)
    );
    FileError::whole(path, problem)
}

/// A difference in words.
fn told(difference: &Difference, text: &str) -> String {
    let Difference { layer, kind, cause, span, wanted, found } = difference;
    let surface = span.map(|span| span.of(text).replace('\n', "⏎")).unwrap_or_default();
    let kind = if kind.is_empty() { String::new() } else { format!(" {kind}") };
    let (wanted, found) = (wanted.as_deref().unwrap_or("-"), found.as_deref());
    let beside = found.map(|found| format!(" (beside it `{found}`)")).unwrap_or_default();
    let found = found.unwrap_or("-");
    let says = match cause {
        Cause::Missed => format!("only the first has it{beside}"),
        Cause::Extra => format!("only the second has it{beside}"),
        Cause::WrongSpan | Cause::WrongKind => format!("the second has `{found}`"),
        Cause::WrongValue => format!("the first has `{wanted}`, the second `{found}`"),
        Cause::Parted => format!("the first joins it with `{found}`, the second does not"),
        Cause::Joined => format!("the second joins it with `{found}`, the first does not"),
    };
    format!("{}{kind} `{surface}`: {says}", layer.name())
}

fn compare(first: &Article, second: &Article) -> (Scores, Vec<Difference>) {
    let mut pair = Pair { first, second, scores: Scores::default(), differences: Vec::new() };
    pair.structure();
    pair.mentions();
    pair.joining();
    pair.speakers();
    (pair.scores, pair.differences)
}

/// One article twice.
struct Pair<'a> {
    first: &'a Article,
    second: &'a Article,
    scores: Scores,
    differences: Vec<Difference>,
}

impl Pair<'_> {
    fn structure(&mut self) {
        let blocks = |article: &Article| {
            article.blocks.iter().map(|block| (block.span, block_name(block.kind).to_owned())).collect()
        };
        self.spans(Layer::Blocks, &blocks);
        let plain = |span: &Span| (*span, String::new());
        self.spans(Layer::Sentences, &|article| article.sentences.iter().map(plain).collect());
        self.spans(Layer::Datelines, &|article| article.datelines.iter().map(plain).collect());
        let quotations = |article: &Article| {
            article.quotations.iter().map(|quotation| (quotation.span, String::new())).collect()
        };
        self.spans(Layer::Quotations, &quotations);
        let mentions = |article: &Article| {
            let item = |mention: &Mention| (mention.span, label(mention.kind).unwrap_or_default().to_owned());
            article.mentions.iter().map(item).collect()
        };
        self.spans(Layer::Mentions, &mentions);
    }

    fn spans(&mut self, layer: Layer, items: &dyn Fn(&Article) -> BTreeSet<(Span, String)>) {
        let (first, second) = (items(self.first), items(self.second));
        let kinds: BTreeSet<&String> = first.iter().chain(&second).map(|(_, kind)| kind).collect();
        for kind in kinds {
            let of_kind =
                |items: &BTreeSet<(Span, String)>| items.iter().filter(|(_, of)| of == kind).count();
            let both = first.intersection(&second).filter(|(_, of)| of == kind).count();
            self.scores.add(layer, kind, Figure::new(both, of_kind(&first), of_kind(&second)));
        }
        self.differences.extend(differences(layer, &self.first.text, &first, &second));
    }

    /// Values and codes of what both have.
    fn mentions(&mut self) {
        for mention in &self.first.mentions {
            let same = |other: &&Mention| (other.span, other.kind) == (mention.span, mention.kind);
            let Some(other) = self.second.mentions.iter().find(same) else { continue };
            let kind = label(mention.kind).unwrap_or_default();
            if has_value(mention.kind) {
                self.value(Layer::Values, kind, mention.span, Some(&mention.id), Some(&other.id));
            } else if matches!(mention.kind, EntityType::Location | EntityType::Nationality) {
                let code = |id: &'_ str| is_country_code(id).then(|| id.to_owned());
                let (wanted, found) = (code(&mention.id), code(&other.id));
                self.value(Layer::Countries, kind, mention.span, wanted.as_deref(), found.as_deref());
            }
        }
    }

    fn joining(&mut self) {
        for kind in JOINED {
            let of_kind = |article: &Article| -> Vec<(Span, String)> {
                let mentions = article.mentions.iter().filter(|mention| mention.kind == kind);
                mentions.map(|mention| (mention.span, mention.id.clone())).collect()
            };
            let (first, second) = (of_kind(self.first), of_kind(self.second));
            let figure = bcubed(&first, &second);
            let label = label(kind).unwrap_or_default();
            if figure.is_measured() {
                self.scores.add(Layer::Joining, label, figure);
            }
            let ids = |mentions: &[(Span, String)]| -> Vec<(Span, usize)> {
                let known: BTreeSet<&String> = mentions.iter().map(|(_, id)| id).collect();
                let place = |id: &String| known.iter().take_while(|other| **other < id).count();
                mentions.iter().map(|(span, id)| (*span, place(id))).collect()
            };
            let found = joining_differences(&self.first.text, label, &ids(&first), &ids(&second));
            self.differences.extend(found);
        }
    }

    /// Who said what both have for a quotation.
    fn speakers(&mut self) {
        let meaning = self.meaning();
        for quotation in &self.first.quotations {
            let Some(other) = self.second.quotations.iter().find(|other| other.span == quotation.span) else {
                continue;
            };
            let found = other.speaker.as_ref().map(|id| meaning.get(id).unwrap_or(id).as_str());
            self.value(Layer::Speakers, "", quotation.span, quotation.speaker.as_deref(), found);
        }
    }

    /// What each id of the second annotation means in the first: the id that most of its mentions have there. An id
    /// with no mention that both have means nothing that the first knows.
    fn meaning(&self) -> BTreeMap<String, String> {
        const ACTORS: [EntityType; 4] =
            [EntityType::Person, EntityType::Organization, EntityType::Location, EntityType::Role];
        let mut counts: BTreeMap<&String, BTreeMap<&String, usize>> = BTreeMap::new();
        for mention in self.second.mentions.iter().filter(|mention| ACTORS.contains(&mention.kind)) {
            let same = |other: &&Mention| (other.span, other.kind) == (mention.span, mention.kind);
            let count = counts.entry(&mention.id).or_default();
            if let Some(first) = self.first.mentions.iter().find(same) {
                *count.entry(&first.id).or_default() += 1;
            }
        }
        let meant = |(id, count): (&String, BTreeMap<&String, usize>)| {
            let most = count.into_iter().max_by_key(|(_, count)| *count);
            // A name of the first that only by chance is written alike must not count as the same.
            (id.clone(), most.map_or_else(|| format!("{id} of the second"), |(first, _)| first.clone()))
        };
        counts.into_iter().map(meant).collect()
    }

    /// What both say of something, where either says anything.
    fn value(&mut self, layer: Layer, kind: &str, span: Span, wanted: Option<&str>, found: Option<&str>) {
        if wanted.is_none() && found.is_none() {
            return;
        }
        let agrees = wanted == found;
        let figure = Figure::new(agrees.into(), wanted.is_some().into(), found.is_some().into());
        self.scores.add(layer, kind, figure);
        if !agrees {
            self.differences.push(Difference {
                layer,
                kind: kind.to_owned(),
                cause: Cause::WrongValue,
                span: Some(span),
                wanted: wanted.map(ToOwned::to_owned),
                found: found.map(ToOwned::to_owned),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    fn corpus(files: &[(&str, &str)]) -> TempDir {
        let folder = TempDir::new().expect("a folder");
        for (name, content) in files {
            let path = folder.path().join(CORPUS).join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, content).expect("a file");
        }
        folder
    }

    fn compared(first: &str, second: &str) -> Agreement {
        let folder = corpus(&[("train/001.markup", first), ("second/001.markup", second)]);
        agreement(folder.path()).unwrap_or_else(|error| panic!("{error}"))
    }

    const FIRST: &str = "\
# ref: 2024-03-06
title\tعاد [[PER samer|سامر حداد]]
paragraph\tقال [[PER samer|سامر]] {{samer|«عدنا»}} في [[DATE 2024-03-05|أمس]]. // وزار [[LOC SY|سوريا]].
";

    #[test]
    fn an_annotation_agrees_with_itself_under_other_ids() {
        let same = compared(FIRST, &FIRST.replace("samer", "s_haddad").replace("# ref: 2024-03-06\n", ""));
        assert_eq!(same.differing, []);
        for layer in [Layer::Blocks, Layer::Sentences, Layer::Quotations, Layer::Speakers, Layer::Mentions] {
            assert!((same.scores.whole(layer).f1() - 1.0).abs() < 1e-12, "{}", layer.name());
        }
        assert_eq!(same.scores.whole(Layer::Joining), Figure::all(2));
        assert_eq!(same.scores.kind(Layer::Values, "DATE"), Figure::all(1));
        assert!(same.barred().iter().all(|barred| barred.met), "{:?}", same.barred());
    }

    #[test]
    fn each_difference_counts_and_is_told_with_its_line() {
        let differ = |from: &str, to: &str, layer: Layer, figure: Figure, told: &str| {
            let found = compared(FIRST, &FIRST.replace(from, to));
            assert_eq!(found.scores.whole(layer), figure, "{to}");
            let lines: Vec<String> =
                found.differing.iter().map(|one| format!("{}: {}", one.line, one.message)).collect();
            assert!(lines.iter().any(|line| line == told), "{lines:#?}");
        };
        let figure = Figure::new;
        let [date, moved] = ["[[DATE 2024-03-05|أمس]]", "في [[DATE 2024-03-05|أمس]]"];
        differ(
            date,
            "أمس",
            Layer::Mentions,
            figure(3, 4, 3),
            "3: mentions DATE `أمس`: only the first has it",
        );
        differ(
            moved,
            "[[DATE 2024-03-05|في أمس]]",
            Layer::Mentions,
            figure(3, 4, 4),
            "3: mentions DATE `أمس`: the second has `DATE في أمس`",
        );
        differ(
            "LOC SY|",
            "ORG syria|",
            Layer::Mentions,
            figure(3, 4, 4),
            "3: mentions LOC `سوريا`: the second has `ORG سوريا`",
        );
        differ(
            "2024-03-05",
            "2024-03-06",
            Layer::Values,
            figure(0, 1, 1),
            "3: values DATE `أمس`: the first has `2024-03-05`, the second `2024-03-06`",
        );
        differ(
            "LOC SY|",
            "LOC syria|",
            Layer::Countries,
            figure(0, 1, 0),
            "3: countries LOC `سوريا`: the first has `SY`, the second `-`",
        );
        differ(
            "{{samer|",
            "{{-|",
            Layer::Speakers,
            figure(0, 1, 0),
            "3: speakers `«عدنا»`: the first has `samer`, the second `-`",
        );
        differ(
            "{{samer|",
            "{{SY|",
            Layer::Speakers,
            figure(0, 1, 1),
            "3: speakers `«عدنا»`: the first has `samer`, the second `SY`",
        );
        differ(
            ". // وزار",
            ". وزار",
            Layer::Sentences,
            figure(1, 3, 2),
            "3: sentences `وزار سوريا.`: only the first has it (beside it `قال سامر «عدنا» في أمس. وزار سوريا.`)",
        );
        differ(
            "title\t",
            "subhead\t",
            Layer::Blocks,
            figure(1, 2, 2),
            "2: blocks title `عاد سامر حداد`: the second has `subhead عاد سامر حداد`",
        );
        let parted = compared(FIRST, &FIRST.replace("title\tعاد [[PER samer|", "title\tعاد [[PER other|"));
        assert!(parted.scores.whole(Layer::Joining).f1() < 1.0);
        assert!(
            parted.differing.iter().any(|one| one.message.contains("the second does not")),
            "{:?}",
            parted.differing
        );
    }

    #[test]
    fn an_id_that_only_looks_the_same_is_another() {
        // The second calls another thing `samer`.
        let second = FIRST.replace("PER samer|", "PER s|").replace("LOC SY|", "LOC samer|");
        let found = compared(FIRST, &second);
        assert_eq!(found.scores.whole(Layer::Speakers), Figure::new(0, 1, 1));
    }

    #[test]
    fn other_texts_are_not_compared() {
        let folder =
            corpus(&[("dev/001.markup", FIRST), ("second/001.markup", &FIRST.replace("وزار", "وجاب"))]);
        let error = agreement(folder.path()).map(|_| ()).expect_err("another text").to_string();
        assert!(
            error.contains("line 2 of the text")
                && error.contains("`زار سوريا.`")
                && error.contains("`جاب سوريا.`"),
            "{error}"
        );
    }

    #[test]
    fn what_was_mended_since_is_compared_as_it_was_written() {
        let mended = FIRST.replacen("[[", "", 1).replacen('|', "", 1).replacen("]]", "", 1);
        let files =
            [("first/001.markup", FIRST), ("train/001.markup", &*mended), ("second/001.markup", FIRST)];
        let folder = corpus(&files);
        assert!(agreement(folder.path()).unwrap().differing.is_empty());
    }

    #[test]
    fn every_second_annotation_has_a_first() {
        let folder = corpus(&[("second/001.markup", FIRST)]);
        let error = agreement(folder.path()).map(|_| ()).expect_err("no first").to_string();
        assert!(error.contains("has no first annotation"), "{error}");
        assert!(agreement(corpus(&[("train/001.markup", FIRST)]).path()).is_err());
    }
}
