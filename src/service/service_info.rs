//! `GetServiceInfo`: what this version fills, and the limits in force.

use std::sync::LazyLock;

use warraq_core::normalize::{self, Step};
use warraq_core::source::charset_labels;
use warraq_eval::report::{Report, Told};

use super::offsets::int32;
use super::{MODEL_VERSION, document, extract_entities, segment, summarize_metadata};
use crate::config::Config;
use crate::proto::v1::{
    GetServiceInfoResponse, Limits, Model, ModelScore, NormalizationOptionInfo, NormalizationStep,
    NormalizationStepInfo, Preset,
};

/// The answer; it depends on nothing but the configuration.
pub fn call(config: &Config) -> GetServiceInfoResponse {
    GetServiceInfoResponse {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: option_env!("WARRAQ_COMMIT").map(str::to_owned),
        model_version: MODEL_VERSION.to_owned(),
        limits: Some(limits(config)),
        presets: presets(),
        normalization_steps: steps(),
        document_formats: document::FORMATS.iter().map(|&format| format.into()).collect(),
        charsets: charsets(),
        segment_layers: segment::LAYERS.iter().map(|&layer| layer.into()).collect(),
        segmentation_schemes: Vec::new(),
        entity_types: extract_entities::types().map(Into::into).collect(),
        metadata_features: summarize_metadata::FEATURES.iter().map(|&feature| feature.into()).collect(),
        models: vec![
            Model {
                name: "rules".to_owned(),
                version: MODEL_VERSION.to_owned(),
                provenance: "Rules and lists in data/; sources and licences in data/SOURCES.toml.".to_owned(),
                license: "Apache-2.0 AND CC-BY-4.0 AND CC-BY-SA-4.0 AND MIT AND BSD-3-Clause AND CC0-1.0 AND Unicode-3.0".to_owned(),
                scores: scores(&TOLD),
            },
            Model {
                name: "tagger".to_owned(),
                version: MODEL_VERSION.to_owned(),
                provenance: "Learned from texts that data/models/tagger.md names; finds names that no list has.".to_owned(),
                license: "CC-BY-SA-4.0".to_owned(),
                scores: scores(&TOLD_OF_TAGGER),
            },
        ],
    }
}

/// The corpora whose figures are told: those that no rule or list was made from.
const TOLD: [&str; 2] = ["articles of our own, not read", "sentences of lingua-rs"];
/// The same of what was learned.
const TOLD_OF_TAGGER: [&str; 1] = ["our corpus, test part"];

/// What `data/eval/figures.toml` says of `corpora`.
fn scores(corpora: &[&str]) -> Vec<ModelScore> {
    // The file is compiled in; a test reads it.
    static REPORT: LazyLock<Report> =
        LazyLock::new(|| Report::from_toml(include_str!("../../data/eval/figures.toml")).unwrap_or_default());
    let score = |Told { name, f1, measured_on }| ModelScore {
        name,
        value: f1,
        unit: "percent".to_owned(),
        measured_on,
    };
    corpora.iter().flat_map(|corpus| REPORT.told(corpus)).map(score).collect()
}

fn limits(config: &Config) -> Limits {
    let int64 = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Limits {
        max_text_bytes: int64(config.max_text_bytes),
        max_batch_items: int32(config.max_batch_items),
        max_batch_bytes: int64(config.max_batch_bytes),
        max_message_bytes_in: int64(config.max_message_bytes_in),
        max_message_bytes_out: int64(config.max_message_bytes_out),
        max_lexicon_rows: int32(config.max_lexicon_rows),
    }
}

/// The labels in the form in which the contract lists them.
fn charsets() -> Vec<String> {
    let mut labels: Vec<String> = charset_labels().into_iter().map(str::to_ascii_lowercase).collect();
    labels.sort_unstable();
    labels
}

fn presets() -> Vec<Preset> {
    let step = |(step, options): (&Step, &normalize::Options)| NormalizationStep {
        step: step.name().to_owned(),
        enabled: Some(true),
        options: options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    };
    normalize::presets()
        .iter()
        .map(|preset| Preset {
            name: preset.name.clone(),
            description: preset.description.clone(),
            steps: preset.steps.iter().map(step).collect(),
        })
        .collect()
}

fn steps() -> Vec<NormalizationStepInfo> {
    let option = |option: &normalize::StepOption| NormalizationOptionInfo {
        name: option.name.to_owned(),
        description: option.description.to_owned(),
        values: option.values.iter().map(|&value| value.to_owned()).collect(),
        default_value: option.default_value().to_owned(),
    };
    Step::all()
        .iter()
        .map(|step| NormalizationStepInfo {
            name: step.name().to_owned(),
            description: step.description().to_owned(),
            options: step.options().iter().map(option).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_scores_are_the_figures_of_each_corpus_that_is_told() {
        let scores = super::scores(&super::TOLD);
        for corpus in super::TOLD {
            assert!(scores.iter().any(|score| score.measured_on.starts_with(corpus)), "{corpus}");
        }
        for name in ["mentions_f1", "mentions_per_f1", "joining_f1", "cases_lingua_rs_ar_f1"] {
            assert!(scores.iter().any(|score| score.name == name && score.value > 0.0), "{name}");
        }
    }
}
