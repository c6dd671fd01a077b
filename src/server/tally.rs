//! What a call did, for its line in the log: how many documents, how large, how long each stage took.

use std::time::Duration;

use crate::service::Job;

/// Sums over the documents of one call.
#[derive(Debug, Default)]
pub(super) struct Tally {
    documents: usize,
    text_bytes: usize,
    response_bytes: usize,
    stages: Vec<(&'static str, Duration)>,
}

impl Tally {
    /// One document more, with what `job` took for it and the size of its answer.
    pub(super) fn add(&mut self, text_bytes: usize, job: &Job, response_bytes: usize) {
        self.documents += 1;
        self.text_bytes += text_bytes;
        self.response_bytes += response_bytes;
        for (name, time) in job.stages() {
            match self.stages.iter_mut().find(|(known, _)| *known == name) {
                Some((_, sum)) => *sum += time,
                None => self.stages.push((name, time)),
            }
        }
    }

    /// Writes the sums on the span of the call, which is the current one.
    pub(super) fn record(&self) {
        let span = tracing::Span::current();
        span.record("documents", self.documents);
        span.record("text_bytes", self.text_bytes);
        span.record("response_bytes", self.response_bytes);
        if !self.stages.is_empty() {
            let words: Vec<_> =
                self.stages.iter().map(|(name, time)| format!("{name}={}", time.as_micros())).collect();
            span.record("stages_us", words.join(" "));
        }
    }
}
