//! A span around every call, and one line when it ends: which call, its code, its sizes, its times.
//!
//! Outermost: it sees every answer as the client does. The text is never logged. The level follows the
//! code: what the client did is INFO, what we did wrong is ERROR.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::Bytes;
use http::HeaderMap;
use http_body::{Frame, SizeHint};
use tonic::body::Body;
use tonic::{Code, Status};
use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::{Inner, Request, Response};

pub(crate) async fn layer<S: Inner>(request: Request, mut inner: S) -> Result<Response, Infallible> {
    let path = request.uri().path().trim_start_matches('/');
    let (service, method) = path.split_once('/').unwrap_or((path, ""));
    let span = tracing::info_span!(
        "call",
        rpc.system = "grpc",
        rpc.service = service,
        rpc.method = method,
        documents = Empty,
        text_bytes = Empty,
        response_bytes = Empty,
        stages_us = Empty,
    );
    let mut end = End { span: span.clone(), start: Instant::now(), told: false };
    async move {
        let response = inner.call(request).await?;
        // A refusal has its status in the headers; whatever else has it at the end of the body.
        if let Some(code) = code(response.headers()) {
            end.tell(code);
        }
        Ok(response.map(|body| Body::new(Watched { body, end })))
    }
    .instrument(span)
    .await
}

fn code(headers: &HeaderMap) -> Option<Code> {
    Status::from_header_map(headers).map(|status| status.code())
}

/// The end of a call, told once.
struct End {
    span: Span,
    start: Instant,
    told: bool,
}

impl End {
    fn tell(&mut self, code: Code) {
        if std::mem::replace(&mut self.told, true) {
            return;
        }
        let _inside = self.span.enter();
        let number = code as i32;
        let elapsed_us = u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX);
        match code {
            Code::Internal | Code::Unknown | Code::DataLoss => {
                tracing::error!(rpc.grpc.status_code = number, elapsed_us, "{code:?}");
            }
            _ => tracing::info!(rpc.grpc.status_code = number, elapsed_us, "{code:?}"),
        }
    }
}

impl Drop for End {
    /// Whoever hung up did not wait for the end.
    fn drop(&mut self) {
        self.tell(Code::Cancelled);
    }
}

/// An answer's body within the call's span, up to its status.
struct Watched {
    body: Body,
    end: End,
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let span = self.end.span.clone();
        let polled = span.in_scope(|| Pin::new(&mut self.body).poll_frame(context));
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(code) = frame.trailers_ref().and_then(code) {
                    self.end.tell(code);
                }
            }
            Poll::Ready(Some(Err(status))) => self.end.tell(status.code()),
            Poll::Ready(None) | Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
