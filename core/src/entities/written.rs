//! Proposes what the text writes out: numbers, amounts, dates.

use super::EntityType;
use super::candidate::{Candidate, Identity, MentionSource, Origin};
use crate::Document;
use crate::values::values;

/// Numbers, percentages, money, measures, dates and times.
pub(super) struct WrittenOut;

impl MentionSource for WrittenOut {
    fn propose(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        // A number in words loses to a name that it is in (`محمد السادس`).
        let doubtful = document.knowledge().lexicon.evidence().weights.threshold;
        out.extend(values(document).into_iter().map(|written| Candidate {
            span: written.span,
            kind: Some(written.kind),
            identity: match &written.value {
                Some(value) if written.kind != EntityType::Duration => Identity::Canonical(value.to_string()),
                _ => Identity::Surface,
            },
            country: None,
            value: written.value,
            subtype: written.subtype,
            is_built: false,
            is_closed: true,
            score: if written.sure { f32::INFINITY } else { doubtful },
            origin: Origin::Number,
        }));
    }
}
