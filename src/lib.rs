//! warraq: a gRPC service that turns raw Arabic news text into something other services can build on.
//!
//! | module | what lives there |
//! |---|---|
//! | [`proto`] | the contract's messages |
//! | [`service`] | request → core → response, one file a call |
//! | [`failure`] | everything that a call can fail with |
//! | [`server`] | gRPC: layers, workers, drain; [`server::status`] turns a failure into a code |
//! | [`json`] | the messages as canonical proto3 JSON |
//! | [`cli`] | the command line |
//! | [`config`] | every knob |

pub mod cli;
pub mod config;
pub mod failure;
pub mod json;
pub mod proto;
pub mod server;
pub mod service;
mod telemetry;
