//! The service over gRPC. Knows nothing of Arabic.

mod calls;
pub mod codec;
mod connection;
mod layers;
mod own_names;
pub mod status;
mod tally;
mod workers;

use std::future::Future;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tonic::codec::CompressionEncoding;
use tonic::service::Routes;
use tonic::transport::server::TcpIncoming;
use tonic_health::ServingStatus;
use tonic_health::pb::health_server::{Health, HealthServer};
use tower::ServiceBuilder;
use warraq_core::{Knowledge, KnowledgeError};

use crate::config::Config;
use crate::failure::Failure;
use crate::proto::v1::text_processing_server::TextProcessingServer;
use crate::proto::{DESCRIPTORS, SERVICE};
use crate::service::{Context, Job};
use calls::Calls;
use connection::Connection;
use layers::{FromFn, auth, deadline, gate, mend, trace};
pub use own_names::NamesError;
use own_names::OwnNames;
use workers::Workers;

/// How long the last word to calls that are cut off may take.
const FAREWELL: Duration = Duration::from_secs(1);

/// Why the server did not start or did not go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address cannot be listened on.
    #[error("listen: {address} cannot be listened on: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// A data file is malformed.
    #[error(transparent)]
    Knowledge(#[from] KnowledgeError),
    /// The worker threads do not start.
    #[error("the worker threads do not start: {0}")]
    Workers(#[from] rayon::ThreadPoolBuildError),
    /// The descriptors do not load.
    #[error("the descriptors do not load: {0}")]
    Reflection(#[from] tonic_reflection::server::Error),
    /// The connection loop failed.
    #[error("the connections failed: {0}")]
    Transport(#[from] tonic::transport::Error),
    /// The file of names cannot be used.
    #[error(transparent)]
    Names(#[from] NamesError),
}

/// What all calls share.
pub(crate) struct Shared {
    pub(crate) config: Config,
    knowledge: OnceLock<Knowledge>,
    own_names: Option<Arc<OwnNames>>,
    workers: Workers,
    /// New calls are turned away.
    closing: CancellationToken,
    /// Calls in progress are cut off.
    cut: CancellationToken,
}

impl Shared {
    fn knowledge(&self) -> Option<&Knowledge> {
        self.knowledge.get()
    }

    fn is_closing(&self) -> bool {
        self.closing.is_cancelled()
    }

    fn context<'a>(&'a self, job: &'a Job) -> Result<Context<'a>, Failure> {
        let knowledge = self.knowledge().ok_or(Failure::Unavailable { reason: "LOADING" })?;
        let own_names = self.own_names.as_ref().map(|names| job.keep_names(|| names.current()));
        Ok(Context { knowledge, own_names, config: &self.config, job })
    }
}

/// A server that listens and does not answer yet.
pub struct Server {
    config: Config,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes the address.
    ///
    /// # Errors
    /// [`ServeError::Listen`].
    pub async fn bind(config: Config) -> Result<Self, ServeError> {
        let address = config.listen;
        let error = |source| ServeError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(error)?;
        let address = listener.local_addr().map_err(error)?;
        Ok(Self { config, listener, address })
    }

    /// The address that clients reach, also where port 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is ready, then drains: health says `NOT_SERVING` while calls are still taken
    /// (the grace), then new ones are turned away and those in progress finish (the timeout).
    ///
    /// # Errors
    /// Where it cannot start, or its data are malformed.
    pub async fn serve(self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let Self { config, listener, address } = self;
        let workers = Workers::new(&config)?;
        let own_names = config.lexicon.0.clone().map(OwnNames::read).transpose()?.map(Arc::new);
        let shared = Arc::new(Shared {
            config,
            knowledge: OnceLock::new(),
            own_names,
            workers,
            closing: CancellationToken::new(),
            cut: CancellationToken::new(),
        });
        let config = &shared.config;

        let (health, health_service) = tonic_health::server::health_reporter();
        let say = async |status| {
            for service in ["", SERVICE] {
                health.set_service_status(service, status).await;
            }
        };
        say(ServingStatus::NotServing).await;

        // From the outside in; each layer's file says why it stands there.
        let layers = ServiceBuilder::new()
            .layer(FromFn(|mut request: layers::Request, inner| {
                request.extensions_mut().insert(deadline::Arrival(Instant::now()));
                trace::layer(request, inner)
            }))
            .layer(FromFn(mend::layer))
            .layer(FromFn(with(&shared, auth::layer)))
            .layer(FromFn(with(&shared, gate::layer)))
            .layer(FromFn(with(&shared, deadline::layer)));
        let router = transport(config).layer(layers).add_routes(routes(&shared, health_service)?);

        // Nagle's algorithm would hold every small answer back for 40 ms.
        let closing = shared.closing.clone();
        let incoming = TcpIncoming::from(listener)
            .with_nodelay(Some(true))
            .map_ok(move |stream| Connection::new(stream, &closing));
        let (close, closed) = tokio::sync::oneshot::channel::<()>();
        let connections = router.serve_with_incoming_shutdown(incoming, async {
            let _ = closed.await;
        });
        let mut connections = std::pin::pin!(connections);
        let mut stop = std::pin::pin!(stop);
        tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");

        let loading = Arc::clone(&shared);
        let mut load = tokio::task::spawn_blocking(move || {
            warraq_knowledge::built_in().map(|knowledge| loading.knowledge.set(knowledge).is_ok())
        });
        if let Some(names) = &shared.own_names
            && let interval = shared.config.lexicon_check_ms
            && !interval.is_zero()
        {
            tokio::spawn(own_names::watch(Arc::clone(names), interval, shared.closing.clone()));
        }
        let mut loaded = false;
        loop {
            tokio::select! {
                ended = &mut connections => return Ok(ended?),
                read = &mut load, if !loaded => {
                    if let Ok(outcome) = read { outcome?; }
                    loaded = true;
                    say(ServingStatus::Serving).await;
                    tracing::info!("serving");
                }
                () = &mut stop => break,
            }
        }

        say(ServingStatus::NotServing).await;
        tracing::info!(grace_ms = millis(config.drain_grace_ms), "draining");
        tokio::select! {
            ended = &mut connections => return Ok(ended?),
            () = tokio::time::sleep(config.drain_grace_ms) => {}
        }
        shared.closing.cancel();
        let _ = close.send(());
        drain(connections, &shared).await
    }
}

/// Waits until the connections have ended, and cuts at the timeout what has not.
async fn drain(
    mut connections: Pin<&mut impl Future<Output = Result<(), tonic::transport::Error>>>,
    shared: &Shared,
) -> Result<(), ServeError> {
    let timeout = shared.config.drain_timeout_ms;
    if let Ok(ended) = tokio::time::timeout(timeout, &mut connections).await {
        ended?;
        tracing::info!("drained");
        return Ok(());
    }
    tracing::warn!(timeout_ms = millis(timeout), "calls still in progress are cut off");
    shared.cut.cancel();
    // Whoever still listens is told so; whoever does not is not waited for.
    match tokio::time::timeout(FAREWELL, connections).await {
        Ok(ended) => Ok(ended?),
        Err(_) => Ok(()),
    }
}

/// The service, health, and reflection of both.
fn routes(shared: &Arc<Shared>, health: HealthServer<impl Health>) -> Result<Routes, ServeError> {
    let config = &shared.config;
    let mut service = TextProcessingServer::new(Calls(Arc::clone(shared)))
        .max_decoding_message_size(config.max_message_bytes_in)
        // Our own check comes first and tells the size; this one is never reached.
        .max_encoding_message_size(usize::MAX)
        .accept_compressed(CompressionEncoding::Gzip);
    if config.compress_answers {
        service = service.send_compressed(CompressionEncoding::Gzip);
    }
    let mut routes = Routes::new(service).add_service(health);
    if config.reflection {
        let reflection = || {
            tonic_reflection::server::Builder::configure()
                .register_encoded_file_descriptor_set(DESCRIPTORS)
                .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
                .include_reflection_service(false)
        };
        routes = routes.add_service(reflection().build_v1()?).add_service(reflection().build_v1alpha()?);
    }
    Ok(routes)
}

/// HTTP/2 as configured.
fn transport(config: &Config) -> tonic::transport::Server {
    let positive = |duration: Duration| (!duration.is_zero()).then_some(duration);
    let server = tonic::transport::Server::builder()
        .max_concurrent_streams(u32::try_from(config.max_concurrent_streams).ok())
        .http2_keepalive_interval(positive(config.keepalive_interval_ms))
        .http2_keepalive_timeout(Some(config.keepalive_timeout_ms));
    match positive(config.max_connection_age_ms) {
        Some(age) => server.max_connection_age(age).max_connection_age_grace(config.drain_timeout_ms),
        None => server,
    }
}

/// Gives a layer's function what all calls share.
fn with<S, Fut>(
    shared: &Arc<Shared>,
    layer: fn(Arc<Shared>, layers::Request, S) -> Fut,
) -> impl Fn(layers::Request, S) -> Fut + Clone + Send + Sync + 'static
where
    S: 'static,
    Fut: 'static,
{
    let shared = Arc::clone(shared);
    move |request, inner| layer(Arc::clone(&shared), request, inner)
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
