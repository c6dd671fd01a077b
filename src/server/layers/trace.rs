//! A span around every call, and one line when it ends: which call, its code, its sizes, its times.
//!
//! Outermost: it sees every answer as the client does. The text is never logged. The level follows the
//! code: what the client did is INFO, what we did wrong is ERROR.

use std::convert::Infallible;
use std::time::Instant;

use tonic::{Code, Status};
use tracing::Instrument as _;
use tracing::field::Empty;

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
    let start = Instant::now();
    async move {
        let response = inner.call(request).await?;
        // A stream's own status comes with its last frame; here it has merely begun.
        let code = Status::from_header_map(response.headers()).map_or(Code::Ok, |status| status.code());
        let code_number = code as i32;
        let elapsed_us = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        match code {
            Code::Internal | Code::Unknown | Code::DataLoss => {
                tracing::error!(rpc.grpc.status_code = code_number, elapsed_us, "{code:?}");
            }
            _ => tracing::info!(rpc.grpc.status_code = code_number, elapsed_us, "{code:?}"),
        }
        Ok(response)
    }
    .instrument(span)
    .await
}
