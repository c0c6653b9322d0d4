//! Bitwarden's JSON as types: fields, enums with their numbers, unknown values kept.
//!
//! Rules that hold for every type here:
//!
//! - Names are camelCase; the one exception is the answer of the sign-in endpoint, see [`identity`].
//! - `null` is written explicitly; fields which the contract omits are marked with `skip_serializing_if`.
//! - The constant `object` of an answer is written, and ignored when read.
//! - Unknown properties are ignored, unknown enum numbers kept. What a client need not insist on may be missing.
//! - In requests a missing or null text reads as the empty text, so that the server can say which field is required.
//! - Matching property names case-insensitively, as Bitwarden's server does, is left to the server.

pub mod billing;
pub mod cipher;
pub mod client;
pub mod collection;
pub mod config;
pub mod directory;
pub mod enums;
pub mod error;
pub mod event;
pub mod group;
pub mod identity;
pub mod ids;
pub mod json;
mod lenient;
pub mod list;
pub mod membership;
pub mod organization;
mod organization_view;
pub mod plan;
pub mod policy;
pub mod profile;
pub mod provider;
mod redacted;
pub mod rows;
pub mod timestamp;
pub mod two_factor;
pub mod vault;

pub use enums::*;
pub use event::Event;
pub use ids::*;
pub use list::List;
pub use rows::{RowSplitter, RowsError};
pub use timestamp::Timestamp;
