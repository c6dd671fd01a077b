//! What the neighbours of a word say of its spelling.

use super::restore::Candidate;
use super::table::Tables;
use super::words::{END, Line, folded};

/// How far back the verb of a clause is sought, and what it is not sought behind.
const CLAUSE_REACH: usize = 25;
const CLAUSE_ENDS: [&str; 3] = [".", "؟", "!"];
/// What grammar asks for after a verb of saying weighs this much.
const GRAMMAR: f64 = 2.5;
/// Of the alefs of a word so many tell its kind.
const ALEFS: usize = 3;

/// The place of a word among others.
#[derive(Clone, Copy)]
pub(super) struct Context<'t> {
    pub(super) tables: &'static Tables,
    pub(super) line: Line<'t>,
    /// Which of the line's tokens it is.
    pub(super) index: usize,
}

impl<'t> Context<'t> {
    /// Adds to the scores of spellings of `form` what stands beside the word.
    pub(super) fn weigh(&self, form: &str, candidates: &mut [Candidate]) {
        let root = self.root(form);
        let cut = form.len() - root.len();
        let kinds: Vec<String> = candidates.iter().map(|candidate| kind(bare(candidate, cut))).collect();
        let group = self.group(root);
        let is_clause = self.tables.clauses.contains(root);
        let verb = is_clause.then(|| self.verb_of_saying());
        let mut key = String::new();
        for (name, value) in self.features().into_iter().chain(verb.map(|verb| ("saying", verb))) {
            let mut weights = |word: &str| {
                key.clear();
                key.extend([word, "\t", name, "\t", value]);
                self.tables.contexts.weights(&key)
            };
            for (spelling, weight) in weights(root) {
                for candidate in candidates.iter_mut().filter(|candidate| bare(candidate, cut) == spelling) {
                    candidate.score += weight;
                }
            }
            for (of_kind, weight) in weights(&group) {
                for (candidate, _) in candidates.iter_mut().zip(&kinds).filter(|(_, kind)| *kind == of_kind) {
                    candidate.score += weight;
                }
            }
        }
        if let Some(&asked) = verb.and_then(|verb| self.tables.asked.get(verb)) {
            for candidate in candidates.iter_mut().filter(|candidate| candidate.spelling.contains(asked)) {
                candidate.score += GRAMMAR;
            }
        }
    }

    /// The form without the conjunction before it where it is spelled as the same without.
    fn root<'f>(&self, form: &'f str) -> &'f str {
        let Some(rest) = form.strip_prefix(['و', 'ف']).filter(|rest| rest.chars().nth(1).is_some()) else {
            return form;
        };
        let spellings = &self.tables.spellings;
        let (Some(own), Some(others)) = (spellings.of_form(form), spellings.of_form(rest)) else {
            return form;
        };
        let sum = |counts: &mut dyn Iterator<Item = u32>| counts.map(u64::from).sum::<u64>();
        let total = sum(&mut own.clone().map(|spelling| spelling.count));
        let is_other = |word: &str| {
            let rest = word.strip_prefix(['و', 'ف']);
            others.clone().any(|other| other.count > 0 && Some(other.word) == rest)
        };
        let is_prefixed = sum(&mut others.clone().map(|other| other.count)) >= 2 * total
            && own.clone().filter(|spelling| spelling.count > 0).all(|spelling| is_other(spelling.word));
        if is_prefixed { rest } else { form }
    }

    /// What the word shares with others that are spelled in the same ways.
    fn group(&self, root: &str) -> String {
        let spellings = self.tables.spellings.of_form(root).into_iter().flatten();
        let mut kinds: Vec<String> = spellings.map(|spelling| kind(spelling.word)).collect();
        kinds.sort_unstable();
        format!("*{}", kinds.join("/"))
    }

    /// The form so many tokens before (less than nought) or behind the word.
    fn at(&self, offset: isize) -> &'t str {
        self.line.form(self.index.checked_add_signed(offset))
    }

    fn features(&self) -> [(&'static str, &'t str); 8] {
        let (before, after) = (self.at(-1), self.at(1));
        [
            ("previous", before),
            ("next", after),
            ("second_previous", self.at(-2)),
            ("second_next", self.at(2)),
            ("previous_ending", last(before, 2)),
            ("previous_beginning", first(before, 3)),
            ("next_ending", last(after, 2)),
            ("next_beginning", first(after, 3)),
        ]
    }

    /// The verb that the clause at the word hangs on, without a conjunction; [`END`] where none is found.
    fn verb_of_saying(&self) -> &'t str {
        let Tables { verbs, clauses, .. } = self.tables;
        let reach = self.index.saturating_sub(CLAUSE_REACH)..self.index;
        for form in reach.rev().map(|index| self.line.form(Some(index))) {
            if clauses.contains(form) || CLAUSE_ENDS.contains(&form) {
                break;
            }
            if verbs.contains(form) {
                return form;
            }
            if let Some(bare) = form.strip_prefix(['و', 'ف']).filter(|bare| verbs.contains(bare)) {
                return bare;
            }
        }
        END
    }
}

/// The spelling without its conjunction.
fn bare(candidate: &Candidate, cut: usize) -> &str {
    candidate.spelling.get(cut..).unwrap_or_default()
}

/// What a spelling has where others of its form can differ: its first alefs, and its last letter.
fn kind(spelling: &str) -> String {
    let letters = || spelling.chars().zip(folded(spelling));
    let alefs = letters().filter(|&(_, bare)| bare == 'ا').map(|(letter, _)| letter).take(ALEFS);
    let last = letters().last().filter(|&(_, bare)| matches!(bare, 'ه' | 'ى')).map(|(letter, _)| letter);
    alefs.chain(['-']).chain(last).collect()
}

fn first(form: &str, letters: usize) -> &str {
    form.char_indices().nth(letters).and_then(|(end, _)| form.get(..end)).unwrap_or(form)
}

fn last(form: &str, letters: usize) -> &str {
    form.char_indices().nth_back(letters - 1).and_then(|(begin, _)| form.get(begin..)).unwrap_or(form)
}
