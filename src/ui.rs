//! The design system. Its parts know no business word: what they say is given to them.
//!
//! A part that floats and is opened by a click exists only while it is open, so that every opening starts afresh:
//! `{move || open.get().then(|| view! { <Dialog …/> }.into_any())}`.

mod action_bar;
mod addresses;
mod button;
mod chart;
mod chip;
mod choice;
mod copy;
mod date_range;
mod dialog;
mod dom;
mod field;
mod finder;
mod icon;
mod menu;
mod panel;
mod password;
mod status;
mod strip;
pub mod table;
mod text_area;
mod tip;
mod toast;

pub use action_bar::*;
pub use addresses::*;
pub use button::*;
pub use chart::*;
pub use chip::*;
pub use choice::*;
pub use copy::*;
pub use date_range::*;
pub use dialog::*;
pub use dom::{capital_letters, focus, focus_first_fault, focus_main_heading, fresh_id, small_letters};
pub use field::*;
pub use finder::*;
pub use icon::*;
pub use menu::*;
pub use panel::*;
pub use password::*;
pub use status::*;
pub use strip::*;
pub use text_area::*;
pub use tip::*;
pub use toast::*;

/// Something to do when a control is used.
pub type Press = leptos::prelude::UnsyncCallback<()>;
