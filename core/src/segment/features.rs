//! Linear scores: a set of named features, and a table of weights that a person can read.

use std::collections::HashMap;
use std::hash::Hash;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

/// One yes-or-no observation, named in a data file.
pub(crate) trait Feature: Copy + Eq + Hash + DeserializeOwned + 'static {
    /// All of them, in the order of [`Feature::index`].
    const ALL: &'static [Self];

    /// Its place in [`Feature::ALL`].
    fn index(self) -> usize;
}

/// Declares an enum of features; its names in the data are the variants' in `snake_case`.
macro_rules! features {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum $name { $($(#[$doc])* $variant,)+ }

        impl $crate::segment::features::Feature for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)+];

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}
pub(crate) use features;

/// What is true of one candidate.
pub(crate) struct Observed<F> {
    bits: u64,
    of: PhantomData<F>,
}

impl<F> Clone for Observed<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Observed<F> {}

impl<F: Feature> Observed<F> {
    const FITS: () = assert!(F::ALL.len() <= 64, "a set of features is a word of 64 bits");

    pub(crate) fn new() -> Self {
        let () = Self::FITS;
        Self { bits: 0, of: PhantomData }
    }

    pub(crate) fn set(&mut self, feature: F) {
        self.bits |= 1 << feature.index();
    }

    pub(crate) fn set_if(&mut self, feature: F, holds: bool) {
        if holds {
            self.set(feature);
        }
    }

    pub(crate) fn has(self, feature: F) -> bool {
        self.bits & (1 << feature.index()) != 0
    }
}

/// A weight for each feature; 0 for those that the data does not name.
pub(crate) struct Weights<F> {
    values: Vec<f32>,
    of: PhantomData<F>,
}

impl<F: Feature> Weights<F> {
    /// The sum of the weights of what was observed.
    pub(crate) fn score(&self, observed: Observed<F>) -> f32 {
        let mut bits = observed.bits;
        let mut sum = 0.0;
        while bits != 0 {
            sum += self.values.get(bits.trailing_zeros() as usize).copied().unwrap_or_default();
            bits &= bits - 1;
        }
        sum
    }
}

impl<'de, F: Feature> Deserialize<'de> for Weights<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let named = HashMap::<F, f32>::deserialize(deserializer)?;
        let values = F::ALL.iter().map(|feature| named.get(feature).copied().unwrap_or_default()).collect();
        Ok(Self { values, of: PhantomData })
    }
}
