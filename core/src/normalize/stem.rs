//! A light stem for search: light10.

use super::Normalized;
use super::rewrite::Rewriter;
use super::step::{Counts, Step};
use super::tables::{Affix, TABLES};
use crate::lexicon::is_arabic_letter;

/// `text` with the affixes of each Arabic word off; `None` where none has any.
///
/// As Lucene has it: the first prefix of the table that leaves enough, then each suffix once, in the table's order.
pub(super) fn run(text: &str, counts: &mut Counts) -> Option<Normalized> {
    let mut out = Rewriter::new(text);
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find(is_arabic_letter)) {
        let begin = at + found;
        let rest = text.get(begin..).unwrap_or_default();
        let word = rest.get(..rest.find(|c| !is_arabic_letter(c)).unwrap_or(rest.len())).unwrap_or_default();
        at = begin + word.len();
        // What is joined to signs of another script is no Arabic word alone.
        let stem = stem(word);
        let head = word.len() - stem.0.len();
        if head > 0 {
            out.replace(begin, begin + head, "");
        }
        if stem.1.len() < stem.0.len() {
            out.replace(begin + head + stem.1.len(), at, "");
        }
    }
    counts.add(Step::Stem, u32::try_from(out.changes()).unwrap_or(u32::MAX));
    out.finish()
}

/// The word without its prefix, and without its suffixes too.
fn stem(word: &str) -> (&str, &str) {
    let leaves = |rest: &str, affix: &Affix| rest.chars().nth(affix.left - 1).is_some();
    let mut prefixes = TABLES.stem.iter().filter(|affix| affix.is_prefix);
    let without =
        prefixes.find_map(|affix| word.strip_prefix(affix.letters).filter(|rest| leaves(rest, affix)));
    let without = without.unwrap_or(word);
    let suffixes = TABLES.stem.iter().filter(|affix| !affix.is_prefix);
    let stem = suffixes.fold(without, |stem, affix| {
        stem.strip_suffix(affix.letters).filter(|rest| leaves(rest, affix)).unwrap_or(stem)
    });
    (without, stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (text, expected) in [
            ("والمكتبات للمدرسين", "مكتب مدرس"),
            ("ولد ال يد", "ولد ال يد"),
            ("كتابها، في 2024 the", "كتاب، في 2024 the"),
            ("الكتابية", "كتاب"),
        ] {
            let out = run(text, &mut Counts::default()).map_or_else(|| text.to_owned(), |out| out.text);
            assert_eq!(out, expected);
        }
    }
}
