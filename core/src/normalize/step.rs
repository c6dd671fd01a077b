//! The steps by name, with their options.

/// A step of normalisation. The order of the variants is the order in which they run, whatever the
/// order in which they are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Contextual forms and ligatures to plain letters: `ﻻ` → `لا`.
    PresentationForms,
    /// Unicode's normal forms: `ا` + `\u{654}` → `أ`.
    UnicodeForm,
    /// Addresses on the web off, or a label in their place.
    Urls,
    /// Emoji off, or a label in their place.
    Emoji,
    /// Direction marks and isolates off.
    BidiControls,
    /// Invisible characters off, except where they shape a word.
    ZeroWidth,
    /// Control characters and noncharacters off.
    ControlCharacters,
    /// The stretching stroke off: `مـصـر` → `مصر`.
    Tatweel,
    /// Marks off: `مُحَمَّد` → `محمد`.
    Diacritics,
    /// Letters of other languages in Arabic words: `علی` → `علي`.
    LookAlikeLetters,
    /// What hurried writing dropped: `الى الاسد` → `إلى الأسد`.
    StandardOrthography,
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
    /// Letters written three times or more: `جميييل` → `جميل`.
    Elongation,
    /// Spaces and line ends made uniform.
    Whitespace,
    /// Arabic or Latin punctuation: `لماذا?` → `لماذا؟`.
    Punctuation,
    /// One kind of dashes: `القاهرة — رويترز` → `القاهرة - رويترز`.
    Dashes,
    /// One style of quotation marks: `«نص»` → `"نص"`.
    Quotes,
    /// Affixes off, for search: `والمكتبات` → `مكتب`.
    Stem,
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
            S::PresentationForms,
            S::UnicodeForm,
            S::Urls,
            S::Emoji,
            S::BidiControls,
            S::ZeroWidth,
            S::ControlCharacters,
            S::Tatweel,
            S::Diacritics,
            S::LookAlikeLetters,
            S::StandardOrthography,
            S::AlefForms,
            S::HamzaSeats,
            S::AlefMaqsura,
            S::TaMarbuta,
            S::LatinCase,
            S::Digits,
            S::Elongation,
            S::Whitespace,
            S::Punctuation,
            S::Dashes,
            S::Quotes,
            S::Stem,
        ]
    }

    /// The step's name in a request.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Urls => "urls",
            Self::Emoji => "emoji",
            Self::UnicodeForm => "unicode_form",
            Self::PresentationForms => "presentation_forms",
            Self::BidiControls => "bidi_controls",
            Self::ZeroWidth => "zero_width",
            Self::ControlCharacters => "control_characters",
            Self::Tatweel => "tatweel",
            Self::Diacritics => "diacritics",
            Self::LookAlikeLetters => "look_alike_letters",
            Self::StandardOrthography => "standard_orthography",
            Self::AlefForms => "alef_forms",
            Self::HamzaSeats => "hamza_seats",
            Self::AlefMaqsura => "alef_maqsura",
            Self::TaMarbuta => "ta_marbuta",
            Self::LatinCase => "latin_case",
            Self::Digits => "digits",
            Self::Elongation => "elongation",
            Self::Punctuation => "punctuation",
            Self::Dashes => "dashes",
            Self::Whitespace => "whitespace",
            Self::Quotes => "quotes",
            Self::Stem => "stem",
        }
    }

    /// The step of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().iter().copied().find(|step| step.name() == name)
    }

    /// What the step does, in a sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Self::Urls => "Removes addresses on the web (URLs), or writes a label in their place.",
            Self::Emoji => "Removes emoji, or writes a label in their place.",
            Self::UnicodeForm => "Brings the text into one of Unicode's normal forms.",
            Self::PresentationForms => {
                "Replaces Arabic presentation forms and ligatures by the letters they stand for."
            }
            Self::BidiControls => "Removes direction marks, embeddings, overrides and isolates.",
            Self::ZeroWidth => {
                "Removes invisible characters without width; joiners and non-joiners stay where they shape a word."
            }
            Self::ControlCharacters => {
                "Removes control characters and noncharacters; tabs and line ends are left to whitespace."
            }
            Self::Tatweel => {
                "Removes the stretching stroke, except in the abbreviation for hijri behind a number."
            }
            Self::Diacritics => {
                "Removes vowel marks, tanwin, shadda, sukun, dagger alef, madda and Quranic marks."
            }
            Self::LookAlikeLetters => {
                "Replaces letters of Persian, Urdu and other keyboards in Arabic words; words of those languages stay."
            }
            Self::StandardOrthography => {
                "Restores the hamza of alef, the dots of final ya and of ta marbuta where the writer dropped them and the word is sure."
            }
            Self::AlefForms => "Levels alef with hamza, madda, wasla or wavy hamza to bare alef.",
            Self::HamzaSeats => {
                "Levels hamza on waw and on ya to the letter that carries it; takes combining hamza off."
            }
            Self::AlefMaqsura => "Levels alef maqsura to ya.",
            Self::TaMarbuta => "Levels ta marbuta to ha.",
            Self::LatinCase => "Turns Latin capitals into small letters.",
            Self::Digits => {
                "Writes all digits in one set, with the decimal, thousands and percent marks that belong to them."
            }
            Self::Elongation => "Shortens letters that are written three times or more.",
            Self::Punctuation => {
                "Writes commas, semicolons, question marks and the like as Arabic or as Latin text has them."
            }
            Self::Dashes => "Writes all dashes alike; inside words and numbers they become hyphens.",
            Self::Whitespace => {
                "Turns every run of spaces into one space and every line end into LF, and removes spaces at the end of lines."
            }
            Self::Quotes => {
                "Writes all quotation marks in one style, double outside and single inside, each pair facing the right way."
            }
            Self::Stem => "Takes the affixes of a light stem off each Arabic word, for search.",
        }
    }

    /// The options that the step takes.
    #[allow(clippy::too_many_lines)] // A table.
    pub const fn options(self) -> &'static [StepOption] {
        match self {
            Self::Urls => &[
                StepOption {
                    name: "mode",
                    values: &["mask", "remove", "keep"],
                    description: "What becomes of an address.",
                },
                StepOption {
                    name: "label",
                    values: &["latin", "arabic"],
                    description: "The label: `[URL]` or `[رابط]`.",
                },
            ],
            Self::Emoji => &[
                StepOption {
                    name: "mode",
                    values: &["remove", "mask", "keep"],
                    description: "What becomes of an emoji.",
                },
                StepOption {
                    name: "label",
                    values: &["latin", "arabic"],
                    description: "The label: `[EMOJI]` or `[رمز]`.",
                },
            ],
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
            Self::ZeroWidth => &[StepOption {
                name: "joiners",
                values: &["where_needed", "remove"],
                description: "Whether joiners and non-joiners stay where they shape a word; between emoji a joiner always stays.",
            }],
            Self::Tatweel => &[StepOption {
                name: "hijri",
                values: &["keep", "remove"],
                description: "Whether the stroke of a lone `هـ` behind a number stays.",
            }],
            Self::Diacritics => &[
                StepOption {
                    name: "vowels",
                    values: &["remove", "keep"],
                    description: "Fatha, damma, kasra and their Quranic small forms.",
                },
                StepOption { name: "sukun", values: &["remove", "keep"], description: "Sukun." },
                StepOption {
                    name: "tanwin",
                    values: &["remove", "keep", "with_alef"],
                    description: "Tanwin; with_alef takes a word's last alef that carries it too.",
                },
                StepOption { name: "shadda", values: &["remove", "keep"], description: "Shadda." },
                StepOption {
                    name: "dagger_alef",
                    values: &["remove", "keep", "alef"],
                    description: "Dagger alef; alef writes it as a letter inside a word.",
                },
                StepOption { name: "madda", values: &["remove", "keep"], description: "Combining madda." },
                StepOption {
                    name: "quranic",
                    values: &["remove", "keep"],
                    description: "Marks of recitation.",
                },
                StepOption {
                    name: "honorifics",
                    values: &["remove", "keep"],
                    description: "Combining honorifics.",
                },
                StepOption {
                    name: "position",
                    values: &["all", "final"],
                    description: "All marks, or only those behind a word's last letter.",
                },
                StepOption {
                    name: "repertoire",
                    values: &["all", "basic"],
                    description: "All marks, or only U+064B to U+0652.",
                },
            ],
            Self::LookAlikeLetters => &[StepOption {
                name: "where",
                values: &["arabic_words", "everywhere"],
                description: "Whether words that show to be of another language stay.",
            }],
            Self::StandardOrthography => &[StepOption {
                name: "confidence",
                values: &["normal", "high"],
                description: "How sure a spelling must be.",
            }],
            Self::AlefForms => &[StepOption {
                name: "letters",
                values: &["all", "basic"],
                description: "All forms of alef, or only madda and hamza above and below.",
            }],
            Self::HamzaSeats => &[StepOption {
                name: "alone",
                values: &["keep", "remove"],
                description: "Whether a hamza without a seat stays.",
            }],
            Self::Digits => &[
                StepOption {
                    name: "to",
                    values: &["latn", "arab", "arabext"],
                    description: "ASCII digits, Arabic-Indic or Extended Arabic-Indic ones (in the latter two a word with Latin letters keeps its digits).",
                },
                StepOption {
                    name: "from",
                    values: &["all", "latn", "arab", "arabext"],
                    description: "Which digits are written otherwise.",
                },
            ],
            Self::Elongation => &[StepOption {
                name: "keep",
                values: &["one", "two"],
                description: "How many of the letters stay; with one, two stay where that is the more frequent word.",
            }],
            Self::Punctuation => &[
                StepOption {
                    name: "to",
                    values: &["arabic", "latin", "keep"],
                    description: "Whose commas, semicolons, question and percent marks.",
                },
                StepOption {
                    name: "ellipsis",
                    values: &["keep", "dots", "character"],
                    description: "Whether an ellipsis is three points or one character.",
                },
                StepOption {
                    name: "repeats",
                    values: &["keep", "one"],
                    description: "Whether repeated marks become one.",
                },
                StepOption {
                    name: "space_before",
                    values: &["keep", "remove"],
                    description: "Whether a space before a mark stays.",
                },
            ],
            Self::Dashes => &[StepOption {
                name: "style",
                values: &["hyphen", "en", "em"],
                description: "What a dash that stands free becomes.",
            }],
            Self::Whitespace => &[
                StepOption {
                    name: "lines",
                    values: &["keep", "squeeze", "join", "space"],
                    description: "Whether line ends stay, runs of them become one, the lines of a paragraph become one (blank lines stay as one blank line), or all become spaces.",
                },
                StepOption {
                    name: "ends",
                    values: &["trim", "keep"],
                    description: "Whether spaces at the end of lines and of the text go.",
                },
            ],
            Self::Quotes => &[StepOption {
                name: "style",
                values: &["ascii", "curly", "guillemets"],
                description: "Straight marks, curly marks, or guillemets.",
            }],
            _ => &[],
        }
    }

    /// Where the step stands in [`Self::all`].
    const fn index(self) -> usize {
        self as usize
    }
}

/// A set of steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Steps(u32);

impl Steps {
    pub(super) const fn only(step: Step) -> Self {
        Self(1 << step as u32)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Step> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            Step::all().get(lowest as usize).copied()
        })
    }
}

/// How many places each step changed.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts([u32; 23]);

impl Counts {
    pub(super) fn add(&mut self, step: Step, places: u32) {
        if let Some(count) = self.0.get_mut(step.index()) {
            *count = count.saturating_add(places);
        }
    }

    pub(super) fn add_all(&mut self, steps: Steps, places: u32) {
        for step in steps.iter() {
            self.add(step, places);
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
