//! The server over real sockets, in one binary.

mod batch_and_stream;
mod determinism;
mod drain;
mod errors;
mod golden;
mod hard_questions;
mod health_reflection;
mod logs;
mod malformed;
mod own_names;
mod program;
mod spans;
mod support;
