//! A server on a free port, clients of it, and what a refusal has to look like.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};
use tonic_types::StatusExt as _;
use warraq::config::{Config, Loaded, flags};
use warraq::proto::SERVICE;
use warraq::proto::v1::text_processing_client::TextProcessingClient;
use warraq::proto::v1::{Document, DocumentFormat, ItemStatus, document};
use warraq::server::{ServeError, Server};

/// No wait of a test takes longer, however loaded the machine is.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

/// A sentence in which spans can go wrong: marks, tatweel, an emoji beyond U+FFFF, CRLF, an RTL mark.
pub(crate) const TEXT: &str =
    "زار الوفد\u{200F} مَدِينَةَ بيـــروت 👩🏽\u{200D}🚀.\r\nوقال المتحدث: \"عدنا اليوم\".";

/// What `future` gives, unless it hangs.
pub(crate) async fn soon<F: Future>(what: &str, future: F) -> F::Output {
    let Ok(output) = tokio::time::timeout(PATIENCE, future).await else {
        panic!("{what}: nothing within {PATIENCE:?}")
    };
    output
}

/// A free port, no grace, small pools; `knobs` say what a test has otherwise.
pub(crate) fn config(knobs: &[(&str, &str)]) -> Config {
    let defaults = [("listen", "127.0.0.1:0"), ("drain_grace_ms", "0"), ("workers", "2")];
    let variable = |name: &str| {
        let of = |list: &[(&str, &str)]| {
            list.iter()
                .find(|(knob, _)| name == format!("WARRAQ_{}", knob.to_uppercase()))
                .map(|(_, value)| (*value).to_owned())
        };
        of(knobs).or_else(|| of(&defaults))
    };
    let arguments = flags(clap::Command::new("warraq")).get_matches_from(["warraq"]);
    Loaded::load(&arguments, variable).expect("the test's knobs are sound").config
}

/// A server that runs.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<Result<(), ServeError>>,
}

impl Running {
    /// Starts one and waits until health says that it serves.
    pub(crate) async fn start(knobs: &[(&str, &str)]) -> Self {
        let running = Self::start_loading(knobs).await;
        running.wait_until(ServingStatus::Serving).await;
        running
    }

    /// Starts one and does not wait.
    pub(crate) async fn start_loading(knobs: &[(&str, &str)]) -> Self {
        let server = Server::bind(config(knobs)).await.expect("a free port");
        let address = server.address();
        let (stop, stopped) = oneshot::channel();
        let serving = tokio::spawn(server.serve(async {
            let _ = stopped.await;
        }));
        Self { address, stop: Some(stop), served: serving }
    }

    /// Polls health until it says `status`.
    pub(crate) async fn wait_until(&self, status: ServingStatus) {
        let wait = async {
            let mut health = self.health().await;
            let mut watch = health.watch(health_of(SERVICE)).await.expect("health answers").into_inner();
            while let Some(now) = watch.message().await.expect("health goes on") {
                if now.status() == status {
                    return;
                }
            }
            panic!("health ended before it said {status:?}");
        };
        soon("health", wait).await;
    }

    pub(crate) async fn channel(&self) -> Channel {
        let endpoint = Endpoint::from_shared(format!("http://{}", self.address)).expect("an address");
        soon("a connection", endpoint.connect()).await.expect("the server listens")
    }

    pub(crate) async fn client(&self) -> TextProcessingClient<Channel> {
        TextProcessingClient::new(self.channel().await).max_decoding_message_size(64 << 20)
    }

    pub(crate) async fn health(&self) -> HealthClient<Channel> {
        HealthClient::new(self.channel().await)
    }

    pub(crate) async fn raw(&self) -> RawClient {
        RawClient::connect(TcpStream::connect(self.address).await.expect("the server listens")).await
    }

    /// Asks it to stop and does not wait.
    pub(crate) fn begin_stop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }

    /// What asks it to stop, for somebody else to hold.
    pub(crate) fn stopper(&mut self) -> oneshot::Sender<()> {
        self.stop.take().expect("it was not stopped before")
    }

    /// What `serve` returned.
    pub(crate) async fn served(mut self) -> Result<(), ServeError> {
        self.begin_stop();
        soon("the drain", &mut self.served).await.expect("serve does not panic")
    }

    /// Stops it; `serve` has to return without an error.
    pub(crate) async fn stop(self) {
        self.served().await.expect("serve ends well");
    }
}

pub(crate) fn health_of(service: &str) -> HealthCheckRequest {
    HealthCheckRequest { service: service.to_owned() }
}

/// What health says of a service.
pub(crate) async fn health_says(
    health: &mut HealthClient<Channel>,
    service: &str,
) -> Result<ServingStatus, Code> {
    let answer = health.check(health_of(service)).await;
    answer.map(|answer| HealthCheckResponse::status(answer.get_ref())).map_err(|status| status.code())
}

/// A document of `text`.
pub(crate) fn document(text: &str) -> Document {
    Document { source: Some(document::Source::Text(text.to_owned())), ..Document::default() }
}

/// A document of a page or a piece of one.
pub(crate) fn page(html: &str) -> Document {
    Document { format: DocumentFormat::Html.into(), ..document(html) }
}

/// A page of our own, with line ends as Windows has them.
pub(crate) fn quay() -> String {
    include_str!("../data/pages/quay.html").replace('\n', "\r\n")
}

/// A document of `content` in `charset`.
pub(crate) fn content(content: &[u8], charset: &str) -> Document {
    Document {
        source: Some(document::Source::Content(Bytes::copy_from_slice(content))),
        charset: charset.to_owned(),
        ..Document::default()
    }
}

/// Articles of our own, by name.
pub(crate) const SAMPLES: &[(&str, &str)] = &[
    ("conflict-levant", include_str!("../../samples/conflict-levant.ar.txt")),
    ("economy-gulf", include_str!("../../samples/economy-gulf.ar.txt")),
    ("sport-maghreb", include_str!("../../samples/sport-maghreb.ar.txt")),
];

/// What the contract says of a refusal.
#[derive(Debug, Clone, Default)]
pub(crate) struct Refusal {
    code: i32,
    reason: &'static str,
    field: Option<String>,
    metadata: Vec<(&'static str, String)>,
    retry: bool,
}

impl Refusal {
    pub(crate) fn new(code: Code, reason: &'static str) -> Self {
        Self { code: code.into(), reason, ..Self::default() }
    }

    /// `INVALID_ARGUMENT` of a field.
    pub(crate) fn field(reason: &'static str, field: &str) -> Self {
        Self { field: Some(field.to_owned()), ..Self::new(Code::InvalidArgument, reason) }
    }

    /// `UNIMPLEMENTED` of what `field` asks for.
    pub(crate) fn not_implemented(field: &str, value: &str) -> Self {
        Self::new(Code::Unimplemented, "NOT_IMPLEMENTED").with("field", field).with("value", value)
    }

    pub(crate) fn with(mut self, key: &'static str, value: impl std::fmt::Display) -> Self {
        self.metadata.push((key, value.to_string()));
        self
    }

    pub(crate) fn retry(self) -> Self {
        Self { retry: true, ..self }
    }

    /// The same of a field one level further down.
    pub(crate) fn under(mut self, prefix: &str) -> Self {
        self.field = self.field.map(|field| format!("{prefix}{field}"));
        for (_, value) in self.metadata.iter_mut().filter(|(key, _)| *key == "field") {
            value.insert_str(0, prefix);
        }
        self
    }

    /// Holds `status` against it: code, `ErrorInfo`, `BadRequest`, `RetryInfo`.
    #[track_caller]
    pub(crate) fn check(&self, what: &str, status: &Status) {
        let details = status.get_error_details();
        assert_eq!(i32::from(status.code()), self.code, "{what}: {status:?}");
        assert!(!status.message().is_empty(), "{what}: no message");
        let info = details.error_info().unwrap_or_else(|| panic!("{what}: no ErrorInfo in {status:?}"));
        assert_eq!((info.domain.as_str(), info.reason.as_str()), ("warraq", self.reason), "{what}");
        let violations = details.bad_request().map(|bad| bad.field_violations.as_slice()).unwrap_or_default();
        let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, Vec::from_iter(self.field.as_deref()), "{what}: {status:?}");
        assert!(violations.iter().all(|violation| !violation.description.is_empty()), "{what}");
        for (key, value) in &self.metadata {
            assert_eq!(info.metadata.get(*key), Some(value), "{what}: {key} of {info:?}");
        }
        let retry = details.retry_info().and_then(|retry| retry.retry_delay);
        assert_eq!(retry.is_some_and(|delay| !delay.is_zero()), self.retry, "{what}: RetryInfo");
    }

    /// Holds an item's status against it.
    #[track_caller]
    pub(crate) fn check_item(&self, what: &str, item: &ItemStatus) {
        use prost::Message as _;
        let bytes = tonic_types::Status {
            code: item.code,
            message: item.message.clone(),
            details: item.details.clone(),
        }
        .encode_to_vec();
        self.check(what, &Status::with_details(Code::from(item.code), item.message.clone(), bytes.into()));
    }
}

/// One gRPC frame: a flag, a length, `message`.
pub(crate) fn frame(flag: u8, message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).expect("a test's message is short");
    [&[flag][..], &length.to_be_bytes(), message].concat()
}

/// The path of one of the service's calls.
pub(crate) fn path(call: &str) -> String {
    format!("/{SERVICE}/{call}")
}

/// A request that no sound client sends.
#[derive(Debug, Clone)]
pub(crate) struct RawRequest {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, Vec<u8>)>,
    pub(crate) body: Vec<Vec<u8>>,
    /// Sent in place of the flag that ends the body.
    pub(crate) trailers: Option<HeaderMap>,
}

impl RawRequest {
    pub(crate) fn new(path: String, body: Vec<u8>) -> Self {
        let headers = vec![("content-type", b"application/grpc".to_vec()), ("te", b"trailers".to_vec())];
        Self { method: Method::POST, path, headers, body: vec![body], trailers: None }
    }

    pub(crate) fn header(mut self, name: &'static str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }
}

/// What came back.
#[derive(Debug)]
pub(crate) struct RawAnswer {
    pub(crate) http: u16,
    pub(crate) status: Option<Status>,
    pub(crate) body: Vec<u8>,
}

/// A client that sends bytes as they are.
#[derive(Clone)]
pub(crate) struct RawClient(h2::client::SendRequest<Bytes>);

impl RawClient {
    /// Speaks HTTP/2 over `stream`.
    pub(crate) async fn connect<S>(stream: S) -> Self
    where
        S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
    {
        let (client, connection) = soon("a handshake", h2::client::handshake(stream)).await.expect("HTTP/2");
        tokio::spawn(async move {
            let _ = connection.await;
        });
        Self(client)
    }

    /// Opens a call whose body can still be written.
    pub(crate) async fn open(
        &self,
        request: &RawRequest,
    ) -> Result<(h2::client::ResponseFuture, h2::SendStream<Bytes>), h2::Error> {
        let mut builder =
            http::Request::builder().method(request.method.clone()).uri(format!("http://it{}", request.path));
        for (name, value) in &request.headers {
            builder = builder.header(*name, value.as_slice());
        }
        let head = builder.body(()).expect("headers that HTTP allows");
        let mut client = soon("room for a stream", self.0.clone().ready()).await?;
        client.send_request(head, false)
    }

    /// Sends the whole request and reads the whole answer.
    pub(crate) async fn call(&self, request: &RawRequest) -> Result<RawAnswer, h2::Error> {
        let (response, mut body) = self.open(request).await?;
        // A server that has answered already may stop reading: then the rest is not sent, and that is fine.
        let sent = async {
            for chunk in &request.body {
                body.send_data(Bytes::copy_from_slice(chunk), false)?;
            }
            match &request.trailers {
                Some(trailers) => body.send_trailers(trailers.clone()),
                None => body.send_data(Bytes::new(), true),
            }
        };
        let _: Result<(), h2::Error> = sent.await;
        soon("a raw answer", read(response)).await
    }
}

/// Reads a whole answer.
pub(crate) async fn read(response: h2::client::ResponseFuture) -> Result<RawAnswer, h2::Error> {
    let response = response.await?;
    let http = response.status().as_u16();
    let headers = response.headers().clone();
    let mut incoming = response.into_body();
    let mut body = Vec::new();
    while let Some(chunk) = incoming.data().await {
        let chunk = chunk?;
        let _ = incoming.flow_control().release_capacity(chunk.len());
        body.extend_from_slice(&chunk);
    }
    let trailers = incoming.trailers().await?;
    let status =
        trailers.as_ref().and_then(Status::from_header_map).or_else(|| Status::from_header_map(&headers));
    Ok(RawAnswer { http, status, body })
}

/// Numbers that look random and are the same in every run (`SplitMix64`).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to `bound`, which is left out.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.byte()).collect()
    }
}
