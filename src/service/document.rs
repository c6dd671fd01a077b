//! The document of a request: checked, decoded, ready for the core.

use std::borrow::Cow;
use std::cell::OnceCell;

use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use warraq_core::normalize::{Alignment, Normalized};
use warraq_core::source::{DecodeError, OffsetIndex, TooLong, Unit, decode, reduce};
use warraq_core::values::Reference;

use super::known;
use super::offsets::Offsets;
use crate::config::Config;
use crate::failure::{Exceeded, Failure, Reason};
use crate::proto::v1::document::Source;
use crate::proto::v1::{self, DocumentFormat};

/// Formats that are read.
pub(super) const FORMATS: &[DocumentFormat] = &[DocumentFormat::PlainText, DocumentFormat::Html];

/// A document that passed every check.
pub(super) struct Input<'a> {
    /// The text of which the answer's spans are.
    source: Cow<'a, str>,
    /// What is analysed, where that is not the source itself.
    reduced: Option<Normalized>,
    /// Of the source, where that is not what is analysed.
    index: OnceCell<OffsetIndex>,
    /// What the caller says of the language, a BCP 47 tag.
    pub(super) language: Option<&'a str>,
    /// The day that relative dates count from.
    reference: Option<Reference>,
}

/// How many bytes of text (or of content to decode) a document has.
pub fn text_bytes(document: Option<&v1::Document>) -> usize {
    match document.and_then(|document| document.source.as_ref()) {
        Some(Source::Text(text)) => text.len(),
        Some(Source::Content(content)) => content.len(),
        None => 0,
    }
}

/// Checks and decodes the document of a request.
pub(super) fn open<'a>(document: Option<&'a v1::Document>, config: &Config) -> Result<Input<'a>, Failure> {
    let no_source = || Failure::field(Reason::NoSource, "document", "has neither text nor content");
    let document = document.ok_or_else(no_source)?;
    check_form(document)?;
    // Counted as sent, before any work on it, and again as it is read: UTF-16 shrinks, windows-1256 grows.
    let text_limit = |field: &str, size: usize| {
        let limit = config.max_text_bytes;
        let exceeded = Exceeded { limit, found: Some(size), unit: "bytes" };
        if size > limit { Err(Failure::over(Reason::TextTooLong, field, exceeded)) } else { Ok(()) }
    };
    let (field, text) = match document.source.as_ref().ok_or_else(no_source)? {
        Source::Text(_) if !is_utf8(&document.charset) => {
            return Err(Failure::field(
                Reason::ContradictoryOptions,
                "document.charset",
                "goes with content; text is UTF-8 already",
            ));
        }
        Source::Text(text) => ("document.text", Cow::Borrowed(text.as_str())),
        Source::Content(content) => {
            text_limit("document.content", content.len())?;
            let charset = Some(document.charset.as_str()).filter(|charset| !charset.is_empty());
            let text = decode(content, charset).map_err(|error| match error {
                DecodeError::UnknownCharset => unknown_charset(&error),
                DecodeError::Undecodable { byte, .. } => {
                    Failure::field(Reason::UndecodableContent, "document.content", error.to_string())
                        .at_byte(byte)
                }
            })?;
            ("document.content", Cow::Owned(text))
        }
    };
    text_limit(field, text.len())?;
    let reduced = match document.format() {
        DocumentFormat::Html => Some(reduce(&text).map_err(too_long)?),
        DocumentFormat::PlainText | DocumentFormat::Unspecified => None,
    };
    let language = Some(document.language.as_str()).filter(|tag| !tag.is_empty());
    let input =
        Input { source: text, reduced, index: OnceCell::new(), language, reference: reference(document) };
    // A BOM alone is no text either, though in `text` it counts as a character.
    if input.text().trim_start_matches('\u{FEFF}').trim().is_empty() {
        let but = if input.reduced.is_some() { "white space and markup" } else { "white space" };
        return Err(Failure::field(Reason::EmptyText, field, format!("has no character but {but}")));
    }
    Ok(input)
}

/// Only a limit raised to gigabytes lets such a text through to the core.
fn too_long(error: TooLong) -> Failure {
    let exceeded = Exceeded { limit: u32::MAX as usize, found: Some(error.bytes), unit: "bytes" };
    Failure::over(Reason::TextTooLong, "document", exceeded)
}

/// Checks a charset that goes with content yet to come.
pub(super) fn check_charset(charset: &str) -> Result<(), Failure> {
    match decode(&[], Some(charset).filter(|charset| !charset.is_empty())) {
        Err(error @ DecodeError::UnknownCharset) => Err(unknown_charset(&error)),
        _ => Ok(()),
    }
}

fn unknown_charset(error: &DecodeError) -> Failure {
    Failure::field(Reason::UnknownCharset, "document.charset", error.to_string())
}

/// Whether `charset` says no more than what `text` is anyway.
fn is_utf8(charset: &str) -> bool {
    charset.is_empty() || charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

/// Checks what is said of a text.
pub(super) fn check_form(document: &v1::Document) -> Result<(), Failure> {
    known::<DocumentFormat>("document.format", document.format)?;
    if !document.language.is_empty() && !is_language_tag(&document.language) {
        return Err(Failure::field(
            Reason::InvalidValue,
            "document.language",
            "is no BCP 47 language tag (ar, ar-EG)",
        ));
    }
    let v1::Document { reference_date, time_zone, .. } = document;
    if !reference_date.is_empty() && !is_date(reference_date) {
        return Err(Failure::field(
            Reason::InvalidDate,
            "document.reference_date",
            "is no ISO 8601 date of the years 0001 to 9999 (2018-05-18, 2018-05-18T09:00:00Z)",
        ));
    }
    if !time_zone.is_empty() && TimeZone::get(time_zone).is_err() {
        return Err(Failure::field(
            Reason::InvalidTimeZone,
            "document.time_zone",
            "is no zone of the IANA database (Asia/Riyadh)",
        ));
    }
    Ok(())
}

/// The day that relative dates count from, in the zone of the document: with an offset that it has itself, or the
/// zone's on that day.
fn reference(document: &v1::Document) -> Option<Reference> {
    let reference = Reference::parse(&document.reference_date)?;
    let offset = || {
        let day = Pieces::parse(&document.reference_date).ok()?.date();
        let zone = TimeZone::get(&document.time_zone).ok()?;
        let offset = day.to_zoned_datetime(zone).ok()?.offset().seconds() / 60;
        i16::try_from(offset).ok()
    };
    Some(reference.with_offset(offset()))
}

/// A day, alone or with a time of day and an offset or `Z` behind it; no year before the first.
fn is_date(text: &str) -> bool {
    Pieces::parse(text)
        .is_ok_and(|pieces| pieces.date().year() >= 1 && pieces.time_zone_annotation().is_none())
}

/// A BCP 47 tag by its form: subtags of one to eight letters and digits, the first of two or more letters.
fn is_language_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let first = subtags.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && subtags.all(|s| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()))
}

impl Input<'_> {
    /// What is analysed: of HTML, the text without the markup.
    pub(super) fn text(&self) -> &str {
        self.reduced.as_ref().map_or(&self.source, |reduced| &reduced.text)
    }

    /// From spans of `document`, which is this one's, to those of the contract.
    pub(super) fn offsets<'d>(&'d self, document: &'d warraq_core::Document, unit: Unit) -> Offsets<'d> {
        self.offsets_by(|| document.index(), unit)
    }

    /// As [`Self::offsets`], with an index of the text where it is not asked for again.
    pub(super) fn offsets_by<'d>(
        &'d self,
        of_text: impl FnOnce() -> &'d OffsetIndex,
        unit: Unit,
    ) -> Offsets<'d> {
        let (index, reduction) = match &self.reduced {
            Some(reduced) => {
                (self.index.get_or_init(|| OffsetIndex::new(&self.source)), Some(&reduced.alignment))
            }
            None => (of_text(), None),
        };
        Offsets { text: self.text(), source: &self.source, index, reduction, unit }
    }

    /// From the source to `output`, which was made of the text.
    pub(super) fn alignment_from_source<'o>(&self, output: &'o Normalized) -> Cow<'o, Alignment> {
        match &self.reduced {
            Some(reduced) => {
                let composed =
                    reduced.alignment.compose_between(&output.alignment, &self.source, &output.text);
                Cow::Owned(composed)
            }
            None => Cow::Borrowed(&output.alignment),
        }
    }

    /// The core's document over the text.
    pub(super) fn document<'d>(
        &'d self,
        cx: super::Context<'d>,
    ) -> Result<warraq_core::Document<'d>, Failure> {
        let document = warraq_core::Document::new(self.text(), cx.knowledge);
        let named = |document: warraq_core::Document<'d>| match cx.own_names {
            Some(names) => document.with_lexicon(names),
            None => document,
        };
        document
            .map(|document| named(document.with_language(self.language).with_reference(self.reference)))
            .map_err(too_long)
    }
}
