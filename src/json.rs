//! Canonical proto3 JSON of the contract's messages, by their descriptors.

use std::sync::LazyLock;

use prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor, SerializeOptions};

use crate::proto::DESCRIPTORS;

/// The contract's descriptors, with those of the error details.
static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
    // Both are written by the build or shipped by tonic-types; a test decodes them.
    let mut pool = DescriptorPool::decode(DESCRIPTORS).unwrap_or_default();
    if let Err(error) = pool.decode_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET) {
        tracing::error!(%error, "the descriptors of google.rpc do not load");
    }
    pool
});

/// A message's descriptor by its full name (`warraq.v1.AnnotateResponse`).
///
/// # Errors
/// Where the contract has no such message.
pub fn descriptor(name: &str) -> Result<MessageDescriptor, JsonError> {
    POOL.get_message_by_name(name).ok_or_else(|| JsonError(format!("{name} is no message of the contract")))
}

/// Why JSON is no message, or a message no JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct JsonError(String);

/// `message` as JSON. Zeros and empty lists are printed (a span that begins at 0 says so); what is absent
/// and could be told from zero is not.
///
/// # Errors
/// Where the message cannot be represented (an `Any` of an unknown type).
pub fn to_value<M: Message>(name: &str, message: &M) -> Result<serde_json::Value, JsonError> {
    let dynamic = to_dynamic(name, message)?;
    let options = SerializeOptions::new().skip_default_fields(false);
    dynamic
        .serialize_with_options(serde_json::value::Serializer, &options)
        .map_err(|error| JsonError(error.to_string()))
}

/// The message that `json` writes out. A field that the message does not have is an error.
///
/// # Errors
/// With the place in `json`.
pub fn from_str<M: Message + Default>(name: &str, json: &str) -> Result<M, JsonError> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let dynamic = DynamicMessage::deserialize(descriptor(name)?, &mut deserializer)
        .map_err(|error| JsonError(error.to_string()))?;
    deserializer.end().map_err(|error| JsonError(error.to_string()))?;
    from_dynamic(&dynamic)
}

/// `message` with its fields by name.
///
/// # Errors
/// Where `name` is not its name.
pub fn to_dynamic<M: Message>(name: &str, message: &M) -> Result<DynamicMessage, JsonError> {
    DynamicMessage::decode(descriptor(name)?, message.encode_to_vec().as_slice())
        .map_err(|error| JsonError(error.to_string()))
}

/// The generated message again.
///
/// # Errors
/// Where `dynamic` is of another type.
pub fn from_dynamic<M: Message + Default>(dynamic: &DynamicMessage) -> Result<M, JsonError> {
    dynamic.transcode_to().map_err(|error| JsonError(error.to_string()))
}
