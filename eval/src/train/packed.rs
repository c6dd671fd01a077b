//! What was learned, as the small numbers of the file.

use warraq_core::entities::tagger::{
    Calibration, Clusters, Glance, Head, Malformed, Net, Own, Tagger, VECTOR, WINDOW, Weights, Window,
};

use super::net::{FIRST, HeadLearner, Learner};
use super::tensor::Tensor;
use super::{Numbered, Settings, Vocabulary};

/// The greatest number of the window's weights: sums of all products stay far below what 32 bits hold.
const MOST_OF_WINDOW: f32 = 2_047.0;
/// So many of a thousand weights may be greater than what the small numbers hold: they are cut off there, and the
/// others are told in finer steps.
const CUT: usize = 1;

pub(super) fn tagger(
    learner: &Learner,
    vocabulary: &Vocabulary,
    clusters: Clusters,
    settings: &Settings,
) -> Result<Tagger, Malformed> {
    let words = table::<VECTOR>(&learner.words, &vocabulary.words)?;
    let mut beyond = [0; VECTOR];
    for (number, weight) in beyond.iter_mut().zip(learner.words.row(1)) {
        *number = i16::from(in_steps(*weight, words.step()));
    }
    let net = Net {
        beyond,
        glance: Glance::default(),
        window: window(&learner.window),
        places: table(&learner.places, &vocabulary.places)?,
        evidence: table(&learner.evidence, &vocabulary.evidence)?,
        place_evidence: table(&learner.place_evidence, &vocabulary.place_evidence)?,
        heads: (0..learner.heads.len()).map(|scheme| head(learner, scheme)).collect(),
        words,
    };
    let [slope, offset] = settings.calibration;
    Tagger::new(Calibration { slope, offset }, clusters, net)
}

/// The rows of what is known; one of nothing but zeros is left away.
fn table<const N: usize>(tensor: &Tensor, numbered: &Numbered) -> Result<Weights<N>, Malformed> {
    let known = || tensor.rows().skip(FIRST as usize);
    let mut sizes: Vec<f32> = known().flatten().map(|weight| weight.abs()).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let most = sizes.get(sizes.len().saturating_sub(1 + sizes.len() * CUT / 1_000));
    let step = most.copied().unwrap_or(1.0).max(1e-6) / 127.0;
    let rows = numbered.keys.iter().zip(known()).map(|(&key, row)| {
        let mut steps = [0; N];
        steps.iter_mut().zip(row).for_each(|(steps, weight)| *steps = in_steps(*weight, step));
        (key, steps)
    });
    let rows: Vec<(u32, [i8; N])> = rows.filter(|(_, row)| *row != [0; N]).collect();
    Weights::new(step, &rows)
}

fn in_steps(weight: f32, step: f32) -> i8 {
    // It is within the bounds of the type.
    #[allow(clippy::cast_possible_truncation)]
    let steps = (weight / step).round().clamp(-127.0, 127.0) as i8;
    steps
}

pub(super) fn window<const N: usize>(tensor: &Tensor) -> Window<N> {
    let weights = tensor.rows().take(WINDOW * VECTOR).flatten();
    let most = weights.fold(1e-6_f32, |most, weight| most.max(weight.abs()));
    let step = most / MOST_OF_WINDOW;
    let mut window = Window { step, ..Window::<N>::default() };
    for (column, weights) in tensor.rows().take(WINDOW * VECTOR).enumerate() {
        for (row, weight) in window.rows.iter_mut().zip(weights) {
            #[allow(clippy::cast_possible_truncation)]
            let steps = (weight / step).round() as i16;
            row[column] = steps;
        }
    }
    window.bias.copy_from_slice(tensor.row(WINDOW * VECTOR));
    window
}

fn head(learner: &Learner, scheme: usize) -> Head {
    let mut head = Head { transitions: learner.transitions(scheme), ..Head::default() };
    let HeadLearner { labels, places, kinds, own, .. } = &learner.heads[scheme];
    head.labels.iter_mut().zip(labels.rows()).for_each(|(row, learned)| row.copy_from_slice(learned));
    head.places.iter_mut().zip(places.rows()).for_each(|(row, learned)| row.copy_from_slice(learned));
    head.kinds.iter_mut().zip(kinds.rows()).for_each(|(row, learned)| row.copy_from_slice(learned));
    head.own = own.as_ref().map(|learned| {
        let mut own = Own { window: window(&learned.window), ..Own::default() };
        let rows = own.labels.iter_mut().zip(learned.labels.rows());
        rows.for_each(|(row, learned)| row.copy_from_slice(learned));
        Box::new(own)
    });
    head
}
