//! The tab: draws what the core tells it, and tells the core what the person wants.
//!
//! It holds no token and no key, makes no request and decides nothing about rights: all of that is the core's, which
//! runs in a worker of the same page and is reached through [`core_link`] alone.

#![allow(unreachable_pub, reason = "the component macro writes `pub` for what stays within a module")]

pub mod app;
pub mod core_link;
pub mod form;
pub mod format;
pub mod live;
pub mod messages;
pub mod pages;
pub mod portfolio;
pub mod preferences;
pub mod router;
pub mod save;
pub mod session;
pub mod shell;
pub mod space;
pub mod typed;
pub mod ui;
pub mod view;

mod broken;

/// Mounts the app in place of the still frame that the page came with.
pub fn start() {
    broken::catch();
    app::mount();
}
