use serde::{Deserialize, Serialize};

use crate::{Access, AccessLevel, CollectionId, Party, Rows, Seen, Verdict, Window, Within};

/// Which collections are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionsQuery {
    /// Of which client.
    pub within: Within,
    /// Text in the name, the external id or the id.
    pub search: String,
    /// Only those nobody can manage.
    pub unmanaged: bool,
}

/// Asks for a window of a client's collections.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetCollections {
    /// Which.
    pub query: CollectionsQuery,
    /// Rows wanted.
    pub window: Window,
}

/// A window of collections, with counts over all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CollectionsView {
    /// The rows: a tree in order without search and filter, else what matches by its whole name.
    pub rows: Rows<CollectionRow>,
    /// Those nobody can manage, of all.
    pub unmanaged: u32,
    /// Those whose name cannot be decrypted, of all.
    pub unreadable: u32,
}

/// A line of the tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CollectionRow {
    /// The collection; `None` for a step of a name that is no collection itself, or not one this person sees.
    pub id: Option<CollectionId>,
    /// The last step of its name in the tree, its whole name in a list of matches.
    pub label: String,
    /// Its whole name.
    pub path: String,
    /// How many steps stand above it.
    pub depth: u32,
    /// Its name cannot be decrypted.
    pub unreadable: bool,
    /// The id it has in a directory.
    pub external_id: Option<String>,
    /// Whose own collection it is, by address: nobody else administers it.
    pub owned_by: Option<String>,
    /// People with direct access.
    pub people: u32,
    /// Groups with access.
    pub groups: u32,
    /// Nobody can manage it.
    pub unmanaged: bool,
    /// Whether it can be changed.
    pub edit: Verdict,
    /// Whether it can be deleted.
    pub delete: Verdict,
}

/// Asks for the keys of every row of a query, in order, to select many.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetCollectionIds(pub CollectionsQuery);

/// Asks for one collection with everybody's access. It is read anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetCollection {
    /// In which client.
    pub within: Within,
    /// Which.
    pub id: CollectionId,
}

/// One collection.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CollectionView {
    /// The steps above it, parted by `/`; empty where there is none.
    pub parent: String,
    /// The last step of its name; empty where that cannot be decrypted.
    pub name: String,
    /// Its name cannot be decrypted. Saving without a name leaves it as it is.
    pub unreadable: bool,
    /// Collections below it. They keep their names when it gets another.
    pub below: u32,
    /// The id it has in a directory.
    pub external_id: Option<String>,
    /// People and groups with their access; `None` where one may not see that.
    pub access: Option<Vec<Access>>,
    /// Whether it can be changed.
    pub edit: Verdict,
    /// Whether it can be deleted.
    pub delete: Verdict,
    /// How it stands.
    pub seen: Seen,
}

/// Creates a collection, or changes one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SaveCollection {
    /// In which client.
    pub within: Within,
    /// Which; `None` creates one.
    pub id: Option<CollectionId>,
    /// How it stood when the form was opened.
    pub seen: Seen,
    /// The steps above it, parted by `/`.
    pub parent: String,
    /// Its name below them.
    pub name: String,
    /// The id it has in a directory.
    pub external_id: Option<String>,
    /// People and groups with their access; `None` leaves it as it is.
    pub access: Option<Vec<Access>>,
}

/// Asks what deleting collections would take from whom.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetCollectionsLoss {
    /// In which client.
    pub within: Within,
    /// Which.
    pub ids: Vec<CollectionId>,
}

/// What deleting collections takes from whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionsLoss {
    /// Their names, in the order asked.
    pub names: Vec<String>,
    /// People who lose direct access.
    pub people: u32,
    /// Groups that lose access.
    pub groups: u32,
    /// Items in them, and how many of those are in no other collection; `None` where one may not see items.
    pub items: Option<(u32, u32)>,
    /// Collections below them, which stay.
    pub below: u32,
}

/// Deletes collections; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteCollections {
    /// In which client.
    pub within: Within,
    /// Which.
    pub ids: Vec<CollectionId>,
}

/// Gives people and groups access to many collections, and overwrites what they had in them; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct GrantAccess {
    /// In which client.
    pub within: Within,
    /// To which collections.
    pub ids: Vec<CollectionId>,
    /// Whom, and how far.
    pub access: Vec<(Party, AccessLevel)>,
}
