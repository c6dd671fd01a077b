//! Lets calls in while the server serves: not before its data are read, not after it began to close.
//!
//! Before `deadline`: a call that is not let in needs no clock.

use std::convert::Infallible;
use std::sync::Arc;

use tonic::Status;

use super::{Inner, Request, Response, is_ours};
use crate::failure::Failure;
use crate::server::Shared;

pub(crate) async fn layer<S: Inner>(
    shared: Arc<Shared>,
    request: Request,
    mut inner: S,
) -> Result<Response, Infallible> {
    if is_ours(&request) {
        let reason = if shared.is_closing() {
            Some("DRAINING")
        } else if shared.knowledge().is_none() {
            Some("LOADING")
        } else {
            None
        };
        if let Some(reason) = reason {
            return Ok(Status::from(Failure::Unavailable { reason }).into_http());
        }
    }
    inner.call(request).await
}
