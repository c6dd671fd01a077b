//! Everything that a call can fail with. Which gRPC code and which details each becomes is decided in
//! [`crate::server::status`] alone.

use std::fmt;
use std::time::Duration;

/// The machine-readable why, `google.rpc.ErrorInfo.reason`. The contract lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// A text of white space alone.
    EmptyText,
    /// A text over `max_text_bytes`.
    TextTooLong,
    /// Neither `text` nor `content`.
    NoSource,
    /// A charset that no library knows.
    UnknownCharset,
    /// Bytes that another charset does not have.
    UndecodableContent,
    /// A number that an enum does not have.
    UnknownEnumValue,
    /// A preset that does not exist.
    UnknownPreset,
    /// A normalization step that does not exist.
    UnknownStep,
    /// An option that a step does not have, or a value that it does not take.
    InvalidStepOption,
    /// Two fields that exclude each other.
    ContradictoryOptions,
    /// A date that is not ISO 8601.
    InvalidDate,
    /// A zone that is not in the IANA database.
    InvalidTimeZone,
    /// A path that the response does not have.
    InvalidReadMask,
    /// A value outside its range or syntax.
    InvalidValue,
    /// More lexicon rows than `max_lexicon_rows`.
    TooManyLexiconRows,
    /// A lexicon row without name or type.
    InvalidLexiconRow,
    /// A batch of nothing.
    EmptyBatch,
    /// A batch over `max_batch_items` or `max_batch_bytes`.
    BatchTooLarge,
    /// The first message of a stream only may be its configuration.
    StreamConfigMisplaced,
}

impl Reason {
    /// As the contract writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EmptyText => "EMPTY_TEXT",
            Self::TextTooLong => "TEXT_TOO_LONG",
            Self::NoSource => "NO_SOURCE",
            Self::UnknownCharset => "UNKNOWN_CHARSET",
            Self::UndecodableContent => "UNDECODABLE_CONTENT",
            Self::UnknownEnumValue => "UNKNOWN_ENUM_VALUE",
            Self::UnknownPreset => "UNKNOWN_PRESET",
            Self::UnknownStep => "UNKNOWN_STEP",
            Self::InvalidStepOption => "INVALID_STEP_OPTION",
            Self::ContradictoryOptions => "CONTRADICTORY_OPTIONS",
            Self::InvalidDate => "INVALID_DATE",
            Self::InvalidTimeZone => "INVALID_TIME_ZONE",
            Self::InvalidReadMask => "INVALID_READ_MASK",
            Self::InvalidValue => "INVALID_VALUE",
            Self::TooManyLexiconRows => "TOO_MANY_LEXICON_ROWS",
            Self::InvalidLexiconRow => "INVALID_LEXICON_ROW",
            Self::EmptyBatch => "EMPTY_BATCH",
            Self::BatchTooLarge => "BATCH_TOO_LARGE",
            Self::StreamConfigMisplaced => "STREAM_CONFIG_MISPLACED",
        }
    }
}

/// A limit and what was found, in the limit's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exceeded {
    /// The limit in force.
    pub limit: usize,
    /// What was found; `None` where counting stopped at the limit.
    pub found: Option<usize>,
    /// `bytes`, `items`, `rows`.
    pub unit: &'static str,
}

impl Exceeded {
    /// As `ErrorInfo` metadata. Where counting stopped at the limit there is no size to give.
    pub fn metadata(self) -> Vec<(&'static str, String)> {
        let size = self.found.map(|found| ("size", found.to_string()));
        std::iter::once(("limit", self.limit.to_string())).chain(size).collect()
    }
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { limit, found, unit } = self;
        match found {
            Some(found) => write!(f, "{found} {unit}; the limit is {limit}"),
            None => write!(f, "more than the limit of {limit} {unit}"),
        }
    }
}

/// Why a call, or an item of one, failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// A field says what the contract does not allow.
    Field {
        /// Why.
        reason: Reason,
        /// The field's path from the request's root: `document.text`, `steps[1].options`.
        field: String,
        /// For people. Never holds the caller's text.
        description: String,
        /// For programs: `limit` and `size`, or the `byte` that does not decode.
        metadata: Vec<(&'static str, String)>,
    },
    /// The contract has it and this version does not fill it.
    NotImplemented {
        /// The field that asks for it.
        field: String,
        /// What is asked for.
        what: String,
    },
    /// Bytes that are no message of the contract, or a call without one.
    Undecodable {
        /// What does not decode.
        problem: String,
    },
    /// A request over the transport's limit.
    RequestTooLarge(Exceeded),
    /// An answer over the response limit.
    ResponseTooLarge(Exceeded),
    /// More work than the server takes.
    Overloaded {
        /// When to try again.
        retry_after: Duration,
    },
    /// The deadline passed, in the queue or at work.
    DeadlineExceeded,
    /// The server does not take calls (yet, or any more).
    Unavailable {
        /// `LOADING` or `DRAINING`.
        reason: &'static str,
    },
    /// No credential, or a wrong one.
    Unauthenticated,
    /// A fault of ours: a worker was lost.
    Internal,
}

impl Failure {
    /// A field that says what the contract does not allow.
    pub fn field(reason: Reason, field: impl Into<String>, description: impl Into<String>) -> Self {
        Self::Field { reason, field: field.into(), description: description.into(), metadata: Vec::new() }
    }

    /// A field over its limit.
    pub fn over(reason: Reason, field: impl Into<String>, exceeded: Exceeded) -> Self {
        let description = format!("has {exceeded}");
        Self::Field { reason, field: field.into(), description, metadata: exceeded.metadata() }
    }

    /// A failure whose place in the caller's bytes is known.
    #[must_use]
    pub fn at_byte(mut self, byte: usize) -> Self {
        if let Self::Field { metadata, .. } = &mut self {
            metadata.push(("byte", byte.to_string()));
        }
        self
    }

    /// What the contract has and this version does not fill.
    pub fn not_implemented(field: impl Into<String>, what: impl Into<String>) -> Self {
        Self::NotImplemented { field: field.into(), what: what.into() }
    }

    /// A message that prost could not decode.
    pub fn undecodable(error: &prost::DecodeError) -> Self {
        Self::Undecodable { problem: error.to_string() }
    }

    /// The same failure, of a field that lies under `prefix` (`normalization.`).
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        if let Self::Field { field, .. } | Self::NotImplemented { field, .. } = &mut self {
            field.insert_str(0, prefix);
        }
        self
    }
}
