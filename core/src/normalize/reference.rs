//! A normaliser as one would write it without care for speed, which the fast one is compared with: tables are searched
//! row by row, nothing is skipped or remembered, and all passes run until nothing changes.

use super::characters::{CharacterPass, Question, Steps, questions, tables_of};
use super::choice::LookAlikes;
use super::elongation::{self, DOUBLED, Keep, LONGEST_WORD, TRIPLED, is_elongated};
use super::language::Reading;
use super::normalizer::Normalizer;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use super::tables::{Mapping, TABLES, is_letter_or_mark};
use super::whitespace::{Blanks, Lines, ends_line};
use super::{Normalized, arabic_digits, dashes, masks, punctuation, quotes, stem};

/// More rounds than any text needs.
const ROUNDS: usize = 64;

/// The normal form of `text` by `normalizer`, whose steps do not restore spelling.
pub fn normal_form(normalizer: &Normalizer, text: &str) -> String {
    let counts = &mut Counts::default();
    let mut text =
        normalizer.letters_first.as_ref().map_or_else(|| text.to_owned(), |pass| characters(pass, text));
    for _ in 0..ROUNDS {
        let before = text.clone();
        if let Some(form) = normalizer.form {
            text = form.composed().normalize(&text).into_owned();
        }
        if let Some(masks) = normalizer.masks {
            text = or_same(masks::run(&text, masks, counts), text);
        }
        if let Some(pass) = &normalizer.characters {
            text = characters(pass, &text);
        }
        if let Some((to, from)) = normalizer.arabic_digits {
            text = or_same(arabic_digits::run(&text, to, from, counts), text);
        }
        if let Some(keep) = normalizer.elongation {
            text = shorten(&text, keep);
        }
        if let Some(blanks) = normalizer.blanks {
            text = level_blanks(&text, blanks);
        }
        if let Some(writing) = normalizer.punctuation {
            text = or_same(punctuation::run(&text, writing, counts), text);
        }
        if let Some(style) = normalizer.dashes {
            text = or_same(dashes::run(&text, style, counts), text);
        }
        if let Some(style) = normalizer.quotes {
            text = or_same(quotes::run(&text, style, counts), text);
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

fn or_same(changed: Option<Normalized>, text: String) -> String {
    changed.map_or(text, |changed| changed.text)
}

/// The character pass, each character by itself.
fn characters(pass: &CharacterPass, text: &str) -> String {
    let choice = pass.choice();
    let (tables, questions) = (tables_of(choice), questions(choice));
    let mut out = Rewriter::new(text);
    for (begin, c) in text.char_indices() {
        let end = begin + c.len_utf8();
        let question = match choice.look_alikes {
            Some(LookAlikes::ArabicWords(passages)) => TABLES
                .look_alikes
                .iter()
                .find(|row| row.from == c)
                .and_then(|row| mapped(&tables, &row.to).unwrap_or_else(|| row.to.to_string()).chars().next())
                .map(|with| Question::LookAlike {
                    with,
                    steps: Steps::only(Step::LookAlikeLetters),
                    passages,
                }),
            _ => None,
        };
        let row = mapped(&tables, c.encode_utf8(&mut [0; 4]));
        // A table knows better than a question, the last question better than the first.
        let question = question.or_else(|| {
            let of_c = questions.iter().rev().find(|(asked, _)| *asked == c).map(|(_, question)| *question);
            of_c.filter(|_| row.is_none())
        });
        if let Some(question) = question {
            if let Some((with, _)) = pass.answer(question, &out, &mut Reading::default(), text, begin) {
                out.replace(begin, end, with.encode_utf8(&mut [0; 4]));
            }
        } else if let Some(with) = row {
            out.replace(begin, end, &with);
        }
    }
    out.finish().map_or_else(|| text.to_owned(), |out| out.text)
}

/// What the first table that knows a character makes of it, and those after it of that; `None` where none knows any.
fn mapped(tables: &[(Step, Vec<&'static Mapping>)], text: &str) -> Option<String> {
    let mut known = false;
    let mut with = String::new();
    for c in text.chars() {
        let found = tables.iter().enumerate().find_map(|(index, (_, rows))| {
            rows.iter().rev().find(|row| row.from == c).map(|row| (index, &row.to))
        });
        match found {
            None => with.push(c),
            Some((index, to)) => {
                known = true;
                let later = tables.get(index + 1..).unwrap_or_default();
                with.push_str(&mapped(later, to).unwrap_or_else(|| to.to_string()));
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
