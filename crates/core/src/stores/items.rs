//! The items of a client's vault: what its list shows. What is in an item stays encrypted until somebody opens it.

mod document;
mod load;
mod view;

use portal_bridge::{CipherId, CollectionId, Moment};

pub(crate) use document::{Document, Text};
pub(crate) use load::received;
pub(crate) use view::{ids, view};

use super::Texts;

/// A client's items, column by column, in the order of the server's answer.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Items {
    pub(crate) ids: Vec<CipherId>,
    kinds: Vec<i32>,
    changed: Vec<Moment>,
    trashed: Vec<bool>,
    /// Whether the name could be decrypted.
    readable: Vec<bool>,
    names: Texts,
    /// Name and id, folded, for searching.
    folded: Texts,
    /// The collections of all items one after another, and where those of each end.
    collections: Vec<CollectionId>,
    collection_ends: Vec<u32>,
    /// The rows by name, with those that cannot be read last.
    by_name: Vec<u32>,
}

impl Items {
    /// The row of an item.
    pub(crate) fn find(&self, id: CipherId) -> Option<usize> {
        self.ids.iter().position(|known| *known == id)
    }

    /// What an item is called; its id where its name cannot be decrypted.
    pub(crate) fn label(&self, id: CipherId) -> String {
        let name = self.find(id).filter(|row| self.readable.get(*row) == Some(&true));
        name.map_or_else(|| id.to_string(), |row| self.names.get(row).to_owned())
    }

    /// Whether the item of a row is in the trash.
    pub(crate) fn is_trashed(&self, row: usize) -> bool {
        self.trashed.get(row).copied().unwrap_or_default()
    }

    /// The names of those that are not in the trash and not among `before`.
    pub(crate) fn names_since<'a>(&'a self, before: &'a Items) -> impl Iterator<Item = &'a str> {
        let here = |row: &usize| {
            !self.is_trashed(*row) && self.ids.get(*row).is_some_and(|id| before.find(*id).is_none())
        };
        (0..self.ids.len()).filter(here).map(|row| self.names.get(row))
    }

    /// An item of this type and name that is not among `before`.
    pub(crate) fn newcomer(&self, before: &Items, kind: i32, name: &str) -> Option<CipherId> {
        let rows = (0..self.ids.len())
            .filter(|row| self.kinds.get(*row) == Some(&kind) && self.names.get(*row) == name);
        rows.filter_map(|row| self.ids.get(row).copied()).find(|id| before.find(*id).is_none())
    }

    pub(crate) fn collections_of(&self, row: usize) -> &[CollectionId] {
        let end = |row: usize| self.collection_ends.get(row).copied().unwrap_or_default() as usize;
        let start = row.checked_sub(1).map_or(0, end);
        self.collections.get(start..end(row)).unwrap_or_default()
    }
}
