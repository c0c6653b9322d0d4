//! The collections of a client, with who may do what in them.

mod load;
mod rights;
mod tree;

use portal_bridge::{AccessLevel, CollectionId, GroupId, OrganizationUserId, Seen};

pub(crate) use load::{levels, selection};
pub(crate) use tree::{ids, view};

use super::kept::seen_of;

/// A client's collections, in the order of the tree.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Collections(pub(crate) Vec<Collection>);

/// One collection.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Collection {
    pub(crate) id: CollectionId,
    /// Its name as it travels.
    pub(crate) sealed: String,
    /// Its whole name; `None` where that cannot be decrypted.
    pub(crate) path: Option<String>,
    pub(crate) external_id: Option<String>,
    /// Whose own collection it is, by address.
    pub(crate) owned_by: Option<String>,
    pub(crate) people: Vec<(OrganizationUserId, AccessLevel)>,
    pub(crate) groups: Vec<(GroupId, AccessLevel)>,
    /// Whether the server told who has access.
    pub(crate) shows_access: bool,
    /// Whether the person signed in has Can manage on it.
    pub(crate) managed: bool,
    /// Nobody has.
    pub(crate) unmanaged: bool,
    /// Name and ids, folded, for searching.
    folded: String,
    /// Puts it behind what stands above it.
    sort_key: String,
}

impl Collections {
    /// One of them.
    pub(crate) fn get(&self, id: CollectionId) -> Option<&Collection> {
        self.0.iter().find(|collection| collection.id == id)
    }

    /// What it is called; its id where that cannot be said.
    pub(crate) fn label(&self, id: CollectionId) -> String {
        let path = self.get(id).and_then(|collection| collection.path.clone());
        path.unwrap_or_else(|| id.to_string())
    }

    /// Those that stand below a name.
    pub(crate) fn below<'a>(&'a self, path: &'a str) -> impl Iterator<Item = &'a Collection> {
        self.0.iter().filter(move |collection| {
            let rest = collection.path.as_deref().and_then(|other| other.strip_prefix(path));
            !path.is_empty() && rest.is_some_and(|rest| rest.starts_with('/'))
        })
    }
}

impl Collection {
    /// How it stands.
    pub(crate) fn seen(&self) -> Seen {
        seen_of(&(&self.sealed, &self.external_id, &self.people, &self.groups))
    }
}
