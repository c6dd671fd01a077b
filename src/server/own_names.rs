//! The names of the server's own file (`lexicon`), read again when it changes.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use tokio_util::sync::CancellationToken;
use warraq_core::lexicon::Lexicon;

use crate::service::own_names;

/// Why the file cannot be used. Nothing of its content is told: it ends up in the log.
#[derive(Debug, thiserror::Error)]
pub enum NamesError {
    /// It cannot be read.
    #[error("lexicon {}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line of it is no row.
    #[error("lexicon {}: {source}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Which, and why.
        source: own_names::BadLine,
    },
}

/// The file and what it held when it was last read.
pub(super) struct OwnNames {
    path: PathBuf,
    current: RwLock<(Stamp, Arc<Lexicon>)>,
}

/// By what a changed file is known.
type Stamp = Option<(SystemTime, u64)>;

impl OwnNames {
    /// Reads the file at `path`.
    pub(super) fn read(path: PathBuf) -> Result<Self, NamesError> {
        // The stamp first: a change while it is read is then seen the next time.
        let stamp = stamp(&path);
        let names = Arc::new(names(&path)?);
        Ok(Self { path, current: RwLock::new((stamp, names)) })
    }

    /// The names in force. A call keeps those that it began with.
    pub(super) fn current(&self) -> Arc<Lexicon> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// Reads the file again where it has changed; whether it had.
    fn refresh(&self) -> Result<bool, NamesError> {
        let stamp = stamp(&self.path);
        let seen = |names: &RwLock<(Stamp, _)>| names.read().unwrap_or_else(PoisonError::into_inner).0;
        if stamp.is_none() || stamp == seen(&self.current) {
            // A file that is gone for a moment is one that is being replaced.
            return Ok(false);
        }
        let read = names(&self.path).map(Arc::new);
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        // A file that is wrong is complained of once, until it changes again.
        current.0 = stamp;
        current.1 = read?;
        Ok(true)
    }
}

/// Looks every `interval` whether the file has changed, until `closing`. What was in force stays so
/// where the new file is wrong.
///
/// The file is asked, not watched: mounted configuration is replaced by links and renames that
/// notifications miss.
pub(super) async fn watch(names: Arc<OwnNames>, interval: Duration, closing: CancellationToken) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = closing.cancelled() => return,
        }
        let asked = Arc::clone(&names);
        match tokio::task::spawn_blocking(move || asked.refresh()).await {
            Ok(Ok(true)) => tracing::info!(path = %names.path.display(), "lexicon read again"),
            Ok(Ok(false)) => {}
            Ok(Err(error)) => {
                tracing::error!(%error, "lexicon not read again: the names before stay in force");
            }
            Err(_) => tracing::error!("lexicon not read again: a fault of the program"),
        }
    }
}

fn stamp(path: &PathBuf) -> Stamp {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

fn names(path: &PathBuf) -> Result<Lexicon, NamesError> {
    let text =
        std::fs::read_to_string(path).map_err(|source| NamesError::File { path: path.clone(), source })?;
    own_names::of_file(&text).map_err(|source| NamesError::Line { path: path.clone(), source })
}
