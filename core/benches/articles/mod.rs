//! What the benchmarks read: 10 KB of our own text.

pub(crate) const ARTICLES: [&str; 3] = [
    include_str!("../../../samples/conflict-levant.ar.txt"),
    include_str!("../../../samples/economy-gulf.ar.txt"),
    include_str!("../../../samples/sport-maghreb.ar.txt"),
];
