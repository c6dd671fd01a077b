//! Lets calls in while the server serves: not before its data are read, not after it began to close; and
//! ends what would hold the drain.
//!
//! Before `deadline`: a call that is not let in needs no clock.

use std::convert::Infallible;
use std::sync::Arc;

use futures_util::stream::{self, PollNext, StreamExt as _};
use http::HeaderMap;
use http_body::{Body as _, Frame};
use http_body_util::{BodyStream, StreamBody};
use tonic::Status;
use tonic::body::Body;

use super::{Inner, Request, Response, is_ours};
use crate::failure::Failure;
use crate::server::Shared;

pub(crate) async fn layer<S: Inner>(
    shared: Arc<Shared>,
    request: Request,
    mut inner: S,
) -> Result<Response, Infallible> {
    if !is_ours(&request) {
        // Whoever watches health would never leave by himself.
        let closing = shared.closing.clone().cancelled_owned();
        return inner.call(request).await.map(|response| response.map(|body| until(body, closing)));
    }
    let refuse = |reason| Ok(Status::from(Failure::Unavailable { reason }).into_http());
    if shared.is_closing() {
        return refuse("DRAINING");
    }
    if shared.knowledge().is_none() {
        return refuse("LOADING");
    }
    tokio::select! {
        biased;
        response = inner.call(request) => response,
        () = shared.cut.cancelled() => refuse("DRAINING"),
    }
}

/// `body` until `end` is ready, which then ends it with `UNAVAILABLE`.
fn until(body: Body, end: impl Future<Output = ()> + Send + 'static) -> Body {
    if body.is_end_stream() {
        // An error without a message ends with its headers. Wrapped, it would end with an empty frame of
        // data, which gRPC's C core takes for a broken stream instead of reading the status.
        return body;
    }
    let end = stream::once(async move {
        end.await;
        let mut trailers = HeaderMap::new();
        // A status of ours always fits into headers.
        let _ = Status::from(Failure::Unavailable { reason: "DRAINING" }).add_header(&mut trailers);
        Some(Ok(Frame::trailers(trailers)))
    });
    let ended = BodyStream::new(body).map(Some).chain(stream::iter([None]));
    // What is ready goes first: a probe is still told that the server does not serve.
    let frames = stream::select_with_strategy(ended, end, |(): &mut ()| PollNext::Left)
        .take_while(|frame| std::future::ready(frame.is_some()))
        .filter_map(std::future::ready);
    Body::new(StreamBody::new(frames))
}
