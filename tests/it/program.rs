//! The program itself, as a process.

use std::io::BufRead as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::PATIENCE;

/// The program itself; it is killed where a test fails.
pub(crate) struct Program {
    child: Child,
    address: String,
    log: Option<std::thread::JoinHandle<Vec<String>>>,
}

impl Program {
    /// Serves, with more flags.
    pub(crate) fn start(flags: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_warraq"))
            .args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json", "--drain-grace-ms", "100"])
            .args(flags)
            .env_remove("WARRAQ_CONFIG")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = child.stderr.take().expect("its log");
        let (found, address) = std::sync::mpsc::channel();
        let log = std::thread::spawn(move || {
            let mut lines = Vec::new();
            // To the end, or the program would wait for room in the pipe.
            for line in std::io::BufReader::new(log).lines().map_while(Result::ok) {
                let json: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
                if let Some(address) = json["fields"]["address"].as_str() {
                    let _ = found.send(address.to_owned());
                }
                lines.push(line);
            }
            lines
        });
        let address = address.recv_timeout(PATIENCE).expect("the log says where it listens");
        Self { child, address, log: Some(log) }
    }

    /// `HOST:PORT`.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.is_ok_and(|status| status.success()), "kill {signal}");
    }

    /// Its exit status, within the bound.
    pub(crate) fn exit(&mut self) -> std::process::ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return status;
            }
            assert!(begin.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Its log, line by line, once it has ended.
    pub(crate) fn log(&mut self) -> Vec<String> {
        self.log.take().and_then(|log| log.join().ok()).unwrap_or_default()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
