use serde::{Deserialize, Serialize};

use crate::{CipherId, CollectionId, Direction, Moment, Rows, Window, Within};

/// Which items of a client's vault are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsQuery {
    /// Of which client.
    pub within: Within,
    /// Text in the name or the id.
    pub search: String,
    /// Of this type only, by Bitwarden's number.
    pub kind: Option<i32>,
    /// In this collection only.
    pub collection: Option<CollectionId>,
    /// Those in the trash instead of those that are not.
    pub trash: bool,
    /// Column to sort by.
    pub sort: ItemSort,
    /// Direction of the sort.
    pub direction: Direction,
}

/// Columns items can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ItemSort {
    /// Name; what cannot be decrypted comes last.
    #[default]
    Name,
    /// Type.
    Kind,
    /// When it was changed.
    Changed,
}

/// Asks for a window of a client's items.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetItems {
    /// Which.
    pub query: ItemsQuery,
    /// Rows wanted.
    pub window: Window,
}

/// Asks for the ids of every item of a query, in order.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetItemIds(pub ItemsQuery);

/// A window of items.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemsView {
    /// The rows.
    pub rows: Rows<ItemRow>,
    /// How many items of the vault cannot be decrypted.
    pub unreadable: u32,
    /// How many are in the trash.
    pub trashed: u32,
}

/// One item, as the list shows it. Of what is in an item, only its name leaves the core with a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    /// Its id.
    pub id: CipherId,
    /// Its name; `None` where that cannot be decrypted.
    pub name: Option<String>,
    /// Its type, by Bitwarden's number, which may be one this program does not know.
    pub kind: i32,
    /// The names of the collections it is in.
    pub collections: Vec<String>,
    /// When it was changed.
    pub changed: Moment,
}
