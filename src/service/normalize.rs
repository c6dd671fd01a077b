//! `Normalize`.

use std::cell::OnceCell;
use std::sync::Arc;

use warraq_core::normalize::{Edit, Normalized, Normalizer, StepError, StepProblem, StepRequest};
use warraq_core::source::{OffsetIndex, Unit};

use super::document::{self, Input};
use super::offsets::{int32, span_to_proto, unit, unit_to_proto};
use super::{Context, MODEL_VERSION};
use crate::failure::{Failure, Reason};
use crate::proto::v1::{
    AlignmentEdit, NormalizationOptions, NormalizationStep, NormalizeRequest, NormalizeResponse, StepChange,
};

/// What to do to a text, checked.
pub(super) struct Plan {
    normalizer: Arc<Normalizer>,
    alignment: bool,
}

impl Plan {
    pub(super) fn new(options: NormalizationOptions) -> Result<Self, Failure> {
        let preset = Some(options.preset.as_str()).filter(|preset| !preset.is_empty());
        let steps: Vec<StepRequest> = options.steps.into_iter().map(step_request).collect();
        let normalizer = Normalizer::new(preset, &steps).map_err(|error| step_failure(&error))?;
        Ok(Self { normalizer, alignment: options.alignment.unwrap_or(true) })
    }

    /// The index of the text is asked for only where there are spans to convert: most texts are in order.
    pub(super) fn run<'i>(
        &self,
        input: &'i Input,
        index: impl FnOnce() -> &'i OffsetIndex,
        unit: Unit,
    ) -> NormalizeResponse {
        let output = self.normalizer.run(input.text());
        let alignment =
            if self.alignment { edits(input, &output.normalized, index, unit) } else { Vec::new() };
        let change = |(step, count): (warraq_core::normalize::Step, u32)| StepChange {
            step: step.name().to_owned(),
            count: int32(count),
        };
        NormalizeResponse {
            changes: output.changes.into_iter().map(change).collect(),
            alignment,
            text: output.normalized.text,
            offset_unit: unit_to_proto(unit).into(),
            model_version: MODEL_VERSION.to_owned(),
        }
    }
}

/// Where the output differs from the text as sent.
fn edits<'i>(
    input: &'i Input,
    output: &Normalized,
    index: impl FnOnce() -> &'i OffsetIndex,
    unit: Unit,
) -> Vec<AlignmentEdit> {
    let alignment = input.alignment_from_source(output);
    if alignment.is_identity() {
        return Vec::new();
    }
    let source = input.offsets_by(index, unit);
    let of_output = OffsetIndex::new(&output.text);
    let edit = |edit: &Edit| AlignmentEdit {
        source: Some(source.of_source(edit.source)),
        output: Some(span_to_proto(&output.text, &of_output, edit.output, unit)),
    };
    alignment.edits().iter().map(edit).collect()
}

/// A byte of news is normalised in a fiftieth of the time that finding its entities takes, or less; of the slowest texts
/// known in about a fifth (an estimate from 8 KiB of them).
const LIGHTER: usize = 5;
/// Steps of a caller's own are made ready in a millisecond, as long as the entities of so many bytes take.
const OWN_STEPS: usize = 4096;

/// What answering a request of so many bytes costs, in bytes that are analysed.
pub fn cost(request: &NormalizeRequest, bytes: usize) -> usize {
    let own_steps = if request.steps.is_empty() { 0 } else { OWN_STEPS };
    own_steps + bytes.div_ceil(LIGHTER)
}

/// Answers one call.
///
/// # Errors
/// [`Failure`] as the contract's table has it.
pub fn call(cx: Context, request: &NormalizeRequest) -> Result<NormalizeResponse, Failure> {
    let unit = unit(request.offset_unit)?;
    let input = document::open(request.document.as_ref(), cx.config)?;
    let NormalizeRequest { preset, steps, alignment, .. } = request;
    let options =
        NormalizationOptions { preset: preset.clone(), steps: steps.clone(), alignment: *alignment };
    let plan = Plan::new(options)?;
    let index = OnceCell::new();
    let index = || index.get_or_init(|| OffsetIndex::new(input.text()));
    cx.job.stage("normalize", || plan.run(&input, index, unit))
}

fn step_request(step: NormalizationStep) -> StepRequest {
    StepRequest { step: step.step, enabled: step.enabled, options: step.options.into_iter().collect() }
}

/// Says where the request is wrong. The core names the step by its place among the overrides.
fn step_failure(error: &StepError) -> Failure {
    let step = error.index.map(|index| format!("steps[{index}]")).unwrap_or_default();
    let description = error.to_string();
    match error.problem {
        StepProblem::UnknownPreset => Failure::field(Reason::UnknownPreset, "preset", description),
        StepProblem::UnknownStep => Failure::field(Reason::UnknownStep, format!("{step}.step"), description),
        StepProblem::UnknownOption { .. } | StepProblem::UnknownValue { .. } => {
            Failure::field(Reason::InvalidStepOption, format!("{step}.options"), description)
        }
        StepProblem::Repeated { .. } | StepProblem::Contradictory { .. } => {
            Failure::field(Reason::ContradictoryOptions, step, description)
        }
    }
}
