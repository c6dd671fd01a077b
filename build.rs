//! The contract, compiled: protox (no protoc) to tonic's service and client, and the descriptor set that
//! reflection and JSON need.

use std::path::Path;
use std::{env, fs};

use prost::Message as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=proto");
    println!("cargo:rerun-if-changed=build.rs");
    let descriptors = protox::compile(["warraq/v1/text_processing.proto"], ["proto"])?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("warraq.binpb"), descriptors.encode_to_vec())?;
    tonic_prost_build::configure()
        .codec_path("crate::server::codec::Codec")
        // The comments of the contract are written for `proto/`; rustdoc would take their tables for code.
        .disable_comments(["."])
        .bytes(".warraq.v1.Document.content")
        .compile_fds(descriptors)?;
    Ok(())
}
