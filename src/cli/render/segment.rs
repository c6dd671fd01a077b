//! `segment`: the text in its blocks, with their kinds in the margin and the sentences numbered.

use std::ops::Range;

use super::page::{Margin, Page, Paint};
use super::source::Source;
use super::style::{BOLD, CUE, DATELINE, quotation, speaker};
use crate::proto::v1::{BlockKind, Quotation, QuotationKind, SegmentResponse, TokenKind};

/// The longest label and a space.
const LABEL: usize = 13;

/// Three digits and two spaces; a longer number takes what it needs.
const NUMBER: usize = 5;

/// A stretch of a block that stands on lines of its own.
#[derive(Debug, PartialEq, Eq)]
struct Piece {
    range: Range<usize>,
    /// The sentence that begins here.
    sentence: Option<usize>,
    is_dateline: bool,
}

pub(in crate::cli) fn segment(page: &mut Page, source: &Source, response: &SegmentResponse) {
    let text = source.text();
    let paint = paint(source, response);
    let sentences: Vec<Range<usize>> =
        response.sentences.iter().map(|sentence| source.range(sentence.span.as_ref())).collect();
    let number = if sentences.is_empty() { 0 } else { NUMBER.max(sentences.len().to_string().len() + 2) };

    if response.blocks.is_empty() {
        // Without blocks the lines are all the structure there is.
        let mut first = true;
        for piece in pieces(text, 0..text.len(), None, &sentences) {
            let gap = !std::mem::take(&mut first) && piece.sentence.is_none();
            if gap {
                page.blank();
            }
            let margin = Margin { label: "", number: piece.sentence, columns: (0, number) };
            page.prose(margin, text, piece.range, &paint);
        }
    }
    for (i, block) in response.blocks.iter().enumerate() {
        if i > 0 {
            page.blank();
        }
        let dateline = block.dateline.as_ref().map(|dateline| source.range(Some(dateline)));
        let mut label = label(block.kind());
        for piece in pieces(text, source.range(block.span.as_ref()), dateline.as_ref(), &sentences) {
            let own = if piece.is_dateline { "dateline" } else { std::mem::take(&mut label) };
            let margin = Margin { label: own, number: piece.sentence, columns: (LABEL, number) };
            page.prose(margin, text, piece.range, &paint);
        }
    }
    page.blank();
    let speakers = speakers(source, response);
    for (index, (_, name)) in speakers.iter().enumerate() {
        page.legend(speaker(index), name);
    }
    page.note(&counts(response));
}

/// `block` cut where its dateline ends and where sentences begin and end.
fn pieces(
    text: &str,
    block: Range<usize>,
    dateline: Option<&Range<usize>>,
    sentences: &[Range<usize>],
) -> Vec<Piece> {
    let first = sentences.partition_point(|sentence| sentence.end <= block.start);
    let inside = sentences.iter().skip(first).take_while(|sentence| sentence.start < block.end);
    let mut cuts: Vec<usize> = inside.flat_map(|sentence| [sentence.start, sentence.end]).collect();
    cuts.extend(dateline.into_iter().flat_map(|dateline| [dateline.start, dateline.end]));
    cuts.extend([block.start, block.end]);
    cuts.retain(|cut| (block.start..=block.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let number =
        |start| sentences.binary_search_by_key(&start, |sentence| sentence.start).ok().map(|i| i + 1);
    let pairs = cuts.iter().zip(cuts.iter().skip(1));
    pairs
        .filter(|(start, end)| !text.get(**start..**end).unwrap_or_default().trim().is_empty())
        .map(|(&start, &end)| Piece {
            range: start..end,
            sentence: number(start),
            is_dateline: dateline.is_some_and(|dateline| dateline.contains(&start)),
        })
        .collect()
}

/// Quotations over datelines; inner quotations stand after the outer ones and lie over them.
pub(super) fn paint(source: &Source, response: &SegmentResponse) -> Paint {
    let mut paint = Paint::new(source.text().len());
    for dateline in response.blocks.iter().filter_map(|block| block.dateline.as_ref()) {
        paint.mark(source.range(Some(dateline)), DATELINE);
    }
    for one in response.blocks.iter().filter(|block| block.kind() == BlockKind::Dateline) {
        paint.mark(source.range(one.span.as_ref()), DATELINE);
    }
    let speakers = speakers(source, response);
    for one in &response.quotations {
        let own = key(source, one).and_then(|own| speakers.iter().position(|(known, _)| *known == own));
        let style = own.map_or_else(|| quotation(one.kind()), speaker);
        // Reported speech is not his word for word.
        let style = if one.kind() == QuotationKind::Indirect { style.italic() } else { style };
        let style = if one.parent.is_some() { style.bold() } else { style };
        paint.mark(source.range(one.span.as_ref()), style);
    }
    for one in &response.quotations {
        paint.mark(source.range(one.cue.as_ref()), CUE);
        if one.speaker.is_some() {
            paint.mark(source.range(one.speaker.as_ref()), BOLD);
        }
    }
    paint
}

/// What tells one speaker from another: the entity, else the words that name him.
fn key(source: &Source, quotation: &Quotation) -> Option<String> {
    let named = || source.text().get(source.range(quotation.speaker.as_ref())).map(ToOwned::to_owned);
    quotation.speaker.as_ref()?;
    quotation.speaker_entity_id.clone().or_else(named)
}

/// The speakers in the order in which they first speak, each with the longest of the words that name him.
fn speakers(source: &Source, response: &SegmentResponse) -> Vec<(String, String)> {
    let mut known: Vec<(String, String)> = Vec::new();
    for one in &response.quotations {
        let (Some(own), Some(words)) =
            (key(source, one), source.text().get(source.range(one.speaker.as_ref())))
        else {
            continue;
        };
        match known.iter_mut().find(|(other, _)| *other == own) {
            Some((_, name)) if name.chars().count() < words.chars().count() => words.clone_into(name),
            Some(_) => {}
            None => known.push((own, words.to_owned())),
        }
    }
    known
}

fn label(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Unspecified => "",
        BlockKind::Title => "title",
        BlockKind::TitleRepeat => "title again",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Subhead => "subhead",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Source => "source",
        BlockKind::ListItem => "list item",
    }
}

/// `9 blocks · 12 sentences · 3 quotations (2 direct, 1 scare) · 210 tokens (180 words, …)`
fn counts(response: &SegmentResponse) -> String {
    let mut parts = Vec::new();
    let mut part = |count: usize, name: &str, kinds: Vec<String>| {
        if count > 0 {
            let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
            parts.push(format!("{}{kinds}", some(count, name)));
        }
    };
    part(response.blocks.len(), "block", Vec::new());
    part(response.sentences.len(), "sentence", Vec::new());
    let quotations = [
        (QuotationKind::Direct, "direct"),
        (QuotationKind::Indirect, "indirect"),
        (QuotationKind::Scare, "scare"),
    ]
    .map(|(kind, name)| (response.quotations.iter().filter(|one| one.kind() == kind).count(), name));
    let quotations = quotations.into_iter().filter(|(count, _)| *count > 0);
    let quotations = quotations.map(|(count, name)| format!("{count} {name}")).collect();
    part(response.quotations.len(), "quotation", quotations);
    let tokens = [
        (TokenKind::Word, "word"),
        (TokenKind::Number, "number"),
        (TokenKind::Punctuation, "punctuation mark"),
        (TokenKind::Symbol, "symbol"),
        (TokenKind::Url, "URL"),
        (TokenKind::Email, "e-mail address"),
        (TokenKind::Hashtag, "hashtag"),
        (TokenKind::Handle, "handle"),
        (TokenKind::Emoji, "emoji"),
    ]
    .map(|(kind, name)| (response.tokens.iter().filter(|one| one.kind() == kind).count(), name));
    let tokens = tokens.into_iter().filter(|(count, _)| *count > 0);
    let tokens = tokens.map(|(count, name)| some(count, name)).collect();
    part(response.tokens.len(), "token", tokens);
    parts.join(" · ")
}

/// `1 block`, `2 blocks`
pub(super) fn some(count: usize, name: &str) -> String {
    match name {
        _ if count == 1 => format!("1 {name}"),
        "e-mail address" => format!("{count} e-mail addresses"),
        _ => format!("{count} {name}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_cut_at_its_dateline_and_sentences() {
        let text = "بيروت (وكالة) - جملة أولى. جملة ثانية.";
        let at = |part: &str| text.find(part).map(|start| start..start + part.len()).unwrap();
        let sentences = [at("جملة أولى."), at("جملة ثانية.")];
        let found = pieces(text, 0..text.len(), Some(&at("بيروت (وكالة) -")), &sentences);
        let seen: Vec<_> =
            found.iter().map(|p| (&text[p.range.clone()], p.sentence, p.is_dateline)).collect();
        assert_eq!(
            seen,
            [
                ("بيروت (وكالة) -", None, true),
                ("جملة أولى.", Some(1), false),
                ("جملة ثانية.", Some(2), false)
            ]
        );
        assert!(pieces(text, 0..0, None, &sentences).is_empty());
    }

    #[test]
    fn what_no_sentence_covers_is_shown_too() {
        let text = "ab cd ef";
        let found = pieces(text, 0..8, None, std::slice::from_ref(&(3..5)));
        assert_eq!(found.iter().map(|p| p.sentence).collect::<Vec<_>>(), [None, Some(1), None]);
    }
}
