//! Proposes what the text writes out: numbers, amounts, dates.

use super::candidate::{Candidate, Identity, MentionSource, Origin};
use crate::Document;
use crate::values::{TimeKind, Value, Written, values};

/// By what two mentions are one: by what they say, where it is said whole. The third is not three, yesterday without a
/// day to count from is not tomorrow, and of two lengths each is its own.
fn identity(written: &Written) -> Identity {
    match &written.value {
        Some(Value::Time(time)) if time.kind == TimeKind::Duration || time.begin.is_none() => {
            Identity::Surface
        }
        Some(value) => {
            let mut canonical = value.canonical();
            if let Some(subtype) = written.subtype {
                canonical.push(' ');
                canonical.push_str(subtype);
            }
            Identity::Canonical(canonical)
        }
        None => Identity::Surface,
    }
}

/// Numbers, percentages, money, measures, dates and times.
pub(super) struct WrittenOut;

impl MentionSource for WrittenOut {
    fn propose(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        // A number in words loses to a name that it is in (`محمد السادس`).
        let doubtful = document.knowledge().lexicon.evidence().weights.threshold;
        out.extend(values(document).into_iter().map(|written| Candidate {
            span: written.span,
            kind: Some(written.kind),
            identity: identity(&written),
            country: None,
            value: written.value.map(Box::new),
            subtype: written.subtype,
            is_built: false,
            is_closed: true,
            score: if written.sure { f32::INFINITY } else { doubtful },
            origin: Origin::Number,
        }));
    }
}
