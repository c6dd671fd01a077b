//! Structure measured on annotated articles outside the repository: `$WARRAQ_SHARED/gold/*.markup`.
//!
//! Without the variable the tests say that they are skipped; with it a missing file fails.

#[path = "support/markup.rs"]
mod markup;
#[path = "support/structure.rs"]
mod structure;

use std::path::PathBuf;

use structure::{Figure, Figures, articles, knowledge, measure};
use warraq_core::Document;

fn shared() -> Option<PathBuf> {
    markup::shared().map(|shared| shared.join("gold"))
}

#[test]
fn the_proving_article_is_read_whole() {
    let Some(gold) = shared() else { return };
    let figures = measure(&knowledge(), &gold.join("seed.markup"), false);
    assert_eq!(figures.blocks, Figure::all(22), "blocks");
    assert_eq!(figures.sentences, Figure::all(26), "sentences");
    assert_eq!(figures.datelines, Figure::all(1), "datelines");
    assert_eq!(figures.quotations, Figure::all(17), "quotations");
}

#[test]
fn title_place_and_source_are_found() {
    let samples = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../samples");
    let mut paths: Vec<PathBuf> = shared().map(|gold| articles(&gold, "")).unwrap_or_default();
    paths.extend(articles(&samples, ""));
    let knowledge = knowledge();
    for path in paths {
        let article = markup::read(&path);
        let document = Document::new(&article.text, &knowledge).expect("short enough");
        let metadata = document.metadata();
        for (key, span) in [("title", metadata.title), ("place", metadata.place), ("source", metadata.source)]
        {
            let found = span.map(|span| span.of(&article.text));
            let wanted = article.meta.get(key).map(String::as_str);
            assert!(
                wanted.is_none() || found == wanted,
                "{}: {key}: {found:?}, not {wanted:?}",
                path.display()
            );
        }
    }
}

#[test]
fn the_other_articles_keep_their_figures() {
    let Some(gold) = shared() else { return };
    let knowledge = knowledge();
    let sum = articles(&gold, "dev-")
        .iter()
        .map(|path| measure(&knowledge, path, false))
        .fold(Figures::default(), Figures::plus);
    sum.report("together");
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
        let figures = measure(&knowledge, &samples.join(name).with_extension("markup"), false);
        for (layer, figure) in [
            ("blocks", figures.blocks),
            ("sentences", figures.sentences),
            ("datelines", figures.datelines),
            ("quotations", figures.quotations),
        ] {
            assert_eq!(figure, Figure::all(figure.gold), "{name}: {layer}");
        }
    }
}
