//! The words of the folded text that speak of numbers and times, with the digits and marks between them.

use std::ops::Range;

use serde::Deserialize;

use super::amounts::Measure;
use super::literals::Literal;
use super::numerals::NumberWord;
use super::time::said::{Direction, PartOfDay, Season, Stretch, Unit, Which};
use crate::lexicon::{is_word_char, months};
use crate::maps::Map;
use crate::segment::rules::read;
use crate::sieve::Sieve;
use crate::{KnowledgeError, normalize};

/// The words, from `data/values/` and the lists of months.
#[derive(Debug)]
pub(super) struct Table {
    /// Of the first word of a form, folded: the forms that begin so, the longest first.
    words: Map<Box<str>, Vec<KnownForm>>,
    classes: Classes,
    /// Most words of a text are none of them.
    sieve: Sieve,
}

/// The names of the classes.
#[derive(Debug, Default)]
struct Classes(Vec<Box<str>>);

impl Classes {
    /// The class of that name, a new one where there is none.
    fn of(&mut self, name: &str) -> Class {
        self.class(name).unwrap_or_else(|| {
            self.0.push(name.into());
            Class(u16::try_from(self.0.len() - 1).unwrap_or(u16::MAX))
        })
    }

    fn class(&self, name: &str) -> Option<Class> {
        let index = self.0.iter().position(|known| &**known == name)?;
        u16::try_from(index).ok().map(Class)
    }
}

/// A form whose first word is known.
#[derive(Debug)]
struct KnownForm {
    /// What stands behind that, folded.
    rest: Box<str>,
    meanings: Vec<Entry>,
}

/// A meaning of a form.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) sense: Sense,
    /// The form has the article.
    pub(super) article: bool,
    /// There are forms of it with the article and without.
    pub(super) may_have_article: bool,
    /// The form is written with the preposition lam in its article: `للعام`.
    lam: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sense {
    Number(NumberWord),
    /// A word of time: its class, and what it says.
    Word(Class, Says),
    /// A unit of measure, or a part of a currency.
    Measure(Measure),
}

/// A class of words, as the patterns name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class(u16);

/// What a word says of a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(clippy::struct_excessive_bools)]
pub(super) struct Says {
    pub(super) unit: Option<Unit>,
    pub(super) days: Option<i32>,
    pub(super) weekday: Option<u8>,
    pub(super) season: Option<Season>,
    pub(super) part: Option<PartOfDay>,
    pub(super) stretch: Option<Stretch>,
    pub(super) which: Option<Which>,
    pub(super) month: Option<u8>,
    pub(super) day: Option<u8>,
    pub(super) decade: Option<i32>,
    pub(super) quarter: Option<u8>,
    pub(super) half: Option<u8>,
    /// Which of several, -1 the last.
    pub(super) nth: Option<i8>,
    pub(super) direction: Option<Direction>,
    pub(super) offset: Option<i16>,
    pub(super) after_noon: Option<bool>,
    /// Of twenty-four, of a word for a time of day: الظهيرة.
    pub(super) hour: Option<u8>,
    pub(super) weekend: bool,
    pub(super) few: bool,
    pub(super) now: bool,
    pub(super) every: bool,
    pub(super) hijri: bool,
    pub(super) before_christ: bool,
    /// Of a month: its name is an ordinary word or a name of people too.
    #[serde(skip)]
    pub(super) common: bool,
}

/// `data/values/time.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TimeFile {
    word: Vec<WordRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordRow {
    is: String,
    #[serde(default)]
    says: Says,
    #[serde(default)]
    article: bool,
    forms: Vec<String>,
}

/// A form before it is folded.
pub(super) struct Form {
    pub(super) written: String,
    pub(super) sense: Sense,
    pub(super) article: bool,
}

pub(super) const ARTICLE: &str = "ال";

impl Class {
    pub(super) fn index(self) -> u16 {
        self.0
    }
}

impl Entry {
    pub(super) fn is(&self, class: Class) -> bool {
        matches!(self.sense, Sense::Word(known, _) if known == class)
    }

    /// Whether it is a name of the unit, in any number.
    pub(super) fn is_unit(&self, unit: Unit) -> bool {
        matches!(self.sense, Sense::Word(_, says) if says.unit == Some(unit))
    }

    /// Whether it is a month's name that is a word of its own too.
    pub(super) fn is_common_month(&self) -> bool {
        matches!(self.sense, Sense::Word(_, says) if says.month.is_some() && says.common)
    }
}

impl Table {
    /// The words that are compiled in.
    pub(super) fn built_in(measures: Vec<Form>) -> Result<Self, KnowledgeError> {
        let mut classes = Classes::default();
        let file: TimeFile = read("values/time.toml", include_str!("../../../data/values/time.toml"))?;
        let mut forms = super::numerals::forms()?;
        forms.extend(measures);
        for WordRow { is, says, article, forms: written } in file.word {
            let sense = Sense::Word(classes.of(&is), says);
            forms.extend(written.into_iter().map(|written| Form { written, sense, article }));
        }
        for month in months()? {
            let class = classes.of(if month.gregorian { "month" } else { "hijri-month" });
            let hijri = !month.gregorian;
            let says = Says { month: Some(month.number), common: month.common, hijri, ..Says::default() };
            let sense = Sense::Word(class, says);
            forms.push(Form { written: month.name, sense, article: false });
        }
        Ok(Self::of(forms, classes))
    }

    /// The class of that name.
    pub(super) fn class(&self, name: &str) -> Option<Class> {
        self.classes.class(name)
    }

    /// How many classes there are.
    pub(super) fn classes(&self) -> usize {
        self.classes.0.len()
    }

    fn of(forms: Vec<Form>, classes: Classes) -> Self {
        let written: Vec<&str> = forms.iter().map(|form| form.written.as_str()).collect();
        let folded = normalize::fold(&written.join("\n")).text;
        let mut words: Map<Box<str>, Vec<KnownForm>> = Map::default();
        for (folded, Form { sense, article, .. }) in folded.split('\n').zip(forms) {
            let mut add = |form: &str, with: bool, lam: bool| {
                let cut = form.find(|c: char| !is_word_char(c)).unwrap_or(form.len());
                let (first, rest) = form.split_at_checked(cut).unwrap_or((form, ""));
                let forms = words.entry(first.into()).or_default();
                let entry = Entry { sense, article: with, may_have_article: article, lam };
                match forms.iter_mut().find(|form| &*form.rest == rest) {
                    Some(form) => form.meanings.push(entry),
                    None => forms.push(KnownForm { rest: rest.into(), meanings: vec![entry] }),
                }
            };
            let bare = folded.strip_prefix(ARTICLE).filter(|_| !article);
            add(folded, bare.is_some(), false);
            if let Some(bare) = bare.or(article.then_some(folded)) {
                add(&format!("لل{bare}"), true, true);
            }
            if article {
                add(&format!("{ARTICLE}{folded}"), true, false);
            }
        }
        // The longest first, so that what is found first is the longest.
        for forms in words.values_mut() {
            forms.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
        }
        Self { sieve: Sieve::of(words.keys()), words, classes }
    }

    /// The longest form that begins with the word `word` of `text` and goes on at `end`: its entries, and where it ends.
    #[inline]
    fn find(&self, text: &str, word: &str, end: usize, joins: Joins<'_>) -> Option<(&[Entry], usize)> {
        if self.sieve.passes(word) { self.find_listed(text, word, end, joins) } else { None }
    }

    #[inline(never)]
    fn find_listed(&self, text: &str, word: &str, end: usize, joins: Joins<'_>) -> Option<(&[Entry], usize)> {
        let forms = self.words.get(word)?;
        forms.iter().find_map(|form| Some((form.meanings.as_slice(), behind(text, end, &form.rest, joins)?)))
    }
}

/// Where in `text` the `rest` of a form ends that goes on at `at`, a blank of it standing for any gap between words.
fn behind(text: &str, mut at: usize, rest: &str, joins: Joins<'_>) -> Option<usize> {
    if rest.is_empty() {
        return Some(at);
    }
    if !may_be_behind(text.as_bytes().get(at..)?, rest.as_bytes()) {
        return None;
    }
    let mut rest = rest;
    loop {
        let length = rest.bytes().take_while(|&byte| byte != b' ').count();
        let (part, more) = rest.split_at_checked(length)?;
        at += text.get(at..)?.starts_with(part).then_some(length)?;
        let Some(more) = more.strip_prefix(' ') else { break };
        rest = more;
        let gap = gap(text, at, joins);
        at += (gap > 0).then_some(gap)?;
    }
    (!text.get(at..)?.starts_with(is_word_char)).then_some(at)
}

/// Whether `text` may go on with the `rest` of a form: most do not, which the first letter of the next word shows.
fn may_be_behind(text: &[u8], rest: &[u8]) -> bool {
    match (text, rest) {
        // One blank, and behind it a letter of Arabic.
        ([b' ', first @ 0xD8..=0xDB, second, ..], [b' ', letter @ ..]) => {
            letter.len() < 2 || letter.starts_with(&[*first, *second])
        }
        ([first, ..], [b' ', ..]) => !is_no_gap(*first),
        _ => true,
    }
}

/// More blanks than this between two words, and they do not belong together.
const MOST_BLANKS: usize = 2;

pub(super) const BLANKS: [char; 5] = [' ', '\t', '\u{A0}', '\u{202F}', '\u{2009}'];

/// The bytes of the blanks that `text` begins with.
pub(super) fn blanks(text: &str) -> usize {
    text.chars().take(MOST_BLANKS).take_while(|c| BLANKS.contains(c)).map(char::len_utf8).sum()
}

/// Whether no word stands before `at` in its line.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    !before.chars().rev().take_while(|&c| c != '\n').any(is_word_char)
}

/// Whether no word stands behind `at` in its line.
pub(super) fn ends_line(text: &str, at: usize) -> bool {
    let behind = text.get(at..).unwrap_or_default();
    !behind.chars().take_while(|&c| c != '\n').any(is_word_char)
}

/// Whether the text goes on behind the end of a line.
pub(super) type Joins<'f> = &'f dyn Fn(usize) -> bool;

/// The bytes of the blanks at `at` of `text`, with the end of a line that goes on among them.
pub(super) fn gap(text: &str, at: usize, joins: Joins<'_>) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    // Most gaps are one blank.
    if let [b' ', next, ..] = rest.as_bytes()
        && is_no_gap(*next)
    {
        return 1;
    }
    let blank = blanks(rest);
    let line = rest.get(blank..).unwrap_or_default();
    let Some(next) = line.strip_prefix("\r\n").or_else(|| line.strip_prefix('\n')) else { return blank };
    let end = rest.len() - next.len();
    if joins(at + end - 1) { end + blanks(next) } else { blank }
}

/// Whether a character that begins with `byte` is no blank and ends no line.
const fn is_no_gap(byte: u8) -> bool {
    // Those of Arabic begin with 0xD8 to 0xDB.
    matches!(byte, b'!'..=b'~' | 0xD8..=0xDB)
}

/// A word that is known, a number in digits, or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'t> {
    /// Where its word begins, with what is written together with it.
    pub(super) word: usize,
    /// Where it begins without, in bytes of the folded text.
    pub(super) begin: usize,
    pub(super) end: usize,
    /// و stands before it, written together with it or apart.
    pub(super) conjunction: bool,
    /// ب، ل or ك is written together with it.
    pub(super) preposition: Option<char>,
    /// Nothing but blanks is between the item before and this one.
    pub(super) follows: bool,
    pub(super) what: What<'t>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum What<'t> {
    Words(&'t [Entry]),
    /// The index of a literal.
    Literal(usize),
    Mark(char),
}

impl<'t> Item<'t> {
    /// Whether nothing is written together with it, and it follows the item before.
    pub(super) fn is_bare(&self) -> bool {
        self.follows && !self.conjunction && self.preposition.is_none()
    }

    pub(super) fn entries(&self) -> &'t [Entry] {
        match self.what {
            What::Words(entries) => entries,
            _ => &[],
        }
    }
}

const MARKS: [char; 14] = ['/', '\\', '-', '–', '—', '(', ')', '[', ']', ',', '،', ':', '°', '+'];

/// Whether a byte is a blank or a sign that is no mark and begins no number (`-5`, `.77`).
fn is_plain_sign(byte: u8) -> bool {
    const MARKS: u64 = 1 << b'/' | 1 << b'-' | 1 << b'.' | 1 << b'(' | 1 << b')' | 1 << b',' | 1 << b'+';
    byte < b'0' && MARKS >> byte & 1 == 0
}

/// The items of the folded `text`, in order. `words` are where its words are, `joins` says of a line's end whether the text
/// goes on behind it.
pub(super) fn items<'t>(
    text: &str,
    mut words: impl Iterator<Item = Range<usize>>,
    table: &'t Table,
    literals: &[Literal],
    joins: Joins<'_>,
) -> Vec<Item<'t>> {
    // Of two or three words one may be known.
    let mut found: Vec<Item<'t>> = Vec::with_capacity(text.len() / 24);
    let mut word = words.next().unwrap_or_default();
    // The next literal, and where it begins.
    let mut index = 0;
    let begin_of = |index: usize| literals.get(index).map_or(usize::MAX, |literal| literal.word);
    let mut literal_at = begin_of(index);
    let bytes = text.as_bytes();
    let mut at = 0;
    // A `و` that stands alone: where it begins and ends.
    let mut alone: Option<(usize, usize)> = None;
    // Blanks and plain signs are most of what is between words.
    while let Some(&byte) = bytes.get(at) {
        if is_plain_sign(byte) {
            at += 1;
            continue;
        }
        let begin = at;
        while word.end <= begin
            && let Some(next) = words.next()
        {
            word = next;
        }
        let item = if literal_at == begin
            && let Some(literal) = literals.get(index)
        {
            at = literal.end;
            let (conjunction, preposition) = proclitics(text.get(begin..literal.begin).unwrap_or_default());
            Some(Item {
                word: begin,
                begin: literal.begin,
                end: literal.end,
                conjunction,
                preposition,
                follows: false,
                what: What::Literal(index),
            })
        } else if word.contains(&begin) {
            // A number may be in the word, or behind it.
            let end = if literal_at > begin { word.end.min(literal_at) } else { word.end };
            let word = text.get(begin..end).unwrap_or_default();
            let item = known(text, table, word, begin, end, joins);
            at = item.map_or(end, |item| item.end.max(end));
            if item.is_none() && word == "و" {
                alone = Some((begin, end));
                continue;
            }
            item
        } else {
            let c = text.get(begin..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            at = begin + c.len_utf8();
            MARKS.contains(&c).then_some(Item {
                word: begin,
                begin,
                end: at,
                conjunction: false,
                preposition: None,
                follows: false,
                what: What::Mark(c),
            })
        };
        while literal_at < at {
            index += 1;
            literal_at = begin_of(index);
        }
        let Some(mut item) = item else {
            alone = None;
            continue;
        };
        if let Some((word, end)) = alone.take()
            && adjoins(text, end, item.word, joins)
            && !matches!(item.what, What::Mark(_))
        {
            item.conjunction = true;
            item.word = word;
        }
        item.follows = found.last().is_some_and(|last| adjoins(text, last.end, item.word, joins));
        found.push(item);
    }
    found
}

/// Whether `text` from `end` to `begin` is nothing but blanks, or the end of a line that goes on.
fn adjoins(text: &str, end: usize, begin: usize, joins: Joins<'_>) -> bool {
    // No blanks and line's end take more bytes that are few enough.
    const MOST_BYTES: usize = 8;
    let Some(between) = text.get(end..begin).filter(|between| between.len() <= MOST_BYTES) else {
        return false;
    };
    if between.len() <= 1 && !between.starts_with(['\n', '\r']) {
        return between.is_empty() || between.starts_with(BLANKS);
    }
    let lines = between.bytes().filter(|&byte| byte == b'\n').count();
    let blank = between.chars().all(|c| BLANKS.contains(&c) || c == '\n' || c == '\r');
    match lines {
        0 => blank && between.chars().count() <= MOST_BLANKS && !between.contains('\r'),
        1 => blank && joins(end + between.find('\n').unwrap_or_default()),
        _ => false,
    }
}

/// The form that `word`, at `begin..end` of `text`, begins, with what may be written together with it.
#[inline]
fn known<'t>(
    text: &str,
    table: &'t Table,
    word: &str,
    begin: usize,
    end: usize,
    joins: Joins<'_>,
) -> Option<Item<'t>> {
    let item = |cut: usize, conjunction: bool, preposition: Option<char>| {
        let (entries, end) = table.find(text, word.get(cut..)?, end, joins)?;
        let lam = entries.first().is_some_and(|entry| entry.lam);
        let cut = cut + if lam { 'ل'.len_utf8() } else { 0 };
        let preposition = if lam { Some('ل') } else { preposition };
        Some(Item {
            word: begin,
            begin: begin + cut,
            end,
            conjunction,
            preposition,
            follows: false,
            what: What::Words(entries),
        })
    };
    if let Some(found) = item(0, false, None) {
        return Some(found);
    }
    // Folding leaves the tatweel of `هـ` behind a year.
    if let Some(bare) = word.strip_suffix('\u{640}') {
        let (entries, _) = table.find(text, bare, end, joins)?;
        return Some(Item {
            word: begin,
            begin,
            end,
            conjunction: false,
            preposition: None,
            follows: false,
            what: What::Words(entries),
        });
    }
    let mut letters = word.chars();
    let first = letters.next().filter(|c| matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك'))?;
    let second = letters.next().filter(|_| letters.clone().next().is_some())?;
    let one = first.len_utf8();
    match first {
        'و' | 'ف' => item(one, true, None).or_else(|| {
            let second = Some(second).filter(|c| matches!(c, 'ب' | 'ل' | 'ك'))?;
            item(one + second.len_utf8(), true, Some(second))
        }),
        _ => item(one, false, Some(first)),
    }
}

/// What the letters before a number in digits are: whether a conjunction, and which preposition.
fn proclitics(written: &str) -> (bool, Option<char>) {
    let conjunction = written.starts_with(['و', 'ف']);
    let preposition = written.chars().find(|c| matches!(c, 'ب' | 'ل' | 'ك'));
    let article = written.ends_with(ARTICLE);
    (conjunction, preposition.filter(|_| !article || written.chars().count() > 2 + usize::from(conjunction)))
}
