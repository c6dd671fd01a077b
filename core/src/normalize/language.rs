//! Which letters that look like Arabic ones stand in words of another language.
//!
//! `ی` and `ک` themselves say nothing: whoever writes Arabic on a Persian keyboard has them throughout.
//! What says something are letters that Arabic lacks and non-joiners on one side, the article, ta marbuta
//! and a hamza on or under a first alef on the other.

use std::ops::Range;

use super::characters::{CharacterPass, SORANI_HA, is_in_word, is_joiner};
use super::choice::Passages;
use super::tables::{TABLES, is_alef, is_foreign_letter, is_mark};
use super::whitespace::ends_line;

/// What a word or a passage shows to be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Language {
    Arabic,
    /// Another language that is written in the Arabic script.
    Other,
    #[default]
    Unknown,
}

/// It may become an alef.
const DAGGER_ALEF: char = '\u{670}';

/// So many words of Arabic hardly ever stand together without one that shows to be Arabic.
const MANY_WORDS: usize = 8;

/// A text that is read from its beginning to its end, with what was found of the word and the passage at hand.
#[derive(Debug, Default)]
pub(super) struct Reading {
    word: Range<usize>,
    word_shows: Language,
    passage: Range<usize>,
    passage_shows: Language,
    next: Next,
    next_letter: Next,
    /// What a combining hamza sits on, and where that hamza ends.
    base: Option<(usize, Option<char>)>,
}

/// The next character of its kind, for all places of a range: it is looked for once.
#[derive(Debug, Default)]
struct Next {
    from: Range<usize>,
    character: Option<char>,
}

impl Next {
    fn of(
        &mut self,
        pass: &CharacterPass,
        text: &str,
        from: usize,
        is: impl Fn(char) -> bool,
    ) -> Option<char> {
        if !self.from.contains(&from) {
            let mut kept = pass.kept(text, from);
            self.character = kept.find(|&c| is(c));
            self.from = from..kept.at() + 1 - self.character.map_or(0, char::len_utf8);
        }
        self.character
    }
}

impl Reading {
    /// What the combining hamza at `hamza` sits on, which `find` looks for unless nothing but what `is_passed` stands
    /// between it and the hamza before: of many in a row one looks.
    pub(super) fn base(
        &mut self,
        text: &str,
        hamza: Range<usize>,
        is_passed: impl Fn(char) -> bool,
        find: impl FnOnce() -> Option<char>,
    ) -> Option<char> {
        let between = |until| text.get(until..hamza.start).is_some_and(|gap| gap.chars().all(is_passed));
        let base = match self.base {
            Some((until, base)) if between(until) => base,
            _ => find(),
        };
        self.base = Some((hamza.end, base));
        base
    }

    /// The next character from `from` on that stays.
    pub(super) fn next(&mut self, pass: &CharacterPass, text: &str, from: usize) -> Option<char> {
        self.next.of(pass, text, from, |_| true)
    }

    /// The same of those that are no marks.
    pub(super) fn next_letter(&mut self, pass: &CharacterPass, text: &str, from: usize) -> Option<char> {
        self.next_letter.of(pass, text, from, |c| !is_mark(c))
    }

    /// The language of the word around `at`, by itself or else by its passage.
    ///
    /// `pass` may change any word, but never what speaks for another language in one that it leaves, nor does
    /// it make a word look more Arabic; so a second pass finds the same.
    pub(super) fn language(
        &mut self,
        pass: &CharacterPass,
        text: &str,
        at: usize,
        passages: Passages,
    ) -> Language {
        let belongs = |c: char| is_in_word(c) || pass.is_gone(c);
        if !self.word.contains(&at) {
            self.word = around(text, at, |_, c| !belongs(c));
            self.word_shows = word_shows(pass, text, self.word.clone());
        }
        if self.word_shows == Language::Other {
            return Language::Other;
        }
        if !self.passage.contains(&at) {
            self.passage = around(text, at, |at, c| divides(pass, text, at, c, passages));
            self.passage_shows = passage_shows(pass, text, self.passage.clone());
        }
        self.passage_shows
    }
}

/// The stretch of `text` around `at` in which no character is an edge.
fn around(text: &str, at: usize, is_edge: impl Fn(usize, char) -> bool) -> Range<usize> {
    let before = text.get(..at).unwrap_or_default();
    let begin = before
        .char_indices()
        .rev()
        .take_while(|&(at, c)| !is_edge(at, c))
        .last()
        .map_or(at, |(begin, _)| begin);
    let behind = text.get(at..).unwrap_or_default();
    let end = behind
        .char_indices()
        .find(|&(index, c)| is_edge(at + index, c))
        .map_or(text.len(), |(end, _)| at + end);
    begin..end
}

/// Whether the character at `at` stands between two passages: a quotation mark, or an end of lines that stays one.
fn divides(pass: &CharacterPass, text: &str, at: usize, c: char, passages: Passages) -> bool {
    if ends_line(c) {
        return match passages {
            Passages::Lines => true,
            Passages::Paragraphs => is_blank_line(pass, text, at),
            Passages::Whole => false,
        };
    }
    // No quotation mark is among the letters.
    !('\u{BC}'..'\u{2018}').contains(&c) && TABLES.quotes.iter().any(|mark| mark.character == c)
}

/// Whether the line end at `at` is one of two or more with nothing but white space between.
fn is_blank_line(pass: &CharacterPass, text: &str, at: usize) -> bool {
    let white = around(text, at, |_, c| !(c.is_whitespace() || pass.goes_alone(c)));
    let mut ends = 0;
    let mut last = None;
    for c in text.get(white).unwrap_or_default().chars().filter(|&c| !pass.goes_alone(c)) {
        ends += usize::from(ends_line(c) && !(c == '\n' && last == Some('\r')));
        last = Some(c);
    }
    ends > 1
}

fn passage_shows(pass: &CharacterPass, text: &str, passage: Range<usize>) -> Language {
    let (mut words, mut arabic, mut other) = (0_usize, 0_usize, 0_usize);
    let mut at = passage.start;
    while at < passage.end {
        let rest = text.get(at..passage.end).unwrap_or_default();
        let length = rest.find(|c: char| !(is_in_word(c) || pass.is_gone(c))).unwrap_or(rest.len());
        let word = at..at + length;
        if text.get(word.clone()).unwrap_or_default().chars().any(|c| is_script_letter(c) && !pass.is_gone(c))
        {
            words += 1;
            match word_shows(pass, text, word) {
                Language::Arabic => arabic += 1,
                Language::Other => other += 1,
                Language::Unknown => {}
            }
        }
        at += length + rest.get(length..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    }
    if other > arabic || arabic == 0 && words >= MANY_WORDS {
        Language::Other
    } else if arabic > 0 {
        Language::Arabic
    } else {
        Language::Unknown
    }
}

fn word_shows(pass: &CharacterPass, text: &str, word: Range<usize>) -> Language {
    let Some(letters) = text.get(word.clone()) else { return Language::Unknown };
    if letters.chars().any(is_foreign_letter) || holds_non_joiner(pass, text, word) {
        return Language::Other;
    }
    // Hamza alone may go, which must not make an article.
    let mut kept = letters.chars().filter(|&c| {
        !pass.is_gone(c)
            && !is_joiner(c)
            && (!is_mark(c) || c == DAGGER_ALEF)
            && TABLES.hamza_alone.iter().all(|hamza| hamza.from != c)
    });
    let first = kept.clone().next();
    // A dagger alef behind it may go.
    let last = kept.clone().rfind(|&c| c != DAGGER_ALEF);
    if matches!(first, Some('أ' | 'إ')) || last == Some('ة') || has_article(&mut kept) {
        Language::Arabic
    } else {
        Language::Unknown
    }
}

/// Whether a word of these letters has the article. A letter that is written twice or more counts once: it may be
/// shortened.
fn has_article(letters: &mut impl Iterator<Item = char>) -> bool {
    let mut last = None;
    let mut once = letters
        .map(|c| if is_alef(c) || c == DAGGER_ALEF { 'ا' } else { c })
        .filter(|&c| last.replace(c) != Some(c));
    once.next() == Some('ا') && once.next() == Some('ل') && once.nth(1).is_some()
}

/// Whether a non-joiner stands in the word where no word of Arabic has one and where it will stay.
fn holds_non_joiner(pass: &CharacterPass, text: &str, word: Range<usize>) -> bool {
    let is_letter = |c: char| is_script_letter(c) && !pass.is_gone(c);
    let letters = text.get(word.clone()).unwrap_or_default();
    pass.keeps_non_joiners()
        && letters.char_indices().filter(|&(_, c)| c == '\u{200C}').any(|(index, c)| {
            let at = word.start + index;
            let before = text.get(..at).unwrap_or_default().chars().rev().find(|&c| !is_mark(c));
            before == Some(SORANI_HA)
                || before.is_some_and(is_letter)
                    && pass.kept(text, at + c.len_utf8()).find(|&c| !is_mark(c)).is_some_and(is_letter)
        })
}

/// Whether `c` is a letter of the Arabic script.
fn is_script_letter(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{8FF}') && c.is_alphabetic() && !is_mark(c)
}
