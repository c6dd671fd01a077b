//! All that is known before a text comes in: lexicons and rules, read from `data/`.

use crate::entities::tagger::Tagger;
use crate::lexicon::Lexicon;
use crate::{attribute, metadata, normalize, segment, source, values};

/// What the stages know of the language and the world. Built once, shared by all documents.
pub struct Knowledge {
    /// Listed names and what they name.
    pub lexicon: Lexicon,
    /// How blocks, datelines, sentences and quotations are recognised.
    pub segment: segment::Rules,
    /// How the speakers of quotations are found.
    pub attribute: attribute::Rules,
    /// How languages are told apart and how fast they are read.
    pub language: metadata::Languages,
    /// How numbers and times are written.
    pub values: values::Rules,
    /// How names that no list has stand in news; without it the rules decide.
    pub tagger: Option<Tagger>,
}

/// A data file that does not say what it should.
#[derive(Debug, thiserror::Error)]
#[error("{file}, line {line}: {problem}")]
pub struct KnowledgeError {
    /// The file's path under `data/`, or the name of the caller's own list.
    pub file: String,
    /// The line, from 1; 0 where the error is the whole file's.
    pub line: usize,
    /// What is wrong there.
    pub problem: String,
}

impl Knowledge {
    /// The knowledge of the lists, compiled anew: for tests and builds; programs take `warraq-knowledge`'s.
    ///
    /// # Errors
    /// [`KnowledgeError`] where a data file is malformed; a test reads them all.
    pub fn built_in() -> Result<Self, KnowledgeError> {
        Self::with_lexicon(Lexicon::built_in()?)
    }

    /// The built-in knowledge with the names of `lexicon`.
    ///
    /// # Errors
    /// [`KnowledgeError`] where a data file is malformed; a test reads them all.
    pub fn with_lexicon(lexicon: Lexicon) -> Result<Self, KnowledgeError> {
        source::check_data()?;
        normalize::check_data()?;
        Ok(Self {
            lexicon,
            segment: segment::Rules::built_in()?,
            attribute: attribute::Rules::built_in()?,
            language: metadata::Languages::built_in()?,
            values: values::Rules::built_in()?,
            tagger: None,
        })
    }

    /// The same with what was learned.
    #[must_use]
    pub fn with_tagger(mut self, tagger: Tagger) -> Self {
        self.tagger = Some(tagger);
        self
    }
}
