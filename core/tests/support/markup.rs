//! Reads annotated articles (`*.markup`): one block a line, `KIND<TAB>CONTENT`, an empty line is one of the text.
//!
//! `[[TYPE id|surface]]` entity mention, nests; `{{speaker|quotation}}`; `<<DATELINE|…>>`; ` // ` a sentence
//! boundary (a space of the text); `# key: value` metadata. Offsets here are in bytes.

use std::collections::BTreeMap;
use std::ops::Range;

/// An annotated article.
#[derive(Debug, Default)]
pub(crate) struct Gold {
    pub(crate) text: String,
    pub(crate) meta: BTreeMap<String, String>,
    pub(crate) blocks: Vec<(Range<usize>, String)>,
    pub(crate) sentences: Vec<Range<usize>>,
    pub(crate) datelines: Vec<Range<usize>>,
    pub(crate) quotations: Vec<(Range<usize>, String)>,
}

enum Layer {
    Entity,
    Quotation(String),
    Dateline,
}

/// Parses an article; a malformed one says where.
pub(crate) fn parse(content: &str) -> Result<Gold, String> {
    let mut gold = Gold::default();
    for (number, line) in content.lines().enumerate() {
        let at = |problem: &str| format!("line {}: {problem}", number + 1);
        if let Some((key, value)) = line.strip_prefix("# ").and_then(|line| line.split_once(':')) {
            gold.meta.insert(key.trim().to_owned(), value.trim().to_owned());
            continue;
        }
        if line.is_empty() {
            gold.text.push('\n');
            continue;
        }
        let (kind, body) = line.split_once('\t').ok_or_else(|| at("no tab after the kind"))?;
        let begin = gold.text.len();
        let mut sentence = begin;
        let mut stack: Vec<(Layer, usize)> = Vec::new();
        let mut rest = body;
        while let Some(c) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("[[") {
                let (_, after) = after.split_once('|').ok_or_else(|| at("no | in [["))?;
                stack.push((Layer::Entity, gold.text.len()));
                rest = after;
            } else if let Some(after) = rest.strip_prefix("{{") {
                let (speaker, after) = after.split_once('|').ok_or_else(|| at("no | in {{"))?;
                stack.push((Layer::Quotation(speaker.to_owned()), gold.text.len()));
                rest = after;
            } else if let Some(after) = rest.strip_prefix("<<DATELINE|") {
                stack.push((Layer::Dateline, gold.text.len()));
                rest = after;
            } else if let Some(after) = rest.strip_prefix(" // ") {
                gold.sentences.push(sentence..gold.text.len());
                gold.text.push(' ');
                sentence = gold.text.len();
                rest = after;
            } else {
                let closes = match stack.last() {
                    Some((Layer::Entity, _)) => rest.strip_prefix("]]"),
                    Some((Layer::Quotation(_), _)) => rest.strip_prefix("}}"),
                    Some((Layer::Dateline, _)) => rest.strip_prefix(">>"),
                    None => None,
                };
                if let Some(after) = closes {
                    let end = gold.text.len();
                    match stack.pop() {
                        Some((Layer::Quotation(speaker), from)) => gold.quotations.push((from..end, speaker)),
                        Some((Layer::Dateline, from)) => gold.datelines.push(from..end),
                        _ => {}
                    }
                    rest = after;
                } else {
                    gold.text.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        if !stack.is_empty() {
            return Err(at("something is opened and not closed"));
        }
        gold.sentences.push(sentence..gold.text.len());
        gold.blocks.push((begin..gold.text.len(), kind.to_owned()));
        gold.text.push('\n');
    }
    if gold.text.ends_with('\n') {
        gold.text.pop();
    }
    gold.quotations.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    Ok(gold)
}
