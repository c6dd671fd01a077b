//! The presets in `data/normalize/presets.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::step::Step;
use crate::KnowledgeError;

/// The values of a step's options, all of them, by the option's name.
pub type Options = BTreeMap<&'static str, &'static str>;

/// A named set of steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name in a request.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its steps in the order in which they run, with all their options.
    pub steps: BTreeMap<Step, Options>,
}

/// Why a step cannot be had as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadOption {
    Unknown(Step),
    Value(Step, &'static super::StepOption),
}

/// The options of `step`, as given or by default.
pub(super) fn resolve(step: Step, given: &BTreeMap<String, String>) -> Result<Options, BadOption> {
    if given.keys().any(|name| step.options().iter().all(|option| option.name != name)) {
        return Err(BadOption::Unknown(step));
    }
    step.options()
        .iter()
        .map(|option| {
            let value = match given.get(option.name) {
                None => option.default_value(),
                Some(value) => option
                    .values
                    .iter()
                    .copied()
                    .find(|known| known == value)
                    .ok_or(BadOption::Value(step, option))?,
            };
            Ok((option.name, value))
        })
        .collect()
}

/// The presets, in the order of their file.
pub fn presets() -> &'static [Preset] {
    &PRESETS.0
}

static PRESETS: LazyLock<(Vec<Preset>, Option<String>)> =
    LazyLock::new(|| match read(include_str!("../../../data/normalize/presets.toml")) {
        Ok(presets) => (presets, None),
        Err(problem) => (Vec::new(), Some(problem)),
    });

/// Says whether the presets that are compiled in are sound.
pub(super) fn check() -> Result<(), KnowledgeError> {
    PRESETS.1.clone().map_or(Ok(()), |problem| {
        Err(KnowledgeError { file: "normalize/presets.toml".to_owned(), line: 0, problem })
    })
}

fn read(content: &str) -> Result<Vec<Preset>, String> {
    #[derive(serde::Deserialize)]
    struct File {
        preset: Vec<Row>,
    }
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        name: String,
        description: String,
        steps: BTreeMap<String, BTreeMap<String, String>>,
    }
    let file: File = toml::from_str(content).map_err(|error| error.to_string())?;
    file.preset
        .into_iter()
        .map(|row| {
            let steps = row
                .steps
                .iter()
                .map(|(name, given)| {
                    let step = Step::from_name(name).ok_or_else(|| format!("unknown step {name}"))?;
                    let options = resolve(step, given).map_err(|bad| format!("{name}: {bad:?}"))?;
                    Ok((step, options))
                })
                .collect::<Result<_, String>>()?;
            Ok(Preset { name: row.name, description: row.description, steps })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_presets_are_sound() {
        assert!(check().is_ok(), "{:?}", check());
        let names: Vec<_> = presets().iter().map(|preset| preset.name.as_str()).collect();
        assert_eq!(names, ["display", "storage", "search", "nlp", "lucene"]);
    }

    #[test]
    fn a_wrong_file_is_told() {
        let preset = |steps: &str| {
            read(&format!("[[preset]]\nname = \"x\"\ndescription = \"y\"\n[preset.steps]\n{steps}"))
        };
        assert!(preset("quotes = {}").is_ok());
        assert!(preset("quote = {}").is_err());
        assert!(preset("quotes = { style = \"baroque\" }").is_err());
        assert!(preset("quotes = { form = \"NFC\" }").is_err());
    }
}
