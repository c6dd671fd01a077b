//! Gold articles as files: one block a line, `KIND<TAB>CONTENT`; an empty line is an empty line of the text.
//!
//! | in the content | means |
//! |---|---|
//! | `[[TYPE id\|surface]]` | a mention; of a date, an amount or a percentage the id is the value |
//! | `{{speaker\|quotation}}` | a quotation with its marks; the speaker is an id, or `-` |
//! | `<<DATELINE\|…>>` | the dateline at the head of a paragraph |
//! | ` // ` | a sentence ends; one space of the text |
//!
//! A line `# key: value` is metadata. Marks nest.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use warraq_core::Span;
use warraq_core::source::{OffsetIndex, Unit};

use crate::file::{FileError, parsed};
use crate::gold::{Article, Block, Mention, Quotation, block_kind, block_name, kind_of, label};

/// An article that this form cannot say: its spans cross, or its text looks like marks.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the article cannot be written as markup: {0}")]
pub struct RenderError(String);

const DATELINE: &str = "<<DATELINE|";
const BOUNDARY: &str = " // ";

/// The article in the file at `path`.
///
/// # Errors
/// Where the file cannot be read or is no gold article.
pub fn read(path: &Path) -> Result<Article, FileError> {
    parsed(path, parse)
}

/// The article in `content`, which errors name `file`.
///
/// # Errors
/// Where it is no gold article.
pub fn parse(file: &str, content: &str) -> Result<Article, FileError> {
    let content = content.replace("\r\n", "\n").replace('\r', "\n");
    let mut article = Article::default();
    for (at, line) in content.strip_suffix('\n').unwrap_or(&content).split('\n').enumerate() {
        read_line(&mut article, line).map_err(|problem| FileError::line(file, at, problem))?;
    }
    article.text.pop();
    // Stable: of two that have one span the inner one, which is closed first, comes first.
    let order = |span: Span| (span.begin, std::cmp::Reverse(span.end));
    article.mentions.sort_by_key(|mention| order(mention.span));
    article.quotations.sort_by_key(|quotation| order(quotation.span));
    article.datelines.sort_by_key(|span| order(*span));
    Ok(article)
}

fn read_line(article: &mut Article, line: &str) -> Result<(), String> {
    if let Some(meta) = line.strip_prefix("# ") {
        let (key, value) = meta.split_once(':').ok_or("metadata has no colon")?;
        article.meta.insert(key.trim().to_owned(), value.trim().to_owned());
        return Ok(());
    }
    if !line.is_empty() {
        let (kind, content) = line.split_once('\t').ok_or("no kind and no tab before the content")?;
        let kind = block_kind(kind).ok_or_else(|| format!("{kind:?} is no kind of block"))?;
        let begin = article.text.len();
        read_block(article, content)?;
        article.blocks.push(Block { span: Span::from_range(&(begin..article.text.len())), kind });
    }
    article.text.push('\n');
    Ok(())
}

/// A mark that is not closed yet.
enum Open {
    Mention(Mention),
    Quotation(Quotation),
    Dateline(Span),
}

impl Open {
    /// How it was opened.
    fn shown(&self) -> String {
        match self {
            Self::Mention(mention) => {
                format!("[[{} {}|", label(mention.kind).unwrap_or_default(), mention.id)
            }
            Self::Quotation(quotation) => format!("{{{{{}|", quotation.speaker.as_deref().unwrap_or("-")),
            Self::Dateline(_) => DATELINE.to_owned(),
        }
    }
}

fn read_block(article: &mut Article, content: &str) -> Result<(), String> {
    let mut sentence = article.text.len();
    let mut open: Vec<Open> = Vec::new();
    let mut rest = content;
    while let Some(c) = rest.chars().next() {
        let at = article.text.len();
        let here = Span::from_range(&(at..at));
        if let Some(inside) = rest.strip_prefix("[[") {
            let (head, after) = inside.split_once('|').ok_or("a mention has no |")?;
            let (kind, id) = head.split_once(' ').ok_or("a mention has no id")?;
            let kind = kind_of(kind).ok_or_else(|| format!("{kind:?} is no type of mention"))?;
            open.push(Open::Mention(Mention { span: here, kind, id: id.to_owned() }));
            rest = after;
        } else if let Some(inside) = rest.strip_prefix("{{") {
            let (speaker, after) = inside.split_once('|').ok_or("a quotation has no |")?;
            let speaker = (speaker != "-").then(|| speaker.to_owned());
            open.push(Open::Quotation(Quotation { span: here, speaker }));
            rest = after;
        } else if let Some(after) = rest.strip_prefix(DATELINE) {
            open.push(Open::Dateline(here));
            rest = after;
        } else if let Some((mark, after)) = closing(rest).filter(|_| !open.is_empty()) {
            close(article, open.pop(), mark, at)?;
            rest = after;
        } else if let Some(after) = rest.strip_prefix(BOUNDARY) {
            article.sentences.push(Span::from_range(&(sentence..at)));
            article.text.push(' ');
            sentence = article.text.len();
            rest = after;
        } else {
            article.text.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    if let Some(mark) = open.last() {
        return Err(format!("a mark is not closed: {}", mark.shown()));
    }
    article.sentences.push(Span::from_range(&(sentence..article.text.len())));
    Ok(())
}

fn closing(rest: &str) -> Option<(&'static str, &str)> {
    ["]]", "}}", ">>"].into_iter().find_map(|mark| Some((mark, rest.strip_prefix(mark)?)))
}

fn close(article: &mut Article, open: Option<Open>, mark: &str, end: usize) -> Result<(), String> {
    let to_end = |span: Span| {
        let whole = Span::from_range(&(span.range().start..end));
        if whole.is_empty() { Err("a mark holds nothing".to_owned()) } else { Ok(whole) }
    };
    match (open, mark) {
        (Some(Open::Mention(mention)), "]]") => {
            article.mentions.push(Mention { span: to_end(mention.span)?, ..mention });
        }
        (Some(Open::Quotation(quotation)), "}}") => {
            article.quotations.push(Quotation { span: to_end(quotation.span)?, ..quotation });
        }
        (Some(Open::Dateline(span)), ">>") => article.datelines.push(to_end(span)?),
        (open, _) => {
            let opened = open.map(|open| open.shown()).unwrap_or_default();
            return Err(format!("{mark} closes another mark than the last that was opened, {opened}"));
        }
    }
    Ok(())
}

/// The article as JSON, with offsets in code points.
pub fn to_json(article: &Article) -> Value {
    let index = OffsetIndex::new(&article.text);
    let units = |span: Span| index.convert(&article.text, span, Unit::CodePoint);
    let record = |span: Span, more: &[(&str, Value)]| {
        let (begin, end) = units(span);
        let mut record = serde_json::Map::new();
        record.insert("begin".to_owned(), json!(begin));
        record.insert("end".to_owned(), json!(end));
        record.extend(more.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
        Value::Object(record)
    };
    let surface = |span: Span| ("surface", json!(span.of(&article.text)));
    let entities = article.mentions.iter().map(|mention| {
        let label = label(mention.kind);
        record(mention.span, &[("type", json!(label)), ("id", json!(mention.id)), surface(mention.span)])
    });
    let quotations = article.quotations.iter().map(|quotation| {
        record(quotation.span, &[("speaker", json!(quotation.speaker)), surface(quotation.span)])
    });
    let blocks =
        article.blocks.iter().map(|block| record(block.span, &[("kind", json!(block_name(block.kind)))]));
    json!({
        "entities": entities.collect::<Vec<_>>(),
        "quotations": quotations.collect::<Vec<_>>(),
        "blocks": blocks.collect::<Vec<_>>(),
        "sentences": article.sentences.iter().map(|span| record(*span, &[])).collect::<Vec<_>>(),
        "datelines": article.datelines.iter().map(|span| record(*span, &[surface(*span)])).collect::<Vec<_>>(),
        "text": article.text,
        "meta": article.meta,
    })
}

/// The article as the content of a file, which [`parse`] reads as the same article.
///
/// # Errors
/// Where no file does: spans cross or lie in no block, or the text has what would be read as marks.
pub fn render(article: &Article) -> Result<String, RenderError> {
    let mut out = String::new();
    for (key, value) in &article.meta {
        // Writing to a string does not fail.
        let _ = writeln!(out, "# {key}: {value}");
    }
    let marks = marks(article);
    let mut begin = 0;
    for line in article.text.split('\n') {
        let span = Span::from_range(&(begin..begin + line.len()));
        if let Some(block) = article.blocks.iter().find(|block| block.span == span) {
            out.push_str(block_name(block.kind));
            out.push('\t');
            render_block(&mut out, article, span, &marks);
        }
        out.push('\n');
        begin += line.len() + 1;
    }
    // Whatever could not be said is missing there.
    match parse("", &out) {
        Ok(read) if read == *article => Ok(out),
        Ok(read) => Err(RenderError(difference(article, &read).to_owned())),
        Err(error) => Err(RenderError(format!("line {}: {}", error.line, error.problem))),
    }
}

fn difference(wanted: &Article, read: &Article) -> &'static str {
    if wanted.text != read.text {
        "its text would be read otherwise"
    } else if wanted.mentions != read.mentions {
        "its mentions would be read otherwise"
    } else if wanted.sentences != read.sentences {
        "its sentences would be read otherwise"
    } else {
        "its structure would be read otherwise"
    }
}

/// Spans with what opens and closes them, outer ones before inner ones.
fn marks(article: &Article) -> Vec<(Span, String, &'static str)> {
    let mut marks: Vec<(Span, String, &'static str)> = Vec::new();
    marks.extend(article.datelines.iter().map(|span| (*span, DATELINE.to_owned(), ">>")));
    marks.extend(article.quotations.iter().rev().map(|quotation| {
        let speaker = quotation.speaker.as_deref().unwrap_or("-");
        (quotation.span, format!("{{{{{speaker}|"), "}}")
    }));
    // Of two that have one span the outer one comes last.
    marks.extend(article.mentions.iter().rev().map(|mention| {
        let label = label(mention.kind).unwrap_or_default();
        (mention.span, format!("[[{label} {}|", mention.id), "]]")
    }));
    marks.sort_by_key(|(span, ..)| (span.begin, std::cmp::Reverse(span.end)));
    marks
}

fn render_block(out: &mut String, article: &Article, block: Span, marks: &[(Span, String, &'static str)]) {
    let mut waiting = marks.iter().filter(|(span, ..)| block.contains(*span)).peekable();
    let mut open: Vec<(u32, &'static str)> = Vec::new();
    let ends = |at: u32| {
        at < block.end
            && article.sentences.iter().any(|sentence| sentence.end == at && block.contains(*sentence))
    };
    let text = block.of(&article.text);
    let places = text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]);
    for (at, c) in places {
        let at = Span::from_range(&(at..at)).shift(block.begin).begin;
        while let Some((_, close)) = open.pop_if(|(end, _)| *end <= at) {
            out.push_str(close);
        }
        while let Some((span, opening, close)) = waiting.next_if(|(span, ..)| span.begin <= at) {
            out.push_str(opening);
            open.push((span.end, *close));
        }
        match c {
            Some(' ') if ends(at) => out.push_str(BOUNDARY),
            Some(c) => out.push(c),
            None => {}
        }
    }
}
