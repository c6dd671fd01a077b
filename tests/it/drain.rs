//! Stopping: health turns first, what was accepted is answered, and nobody can hold it up for long.

use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use prost::Message as _;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Code;
use tonic_health::pb::HealthCheckResponse;
use tonic_health::pb::health_check_response::ServingStatus;
use tracing_subscriber::layer::SubscriberExt as _;
use warraq::proto::SERVICE;
use warraq::proto::v1::annotate_stream_request::Kind;
use warraq::proto::v1::{
    AnnotateRequest, AnnotateStreamItem, AnnotateStreamRequest, GetServiceInfoRequest, NormalizeRequest,
};

use crate::program::Program;
use crate::support::{
    PATIENCE, RawClient, RawRequest, Refusal, Running, SAMPLES, TEXT, document, frame, health_of,
    health_says, path, read, soon,
};

fn annotate(text: &str) -> AnnotateRequest {
    AnnotateRequest { document: Some(document(text)), ..AnnotateRequest::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn health_turns_while_calls_are_still_answered() {
    // Long enough for the calls below on a loaded machine.
    let mut server = Running::start(&[("drain_grace_ms", "5000")]).await;
    let client = &mut server.client().await;
    let mut health = server.health().await;
    let mut watches = Vec::new();
    for service in ["", SERVICE] {
        let mut watch = health.watch(health_of(service)).await.expect("health answers").into_inner();
        let first = soon("the first word", watch.message()).await.expect("no error").expect("a word");
        assert_eq!(first.status(), ServingStatus::Serving);
        watches.push(watch);
    }
    let begin = Instant::now();
    server.begin_stop();
    for watch in &mut watches {
        let next = soon("the turn", watch.message()).await.expect("no error").expect("a word");
        assert_eq!(HealthCheckResponse::status(&next), ServingStatus::NotServing);
    }
    for service in ["", SERVICE] {
        assert_eq!(health_says(&mut health, service).await, Ok(ServingStatus::NotServing));
    }
    client.annotate(annotate(TEXT)).await.expect("the grace still takes calls");
    server.client().await.annotate(annotate(TEXT)).await.expect("the grace still takes connections");
    assert!(
        begin.elapsed() < Duration::from_secs(5),
        "the calls were later than the grace; nothing is shown"
    );
    // Whoever watches is told to go, and does not hold the drain.
    for watch in &mut watches {
        let end = soon("the end of a watch", watch.message()).await;
        assert!(matches!(&end, Err(status) if status.code() == Code::Unavailable), "{end:?}");
    }
    server.stop().await;
}

/// Connections that say nothing: one that never spoke, one that never called, one between two calls.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn idle_connections_do_not_hold_the_drain() {
    let server = Running::start(&[("drain_timeout_ms", "3600000")]).await;
    let mut silent = TcpStream::connect(server.address).await.expect("a connection");
    let _never_called = server.raw().await;
    let mut client = server.client().await;
    client.annotate(annotate(TEXT)).await.expect("an answer");
    // `soon` is far shorter than the timeout: serve returns since nothing is in progress.
    server.stop().await;
    let mut rest = Vec::new();
    let _ = soon("the end of the silent connection", silent.read_to_end(&mut rest)).await;
    client.annotate(annotate(TEXT)).await.expect_err("nobody is there any more");
}

fn item(sequence: i64) -> AnnotateStreamRequest {
    AnnotateStreamRequest {
        kind: Some(Kind::Item(AnnotateStreamItem { sequence, request: Some(annotate(TEXT)) })),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_stream_is_finished_within_the_timeout() {
    let mut server = Running::start(&[("drain_timeout_ms", "3600000")]).await;
    let mut client = server.client().await;
    let (sender, receiver) = mpsc::channel(4);
    let mut answers =
        client.annotate_stream(ReceiverStream::new(receiver)).await.expect("a stream").into_inner();
    sender.send(item(1)).await.expect("room");
    assert!(soon("an answer", answers.message()).await.expect("no error").is_some());
    server.begin_stop();
    until_closed(&server).await;
    sender.send(item(2)).await.expect("room");
    let answer = soon("an answer", answers.message()).await.expect("no error").expect("an answer");
    assert_eq!(answer.sequence, 2);
    drop(sender);
    assert!(soon("the end", answers.message()).await.expect("no error").is_none());
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hanging_stream_is_cut_at_the_timeout() {
    let server = Running::start(&[("drain_timeout_ms", "300")]).await;
    let mut client = server.client().await;
    let (sender, receiver) = mpsc::channel(4);
    let mut answers =
        client.annotate_stream(ReceiverStream::new(receiver)).await.expect("a stream").into_inner();
    sender.send(item(1)).await.expect("room");
    assert!(soon("an answer", answers.message()).await.expect("no error").is_some());
    let begin = Instant::now();
    server.stop().await;
    assert!(begin.elapsed() >= Duration::from_millis(300), "it was cut before its time");
    let end = soon("the cut", answers.message()).await.expect_err("cut");
    Refusal::new(Code::Unavailable, "DRAINING").check("a stream that hangs", &end);
}

/// A client that never reads again cannot be told anything; it is not waited for either.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_that_is_deaf_is_left_at_the_timeout() {
    let server = Running::start(&[("drain_timeout_ms", "300")]).await;
    let (deaf, ear) = Holdable::new(TcpStream::connect(server.address).await.expect("a connection"));
    let raw = RawClient::connect(deaf).await;
    let (response, mut body) =
        raw.open(&RawRequest::new(path("AnnotateStream"), Vec::new())).await.expect("a stream");
    body.send_data(frame(0, &item(1).encode_to_vec()).into(), false).expect("room");
    let _response = soon("the head of the answer", response).await.expect("an answer");
    ear.hold();
    server.stop().await;
}

/// Waits until the server listens no more: then it turns new calls away.
async fn until_closed(server: &Running) {
    let closed = async {
        while let Ok(connection) = TcpStream::connect(server.address).await {
            drop(connection);
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    soon("the listener's end", closed).await;
}

/// A stream whose reading can be held, so that what the other side says is not heard for a while.
struct Holdable {
    inner: TcpStream,
    held: Arc<Hold>,
}

#[derive(Default)]
struct Hold {
    held: AtomicBool,
    written: AtomicUsize,
    waker: Mutex<Option<Waker>>,
}

impl Holdable {
    fn new(inner: TcpStream) -> (Self, Arc<Hold>) {
        let held = Arc::new(Hold::default());
        (Self { inner, held: Arc::clone(&held) }, held)
    }
}

impl Hold {
    fn hold(&self) {
        self.held.store(true, Ordering::SeqCst);
    }

    fn release(&self) {
        self.held.store(false, Ordering::SeqCst);
        if let Some(waker) = self.waker.lock().expect("no panic").take() {
            waker.wake();
        }
    }
}

impl AsyncRead for Holdable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        *self.held.waker.lock().expect("no panic") = Some(cx.waker().clone());
        if self.held.held.load(Ordering::SeqCst) {
            return Poll::Pending;
        }
        Pin::new(&mut self.inner).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Holdable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, bytes);
        if let Poll::Ready(Ok(count)) = written {
            self.held.written.fetch_add(count, Ordering::SeqCst);
        }
        written
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

/// Bytes that HTTP/2 puts before the content of each frame.
const FRAME_HEAD: usize = 9;

/// A call that comes on an old connection after the server began to close, from a client that has not
/// heard of that yet.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_after_the_close_is_turned_away() {
    let mut server = Running::start(&[("drain_timeout_ms", "3600000")]).await;
    let (connection, ear) = Holdable::new(TcpStream::connect(server.address).await.expect("a connection"));
    let raw = RawClient::connect(connection).await;
    let good = RawRequest::new(path("Annotate"), frame(0, &annotate(TEXT).encode_to_vec()));
    let answer = raw.call(&good).await.expect("an answer");
    assert_eq!(answer.status.map(|status| status.code()), Some(Code::Ok));

    ear.hold();
    server.begin_stop();
    until_closed(&server).await;
    let before = ear.written.load(Ordering::SeqCst);
    let (response, mut body) = raw.open(&good).await.expect("a stream, since the client knows nothing");
    body.send_data(good.body[0].clone().into(), true).expect("room");
    let probe = RawRequest::new("/grpc.health.v1.Health/Check".to_owned(), frame(0, b""));
    let (health, mut probe_body) = raw.open(&probe).await.expect("a stream");
    probe_body.send_data(probe.body[0].clone().into(), true).expect("room");
    // The calls are on their way before the client hears that the server goes.
    let sent = async {
        while ear.written.load(Ordering::SeqCst)
            < before + good.body[0].len() + probe.body[0].len() + 2 * FRAME_HEAD
        {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    soon("the call's way out", sent).await;
    ear.release();
    let answer = soon("an answer", read(response)).await.expect("an answer");
    Refusal::new(Code::Unavailable, "DRAINING").check("a late call", &answer.status.expect("a status"));
    // A probe on an old connection still learns what is the matter.
    let probed = soon("an answer", read(health)).await.expect("an answer");
    assert_eq!(probed.status.map(|status| status.code()), Some(Code::Ok));
    let says = HealthCheckResponse::decode(&probed.body[5..]).expect("health");
    assert_eq!(HealthCheckResponse::status(&says), ServingStatus::NotServing);
    server.stop().await;
}

/// Counts calls that came in, and calls that were answered, by code.
#[derive(Default)]
struct Counts {
    accepted: AtomicUsize,
    closed: AtomicUsize,
    ok: AtomicUsize,
    unavailable: AtomicUsize,
    others: AtomicUsize,
}

struct Counter(Arc<Counts>);

impl<S> tracing_subscriber::Layer<S> for Counter
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    fn on_new_span(
        &self,
        attributes: &tracing::span::Attributes<'_>,
        id: &tracing::span::Id,
        cx: tracing_subscriber::layer::Context<'_, S>,
    ) {
        let mut ours = IsOurs(false);
        attributes.record(&mut ours);
        if attributes.metadata().name() == "call" && ours.0 {
            self.0.accepted.fetch_add(1, Ordering::SeqCst);
            if let Some(span) = cx.span(id) {
                span.extensions_mut().insert(ours);
            }
        }
    }

    fn on_event(&self, event: &tracing::Event<'_>, cx: tracing_subscriber::layer::Context<'_, S>) {
        let ours = cx.event_span(event).is_some_and(|span| span.extensions().get::<IsOurs>().is_some());
        let mut code = StatusCode(None);
        event.record(&mut code);
        let counter = match code.0 {
            Some(0) => &self.0.ok,
            Some(14) => &self.0.unavailable,
            Some(_) => &self.0.others,
            None => return,
        };
        if ours {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn on_close(&self, id: tracing::span::Id, cx: tracing_subscriber::layer::Context<'_, S>) {
        if cx.span(&id).is_some_and(|span| span.extensions().get::<IsOurs>().is_some()) {
            self.0.closed.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Whether the span is of a call of the service, not of health.
struct IsOurs(bool);

impl tracing::field::Visit for IsOurs {
    fn record_debug(&mut self, _: &tracing::field::Field, _: &dyn std::fmt::Debug) {}

    fn record_str(&mut self, field: &tracing::field::Field, value: &str) {
        self.0 |= field.name() == "rpc.service" && value == SERVICE;
    }
}

struct StatusCode(Option<i64>);

impl tracing::field::Visit for StatusCode {
    fn record_debug(&mut self, _: &tracing::field::Field, _: &dyn std::fmt::Debug) {}

    fn record_i64(&mut self, field: &tracing::field::Field, value: i64) {
        if field.name() == "rpc.grpc.status_code" {
            self.0 = Some(value);
        }
    }
}

/// What became of a client's calls.
#[derive(Debug, Default, Clone, Copy)]
struct Fates {
    ok: usize,
    unavailable: usize,
    /// Refused before the server took them: GOAWAY with a lower number, or `REFUSED_STREAM`.
    never_accepted: usize,
    /// The connection was gone; whether the call was taken, only the server knows.
    gone: usize,
}

/// Calls in a loop until the server does not take calls any more.
async fn call_until_refused(raw: RawClient, request: RawRequest, answered: Arc<AtomicUsize>) -> Fates {
    let mut fates = Fates::default();
    loop {
        match raw.call(&request).await {
            Ok(answer) => {
                let status = answer.status.expect("an answer has a status");
                match status.code() {
                    Code::Ok => {
                        assert!(answer.body.len() > 5, "an answer has a message");
                        fates.ok += 1;
                        answered.fetch_add(1, Ordering::SeqCst);
                    }
                    Code::Unavailable => {
                        Refusal::new(Code::Unavailable, "DRAINING").check("under load", &status);
                        fates.unavailable += 1;
                        return fates;
                    }
                    _ => panic!("{status:?}"),
                }
            }
            Err(error) if error.is_go_away() || error.reason() == Some(h2::Reason::REFUSED_STREAM) => {
                fates.never_accepted += 1;
                return fates;
            }
            Err(error) if error.is_io() || error.get_io().is_some() => {
                fates.gone += 1;
                return fates;
            }
            Err(error) => {
                // `ready` on a connection that ended: nothing was sent.
                assert!(!error.is_reset(), "a call was reset: {error}");
                fates.never_accepted += 1;
                return fates;
            }
        }
    }
}

/// Each call that the server let in got its answer, and each answer reached its client.
fn no_accepted_call_is_lost(grace: &'static str) {
    let counts = Arc::new(Counts::default());
    // The server's threads, and they alone, tell the counter what they do.
    let subscriber =
        tracing::Dispatch::new(tracing_subscriber::registry().with(Counter(Arc::clone(&counts))));
    // While there is but one dispatcher, `tracing` asks the thread that first comes by an event whether anybody wants it: a
    // thread of another test, which has none, would silence it for all.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let threads = subscriber.clone();
    let server_runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .on_thread_start(move || std::mem::forget(tracing::dispatcher::set_default(&threads)))
        .build()
        .expect("a runtime");
    let clients_runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");

    let start = async { Running::start(&[("drain_grace_ms", grace), ("drain_timeout_ms", "60000")]).await };
    let mut server = server_runtime.block_on(async { tokio::spawn(start).await }).expect("it starts");
    let (stop, address) = (server.stopper(), server.address);
    // As the program does: what still runs when serve returns is gone.
    let serving = std::thread::spawn(move || {
        server_runtime.block_on(server.stop());
        server_runtime.shutdown_timeout(PATIENCE);
    });
    let fates = clients_runtime.block_on(async {
        let answered = Arc::new(AtomicUsize::new(0));
        let small = RawRequest::new(path("Normalize"), {
            let request = NormalizeRequest { document: Some(document(TEXT)), ..NormalizeRequest::default() };
            frame(0, &request.encode_to_vec())
        });
        let large = RawRequest::new(path("Annotate"), frame(0, &annotate(SAMPLES[0].1).encode_to_vec()));
        let mut loops = Vec::new();
        for _ in 0..6 {
            let raw = RawClient::connect(TcpStream::connect(address).await.expect("it listens")).await;
            for request in [&small, &large, &small, &large] {
                loops.push(tokio::spawn(call_until_refused(
                    raw.clone(),
                    request.clone(),
                    Arc::clone(&answered),
                )));
            }
        }
        let under_load = async {
            while answered.load(Ordering::SeqCst) < 200 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        soon("two hundred answers", under_load).await;
        stop.send(()).expect("it serves");
        let mut sum = Fates::default();
        for one in loops {
            let one = soon("a client's end", one).await.expect("no panic");
            sum.ok += one.ok;
            sum.unavailable += one.unavailable;
            sum.never_accepted += one.never_accepted;
            sum.gone += one.gone;
        }
        sum
    });
    serving.join().expect("serve ends well");

    let count = |counter: &AtomicUsize| counter.load(Ordering::SeqCst);
    let (accepted, ok, unavailable) =
        (count(&counts.accepted), count(&counts.ok), count(&counts.unavailable));
    let told = format!("{fates:?}; the server: {accepted} accepted, {ok} OK, {unavailable} UNAVAILABLE");
    assert_eq!(count(&counts.others), 0, "{told}");
    assert_eq!(accepted, ok + unavailable, "a call was let in and dropped: {told}");
    assert_eq!(accepted, count(&counts.closed), "a call never ended: {told}");
    assert_eq!(ok, fates.ok, "an answer did not reach its client: {told}");
    assert!(fates.ok >= 200, "{told}");
    assert_eq!(
        fates.unavailable + fates.never_accepted + fates.gone,
        24,
        "each loop ends by one refusal: {told}"
    );
}

#[test]
fn drain_under_load_without_grace_loses_no_accepted_call() {
    no_accepted_call_is_lost("0");
}

#[test]
fn drain_under_load_with_grace_loses_no_accepted_call() {
    no_accepted_call_is_lost("200");
}

#[test]
fn the_program_ends_well_at_a_signal() {
    for signal in ["-TERM", "-INT"] {
        let mut program = Program::start(&[]);
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        // An open connection and an answered call before; the connection stays open.
        let client = runtime.block_on(async {
            let endpoint = tonic::transport::Endpoint::from_shared(format!("http://{}", program.address()));
            let channel =
                soon("a connection", endpoint.expect("an address").connect()).await.expect("it listens");
            let mut client = warraq::proto::v1::text_processing_client::TextProcessingClient::new(channel);
            let answer = async {
                while let Err(status) = client.get_service_info(GetServiceInfoRequest {}).await {
                    assert_eq!(status.code(), Code::Unavailable, "it loads: {status:?}");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            soon("an answer", answer).await;
            client
        });
        program.signal(signal);
        let status = program.exit();
        assert_eq!(status.code(), Some(0), "{signal}: {status}");
        drop(client);
    }
}
