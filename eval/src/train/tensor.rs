//! Rows of weights that are learned by Adam (Kingma, Ba 2015), of which a step changes those that were asked alone.

use crate::random::Random;

/// What is kept of the mean of the slopes, and of that of their squares.
const MEANS: [f32; 2] = [0.9, 0.999];

/// Rows of weights of one width.
#[derive(Clone)]
pub(super) struct Tensor {
    width: usize,
    weights: Vec<f32>,
    slopes: Vec<f32>,
    mean: Vec<f32>,
    squares: Vec<f32>,
    /// The rows that have a slope, in the order in which they got it.
    asked: Vec<usize>,
    is_asked: Vec<bool>,
    /// The sum of the weights after each of the passes that were kept.
    kept: Vec<f32>,
}

/// A step.
#[derive(Clone, Copy)]
pub(super) struct Step {
    /// How far it goes.
    pub(super) rate: f32,
    /// What the slopes are multiplied by.
    pub(super) share: f32,
    /// What the means are divided by, since they began with nothing.
    whole: [f32; 2],
}

impl Step {
    /// The step of that number, from 1.
    pub(super) fn new(number: i32, rate: f32, share: f32) -> Self {
        let whole = MEANS.map(|mean| 1.0 - libm::powf(mean, number as f32));
        Self { rate, share, whole }
    }
}

impl Tensor {
    /// Of weights that chance gives, evenly from `-reach` to `reach`.
    pub(super) fn new(rows: usize, width: usize, reach: f32, random: &mut Random) -> Self {
        let count = rows * width;
        let mut weight = || (random.below(1 << 20) as f32 / (1 << 19) as f32 - 1.0) * reach;
        Self {
            width,
            weights: (0..count).map(|_| weight()).collect(),
            slopes: vec![0.0; count],
            mean: vec![0.0; count],
            squares: vec![0.0; count],
            asked: Vec::new(),
            is_asked: vec![false; rows],
            kept: Vec::new(),
        }
    }

    /// Keeps the weights as they are for [`Self::settle`].
    pub(super) fn keep(&mut self) {
        self.kept.resize(self.weights.len(), 0.0);
        self.kept.iter_mut().zip(&self.weights).for_each(|(kept, weight)| *kept += weight);
    }

    /// Takes for the weights the mean of what was kept, `times` in all.
    pub(super) fn settle(&mut self, times: f32) {
        for (weight, kept) in self.weights.iter_mut().zip(std::mem::take(&mut self.kept)) {
            *weight = kept / times;
        }
    }

    /// Takes all weights of a row away.
    pub(super) fn clear(&mut self, row: usize) {
        self.weights[row * self.width..(row + 1) * self.width].fill(0.0);
    }

    /// The weights of a row.
    pub(super) fn row(&self, row: usize) -> &[f32] {
        &self.weights[row * self.width..(row + 1) * self.width]
    }

    /// All rows in order.
    pub(super) fn rows(&self) -> impl Iterator<Item = &[f32]> {
        self.weights.chunks_exact(self.width)
    }

    /// Adds the row, so often, to `sums`.
    pub(super) fn add_to(&self, row: usize, times: f32, sums: &mut [f32]) {
        for (sum, weight) in sums.iter_mut().zip(self.row(row)) {
            *sum += times * weight;
        }
    }

    /// The sum of the row's weights, each as often as `slopes` says.
    pub(super) fn dot(&self, row: usize, slopes: &[f32]) -> f32 {
        // In lanes of a fixed order: quick, and the same sum on every machine.
        let mut lanes = [0.0_f32; 8];
        let row = self.row(row);
        let (heads, tails) = (row.chunks_exact(8), slopes.chunks_exact(8));
        let rest: f32 = heads.remainder().iter().zip(tails.remainder()).map(|(a, b)| a * b).sum();
        for (row, slopes) in heads.zip(tails) {
            for ((lane, weight), slope) in lanes.iter_mut().zip(row).zip(slopes) {
                *lane += weight * slope;
            }
        }
        lanes.iter().sum::<f32>() + rest
    }

    /// Notes that the loss rises with the row along `slopes`, so often.
    pub(super) fn note(&mut self, row: usize, times: f32, slopes: &[f32]) {
        if !self.is_asked[row] {
            self.is_asked[row] = true;
            self.asked.push(row);
        }
        let own = &mut self.slopes[row * self.width..(row + 1) * self.width];
        for (own, slope) in own.iter_mut().zip(slopes) {
            *own += times * slope;
        }
    }

    /// Goes down along what was noted, and forgets it.
    pub(super) fn step(&mut self, step: &Step) {
        for row in self.asked.drain(..) {
            self.is_asked[row] = false;
            for at in row * self.width..(row + 1) * self.width {
                let slope = self.slopes[at] * step.share;
                self.slopes[at] = 0.0;
                self.mean[at] += (1.0 - MEANS[0]) * (slope - self.mean[at]);
                self.squares[at] += (1.0 - MEANS[1]) * (slope * slope - self.squares[at]);
                let mean = self.mean[at] / step.whole[0];
                let spread = (self.squares[at] / step.whole[1]).sqrt() + 1e-8;
                self.weights[at] -= step.rate * mean / spread;
            }
        }
    }
}

#[cfg(test)]
impl Tensor {
    /// What was noted of a row.
    pub(super) fn noted(&self, row: usize) -> &[f32] {
        &self.slopes[row * self.width..(row + 1) * self.width]
    }

    /// Moves one weight.
    pub(super) fn move_by(&mut self, row: usize, at: usize, by: f32) {
        self.weights[row * self.width + at] += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_to_where_the_loss_is_least() {
        let mut tensor = Tensor::new(3, 2, 0.5, &mut Random::new(1, &[]));
        let untouched = tensor.row(0).to_vec();
        for number in 1..2_000 {
            let slopes: Vec<f32> =
                tensor.row(1).iter().zip([2.0, -1.0]).map(|(w, wanted)| w - wanted).collect();
            tensor.note(1, 1.0, &slopes);
            tensor.step(&Step::new(number, 0.01, 1.0));
        }
        assert!((tensor.row(1)[0] - 2.0).abs() < 0.01 && (tensor.row(1)[1] + 1.0).abs() < 0.01);
        assert_eq!(tensor.row(0), untouched);
        assert!((tensor.dot(1, &[1.0, 1.0]) - 1.0).abs() < 0.02);
    }
}
