//! The words of the folded text, with what parts them: what chains of words are looked for in.

use foldhash::fast::RandomState;

use crate::guide::Guide;
use crate::lexicon::{Place, WordFacts, word_length};
use crate::maps::TextMap;
use crate::{Document, Knowledge, Span};

/// A word of the folded text: letters, digits and their marks.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// In bytes of the folded text.
    pub(crate) begin: u32,
    pub(crate) end: u32,
    /// What stands between this word and the one before.
    pub(crate) gap: Gap,
    /// What the built-in lists say of it, proclitics and all: asked for once, since all chains that it might
    /// belong to want to know.
    pub(crate) facts: WordFacts,
    /// Whether it announces speech.
    pub(crate) speaks: bool,
    /// Whether it is a class noun, with what is written together with it.
    pub(crate) heads: bool,
    /// Whether it is a word like any other, without `و`: no name begins in it that nothing announces.
    pub(crate) plain: bool,
    /// Whether it is written as the preposition that folding makes a name (`على`, `وعلى`).
    pub(crate) preposition: bool,
    /// The first word with the same letters, by its place in the list: itself where none is before it.
    pub(crate) first: u32,
}

/// What parts two words, the strongest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Blanks alone, at least one.
    Blank,
    /// A hyphen without blanks.
    Hyphen,
    /// An opening quotation mark or bracket, with or without blanks.
    Opening,
    /// Anything else that stands on a line.
    Punctuation,
    /// The end of a block, or the beginning of the text. Where a block was wrapped at a line's end, that is a blank.
    Break,
}

/// The words of a document, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    list: Vec<Word>,
    /// To them, by where they begin.
    guide: Guide,
    /// Whether one is written as the preposition ([`Word::preposition`]).
    pub(crate) has_preposition: bool,
}

const OPENING: [char; 7] = ['"', '“', '«', '(', '[', '„', '‹'];
pub(crate) const AND: char = 'و';
pub(crate) const ABD: &str = "عبد";
/// `على`, folded.
pub(crate) const PREPOSITION: &str = "علي";
const MAKSURA: char = 'ى';

impl Words {
    /// The words of `document`'s folded text.
    pub(crate) fn of(document: &Document<'_>) -> Self {
        let mut list = divided(document);
        let folded = &document.folded().text;
        // Many words stand more than once: what depends on the letters alone is asked for once.
        let mut firsts = TextMap::with_capacity_and_hasher(list.len(), RandomState::default());
        let mut different = Vec::with_capacity(list.len());
        for (word, index) in list.iter_mut().zip(0..) {
            let letters = word.text_in(folded);
            word.first = *firsts.entry(letters).or_insert(index);
            if word.first == index {
                different.push((index as usize, letters));
            }
        }
        let Knowledge { lexicon, segment, .. } = document.knowledge();
        let facts = lexicon.words().facts_of(different.iter().map(|(_, letters)| *letters));
        for ((index, letters), facts) in different.into_iter().zip(facts) {
            if let Some(word) = list.get_mut(index) {
                word.facts = facts;
                word.speaks = segment.announces_speech(letters);
                word.heads = lexicon.heads().of_word(letters).is_some();
                word.plain = facts.is_plain() && letters != ABD && !letters.starts_with(AND);
                word.preposition = letters.strip_prefix(AND).unwrap_or(letters) == PREPOSITION;
            }
        }
        let mut has_preposition = false;
        for index in 0..list.len() {
            let Some(Word { first, .. }) = list.get(index).filter(|word| word.first as usize != index) else {
                continue;
            };
            let first = list.get(*first as usize).copied();
            if let (Some(word), Some(first)) = (list.get_mut(index), first) {
                *word = Word { begin: word.begin, end: word.end, gap: word.gap, ..first };
            }
        }
        for word in list.iter_mut().filter(|word| word.preposition) {
            let source = document.source_span(word.begin as usize, word.end as usize);
            word.preposition = source.of(document.text()).ends_with(MAKSURA);
            has_preposition |= word.preposition;
        }
        let guide = Guide::to(list.iter().map(|word| word.begin));
        Self { list, guide, has_preposition }
    }

    /// All of them.
    pub(crate) fn list(&self) -> &[Word] {
        &self.list
    }

    /// As a lexicon is searched by them.
    pub(crate) fn places(&self) -> Vec<Place> {
        let place = |word: &Word| Place { begin: word.begin, end: word.end, first: word.first };
        self.list.iter().map(place).collect()
    }

    /// The index of the first word that does not begin before byte `at` of the folded text.
    pub(crate) fn first_from(&self, at: usize) -> usize {
        self.guide.before(&self.list, at, |word| (word.begin as usize) < at)
    }
}

/// The words of `document`'s folded text, of which only is known where they stand and what parts them.
fn divided(document: &Document<'_>) -> Vec<Word> {
    let text = document.folded().text.as_str();
    let word = |begin: usize, end: usize, gap| {
        // A document is shorter than 4 GiB, and so is what folding makes of it.
        let Span { begin, end } = Span::from_range(&(begin..end));
        Word {
            begin,
            end,
            gap,
            facts: WordFacts::default(),
            speaks: false,
            heads: false,
            plain: false,
            preposition: false,
            first: 0,
        }
    };
    let mut alignment = document.folded().alignment.walk();
    let mut blocks = document.blocks().iter().map(|block| alignment.output_of(block.span));
    let mut block = blocks.next();
    // Whether a line ends inside of a block; asked in the order of the text.
    let mut wraps = |at: usize| {
        while block.is_some_and(|block| block.range().end <= at) {
            block = blocks.next();
        }
        block.is_some_and(|block| block.range().contains(&at))
    };
    let mut list = Vec::with_capacity(text.len() / 10);
    let mut gap = Gap::Break;
    let mut blank = false;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        // Most words are parted by a blank alone.
        let length = if rest.starts_with(' ') { 0 } else { word_length(rest) };
        if length > 0 {
            list.push(word(at, at + length, gap));
            at += length;
            (gap, blank) = (Gap::Blank, false);
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        let next = match c {
            ' ' => Gap::Blank,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' if !wraps(at) => Gap::Break,
            '-' | '\u{2010}' | '\u{2011}' if gap == Gap::Blank && !blank => Gap::Hyphen,
            c if OPENING.contains(&c) => Gap::Opening,
            c if c.is_whitespace() => Gap::Blank,
            _ => Gap::Punctuation,
        };
        blank |= next == Gap::Blank;
        // A hyphen that a blank follows is a dash.
        gap = if gap == Gap::Hyphen && next == Gap::Blank { Gap::Punctuation } else { gap.max(next) };
        at += c.len_utf8();
    }
    list
}

impl Word {
    /// Its letters in the folded text.
    pub(crate) fn text<'d>(&self, document: &'d Document<'_>) -> &'d str {
        self.text_in(&document.folded().text)
    }

    /// The bytes of those, which are seen faster.
    pub(crate) fn bytes<'d>(&self, document: &'d Document<'_>) -> &'d [u8] {
        let folded = document.folded().text.as_bytes();
        folded.get(self.begin as usize..self.end as usize).unwrap_or_default()
    }

    /// Its letters for who asks them of many words.
    pub(crate) fn text_in<'t>(&self, folded: &'t str) -> &'t str {
        folded.get(self.begin as usize..self.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Knowledge;

    fn words(text: &str) -> Vec<(String, Gap)> {
        let knowledge = Knowledge::built_in().expect("the built-in lists");
        let document = Document::new(text, &knowledge).expect("short enough");
        Words::of(&document).list().iter().map(|word| (word.text(&document).to_owned(), word.gap)).collect()
    }

    #[test]
    fn words_know_what_parts_them() {
        use Gap::{Blank, Break, Hyphen, Opening, Punctuation};
        let gaps: Vec<Gap> =
            words("قال جان-بول، (أحمد) - خالد «سلمى» ثم").into_iter().map(|(_, gap)| gap).collect();
        assert_eq!(gaps, [Break, Blank, Hyphen, Punctuation, Punctuation, Opening, Punctuation]);
        assert!(words("").is_empty() && words(" \n. ").is_empty());
    }

    #[test]
    fn words_know_the_first_with_their_letters() {
        let knowledge = Knowledge::built_in().expect("the built-in lists");
        let document = Document::new("محمد قال وقال محمد: قال", &knowledge).expect("short enough");
        let words = Words::of(&document);
        let firsts: Vec<_> = words.list().iter().map(|word| word.first).collect();
        assert_eq!(firsts, [0, 1, 2, 0, 1]);
        let [first, .., again, last] = words.list() else { panic!("{words:?}") };
        assert_eq!((again.facts, last.speaks), (first.facts, true));
        assert!(first.facts.name.is_some() && !first.speaks);
    }
}
