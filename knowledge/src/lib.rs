//! The knowledge that is compiled in: [`warraq_core::Knowledge`], its lexicons compiled when the
//! program was built.

use warraq_core::lexicon::Lexicon;
use warraq_core::{Knowledge, KnowledgeError};

static LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));

/// The built-in knowledge, in milliseconds.
///
/// # Errors
/// Where a data file is malformed; a test loads them all.
pub fn built_in() -> Result<Knowledge, KnowledgeError> {
    Knowledge::with_lexicon(Lexicon::from_bytes(LEXICON)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_in_is_what_the_lists_say() {
        let lists = Lexicon::built_in().expect("sound lists");
        assert!(lists.to_bytes() == LEXICON, "the compiled lexicons are not the lists'");
        assert!(built_in().is_ok());
    }
}
