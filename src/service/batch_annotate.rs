//! `BatchAnnotate`: what is checked of the batch as a whole. Its items are answered by [`super::annotate`].

use super::text_bytes;
use crate::config::Config;
use crate::failure::{Exceeded, Failure, Reason};
use crate::proto::v1::BatchAnnotateRequest;

/// Checks the batch's own limits.
///
/// # Errors
/// Where it is empty, or over its limit of items or bytes.
pub fn check(request: &BatchAnnotateRequest, config: &Config) -> Result<(), Failure> {
    let items = request.requests.len();
    if items == 0 {
        return Err(Failure::field(Reason::EmptyBatch, "requests", "is empty"));
    }
    if items > config.max_batch_items {
        let exceeded = Exceeded { limit: config.max_batch_items, found: Some(items), unit: "items" };
        return Err(Failure::over(Reason::BatchTooLarge, "requests", exceeded));
    }
    let bytes = request.requests.iter().map(|item| text_bytes(item.document.as_ref())).sum();
    if bytes > config.max_batch_bytes {
        let exceeded = Exceeded { limit: config.max_batch_bytes, found: Some(bytes), unit: "bytes" };
        return Err(Failure::over(Reason::BatchTooLarge, "requests", exceeded));
    }
    Ok(())
}
