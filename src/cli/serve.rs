//! `warraq serve` and `warraq config`.

use std::io::Write as _;
use std::process::ExitCode;

use comfy_table::{ContentArrangement, Table, presets};
use tokio::signal::unix::{SignalKind, signal};

use super::complain;
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
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(["knob", "value", "from", "unit", "default"]);
    for (knob, value, origin) in loaded.entries() {
        table.add_row([knob.name, &value, &origin.to_string(), knob.unit, knob.default]);
    }
    match writeln!(anstream::stdout(), "{table}") {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
