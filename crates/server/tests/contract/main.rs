//! The contract, spoken over real HTTP, on SQLite and on PostgreSQL.

#![allow(unreachable_pub, reason = "nothing outside a test program could reach it anyway")]

mod support;

mod server;
