//! Numbers, percentages, amounts of money and dates in digits and listed words.
//!
//! They work on the folded text, where all digits, spellings and marks are level, and lead back to
//! the source at the end.

mod amounts;
mod dates;
mod decimal;
mod literals;
mod scan;

use super::candidate::{Candidate, Identity, MentionSource, Origin};
use super::{EntityType, Value, source_span};
use crate::Document;
use scan::Scan;

/// Proposes what is written in digits.
pub(super) struct Numbers;

impl MentionSource for Numbers {
    fn propose(&self, document: &Document<'_>, out: &mut Vec<Candidate>) {
        let lexicon = &document.knowledge().lexicon;
        // The built-in lexicon is the last: the words of numbers are in no other.
        let Some(hits) = document.names().last() else { return };
        let text = document.folded().text.as_str();
        let scan = Scan { text, lexicon, hits, literals: literals::literals(text, lexicon) };
        let mut used = vec![false; scan.literals.len()];
        let dates = dates::dates(&scan, &mut used);
        let amounts = amounts::amounts(&scan, &mut used);
        let mut push = |begin, end, kind, value: Option<Value>| {
            out.push(Candidate {
                span: source_span(document, begin, end),
                kind: Some(kind),
                identity: value.as_ref().map_or(Identity::Surface, |v| Identity::Canonical(v.to_string())),
                country: None,
                value,
                is_built: false,
                is_closed: true,
                score: f32::INFINITY,
                origin: Origin::Number,
            });
        };
        for date in dates {
            push(date.begin, date.end, EntityType::Date, date.value.map(Value::Time));
        }
        for amount in amounts {
            push(amount.begin, amount.end, amount.kind, amount.value);
        }
    }
}
