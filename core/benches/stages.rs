//! How fast each stage is on an article, the stages before it done: the three samples, 10 KB of our own text.

mod articles;

use articles::ARTICLES;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use warraq_core::{Document, Knowledge};

/// The service's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Asks a document for a layer.
type Stage = fn(&Document<'_>) -> usize;

fn stages(criterion: &mut Criterion) {
    let Ok(knowledge) = Knowledge::built_in() else { return };
    let text = ARTICLES.join("\n\n");
    let open = || Document::new(&text, &knowledge);
    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(text.len() as u64));
    let stages: [(&str, Stage); 4] = [
        ("fold", |document| document.folded().text.len()),
        ("blocks", |document| document.blocks().len()),
        ("sentences", |document| document.sentences().len()),
        ("entities", |document| document.entities().len()),
    ];
    for (index, (name, stage)) in stages.iter().enumerate() {
        let ready = || {
            let document = open();
            if let Ok(document) = &document {
                for (_, before) in stages.iter().take(index) {
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

criterion_group!(benches, stages);
criterion_main!(benches);
