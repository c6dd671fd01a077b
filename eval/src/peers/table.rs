//! What the cases ask of us: `data/eval/peers.toml` and, for normalization, `data/eval/normalization.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use warraq_core::entities::EntityType;
use warraq_core::normalize::StepRequest;

use crate::file::FileError;
use crate::left_out::{Named, fits_part};

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) task: Vec<Task>,
    /// The currencies' names and signs in the cases.
    #[serde(default)]
    pub(super) currencies: BTreeMap<String, Currency>,
    /// The ids in CLDR of what a unit's name in the cases may be.
    #[serde(default)]
    pub(super) units: BTreeMap<String, Vec<String>>,
    /// Units of ours that the cases count in another one.
    #[serde(default)]
    pub(super) multiples: BTreeMap<String, Multiple>,
    #[serde(default)]
    pub(super) beside: Beside,
}

/// A currency as the cases name it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Currency {
    /// ISO 4217; unset where the name is that of several, and the text does not tell which.
    pub(super) code: Option<String>,
    /// How much of it one of these is.
    #[serde(default = "one")]
    pub(super) times: f64,
}

fn one() -> f64 {
    1.0
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Multiple {
    pub(super) of: String,
    pub(super) times: f64,
}

/// What may stand between the end of a peer's span and that of ours.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Beside {
    /// Before any mention.
    pub(super) prepositions: Vec<String>,
    /// Before or behind an amount.
    pub(super) bounds: Vec<String>,
    /// Before a day, in our span alone.
    pub(super) inside: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Task {
    pub(super) suites: Vec<String>,
    /// What the case calls its task or operation, in which `*` stands for anything; unset where a suite has one only.
    #[serde(default)]
    pub(super) tasks: Vec<String>,
    /// Of a suite whose cases name a language or a script: which.
    #[serde(default)]
    pub(super) rules: Vec<String>,
    pub(super) asks: What,
    /// Of `text`: the preset.
    pub(super) preset: Option<String>,
    /// Of `text`: the steps, `name` or `name=option:value,option:value`.
    #[serde(default)]
    pub(super) steps: Vec<String>,
    /// Of `same`: the presets.
    #[serde(default)]
    pub(super) presets: Vec<String>,
    /// Of mentions: whether spans and values are figures of their own.
    #[serde(default)]
    pub(super) apart: bool,
    /// Of times: from when they count where a case does not say it.
    pub(super) reference: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    Number,
    Ordinal,
    Money,
    Percent,
    Quantity,
    Duration,
    Time,
    Phone,
    Sentences,
    Language,
    Text,
    Same,
}

impl What {
    /// Whether a mention is of what is asked for.
    pub(super) fn is_of(self, kind: EntityType, subtype: Option<&str>) -> bool {
        match self {
            Self::Number => kind == EntityType::Number && subtype != Some("ordinal"),
            Self::Ordinal => kind == EntityType::Number && subtype == Some("ordinal"),
            Self::Money => kind == EntityType::Money,
            Self::Percent => kind == EntityType::Percent,
            Self::Quantity => kind == EntityType::Quantity,
            Self::Duration => kind == EntityType::Duration,
            Self::Time => matches!(kind, EntityType::Date | EntityType::Time | EntityType::Duration),
            Self::Phone => kind == EntityType::PhoneNumber,
            Self::Sentences | Self::Language | Self::Text | Self::Same => false,
        }
    }
}

impl Table {
    pub(super) fn built_in() -> Result<Self, FileError> {
        let read = |name: &str, content: &str| -> Result<Self, FileError> {
            toml::from_str(content)
                .map_err(|problem| FileError::whole(&Path::new("data/eval").join(name), problem.to_string()))
        };
        let normalization =
            read("normalization.toml", include_str!("../../../data/eval/normalization.toml"))?;
        let mut table = read("peers.toml", include_str!("../../../data/eval/peers.toml"))?;
        table.task.extend(normalization.task);
        Ok(table)
    }

    /// The first row that fits a case.
    pub(super) fn task(&self, case: &Named) -> Option<&Task> {
        self.task.iter().find(|task| {
            task.suites.iter().any(|name| name == case.suite)
                && (task.tasks.is_empty() || task.tasks.iter().any(|known| fits_part(known, case.task)))
                && (task.rules.is_empty() || task.rules.iter().any(|known| case.rule == Some(known)))
        })
    }
}

/// `name` or `name=option:value,option:value`.
pub(super) fn step_request(step: &str) -> StepRequest {
    let (name, options) = step.split_once('=').unwrap_or((step, ""));
    let options = options.split(',').filter_map(|option| option.split_once(':'));
    StepRequest {
        step: name.to_owned(),
        enabled: Some(true),
        options: options.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
    }
}
