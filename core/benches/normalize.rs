//! How fast texts are folded, normalised, indexed and told apart. Text of our own, repeated to 256 KiB.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use warraq_core::metadata::Languages;
use warraq_core::normalize::{Normalizer, fold};
use warraq_core::source::OffsetIndex;

const PARAGRAPH: &str = "قالت وزيرة النقل، في مؤتمر صحفي عقدته أمس الثلاثاء، إنّ الخط الجديد سيربط \
    المدينة القديمة بالميناء ابتداء من عام ٢٠٢٦، وأضافت: «لن ترتفع أسعار التذاكر قبل نهاية العام». وبلغت كلفة المشروع \
    1.2 مليار، أي أكثر بـ15% مما كان مقررا له.\n";

fn normalize(criterion: &mut Criterion) {
    let text = PARAGRAPH.repeat(256 * 1024 / PARAGRAPH.len());
    let mut group = criterion.benchmark_group("normalize");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("fold", |bench| bench.iter(|| fold(black_box(&text))));
    for preset in ["display", "search", "storage"] {
        let Ok(normalizer) = Normalizer::new(Some(preset), &[]) else { continue };
        group.bench_function(preset, |bench| bench.iter(|| normalizer.run(black_box(&text))));
    }
    group.bench_function("index", |bench| bench.iter(|| OffsetIndex::new(black_box(&text))));
    group.finish();

    let article = PARAGRAPH.repeat(4096 / PARAGRAPH.len());
    let mut group = criterion.benchmark_group("article");
    group.throughput(Throughput::Bytes(article.len() as u64));
    if let Ok(languages) = Languages::built_in() {
        group.bench_function("identify", |bench| bench.iter(|| languages.identify(black_box(&article))));
    }
    group.finish();
    criterion.bench_function("build the search normaliser", |bench| {
        bench.iter(|| Normalizer::new(black_box(Some("search")), &[]));
    });
}

criterion_group!(benches, normalize);
criterion_main!(benches);
