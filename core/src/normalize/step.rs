//! The steps by name, with their options.

/// A step of normalisation. The order of the variants is the order in which they run, whatever the
/// order in which they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Unicode's normal forms: `ا` + `\u{654}` → `أ`.
    UnicodeForm,
    /// Contextual forms and ligatures to plain letters: `ﻻ` → `لا`.
    PresentationForms,
    /// The stretching stroke off: `مـصـر` → `مصر`.
    Tatweel,
    /// Marks off: `مُحَمَّد` → `محمد`.
    Diacritics,
    /// Alef with hamza, madda or wasla to bare alef: `أحمد` → `احمد`.
    AlefForms,
    /// Hamza on waw or ya to waw or ya: `مسؤول` → `مسوول`.
    HamzaSeats,
    /// Alef maqsura to ya: `على` → `علي`.
    AlefMaqsura,
    /// Ta marbuta to ha: `مدينة` → `مدينه`.
    TaMarbuta,
    /// Latin capitals to small letters: `UNICEF` → `unicef`.
    LatinCase,
    /// One kind of digits: `٢٠٢٤` → `2024`.
    Digits,
    /// Direction marks and isolates off.
    BidiControls,
    /// Invisible characters off, except where they shape a word.
    ZeroWidth,
    /// Control characters and noncharacters off.
    ControlCharacters,
    /// Spaces and line ends made uniform.
    Whitespace,
    /// One style of quotation marks: `«نص»` → `"نص"`.
    Quotes,
}

/// An option of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepOption {
    /// Its name in a request.
    pub name: &'static str,
    /// What it can be; the first is the default.
    pub values: &'static [&'static str],
    /// What the values mean.
    pub description: &'static str,
}

impl StepOption {
    /// The value where none is given.
    pub fn default_value(&self) -> &'static str {
        self.values.first().copied().unwrap_or_default()
    }
}

impl Step {
    /// All steps, in the order in which they run.
    pub const fn all() -> &'static [Self] {
        use Step as S;
        &[
            S::UnicodeForm,
            S::PresentationForms,
            S::Tatweel,
            S::Diacritics,
            S::AlefForms,
            S::HamzaSeats,
            S::AlefMaqsura,
            S::TaMarbuta,
            S::LatinCase,
            S::Digits,
            S::BidiControls,
            S::ZeroWidth,
            S::ControlCharacters,
            S::Whitespace,
            S::Quotes,
        ]
    }

    /// The step's name in a request.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnicodeForm => "unicode_form",
            Self::PresentationForms => "presentation_forms",
            Self::Tatweel => "tatweel",
            Self::Diacritics => "diacritics",
            Self::AlefForms => "alef_forms",
            Self::HamzaSeats => "hamza_seats",
            Self::AlefMaqsura => "alef_maqsura",
            Self::TaMarbuta => "ta_marbuta",
            Self::LatinCase => "latin_case",
            Self::Digits => "digits",
            Self::BidiControls => "bidi_controls",
            Self::ZeroWidth => "zero_width",
            Self::ControlCharacters => "control_characters",
            Self::Whitespace => "whitespace",
            Self::Quotes => "quotes",
        }
    }

    /// The step of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().iter().copied().find(|step| step.name() == name)
    }

    /// What the step does, in a sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::UnicodeForm => "Brings the text into one of Unicode's normal forms.",
            Self::PresentationForms => {
                "Replaces Arabic presentation forms and ligatures by the letters they stand for."
            }
            Self::Tatweel => {
                "Removes the stretching stroke, except in the abbreviation for hijri behind a number."
            }
            Self::Diacritics => {
                "Removes vowel marks, tanwin, shadda, sukun, dagger alef, madda and Quranic marks."
            }
            Self::AlefForms => "Levels alef with hamza, madda, wasla or wavy hamza to bare alef.",
            Self::HamzaSeats => {
                "Levels hamza on waw and on ya to the letter that carries it; takes combining hamza off."
            }
            Self::AlefMaqsura => "Levels alef maqsura to ya.",
            Self::TaMarbuta => "Levels ta marbuta to ha.",
            Self::LatinCase => "Turns Latin capitals into small letters.",
            Self::Digits => {
                "Writes all digits as ASCII or as Arabic-Indic ones, with the decimal, thousands and percent marks that belong to them."
            }
            Self::BidiControls => "Removes direction marks, embeddings, overrides and isolates.",
            Self::ZeroWidth => {
                "Removes invisible characters without width; joiners and non-joiners stay where they shape a word."
            }
            Self::ControlCharacters => {
                "Removes control characters and noncharacters; tabs and line ends are left to whitespace."
            }
            Self::Whitespace => {
                "Turns every run of spaces into one space and every line end into LF, and removes spaces at the end of lines."
            }
            Self::Quotes => {
                "Writes all quotation marks in one style, double outside and single inside, each pair facing the right way."
            }
        }
    }

    /// The options that the step takes.
    pub const fn options(self) -> &'static [StepOption] {
        match self {
            Self::UnicodeForm => &[StepOption {
                name: "form",
                values: &["NFC", "NFD", "NFKC", "NFKD"],
                description: "Composed or decomposed; with K also compatibility characters replaced.",
            }],
            Self::PresentationForms => &[StepOption {
                name: "words",
                values: &["expand", "keep"],
                description: "Whether ligatures of whole words (U+FDF0 to U+FDFF and the honorifics) are written out.",
            }],
            Self::Digits => &[StepOption {
                name: "to",
                values: &["latn", "arab"],
                description: "ASCII digits, or Arabic-Indic ones (a word with Latin letters keeps its digits).",
            }],
            Self::Quotes => &[StepOption {
                name: "style",
                values: &["ascii", "curly", "guillemets"],
                description: "Straight marks, curly marks, or guillemets.",
            }],
            Self::Whitespace => &[StepOption {
                name: "lines",
                values: &["keep", "join"],
                description: "Whether the lines of a paragraph become one; blank lines stay as one blank line.",
            }],
            _ => &[],
        }
    }

    /// Where the step stands in [`Self::all`].
    const fn index(self) -> usize {
        self as usize
    }
}

/// How many places each step changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts([u32; 15]);

impl Counts {
    pub(super) fn add(&mut self, step: Step, places: u32) {
        if let Some(count) = self.0.get_mut(step.index()) {
            *count = count.saturating_add(places);
        }
    }

    pub(super) fn set(&mut self, step: Step, places: u32) {
        if let Some(count) = self.0.get_mut(step.index()) {
            *count = places;
        }
    }

    /// The steps that changed something, in order.
    pub(super) fn changed(&self) -> Vec<(Step, u32)> {
        Step::all().iter().copied().zip(self.0).filter(|(_, places)| *places > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stand_in_their_order_and_have_names_of_their_own() {
        assert!(Step::all().is_sorted());
        for (index, &step) in Step::all().iter().enumerate() {
            assert_eq!(step.index(), index);
            assert_eq!(Step::from_name(step.name()), Some(step));
            assert!(step.description().ends_with('.'));
        }
        assert_eq!(Step::all().len(), Counts::default().0.len());
        assert_eq!(Step::from_name("Quotes"), None);
    }
}
