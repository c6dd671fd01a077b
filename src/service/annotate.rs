//! `Annotate`: any of the four analyses over one parse.

use super::mask::Mask;
use super::offsets::{unit, unit_to_proto};
use super::{Context, MODEL_VERSION, all_known, document};
use super::{extract_entities, normalize, segment, summarize_metadata};
use crate::config::Config;
use crate::failure::{Failure, Reason};
use crate::proto::v1::document::Source;
use crate::proto::v1::{AnnotateFeature, AnnotateRequest, AnnotateResponse};

/// All options of a request, checked, also of what is not asked for: a mistake is told at once.
struct Plans {
    features: Vec<AnnotateFeature>,
    mask: Option<Mask>,
    normalization: normalize::Plan,
    segmentation: segment::Plan,
    entities: extract_entities::Plan,
    metadata: summarize_metadata::Plan,
}

impl Plans {
    fn new(request: &AnnotateRequest, config: &Config) -> Result<Self, Failure> {
        let features = all_known("features", &request.features)?;
        let mask = Mask::new(request.read_mask.as_ref().map_or(&[][..], |mask| &mask.paths))?;
        let normalization = request.normalization.clone().unwrap_or_default();
        let segmentation = request.segmentation.clone().unwrap_or_default();
        let entities = request.entities.clone().unwrap_or_default();
        let metadata = request.metadata.clone().unwrap_or_default();
        Ok(Self {
            normalization: normalize::Plan::new(normalization)
                .map_err(|failure| failure.under("normalization."))?,
            segmentation: segment::Plan::new(&segmentation, segment::ANNOTATE_LAYERS)
                .map_err(|failure| failure.under("segmentation."))?,
            entities: extract_entities::Plan::new(&entities, config)
                .map_err(|failure| failure.under("entities."))?,
            metadata: summarize_metadata::Plan::new(&metadata)
                .map_err(|failure| failure.under("metadata."))?,
            features,
            mask,
        })
    }

    fn ask_for(&self, feature: AnnotateFeature, field: &str) -> bool {
        (self.features.is_empty() || self.features.contains(&feature))
            && self.mask.as_ref().is_none_or(|mask| mask.keeps(field))
    }
}

/// Answers one call, or one item of a batch or a stream.
///
/// # Errors
/// [`Failure`] as the contract's table has it; paths start at this request.
pub fn call(cx: Context, request: &AnnotateRequest) -> Result<AnnotateResponse, Failure> {
    let unit = unit(request.offset_unit)?;
    let input = document::open(request.document.as_ref(), cx.config)?;
    let plans = Plans::new(request, cx.config)?;

    let document = plans.entities.prepare(input.document(cx)?);
    let offsets = input.offsets(&document, unit);
    let mut response = AnnotateResponse {
        offset_unit: unit_to_proto(unit).into(),
        model_version: MODEL_VERSION.to_owned(),
        ..AnnotateResponse::default()
    };
    if plans.ask_for(AnnotateFeature::Normalization, "normalization") {
        let normalize = || plans.normalization.run(&input, || document.index(), unit);
        response.normalization = Some(cx.job.stage("normalize", normalize)?);
    }
    if plans.ask_for(AnnotateFeature::Segmentation, "segmentation") {
        response.segmentation = Some(plans.segmentation.run(&document, offsets, cx.job)?);
    }
    if plans.ask_for(AnnotateFeature::Entities, "entities") {
        response.entities = Some(plans.entities.run(&document, offsets, cx.job)?);
    }
    if plans.ask_for(AnnotateFeature::Metadata, "metadata") {
        let mut summary = plans.metadata.run(&document, offsets, cx.job)?;
        if let (Some(metadata), true) = (&mut summary.metadata, response.entities.is_some()) {
            summarize_metadata::name_entities(metadata, &document);
        }
        response.metadata = Some(summary);
    }
    match plans.mask {
        Some(mask) => mask.apply(&response),
        None => Ok(response),
    }
}

/// Checks what a stream gives as defaults for its items.
///
/// # Errors
/// Where it names a document of its own, or any option is wrong.
pub fn check_defaults(defaults: &AnnotateRequest, config: &Config) -> Result<(), Failure> {
    let document = defaults.document.clone().unwrap_or_default();
    let of_items = |field: &str| {
        Err(Failure::field(Reason::InvalidValue, field, "belongs to the items and cannot be a default"))
    };
    match document.source {
        Some(Source::Text(_)) => return of_items("document.text"),
        Some(Source::Content(_)) => return of_items("document.content"),
        None if !document.id.is_empty() => return of_items("document.id"),
        None => {}
    }
    unit(defaults.offset_unit)?;
    document::check_form(&document)?;
    document::check_charset(&document.charset)?;
    Plans::new(defaults, config).map(|_| ())
}

/// `request` with the stream's defaults where it says nothing itself; an option message that it has is
/// taken whole.
pub fn with_defaults(mut request: AnnotateRequest, defaults: &AnnotateRequest) -> AnnotateRequest {
    fn text(own: &mut String, default: &str) {
        if own.is_empty() {
            default.clone_into(own);
        }
    }
    if let (Some(document), Some(default)) = (&mut request.document, &defaults.document) {
        if matches!(document.source, Some(Source::Content(_))) {
            text(&mut document.charset, &default.charset);
        }
        if document.format == 0 {
            document.format = default.format;
        }
        text(&mut document.language, &default.language);
        text(&mut document.reference_date, &default.reference_date);
        text(&mut document.time_zone, &default.time_zone);
    }
    if request.features.is_empty() {
        request.features.clone_from(&defaults.features);
    }
    if request.offset_unit == 0 {
        request.offset_unit = defaults.offset_unit;
    }
    request.read_mask = request.read_mask.or_else(|| defaults.read_mask.clone());
    request.normalization = request.normalization.or_else(|| defaults.normalization.clone());
    request.segmentation = request.segmentation.or_else(|| defaults.segmentation.clone());
    request.entities = request.entities.or_else(|| defaults.entities.clone());
    request.metadata = request.metadata.or_else(|| defaults.metadata.clone());
    request
}
