//! Arabic news text in, layers out: pure, synchronous, no I/O, no gRPC.
//!
//! ```text
//! bytes ─▶ source ─▶ normalize ─▶ segment ─▶ entities ─▶ attribute ─▶ metadata
//!          decode,   steps +      blocks,    mentions,   speakers     title, place,
//!          HTML,     alignment    sentences, clusters,                source, counts,
//!          index                  tokens,    ids                      language
//!                                 quotations values
//! ```
//!
//! One direction: a stage reads the ones before it and [`Knowledge`], nothing else. A
//! [`Document`] holds the layers, each computed once and on demand. Inside, every [`Span`] is in
//! bytes of the document's text; [`source::OffsetIndex`] turns it into the caller's unit at the edge.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

mod alignment;
pub mod attribute;
mod document;
pub mod entities;
mod guide;
mod knowledge;
pub mod lexicon;
mod maps;
pub mod metadata;
pub mod normalize;
pub mod segment;
mod sieve;
mod slots;
pub mod source;
mod span;
pub mod values;

pub use document::Document;
pub use knowledge::{Knowledge, KnowledgeError};
pub use span::Span;
