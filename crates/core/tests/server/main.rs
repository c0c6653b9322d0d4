//! The core against the embedded server, over HTTP, on lines that break.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "tests may fail"
)]

mod billing;
mod books;
mod bulk;
mod clients;
mod ledger;
mod line;
mod person;
mod prices;
mod staff;
mod stage;
mod timeline;
