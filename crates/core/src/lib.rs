//! The client core: session, API calls, stores and commands.
//!
//! It is the only part that holds tokens and keys, talks to the server and decides what a role may see. A tab (or a
//! test, or a tool) connects to a [`Core`], asks [`Question`](portal_bridge::Question)s and hears news. What differs
//! between the browser and elsewhere is a [`Platform`]: [`web`] for a worker, [`native`] for everything else.
//!
//! ```text
//! tab ──Ask──► Core ──► commands ──► stores        what a tab sees
//!                          │  └────► session       who is signed in, and the keys
//!                          └───────► api           every request, retried and checked
//!                                     └► Platform  transport, clock, small store
//! ```

mod api;
mod commands;
mod core;
mod few;
mod fields;
mod jobs;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
pub mod platform;
#[cfg(test)]
mod scripted;
mod session;
#[cfg(test)]
mod simulated;
mod sort;
mod stores;
mod tabs;
#[cfg(target_arch = "wasm32")]
pub mod web;

#[cfg(feature = "measure")]
pub use crate::stores::{drafts::measure::MeasuredDrafts, events::measure, ledger::measure::MeasuredLedger};
pub use crate::{
    core::{Core, Lockdown},
    platform::Platform,
    session::Remains,
    stores::books::{Books, Seen},
    tabs::{Outlet, TabId},
};
