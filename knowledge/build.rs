//! Compiles the lexicons: it takes a good part of a second, which a server that starts does not have.

use std::error::Error;
use std::path::Path;

use warraq_core::lexicon::Lexicon;

fn main() -> Result<(), Box<dyn Error>> {
    // The lists are a part of the core, which this program is built with; nothing else is read.
    println!("cargo::rerun-if-changed=build.rs");
    let bytes = Lexicon::built_in()?.to_bytes();
    std::fs::write(Path::new(&std::env::var("OUT_DIR")?).join("lexicon.bin"), bytes)?;
    Ok(())
}
