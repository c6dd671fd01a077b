//! `SummarizeMetadata`.

use warraq_core::metadata::Direction;
use warraq_core::{Document, Span};

use super::offsets::{Offsets, int32, unit, unit_to_proto};
use super::{Context, Job, MODEL_VERSION, all_filled, all_known, document, extract_entities};
use crate::failure::{Failure, Reason};
use crate::proto::v1::{
    Byline, Dateline, Metadata, MetadataFeature, MetadataOptions, Place, Source, Subhead,
    SummarizeMetadataRequest, SummarizeMetadataResponse, TextCounts, TextDirection, Title,
};

/// Features that are filled.
pub(super) const FEATURES: &[MetadataFeature] = &[
    MetadataFeature::Title,
    MetadataFeature::Subheads,
    MetadataFeature::Byline,
    MetadataFeature::Dateline,
    MetadataFeature::Place,
    MetadataFeature::Source,
    MetadataFeature::Language,
    MetadataFeature::Counts,
    MetadataFeature::ReadingTime,
];

const MOST: i32 = 100;

/// What to tell, checked.
pub(super) struct Plan {
    features: Vec<MetadataFeature>,
}

impl Plan {
    pub(super) fn new(options: &MetadataOptions) -> Result<Self, Failure> {
        let features: Vec<MetadataFeature> = all_known("features", &options.features)?;
        all_filled("features", &features, FEATURES, |feature: MetadataFeature| feature.as_str_name())?;
        how_many("max_keywords", options.max_keywords)?;
        how_many("max_key_sentences", options.max_key_sentences)?;
        Ok(Self { features: if features.is_empty() { FEATURES.to_vec() } else { features } })
    }

    pub(super) fn run(
        &self,
        document: &Document,
        offsets: Offsets,
        job: &Job,
    ) -> Result<SummarizeMetadataResponse, Failure> {
        let found = job.stage("metadata", || document.metadata())?;
        let asked = |feature| self.features.contains(&feature);
        let cut = |span: Span| (span.of(offsets.text).to_owned(), Some(offsets.span(span)));
        let mut metadata = Metadata::default();
        if asked(MetadataFeature::Title) {
            metadata.title = found.title.map(cut).map(|(text, span)| Title { text, span, entity_id: None });
            metadata.repeated_title = found.repeated_title.map(|span| offsets.span(span));
        }
        if asked(MetadataFeature::Subheads) {
            metadata.subheads =
                found.subheads.iter().copied().map(cut).map(|(text, span)| Subhead { text, span }).collect();
        }
        if asked(MetadataFeature::Byline) {
            metadata.byline =
                found.byline.map(cut).map(|(text, span)| Byline { text, span, entity_id: None });
        }
        if asked(MetadataFeature::Dateline) {
            metadata.dateline = found.dateline.map(cut).map(|(text, span)| Dateline { text, span });
        }
        if asked(MetadataFeature::Place) {
            metadata.place = found.place.map(cut).map(|(text, span)| Place { text, span, entity_id: None });
        }
        if asked(MetadataFeature::Source) {
            metadata.source =
                found.source.map(cut).map(|(text, span)| Source { text, span, entity_id: None });
        }
        if asked(MetadataFeature::Language) {
            found.language.clone_into(&mut metadata.language);
            found.script.clone_into(&mut metadata.script);
            metadata.set_direction(match found.direction {
                Direction::LeftToRight => TextDirection::LeftToRight,
                Direction::RightToLeft => TextDirection::RightToLeft,
            });
        }
        if asked(MetadataFeature::Counts) {
            let counts = found.counts;
            metadata.counts = Some(TextCounts {
                characters: int32(counts.characters),
                words: int32(counts.words),
                sentences: int32(counts.sentences),
                paragraphs: int32(counts.paragraphs),
                quotations: int32(counts.quotations),
                blocks: int32(counts.blocks),
            });
        }
        if asked(MetadataFeature::ReadingTime) {
            metadata.reading_time_seconds = found.reading_time_seconds.map(int32);
        }
        Ok(SummarizeMetadataResponse {
            metadata: Some(metadata),
            json_ld: None,
            offset_unit: unit_to_proto(offsets.unit).into(),
            model_version: MODEL_VERSION.to_owned(),
        })
    }
}

/// Answers one call.
///
/// # Errors
/// [`Failure`] as the contract's table has it.
pub fn call(cx: Context, request: &SummarizeMetadataRequest) -> Result<SummarizeMetadataResponse, Failure> {
    let unit = unit(request.offset_unit)?;
    let input = document::open(request.document.as_ref(), cx.config)?;
    let SummarizeMetadataRequest { features, max_keywords, max_key_sentences, .. } = request;
    let plan = Plan::new(&MetadataOptions {
        features: features.clone(),
        max_keywords: *max_keywords,
        max_key_sentences: *max_key_sentences,
    })?;
    let document = input.document(cx)?;
    let offsets = input.offsets(&document, unit);
    let mut answer = plan.run(&document, offsets, cx.job)?;
    if let Some(metadata) = &mut answer.metadata {
        cx.job.stage("entities", || name_entities(metadata, &document))?;
    }
    Ok(answer)
}

/// Gives title, byline, place and source the id of the entity that they name, where they are nothing else.
pub(super) fn name_entities(metadata: &mut Metadata, document: &warraq_core::Document) {
    let entities = document.entities();
    let id_of = |span: Option<Span>| {
        let span = span?;
        let named = |entity: &warraq_core::entities::Entity| entity.mentions.iter().any(|m| m.span == span);
        extract_entities::ids(entities).zip(entities).find(|(_, entity)| named(entity)).map(|(id, _)| id)
    };
    let found = document.metadata();
    if let Some(title) = &mut metadata.title {
        title.entity_id = id_of(found.title);
    }
    if let Some(byline) = &mut metadata.byline {
        byline.entity_id = id_of(found.byline);
    }
    if let Some(place) = &mut metadata.place {
        place.entity_id = id_of(found.place);
    }
    if let Some(source) = &mut metadata.source {
        source.entity_id = id_of(found.source);
    }
}

/// The most that there may be of something. No stage finds any yet, and none is within every limit.
fn how_many(field: &str, number: Option<i32>) -> Result<(), Failure> {
    if number.is_none_or(|number| (0..=MOST).contains(&number)) {
        return Ok(());
    }
    Err(Failure::field(Reason::InvalidValue, field, format!("must be from 0 to {MOST}")))
}
