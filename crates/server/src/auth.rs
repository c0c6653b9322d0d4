//! Who is asking, and what they may: as types that only this room can make.
//!
//! A store function on what belongs to somebody takes one of these proofs instead of a bare id; a handler that forgot
//! to check would not compile.

mod caller;
mod claims;
pub mod organization;
pub mod passwords;
mod proof;
pub mod provider;
pub mod secrets;
pub mod tokens;
pub mod totp;

pub use caller::{Caller, read_device_type};
pub use claims::{ACCESS_TOKEN_LIFE, Claims, OrganizationRole, Person, Session};
pub use organization::{OrganizationAccess, OrganizationKey};
pub use proof::prove_password;
pub use provider::{ProviderAdmin, ProviderMember};
