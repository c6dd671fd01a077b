//! A file, or standard input, becomes a document.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use warraq_core::normalize::Normalized;
use warraq_core::source::{decode, reduce};

use super::options::Options;
use super::problem::Problem;
use crate::failure::{Exceeded, Failure, Reason};
use crate::proto::v1::document::Source;
use crate::proto::v1::{Document, DocumentFormat};

/// Where a document or requests come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input {
    Standard,
    File(PathBuf),
}

impl Input {
    /// As messages name it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Standard => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    pub(super) fn open(&self) -> std::io::Result<Box<dyn Read + Send>> {
        Ok(match self {
            Self::Standard => Box::new(std::io::stdin()),
            Self::File(path) => Box::new(File::open(path)?),
        })
    }

    /// Whether its name says that it is HTML.
    fn is_named_html(&self) -> bool {
        let Self::File(path) = self else { return false };
        let extension = path.extension().unwrap_or_default();
        ["html", "htm"].iter().any(|html| extension.eq_ignore_ascii_case(html))
    }

    /// The size that a file has without being read.
    fn size(&self) -> Option<usize> {
        let Self::File(path) = self else { return None };
        let metadata = Path::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
        usize::try_from(metadata.len()).ok()
    }
}

/// Reads the whole input, of which no more than `limit` bytes can be used.
pub(super) fn read(input: &Input, options: &Options, limit: usize) -> Result<Document, Problem> {
    let mut bytes = Vec::new();
    let enough = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    input.open()?.take(enough).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        let exceeded = Exceeded { limit, found: input.size(), unit: "bytes" };
        return Err(Failure::over(Reason::TextTooLong, "document", exceeded).into());
    }
    let mut document = document(bytes, options)?;
    if options.format == DocumentFormat::Unspecified && input.is_named_html() {
        document.set_format(DocumentFormat::Html);
    }
    Ok(document)
}

/// The bytes as they are where their encoding is named or marked, else as the UTF-8 that they must be.
fn document(bytes: Vec<u8>, options: &Options) -> Result<Document, Problem> {
    let source = if options.charset.is_some() || has_bom(&bytes) {
        Source::Content(bytes.into())
    } else {
        Source::Text(String::from_utf8(bytes).map_err(|error| {
            let byte = error.utf8_error().valid_up_to();
            Problem::Input(format!(
                "byte {byte} is not UTF-8; name the encoding with --charset (windows-1256, utf-16le, …)"
            ))
        })?)
    };
    Ok(Document {
        source: Some(source),
        charset: options.charset.clone().unwrap_or_default(),
        format: options.format.into(),
        language: options.language.clone(),
        reference_date: options.reference_date.clone(),
        time_zone: options.time_zone.clone(),
        ..Document::default()
    })
}

/// A byte order mark says what the encoding is, and is no part of the text: only `content` removes it.
fn has_bom(bytes: &[u8]) -> bool {
    [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"].iter().any(|bom| bytes.starts_with(bom))
}

/// The text that spans of an answer are of.
pub(super) fn text(document: &Document) -> String {
    match &document.source {
        Some(Source::Text(text)) => text.clone(),
        Some(Source::Content(content)) => {
            let charset = Some(document.charset.as_str()).filter(|charset| !charset.is_empty());
            // What does not decode got no answer either.
            decode(content, charset).unwrap_or_default()
        }
        None => String::new(),
    }
}

/// What is left of that text without its markup, where it has any.
pub(super) fn reduced(document: &Document, text: &str) -> Option<Normalized> {
    (document.format() == DocumentFormat::Html).then(|| reduce(text).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_goes_as_text() {
        let document = document("سلام".into(), &Options::default()).unwrap();
        assert_eq!(document.source, Some(Source::Text("سلام".to_owned())));
    }

    #[test]
    fn a_named_or_marked_encoding_goes_as_bytes() {
        let options = Options { charset: Some("windows-1256".to_owned()), ..Options::default() };
        let named = document(vec![0xD3, 0xE1], &options).unwrap();
        assert_eq!(named.charset, "windows-1256");
        assert_eq!(named.source, Some(Source::Content(vec![0xD3, 0xE1].into())));
        for marked in [&b"\xEF\xBB\xBFx"[..], b"\xFF\xFEx\0"] {
            let document = document(marked.to_vec(), &Options::default()).unwrap();
            assert_eq!(document.source, Some(Source::Content(marked.to_vec().into())));
            assert_eq!(document.charset, "");
        }
    }

    #[test]
    fn other_bytes_are_refused_with_their_place() {
        let problem = document(b"ab\xD3\xE1".to_vec(), &Options::default()).unwrap_err().to_string();
        assert!(problem.starts_with("byte 2 is not UTF-8"), "{problem}");
        assert!(problem.contains("--charset"), "{problem}");
    }

    #[test]
    fn what_is_too_long_is_not_read_to_its_end() {
        let endless = Input::File("/dev/zero".into());
        let problem = read(&endless, &Options::default(), 1000).unwrap_err().to_string();
        assert_eq!(problem, "INVALID_ARGUMENT: document: has more than the limit of 1000 bytes");
    }
}
