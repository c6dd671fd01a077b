//! Structure measured on annotated articles outside the repository: `$WARRAQ_SHARED/gold/*.markup`.
//!
//! Without the variable the tests say that they are skipped; with it a missing file fails.

#[path = "support/markup.rs"]
mod markup;

use std::collections::BTreeSet;
use std::path::PathBuf;

use markup::{Article, Gold};
use warraq_core::segment::BlockKind;
use warraq_core::{Document, Knowledge, Span};

fn shared() -> Option<PathBuf> {
    markup::shared().map(|shared| shared.join("gold"))
}

fn knowledge() -> Knowledge {
    Knowledge::built_in().unwrap_or_else(|error| panic!("{error}"))
}

/// How many were found, of how many, and how many more were given.
#[derive(Debug, Default, PartialEq, Eq, Clone, Copy)]
struct Figure {
    right: usize,
    gold: usize,
    given: usize,
}

impl Figure {
    fn of<T: Ord>(gold: impl IntoIterator<Item = T>, given: impl IntoIterator<Item = T>) -> Self {
        let gold: BTreeSet<T> = gold.into_iter().collect();
        let given: BTreeSet<T> = given.into_iter().collect();
        Self { right: gold.intersection(&given).count(), gold: gold.len(), given: given.len() }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            gold: self.gold + other.gold,
            given: self.given + other.given,
        }
    }

    /// Twice the right ones over all: the harmonic mean of precision and recall.
    fn f1(self) -> f64 {
        let count = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        if self.gold + self.given == 0 {
            1.0
        } else {
            2.0 * count(self.right) / count(self.gold + self.given)
        }
    }
}

#[derive(Debug, Default, Clone, Copy)]
struct Figures {
    blocks: Figure,
    sentences: Figure,
    datelines: Figure,
    quotations: Figure,
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

fn pair(span: Span) -> (usize, usize) {
    (span.range().start, span.range().end)
}

fn measure(knowledge: &Knowledge, gold: &Article) -> Figures {
    let document = Document::new(&gold.text, knowledge).unwrap_or_else(|error| panic!("{error}"));
    let spans = |layer: &[Gold]| layer.iter().map(|gold| (gold.begin, gold.end)).collect::<Vec<_>>();
    let lines = gold.blocks.iter().filter(|block| block.kind == "dateline");
    Figures {
        blocks: Figure::of(
            gold.blocks.iter().map(|block| (block.begin, block.end, block.kind.as_str())),
            document.blocks().iter().map(|block| {
                let (begin, end) = pair(block.span);
                (begin, end, kind_name(block.kind))
            }),
        ),
        sentences: Figure::of(
            spans(&gold.sentences),
            document.sentences().iter().map(|sentence| pair(sentence.span)),
        ),
        datelines: Figure::of(
            spans(&gold.datelines).into_iter().chain(lines.map(|block| (block.begin, block.end))),
            document.blocks().iter().filter_map(|block| block.dateline).map(|dateline| pair(dateline.span)),
        ),
        quotations: Figure::of(
            spans(&gold.quotations),
            document.quotations().iter().map(|quotation| pair(quotation.span)),
        ),
    }
}

#[allow(clippy::print_stdout)]
fn report(name: &str, figures: &Figures) {
    println!("{name}:");
    for (layer, figure) in [
        ("blocks", figures.blocks),
        ("sentences", figures.sentences),
        ("datelines", figures.datelines),
        ("quotations", figures.quotations),
    ] {
        println!("  {layer:<11} {:>3} of {:>3}, {:>3} given", figure.right, figure.gold, figure.given);
    }
}

#[test]
fn the_proving_article_is_read_whole() {
    let Some(gold) = shared() else { return };
    let figures = measure(&knowledge(), &markup::read(&gold.join("seed.markup")));
    report("seed", &figures);
    let all = |count| Figure { right: count, gold: count, given: count };
    assert_eq!(figures.blocks, all(22), "blocks");
    assert_eq!(figures.sentences, all(26), "sentences");
    assert_eq!(figures.datelines, all(1), "datelines");
    assert_eq!(figures.quotations, all(17), "quotations");
}

#[test]
fn the_other_articles_keep_their_figures() {
    let Some(gold) = shared() else { return };
    let knowledge = knowledge();
    let mut sum = Figures::default();
    let mut names: Vec<PathBuf> = std::fs::read_dir(&gold)
        .unwrap_or_else(|error| panic!("{}: {error}", gold.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "markup"))
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dev-")))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "no dev-*.markup in {}", gold.display());
    for path in &names {
        let figures = measure(&knowledge, &markup::read(path));
        report(&path.file_stem().unwrap_or_default().to_string_lossy(), &figures);
        sum = Figures {
            blocks: sum.blocks.plus(figures.blocks),
            sentences: sum.sentences.plus(figures.sentences),
            datelines: sum.datelines.plus(figures.datelines),
            quotations: sum.quotations.plus(figures.quotations),
        };
    }
    report("together", &sum);
    // What was reached; a change may raise these and not lower them.
    assert!(sum.blocks.f1() >= 0.97, "blocks {:.3}", sum.blocks.f1());
    assert!(sum.sentences.f1() >= 0.97, "sentences {:.3}", sum.sentences.f1());
    assert!(sum.datelines.f1() >= 0.95, "datelines {:.3}", sum.datelines.f1());
    assert!(sum.quotations.f1() >= 0.95, "quotations {:.3}", sum.quotations.f1());
}

#[test]
fn our_own_samples_are_read_whole() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../samples");
    let knowledge = knowledge();
    for name in ["economy-gulf", "conflict-levant", "sport-maghreb"] {
        let figures = measure(&knowledge, &markup::read(&samples.join(name).with_extension("markup")));
        report(name, &figures);
        for (layer, figure) in [
            ("blocks", figures.blocks),
            ("sentences", figures.sentences),
            ("datelines", figures.datelines),
            ("quotations", figures.quotations),
        ] {
            assert_eq!((figure.right, figure.given), (figure.gold, figure.gold), "{name}: {layer}");
        }
    }
}
