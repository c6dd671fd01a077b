//! What a newsroom or a search index wants to know of an article before anyone reads it.

mod language;

pub use language::{Identified, Languages};

use crate::segment::{BlockKind, Token, TokenKind};
use crate::source::Unit;
use crate::{Document, Span};

/// Which way a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As Latin does.
    LeftToRight,
    /// As Arabic does.
    RightToLeft,
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Counts {
    /// Code points.
    pub characters: u32,
    pub words: u32,
    pub sentences: u32,
    pub paragraphs: u32,
    pub quotations: u32,
    pub blocks: u32,
}

/// The metadata of a document. Spans are of its text; what was not found is `None`.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<Span>,
    /// The headline once more.
    pub repeated_title: Option<Span>,
    /// Headings inside the text.
    pub subheads: Vec<Span>,
    /// The writer or initials.
    pub byline: Option<Span>,
    /// The dateline.
    pub dateline: Option<Span>,
    /// Where it was written, by the dateline.
    pub place: Option<Span>,
    /// Who publishes it: the source block, else the dateline's agency.
    pub source: Option<Span>,
    /// BCP 47 tag: what the caller says, else what is recognised; `und` where nothing is.
    pub language: String,
    /// ISO 15924 code of most letters; `Zyyy` where there are none.
    pub script: &'static str,
    /// Which way most of the text runs.
    pub direction: Direction,
    /// How much there is.
    pub counts: Counts,
    /// Seconds that a reader needs; `None` where the language's reading rate is not known.
    pub reading_time_seconds: Option<u32>,
}

/// The metadata of `document`.
pub fn metadata(document: &Document) -> Metadata {
    let blocks = document.blocks();
    let spans = |kind| blocks.iter().filter(move |block| block.kind == kind).map(|block| block.span);
    let dateline = blocks.iter().find_map(|block| block.dateline);
    let agency = || dateline.and_then(|dateline| dateline.agency);
    let after_label = |span| after_label(document.text(), span);
    let identified = document.knowledge().language.identify(document.text());
    let counts = counts(document);
    let language = document.language().unwrap_or(identified.language);
    let rate = document.knowledge().language.words_per_minute(language);
    Metadata {
        title: spans(BlockKind::Title).next(),
        repeated_title: spans(BlockKind::TitleRepeat).next(),
        subheads: spans(BlockKind::Subhead).collect(),
        byline: spans(BlockKind::Byline).next().map(after_label),
        dateline: dateline.map(|dateline| dateline.span),
        place: dateline.and_then(|dateline| dateline.place),
        source: spans(BlockKind::Source).next_back().map(after_label).or_else(agency),
        language: language.to_owned(),
        script: identified.script,
        direction: identified.direction,
        counts,
        reading_time_seconds: rate.filter(|_| counts.words > 0).map(|rate| reading_time(counts.words, rate)),
    }
}

fn counts(document: &Document) -> Counts {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let whole = Span::from_range(&(0..document.text().len()));
    let is_word = |token: &&Token| matches!(token.kind, TokenKind::Word | TokenKind::Number);
    let blocks = document.blocks();
    Counts {
        characters: document.index().convert(document.text(), whole, Unit::CodePoint).1,
        words: number(document.tokens().iter().filter(is_word).count()),
        sentences: number(document.sentences().len()),
        paragraphs: number(blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).count()),
        quotations: number(document.quotations().iter().filter(|quotation| quotation.is_in_marks()).count()),
        blocks: number(blocks.len()),
    }
}

/// Seconds for `words` at `rate` words a minute, rounded up: a reader is never promised too little.
fn reading_time(words: u32, rate: u32) -> u32 {
    u32::try_from((u64::from(words) * 60).div_ceil(u64::from(rate))).unwrap_or(u32::MAX)
}

/// `span` without the label that announces a byline or a source, up to its colon (`source: X`).
fn after_label(text: &str, span: Span) -> Span {
    let cut = span.of(text);
    let Some((label, rest)) = cut.split_once(':') else { return span };
    let name = rest.trim();
    // A colon inside a URL announces nothing.
    if name.is_empty() || rest.starts_with('/') {
        return span;
    }
    let begin = label.len() + ':'.len_utf8() + (rest.len() - rest.trim_start().len());
    Span::from_range(&(begin..begin + name.len())).shift(span.begin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_no_part_of_the_name() {
        let cut = |text: &'static str| after_label(text, Span::from_range(&(0..text.len()))).of(text);
        assert_eq!(cut("المصدر: صحيفة الميناء"), "صحيفة الميناء");
        assert_eq!(cut("كتب:سالم"), "سالم");
        assert_eq!(cut("صحيفة الميناء"), "صحيفة الميناء");
        assert_eq!(cut("المصدر:"), "المصدر:");
        assert_eq!(cut("https://example.org/a"), "https://example.org/a");
    }

    #[test]
    fn reading_time_is_rounded_up() {
        assert_eq!(reading_time(138, 138), 60);
        assert_eq!(reading_time(1, 138), 1);
    }
}
