//! Columns that fit the terminal. Table crates measure Arabic otherwise than terminals print it (see
//! [`super::text::width`]) and break lines inside isolates, so that columns would not stand under each other.

use std::fmt::Write as _;

use anstyle::Style;

use super::page::print;
use super::style::{BOLD, DIM, PLAIN};
use super::text;

const GAP: usize = 2;

/// No column is made narrower than this, so that words can be told.
const LEAST: usize = 4;

/// A run of words in one style. Runs of one cell follow each other with a space between.
#[derive(Debug, Clone)]
pub(super) struct Run {
    text: String,
    style: Style,
    begins_line: bool,
}

impl Run {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style, begins_line: false }
    }

    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, PLAIN)
    }

    /// The same at the head of a line.
    pub(super) fn on_new_line(self) -> Self {
        Self { begins_line: true, ..self }
    }

    pub(super) fn dim(text: impl Into<String>) -> Self {
        Self::new(text, DIM)
    }
}

pub(super) type Cell = Vec<Run>;

#[derive(Debug, Default)]
pub(super) struct Table {
    header: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
}

/// A line of a cell: what is printed, and the columns it takes.
type Line = (String, usize);

impl Table {
    /// A table without a header.
    pub(super) fn card() -> Self {
        Self::default()
    }

    pub(super) fn new(header: &[&'static str]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn print(&self, out: &mut String, width: usize) {
        let header: Vec<Cell> = self.header.iter().map(|name| vec![Run::new(*name, BOLD)]).collect();
        let mut natural: Vec<usize> = Vec::new();
        for row in std::iter::once(&header).chain(&self.rows) {
            for (i, cell) in row.iter().enumerate() {
                let wide = flow(cell, usize::MAX).iter().map(|line| line.1).max().unwrap_or(0);
                match natural.get_mut(i) {
                    Some(widest) => *widest = wide.max(*widest),
                    None => natural.push(wide),
                }
            }
        }
        let widths = fit(natural, width);
        if !header.is_empty() {
            print_row(out, &header, &widths);
            let rule = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
            print(out, &"─".repeat(rule), DIM);
            out.push('\n');
        }
        for row in &self.rows {
            print_row(out, row, &widths);
        }
    }
}

/// Takes from the widest column, again and again, until all fit.
fn fit(mut widths: Vec<usize>, total: usize) -> Vec<usize> {
    let room = total.saturating_sub(GAP * widths.len().saturating_sub(1));
    // What is wider than the terminal is as good as the terminal's width.
    for width in &mut widths {
        *width = (*width).min(total.max(LEAST));
    }
    while widths.iter().sum::<usize>() > room {
        match widths.iter_mut().max() {
            Some(widest) if *widest > LEAST => *widest -= 1,
            _ => break,
        }
    }
    widths
}

fn print_row(out: &mut String, row: &[Cell], widths: &[usize]) {
    let cells: Vec<Vec<Line>> = row.iter().zip(widths).map(|(cell, width)| flow(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    for i in 0..height {
        let mut pending = 0;
        for (cell, width) in cells.iter().zip(widths) {
            match cell.get(i) {
                Some((line, wide)) if *wide > 0 => {
                    out.extend(std::iter::repeat_n(' ', pending));
                    out.push_str(line);
                    pending = width.saturating_sub(*wide) + GAP;
                }
                _ => pending += width + GAP,
            }
        }
        out.push('\n');
    }
}

/// The lines of a cell in `room` columns. On each line the words of one run stand in one isolate.
fn flow(cell: &Cell, room: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = vec![(String::new(), 0)];
    for run in cell {
        if run.begins_line && lines.last().is_some_and(|line| line.1 > 0) {
            lines.push((String::new(), 0));
        }
        // The words of this run that stand on the last line so far.
        let mut words = String::new();
        let mut used = lines.last().map_or(0, |line| line.1);
        for word in text::words(&run.text, 0..run.text.len()) {
            for piece in text::pieces(&run.text, word, room) {
                let piece = run.text.get(piece).unwrap_or_default();
                let wide = text::width(piece);
                if used > 0 && used.saturating_add(1 + wide) > room {
                    place(&mut lines, &words, run.style);
                    words.clear();
                    lines.push((String::new(), 0));
                    used = 0;
                }
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(piece);
                used += wide + usize::from(used > 0);
            }
        }
        place(&mut lines, &words, run.style);
    }
    lines
}

/// Puts words at the end of the last line.
fn place(lines: &mut [Line], words: &str, style: Style) {
    let Some((line, used)) = lines.last_mut().filter(|_| !words.is_empty()) else { return };
    if *used > 0 {
        line.push(' ');
        *used += 1;
    }
    *used += text::width(words);
    if text::has_right_to_left(words) {
        let (before, after) = text::isolate(words, text::direction(words));
        let _ = write!(line, "{before}{style}{}{style:#}{after}", text::clean(words));
    } else {
        print(line, words, style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way() {
        assert_eq!(fit(vec![5, 10, 60], 44), [5, 10, 25]);
        assert_eq!(fit(vec![5, 10], 80), [5, 10]);
        assert_eq!(fit(vec![500, 500], 42), [20, 20]);
        assert_eq!(fit(vec![90, 9, 9], 5), [4, 4, 4]);
    }

    #[test]
    fn each_line_of_a_cell_is_isolated_for_itself() {
        let cell = vec![Run::plain("كأس إفريقيا للأمم"), Run::plain("12–34")];
        let lines = flow(&cell, 12);
        assert_eq!(lines[0], ("\u{2068}كأس إفريقيا\u{2069}".to_owned(), 11));
        assert_eq!(lines[1], ("\u{2068}للأمم\u{2069} 12–34".to_owned(), 11));
    }

    #[test]
    fn nothing_stands_after_the_last_cell() {
        let mut table = Table::new(&["a", "b"]);
        table.row(vec![vec![Run::plain("x")], Vec::new()]);
        let mut out = String::new();
        table.print(&mut out, 80);
        let plain = anstream::adapter::strip_str(&out).to_string();
        assert_eq!(plain, "a  b\n────\nx\n");
    }
}
