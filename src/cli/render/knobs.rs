//! `config`: every knob with its value in force and where that came from.

use super::page::Page;
use super::style::{BOLD, PLAIN};
use super::table::{Run, Table};
use crate::config::{Loaded, Origin};

pub(in crate::cli) fn knobs(page: &mut Page, loaded: &Loaded) {
    let mut table = Table::new(&["knob", "value", "from", "default", "unit"]);
    for (knob, value, origin) in loaded.entries() {
        // What somebody set stands out.
        let style = if *origin == Origin::Default { PLAIN } else { BOLD };
        let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
        table.row(vec![
            vec![Run::new(knob.name, style)],
            vec![Run::new(or_none(&value), style)],
            vec![Run::plain(origin.to_string())],
            vec![Run::dim(or_none(knob.default))],
            vec![Run::dim(knob.unit)],
        ]);
    }
    page.table(&table);
}
