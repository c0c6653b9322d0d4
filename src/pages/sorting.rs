//! The order of a list, kept in the address.

use leptos::prelude::*;
use portal_bridge::Direction;

use crate::router::{Router, use_router};
use crate::ui::table::Sorted;

const SORT: &str = "sort";
const DOWN: &str = "down";
/// The column a list is sorted by where the address says nothing.
const FIRST: &str = "name";

/// What a list can be sorted by, each with the word of its column. A handle that copies.
#[derive(Clone, Copy)]
pub(super) struct Sorting<S: 'static> {
    router: Router,
    orders: &'static [(&'static str, S)],
}

impl<S: Copy + Default + Send + Sync> Sorting<S> {
    /// Follows the address.
    pub(super) fn follow(orders: &'static [(&'static str, S)]) -> Self {
        Self { router: use_router(), orders }
    }

    /// What the list is sorted by.
    pub(super) fn sort(self) -> S {
        self.now().map(|(_, sort)| *sort).unwrap_or_default()
    }

    /// Which way.
    pub(super) fn direction(self) -> Direction {
        if self.descending() { Direction::Descending } else { Direction::Ascending }
    }

    /// The same, for the heads of the columns.
    pub(super) fn shown(self) -> Signal<Option<Sorted>> {
        Signal::derive(move || self.now().map(|(by, _)| Sorted { by, descending: self.descending() }))
    }

    /// Sorts by a column; the same column again turns the order round.
    pub(super) fn by(self, column: &'static str) {
        let down = untrack(|| self.word() == column && !self.descending());
        let word = (column != FIRST).then_some(column);
        self.router.set_query(&[(SORT, word), (DOWN, down.then_some("1"))]);
    }

    fn now(self) -> Option<&'static (&'static str, S)> {
        let word = self.word();
        self.orders.iter().find(|(known, _)| *known == word)
    }

    fn word(self) -> String {
        self.router.query(SORT).unwrap_or_else(|| FIRST.to_owned())
    }

    fn descending(self) -> bool {
        self.router.query(DOWN).is_some()
    }
}
