//! Who answers a request: this process, or a server.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use prost::Message as _;
use tonic::Status;
use warraq_core::Knowledge;
use warraq_core::lexicon::Lexicon;

use super::calls::Call;
use super::options;
use super::problem::Problem;
use super::remote::Remote;
use crate::config::Config;
use crate::failure::{Exceeded, Failure};
use crate::proto::v1::GetServiceInfoResponse;
use crate::service::{Context, Job, service_info};

/// How many requests a server is asked at a time.
const REMOTE_AT_A_TIME: usize = 8;

/// Text files of a server's are bounded by what a message can carry at most.
const REMOTE_TEXT_BYTES: usize = 1 << 30;

/// Who answers.
pub(super) enum Asker {
    /// This process, within the limits in force.
    Local { knowledge: Box<Knowledge>, own_names: Option<Box<Lexicon>>, config: Box<Config> },
    /// The server of `--addr`, within its own limits.
    Remote(Box<Remote>),
}

impl Asker {
    /// `names_file` goes before the configuration's.
    pub(super) fn new(
        address: Option<http::Uri>,
        names_file: Option<&Path>,
        config: Config,
    ) -> Result<Self, Problem> {
        if let Some(address) = address {
            return Ok(Self::Remote(Box::new(Remote::new(address)?)));
        }
        let knowledge = warraq_knowledge::built_in().map_err(|error| Problem::Input(error.to_string()))?;
        let names_file = names_file.or(config.lexicon.0.as_deref());
        let own_names = names_file.map(options::lexicon).transpose()?.map(Box::new);
        Ok(Self::Local { knowledge: Box::new(knowledge), own_names, config: Box::new(config) })
    }

    /// The answer, or the status that gRPC would give.
    pub(super) fn ask<C: Call>(&self, request: C::Request) -> Result<C::Response, Status> {
        match self {
            Self::Remote(remote) => remote.ask::<C>(request),
            Self::Local { knowledge, own_names, config } => {
                // As in the server, a fault of ours fails the one request, not the run.
                let answer = || answer::<C>(&request, knowledge, own_names.as_deref(), config);
                catch_unwind(AssertUnwindSafe(answer)).unwrap_or(Err(Failure::Internal)).map_err(Status::from)
            }
        }
    }

    /// What whoever answers fills.
    pub(super) fn info(&self) -> Result<GetServiceInfoResponse, Status> {
        match self {
            Self::Remote(remote) => remote.info(),
            Self::Local { config, .. } => Ok(service_info::call(config)),
        }
    }

    /// How many threads are of use; 0 means one a core.
    pub(super) fn threads(&self) -> usize {
        match self {
            Self::Remote(_) => REMOTE_AT_A_TIME,
            Self::Local { config, .. } => config.workers,
        }
    }

    /// More of a document need not be read.
    pub(super) fn max_text_bytes(&self) -> usize {
        match self {
            Self::Remote(_) => REMOTE_TEXT_BYTES,
            Self::Local { config, .. } => config.max_text_bytes,
        }
    }

    /// The longest line of `--requests`. JSON takes at most six bytes (`\u0000`) for one of the message.
    pub(super) fn max_line_bytes(&self) -> usize {
        match self {
            Self::Remote(_) => REMOTE_TEXT_BYTES,
            Self::Local { config, .. } => config.max_message_bytes_in.saturating_mul(6),
        }
    }
}

/// Answers within the limits that the server has for messages: the same request has the same outcome.
fn answer<C: Call>(
    request: &C::Request,
    knowledge: &Knowledge,
    own_names: Option<&Lexicon>,
    config: &Config,
) -> Result<C::Response, Failure> {
    let over = |size: usize, limit: usize| {
        (size > limit).then_some(Exceeded { limit, found: Some(size), unit: "bytes" })
    };
    if let Some(exceeded) = over(request.encoded_len(), config.max_message_bytes_in) {
        return Err(Failure::RequestTooLarge(exceeded));
    }
    let response = C::answer(Context { knowledge, own_names, config, job: &Job::default() }, request)?;
    match over(response.encoded_len(), config.max_message_bytes_out) {
        Some(exceeded) => Err(Failure::ResponseTooLarge(exceeded)),
        None => Ok(response),
    }
}
