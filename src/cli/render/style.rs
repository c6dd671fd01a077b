//! Which colour means what.

use anstyle::{AnsiColor, Style};

use crate::proto::v1::{EntityType, QuotationKind};

pub(super) const PLAIN: Style = Style::new();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const DATELINE: Style = AnsiColor::Cyan.on_default();
pub(super) const CUE: Style = Style::new().underline();

pub(super) fn quotation(kind: QuotationKind) -> Style {
    match kind {
        QuotationKind::Scare => AnsiColor::Yellow.on_default(),
        QuotationKind::Indirect => AnsiColor::Blue.on_default(),
        QuotationKind::Direct | QuotationKind::Unspecified => AnsiColor::Green.on_default(),
    }
}

/// The colours of speakers, in the order in which they first speak; after the last the first comes again.
const SPEAKERS: [AnsiColor; 10] = [
    AnsiColor::Green,
    AnsiColor::Magenta,
    AnsiColor::Blue,
    AnsiColor::Red,
    AnsiColor::BrightCyan,
    AnsiColor::BrightGreen,
    AnsiColor::BrightMagenta,
    AnsiColor::BrightBlue,
    AnsiColor::BrightRed,
    AnsiColor::BrightYellow,
];

pub(super) fn speaker(index: usize) -> Style {
    let colour = SPEAKERS.iter().cycle().nth(index % SPEAKERS.len());
    colour.map_or(PLAIN, |colour| colour.on_default())
}

pub(super) fn entity(kind: EntityType) -> Style {
    match kind {
        EntityType::Person | EntityType::Role => AnsiColor::Magenta.on_default(),
        EntityType::Location => AnsiColor::Green.on_default(),
        EntityType::Organization | EntityType::Event => AnsiColor::Blue.on_default(),
        EntityType::Nationality => AnsiColor::Cyan.on_default(),
        EntityType::Url | EntityType::Email | EntityType::Hashtag | EntityType::Handle => {
            Style::new().underline()
        }
        _ => AnsiColor::Yellow.on_default(),
    }
}
