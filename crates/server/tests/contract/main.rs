//! The contract, spoken over real HTTP, on SQLite and on PostgreSQL.

#![allow(unreachable_pub, reason = "nothing outside a test program could reach it anyway")]

mod support;

mod accounts;
mod mail;
mod prelogin;
mod program;
mod registration;
mod server;
mod sign_in;
mod sign_in_events;
mod two_factor;
