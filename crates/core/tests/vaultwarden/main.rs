//! The core against what a live Vaultwarden answered, replayed over HTTP. `README.md` tells which test holds which deviation.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests may fail"
)]

mod elsewhere;
mod events;
mod exposure;
mod keys;
#[allow(dead_code, reason = "the tests against the embedded server use the rest")]
#[path = "../server/line.rs"]
mod line;
mod mail;
mod members;
mod organization;
#[allow(dead_code, reason = "the tests against the embedded server use the rest")]
#[path = "../server/person.rs"]
mod person;
mod policies;
#[allow(dead_code, reason = "the tests of the types use the rest")]
#[path = "../../../wire/tests/recorded/mod.rs"]
mod recorded;
mod replay;
mod sign_in;
mod structure;
mod transport;
mod vault;
