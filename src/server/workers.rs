//! The threads that analyse texts, apart from those that talk to clients.
//!
//! An async thread must never be held for 500 µs. So all but the lightest work (`inline_bytes`) goes to a pool of
//! threads; a permit is taken first, and without one the call is refused, so that what waits is bounded.
//! Work whose caller has gone is skipped.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::config::Config;
use crate::failure::Failure;
use crate::service::{Job, Waiting};

/// The pool and its permits.
pub(super) struct Workers {
    pool: rayon::ThreadPool,
    permits: Arc<Semaphore>,
    max_pending: usize,
    inline_bytes: usize,
    retry_after: Duration,
}

/// Room for work that was admitted; given back when dropped.
pub(super) struct Permit(#[allow(dead_code)] OwnedSemaphorePermit);

/// Tells the work, when dropped, that nobody waits for it any more.
struct Abandon(Arc<AtomicBool>);

impl Drop for Abandon {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Workers {
    pub(super) fn new(config: &Config) -> Result<Self, rayon::ThreadPoolBuildError> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(config.workers)
            .thread_name(|n| format!("worker-{n}"))
            .build()?;
        let max_pending = config.max_pending.min(Semaphore::MAX_PERMITS);
        Ok(Self {
            pool,
            permits: Arc::new(Semaphore::new(max_pending)),
            max_pending,
            inline_bytes: config.inline_bytes,
            retry_after: config.retry_after_ms,
        })
    }

    /// Room for `documents`, or the refusal. A batch larger than all the room is admitted alone.
    pub(super) fn admit(&self, documents: usize) -> Result<Permit, Failure> {
        let many = u32::try_from(documents.min(self.max_pending)).unwrap_or(u32::MAX);
        let permit = Arc::clone(&self.permits).try_acquire_many_owned(many);
        permit.map(Permit).map_err(|_| Failure::Overloaded { retry_after: self.retry_after })
    }

    /// Room for one document of a stream, which waits for it: a stream has its own brake.
    pub(super) async fn admit_when_free(&self) -> Result<Permit, Failure> {
        // The semaphore is never closed.
        Arc::clone(&self.permits).acquire_owned().await.map(Permit).map_err(|_| Failure::Internal)
    }

    /// Does `work` that costs as much as analysing `cost` bytes: here where they are few, in the pool where
    /// they are many.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        permit: Permit,
        cost: usize,
        deadline: Option<Instant>,
        work: impl FnOnce(&Job) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Failure> {
        let abandoned = Arc::new(AtomicBool::new(false));
        let job = Job::new(Waiting::new(deadline, Arc::clone(&abandoned)));
        if cost <= self.inline_bytes {
            return guarded(|| finish(&job, work));
        }
        let _abandon = Abandon(abandoned);
        let span = tracing::Span::current();
        let (answer, answered) = oneshot::channel();
        self.pool.spawn(move || {
            let _permit = permit;
            let outcome = span.in_scope(|| guarded(|| finish(&job, work)));
            // Nobody receives it where the caller has gone.
            let _ = answer.send(outcome);
        });
        answered.await.unwrap_or(Err(Failure::Internal))
    }

    /// The cost of what runs in the pool whatever its size, since it spreads over the threads there.
    pub(super) fn cost_for_pool(&self) -> usize {
        self.inline_bytes.saturating_add(1)
    }
}

/// Runs `work` unless it is too late already.
fn finish<T>(job: &Job, work: impl FnOnce(&Job) -> Result<T, Failure>) -> Result<T, Failure> {
    job.check()?;
    work(job)
}

/// A panic is a fault of ours: it is logged by the panic hook and fails the one call, not the process.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Failure::Internal))
}
