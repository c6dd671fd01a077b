//! Words of running text, their folded form, and what hurried writing drops of them.

use std::ops::Range;

use super::super::characters::CharacterPass;
use super::super::choice::Passages;
use super::super::language::{Language, Reading};
use super::super::tables::{is_letter_or_mark, is_mark};
use super::super::whitespace::ends_line;

/// What stands for tokens that are no Arabic words, and for the ends of a line, where neighbours are looked at.
pub(super) const END: &str = "$";
const NUMBER: &str = "#";
const OTHER_SCRIPT: &str = "@";
const MARK: &str = ".";
/// Marks that stand for themselves.
const KEPT_MARKS: &str = ".,،؛:؟!()\"«»";
/// A word with one of these beside it is a name of the web.
const WEB_MARKS: [char; 3] = ['#', '@', '_'];

/// Letters are of two bytes, all of them.
pub(super) const LETTER: usize = 2;

/// A kind of letter that hurried writing drops something of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Hamza, madda or wasla of an alef.
    Hamza,
    /// The dots of a last ya.
    Ya,
    /// The dots of ta marbuta.
    Ta,
}

/// Whether Arabic words are made of it.
const fn is_letter(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' | '\u{671}')
}

/// Whether it is no part of a word's spelling here: harakat, Quranic marks, tatweel, invisible characters.
const fn is_passed(c: char) -> bool {
    matches!(
        c,
        '\u{610}'..='\u{61A}'
            | '\u{64B}'..='\u{65F}'
            | '\u{670}'
            | '\u{6D6}'..='\u{6ED}'
            | '\u{640}'
            | '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

const fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

/// The letter without its hamza, madda or wasla; at a word's end also without its dots.
const fn dropped(letter: char, is_last: bool) -> char {
    match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ي' if is_last => 'ى',
        'ة' if is_last => 'ه',
        other => other,
    }
}

/// The word as the most hurried writer has it: the key under which its spellings meet. A letter alone drops nothing.
pub(super) fn folded(word: &str) -> impl Iterator<Item = char> {
    let mut letters = word.chars().peekable();
    let mut is_alone = true;
    std::iter::from_fn(move || {
        let letter = letters.next()?;
        let is_last = letters.peek().is_none();
        let is_whole = std::mem::take(&mut is_alone) && is_last;
        Some(if is_whole { letter } else { dropped(letter, is_last) })
    })
}

/// Whether `form` is the folded form of `word`.
pub(super) fn folds_to(word: &str, form: &str) -> bool {
    let last = word.len().saturating_sub(LETTER);
    let is_bare = |((at, letter), bare): ((usize, char), char)| {
        bare == if last == 0 { letter } else { dropped(letter, at == last) }
    };
    word.len() == form.len() && word.char_indices().zip(form.chars()).all(is_bare)
}

/// Where a spelling can lose something: the letter, and which kind of loss.
pub(super) fn places(spelling: &str) -> impl Iterator<Item = (usize, Kind)> {
    spelling.chars().zip(folded(spelling)).enumerate().filter_map(|(index, (letter, bare))| {
        let kind = match letter {
            _ if letter == bare => return None,
            'ي' => Kind::Ya,
            'ة' => Kind::Ta,
            _ => Kind::Hamza,
        };
        Some((index, kind))
    })
}

/// Whether `written` is `spelling`, or that with letters dropped and none put in.
pub(super) fn may_be(written: &str, spelling: &str) -> bool {
    if written == spelling {
        return true;
    }
    let mut written = written.chars();
    let matches = spelling
        .chars()
        .zip(folded(spelling))
        .all(|(whole, bare)| written.next().is_some_and(|letter| letter == whole || letter == bare));
    matches && written.next().is_none()
}

/// A word, a number or a mark of a text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Where it begins in the text.
    pub(super) begin: usize,
    sort: Sort,
}

#[derive(Clone, Debug)]
enum Sort {
    /// Stands for itself among the neighbours.
    Sign(&'static str),
    Word(Word),
}

/// An Arabic word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where its letters and its folded form are.
    letters: Range<usize>,
    form: Range<usize>,
    /// Whether a mark says that its last letter is no ya that has lost its dots.
    pub(super) ends_surely: bool,
    /// Whether it is part of an address or a tag.
    is_fixed: bool,
}

/// The tokens of a text, line by line.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    all: Vec<Token>,
    /// Where each line ends among the tokens.
    lines: Vec<usize>,
    /// The letters of the words, without marks.
    letters: String,
    /// Their folded forms.
    forms: String,
}

impl Tokens {
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let mut begin = 0;
        self.lines.iter().map(move |&end| {
            let tokens = self.all.get(begin..end).unwrap_or_default();
            begin = end;
            Line { text: self, tokens }
        })
    }
}

/// The tokens of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    text: &'t Tokens,
    tokens: &'t [Token],
}

impl<'t> Line<'t> {
    /// The words that can be changed: which token each is, where it begins in the text, and itself.
    pub(super) fn words(self) -> impl Iterator<Item = (usize, usize, &'t Word)> {
        self.tokens.iter().enumerate().filter_map(|(index, token)| match &token.sort {
            Sort::Word(word) if !word.is_fixed => Some((index, token.begin, word)),
            _ => None,
        })
    }

    /// The letters of a word as they are written, without marks.
    pub(super) fn letters(self, word: &Word) -> &'t str {
        self.text.letters.get(word.letters.clone()).unwrap_or_default()
    }

    /// The folded form of a word.
    pub(super) fn form_of(self, word: &Word) -> &'t str {
        self.text.forms.get(word.form.clone()).unwrap_or_default()
    }

    /// The folded form of a token, or the sign that stands for it; beyond the line its end.
    pub(super) fn form(self, index: Option<usize>) -> &'t str {
        match index.and_then(|index| self.tokens.get(index)).map(|token| &token.sort) {
            None => END,
            Some(Sort::Sign(sign)) => sign,
            Some(Sort::Word(word)) => self.form_of(word),
        }
    }
}

/// Judges languages without a step that takes characters away.
static IDLE: std::sync::LazyLock<CharacterPass> = std::sync::LazyLock::new(CharacterPass::idle);

/// The tokens of `text`.
pub(super) fn tokens(text: &str) -> Tokens {
    let mut reader =
        Reader { text, out: Tokens::default(), chunk: 0, is_web: false, line: 0, is_mixed: false };
    let mut characters = text.char_indices().peekable();
    while let Some((begin, c)) = characters.next() {
        if ends_line(c) {
            reader.end_line();
        } else if c.is_whitespace() {
            reader.end_chunk();
        } else if is_passed(c) {
        } else if is_letter(c) || c.is_alphabetic() {
            let rest = text.get(begin..).unwrap_or_default();
            let length = rest.find(|c: char| !(is_letter(c) || is_passed(c) || c.is_alphabetic()));
            let run = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
            reader.word(begin, run);
            while characters.next_if(|&(at, _)| at < begin + run.len()).is_some() {}
        } else if is_digit(c) {
            while characters.next_if(|&(_, c)| is_digit(c) || is_passed(c)).is_some() {}
            reader.sign(begin, NUMBER);
        } else {
            reader.is_web |= WEB_MARKS.contains(&c)
                || c == ':' && text.get(begin..).is_some_and(|rest| rest.starts_with("://"));
            if c != '_' {
                reader.mark(begin, c);
            }
        }
    }
    reader.end_line();
    reader.out
}

struct Reader<'t> {
    text: &'t str,
    out: Tokens,
    /// The first token since white space, and whether something there shows an address or a tag.
    chunk: usize,
    is_web: bool,
    /// The first token of the line, and whether it has letters of the script that Arabic lacks.
    line: usize,
    is_mixed: bool,
}

impl Reader<'_> {
    fn sign(&mut self, begin: usize, sign: &'static str) {
        self.out.all.push(Token { begin, sort: Sort::Sign(sign) });
    }

    fn mark(&mut self, begin: usize, mark: char) {
        let at = KEPT_MARKS.find(mark);
        let kept = at.and_then(|at| KEPT_MARKS.get(at..at + mark.len_utf8()));
        self.sign(begin, kept.unwrap_or(MARK));
    }

    /// A run of letters and marks.
    fn word(&mut self, begin: usize, run: &str) {
        let (letters_at, forms_at) = (self.out.letters.len(), self.out.forms.len());
        let mut ends_surely = false;
        // A mark that only goes with the last letter as it is can stand before it too.
        let mut says = false;
        let mut is_arabic = true;
        for c in run.chars() {
            match c {
                '\u{64B}' | '\u{670}' => {
                    says = true;
                    ends_surely = true;
                }
                '\u{653}'..='\u{655}'
                    if self.out.letters.get(letters_at..).unwrap_or_default().ends_with('ا') =>
                {
                    self.out.letters.pop();
                    self.out.letters.push(match c {
                        '\u{653}' => 'آ',
                        '\u{654}' => 'أ',
                        _ => 'إ',
                    });
                }
                _ if is_letter(c) => {
                    self.out.letters.push(c);
                    ends_surely = std::mem::take(&mut says);
                }
                _ if is_passed(c) => {}
                _ => {
                    is_arabic = false;
                    self.is_mixed |=
                        matches!(c, '\u{620}'..='\u{8FF}') && is_letter_or_mark(c) && !is_mark(c);
                }
            }
        }
        if !is_arabic {
            self.out.letters.truncate(letters_at);
            self.sign(begin, OTHER_SCRIPT);
            return;
        }
        let Tokens { letters, forms, .. } = &mut self.out;
        ends_surely &= letters.ends_with('ى');
        forms.extend(folded(letters.get(letters_at..).unwrap_or_default()));
        let word = Word {
            letters: letters_at..letters.len(),
            form: forms_at..forms.len(),
            ends_surely,
            is_fixed: false,
        };
        self.out.all.push(Token { begin, sort: Sort::Word(word) });
    }

    fn end_chunk(&mut self) {
        if std::mem::take(&mut self.is_web) {
            for token in self.out.all.get_mut(self.chunk..).unwrap_or_default() {
                if let Sort::Word(word) = &mut token.sort {
                    word.is_fixed = true;
                }
            }
        }
        self.chunk = self.out.all.len();
    }

    /// Ends a line: what of it is in another language is no word here.
    fn end_line(&mut self) {
        self.end_chunk();
        if std::mem::take(&mut self.is_mixed) {
            let mut reading = Reading::default();
            for token in self.out.all.get_mut(self.line..).unwrap_or_default() {
                if matches!(token.sort, Sort::Word(_))
                    && reading.language(&IDLE, self.text, token.begin, Passages::Lines) == Language::Other
                {
                    token.sort = Sort::Sign(OTHER_SCRIPT);
                }
            }
        }
        if self.line < self.out.all.len() {
            self.line = self.out.all.len();
            self.out.lines.push(self.line);
        }
    }
}

/// Where in the text the letters of the word at `begin` are, marks passed over.
pub(super) fn letters_at(text: &str, begin: usize) -> impl Iterator<Item = usize> {
    let rest = text.get(begin..).unwrap_or_default();
    rest.char_indices().filter(|&(_, c)| !is_passed(c)).map(move |(at, _)| begin + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(word: &str) -> String {
        folded(word).collect()
    }

    #[test]
    fn a_folded_word_has_lost_what_can_be_lost() {
        for (word, form) in [
            ("إلى", "الى"),
            ("علي", "على"),
            ("آلة", "اله"),
            ("أ", "أ"),
            ("مسؤول", "مسؤول"),
            ("ٱلباب", "الباب"),
        ] {
            assert_eq!(fold(word), form);
            assert!(folds_to(word, form) && !folds_to(form, "الم"));
        }
    }

    #[test]
    fn damage_takes_away_and_puts_nothing_in() {
        for (written, spelling) in [("الى", "إلى"), ("الأمنيه", "الأمنية"), ("إلى", "إلى")]
        {
            assert!(may_be(written, spelling), "{written}");
        }
        for (written, spelling) in
            [("أن", "إن"), ("إلى", "الى"), ("علي", "على"), ("ان", "أنه"), ("أنه", "أن")]
        {
            assert!(!may_be(written, spelling), "{written}");
        }
        let found: Vec<_> = places("إذاعي").collect();
        assert_eq!(found, [(0, Kind::Hamza), (4, Kind::Ya)]);
    }

    fn forms(text: &str) -> Vec<Vec<String>> {
        tokens(text)
            .lines()
            .map(|line| (0..line.tokens.len()).map(|index| line.form(Some(index)).to_owned()).collect())
            .collect()
    }

    #[test]
    fn tokens_are_words_without_marks_and_signs_for_the_rest() {
        assert_eq!(
            forms("قالَ: «إنّ 12 BBC» ـ؟\n\nنعم_لا"),
            [vec!["قال", ":", "«", "ان", "#", "@", "»", "؟"], vec!["نعم", "لا"]]
        );
        assert_eq!(forms("او به خانه رفت و گفت"), [["@"; 6]]);
        assert_eq!(forms("مصنع پارس في المدينة"), [["مصنع", "@", "فى", "المدينه"]]);
    }

    #[test]
    fn words_of_the_web_are_not_changed() {
        let words = |text: &str| {
            let tokens = tokens(text);
            let words: Vec<String> = tokens
                .lines()
                .flat_map(|line| line.words().map(move |(_, _, word)| line.letters(word).to_owned()))
                .collect();
            words
        };
        assert_eq!(words("قال #الى_المدرسه و http://x.y/الى (@الاسد) الى"), ["قال", "و", "الى"]);
    }

    #[test]
    fn marks_say_what_a_last_letter_is() {
        for (text, ends_surely) in [("هدًى", true), ("موسىٰ", true), ("جدًّا", false), ("فَى", false)]
        {
            let tokens = tokens(text);
            let line = tokens.lines().next().unwrap();
            assert_eq!(line.words().next().unwrap().2.ends_surely, ends_surely, "{text}");
        }
        let tokens = tokens("ا\u{654}حمد");
        let line = tokens.lines().next().unwrap();
        assert_eq!(line.letters(line.words().next().unwrap().2), "أحمد");
    }
}
