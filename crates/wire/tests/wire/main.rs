//! The types against the contract, against answers of a live server, and against other implementations.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod contract;
mod enums;
mod ids;
mod json;
mod rows;
mod timestamp;
mod vault;
mod vaultwarden;
