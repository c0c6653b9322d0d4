//! One module per page, named as in the address bar.

pub mod accept_organization;
pub mod accept_provider;
pub mod client;
pub mod clients;
mod compare;
pub mod entry;
pub mod events;
mod invited;
mod listing;
pub mod locked;
pub mod members;
pub mod providers;
pub mod register;
pub mod settings;
pub mod setup_provider;
pub mod sign_in;
pub mod staff;
pub mod two_step;
mod work;
