//! The contract, spoken over real HTTP, on SQLite and on PostgreSQL.

#![allow(
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test program: nothing outside can reach it, and failing loudly is what it is for"
)]

mod support;

mod accounts;
mod bad_input;
mod billing;
mod books;
mod clients;
mod collections;
mod compression;
mod deploy;
mod directory;
mod events;
mod events_kept;
mod events_read;
mod foreign;
mod gateway;
mod groups;
mod guessing;
mod items;
mod items_in_part;
mod killed;
mod mail;
mod member_deeds;
mod members;
mod organization;
mod owner_mode;
mod policies;
mod prelogin;
mod processes;
mod program;
mod providers;
mod registration;
mod role_table;
mod server;
mod sign_in;
mod sign_in_events;
mod slow;
mod staff;
mod two_factor;
