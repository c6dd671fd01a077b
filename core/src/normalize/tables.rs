//! The character tables in `data/normalize/`, read once.

use std::sync::LazyLock;

use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, Script};

use super::quotes::{Facing, Mark};
use crate::KnowledgeError;

/// A character and what stands in its place after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mapping {
    pub(super) from: char,
    pub(super) to: Box<str>,
}

/// A class of marks, as a request names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkClass {
    Vowels,
    Sukun,
    Tanwin,
    /// The tanwin that is written with an alef.
    Fathatan,
    Shadda,
    DaggerAlef,
    Madda,
    Quranic,
    Honorifics,
}

impl MarkClass {
    /// The option that says what becomes of it.
    pub(super) const fn option(self) -> &'static str {
        match self {
            Self::Vowels => "vowels",
            Self::Sukun => "sukun",
            Self::Tanwin | Self::Fathatan => "tanwin",
            Self::Shadda => "shadda",
            Self::DaggerAlef => "dagger_alef",
            Self::Madda => "madda",
            Self::Quranic => "quranic",
            Self::Honorifics => "honorifics",
        }
    }
}

/// A set of digits, by its name in CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DigitSet {
    Latn,
    Arab,
    Arabext,
    Fullwide,
}

impl DigitSet {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "latn" => Self::Latn,
            "arab" => Self::Arab,
            "arabext" => Self::Arabext,
            _ => return None,
        })
    }

    /// Its nought.
    pub(super) const fn zero(self) -> char {
        match self {
            Self::Latn => '0',
            Self::Arab => '\u{660}',
            Self::Arabext => '\u{6F0}',
            Self::Fullwide => '\u{FF10}',
        }
    }
}

/// Where a zero-width character is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stays {
    Never,
    /// Between two letters of a script that joins or combines them.
    BetweenLetters,
    /// Before or after such a letter, and between emoji.
    BesideLetter,
    /// Between letters of a script that writes no spaces.
    Unspaced,
}

/// What a mark of a number does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberRole {
    Decimal,
    Thousands,
    Percent,
}

/// A mark of a number, in Arabic and in ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NumberMark {
    pub(super) arabic: char,
    pub(super) ascii: char,
    pub(super) role: NumberRole,
}

/// An affix of the light stem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Affix {
    pub(super) is_prefix: bool,
    pub(super) letters: &'static str,
    /// How many letters it must leave.
    pub(super) left: usize,
}

/// All tables.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Forms of letters.
    pub(super) letter_forms: Vec<Mapping>,
    /// Ligatures of whole words.
    pub(super) word_forms: Vec<Mapping>,
    pub(super) tatweel: Vec<Mapping>,
    pub(super) diacritics: Vec<(MarkClass, Mapping)>,
    /// Forms of alef, and whether they are those of everyday writing.
    pub(super) alef_forms: Vec<(bool, Mapping)>,
    pub(super) hamza_seats: Vec<Mapping>,
    /// Hamza without a seat.
    pub(super) hamza_alone: Vec<Mapping>,
    pub(super) combining_hamza: Vec<Mapping>,
    pub(super) alef_maqsura: Vec<Mapping>,
    pub(super) ta_marbuta: Vec<Mapping>,
    pub(super) look_alikes: Vec<Mapping>,
    /// Digits and their ASCII counterparts.
    pub(super) digits: Vec<(DigitSet, Mapping)>,
    pub(super) number_marks: Vec<NumberMark>,
    pub(super) bidi_controls: Vec<Mapping>,
    pub(super) zero_width: Vec<(char, Stays)>,
    pub(super) control_characters: Vec<Mapping>,
    /// Latin capitals and their small letters (Unicode's own, not a file).
    pub(super) latin_case: Vec<Mapping>,
    /// Quotation marks.
    pub(super) quotes: Vec<Mark>,
    /// Dashes and hyphens.
    pub(super) dashes: Vec<char>,
    /// Punctuation marks of Arabic, and those of Latin text.
    pub(super) punctuation: Vec<(char, char)>,
    /// Words with a letter twice in a row, and those with one three times.
    pub(super) doubled: Vec<&'static str>,
    pub(super) tripled: Vec<&'static str>,
    /// Affixes of the light stem, in the order in which they are taken off.
    pub(super) stem: Vec<Affix>,
    /// Rows that say something else than they should. A test reads them; the rows are left out.
    problems: Vec<KnowledgeError>,
}

/// The tables, read on first use.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(Tables::read);

/// Says whether the tables and presets that are compiled in are sound.
///
/// # Errors
/// The first row that is not.
pub(super) fn check() -> Result<(), KnowledgeError> {
    TABLES.problems.first().map_or(Ok(()), |first| {
        Err(KnowledgeError { file: first.file.clone(), line: first.line, problem: first.problem.clone() })
    })
}

impl Tables {
    #[allow(clippy::too_many_lines)] // One table after the other.
    fn read() -> Self {
        let mut tables = Self::default();
        let mut reader = Reader { problems: Vec::new() };
        macro_rules! file {
            ($name:literal) => {
                (concat!("normalize/", $name), include_str!(concat!("../../../data/normalize/", $name)))
            };
        }
        for (class, mapping) in reader.rows(file!("presentation_forms.tsv"), |row| {
            Ok((row.choice(2, &[("form", false), ("word", true)])?, row.mapping()?))
        }) {
            if class { &mut tables.word_forms } else { &mut tables.letter_forms }.push(mapping);
        }
        tables.tatweel = reader.rows(file!("tatweel.tsv"), Row::mapping);
        tables.diacritics = reader.rows(file!("diacritics.tsv"), |row| {
            let class = row.choice(
                2,
                &[
                    ("vowels", MarkClass::Vowels),
                    ("sukun", MarkClass::Sukun),
                    ("tanwin", MarkClass::Tanwin),
                    ("fathatan", MarkClass::Fathatan),
                    ("shadda", MarkClass::Shadda),
                    ("dagger_alef", MarkClass::DaggerAlef),
                    ("madda", MarkClass::Madda),
                    ("quranic", MarkClass::Quranic),
                    ("honorifics", MarkClass::Honorifics),
                ],
            )?;
            Ok((class, row.mapping()?))
        });
        tables.alef_forms = reader.rows(file!("alef_forms.tsv"), |row| {
            Ok((row.choice(2, &[("basic", true), ("other", false)])?, row.mapping()?))
        });
        for (alone, mapping) in reader.rows(file!("hamza_seats.tsv"), |row| {
            Ok((row.choice(2, &[("seat", false), ("alone", true)])?, row.mapping()?))
        }) {
            if alone { &mut tables.hamza_alone } else { &mut tables.hamza_seats }.push(mapping);
        }
        tables.combining_hamza = reader.rows(file!("combining_hamza.tsv"), Row::mapping);
        tables.alef_maqsura = reader.rows(file!("alef_maqsura.tsv"), Row::mapping);
        tables.ta_marbuta = reader.rows(file!("ta_marbuta.tsv"), Row::mapping);
        tables.look_alikes = reader.rows(file!("look_alikes.tsv"), Row::mapping);
        tables.digits = reader.rows(file!("digits.tsv"), |row| {
            let set = row.choice(
                2,
                &[("arab", DigitSet::Arab), ("arabext", DigitSet::Arabext), ("fullwide", DigitSet::Fullwide)],
            )?;
            Ok((set, row.mapping()?))
        });
        tables.bidi_controls = reader.rows(file!("bidi_controls.tsv"), Row::mapping);
        tables.control_characters = reader.rows(file!("control_characters.tsv"), Row::mapping);
        tables.zero_width = reader.rows(file!("zero_width.tsv"), |row| {
            let stays = row.choice(
                2,
                &[
                    ("never", Stays::Never),
                    ("between_letters", Stays::BetweenLetters),
                    ("beside_letter", Stays::BesideLetter),
                    ("unspaced", Stays::Unspaced),
                ],
            )?;
            Ok((row.character(0)?, stays))
        });
        tables.number_marks = reader.rows(file!("number_marks.tsv"), |row| {
            let role = row.choice(
                2,
                &[
                    ("decimal", NumberRole::Decimal),
                    ("thousands", NumberRole::Thousands),
                    ("percent", NumberRole::Percent),
                ],
            )?;
            Ok(NumberMark { arabic: row.character(0)?, ascii: row.character(1)?, role })
        });
        tables.quotes = reader.rows(file!("quotes.tsv"), |row| {
            Ok(Mark {
                character: row.character(0)?,
                double: row.choice(1, &[("double", true), ("single", false)])?,
                facing: row.choice(
                    2,
                    &[
                        ("open", Facing::Open),
                        ("low", Facing::Low),
                        ("close", Facing::Close),
                        ("straight", Facing::Straight),
                    ],
                )?,
            })
        });
        tables.dashes = reader.rows(file!("dashes.tsv"), |row| row.character(0));
        tables.punctuation =
            reader.rows(file!("punctuation.tsv"), |row| Ok((row.character(0)?, row.character(1)?)));
        tables.doubled = reader.rows(file!("orthography/doubled.tsv"), |row| row.cell(0));
        tables.tripled = reader.rows(file!("tripled.tsv"), |row| row.cell(0));
        tables.stem = reader.rows(file!("stem.tsv"), |row| {
            Ok(Affix {
                is_prefix: row.choice(0, &[("prefix", true), ("suffix", false)])?,
                letters: row.cell(1)?,
                left: row.cell(2)?.parse().map_err(|_| "column 3 is no number".to_owned())?,
            })
        });
        tables.latin_case = latin_case();
        tables.problems = reader.problems;
        tables
    }
}

/// Every Latin letter whose small form is another.
fn latin_case() -> Vec<Mapping> {
    let script = CodePointMapData::<Script>::new();
    // Latin letters beyond these planes have no case.
    ('A'..'\u{20000}')
        .filter(|&c| !c.is_lowercase() && script.get(c) == Script::Latin)
        .filter_map(|from| {
            let to: Box<str> = from.to_lowercase().collect::<String>().into();
            (!to.chars().eq([from])).then_some(Mapping { from, to })
        })
        .collect()
}

/// Whether `c` is a digit that the steps know.
pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || c > '\u{65F}' && TABLES.digits.iter().any(|(_, digit)| digit.from == c)
}

/// Whether `c` is a letter of the Arabic script that no word of Arabic has, nor one that looks like one that it has.
pub(super) fn is_foreign_letter(c: char) -> bool {
    matches!(c, '\u{620}' | '\u{63B}'..='\u{63F}' | '\u{66E}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{870}'..='\u{8FF}')
        && CodePointMapData::<GeneralCategory>::new().get(c) == GeneralCategory::OtherLetter
        && !is_alef(c)
        && [&TABLES.look_alikes, &TABLES.hamza_alone]
            .iter()
            .all(|table| table.iter().all(|row| row.from != c))
}

/// Whether `c` is alef in any form.
pub(super) fn is_alef(c: char) -> bool {
    c == '\u{627}' || TABLES.alef_forms.iter().any(|(_, form)| form.from == c)
}

/// Whether `c` is a letter or a mark on one.
pub(super) fn is_letter_or_mark(c: char) -> bool {
    use GeneralCategory as G;
    c.is_alphabetic()
        || matches!(
            CodePointMapData::<GeneralCategory>::new().get(c),
            G::NonspacingMark | G::SpacingMark | G::EnclosingMark
        )
}

/// Whether `c` is a combining mark, or a small letter of recitation, which is one to its readers.
pub(super) fn is_mark(c: char) -> bool {
    use GeneralCategory as G;
    !c.is_ascii()
        && (matches!(c, '\u{6E5}' | '\u{6E6}')
            || matches!(
                CodePointMapData::<GeneralCategory>::new().get(c),
                G::NonspacingMark | G::SpacingMark | G::EnclosingMark
            ))
}

/// Whether `c` may stand beside a joiner as an emoji does: a pictograph, a skin tone, a variation selector.
pub(super) fn is_pictograph(c: char) -> bool {
    use GeneralCategory as G;
    matches!(c, '\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}')
        || !c.is_ascii() && CodePointMapData::<GeneralCategory>::new().get(c) == G::OtherSymbol
}

struct Reader {
    problems: Vec<KnowledgeError>,
}

impl Reader {
    /// The rows of a file, as `parse` reads them.
    fn rows<T>(
        &mut self,
        (file, content): (&str, &'static str),
        parse: impl Fn(&Row) -> Result<T, String>,
    ) -> Vec<T> {
        let mut parsed = Vec::new();
        for (index, line) in content.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match parse(&Row { cells: line.split('\t').collect() }) {
                Ok(row) => parsed.push(row),
                Err(problem) => {
                    self.problems.push(KnowledgeError { file: file.to_owned(), line: index + 1, problem });
                }
            }
        }
        parsed
    }
}

struct Row {
    cells: Vec<&'static str>,
}

impl Row {
    fn cell(&self, column: usize) -> Result<&'static str, String> {
        self.cells.get(column).copied().ok_or_else(|| format!("column {} is missing", column + 1))
    }

    /// The code points of a cell; none where it is empty.
    fn text(&self, column: usize) -> Result<Box<str>, String> {
        self.cell(column)?.split_whitespace().map(code_point).collect::<Result<String, _>>().map(Into::into)
    }

    fn character(&self, column: usize) -> Result<char, String> {
        code_point(self.cell(column)?)
    }

    fn mapping(&self) -> Result<Mapping, String> {
        Ok(Mapping { from: self.character(0)?, to: self.text(1)? })
    }

    fn choice<T: Copy>(&self, column: usize, choices: &[(&str, T)]) -> Result<T, String> {
        let cell = self.cell(column)?;
        choices
            .iter()
            .find(|(name, _)| *name == cell)
            .map(|(_, value)| *value)
            .ok_or_else(|| format!("column {} is none of its values", column + 1))
    }
}

/// The character of `U+XXXX`.
fn code_point(cell: &str) -> Result<char, String> {
    cell.strip_prefix("U+")
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .and_then(char::from_u32)
        .ok_or_else(|| "a code point must be written as U+XXXX".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sound() {
        assert!(check().is_ok(), "{:?}", check());
        assert!(TABLES.letter_forms.len() > 600 && TABLES.diacritics.len() > 80);
        assert!(TABLES.latin_case.iter().any(|m| m.from == 'Ş' && &*m.to == "ş"));
    }

    #[test]
    fn no_character_stands_in_a_table_twice() {
        let characters = |table: &[Mapping]| table.iter().map(|mapping| mapping.from).collect::<Vec<_>>();
        for table in [
            characters(&TABLES.letter_forms),
            characters(&TABLES.word_forms),
            characters(&TABLES.look_alikes),
            characters(&TABLES.control_characters),
            characters(&TABLES.bidi_controls),
            TABLES.diacritics.iter().map(|(_, mark)| mark.from).collect(),
            TABLES.digits.iter().map(|(_, digit)| digit.from).collect(),
        ] {
            let mut seen = std::collections::HashSet::new();
            assert!(table.iter().all(|&c| seen.insert(c)));
        }
    }

    #[test]
    fn letters_that_arabic_lacks() {
        for c in "پچژگڤۆێڵںٹڑۀۓټښ".chars() {
            assert!(is_foreign_letter(c), "{c}");
        }
        for c in "ابةىئءٱٲٴیکہۃےەٽ\u{6E5}\u{64B}\u{670}٣۴،a".chars() {
            assert!(!is_foreign_letter(c), "{c}");
        }
    }

    #[test]
    fn every_digit_is_its_sets_nought_and_its_value() {
        for (set, digit) in &TABLES.digits {
            let value = digit.to.parse::<u32>().unwrap();
            assert_eq!(char::from_u32(set.zero() as u32 + value), Some(digit.from));
        }
    }
}
