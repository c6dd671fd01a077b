//! People's names, word by word.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

use warraq_core::normalize;

use super::Swap;
use super::invented::{self, Style};
use super::lists::{Lists, NameWord, rare, without_article};
use crate::random::{hash, lot};

/// What a word is in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Use {
    Given,
    Family,
}

/// What a name must have in common with the one that it stands for.
type Class = (Use, char, bool, bool);

/// The rare names of each class.
pub(super) struct NameWords {
    of_class: HashMap<Class, Vec<usize>>,
}

impl NameWords {
    pub(super) fn new(lists: &Lists) -> Self {
        let mut of_class: HashMap<Class, Vec<usize>> = HashMap::new();
        for (index, word) in lists.name_words.iter().enumerate() {
            // A word of one letter would be read as an initial.
            if !word.plain
                || word.text.chars().count() < 3
                || !word.text.chars().all(|c| ('ء'..='ي').contains(&c))
            {
                continue;
            }
            let (foreign, article) = (word.foreign, has_article(&word.text));
            if word.given > 0 && word.given >= word.family {
                of_class.entry((Use::Given, word.gender, foreign, article)).or_default().push(index);
            }
            if word.family > 0 && word.family >= word.given {
                of_class.entry((Use::Family, '-', foreign, article)).or_default().push(index);
            }
        }
        for (class, words) in &mut of_class {
            let count = |index: &usize| {
                let word = lists.name_words.get(*index);
                word.map_or(0, |word| if class.0 == Use::Given { word.given } else { word.family })
            };
            *words = rare(std::mem::take(words), count);
        }
        Self { of_class }
    }
}

fn has_article(word: &str) -> bool {
    without_article(word) != word
}

/// The words of a name: letters and what is written with them, between blanks, hyphens and stops.
fn words(name: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in name.char_indices() {
        let in_word =
            c.is_alphabetic() || ('\u{064B}'..='\u{0655}').contains(&c) || c == '\u{0670}' || c == 'ـ';
        match words.last_mut() {
            Some(last) if in_word && last.end == at => last.end = at + c.len_utf8(),
            _ if in_word => words.push(at..at + c.len_utf8()),
            _ => {}
        }
    }
    words
}

/// The words of an article's people, and what stands for each.
pub(super) struct People<'l> {
    lists: &'l Lists,
    listed: &'l NameWords,
    swap: Swap,
    seed: u64,
    /// By folded words; `None` where nothing of its kind is listed.
    new: BTreeMap<String, Option<String>>,
    /// Words that nothing new may be: an article would have them for two things.
    used: BTreeSet<String>,
}

impl<'l> People<'l> {
    pub(super) fn new(
        lists: &'l Lists,
        listed: &'l NameWords,
        swap: Swap,
        seed: u64,
        used: BTreeSet<String>,
    ) -> Self {
        Self { lists, listed, swap, seed, new: BTreeMap::new(), used }
    }

    /// Draws for the words of one person; `names` are all that it is called, with the article where they have it.
    pub(super) fn draw(&mut self, names: &[String]) {
        let Some(longest) = names.iter().max_by_key(|name| words(name).len()) else { return };
        let foreign = self.is_foreign(longest);
        for name in std::iter::once(longest).chain(names) {
            let words: Vec<&str> = words(name).into_iter().filter_map(|word| name.get(word)).collect();
            let kept = self.kept(&words);
            let last = words.len().saturating_sub(1);
            for (at, word) in words.iter().enumerate() {
                let folded = normalize::fold(word).text;
                if kept.contains(&at) || self.new.contains_key(&folded) {
                    continue;
                }
                let listed = self.listed_word(&folded);
                let used_as = match listed {
                    // A name of one word is what it is more often.
                    _ if last == 0 => listed.map_or(Use::Family, |word| {
                        if word.given > word.family { Use::Given } else { Use::Family }
                    }),
                    _ if at == last => Use::Family,
                    _ => Use::Given,
                };
                let new = self.word(&folded, listed, used_as, foreign);
                if let Some(new) = &new {
                    self.used.insert(without_article(&normalize::fold(new).text).to_owned());
                }
                self.new.insert(folded, new);
            }
        }
    }

    fn listed_word(&self, folded: &str) -> Option<&'l NameWord> {
        let index =
            self.lists.name_word.get(folded).or_else(|| self.lists.name_word.get(without_article(folded)))?;
        self.lists.name_words.get(*index)
    }

    /// Whether more of the words are foreign names than Arabic ones.
    fn is_foreign(&self, name: &str) -> bool {
        let mut balance = 0;
        for word in words(name).into_iter().filter_map(|word| name.get(word)) {
            let folded = normalize::fold(word).text;
            let joiner = self.lists.joiners.get(&folded).map(String::as_str);
            balance += match (joiner, self.listed_word(&folded)) {
                (Some("particle"), _) => 1,
                (Some(_), _) => -2,
                _ if has_article(&folded) => -2,
                (_, Some(word)) if word.foreign => 1,
                (_, Some(_)) => -1,
                (_, None) => 0,
            };
        }
        balance >= 0
    }

    /// The places of the words that stay: `بن`, `عبد الرحمن`, `نور الدين`, initials, Latin words.
    fn kept(&self, words: &[&str]) -> HashSet<usize> {
        let mut kept = HashSet::new();
        for (at, word) in words.iter().enumerate() {
            let folded = normalize::fold(word).text;
            let latin = word.chars().any(|c| c.is_ascii_alphabetic());
            if latin || word.chars().count() < 2 || self.lists.joiners.contains_key(&folded) {
                kept.insert(at);
            }
            let abd = folded.strip_prefix("عبد");
            if abd.is_some_and(|rest| rest.is_empty() || self.lists.compounds.contains_key(rest)) {
                kept.insert(at);
            }
            // After `عبد` any of them, after other nouns (`نور`) only some.
            let before = at.checked_sub(1).and_then(|before| words.get(before));
            let before = before.map(|word| normalize::fold(word).text);
            if let (Some(before), Some(any)) = (before, self.lists.compounds.get(&folded))
                && (*any || ["عبد", "عبيد", "امه"].contains(&before.as_str()))
            {
                kept.extend([at - 1, at]);
            }
        }
        kept
    }

    fn word(&self, folded: &str, listed: Option<&NameWord>, used_as: Use, foreign: bool) -> Option<String> {
        let article = has_article(folded);
        let foreign = listed.map_or(foreign, |word| word.foreign);
        let gender = match (used_as, listed) {
            (Use::Family, _) => '-',
            (Use::Given, Some(word)) if word.gender != '-' => word.gender,
            (Use::Given, _) => 'u',
        };
        if self.swap == Swap::Unlisted {
            let style = Style { foreign, feminine: gender == 'f' };
            return invented::word(self.lists, self.seed, folded, article, style);
        }
        let one = hash(&format!("person {} {folded}", self.seed));
        let pool = self.listed.of_class.get(&(used_as, gender, foreign, article))?;
        pool.iter()
            .filter_map(|&index| self.lists.name_words.get(index))
            .filter(|word| !self.used.contains(word.key.as_str()))
            .max_by_key(|word| lot(one, word.hash))
            .map(|word| word.text.clone())
    }

    /// What stands for `name`.
    pub(super) fn name(&self, name: &str) -> String {
        let mut out = String::with_capacity(name.len());
        let mut done = 0;
        for word in words(name) {
            let folded = normalize::fold(name.get(word.clone()).unwrap_or_default()).text;
            out.push_str(name.get(done..word.start).unwrap_or_default());
            match self.new.get(&folded) {
                Some(Some(new)) => out.push_str(new),
                _ => out.push_str(name.get(word.clone()).unwrap_or_default()),
            }
            done = word.end;
        }
        out.push_str(name.get(done..).unwrap_or_default());
        out
    }
}
