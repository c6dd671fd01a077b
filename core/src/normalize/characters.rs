//! All steps that look at one character (and at times its neighbours), in one pass.

use std::borrow::Cow;

use super::Normalized;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use super::tables::{
    Mapping, NumberMark, NumberRole, Stays, TABLES, is_letter_or_mark, is_mark, is_pictograph,
};

/// Which steps a pass takes, and how.
#[allow(clippy::struct_excessive_bools)] // One switch a step, each set by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// Expand presentation forms; `words` says whether also the ligatures of whole words.
    pub(super) presentation_forms: Option<bool>,
    pub(super) tatweel: bool,
    pub(super) diacritics: bool,
    pub(super) alef_forms: bool,
    pub(super) hamza_seats: bool,
    pub(super) alef_maqsura: bool,
    pub(super) ta_marbuta: bool,
    /// Not a step that a caller can ask for: it is right for matching only.
    pub(super) look_alikes: bool,
    pub(super) latin_digits: bool,
    pub(super) bidi_controls: bool,
    pub(super) zero_width: bool,
    pub(super) control_characters: bool,
    pub(super) latin_case: bool,
}

/// What becomes of a character.
#[derive(Clone, Debug)]
enum Action {
    Keep,
    /// Replace, by nothing where the text is empty; the steps that did it.
    Replace(Cow<'static, str>, Steps),
    /// Depends on the neighbours.
    Ask(Question),
}

/// A set of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Steps(u32);

impl Steps {
    const fn only(step: Step) -> Self {
        Self(1 << step as u32)
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn iter(self) -> impl Iterator<Item = Step> {
        Step::all().iter().copied().filter(move |&step| self.0 & Self::only(step).0 != 0)
    }
}

/// What the neighbours decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// Whether this stroke is part of the abbreviation for `hijri`.
    Tatweel,
    /// Whether this combining hamza sits on a letter that one of the steps levels.
    Hamza,
    /// Whether this character without width shapes a word.
    ZeroWidth(Stays),
    /// Whether this mark belongs to a number.
    NumberMark(NumberMark),
}

/// Characters a block; a power of two.
const BLOCK: usize = 128;
const BLOCKS: usize = 0x11_0000 / BLOCK;

/// The number of an action; 0 is [`Action::Keep`].
type ActionId = u16;

/// What becomes of each character, as a two-level table: most blocks are one shared block of zeros.
pub(super) struct CharacterPass {
    /// Which first bytes a character with an action can have: all others are passed over bytewise.
    heads: [bool; 256],
    /// The block of each 128 characters.
    blocks: Box<[u8]>,
    /// The action of each character, block by block.
    cells: Vec<ActionId>,
    actions: Vec<Action>,
    choice: Choice,
}

impl CharacterPass {
    /// The pass for `choice`; `None` where it would change nothing.
    pub(super) fn new(choice: Choice) -> Option<Self> {
        let mut pass = Self {
            heads: [false; 256],
            blocks: vec![0; BLOCKS].into(),
            cells: vec![0; BLOCK],
            actions: vec![Action::Keep],
            choice,
        };
        // Questions first: a step's own table has the last word on a character that it lists (a
        // madda that goes with all diacritics need not ask what it sits on).
        for (character, question) in questions(&pass.choice) {
            pass.set(character, Action::Ask(question));
        }
        // The last step first: what a step leaves goes through the ones after it, which are there.
        for (step, rows) in tables_of(&pass.choice).into_iter().rev() {
            for row in rows {
                let (to, later) = pass.followed(&row.to);
                pass.set(row.from, Action::Replace(to, Steps::only(step).and(later)));
            }
        }
        (pass.actions.len() > 1).then_some(pass)
    }

    /// What the steps that are set already make of `text`, and which of them change it.
    fn followed(&self, text: &'static str) -> (Cow<'static, str>, Steps) {
        let mut followed = Cow::Borrowed(text);
        let mut by = Steps(0);
        for (at, c) in text.char_indices() {
            let action = match self.id(c) {
                0 => None,
                id => self.actions.get(usize::from(id)),
            };
            if let Some(Action::Replace(to, steps)) = action {
                by = by.and(*steps);
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
            let head = character.encode_utf8(&mut [0; 4]).bytes().next();
            if let Some(head) = head.and_then(|head| self.heads.get_mut(usize::from(head))) {
                *head = true;
            }
        }
    }

    #[inline]
    fn id(&self, character: char) -> ActionId {
        let code = character as usize;
        let block = self.blocks.get(code / BLOCK).copied().unwrap_or(0);
        self.cells.get(usize::from(block) * BLOCK + code % BLOCK).copied().unwrap_or(0)
    }

    /// The text after the pass; `None` where nothing changed.
    pub(super) fn run(&self, text: &str, counts: &mut Counts) -> Option<Normalized> {
        // Where every Arabic letter may have an action there is nothing to skip.
        if self.heads.get(0xD8) == Some(&true) || self.heads.get(0xD9) == Some(&true) {
            return self.run_over(text, text.char_indices(), counts);
        }
        let mut at = 0;
        let heads = std::iter::from_fn(|| {
            let (begin, character) = self.next_head(text, at)?;
            at = begin + character.len_utf8();
            Some((begin, character))
        });
        self.run_over(text, heads, counts)
    }

    /// The text after the pass, of whose characters only `those` may have an action.
    #[inline]
    fn run_over(
        &self,
        text: &str,
        those: impl Iterator<Item = (usize, char)>,
        counts: &mut Counts,
    ) -> Option<Normalized> {
        let mut out = Rewriter::new(text);
        let mut taken = vec![0_u32; self.actions.len()];
        for (begin, character) in those {
            let end = begin + character.len_utf8();
            let id = self.id(character);
            if id == 0 {
                continue;
            }
            match self.actions.get(usize::from(id)) {
                None | Some(Action::Keep) => {}
                Some(Action::Replace(with, _)) => {
                    out.replace(begin, end, with);
                    if let Some(times) = taken.get_mut(usize::from(id)) {
                        *times += 1;
                    }
                }
                Some(Action::Ask(question)) => {
                    if let Some((with, step)) = self.answer(*question, &out, text, begin, end) {
                        out.replace(begin, end, with.encode_utf8(&mut [0; 4]));
                        counts.add(step, 1);
                    }
                }
            }
        }
        for (action, &times) in self.actions.iter().zip(&taken) {
            if let Action::Replace(_, steps) = action {
                for step in steps.iter().filter(|_| times > 0) {
                    counts.add(step, times);
                }
            }
        }
        out.finish()
    }

    /// The next character from `at` whose first byte says that it may have an action.
    #[inline]
    fn next_head(&self, text: &str, at: usize) -> Option<(usize, char)> {
        let is_head = |byte: &u8| self.heads.get(usize::from(*byte)).copied().unwrap_or(false);
        let begin = at + text.as_bytes().get(at..)?.iter().position(is_head)?;
        Some((begin, text.get(begin..)?.chars().next()?))
    }

    /// What stands instead of the character at `begin..end`, and by which step; `None` if it stays.
    fn answer(
        &self,
        question: Question,
        out: &Rewriter,
        text: &str,
        begin: usize,
        end: usize,
    ) -> Option<(Instead, Step)> {
        let rest = text.get(end..).unwrap_or_default();
        match question {
            Question::Tatweel => {
                (!self.is_hijri(out, begin, rest)).then_some((Instead::Nothing, Step::Tatweel))
            }
            Question::Hamza => {
                let step = self.leveller(out.before(begin).find(|&c| !is_mark(c))?)?;
                Some((Instead::Nothing, step))
            }
            Question::ZeroWidth(stays) => {
                let shapes = self.shapes_word(stays, out, begin, rest);
                (!shapes).then_some((Instead::Nothing, Step::ZeroWidth))
            }
            Question::NumberMark(mark) => {
                let before = out.before(begin).next().is_some_and(|c| c.is_ascii_digit());
                let mut after = self.kept(rest).map(is_digit);
                let belongs = match mark.role {
                    NumberRole::Decimal => before && after.next() == Some(true),
                    NumberRole::Thousands => {
                        before && after.by_ref().take(3).eq([true; 3]) && after.next() != Some(true)
                    }
                    // Some write a space before the sign.
                    NumberRole::Percent => {
                        out.before(begin).find(|c| !c.is_whitespace()).is_some_and(|c| c.is_ascii_digit())
                            || after.next() == Some(true)
                    }
                };
                belongs.then_some((Instead::One(mark.ascii), Step::Digits))
            }
        }
    }

    /// Which step takes a combining hamza off `base`.
    fn leveller(&self, base: char) -> Option<Step> {
        let seat = |mapping: &Mapping| mapping.to.starts_with(base) || mapping.from == base;
        if TABLES.alef_forms.iter().any(seat) {
            self.choice.alef_forms.then_some(Step::AlefForms)
        } else {
            (self.choice.hamza_seats && is_letter_or_mark(base)).then_some(Step::HamzaSeats)
        }
    }

    /// Whether the stroke at `begin` belongs to a lone `هـ` behind a number, which means `hijri`.
    fn is_hijri(&self, out: &Rewriter, begin: usize, rest: &str) -> bool {
        let mut before = out.before(begin);
        before.next() == Some('ه')
            && before.find(|c| !c.is_whitespace()).is_some_and(is_digit)
            && !self.kept(rest).next().is_some_and(is_letter_or_mark)
    }

    fn shapes_word(&self, stays: Stays, out: &Rewriter, begin: usize, rest: &str) -> bool {
        let (before, after) = (out.before(begin).next(), self.kept(rest).next());
        match stays {
            Stays::Never => false,
            Stays::BetweenLetters => before.is_some_and(is_shaped) && after.is_some_and(is_shaped),
            Stays::BesideLetter => {
                // Of a run of joiners one does all the work.
                !before.is_some_and(|c| matches!(c, '\u{200C}' | '\u{200D}'))
                    && (before.is_some_and(is_shaped)
                        || after.is_some_and(is_shaped)
                        || before.is_some_and(is_pictograph) && after.is_some_and(is_pictograph))
            }
            Stays::Unspaced => before.is_some_and(is_unspaced) && after.is_some_and(is_unspaced),
        }
    }

    /// The characters of `rest` that are there after this pass, before they are mapped.
    fn kept<'r>(&'r self, rest: &'r str) -> impl Iterator<Item = char> + 'r {
        rest.chars().filter(|&c| match self.actions.get(usize::from(self.id(c))) {
            Some(Action::Replace(with, _)) => !with.is_empty(),
            // A stroke or a joiner says nothing of what comes behind it.
            Some(Action::Ask(Question::Tatweel | Question::ZeroWidth(_))) => false,
            _ => true,
        })
    }
}

/// Whether `c` is a digit that the steps know.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || TABLES.digits.iter().any(|digit| digit.from == c)
}

/// What stands in a character's place.
enum Instead {
    Nothing,
    One(char),
}

impl Instead {
    fn encode_utf8(self, buffer: &mut [u8; 4]) -> &str {
        match self {
            Self::Nothing => "",
            Self::One(c) => c.encode_utf8(buffer),
        }
    }
}

/// Whether a joiner beside `c` shapes it. Latin, Greek and Cyrillic letters do not join.
fn is_shaped(c: char) -> bool {
    c >= '\u{590}' && is_letter_or_mark(c)
}

/// Whether `c` is a letter of a script of South East Asia that writes no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{1980}'..='\u{1AAF}')
        && is_letter_or_mark(c)
}

/// The tables of the chosen steps, in the order in which one works on what the other leaves.
fn tables_of(choice: &Choice) -> Vec<(Step, &'static [Mapping])> {
    let tables = &*TABLES;
    let rows: [(bool, Step, &'static [Mapping]); 12] = [
        (choice.presentation_forms.is_some(), Step::PresentationForms, &tables.letter_forms),
        (choice.presentation_forms == Some(true), Step::PresentationForms, &tables.word_forms),
        (choice.diacritics, Step::Diacritics, &tables.diacritics),
        (choice.alef_forms, Step::AlefForms, &tables.alef_forms),
        (choice.hamza_seats, Step::HamzaSeats, &tables.hamza_seats),
        // Before alef maqsura: a Persian ya is a ya.
        (choice.look_alikes, Step::AlefMaqsura, &tables.look_alikes),
        (choice.alef_maqsura, Step::AlefMaqsura, &tables.alef_maqsura),
        (choice.ta_marbuta, Step::TaMarbuta, &tables.ta_marbuta),
        (choice.latin_case, Step::LatinCase, &tables.latin_case),
        (choice.latin_digits, Step::Digits, &tables.digits),
        (choice.bidi_controls, Step::BidiControls, &tables.bidi_controls),
        (choice.control_characters, Step::ControlCharacters, &tables.control_characters),
    ];
    rows.into_iter().filter(|(on, ..)| *on).map(|(_, step, table)| (step, table)).collect()
}

/// The characters of the chosen steps whose neighbours decide.
fn questions(choice: &Choice) -> Vec<(char, Question)> {
    let mut questions = Vec::new();
    if choice.tatweel {
        questions.extend(TABLES.tatweel.iter().map(|row| (row.from, Question::Tatweel)));
    }
    if choice.alef_forms || choice.hamza_seats {
        questions.extend(TABLES.combining_hamza.iter().map(|row| (row.from, Question::Hamza)));
    }
    if choice.zero_width {
        questions.extend(TABLES.zero_width.iter().map(|&(c, stays)| (c, Question::ZeroWidth(stays))));
    }
    if choice.latin_digits {
        questions.extend(TABLES.number_marks.iter().map(|&mark| (mark.arabic, Question::NumberMark(mark))));
    }
    questions
}
