//! Asks for a bearer token, where tokens are configured.
//!
//! Inside `mend` and `trace`, so that refusals are logged; before the gate, so that a stranger does not
//! learn whether the server drains.

use std::convert::Infallible;
use std::sync::Arc;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use tonic::Status;

use super::{Inner, Request, Response, is_ours};
use crate::failure::Failure;
use crate::server::Shared;

pub(crate) async fn layer<S: Inner>(
    shared: Arc<Shared>,
    request: Request,
    mut inner: S,
) -> Result<Response, Infallible> {
    let tokens = &shared.config.auth_tokens;
    if is_ours(&request)
        && !tokens.is_empty()
        && !bearer(request.headers()).is_some_and(|token| tokens.accept(token))
    {
        return Ok(Status::from(Failure::Unauthenticated).into_http());
    }
    inner.call(request).await
}

/// The token that the call carries.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}
