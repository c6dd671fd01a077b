//! Names that are in no list: made up, and pronounceable.

use super::lists::Lists;
use crate::random::Random;

/// How many are tried before one is taken that a list has.
const TRIES: usize = 200;

/// Which forms a made-up word has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) foreign: bool,
    pub(super) feminine: bool,
}

/// A word that stands for `old`, with the article where `old` has it; `None` where all that were tried are listed.
pub(super) fn word(lists: &Lists, seed: u64, old: &str, article: bool, style: Style) -> Option<String> {
    let made = if style.foreign { &lists.extra.foreign } else { &lists.extra.arabic };
    let forms = if style.feminine { &made.feminine } else { &made.forms };
    let consonants: Vec<char> = made.consonants.chars().collect();
    let mut random = Random::new(seed, &["invented", old]);
    for _ in 0..TRIES {
        let form = random.pick(forms)?;
        let mut word = String::new();
        for c in form.chars() {
            // Two of one consonant in a row would be written as one.
            let last = word.chars().last();
            match c {
                'C' => word.extend(
                    std::iter::repeat_with(|| random.pick(&consonants).copied())
                        .take(8)
                        .flatten()
                        .find(|&c| Some(c) != last),
                ),
                c => word.push(c),
            }
        }
        // What begins like the article or a proclitic might be read without it.
        let plain = !word.starts_with("ال") && !word.starts_with("لل");
        if plain && !lists.knows(&word) && !lists.knows(&format!("ال{word}")) {
            return Some(if article { format!("ال{word}") } else { word });
        }
    }
    None
}
