//! Pure rules: who may do what, what an event means, how seats add up.

pub mod access;
mod base64;
pub mod billing;
pub mod capabilities;
pub mod collections;
pub mod csv;
pub mod directory;
pub mod evidence;
pub mod html;
pub mod invitations;
pub mod items;
pub mod limits;
pub mod policies;
pub mod reconcile;
pub mod search;
pub mod seats;
pub mod setup;
pub mod technicians;
pub mod timeline;
pub mod vault_import;
