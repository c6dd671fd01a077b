//! What of the steps on single characters is chosen, read from their options once.

use std::collections::BTreeMap;

use super::preset::Options;
use super::punctuation::Writing;
use super::step::Step;
use super::tables::{DigitSet, Mapping, MarkClass, TABLES};

/// Which steps a pass takes, and how.
#[allow(clippy::struct_excessive_bools)] // One switch a step, each set by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// Expand presentation forms; `words` says whether also the ligatures of whole words.
    pub(super) presentation_forms: Option<bool>,
    pub(super) tatweel: Option<Tatweel>,
    pub(super) diacritics: Option<Diacritics>,
    pub(super) look_alikes: Option<LookAlikes>,
    pub(super) alef_forms: Option<Repertoire>,
    /// Off which alefs a hamza or madda of its own goes: all, or only that with which it would make one of the basic forms.
    pub(super) alef_marks: Option<Repertoire>,
    /// Level hamza on its seats; whether also hamza alone goes.
    pub(super) hamza_seats: Option<bool>,
    pub(super) alef_maqsura: bool,
    pub(super) ta_marbuta: bool,
    /// Write digits of this set, or of any, in ASCII.
    pub(super) latin_digits: Option<DigitsFrom>,
    pub(super) bidi_controls: bool,
    pub(super) zero_width: Option<Joiners>,
    pub(super) control_characters: bool,
    pub(super) latin_case: bool,
    /// Write Arabic commas, semicolons and question marks as Latin ones.
    pub(super) latin_punctuation: bool,
    /// Write every dash as a hyphen.
    pub(super) hyphens: bool,
}

/// How much of a table a step takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repertoire {
    All,
    /// What everyday writing has.
    Basic,
}

/// What becomes of the stroke of a lone `هـ` behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tatweel {
    KeepsHijri,
    Everywhere,
}

/// What becomes of joiners and non-joiners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joiners {
    WhereNeeded,
    Removed,
}

/// Which letters of other languages become Arabic ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LookAlikes {
    /// Those in Arabic words, of which passages of this size say something.
    ArabicWords(Passages),
    Everywhere,
}

/// What a change of language does not reach across: a line, or what is one after the step on white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passages {
    Lines,
    Paragraphs,
    Whole,
}

/// Which digits are written otherwise: those of one set; all where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct DigitsFrom(pub(super) Option<DigitSet>);

impl DigitsFrom {
    pub(super) fn takes(self, set: DigitSet) -> bool {
        self.0.is_none_or(|only| only == set)
    }
}

/// Which marks go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Diacritics {
    kept: Vec<&'static str>,
    repertoire: Repertoire,
    /// Only the marks behind a word's last letter.
    pub(super) only_final: bool,
    /// With a word's last fathatan its alef.
    pub(super) tanwin_with_alef: bool,
    /// Inside a word the dagger alef becomes a letter.
    pub(super) dagger_alef_written: bool,
}

impl Diacritics {
    /// All of them.
    pub(super) const ALL: Self = Self {
        kept: Vec::new(),
        repertoire: Repertoire::All,
        only_final: false,
        tanwin_with_alef: false,
        dagger_alef_written: false,
    };

    fn of(options: &Options) -> Self {
        let is = |name, value| options.get(name) == Some(&value);
        Self {
            kept: options.iter().filter(|(_, value)| **value == "keep").map(|(name, _)| *name).collect(),
            repertoire: Repertoire::of(is("repertoire", "basic")),
            only_final: is("position", "final"),
            tanwin_with_alef: is("tanwin", "with_alef"),
            dagger_alef_written: is("dagger_alef", "alef"),
        }
    }

    /// Their rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'static (MarkClass, Mapping)> {
        TABLES.diacritics.iter().filter(|(class, mark)| self.knows(mark.from) && self.takes(*class))
    }

    fn takes(&self, class: MarkClass) -> bool {
        let is_written = class == MarkClass::DaggerAlef && self.dagger_alef_written;
        !is_written && !self.kept.contains(&class.option())
    }

    /// Whether `mark` is in the repertoire.
    pub(super) fn knows(&self, mark: char) -> bool {
        self.repertoire == Repertoire::All || matches!(mark, '\u{64B}'..='\u{652}')
    }
}

impl Repertoire {
    const fn of(basic: bool) -> Self {
        if basic { Self::Basic } else { Self::All }
    }
}

impl Choice {
    /// What of `steps` the passes over single characters do, but for presentation forms, which have a
    /// pass of their own.
    pub(super) fn of(steps: &BTreeMap<Step, Options>) -> Self {
        let has = |step| steps.contains_key(&step);
        let is = |step, name, value| steps.get(&step).map(|options| options.get(name) == Some(&value));
        let option = |step, name| steps.get(&step).and_then(|options| options.get(name)).copied();
        let alef_forms = is(Step::AlefForms, "letters", "basic").map(Repertoire::of);
        Self {
            presentation_forms: None,
            tatweel: is(Step::Tatweel, "hijri", "remove")
                .map(|everywhere| if everywhere { Tatweel::Everywhere } else { Tatweel::KeepsHijri }),
            diacritics: steps.get(&Step::Diacritics).map(Diacritics::of),
            look_alikes: is(Step::LookAlikeLetters, "where", "everywhere").map(|everywhere| {
                if everywhere {
                    return LookAlikes::Everywhere;
                }
                LookAlikes::ArabicWords(match option(Step::Whitespace, "lines") {
                    Some("join") => Passages::Paragraphs,
                    Some("space") => Passages::Whole,
                    _ => Passages::Lines,
                })
            }),
            alef_forms,
            // Before the composed form they are letters of their own to Lucene.
            alef_marks: alef_forms.filter(|&forms| forms == Repertoire::All || has(Step::UnicodeForm)),
            hamza_seats: is(Step::HamzaSeats, "alone", "remove"),
            alef_maqsura: has(Step::AlefMaqsura),
            ta_marbuta: has(Step::TaMarbuta),
            latin_digits: (option(Step::Digits, "to") == Some("latn"))
                .then(|| DigitsFrom(option(Step::Digits, "from").and_then(DigitSet::from_name)))
                // ASCII digits are in ASCII.
                .filter(|from| from.0 != Some(DigitSet::Latn)),
            bidi_controls: has(Step::BidiControls),
            zero_width: is(Step::ZeroWidth, "joiners", "remove")
                .map(|removed| if removed { Joiners::Removed } else { Joiners::WhereNeeded }),
            control_characters: has(Step::ControlCharacters),
            latin_case: has(Step::LatinCase),
            latin_punctuation: false,
            hyphens: false,
        }
    }

    /// With what of the steps on punctuation and dashes needs no more than the neighbours; both are steps of their own
    /// where another of `steps` works on words with their marks in between.
    pub(super) fn with_punctuation(self, steps: &BTreeMap<Step, Options>) -> Self {
        let is =
            |step, name, value| steps.get(&step).is_some_and(|options| options.get(name) == Some(&value));
        let alone = !steps.contains_key(&Step::StandardOrthography)
            && !["arab", "arabext"].iter().any(|set| is(Step::Digits, "to", set));
        let writing = steps.get(&Step::Punctuation).map(Writing::of);
        Self {
            latin_punctuation: alone && writing.is_some_and(Writing::is_of_latin_marks_only),
            hyphens: alone && is(Step::Dashes, "style", "hyphen"),
            ..self
        }
    }

    /// Without what [`Self::with_punctuation`] adds.
    #[cfg(any(test, feature = "reference"))]
    pub(super) fn without_punctuation(self) -> Self {
        Self { latin_punctuation: false, hyphens: false, ..self }
    }

    /// What comes before the standard orthography is restored, and what levels spelling behind it.
    pub(super) fn parted(self) -> (Self, Self) {
        let behind = Self {
            alef_forms: self.alef_forms,
            alef_marks: self.alef_marks,
            hamza_seats: self.hamza_seats,
            alef_maqsura: self.alef_maqsura,
            ta_marbuta: self.ta_marbuta,
            latin_digits: self.latin_digits,
            latin_case: self.latin_case,
            ..Self::default()
        };
        let before = Self {
            alef_forms: None,
            alef_marks: None,
            hamza_seats: None,
            alef_maqsura: false,
            ta_marbuta: false,
            latin_digits: None,
            latin_case: false,
            ..self
        };
        (before, behind)
    }
}
