//! The messages of `proto/warraq/v1/`, as generated, and their descriptors.

/// Package `warraq.v1`.
#[allow(missing_docs, unreachable_pub, clippy::pedantic, clippy::large_enum_variant)]
pub mod v1 {
    tonic::include_proto!("warraq.v1");
}

/// The contract's `FileDescriptorSet`, encoded.
pub const DESCRIPTORS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/warraq.binpb"));

/// The service's full name, as health and reflection know it.
pub const SERVICE: &str = "warraq.v1.TextProcessing";
