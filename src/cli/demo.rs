//! `demo`: a server comes up on a free port and is asked the four calls on a document, over gRPC.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tonic::Code;

use super::asker::Asker;
use super::calls::{Call, Entities, Metadata, Normalize, Segment};
use super::document::{self, Input};
use super::options::Options;
use super::output::{self, Outcome, Output};
use super::problem::Problem;
use super::render::{Page, Source, terminal_width};
use crate::config::Config;
use crate::proto::v1::Document;
use crate::server::Server;

/// How long the server may take to read its data.
const PATIENCE: Duration = Duration::from_mins(1);

/// Answers each input by all four calls, then stops the server.
pub(super) fn run(inputs: &[Input], options: &Options, config: Config) -> ExitCode {
    match answer(inputs, options, config) {
        Ok(outcome) => outcome,
        Err(problem) => super::complain(&problem, 1),
    }
}

fn answer(inputs: &[Input], options: &Options, config: Config) -> Result<ExitCode, Problem> {
    let runtime = Runtime::new()?;
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let config = Config { listen, drain_grace_ms: Duration::ZERO, ..config };
    let failed = |error: crate::server::ServeError| Problem::Input(error.to_string());
    let server = runtime.block_on(Server::bind(config.clone())).map_err(failed)?;
    let address = server.address();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = runtime.spawn(server.serve(async {
        let _ = stopped.await;
    }));
    let uri = format!("http://{address}")
        .parse()
        .map_err(|error: http::uri::InvalidUri| Problem::Input(error.to_string()))?;
    let asker = Asker::new(Some(uri), None, config)?;
    wait_until_it_serves(&asker)?;

    let mut output = Output::default();
    let mut printed = Ok(());
    for input in inputs {
        let outcome = match four_calls(input, options, &asker, address) {
            Ok(text) => Outcome::Answer(text),
            Err(problem) => Outcome::Complaint(format!("{}: {problem}", input.name())),
        };
        printed = printed.and_then(|()| output.put(&outcome));
    }
    let _ = stop.send(());
    runtime.block_on(serving).map_err(|error| Problem::Input(error.to_string()))?.map_err(failed)?;
    Ok(output.end(printed))
}

/// A server that is still loading says so.
fn wait_until_it_serves(asker: &Asker) -> Result<(), Problem> {
    let start = Instant::now();
    loop {
        match asker.info() {
            Err(status) if status.code() == Code::Unavailable && start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(10));
            }
            other => return other.map(|_| ()).map_err(Problem::from),
        }
    }
}

fn four_calls(
    input: &Input,
    options: &Options,
    asker: &Asker,
    address: SocketAddr,
) -> Result<String, Problem> {
    let document = document::read(input, options, asker.max_text_bytes())?;
    let mut page = Page::new(terminal_width(), output::coloured());
    page.title(&format!("{} by grpc://{address}", input.name()));
    section::<Metadata>(&mut page, &document, options, asker, "SummarizeMetadata")?;
    section::<Segment>(&mut page, &document, options, asker, "Segment")?;
    section::<Entities>(&mut page, &document, options, asker, "ExtractEntities")?;
    section::<Normalize>(&mut page, &document, options, asker, "Normalize")?;
    Ok(page.finish())
}

/// One call's answer, with how long the caller waited for it.
fn section<C: Call>(
    page: &mut Page,
    document: &Document,
    options: &Options,
    asker: &Asker,
    rpc: &str,
) -> Result<(), Problem> {
    let request = C::request(document.clone(), options);
    let start = Instant::now();
    let response = asker.ask::<C>(request)?;
    let waited = start.elapsed();
    let mut heading = rpc.to_owned();
    // Writing to a string does not fail.
    let _ = write!(heading, " · {:.1} ms", waited.as_secs_f64() * 1e3);
    page.heading(&heading);
    let text = document::text(document);
    let reduced = document::reduced(document, &text);
    C::render(page, &Source::new(&text, C::unit(&response)).reduced(reduced.as_ref()), &response);
    Ok(())
}
