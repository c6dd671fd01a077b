//! `warraq serve` and `warraq config`.

use std::process::ExitCode;

use tokio::signal::unix::{SignalKind, signal};

use super::complain;
use super::output::{self, Outcome, Output};
use super::render::{self, Page};
use crate::config::{Config, Loaded};
use crate::server::Server;
use crate::telemetry;

/// Serves until SIGTERM or SIGINT, then drains; exit status 0 where that went well.
pub(super) fn serve(config: Config) -> ExitCode {
    telemetry::start(&config);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error, 1),
    };
    let outcome = runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let mut interrupt = signal(SignalKind::interrupt())?;
        let server = Server::bind(config).await?;
        let stop = async move {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        };
        server.serve(stop).await?;
        Ok::<(), Box<dyn std::error::Error>>(())
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(&*error, 1),
    }
}

/// Prints every knob: its value, where that came from, its default and unit.
pub(super) fn print_config(loaded: &Loaded) -> ExitCode {
    let mut page = Page::new(render::terminal_width(), output::coloured());
    render::knobs(&mut page, loaded);
    let mut output = Output::default();
    let printed = output.put(&Outcome::Answer(page.finish()));
    output.end(printed)
}
