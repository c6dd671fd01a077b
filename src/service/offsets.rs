//! The unit asked for, applied once, at the edge.

use warraq_core::Span;
use warraq_core::normalize::Alignment;
use warraq_core::source::{OffsetIndex, Unit};

use super::known;
use crate::failure::Failure;
use crate::proto::v1;

/// The resolved unit of a request: unset means code points.
pub(super) fn unit(raw: i32) -> Result<Unit, Failure> {
    Ok(match known::<v1::OffsetUnit>("offset_unit", raw)? {
        v1::OffsetUnit::Unspecified | v1::OffsetUnit::UnicodeCodePoint => Unit::CodePoint,
        v1::OffsetUnit::Utf8Byte => Unit::Utf8Byte,
        v1::OffsetUnit::Utf16CodeUnit => Unit::Utf16CodeUnit,
    })
}

/// The unit as the response says it.
pub(super) fn unit_to_proto(unit: Unit) -> v1::OffsetUnit {
    match unit {
        Unit::Utf8Byte => v1::OffsetUnit::Utf8Byte,
        Unit::CodePoint => v1::OffsetUnit::UnicodeCodePoint,
        Unit::Utf16CodeUnit => v1::OffsetUnit::Utf16CodeUnit,
    }
}

/// Turns the core's spans of one text into those of the contract.
#[derive(Clone, Copy)]
pub(super) struct Offsets<'a> {
    /// What the core's spans are of.
    pub(super) text: &'a str,
    /// What the contract's are of.
    pub(super) source: &'a str,
    /// Of the source.
    pub(super) index: &'a OffsetIndex,
    /// From the source to the text, where they are not the same.
    pub(super) reduction: Option<&'a Alignment>,
    pub(super) unit: Unit,
}

impl Offsets<'_> {
    pub(super) fn span(&self, span: Span) -> v1::Span {
        self.of_source(self.reduction.map_or(span, |reduction| reduction.to_source(span)))
    }

    /// The same of a span of the source.
    pub(super) fn of_source(&self, span: Span) -> v1::Span {
        span_to_proto(self.source, self.index, span, self.unit)
    }
}

/// A span of `text`, whose index is `index`.
pub(super) fn span_to_proto(text: &str, index: &OffsetIndex, span: Span, unit: Unit) -> v1::Span {
    let (begin, end) = index.convert(text, span, unit);
    v1::Span { begin: int32(begin), end: int32(end) }
}

/// A count or offset as the contract's `int32`: no text within its limits (at most 1 GiB) has more.
pub(super) fn int32(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
