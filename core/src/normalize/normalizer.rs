//! From a request for steps to a normaliser, and from a text to its normal form.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::characters::CharacterPass;
use super::choice::{Choice, DigitsFrom};
use super::elongation::Keep;
use super::form::Form;
use super::masks::Masks;
use super::orthography::Confidence;
use super::preset::{BadOption, Options, Preset, presets, resolve};
use super::punctuation::Writing;
use super::quotes::Style;
use super::signs::{Left, Look, SHARED, SignMap, Signs, Table};
use super::step::{Counts, Step};
use super::tables::DigitSet;
use super::whitespace::{Blanks, Lines};
use super::{
    Normalized, arabic_digits, dashes, elongation, masks, orthography, punctuation, quotes, stem, whitespace,
};

/// A step as a caller asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepRequest {
    /// The step's name.
    pub step: String,
    /// Whether it runs; unset means yes.
    pub enabled: Option<bool>,
    /// Values of its options by name; what is not here is as in the preset, else the default.
    pub options: BTreeMap<String, String>,
}

/// A request for steps that means nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct StepError {
    /// Which of the step requests is wrong; `None` where it is the preset.
    pub index: Option<usize>,
    /// What is wrong.
    pub problem: StepProblem,
}

/// What is wrong with a request for steps. The caller's own words are not repeated: they may be text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StepProblem {
    /// No preset has this name.
    #[error("there is no such preset; the presets are {}", preset_names())]
    UnknownPreset,
    /// No step has this name.
    #[error("there is no such step; the steps are {}", step_names())]
    UnknownStep,
    /// The step has no such option.
    #[error("{} has no such option; {}", .step.name(), options_of(*.step))]
    UnknownOption {
        /// The step.
        step: Step,
    },
    /// The option does not have this value.
    #[error("{option} of {} must be one of {}", .step.name(), .values.join(", "))]
    UnknownValue {
        /// The step.
        step: Step,
        /// The option's name.
        option: &'static str,
        /// The values that it can have.
        values: &'static [&'static str],
    },
    /// The step stands in the request before.
    #[error("{} is asked for twice", .step.name())]
    Repeated {
        /// The step.
        step: Step,
    },
    /// The step is switched off and yet has options.
    #[error("{} is switched off and has options: they contradict one another", .step.name())]
    Contradictory {
        /// The step.
        step: Step,
    },
}

fn preset_names() -> String {
    presets().iter().map(|preset| preset.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn step_names() -> String {
    Step::all().iter().map(|step| step.name()).collect::<Vec<_>>().join(", ")
}

fn options_of(step: Step) -> String {
    match step.options() {
        [] => "it has none".to_owned(),
        options => {
            let names: Vec<_> = options.iter().map(|option| option.name).collect();
            format!("it has {}", names.join(", "))
        }
    }
}

/// What normalisation gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The text and the way back.
    pub normalized: Normalized,
    /// The steps that changed something, in the order in which they run, and how many places each
    /// changed. A place that two steps changed counts for both.
    pub changes: Vec<(Step, u32)>,
}

/// A set of steps, ready to run on any number of texts.
///
/// # Order
/// Steps run in the order of [`Step::all`], whatever the order of the request: presentation forms, because
/// Unicode's decomposition of a mark's spacing form would tear the word; the Unicode form, because the other
/// steps know composed letters; what is masked; the steps on single characters, all in one pass; then those that
/// look at more of the text, of which each sees what the ones before it have made uniform. Where a step takes away
/// what kept others from composing or parted an address, all run again. A decomposed form is made at the very end.
///
/// # Idempotence
/// The output of a normaliser is its own normal form, but with [`Step::Stem`] and, rarely, with
/// [`Step::StandardOrthography`], to which a word that they made may look like one to work on.
pub struct Normalizer {
    steps: BTreeMap<Step, Options>,
    /// Presentation forms.
    pub(super) letters_first: Option<CharacterPass>,
    pub(super) form: Option<Form>,
    pub(super) masks: Option<Masks>,
    pub(super) characters: Option<CharacterPass>,
    /// How sure a restored spelling must be. What levels spelling comes behind it, in a pass of its own.
    orthography: Option<(Confidence, Option<CharacterPass>)>,
    /// The set in which digits are written, where it is not the ASCII ones, and which are.
    pub(super) arabic_digits: Option<(DigitSet, DigitsFrom)>,
    pub(super) elongation: Option<Keep>,
    pub(super) blanks: Option<Blanks>,
    /// What of punctuation and dashes the pass over characters does not do.
    punctuation: Option<Writing>,
    dashes: Option<dashes::Style>,
    pub(super) quotes: Option<Style>,
    pub(super) stem: bool,
}

/// How often all passes run at most. Two rounds settle nearly every text (a form can be due again after
/// the other steps); a test looks for text that needs more.
const ROUNDS: usize = 6;

/// The presets' normalisers.
static PRESETS: LazyLock<BTreeMap<&str, Arc<Normalizer>>> = LazyLock::new(|| {
    let normalizer =
        |preset: &'static Preset| (preset.name.as_str(), Arc::new(Normalizer::of(preset.steps.clone())));
    presets().iter().map(normalizer).collect()
});

impl Normalizer {
    /// The normaliser for `preset`, changed by `overrides`: each switches a step on or off, or sets
    /// options of it.
    ///
    /// Without a preset only the steps that `overrides` switches on run; without either the preset is
    /// `display`. A preset as it is was built once and is shared.
    ///
    /// # Errors
    /// [`StepError`]: which of the overrides is wrong, and how.
    pub fn new(preset: Option<&str>, overrides: &[StepRequest]) -> Result<Arc<Self>, StepError> {
        if overrides.is_empty() {
            return PRESETS
                .get(preset.unwrap_or("display"))
                .cloned()
                .ok_or(StepError { index: None, problem: StepProblem::UnknownPreset });
        }
        let mut steps = match preset {
            None => BTreeMap::new(),
            Some(name) => presets()
                .iter()
                .find(|preset| preset.name == name)
                .map(|preset| preset.steps.clone())
                .ok_or(StepError { index: None, problem: StepProblem::UnknownPreset })?,
        };
        let mut seen = Vec::with_capacity(overrides.len());
        for (index, request) in overrides.iter().enumerate() {
            apply(&mut steps, &mut seen, request)
                .map_err(|problem| StepError { index: Some(index), problem })?;
        }
        Ok(Arc::new(Self::of(steps)))
    }

    fn of(steps: BTreeMap<Step, Options>) -> Self {
        let option = |step, name| steps.get(&step).and_then(|options| options.get(name)).copied();
        let presentation_forms = option(Step::PresentationForms, "words").map(|words| words == "expand");
        let digits = option(Step::Digits, "to").and_then(DigitSet::from_name);
        let digits_from = DigitsFrom(option(Step::Digits, "from").and_then(DigitSet::from_name));
        let choice = Choice::of(&steps);
        let confidence = option(Step::StandardOrthography, "confidence").map(Confidence::from_name);
        let (choice, levelling) = match confidence {
            None => (choice.with_punctuation(&steps), Choice::default()),
            Some(_) => choice.parted(),
        };
        Self {
            letters_first: CharacterPass::new(Choice { presentation_forms, ..Choice::default() }),
            form: option(Step::UnicodeForm, "form").and_then(Form::from_name),
            masks: Masks::of(steps.get(&Step::Urls), steps.get(&Step::Emoji)),
            punctuation: steps.get(&Step::Punctuation).map(Writing::of).filter(|_| !choice.latin_punctuation),
            dashes: option(Step::Dashes, "style").map(dashes::Style::from_name).filter(|_| !choice.hyphens),
            characters: CharacterPass::new(choice),
            orthography: confidence.map(|confidence| (confidence, CharacterPass::new(levelling))),
            arabic_digits: digits.filter(|&to| to != DigitSet::Latn).map(|to| (to, digits_from)),
            elongation: option(Step::Elongation, "keep").map(Keep::from_name),
            blanks: option(Step::Whitespace, "lines").map(|lines| Blanks {
                lines: Lines::from_name(lines),
                trim: option(Step::Whitespace, "ends") != Some("keep"),
            }),
            quotes: option(Step::Quotes, "style").map(|style| match style {
                "curly" => Style::Curly,
                "guillemets" => Style::Guillemets,
                _ => Style::Ascii,
            }),
            stem: steps.contains_key(&Step::Stem),
            steps,
        }
    }

    /// The steps that run, in their order, with all their options.
    pub fn steps(&self) -> &BTreeMap<Step, Options> {
        &self.steps
    }

    /// The normal form of `text`.
    pub fn run(&self, text: &str) -> Output {
        let table = self.characters.as_ref().map_or(&*SHARED, CharacterPass::signs);
        let mut state =
            State { source: text, now: None, table, map: table.map(text), mapped: Mapped::Now, seen: None };
        if !self.may_change(state.signs()) {
            return Output { normalized: Normalized::unchanged(text), changes: Vec::new() };
        }
        let mut counts = Counts::default();
        let composed = self.form.map(Form::composed);
        // All presentation forms begin with this byte, and hardly a text has one.
        if let Some(pass) =
            self.letters_first.as_ref().filter(|_| memchr::memchr(0xEF, text.as_bytes()).is_some())
        {
            state.pass(|text| pass.signs().looking(text, |look| pass.run(look, &mut counts)));
        }
        // Whether all passes have to run, whatever the first two find.
        let mut due = true;
        for _ in 0..ROUNDS {
            let mut form = 0;
            if let Some(composed) = composed {
                form = state.pass_over(composed.sign(), |look| composed.compose(look));
                counts.add(Step::UnicodeForm, form);
            }
            let mut others = 0;
            if let Some(masks) = self.masks {
                others += state.pass(|text| masks::run(text, masks, &mut counts));
            }
            if !due && form + others == 0 {
                break;
            }
            due = false;
            if let Some(pass) = &self.characters {
                others += state.pass_over_characters(|look| pass.run_noting(look, &mut counts));
            }
            if let Some((confidence, levelling)) = &self.orthography {
                others += state.pass(|text| orthography::run(text, *confidence, &mut counts));
                if let Some(pass) = levelling {
                    others +=
                        state.pass(|text| pass.signs().looking(text, |look| pass.run(look, &mut counts)));
                }
            }
            // The passes from here on write nothing that one behind them or the form would change, but for an ellipsis.
            let signs = state.signs();
            if let Some((to, from)) = self.arabic_digits {
                others += state.pass(|text| arabic_digits::run(text, to, from, &mut counts));
            }
            if let Some(keep) = self.elongation {
                // A word's last letters may be other ones to the steps on single characters.
                due = state.pass(|text| elongation::run(text, keep, &mut counts)) > 0;
            }
            if let Some(blanks) = self.blanks
                && (blanks.joins_lines() || signs.has(Signs::BLANKS))
            {
                others += state.pass(|text| whitespace::run(text, blanks, &mut counts));
            }
            if let Some(writing) = self.punctuation {
                others +=
                    state.pass_over(Signs::PUNCTUATION, |look| punctuation::run(look, writing, &mut counts));
            }
            if let Some(style) = self.dashes {
                others += state.pass_over(Signs::DASHES, |look| dashes::run(look, style, &mut counts));
            }
            if let Some(style) = self.quotes {
                others += state.pass_over(Signs::QUOTES, |look| quotes::run(look, style, &mut counts));
            }
            // Without a form to make again or signs to look for each step has seen what it would see in a second round.
            if !due && (others == 0 || self.masks.is_none() && !self.may_recompose(signs)) {
                break;
            }
        }
        if self.stem {
            state.pass(|text| stem::run(text, &mut counts));
        }
        if let Some(form) = self.form.filter(|&form| form != form.composed()) {
            state.pass(|text| form.run(text));
            // Composed for the other steps' sake and decomposed again: only the sum is a change.
            let places = form.run(text).map_or(0, |out| out.alignment.edits().len());
            counts.set(Step::UnicodeForm, u32::try_from(places).unwrap_or(u32::MAX));
        }
        let normalized = state.finish();
        let changes = if normalized.alignment.is_identity() { Vec::new() } else { counts.changed() };
        Output { normalized, changes }
    }

    /// Whether a text with these signs may not be its own normal form.
    fn may_change(&self, signs: Signs) -> bool {
        let looks_at_all = self.masks.is_some()
            || self.orthography.is_some()
            || self.arabic_digits.is_some()
            || self.elongation.is_some()
            || self.stem
            || self.form.is_some_and(|form| form != form.composed())
            || self.blanks.is_some_and(Blanks::joins_lines);
        looks_at_all
            || [
                (Signs::CHARACTERS, self.characters.is_some() || self.letters_first.is_some()),
                (self.form.map_or(Signs::NFC, Form::sign), self.form.is_some()),
                (Signs::BLANKS, self.blanks.is_some()),
                (Signs::PUNCTUATION, self.punctuation.is_some()),
                (Signs::DASHES, self.dashes.is_some()),
                (Signs::QUOTES, self.quotes.is_some()),
            ]
            .into_iter()
            .any(|(sign, is_asked)| is_asked && signs.has(sign))
    }

    /// Whether the form may be due again behind the character pass, which left these signs.
    fn may_recompose(&self, signs: Signs) -> bool {
        let writes_ellipsis = self.punctuation.is_some_and(Writing::writes_ellipsis);
        self.form.is_some_and(|form| writes_ellipsis || signs.has(form.sign()))
    }
}

/// Applies one request to the steps of a preset.
fn apply(
    steps: &mut BTreeMap<Step, Options>,
    seen: &mut Vec<Step>,
    request: &StepRequest,
) -> Result<(), StepProblem> {
    let step = Step::from_name(&request.step).ok_or(StepProblem::UnknownStep)?;
    if seen.contains(&step) {
        return Err(StepProblem::Repeated { step });
    }
    seen.push(step);
    let mut options = resolve(step, &request.options).map_err(|bad| match bad {
        BadOption::Unknown(step) => StepProblem::UnknownOption { step },
        BadOption::Value(step, option) => {
            StepProblem::UnknownValue { step, option: option.name, values: option.values }
        }
    })?;
    if request.enabled == Some(false) {
        if !request.options.is_empty() {
            return Err(StepProblem::Contradictory { step });
        }
        steps.remove(&step);
        return Ok(());
    }
    if let Some(of_preset) = steps.get(&step) {
        for (name, value) in of_preset {
            if !request.options.contains_key(*name) {
                options.insert(name, value);
            }
        }
    }
    steps.insert(step, options);
    Ok(())
}

/// A text on its way through the passes.
struct State<'t> {
    source: &'t str,
    /// What it has become; `None` while it is the source.
    now: Option<Normalized>,
    table: &'t Table,
    map: SignMap,
    mapped: Mapped,
    /// What the last pass that changed something worked on, if not the source, with what it changed.
    seen: Option<Normalized>,
}

/// Which text the map of signs is of.
#[derive(Clone, Copy)]
enum Mapped {
    /// The text as it is now.
    Now,
    /// The one that the last pass worked on, of whose signs this is left.
    Before(Left),
    /// An older one.
    Past,
}

impl State<'_> {
    fn text(&self) -> &str {
        self.now.as_ref().map_or(self.source, |now| &now.text)
    }

    /// What the text as it is now may have in it.
    fn signs(&mut self) -> Signs {
        match self.mapped {
            Mapped::Before(left) => left.all,
            Mapped::Now => self.map.all(),
            Mapped::Past => self.map_again(),
        }
    }

    fn map_again(&mut self) -> Signs {
        self.map = self.table.map(self.text());
        self.mapped = Mapped::Now;
        self.map.all()
    }

    /// A look at those characters of the text that may have a sign, if it may have any.
    fn look(&mut self, sign: Signs) -> Option<Look<'_>> {
        let mut signs = self.signs();
        if matches!(self.mapped, Mapped::Before(left) if signs.has(sign) && left.written.has(sign)) {
            signs = self.map_again();
        }
        let look = Look::new(self.text(), self.table, &self.map);
        let look = match (self.mapped, &self.seen, &self.now) {
            (Mapped::Before(_), Some(seen), _) => look.through(&seen.text, &seen.alignment),
            (Mapped::Before(_), None, Some(now)) => look.through(self.source, &now.alignment),
            _ => look,
        };
        signs.has(sign).then_some(look)
    }

    /// Runs a pass over those characters of the text that may have a sign.
    fn pass_over(&mut self, sign: Signs, pass: impl FnOnce(Look) -> Option<Normalized>) -> u32 {
        let next = self.look(sign).and_then(pass);
        self.follow(next)
    }

    /// Runs the pass that says itself which signs it leaves.
    fn pass_over_characters(&mut self, pass: impl FnOnce(Look) -> Option<(Normalized, Left)>) -> u32 {
        let Some((next, left)) = self.look(Signs::CHARACTERS).and_then(pass) else { return 0 };
        let places = self.follow(Some(next));
        self.mapped = Mapped::Before(left);
        places
    }

    /// Runs a pass over the text as it is now and says how many places it changed.
    fn pass(&mut self, pass: impl FnOnce(&str) -> Option<Normalized>) -> u32 {
        let next = pass(self.text());
        self.follow(next)
    }

    /// Goes on with what a pass has made of the text, and says how many places it changed.
    fn follow(&mut self, next: Option<Normalized>) -> u32 {
        let Some(next) = next else { return 0 };
        let places = u32::try_from(next.alignment.edits().len()).unwrap_or(u32::MAX);
        self.mapped = Mapped::Past;
        let Some(before) = self.now.take() else {
            (self.now, self.seen) = (Some(next), None);
            return places;
        };
        let alignment = before.alignment.compose_between(&next.alignment, self.source, &next.text);
        self.seen = Some(Normalized { text: before.text, alignment: next.alignment });
        self.now = Some(Normalized { text: next.text, alignment });
        places
    }

    fn finish(self) -> Normalized {
        self.now.unwrap_or_else(|| Normalized::unchanged(self.source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(step: &str, enabled: Option<bool>, options: &[(&str, &str)]) -> StepRequest {
        StepRequest {
            step: step.to_owned(),
            enabled,
            options: options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        }
    }

    fn normal(preset: Option<&str>, steps: &[StepRequest], text: &str) -> String {
        Normalizer::new(preset, steps).unwrap().run(text).normalized.text
    }

    fn error(preset: Option<&str>, steps: &[StepRequest]) -> StepError {
        Normalizer::new(preset, steps).err().expect("this asks for nonsense")
    }

    #[test]
    fn what_runs() {
        let steps =
            |preset, overrides: &[StepRequest]| Normalizer::new(preset, overrides).unwrap().steps().clone();
        assert_eq!(steps(None, &[]), presets()[0].steps);
        let only = steps(None, &[request("tatweel", None, &[]), request("quotes", Some(false), &[])]);
        assert_eq!(only.into_keys().collect::<Vec<_>>(), [Step::Tatweel]);
        let search = steps(Some("search"), &[request("digits", Some(true), &[("to", "arab")])]);
        assert_eq!(search[&Step::Digits]["to"], "arab");
        let preset = &presets().iter().find(|preset| preset.name == "search").unwrap().steps;
        assert!(search.keys().eq(preset.keys()));
        // An override without the option leaves the preset's value, not the default.
        let display = steps(Some("display"), &[request("presentation_forms", None, &[])]);
        assert_eq!(display[&Step::PresentationForms]["words"], "keep");
    }

    #[test]
    fn what_means_nothing() {
        let fine = request("tatweel", None, &[]);
        assert_eq!(error(Some("pretty"), &[]).index, None);
        assert_eq!(error(Some(""), &[]).problem, StepProblem::UnknownPreset);
        for (second, expected) in [
            (request("tatweeel", None, &[]), StepProblem::UnknownStep),
            (fine.clone(), StepProblem::Repeated { step: Step::Tatweel }),
            (request("digits", None, &[("form", "latn")]), StepProblem::UnknownOption { step: Step::Digits }),
            (
                request("digits", None, &[("to", "roman")]),
                StepProblem::UnknownValue {
                    step: Step::Digits,
                    option: "to",
                    values: &["latn", "arab", "arabext"],
                },
            ),
            (
                request("digits", Some(false), &[("to", "arab")]),
                StepProblem::Contradictory { step: Step::Digits },
            ),
        ] {
            let error = error(None, &[fine.clone(), second]);
            assert_eq!((error.index, &error.problem), (Some(1), &expected));
            assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn presets_on_a_line_of_each_kind() {
        let text = "\u{202B}الأُمَّــة  «ﻻ»\u{A0}٢٠٪ ا\u{654}حمد\u{200B} \r\nUN ﷺ";
        assert_eq!(normal(Some("display"), &[], text), "\u{202B}الأُمَّــة «لا» ٢٠٪ أحمد\nUN ﷺ");
        assert_eq!(normal(Some("storage"), &[], text), "الأُمَّــة \"لا\" ٢٠٪ أحمد\nUN ﷺ");
        assert_eq!(normal(Some("search"), &[], text), "الامه \"لا\" 20% احمد\nun صلي الله عليه وسلم");
        assert_eq!(normal(Some("nlp"), &[], text), "الأمة \"لا\" 20% أحمد\nUN صلى الله عليه وسلم");
        let lucene = "\u{202B}الامه  «ﻻ»\u{A0}٢٠٪ ا\u{654}حمد\u{200B} \r\nUN ﷺ";
        assert_eq!(normal(Some("lucene"), &[], text), lucene);
    }

    #[test]
    fn display_and_storage_leave_other_languages_whole() {
        for text in [
            "می\u{200C}خواهم کتاب‌های خانۀ ما را ببینم",
            "یہ میری کتاب ہے، آپ کیسے ہیں؟",
            "ئەم کتێبە بۆ ئێوەیە",
            "دا ښه کتاب دی چې ما لوستی",
            "بۇ كىتاب ياخشى",
            "هي ڪتاب منهنجو آهي",
            "क्\u{200D}ष और क्\u{200C}ष",
            "ក\u{200B}ខ",
            "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}\u{200D}🔥",
            "Straße, don’t, ÇIĞ",
        ] {
            assert_eq!(normal(Some("display"), &[], text), text);
            let straight = text.replace('’', "'");
            assert_eq!(normal(Some("storage"), &[], text), straight);
        }
    }

    #[test]
    fn decomposed_forms_leave_the_other_steps_what_they_know() {
        let steps =
            |form| [request("unicode_form", None, &[("form", form)]), request("alef_forms", None, &[])];
        assert_eq!(normal(None, &steps("NFD"), "أحمد é"), "احمد e\u{301}");
        assert_eq!(normal(None, &steps("NFKC"), "ا\u{654}حمد ﬁ"), "احمد fi");
        let decompose = [request("unicode_form", None, &[("form", "NFD")])];
        let out = Normalizer::new(None, &decompose).unwrap().run("e\u{301} أ");
        assert_eq!(out.changes, [(Step::UnicodeForm, 1)]);
        assert_eq!(out.normalized.alignment.edits().len(), 1);
    }

    #[test]
    fn a_spacing_mark_does_not_tear_a_word() {
        assert_eq!(normal(Some("search"), &[], "م\u{FE76}صر"), "مصر");
        let steps =
            [request("unicode_form", None, &[("form", "NFKC")]), request("presentation_forms", None, &[])];
        assert_eq!(normal(None, &steps, "م\u{FE77}صر"), "م\u{64E}صر");
    }

    #[test]
    fn changes_are_counted_by_step() {
        let out = Normalizer::new(Some("search"), &[]).unwrap().run("الأُمّة  ﻷن");
        assert_eq!(
            out.changes,
            [
                (Step::PresentationForms, 1),
                (Step::Diacritics, 2),
                (Step::AlefForms, 2),
                (Step::TaMarbuta, 1),
                (Step::Whitespace, 1)
            ]
        );
    }

    /// What the code spans and code points of a cell say, without what explains them.
    fn example(cell: &str) -> String {
        let cell = cell.split(';').next().unwrap().trim();
        let mut text = String::new();
        for (index, part) in cell.split('`').enumerate() {
            if index % 2 == 1 {
                text.push_str(part);
            } else {
                text.extend(
                    part.split_whitespace()
                        .filter_map(|word| word.strip_prefix("U+"))
                        .map(|digits| char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap()),
                );
            }
        }
        text
    }

    #[test]
    fn the_documentation_says_what_is() {
        let page = include_str!("../../../docs/normalization.md");
        let rows = |heading: &str| {
            let (_, table) = page.split_once(heading).unwrap();
            let table = table.split("\n## ").next().unwrap().to_owned();
            let rows: Vec<Vec<String>> = table
                .lines()
                .filter(|line| line.starts_with("| `"))
                .map(|line| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect())
                .collect();
            rows
        };
        let steps = rows("## The steps");
        let names: Vec<_> = steps.iter().map(|row| row[0].trim_matches('`').to_owned()).collect();
        assert_eq!(names, Step::all().iter().map(|step| step.name()).collect::<Vec<_>>());
        for (row, step) in steps.iter().zip(Step::all()) {
            let (before, after) = row[2].split_once('→').unwrap();
            assert_eq!(
                normal(None, &[request(step.name(), None, &[])], &example(before)),
                example(after),
                "{}",
                step.name()
            );
            for option in step.options() {
                assert!(
                    row[1].contains(&format!("`{}`", option.name)),
                    "{} has {}",
                    step.name(),
                    option.name
                );
                assert!(option.values.iter().all(|value| row[1].contains(value)), "{}", option.name);
            }
        }
        let recipes = rows("## Recipes");
        assert!(!recipes.is_empty());
        for row in recipes {
            let mut parts = row[0].trim_matches('`').split(',');
            let step = parts.next().unwrap();
            let options: Vec<_> = parts.map(|option| option.split_once('=').unwrap()).collect();
            let (before, after) = row[2].split_once('→').unwrap();
            let steps = [request(step, None, &options)];
            assert_eq!(normal(None, &steps, &example(before)), example(after), "{}", row[0]);
        }
        for (row, preset) in rows("## The presets").iter().zip(presets()) {
            assert_eq!(row[0].trim_matches('`'), preset.name);
            let listed = row[2].split('`').skip(1).step_by(2);
            let listed: Vec<_> = listed.filter_map(Step::from_name).collect();
            let has: Vec<_> = preset.steps.keys().copied().collect();
            for step in &has {
                assert!(
                    listed.contains(step) || row[2].contains("as `display`"),
                    "{} of {}",
                    step.name(),
                    preset.name
                );
            }
            assert!(listed.iter().all(|step| has.contains(step)), "{}", preset.name);
        }
    }

    #[test]
    fn spelling_is_restored_before_it_is_levelled() {
        let restore = request("standard_orthography", None, &[]);
        let level = [restore.clone(), request("alef_forms", None, &[]), request("ta_marbuta", None, &[])];
        assert_eq!(normal(None, &level, "الى المدرسه ا\u{654}"), "الى المدرسه ا");
        let seats = [restore, request("hamza_seats", None, &[]), request("alef_maqsura", None, &[])];
        assert_eq!(normal(None, &seats, "فى المدرسه ا\u{655} و\u{654}"), "في المدرسة ا\u{655} و");
    }

    #[test]
    fn lucene_is_a_map_of_characters() {
        let text = "آأإٱٲى ةۃ 1445 هـ مُحَمَّدٍ\u{670}\u{653}\u{6D6} ا\u{654} ﺃﻯ ک٣ È\r\n";
        let lucene: String = text
            .chars()
            .filter_map(|c| match c {
                'آ' | 'أ' | 'إ' => Some('ا'),
                'ى' => Some('ي'),
                'ة' => Some('ه'),
                '\u{640}' | '\u{64B}'..='\u{652}' => None,
                other => Some(other),
            })
            .collect();
        assert_eq!(normal(Some("lucene"), &[], text), lucene);
    }

    #[test]
    fn marks_by_their_classes() {
        let all = ["vowels", "sukun", "tanwin", "shadda", "dagger_alef", "madda", "quranic", "honorifics"];
        let text = "كَتْبٌّ هٰو\u{653}ن\u{6D6}م\u{610}";
        for (class, expected) in [
            ("vowels", "كتْبٌّ هٰو\u{653}ن\u{6D6}م\u{610}"),
            ("sukun", "كَتبٌّ هٰو\u{653}ن\u{6D6}م\u{610}"),
            ("tanwin", "كَتْبّ هٰو\u{653}ن\u{6D6}م\u{610}"),
            ("shadda", "كَتْبٌ هٰو\u{653}ن\u{6D6}م\u{610}"),
            ("dagger_alef", "كَتْبٌّ هو\u{653}ن\u{6D6}م\u{610}"),
            ("madda", "كَتْبٌّ هٰون\u{6D6}م\u{610}"),
            ("quranic", "كَتْبٌّ هٰو\u{653}نم\u{610}"),
            ("honorifics", "كَتْبٌّ هٰو\u{653}ن\u{6D6}م"),
        ] {
            let keep: Vec<_> =
                all.into_iter().filter(|&other| other != class).map(|other| (other, "keep")).collect();
            assert_eq!(normal(None, &[request("diacritics", None, &keep)], text), expected, "{class}");
        }
        assert_eq!(normal(None, &[request("diacritics", None, &[])], text), "كتب هونم");
    }

    #[test]
    fn marks_with_their_options() {
        for (option, text, expected) in [
            (("tanwin", "with_alef"), "شكراً جزيلًا باًب هدىً اً ماءً عصا", "شكر جزيل باب هدى ا ماء عصا"),
            (("tanwin", "with_alef"), "\u{FE8D}شكر\u{FE8E}\u{64B}، شكراـً", "\u{FE8D}شكر\u{FE8E}، شكراـ"),
            (("dagger_alef", "alef"), "هٰذَا لَوَٰحِد موسىٰ مثوىٰكم", "هاذا لواحد موسىٰ مثوىٰكم"),
            (("position", "final"), "كِتَابٌ كَتَّ، دَّ نَـ", "كِتَاب كَت، د نَـ"),
            (("repertoire", "basic"), "مُدّ هٰ ن\u{6D6}", "مد هٰ ن\u{6D6}"),
        ] {
            assert_eq!(normal(None, &[request("diacritics", None, &[option])], text), expected);
        }
        // What a form of a letter stands for is asked as the letter is.
        let steps = [
            request("presentation_forms", None, &[]),
            request("tatweel", None, &[]),
            request("diacritics", None, &[("tanwin", "with_alef"), ("position", "final")]),
        ];
        assert_eq!(normal(None, &steps, "شكر\u{FE8E}\u{64B}، شَكَرَاـً"), "شكر، شَكَر");
        // A madda that is not final is a hamza's business.
        let steps = [request("diacritics", None, &[("position", "final")]), request("alef_forms", None, &[])];
        assert_eq!(normal(None, &steps, "ا\u{653}ن و\u{653}ن و\u{653}"), "ان و\u{653}ن و");
    }

    #[test]
    fn non_joiners() {
        let keep = [request("zero_width", None, &[])];
        for text in [
            "می\u{200C}رود",
            "ه\u{200C} ",
            "ئێکێ\u{200C}",
            "👩\u{200D}👧",
            "ه\u{64E}\u{200C}ه",
            "۱۲\u{200C}ساله",
        ] {
            assert_eq!(normal(None, &keep, text), text);
        }
        assert_eq!(normal(None, &keep, "كتاب\u{200C} \u{200C}نص\u{200C} 5\u{200C} 6"), "كتاب نص 5 6");
        let remove = [request("zero_width", None, &[("joiners", "remove")])];
        for (text, expected) in [
            ("می\u{200C}رود ه\u{200C} ئێ\u{200C} ه\u{200D}", "میرود ه ئێ ه"),
            ("👩\u{200D}👧", "👩\u{200D}👧"),
            ("ក\u{200B}ខ", "ក\u{200B}ខ"),
        ] {
            assert_eq!(normal(None, &remove, text), expected);
        }
    }

    #[test]
    fn letters_that_look_like_others() {
        let steps = [request("look_alike_letters", None, &[])];
        let everywhere = [request("look_alike_letters", None, &[("where", "everywhere")])];
        for (text, expected) in [
            ("علی الکتاب", "علي الكتاب"),
            ("ی", "ي"),
            ("مدرسۃ ڪبيرة فی المدینە", "مدرسة كبيرة في المدينه"),
            // A name from elsewhere makes no line another language's.
            ("زار السفیر مدینة کرج ومصنع پارس", "زار السفير مدينة كرج ومصنع پارس"),
            ("کتاب\u{200C}های ایران", "کتاب\u{200C}های ایران"),
            ("گفت که این کتاب خوب است", "گفت که این کتاب خوب است"),
            ("می خواهم یک روز به کتاب خانه ما بیایی", "می خواهم یک روز به کتاب خانه ما بیایی"),
            (
                "قال الوزير: «گفت که این کتاب خوب است» ثم خرج من المکان",
                "قال الوزير: «گفت که این کتاب خوب است» ثم خرج من المكان",
            ),
            ("یہ میری کتاب ہے، آپ کیسے ہیں؟\nقال علی", "یہ میری کتاب ہے، آپ کیسے ہیں؟\nقال علي"),
            ("ئەم کتێبە بۆ ئێوەیە", "ئەم کتێبە بۆ ئێوەیە"),
        ] {
            assert_eq!(normal(None, &steps, text), expected);
            let levelled = normal(None, &everywhere, text);
            assert!(!levelled.contains(['ی', 'ک', 'ہ', 'ە', 'ے']), "{levelled}");
        }
        // What a look-alike becomes goes on through the steps behind.
        let out = Normalizer::new(Some("search"), &[]).unwrap().run("مدرسۃ");
        assert_eq!(out.normalized.text, "مدرسه");
        assert_eq!(out.changes, [(Step::LookAlikeLetters, 1), (Step::TaMarbuta, 1)]);
        // Lines that become one are judged as one.
        let join =
            [request("look_alike_letters", None, &[]), request("whitespace", None, &[("lines", "join")])];
        assert_eq!(normal(None, &join, "گفت که\nاین کار\n\nعلی"), "گفت که این کار\n\nعلي");
    }

    #[test]
    fn commas_and_dashes_go_with_the_characters_where_they_can() {
        let steps = [request("punctuation", None, &[("to", "latin")]), request("dashes", None, &[])];
        let normalizer = Normalizer::new(None, &steps).unwrap();
        assert!(normalizer.punctuation.is_none() && normalizer.dashes.is_none());
        let out = normalizer.run("لماذا؟ ١،٢ – نعم،");
        assert_eq!(out.normalized.text, "لماذا? ١،٢ - نعم,");
        assert_eq!(out.changes, [(Step::Punctuation, 2), (Step::Dashes, 1)]);
        for more in [request("standard_orthography", None, &[]), request("digits", None, &[("to", "arab")])] {
            let normalizer = Normalizer::new(None, &[steps.to_vec(), vec![more]].concat()).unwrap();
            assert!(normalizer.punctuation.is_some() && normalizer.dashes.is_some());
        }
    }

    #[test]
    fn hamza_alone_and_basic_alefs() {
        let steps = [request("hamza_seats", None, &[("alone", "remove")])];
        assert_eq!(normal(None, &steps, "جزء مؤمن شئ \u{674}ا أ ب\u{655}"), "جز مومن شي ا أ ب");
        let steps = [request("hamza_seats", None, &[]), request("alef_forms", None, &[("letters", "basic")])];
        assert_eq!(normal(None, &steps, "أإآٱ ا\u{654} و\u{654}ء"), "اااٱ ا\u{654} وء");
        let steps = [request("tatweel", None, &[("hijri", "remove")])];
        assert_eq!(normal(None, &steps, "1445 هـ لـ مصر"), "1445 ه ل مصر");
    }

    #[test]
    fn a_hamza_without_a_letter_to_sit_on_is_levelled_too_and_a_madda_is_no_hamza() {
        let seats = [request("hamza_seats", None, &[])];
        assert_eq!(normal(None, &seats, "\u{654}نص 5\u{655} و\u{654}"), "نص 5 و");
        assert_eq!(normal(None, &seats, "أ ا\u{654} ا\u{653} و\u{653}"), "أ ا\u{654} ا\u{653} و\u{653}");
        let both = [request("hamza_seats", None, &[]), request("alef_forms", None, &[])];
        let digits = [request("hamza_seats", None, &[]), request("digits", None, &[])];
        assert_eq!(normal(None, &digits, "٪\u{654}5 3٫\u{654}5"), "%5 3.5");
        assert_eq!(normal(None, &both, "ا\u{654} ا\u{653} و\u{653} \u{654}"), "ا ا و\u{653} ");
    }

    #[test]
    fn small_letters_and_signs_of_recitation_are_marks() {
        let marks = |options| {
            normal(
                None,
                &[request("diacritics", None, options)],
                "له\u{64F}\u{6E5} به\u{650}\u{6E6} \u{6DE} ن\u{6E9}\u{6DD}12",
            )
        };
        assert_eq!(marks(&[]), "له به  ن12");
        assert_eq!(marks(&[("quranic", "keep")]), "له\u{6E5} به\u{6E6} \u{6DE} ن\u{6E9}\u{6DD}12");
        assert_eq!(marks(&[("position", "final")]), "له به  ن12");
        let steps = [request("diacritics", None, &[("position", "final"), ("quranic", "keep")])];
        assert_eq!(normal(None, &steps, "له\u{64F}\u{6E5} ما\u{64F}\u{6E5}ن"), "له\u{6E5} ما\u{64F}\u{6E5}ن");
    }

    #[test]
    fn digits_from_one_set_only() {
        for (to, from, expected) in [
            ("latn", "all", "1 2.5 3 3،5 1,200"),
            ("latn", "arab", "1 ۲٫۵ 3 3،5 1,200"),
            ("latn", "arabext", "1 2.5 ٣ ٣،٥ ١٬٢٠٠"),
            ("latn", "latn", "1 ۲٫۵ ٣ ٣،٥ ١٬٢٠٠"),
            ("arab", "latn", "١ ۲٫۵ ٣ ٣،٥ ١٬٢٠٠"),
            ("arabext", "all", "۱ ۲٫۵ ۳ ۳،۵ ۱٬۲۰۰"),
        ] {
            let steps = [request("digits", None, &[("to", to), ("from", from)])];
            assert_eq!(normal(None, &steps, "1 ۲٫۵ ٣ ٣،٥ ١٬٢٠٠"), expected, "{from} to {to}");
        }
    }
}
