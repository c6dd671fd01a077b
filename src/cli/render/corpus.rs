//! `corpus`: tables of figures.

use warraq_eval::own::page::Section;

use super::page::Page;
use super::style::BOLD;
use super::table::{Run, Table};

pub(in crate::cli) fn corpus(page: &mut Page, sections: &[Section]) {
    for section in sections {
        page.heading(section.heading);
        let mut table = Table::new(&section.header);
        for row in &section.rows {
            let cells = row.iter().enumerate();
            table.row(
                cells
                    .map(|(at, cell)| vec![if at == 0 { Run::new(cell, BOLD) } else { Run::plain(cell) }])
                    .collect(),
            );
        }
        page.table(&table);
    }
}
