//! Compares what the program says of an article with what people say, layer by layer.
//!
//! A span is right where both ends and its kind are. Types of entities that are not annotated
//! ([`crate::gold::SCORED`]) are left out: neither right nor wrong.

use std::collections::{BTreeMap, BTreeSet};

use warraq_core::entities::{Entity, EntityType, GivenMention};
use warraq_core::normalize::Normalized;
use warraq_core::segment::{self, Dateline, QuotationKind};
use warraq_core::source::{TooLong, reduce};
use warraq_core::{Document, Knowledge, Span};

use crate::bcubed::{bcubed, ratio};
use crate::gold::{self, Article, SCORED, block_name, has_value, is_country_code, label};

/// What is measured for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Layer {
    Blocks,
    Sentences,
    Datelines,
    Quotations,
    /// Who said each quotation: the span given for the speaker touches a mention of him. One that is not found is missed.
    Speakers,
    Mentions,
    /// B³, see [`crate::bcubed`].
    Joining,
    /// Of dates, amounts and percentages whose span is right.
    Values,
    /// ISO 3166 codes of places and nationalities whose span is right.
    Countries,
    Title,
    Place,
    Source,
    Byline,
    /// The clitics of a word.
    Segments,
    /// Test cases of other programs, each right or wrong as a whole.
    Cases,
    /// Of those whose text is right and that say it: where each character comes from.
    Maps,
}

impl Layer {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 16] = [
        Self::Blocks,
        Self::Sentences,
        Self::Datelines,
        Self::Quotations,
        Self::Speakers,
        Self::Mentions,
        Self::Joining,
        Self::Values,
        Self::Countries,
        Self::Title,
        Self::Place,
        Self::Source,
        Self::Byline,
        Self::Segments,
        Self::Cases,
        Self::Maps,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::Sentences => "sentences",
            Self::Datelines => "datelines",
            Self::Quotations => "quotations",
            Self::Speakers => "speakers",
            Self::Mentions => "mentions",
            Self::Joining => "joining",
            Self::Values => "values",
            Self::Countries => "countries",
            Self::Title => "title",
            Self::Place => "place",
            Self::Source => "source",
            Self::Byline => "byline",
            Self::Segments => "segments",
            Self::Cases => "cases",
            Self::Maps => "maps",
        }
    }

    /// The layer of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }
}

/// How much was found of what there is, and how much of what was given is right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figure {
    /// How many there are.
    pub gold: usize,
    /// How many were given.
    pub given: usize,
    /// How many of `gold` were found; of B³ the sum of the recalls.
    pub found: f64,
    /// How many of `given` are right; of B³ the sum of the precisions.
    pub right: f64,
    /// How many there are of a kind that the program does not answer yet. They are not in `gold`.
    pub unanswered: usize,
}

impl Figure {
    /// `right` of `gold` were found, and as many of `given` are right.
    pub fn new(right: usize, gold: usize, given: usize) -> Self {
        let right = ratio(right, 1);
        Self { gold, given, found: right, right, unanswered: 0 }
    }

    /// All `count` were found and nothing else was given.
    pub fn all(count: usize) -> Self {
        Self::new(count, count, count)
    }

    /// None of `count` is answered yet.
    pub fn unanswered(count: usize) -> Self {
        Self { unanswered: count, ..Self::default() }
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            gold: self.gold + other.gold,
            given: self.given + other.given,
            found: self.found + other.found,
            right: self.right + other.right,
            unanswered: self.unanswered + other.unanswered,
        }
    }

    /// Whether there was anything to find or anything given.
    pub const fn is_measured(self) -> bool {
        self.gold + self.given > 0
    }

    /// What share of `given` is right; 1 where nothing was given and nothing was to be.
    pub fn precision(self) -> f64 {
        match (self.given, self.gold) {
            (0, 0) => 1.0,
            (0, _) => 0.0,
            (given, _) => self.right / ratio(given, 1),
        }
    }

    /// What share of `gold` was found; 1 where there was nothing.
    pub fn recall(self) -> f64 {
        match (self.gold, self.given) {
            (0, 0) => 1.0,
            (0, _) => 0.0,
            (gold, _) => self.found / ratio(gold, 1),
        }
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
    }
}

/// Figures by layer and kind. Those of several documents add up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    figures: BTreeMap<(Layer, String), Figure>,
}

impl Scores {
    /// Adds `figure` to what there is of a layer's kind (empty where the layer has no kinds).
    pub fn add(&mut self, layer: Layer, kind: &str, figure: Figure) {
        let known = self.figures.entry((layer, kind.to_owned())).or_default();
        *known = known.plus(figure);
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        for ((layer, kind), figure) in &other.figures {
            self.add(*layer, kind, *figure);
        }
        self
    }

    /// The layers that were measured.
    pub fn layers(&self) -> BTreeSet<Layer> {
        self.figures.keys().map(|(layer, _)| *layer).collect()
    }

    /// The figures of a layer, kind by kind.
    pub fn kinds(&self, layer: Layer) -> impl Iterator<Item = (&str, Figure)> {
        self.figures
            .iter()
            .filter(move |((of, _), _)| *of == layer)
            .map(|((_, kind), figure)| (kind.as_str(), *figure))
    }

    /// The figure of one kind of a layer.
    pub fn kind(&self, layer: Layer, kind: &str) -> Figure {
        self.kinds(layer).find(|(known, _)| *known == kind).map(|(_, figure)| figure).unwrap_or_default()
    }

    /// The figure of a whole layer.
    pub fn whole(&self, layer: Layer) -> Figure {
        self.kinds(layer).fold(Figure::default(), |sum, (_, figure)| sum.plus(figure))
    }
}

/// In which way something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// It was not found, nor anything near.
    Missed,
    /// It was given and nothing is there.
    Extra,
    /// Something of its kind was given that overlaps it.
    WrongSpan,
    /// Its span was given as another kind.
    WrongKind,
    /// The span is right and what is said of it is not.
    WrongValue,
    /// Mentions of one entity were not joined.
    Parted,
    /// Mentions of several entities were joined.
    Joined,
}

impl Cause {
    /// As people read it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Extra => "extra",
            Self::WrongSpan => "wrong span",
            Self::WrongKind => "wrong type",
            Self::WrongValue => "wrong value",
            Self::Parted => "parted",
            Self::Joined => "joined",
        }
    }
}

/// One place where the program and people differ. Sorts by layer, kind and cause, then by place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Where it counts.
    pub layer: Layer,
    /// The kind that people say, or the program where people say nothing.
    pub kind: String,
    /// In which way they differ.
    pub cause: Cause,
    /// The place in the text, where the layer has places.
    pub span: Option<Span>,
    /// What people say, where the span does not say it.
    pub wanted: Option<String>,
    /// What the program says instead.
    pub found: Option<String>,
}

/// What is measured and how.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// Which layers; empty for all.
    pub layers: BTreeSet<Layer>,
    /// Which types of mentions; empty for all that are annotated.
    pub types: BTreeSet<EntityType>,
    /// Gold layers that later stages are given, so that these are seen alone.
    pub given: Given,
}

/// Gold layers that are fed to later stages; they are then not measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Blocks and datelines.
    pub blocks: bool,
    /// Spans and types of mentions.
    pub mentions: bool,
}

impl Setting {
    pub(crate) fn measures(&self, layer: Layer) -> bool {
        let given = match layer {
            Layer::Blocks | Layer::Datelines => self.given.blocks,
            Layer::Mentions => self.given.mentions,
            _ => false,
        };
        !given && (self.layers.is_empty() || self.layers.contains(&layer))
    }

    pub(crate) fn counts(&self, kind: EntityType) -> bool {
        label(kind).is_some() && (self.types.is_empty() || self.types.contains(&kind))
    }
}

/// What came out for one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// The figures.
    pub scores: Scores,
    /// What is behind them, sorted.
    pub differences: Vec<Difference>,
}

/// Measures what the program says of `article`.
///
/// # Errors
/// Where the text is too long for the program.
pub fn measure(article: &Article, knowledge: &Knowledge, setting: &Setting) -> Result<Measured, TooLong> {
    let reduced = article.html.then(|| reduce(&article.text)).transpose()?;
    let reduced = reduced.as_ref();
    let mut document = Document::new(reduced.map_or(&article.text, |reduced| &reduced.text), knowledge)?;
    let of_text = |span| reduced.map_or(span, |reduced: &Normalized| reduced.alignment.to_output(span));
    document = document.with_reference(article.reference());
    if setting.given.blocks {
        document = document.with_blocks(given_blocks(article, of_text));
    }
    if setting.given.mentions {
        let given =
            |mention: &gold::Mention| GivenMention { span: of_text(mention.span), kind: mention.kind };
        document = document.with_mentions(article.mentions.iter().map(given).collect());
    }
    let mut sheet = Sheet { article, document: &document, reduced, setting, measured: Measured::default() };
    sheet.blocks();
    sheet.sentences();
    sheet.quotations();
    sheet.mentions();
    sheet.joining();
    sheet.metadata();
    sheet.measured.differences.sort();
    Ok(sheet.measured)
}

/// The gold blocks as the program has them. A dateline's parts are the first mentions of their type in it.
fn given_blocks(article: &Article, of_text: impl Fn(Span) -> Span) -> Vec<segment::Block> {
    let part = |span: Span, kind: EntityType| {
        let inside = |mention: &&gold::Mention| mention.kind == kind && span.contains(mention.span);
        article.mentions.iter().find(inside).map(|mention| of_text(mention.span))
    };
    let dateline = |span: Span| Dateline {
        span: of_text(span),
        place: part(span, EntityType::Location),
        agency: part(span, EntityType::Organization),
        date: part(span, EntityType::Date),
    };
    article
        .blocks
        .iter()
        .filter(|block| !block.span.is_empty())
        .map(|block| {
            let line = (block.kind == segment::BlockKind::Dateline).then_some(block.span);
            let at_head = || article.datelines.iter().copied().find(|span| block.span.contains(*span));
            segment::Block {
                span: of_text(block.span),
                kind: block.kind,
                dateline: line.or_else(at_head).map(dateline),
            }
        })
        .collect()
}

/// The types whose mentions are joined into entities that are scored.
pub(crate) const JOINED: [EntityType; 4] =
    [EntityType::Person, EntityType::Organization, EntityType::Location, EntityType::Event];

/// An item of a layer: a place and a kind.
type Item = (Span, String);

/// The figures of one article as they are written down.
struct Sheet<'a> {
    article: &'a Article,
    document: &'a Document<'a>,
    /// What the document is of, where that is not the article's text itself.
    reduced: Option<&'a Normalized>,
    setting: &'a Setting,
    measured: Measured,
}

impl<'a> Sheet<'a> {
    /// A span of the document as one of the article's text.
    fn in_article(&self, span: Span) -> Span {
        self.reduced.map_or(span, |reduced| reduced.alignment.to_source(span))
    }

    fn blocks(&mut self) {
        let (article, document) = (self.article, self.document);
        let gold = article.blocks.iter().map(|block| (block.span, block_name(block.kind).to_owned()));
        let blocks = document.blocks().iter();
        let given = blocks.map(|block| (self.in_article(block.span), block_name(block.kind).to_owned()));
        self.spans(Layer::Blocks, &gold.collect(), &given.collect());

        let lines = article.blocks.iter().filter(|block| block.kind == segment::BlockKind::Dateline);
        let gold = article.datelines.iter().copied().chain(lines.map(|block| block.span));
        let given = document.blocks().iter().filter_map(|block| block.dateline);
        let given = given.map(|line| self.in_article(line.span));
        self.spans(Layer::Datelines, &plain(gold), &plain(given));
    }

    fn sentences(&mut self) {
        let given = self.document.sentences().iter().map(|sentence| self.in_article(sentence.span));
        self.spans(Layer::Sentences, &plain(self.article.sentences.iter().copied()), &plain(given));
    }

    fn quotations(&mut self) {
        let quotations = &self.article.quotations;
        let gold = plain(quotations.iter().map(|quotation| quotation.span));
        let scored = |kind| matches!(kind, QuotationKind::Direct | QuotationKind::Scare);
        let given = self.document.quotations().iter().filter(|quotation| scored(quotation.kind));
        self.spans(Layer::Quotations, &gold, &plain(given.map(|quotation| self.in_article(quotation.span))));
        self.speakers();
    }

    fn speakers(&mut self) {
        if !self.setting.measures(Layer::Speakers) {
            return;
        }
        let (article, document) = (self.article, self.document);
        let given = document.quotations().iter().zip(document.attributions());
        let given: BTreeMap<Span, Option<Span>> = given
            .map(|(quotation, said)| {
                let speaker = said.speaker.map(|speaker| self.in_article(speaker.span));
                (self.in_article(quotation.span), speaker)
            })
            .collect();
        for quotation in &article.quotations {
            let span = given.get(&quotation.span).copied().flatten();
            let wanted = quotation.speaker.as_deref();
            let found = span.map(|span| {
                let touched = || article.mentions.iter().filter(|mention| mention.span.overlaps(span));
                let right = touched().find(|mention| Some(mention.id.as_str()) == wanted);
                right
                    .or_else(|| touched().next())
                    .map_or_else(|| span.of(&article.text), |mention| &mention.id)
                    .to_owned()
            });
            self.value(Layer::Speakers, "", Some(quotation.span), wanted, found);
        }
    }

    fn mentions(&mut self) {
        let item = |span: Span, kind| (span, label(kind).unwrap_or_default().to_owned());
        let counted = self.article.mentions.iter().filter(|mention| self.setting.counts(mention.kind));
        let gold: BTreeSet<Item> = counted.map(|mention| item(mention.span, mention.kind)).collect();
        let given = self.given_mentions().map(|(span, entity)| item(span, entity.kind)).collect();
        self.spans(Layer::Mentions, &gold, &given);

        let given: BTreeMap<(Span, EntityType), &Entity> =
            self.given_mentions().map(|(span, entity)| ((span, entity.kind), entity)).collect();
        for mention in &self.article.mentions {
            let Some(entity) = given.get(&(mention.span, mention.kind)) else { continue };
            let (layer, found) = if has_value(mention.kind) {
                (Layer::Values, entity.value.as_ref().map(ToString::to_string))
            } else if matches!(mention.kind, EntityType::Location | EntityType::Nationality)
                && is_country_code(&mention.id)
            {
                (Layer::Countries, entity.knowledge.iso_3166.as_deref().map(ToOwned::to_owned))
            } else {
                continue;
            };
            let kind = label(mention.kind).unwrap_or_default();
            self.value(layer, kind, Some(mention.span), Some(&mention.id), found);
        }
    }

    /// The program's mentions that count, with their entities.
    fn given_mentions(&self) -> impl Iterator<Item = (Span, &'a Entity)> {
        let counted = self.document.entities().iter().filter(|entity| self.setting.counts(entity.kind));
        counted.flat_map(move |entity| {
            entity.mentions.iter().map(move |mention| (self.in_article(mention.span), entity))
        })
    }

    fn joining(&mut self) {
        if !self.setting.measures(Layer::Joining) {
            return;
        }
        let setting = self.setting;
        for kind in JOINED.into_iter().filter(|kind| setting.counts(*kind)) {
            let sheet = &*self;
            let of_kind = self.article.mentions.iter().filter(|mention| mention.kind == kind);
            let gold: Vec<(Span, &str)> =
                of_kind.map(|mention| (mention.span, mention.id.as_str())).collect();
            let entities = self.document.entities().iter().enumerate();
            let given: Vec<(Span, usize)> = entities
                .filter(|(_, entity)| entity.kind == kind)
                .flat_map(|(at, entity)| {
                    entity.mentions.iter().map(move |mention| (sheet.in_article(mention.span), at))
                })
                .collect();
            let label = label(kind).unwrap_or_default();
            self.put(Layer::Joining, label, bcubed(&gold, &given));
            let differences = joining_differences(&self.article.text, label, &gold, &given);
            self.measured.differences.extend(differences);
        }
    }

    fn metadata(&mut self) {
        let metadata = self.document.metadata();
        for (layer, key, span) in [
            (Layer::Title, "title", metadata.title),
            (Layer::Place, "place", metadata.place),
            (Layer::Source, "source", metadata.source),
            (Layer::Byline, "byline", metadata.byline),
        ] {
            let gold = self.article.meta.get(key).map(|words| match self.reduced {
                Some(_) => reduce(words).map_or_else(|_| words.clone(), |reduced| reduced.text),
                None => words.clone(),
            });
            let found = span.map(|span| span.of(self.document.text()).to_owned());
            self.value(layer, "", span.map(|span| self.in_article(span)), gold.as_deref(), found);
        }
    }

    /// A layer of spans: what is in both is right.
    fn spans(&mut self, layer: Layer, gold: &BTreeSet<Item>, given: &BTreeSet<Item>) {
        if !self.setting.measures(layer) {
            return;
        }
        let kinds: BTreeSet<&String> = gold.iter().chain(given).map(|(_, kind)| kind).collect();
        for kind in kinds {
            let of_kind = |items: &BTreeSet<Item>| items.iter().filter(|(_, of)| of == kind).count();
            let right = gold.intersection(given).filter(|(_, of)| of == kind).count();
            self.measured.scores.add(layer, kind, Figure::new(right, of_kind(gold), of_kind(given)));
        }
        self.measured.differences.extend(differences(layer, &self.article.text, gold, given));
    }

    /// A value that is right where both say the same.
    fn value(
        &mut self,
        layer: Layer,
        kind: &str,
        span: Option<Span>,
        gold: Option<&str>,
        found: Option<String>,
    ) {
        let right = gold.is_some() && gold == found.as_deref();
        let figure = Figure::new(right.into(), gold.is_some().into(), found.is_some().into());
        self.put(layer, kind, figure);
        let cause = match (gold, &found) {
            _ if right => return,
            (None, None) => return,
            (Some(_), None) => Cause::Missed,
            (None, Some(_)) => Cause::Extra,
            (Some(_), Some(_)) => Cause::WrongValue,
        };
        if self.setting.measures(layer) {
            let (kind, wanted) = (kind.to_owned(), gold.map(ToOwned::to_owned));
            self.measured.differences.push(Difference { layer, kind, cause, span, wanted, found });
        }
    }

    fn put(&mut self, layer: Layer, kind: &str, figure: Figure) {
        if self.setting.measures(layer) && (figure.is_measured() || figure.unanswered > 0) {
            self.measured.scores.add(layer, kind, figure);
        }
    }
}

/// Each mention that begins another part of its gold entity, or another gold entity in its given one.
pub(crate) fn joining_differences<G: Copy + PartialEq, S: Copy + PartialEq>(
    text: &str,
    kind: &str,
    gold: &[(Span, G)],
    given: &[(Span, S)],
) -> Vec<Difference> {
    let given: BTreeMap<Span, S> = given.iter().copied().collect();
    let found: Vec<(Span, G, S)> =
        gold.iter().filter_map(|&(span, id)| Some((span, id, *given.get(&span)?))).collect();
    let mut differences = Vec::new();
    for (at, &(span, id, entity)) in found.iter().enumerate() {
        let before = found.get(..at).unwrap_or_default();
        if before.iter().any(|&(_, other, joined)| other == id && joined == entity) {
            continue;
        }
        let part = before.iter().find(|(_, other, _)| *other == id);
        let other = before.iter().find(|(_, _, joined)| *joined == entity);
        for (cause, first) in [(Cause::Parted, part), (Cause::Joined, other)] {
            let Some(&(first, ..)) = first else { continue };
            differences.push(Difference {
                layer: Layer::Joining,
                kind: kind.to_owned(),
                cause,
                span: Some(span),
                wanted: None,
                found: Some(first.of(text).to_owned()),
            });
        }
    }
    differences
}

/// Spans of a layer that has no kinds.
fn plain(spans: impl Iterator<Item = Span>) -> BTreeSet<Item> {
    spans.map(|span| (span, String::new())).collect()
}

/// What is in one of the two only. What was given instead of something is told with it, and only there.
pub fn differences(
    layer: Layer,
    text: &str,
    gold: &BTreeSet<Item>,
    given: &BTreeSet<Item>,
) -> Vec<Difference> {
    let missed: Vec<&Item> = gold.difference(given).collect();
    let mut extra: Vec<&Item> = given.difference(gold).collect();
    let mut out = Vec::new();
    let mut tell = |item: &Item, cause, instead: Option<&Item>| {
        let found = instead.map(|(span, kind)| match kind.as_str() {
            "" => span.of(text).to_owned(),
            kind => format!("{kind} {}", span.of(text)),
        });
        let kind = item.1.clone();
        out.push(Difference { layer, kind, cause, span: Some(item.0), wanted: None, found });
    };
    // First what has the same span, then what has the same kind: what is left overlaps by chance.
    let mut left = Vec::new();
    for item in missed {
        match extra.iter().position(|other| other.0 == item.0) {
            Some(at) => tell(item, Cause::WrongKind, Some(extra.remove(at))),
            None => left.push(item),
        }
    }
    for item in left {
        let same_kind = extra.iter().position(|other| other.1 == item.1 && other.0.overlaps(item.0));
        if let Some(at) = same_kind {
            tell(item, Cause::WrongSpan, Some(extra.remove(at)));
        } else {
            tell(item, Cause::Missed, given.iter().find(|other| other.0.overlaps(item.0)));
        }
    }
    for item in extra {
        let near = gold.iter().find(|other| other.0.overlaps(item.0));
        tell(item, Cause::Extra, near);
    }
    out
}

/// The labels of all scored types, in the order in which they are shown.
pub fn labels() -> impl Iterator<Item = &'static str> {
    SCORED.iter().map(|(_, label)| *label)
}
