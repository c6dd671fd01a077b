//! Document structure: blocks and datelines, sentences, tokens, quotations.
//!
//! `tokens` cuts the text; `lines` finds the lines, `wrap` joins and
//! `run_on` parts them, `blocks` says what each is (with `dateline` at its head); `marks` pairs
//! quotation marks inside a block; `sentences` and `quotations` read both. What they know is in
//! `data/segment/`, parsed by `rules`; each decision is a sum of weights (`features`).

mod blocks;
mod breaks;
mod dateline;
pub(crate) mod features;
mod indirect;
mod lines;
mod marks;
mod quotations;
pub(crate) mod rules;
mod run_on;
mod script;
mod sentences;
#[cfg(test)]
mod tests;
mod tokens;
pub(crate) mod view;
mod wrap;

pub use blocks::blocks;
pub(crate) use marks::{Pair, pairs};
pub(crate) use quotations::cue_span;
pub use quotations::quotations;
pub use rules::Rules;
pub use script::ScriptCode;
pub use sentences::sentences;
pub(crate) use tokens::is_arabic_mark;
pub use tokens::tokens;
pub(crate) use view::{Survey, is_direction};

use crate::{Document, Span};

/// Whether `c` opens or closes quotations.
pub(crate) fn is_mark_of_quotation(document: &Document<'_>, c: char) -> bool {
    document.knowledge().segment.marks.is_mark(c)
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// The headline once more.
    TitleRepeat,
    /// Who wrote it: a name or initials.
    Byline,
    /// Place, date, agency on a line of their own.
    Dateline,
    /// A heading inside the text.
    Subhead,
    /// Running text.
    Paragraph,
    /// Who publishes it, at the end.
    Source,
    /// An item of a list.
    ListItem,
}

/// A block of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// From its first to its last character that is not white space.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// The dateline at its head, or the whole block where it is one.
    pub dateline: Option<Dateline>,
}

/// Place, date and agency at the head of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// From the place to the dash or colon that closes it.
    pub span: Span,
    /// The place.
    pub place: Option<Span>,
    /// The agency or paper.
    pub agency: Option<Span>,
    /// The date.
    pub date: Option<Span>,
}

/// A sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Without the white space around it.
    pub span: Span,
    /// Index of its block.
    pub block: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word, with its marks and clitics.
    Word,
    /// A number in any digits.
    Number,
    /// A punctuation mark.
    Punctuation,
    /// A symbol.
    Symbol,
    /// A URL.
    Url,
    /// An e-mail address.
    Email,
    /// A hashtag.
    Hashtag,
    /// A handle.
    Handle,
    /// An emoji, with its modifiers.
    Emoji,
}

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// The script of its letters.
    pub script: ScriptCode,
}

impl Quotation {
    /// Whether it stands in quotation marks.
    pub fn is_in_marks(&self) -> bool {
        self.span != self.content
    }
}

/// How a quotation is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QuotationKind {
    /// Somebody's words.
    Direct,
    /// Somebody's words in those of the writer, without marks (قال إن …).
    Indirect,
    /// A word or slogan in marks that the text gives to nobody.
    Scare,
}

/// Somebody's words, in quotation marks or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks, if it has any.
    pub span: Span,
    /// Without them.
    pub content: Span,
    /// How it is to be read.
    pub kind: QuotationKind,
    /// The word that announces it (`قال`), where there is one.
    pub cue: Option<Span>,
    /// Index of the quotation around it.
    pub parent: Option<usize>,
}
