//! Listed names and what they name.
//!
//! All names, folded, are one tree; the numbers in it index readings: what a name may mean, and how
//! it must be written to mean that. A name with the article is kept without it, so that one pattern
//! finds it after `ال`, after a proclitic, and where lam has swallowed the alef (`للسعودية`).

mod build;
mod files;
mod forms;
mod heads;
mod proclitics;
mod roles;
mod search;
mod stored;
mod table;
#[cfg(test)]
mod tests;
mod tree;
mod words;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::entities::{EntityType, WorldKnowledge};
use crate::{KnowledgeError, normalize};

pub use build::Row;
pub(crate) use files::{Supports, Weights, currency_names, months};
pub(crate) use forms::{Forms, begins_in, ends_in, is_one_of};
pub(crate) use heads::{Head, HeadForm, Heads};
pub(crate) use proclitics::{Article, Proclitics};
pub(crate) use roles::{PersonWord, Role, RoleTakes, Standing};
pub(crate) use search::{Hit, Hits, Place};
pub(crate) use words::{Gender, Joiner, NameWord, WordFacts, Words};

use build::Builder;
use tree::Tree;

/// Names, folded, in one tree, and the things that they name.
pub struct Lexicon {
    tree: Tree,
    /// Where the readings of each pattern begin in `readings`; one more at the end.
    firsts: Vec<u32>,
    readings: Vec<Reading>,
    things: Vec<Thing>,
    proclitics: Proclitics,
    evidence: files::Evidence,
    words: Words,
    heads: Heads,
}

/// Something in the world that a list names.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) kind: EntityType,
    pub(crate) subtype: Option<Arc<str>>,
    /// The canonical name.
    pub(crate) name: Arc<str>,
    pub(crate) latin_name: Option<Arc<str>>,
    pub(crate) knowledge: WorldKnowledge,
    /// Of a city, its country; of a country or a nationality, itself.
    pub(crate) country: Option<Arc<str>>,
    pub(crate) population: u64,
    /// The id of the caller's own row.
    pub(crate) own_id: Option<Arc<str>>,
}

/// What a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Sense {
    /// A thing in the world: an index of `things`.
    Thing(u32),
    /// A currency's name; `None` where several currencies share it.
    Currency(Option<[u8; 3]>),
    /// A month, from 1, of the Gregorian calendar or another.
    Month {
        number: u8,
        gregorian: bool,
    },
    /// A power of ten.
    Scale(u8),
    Percent,
    DateWord(DateWord),
    /// An office, title, rank or honorific of a person.
    Role(Role),
    /// A word about a person that is no office.
    PersonWord(PersonWord),
    /// The phrase is known and names nothing.
    Nothing,
}

/// What stands with a month or a year in a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum DateWord {
    Weekday,
    Year,
    Day,
    Of,
    Part,
    Relative,
    Quarter(u8),
    Half(u8),
    Ordinal(u8),
    Era,
    Hijri,
}

/// One meaning of one name.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Reading {
    pub(crate) sense: Sense,
    pub(crate) flags: Flags,
    written: Written,
}

/// What the lists say of a name beside what it means.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Flags {
    /// It is an ordinary word too.
    pub(crate) common: bool,
    /// It is a nationality and, in the same letters, a country's name.
    pub(crate) country_name: bool,
    /// Another thing has the name as well.
    pub(crate) ambiguous: bool,
    /// It is listed with ta marbuta at its end: with ha it may be a word with a pronoun.
    pub(crate) ta_marbuta: bool,
    /// With alef maksura for its ya it is another word: `اليمنى`, the right hand.
    pub(crate) maksura: bool,
    /// It is a place as well.
    pub(crate) place: bool,
    /// It is the short name of a person.
    pub(crate) surname: bool,
}

/// How a name must be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
enum Written {
    /// Letter for letter.
    AsListed,
    /// With the article, which the pattern does not have.
    WithArticle,
    /// With or without the article: adjectives.
    EitherWay,
}

impl Lexicon {
    /// The lists, compiled: work for the time of the build ([`Self::to_bytes`]) and for tests.
    ///
    /// # Errors
    /// Where a list is malformed.
    pub fn built_in() -> Result<Self, KnowledgeError> {
        Self::withholding(&|_| false)
    }

    /// The same without the rows of the open lists whose folded name is `withheld`: for measuring how much is owed to
    /// them. Countries, nationalities, months, currencies and the words that join names are all known.
    ///
    /// # Errors
    /// Where a list is malformed.
    pub fn withholding(withheld: &dyn Fn(&str) -> bool) -> Result<Self, KnowledgeError> {
        let mut builder = Builder::new()?;
        files::read_all(&mut builder, withheld)?;
        builder.words = files::read_words_of_people(withheld)?;
        roles::read(&mut builder, &roles::ROLES)?;
        builder.read_heads()?;
        builder.finish("lexicons")
    }

    /// A lexicon of the caller's own rows. Rows with the same type and id name one thing, whose name
    /// is the first row's; without an id, rows with the same folded name do. Where rows give one name to
    /// several things, it is the first row's.
    ///
    /// # Errors
    /// [`KnowledgeError`] with the row's number, from 1, as its line.
    pub fn from_rows<'r>(rows: impl IntoIterator<Item = Row<'r>>) -> Result<Self, KnowledgeError> {
        let mut builder = Builder::new()?;
        for (index, row) in rows.into_iter().enumerate() {
            builder.add_own(&row, index + 1)?;
        }
        builder.finish("lexicon")
    }

    /// Whether `text`, folded and trimmed, is the whole name of a listed place.
    pub fn is_place(&self, text: &str) -> bool {
        let folded = normalize::fold(text.trim()).text;
        self.search(&folded).iter().any(|hit| {
            hit.begin == 0
                && hit.end as usize == folded.len()
                && self.readings(hit).any(|reading| {
                    matches!(reading.sense, Sense::Thing(_))
                        && self.thing(reading.sense).is_some_and(|thing| thing.kind == EntityType::Location)
                })
        })
    }

    /// What `hit` may mean, as it is written.
    pub(crate) fn readings(&self, hit: &Hit) -> impl Iterator<Item = &Reading> {
        self.of_pattern(hit.pattern).filter(|reading| hit.admits(reading))
    }

    fn of_pattern(&self, pattern: u32) -> std::slice::Iter<'_, Reading> {
        let index = pattern as usize;
        let bounds = self.firsts.get(index).zip(self.firsts.get(index + 1));
        bounds
            .and_then(|(&first, &next)| self.readings.get(first as usize..next as usize))
            .unwrap_or_default()
            .iter()
    }

    /// The thing that `sense` means, where it means one.
    pub(crate) fn thing(&self, sense: Sense) -> Option<&Thing> {
        match sense {
            Sense::Thing(index) => self.things.get(index as usize),
            _ => None,
        }
    }

    /// The single words of the lists.
    pub(crate) fn words(&self) -> &Words {
        &self.words
    }

    /// The class nouns, and what goes with them.
    pub(crate) fn heads(&self) -> &Heads {
        &self.heads
    }

    /// Letters and small sets of words that tell names from other words.
    pub(crate) fn forms(&self) -> &Forms {
        &self.evidence.forms
    }

    /// What may be written together with a word before it.
    pub(crate) fn proclitics(&self) -> &Proclitics {
        &self.proclitics
    }

    /// What speaks for and against a meaning.
    pub(crate) fn evidence(&self) -> &files::Evidence {
        &self.evidence
    }

    /// What the letters between `hit`'s word and its bare name say of it.
    pub(crate) fn proclitic_weight(&self, hit: &Hit, folded: &str) -> f32 {
        folded
            .get(hit.word as usize..hit.bare as usize)
            .map_or(0.0, |written| self.proclitics.weight(written))
    }

    /// `word`, folded, without each proclitic that it might begin with, itself first.
    pub(crate) fn without_proclitics<'t>(&self, word: &'t str) -> impl Iterator<Item = &'t str> {
        self.proclitics.strip(word)
    }
}

/// Whether a name cannot begin or end beside `c`. Marks that folding leaves belong to their letter.
pub(crate) fn is_word_char(c: char) -> bool {
    // Letters of Arabic and ASCII are nearly all of a text; tables are asked for the others.
    is_arabic_letter(c)
        || c.is_ascii_alphanumeric()
        || !c.is_ascii() && !is_sign(c) && (c.is_alphanumeric() || is_mark(c))
}

/// How many bytes of `text` are a word: the characters up to the first that is none of a word ([`is_word_char`]).
pub(crate) fn word_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut length = 0;
    // Behind the letters of nearly all words stands a blank.
    while let Some(eight) = bytes.get(length..).and_then(<[u8]>::first_chunk) {
        let letters = arabic_letters(*eight);
        length += 2 * letters;
        if letters < 4 {
            match bytes.get(length) {
                Some(b' ') => return length,
                _ => break,
            }
        }
    }
    word_length_from(text, length)
}

/// The same where so many bytes are known to be of the word: apart, so that most calls need no room of their own.
#[inline(never)]
fn word_length_from(text: &str, known: usize) -> usize {
    let bytes = text.as_bytes();
    let mut length = known;
    loop {
        if let Some(eight) = bytes.get(length..).and_then(<[u8]>::first_chunk) {
            let letters = arabic_letters(*eight);
            length += 2 * letters;
            if letters == 4 {
                continue;
            }
        }
        length += match bytes.get(length..) {
            Some([byte, ..]) if byte.is_ascii() => {
                if !byte.is_ascii_alphanumeric() {
                    return length;
                }
                1
            }
            _ => match text.get(length..).and_then(|rest| rest.chars().next()) {
                Some(c) if is_word_char(c) => c.len_utf8(),
                _ => return length,
            },
        }
    }
}

/// How many letters of Arabic ([`is_arabic_letter`]) stand before any other character in eight bytes, four at most.
#[inline]
fn arabic_letters(bytes: [u8; 8]) -> usize {
    /// The same in each pair of bytes, the second in the high half.
    const fn each(pair: u64) -> u64 {
        pair * 0x0001_0001_0001_0001
    }
    let pairs = u64::from_le_bytes(bytes);
    // 1101100x and 10xxxxxx, where the seven bits are from 0x21 to 0x4A.
    let shape = (pairs & each(0xC0FE)) ^ each(0x80D8);
    let number = (pairs & each(0x01)) << 6 | (pairs >> 8) & each(0x3F);
    let too_low = !(number + each(0x80 - 0x21)) & each(0x80);
    let too_high = (number + each(0x7F - 0x4A)) & each(0x80);
    ((shape | too_low | too_high).trailing_zeros() / 16) as usize
}

/// The signs that Arabic text has most of.
const fn is_sign(c: char) -> bool {
    matches!(c, '،' | '؛' | '؟' | '«' | '»' | '\u{A0}' | '–' | '—' | '‘' | '’' | '“' | '”' | '…')
}

/// The letters of Arabic, tatweel among them.
pub(crate) const fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{64A}')
}

/// Whether all that `text` has is letters of Arabic ([`is_arabic_letter`]), which have two bytes each.
#[inline]
pub(crate) fn is_arabic(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (eights, rest) = bytes.as_chunks();
    bytes.len().is_multiple_of(2)
        && eights.iter().all(|eight| arabic_letters(*eight) == 4)
        && match bytes.last_chunk() {
            Some(last) => arabic_letters(*last) == 4,
            None => rest
                .as_chunks()
                .0
                .iter()
                .all(|letter| matches!(letter, [0xD8, 0xA1..=0xBF] | [0xD9, 0x80..=0x8A])),
        }
}

/// Combining marks, which belong to the letter before them.
pub(crate) fn is_mark(c: char) -> bool {
    use icu_properties::CodePointMapData;
    use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
    !c.is_ascii() && GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c))
}
