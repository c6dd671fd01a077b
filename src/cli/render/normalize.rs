//! `normalize`: the text, what the steps changed, and with `--alignment` every edit.

use super::page::{Margin, Page, Paint};
use super::source::Source;
use super::table::{Cell, Run, Table};
use crate::proto::v1::{NormalizeResponse, Span};

pub(in crate::cli) fn normalize(page: &mut Page, source: &Source, response: &NormalizeResponse) {
    let text = response.text.as_str();
    page.prose(Margin::default(), text, 0..text.len(), &Paint::new(text.len()));
    page.blank();
    if response.changes.is_empty() {
        page.note("No step changed anything.");
        return;
    }
    let mut steps = Table::new(&["step", "changes"]);
    for change in &response.changes {
        steps.row(vec![vec![Run::plain(&change.step)], vec![Run::plain(change.count.to_string())]]);
    }
    page.table(&steps);
    if response.alignment.is_empty() {
        return;
    }
    page.blank();
    let target = Source::new(text, response.offset_unit());
    let mut edits = Table::new(&["source", "was", "output", "is"]);
    for edit in &response.alignment {
        edits.row(vec![
            vec![Run::dim(offsets(edit.source.as_ref()))],
            visible(source.cut(edit.source.as_ref())),
            vec![Run::dim(offsets(edit.output.as_ref()))],
            visible(target.cut(edit.output.as_ref())),
        ]);
    }
    page.table(&edits);
}

/// `12–15`
pub(super) fn offsets(span: Option<&Span>) -> String {
    span.map(|span| format!("{}–{}", span.begin, span.end)).unwrap_or_default()
}

/// A stretch of text in which everything can be seen: what has no shape of its own is named by its number.
fn visible(text: &str) -> Cell {
    if text.is_empty() {
        return vec![Run::dim("nothing")];
    }
    let mut cell = Cell::new();
    let mut plain = String::new();
    for c in text.chars() {
        let shapeless = c.is_whitespace()
            || unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) == 0
            || c == '\u{640}';
        if shapeless {
            if !plain.is_empty() {
                cell.push(Run::plain(std::mem::take(&mut plain)));
            }
            cell.push(Run::dim(format!("U+{:04X}", u32::from(c))));
        } else {
            plain.push(c);
        }
    }
    if !plain.is_empty() {
        cell.push(Run::plain(plain));
    }
    cell
}
