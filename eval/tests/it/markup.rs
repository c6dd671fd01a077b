//! Gold articles are read as the shared reader reads them, and written as they are read.

use std::process::Command;

use proptest::prelude::*;
use serde_json::Value;
use warraq_core::Span;
use warraq_eval::gold::{Article, BLOCKS, Block, Mention, Quotation, SCORED};
use warraq_eval::markup::{parse, read, render, to_json};

use crate::{articles, folder, shared};

/// An article of our own with everything that the form can say.
const ARTICLE: &str = "\
# ref: 2024-03-05
# title: لقاء في الميناء
title\tلقاء في [[LOC port|الميناء]]

paragraph\t<<DATELINE|[[LOC tunis|تونس]] (وكالة) ->> قالت [[PER leila|ليلى سالم]] {{leila|«سنعود إلى [[LOC port|الميناء]]»}}. // ثم زارت [[ORG party|الحزب [[NAT TN|التونسي]]]].
source\t{{-|\"كلمة\"}} في [[DATE 2024-03-05|اليوم]]
";

fn article() -> Article {
    parse("ours", ARTICLE).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_layer_is_read() {
    let article = article();
    assert!(article.text.starts_with("لقاء في الميناء\n\nتونس (وكالة) - قالت ليلى سالم «سنعود"));
    let surface = |span: Span| span.of(&article.text);
    let mentions: Vec<_> = article.mentions.iter().map(|m| (surface(m.span), m.id.as_str())).collect();
    assert_eq!(
        mentions,
        [
            ("الميناء", "port"),
            ("تونس", "tunis"),
            ("ليلى سالم", "leila"),
            ("الميناء", "port"),
            ("الحزب التونسي", "party"),
            ("التونسي", "TN"),
            ("اليوم", "2024-03-05"),
        ]
    );
    let speakers: Vec<_> = article.quotations.iter().map(|q| q.speaker.as_deref()).collect();
    assert_eq!(speakers, [Some("leila"), None]);
    assert_eq!(article.datelines.iter().map(|span| surface(*span)).collect::<Vec<_>>(), ["تونس (وكالة) -"]);
    assert_eq!(article.sentences.len(), 4);
    assert_eq!(article.blocks.len(), 3);
    assert_eq!(article.meta["ref"], "2024-03-05");
}

#[test]
fn what_is_written_is_what_was_read() {
    assert_eq!(render(&article()).as_deref(), Ok(ARTICLE));
    for path in articles(&folder("tests/data/blind"), "") {
        let article = read(&path).unwrap_or_else(|error| panic!("{error}"));
        let written = render(&article).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(parse("written", &written), Ok(article), "{}", path.display());
    }
}

#[test]
fn what_is_no_article_is_an_error_with_its_line() {
    for (content, line, problem) in [
        ("title\tا\nنص بلا نوع\n", 2, "no kind"),
        ("# بلا\n", 1, "colon"),
        ("heading\tا\n", 1, "no kind of block"),
        ("title\t[[PER a\n", 1, "has no |"),
        ("title\t[[PER|ا]]\n", 1, "no id"),
        ("title\t[[TOWN a|ا]]\n", 1, "no type"),
        ("title\t[[PER a|ا\n", 1, "not closed"),
        ("title\t[[PER a|{{-|ا]]}}\n", 1, "closes another"),
        ("title\t[[PER a|]]\n", 1, "holds nothing"),
    ] {
        let error = parse("f", content).unwrap_err();
        assert_eq!(error.line, line, "{content}");
        assert!(error.problem.contains(problem), "{content}: {error}");
    }
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let article = article();
    let crossing = Span::new(article.mentions[4].span.begin - 4, article.mentions[4].span.begin + 4);
    let mut broken = article.clone();
    broken.mentions.push(Mention { span: crossing, ..article.mentions[4].clone() });
    broken.mentions.sort_by_key(|mention| (mention.span.begin, std::cmp::Reverse(mention.span.end)));
    assert!(render(&broken).is_err());
    let looks_like_marks = Article {
        text: "نص [[PER".to_owned(),
        blocks: vec![Block { span: Span::new(0, 10), kind: BLOCKS[0].0 }],
        sentences: vec![Span::new(0, 10)],
        ..Article::default()
    };
    assert!(render(&looks_like_marks).is_err());
    let crlf = Article { text: "\r\n".to_owned(), ..Article::default() };
    assert!(render(&crlf).is_err());
}

#[test]
fn the_shared_reader_reads_the_same() {
    let Some(shared) = shared() else { return };
    let mut paths = articles(&shared.join("gold"), "");
    paths.extend(articles(&folder("tests/data/blind"), ""));
    paths.extend(articles(&folder("samples"), ""));
    for path in paths {
        let output = Command::new("python3")
            .arg(shared.join("gold/markup.py"))
            .arg(&path)
            .output()
            .unwrap_or_else(|error| panic!("python3: {error}"));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let theirs: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}"));
        let ours = to_json(&read(&path).unwrap_or_else(|error| panic!("{error}")));
        assert_eq!(ours, theirs, "{}", path.display());
    }
}

/// A part of a line as it is written, with how deep marks nest in it.
fn part() -> impl Strategy<Value = String> {
    let words = "[ا-ي]{1,4}( [ا-ي،.a-z0-9]{1,4}){0,2}";
    words.prop_recursive(3, 12, 3, |inner| {
        let several = prop::collection::vec(inner, 1..3).prop_map(|parts| parts.concat());
        let kinds = prop::sample::select(SCORED.map(|(_, label)| label).to_vec());
        prop_oneof![
            (kinds, "[a-zA-Z0-9-]{1,4}( [A-Z]{3})?", several.clone())
                .prop_map(|(kind, id, inside)| format!("[[{kind} {id}|{inside}]]")),
            ("(-|[a-z]{1,3})", several.clone()).prop_map(|(who, inside)| format!("{{{{{who}|«{inside}»}}}}")),
            several,
        ]
    })
}

fn line() -> impl Strategy<Value = String> {
    let kinds = prop::sample::select(BLOCKS.map(|(_, name)| name).to_vec());
    let parts = prop::collection::vec(part(), 0..4).prop_map(|parts| parts.join(" // "));
    let dateline = prop::option::of(part())
        .prop_map(|part| part.map_or_else(String::new, |part| format!("<<DATELINE|{part} ->> ")));
    prop_oneof![
        1 => Just(String::new()),
        4 => (kinds, dateline, parts).prop_map(|(kind, dateline, parts)| format!("{kind}\t{dateline}{parts}")),
    ]
}

proptest! {
    #[test]
    fn a_written_article_is_read_again(lines in prop::collection::vec(line(), 1..6), reference in "[0-9-]{0,8}") {
        let content = format!("# ref: {reference}\n{}\n", lines.join("\n"));
        let article = parse("generated", &content).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let written = render(&article).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(parse("written", &written), Ok(article));
    }

    #[test]
    fn any_line_is_read_or_refused(content in "(title\t)?[\\[\\]{}<>|/ A-Zا-ج\n\t#:-]{0,40}") {
        if let Ok(article) = parse("any", &content) {
            let fits = |span: Span| article.text.get(span.range()).is_some();
            prop_assert!(article.mentions.iter().all(|mention: &Mention| fits(mention.span)));
            prop_assert!(article.quotations.iter().all(|quotation: &Quotation| fits(quotation.span)));
            prop_assert!(article.sentences.iter().all(|span| fits(*span)));
        }
    }
}
