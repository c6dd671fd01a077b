//! What the log says of calls, and what it never says.

use tonic::Request;
use warraq::proto::v1::annotate_stream_request::Kind;
use warraq::proto::v1::text_processing_client::TextProcessingClient;
use warraq::proto::v1::{
    AnnotateRequest, AnnotateStreamItem, AnnotateStreamRequest, BatchAnnotateRequest, NormalizeRequest,
};

use crate::program::Program;
use crate::support::{SAMPLES, document};

/// At the most talkative level, from the process's start to its end.
#[tokio::test]
async fn a_span_a_call_with_sizes_and_times_and_never_the_text() {
    let mut program = Program::start(&["--log-filter", "trace"]);
    let mut client =
        TextProcessingClient::connect(format!("http://{}", program.address())).await.expect("a server");
    let (_, text) = SAMPLES[0];
    let annotate = || AnnotateRequest { document: Some(document(text)), ..AnnotateRequest::default() };
    // The first call may come while the server is loading.
    while client.annotate(annotate()).await.is_err() {
        tokio::task::yield_now().await;
    }
    let bad = NormalizeRequest {
        document: Some(document(text)),
        preset: text.to_owned(),
        ..NormalizeRequest::default()
    };
    client.normalize(bad).await.expect_err("no such preset");
    let batch = BatchAnnotateRequest { requests: vec![annotate(), annotate()] };
    client.batch_annotate(batch).await.expect("an answer");
    let item = |sequence| AnnotateStreamRequest {
        kind: Some(Kind::Item(AnnotateStreamItem { sequence, request: Some(annotate()) })),
    };
    let items = tokio_stream::iter([item(1), item(2), item(3)]);
    let mut answers = client.annotate_stream(Request::new(items)).await.expect("a stream").into_inner();
    while answers.message().await.expect("an answer").is_some() {}
    program.signal("-TERM");
    assert!(program.exit().success());
    let log = program.log();

    let ends: Vec<serde_json::Value> = log
        .iter()
        .filter_map(|line| serde_json::from_str(line).ok())
        .filter(|line: &serde_json::Value| line["target"] == "warraq::server::layers::trace")
        .collect();
    let bytes = text.len();
    for (method, code, documents) in
        [("Annotate", 0, 1), ("Normalize", 3, 1), ("BatchAnnotate", 0, 2), ("AnnotateStream", 0, 3)]
    {
        let of = |line: &&serde_json::Value| {
            line["span"]["rpc.method"] == method && line["fields"]["rpc.grpc.status_code"] == code
        };
        let end = ends.iter().find(of).unwrap_or_else(|| panic!("no end of {method} in {ends:#?}"));
        assert!(end["fields"]["elapsed_us"].as_u64().is_some_and(|time| time > 0), "{end:#}");
        assert_eq!(end["span"]["documents"], documents, "{end:#}");
        assert_eq!(end["span"]["text_bytes"], bytes * documents, "{end:#}");
        if code == 0 {
            assert!(end["span"]["response_bytes"].as_u64().is_some_and(|size| size > 0), "{end:#}");
            let stages = end["span"]["stages_us"].as_str().unwrap_or_default();
            assert!(
                ["blocks=", "entities=", "metadata="].iter().all(|stage| stages.contains(stage)),
                "{end:#}"
            );
        }
    }
    for words in text.lines().filter(|line| line.chars().count() > 12) {
        let start: String = words.chars().take(12).collect();
        let escaped = serde_json::to_string(&start).expect("JSON");
        let found = log.iter().find(|line| line.contains(&start) || line.contains(escaped.trim_matches('"')));
        assert_eq!(found, None, "the log holds text");
    }
}
