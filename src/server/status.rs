//! The one place where an error becomes a gRPC status.
//!
//! [`Failure`]s of ours, and what tonic answers by itself before or after our code: see [`mend`].

use std::collections::HashMap;

use tonic::{Code, Status};
use tonic_types::{ErrorDetails, StatusExt as _};

use crate::failure::{Exceeded, Failure};
use crate::proto::v1::ItemStatus;

/// `google.rpc.ErrorInfo.domain` of every error.
pub const DOMAIN: &str = "warraq";

impl From<Failure> for Status {
    fn from(failure: Failure) -> Self {
        let info = |reason: &str, metadata: Vec<(&str, String)>| {
            let metadata: HashMap<_, _> =
                metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
            ErrorDetails::with_error_info(reason, DOMAIN, metadata)
        };
        match failure {
            Failure::Field { reason, field, description, metadata } => {
                let message = format!("{field}: {description}");
                let mut details = info(reason.as_str(), metadata);
                details.add_bad_request_violation(field, description);
                Status::with_error_details(Code::InvalidArgument, message, details)
            }
            Failure::NotImplemented { field, what } => Status::with_error_details(
                Code::Unimplemented,
                format!("{field}: {what} is not filled by this version; GetServiceInfo lists what is"),
                info("NOT_IMPLEMENTED", vec![("field", field), ("value", what)]),
            ),
            Failure::Undecodable { problem } => Status::with_error_details(
                Code::InvalidArgument,
                format!("the request is no message of the contract: {problem}"),
                info("UNDECODABLE_MESSAGE", Vec::new()),
            ),
            Failure::RequestTooLarge(exceeded) => Status::with_error_details(
                Code::ResourceExhausted,
                format!("the request message has {exceeded}"),
                info("MESSAGE_TOO_LARGE", exceeded.metadata()),
            ),
            Failure::ResponseTooLarge(exceeded) => Status::with_error_details(
                Code::ResourceExhausted,
                format!(
                    "the answer has {exceeded}; ask for fewer layers, set a read_mask, or raise max_message_bytes_out"
                ),
                info("RESPONSE_TOO_LARGE", exceeded.metadata()),
            ),
            Failure::Overloaded { retry_after } => {
                let mut details = info("OVERLOADED", Vec::new());
                details.set_retry_info(Some(retry_after));
                Status::with_error_details(
                    Code::ResourceExhausted,
                    format!(
                        "the server has all the work that it takes; try again in {} ms",
                        retry_after.as_millis()
                    ),
                    details,
                )
            }
            Failure::DeadlineExceeded => Status::with_error_details(
                Code::DeadlineExceeded,
                "the deadline passed before the answer was ready",
                info("DEADLINE_EXCEEDED", Vec::new()),
            ),
            Failure::Unavailable { reason } => Status::with_error_details(
                Code::Unavailable,
                if reason == "LOADING" {
                    "the server is still loading"
                } else {
                    "the server is shutting down"
                },
                info(reason, Vec::new()),
            ),
            Failure::Unauthenticated => Status::with_error_details(
                Code::Unauthenticated,
                "the call carries no accepted bearer token in `authorization`",
                info("UNAUTHENTICATED", Vec::new()),
            ),
            Failure::Internal => Status::with_error_details(
                Code::Internal,
                "the analysis was lost; the server's log says why",
                info("INTERNAL", Vec::new()),
            ),
        }
    }
}

/// The status of one item of a batch or a stream.
pub fn item_status(failure: Failure) -> ItemStatus {
    let status = google_status(&Status::from(failure));
    ItemStatus { code: status.code, message: status.message, details: status.details }
}

/// `status` as the message that `grpc-status-details-bin` carries.
pub fn google_status(status: &Status) -> tonic_types::Status {
    use prost::Message as _;
    tonic_types::Status::decode(status.details()).unwrap_or_else(|_| tonic_types::Status {
        code: status.code().into(),
        message: status.message().to_owned(),
        details: Vec::new(),
    })
}

/// What tonic answers by itself, outside any codec, as the contract has it; `None` for what stays.
///
/// tonic gives these no type, so they are known by code and by the words of tonic 0.14 (a test over a
/// real socket holds each). A status with details is one of ours and is never touched. A compressed flag
/// without `grpc-encoding` stays `INTERNAL`, as gRPC prescribes.
pub fn mend(status: &Status) -> Option<Status> {
    if !status.details().is_empty() {
        return None;
    }
    let message = status.message();
    let undecodable = |problem: &str| Some(Failure::Undecodable { problem: problem.to_owned() }.into());
    match status.code() {
        Code::OutOfRange if message.contains("message length too large") => {
            let (found, limit) = two_numbers(message)?;
            Some(Failure::RequestTooLarge(Exceeded { limit, found: Some(found), unit: "bytes" }).into())
        }
        Code::ResourceExhausted if message.contains("exceeded while decompressing") => {
            let limit = numbers(message).next()?;
            Some(Failure::RequestTooLarge(Exceeded { limit, found: None, unit: "bytes" }).into())
        }
        Code::Internal if message.contains("Missing request message") => undecodable("it has no message"),
        Code::Internal if message.contains("Unexpected EOF") => undecodable("its last message is cut off"),
        Code::Internal if message.contains("invalid compression flag") => {
            undecodable("its compressed flag is neither 0 nor 1")
        }
        // tonic's own codec, of health and reflection.
        Code::Internal if message.contains("failed to decode Protobuf message") => undecodable(message),
        Code::Internal if message.contains("Error decompressing") => undecodable("it does not decompress"),
        Code::Cancelled if message.contains("Timeout expired") => Some(Failure::DeadlineExceeded.into()),
        _ => None,
    }
}

fn numbers(text: &str) -> impl Iterator<Item = usize> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok())
}

fn two_numbers(text: &str) -> Option<(usize, usize)> {
    let mut numbers = numbers(text);
    Some((numbers.next()?, numbers.next()?))
}
