//! What stands around every call, outermost first. Each layer's file says why it stands where it does.

pub(super) mod auth;
pub(super) mod deadline;
pub(super) mod gate;
pub(super) mod mend;
pub(super) mod trace;

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tonic::body::Body;
use tower::Service;

pub(super) type Request = http::Request<Body>;
pub(super) type Response = http::Response<Body>;
type BoxFuture<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A layer made of an async function of the request and what lies further in.
#[derive(Clone)]
pub(super) struct FromFn<F>(pub(super) F);

/// The service of a [`FromFn`].
#[derive(Clone)]
pub(super) struct Around<F, S> {
    function: F,
    inner: S,
}

impl<F: Clone, S> tower::Layer<S> for FromFn<F> {
    type Service = Around<F, S>;

    fn layer(&self, inner: S) -> Self::Service {
        Around { function: self.0.clone(), inner }
    }
}

impl<F, Fut, S> Service<Request> for Around<F, S>
where
    F: Fn(Request, S) -> Fut,
    Fut: Future<Output = Result<Response, S::Error>> + Send + 'static,
    S: Service<Request, Response = Response, Error = Infallible> + Clone,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<Result<Response, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        // The instance that was polled ready does the work; its clone waits for the next call.
        let clone = self.inner.clone();
        let ready = std::mem::replace(&mut self.inner, clone);
        Box::pin((self.function)(request, ready))
    }
}

/// What a layer of ours wraps.
pub(super) trait Inner:
    Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

impl<S> Inner for S where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

/// Whether the path is one of the service's own calls, not of health or reflection.
fn is_ours(request: &Request) -> bool {
    request.uri().path().strip_prefix('/').is_some_and(|path| path.starts_with(crate::proto::SERVICE))
}
