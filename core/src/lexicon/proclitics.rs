//! What is written together with a name before it.

use super::files::data;
use super::table::Table;
use crate::sieve::Letters;
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
    pub(crate) const fn len(self) -> usize {
        const LAM: usize = 'ل'.len_utf8();
        match self {
            Self::None => 0,
            Self::Full => 'ا'.len_utf8() + LAM,
            Self::Assimilated => LAM,
        }
    }
}

/// The proclitics, folded, each with the article that it ends in: a tree of their letters, since most words
/// part from all of them at the first one.
#[derive(Debug, Default)]
pub(crate) struct Proclitics {
    /// The first is the root.
    nodes: Vec<Node>,
    /// In letters.
    longest: usize,
}

/// What has been read of a proclitic.
#[derive(Debug, Default)]
struct Node {
    /// Where it may end here, with its article and weight.
    known: Option<(Article, f32)>,
    after: Vec<(char, usize)>,
    /// Those of `after`: most words go on with another one.
    letters: Letters,
}

impl Node {
    fn after(&self, letter: char) -> Option<usize> {
        self.after.iter().find(|&&(next, _)| next == letter).map(|&(_, node)| node)
    }
}

impl Proclitics {
    /// The list that is compiled in.
    pub(crate) fn built_in() -> Result<Self, KnowledgeError> {
        let (file, content) = data!("curated/proclitics.tsv");
        Self::parse(file, content)
    }

    fn parse(file: &str, content: &str) -> Result<Self, KnowledgeError> {
        // No letters at all are none.
        let root = Node { known: Some((Article::None, 0.0)), ..Node::default() };
        let mut proclitics = Self { nodes: vec![root], longest: 0 };
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
            proclitics.add(&folded, (article, row.parse(weight, "a weight")?));
        }
        Ok(proclitics)
    }

    fn add(&mut self, written: &str, known: (Article, f32)) {
        let mut at = 0;
        for (begin, letter) in written.char_indices() {
            let next = self.nodes.get(at).and_then(|node| node.after(letter)).unwrap_or(self.nodes.len());
            if next == self.nodes.len() {
                self.nodes.push(Node::default());
                if let Some(node) = self.nodes.get_mut(at) {
                    node.after.push((letter, next));
                    node.letters.add(written.get(begin..).unwrap_or_default());
                }
            }
            at = next;
        }
        if let Some(node) = self.nodes.get_mut(at) {
            node.known = Some(known);
        }
        self.longest = self.longest.max(written.chars().count());
    }

    /// What `written` is as a proclitic.
    fn known(&self, written: &str) -> Option<(Article, f32)> {
        let end = written.chars().try_fold(0, |at, letter| self.nodes.get(at)?.after(letter))?;
        self.nodes.get(end)?.known
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
        self.known(written).map(|(article, _)| (written, article))
    }

    /// What `written`, a proclitic, says of the name after it.
    pub(super) fn weight(&self, written: &str) -> f32 {
        self.known(written).map_or(0.0, |(_, weight)| weight)
    }

    /// `word` without each proclitic that it might begin with, itself first.
    pub(super) fn strip<'t>(&self, word: &'t str) -> impl Iterator<Item = &'t str> {
        // The article stays with the word, as the lists write it.
        self.beginnings(word)
            .filter(|&(article, rest)| article != Article::Full && !rest.is_empty())
            .map(|(_, rest)| rest)
    }

    /// `word` without each proclitic that it might begin with, itself first: the article is taken off too,
    /// for lists that write their words without it.
    pub(crate) fn stems<'t>(&self, word: &'t str) -> impl Iterator<Item = &'t str> {
        self.beginnings(word).map(|(_, rest)| rest)
    }

    /// `word` without its article, where that is all that stands before it.
    pub(crate) fn without_article<'t>(&self, word: &'t str) -> Option<&'t str> {
        self.beginnings(word)
            .find(|(article, rest)| *article == Article::Full && rest.len() + article.len() == word.len())
            .map(|(_, rest)| rest)
    }

    /// Whether `word` begins with the article, behind other proclitics or not.
    pub(crate) fn has_article(&self, word: &str) -> bool {
        self.beginnings(word).any(|(article, _)| article != Article::None)
    }

    /// Whether `word` is a proclitic and nothing else: what it belongs to stands apart, as in quotation marks.
    pub(crate) fn is_one(&self, word: &str) -> bool {
        !word.is_empty() && self.known(word).is_some()
    }

    /// The proclitics, none among them, that `word` begins with: the article in each, and the rest of the word.
    pub(crate) fn beginnings<'t>(&self, word: &'t str) -> impl Iterator<Item = (Article, &'t str)> {
        let mut node = self.nodes.first();
        let mut letters = word.chars();
        std::iter::from_fn(move || {
            while let Some(here) = node {
                let rest = letters.as_str();
                let goes_on = here.letters.may_begin(rest);
                let letter = if goes_on { letters.next() } else { None };
                node = letter.and_then(|letter| self.nodes.get(here.after(letter)?));
                if let Some((article, _)) = here.known {
                    return Some((article, rest));
                }
            }
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_lose_the_article_too() {
        let proclitics = Proclitics::built_in().unwrap();
        let stems = |word: &'static str| proclitics.stems(word).collect::<Vec<_>>();
        assert_eq!(stems("وبالكتاب"), ["وبالكتاب", "بالكتاب", "الكتاب", "كتاب"]);
        assert_eq!(stems("للكتاب"), ["للكتاب", "لكتاب", "كتاب"]);
        assert_eq!(stems("شجره"), ["شجره"]);
        assert_eq!(proclitics.strip("الكتاب").collect::<Vec<_>>(), ["الكتاب"]);
    }

    #[test]
    fn the_article_is_told_from_what_stands_before_it() {
        let proclitics = Proclitics::built_in().unwrap();
        assert_eq!(proclitics.without_article("الكتاب"), Some("كتاب"));
        assert_eq!(proclitics.without_article("بالكتاب"), None);
        assert_eq!(proclitics.without_article("كتاب"), None);
        for (word, article) in [("والكتاب", true), ("فللكتاب", true), ("وكتاب", false), ("كتاب", false)]
        {
            assert_eq!(proclitics.has_article(word), article, "{word}");
        }
        assert!(proclitics.is_one("وبال") && !proclitics.is_one("") && !proclitics.is_one("س"));
    }
}
