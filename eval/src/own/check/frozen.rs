//! The test part is frozen by SHA-256 once it is measured; what is mended later stands in the errata with its reason.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{Finding, finding};
use crate::file::{FileError, parsed};
use crate::report::hex;

const RULE: &str = "frozen";
const SUMS: &str = "test.sha256";
const ERRATA: &str = "errata.toml";
const FROZEN: &str = "test";

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Errata {
    #[serde(default)]
    erratum: Vec<Erratum>,
}

/// A mend.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Erratum {
    /// From the folder of the corpus: `test/201.markup`.
    file: String,
    /// SHA-256 before and after.
    old: String,
    new: String,
    reason: String,
}

/// What of the test part is not as it was frozen; nothing where it is not frozen yet.
pub(super) fn check(corpus: &Path) -> Result<Vec<Finding>, FileError> {
    let sums = corpus.join(SUMS);
    if !sums.exists() {
        return Ok(Vec::new());
    }
    let errata_path = corpus.join(ERRATA);
    let errata: Errata = if errata_path.exists() {
        parsed(&errata_path, |_, content| {
            toml::from_str(content).map_err(|error| FileError::whole(&errata_path, error.to_string()))
        })?
    } else {
        Errata::default()
    };
    let mut findings = Vec::new();
    let listed = parsed(&sums, |file, content| {
        let rows = content.lines().enumerate().filter(|(_, row)| !row.is_empty());
        let row = |(at, row): (usize, &str)| {
            // `sha256sum` writes a star before the name of what it read as bytes.
            let (hash, name) =
                row.split_once(' ').ok_or_else(|| FileError::line(file, at, "is no hash and file"))?;
            let name = name.trim_start_matches([' ', '*']);
            let name = name.strip_prefix(FROZEN).and_then(|name| name.strip_prefix('/')).unwrap_or(name);
            Ok((name.to_owned(), (at + 1, hash.to_owned())))
        };
        rows.map(row).collect::<Result<BTreeMap<String, (usize, String)>, FileError>>()
    })?;
    for (name, (line, hash)) in &listed {
        let file = format!("{FROZEN}/{name}");
        let Ok(bytes) = std::fs::read(corpus.join(&file)) else {
            findings.push(finding(&sums, *line, RULE, &file, format!("{file} is frozen and is not there")));
            continue;
        };
        let now = hex(&Sha256::digest(&bytes));
        if now != mended(&errata, &file, hash) {
            let message = format!(
                "{file} is not as it was frozen: SHA-256 {now}; expected {hash}, or a row of {ERRATA} with the old \
                 hash, the new one and the reason"
            );
            findings.push(finding(&corpus.join(&file), 0, RULE, &file, message));
        }
    }
    let folder = corpus.join(FROZEN);
    let problem = |error: std::io::Error| FileError::whole(&folder, error.to_string());
    if folder.is_dir() {
        for entry in std::fs::read_dir(&folder).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !listed.contains_key(&name) {
                findings.push(finding(&path, 0, RULE, &name, format!("is in no row of {SUMS}")));
            }
        }
    }
    for erratum in errata.erratum.iter().filter(|erratum| erratum.reason.trim().is_empty()) {
        let message = format!("the mend of {} has no reason", erratum.file);
        findings.push(finding(&errata_path, 0, RULE, &erratum.file, message));
    }
    Ok(findings)
}

/// The hash of the file after all mends of it, each of which begins where the last ended.
fn mended(errata: &Errata, file: &str, frozen: &str) -> String {
    errata
        .erratum
        .iter()
        .filter(|erratum| erratum.file == file)
        .fold(frozen.to_owned(), |hash, erratum| if erratum.old == hash { erratum.new.clone() } else { hash })
}
