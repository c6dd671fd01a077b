//! Answers for people.
//!
//! Arabic stands in a terminal as it was sent: never reordered, never reshaped. Terminals that know the
//! bidirectional algorithm apply it line by line, so each run of text is isolated (FSI … PDI) from what is
//! printed beside it, and the lines of a right-to-left paragraph are aligned at the right edge. Labels
//! stand in a margin at the left.
//!
//! | file | what |
//! |---|---|
//! | `text` | widths, wrapping, isolation |
//! | `source` | the document's text by the answer's spans |
//! | `page` | what is printed: headings, paragraphs with a margin, tables |
//! | `table` | columns |
//! | `knobs` | the configuration |
//! | `licenses` | where the data come from |
//! | `eval` | figures, and what is behind them |
//! | `corpus` | what the corpus holds, and how far two annotations agree |
//! | the others | one call each |

mod annotate;
mod corpus;
mod entities;
mod eval;
mod knobs;
mod licenses;
mod metadata;
mod normalize;
mod page;
mod segment;
mod source;
mod style;
mod table;
mod text;

pub(super) use annotate::annotate;
pub(super) use corpus::corpus;
pub(super) use entities::entities;
pub(super) use eval::eval;
pub(super) use knobs::knobs;
pub(super) use licenses::licenses;
pub(super) use metadata::metadata;
pub(super) use normalize::normalize;
pub(super) use page::Page;
pub(super) use segment::segment;
pub(super) use source::Source;
pub(super) use text::clean;

/// Where no terminal says how wide it is.
const USUAL_WIDTH: usize = 80;

/// Below this nothing can be laid out; lines then run over the terminal's edge.
const LEAST_WIDTH: usize = 40;

/// The terminal's width: `COLUMNS` where it is set, so that what is piped on can be laid out too.
pub(super) fn terminal_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns.or_else(terminal).unwrap_or(USUAL_WIDTH).max(LEAST_WIDTH)
}

#[cfg(test)]
mod testing;
