//! What the benchmarks read: 10 KB of our own text.

use warraq_core::Knowledge;
use warraq_core::entities::tagger::Tagger;

pub(crate) const ARTICLES: [&str; 3] = [
    include_str!("../../../samples/conflict-levant.ar.txt"),
    include_str!("../../../samples/economy-gulf.ar.txt"),
    include_str!("../../../samples/sport-maghreb.ar.txt"),
];

/// What the program knows: the lists and what was learned.
#[allow(dead_code)]
pub(crate) fn knowledge() -> Option<Knowledge> {
    let tagger = Tagger::from_bytes(include_bytes!("../../../data/models/tagger.bin")).ok()?;
    Knowledge::built_in().ok().map(|knowledge| knowledge.with_tagger(tagger))
}
