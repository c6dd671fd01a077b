//! The tables under `data/lexicons`, as rows of the columns that one asks for.

use std::path::Path;

use crate::file::{FileError, parsed};

/// The folder of the lexicons, from the root of the repository.
pub const LEXICONS: &str = "data/lexicons";

/// The columns `wanted` of the table at `path`.
pub(crate) fn table<const N: usize>(path: &Path, wanted: [&str; N]) -> Result<Vec<[String; N]>, FileError> {
    parsed(path, |file, content| {
        let mut lines =
            content.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
        let (_, head) = lines.next().ok_or_else(|| FileError::whole(path, "has no header row"))?;
        let mut places = [0; N];
        for (place, name) in places.iter_mut().zip(wanted) {
            *place = head
                .split('\t')
                .position(|column| column == name)
                .ok_or_else(|| FileError::whole(path, format!("has no column {name}")))?;
        }
        lines
            .map(|(at, line)| {
                let cells: Vec<&str> = line.split('\t').collect();
                let cell = |place: usize| cells.get(place).map(|cell| (*cell).to_owned());
                let row: Option<Vec<String>> = places.iter().map(|&place| cell(place)).collect();
                row.and_then(|row| row.try_into().ok())
                    .ok_or_else(|| FileError::line(file, at, "has fewer columns than the header row"))
            })
            .collect()
    })
}

/// The tables of one kind, the generated one first, with whether people wrote the row.
pub(crate) fn tables<const N: usize>(
    folder: &Path,
    names: &[&str],
    wanted: [&str; N],
) -> Result<Vec<([String; N], bool)>, FileError> {
    let mut rows = Vec::new();
    for name in names {
        for (part, by_hand) in [("generated", false), ("curated", true)] {
            let path = folder.join(part).join(format!("{name}.tsv"));
            if path.exists() {
                rows.extend(table(&path, wanted)?.into_iter().map(|row| (row, by_hand)));
            }
        }
    }
    if rows.is_empty() {
        return Err(FileError::whole(&folder.join(names.join(", ")), "is not there, or empty"));
    }
    Ok(rows)
}
