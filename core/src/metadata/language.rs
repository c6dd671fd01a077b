//! Which language and script a text is in, which way it runs, and how fast it is read.
//!
//! The script is that of most letters. Where a script writes one language it decides; where it writes
//! several, distinctive letters and frequent words do (`data/language/features.tsv`), and for Latin,
//! Devanagari and Russian whichlang's model does, if there is enough text.

use std::collections::HashMap;

use icu_properties::props::Script;
use icu_properties::{CodePointMapData, PropertyNamesShort};

use super::Direction;
use crate::KnowledgeError;

/// What [`Languages::identify`] finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identified {
    /// BCP 47 tag; `und` where no language is recognised.
    pub language: &'static str,
    /// ISO 15924 code of most letters; `Zyyy` where there are none.
    pub script: &'static str,
    /// Which way most of the text runs.
    pub direction: Direction,
}

/// Where no language is recognised.
const UNDETERMINED: &str = "und";
/// Where there is no letter.
const COMMON: &str = "Zyyy";
/// How much of a text is looked at, in bytes: the head of an article tells its language.
const SAMPLE: usize = 16 * 1024;
/// How much of it is searched for features, in bytes.
const FEATURE_SAMPLE: usize = 4 * 1024;
/// Letters with weights have code points below this.
const LETTERS: usize = 0x800;
/// How many letters the statistical model needs to be better than a guess.
const MODEL_LETTERS: u32 = 40;
/// How much of the text the statistical model reads, in bytes.
const MODEL_SAMPLE: usize = 2 * 1024;

/// A place in [`Languages::names`].
type LanguageId = usize;
/// A feature's weight for each of its languages.
type Weights = Vec<(LanguageId, f32)>;

/// What tells the languages of one script apart.
#[derive(Debug, Default)]
struct Features {
    priors: Weights,
    /// By code point; all listed letters lie in the first blocks of Unicode.
    letters: Vec<Weights>,
    words: HashMap<Box<str>, Weights>,
    starts: Vec<(&'static str, Weights)>,
}

/// A script as `scripts.tsv` has it.
#[derive(Clone, Copy, Debug)]
struct ScriptRow {
    direction: Direction,
    language: Option<&'static str>,
}

/// How languages are told apart and how fast they are read, from `data/language/`.
#[derive(Debug)]
pub struct Languages {
    names: Vec<&'static str>,
    features: HashMap<&'static str, Features>,
    scripts: HashMap<&'static str, ScriptRow>,
    rates: HashMap<&'static str, u32>,
}

impl Languages {
    /// The knowledge that is compiled in.
    ///
    /// # Errors
    /// Where a data file is malformed.
    pub fn built_in() -> Result<Self, KnowledgeError> {
        let mut languages = Self {
            names: Vec::new(),
            features: HashMap::new(),
            scripts: HashMap::new(),
            rates: HashMap::new(),
        };
        each_row(
            "language/scripts.tsv",
            include_str!("../../../data/language/scripts.tsv"),
            |[script, direction, language, _]: [&'static str; 4]| {
                let direction = match direction {
                    "ltr" => Direction::LeftToRight,
                    "rtl" => Direction::RightToLeft,
                    _ => return Err("the direction is neither ltr nor rtl".to_owned()),
                };
                let language = (!language.is_empty()).then_some(language);
                languages.scripts.insert(script, ScriptRow { direction, language });
                Ok(())
            },
        )?;
        each_row(
            "language/reading_rates.tsv",
            include_str!("../../../data/language/reading_rates.tsv"),
            |[language, rate, _]: [&'static str; 3]| {
                let rate = rate.parse().ok().filter(|&rate| rate > 0);
                let rate = rate.ok_or("the rate is no number of words a minute")?;
                languages.rates.insert(language, rate);
                Ok(())
            },
        )?;
        each_row("language/features.tsv", include_str!("../../../data/language/features.tsv"), |row| {
            languages.add_feature(row)
        })?;
        Ok(languages)
    }

    fn add_feature(
        &mut self,
        [script, tags, kind, form, weight, _]: [&'static str; 6],
    ) -> Result<(), String> {
        let weight: f32 = weight.parse().map_err(|_| "the weight is no number".to_owned())?;
        let mut weights = Weights::new();
        for tag in tags.split(',') {
            let known = self.names.iter().position(|name| *name == tag);
            let id = known.unwrap_or_else(|| {
                self.names.push(tag);
                self.names.len() - 1
            });
            weights.push((id, weight));
        }
        let features = self.features.entry(script).or_default();
        match kind {
            "prior" => features.priors.extend(weights),
            "letter" => {
                let letter = form
                    .strip_prefix("U+")
                    .and_then(|digits| u32::from_str_radix(digits, 16).ok())
                    .and_then(char::from_u32)
                    .ok_or("the letter is not written as U+XXXX")?;
                let code = letter as usize;
                if code >= LETTERS {
                    return Err("the letter lies beyond U+07FF".to_owned());
                }
                if features.letters.len() <= code {
                    features.letters.resize_with(code + 1, Weights::new);
                }
                features.letters.get_mut(code).into_iter().for_each(|all| all.extend(&weights));
            }
            "word" => {
                let word: String = form.chars().filter_map(plain).collect();
                features.words.entry(word.into()).or_default().extend(weights);
            }
            "start" => features.starts.push((form, weights)),
            _ => return Err("the kind is none of letter, word, start, prior".to_owned()),
        }
        Ok(())
    }

    /// The language, script and direction of `text`.
    pub fn identify(&self, text: &str) -> Identified {
        let sample = head(text, SAMPLE);
        let census = Census::of(sample);
        let Some(script) = census.main_script() else {
            return Identified { language: UNDETERMINED, script: COMMON, direction: Direction::LeftToRight };
        };
        let code = script_code(script);
        let row = self.scripts.get(code);
        let language = row.and_then(|row| row.language).or_else(|| {
            self.by_features(code, head(sample, FEATURE_SAMPLE))
                .or_else(|| by_model(script, sample, census.letters(script)))
        });
        // Han letters with kana among them are Japanese.
        let language = match language {
            Some("zh") if census.letters(Script::Hiragana) + census.letters(Script::Katakana) > 0 => {
                Some("ja")
            }
            other => other,
        };
        Identified {
            language: language.unwrap_or(UNDETERMINED),
            script: code,
            direction: row.map_or(Direction::LeftToRight, |row| row.direction),
        }
    }

    /// How many words a minute are read in `language` (BCP 47; its region and script do not matter).
    pub fn words_per_minute(&self, language: &str) -> Option<u32> {
        let primary = language.split('-').next().unwrap_or_default();
        self.rates.get(primary.to_ascii_lowercase().as_str()).copied()
    }

    /// The language of the script `code` whose features weigh most in `text`; `None` where none is found.
    fn by_features(&self, code: &str, text: &str) -> Option<&'static str> {
        let features = self.features.get(code)?;
        let mut scores = vec![0_f32; self.names.len()];
        let mut add = |weights: &Weights| {
            for &(language, weight) in weights {
                if let Some(score) = scores.get_mut(language) {
                    *score += weight;
                }
            }
        };
        add(&features.priors);
        let mut word = String::new();
        // One more than the text, so that its last word ends as the others do.
        for c in text.chars().chain([' ']) {
            if continues_word(c) {
                let c = lowercase(c);
                if let Some(weights) = features.letters.get(c as usize) {
                    add(weights);
                }
                word.extend(plain(c));
                continue;
            }
            if !word.is_empty() {
                if let Some(weights) = features.words.get(word.as_str()) {
                    add(weights);
                }
                for (start, weights) in &features.starts {
                    // A stem of two letters at least: `الا` is a word of its own.
                    if word.strip_prefix(start).is_some_and(|stem| stem.chars().nth(1).is_some()) {
                        add(weights);
                    }
                }
                word.clear();
            }
        }
        // The first of equals, in the order of the file.
        let (best, score) =
            scores.iter().enumerate().fold(
                (0, 0_f32),
                |best, (language, &score)| {
                    if score > best.1 { (language, score) } else { best }
                },
            );
        (score > 0.0).then(|| self.names.get(best).copied()).flatten()
    }
}

/// The text up to `bytes`, on a character boundary.
fn head(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// Whether `c` is part of a word: a letter, or a mark or tatweel in it.
fn continues_word(c: char) -> bool {
    match c {
        // The letters and marks of most text that comes here, without a search in a table.
        '\u{620}'..='\u{65F}' | '\u{66E}'..='\u{6D3}' => true,
        _ if c.is_ascii() => c.is_ascii_alphabetic(),
        _ => c.is_alphabetic() || plain(c).is_none(),
    }
}

/// The small letter of `c`, where it is one character.
fn lowercase(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        // Scripts without case.
        '\u{590}'.. => c,
        _ if c.is_ascii() => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// `c` as words are compared: one ya and one kaf, whatever keyboard; marks and tatweel are nothing.
const fn plain(c: char) -> Option<char> {
    match c {
        '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' => None,
        '\u{64A}' => Some('\u{6CC}'),
        '\u{643}' => Some('\u{6A9}'),
        other => Some(other),
    }
}

/// The language by whichlang's model, where it knows one of this script and there is enough text.
fn by_model(script: Script, text: &str, letters: u32) -> Option<&'static str> {
    use whichlang::Lang;
    if letters < MODEL_LETTERS {
        return None;
    }
    let (language, of) = match whichlang::detect_language(head(text, MODEL_SAMPLE)) {
        Lang::Deu => ("de", Script::Latin),
        Lang::Eng => ("en", Script::Latin),
        Lang::Fra => ("fr", Script::Latin),
        Lang::Ita => ("it", Script::Latin),
        Lang::Nld => ("nl", Script::Latin),
        Lang::Por => ("pt", Script::Latin),
        Lang::Spa => ("es", Script::Latin),
        Lang::Swe => ("sv", Script::Latin),
        Lang::Tur => ("tr", Script::Latin),
        Lang::Vie => ("vi", Script::Latin),
        Lang::Rus => ("ru", Script::Cyrillic),
        Lang::Hin => ("hi", Script::Devanagari),
        Lang::Ara | Lang::Cmn | Lang::Jpn | Lang::Kor => return None,
    };
    (of == script).then_some(language)
}

/// How many letters and words of each script a text has.
#[derive(Debug, Default)]
struct Census {
    scripts: Vec<Tally>,
}

#[derive(Clone, Copy, Debug)]
struct Tally {
    script: Script,
    letters: u32,
    words: u32,
}

impl Census {
    fn of(text: &str) -> Self {
        let mut census = Self::default();
        let script_of = CodePointMapData::<Script>::new();
        for chunk in text.split_whitespace() {
            // An address says nothing of the language around it.
            // Few words have one of the signs that an address cannot do without.
            if chunk.bytes().any(|byte| matches!(byte, b'@' | b'/' | b'.')) && is_address(chunk) {
                continue;
            }
            let mut last = None;
            for c in chunk.chars() {
                let script = match c {
                    'a'..='z' | 'A'..='Z' => Script::Latin,
                    '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{66E}'..='\u{6D3}' => Script::Arabic,
                    '\0'..='\u{A9}' => continue,
                    _ if !c.is_alphabetic() => continue,
                    _ => script_of.get(c),
                };
                if matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
                    continue;
                }
                let begins = last != Some(script);
                last = Some(script);
                census.count(script, begins);
            }
        }
        census
    }

    fn count(&mut self, script: Script, begins_word: bool) {
        let known = self.scripts.iter().position(|tally| tally.script == script);
        let at = known.unwrap_or_else(|| {
            self.scripts.push(Tally { script, letters: 0, words: 0 });
            self.scripts.len() - 1
        });
        if let Some(tally) = self.scripts.get_mut(at) {
            tally.letters += 1;
            tally.words += u32::from(begins_word);
        }
    }

    fn letters(&self, script: Script) -> u32 {
        self.scripts.iter().find(|tally| tally.script == script).map_or(0, |tally| tally.letters)
    }

    /// The script of most letters. One Latin word beside words of another script is a foreign name,
    /// however long: `فاز Manchester` is Arabic.
    fn main_script(&self) -> Option<Script> {
        let lone_latin = |tally: &&Tally| tally.script == Script::Latin && tally.words == 1;
        let most = |tallies: &mut dyn Iterator<Item = &Tally>| {
            // The first of equals, so that the order of the text decides.
            tallies.fold(None, |most: Option<Tally>, &tally| match most {
                Some(most) if most.letters >= tally.letters => Some(most),
                _ => Some(tally),
            })
        };
        most(&mut self.scripts.iter().filter(|tally| !lone_latin(tally)))
            .or_else(|| most(&mut self.scripts.iter()))
            .map(|tally| tally.script)
    }
}

/// Whether a stretch without spaces looks like an address.
fn is_address(chunk: &str) -> bool {
    chunk.contains("://") || chunk.contains('@') || chunk.starts_with("www.")
}

/// The script's ISO 15924 code.
fn script_code(script: Script) -> &'static str {
    PropertyNamesShort::<Script>::new().get(script).unwrap_or(COMMON)
}

/// Gives each row of a table to `read`.
fn each_row<const COLUMNS: usize>(
    file: &str,
    content: &'static str,
    mut read: impl FnMut([&'static str; COLUMNS]) -> Result<(), String>,
) -> Result<(), KnowledgeError> {
    for (index, line) in content.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let cells: Vec<&'static str> = line.split('\t').collect();
        <[&'static str; COLUMNS]>::try_from(cells)
            .map_err(|cells| format!("{} columns instead of {COLUMNS}", cells.len()))
            .and_then(&mut read)
            .map_err(|problem| KnowledgeError { file: file.to_owned(), line: index + 1, problem })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identify(text: &str) -> (&'static str, &'static str, bool) {
        let found = Languages::built_in().unwrap().identify(text);
        (found.language, found.script, found.direction == Direction::RightToLeft)
    }

    #[test]
    fn languages_of_the_arabic_script() {
        for (text, language) in [
            ("وصل الوزير إلى العاصمة صباح اليوم", "ar"),
            ("محمد", "ar"),
            ("قال الرييس فی کلمته", "ar"),
            ("این کتاب را از کتابخانه گرفتم", "fa"),
            ("یہ کتاب میز پر رکھی ہے", "ur"),
            ("ئەم کتێبە لەسەر مێزەکەیە", "ckb"),
            ("دا کتاب په مېز باندې پروت دی", "ps"),
            ("بۇ كىتاب ئۈستەلنىڭ ئۈستىدە", "ug"),
            ("هي ڪتاب ميز تي آهي", "sd"),
        ] {
            assert_eq!(identify(text), (language, "Arab", true), "{text}");
        }
    }

    #[test]
    fn a_latin_word_does_not_flip_arabic() {
        for text in [
            "فاز Manchester",
            "Zuckerberg قال",
            "شركة Volkswagenwerk الألمانية",
            "نص https://example.org/a/very/long/path/in/latin/letters",
        ] {
            assert_eq!(identify(text).0, "ar", "{text}");
        }
    }

    #[test]
    fn other_scripts() {
        for (text, expected) in [
            ("שלום לכולם", ("he", "Hebr", true)),
            ("Καλημέρα σε όλους", ("el", "Grek", false)),
            ("สวัสดีทุกคน", ("th", "Thai", false)),
            ("東京は大きい", ("ja", "Hani", false)),
            ("北京是首都", ("zh", "Hani", false)),
            ("The minister arrived in the capital this morning for talks", ("en", "Latn", false)),
            ("Le ministre est arrivé ce matin dans la capitale pour des entretiens", ("fr", "Latn", false)),
            ("Это очень хороший день для прогулки", ("ru", "Cyrl", false)),
            ("Він приїхав до столиці, що є добре", ("uk", "Cyrl", false)),
            ("OK", ("und", "Latn", false)),
            ("12:30 — !", ("und", "Zyyy", false)),
            ("", ("und", "Zyyy", false)),
        ] {
            assert_eq!(identify(text), expected, "{text}");
        }
    }

    #[test]
    fn reading_rates() {
        let languages = Languages::built_in().unwrap();
        assert_eq!(languages.words_per_minute("ar"), Some(138));
        assert_eq!(languages.words_per_minute("EN-gb"), Some(228));
        assert_eq!(languages.words_per_minute("und"), None);
    }
}
