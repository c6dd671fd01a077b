//! All steps that look at one character (and at times its neighbours), in one pass.

use std::borrow::Cow;

use icu_properties::CodePointMapData;
use icu_properties::props::Script;

use super::Normalized;
use super::choice::{Choice, Diacritics, Joiners, LookAlikes, Passages, Repertoire, Tatweel};
use super::dashes::HYPHEN;
use super::language::{Language, Reading};
use super::punctuation::is_between_digits;
use super::rewrite::Rewriter;
use super::signs::{Left, Look, SHARED, Signs, Table};
use super::step::{Counts, Step, Steps};
use super::tables::{
    Mapping, MarkClass, NumberMark, NumberRole, Stays, TABLES, is_alef, is_digit, is_foreign_letter,
    is_letter_or_mark, is_mark, is_pictograph,
};

/// What becomes of a character.
#[derive(Clone, Debug)]
enum Action {
    Keep,
    /// Replace, by nothing where the text is empty, which then has these signs; the place of the steps that do it in `by`.
    Replace(Cow<'static, str>, usize, Signs),
    /// Depends on the neighbours.
    Ask(Question),
}

/// What the neighbours decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Whether this stroke is part of the abbreviation for `hijri`.
    Tatweel,
    /// Whether this combining hamza sits on a letter that one of the steps levels.
    Hamza,
    /// Whether this character without width shapes a word.
    ZeroWidth(Stays),
    /// Whether this mark belongs to a number.
    NumberMark(NumberMark),
    /// Whether this mark stands behind a word's last letter; else it may be a hamza to take off.
    FinalMark { hamza: bool },
    /// Whether this dagger alef stands inside a word.
    DaggerAlef,
    /// Whether this alef only carries the tanwin at a word's end.
    TanwinAlef,
    /// Whether this comma, semicolon or question mark is none of a number's.
    Punctuation { latin: char },
    /// Whether this letter, which looks like another, stands in an Arabic word.
    LookAlike { with: char, steps: Steps, passages: Passages },
}

/// Characters a block; a power of two.
const BLOCK: usize = 128;
const BLOCKS: usize = 0x11_0000 / BLOCK;

/// The number of an action; 0 is [`Action::Keep`].
type ActionId = u16;

/// What becomes of each character, as a two-level table: most blocks are one shared block of zeros.
pub(super) struct CharacterPass {
    /// Tells the characters with an action: all others are passed over bytewise.
    signs: Table,
    /// The block of each 128 characters.
    blocks: Box<[u8]>,
    /// The action of each character, block by block.
    cells: Vec<ActionId>,
    actions: Vec<Action>,
    /// The sets of steps that replace characters.
    by: Vec<Steps>,
    choice: Choice,
}

impl CharacterPass {
    /// A pass that changes nothing.
    pub(super) fn idle() -> Self {
        Self {
            signs: SHARED.clone(),
            blocks: vec![0; BLOCKS].into(),
            cells: vec![0; BLOCK],
            actions: vec![Action::Keep],
            by: Vec::new(),
            choice: Choice::default(),
        }
    }

    /// The pass for `choice`; `None` where it would change nothing.
    pub(super) fn new(choice: Choice) -> Option<Self> {
        let mut pass = Self { choice, ..Self::idle() };
        // Questions first: a step's own table has the last word on a character that it lists (a
        // madda that goes with all diacritics need not ask what it sits on).
        for (character, question) in questions(&pass.choice) {
            pass.set(character, Action::Ask(question));
        }
        // The last step first: what a step leaves goes through the ones after it, which are there.
        for (step, rows) in tables_of(&pass.choice).into_iter().rev() {
            for row in rows {
                let (to, later) = pass.followed(&row.to);
                pass.replace(row.from, to, Steps::only(step).and(later));
            }
        }
        if let Some(LookAlikes::ArabicWords(passages)) = pass.choice.look_alikes {
            for row in &TABLES.look_alikes {
                let (to, later) = pass.followed(&row.to);
                let Some(with) = to.chars().next() else { continue };
                let steps = Steps::only(Step::LookAlikeLetters).and(later);
                pass.set(row.from, Action::Ask(Question::LookAlike { with, steps, passages }));
            }
        }
        if pass.choice.hyphens {
            for &dash in TABLES.dashes.iter().filter(|&&dash| dash != HYPHEN) {
                pass.replace(dash, Cow::Borrowed("-"), Steps::only(Step::Dashes));
            }
        }
        (pass.actions.len() > 1).then_some(pass)
    }

    /// The steps that it takes.
    #[cfg(any(test, feature = "reference"))]
    pub(super) fn choice(&self) -> &Choice {
        &self.choice
    }

    /// What the steps that are set already make of `text`, and which of them change it.
    fn followed(&self, text: &'static str) -> (Cow<'static, str>, Steps) {
        let mut followed = Cow::Borrowed(text);
        let mut by = Steps::default();
        for (at, c) in text.char_indices() {
            let action = match self.id(c) {
                0 => None,
                id => self.actions.get(usize::from(id)),
            };
            if let Some(Action::Replace(to, steps, _)) = action {
                by = by.and(self.by.get(*steps).copied().unwrap_or_default());
                if matches!(followed, Cow::Borrowed(_)) {
                    followed = Cow::Owned(text.get(..at).unwrap_or_default().to_owned());
                }
                followed.to_mut().push_str(to);
            } else if let Cow::Owned(text) = &mut followed {
                text.push(c);
            }
        }
        (followed, by)
    }

    fn replace(&mut self, character: char, with: Cow<'static, str>, steps: Steps) {
        let by = self.by.iter().position(|&set| set == steps).unwrap_or_else(|| {
            self.by.push(steps);
            self.by.len() - 1
        });
        let signs = self.signs.of_written(&with);
        self.set(character, Action::Replace(with, by, signs));
    }

    fn set(&mut self, character: char, action: Action) {
        let code = character as usize;
        let Ok(id) = ActionId::try_from(self.actions.len()) else { return };
        let next = self.cells.len() / BLOCK;
        let Some(block) = self.blocks.get_mut(code / BLOCK) else { return };
        if *block == 0 {
            // The listed characters lie in far fewer than 255 blocks; a test counts on each being found.
            let Ok(fresh) = u8::try_from(next) else { return };
            *block = fresh;
            self.cells.resize(self.cells.len() + BLOCK, 0);
        }
        if let Some(cell) = self.cells.get_mut(usize::from(*block) * BLOCK + code % BLOCK) {
            *cell = id;
            self.actions.push(action);
            self.signs.add(character, Signs::CHARACTERS);
        }
    }

    #[inline]
    fn id(&self, character: char) -> ActionId {
        let code = character as usize;
        let block = self.blocks.get(code / BLOCK).copied().unwrap_or(0);
        self.cells.get(usize::from(block) * BLOCK + code % BLOCK).copied().unwrap_or(0)
    }

    /// What tells of a text whether the pass has anything to do, and whether the passes behind it have.
    pub(super) fn signs(&self) -> &Table {
        &self.signs
    }

    /// The text, at which [`Self::signs`] had a look, after the pass; `None` where nothing changed.
    pub(super) fn run(&self, look: Look, counts: &mut Counts) -> Option<Normalized> {
        self.run_noting(look, counts).map(|(normalized, _)| normalized)
    }

    /// As [`Self::run`], with the signs that the text has then, so that it need not be looked at again.
    pub(super) fn run_noting(&self, look: Look, counts: &mut Counts) -> Option<(Normalized, Left)> {
        let text = look.text;
        let mut out = Rewriter::new(text);
        let mut reading = Reading::default();
        // How often each set of steps replaced something: to count each step each time would be dear.
        let mut times = vec![0_u32; self.by.len()];
        let mut written = Signs::CHARACTERS;
        let mut parted = Signs::NONE;
        let kept = look.each_but(Signs::CHARACTERS, |begin, character| {
            let end = begin + character.len_utf8();
            let is_deleted = match self.actions.get(usize::from(self.id(character))) {
                None | Some(Action::Keep) => return false,
                Some(Action::Replace(with, by, signs)) => {
                    out.replace(begin, end, with);
                    written = written.and(*signs);
                    if let Some(times) = times.get_mut(*by) {
                        *times = times.saturating_add(1);
                    }
                    with.is_empty()
                }
                Some(Action::Ask(question)) => {
                    let Some((with, steps)) = self.answer(*question, &out, &mut reading, text, begin) else {
                        return false;
                    };
                    let mut buffer = [0; 4];
                    let with = with.encode_utf8(&mut buffer);
                    out.replace(begin, end, with);
                    written = written.and(look.table().of_written(with));
                    counts.add_all(steps, 1);
                    with.is_empty()
                }
            };
            // Two spaces may have come together, or one and the end of a line.
            if is_deleted
                && matches!(text.as_bytes().get(end), None | Some(b' ' | b'\n'))
                && out.ends_in_space()
            {
                parted = Signs::BLANKS;
            }
            true
        });
        for (&steps, times) in self.by.iter().zip(times) {
            counts.add_all(steps, times);
        }
        out.finish().map(|normalized| (normalized, Left { all: kept.and(written).and(parted), written }))
    }

    /// What stands instead of the character at `begin`, and by which steps; `None` if it stays.
    pub(super) fn answer(
        &self,
        question: Question,
        out: &Rewriter,
        reading: &mut Reading,
        text: &str,
        begin: usize,
    ) -> Option<(Instead, Steps)> {
        let end = begin + text.get(begin..)?.chars().next()?.len_utf8();
        match question {
            Question::Tatweel => (!self.is_hijri(out, reading, text, begin, end))
                .then_some((Instead::Nothing, Steps::only(Step::Tatweel))),
            Question::Hamza => {
                let is_passed = |c| self.is_dropped(c) || self.id(c) == 0 && is_mark(c);
                let base =
                    reading.base(text, begin..end, is_passed, || out.before(begin).find(|&c| !is_mark(c)));
                let step = self.leveller(text.get(begin..end)?, base)?;
                Some((Instead::Nothing, Steps::only(step)))
            }
            Question::ZeroWidth(stays) => {
                let stays = self.shapes_word(stays, out, reading, text, begin, end);
                (!stays).then_some((Instead::Nothing, Steps::only(Step::ZeroWidth)))
            }
            Question::NumberMark(mark) => {
                // Marks on a digit or beside it may go.
                let mut ahead = out.before(begin).filter(|&c| !is_mark(c)).peekable();
                let before = ahead.peek().is_some_and(char::is_ascii_digit);
                let mut after = self.kept(text, end).filter(|&c| !is_mark(c)).map(is_digit);
                let belongs = match mark.role {
                    NumberRole::Decimal => before && after.next() == Some(true),
                    NumberRole::Thousands => {
                        before && after.by_ref().take(3).eq([true; 3]) && after.next() != Some(true)
                    }
                    // Some write a space before the sign.
                    NumberRole::Percent => {
                        ahead.find(|c| !c.is_whitespace()).is_some_and(|c| c.is_ascii_digit())
                            || after.next() == Some(true)
                    }
                };
                belongs.then_some((Instead::One(mark.ascii), Steps::only(Step::Digits)))
            }
            Question::Punctuation { latin } => {
                // Nearly all have a space behind them.
                let is_of_number = text.as_bytes().get(end) != Some(&b' ')
                    && is_between_digits(out.before(begin), self.kept(text, end));
                (!is_of_number).then_some((Instead::One(latin), Steps::only(Step::Punctuation)))
            }
            Question::FinalMark { hamza } => {
                if !self.is_final(text, begin, end) {
                    return hamza.then(|| self.answer(Question::Hamza, out, reading, text, begin)).flatten();
                }
                Some((Instead::Nothing, Steps::only(Step::Diacritics)))
            }
            Question::DaggerAlef => {
                let base = out.before(begin).find(|&c| !is_mark(c))?;
                // Over an alef maqsura the sound is written already.
                let inside = is_letter_or_mark(base)
                    && base != '\u{649}'
                    && self.kept(text, end).find(|&c| !is_mark(c)).is_some_and(is_letter_or_mark);
                inside.then_some((Instead::One('\u{627}'), Steps::only(Step::Diacritics)))
            }
            Question::TanwinAlef => {
                self.carries_tanwin(text, begin).then_some((Instead::Nothing, Steps::only(Step::Diacritics)))
            }
            Question::LookAlike { with, steps, passages } => {
                let language = reading.language(self, text, begin, passages);
                (language != Language::Other).then_some((Instead::One(with), steps))
            }
        }
    }

    /// Which step takes a combining hamza or madda off `base`. A hamza that has lost its letter is levelled as well.
    fn leveller(&self, mark: &str, base: Option<char>) -> Option<Step> {
        if let Some(alef) = base.filter(|&base| is_alef(base)) {
            let taken = self.choice.alef_marks == Some(Repertoire::All)
                || self.choice.alef_marks.is_some() && alef == '\u{627}';
            return taken.then_some(Step::AlefForms);
        }
        (self.choice.hamza_seats.is_some() && mark != MADDA).then_some(Step::HamzaSeats)
    }

    /// Whether the stroke at `begin` belongs to a lone `هـ` behind a number, which means `hijri`.
    fn is_hijri(&self, out: &Rewriter, reading: &mut Reading, text: &str, begin: usize, end: usize) -> bool {
        let mut before = out.before(begin);
        before.next() == Some('ه')
            && before.find(|c| !c.is_whitespace()).is_some_and(is_digit)
            && !reading.next(self, text, end).is_some_and(is_letter_or_mark)
    }

    fn shapes_word(
        &self,
        stays: Stays,
        out: &Rewriter,
        reading: &mut Reading,
        text: &str,
        begin: usize,
        end: usize,
    ) -> bool {
        // Marks may go, and what is under them is shaped as without.
        let letter_before = || out.before(begin).find(|&c| !is_mark(c));
        let keeps_joiners = self.keeps_non_joiners();
        match stays {
            Stays::Never => false,
            Stays::BetweenLetters => {
                let before = letter_before();
                let follows = |is: fn(char) -> bool| before.is_some_and(is);
                // Persian has it between a number and what belongs to it.
                keeps_joiners
                    && (follows(is_shaped) || follows(is_digit))
                    && (before == Some(SORANI_HA)
                        || reading.next_letter(self, text, end).is_some_and(is_shaped)
                        || follows(is_shaped)
                            && out.before(begin).take_while(|&c| is_in_word(c)).any(is_foreign_letter))
            }
            Stays::BesideLetter => {
                let before = letter_before();
                // Of a run of joiners one does all the work.
                !before.is_some_and(is_joiner)
                    && (keeps_joiners
                        && (before.is_some_and(is_shaped)
                            || reading.next_letter(self, text, end).is_some_and(is_shaped))
                        || out.before(begin).next().is_some_and(is_pictograph)
                            && reading.next(self, text, end).is_some_and(is_pictograph))
            }
            Stays::Unspaced => {
                out.before(begin).next().is_some_and(is_unspaced)
                    && reading.next(self, text, end).is_some_and(is_unspaced)
            }
        }
    }

    /// Whether the mark at `begin` stands behind a word's last letter, or is the fathatan of an alef that is it.
    fn is_final(&self, text: &str, begin: usize, end: usize) -> bool {
        let mut letters = self.kept(text, end).filter(|&c| !is_mark(c));
        let next = letters.next().filter(|&c| is_letter_or_mark(c));
        let takes_alef = self.choice.diacritics.as_ref().is_some_and(|marks| marks.tanwin_with_alef);
        next.is_none()
            || takes_alef
                && text.get(begin..end).is_some_and(|mark| mark.chars().all(is_fathatan))
                && next.is_some_and(is_alef)
                && !letters.next().is_some_and(is_letter_or_mark)
    }

    /// Whether the alef at `begin` is a word's last letter, stands behind another, and has or follows a fathatan that goes.
    fn carries_tanwin(&self, text: &str, begin: usize) -> bool {
        let Some(marks) = self.choice.diacritics.as_ref().filter(|marks| marks.tanwin_with_alef) else {
            return false;
        };
        let is_passed = |c: &char| is_mark(*c) || self.is_gone(*c);
        let (Some(before), Some(behind)) = (text.get(..begin), text.get(begin + '\u{627}'.len_utf8()..))
        else {
            return false;
        };
        let has = before.chars().rev().take_while(is_passed).any(|c| marks.knows(c) && is_fathatan(c))
            || behind.chars().take_while(is_passed).any(|c| marks.knows(c) && is_fathatan(c));
        has && before.chars().rev().find(|c| !is_passed(c)).is_some_and(is_letter_or_mark)
            && !behind.chars().find(|c| !is_passed(c)).is_some_and(is_letter_or_mark)
    }

    /// Whether `c` goes, or is a stroke or a joiner, which say nothing of what comes behind it.
    pub(super) fn is_gone(&self, c: char) -> bool {
        match self.actions.get(usize::from(self.id(c))) {
            Some(Action::Replace(with, ..)) => with.is_empty(),
            Some(Action::Ask(Question::Tatweel | Question::ZeroWidth(_))) => true,
            _ => false,
        }
    }

    /// Whether `c` goes, whatever is beside it.
    fn is_dropped(&self, c: char) -> bool {
        let action = self.actions.get(usize::from(self.id(c)));
        matches!(action, Some(Action::Replace(with, ..)) if with.is_empty())
    }

    /// Whether `c` goes where no letter stands beside it.
    pub(super) fn goes_alone(&self, c: char) -> bool {
        self.is_gone(c)
            || match self.actions.get(usize::from(self.id(c))) {
                Some(Action::Ask(Question::FinalMark { .. })) => true,
                Some(Action::Ask(Question::Hamza)) => self.choice.hamza_seats.is_some() && !MADDA.contains(c),
                _ => false,
            }
    }

    /// The characters of `text` from a place on that are there after this pass, before they are mapped.
    pub(super) fn kept<'p, 't>(&'p self, text: &'t str, from: usize) -> Kept<'p, 't> {
        Kept { pass: self, text, at: from }
    }

    /// Whether non-joiners stay where they shape a word.
    pub(super) fn keeps_non_joiners(&self) -> bool {
        self.choice.zero_width != Some(Joiners::Removed)
    }
}

fn is_fathatan(c: char) -> bool {
    let mut fathatan = TABLES.diacritics.iter().filter(|(class, _)| *class == MarkClass::Fathatan);
    fathatan.any(|(_, mark)| mark.from == c)
}

/// Only an alef has it as a part of the letter.
const MADDA: &str = "\u{653}";

/// With a non-joiner behind it this is another letter in Sorani.
pub(super) const SORANI_HA: char = 'ه';

/// See [`CharacterPass::kept`].
pub(super) struct Kept<'p, 't> {
    pass: &'p CharacterPass,
    text: &'t str,
    at: usize,
}

impl Kept<'_, '_> {
    /// Where what was not looked at yet begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }
}

impl Iterator for Kept<'_, '_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let begin = self.at;
            let c = self.text.get(begin..)?.chars().next()?;
            self.at += c.len_utf8();
            let goes = self.pass.is_gone(c) || c == '\u{627}' && self.pass.carries_tanwin(self.text, begin);
            if !goes {
                return Some(c);
            }
        }
    }
}

/// Whether `c` is a joiner or a non-joiner.
pub(super) const fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// Whether `c` belongs to a word with the letters beside it.
pub(super) fn is_in_word(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{64A}') || is_joiner(c) || is_letter_or_mark(c)
}

/// What stands in a character's place.
pub(super) enum Instead {
    Nothing,
    One(char),
}

impl Instead {
    pub(super) fn encode_utf8(self, buffer: &mut [u8; 4]) -> &str {
        match self {
            Self::Nothing => "",
            Self::One(c) => c.encode_utf8(buffer),
        }
    }
}

/// Whether a joiner beside `c` shapes it. Latin, Greek and Cyrillic letters do not join.
fn is_shaped(c: char) -> bool {
    c >= '\u{590}'
        && is_letter_or_mark(c)
        && !matches!(
            CodePointMapData::<Script>::new().get(c),
            Script::Latin | Script::Greek | Script::Cyrillic
        )
}

/// Whether `c` is a letter of a script of South East Asia that writes no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1980}'..='\u{1AAF}')
        && is_letter_or_mark(c)
}

/// The rows of the chosen steps, in the order in which one works on what the other leaves.
pub(super) fn tables_of(choice: &Choice) -> Vec<(Step, Vec<&'static Mapping>)> {
    let tables = &*TABLES;
    let rows = |on: bool, table: &'static [Mapping]| table.iter().filter(|_| on).collect::<Vec<_>>();
    let marks = choice.diacritics.as_ref().filter(|marks| !marks.only_final);
    let is_taken = |basic: bool| choice.alef_forms.is_some_and(|taken| basic || taken == Repertoire::All);
    let is_written = |set| choice.latin_digits.is_some_and(|from| from.takes(set));
    vec![
        (Step::PresentationForms, rows(choice.presentation_forms.is_some(), &tables.letter_forms)),
        (Step::PresentationForms, rows(choice.presentation_forms == Some(true), &tables.word_forms)),
        (Step::Tatweel, rows(choice.tatweel == Some(Tatweel::Everywhere), &tables.tatweel)),
        (Step::Diacritics, marks.map_or_else(Vec::new, |marks| marks.rows().map(|(_, mark)| mark).collect())),
        // Before alef maqsura and ta marbuta: a Persian ya is a ya.
        (
            Step::LookAlikeLetters,
            rows(choice.look_alikes == Some(LookAlikes::Everywhere), &tables.look_alikes),
        ),
        (Step::AlefForms, chosen(&tables.alef_forms, is_taken)),
        (Step::HamzaSeats, rows(choice.hamza_seats.is_some(), &tables.hamza_seats)),
        (Step::HamzaSeats, rows(choice.hamza_seats == Some(true), &tables.hamza_alone)),
        (Step::AlefMaqsura, rows(choice.alef_maqsura, &tables.alef_maqsura)),
        (Step::TaMarbuta, rows(choice.ta_marbuta, &tables.ta_marbuta)),
        (Step::LatinCase, rows(choice.latin_case, &tables.latin_case)),
        (Step::Digits, chosen(&tables.digits, is_written)),
        (Step::BidiControls, rows(choice.bidi_controls, &tables.bidi_controls)),
        (Step::ControlCharacters, rows(choice.control_characters, &tables.control_characters)),
    ]
}

/// The rows of the classes that are taken.
fn chosen<C: Copy>(table: &'static [(C, Mapping)], is_taken: impl Fn(C) -> bool) -> Vec<&'static Mapping> {
    table.iter().filter(|(class, _)| is_taken(*class)).map(|(_, mapping)| mapping).collect()
}

/// The characters of the chosen steps whose neighbours decide.
pub(super) fn questions(choice: &Choice) -> Vec<(char, Question)> {
    let mut questions = Vec::new();
    if choice.tatweel == Some(Tatweel::KeepsHijri) {
        questions.extend(TABLES.tatweel.iter().map(|row| (row.from, Question::Tatweel)));
    }
    let levels_hamza = choice.alef_marks.is_some() || choice.hamza_seats.is_some();
    if levels_hamza {
        questions.extend(TABLES.combining_hamza.iter().map(|row| (row.from, Question::Hamza)));
    }
    if choice.zero_width.is_some() {
        questions.extend(TABLES.zero_width.iter().map(|&(c, stays)| (c, Question::ZeroWidth(stays))));
    }
    if choice.latin_digits.is_some() {
        questions.extend(TABLES.number_marks.iter().map(|&mark| (mark.arabic, Question::NumberMark(mark))));
    }
    if choice.latin_punctuation {
        let marks = TABLES.punctuation.iter();
        questions.extend(marks.map(|&(arabic, latin)| (arabic, Question::Punctuation { latin })));
    }
    if let Some(marks) = &choice.diacritics {
        questions.extend(questions_on_marks(marks, levels_hamza));
    }
    questions
}

fn questions_on_marks(marks: &Diacritics, levels_hamza: bool) -> Vec<(char, Question)> {
    let mut questions = Vec::new();
    if marks.only_final {
        questions.extend(marks.rows().map(|(class, mark)| {
            (mark.from, Question::FinalMark { hamza: levels_hamza && *class == MarkClass::Madda })
        }));
    }
    if marks.dagger_alef_written {
        let daggers = TABLES.diacritics.iter().filter(|(class, _)| *class == MarkClass::DaggerAlef);
        let known = daggers.filter(|(_, mark)| marks.knows(mark.from));
        questions.extend(known.map(|(_, mark)| (mark.from, Question::DaggerAlef)));
    }
    if marks.tanwin_with_alef {
        questions.push(('\u{627}', Question::TanwinAlef));
    }
    questions
}
