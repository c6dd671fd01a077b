//! A normaliser as one would write it without care for speed, which the fast one is compared with: nothing is skipped or
//! remembered, and all passes run until nothing changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::characters::{CharacterPass, Question, questions, tables_of};
use super::choice::LookAlikes;
use super::elongation::{self, DOUBLED, Keep, LONGEST_WORD, TRIPLED, is_elongated};
use super::language::Reading;
use super::normalizer::Normalizer;
use super::punctuation::Writing;
use super::rewrite::Rewriter;
use super::signs::SHARED;
use super::step::{Counts, Step, Steps};
use super::tables::{Mapping, TABLES, is_letter_or_mark};
use super::whitespace::{Blanks, Lines, ends_line};
use super::{Normalized, arabic_digits, dashes, masks, punctuation, quotes, stem};

/// More rounds than any text needs.
const ROUNDS: usize = 64;

/// A normaliser that takes its time.
pub struct Reference {
    normalizer: Arc<Normalizer>,
    letters_first: Option<Tables>,
    characters: Option<(CharacterPass, Tables)>,
    punctuation: Option<Writing>,
    dashes: Option<dashes::Style>,
}

/// What a character pass works with.
struct Tables {
    mappings: Vec<BTreeMap<char, &'static str>>,
    questions: BTreeMap<char, Question>,
}

impl Tables {
    fn of(pass: &CharacterPass) -> Self {
        let mapping =
            |rows: Vec<&'static Mapping>| rows.into_iter().map(|row| (row.from, &*row.to)).collect();
        Self {
            mappings: tables_of(pass.choice()).into_iter().map(|(_, rows)| mapping(rows)).collect(),
            questions: questions(pass.choice()).into_iter().collect(),
        }
    }
}

impl Reference {
    /// What is as `normalizer`, whose steps must not restore spelling.
    pub fn new(normalizer: Arc<Normalizer>) -> Self {
        // Punctuation and dashes each in a pass of its own.
        let choice = normalizer.characters.as_ref().map(|pass| pass.choice().clone().without_punctuation());
        let steps = normalizer.steps();
        let style = steps.get(&Step::Dashes).and_then(|options| options.get("style"));
        Self {
            letters_first: normalizer.letters_first.as_ref().map(Tables::of),
            characters: choice.and_then(CharacterPass::new).map(|pass| {
                let tables = Tables::of(&pass);
                (pass, tables)
            }),
            punctuation: steps.get(&Step::Punctuation).map(Writing::of),
            dashes: style.map(|style| dashes::Style::from_name(style)),
            normalizer,
        }
    }

    /// The normaliser that it is compared with.
    pub fn normalizer(&self) -> &Normalizer {
        &self.normalizer
    }

    /// The normal form of `text`.
    pub fn run(&self, text: &str) -> String {
        let normalizer = &*self.normalizer;
        let counts = &mut Counts::default();
        let mut text = characters(normalizer.letters_first.as_ref().zip(self.letters_first.as_ref()), text);
        for _ in 0..ROUNDS {
            let before = text.clone();
            if let Some(form) = normalizer.form {
                text = form.composed().normalize(&text).into_owned();
            }
            if let Some(masks) = normalizer.masks {
                text = or_same(masks::run(&text, masks, counts), text);
            }
            text = characters(self.characters.as_ref().map(|(pass, tables)| (pass, tables)), &text);
            if let Some((to, from)) = normalizer.arabic_digits {
                text = or_same(arabic_digits::run(&text, to, from, counts), text);
            }
            if let Some(keep) = normalizer.elongation {
                text = shorten(&text, keep);
            }
            if let Some(blanks) = normalizer.blanks {
                text = level_blanks(&text, blanks);
            }
            if let Some(writing) = self.punctuation {
                let changed = SHARED.looking(&text, |look| punctuation::run(look, writing, counts));
                text = or_same(changed, text);
            }
            if let Some(style) = self.dashes {
                let changed = SHARED.looking(&text, |look| dashes::run(look, style, counts));
                text = or_same(changed, text);
            }
            if let Some(style) = normalizer.quotes {
                let changed = SHARED.looking(&text, |look| quotes::run(look, style, counts));
                text = or_same(changed, text);
            }
            if text == before {
                break;
            }
        }
        if normalizer.stem {
            text = or_same(stem::run(&text, counts), text);
        }
        match normalizer.form {
            Some(form) if form != form.composed() => form.normalize(&text).into_owned(),
            _ => text,
        }
    }
}

fn or_same(changed: Option<Normalized>, text: String) -> String {
    changed.map_or(text, |changed| changed.text)
}

/// The character pass, if there is one, each character by itself.
fn characters(pass: Option<(&CharacterPass, &Tables)>, text: &str) -> String {
    let Some((pass, tables)) = pass else { return text.to_owned() };
    let mut out = Rewriter::new(text);
    for (begin, c) in text.char_indices() {
        let end = begin + c.len_utf8();
        // A table knows better than a question.
        let row = mapped(&tables.mappings, c.encode_utf8(&mut [0; 4]));
        let question = tables.questions.get(&c).copied().filter(|_| row.is_none());
        if let Some(question) = look_alike(pass, tables, c).or(question) {
            if let Some((with, _)) = pass.answer(question, &out, &mut Reading::default(), text, begin) {
                out.replace(begin, end, with.encode_utf8(&mut [0; 4]));
            }
        } else if let Some(with) = row {
            out.replace(begin, end, &with);
        }
    }
    or_same(out.finish(), text.to_owned())
}

fn look_alike(pass: &CharacterPass, tables: &Tables, c: char) -> Option<Question> {
    let Some(LookAlikes::ArabicWords(passages)) = pass.choice().look_alikes else { return None };
    let row = TABLES.look_alikes.iter().find(|row| row.from == c)?;
    let with = mapped(&tables.mappings, &row.to).unwrap_or_else(|| row.to.to_string());
    Some(Question::LookAlike {
        with: with.chars().next()?,
        steps: Steps::only(Step::LookAlikeLetters),
        passages,
    })
}

/// What the first table that knows a character makes of it, and those after it of that; `None` where none knows any.
fn mapped(tables: &[BTreeMap<char, &'static str>], text: &str) -> Option<String> {
    let mut known = false;
    let mut with = String::new();
    for c in text.chars() {
        let mut all = tables.iter().enumerate();
        match all.find_map(|(index, table)| Some((index, *table.get(&c)?))) {
            None => with.push(c),
            Some((index, to)) => {
                known = true;
                let later = tables.get(index + 1..).unwrap_or_default();
                with.push_str(&mapped(later, to).unwrap_or_else(|| to.to_owned()));
            }
        }
    }
    known.then_some(with)
}

/// The elongation step.
fn shorten(text: &str, keep: Keep) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    for run in chars.chunk_by(|a, b| a == b) {
        let (begin, end) = (at, at + run.len());
        at = end;
        let Some(&letter) = run.first() else { continue };
        if run.len() < elongation::FEWEST || !is_elongated(letter) {
            out.extend(run);
            continue;
        }
        let in_word = |c: &&char| is_letter_or_mark(**c);
        let before = chars.iter().take(begin).rev().take(LONGEST_WORD).take_while(in_word).count();
        let head: String = chars.iter().take(begin).skip(begin - before).collect();
        let tail: String = chars.iter().skip(end).take(LONGEST_WORD).take_while(in_word).collect();
        let with = |times: usize| format!("{head}{}{tail}", String::from(letter).repeat(times));
        let is_short = head.len() + tail.len() <= LONGEST_WORD * letter.len_utf8();
        let times = if is_short && run.len() == 3 && TRIPLED.contains(&*with(3)) {
            3
        } else if keep == Keep::Two || is_short && DOUBLED.contains(&*with(2)) {
            2
        } else {
            1
        };
        out.extend(std::iter::repeat_n(letter, times));
    }
    out
}

/// The step on white space.
fn level_blanks(text: &str, blanks: Blanks) -> String {
    let chars: Vec<char> =
        text.replace("\r\n", "\n").chars().map(|c| if ends_line(c) { '\n' } else { c }).collect();
    let mut out = String::new();
    let mut at = 0;
    for run in chars.chunk_by(|a, b| a.is_whitespace() == b.is_whitespace()) {
        let at_begin = at == 0;
        at += run.len();
        let at_end = at == chars.len();
        if !run.iter().all(|c| c.is_whitespace()) {
            out.extend(run);
            continue;
        }
        let ends = run.iter().filter(|c| **c == '\n').count();
        match blanks.lines {
            Lines::Keep => {
                let lines: Vec<_> = run.split(|c| *c == '\n').collect();
                for (index, line) in lines.iter().enumerate() {
                    let is_last = index + 1 == lines.len();
                    let goes = blanks.trim && (!is_last || at_end);
                    if !line.is_empty() && !goes {
                        out.push(' ');
                    }
                    if !is_last {
                        out.push('\n');
                    }
                }
            }
            Lines::Squeeze if ends > 0 => out.push('\n'),
            Lines::Join if blanks.trim && (at_end || at_begin && ends > 0) => {}
            Lines::Join if ends > 1 => out.push_str("\n\n"),
            _ if blanks.trim && at_end => {}
            _ => out.push(' '),
        }
    }
    out
}
