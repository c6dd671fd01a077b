//! How fast each stage is on an article, the stages before it done: the three samples, 10 KB of our own text. And
//! how fast the whole segment stage is from a fresh document, folding included, on texts of many sizes and shapes.

mod articles;

use std::time::Duration;

use articles::ARTICLES;
use criterion::{BatchSize, Criterion, SamplingMode, Throughput, criterion_group, criterion_main};
use warraq_core::Document;

/// The service's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Asks a document for a layer.
type Stage = fn(&Document<'_>) -> usize;

const STAGES: [(&str, Stage); 6] = [
    ("fold", |document| document.folded().text.len()),
    ("tokens", |document| document.tokens().len()),
    ("blocks", |document| document.blocks().len()),
    ("sentences", |document| document.sentences().len()),
    ("quotations", |document| document.quotations().len()),
    ("entities", |document| document.entities().len()),
];

const SIZES: [usize; 5] = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
/// Marks without partners, and what is nothing but ends of something.
const SHAPES: [&str; 6] = ["\"", "«", "\n", ".", "1", "“ كلمة "];

fn stages(criterion: &mut Criterion) {
    let Some(knowledge) = articles::knowledge() else { return };
    let text = ARTICLES.join("\n\n");
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(text.len() as u64));
    for (index, (name, stage)) in STAGES.iter().enumerate() {
        let ready = || {
            let document = Document::new(&text, &knowledge);
            if let Ok(document) = &document {
                for (_, before) in STAGES.iter().take(index) {
                    before(document);
                }
            }
            document
        };
        // The document comes back, so that dropping it is not timed.
        let run = |document| {
            if let Ok(document) = &document {
                stage(document);
            }
            document
        };
        group.bench_function(*name, |bench| bench.iter_batched(ready, run, BatchSize::LargeInput));
    }
    group.finish();
}

fn segment(criterion: &mut Criterion) {
    let Some(knowledge) = articles::knowledge() else { return };
    let news = ARTICLES.map(|article| format!("{article}\n\n")).concat();
    let mut texts: Vec<(String, String)> = Vec::new();
    for size in SIZES {
        let text = news.repeat(size / news.len() + 1);
        texts.push((format!("news, {size}"), text[..text.floor_char_boundary(size)].to_owned()));
    }
    let line = news.replace('\n', " ");
    texts.push(("one line, 10000000".to_owned(), line.repeat(10_000_000 / line.len())));
    for unit in SHAPES {
        for size in [10_000, 1_000_000] {
            texts.push((format!("{unit:?}, {size}"), unit.repeat(size / unit.len())));
        }
    }
    let mut group = criterion.benchmark_group("segment");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    group.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    for (name, text) in &texts {
        group.throughput(Throughput::Bytes(text.len() as u64));
        let run = || {
            let document = Document::new(text, &knowledge);
            if let Ok(document) = &document {
                document.sentences();
                document.quotations();
            }
            document
        };
        group.bench_function(name, |bench| bench.iter_with_large_drop(run));
    }
    group.finish();
}

criterion_group!(benches, stages, segment);
criterion_main!(benches);
