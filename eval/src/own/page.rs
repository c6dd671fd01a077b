//! Tables that are printed for people and written into a page.

use std::fmt::Write as _;

/// A table with its heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    /// What the table is of.
    pub heading: &'static str,
    /// The names of its columns.
    pub header: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
}

/// The tables as Markdown, each under its heading. All columns but the first are figures.
pub fn to_markdown(sections: &[Section]) -> String {
    let mut page = String::new();
    for Section { heading, header, rows } in sections {
        // Writing into a string does not fail.
        let _ = writeln!(page, "### {heading}\n\n| {} |", header.join(" | "));
        let _ = writeln!(page, "|---{}|", "|---:".repeat(header.len().saturating_sub(1)));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            let _ = writeln!(page, "| {} |", cells.join(" | "));
        }
        page.push('\n');
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_in_a_cell_parts_no_columns() {
        let section = Section {
            heading: "names",
            header: vec!["name", "count"],
            rows: vec![vec!["a|b".to_owned(), "2".to_owned()]],
        };
        assert_eq!(to_markdown(&[section]), "### names\n\n| name | count |\n|---|---:|\n| a\\|b | 2 |\n\n");
    }
}
