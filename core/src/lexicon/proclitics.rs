//! What is written together with a name before it.

use super::files::data;
use super::is_arabic;
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
    /// Whether the article is one of them with nothing before it.
    has_article_alone: bool,
}

/// The whole article.
const ARTICLE: &str = "ال";

/// What has been read of a proclitic.
#[derive(Debug)]
struct Node {
    /// The last letter: all are of Arabic, which have two bytes, and no two of them the same lower six bits in the second.
    letter: [u8; LETTER],
    /// Where it may end here, with its article and weight.
    known: Option<(Article, f32)>,
    /// By those six bits the node of the next letter; the root is none.
    after: [u8; 64],
}

/// How many bytes a letter has.
const LETTER: usize = 2;

impl Node {
    const fn new(letter: [u8; LETTER]) -> Self {
        Self { letter, known: None, after: [0; 64] }
    }

    fn slot([_, last]: [u8; LETTER]) -> usize {
        usize::from(last % 64)
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
        let root = Node { known: Some((Article::None, 0.0)), ..Node::new([u8::MAX; LETTER]) };
        let mut proclitics = Self { nodes: vec![root], ..Self::default() };
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
            if !is_arabic(&folded) {
                return Err(row.error("the proclitic has others than letters of Arabic"));
            }
            let known = (article, row.parse(weight, "a weight")?);
            proclitics.add(&folded, known).ok_or_else(|| row.error("there are too many proclitics"))?;
        }
        Ok(proclitics)
    }

    /// `None` where there are too many.
    fn add(&mut self, written: &str, known: (Article, f32)) -> Option<()> {
        let mut at = 0;
        for &letter in written.as_bytes().as_chunks().0 {
            let count = self.nodes.len();
            let next = self.nodes.get_mut(at)?.after.get_mut(Node::slot(letter))?;
            if *next == 0 {
                *next = u8::try_from(count).ok()?;
                at = count;
                self.nodes.push(Node::new(letter));
            } else {
                at = usize::from(*next);
            }
        }
        self.nodes.get_mut(at)?.known = Some(known);
        self.longest = self.longest.max(written.chars().count());
        self.has_article_alone |= written == ARTICLE && known.0 == Article::Full;
        Some(())
    }

    /// What is read with one letter more, and what is left of `letters` behind it.
    #[inline]
    fn after<'t>(&self, node: &Node, letters: &'t str) -> Option<(&Node, &'t str)> {
        let letter = *letters.as_bytes().first_chunk()?;
        let next = self.nodes.get(usize::from(*node.after.get(Node::slot(letter))?))?;
        if next.letter == letter { Some((next, letters.get(LETTER..)?)) } else { None }
    }

    /// What `written` is as a proclitic.
    fn known(&self, written: &str) -> Option<(Article, f32)> {
        let (mut node, mut left) = (self.nodes.first()?, written);
        while !left.is_empty() {
            (node, left) = self.after(node, left)?;
        }
        node.known
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
        if self.has_article_alone { word.strip_prefix(ARTICLE) } else { None }
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
        let mut read = self.nodes.first().map(|root| (root, word));
        std::iter::from_fn(move || {
            loop {
                let (node, rest) = read?;
                read = self.after(node, rest);
                if let Some((article, _)) = node.known {
                    return Some((article, rest));
                }
            }
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
    fn what_is_no_letter_of_arabic_is_reported() {
        let parse = |written: &str| {
            Proclitics::parse("x.tsv", &format!("written\tarticle\tweight\n{written}\tnone\t0\n")).map(|_| ())
        };
        assert!(parse("و").is_ok());
        assert!(parse("وa").is_err_and(|error| error.problem.contains("letters of Arabic")));
    }

    #[test]
    fn other_letters_begin_with_no_proclitic() {
        let proclitics = Proclitics::built_in().unwrap();
        // Of two bytes that end as waw's do, of three, of one.
        for word in ["\u{148}ال", "€", "w", "", "\0\0"] {
            assert_eq!(proclitics.stems(word).collect::<Vec<_>>(), [word]);
        }
        assert_eq!(proclitics.stems("وéال").collect::<Vec<_>>(), ["وéال", "éال"]);
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
