//! The rules, against the contract and against other implementations.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

mod access;
mod billing;
mod collection_rights;
mod csv_files;
mod directory;
mod evidence;
mod exports;
mod highlights;
mod html;
mod invitations;
mod limits;
mod member_deeds;
mod search;
mod seats;
mod timeline;
mod twins;
mod vault_import;
