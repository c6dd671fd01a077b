//! How fast texts are folded, normalised, indexed and told apart, and pages reduced to texts: news of our own, repeated to 256 KiB.

mod articles;

use articles::ARTICLES;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use warraq_core::metadata::Languages;
use warraq_core::normalize::{Normalizer, fold};
use warraq_core::source::{OffsetIndex, reduce};

/// The service's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn normalize(criterion: &mut Criterion) {
    let news = ARTICLES.concat();
    let text = news.repeat(256 * 1024 / news.len());
    // `display` has nothing to do on it.
    let plain = text.replace(|c| matches!(c, '\u{64B}'..='\u{652}'), "");
    let mut group = criterion.benchmark_group("normalize");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("fold", |bench| bench.iter(|| fold(black_box(&text))));
    for preset in ["display", "search", "storage", "nlp", "lucene"] {
        let Ok(normalizer) = Normalizer::new(Some(preset), &[]) else { continue };
        group.bench_function(preset, |bench| bench.iter(|| normalizer.run(black_box(&text))));
    }
    if let Ok(normalizer) = Normalizer::new(Some("display"), &[]) {
        group.throughput(Throughput::Bytes(plain.len() as u64));
        group.bench_function("display, nothing to do", |bench| {
            bench.iter(|| normalizer.run(black_box(&plain)));
        });
        group.throughput(Throughput::Bytes(text.len() as u64));
    }
    group.bench_function("index", |bench| bench.iter(|| OffsetIndex::new(black_box(&text))));
    let escaped =
        text.replace('&', "&amp;").replace('"', "&quot;").replace('«', "&laquo;").replace('»', "&raquo;");
    let page: String = escaped.lines().flat_map(|line| ["<p class=\"text\">", line, "</p>\n"]).collect();
    group.throughput(Throughput::Bytes(page.len() as u64));
    group.bench_function("reduce a page", |bench| bench.iter(|| reduce(black_box(&page))));
    group.finish();

    let article = news.get(..news.floor_char_boundary(4096)).unwrap_or_default();
    let mut group = criterion.benchmark_group("article");
    group.throughput(Throughput::Bytes(article.len() as u64));
    if let Ok(languages) = Languages::built_in() {
        group.bench_function("identify", |bench| bench.iter(|| languages.identify(black_box(article))));
    }
    group.finish();
    criterion.bench_function("build the search normaliser", |bench| {
        bench.iter(|| Normalizer::new(black_box(Some("search")), &[]));
    });
}

criterion_group!(benches, normalize);
criterion_main!(benches);
