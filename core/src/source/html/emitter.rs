//! What the parser finds, told to the writer.

use std::convert::Infallible;
use std::ops::Range;

use html5gum::{Emitter, Error, State, emitters::naive_next_state};

use super::elements::{Elements, LONGEST_NAME};
use super::writer::{Mark, Writer};

/// An element that is left out, still open: its number, and where the text stood.
type Open = (usize, Mark);

/// Between the parser and the writer. Attributes, comments and doctypes are of no use here.
pub(super) struct ToText<'w, 's> {
    writer: &'w mut Writer<'s>,
    elements: &'static Elements,
    /// How far the parser has read, in bytes.
    position: usize,
    /// Where what it tells next begins.
    begin: usize,
    /// What was told of text that stands for itself and not yet written. The parser tells it in pieces, which may end
    /// within a character.
    literal: Range<usize>,
    name: Vec<u8>,
    is_end: bool,
    closes_itself: bool,
    last_start: Vec<u8>,
    in_code: bool,
    open: Vec<Open>,
    /// How many of each are open: a closing tag that closes nothing must not look through all of them.
    open_of: Vec<usize>,
}

impl<'w, 's> ToText<'w, 's> {
    pub(super) fn new(writer: &'w mut Writer<'s>) -> Self {
        let elements = Elements::built_in();
        Self {
            writer,
            elements,
            position: 0,
            begin: 0,
            literal: 0..0,
            name: Vec::new(),
            is_end: false,
            closes_itself: false,
            last_start: Vec::new(),
            in_code: false,
            open: Vec::new(),
            open_of: vec![0; elements.left_out],
        }
    }

    fn write(&mut self) {
        if !self.literal.is_empty() {
            self.writer.literal(self.literal.start, self.literal.end);
            self.literal = self.position..self.position;
        }
    }

    fn leave_out(&mut self, number: usize) {
        self.open.push((number, self.writer.mark()));
        if let Some(count) = self.open_of.get_mut(number) {
            *count += 1;
        }
    }

    /// Takes back what stands in the innermost such element; what was opened in it and not closed goes with it.
    fn close(&mut self, number: usize) {
        if self.open_of.get(number).is_none_or(|count| *count == 0) {
            return;
        }
        while let Some((inner, mark)) = self.open.pop() {
            if let Some(count) = self.open_of.get_mut(inner) {
                *count = count.saturating_sub(1);
            }
            if inner == number {
                self.writer.take_back_to(mark);
                return;
            }
        }
    }

    fn start(&mut self) -> Option<State> {
        let element = self.elements.get(&self.name);
        self.writer.part(element.gap);
        if element.ends_line {
            self.writer.end_line();
        }
        self.last_start.clone_from(&self.name);
        // Browsers know no such thing, but whoever writes <script/> means nothing to be in it.
        if self.closes_itself {
            return None;
        }
        if let Some(number) = element.left_out {
            self.leave_out(number);
        }
        if element.preformatted {
            self.writer.begin_preformatted();
        }
        self.in_code = element.code;
        naive_next_state(&self.name).filter(|_| element.code || element.preformatted)
    }

    fn end(&mut self) {
        let element = self.elements.get(&self.name);
        if let Some(number) = element.left_out {
            self.close(number);
        }
        if element.preformatted {
            self.writer.end_preformatted();
        }
        if element.ends_line {
            self.writer.end_line();
        }
        self.writer.part(element.gap);
    }
}

impl Emitter for ToText<'_, '_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn init_string(&mut self) {
        self.begin = self.begin.max(self.position);
    }

    fn emit_string(&mut self, characters: &[u8]) {
        if self.in_code || characters.is_empty() {
            return;
        }
        // Browsers make nothing of it.
        if characters == b"\0" {
            self.begin = self.begin.max(self.position);
            return;
        }
        let rest = self.writer.source().as_bytes().get(self.begin..).unwrap_or_default();
        let end = self.begin + characters.len();
        // A reference may mean the character with which it begins. Of the rest of what the parser tells the position is not
        // always the end (of `</`, in a text field, where no tag follows).
        let is_reference = rest.first() == Some(&b'&') && self.position != end;
        if rest.starts_with(characters) && !is_reference {
            if self.begin != self.literal.end {
                self.write();
                self.literal.start = self.begin;
            }
            (self.literal.end, self.begin) = (end, end);
            return;
        }
        self.write();
        let begin = self.begin;
        // A line end is one, though the parser has read but the half of it.
        let end = if rest.starts_with(b"\r\n") { begin + 2 } else { self.position.max(begin) };
        if let Ok(characters) = std::str::from_utf8(characters) {
            self.writer.replaced(begin, end, characters);
        }
        self.begin = end;
    }

    fn init_start_tag(&mut self) {
        self.name.clear();
        (self.is_end, self.closes_itself) = (false, false);
    }

    fn init_end_tag(&mut self) {
        self.name.clear();
        self.is_end = true;
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        // Of a longer one no more than that it is none of the lists'.
        let room = (LONGEST_NAME + 1).saturating_sub(self.name.len());
        self.name.extend(name.iter().take(room));
    }

    fn set_self_closing(&mut self) {
        self.closes_itself = true;
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.write();
        self.begin = self.position;
        self.in_code = false;
        if self.is_end {
            self.end();
            None
        } else {
            self.start()
        }
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end && !self.name.is_empty() && self.name == self.last_start
    }

    fn emit_current_comment(&mut self) {
        self.begin = self.position;
    }

    fn emit_current_doctype(&mut self) {
        self.begin = self.position;
    }

    fn emit_eof(&mut self) {
        self.write();
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _error: Error) {}

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn set_last_start_tag(&mut self, _name: Option<&[u8]>) {}

    fn init_comment(&mut self) {}

    fn push_comment(&mut self, _comment: &[u8]) {}

    fn init_doctype(&mut self) {}

    fn push_doctype_name(&mut self, _name: &[u8]) {}

    fn set_force_quirks(&mut self) {}

    fn set_doctype_public_identifier(&mut self, _identifier: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _identifier: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _identifier: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _identifier: &[u8]) {}

    fn init_attribute(&mut self) {}

    fn push_attribute_name(&mut self, _name: &[u8]) {}

    fn push_attribute_value(&mut self, _value: &[u8]) {}
}
