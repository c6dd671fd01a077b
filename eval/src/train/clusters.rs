//! Classes of words that stand in like company: vectors by skip-grams with negative samples (Mikolov et al. 2013), put
//! into classes by k-means. One thread and a fixed seed: the same texts give the same classes.

// Counts here are far below what a float tells apart, and shares are between 0 and 1.
#![allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use std::collections::HashMap;

use serde::Deserialize;
use warraq_core::entities::tagger::{Classes, Clusters, key};
use warraq_core::normalize;

use crate::random::Random;

/// Numbers in a vector.
const SIZE: usize = 64;
type Vector = [f32; SIZE];

/// How classes are found.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Files under the folder of shared data, lines of text packed with xz.
    pub texts: Vec<String>,
    /// A word seen less often is in no class.
    pub least: u32,
    /// How often each text is read.
    pub epochs: usize,
    /// So many words on either side are a word's company.
    pub window: usize,
    /// How many classes there are.
    pub coarse: usize,
    /// The same of the small ones.
    pub fine: usize,
}

/// So many words stand for none in a step.
const NEGATIVES: usize = 5;
/// The first step.
const RATE: f32 = 0.03;
/// A word that is a greater share of all is at times passed over.
const FREQUENT: f64 = 3e-4;
/// How often the classes are drawn anew.
const ROUNDS: usize = 12;

/// The classes of the words of `texts`.
pub(super) fn clusters(texts: &[String], settings: &Settings, seed: u64, say: &dyn Fn(&str)) -> Clusters {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for text in texts {
        for word in words(text) {
            match counts.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(counts.insert(word.to_owned(), 1)),
            }
        }
    }
    let mut known: Vec<(String, u32)> =
        counts.into_iter().filter(|&(_, count)| count >= settings.least).collect();
    known.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let numbers: HashMap<&str, u32> =
        known.iter().zip(0..).map(|((word, _), number)| (word.as_str(), number)).collect();
    let lines: Vec<Vec<u32>> = texts
        .iter()
        .flat_map(|text| text.lines())
        .map(|line| words(line).filter_map(|word| numbers.get(word).copied()).collect())
        .filter(|line: &Vec<u32>| line.len() > 1)
        .collect();
    say(&format!("{} words to class, of {} lines", known.len(), lines.len()));
    let vectors = vectors(&lines, &known, settings, seed, say);
    let coarse = classes(&vectors, settings.coarse, seed);
    let fine = classes(&vectors, settings.fine, seed);
    say("classed");
    Clusters::new(known.iter().zip(coarse.iter().zip(fine)).map(|((word, _), (&coarse, fine))| {
        let number = |class: usize| u16::try_from(class + 1).unwrap_or(0);
        (key(word), Classes { coarse: u8::try_from(coarse + 1).unwrap_or(0), fine: number(fine) })
    }))
}

/// The words of folded text, as the tagger sees them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || ('\u{64B}'..='\u{65F}').contains(&c)))
        .filter(|word| !word.is_empty())
}

/// Folds a text for [`clusters`].
pub(super) fn folded(text: &str) -> String {
    normalize::fold(text).text
}

fn vectors(
    lines: &[Vec<u32>],
    known: &[(String, u32)],
    settings: &Settings,
    seed: u64,
    say: &dyn Fn(&str),
) -> Vec<Vector> {
    let mut random = Random::new(seed, &["vectors"]);
    let mut draw = {
        let mut bits = Random::new(seed, &["draws"]);
        move || bits.next()
    };
    let size = SIZE as f32;
    let mut own: Vec<Vector> = (0..known.len())
        .map(|_| std::array::from_fn(|_| (random.below(1 << 16) as f32 / 65_536.0 - 0.5) / size))
        .collect();
    let mut company: Vec<Vector> = vec![[0.0; SIZE]; known.len()];
    // Words to stand for none are drawn by their counts to the power of 3/4.
    let total: f64 = known.iter().map(|(_, count)| f64::from(*count)).sum();
    let mut lots: Vec<u32> = Vec::with_capacity(1 << 20);
    let powers: f64 = known.iter().map(|(_, count)| libm::pow(f64::from(*count), 0.75)).sum();
    let mut share = 0.0;
    for (number, (_, count)) in (0..).zip(known) {
        share += libm::pow(f64::from(*count), 0.75) / powers;
        while (lots.len() as f64) < share * f64::from(1 << 20) && lots.len() < 1 << 20 {
            lots.push(number);
        }
    }
    // How often a word is read, of 2^32.
    let kept: Vec<u64> = known
        .iter()
        .map(|(_, count)| {
            let of_all = f64::from(*count) / total;
            let keep = ((of_all / FREQUENT).sqrt() + 1.0) * FREQUENT / of_all;
            (keep.min(1.0) * 4_294_967_296.0) as u64
        })
        .collect();
    let all = lines.len() * settings.epochs;
    let mut line_of = Vec::new();
    for epoch in 0..settings.epochs {
        for (at, line) in lines.iter().enumerate() {
            let done = (epoch * lines.len() + at) as f32 / all as f32;
            let rate = RATE * (1.0 - done).max(0.01);
            line_of.clear();
            line_of.extend(line.iter().copied().filter(|&word| (draw() >> 32) < kept[word as usize]));
            for (middle, &word) in line_of.iter().enumerate() {
                let reach = 1 + (draw() >> 40) as usize % settings.window;
                let beside = middle.saturating_sub(reach)..(middle + reach + 1).min(line_of.len());
                for other in beside.filter(|&other| other != middle) {
                    let row = &mut own[line_of[other] as usize];
                    let mut slope = [0.0; SIZE];
                    for negative in 0..=NEGATIVES {
                        let (target, wanted) = match negative {
                            0 => (word, 1.0),
                            _ => (lots[draw() as usize % lots.len()], 0.0),
                        };
                        if negative > 0 && target == word {
                            continue;
                        }
                        let column = &mut company[target as usize];
                        let dot: f32 = dot(row, column);
                        let step = rate * (wanted - 1.0 / (1.0 + libm::expf(-dot.clamp(-8.0, 8.0))));
                        for ((slope, column), row) in slope.iter_mut().zip(column.iter_mut()).zip(row.iter())
                        {
                            *slope += step * *column;
                            *column += step * row;
                        }
                    }
                    row.iter_mut().zip(slope).for_each(|(weight, slope)| *weight += slope);
                }
            }
        }
        say(&format!("vectors {} of {}", epoch + 1, settings.epochs));
    }
    for vector in &mut own {
        let length = dot(vector, vector).sqrt().max(1e-9);
        for number in vector.iter_mut() {
            *number /= length;
        }
    }
    own
}

/// In lanes of a fixed order: the same sum on every machine.
fn dot(a: &Vector, b: &Vector) -> f32 {
    let mut lanes = [0.0_f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    lanes.iter().sum()
}

/// The class of each vector: k-means by the angle, from vectors that the seed draws.
fn classes(vectors: &[Vector], count: usize, seed: u64) -> Vec<usize> {
    if vectors.is_empty() {
        return Vec::new();
    }
    let mut random = Random::new(seed, &["classes"]);
    // Frequent words, which come first, are the better middles.
    let first = vectors.len().min(count * 20);
    let mut middles: Vec<Vector> = (0..count).map(|_| vectors[random.below(first)]).collect();
    let mut classes = vec![0; vectors.len()];
    for _ in 0..ROUNDS {
        for (class, vector) in classes.iter_mut().zip(vectors) {
            let mut best = (0, f32::MIN);
            for (at, middle) in middles.iter().enumerate() {
                let near = dot(vector, middle);
                if near > best.1 {
                    best = (at, near);
                }
            }
            *class = best.0;
        }
        let mut sums = vec![[0.0; SIZE]; count];
        for (&class, vector) in classes.iter().zip(vectors) {
            sums[class].iter_mut().zip(vector).for_each(|(sum, number)| *sum += number);
        }
        for (middle, sum) in middles.iter_mut().zip(sums) {
            let length = dot(&sum, &sum).sqrt();
            if length > 1e-6 {
                *middle = sum.map(|number| number / length);
            }
        }
    }
    classes
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    #[test]
    fn words_in_like_company_are_in_one_class() {
        // Two kinds of sentences, each of words of its own. They are many, since of frequent words most are passed over.
        const WORDS: usize = 150;
        let mut random = Random::new(3, &[]);
        let mut text = String::new();
        for line in 0..4_000 {
            for _ in 0..12 {
                write!(text, "{}{} ", ["ا", "ب"][line % 2], random.below(WORDS)).expect("a string takes all");
            }
            text.push('\n');
        }
        let settings = Settings { texts: Vec::new(), least: 5, epochs: 3, window: 4, coarse: 2, fine: 4 };
        let one = clusters(&[text], &settings, 1, &|_| ());
        // How many words of each kind are in the first class: nearly all or nearly none.
        let [mut a, mut b] = ["ا", "ب"]
            .map(|kind| (0..WORDS).filter(|word| one.of_word(&format!("{kind}{word}")).coarse == 1).count());
        if a > b {
            (a, b) = (b, a);
        }
        assert!(a * 20 < WORDS && b * 20 > WORDS * 19, "{a} {b}");
        assert_eq!(one.of_word("فيل"), Classes::default());
    }
}
