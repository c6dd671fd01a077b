//! `read_mask`: which fields of the answer to give.

use std::collections::BTreeMap;

use prost_reflect::{DynamicMessage, Kind, MessageDescriptor, ReflectMessage as _, Value};

use crate::failure::{Failure, Reason};
use crate::json;
use crate::proto::v1::AnnotateResponse;

const RESPONSE: &str = "warraq.v1.AnnotateResponse";

/// What every answer has, whatever is asked for.
const ALWAYS: &[&str] = &["offset_unit", "model_version"];

/// What no stage fills yet: asked for by name, it is not implemented.
const UNFILLED: &[&str] = &[
    "entities.links",
    "metadata.json_ld",
    "metadata.metadata.published",
    "metadata.metadata.keywords",
    "metadata.metadata.key_sentences",
    "metadata.metadata.timeline",
];

/// A checked mask: the fields to keep; an empty tree below a field keeps all of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mask(BTreeMap<String, Mask>);

impl Mask {
    /// The mask of `paths`; `None` where all is asked for (no path, or `*`).
    pub(super) fn new(paths: &[String]) -> Result<Option<Self>, Failure> {
        if paths.is_empty() || paths == ["*"] {
            return Ok(None);
        }
        let mut mask = Self::default();
        let root = json::descriptor(RESPONSE).map_err(|_| Failure::Internal)?;
        for (i, path) in paths.iter().enumerate() {
            let bad = |problem: &str| {
                Failure::field(Reason::InvalidReadMask, format!("read_mask.paths[{i}]"), problem)
            };
            check(&root, path).map_err(bad)?;
            if UNFILLED.contains(&path.as_str()) {
                return Err(Failure::not_implemented(format!("read_mask.paths[{i}]"), path.as_str()));
            }
            mask.add(path);
        }
        Ok(Some(mask))
    }

    /// Whether anything under the top-level field is kept.
    pub(super) fn keeps(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// The answer without what was not asked for. Units and versions always stay: spans mean nothing without
    /// them.
    pub(super) fn apply(&self, response: &AnnotateResponse) -> Result<AnnotateResponse, Failure> {
        let mut dynamic = json::to_dynamic(RESPONSE, response).map_err(|_| Failure::Internal)?;
        self.prune(&mut dynamic);
        json::from_dynamic(&dynamic).map_err(|_| Failure::Internal)
    }

    fn add(&mut self, path: &str) {
        let mut node = self;
        let mut fresh = true;
        for name in path.split('.') {
            // A field that is kept whole stays whole: `a` and `a.b` together are `a`.
            if !fresh && node.0.is_empty() {
                return;
            }
            fresh = !node.0.contains_key(name);
            node = node.0.entry(name.to_owned()).or_default();
        }
        node.0.clear();
    }

    fn prune(&self, message: &mut DynamicMessage) {
        let fields: Vec<_> = message.descriptor().fields().collect();
        for field in fields {
            match self.0.get(field.name()) {
                None if ALWAYS.contains(&field.name()) => {}
                None => message.clear_field(&field),
                Some(below) if below.0.is_empty() || !message.has_field(&field) => {}
                Some(below) => {
                    if let Value::Message(inner) = message.get_field_mut(&field) {
                        below.prune(inner);
                    }
                }
            }
        }
    }
}

/// Whether `path` leads to a field, through messages only.
fn check(root: &MessageDescriptor, path: &str) -> Result<(), &'static str> {
    let mut message = Some(root.clone());
    let mut through_list = false;
    for name in path.split('.') {
        let Some(inside) = message else {
            return Err(if through_list { "goes through a repeated field" } else { "names no field" });
        };
        let field = inside.get_field_by_name(name).ok_or("names no field")?;
        through_list = field.is_list() || field.is_map();
        message = match field.kind() {
            Kind::Message(below) if !through_list => Some(below),
            _ => None,
        };
    }
    Ok(())
}
