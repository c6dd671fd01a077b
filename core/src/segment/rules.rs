//! The knowledge of this stage, read from `data/segment/`.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

use super::blocks::{BlockFeature, KINDS, Place};
use super::dateline::DatelineFeature;
use super::features::Weights;
use super::quotations::ReadingFeature;
use super::run_on::{HeadlineEnd, SubheadEnd};
use super::sentences::SentenceFeature;
use super::view::without_last_tatweel;
use super::wrap::WrapFeature;
use crate::lexicon::{Gender, Proclitics};
use crate::maps::{Map, Set};
use crate::sieve::{Letters, Sieve};
use crate::{KnowledgeError, normalize};

/// How structure is recognised: weights and word lists from `data/segment/`.
pub struct Rules {
    /// What is written together with a noun before it; the lexicons read the same list.
    pub(crate) proclitics: Proclitics,
    pub(super) marks: MarkRules,
    pub(super) abbreviations: Abbreviations,
    pub(super) sentences: SentenceRules,
    pub(crate) speech: Speech,
    pub(super) quotations: QuotationRules,
    pub(super) blocks: BlockRules,
    pub(super) dateline: DatelineRules,
    pub(super) sources: Sources,
}

/// Reads a file that is compiled in.
macro_rules! file {
    ($name:literal) => {
        read(concat!("segment/", $name), include_str!(concat!("../../../data/segment/", $name)))
    };
}

impl Rules {
    /// Whether `word` (folded) announces speech.
    pub(crate) fn announces_speech(&self, word: &str) -> bool {
        self.speech.cue(word).is_some()
    }

    /// The rules that are compiled in.
    ///
    /// # Errors
    /// Where a data file is malformed.
    pub fn built_in() -> Result<Self, KnowledgeError> {
        let speech: SpeechFile = file!("speech.toml")?;
        let blocks: BlockFile = file!("blocks.toml")?;
        Ok(Self {
            proclitics: Proclitics::built_in()?,
            marks: MarkRules::new(file!("marks.toml")?),
            abbreviations: file!("abbreviations.toml")?,
            sentences: file!("sentences.toml")?,
            speech: Speech::new(speech),
            quotations: file!("quotations.toml")?,
            blocks: BlockRules::new(blocks),
            dateline: file!("dateline.toml")?,
            sources: file!("agencies.toml")?,
        })
    }
}

/// Parses one data file; an error names its line.
pub(crate) fn read<T: DeserializeOwned>(file: &str, content: &str) -> Result<T, KnowledgeError> {
    toml::from_str(content).map_err(|error| {
        let line = error
            .span()
            .map_or(0, |span| 1 + content.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
        KnowledgeError { file: file.to_owned(), line, problem: error.message().to_owned() }
    })
}

/// Folds a word of a data file as the text is folded.
fn folded(word: &str) -> String {
    without_last_tatweel(&normalize::fold(word).text).to_owned()
}

/// A bit for the last two letters of a word; `None` where it is shorter.
fn end_bit(word: &str) -> Option<u64> {
    let [_, one, _, other] = word.as_bytes().last_chunk()?;
    Some(1 << ((one ^ other.rotate_left(2)) % 64))
}

/// A list of single words or abbreviations, compared after folding.
pub(crate) struct Words {
    forms: Set<String>,
    sieve: Sieve,
    /// The ends of the forms, as bits.
    ends: u64,
}

impl Words {
    fn new(forms: Set<String>) -> Self {
        let ends = forms.iter().fold(0, |ends, form| ends | end_bit(form).unwrap_or(u64::MAX));
        Self { sieve: Sieve::of(&forms), ends, forms }
    }

    #[inline]
    pub(crate) fn has(&self, folded: &str) -> bool {
        self.sieve.passes(folded) && self.contains(folded)
    }

    #[cold]
    fn contains(&self, folded: &str) -> bool {
        self.forms.contains(folded)
    }

    /// Whether the list may have what `word` ends with, behind its proclitics.
    pub(super) fn may_have_end_of(&self, word: &str) -> bool {
        self.ends & end_bit(word).unwrap_or(u64::MAX) != 0
    }
}

/// A list of verbs of the past in the masculine; their feminine is made (`أنهى`, `أنهت`).
struct Verbs(Words);

impl<'de> Deserialize<'de> for Verbs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Forms::<Form>::deserialize(deserializer)?;
        let feminine = |verb: &str| format!("{}ت", verb.trim_end_matches(['ى', 'ا']));
        let words = list.forms.iter().flat_map(|form| [folded(&form.0), folded(&feminine(&form.0))]);
        Ok(Self(Words::new(words.collect())))
    }
}

/// A list of what may stand at one end of a word, compared after folding.
pub(super) struct Affixes {
    written: Vec<String>,
    /// Their first bytes, which tell most words apart from them.
    heads: Vec<u64>,
}

impl Affixes {
    /// `word` without each of the list that it begins with.
    pub(super) fn stems<'w>(&self, word: &'w str) -> impl Iterator<Item = &'w str> {
        let word_head = head(word);
        self.written.iter().zip(&self.heads).filter_map(move |(affix, head)| {
            let alike = (word_head ^ head).leading_zeros() as usize;
            if alike < 8 * affix.len().min(8) { None } else { word.strip_prefix(affix.as_str()) }
        })
    }

    pub(super) fn begin(&self, word: &str) -> bool {
        self.stems(word).next().is_some()
    }

    pub(super) fn end(&self, word: &str) -> bool {
        self.written.iter().any(|affix| word.ends_with(affix.as_str()))
    }
}

/// A list of single words, compared as they are written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AsWritten {
    forms: Set<String>,
}

impl AsWritten {
    pub(super) fn contains(&self, surface: &str) -> bool {
        self.forms.contains(surface)
    }
}

/// A list of names of one or more words.
pub(super) struct Phrases {
    /// In order.
    keys: Vec<String>,
    /// Their first bytes, which most searches need no more of.
    heads: Vec<u64>,
    /// The letters that they begin with.
    letters: Letters,
    /// Their first two letters.
    beginnings: Sieve,
    /// Words of the longest.
    pub(super) longest: usize,
}

impl Phrases {
    /// Whether a name begins with the words of `key`, and whether they are all of it.
    pub(super) fn known(&self, key: &PhraseKey) -> Option<Extent> {
        self.find(&key.key)
    }

    /// Whether a name may begin with `word`, folded.
    #[inline]
    pub(super) fn may_begin(&self, word: &str) -> bool {
        match word.chars().next() {
            // Stops are passed over, and so is what folding leaves nothing of.
            None | Some('.') => true,
            Some(_) => self.letters.may_begin(word) && self.may_begin_so(word),
        }
    }

    fn may_begin_so(&self, word: &str) -> bool {
        word.contains('.')
            || beginning(word).is_none_or(|letters| self.beginnings.passes(letters))
                && self.find(word).is_some()
    }

    fn find(&self, key: &str) -> Option<Extent> {
        let head = head(key);
        let from = self.heads.partition_point(|other| *other < head);
        let alike = self.heads.iter().zip(&self.keys).skip(from);
        let at = from + alike.take_while(|(other, name)| **other == head && name.as_str() < key).count();
        let name = self.keys.get(at).filter(|name| name.starts_with(key))?;
        Some(if name.len() == key.len() { Extent::Whole } else { Extent::Part })
    }
}

/// The first bytes of a name as a number, in the order of names.
fn head(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let whole = bytes.first_chunk().map(|head| u64::from_be_bytes(*head));
    whole.unwrap_or_else(|| {
        let short = bytes.iter().fold(0, |head, byte| head << 8 | u64::from(*byte));
        if short == 0 { 0 } else { short << (64 - 8 * bytes.len()) }
    })
}

/// The first two letters of a name, where they are Arabic.
fn beginning(name: &str) -> Option<&str> {
    name.get(..2 * 'ا'.len_utf8())
}

/// How much of a name words are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    Part,
}

/// Words in a row as lists of names are searched: one space between two words, none between the letters of an
/// abbreviation however they are written (`أ ف ب`, `أ.ف.ب`).
#[derive(Default)]
pub(super) struct PhraseKey {
    key: String,
    after_letter: bool,
}

impl PhraseKey {
    /// Adds the next word, folded; inner stops part it.
    pub(super) fn push(&mut self, word: &str) {
        for part in word.split('.').filter(|part| !part.is_empty()) {
            let letter = part.chars().nth(1).is_none();
            let joined = letter && self.after_letter;
            if !joined && !self.key.is_empty() {
                self.key.push(' ');
            }
            self.key.push_str(part);
            self.after_letter = letter;
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms<T> {
    forms: Vec<T>,
}

/// A word that is not empty.
struct Form(String);

impl<'de> Deserialize<'de> for Form {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        if word.trim().is_empty() || word.trim() != word {
            return Err(D::Error::custom("a form is empty or has white space at its ends"));
        }
        Ok(Self(word))
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Forms::<Form>::deserialize(deserializer)?;
        Ok(Self::new(list.forms.iter().map(|form| folded(&form.0)).collect()))
    }
}

impl<'de> Deserialize<'de> for Affixes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Forms::<Form>::deserialize(deserializer)?;
        let written: Vec<String> = list.forms.iter().map(|form| folded(&form.0)).collect();
        Ok(Self { heads: written.iter().map(|affix| head(affix)).collect(), written })
    }
}

impl<'de> Deserialize<'de> for Phrases {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = Forms::<Form>::deserialize(deserializer)?;
        let mut keys = Vec::new();
        let mut longest = 0;
        for form in &list.forms {
            let mut key = PhraseKey::default();
            let mut words = 0;
            for word in folded(&form.0).split_whitespace() {
                key.push(word);
                words += 1;
            }
            longest = longest.max(words);
            keys.push(key.key);
        }
        keys.sort_unstable();
        Ok(Self {
            letters: Letters::of(&keys),
            beginnings: Sieve::of(keys.iter().filter_map(|name| beginning(name))),
            heads: keys.iter().map(|name| head(name)).collect(),
            keys,
            longest,
        })
    }
}

/// Marks that open and close each other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Family {
    #[allow(dead_code, reason = "for the reader of the data file")]
    name: String,
    #[serde(default)]
    pub(super) open: Vec<char>,
    #[serde(default)]
    pub(super) close: Vec<char>,
    #[serde(default)]
    pub(super) either: Vec<char>,
    pub(super) class: MarkClass,
    #[serde(default)]
    pub(super) apostrophe: bool,
    /// Only two of a character in a row are a mark.
    #[serde(default)]
    pub(super) doubled: bool,
}

impl Family {
    fn characters(&self) -> impl Iterator<Item = char> {
        self.open.iter().chain(&self.close).chain(&self.either).copied()
    }
}

/// Marks of one class are sometimes typed for each other.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(super) enum MarkClass {
    Double,
    Single,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkFile {
    #[serde(rename = "family")]
    families: Vec<Family>,
    weights: MarkWeights,
    stops: Stops,
}

pub(super) struct MarkRules {
    pub(super) families: Vec<Family>,
    /// The family of each mark, in the order of their characters.
    family_of: Vec<(char, u8)>,
    pub(super) weights: MarkWeights,
    pub(super) stops: Stops,
}

impl MarkRules {
    fn new(MarkFile { families, weights, stops }: MarkFile) -> Self {
        let mut family_of: Vec<(char, u8)> = (0..)
            .zip(&families)
            .flat_map(|(index, family)| family.characters().map(move |c| (c, index)))
            .collect();
        family_of.sort_unstable();
        family_of.dedup_by_key(|(c, _)| *c);
        Self { families, family_of, weights, stops }
    }

    /// The family of a mark, and its index.
    pub(super) fn family_of(&self, c: char) -> Option<(u8, &Family)> {
        let at = self.family_of.binary_search_by_key(&c, |(mark, _)| *mark).ok()?;
        let (_, index) = self.family_of.get(at)?;
        Some((*index, self.families.get(usize::from(*index))?))
    }

    /// Whether `c` by itself opens or closes quotations.
    pub(super) fn is_mark(&self, c: char) -> bool {
        self.family_of(c).is_some_and(|(_, family)| !family.doubled)
    }
}

/// Marks that end a sentence, a line or a clause.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stops {
    pub(super) full: Vec<char>,
    pub(super) question: Vec<char>,
    pub(super) ellipsis: Vec<char>,
    pub(super) going_on: Vec<char>,
}

impl Stops {
    /// Whether `c` may end a sentence.
    pub(super) fn may_end(&self, c: char) -> bool {
        self.full.contains(&c) || self.question.contains(&c) || self.ellipsis.contains(&c)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkWeights {
    pub(super) shape: f32,
    pub(super) neighbours: f32,
    pub(super) half_neighbours: f32,
    pub(super) nothing_open: f32,
    pub(super) same_open: f32,
    pub(super) mixed: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Abbreviations {
    pub(super) title: Words,
    pub(super) reference: Words,
    pub(super) after_number: Words,
    pub(super) closing: Words,
    pub(super) name: Words,
    pub(super) letters: Words,
    pub(super) lettered: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SentenceRules {
    pub(super) weights: Weights<SentenceFeature>,
    pub(super) conjunctions: Affixes,
    pub(super) opening_conjunctions: Affixes,
    pub(super) continuers: Words,
    pub(super) clause_openers: AsWritten,
    pub(super) openers: Words,
    pub(super) future: Affixes,
    pub(super) future_exceptions: Words,
    pub(super) numbered: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SpeechFile {
    affixes: VerbAffixes,
    proclitics: Affixes,
    verb: Vec<Verb>,
    participles: Forms<Form>,
    attributions: Words,
    complementizers: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerbAffixes {
    perfect_endings: Vec<Affix>,
    imperfect_prefixes: Vec<Affix>,
    imperfect_endings: Vec<Affix>,
}

/// What a verb is written with, and whom that says to speak.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Affix {
    written: String,
    #[serde(default)]
    gender: Option<Gender>,
    #[serde(default)]
    number: Number,
    #[serde(default)]
    person: Person,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verb {
    #[serde(default)]
    perfect: Vec<Form>,
    #[serde(default)]
    imperfect: Vec<Form>,
    #[serde(default)]
    forms: Vec<Form>,
    /// Who writes or is quoted speaks himself.
    #[serde(default)]
    first_person: Vec<Form>,
    #[serde(default)]
    usage: Option<SpeechUse>,
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Number {
    #[default]
    Singular,
    Dual,
    Plural,
}

/// Grammatical person; of those addressed nothing in news is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Person {
    First,
    #[default]
    Third,
}

/// How a verb stands to him whose words follow, where that is not simply its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SpeechUse {
    /// The one who spoke goes on (أضاف).
    Continues,
    /// Its subject passes on the words of somebody else (نقل عن).
    Relays,
    /// Whose words follow stands behind it as the owner of what it is about (جاء في بيان …).
    Impersonal,
    /// Who is asked answers next.
    Asks,
    /// As often another word (كتب); it speaks only where it opens its clause or the words follow at once.
    Ambiguous,
    /// Written as a preposition is (بين); it speaks only where the words follow at once.
    Preposition,
}

/// What is known of a word that announces speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SpeechWord {
    /// A verb, and no participle.
    pub(crate) finite: bool,
    pub(crate) gender: Option<Gender>,
    pub(crate) number: Number,
    pub(crate) person: Person,
    pub(crate) usage: Option<SpeechUse>,
}

/// Words that announce somebody's words.
pub(crate) struct Speech {
    words: Map<String, SpeechWord>,
    sieve: Sieve,
    proclitics: Affixes,
    /// The letters that proclitics begin with: most words begin with others.
    first_letters: Letters,
    pub(super) attributions: Words,
    pub(crate) complementizers: Words,
}

impl Speech {
    fn new(file: SpeechFile) -> Self {
        let affixes = &file.affixes;
        let mut words: Map<String, SpeechWord> = Map::default();
        for participle in &file.participles.forms {
            let stem = participle.0.strip_suffix('ا').unwrap_or(&participle.0);
            for (ending, gender, number) in [
                ("ا", Some(Gender::Masculine), Number::Singular),
                ("ة", Some(Gender::Feminine), Number::Singular),
                ("ين", None, Number::Plural),
            ] {
                let word = SpeechWord { finite: false, gender, number, person: Person::Third, usage: None };
                words.insert(folded(&format!("{stem}{ending}")), word);
            }
        }
        // The first verb that has a form keeps it; a verb goes before a participle.
        let mut add = |form: &str, word: SpeechWord| {
            let known = words.entry(folded(form)).or_insert(word);
            if !known.finite {
                *known = word;
            }
        };
        for verb in &file.verb {
            let usage = verb.usage;
            for stem in &verb.perfect {
                for Affix { written, gender, number, person } in &affixes.perfect_endings {
                    let (gender, number, person) = (*gender, *number, *person);
                    add(
                        &format!("{}{written}", stem.0),
                        SpeechWord { finite: true, gender, number, person, usage },
                    );
                }
            }
            for stem in &verb.imperfect {
                for prefix in &affixes.imperfect_prefixes {
                    for ending in &affixes.imperfect_endings {
                        let (gender, person) = (prefix.gender, prefix.person);
                        let number =
                            if prefix.number == Number::Singular { ending.number } else { prefix.number };
                        add(
                            &format!("{}{}{}", prefix.written, stem.0, ending.written),
                            SpeechWord { finite: true, gender, number, person, usage },
                        );
                    }
                }
            }
            for form in &verb.first_person {
                let (number, person) = (Number::Singular, Person::First);
                add(&form.0, SpeechWord { finite: true, gender: None, number, person, usage });
            }
            for form in &verb.forms {
                // A form that is no affix's says nothing of its gender but by the ta of the feminine.
                let gender = if form.0.ends_with('ت') { Gender::Feminine } else { Gender::Masculine };
                let (number, person) = (Number::Singular, Person::Third);
                add(&form.0, SpeechWord { finite: true, gender: Some(gender), number, person, usage });
            }
        }
        let first_letters = Letters::of(&file.proclitics.written);
        Self {
            sieve: Sieve::of(words.keys()),
            words,
            proclitics: file.proclitics,
            first_letters,
            attributions: file.attributions,
            complementizers: file.complementizers,
        }
    }

    /// The proclitic (perhaps empty) before a finite verb of speaking; `None` where `word` is none.
    pub(super) fn verb<'w>(&self, word: &'w str) -> Option<&'w str> {
        self.announces(word, |stem| self.bare(stem).is_some_and(|word| word.finite))
    }

    /// What is known of a word that announces speech, behind its proclitic or not.
    pub(crate) fn word(&self, word: &str) -> Option<SpeechWord> {
        let proclitic = self.cue(word)?;
        self.bare(word.strip_prefix(proclitic)?)
    }

    /// The same for every word that announces speech: verbs and participles.
    pub(crate) fn cue<'w>(&self, word: &'w str) -> Option<&'w str> {
        self.announces(word, |stem| self.bare(stem).is_some())
    }

    /// What is known of a word without proclitics.
    #[inline]
    fn bare(&self, word: &str) -> Option<SpeechWord> {
        self.sieve.passes(word).then(|| self.listed(word))?
    }

    #[cold]
    fn listed(&self, word: &str) -> Option<SpeechWord> {
        self.words.get(word).copied()
    }

    #[inline]
    fn announces<'w>(&self, word: &'w str, known: impl Fn(&str) -> bool) -> Option<&'w str> {
        if known(word) {
            return Some("");
        }
        self.first_letters.may_begin(word).then(|| self.behind_proclitic(word, known))?
    }

    #[cold]
    fn behind_proclitic<'w>(&self, word: &'w str, known: impl Fn(&str) -> bool) -> Option<&'w str> {
        self.proclitics.stems(word).find(|stem| known(stem)).and_then(|stem| word.strip_suffix(stem))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct QuotationRules {
    pub(super) weights: ReadingWeights,
    pub(super) unclosed: Unclosed,
    pub(super) naming_nouns: Words,
    pub(super) naming_verbs: Words,
    pub(super) slogan_nouns: Words,
    pub(super) so_called: Words,
    pub(super) works: Words,
    pub(super) adjective_endings: Affixes,
    pub(super) joiners: AsWritten,
    pub(super) complement_prepositions: Words,
    pub(super) author_prepositions: Affixes,
    pub(super) addressee_prepositions: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadingWeights {
    pub(super) direct: Weights<ReadingFeature>,
    pub(super) scare: Weights<ReadingFeature>,
    pub(super) name: Weights<ReadingFeature>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unclosed {
    pub(super) threshold: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockFile {
    weights: KindWeights,
    goes_on: Weights<WrapFeature>,
    headline_ends: Weights<HeadlineEnd>,
    subhead_ends: Weights<SubheadEnd>,
    lead_verbs: Verbs,
    lead_verbs_or_nouns: Words,
    no_lead_verbs: Words,
    lead_openers: Words,
    going_on: Words,
    begin_with_waw: Words,
    transition: Vec<Transition>,
    byline_cues: Phrases,
    byline_heads: Phrases,
    source_cues: Phrases,
    related_cues: Phrases,
    bullets: Words,
    enumeration_closers: Words,
    label_orders: Forms<Form>,
    byline_trades: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindWeights {
    title: Weights<BlockFeature>,
    title_repeat: Weights<BlockFeature>,
    byline: Weights<BlockFeature>,
    dateline: Weights<BlockFeature>,
    subhead: Weights<BlockFeature>,
    paragraph: Weights<BlockFeature>,
    source: Weights<BlockFeature>,
    list_item: Weights<BlockFeature>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Transition {
    from: Vec<Place>,
    to: Vec<Place>,
    weight: f32,
}

pub(super) struct BlockRules {
    /// In the order of [`KINDS`].
    pub(super) weights: [Weights<BlockFeature>; KINDS.len()],
    transitions: Vec<f32>,
    /// Whether a wrapped line goes on in the next.
    pub(super) goes_on: Weights<WrapFeature>,
    /// Where a headline ends whose line end is lost.
    pub(super) headline_ends: Weights<HeadlineEnd>,
    /// Where a heading inside the text does.
    pub(super) subhead_ends: Weights<SubheadEnd>,
    pub(super) lead_verbs: Words,
    pub(super) lead_verbs_or_nouns: Words,
    pub(super) no_lead_verbs: Words,
    pub(super) lead_openers: Words,
    pub(super) going_on: Words,
    pub(super) begin_with_waw: Words,
    pub(super) byline_cues: Phrases,
    pub(super) byline_heads: Phrases,
    pub(super) source_cues: Phrases,
    pub(super) related_cues: Phrases,
    pub(super) bullets: Words,
    pub(super) enumeration_closers: Words,
    /// The letters that number items, folded, in each order that is in use.
    pub(super) label_orders: Vec<String>,
    pub(super) byline_trades: Words,
}

impl BlockRules {
    fn new(file: BlockFile) -> Self {
        let weights = file.weights;
        let mut transitions = vec![0.0; Place::COUNT * Place::COUNT];
        for transition in &file.transition {
            for from in &transition.from {
                for to in &transition.to {
                    if let Some(weight) = transitions.get_mut(from.pair(*to)) {
                        *weight += transition.weight;
                    }
                }
            }
        }
        Self {
            weights: [
                weights.title,
                weights.title_repeat,
                weights.byline,
                weights.dateline,
                weights.subhead,
                weights.paragraph,
                weights.source,
                weights.list_item,
            ],
            transitions,
            goes_on: file.goes_on,
            headline_ends: file.headline_ends,
            subhead_ends: file.subhead_ends,
            lead_verbs: file.lead_verbs.0,
            lead_verbs_or_nouns: file.lead_verbs_or_nouns,
            no_lead_verbs: file.no_lead_verbs,
            lead_openers: file.lead_openers,
            going_on: file.going_on,
            begin_with_waw: file.begin_with_waw,
            byline_cues: file.byline_cues,
            byline_heads: file.byline_heads,
            source_cues: file.source_cues,
            related_cues: file.related_cues,
            bullets: file.bullets,
            enumeration_closers: file.enumeration_closers,
            label_orders: file.label_orders.forms.iter().map(|order| folded(&order.0)).collect(),
            byline_trades: file.byline_trades,
        }
    }

    /// What it costs or gains that `to` follows `from`.
    pub(super) fn transition(&self, from: Place, to: Place) -> f32 {
        self.transitions.get(from.pair(to)).copied().unwrap_or_default()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DatelineRules {
    pub(super) weights: Weights<DatelineFeature>,
    pub(super) not_in_place: Words,
    pub(super) appositions: Words,
    pub(super) before_place: Words,
    pub(super) place_heads: Words,
    pub(super) place_epithets: Words,
    pub(super) date_glue: Words,
    pub(super) weekdays: Words,
    pub(super) months: Phrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sources {
    pub(super) agencies: Phrases,
    pub(super) papers: Phrases,
    pub(super) generic: Phrases,
    /// Those of them that close a dateline as the name of an agency does.
    pub(super) wires: Phrases,
    pub(super) class_nouns: Words,
}

impl Sources {
    pub(super) fn agencies_and_papers(&self) -> impl Iterator<Item = &Phrases> {
        [&self.agencies, &self.papers].into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_files_are_well_formed() {
        Rules::built_in().map_err(|error| error.to_string()).unwrap();
    }

    #[test]
    fn an_unknown_feature_is_reported_with_its_line() {
        let error = read::<QuotationRules>("segment/x.toml", "[weights.direct]\nbias = 1.0\nno_such = 2.0\n")
            .map(|_| ())
            .unwrap_err();
        assert_eq!((error.file.as_str(), error.line), ("segment/x.toml", 3));
        assert!(error.problem.contains("no_such"), "{}", error.problem);
    }

    #[test]
    fn an_empty_form_is_reported() {
        let error = read::<Words>("segment/x.toml", "forms = [\"a\",\n \"\"]\n").map(|_| ()).unwrap_err();
        assert!(error.problem.contains("empty"), "{}", error.problem);
    }

    #[test]
    fn letters_of_an_abbreviation_join_however_written() {
        let key = |words: &[&str]| {
            let mut key = PhraseKey::default();
            for word in words {
                key.push(word);
            }
            key.key
        };
        assert_eq!(key(&["ا", "ف", "ب"]), "افب");
        assert_eq!(key(&["ا.ف.ب"]), "افب");
        assert_eq!(key(&["بي", "بي", "سي"]), "بي بي سي");
    }

    #[test]
    fn speech_verbs_are_found_behind_proclitics() {
        let rules = Rules::built_in().unwrap();
        let proclitic = |word: &str| rules.speech.cue(&folded(word)).map(str::to_owned);
        assert_eq!(proclitic("قالت"), Some(String::new()));
        assert_eq!(proclitic("وقالوا"), Some("و".to_owned()));
        assert_eq!(proclitic("وسيقول"), Some("وس".to_owned()));
        assert_eq!(proclitic("يؤكدون"), Some(String::new()));
        assert_eq!(proclitic("كتاب"), None);
    }
}
