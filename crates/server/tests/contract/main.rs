//! The contract, spoken over real HTTP, on SQLite and on PostgreSQL.

#![allow(unreachable_pub, reason = "nothing outside a test program could reach it anyway")]

mod support;

mod accounts;
mod clients;
mod mail;
mod prelogin;
mod program;
mod registration;
mod server;
mod sign_in;
mod sign_in_events;
mod staff;
mod two_factor;
