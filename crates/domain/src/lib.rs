//! Pure rules: who may do what, what an event means, how seats add up.

pub mod access;
pub mod csv;
pub mod directory;
pub mod html;
pub mod limits;
pub mod search;
pub mod seats;
pub mod setup;
pub mod timeline;
