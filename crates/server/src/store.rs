//! The database: the only place that contains SQL.
//!
//! One file per noun. A function that reads takes a [`Db`] (a connection, or a transaction, which derefs to one); a
//! function that writes takes a [`Tx`], so that a change and its event are always one transaction. Functions on what
//! belongs to a provider or an organization take the proof from [`crate::auth`] that the caller may do it.

pub mod billing;
pub mod books;
pub mod bulk;
pub mod ciphers;
pub mod clients;
pub mod collections;
mod connect;
mod database;
pub mod devices;
pub mod directory;
pub mod events;
pub mod groups;
mod hidden;
pub mod invitations;
mod json_rows;
pub mod members;
mod migrations;
pub mod organizations;
pub mod outbox;
pub mod policies;
pub mod providers;
pub mod rate_limits;
mod row;
pub mod sessions;
pub mod users;

pub use connect::{Db, Store, StoreError, Tx};
pub use database::Database;
