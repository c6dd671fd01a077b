//! `metadata`: a card.

use super::page::Page;
use super::segment::some;
use super::style::BOLD;
use super::table::{Run, Table};
use crate::proto::v1::{SummarizeMetadataResponse, TextCounts, TextDirection};

pub(in crate::cli) fn metadata(page: &mut Page, response: &SummarizeMetadataResponse) {
    let metadata = response.metadata.clone().unwrap_or_default();
    let mut card = Table::card();
    let mut line = |name: &str, value: String| {
        if !value.is_empty() {
            card.row(vec![vec![Run::new(name, BOLD)], vec![Run::plain(value)]]);
        }
    };
    line("title", metadata.title.as_ref().map(|title| title.text.clone()).unwrap_or_default());
    for (i, subhead) in metadata.subheads.iter().enumerate() {
        // The name once; an empty cell would be no row at all.
        line(if i == 0 { "subheads" } else { "" }, subhead.text.clone());
    }
    line("byline", metadata.byline.as_ref().map(|byline| byline.text.clone()).unwrap_or_default());
    line("dateline", metadata.dateline.as_ref().map(|dateline| dateline.text.clone()).unwrap_or_default());
    line("place", metadata.place.as_ref().map(|place| place.text.clone()).unwrap_or_default());
    line("source", metadata.source.as_ref().map(|source| source.text.clone()).unwrap_or_default());
    line("published", metadata.published().to_owned());
    let direction = match metadata.direction() {
        TextDirection::LeftToRight => "left to right",
        TextDirection::RightToLeft => "right to left",
        TextDirection::Unspecified => "",
    };
    let language = [metadata.language.as_str(), metadata.script.as_str(), direction];
    line("language", language.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "));
    line("length", metadata.counts.as_ref().map(length).unwrap_or_default());
    line("reading time", metadata.reading_time_seconds.map(duration).unwrap_or_default());
    if card.is_empty() {
        page.note("Nothing is known of this text.");
    } else {
        page.table(&card);
    }
}

fn length(counts: &TextCounts) -> String {
    [
        (counts.characters, "character"),
        (counts.words, "word"),
        (counts.sentences, "sentence"),
        (counts.paragraphs, "paragraph"),
        (counts.quotations, "quotation"),
        (counts.blocks, "block"),
    ]
    .map(|(count, name)| some(usize::try_from(count).unwrap_or(0), name))
    .join(" · ")
}

/// `2 min 10 s`
fn duration(seconds: i32) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_say_them() {
        assert_eq!(duration(0), "0 s");
        assert_eq!(duration(59), "59 s");
        assert_eq!(duration(120), "2 min");
        assert_eq!(duration(130), "2 min 10 s");
    }
}
