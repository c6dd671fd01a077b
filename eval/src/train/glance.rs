//! Learns what tells at a glance that a word is in no name: how sure the first look of a tagger would be, by a network of
//! a few numbers (Hinton, Vinyals, Dean 2015).

use serde::Deserialize;
use warraq_core::entities::tagger::{GLANCE, Glance, Row, Tagger, VECTOR, WINDOW};

use super::Example;
use super::packed::window;
use super::tensor::{Step, Tensor};
use crate::random::Random;

/// How it is learned.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Of so many words, about.
    words: usize,
    /// How often all of these are learned from.
    epochs: usize,
    /// So many words make a step.
    batch: usize,
    /// How far the first step goes; the last one goes a tenth of it.
    rate: f32,
    /// What it costs more to take the first look for surer than it is.
    trust: f32,
    /// Of the words that are closed at a glance, no more than this share may be such that the first look is less sure
    /// than [`Self::sure`].
    wrong: f32,
    /// The first look's sureness of a word that is rightly closed.
    sure: f32,
}

/// Beyond these nothing is foretold.
const LEAST: f32 = -5.0;
const MOST: f32 = 25.0;

/// `tagger`, with a glance that was learned from the words of `examples`.
pub fn with_glance(tagger: Tagger, examples: &[Example], settings: &Settings, seed: u64) -> Tagger {
    let words: usize = examples.iter().map(|example| example.examined.len()).sum();
    let every = words.div_ceil(settings.words.max(1)).max(1);
    let chosen = examples.iter().step_by(every);
    let known: Vec<(Row, f32)> = chosen.flat_map(|example| tagger.first_look(&example.examined)).collect();
    let glance = learned(&known, tagger.step(), settings, seed);
    tagger.with_glance(glance)
}

fn learned(known: &[(Row, f32)], step: f32, settings: &Settings, seed: u64) -> Glance {
    let mut random = Random::new(seed, &["glance"]);
    let mut layer = Tensor::new(WINDOW * VECTOR + 1, GLANCE, 0.08, &mut random);
    let mut weights = Tensor::new(GLANCE + 1, 1, 0.5, &mut random);
    let mut order: Vec<usize> = (0..known.len()).collect();
    let batches = known.len().div_ceil(settings.batch);
    let mut steps = 0;
    for _ in 0..settings.epochs {
        for last in (1..order.len()).rev() {
            order.swap(last, random.below(last + 1));
        }
        for batch in order.chunks(settings.batch) {
            for &index in batch {
                learn(&known[index], step, settings.trust, &mut layer, &mut weights);
            }
            steps += 1;
            let done = steps as f32 / (batches * settings.epochs) as f32;
            let step = Step::new(steps, settings.rate * (1.0 - 0.9 * done), 1.0 / batch.len() as f32);
            layer.step(&step);
            weights.step(&step);
        }
    }
    let mut glance = Glance { window: window(&layer), ..Glance::default() };
    glance.weights.iter_mut().zip(weights.rows()).for_each(|(weight, row)| *weight = row[0]);
    let bar = bar(&glance, known, step, settings);
    glance.weights[GLANCE] -= bar;
    glance
}

/// Learns from one word.
fn learn((row, sure): &(Row, f32), step: f32, trust: f32, layer: &mut Tensor, weights: &mut Tensor) {
    let numbers: Vec<f32> = row.iter().map(|&steps| f32::from(steps) * step).collect();
    let mut sums = [0.0; GLANCE];
    layer.add_to(WINDOW * VECTOR, 1.0, &mut sums);
    for (at, number) in numbers.iter().enumerate() {
        layer.add_to(at, *number, &mut sums);
    }
    let mut says = weights.row(GLANCE)[0];
    for (at, sum) in sums.iter().enumerate() {
        says += sum.max(0.0) * weights.row(at)[0];
    }
    let over = says - sure.clamp(LEAST, MOST);
    let slope = if over > 0.0 { over * trust } else { over };
    let mut slopes = [0.0; GLANCE];
    for (at, sum) in sums.iter().enumerate().filter(|(_, sum)| **sum > 0.0) {
        slopes[at] = slope * weights.row(at)[0];
        weights.note(at, 1.0, &[slope * sum]);
    }
    weights.note(GLANCE, 1.0, &[slope]);
    layer.note(WINDOW * VECTOR, 1.0, &slopes);
    for (at, number) in numbers.iter().enumerate() {
        layer.note(at, *number, &slopes);
    }
}

/// Above what is said the words are closed: so many as may be, surest first.
fn bar(glance: &Glance, known: &[(Row, f32)], step: f32, settings: &Settings) -> f32 {
    let mut said: Vec<(f32, bool)> =
        known.iter().map(|(row, sure)| (glance.of(row, step), *sure < settings.sure)).collect();
    said.sort_by(|a, b| b.0.total_cmp(&a.0));
    // Nothing is closed where nothing may be.
    let mut bar = f32::from(u16::MAX);
    let mut wrong = 0;
    for (count, (says, is_wrong)) in (1..).zip(said) {
        wrong += usize::from(is_wrong);
        if wrong as f32 <= settings.wrong * count as f32 {
            bar = says;
        }
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sure_is_told_from_what_is_not() {
        let settings =
            Settings { words: 1, epochs: 60, batch: 8, rate: 0.02, trust: 4.0, wrong: 0.0, sure: 8.0 };
        let mut random = Random::new(3, &[]);
        // Of a word the first number tells, whatever the others are.
        let mut word = || {
            let mut row: Row = std::array::from_fn(|_| i16::try_from(random.below(100)).unwrap_or(0) - 50);
            let is_sure = random.chance(0.5);
            row[0] = if is_sure { 150 } else { -150 };
            (row, if is_sure { 15.0 } else { 1.0 })
        };
        let known: Vec<(Row, f32)> = (0..300).map(|_| word()).collect();
        let glance = learned(&known, 0.01, &settings, 1);
        // Of the words of which the first look is so sure, how many are closed, and how many are not.
        let closed = |sure: f32| {
            let words = known.iter().filter(|word| (word.1 - sure).abs() < 0.1);
            words.fold((0, 0), |(closed, open), (row, _)| {
                if glance.of(row, 0.01) > 0.0 { (closed + 1, open) } else { (closed, open + 1) }
            })
        };
        let (right, missed) = closed(15.0);
        assert!(right > 9 * missed, "{right} and {missed}");
        assert_eq!(closed(1.0).0, 0);
    }
}
