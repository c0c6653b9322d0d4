//! One module per page, named as in the address bar.

pub mod accept_organization;
pub mod accept_provider;
pub mod client;
pub mod client_settings;
pub mod clients;
pub mod directory;
pub mod entry;
pub mod events;
mod listing;
pub mod locked;
pub mod providers;
pub mod register;
pub mod settings;
pub mod setup_provider;
pub mod sign_in;
pub mod staff;
pub mod two_step;
