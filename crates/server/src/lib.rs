//! The embedded Bitwarden-compatible server.
//!
//! A request passes: [`http`] (limits, headers, JSON, errors), [`routes`] (thin handlers, one file per area of the
//! contract), [`auth`] (who is asking, and the proof of what they may), [`store`] (the only SQL). The process keeps no
//! state of its own, so that several can stand behind one address. As a [`gateway`] it has none of this but [`http`]:
//! another server answers, and this one passes on.

pub mod app;
pub mod auth;
pub mod billing;
pub mod cli;
pub mod clock;
pub mod gateway;
pub mod http;
pub mod limits;
pub mod mail;
pub mod operator;
pub mod plan;
pub mod routes;
pub mod settings;
pub mod store;

pub use app::{App, build};
pub use clock::Clock;
pub use settings::Settings;
