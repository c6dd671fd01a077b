//! Structure measured on our own articles that were written without a look at the program: `tests/data/blind`.

#[path = "support/markup.rs"]
mod markup;
#[path = "support/structure.rs"]
mod structure;

use std::path::PathBuf;

use structure::{Figures, articles, knowledge, measure};

#[test]
fn articles_written_blind_keep_their_figures() {
    let blind = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/data/blind");
    let knowledge = knowledge();
    let sum = articles(&blind, "")
        .iter()
        .map(|path| measure(&knowledge, path, true))
        .fold(Figures::default(), Figures::plus);
    sum.report("together");
    // What was reached; a change may raise these and not lower them.
    assert!(sum.blocks.f1() >= 1.0, "blocks {:.3}", sum.blocks.f1());
    assert!(sum.sentences.f1() >= 1.0, "sentences {:.3}", sum.sentences.f1());
    assert!(sum.datelines.f1() >= 1.0, "datelines {:.3}", sum.datelines.f1());
    assert!(sum.quotations.f1() >= 0.98, "quotations {:.3}", sum.quotations.f1());
    assert!(sum.places.f1() >= 1.0, "places {:.3}", sum.places.f1());
    assert!(sum.sources.f1() >= 1.0, "sources {:.3}", sum.sources.f1());
}
