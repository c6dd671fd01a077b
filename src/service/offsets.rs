//! The unit asked for, applied once, at the edge.

use warraq_core::Span;
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
    pub(super) text: &'a str,
    pub(super) index: &'a OffsetIndex,
    pub(super) unit: Unit,
}

impl Offsets<'_> {
    pub(super) fn span(&self, span: Span) -> v1::Span {
        let (begin, end) = self.index.convert(self.text, span, self.unit);
        v1::Span { begin: int32(begin), end: int32(end) }
    }
}

/// A count or offset as the contract's `int32`: no text within its limits (at most 1 GiB) has more.
pub(super) fn int32(number: impl TryInto<i32>) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
