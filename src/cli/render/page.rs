//! What is printed: headings, paragraphs with a margin, tables.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::Style;

use super::style::{BOLD, DIM, PLAIN};
use super::table::Table;
use super::text::{self, Direction};

/// The margin of text that has nothing in its margin.
const INDENT: usize = 2;

/// Text for a terminal of a certain width.
pub(in crate::cli) struct Page {
    out: String,
    width: usize,
    coloured: bool,
}

/// Which style each byte of a text has. Later marks lie over earlier ones.
pub(super) struct Paint {
    styles: Vec<Style>,
    /// Indices into `styles`; zero is plain.
    bytes: Vec<u16>,
}

impl Paint {
    pub(super) fn new(length: usize) -> Self {
        Self { styles: vec![PLAIN], bytes: vec![0; length] }
    }

    pub(super) fn mark(&mut self, range: Range<usize>, style: Style) {
        let known = self.styles.iter().position(|one| *one == style);
        let index = known.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        if let (Some(bytes), Ok(index)) = (self.bytes.get_mut(range), u16::try_from(index)) {
            bytes.fill(index);
        }
    }

    /// `text[range]` with its styles.
    fn print(&self, out: &mut String, text: &str, range: Range<usize>) {
        let Some(bytes) = self.bytes.get(range.clone()) else { return };
        let mut start = range.start;
        for run in bytes.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            let style = run.first().and_then(|index| self.styles.get(usize::from(*index)));
            print(out, text.get(start..end).unwrap_or_default(), style.copied().unwrap_or(PLAIN));
            start = end;
        }
    }
}

/// `text` in `style`, harmless to the terminal.
pub(super) fn print(out: &mut String, text: &str, style: Style) {
    // Writing to a string does not fail.
    let _ = write!(out, "{style}{}{style:#}", text::clean(text));
}

/// What stands in the margin at the left of a paragraph's first line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Margin<'a> {
    pub(super) label: &'a str,
    pub(super) number: Option<usize>,
    /// The columns of the label and of the number; zero for none.
    pub(super) columns: (usize, usize),
}

impl Page {
    pub(in crate::cli) fn new(width: usize, coloured: bool) -> Self {
        Self { out: String::new(), width, coloured }
    }

    /// The page, with the colours that it may have.
    pub(in crate::cli) fn finish(self) -> String {
        if self.coloured { self.out } else { anstream::adapter::strip_str(&self.out).to_string() }
    }

    pub(super) fn is_coloured(&self) -> bool {
        self.coloured
    }

    /// The name of the document that follows.
    pub(in crate::cli) fn title(&mut self, name: &str) {
        self.rule('━', name);
    }

    /// The name of the section that follows.
    pub(in crate::cli) fn heading(&mut self, name: &str) {
        if !self.out.is_empty() {
            self.blank();
        }
        self.rule('─', name);
    }

    fn rule(&mut self, line: char, name: &str) {
        // A long path is cut at its head: what tells files apart is mostly the end.
        let room = self.width.saturating_sub(6);
        let mut name = text::clean(name).into_owned();
        while text::width(&name) > room {
            name = format!("…{}", name.chars().skip(2).collect::<String>());
        }
        let rest = self.width.saturating_sub(text::width(&name) + 4);
        let rest: String = std::iter::repeat_n(line, rest).collect();
        let _ = writeln!(self.out, "{DIM}{line}{line}{DIM:#} {BOLD}{name}{BOLD:#} {DIM}{rest}{DIM:#}");
    }

    pub(super) fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A line that says whose a colour is.
    pub(super) fn legend(&mut self, style: Style, name: &str) {
        print(&mut self.out, "  ● ", style);
        let name = text::clean(name);
        let (before, after) = text::isolate(&name, text::direction(&name));
        let _ = writeln!(self.out, "{before}{name}{after}");
    }

    /// A line of ours, wrapped.
    pub(super) fn note(&mut self, words: &str) {
        for line in text::wrap(words, 0..words.len(), self.width) {
            print(&mut self.out, words.get(line).unwrap_or_default(), DIM);
            self.blank();
        }
    }

    /// `text[range]`, each of its lines a paragraph, with `margin` at the first.
    pub(super) fn prose(&mut self, mut margin: Margin, text: &str, range: Range<usize>, paint: &Paint) {
        // A mark of width zero in the first column is lost in terminals that keep it with the character
        // before it (tmux), and the line's isolate with it.
        if margin.columns == (0, 0) {
            margin.columns = (INDENT, 0);
        }
        let (label, number) = margin.columns;
        let room = self.width.saturating_sub(label + number).max(1);
        let mut start = range.start;
        for line in text.get(range).unwrap_or_default().split('\n') {
            let paragraph = start..start + line.len();
            start = paragraph.end + 1;
            if line.trim().is_empty() {
                self.blank();
                continue;
            }
            let direction = text::direction(line);
            for line in text::wrap(text, paragraph, room) {
                self.margin(margin);
                margin = Margin { columns: margin.columns, ..Margin::default() };
                self.line(text, line, direction, room, paint);
            }
        }
    }

    fn margin(&mut self, margin: Margin) {
        let (label, number) = margin.columns;
        let _ = write!(self.out, "{BOLD}{:<label$}{BOLD:#}", margin.label);
        if number > 0 {
            let digits = margin.number.map(|number| number.to_string()).unwrap_or_default();
            let _ = write!(self.out, "{DIM}{digits:>width$}{DIM:#}  ", width = number.saturating_sub(2));
        }
    }

    /// One line, isolated; at the right edge where it runs from there.
    fn line(&mut self, text: &str, line: Range<usize>, direction: Direction, room: usize, paint: &Paint) {
        let words = text.get(line.clone()).unwrap_or_default();
        if direction == Direction::RightToLeft {
            let indent = room.saturating_sub(text::width(words));
            self.out.extend(std::iter::repeat_n(' ', indent));
        }
        let (before, after) = text::isolate(words, direction);
        self.out.push_str(&before);
        paint.print(&mut self.out, text, line);
        self.out.push(after);
        self.blank();
    }

    pub(super) fn table(&mut self, table: &Table) {
        table.print(&mut self.out, self.width);
    }
}
