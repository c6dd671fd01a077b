//! The contract, compiled: protox (no protoc) to tonic's service and client, and the descriptor set that
//! reflection and JSON need.

use std::path::Path;
use std::{env, fs};

use prost::Message as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=proto");
    println!("cargo:rerun-if-changed=build.rs");
    let mut descriptors = protox::compile(["warraq/v1/text_processing.proto"], ["proto"])?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("warraq.binpb"), descriptors.encode_to_vec())?;
    // The comments of the contract are written for its readers; rustdoc would find fault with their form.
    for file in &mut descriptors.file {
        file.source_code_info = None;
    }
    tonic_prost_build::configure()
        .codec_path("crate::server::codec::Codec")
        // Maps in order: the same answer is the same bytes.
        .btree_map(".warraq.v1")
        .bytes(".warraq.v1.Document.content")
        .compile_fds(descriptors)?;
    Ok(())
}
