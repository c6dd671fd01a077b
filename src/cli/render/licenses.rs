//! `licenses`: sources and their terms.

use super::page::Page;
use super::style::BOLD;
use super::table::{Run, Table};
use crate::cli::licenses::Sources;

pub(in crate::cli) fn licenses(page: &mut Page, sources: &Sources) {
    let mut table = Table::new(&["source", "package", "licence", "rows taken", "rows dropped"]);
    for source in &sources.source {
        // A package has a version, a file that no registry has its path.
        let which = source.version.as_ref().or(source.file.as_ref());
        let which = which.map(|which| format!(" {which}")).unwrap_or_default();
        table.row(vec![
            vec![Run::new(source.name.clone(), BOLD)],
            vec![Run::dim(format!("{}{which}", source.package))],
            vec![Run::plain(source.licence.clone())],
            vec![Run::plain(source.rows_taken.to_string())],
            vec![Run::plain(source.rows_dropped.to_string())],
        ]);
    }
    for own in &sources.own {
        table.row(vec![
            vec![Run::new("warraq", BOLD)],
            vec![Run::dim(own.files.join(", "))],
            vec![Run::plain(own.licence.clone())],
            Vec::new(),
            Vec::new(),
        ]);
    }
    page.table(&table);
}
