//! A table of any length. A fixed pool of rows is moved under the eye: scrolling makes no element, whatever the list.

mod body;
mod grid;
mod keys;
mod model;
mod pool;
mod selection;

pub use grid::Table;
pub use model::{AskKeys, Heads, OnAct, OnOpen};
pub use selection::Selection;

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use leptos::tachys::reactive_graph::SharedReactiveFunction;

use super::{Glyph, Icon};

/// A text of the message table.
pub type Words = fn() -> &'static str;

/// A column: its head, and the class that its cells share.
#[derive(Clone, Copy)]
pub struct Column {
    /// Its head.
    pub label: Words,
    /// Class of head and cells; gives alignment and says where the column is left out.
    pub class: &'static str,
    /// What clicking the head sorts by; none for a column that is not sorted by.
    pub sort: Option<&'static str>,
    /// A second thing to sort by, with its own words after the head.
    pub also: Option<(Words, &'static str)>,
}

impl Column {
    /// A column that is sorted by `sort`.
    pub const fn sorted(label: Words, class: &'static str, sort: &'static str) -> Self {
        Self { label, class, sort: Some(sort), also: None }
    }

    /// A column that is not sorted by.
    pub const fn plain(label: Words, class: &'static str) -> Self {
        Self { label, class, sort: None, also: None }
    }
}

/// What the table is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorted {
    /// A column's `sort` or `also`.
    pub by: &'static str,
    /// Largest first.
    pub descending: bool,
}

/// A place of the pool, and the row that stands in it now. A handle that copies.
pub struct Slot<R: Send + Sync + 'static> {
    row: RwSignal<Option<R>>,
    /// The row that belongs here has not arrived. What stood here before stays until it does, covered: emptying every
    /// cell only to fill it again was half the work of a scroll.
    waiting: RwSignal<bool>,
}

impl<R: Send + Sync + 'static> Clone for Slot<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R: Send + Sync + 'static> Copy for Slot<R> {}

impl<R: Send + Sync + 'static> Slot<R> {
    /// Reads the row; what there is no row for is empty.
    pub fn read<T: Default>(self, read: impl FnOnce(&R) -> T) -> T {
        self.row.with(|row| row.as_ref().map(read).unwrap_or_default())
    }

    /// A cell's text: nothing until the row is here.
    pub fn text(self, read: fn(&R) -> String) -> SharedReactiveFunction<String> {
        Arc::new(Mutex::new(move || self.read(read)))
    }
}

/// The last cell of a row: a button for what can be done with it, which the table tells of as `menu`.
pub fn menu_cell(label: SharedReactiveFunction<String>) -> AnyView {
    view! {
        <div class="cell act" role="gridcell">
            <button
                type="button"
                class="btn bare only"
                tabindex="-1"
                data-act="menu"
                data-stop
                aria-haspopup="menu"
                aria-expanded="false"
                aria-label=label
            >
                <Icon glyph=Glyph::More />
            </button>
        </div>
    }
    .into_any()
}
