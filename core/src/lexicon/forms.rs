//! Letters and small sets of words by which names are told from other words: `forms.tsv`.

use super::files::{data, for_names};
use crate::KnowledgeError;

macro_rules! kinds {
    ($($(#[$meta:meta])* $kind:ident)*) => {
        /// The forms of each kind, folded.
        #[derive(Debug, Default)]
        pub(crate) struct Forms { $($(#[$meta])* pub(crate) $kind: Vec<String>,)* }

        impl Forms {
            pub(super) fn built_in() -> Result<Self, KnowledgeError> {
                let mut forms = Self::default();
                for_names(&[data!("curated/forms.tsv")], &["written", "kind"], |row, name| {
                    let [_, kind] = row.fields()?;
                    match kind {
                        $(stringify!($kind) => forms.$kind.push(name.folded.to_owned()),)*
                        _ => return Err(row.error("the kind is none of those that the head of the file lists")),
                    }
                    Ok(())
                })?;
                Ok(forms)
            }
        }
    };
}

kinds! {
    /// Attached to offices.
    pronoun
    /// In the place of a complement.
    complement
    /// What nouns and verbs end in, and no unknown name.
    attached
    /// How plurals end with a pronoun.
    possessed
    /// Endings in which no name begins far behind an office.
    distant
    /// What verbs of the future begin with.
    future
    /// What verbs of the present begin with.
    verb
    /// What they stand before was spoken of and is no name.
    demonstrative
    /// How feminine nouns end.
    feminine
    /// How masculine plurals, and tens, end.
    plural
    /// How relative adjectives end.
    relative
    /// With a `clause_ending` a verb with a pronoun or in the plural.
    clause_beginning
    clause_ending
    /// How participles begin that end in ha.
    participle
    /// Masculine, without the article.
    ordinal
}

impl Forms {
    /// Whether a word without its article looks like a relative adjective.
    pub(crate) fn is_relative(&self, stem: &str) -> bool {
        let before = |ending: &String| stem.strip_suffix(ending.as_str()).map(|rest| rest.chars().count());
        self.relative.iter().filter_map(before).any(|letters| letters > 2)
    }

    /// Whether an indefinite word looks like a verb with a pronoun: `يمتلكه`.
    pub(crate) fn is_clause(&self, word: &str) -> bool {
        begins_in(word, &self.clause_beginning) && ends_in(word, &self.clause_ending)
    }
}

/// Whether `word` begins with one of `forms`.
pub(crate) fn begins_in(word: &str, forms: &[String]) -> bool {
    forms.iter().any(|form| word.starts_with(form.as_str()))
}

/// Whether `word` ends in one of `forms`.
pub(crate) fn ends_in(word: &str, forms: &[String]) -> bool {
    forms.iter().any(|form| word.ends_with(form.as_str()))
}

/// Whether `word` is one of `forms`.
pub(crate) fn is_one_of(word: &str, forms: &[String]) -> bool {
    forms.iter().any(|form| form == word)
}
