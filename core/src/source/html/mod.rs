//! HTML, a page or a fragment, reduced to its text, with the way back to the source.
//!
//! The parser cuts the source into tags, text and character references (`emitter`); what an element is to the text stands
//! in `data/source/html.toml` (`elements`); the text is written with the white space that a browser would show (`writer`).
//! There is no tree: elements break lines and are left out by their tags alone, so that neither depth nor a tag that is
//! missing costs time or text.

mod elements;
mod emitter;
#[cfg(test)]
mod tests;
mod writer;

use html5gum::Tokenizer;

use super::TooLong;
use crate::alignment::Normalized;
pub use elements::check_data;
use emitter::ToText;
use writer::Writer;

/// The text of `html`.
///
/// Between two of the alignment's edits it is the source's own; a character reference is one edit, and so is what stands
/// between two pieces of text where that is more than a blank.
///
/// # Errors
/// [`TooLong`] where a [`crate::Span`] could not address the source.
pub fn reduce(html: &str) -> Result<Normalized, TooLong> {
    TooLong::check(html)?;
    let mut writer = Writer::new(html);
    let Ok(()) = Tokenizer::new_with_emitter(html, ToText::new(&mut writer)).finish();
    Ok(writer.finish())
}
