//! `eval`: a table for what was measured together, and what is behind it in its lines of text.

use std::collections::BTreeMap;

use warraq_core::Span;
use warraq_eval::corpus::LeftOut;
use warraq_eval::run::{Group, Located};
use warraq_eval::score::{Figure, Scores};

use super::page::{Margin, Page, Paint};
use super::segment::some;
use super::style::BOLD;
use super::table::{Cell, Run, Table};

/// How many characters of a line are shown on each side of a mention.
const AROUND: usize = 60;

pub(in crate::cli) fn eval(
    page: &mut Page,
    groups: &BTreeMap<String, Group>,
    left_out: &[LeftOut],
    errors: bool,
) {
    for (name, group) in groups {
        page.heading(&format!("{name} · {}", some(group.files, "file")));
        page.table(&table(&group.scores));
        if group.left_out > 0 {
            page.note(&format!("{} left out", some(group.left_out, "row")));
        }
        for (name, (left_out, of)) in group.shares.iter().filter(|(_, share)| share.0 > 0) {
            page.note(&format!(
                "{name}: {left_out} of {} left out that none of the rules names",
                some(*of, "case")
            ));
        }
        if let Some(count) = &group.swapped {
            let (names, kept) = count.whole();
            page.note(&format!("{} swapped, {kept} kept", some(names - kept, "name")));
        }
        if errors {
            list(page, &group.differences);
        }
    }
    if !left_out.is_empty() {
        page.heading(&format!("{} left out", some(left_out.len(), "file")));
        let mut table = Table::card();
        for LeftOut { path, reason } in left_out {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            table.row(vec![vec![Run::plain(name)], vec![Run::dim(reason)]]);
        }
        page.table(&table);
    }
}

/// Each layer as a whole, and its kinds where it has several.
fn table(scores: &Scores) -> Table {
    let mut table =
        Table::new(&["layer", "type", "gold", "given", "precision", "recall", "F1", "not answered"]);
    for layer in scores.layers() {
        let kinds: Vec<(&str, Figure)> = scores.kinds(layer).filter(|(kind, _)| !kind.is_empty()).collect();
        if let [(kind, figure)] = kinds.as_slice() {
            table.row(row(layer.name(), kind, *figure));
            continue;
        }
        table.row(row(layer.name(), "", scores.whole(layer)));
        for (kind, figure) in kinds {
            table.row(row("", kind, figure));
        }
    }
    table
}

fn row(layer: &str, kind: &str, figure: Figure) -> Vec<Cell> {
    let number = |number: usize| vec![Run::plain(number.to_string())];
    let mut cells = vec![vec![Run::new(layer, BOLD)], vec![Run::plain(kind)]];
    if figure.is_measured() {
        cells.extend([number(figure.gold), number(figure.given)]);
        let shares = [figure.precision(), figure.recall(), figure.f1()];
        cells.extend(shares.map(|share| vec![Run::plain(format!("{:.1}", share * 100.0))]));
    } else {
        cells.extend(std::iter::repeat_n(Cell::new(), 5));
    }
    cells.push(if figure.unanswered > 0 { number(figure.unanswered) } else { Cell::new() });
    cells
}

/// What is behind the figures: each difference in its line, those of a kind together.
fn list(page: &mut Page, differences: &[Located]) {
    let same = |a: &Located, b: &Located| {
        let key = |located: &Located| {
            let difference = &located.difference;
            (difference.layer, difference.kind.clone(), difference.cause)
        };
        key(a) == key(b)
    };
    for alike in differences.chunk_by(same) {
        let Some(first) = alike.first().map(|located| &located.difference) else { continue };
        let kind = if first.kind.is_empty() { String::new() } else { format!(" {}", first.kind) };
        page.heading(&format!("{}{kind} · {} · {}", first.layer.name(), first.cause.name(), alike.len()));
        for located in alike {
            difference(page, located);
        }
    }
}

fn difference(page: &mut Page, Located { file, text, difference }: &Located) {
    let mut told = vec![vec![Run::dim(file)]];
    for (label, words) in [("should be", &difference.wanted), ("is", &difference.found)] {
        if let Some(words) = words {
            told.push(vec![Run::dim(label), Run::plain(words)]);
        }
    }
    let mut table = Table::card();
    table.row(told);
    page.table(&table);
    if let Some(span) = difference.span {
        let (line, marked) = in_line(text, span);
        let mut paint = Paint::new(line.len());
        paint.mark(marked, BOLD);
        page.prose(Margin::default(), &line, 0..line.len(), &paint);
    }
}

/// The line of text around a span, which stands between brackets; and where it stands.
fn in_line(text: &str, span: Span) -> (String, std::ops::Range<usize>) {
    let before = text.get(..span.range().start).unwrap_or_default();
    let after = text.get(span.range().end..).unwrap_or_default();
    let before = before.rsplit('\n').next().unwrap_or_default();
    let after = after.split('\n').next().unwrap_or_default();
    let cut = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let (ellipsis, before) = match cut {
        0 => ("", before),
        at => ("… ", before.get(at..).and_then(|rest| rest.split_once(' ')).map_or("", |(_, rest)| rest)),
    };
    let mut line = format!("{ellipsis}{before}");
    let begin = line.len();
    line.push('⟦');
    line.push_str(&span.of(text).replace('\n', " "));
    line.push('⟧');
    let end = line.len();
    match after.char_indices().nth(AROUND) {
        None => line.push_str(after),
        Some((at, _)) => {
            let shown = after.get(..at).unwrap_or_default();
            line.push_str(shown.rsplit_once(' ').map_or("", |(shown, _)| shown));
            line.push_str(" …");
        }
    }
    (line, begin..end)
}

#[cfg(test)]
mod tests {
    use warraq_eval::score::Layer;

    use super::*;

    #[test]
    fn a_mention_stands_in_its_line() {
        let text = "عنوان\nوقال سالم للميناء\nآخر";
        let begin = text.find("سالم").unwrap();
        let (line, marked) = in_line(text, Span::from_range(&(begin..begin + 8)));
        assert_eq!(line, "وقال ⟦سالم⟧ للميناء");
        assert_eq!(&line[marked], "⟦سالم⟧");
        let long = format!("{0}سالم{0}", " كلمة".repeat(40));
        let begin = long.find("سالم").unwrap();
        let (line, _) = in_line(&long, Span::from_range(&(begin..begin + 8)));
        assert!(line.starts_with("… كلمة") && line.ends_with("كلمة …"), "{line}");
        assert!(line.chars().count() < 140, "{line}");
    }

    #[test]
    fn layers_have_their_kinds_below_them() {
        let mut scores = Scores::default();
        scores.add(Layer::Mentions, "LOC", Figure::new(1, 2, 4));
        scores.add(Layer::Mentions, "PER", Figure::all(2));
        scores.add(Layer::Speakers, "", Figure::unanswered(7));
        let mut page = Page::new(80, false);
        page.table(&table(&scores));
        let out = page.finish();
        let lines: Vec<Vec<&str>> =
            out.lines().skip(2).map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines[0], ["speakers", "7"]);
        assert_eq!(lines[1], ["mentions", "4", "6", "50.0", "75.0", "60.0"]);
        assert_eq!(lines[2], ["LOC", "2", "4", "25.0", "50.0", "33.3"]);
        assert_eq!(lines[3], ["PER", "2", "2", "100.0", "100.0", "100.0"]);
    }
}
