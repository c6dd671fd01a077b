//! `--requests`: each line is the call's whole request in proto3 JSON, and gets one line of answer.

use std::io::{self, BufRead, BufReader, Read};
use std::process::ExitCode;

use tonic::Status;

use super::asker::Asker;
use super::calls::Call;
use super::document::Input;
use super::output::{Outcome, Output};
use super::pipeline;
use super::problem::Problem;
use crate::failure::{Exceeded, Failure};
use crate::json;
use crate::server::status::google_status;

/// Answers each line of each input, in order; one that fails is answered with `{"error": Status}`.
pub(super) fn run<C: Call>(inputs: Vec<Input>, asker: Asker) -> ExitCode {
    let threads = asker.threads();
    let limit = asker.max_line_bytes();
    let jobs = inputs.into_iter().flat_map(move |input| lines(&input, limit));
    let work = move |job: Job| match job {
        Job::Unreadable(complaint) => Outcome::Complaint(complaint),
        Job::Line(line) => match line.and_then(|line| answer::<C>(&line, &asker)) {
            Ok(answer) => Outcome::Answer(answer),
            Err(status) => Outcome::Error(error_line(&status)),
        },
    };
    let mut output = Output::default();
    let run = pipeline::in_order(threads, jobs, work, |outcome| output.put(&outcome));
    output.end(run)
}

enum Job {
    /// A line without its line break, or why it is none.
    Line(Result<Vec<u8>, Status>),
    /// What is said of an input that cannot be read (any further).
    Unreadable(String),
}

/// The lines of `input`. An empty line is a request that fails, as it is to be told which answer belongs to
/// which line; only at the very end is it none.
fn lines(input: &Input, limit: usize) -> impl Iterator<Item = Job> + Send + use<> {
    let name = input.name();
    let mut reader = Some(input.open().map(BufReader::new));
    std::iter::from_fn(move || {
        let next = match reader.as_mut()? {
            Ok(open) => next_line(open, limit),
            Err(error) => Err(io::Error::new(error.kind(), error.to_string())),
        };
        match next {
            Ok(Some(line)) => Some(Job::Line(line)),
            Ok(None) => None,
            Err(error) => {
                reader = None;
                Some(Job::Unreadable(format!("{name}: {}", Problem::from(error))))
            }
        }
    })
}

/// The next line. Of one over the limit no more is kept in memory than the limit.
fn next_line(reader: &mut impl BufRead, limit: usize) -> io::Result<Option<Result<Vec<u8>, Status>>> {
    let mut line = Vec::new();
    let enough = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    reader.by_ref().take(enough).read_until(b'\n', &mut line)?;
    let ended = line.last() == Some(&b'\n');
    if ended {
        line.pop();
    }
    if line.len() > limit {
        if !ended {
            reader.skip_until(b'\n')?;
        }
        let exceeded = Exceeded { limit, found: None, unit: "bytes" };
        return Ok(Some(Err(Failure::RequestTooLarge(exceeded).into())));
    }
    let last = line.trim_ascii().is_empty() && (!ended || reader.fill_buf()?.is_empty());
    Ok(if last { None } else { Some(Ok(line)) })
}

fn answer<C: Call>(line: &[u8], asker: &Asker) -> Result<String, Status> {
    let undecodable = |problem: String| Status::from(Failure::Undecodable { problem });
    let text = std::str::from_utf8(line)
        .map_err(|error| undecodable(format!("byte {} of the line is not UTF-8", error.valid_up_to())))?;
    if text.trim().is_empty() {
        return Err(undecodable("the line is empty".to_owned()));
    }
    let request =
        json::from_str(C::REQUEST, text).map_err(|error| undecodable(discreet(&error.to_string())))?;
    let response = asker.ask::<C>(request)?;
    let value =
        json::to_value(C::RESPONSE, &response).map_err(|error| Status::internal(error.to_string()))?;
    Ok(format!("{value}\n"))
}

/// `{"error": Status}`, with the details where their types are known.
fn error_line(status: &Status) -> String {
    const STATUS: &str = "google.rpc.Status";
    let mut message = google_status(status);
    let value = json::to_value(STATUS, &message).or_else(|_| {
        message.details.clear();
        json::to_value(STATUS, &message)
    });
    let value = value.unwrap_or_else(
        |_| serde_json::json!({"code": message.code, "message": message.message, "details": []}),
    );
    format!("{}\n", serde_json::json!({ "error": value }))
}

/// What the JSON reader says, without what it quotes of the line: that may be the text. Names of fields and
/// enum values stay, as the mistake is mostly in one of them.
fn discreet(problem: &str) -> String {
    let mut out = String::new();
    let mut rest = problem;
    while let Some(open) = rest.find(['"', '\'', '`']) {
        let (before, quoted) = rest.split_at(open);
        out.push_str(before);
        let mut chars = quoted.chars();
        let mark = chars.next().unwrap_or('"');
        let inside = chars.as_str();
        // A quoted text may hold such marks itself, escaped or not: the last one closes it.
        let close = if mark == '"' { inside.rfind(mark) } else { inside.find(mark) };
        let (inside, after) = inside.split_at(close.unwrap_or(inside.len()));
        let is_name =
            inside.len() <= 64 && inside.chars().all(|c| c.is_ascii_alphanumeric() || "_.:/".contains(c));
        out.push(mark);
        out.push_str(if mark != '"' && is_name { inside } else { "…" });
        out.push(mark);
        rest = after.strip_prefix(mark).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8], limit: usize) -> Vec<Result<Vec<u8>, tonic::Code>> {
        let mut reader = BufReader::with_capacity(3, text);
        std::iter::from_fn(|| next_line(&mut reader, limit).unwrap())
            .map(|line| line.map_err(|status| status.code()))
            .collect()
    }

    #[test]
    fn an_empty_line_counts_unless_it_is_the_last() {
        let words =
            |text: &str| read(text.as_bytes(), 100).into_iter().map(Result::unwrap).collect::<Vec<_>>();
        assert_eq!(words("a\n\nb"), [&b"a"[..], b"", b"b"]);
        assert_eq!(words("a\nb\n"), [&b"a"[..], b"b"]);
        assert_eq!(words("a\n\n"), [&b"a"[..]]);
        assert_eq!(words("\n\na"), [&b""[..], b"", b"a"]);
        assert!(words("").is_empty());
    }

    #[test]
    fn a_line_over_the_limit_fails_alone() {
        let lines = read(b"abcdefgh\nxy\nabcde\nabcd", 4);
        assert_eq!(lines.len(), 4);
        assert_eq!(lines[0], Err(tonic::Code::ResourceExhausted));
        assert_eq!(lines[1], Ok(b"xy".to_vec()));
        assert_eq!(lines[2], Err(tonic::Code::ResourceExhausted));
        assert_eq!(lines[3], Ok(b"abcd".to_vec()));
    }

    #[test]
    fn errors_quote_names_but_no_text() {
        let said = |json: &str| {
            let error = json::from_str::<crate::proto::v1::SegmentRequest>("warraq.v1.SegmentRequest", json);
            discreet(&error.unwrap_err().to_string())
        };
        assert!(said(r#"{"documnet": {}}"#).contains("'documnet'"));
        assert!(said(r#"{"offsetUnit": "OFFSET_UNIT_LINE"}"#).contains("OFFSET_UNIT_LINE"));
        for json in [
            r#"{"document": "هذا \"نص\" طويل"}"#,
            r#"{"layers": ["نص"]}"#,
            r#"{"نص": 1}"#,
            r#"{"document": {"text": ["نص"]}}"#,
            r#"{"document": {"content": "نص"}}"#,
        ] {
            let said = said(json);
            assert!(!said.contains("نص") && said.contains("column"), "{said}");
        }
    }
}
