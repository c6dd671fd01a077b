//! `annotate`: the four answers in sections, the shortest first.

use super::entities::list;
use super::{Page, Source, metadata, normalize, segment};
use crate::proto::v1::AnnotateResponse;

pub(in crate::cli) fn annotate(page: &mut Page, source: &Source, response: &AnnotateResponse) {
    if let Some(part) = &response.metadata {
        page.heading("Metadata");
        metadata(page, part);
    }
    if let Some(part) = &response.segmentation {
        page.heading("Structure");
        segment(page, source, part);
    }
    if let Some(part) = &response.entities {
        page.heading("Entities");
        list(page, part);
    }
    if let Some(part) = &response.normalization {
        page.heading("Normalised text");
        normalize(page, source, part);
    }
}
