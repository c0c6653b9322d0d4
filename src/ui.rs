//! The design system. Its parts know no business word: what they say is given to them.
//!
//! A part that floats and is opened by a click exists only while it is open, so that every opening starts afresh:
//! `{move || open.get().then(|| view! { <Dialog …/> })}`.

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
mod icon;
mod menu;
mod panel;
mod password;
mod status;
mod tip;
mod toast;

pub use action_bar::BulkBar;
pub use addresses::{AddressesField, split_addresses};
pub use button::{Button, ButtonKind, IconButton};
pub use chart::{DayBar, DensityBars};
pub use chip::{Chip, FilterButton};
pub use choice::{Check, Choice, RadioCards, Segments, SelectField};
pub use copy::{CopyButton, copy_text};
pub use date_range::DateRange;
pub use dialog::{ConfirmDialog, Dialog};
pub use dom::{focus, focus_first_fault, focus_main_heading, fresh_id};
pub use field::{InputKind, SearchField, TextField};
pub use icon::{Glyph, Icon};
pub use menu::{MenuButton, MenuEntry, MenuItem, MenuLayer, Menus};
pub use panel::SidePanel;
pub use password::{PasswordField, PasswordInput};
pub use status::{Empty, Meter, Notice, Progress, Skeleton, Status, Tone};
pub use tip::TipLayer;
pub use toast::{ToastLayer, Toasts};

/// Something to do when a control is used.
pub type Press = leptos::prelude::UnsyncCallback<()>;
