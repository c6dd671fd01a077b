//! `--addr`: a server is asked instead.

use std::time::Duration;

use tonic::Status;
use tonic::transport::{Channel, Endpoint};

use super::calls::Call;
use super::problem::Problem;
use crate::proto::v1::text_processing_client::TextProcessingClient;
use crate::proto::v1::{GetServiceInfoRequest, GetServiceInfoResponse};

/// How long one answer may take.
const DEADLINE: Duration = Duration::from_mins(1);

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);

/// The generated client.
pub(super) type Client = TextProcessingClient<Channel>;

/// A server, connected to when it is first asked.
pub(super) struct Remote {
    runtime: tokio::runtime::Runtime,
    client: Client,
}

impl Remote {
    pub(super) fn new(address: http::Uri) -> Result<Self, Problem> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let endpoint = Endpoint::from(address).connect_timeout(CONNECT).timeout(DEADLINE).tcp_nodelay(true);
        let channel = {
            let _inside = runtime.enter();
            endpoint.connect_lazy()
        };
        // The limits are the server's to set; ours would only hide its answers.
        let client = TextProcessingClient::new(channel)
            .max_decoding_message_size(usize::MAX)
            .max_encoding_message_size(usize::MAX);
        Ok(Self { runtime, client })
    }

    /// Asks, from a thread outside the runtime.
    pub(super) fn ask<C: Call>(&self, request: C::Request) -> Result<C::Response, Status> {
        self.runtime.block_on(C::ask(self.client.clone(), with_deadline(request)))
    }

    pub(super) fn info(&self) -> Result<GetServiceInfoResponse, Status> {
        let request = with_deadline(GetServiceInfoRequest::default());
        let mut client = self.client.clone();
        self.runtime
            .block_on(async { client.get_service_info(request).await.map(tonic::Response::into_inner) })
    }
}

/// The server is told, so that it stops too.
fn with_deadline<T>(message: T) -> tonic::Request<T> {
    let mut request = tonic::Request::new(message);
    request.set_timeout(DEADLINE);
    request
}
