//! One module per page, named as in the address bar.

pub mod accept_organization;
pub mod accept_provider;
mod access;
pub mod client;
pub mod client_settings;
pub mod clients;
pub mod collections;
mod compare;
mod deeds;
pub mod directory;
pub mod entry;
pub mod events;
pub mod groups;
mod invited;
pub mod items;
mod listing;
pub mod locked;
pub mod members;
pub mod policies;
pub mod providers;
pub mod register;
pub mod settings;
pub mod setup_provider;
pub mod sign_in;
pub mod staff;
pub mod two_step;
mod work;
