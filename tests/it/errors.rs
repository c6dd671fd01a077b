//! Each row of the contract's table of errors: code, reason, field path, limits, `RetryInfo`.

use std::io::Write as _;
use std::sync::mpsc;

use flate2::Compression;
use flate2::write::GzEncoder;
use prost::Message as _;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_health::pb::health_check_response::ServingStatus;
use warraq::proto::v1::text_processing_client::TextProcessingClient;
use warraq::proto::v1::{
    AnnotateRequest, BatchAnnotateRequest, Document, DocumentFormat, EntityOptions, EntityType,
    ExtractEntitiesRequest, GetServiceInfoRequest, GetServiceInfoResponse, LexiconEntry, MetadataFeature,
    MetadataOptions, NormalizationOptions, NormalizationStep, NormalizeRequest, SegmentLayer, SegmentRequest,
    SegmentationOptions, SegmentationScheme, SummarizeMetadataRequest,
};

use crate::support::{
    PATIENCE, RawRequest, Refusal, Running, SAMPLES, TEXT, content, document, frame, health_says, page, path,
};

/// A unary call with its request.
#[derive(Debug, Clone)]
enum Ask {
    Normalize(NormalizeRequest),
    Segment(SegmentRequest),
    Entities(ExtractEntitiesRequest),
    Metadata(SummarizeMetadataRequest),
    Annotate(AnnotateRequest),
    Batch(BatchAnnotateRequest),
}

impl Ask {
    async fn send(self, client: &mut TextProcessingClient<Channel>) -> Result<(), Status> {
        match self {
            Self::Normalize(request) => client.normalize(request).await.map(drop),
            Self::Segment(request) => client.segment(request).await.map(drop),
            Self::Entities(request) => client.extract_entities(request).await.map(drop),
            Self::Metadata(request) => client.summarize_metadata(request).await.map(drop),
            Self::Annotate(request) => client.annotate(request).await.map(drop),
            Self::Batch(request) => client.batch_annotate(request).await.map(drop),
        }
    }

    async fn refused(self, client: &mut TextProcessingClient<Channel>, refusal: &Refusal) {
        let what = format!("{self:.300?}");
        match self.send(client).await {
            Ok(()) => panic!("{what}: answered, though {refusal:?}"),
            Err(status) => refusal.check(&what, &status),
        }
    }

    async fn taken(self, client: &mut TextProcessingClient<Channel>) {
        let what = format!("{self:.300?}");
        if let Err(status) = self.send(client).await {
            panic!("{what}: {status:?}");
        }
    }
}

/// Each call that takes one document.
fn each_call(document: Option<&Document>) -> [Ask; 5] {
    let document = document.cloned();
    [
        Ask::Normalize(NormalizeRequest { document: document.clone(), ..NormalizeRequest::default() }),
        Ask::Segment(SegmentRequest { document: document.clone(), ..SegmentRequest::default() }),
        Ask::Entities(ExtractEntitiesRequest {
            document: document.clone(),
            ..ExtractEntitiesRequest::default()
        }),
        Ask::Metadata(SummarizeMetadataRequest {
            document: document.clone(),
            ..SummarizeMetadataRequest::default()
        }),
        Ask::Annotate(AnnotateRequest { document, ..AnnotateRequest::default() }),
    ]
}

const SMALL: &[(&str, &str)] = &[
    ("max_text_bytes", "1000"),
    ("max_batch_items", "4"),
    ("max_batch_bytes", "2000"),
    ("max_lexicon_rows", "3"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_a_document_in_every_call() {
    let server = Running::start(SMALL).await;
    let client = &mut server.client().await;
    let with = |change: fn(&mut Document)| {
        let mut document = document(TEXT);
        change(&mut document);
        document
    };
    let long = |field: &str, size: usize| {
        Refusal::field("TEXT_TOO_LONG", field).with("limit", 1000).with("size", size)
    };
    let bad_byte =
        |reason: &'static str, byte: usize| Refusal::field(reason, "document.content").with("byte", byte);
    let utf16: Vec<u8> = "a".repeat(600).encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut rows = vec![
        (document(""), Refusal::field("EMPTY_TEXT", "document.text")),
        (document(" \t\r\n\u{A0}\u{2003}"), Refusal::field("EMPTY_TEXT", "document.text")),
        (content(b"", ""), Refusal::field("EMPTY_TEXT", "document.content")),
        (content(b"\xEF\xBB\xBF \n", ""), Refusal::field("EMPTY_TEXT", "document.content")),
        (document(&"a".repeat(1001)), long("document.text", 1001)),
        (content(&[b'a'; 1001], ""), long("document.content", 1001)),
        // Over the limit as sent, though not once it is decoded; and the other way round.
        (content(&utf16, "utf-16le"), long("document.content", 1200)),
        (content(&[0xC8; 600], "windows-1256"), long("document.content", 1200)),
        (Document::default(), Refusal::field("NO_SOURCE", "document")),
        (Document { id: "x".to_owned(), ..Document::default() }, Refusal::field("NO_SOURCE", "document")),
        (content(b"abc", "klingon"), Refusal::field("UNKNOWN_CHARSET", "document.charset")),
        (content(b"abc", "windows-9999"), Refusal::field("UNKNOWN_CHARSET", "document.charset")),
        (content(b"ab\xFFcd", ""), bad_byte("UNDECODABLE_CONTENT", 2)),
        (content(b"ab\xD8", "UTF-8"), bad_byte("UNDECODABLE_CONTENT", 2)),
        (content(b"\xC7\xE1\xA1\xC7", "iso-8859-6"), bad_byte("UNDECODABLE_CONTENT", 2)),
        (with(|d| d.format = 99), Refusal::field("UNKNOWN_ENUM_VALUE", "document.format")),
        (with(|d| d.format = -1), Refusal::field("UNKNOWN_ENUM_VALUE", "document.format")),
        (
            with(|d| d.charset = "windows-1256".to_owned()),
            Refusal::field("CONTRADICTORY_OPTIONS", "document.charset"),
        ),
        (
            page("<title>a</title><p>\n<br>&#32;</p><script>b</script><nav>c</nav>"),
            Refusal::field("EMPTY_TEXT", "document.text"),
        ),
        (
            Document { format: DocumentFormat::Html.into(), ..content(b"\xEF\xBB\xBF<p></p>", "") },
            Refusal::field("EMPTY_TEXT", "document.content"),
        ),
        // Its tags count.
        (page(&format!("a{}", "<br>".repeat(250))), long("document.text", 1001)),
    ];
    for date in [
        "yesterday",
        "2018-13-01",
        "2018-02-30",
        "2018-05",
        "18/05/2018",
        "0000-01-01",
        "-000044-03-15",
        "2018-05-17T25:00",
        "2018-05-17T14:30+99:00",
        "2018-05-17 ",
    ] {
        let document = Document { reference_date: date.to_owned(), ..document(TEXT) };
        rows.push((document, Refusal::field("INVALID_DATE", "document.reference_date")));
    }
    for zone in ["Mars/Olympus", "+03:00", "Asia/Riyadh ", "../etc/passwd"] {
        let document = Document { time_zone: zone.to_owned(), ..document(TEXT) };
        rows.push((document, Refusal::field("INVALID_TIME_ZONE", "document.time_zone")));
    }
    for language in ["a", "ar_EG", "arabic language", "ar-", "العربية"] {
        let document = Document { language: language.to_owned(), ..document(TEXT) };
        rows.push((document, Refusal::field("INVALID_VALUE", "document.language")));
    }
    for (document, refusal) in &rows {
        for ask in each_call(Some(document)) {
            ask.refused(client, refusal).await;
        }
    }
    for ask in each_call(None) {
        ask.refused(client, &Refusal::field("NO_SOURCE", "document")).await;
    }

    let mut sound = vec![
        document(&"a".repeat(1000)),
        content(b"abc", "UTF-8"),
        content(b"\xC7\xE1", "Windows-1256"),
        with(|d| d.charset = "utf-8".to_owned()),
        with(|d| d.time_zone = "Asia/Riyadh".to_owned()),
        with(|d| d.language = "ar-EG".to_owned()),
    ];
    for date in [
        "2018-05-17",
        "0001-01-01",
        "9999-12-31",
        "2018-05-17T14:30",
        "2018-05-17T14:30+03:00",
        "2018-05-17T09:00:00Z",
    ] {
        sound.push(Document { reference_date: date.to_owned(), ..document(TEXT) });
    }
    for document in &sound {
        for ask in each_call(Some(document)) {
            ask.taken(client).await;
        }
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_unit_and_the_features() {
    let server = Running::start(&[]).await;
    let client = &mut server.client().await;
    for unit in [99, -1, i32::MIN] {
        for mut ask in each_call(Some(&document(TEXT))) {
            match &mut ask {
                Ask::Normalize(request) => request.offset_unit = unit,
                Ask::Segment(request) => request.offset_unit = unit,
                Ask::Entities(request) => request.offset_unit = unit,
                Ask::Metadata(request) => request.offset_unit = unit,
                Ask::Annotate(request) => request.offset_unit = unit,
                Ask::Batch(_) => unreachable!("not among them"),
            }
            ask.refused(client, &Refusal::field("UNKNOWN_ENUM_VALUE", "offset_unit")).await;
        }
    }
    for (features, field) in [(vec![0], "features[0]"), (vec![1, 2, 77], "features[2]")] {
        let request =
            AnnotateRequest { document: Some(document(TEXT)), features, ..AnnotateRequest::default() };
        Ask::Annotate(request).refused(client, &Refusal::field("UNKNOWN_ENUM_VALUE", field)).await;
    }
    server.stop().await;
}

/// The same options in the call of their own and in `Annotate`, where their path has a prefix.
async fn option_refused(client: &mut TextProcessingClient<Channel>, ask: Ask, refusal: Refusal) {
    let (prefix, annotate) = in_annotate(&ask);
    ask.refused(client, &refusal).await;
    Ask::Annotate(annotate).refused(client, &refusal.under(prefix)).await;
}

async fn option_taken(client: &mut TextProcessingClient<Channel>, ask: Ask) {
    let (_, annotate) = in_annotate(&ask);
    ask.taken(client).await;
    Ask::Annotate(annotate).taken(client).await;
}

fn in_annotate(ask: &Ask) -> (&'static str, AnnotateRequest) {
    let mut annotate = AnnotateRequest { document: Some(document(TEXT)), ..AnnotateRequest::default() };
    let prefix = match ask.clone() {
        Ask::Normalize(NormalizeRequest { preset, steps, alignment, .. }) => {
            annotate.normalization = Some(NormalizationOptions { preset, steps, alignment });
            "normalization."
        }
        Ask::Segment(SegmentRequest { scheme, layers, .. }) => {
            annotate.segmentation = Some(SegmentationOptions { scheme, layers });
            "segmentation."
        }
        Ask::Entities(ExtractEntitiesRequest { types, min_confidence, lexicon, .. }) => {
            annotate.entities = Some(EntityOptions { types, min_confidence, lexicon });
            "entities."
        }
        Ask::Metadata(SummarizeMetadataRequest { features, max_keywords, max_key_sentences, .. }) => {
            annotate.metadata = Some(MetadataOptions { features, max_keywords, max_key_sentences });
            "metadata."
        }
        Ask::Annotate(_) | Ask::Batch(_) => unreachable!("they are no options"),
    };
    (prefix, annotate)
}

async fn service_info(client: &mut TextProcessingClient<Channel>) -> GetServiceInfoResponse {
    client.get_service_info(GetServiceInfoRequest {}).await.expect("service info").into_inner()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_normalization() {
    let server = Running::start(&[]).await;
    let client = &mut server.client().await;
    let info = service_info(client).await;
    let ask = |preset: &str, steps: Vec<NormalizationStep>| {
        Ask::Normalize(NormalizeRequest {
            document: Some(document(TEXT)),
            preset: preset.to_owned(),
            steps,
            ..NormalizeRequest::default()
        })
    };
    let step = |name: &str, enabled: Option<bool>, options: &[(&str, &str)]| NormalizationStep {
        step: name.to_owned(),
        enabled,
        options: options.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
    };
    assert!(!info.presets.is_empty() && !info.normalization_steps.is_empty(), "{info:?}");
    for preset in ["nope", "Display", " display"] {
        option_refused(client, ask(preset, Vec::new()), Refusal::field("UNKNOWN_PRESET", "preset")).await;
    }
    let first = info.normalization_steps[0].name.as_str();
    for name in ["", "nope", "TATWEEL"] {
        let refusal = Refusal::field("UNKNOWN_STEP", "steps[0].step");
        option_refused(client, ask("", vec![step(name, None, &[])]), refusal).await;
        let refusal = Refusal::field("UNKNOWN_STEP", "steps[1].step");
        let steps = vec![step(first, None, &[]), step(name, None, &[])];
        option_refused(client, ask("display", steps), refusal).await;
    }
    let refusal = Refusal::field("INVALID_STEP_OPTION", "steps[0].options");
    option_refused(client, ask("", vec![step(first, None, &[("nope", "x")])]), refusal.clone()).await;
    let twice = vec![step(first, None, &[]), step(first, Some(false), &[])];
    option_refused(client, ask("", twice), Refusal::field("CONTRADICTORY_OPTIONS", "steps[1]")).await;

    let mut with_values = 0;
    for known in &info.normalization_steps {
        for option in &known.options {
            let bad = step(&known.name, None, &[(&option.name, "no such value")]);
            option_refused(client, ask("", vec![bad]), refusal.clone()).await;
            let off = step(&known.name, Some(false), &[(&option.name, &option.default_value)]);
            let contradiction = Refusal::field("CONTRADICTORY_OPTIONS", "steps[0]");
            option_refused(client, ask("", vec![off]), contradiction).await;
            for value in option.values.iter().chain([&option.default_value]) {
                let good = step(&known.name, Some(true), &[(&option.name, value)]);
                option_taken(client, ask("", vec![good])).await;
                with_values += 1;
            }
        }
        option_taken(client, ask("", vec![step(&known.name, None, &[])])).await;
    }
    assert!(with_values > 0, "no step has an option with values");
    for preset in &info.presets {
        option_taken(client, ask(&preset.name, Vec::new())).await;
        option_taken(client, ask(&preset.name, preset.steps.clone())).await;
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_segmentation() {
    let server = Running::start(&[]).await;
    let client = &mut server.client().await;
    let ask = |scheme: i32, layers: &[i32]| {
        Ask::Segment(SegmentRequest {
            document: Some(document(TEXT)),
            scheme,
            layers: layers.to_vec(),
            ..SegmentRequest::default()
        })
    };
    let enum_value = |field: &str| Refusal::field("UNKNOWN_ENUM_VALUE", field);
    option_refused(client, ask(99, &[]), enum_value("scheme")).await;
    option_refused(client, ask(-5, &[]), enum_value("scheme")).await;
    option_refused(client, ask(0, &[0]), enum_value("layers[0]")).await;
    option_refused(client, ask(0, &[1, 2, 99]), enum_value("layers[2]")).await;
    let contradiction = Refusal::field("CONTRADICTORY_OPTIONS", "scheme");
    let blocks = SegmentLayer::Blocks as i32;
    option_refused(client, ask(SegmentationScheme::D3 as i32, &[blocks]), contradiction).await;

    let info = service_info(client).await;
    for layer in 1..=8 {
        let name = SegmentLayer::try_from(layer).expect("a layer").as_str_name();
        if info.segment_layers.contains(&layer) {
            option_taken(client, ask(0, &[layer])).await;
        } else {
            option_refused(client, ask(0, &[layer]), Refusal::not_implemented("layers[0]", name)).await;
        }
    }
    for scheme in 1..=6 {
        let name = SegmentationScheme::try_from(scheme).expect("a scheme").as_str_name();
        if info.segmentation_schemes.contains(&scheme) {
            option_taken(client, ask(scheme, &[])).await;
        } else {
            option_refused(client, ask(scheme, &[]), Refusal::not_implemented("scheme", name)).await;
        }
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_entity_options() {
    let server = Running::start(SMALL).await;
    let client = &mut server.client().await;
    let base = ExtractEntitiesRequest { document: Some(document(TEXT)), ..ExtractEntitiesRequest::default() };
    let types =
        |types: &[i32]| Ask::Entities(ExtractEntitiesRequest { types: types.to_vec(), ..base.clone() });
    option_refused(client, types(&[0]), Refusal::field("UNKNOWN_ENUM_VALUE", "types[0]")).await;
    option_refused(client, types(&[2, 99]), Refusal::field("UNKNOWN_ENUM_VALUE", "types[1]")).await;
    let info = service_info(client).await;
    for kind in 1..=18 {
        let name = EntityType::try_from(kind).expect("a type").as_str_name();
        if info.entity_types.contains(&kind) {
            option_taken(client, types(&[kind])).await;
        } else {
            option_refused(client, types(&[kind]), Refusal::not_implemented("types[0]", name)).await;
        }
    }

    let least = |confidence: f32| {
        Ask::Entities(ExtractEntitiesRequest { min_confidence: Some(confidence), ..base.clone() })
    };
    for confidence in [-0.1, 1.5, f32::NAN, f32::INFINITY] {
        option_refused(client, least(confidence), Refusal::field("INVALID_VALUE", "min_confidence")).await;
    }
    // It may leave out all names; an answer without any is fine.
    for confidence in [0.0, 0.5, 1.0] {
        option_taken(client, least(confidence)).await;
    }

    let person = EntityType::Person as i32;
    let row = |name: &str, kind: i32, id: &str| LexiconEntry {
        name: name.to_owned(),
        r#type: kind,
        id: id.to_owned(),
    };
    let rows = |lexicon: Vec<LexiconEntry>| Ask::Entities(ExtractEntitiesRequest { lexicon, ..base.clone() });
    let too_many = Refusal::field("TOO_MANY_LEXICON_ROWS", "lexicon").with("limit", 3).with("size", 4);
    option_refused(client, rows(vec![row("سلمى", person, ""); 4]), too_many).await;
    option_taken(client, rows(vec![row("سلمى", person, ""); 3])).await;
    let good = row("سلمى", person, "s");
    for (bad, field) in [
        (row("", person, ""), "name"),
        (row(" \u{A0}", person, ""), "name"),
        (row(&"س".repeat(257), person, ""), "name"),
        (row("هدى", 0, ""), "type"),
        (row("هدى", EntityType::Date as i32, ""), "type"),
        (row("هدى", EntityType::Url as i32, ""), "type"),
        (row("هدى", person, &"h".repeat(257)), "id"),
        (row("هدى", EntityType::Location as i32, "s"), "id"),
    ] {
        let refusal = Refusal::field("INVALID_LEXICON_ROW", &format!("lexicon[1].{field}"));
        option_refused(client, rows(vec![good.clone(), bad]), refusal).await;
    }
    let refusal = Refusal::field("UNKNOWN_ENUM_VALUE", "lexicon[0].type");
    option_refused(client, rows(vec![row("هدى", 99, "")]), refusal).await;
    option_taken(client, rows(vec![row(&"س".repeat(256), person, &"h".repeat(256))])).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_of_metadata_options() {
    let server = Running::start(&[]).await;
    let client = &mut server.client().await;
    let base =
        SummarizeMetadataRequest { document: Some(document(TEXT)), ..SummarizeMetadataRequest::default() };
    let features = |features: &[i32]| {
        Ask::Metadata(SummarizeMetadataRequest { features: features.to_vec(), ..base.clone() })
    };
    option_refused(client, features(&[0]), Refusal::field("UNKNOWN_ENUM_VALUE", "features[0]")).await;
    option_refused(client, features(&[1, 99]), Refusal::field("UNKNOWN_ENUM_VALUE", "features[1]")).await;
    let info = service_info(client).await;
    for feature in 1..=14 {
        let name = MetadataFeature::try_from(feature).expect("a feature").as_str_name();
        if info.metadata_features.contains(&feature) {
            option_taken(client, features(&[feature])).await;
        } else {
            option_refused(client, features(&[feature]), Refusal::not_implemented("features[0]", name)).await;
        }
    }
    for bad in [-1, 101, i32::MAX] {
        let keywords = SummarizeMetadataRequest { max_keywords: Some(bad), ..base.clone() };
        let refusal = Refusal::field("INVALID_VALUE", "max_keywords");
        option_refused(client, Ask::Metadata(keywords), refusal).await;
        let sentences = SummarizeMetadataRequest { max_key_sentences: Some(bad), ..base.clone() };
        let refusal = Refusal::field("INVALID_VALUE", "max_key_sentences");
        option_refused(client, Ask::Metadata(sentences), refusal).await;
    }
    for good in [0, 3, 10, 100] {
        let both = SummarizeMetadataRequest {
            max_keywords: Some(good),
            max_key_sentences: Some(good),
            ..base.clone()
        };
        option_taken(client, Ask::Metadata(both)).await;
    }
    server.stop().await;
}

fn masked(paths: &[&str]) -> AnnotateRequest {
    AnnotateRequest {
        document: Some(document(SAMPLES[0].1)),
        read_mask: Some(prost_types::FieldMask { paths: paths.iter().map(|p| (*p).to_owned()).collect() }),
        ..AnnotateRequest::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn masks() {
    let server = Running::start(&[]).await;
    let client = &mut server.client().await;
    for bad in [
        "",
        "nope",
        "metadata.nope",
        "Metadata",
        "modelVersion",
        "metadata.",
        "entities.entities.id",
        "segmentation.sentences.span.begin",
        "normalization.text.x",
    ] {
        let refusal = Refusal::field("INVALID_READ_MASK", "read_mask.paths[1]");
        Ask::Annotate(masked(&["metadata", bad])).refused(client, &refusal).await;
    }
    let all = client.annotate(masked(&[])).await.expect("all").into_inner();
    assert_eq!(client.annotate(masked(&["*"])).await.expect("all").into_inner(), all);

    // A mask takes away, and nothing else: unit and version stay, and no layer comes that was not there.
    let one = client.annotate(masked(&["metadata.metadata.counts"])).await.expect("one").into_inner();
    assert!(one.normalization.is_none() && one.segmentation.is_none() && one.entities.is_none());
    assert_eq!((one.offset_unit, &one.model_version), (all.offset_unit, &all.model_version));
    let counts = |answer: &warraq::proto::v1::AnnotateResponse| {
        answer.metadata.clone().and_then(|summary| summary.metadata).and_then(|metadata| metadata.counts)
    };
    assert!(counts(&one).is_some());
    assert_eq!(counts(&one), counts(&all));
    let tokens = client.annotate(masked(&["segmentation.tokens"])).await.expect("tokens").into_inner();
    assert_eq!(tokens.segmentation.unwrap_or_default().tokens, all.segmentation.unwrap_or_default().tokens);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn batches() {
    let server = Running::start(SMALL).await;
    let client = &mut server.client().await;
    let item = |bytes: usize| AnnotateRequest {
        document: Some(document(&"a".repeat(bytes))),
        ..AnnotateRequest::default()
    };
    let batch = |requests: Vec<AnnotateRequest>| Ask::Batch(BatchAnnotateRequest { requests });
    let too_large = |limit: usize, size: usize| {
        Refusal::field("BATCH_TOO_LARGE", "requests").with("limit", limit).with("size", size)
    };
    batch(Vec::new()).refused(client, &Refusal::field("EMPTY_BATCH", "requests")).await;
    batch(vec![item(1); 5]).refused(client, &too_large(4, 5)).await;
    batch(vec![item(667); 3]).refused(client, &too_large(2000, 2001)).await;
    let sources = content(&[b'a'; 700], "");
    let sources = AnnotateRequest { document: Some(sources), ..AnnotateRequest::default() };
    batch(vec![sources; 3]).refused(client, &too_large(2000, 2100)).await;
    batch(vec![item(500); 4]).taken(client).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bytes_that_are_no_message() {
    let server = Running::start(&[]).await;
    let raw = server.raw().await;
    let undecodable = Refusal::new(Code::InvalidArgument, "UNDECODABLE_MESSAGE");
    let bad_utf8 = [0x0A, 0x04, 0x0A, 0x02, 0xC3, 0x28]; // document { id: two bytes that are no UTF-8 }
    for call in ["Normalize", "Segment", "ExtractEntities", "SummarizeMetadata", "Annotate", "AnnotateStream"]
    {
        let bad_utf8 = match call {
            "AnnotateStream" => [&[0x12, 0x08, 0x12, 0x06][..], &bad_utf8].concat(),
            _ => bad_utf8.to_vec(),
        };
        for (what, body) in [
            ("no tag", frame(0, &[0xFF; 12])),
            ("bad UTF-8", frame(0, &bad_utf8)),
            ("wire type 7", frame(0, &[0x0F, 1])),
            ("cut off", frame(0, b"\x0A\x05abcde")[..8].to_vec()),
            ("flag 2", frame(2, b"")),
        ] {
            let answer = raw.call(&RawRequest::new(path(call), body)).await.expect("an answer");
            undecodable.check(&format!("{call}: {what}"), &answer.status.expect("a status"));
        }
        let bad_gzip = RawRequest::new(path(call), frame(1, b"no gzip")).header("grpc-encoding", "gzip");
        let answer = raw.call(&bad_gzip).await.expect("an answer");
        undecodable.check(&format!("{call}: bad gzip"), &answer.status.expect("a status"));
        if call != "AnnotateStream" {
            let answer = raw.call(&RawRequest::new(path(call), Vec::new())).await.expect("an answer");
            undecodable.check(&format!("{call}: no message"), &answer.status.expect("a status"));
        }
    }
    server.stop().await;
}

/// gRPC's compression document: a compressed flag without `grpc-encoding` MUST fail with INTERNAL.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_compressed_flag_without_encoding_is_internal() {
    let server = Running::start(&[]).await;
    let raw = server.raw().await;
    for call in ["Annotate", "AnnotateStream"] {
        let answer = raw.call(&RawRequest::new(path(call), frame(1, b"x"))).await.expect("an answer");
        assert_eq!(answer.status.map(|status| status.code()), Some(Code::Internal), "{call}");
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_over_the_limit_before_and_after_decompression() {
    let server = Running::start(&[("max_message_bytes_in", "4096")]).await;
    let raw = server.raw().await;
    let message = |bytes: usize| {
        let document = Some(document(&"a".repeat(bytes)));
        AnnotateRequest { document, ..AnnotateRequest::default() }.encode_to_vec()
    };
    let gzip = |bytes: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    };
    let too_large = Refusal::new(Code::ResourceExhausted, "MESSAGE_TOO_LARGE").with("limit", 4096);
    for call in ["Annotate", "AnnotateStream"] {
        let large = message(5000);
        let plain = RawRequest::new(path(call), frame(0, &large));
        let answer = raw.call(&plain).await.expect("an answer");
        too_large.clone().with("size", large.len()).check(call, &answer.status.expect("a status"));

        let bomb = gzip(&message(4 << 20));
        assert!(bomb.len() < 4096 * 2, "{} bytes", bomb.len());
        let bomb = gzip(&message(200_000));
        assert!(bomb.len() < 4096, "{} bytes", bomb.len());
        let bomb = RawRequest::new(path(call), frame(1, &bomb)).header("grpc-encoding", "gzip");
        let answer = raw.call(&bomb).await.expect("an answer");
        too_large.check(call, &answer.status.expect("a status"));
    }
    let small = gzip(&message(4000));
    let small = RawRequest::new(path("Annotate"), frame(1, &small)).header("grpc-encoding", "gzip");
    let answer = raw.call(&small).await.expect("an answer");
    assert_eq!(answer.status.map(|status| status.code()), Some(Code::Ok));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_over_the_limit() {
    let server = Running::start(&[("max_message_bytes_out", "1024")]).await;
    let client = &mut server.client().await;
    let long = document(&"نص طويل ".repeat(200));
    let request = NormalizeRequest { document: Some(long.clone()), ..NormalizeRequest::default() };
    let annotate = AnnotateRequest { document: Some(long), ..AnnotateRequest::default() };
    let batch = BatchAnnotateRequest { requests: vec![annotate.clone(); 2] };
    let too_large = Refusal::new(Code::ResourceExhausted, "RESPONSE_TOO_LARGE").with("limit", 1024);
    for ask in [Ask::Normalize(request), Ask::Annotate(annotate.clone()), Ask::Batch(batch)] {
        let what = format!("{ask:.40?}");
        let status = ask.send(client).await.expect_err("the answer is too large");
        too_large.check(&what, &status);
        let size: usize = size_of(&status).parse().expect("a number");
        assert!(size > 1024, "{what}: {size}");
    }
    let mask = prost_types::FieldMask { paths: vec!["metadata.metadata.language".to_owned()] };
    Ask::Annotate(AnnotateRequest { read_mask: Some(mask), ..annotate }).taken(client).await;

    // The list of charsets alone is longer.
    let status = client.get_service_info(GetServiceInfoRequest {}).await.expect_err("too large");
    too_large.check("GetServiceInfo", &status);
    server.stop().await;
}

fn size_of(status: &Status) -> String {
    use tonic_types::StatusExt as _;
    let details = status.get_error_details();
    details.error_info().and_then(|info| info.metadata.get("size").cloned()).unwrap_or_default()
}

/// A batch that holds the workers for a while.
fn large_batch(items: usize) -> BatchAnnotateRequest {
    let document = document(&SAMPLES[0].1.repeat(8));
    let request = AnnotateRequest { document: Some(document), ..AnnotateRequest::default() };
    BatchAnnotateRequest { requests: vec![request; items] }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_work_than_the_server_takes() {
    let server = Running::start(&[("max_pending", "1"), ("workers", "1"), ("retry_after_ms", "70")]).await;
    let mut busy = server.client().await;
    let client = &mut server.client().await;
    let small =
        || Ask::Annotate(AnnotateRequest { document: Some(document(TEXT)), ..AnnotateRequest::default() });
    // The batch has all the room from when it is read until it is answered; calls beside it are sent
    // until one comes in that time.
    let refused = async {
        loop {
            let mut batch = tokio::spawn({
                let mut busy = busy.clone();
                async move { busy.batch_annotate(large_batch(64)).await }
            });
            loop {
                tokio::select! {
                    biased;
                    answer = small().send(client) => if let Err(status) = answer { return (status, batch) },
                    done = &mut batch => {
                        // A call beside it was there first.
                        if let Err(status) = done.expect("no panic") {
                            assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
                        }
                        break;
                    }
                }
            }
        }
    };
    let (status, batch) = tokio::time::timeout(PATIENCE, refused).await.expect("a refusal in time");
    Refusal::new(Code::ResourceExhausted, "OVERLOADED").retry().check("a call beside a batch", &status);
    let details = tonic_types::StatusExt::get_error_details(&status);
    let delay = details.retry_info().and_then(|retry| retry.retry_delay);
    assert_eq!(delay, Some(std::time::Duration::from_millis(70)));

    // The work in progress was not harmed, and its room is free again afterwards.
    batch.await.expect("no panic").expect("the batch is answered");
    small().taken(client).await;
    Ask::Batch(large_batch(1)).taken(&mut busy).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn deadlines() {
    let server = Running::start(&[("workers", "1"), ("inline_bytes", "0")]).await;
    let client = &mut server.client().await;
    let passed = Refusal::new(Code::DeadlineExceeded, "DEADLINE_EXCEEDED");
    let large = document(&SAMPLES[0].1.repeat(100));
    let raw = server.raw().await;
    let body =
        frame(0, &AnnotateRequest { document: Some(large), ..AnnotateRequest::default() }.encode_to_vec());
    // Often, since the timer that must not win (tonic's own, CANCELLED) wins seldom.
    for timeout in ["0n", "1n", "900u", "0S", "1m"].repeat(20) {
        let request = RawRequest::new(path("Annotate"), body.clone()).header("grpc-timeout", timeout);
        let answer = raw.call(&request).await.expect("an answer");
        passed.check(timeout, &answer.status.expect("a status"));
    }
    let answer =
        raw.call(&RawRequest::new(path("AnnotateStream"), Vec::new()).header("grpc-timeout", "1n")).await;
    passed.check("a stream", &answer.expect("an answer").status.expect("a status"));

    let annotate = AnnotateRequest { document: Some(document(TEXT)), ..AnnotateRequest::default() };
    let small =
        RawRequest::new(path("Annotate"), frame(0, &annotate.encode_to_vec())).header("grpc-timeout", "15m");
    // In the queue: the one worker has a batch, and the call behind it has less time than that takes.
    let queued = async {
        loop {
            let mut busy = client.clone();
            let batch = tokio::spawn(async move { busy.batch_annotate(large_batch(64)).await });
            let mut outcome = None;
            while outcome.is_none() && !batch.is_finished() {
                // Not by tonic's client, whose own clock would answer.
                let answer = raw.call(&small).await.expect("an answer").status.expect("a status");
                outcome = Some(answer).filter(|status| status.code() != Code::Ok);
            }
            batch.await.expect("no panic").expect("the batch is answered");
            if let Some(status) = outcome {
                return status;
            }
        }
    };
    let status = tokio::time::timeout(PATIENCE, queued).await.expect("a deadline passes");
    passed.check("queued", &status);
    // Nothing leaks: the worker is free again.
    Ask::Annotate(AnnotateRequest { document: Some(document(TEXT)), ..AnnotateRequest::default() })
        .taken(client)
        .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_servers_own_deadline() {
    let server = Running::start(&[("deadline_ms", "1"), ("inline_bytes", "0"), ("workers", "1")]).await;
    let client = &mut server.client().await;
    let batch = client.batch_annotate(large_batch(64)).await.expect_err("it takes longer than a millisecond");
    Refusal::new(Code::DeadlineExceeded, "DEADLINE_EXCEEDED").check("a batch", &batch);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn credentials() {
    let token = "0123456789abcdef";
    let server = Running::start(&[("auth_tokens", "fedcba9876543210, 0123456789abcdef")]).await;
    let client = &mut server.client().await;
    let refusal = Refusal::new(Code::Unauthenticated, "UNAUTHENTICATED");
    let request = |authorization: Option<&str>| {
        let annotate = AnnotateRequest { document: Some(document(TEXT)), ..AnnotateRequest::default() };
        let mut request = Request::new(annotate);
        if let Some(authorization) = authorization {
            request.metadata_mut().insert("authorization", authorization.parse().expect("a header"));
        }
        request
    };
    for wrong in [
        None,
        Some(""),
        Some("Bearer"),
        Some("Bearer "),
        Some("Bearer 0123456789abcde"),
        Some("Bearer 0123456789abcdeF"),
        Some("Basic 0123456789abcdef"),
        Some("0123456789abcdef"),
        Some("Bearer fedcba9876543210, 0123456789abcdef"),
    ] {
        let status = client.annotate(request(wrong)).await.expect_err("not let in");
        refusal.check(&format!("{wrong:?}"), &status);
        assert!(!status.message().contains(token));
    }
    let status = client.get_service_info(GetServiceInfoRequest {}).await.expect_err("not let in");
    refusal.check("GetServiceInfo", &status);
    for right in ["Bearer 0123456789abcdef", "bearer fedcba9876543210"] {
        client.annotate(request(Some(right))).await.expect("let in");
    }
    // Probes carry no token.
    let mut health = server.health().await;
    assert_eq!(health_says(&mut health, "").await, Ok(ServingStatus::Serving));
    server.stop().await;
}

/// The data are read on a blocking thread, of which this runtime has one; while that is taken the server
/// loads.
#[test]
fn a_server_that_loads_says_so() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let (release, released) = mpsc::channel::<()>();
        let held = tokio::task::spawn_blocking(move || released.recv().is_ok());
        let server = Running::start_loading(&[]).await;
        let mut health = server.health().await;
        for service in ["", warraq::proto::SERVICE] {
            assert_eq!(health_says(&mut health, service).await, Ok(ServingStatus::NotServing));
        }
        let client = &mut server.client().await;
        let status = client.get_service_info(GetServiceInfoRequest {}).await.expect_err("it loads");
        Refusal::new(Code::Unavailable, "LOADING").check("GetServiceInfo", &status);
        for ask in each_call(Some(&document(TEXT))) {
            ask.refused(client, &Refusal::new(Code::Unavailable, "LOADING")).await;
        }
        release.send(()).expect("it waits");
        assert!(held.await.expect("no panic"));
        server.wait_until(ServingStatus::Serving).await;
        client.get_service_info(GetServiceInfoRequest {}).await.expect("it serves");
        server.stop().await;
    });
}
