//! The knowledge that is compiled in: [`warraq_core::Knowledge`], its lexicons compiled when the
//! program was built, with the tagger that `warraq train` wrote.

use warraq_core::entities::tagger::Tagger;
use warraq_core::lexicon::Lexicon;
use warraq_core::{Knowledge, KnowledgeError};

static LEXICON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon.bin"));
static TAGGER: &[u8] = include_bytes!("../../data/models/tagger.bin");

/// The built-in knowledge, in milliseconds.
///
/// # Errors
/// Where a data file is malformed; a test loads them all.
pub fn built_in() -> Result<Knowledge, KnowledgeError> {
    Ok(Knowledge::with_lexicon(Lexicon::from_bytes(LEXICON)?)?.with_tagger(tagger()?))
}

/// What was learned.
fn tagger() -> Result<Tagger, KnowledgeError> {
    Tagger::from_bytes(TAGGER).map_err(|malformed| KnowledgeError {
        file: "models/tagger.bin".to_owned(),
        line: 0,
        problem: malformed.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_in_is_what_the_lists_say_and_what_was_learned() {
        let lists = Lexicon::built_in().expect("sound lists");
        assert!(lists.to_bytes() == LEXICON, "the compiled lexicons are not the lists'");
        let tagger = built_in().expect("sound data").tagger.expect("a tagger");
        assert!(tagger.to_bytes() == TAGGER, "the tagger is not the file's");
    }
}
