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
}
