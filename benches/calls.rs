//! Calls a second of each call on an article of 4 KiB, as a share of a bare tonic echo of one `string`
//! field (no layers) in the same run, by the same client over loopback.
//!
//! `cargo bench --bench calls` prints the table of `docs/performance.md`; behind `--` a part of their names
//! chooses calls. Client and server share this process and the machine's cores; the shares, not the absolute
//! numbers, are what to compare. What else runs on the machine changes the calls a second, and hardly the
//! processor time of a call.

#![allow(missing_docs, clippy::print_stdout, clippy::cast_precision_loss)]

use std::convert::Infallible;
use std::future::{Future, Ready, ready};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use http::uri::PathAndQuery;
use prost::Message;
use tokio::net::TcpListener;
use tonic::body::Body;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Server};
use tonic::{Request, Response, Status};
use tonic_prost::ProstCodec;
use warraq::config::Config;
use warraq::proto::v1;

/// The service's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rounds over all calls; the median of each is told, so that a drift of the machine hits all alike.
const ROUNDS: usize = 5;
/// How long each call is made in one round.
const SPELL: Duration = Duration::from_millis(1500);
/// Callers at the same time, over one connection each two.
const CALLERS: usize = 8;

#[derive(Clone, PartialEq, Message)]
struct Text {
    #[prost(string, tag = "1")]
    text: String,
}

#[derive(Clone)]
struct Echo;

impl tonic::server::UnaryService<Text> for Echo {
    type Response = Text;
    type Future = Ready<Result<Response<Text>, Status>>;

    fn call(&mut self, request: Request<Text>) -> Self::Future {
        ready(Ok(Response::new(request.into_inner())))
    }
}

impl tonic::server::NamedService for Echo {
    const NAME: &'static str = "bench.Echo";
}

impl tower::Service<http::Request<Body>> for Echo {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        Box::pin(async move {
            let mut grpc = tonic::server::Grpc::new(ProstCodec::<Text, Text>::default());
            Ok(grpc.unary(Echo, request).await)
        })
    }
}

/// An encoded request and the path of its call.
#[derive(Clone)]
struct Call {
    name: &'static str,
    path: &'static str,
    request: RawMessage,
    server: SocketAddr,
}

/// A message that is already encoded: the client's own work is the same whatever the call.
#[derive(Clone, Debug, Default, PartialEq)]
struct RawMessage(bytes::Bytes);

#[derive(Default)]
struct RawCodec;

impl tonic::codec::Codec for RawCodec {
    type Encode = RawMessage;
    type Decode = RawMessage;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl tonic::codec::Encoder for RawCodec {
    type Item = RawMessage;
    type Error = Status;

    fn encode(&mut self, item: RawMessage, buffer: &mut tonic::codec::EncodeBuf<'_>) -> Result<(), Status> {
        bytes::BufMut::put(buffer, item.0);
        Ok(())
    }
}

impl tonic::codec::Decoder for RawCodec {
    type Item = RawMessage;
    type Error = Status;

    fn decode(&mut self, buffer: &mut tonic::codec::DecodeBuf<'_>) -> Result<Option<RawMessage>, Status> {
        let length = bytes::Buf::remaining(buffer);
        Ok(Some(RawMessage(bytes::Buf::copy_to_bytes(buffer, length))))
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(run());
}

#[allow(clippy::too_many_lines)] // A table of the calls.
async fn run() {
    let article = article();
    let echo = serve_echo().await;
    let server = warraq::server::Server::bind(Config { listen: any_port(), ..Config::default() })
        .await
        .expect("a port");
    let warraq = server.address();
    tokio::spawn(server.serve(std::future::pending()));

    let document = || {
        Some(v1::Document { source: Some(v1::document::Source::Text(article.clone())), ..Default::default() })
    };
    let raw = |message: &dyn Encode| RawMessage(message.encoded());
    let call = |name, path, request, server| Call { name, path, request, server };
    let calls = [
        call("echo", "/bench.Echo/Say", raw(&Text { text: article.clone() }), echo),
        call(
            "Normalize (display)",
            "/warraq.v1.TextProcessing/Normalize",
            raw(&v1::NormalizeRequest { document: document(), ..Default::default() }),
            warraq,
        ),
        call(
            "Normalize (search)",
            "/warraq.v1.TextProcessing/Normalize",
            raw(&v1::NormalizeRequest {
                document: document(),
                preset: "search".to_owned(),
                ..Default::default()
            }),
            warraq,
        ),
        call(
            "Normalize (search, no alignment)",
            "/warraq.v1.TextProcessing/Normalize",
            raw(&v1::NormalizeRequest {
                document: document(),
                preset: "search".to_owned(),
                alignment: Some(false),
                ..Default::default()
            }),
            warraq,
        ),
        call(
            "Segment",
            "/warraq.v1.TextProcessing/Segment",
            raw(&v1::SegmentRequest { document: document(), ..Default::default() }),
            warraq,
        ),
        call(
            "ExtractEntities",
            "/warraq.v1.TextProcessing/ExtractEntities",
            raw(&v1::ExtractEntitiesRequest { document: document(), ..Default::default() }),
            warraq,
        ),
        call(
            "SummarizeMetadata",
            "/warraq.v1.TextProcessing/SummarizeMetadata",
            raw(&v1::SummarizeMetadataRequest { document: document(), ..Default::default() }),
            warraq,
        ),
        call(
            "Annotate",
            "/warraq.v1.TextProcessing/Annotate",
            raw(&v1::AnnotateRequest { document: document(), ..Default::default() }),
            warraq,
        ),
    ];
    let asked = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    let calls: Vec<Call> =
        calls.into_iter().filter(|call| call.name == "echo" || call.name.contains(&asked)).collect();
    for call in &calls {
        wait_until_it_answers(call).await;
    }
    let mut rates = vec![Vec::new(); calls.len()];
    for _ in 0..ROUNDS {
        for (call, rates) in calls.iter().zip(&mut rates) {
            rates.push(rate(call).await);
        }
    }
    println!(
        "{ROUNDS} rounds of {} s a call, {CALLERS} callers, {} bytes of text",
        SPELL.as_secs_f64(),
        article.len()
    );
    println!(
        "| call | calls/s (median) | share of the echo | min–max of the shares | processor µs | share of them |"
    );
    println!("|---|---:|---:|---:|---:|---:|");
    let of = |rates: &[Rate], what: fn(&Rate) -> f64| rates.iter().map(what).collect::<Vec<_>>();
    let shares =
        |ones: &[f64], others: &[f64]| ones.iter().zip(others).map(|(a, b)| a / b).collect::<Vec<_>>();
    let (echo_calls, echo_times) = (of(&rates[0], |rate| rate.calls), of(&rates[0], |rate| rate.time));
    for (call, rates) in calls.iter().zip(&rates) {
        let (calls, times) = (of(rates, |rate| rate.calls), of(rates, |rate| rate.time));
        let (by_calls, by_time) = (shares(&calls, &echo_calls), shares(&echo_times, &times));
        let (low, high) =
            by_calls.iter().fold((f64::MAX, 0.0_f64), |(low, high), &s| (low.min(s), high.max(s)));
        println!(
            "| {} | {:.0} | {:.3} | {low:.3}–{high:.3} | {:.1} | {:.3} |",
            call.name,
            median(&calls),
            median(&by_calls),
            median(&times) * 1e6,
            median(&by_time)
        );
    }
}

/// A sample article, made 4 KiB long by the beginning of another.
fn article() -> String {
    let text = concat!(
        include_str!("../samples/conflict-levant.ar.txt"),
        "\n\n",
        include_str!("../samples/economy-gulf.ar.txt")
    );
    text[..text.floor_char_boundary(4096)].to_owned()
}

fn any_port() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 0))
}

trait Encode {
    fn encoded(&self) -> bytes::Bytes;
}

impl<M: Message> Encode for M {
    fn encoded(&self) -> bytes::Bytes {
        self.encode_to_vec().into()
    }
}

async fn serve_echo() -> SocketAddr {
    let listener = TcpListener::bind(any_port()).await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    tokio::spawn(Server::builder().add_service(Echo).serve_with_incoming(incoming));
    address
}

async fn channel(server: SocketAddr) -> Channel {
    Channel::from_shared(format!("http://{server}"))
        .expect("a URI")
        .tcp_nodelay(true)
        .connect()
        .await
        .expect("a connection")
}

async fn make(channel: Channel, call: &Call) -> Result<(), Status> {
    let mut client = tonic::client::Grpc::new(channel).max_decoding_message_size(64 << 20);
    client.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
    client
        .unary(Request::new(call.request.clone()), PathAndQuery::from_static(call.path), RawCodec)
        .await
        .map(|_| ())
}

async fn wait_until_it_answers(call: &Call) {
    let channel = channel(call.server).await;
    for _ in 0..600 {
        match make(channel.clone(), call).await {
            Ok(()) => return,
            Err(status) if status.code() == tonic::Code::Unavailable => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(status) => panic!("{}: {status}", call.name),
        }
    }
    panic!("{} does not answer", call.name);
}

/// How fast a call is answered.
#[derive(Clone, Copy)]
struct Rate {
    /// Calls a second.
    calls: f64,
    /// Processor seconds that a call takes, the client's and the kernel's among them.
    time: f64,
}

async fn rate(call: &Call) -> Rate {
    let (count, over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let mut callers = Vec::new();
    let mut shared = channel(call.server).await;
    let (start, used) = (Instant::now(), processor_time());
    for i in 0..CALLERS {
        if i % 2 == 0 {
            shared = channel(call.server).await;
        }
        let (channel, call, count, over) =
            (shared.clone(), call.clone(), Arc::clone(&count), Arc::clone(&over));
        callers.push(tokio::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                make(channel.clone(), &call).await.expect("an answer");
                count.fetch_add(1, Ordering::Relaxed);
            }
        }));
    }
    tokio::time::sleep(SPELL).await;
    over.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.expect("a caller");
    }
    let count = count.load(Ordering::Relaxed) as f64;
    Rate { calls: count / start.elapsed().as_secs_f64(), time: (processor_time() - used) / count }
}

/// Processor seconds that this process has used, to a hundredth; none where the system does not say.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // Behind the name in parentheses, the 12th and 13th fields count ticks of 10 ms.
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
    ticks.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
