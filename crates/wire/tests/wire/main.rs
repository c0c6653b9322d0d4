//! The types against the contract, against answers of a live server, and against other implementations.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

mod contract;
mod enums;
mod ids;
mod json;
#[allow(dead_code, reason = "the core's tests use the rest")]
#[path = "../recorded/mod.rs"]
mod recorded;
mod rows;
mod timestamp;
mod vault;
mod vaultwarden;
