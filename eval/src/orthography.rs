//! What the step `standard_orthography` restores of hurried writing, on the sentences that `data/eval/orthography.toml` names.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use warraq_core::normalize::{Normalizer, StepRequest};

use crate::report::hex;

const LIST: &str = "data/eval/orthography.toml";
const SPELLINGS: &str = "data/normalize/orthography/spellings.tsv";
const STEP: &str = "standard_orthography";
const CONFIDENCES: [&str; 2] = ["normal", "high"];
/// A word counted less often has no most frequent spelling.
const LEAST: u32 = 3;
/// Of a hundred damaged words one may be restored less, and of ten thousand undamaged ones five be changed more, before that
/// is a fault.
const FALL: f64 = 0.3;
const RISE: f64 = 0.05;

/// What was measured. Shares are percent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Orthography {
    /// Of the list and of the file that it names.
    sha256: String,
    sentences: usize,
    words: usize,
    /// Words that can lose something.
    damaged: usize,
    figure: Vec<Row>,
}

/// A way of restoring: the step with a confidence, or the most frequent spelling of each word.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    way: String,
    /// Of the damaged words those that are as they were, are still damaged, are something else.
    restored: f64,
    left: f64,
    wrong: f64,
    /// Of the words of undamaged sentences those that are changed, right or not.
    changed: f64,
    /// Of all words those that a second pass changes.
    again: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    file: String,
    sha256: String,
    sentences: String,
}

/// Measures the step, with the list below `root` and the text below `shared`.
///
/// # Errors
/// Where a file is missing or not the one that is named.
pub fn measured(root: &Path, shared: &Path) -> Result<Orthography, String> {
    let read = |file: &str| std::fs::read_to_string(root.join(file)).map_err(|e| format!("{file}: {e}"));
    let content = read(LIST)?;
    let list: List = toml::from_str(&content).map_err(|e| format!("{LIST}: {e}"))?;
    let path = shared.join("data").join(&list.file);
    let packed = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    if hex(&Sha256::digest(&packed)) != list.sha256 {
        return Err(format!("{}: is not the file that {LIST} names", path.display()));
    }
    let text = crate::file::unpack(&path, &packed).map_err(|error| error.to_string())?;
    let sentences: Vec<Sentence> = chosen(&list.sentences, &text)?.into_iter().map(Sentence::new).collect();

    let most = most_frequent(&read(SPELLINGS)?);
    let by_counts = |sentence: &[char]| {
        let mut out = sentence.to_vec();
        for word in words(sentence) {
            let spelling = sentence.get(word.clone()).map(fold).and_then(|form| most.get(&form));
            if let (Some(spelling), Some(place)) = (spelling, out.get_mut(word)) {
                place.copy_from_slice(spelling);
            }
        }
        out
    };
    let mut figure = vec![row("most frequent spelling", &sentences, &by_counts)];
    for confidence in CONFIDENCES {
        let options = [("confidence".to_owned(), confidence.to_owned())].into();
        let request = StepRequest { step: STEP.to_owned(), enabled: None, options };
        let normalizer = Normalizer::new(None, &[request]).map_err(|e| e.to_string())?;
        let by_step = |sentence: &[char]| {
            let text: String = sentence.iter().collect();
            normalizer.run(&text).normalized.text.chars().collect()
        };
        figure.push(row(&format!("confidence: {confidence}"), &sentences, &by_step));
    }
    let sum = |count: fn(&Sentence) -> usize| sentences.iter().map(count).sum();
    Ok(Orthography {
        sha256: hex(&Sha256::digest(content.as_bytes())),
        sentences: sentences.len(),
        words: sum(|sentence| sentence.words.len()),
        damaged: sum(|sentence| sentence.words.iter().filter(|word| sentence.loses(word)).count()),
        figure,
    })
}

/// The sentences of `text` that `rows` name by their lines, and by their numbers there.
fn chosen<'t>(rows: &str, text: &'t str) -> Result<Vec<&'t str>, String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let find = |row: &str| {
        let (line, number) = row.split_once(':').unwrap_or((row, "1"));
        let line = lines.get(line.parse::<usize>().ok()?.checked_sub(1)?)?;
        sentences(line).get(number.parse::<usize>().ok()?.checked_sub(1)?).copied()
    };
    rows.split_whitespace()
        .map(|row| find(row).ok_or(format!("{LIST}: {row}: there is no such sentence")))
        .collect()
}

/// The sentences of a line, cut behind each run of full stops, question marks and exclamation marks.
fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line.trim_start_matches(ENDS);
    while let Some(at) = rest.find(ENDS) {
        let end = rest
            .get(at..)
            .and_then(|marks| marks.find(|c| !ENDS.contains(&c)))
            .map_or(rest.len(), |length| at + length);
        let (sentence, behind) = rest.split_at(end);
        found.push(sentence);
        rest = behind;
    }
    found.extend(Some(rest).filter(|rest| !rest.is_empty()));
    found
}

const ENDS: [char; 3] = ['.', '؟', '!'];

/// A sentence as it stands and as the most hurried writer has it, letter for letter.
struct Sentence {
    careful: Vec<char>,
    hurried: Vec<char>,
    words: Vec<Range<usize>>,
}

impl Sentence {
    fn new(text: &str) -> Self {
        let careful: Vec<char> = text.chars().filter(|&c| !is_passed(c)).collect();
        let words = words(&careful);
        let mut hurried = careful.clone();
        for word in &words {
            if let (Some(from), Some(to)) = (careful.get(word.clone()), hurried.get_mut(word.clone())) {
                to.copy_from_slice(&fold(from));
            }
        }
        Self { careful, hurried, words }
    }

    fn loses(&self, word: &Range<usize>) -> bool {
        self.careful.get(word.clone()) != self.hurried.get(word.clone())
    }
}

/// Marks that are no part of a word's spelling.
const fn is_passed(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}')
}

const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{621}'..='\u{63A}' | '\u{641}'..='\u{64A}' | '\u{671}')
}

/// The Arabic words of two letters or more.
fn words(text: &[char]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut begin = 0;
    for run in text.split(|c| !c.is_alphabetic()) {
        if run.len() > 1 && run.iter().all(|&c| is_arabic(c)) {
            found.push(begin..begin + run.len());
        }
        begin += run.len() + 1;
    }
    found
}

/// A word of two letters or more without hamza, madda and wasla of its alefs and the dots of its end.
fn fold(word: &[char]) -> Vec<char> {
    let last = word.len().saturating_sub(1);
    let bare = |(index, &letter): (usize, &char)| match letter {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ي' if index == last => 'ى',
        'ة' if index == last => 'ه',
        other => other,
    };
    word.iter().enumerate().map(bare).collect()
}

/// The most frequent spelling of each folded form that is counted often enough.
fn most_frequent(table: &str) -> HashMap<Vec<char>, Vec<char>> {
    let mut totals: HashMap<Vec<char>, u32> = HashMap::new();
    let mut most: HashMap<Vec<char>, (u32, Vec<char>)> = HashMap::new();
    let rows = table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    for (word, count) in rows {
        let Ok(count) = count.parse::<u32>() else { continue };
        let word: Vec<char> = word.chars().collect();
        *totals.entry(fold(&word)).or_default() += count;
        let best = most.entry(fold(&word)).or_default();
        *best = std::mem::take(best).max((count, word));
    }
    most.retain(|form, _| totals.get(form).is_some_and(|&total| total >= LEAST));
    most.into_iter().map(|(form, (_, word))| (form, word)).collect()
}

fn row(way: &str, sentences: &[Sentence], restore: &dyn Fn(&[char]) -> Vec<char>) -> Row {
    let (mut words, mut damaged, mut restored, mut left, mut changed, mut again) = (0, 0, 0, 0, 0, 0);
    for sentence in sentences {
        let of_hurried = restore(&sentence.hurried);
        let of_careful = restore(&sentence.careful);
        let twice = restore(&of_hurried);
        for word in &sentence.words {
            let at = |text: &[char]| text.get(word.clone()).map(<[char]>::to_vec);
            let (careful, mended) = (at(&sentence.careful), at(&of_hurried));
            words += 1;
            changed += usize::from(at(&of_careful) != careful);
            again += usize::from(at(&twice) != mended);
            if sentence.loses(word) {
                damaged += 1;
                restored += usize::from(mended == careful);
                left += usize::from(mended == at(&sentence.hurried));
            }
        }
    }
    Row {
        way: way.to_owned(),
        restored: share(restored, damaged),
        left: share(left, damaged),
        wrong: share(damaged - restored - left, damaged),
        changed: share(changed, words),
        again: share(again, words),
    }
}

/// Percent, to the hundredth.
#[allow(clippy::cast_precision_loss)] // Counts of words are small.
fn share(part: usize, whole: usize) -> f64 {
    (part as f64 / whole.max(1) as f64 * 10_000.0).round() / 100.0
}

impl Orthography {
    /// What is worse than in `before`, measured on the same sentences.
    pub(crate) fn falls(&self, before: &Self) -> Vec<String> {
        if self.sha256 != before.sha256 {
            return vec![format!("{STEP}: not the sentences that were measured: run --report")];
        }
        let mut falls = Vec::new();
        for old in &before.figure {
            let Some(now) = self.figure.iter().find(|now| now.way == old.way) else {
                falls.push(format!("{STEP}, {}: is not measured any more", old.way));
                continue;
            };
            for (what, is, was, by) in [
                ("restored", -now.restored, -old.restored, FALL),
                ("wrong", now.wrong, old.wrong, FALL),
                ("of undamaged text changed", now.changed, old.changed, RISE),
                ("changed again", now.again, old.again, RISE),
            ] {
                if is > was + by + 1e-9 {
                    falls.push(format!(
                        "{STEP}, {}: {what} {:.2} %, was {:.2} %",
                        old.way,
                        is.abs(),
                        was.abs()
                    ));
                }
            }
        }
        falls
    }

    /// The table for people, as Markdown.
    pub fn to_markdown(&self) -> String {
        let Self { sha256, sentences, words, damaged, figure } = self;
        let mut page = format!(
            "### {STEP}\n\n{sentences} sentences of radio news ({LIST}, SHA-256 `{}`), {words} words, of which {damaged} can lose \
             something. All of it dropped, in each sentence by itself; percent of the damaged words, and of all words.\n\n\
             | | restored | left | wrong | of undamaged text changed | changed again in a second pass |\n\
             |---|---:|---:|---:|---:|---:|\n",
            sha256.get(..16).unwrap_or(sha256)
        );
        for Row { way, restored, left, wrong, changed, again } in figure {
            // Writing into a string does not fail.
            let _ = writeln!(
                page,
                "| {way} | {restored:.2} | {left:.2} | {wrong:.2} | {changed:.2} | {again:.2} |"
            );
        }
        page + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_found_by_line_and_number() {
        let text = "أولا. ثم ماذا؟! نعم\nوبعد.";
        assert_eq!(chosen("1 1:2 2", text).unwrap(), ["أولا.", " ثم ماذا؟!", "وبعد."]);
        assert_eq!(sentences("... نعم").len(), 1);
        assert!(chosen("2:2", text).is_err() && chosen("0", text).is_err());
    }

    #[test]
    fn a_hurried_sentence_has_lost_all_that_it_can() {
        let sentence = Sentence::new("قَالَ علي: إلى المدرسة پارسة، أ 12");
        assert_eq!(sentence.hurried.iter().collect::<String>(), "قال على: الى المدرسه پارسة، أ 12");
        assert_eq!(sentence.words.len(), 4);
        assert_eq!(sentence.words.iter().filter(|word| sentence.loses(word)).count(), 3);
    }

    #[test]
    fn what_is_restored_left_wrong_and_changed_is_counted() {
        let most = most_frequent("# head\nword\tcount\nعلى\t9\nعلي\t3\nإلى\t9\nأب\t1\nاب\t1\n");
        assert_eq!(most.len(), 2);
        let sentences = [Sentence::new("ذهب علي إلى أب")];
        let by_counts = |text: &[char]| {
            let mut out = text.to_vec();
            for word in words(text) {
                if let Some(spelling) = most.get(&fold(&text[word.clone()])) {
                    out[word].copy_from_slice(spelling);
                }
            }
            out
        };
        let row = row("counts", &sentences, &by_counts);
        // علي is left as على, أب is not counted often enough.
        assert_eq!((row.restored, row.left, row.wrong), (33.33, 66.67, 0.0));
        assert_eq!((row.changed, row.again), (25.0, 0.0));
    }

    #[test]
    fn a_fall_is_told() {
        let of = |restored, changed| Orthography {
            sha256: "s".to_owned(),
            sentences: 1,
            words: 10,
            damaged: 5,
            figure: vec![Row { way: "w".to_owned(), restored, left: 1.0, wrong: 1.0, changed, again: 0.0 }],
        };
        let before = of(95.0, 0.02);
        assert!(of(94.8, 0.06).falls(&before).is_empty());
        assert_eq!(of(94.0, 0.02).falls(&before), ["standard_orthography, w: restored 94.00 %, was 95.00 %"]);
        assert_eq!(of(96.0, 0.2).falls(&before).len(), 1);
        assert!(before.to_markdown().contains("| w | 95.00 | 1.00 | 1.00 | 0.02 | 0.00 |"));
    }
}
