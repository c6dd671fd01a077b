//! Whole answers on our own articles, as people can read and compare them. `cargo insta review` (or
//! `INSTA_UPDATE=always`) after a change that is meant.

use std::fmt::Write as _;

use warraq::json;
use warraq::proto::v1::{AnnotateRequest, Document, SegmentLayer, SegmentationOptions, Token};

use crate::support::{Running, SAMPLES, document, page, quay};

#[tokio::test]
async fn every_layer_of_the_samples_and_of_a_page() {
    let server = Running::start(&[]).await;
    let samples = SAMPLES.iter().map(|(name, text)| (*name, (*text).to_owned(), document(text)));
    let documents: Vec<(&str, String, Document)> =
        samples.chain([("page-quay", quay(), page(&quay()))]).collect();
    for (name, text, document) in documents {
        let layers =
            [SegmentLayer::Blocks, SegmentLayer::Sentences, SegmentLayer::Tokens, SegmentLayer::Quotations];
        let request = AnnotateRequest {
            document: Some(document),
            segmentation: Some(SegmentationOptions {
                layers: layers.map(Into::into).to_vec(),
                ..SegmentationOptions::default()
            }),
            ..AnnotateRequest::default()
        };
        let mut answer = server.client().await.annotate(request).await.expect("an answer").into_inner();
        // A line a token is all that a person can compare.
        let tokens = answer.segmentation.as_mut().map(|layer| std::mem::take(&mut layer.tokens));
        let characters: Vec<char> = text.chars().collect();
        let mut lines = String::new();
        for token in tokens.iter().flatten() {
            writeln!(lines, "{}", token_line(token, &characters)).expect("a string takes it");
        }
        let answer = json::to_value("warraq.v1.AnnotateResponse", &answer).expect("JSON");
        insta::assert_json_snapshot!(format!("{name}.answer"), answer);
        insta::assert_snapshot!(format!("{name}.tokens"), lines);
    }
    server.stop().await;
}

fn token_line(token: &Token, characters: &[char]) -> String {
    let span = token.span.expect("a span");
    let range =
        usize::try_from(span.begin).expect("an offset")..usize::try_from(span.end).expect("an offset");
    let surface: String = characters[range].iter().collect();
    let kind = token.kind().as_str_name().trim_start_matches("TOKEN_KIND_");
    format!("{}-{} {kind} {} {surface}", span.begin, span.end, token.script)
}
