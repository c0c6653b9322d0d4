//! What the grid must know of its rows. The grid itself is written once, for every kind of row.

use std::hash::Hash;

use leptos::prelude::*;
use web_sys::HtmlElement;

use super::{Selection, Slot};
use crate::view::{List, Listed};

/// The rows of a grid, without their type.
pub(super) trait Model {
    /// How many there are; none while nothing has arrived.
    fn count(&self) -> Option<u32>;
    /// Puts a row into a place, or empties the place.
    fn fill(&self, place: usize, row: Option<u32>);
    /// Whether any of these rows has arrived.
    fn has_any(&self, first: u32, end: u32) -> bool;
    /// These rows are looked at.
    fn look_at(&self, first: u32, end: u32);
    /// The person opens a row.
    fn open(&self, row: u32);
    /// The person uses a control of a row.
    fn act(&self, row: u32, what: &str, anchor: &HtmlElement);
    /// Changes the selection.
    fn select(&self, choice: Choose);
    /// Whether a row is chosen.
    fn is_chosen(&self, row: u32) -> bool;
}

/// A change of the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Choose {
    /// One row, or no longer.
    One(u32, bool),
    /// Every row from the one to the other, both included.
    Range(u32, u32),
    /// Every row there is.
    All,
    /// Nothing.
    Nothing,
}

/// Asks for the keys of all rows in order, and goes on with them.
pub type AskKeys<K> = Box<dyn Fn(Box<dyn FnOnce(Vec<K>)>)>;

/// Draws the head of the column of a number; nothing where its words stand there.
pub type Heads = Box<dyn Fn(usize) -> Option<AnyView>>;

/// What happens when a row is opened.
pub type OnOpen<R> = Box<dyn Fn(R)>;

/// What happens when a control of a row is used: its `data-act`, the row, and the control.
pub type OnAct<R> = Box<dyn Fn(&str, R, HtmlElement)>;

/// Rows of one type.
pub(super) struct Typed<R: Send + Sync + 'static, K: Send + Sync + 'static> {
    pub(super) list: List<R>,
    pub(super) slots: Vec<Slot<R>>,
    pub(super) key: fn(&R) -> K,
    pub(super) selection: Option<Selection<K>>,
    pub(super) keys: Option<AskKeys<K>>,
    pub(super) on_open: Option<OnOpen<R>>,
    pub(super) on_act: Option<OnAct<R>>,
}

impl<R, K> Model for Typed<R, K>
where
    R: Listed + Clone + PartialEq + Send + Sync + 'static,
    K: Copy + Eq + Hash + Send + Sync + 'static,
{
    fn count(&self) -> Option<u32> {
        self.list.matched_untracked()
    }

    fn fill(&self, place: usize, row: Option<u32>) {
        let Some(slot) = self.slots.get(place) else { return };
        let same = row.and_then(|row| {
            self.list.row(row, |new| slot.row.with_untracked(|old| old.as_ref() == Some(new)))
        });
        let emptied = row.is_none() && slot.row.with_untracked(Option::is_some);
        if emptied || same == Some(false) {
            slot.row.set(row.and_then(|row| self.list.row(row, R::clone)));
        }
        let waiting = same.is_none();
        if slot.waiting.get_untracked() != waiting {
            slot.waiting.set(waiting);
        }
    }

    fn has_any(&self, first: u32, end: u32) -> bool {
        (first..end).any(|row| self.list.row(row, |_| ()).is_some())
    }

    fn look_at(&self, first: u32, end: u32) {
        self.list.look_at(first, end);
    }

    fn open(&self, row: u32) {
        if let (Some(open), Some(row)) = (&self.on_open, self.list.row(row, R::clone)) {
            open(row);
        }
    }

    fn act(&self, row: u32, what: &str, anchor: &HtmlElement) {
        if let (Some(act), Some(row)) = (&self.on_act, self.list.row(row, R::clone)) {
            act(what, row, anchor.clone());
        }
    }

    fn select(&self, choice: Choose) {
        let Some(selection) = self.selection else { return };
        match choice {
            Choose::Nothing => selection.clear(),
            Choose::One(row, chosen) => {
                if let Some(key) = self.list.row(row, self.key) {
                    selection.set(key, chosen);
                }
            }
            Choose::Range(one, other) => {
                let (first, last) = (one.min(other), one.max(other));
                let here: Option<Vec<K>> = (first..=last).map(|row| self.list.row(row, self.key)).collect();
                match (here, &self.keys) {
                    (Some(keys), _) => selection.add(keys),
                    (None, Some(ask)) => ask(Box::new(move |keys| {
                        selection
                            .add(keys.into_iter().skip(first as usize).take((last - first) as usize + 1));
                    })),
                    (None, None) => {}
                }
            }
            Choose::All => {
                if let Some(ask) = &self.keys {
                    ask(Box::new(move |keys| selection.replace(keys)));
                }
            }
        }
    }

    fn is_chosen(&self, row: u32) -> bool {
        match (self.selection, self.list.row(row, self.key)) {
            (Some(selection), Some(key)) => selection.has_untracked(key),
            _ => false,
        }
    }
}
