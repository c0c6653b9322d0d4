//! The items of a client's vault: what its list shows. What is in an item stays encrypted until somebody opens it.

mod load;
mod view;

use portal_bridge::{CipherId, CollectionId, Moment};

pub(crate) use load::received;
pub(crate) use view::view;

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
    fn collections_of(&self, row: usize) -> &[CollectionId] {
        let end = |row: usize| self.collection_ends.get(row).copied().unwrap_or_default() as usize;
        let start = row.checked_sub(1).map_or(0, end);
        self.collections.get(start..end(row)).unwrap_or_default()
    }
}
