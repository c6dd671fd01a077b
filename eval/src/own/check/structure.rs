//! Boundaries of sentences, quotations with their marks and speakers, datelines, and white space.

use std::collections::HashSet;
use std::sync::LazyLock;

use warraq_core::Span;
use warraq_core::segment::BlockKind;

use super::Sheet;
use crate::gold::{Block, Quotation, block_name};
use crate::own::words::{count, in_word, key};

/// So many words in quotation marks may be a title or a name.
const TITLE_WORDS: usize = 3;

/// Double quotation marks.
static MARKS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let rows =
        include_str!("../../../../data/normalize/quotes.tsv").lines().filter(|row| !row.starts_with('#'));
    rows.filter_map(|row| {
        let mut cells = row.split('\t');
        let (character, level) = (cells.next()?, cells.next()?);
        let code = u32::from_str_radix(character.strip_prefix("U+")?, 16).ok()?;
        (level == "double").then(|| char::from_u32(code)).flatten()
    })
    .collect()
});

/// Abbreviations, folded, without their stop.
static ABBREVIATIONS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let kinds: toml::Table =
        toml::from_str(include_str!("../../../../data/segment/abbreviations.toml")).unwrap_or_default();
    let forms = kinds.values().filter_map(|kind| kind.get("forms")?.as_array()).flatten();
    // Longer ones are words that end sentences as well (`الشيخ`).
    let forms =
        forms.filter_map(|form| form.as_str()).filter(|form| form.is_ascii() || form.chars().count() <= 3);
    forms.map(key).collect()
});

/// Single marks that open or close a quotation; elsewhere they may be apostrophes.
const SINGLE: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{2039}', '\u{203A}'];

fn is_double(c: char) -> bool {
    MARKS.contains(&c)
}

/// Whether `c` opens or closes a quotation.
pub(super) fn is_mark(c: char) -> bool {
    is_double(c) || SINGLE.contains(&c)
}

pub(super) fn check(sheet: &mut Sheet) {
    for block in &sheet.article.blocks {
        sentences(sheet, block);
        marks(sheet, block);
    }
    quotations(sheet);
    datelines(sheet);
    layout(sheet);
}

/// What is one sentence whatever stands in it.
const fn is_one_sentence(kind: BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Title
            | BlockKind::TitleRepeat
            | BlockKind::Byline
            | BlockKind::Dateline
            | BlockKind::Source
    )
}

fn sentences(sheet: &mut Sheet, block: &Block) {
    let text = sheet.article.text.as_str();
    let inside = sheet.article.sentences.iter().filter(|sentence| block.span.contains(**sentence));
    let ends: Vec<u32> = inside.map(|sentence| sentence.end).filter(|end| *end < block.span.end).collect();
    for &end in &ends {
        let head = text.get(block.span.range().start..end as usize).unwrap_or_default();
        let span = last_word(text, end);
        if is_one_sentence(block.kind) {
            let message = format!("a boundary in a {}, which is one sentence", block_name(block.kind));
            sheet.find(span, "sentence", message);
        } else if head.ends_with(['،', '؛', ':', ',', ';']) {
            let message = format!("a boundary after `{}`, which ends no sentence", span.of(text));
            sheet.find(span, "sentence", message);
        }
    }
    if is_one_sentence(block.kind) || block.kind == BlockKind::Subhead {
        return;
    }
    let body = block.span.of(text);
    for (at, stop) in body.char_indices().filter(|(_, c)| matches!(c, '.' | '؟' | '?' | '!')) {
        let after = body.get(at + stop.len_utf8()..).unwrap_or_default();
        let place = Span::from_range(&(at..at + stop.len_utf8())).shift(block.span.begin);
        if after.starts_with(' ') && !ends.contains(&place.end) && may_end(sheet, place, after) {
            let span = last_word(text, place.end);
            let message = format!(
                "no boundary after `{}`; expected ` // ` or, where it ends no sentence, an exception",
                span.of(text)
            );
            sheet.find(span, "sentence", message);
        }
    }
}

/// The word that ends at `end`, with its punctuation.
fn last_word(text: &str, end: u32) -> Span {
    let head = text.get(..end as usize).unwrap_or_default();
    let begin = head.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
    Span::from_range(&(begin..head.len()))
}

/// Whether a stop at `place`, after which a space and more text follow, is no abbreviation's, number's or dots'.
fn may_end(sheet: &Sheet, place: Span, after: &str) -> bool {
    let text = sheet.article.text.as_str();
    let stop = place.of(text);
    let head = text.get(..place.begin as usize).unwrap_or_default();
    let next = after.trim_start().chars().next();
    // `Inc. said`, `؟ -`.
    if !next.is_some_and(|c| in_word(c) || is_mark(c) || c == '(')
        || next.is_some_and(|c| c.is_ascii_lowercase())
    {
        return false;
    }
    if stop != "." {
        return true;
    }
    let word = head.rsplit(|c: char| !in_word(c)).next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let before = head.get(..head.len() - word.len()).unwrap_or_default().chars().next_back();
    let dots = word.is_empty() && before == Some('.');
    // `د. محمد`, `أ. ف. ب`, `م.ت.ف. ثم`, `1. العنوان` at the head of a line.
    let form = key(word);
    let bare = sheet.lists.proclitics.iter().filter_map(|proclitic| form.strip_prefix(proclitic.as_str()));
    let listed = bare.chain([form.as_str()]).any(|form| ABBREVIATIONS.contains(form));
    let abbreviation = listed || letters == 1 || (letters <= 2 && before == Some('.'));
    let number = !word.is_empty() && letters == 0 && before.is_none_or(|c| c == '\n');
    !dots && !abbreviation && !number
}

/// Double quotation marks that belong to no quotation.
fn marks(sheet: &mut Sheet, block: &Block) {
    let text = sheet.article.text.as_str();
    let begin = block.span.begin;
    let free = block
        .span
        .of(text)
        .char_indices()
        .filter(|(_, c)| is_double(*c))
        .map(|(at, c)| Span::from_range(&(at..at + c.len_utf8())).shift(begin));
    let quotations = &sheet.article.quotations;
    let free: Vec<Span> =
        free.filter(|mark| !quotations.iter().any(|quotation| quotation.span.contains(*mark))).collect();
    for pair in free.chunks(2) {
        match pair {
            [open, close] => {
                let inside = Span::new(open.end, close.begin);
                let words = count(inside.of(text));
                // In other letters it is a title.
                let arabic = inside.of(text).contains(|c| ('\u{620}'..='\u{64A}').contains(&c));
                if words > TITLE_WORDS && arabic {
                    let span = Span::new(open.begin, close.end);
                    let message = format!("`{}`, {words} words in marks, is no quotation", span.of(text));
                    sheet.find(span, "unmarked-quotation", message);
                }
            }
            [alone] => {
                let message = format!("`{}` has no partner in its block", alone.of(text));
                sheet.find(*alone, "quotation-mark", message);
            }
            _ => {}
        }
    }
}

fn quotations(sheet: &mut Sheet) {
    let text = sheet.article.text.as_str();
    for quotation in &sheet.article.quotations {
        let surface = quotation.span.of(text);
        let span = quotation.span;
        // What is said over several paragraphs opens in each and closes in the last, or opens in the first alone.
        let closes = surface.ends_with(is_mark) || goes_on(sheet, quotation);
        let opens = surface.starts_with(is_mark) || comes_from(sheet, quotation);
        for (is_there, at) in [(opens, "begins"), (closes, "ends")] {
            if !is_there {
                let message =
                    format!("the quotation `{}` {at} without its quotation mark", shortened(surface));
                sheet.find(span, "quotation", message);
            }
        }
        if surface.chars().filter(|c| !is_mark(*c)).all(char::is_whitespace) {
            sheet.find(span, "quotation", "the quotation holds nothing but its marks".to_owned());
        }
        if let Some(speaker) = quotation.speaker.as_deref().filter(|id| !sheet.is_actor(id)) {
            let message = format!(
                "the quotation `{}` has the speaker `{speaker}`, and no person, body or place of the article has that \
                 id; where the text names none it is `-`",
                shortened(surface)
            );
            sheet.find(span, "speaker", message);
        }
    }
}

/// Whether the quotation ends with its block and the next block begins with one of the same speaker.
fn goes_on(sheet: &Sheet, quotation: &Quotation) -> bool {
    let after = block_beside(sheet, quotation.span.end, 1, |block| block.span.end == quotation.span.end);
    after.is_some_and(|block| {
        let next =
            |other: &&Quotation| other.span.begin == block.span.begin && other.speaker == quotation.speaker;
        sheet.article.quotations.iter().any(|other| next(&other))
    })
}

/// Whether the quotation begins with its block and the block before ends with one of the same speaker.
fn comes_from(sheet: &Sheet, quotation: &Quotation) -> bool {
    let before =
        block_beside(sheet, quotation.span.begin, -1, |block| block.span.begin == quotation.span.begin);
    before.is_some_and(|block| {
        let last =
            |other: &&Quotation| other.span.end == block.span.end && other.speaker == quotation.speaker;
        sheet.article.quotations.iter().any(|other| last(&other))
    })
}

fn block_beside<'a>(
    sheet: &Sheet<'a>,
    at: u32,
    by: isize,
    is_edge: impl Fn(&Block) -> bool,
) -> Option<&'a Block> {
    let blocks = &sheet.article.blocks;
    let own =
        blocks.iter().position(|block| block.span.begin <= at && at <= block.span.end && is_edge(block))?;
    blocks.get(own.checked_add_signed(by)?)
}

/// Enough of a quotation to know it by.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 40;
    match text.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn datelines(sheet: &mut Sheet) {
    for &dateline in &sheet.article.datelines {
        if !sheet.article.blocks.iter().any(|block| block.span.begin == dateline.begin) {
            let message =
                format!("the dateline `{}` is not at the head of its paragraph", sheet.of(dateline));
            sheet.find(dateline, "dateline", message);
        }
    }
}

/// Faults of layout, which are made for measuring and are none of the articles'.
fn layout(sheet: &mut Sheet) {
    let text = sheet.article.text.as_str();
    let mut begin = 0;
    for line in text.split('\n') {
        let span = |from: usize, to: usize| Span::from_range(&(begin + from..begin + to));
        if !line.is_empty() && (line.starts_with(char::is_whitespace) || line.ends_with(char::is_whitespace))
        {
            sheet.find(span(0, 0), "layout", "a line begins or ends with a space".to_owned());
        }
        for (at, _) in line.match_indices("  ") {
            sheet.find(last_word(text, span(at, at).begin), "layout", "two spaces in a row".to_owned());
        }
        for (at, c) in line.char_indices().filter(|(_, c)| is_control(*c)) {
            let message = format!("the character U+{:04X} controls, it is no text", u32::from(c));
            sheet.find(span(at, at + c.len_utf8()), "layout", message);
        }
        begin += line.len() + 1;
    }
    if text.starts_with('\n') || text.ends_with('\n') {
        sheet.find_in_line(1, "layout", "", "the text begins or ends with an empty line".to_owned());
    }
}

/// Control and formatting characters, spaces that look like the plain one, and half of a broken character.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{A0}' | '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_read_from_their_table() {
        assert!(
            ABBREVIATIONS.contains("د") && ABBREVIATIONS.contains("inc") && !ABBREVIATIONS.contains("به")
        );
    }

    #[test]
    fn marks_are_read_from_their_table() {
        assert!(['"', '«', '»', '“', '”', '„'].into_iter().all(is_double));
        assert!(!is_double('\'') && is_mark('\''));
    }
}
