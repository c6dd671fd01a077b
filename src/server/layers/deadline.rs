//! Ends a call when its deadline passes: the client's `grpc-timeout`, or the server's own where that is
//! shorter.
//!
//! Innermost: dropping the handler's future is what tells the work to stop. tonic has a timer of its own
//! around all layers, which answers `CANCELLED`. Ours must ring first: it counts from when the request
//! came ([`Arrival`], before tonic's timer starts) and rings a millisecond (one tick of the timer) earlier.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::{Duration, Instant};

use http::HeaderMap;
use tonic::Status;

use super::{Inner, Request, Response, is_ours};
use crate::failure::Failure;
use crate::server::Shared;

/// When the client stops waiting, as an extension of the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(pub(crate) Instant);

/// When the request came, as an extension of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival(pub(crate) Instant);

const TICK: Duration = Duration::from_millis(1);

pub(crate) async fn layer<S: Inner>(
    shared: Arc<Shared>,
    mut request: Request,
    mut inner: S,
) -> Result<Response, Infallible> {
    if !is_ours(&request) {
        return inner.call(request).await;
    }
    let now = Instant::now();
    let arrival = request.extensions().get::<Arrival>().map_or(now, |arrival| arrival.0);
    let asked = timeout(request.headers()).map(|timeout| timeout.saturating_sub(TICK));
    // A stream lives as long as its client likes.
    let own = (!request.uri().path().ends_with("/AnnotateStream")).then_some(shared.config.deadline_ms);
    let Some(timeout) = asked.into_iter().chain(own).min() else {
        return inner.call(request).await;
    };
    let deadline = arrival + timeout;
    if deadline <= now {
        return Ok(Status::from(Failure::DeadlineExceeded).into_http());
    }
    request.extensions_mut().insert(Deadline(deadline));
    match tokio::time::timeout_at(deadline.into(), inner.call(request)).await {
        Ok(response) => response,
        Err(_) => Ok(Status::from(Failure::DeadlineExceeded).into_http()),
    }
}

/// `grpc-timeout`: at most eight digits and a unit. What is no timeout is none, as in other servers.
fn timeout(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    if digits.is_empty() || digits.len() > 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: u64 = digits.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(number * 3600),
        "M" => Duration::from_secs(number * 60),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        "n" => Duration::from_nanos(number),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_unit_and_nothing_else() {
        let read = |text: &str| {
            timeout(&HeaderMap::from_iter([(
                http::HeaderName::from_static("grpc-timeout"),
                text.parse().unwrap(),
            )]))
        };
        assert_eq!(read("99999999H"), Some(Duration::from_hours(99_999_999)));
        assert_eq!(read("2M"), Some(Duration::from_mins(2)));
        assert_eq!(read("3S"), Some(Duration::from_secs(3)));
        assert_eq!(read("4m"), Some(Duration::from_millis(4)));
        assert_eq!(read("5u"), Some(Duration::from_micros(5)));
        assert_eq!(read("6n"), Some(Duration::from_nanos(6)));
        for bad in ["", "S", "1", "123456789S", "-1S", "1 S", "1s"] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
