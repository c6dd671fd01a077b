//! What is written together with a name before it.

use std::collections::HashMap;

use super::table::Table;
use crate::{KnowledgeError, normalize};

/// How a name's article stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Article {
    /// Not at all.
    None,
    /// Alef and lam.
    Full,
    /// Lam alone, after the preposition lam.
    Assimilated,
}

impl Article {
    /// How many bytes before the bare name the name begins.
    pub(super) const fn len(self) -> usize {
        const LAM: usize = 'ل'.len_utf8();
        match self {
            Self::None => 0,
            Self::Full => 'ا'.len_utf8() + LAM,
            Self::Assimilated => LAM,
        }
    }
}

/// The proclitics, folded, each with the article that it ends in.
pub(super) struct Proclitics {
    known: HashMap<String, (Article, f32)>,
    longest: usize,
}

impl Proclitics {
    pub(super) fn parse(file: &str, content: &str) -> Result<Self, KnowledgeError> {
        let mut known = HashMap::from([(String::new(), (Article::None, 0.0))]);
        for row in Table::parse(file, content, &["written", "article", "weight"])?.rows() {
            let [written, article, weight] = row.fields()?;
            let article = match article {
                "none" => Article::None,
                "full" => Article::Full,
                "assimilated" => Article::Assimilated,
                _ => return Err(row.error("the article is not none, full or assimilated")),
            };
            let folded = normalize::fold(written).text;
            if folded.len() <= article.len().saturating_sub(1) {
                return Err(row.error("the proclitic is too short for its article"));
            }
            known.insert(folded, (article, row.parse(weight, "a weight")?));
        }
        let longest = known.keys().map(|written| written.chars().count()).max().unwrap_or_default();
        Ok(Self { known, longest })
    }

    /// The letters between the word's beginning and `name`, where they are a proclitic.
    ///
    /// `folded` is the text up to the name. No more letters are looked at than the longest has, so
    /// that long words cost no more than short ones.
    pub(super) fn before<'t>(&self, folded: &'t str) -> Option<(&'t str, Article)> {
        let mut letters =
            folded.char_indices().rev().take(self.longest + 1).take_while(|&(_, c)| super::is_word_char(c));
        let begin = letters.by_ref().last().map_or(folded.len(), |(at, _)| at);
        let written = folded.get(begin..)?;
        self.known.get(written).map(|&(article, _)| (written, article))
    }

    /// What `written`, a proclitic, says of the name after it.
    pub(super) fn weight(&self, written: &str) -> f32 {
        self.known.get(written).map_or(0.0, |&(_, weight)| weight)
    }

    /// `word` without each proclitic that it might begin with, itself first.
    pub(super) fn strip<'t>(&self, word: &'t str) -> impl Iterator<Item = &'t str> {
        word.char_indices()
            .take(self.longest + 1)
            .filter_map(move |(at, _)| word.split_at_checked(at))
            .filter_map(|(written, rest)| {
                let (article, _) = self.known.get(written)?;
                // The article stays with the word, as the lists write it.
                (*article != Article::Full).then_some(rest)
            })
    }
}
