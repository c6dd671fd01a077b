//! How the tagger is trained: `data/models/tagger.toml`.

use std::path::Path;

use serde::Deserialize;

use crate::file::{FileError, parsed};

/// The file, from the root of the repository.
pub const SETTINGS: &str = "data/models/tagger.toml";

/// All that the weights depend on beside the texts and the code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The order of the sentences and what is withheld are drawn from this.
    pub seed: u64,
    /// The id of the last of our articles that is learned from: later ones wait for the next weights.
    pub last_article: u32,
    /// Corpora of others, files under the folder of shared data.
    pub corpora: Vec<String>,
    /// How often all texts are learned from.
    pub epochs: usize,
    /// The same where a part is left out, so that what is said of it is what is said of texts not seen.
    pub fold_epochs: usize,
    /// How far the greatest step goes.
    pub rate: f32,
    /// What share of that the last step goes.
    pub last_rate: f32,
    /// The weights are the mean of those behind each of so many of the last passes.
    pub kept: usize,
    /// So many sentences make a step.
    pub batch: usize,
    /// What is not seen as often as this is not learned.
    pub least: u32,
    /// The same of what a look says.
    pub least_evidence: u32,
    /// What missing a word of a name costs more than taking another word for one.
    pub recall: f32,
    /// So many parts the texts are in.
    pub folds: usize,
    /// How often our articles are read with a further third of the lists withheld.
    pub poorer: usize,
    /// How often they are read with names that no list has.
    pub swapped: usize,
    /// What a step counts that is learned of the names within names.
    pub inner: f32,
    /// What a step in the scheme of another corpus counts.
    pub others: f32,
    /// What share of the fields is not seen when a sentence is learned from: the others must do without.
    pub drop: f32,
    /// The same of the fields that the lists and the rules give.
    pub drop_listed: f32,
    /// The same of the numbers between layers.
    pub drop_numbers: f32,
    /// How often a look's word is told when a sentence is learned from, of all times.
    pub told: f64,
    /// The line of [`warraq_core::entities::tagger::Calibration`].
    pub calibration: [f32; 2],
    /// How words are put into classes.
    pub clusters: super::clusters::Settings,
    /// How it is learned what tells at a glance that a word is in no name.
    pub glance: super::glance::Settings,
    /// What `warraq train --check` learns from.
    pub slice: Slice,
}

/// A training so small that each run of the checks makes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slice {
    /// The first so many of our articles.
    pub articles: usize,
    /// In place of both numbers of epochs.
    pub epochs: usize,
    /// Of the weights.
    pub sha256: String,
}

impl Settings {
    /// Those of the repository at `root`.
    ///
    /// # Errors
    /// Where the file is missing or not as it should be.
    pub fn read(root: &Path) -> Result<Self, FileError> {
        let path = root.join(SETTINGS);
        parsed(&path, |_, content| {
            toml::from_str(content).map_err(|error| FileError::whole(&path, error.to_string()))
        })
    }
}

/// `content` of the file with that digest of the slice's weights; nothing else is changed.
///
/// # Errors
/// Where it has none to replace, or several.
pub fn with_digest(content: &str, digest: &str) -> Result<String, String> {
    let mut replaced = 0;
    let lines = content.split_inclusive('\n').map(|line| {
        if line.split_once('=').is_none_or(|(key, _)| key.trim() != "sha256") {
            return line.to_owned();
        }
        replaced += 1;
        format!("sha256 = \"{digest}\"\n")
    });
    let content = lines.collect();
    if replaced == 1 {
        Ok(content)
    } else {
        Err(format!("{SETTINGS}: has {replaced} lines `sha256 =`, not one"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_alone_is_replaced() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let content = std::fs::read_to_string(root.join(SETTINGS)).unwrap_or_else(|error| panic!("{error}"));
        let of = |content: &str| {
            toml::from_str::<Settings>(content).unwrap_or_else(|error| panic!("{error}")).slice.sha256
        };
        let changed = with_digest(&content, "0a1b").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(of(&changed), "0a1b");
        assert_eq!(with_digest(&changed, &of(&content)).as_deref(), Ok(content.as_str()));
        assert!(with_digest("seed = 1\n", "0a1b").is_err());
    }
}
