//! Structure measured against an annotated article: what was found, of what there is, and what was given.

// Each test program that measures needs a part of this.
#![allow(dead_code, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use warraq_core::segment::BlockKind;
use warraq_core::{Document, Knowledge, Span};

use crate::markup::{self, Article, Gold};

pub(crate) fn knowledge() -> Knowledge {
    Knowledge::built_in().unwrap_or_else(|error| panic!("{error}"))
}

/// How many were found, of how many, and how many were given.
#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) right: usize,
    pub(crate) gold: usize,
    pub(crate) given: usize,
}

impl Figure {
    pub(crate) const fn all(count: usize) -> Self {
        Self { right: count, gold: count, given: count }
    }

    const fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            gold: self.gold + other.gold,
            given: self.given + other.given,
        }
    }

    /// Twice the right ones over all: the harmonic mean of precision and recall.
    pub(crate) fn f1(self) -> f64 {
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        if self.gold + self.given == 0 {
            1.0
        } else {
            2.0 * count(self.right) / count(self.gold + self.given)
        }
    }
}

#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) blocks: Figure,
    pub(crate) sentences: Figure,
    pub(crate) datelines: Figure,
    pub(crate) quotations: Figure,
    /// Where it was written.
    pub(crate) places: Figure,
    /// Who publishes it.
    pub(crate) sources: Figure,
}

impl Figures {
    pub(crate) const fn plus(self, other: Self) -> Self {
        Self {
            blocks: self.blocks.plus(other.blocks),
            sentences: self.sentences.plus(other.sentences),
            datelines: self.datelines.plus(other.datelines),
            quotations: self.quotations.plus(other.quotations),
            places: self.places.plus(other.places),
            sources: self.sources.plus(other.sources),
        }
    }

    pub(crate) fn report(&self, name: &str) {
        println!("{name}:");
        for (layer, figure) in [
            ("blocks", self.blocks),
            ("sentences", self.sentences),
            ("datelines", self.datelines),
            ("quotations", self.quotations),
            ("places", self.places),
            ("sources", self.sources),
        ] {
            println!("  {layer:<11} {:>3} of {:>3}, {:>3} given", figure.right, figure.gold, figure.given);
        }
    }
}

/// A span with what it is, or a value of the metadata without a span.
type Item = (usize, usize, String);

/// What an article has of one kind, and what was given.
struct Layer {
    name: &'static str,
    gold: BTreeSet<Item>,
    given: BTreeSet<Item>,
}

impl Layer {
    fn figure(&self) -> Figure {
        Figure {
            right: self.gold.intersection(&self.given).count(),
            gold: self.gold.len(),
            given: self.given.len(),
        }
    }
}

/// The articles (`*.markup`) in a folder whose names begin with `prefix`, in order.
pub(crate) fn articles(folder: &Path, prefix: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "markup"))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix)))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no {prefix}*.markup in {}", folder.display());
    paths
}

/// The figures of the article at `path`, printed under its name; with `differences` each miss and extra too.
pub(crate) fn measure(knowledge: &Knowledge, path: &Path, differences: bool) -> Figures {
    let article = markup::read(path);
    let [blocks, sentences, datelines, quotations, places, sources] = layers(knowledge, &article);
    let figures = Figures {
        blocks: blocks.figure(),
        sentences: sentences.figure(),
        datelines: datelines.figure(),
        quotations: quotations.figure(),
        places: places.figure(),
        sources: sources.figure(),
    };
    figures.report(&path.file_stem().unwrap_or_default().to_string_lossy());
    if differences {
        for layer in [blocks, sentences, datelines, quotations, places, sources] {
            for item @ (begin, end, what) in layer.gold.symmetric_difference(&layer.given) {
                let sign = if layer.gold.contains(item) { "missed" } else { "extra" };
                println!("  {sign} {} {what} {}", layer.name, &article.text[*begin..*end]);
            }
        }
    }
    figures
}

fn layers(knowledge: &Knowledge, article: &Article) -> [Layer; 6] {
    let document = Document::new(&article.text, knowledge).unwrap_or_else(|error| panic!("{error}"));
    let metadata = document.metadata();
    let spans = |layer: &[Gold]| layer.iter().map(|gold| (gold.begin, gold.end, String::new())).collect();
    let item = |span: Span, what: &str| (span.range().start, span.range().end, what.to_owned());
    let mut datelines: BTreeSet<Item> = spans(&article.datelines);
    let lines = article.blocks.iter().filter(|block| block.kind == "dateline");
    datelines.extend(lines.map(|block| (block.begin, block.end, String::new())));
    // The metadata of an article has no span; what is given of it is compared as text.
    let value = |key: &str| article.meta.get(key).map(|value| (0, 0, value.clone())).into_iter().collect();
    let text =
        |span: Option<Span>| span.map(|span| (0, 0, span.of(&article.text).to_owned())).into_iter().collect();
    [
        Layer {
            name: "block",
            gold: article.blocks.iter().map(|block| (block.begin, block.end, block.kind.clone())).collect(),
            given: document.blocks().iter().map(|block| item(block.span, kind_name(block.kind))).collect(),
        },
        Layer {
            name: "sentence",
            gold: spans(&article.sentences),
            given: document.sentences().iter().map(|sentence| item(sentence.span, "")).collect(),
        },
        Layer {
            name: "dateline",
            gold: datelines,
            given: document
                .blocks()
                .iter()
                .filter_map(|block| block.dateline)
                .map(|dateline| item(dateline.span, ""))
                .collect(),
        },
        Layer {
            name: "quotation",
            gold: spans(&article.quotations),
            given: document.quotations().iter().map(|quotation| item(quotation.span, "")).collect(),
        },
        Layer { name: "place", gold: value("place"), given: text(metadata.place) },
        Layer { name: "source", gold: value("source"), given: text(metadata.source) },
    ]
}

fn kind_name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::TitleRepeat => "title_repeat",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Subhead => "subhead",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Source => "source",
        BlockKind::ListItem => "list_item",
    }
}
