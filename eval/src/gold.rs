//! What people say of an article: its text and its layers.

use std::collections::BTreeMap;

use warraq_core::Span;
use warraq_core::entities::EntityType;
use warraq_core::segment::BlockKind;
use warraq_core::values::Reference;

/// A named mention of one of the [`SCORED`] types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Without proclitics.
    pub span: Span,
    /// What is mentioned.
    pub kind: EntityType,
    /// Which one it is within the article (a country by its ISO 3166 code); of a date, an amount or a
    /// percentage the value; `-` where nobody is meant.
    pub id: String,
}

/// Text in quotation marks, with its marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// The id of who said it; `None` where the text gives it to nobody.
    pub speaker: Option<String>,
}

/// A block and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The whole line.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// A gold article. Mentions, quotations and datelines are in order of their beginning, the longer ones first;
/// they nest or are disjoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Article {
    /// As it is sent to the service.
    pub text: String,
    /// Whether the text is HTML. Spans are of it with its tags, what `meta` says is written as it is in it.
    pub html: bool,
    /// `ref` (the reference date), `title`, `place`, `source`, `date`, `byline` and whatever else the file says.
    pub meta: BTreeMap<String, String>,
    /// Mentions, nested ones too.
    pub mentions: Vec<Mention>,
    /// Quotations.
    pub quotations: Vec<Quotation>,
    /// Blocks, disjoint.
    pub blocks: Vec<Block>,
    /// Sentences, disjoint, each inside a block.
    pub sentences: Vec<Span>,
    /// Datelines at the head of a paragraph; one that is a line of its own is only a block.
    pub datelines: Vec<Span>,
}

impl Article {
    /// The day that its relative dates count from.
    pub fn reference(&self) -> Option<Reference> {
        self.meta.get("ref").and_then(|written| Reference::parse(written.trim()))
    }
}

/// The types that are annotated, with the label that each has in gold files. Whatever else the program gives is
/// left out of the score.
pub const SCORED: [(EntityType, &str); 9] = [
    (EntityType::Person, "PER"),
    (EntityType::Organization, "ORG"),
    (EntityType::Location, "LOC"),
    (EntityType::Event, "EVENT"),
    (EntityType::Nationality, "NAT"),
    (EntityType::Role, "ROLE"),
    (EntityType::Date, "DATE"),
    (EntityType::Money, "MONEY"),
    (EntityType::Percent, "PERCENT"),
];

/// The label of a type in gold files; `None` for one that is not annotated.
pub fn label(kind: EntityType) -> Option<&'static str> {
    SCORED.iter().find(|(scored, _)| *scored == kind).map(|(_, label)| *label)
}

/// The type that has `label` in gold files.
pub fn kind_of(label: &str) -> Option<EntityType> {
    SCORED.iter().find(|(_, known)| *known == label).map(|(kind, _)| *kind)
}

/// Whether a mention's id is the value that it writes out.
pub const fn has_value(kind: EntityType) -> bool {
    matches!(kind, EntityType::Date | EntityType::Money | EntityType::Percent)
}

/// The kinds of blocks with their names in gold files.
pub const BLOCKS: [(BlockKind, &str); 8] = [
    (BlockKind::Title, "title"),
    (BlockKind::TitleRepeat, "title_repeat"),
    (BlockKind::Byline, "byline"),
    (BlockKind::Dateline, "dateline"),
    (BlockKind::Subhead, "subhead"),
    (BlockKind::Paragraph, "paragraph"),
    (BlockKind::Source, "source"),
    (BlockKind::ListItem, "list_item"),
];

/// The name of a kind of block in gold files.
pub fn block_name(kind: BlockKind) -> &'static str {
    BLOCKS.iter().find(|(known, _)| *known == kind).map_or("", |(_, name)| *name)
}

/// The kind of block that has `name` in gold files.
pub fn block_kind(name: &str) -> Option<BlockKind> {
    BLOCKS.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
}

/// Whether `id` is an ISO 3166 alpha-2 code (or `EU`), as gold files give countries.
pub fn is_country_code(id: &str) -> bool {
    id.len() == 2 && id.bytes().all(|b| b.is_ascii_uppercase())
}
