//! Bad items among good ones, in a batch and in a stream.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::stream;
use prost::Message as _;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;
use tonic::{Code, Request, Status, Streaming};
use tonic_types::StatusExt as _;
use warraq::proto::v1::annotate_stream_request::Kind;
use warraq::proto::v1::text_processing_client::TextProcessingClient;
use warraq::proto::v1::{
    AnnotateFeature, AnnotateRequest, AnnotateResponse, AnnotateStreamConfig, AnnotateStreamItem,
    AnnotateStreamRequest, AnnotateStreamResponse, BatchAnnotateRequest, Document, ItemStatus,
    MetadataFeature, MetadataOptions, NormalizationOptions, NormalizationStep, OffsetUnit,
    annotate_stream_response, batch_annotate_result,
};

use crate::support::{Refusal, Running, SAMPLES, TEXT, content, document, page, soon};

fn of(document: Document) -> AnnotateRequest {
    AnnotateRequest { document: Some(document), ..AnnotateRequest::default() }
}

/// A request under a name, and how it is refused where it is bad.
fn mixed() -> Vec<(AnnotateRequest, Option<Refusal>)> {
    let named = |id: &str, document: Document| of(Document { id: id.to_owned(), ..document });
    let features = |features: &[i32], mut request: AnnotateRequest| {
        request.features = features.to_vec();
        request
    };
    let mut bad_step = named("step", document(TEXT));
    let step = NormalizationStep { step: "nope".to_owned(), ..NormalizationStep::default() };
    bad_step.normalization =
        Some(NormalizationOptions { steps: vec![step], ..NormalizationOptions::default() });
    vec![
        (named("a", document(TEXT)), None),
        (named("empty", document("")), Some(Refusal::field("EMPTY_TEXT", "document.text"))),
        (named("b", document(SAMPLES[0].1)), None),
        (AnnotateRequest::default(), Some(Refusal::field("NO_SOURCE", "document"))),
        (
            named("bytes", content(b"ab\xFF", "")),
            Some(Refusal::field("UNDECODABLE_CONTENT", "document.content").with("byte", 2)),
        ),
        (named("a", document(SAMPLES[1].1)), None),
        (
            named("long", document(&"a".repeat(20_001))),
            Some(Refusal::field("TEXT_TOO_LONG", "document.text").with("limit", 20_000).with("size", 20_001)),
        ),
        (bad_step, Some(Refusal::field("UNKNOWN_STEP", "normalization.steps[0].step"))),
        (named("html", page("<p>زار الوفد <b>بيروت</b></p>")), None),
        (named("markup", page("<p></p>")), Some(Refusal::field("EMPTY_TEXT", "document.text"))),
        (
            features(&[3, 99], named("enum", document(TEXT))),
            Some(Refusal::field("UNKNOWN_ENUM_VALUE", "features[1]")),
        ),
        (features(&[1], named("", document(TEXT))), None),
    ]
}

const KNOBS: &[(&str, &str)] = &[("max_text_bytes", "20000")];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_answers_each_request_in_its_place() {
    let server = Running::start(KNOBS).await;
    let mut client = server.client().await;
    let mixed = mixed();
    let requests = mixed.iter().map(|(request, _)| request.clone()).collect();
    let batch =
        client.batch_annotate(BatchAnnotateRequest { requests }).await.expect("an answer").into_inner();
    assert_eq!(batch.results.len(), mixed.len());
    for (i, ((request, refusal), result)) in mixed.into_iter().zip(batch.results).enumerate() {
        let id = request.document.as_ref().map(|document| document.id.clone()).unwrap_or_default();
        assert_eq!(result.document_id, id, "number {i}");
        let alone = client.annotate(request).await.map(tonic::Response::into_inner);
        match (result.result.expect("one is always set"), refusal) {
            (batch_annotate_result::Result::Response(response), None) => {
                assert_eq!(response, alone.expect("an answer"), "number {i}");
            }
            (batch_annotate_result::Result::Error(error), Some(refusal)) => {
                refusal.check_item(&format!("number {i}"), &error);
                same_status(&error, &alone.expect_err("a refusal"));
            }
            (result, refusal) => panic!("number {i}: {result:?}, though {refusal:?}"),
        }
    }
    server.stop().await;
}

/// The status that `Annotate` gives, field for field.
#[track_caller]
fn same_status(item: &ItemStatus, alone: &Status) {
    assert_eq!((item.code, item.message.as_str()), (alone.code().into(), alone.message()));
    // A map's entries have no order; the parsed details do not depend on it.
    let bytes =
        tonic_types::Status { code: item.code, message: item.message.clone(), details: item.details.clone() };
    let item = Status::with_details(alone.code(), item.message.clone(), bytes.encode_to_vec().into());
    assert_eq!(
        format!("{:?}", sorted(&item.get_error_details())),
        format!("{:?}", sorted(&alone.get_error_details()))
    );
}

fn sorted(details: &tonic_types::ErrorDetails) -> impl std::fmt::Debug {
    let info = details
        .error_info()
        .map(|info| (info.reason.clone(), info.metadata.clone().into_iter().collect::<BTreeMap<_, _>>()));
    (info, details.bad_request().cloned(), details.retry_info().cloned())
}

fn item(sequence: i64, request: AnnotateRequest) -> AnnotateStreamRequest {
    AnnotateStreamRequest { kind: Some(Kind::Item(AnnotateStreamItem { sequence, request: Some(request) })) }
}

fn configured(config: AnnotateStreamConfig) -> AnnotateStreamRequest {
    AnnotateStreamRequest { kind: Some(Kind::Config(config)) }
}

/// Sends all the messages, then half-closes; all the answers, and how the stream ended.
async fn streamed(
    client: &mut TextProcessingClient<Channel>,
    messages: Vec<AnnotateStreamRequest>,
) -> (Vec<AnnotateStreamResponse>, Result<(), Status>) {
    let answers = async {
        let mut incoming = match client.annotate_stream(stream::iter(messages)).await {
            Ok(response) => response.into_inner(),
            Err(status) => return (Vec::new(), Err(status)),
        };
        let mut answers = Vec::new();
        loop {
            match incoming.message().await {
                Ok(Some(answer)) => answers.push(answer),
                Ok(None) => return (answers, Ok(())),
                Err(status) => return (answers, Err(status)),
            }
        }
    };
    soon("a stream", answers).await
}

async fn one_at_a_time(
    sender: &mpsc::Sender<AnnotateStreamRequest>,
    answers: &mut Streaming<AnnotateStreamResponse>,
    message: AnnotateStreamRequest,
) -> Result<Option<AnnotateStreamResponse>, Status> {
    sender.send(message).await.expect("the stream is open");
    soon("an answer", answers.message()).await
}

fn answered(answer: &AnnotateStreamResponse) -> &AnnotateResponse {
    match &answer.result {
        Some(annotate_stream_response::Result::Response(response)) => response,
        other => panic!("number {}: {other:?}", answer.sequence),
    }
}

fn failed(answer: &AnnotateStreamResponse) -> &ItemStatus {
    match &answer.result {
        Some(annotate_stream_response::Result::Error(error)) => error,
        other => panic!("number {}: {other:?}", answer.sequence),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_goes_on_after_bad_items() {
    let server = Running::start(KNOBS).await;
    let mut client = server.client().await;
    for allow_reordering in [false, true] {
        // Sequences are the caller's: any order, repeats and negatives.
        let sequences: Vec<i64> =
            [7, -1, i64::MAX, i64::MIN, 0].into_iter().cycle().zip(0..12).map(|(n, i)| n ^ (i / 5)).collect();
        let mixed = mixed();
        let config = AnnotateStreamConfig { allow_reordering, defaults: None };
        let mut messages = vec![configured(config)];
        messages.extend(mixed.iter().zip(&sequences).map(|((request, _), n)| item(*n, request.clone())));
        let (mut answers, end) = streamed(&mut client, messages).await;
        end.expect("the stream goes on");
        assert_eq!(answers.len(), mixed.len());
        if allow_reordering {
            answers.sort_by_key(|answer| sequences.iter().position(|n| *n == answer.sequence));
        }
        assert_eq!(answers.iter().map(|answer| answer.sequence).collect::<Vec<_>>(), sequences);
        for (answer, (request, refusal)) in answers.iter().zip(mixed) {
            let alone = client.annotate(request).await.map(tonic::Response::into_inner);
            match refusal {
                None => assert_eq!(answered(answer), &alone.expect("an answer")),
                Some(refusal) => {
                    refusal.check_item(&answer.sequence.to_string(), failed(answer));
                    same_status(failed(answer), &alone.expect_err("a refusal"));
                }
            }
        }
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_with_nothing_in_it_is_a_bad_item() {
    let server = Running::start(&[]).await;
    let mut client = server.client().await;
    let nothing = AnnotateStreamRequest { kind: None };
    let no_request =
        AnnotateStreamRequest { kind: Some(Kind::Item(AnnotateStreamItem { sequence: 3, request: None })) };
    let messages = vec![nothing, item(5, of(document(TEXT))), nothing_again(), no_request];
    let (answers, end) = streamed(&mut client, messages).await;
    end.expect("the stream goes on");
    let sequences: Vec<_> = answers.iter().map(|answer| answer.sequence).collect();
    assert_eq!(sequences, [0, 5, 0, 3]);
    for i in [0, 2] {
        let error = failed(&answers[i]);
        Refusal::field("INVALID_VALUE", "item").check_item("neither config nor item", error);
    }
    answered(&answers[1]);
    Refusal::field("NO_SOURCE", "document").check_item("an item without a request", failed(&answers[3]));
    server.stop().await;
}

fn nothing_again() -> AnnotateStreamRequest {
    AnnotateStreamRequest::default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_config_later_ends_the_stream() {
    let server = Running::start(&[]).await;
    let mut client = server.client().await;
    let refusal = Refusal::field("STREAM_CONFIG_MISPLACED", "config");
    for first in [item(1, of(document(TEXT))), configured(AnnotateStreamConfig::default())] {
        let messages = vec![first, configured(AnnotateStreamConfig::default()), item(2, of(document(TEXT)))];
        let (answers, end) = streamed(&mut client, messages).await;
        refusal.check("a second config", &end.expect_err("it ends the stream"));
        assert!(answers.iter().all(|answer| answer.sequence == 1), "{answers:?}");
    }
    let (answers, end) = streamed(&mut client, Vec::new()).await;
    end.expect("a stream of nothing");
    assert!(answers.is_empty());
    let (answers, end) = streamed(&mut client, vec![configured(AnnotateStreamConfig::default())]).await;
    end.expect("a stream of a config alone");
    assert!(answers.is_empty());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn defaults_fill_what_an_item_leaves_unset() {
    let server = Running::start(&[]).await;
    let mut client = server.client().await;
    let metadata = |features: &[MetadataFeature]| {
        let features = features.iter().map(|&feature| feature.into()).collect();
        Some(MetadataOptions { features, ..MetadataOptions::default() })
    };
    let defaults = AnnotateRequest {
        document: Some(Document {
            charset: "windows-1256".to_owned(),
            language: "ar-SY".to_owned(),
            ..Document::default()
        }),
        features: vec![AnnotateFeature::Metadata.into()],
        offset_unit: OffsetUnit::Utf16CodeUnit.into(),
        metadata: metadata(&[MetadataFeature::Language]),
        ..AnnotateRequest::default()
    };
    let arabic = content(b"\xC8\xED\xD1\xE6\xCA.", "");
    let own_charset = content("بيروت.".as_bytes(), "utf-8");
    let own_options = AnnotateRequest {
        offset_unit: OffsetUnit::Utf8Byte.into(),
        features: vec![AnnotateFeature::Metadata.into(), AnnotateFeature::Segmentation.into()],
        metadata: metadata(&[MetadataFeature::Counts]),
        ..of(Document { language: "ar-LB".to_owned(), ..document("بيروت.") })
    };
    let messages = vec![
        configured(AnnotateStreamConfig { allow_reordering: false, defaults: Some(defaults) }),
        item(1, of(arabic)),
        item(2, of(document("بيروت."))),
        item(3, of(own_charset)),
        item(4, own_options),
        item(5, of(Document { language: "a".to_owned(), ..document("بيروت.") })),
        item(6, AnnotateRequest::default()),
    ];
    let (answers, end) = streamed(&mut client, messages).await;
    end.expect("the stream goes on");
    let found = |i: usize| {
        let response = answered(&answers[i]);
        let metadata = response.metadata.clone().and_then(|summary| summary.metadata).expect("metadata");
        (response.clone(), metadata)
    };
    // The default charset goes to content alone, the other defaults to each.
    for i in [0, 1, 2] {
        let (response, metadata) = found(i);
        assert_eq!(response.offset_unit(), OffsetUnit::Utf16CodeUnit, "{i}");
        assert!(response.segmentation.is_none() && response.normalization.is_none(), "{i}");
        assert_eq!((metadata.language.as_str(), metadata.counts), ("ar-SY", None), "{i}");
        assert_eq!(metadata.script, "Arab", "{i}: the bytes were read in the right charset");
    }
    // What an item sets is taken whole: its metadata options do not ask for the language.
    let (response, metadata) = found(3);
    assert_eq!(response.offset_unit(), OffsetUnit::Utf8Byte);
    assert!(response.segmentation.is_some() && response.normalization.is_none());
    assert_eq!(metadata.language, "");
    assert_eq!(metadata.counts.map(|counts| counts.characters), Some(6));
    Refusal::field("INVALID_VALUE", "document.language").check_item("own language", failed(&answers[4]));
    Refusal::field("NO_SOURCE", "document").check_item("no document", failed(&answers[5]));
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bad_defaults_end_the_stream() {
    let server = Running::start(&[]).await;
    let mut client = server.client().await;
    let step = NormalizationStep { step: "nope".to_owned(), ..NormalizationStep::default() };
    let steps = NormalizationOptions { steps: vec![step], ..NormalizationOptions::default() };
    let rows = [
        (of(document(TEXT)), Refusal::field("INVALID_VALUE", "document.text")),
        (of(content(b"x", "")), Refusal::field("INVALID_VALUE", "document.content")),
        (
            of(Document { id: "x".to_owned(), ..Document::default() }),
            Refusal::field("INVALID_VALUE", "document.id"),
        ),
        (
            of(Document { time_zone: "Nowhere/X".to_owned(), ..Document::default() }),
            Refusal::field("INVALID_TIME_ZONE", "document.time_zone"),
        ),
        (
            of(Document { charset: "klingon".to_owned(), ..Document::default() }),
            Refusal::field("UNKNOWN_CHARSET", "document.charset"),
        ),
        (
            AnnotateRequest { offset_unit: 9, ..AnnotateRequest::default() },
            Refusal::field("UNKNOWN_ENUM_VALUE", "offset_unit"),
        ),
        (
            AnnotateRequest { normalization: Some(steps), ..AnnotateRequest::default() },
            Refusal::field("UNKNOWN_STEP", "normalization.steps[0].step"),
        ),
    ];
    for (defaults, refusal) in rows {
        let what = format!("{defaults:?}");
        let config = AnnotateStreamConfig { allow_reordering: false, defaults: Some(defaults) };
        let (answers, end) =
            streamed(&mut client, vec![configured(config), item(1, of(document(TEXT)))]).await;
        refusal.under("config.defaults.").check(&what, &end.expect_err("it ends the stream"));
        assert!(answers.is_empty(), "{what}");
    }
    server.stop().await;
}

/// A stream has its own brake: with room for one document in all and sixteen items under way, none is
/// refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_items_with_little_room() {
    let server = Running::start(&[("max_pending", "1"), ("workers", "1"), ("inline_bytes", "64")]).await;
    let mut client = server.client().await;
    for allow_reordering in [false, true] {
        let config = AnnotateStreamConfig { allow_reordering, defaults: None };
        let text = |n: i64| if n % 3 == 0 { TEXT.repeat(3) } else { "جاء.".to_owned() };
        let items = (0..500).map(|n| item(n, of(document(&text(n)))));
        let messages = std::iter::once(configured(config)).chain(items).collect();
        let (answers, end) = streamed(&mut client, messages).await;
        end.expect("the stream goes on");
        let mut sequences: Vec<_> = answers.iter().map(|answer| answer.sequence).collect();
        if allow_reordering {
            sequences.sort_unstable();
        }
        assert_eq!(sequences, (0..500).collect::<Vec<_>>());
        for answer in &answers {
            assert!(answered(answer).metadata.is_some());
        }
    }
    server.stop().await;
}

/// An answer comes while the stream is open, and the stream ends when the client half-closes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_come_as_items_do() {
    let server = Running::start(&[]).await;
    let mut client = server.client().await;
    let (sender, receiver) = mpsc::channel(4);
    let mut answers =
        client.annotate_stream(ReceiverStream::new(receiver)).await.expect("a stream").into_inner();
    for n in 0..5 {
        let answer = one_at_a_time(&sender, &mut answers, item(n, of(document(TEXT)))).await;
        let answer = answer.expect("no error").expect("an answer");
        assert_eq!(answer.sequence, n);
        answered(&answer);
    }
    drop(sender);
    assert!(soon("the end", answers.message()).await.expect("no error").is_none());
    server.stop().await;
}

/// The client's deadline ends a stream that is open.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deadline_ends_a_stream() {
    let server = Running::start(&[]).await;
    let mut client = server.client().await;
    let (sender, receiver) = mpsc::channel(4);
    let mut request = Request::new(ReceiverStream::new(receiver));
    // Not by `set_timeout`, with which the client's own clock would end it.
    request.metadata_mut().insert("grpc-timeout", "700m".parse().expect("a header"));
    let mut answers = client.annotate_stream(request).await.expect("a stream").into_inner();
    let answer = one_at_a_time(&sender, &mut answers, item(1, of(document(TEXT)))).await;
    answered(&answer.expect("no error").expect("an answer"));
    let begin = std::time::Instant::now();
    let end = soon("the deadline", answers.message()).await.expect_err("the deadline");
    Refusal::new(Code::DeadlineExceeded, "DEADLINE_EXCEEDED").check("an open stream", &end);
    assert!(begin.elapsed() < Duration::from_mins(1));
    server.stop().await;
}
