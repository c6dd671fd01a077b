//! The service: takes a permit, hands the request to its call, gives the answer its limits.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use futures_util::stream::{self, Stream, StreamExt as _};
use prost::Message;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use tonic::{Request, Response, Status, Streaming};

use super::Shared;
use super::layers::deadline::Deadline;
use super::status::item_status;
use super::tally::Tally;
use super::workers::guarded;
use crate::failure::{Exceeded, Failure, Reason};
use crate::proto::v1::text_processing_server::TextProcessing;
use crate::proto::v1::{
    AnnotateRequest, AnnotateResponse, AnnotateStreamConfig, AnnotateStreamItem, AnnotateStreamRequest,
    AnnotateStreamResponse, BatchAnnotateRequest, BatchAnnotateResponse, BatchAnnotateResult, Document,
    ExtractEntitiesRequest, ExtractEntitiesResponse, GetServiceInfoRequest, GetServiceInfoResponse,
    NormalizeRequest, NormalizeResponse, SegmentRequest, SegmentResponse, SummarizeMetadataRequest,
    SummarizeMetadataResponse, annotate_stream_request, annotate_stream_response, batch_annotate_result,
};
use crate::service::{self, Context, Job, text_bytes};

/// The service over what all calls share.
#[derive(Clone)]
pub(super) struct Calls(pub(super) Arc<Shared>);

impl Calls {
    /// Answers one unary call, whose work costs as much as analysing `cost` bytes for a request of so many.
    async fn answer<Q, A>(
        &self,
        request: Request<Q>,
        document: fn(&Q) -> Option<&Document>,
        call: fn(Context, &Q) -> Result<A, Failure>,
        cost: fn(&Q, usize) -> usize,
    ) -> Result<Response<A>, Status>
    where
        Q: Message + 'static,
        A: Message + 'static,
    {
        let deadline = deadline(&request);
        let request = request.into_inner();
        // All of the request makes work, not its text alone: lexicon rows, steps, a mask.
        let cost = cost(&request, request.encoded_len());
        let permit = self.0.workers.admit(1)?;
        let shared = Arc::clone(&self.0);
        let work = move |job: &Job| {
            let outcome = shared.context(job).and_then(|cx| call(cx, &request));
            let size = size_of_answer(&outcome);
            let mut tally = Tally::default();
            tally.add(text_bytes(document(&request)), job, size);
            tally.record();
            within_limit(outcome?, size, &shared)
        };
        Ok(Response::new(self.0.workers.run(permit, cost, deadline, work).await?))
    }

    /// Answers one item of a stream.
    async fn answer_item(
        &self,
        request: AnnotateRequest,
        deadline: Option<Instant>,
        tally: Arc<Mutex<Tally>>,
    ) -> Result<AnnotateResponse, Failure> {
        let permit = self.0.workers.admit_when_free().await?;
        let cost = request.encoded_len();
        let shared = Arc::clone(&self.0);
        let work = move |job: &Job| {
            let outcome = shared.context(job).and_then(|cx| service::annotate::call(cx, &request));
            let size = size_of_answer(&outcome);
            locked(&tally).add(text_bytes(request.document.as_ref()), job, size);
            within_limit(outcome?, size, &shared)
        };
        self.0.workers.run(permit, cost, deadline, work).await
    }
}

/// The cost of a call that analyses the text: the measure of all others.
fn analysis<Q>(_: &Q, bytes: usize) -> usize {
    bytes
}

/// When the client stops waiting.
fn deadline<T>(request: &Request<T>) -> Option<Instant> {
    request.extensions().get::<Deadline>().map(|deadline| deadline.0)
}

fn size_of_answer<A: Message>(outcome: &Result<A, Failure>) -> usize {
    outcome.as_ref().map_or(0, Message::encoded_len)
}

/// Whoever panicked while counting left sums that are still numbers.
fn locked(tally: &Mutex<Tally>) -> MutexGuard<'_, Tally> {
    tally.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The answer, which has `size` bytes, unless it is larger than clients are promised.
fn within_limit<A>(answer: A, size: usize, shared: &Shared) -> Result<A, Failure> {
    let limit = shared.config.max_message_bytes_out;
    if size > limit {
        return Err(Failure::ResponseTooLarge(Exceeded { limit, found: Some(size), unit: "bytes" }));
    }
    Ok(answer)
}

#[tonic::async_trait]
impl TextProcessing for Calls {
    async fn normalize(
        &self,
        request: Request<NormalizeRequest>,
    ) -> Result<Response<NormalizeResponse>, Status> {
        self.answer(
            request,
            |request| request.document.as_ref(),
            service::normalize::call,
            service::normalize::cost,
        )
        .await
    }

    async fn segment(&self, request: Request<SegmentRequest>) -> Result<Response<SegmentResponse>, Status> {
        self.answer(request, |request| request.document.as_ref(), service::segment::call, analysis).await
    }

    async fn extract_entities(
        &self,
        request: Request<ExtractEntitiesRequest>,
    ) -> Result<Response<ExtractEntitiesResponse>, Status> {
        self.answer(request, |request| request.document.as_ref(), service::extract_entities::call, analysis)
            .await
    }

    async fn summarize_metadata(
        &self,
        request: Request<SummarizeMetadataRequest>,
    ) -> Result<Response<SummarizeMetadataResponse>, Status> {
        self.answer(request, |request| request.document.as_ref(), service::summarize_metadata::call, analysis)
            .await
    }

    async fn annotate(
        &self,
        request: Request<AnnotateRequest>,
    ) -> Result<Response<AnnotateResponse>, Status> {
        self.answer(request, |request| request.document.as_ref(), service::annotate::call, analysis).await
    }

    async fn batch_annotate(
        &self,
        request: Request<BatchAnnotateRequest>,
    ) -> Result<Response<BatchAnnotateResponse>, Status> {
        let deadline = deadline(&request);
        let batch = request.into_inner();
        service::batch_annotate::check(&batch, &self.0.config)?;
        let permit = self.0.workers.admit(batch.requests.len())?;
        let shared = Arc::clone(&self.0);
        let work = move |job: &Job| {
            let waiting = job.waiting();
            let tally = Mutex::new(Tally::default());
            // Results stand in the order of the requests, however many threads take part.
            let results = batch.requests.par_iter().map(|request| {
                let job = Job::new(waiting.clone());
                // A panic over one document fails that one.
                let outcome = guarded(|| service::annotate::call(shared.context(&job)?, request));
                let size = size_of_answer(&outcome);
                locked(&tally).add(text_bytes(request.document.as_ref()), &job, size);
                batch_result(request, outcome)
            });
            let results = results.collect();
            locked(&tally).record();
            job.check()?;
            let response = BatchAnnotateResponse { results };
            let size = response.encoded_len();
            within_limit(response, size, &shared)
        };
        let cost = self.0.workers.cost_for_pool();
        Ok(Response::new(self.0.workers.run(permit, cost, deadline, work).await?))
    }

    type AnnotateStreamStream = Pin<Box<dyn Stream<Item = Result<AnnotateStreamResponse, Status>> + Send>>;

    async fn annotate_stream(
        &self,
        request: Request<Streaming<AnnotateStreamRequest>>,
    ) -> Result<Response<Self::AnnotateStreamStream>, Status> {
        let deadline = deadline(&request);
        let answers = answers(self.clone(), request.into_inner(), deadline);
        let cut = self.0.cut.clone().cancelled_owned();
        let end = async move {
            tokio::select! {
                () = cut => Failure::Unavailable { reason: "DRAINING" },
                failure = passed(deadline) => failure,
            }
        };
        Ok(Response::new(Box::pin(until(answers, end))))
    }

    async fn get_service_info(
        &self,
        _request: Request<GetServiceInfoRequest>,
    ) -> Result<Response<GetServiceInfoResponse>, Status> {
        let info = service::service_info::call(&self.0.config);
        let size = info.encoded_len();
        Ok(Response::new(within_limit(info, size, &self.0)?))
    }
}

fn batch_result(
    request: &AnnotateRequest,
    outcome: Result<AnnotateResponse, Failure>,
) -> BatchAnnotateResult {
    let document_id = request.document.as_ref().map(|document| document.id.clone()).unwrap_or_default();
    let result = match outcome {
        Ok(response) => batch_annotate_result::Result::Response(response),
        Err(failure) => batch_annotate_result::Result::Error(item_status(failure)),
    };
    BatchAnnotateResult { document_id, result: Some(result) }
}

/// The answers to a stream's items. Its first message may say how the others are to be read.
fn answers(
    calls: Calls,
    mut incoming: Streaming<AnnotateStreamRequest>,
    deadline: Option<Instant>,
) -> impl Stream<Item = Result<AnnotateStreamResponse, Status>> + Send {
    stream::once(async move {
        let first = incoming.next().await;
        let (config, first) = match first {
            Some(Ok(AnnotateStreamRequest { kind: Some(annotate_stream_request::Kind::Config(config)) })) => {
                (config, None)
            }
            first => (AnnotateStreamConfig::default(), first),
        };
        let defaults = config.defaults.unwrap_or_default();
        if let Err(failure) = service::annotate::check_defaults(&defaults, &calls.0.config) {
            let ended: Result<AnnotateStreamResponse, Status> = Err(failure.under("config.defaults.").into());
            return stream::iter([ended]).boxed();
        }
        let concurrency = calls.0.config.stream_concurrency;
        let defaults = Arc::new(defaults);
        let tally = Arc::new(Mutex::new(Tally::default()));
        let sums = Arc::clone(&tally);
        let work = stream::iter(first).chain(incoming).map(move |message| {
            let (calls, defaults, tally) = (calls.clone(), Arc::clone(&defaults), Arc::clone(&tally));
            async move { answer_message(&calls, message?, &defaults, deadline, tally).await }
        });
        let answers = if config.allow_reordering {
            work.buffer_unordered(concurrency).boxed()
        } else {
            work.buffered(concurrency).boxed()
        };
        let at_the_end =
            stream::once(async move { locked(&sums).record() }).filter_map(|()| std::future::ready(None));
        answers.chain(at_the_end).boxed()
    })
    .flatten()
}

async fn answer_message(
    calls: &Calls,
    message: AnnotateStreamRequest,
    defaults: &AnnotateRequest,
    deadline: Option<Instant>,
    tally: Arc<Mutex<Tally>>,
) -> Result<AnnotateStreamResponse, Status> {
    let AnnotateStreamItem { sequence, request } = match message.kind {
        Some(annotate_stream_request::Kind::Item(item)) => item,
        Some(annotate_stream_request::Kind::Config(_)) => {
            let problem = "must be the first message of the stream";
            return Err(Failure::field(Reason::StreamConfigMisplaced, "config", problem).into());
        }
        None => {
            let failure =
                Failure::field(Reason::InvalidValue, "item", "the message has neither config nor item");
            return Ok(stream_response(0, Err(failure)));
        }
    };
    let request = service::annotate::with_defaults(request.unwrap_or_default(), defaults);
    Ok(stream_response(sequence, calls.answer_item(request, deadline, tally).await))
}

fn stream_response(sequence: i64, outcome: Result<AnnotateResponse, Failure>) -> AnnotateStreamResponse {
    let result = match outcome {
        Ok(response) => annotate_stream_response::Result::Response(response),
        Err(failure) => annotate_stream_response::Result::Error(item_status(failure)),
    };
    AnnotateStreamResponse { sequence, result: Some(result) }
}

/// Ready when the deadline passes, never where there is none.
async fn passed(deadline: Option<Instant>) -> Failure {
    match deadline {
        Some(deadline) => tokio::time::sleep_until(deadline.into()).await,
        None => std::future::pending().await,
    }
    Failure::DeadlineExceeded
}

/// `answers` until `end` is ready, which then ends the stream.
fn until(
    answers: impl Stream<Item = Result<AnnotateStreamResponse, Status>> + Send,
    end: impl Future<Output = Failure> + Send,
) -> impl Stream<Item = Result<AnnotateStreamResponse, Status>> + Send {
    let end = stream::once(async move { Some(Err(end.await.into())) });
    // `end` ends whatever it is merged with: tonic stops at the first error, and `answers` without one.
    let ended = answers.map(Some).chain(stream::iter([None]));
    stream::select(ended, end)
        .take_while(|item| std::future::ready(item.is_some()))
        .filter_map(std::future::ready)
}
