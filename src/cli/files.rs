//! Each FILE is a document; its answer is printed for people, or with `--json` on one line.

use std::process::ExitCode;
use std::sync::Arc;

use super::asker::Asker;
use super::calls::Call;
use super::document::{self, Input};
use super::options::Options;
use super::output::{self, Outcome, Output};
use super::pipeline;
use super::problem::Problem;
use super::render::{Page, Source};
use crate::json;

/// Answers each input, in order; one that fails does not end the run.
pub(super) fn run<C: Call>(inputs: Vec<Input>, options: Options, asker: Asker) -> ExitCode {
    let threads = asker.threads();
    let coloured = output::coloured();
    let width = super::render::terminal_width();
    let many = inputs.len() > 1;
    let (options, asker) = (Arc::new(options), Arc::new(asker));
    let work = move |input: Input| {
        let answer = if options.json {
            as_json::<C>(&input, &options, &asker)
        } else {
            let mut page = Page::new(width, coloured);
            if many {
                page.title(&input.name());
            }
            for_people::<C>(&input, &options, &asker, page)
        };
        match answer {
            Ok(text) => Outcome::Answer(text),
            Err(problem) => Outcome::Complaint(format!("{}: {problem}", input.name())),
        }
    };
    let mut output = Output::default();
    let run = pipeline::in_order(threads, inputs.into_iter(), work, |outcome| output.put(&outcome));
    output.end(run)
}

fn as_json<C: Call>(input: &Input, options: &Options, asker: &Asker) -> Result<String, Problem> {
    let document = document::read(input, options, asker.max_text_bytes())?;
    let response = asker.ask::<C>(C::request(document, options))?;
    let value = json::to_value(C::RESPONSE, &response).map_err(|error| Problem::Input(error.to_string()))?;
    Ok(format!("{value}\n"))
}

fn for_people<C: Call>(
    input: &Input,
    options: &Options,
    asker: &Asker,
    mut page: Page,
) -> Result<String, Problem> {
    let document = document::read(input, options, asker.max_text_bytes())?;
    let text = document::text(&document);
    let reduced = document::reduced(&document, &text);
    let response = asker.ask::<C>(C::request(document, options))?;
    C::render(&mut page, &Source::new(&text, C::unit(&response)).reduced(reduced.as_ref()), &response);
    Ok(page.finish())
}
