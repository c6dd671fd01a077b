//! Listed names and what they name.

use crate::KnowledgeError;

/// Names, folded and compiled into one automaton, and the things that they name.
pub struct Lexicon {}

impl Lexicon {
    /// The lists that are compiled in.
    ///
    /// # Errors
    /// Where a list is malformed.
    pub fn built_in() -> Result<Self, KnowledgeError> {
        Ok(Self {})
    }
}
