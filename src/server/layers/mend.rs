//! Gives what tonic answers by itself the contract's code and details.
//!
//! Inside `trace`, so that the log has the code which the client sees; outside all that can fail.

use std::convert::Infallible;

use http::HeaderMap;
use http_body::Frame;
use http_body_util::BodyExt as _;
use tonic::body::Body;
use tonic::{Code, Status};

use super::{Inner, Request, Response};
use crate::server::status::mend;

pub(crate) async fn layer<S: Inner>(request: Request, mut inner: S) -> Result<Response, Infallible> {
    let response = inner.call(request).await?;
    if let Some(mended) = mended(response.headers()) {
        return Ok(mended.into_http());
    }
    if response.headers().contains_key("grpc-status") {
        return Ok(response);
    }
    // The status of a stream comes last.
    Ok(response.map(|body| Body::new(body.map_frame(frame_mended))))
}

fn mended(headers: &HeaderMap) -> Option<Status> {
    let status = Status::from_header_map(headers)?;
    if status.code() == Code::Ok { None } else { mend(&status) }
}

fn frame_mended<D>(frame: Frame<D>) -> Frame<D> {
    match frame.into_trailers() {
        Ok(mut trailers) => {
            if let Some(status) = mended(&trailers) {
                // A status of ours always fits into headers: its message is percent-encoded.
                let _ = status.add_header(&mut trailers);
            }
            Frame::trailers(trailers)
        }
        Err(frame) => frame,
    }
}
