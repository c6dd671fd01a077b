//! The same request gives the same bytes: twice, on one thread and on four, inline and in the pool.

use std::collections::BTreeMap;

use futures_util::StreamExt as _;
use prost::Message;
use warraq::proto::v1::annotate_stream_request::Kind;
use warraq::proto::v1::{
    AnnotateRequest, AnnotateStreamItem, AnnotateStreamRequest, BatchAnnotateRequest, EntityOptions,
    EntityType, ExtractEntitiesRequest, GetServiceInfoRequest, LexiconEntry, NormalizationOptions,
    NormalizeRequest, OffsetUnit, SegmentRequest, SummarizeMetadataRequest,
};

use crate::support::{RawRequest, Running, SAMPLES, TEXT, content, document, frame, path};

/// Each call with its request, encoded once: the bytes sent are the same as well.
fn requests() -> Vec<(String, RawRequest)> {
    let mut requests = Vec::new();
    let mut add = |name: String, call: &str, body: Vec<u8>| {
        requests.push((format!("{call} of {name}"), RawRequest::new(path(call), body)));
    };
    let texts = SAMPLES.iter().copied().chain([("a short text", TEXT)]);
    let unary = |message: &dyn Fn() -> Vec<u8>| frame(0, &message());
    for (i, (name, text)) in texts.enumerate() {
        let document = Some(document(text));
        let offset_unit =
            [OffsetUnit::Utf8Byte, OffsetUnit::UnicodeCodePoint, OffsetUnit::Utf16CodeUnit][i % 3];
        let offset_unit = offset_unit.into();
        let name = name.to_owned();
        let lexicon = vec![
            LexiconEntry {
                name: "المتحدث".to_owned(), r#type: EntityType::Role.into(), id: "r".to_owned()
            },
            LexiconEntry {
                name: "الوفد".to_owned(),
                r#type: EntityType::Organization.into(),
                id: String::new(),
            },
        ];
        let normalize =
            NormalizeRequest { document: document.clone(), offset_unit, ..NormalizeRequest::default() };
        add(name.clone(), "Normalize", unary(&|| normalize.encode_to_vec()));
        let segment = SegmentRequest { document: document.clone(), offset_unit, ..SegmentRequest::default() };
        add(name.clone(), "Segment", unary(&|| segment.encode_to_vec()));
        let entities = ExtractEntitiesRequest {
            document: document.clone(),
            offset_unit,
            lexicon: lexicon.clone(),
            ..ExtractEntitiesRequest::default()
        };
        add(name.clone(), "ExtractEntities", unary(&|| entities.encode_to_vec()));
        let metadata = SummarizeMetadataRequest {
            document: document.clone(),
            offset_unit,
            ..SummarizeMetadataRequest::default()
        };
        add(name.clone(), "SummarizeMetadata", unary(&|| metadata.encode_to_vec()));
        let annotate = AnnotateRequest {
            document,
            offset_unit,
            normalization: Some(NormalizationOptions { preset: "search".to_owned(), ..Default::default() }),
            entities: Some(EntityOptions { lexicon, ..EntityOptions::default() }),
            ..AnnotateRequest::default()
        };
        add(name, "Annotate", unary(&|| annotate.encode_to_vec()));
    }
    let items: Vec<AnnotateRequest> = SAMPLES
        .iter()
        .cycle()
        .take(24)
        .enumerate()
        .map(|(i, (_, text))| match i % 6 {
            4 => AnnotateRequest::default(),
            5 => AnnotateRequest { document: Some(content(b"ab\xFF", "")), ..AnnotateRequest::default() },
            _ => AnnotateRequest { document: Some(document(text)), ..AnnotateRequest::default() },
        })
        .collect();
    let batch = BatchAnnotateRequest { requests: items.clone() };
    add("good and bad".to_owned(), "BatchAnnotate", frame(0, &batch.encode_to_vec()));
    let stream = items.into_iter().zip(0..).flat_map(|(request, sequence)| {
        let item = AnnotateStreamItem { sequence, request: Some(request) };
        frame(0, &AnnotateStreamRequest { kind: Some(Kind::Item(item)) }.encode_to_vec())
    });
    add("good and bad".to_owned(), "AnnotateStream", stream.collect());
    add("nothing".to_owned(), "GetServiceInfo", frame(0, &GetServiceInfoRequest {}.encode_to_vec()));
    add("nothing".to_owned(), "Annotate", frame(0, b""));
    requests
}

/// The body, or the whole of the status.
async fn answer(raw: &crate::support::RawClient, request: &RawRequest) -> Vec<u8> {
    let answer = raw.call(request).await.expect("an answer");
    let status = answer.status.expect("a status");
    if status.code() == tonic::Code::Ok {
        answer.body
    } else {
        [&[i32::from(status.code()).to_le_bytes()[0]], status.message().as_bytes(), status.details()].concat()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_request_gives_the_same_bytes() {
    let requests = requests();
    let mut first = BTreeMap::new();
    for (workers, inline) in [("1", "0"), ("4", "0"), ("1", "1048576"), ("4", "1048576")] {
        let server = Running::start(&[("workers", workers), ("inline_bytes", inline)]).await;
        let raw = server.raw().await;
        for round in 0..2 {
            // All at once, so that they meet each other in the pool.
            let answers = futures_util::stream::iter(&requests)
                .map(async |(name, request)| (name, answer(&raw, request).await))
                .buffered(8)
                .collect::<Vec<_>>()
                .await;
            for (name, bytes) in answers {
                assert!(!bytes.is_empty(), "{name}");
                let expected = first.entry(name).or_insert_with(|| bytes.clone());
                assert!(
                    *expected == bytes,
                    "{name}, round {round}, {workers} workers, inline up to {inline} bytes"
                );
            }
        }
        server.stop().await;
    }
    assert_eq!(first.len(), requests.len());
}
