//! Requests that no sound client sends: none is our fault (`INTERNAL`) or nobody knows whose (`UNKNOWN`).

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderMap, Method};
use prost::Message as _;
use tonic::Code;
use warraq::proto::v1::{
    AnnotateRequest, AnnotateStreamItem, AnnotateStreamRequest, LexiconEntry, NormalizationStep,
    NormalizeRequest, annotate_stream_request,
};

use crate::support::{Numbers, RawRequest, Running, TEXT, document, frame, path};

/// Makes one malformed request; the numbers make each of a kind another one.
type Kind = (&'static str, fn(&mut Numbers) -> RawRequest);

/// More than 200 over all kinds.
const OF_EACH_KIND: u64 = 8;

const KINDS: &[Kind] = &[
    ("a message that is cut off", |n| {
        let whole = frame(0, &sound());
        let cut = 1 + n.below(whole.len() - 1);
        annotate(whole[..cut].to_vec())
    }),
    ("a length that is too small", |n| {
        let mut body = frame(0, &sound());
        body[4] = body[4].wrapping_sub(u8::try_from(1 + n.below(40)).unwrap_or(1));
        annotate(body)
    }),
    ("a length that is too large", |n| {
        let mut body = frame(0, &sound());
        body[3] = body[3].wrapping_add(u8::try_from(1 + n.below(9)).unwrap_or(1));
        annotate(body)
    }),
    ("a huge length", |n| annotate([&[0, 0xFF, n.byte(), n.byte(), n.byte()][..], &sound()].concat())),
    ("random bytes for a message", |n| {
        let count = 1 + n.below(300);
        annotate(frame(0, &n.bytes(count)))
    }),
    ("random bytes for a body", |n| {
        let count = 1 + n.below(300);
        annotate(n.bytes(count))
    }),
    ("bad UTF-8 in a string", |n| {
        let bad: &[&[u8]] =
            &[b"\xFF", b"\xC3\x28", b"\xED\xA0\x80", b"\xF4\x90\x80\x80", b"\xC0\xAF", b"a\x80"];
        let bad = bad[n.below(bad.len())];
        let field = [0x0A, 0x12, 0x22, 0x32, 0x3A, 0x42][n.below(6)];
        annotate(frame(0, &nested(0x0A, &nested(field, bad))))
    }),
    ("flipped bits of a sound message", |n| {
        let mut message = sound();
        for _ in 0..=n.below(6) {
            let at = n.below(message.len());
            message[at] ^= 1 << n.below(8);
        }
        annotate(frame(0, &message))
    }),
    ("a compressed flag that is no flag", |n| {
        annotate(frame(u8::try_from(2 + n.below(254)).unwrap_or(2), &sound()))
    }),
    ("no gzip", |n| {
        let count = 1 + n.below(60);
        annotate(frame(1, &n.bytes(count))).header("grpc-encoding", "gzip")
    }),
    ("gzip that is cut off", |n| {
        let whole = gzip(&sound());
        let cut = n.below(whole.len() - 1);
        annotate(frame(1, &whole[..cut])).header("grpc-encoding", "gzip")
    }),
    ("gzip with flipped bits", |n| {
        let mut whole = gzip(&sound());
        let at = n.below(whole.len());
        whole[at] ^= 1 << n.below(8);
        annotate(frame(1, &whole)).header("grpc-encoding", "gzip")
    }),
    ("a gzip bomb", |n| {
        let zeros = vec![0; (9 << 20) + n.below(1 << 20)];
        annotate(frame(1, &gzip(&zeros))).header("grpc-encoding", "gzip")
    }),
    ("an encoding that nobody knows", |n| {
        let encoding =
            ["br", "snappy", "zstd", "gzip, gzip", "", "GZIP", "\u{FF}", "identity;q=1"][n.below(8)];
        annotate(frame(1, &sound())).header("grpc-encoding", encoding)
    }),
    ("no message", |n| RawRequest { body: vec![Vec::new(); n.below(4)], ..annotate(Vec::new()) }),
    ("two messages for one", |n| {
        let second = if n.below(2) == 0 { sound() } else { n.bytes(20) };
        annotate([frame(0, &sound()), frame(0, &second)].concat())
    }),
    ("bytes behind the message", |n| {
        let count = 1 + n.below(4);
        annotate([frame(0, &sound()), n.bytes(count)].concat())
    }),
    ("an empty message in pieces", |n| {
        let mut request = annotate(Vec::new());
        request.body = frame(0, b"").iter().map(|&byte| vec![byte]).collect();
        request.body.insert(n.below(6), Vec::new());
        request
    }),
    ("an unknown method", |n| {
        let name =
            ["annotate", "Annotate/", "Annotate/x", "Nope", "Annotate%20", "Annotate?x=1", "..", "%FF"];
        RawRequest::new(path(name[n.below(name.len())]), frame(0, &sound()))
    }),
    ("an unknown service", |n| {
        let paths = [
            "/x.y/Z",
            "/",
            "/warraq.v1.TextProcessing",
            "/warraq.v1/Annotate",
            "//",
            "/warraq.v1.TextProcessing/",
            "/a",
            "/%2F/%2F",
        ];
        RawRequest::new(paths[n.below(paths.len())].to_owned(), frame(0, &sound()))
    }),
    ("deep nesting", |n| {
        let depth = 50 + n.below(3000);
        // Groups of a field that the contract does not have, each within the one before.
        annotate(frame(0, &if n.below(2) == 0 { vec![0x7B; depth] } else { deep(depth) }))
    }),
    ("negative numbers for enums", |n| {
        let value = -1 - i32::try_from(n.below(1 << 30)).unwrap_or(0);
        let mut request = message();
        match n.below(4) {
            0 => request.offset_unit = value,
            1 => request.features = vec![1, value],
            2 => request.entities.get_or_insert_default().types = vec![value],
            _ => request.document.get_or_insert_default().format = value,
        }
        annotate(frame(0, &request.encode_to_vec()))
    }),
    ("fields of another wire type", |n| {
        let field = u8::try_from(1 + n.below(8)).unwrap_or(1) << 3;
        let wire = [0u8, 1, 2, 5, 3, 4, 6, 7][n.below(8)];
        let value: &[u8] = &[1, 2, 3, 4, 5, 6, 7, 8];
        annotate(frame(0, &[&[field | wire], value].concat().repeat(1 + n.below(3))))
    }),
    ("numbers that never end", |n| {
        let length = 10 + n.below(20);
        annotate(frame(0, &[&[0x18][..], &vec![0xFF; length]].concat()))
    }),
    ("a field with the number zero", |n| annotate(frame(0, &[u8::try_from(n.below(6)).unwrap_or(0), 1, 1]))),
    ("an inner length beyond the message", |n| {
        let inner =
            [&[0x0A, 0xFF, 0xFF, 0xFF, 0xFF][..], &[u8::try_from(n.below(16)).unwrap_or(0)], b"abc"].concat();
        annotate(frame(0, &if n.below(2) == 0 { inner } else { nested(0x0A, &inner) }))
    }),
    ("a wrong content type", |n| {
        let kinds = [
            "text/plain",
            "application/json",
            "application/grpc-web",
            "application/grpc+json",
            "",
            "application/grpcfoo",
            "*/*",
            "\u{FF}",
        ];
        annotate(frame(0, &sound())).header("content-type", kinds[n.below(kinds.len())])
    }),
    ("no content type and no te", |n| {
        let mut request = annotate(frame(0, &sound()));
        request.headers.retain(|(name, _)| *name == ["te", "content-type", ""][n.below(3)]);
        request
    }),
    ("a timeout that is none", |n| {
        let timeouts =
            ["", "S", "1", "123456789S", "-1S", "1 S", "1s", "\u{FF}", "1e3S", "99999999H", "0x1S", "١S"];
        annotate(frame(0, &sound())).header("grpc-timeout", timeouts[n.below(timeouts.len())])
    }),
    ("another method of HTTP", |n| {
        let methods =
            [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS, Method::PATCH, Method::TRACE];
        RawRequest { method: methods[n.below(methods.len())].clone(), ..annotate(frame(0, &sound())) }
    }),
    ("trailers in place of a message", |n| {
        let mut trailers = HeaderMap::new();
        trailers.insert("grpc-status", "0".parse().expect("a header"));
        let body = [Vec::new(), frame(0, &sound()), frame(0, &sound())[..7].to_vec()][n.below(3)].clone();
        RawRequest { trailers: Some(trailers), ..annotate(body) }
    }),
    ("metadata that does not decode", |n| {
        let bad = ["%%%", "=", "\u{FF}", "a", "AAAA=A", " ", "-_-", "A==="];
        annotate(frame(0, &sound())).header("x-trace-bin", bad[n.below(bad.len())])
    }),
    ("a stream whose frames are bad", |n| {
        let count = 1 + n.below(40);
        let bad = match n.below(4) {
            0 => n.bytes(count),
            1 => frame(0, &n.bytes(count)),
            2 => frame(9, b""),
            _ => frame(0, &stream_item())[..9].to_vec(),
        };
        RawRequest::new(path("AnnotateStream"), [frame(0, &stream_item()), bad].concat())
    }),
    ("another call's message", |n| {
        let calls = [
            "Normalize",
            "Segment",
            "ExtractEntities",
            "SummarizeMetadata",
            "BatchAnnotate",
            "AnnotateStream",
            "GetServiceInfo",
        ];
        RawRequest::new(path(calls[n.below(calls.len())]), frame(0, &sound()))
    }),
    ("health and reflection", |n| {
        let paths = [
            "/grpc.health.v1.Health/Check",
            "/grpc.health.v1.Health/Watch",
            "/grpc.health.v1.Health/List",
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        ];
        let count = 1 + n.below(40);
        let body = match n.below(4) {
            0 => Vec::new(),
            1 => frame(0, b"\x0A\x02\xC3\x28"),
            2 => frame(0, &[0xFF; 11]),
            _ => n.bytes(count),
        };
        RawRequest::new(paths[n.below(paths.len())].to_owned(), body)
    }),
    ("a step and a lexicon of nonsense", |n| {
        let junk = |n: &mut Numbers| (0..n.below(9)).map(|_| char::from(n.byte())).collect::<String>();
        let mut request = message();
        let step = NormalizationStep { step: junk(n), enabled: None, options: [(junk(n), junk(n))].into() };
        request.normalization.get_or_insert_default().steps = vec![step.clone(), step];
        let row = LexiconEntry { name: junk(n), r#type: i32::from(n.byte()), id: junk(n) };
        request.entities.get_or_insert_default().lexicon = vec![row; 1 + n.below(3)];
        annotate(frame(0, &request.encode_to_vec()))
    }),
];

fn annotate(body: Vec<u8>) -> RawRequest {
    RawRequest::new(path("Annotate"), body)
}

fn message() -> AnnotateRequest {
    AnnotateRequest { document: Some(document(TEXT)), ..AnnotateRequest::default() }
}

/// A message with nothing wrong.
fn sound() -> Vec<u8> {
    message().encode_to_vec()
}

fn stream_item() -> Vec<u8> {
    let item = AnnotateStreamItem { sequence: 1, request: Some(message()) };
    AnnotateStreamRequest { kind: Some(annotate_stream_request::Kind::Item(item)) }.encode_to_vec()
}

/// A field of bytes.
fn nested(tag: u8, inner: &[u8]) -> Vec<u8> {
    let mut message = vec![tag];
    prost::encode_length_delimiter(inner.len(), &mut message).expect("memory");
    message.extend_from_slice(inner);
    message
}

/// Messages within messages, of fields that the contract has not.
fn deep(depth: usize) -> Vec<u8> {
    (0..depth).fold(Vec::new(), |inner, _| nested(0x7A, &inner))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_malformed_request_is_internal_or_unknown() {
    let server = Running::start(&[]).await;
    let mut client = server.client().await;
    let good = NormalizeRequest { document: Some(document(TEXT)), ..NormalizeRequest::default() };
    let before = client.normalize(good.clone()).await.expect("a good call").into_inner();
    let mut answered = 0;
    let mut refused = 0;
    for (kind, make) in KINDS {
        // A connection for each kind: what one does to it is seen by the others of its kind.
        let raw = server.raw().await;
        for seed in 0..OF_EACH_KIND {
            let request = make(&mut Numbers(seed));
            let what = format!("{kind}, number {seed}: {request:02X?}");
            let what: String = what.chars().take(1500).collect();
            let answer = raw.call(&request).await.unwrap_or_else(|error| panic!("{what}: {error}"));
            let status = answer.status.unwrap_or_else(|| panic!("{what}: no status, HTTP {}", answer.http));
            assert_eq!(answer.http, 200, "{what}");
            assert!(!matches!(status.code(), Code::Internal | Code::Unknown), "{what}: {status:?}");
            answered += 1;
            refused += u32::from(status.code() != Code::Ok);
        }
        // The same connection is still good.
        let body = frame(0, &good.encode_to_vec());
        let answer = raw.call(&RawRequest::new(path("Normalize"), body)).await.expect(kind);
        assert_eq!(answer.status.map(|status| status.code()), Some(Code::Ok), "after {kind}");
        assert_eq!(answer.body[5..], before.encode_to_vec(), "after {kind}");
    }
    assert!(KINDS.len() >= 20 && answered >= 200, "{answered} requests of {} kinds", KINDS.len());
    // Some are taken (a content type is not asked for, a timeout that is none is none); most are not.
    assert!(refused * 4 > answered * 3, "{refused} of {answered} were refused");
    let after = client.normalize(good).await.expect("a good call").into_inner();
    assert_eq!(before, after);
    server.stop().await;
}

/// A client that goes away in the middle of all it does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clients_that_vanish_harm_nobody() {
    let server = Running::start(&[("max_pending", "4")]).await;
    let numbers = &mut Numbers(7);
    for round in 0..40 {
        let raw = server.raw().await;
        let request = RawRequest::new(path("Annotate"), Vec::new());
        let (response, mut body) = raw.open(&request).await.expect("a stream");
        let whole = frame(0, &sound());
        let cut = numbers.below(whole.len() + 1);
        body.send_data(bytes::Bytes::copy_from_slice(&whole[..cut]), cut == whole.len()).expect("room");
        match round % 3 {
            0 => body.send_reset(h2::Reason::CANCEL),
            1 => body.send_reset(h2::Reason::INTERNAL_ERROR),
            _ => drop(raw),
        }
        drop((response, body));
    }
    // All the room is free again.
    let mut client = server.client().await;
    let requests = vec![message(); 4];
    let batch = warraq::proto::v1::BatchAnnotateRequest { requests };
    let free = async {
        while let Err(status) = client.batch_annotate(batch.clone()).await {
            assert_eq!(status.code(), Code::ResourceExhausted, "{status:?}");
            tokio::task::yield_now().await;
        }
    };
    crate::support::soon("room", free).await;
    server.stop().await;
}
