//! The reduced text in the making: its white space as browsers have it, and where it came from.

use crate::Span;
use crate::alignment::{Alignment, Edit, Normalized, trimmed};

/// What stands between two pieces of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Nothing,
    Space,
    Line,
    Paragraph,
}

impl Gap {
    const fn written(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Space => " ",
            Self::Line => "\n",
            Self::Paragraph => "\n\n",
        }
    }
}

/// A place to which the text can be taken back.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    text: usize,
    edits: usize,
    done: usize,
    gap: Gap,
    preformatted: u32,
}

/// Writes pieces of a source one after another. A gap is written only when text follows, so that none stands at either
/// end and no two stand side by side.
pub(super) struct Writer<'s> {
    source: &'s str,
    text: String,
    edits: Vec<Edit>,
    /// Where in the source the last piece ends.
    done: usize,
    gap: Gap,
    /// In how many elements white space counts.
    preformatted: u32,
}

/// The white space that is collapsed; a no-break space, for one, is not.
const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0C' | b'\r')
}

impl<'s> Writer<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            text: String::with_capacity(source.len()),
            edits: Vec::new(),
            done: 0,
            gap: Gap::Nothing,
            preformatted: 0,
        }
    }

    pub(super) const fn source(&self) -> &'s str {
        self.source
    }

    /// At least this stands between the text before and the text to come.
    pub(super) fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// The line ends; another time, and an empty one follows.
    pub(super) fn end_line(&mut self) {
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    pub(super) fn begin_preformatted(&mut self) {
        self.preformatted += 1;
    }

    pub(super) fn end_preformatted(&mut self) {
        self.preformatted = self.preformatted.saturating_sub(1);
    }

    /// Characters that stand in the source as they are.
    pub(super) fn literal(&mut self, begin: usize, end: usize) {
        let Some(piece) = self.source.get(begin..end) else { return };
        if self.preformatted > 0 {
            self.lines(begin, piece);
        } else {
            self.words(begin, piece.as_bytes());
        }
    }

    /// Text in which only the ends of lines are not what they are.
    fn lines(&mut self, mut begin: usize, piece: &str) {
        for line in piece.split_inclusive('\n') {
            let words = line.strip_suffix('\n').unwrap_or(line);
            if words.bytes().all(is_space) {
                self.part(if words.is_empty() { Gap::Nothing } else { Gap::Space });
            } else {
                self.write(begin, begin + words.len());
            }
            if words.len() < line.len() {
                self.end_line();
            }
            begin += line.len();
        }
    }

    fn words(&mut self, begin: usize, piece: &[u8]) {
        let mut rest = piece;
        while !rest.is_empty() {
            let at = begin + (piece.len() - rest.len());
            let length = run(rest);
            if length > 0 {
                self.write(at, at + length);
            }
            let after = rest.get(length..).unwrap_or_default();
            let spaces = after.iter().take_while(|byte| is_space(**byte)).count();
            if spaces > 0 {
                self.part(Gap::Space);
            }
            rest = after.get(spaces..).unwrap_or_default();
        }
    }

    /// What the source has at `begin..end` means `with`.
    pub(super) fn replaced(&mut self, begin: usize, end: usize, with: &str) {
        match with {
            "\n" | "\r" if self.preformatted > 0 => self.end_line(),
            _ if with.bytes().all(is_space) => self.part(Gap::Space),
            _ => {
                self.close_gap(begin);
                self.edit(begin, end, with);
            }
        }
    }

    fn write(&mut self, begin: usize, end: usize) {
        self.close_gap(begin);
        self.text.push_str(self.source.get(begin..end).unwrap_or_default());
        self.done = end;
    }

    /// Writes what stands between the last piece and the next one, which begins at `begin`.
    fn close_gap(&mut self, begin: usize) {
        let gap = if self.text.is_empty() { "" } else { self.gap.written() };
        self.gap = Gap::Nothing;
        if self.source.get(self.done..begin) == Some(gap) {
            self.text.push_str(gap);
            self.done = begin;
        } else {
            self.edit(self.done, begin, gap);
            // A blank that stands in the source before a tag is the one that is written.
            if let Some(edit) = self.edits.last_mut() {
                *edit = trimmed(*edit, self.source, &self.text);
            }
        }
    }

    fn edit(&mut self, begin: usize, end: usize, with: &str) {
        let from = self.text.len();
        self.text.push_str(with);
        self.edits.push(Edit {
            source: Span::from_range(&(begin..end)),
            output: Span::from_range(&(from..self.text.len())),
        });
        self.done = end;
    }

    /// Here the text can be taken back to.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            text: self.text.len(),
            edits: self.edits.len(),
            done: self.done,
            gap: self.gap,
            preformatted: self.preformatted,
        }
    }

    /// Takes back all that was written since.
    pub(super) fn take_back_to(&mut self, mark: Mark) {
        self.text.truncate(mark.text);
        self.edits.truncate(mark.edits);
        (self.done, self.gap, self.preformatted) = (mark.done, mark.gap, mark.preformatted);
    }

    pub(super) fn finish(mut self) -> Normalized {
        if self.done < self.source.len() {
            self.edit(self.done, self.source.len(), "");
        }
        Normalized { text: self.text, alignment: Alignment::new(self.edits) }
    }
}

/// How many bytes from the first on are words with one blank between them.
fn run(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(word) = bytes.get(at..) {
        let word = word.iter().position(|byte| is_space(*byte)).unwrap_or(word.len());
        if word == 0 {
            // The blank before was not the only one, or the last thing.
            return at.saturating_sub(1);
        }
        at += word;
        if bytes.get(at) != Some(&b' ') {
            return at;
        }
        at += 1;
    }
    bytes.len()
}
