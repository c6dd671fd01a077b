//! Reads gold articles: one block a line, `KIND<TAB>CONTENT`, mentions as `[[TYPE id|surface]]`,
//! quotations as `{{speaker|quotation}}`, datelines as `<<DATELINE|...>>`, ` // ` between sentences.

// Each test program that reads articles needs a part of this.
#![allow(dead_code, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A span of the gold text in bytes, with what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gold {
    pub(crate) begin: usize,
    pub(crate) end: usize,
    /// Of a mention its type, of a block its kind; empty otherwise.
    pub(crate) kind: String,
    /// Of a mention its id or value, of a quotation its speaker; empty otherwise.
    pub(crate) id: String,
}

/// A gold article: its text and its layers, each in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Article {
    pub(crate) text: String,
    pub(crate) meta: BTreeMap<String, String>,
    pub(crate) entities: Vec<Gold>,
    pub(crate) quotations: Vec<Gold>,
    pub(crate) blocks: Vec<Gold>,
    pub(crate) sentences: Vec<Gold>,
    pub(crate) datelines: Vec<Gold>,
}

/// The folder that `WARRAQ_SHARED` names. Without it the test says that it was skipped.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("WARRAQ_SHARED");
    if folder.is_none() {
        println!("skipped: WARRAQ_SHARED is not set");
    }
    folder.map(PathBuf::from)
}

/// The article in the file at `path`.
pub(crate) fn read(path: &Path) -> Article {
    let content = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    parse(&content)
}

pub(crate) fn parse(content: &str) -> Article {
    let mut article = Article::default();
    for line in content.lines() {
        if let Some((key, value)) = line.strip_prefix("# ").and_then(|meta| meta.split_once(':')) {
            article.meta.insert(key.trim().to_owned(), value.trim().to_owned());
        } else if let Some((kind, body)) = line.split_once('\t') {
            article.read_block(kind, body);
            article.text.push('\n');
        } else {
            assert!(line.is_empty(), "a line without a kind");
            article.text.push('\n');
        }
    }
    article.text.pop();
    for layer in [&mut article.entities, &mut article.quotations, &mut article.datelines] {
        layer.sort_by_key(|gold| (gold.begin, usize::MAX - gold.end));
    }
    article
}

impl Article {
    fn read_block(&mut self, kind: &str, body: &str) {
        let begin = self.text.len();
        let mut sentence = begin;
        let mut open: Vec<(char, Gold)> = Vec::new();
        let mut rest = body;
        while let Some(c) = rest.chars().next() {
            let at = self.text.len();
            let gold = |kind: &str, id: &str| Gold { begin: at, end: at, kind: kind.into(), id: id.into() };
            if let Some(inside) = rest.strip_prefix("[[") {
                let (head, after) = inside.split_once('|').expect("a mention has a |");
                let (kind, id) = head.split_once(' ').expect("a mention has a type and an id");
                open.push((']', gold(kind, id)));
                rest = after;
            } else if let Some(inside) = rest.strip_prefix("{{") {
                let (speaker, after) = inside.split_once('|').expect("a quotation has a |");
                open.push(('}', gold("", speaker)));
                rest = after;
            } else if let Some(after) = rest.strip_prefix("<<DATELINE|") {
                open.push(('>', gold("", "")));
                rest = after;
            } else if let Some(after) =
                ["]]", "}}", ">>"].iter().find_map(|m| rest.strip_prefix(m)).filter(|_| !open.is_empty())
            {
                let (close, mut gold) = open.pop().expect("something is open");
                assert_eq!(close, c, "marks nest");
                gold.end = at;
                match close {
                    ']' => self.entities.push(gold),
                    '}' => self.quotations.push(gold),
                    _ => self.datelines.push(gold),
                }
                rest = after;
            } else if let Some(after) = rest.strip_prefix(" // ") {
                self.sentences.push(Gold {
                    begin: sentence,
                    end: at,
                    kind: String::new(),
                    id: String::new(),
                });
                self.text.push(' ');
                sentence = self.text.len();
                rest = after;
            } else {
                self.text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        assert!(open.is_empty(), "a mark is not closed");
        let end = self.text.len();
        self.sentences.push(Gold { begin: sentence, end, kind: String::new(), id: String::new() });
        self.blocks.push(Gold { begin, end, kind: kind.into(), id: String::new() });
    }
}
