//! One piece of work: whether somebody still waits for it, and how long its stages took.

use std::cell::{OnceCell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use warraq_core::lexicon::Lexicon;

use crate::failure::Failure;

/// Whether somebody waits for an answer: until the deadline, or until they hang up.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    deadline: Option<Instant>,
    abandoned: Arc<AtomicBool>,
}

impl Waiting {
    /// Somebody who waits until `deadline`, or until `abandoned` is set.
    pub fn new(deadline: Option<Instant>, abandoned: Arc<AtomicBool>) -> Self {
        Self { deadline, abandoned }
    }

    fn is_over(&self) -> bool {
        self.abandoned.load(Ordering::Relaxed)
            || self.deadline.is_some_and(|deadline| deadline <= Instant::now())
    }
}

/// One document's work. Asked between stages, so that what nobody waits for stops there.
#[derive(Default)]
pub struct Job {
    waiting: Waiting,
    stages: RefCell<Vec<(&'static str, Duration)>>,
    own_names: OnceCell<Arc<Lexicon>>,
}

impl Job {
    /// Work for somebody who waits.
    pub fn new(waiting: Waiting) -> Self {
        Self { waiting, ..Self::default() }
    }

    /// For whom the work is done.
    pub fn waiting(&self) -> &Waiting {
        &self.waiting
    }

    /// Keeps the server's own names for as long as the work lasts, those that were given first.
    pub fn keep_names(&self, current: impl FnOnce() -> Arc<Lexicon>) -> &Lexicon {
        self.own_names.get_or_init(current)
    }

    /// Runs one stage and notes its time.
    ///
    /// # Errors
    /// [`Failure::DeadlineExceeded`] where the stage would start too late.
    pub fn stage<T>(&self, name: &'static str, run: impl FnOnce() -> T) -> Result<T, Failure> {
        self.check()?;
        let start = Instant::now();
        let result = run();
        self.stages.borrow_mut().push((name, start.elapsed()));
        Ok(result)
    }

    /// # Errors
    /// [`Failure::DeadlineExceeded`] where nobody waits any more (whoever hung up does not see it).
    pub fn check(&self) -> Result<(), Failure> {
        if self.waiting.is_over() { Err(Failure::DeadlineExceeded) } else { Ok(()) }
    }

    /// The stages so far with their times, in the order in which they ran.
    pub fn stages(&self) -> Vec<(&'static str, Duration)> {
        self.stages.borrow().clone()
    }
}
