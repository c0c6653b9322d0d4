use serde::{Deserialize, Serialize};

use crate::{Access, Direction, GroupId, Party, Rows, Seen, Window, Within};

/// Which groups are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsQuery {
    /// Of which client.
    pub within: Within,
    /// Text in the name, the external id or the id.
    pub search: String,
    /// Column to sort by.
    pub sort: GroupSort,
    /// Direction of the sort.
    pub direction: Direction,
}

/// Columns groups can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum GroupSort {
    /// Name.
    #[default]
    Name,
    /// Number of members.
    Members,
    /// Number of collections.
    Collections,
}

/// Asks for a window of a client's groups.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetGroups {
    /// Which.
    pub query: GroupsQuery,
    /// Rows wanted.
    pub window: Window,
}

/// A window of groups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupsView {
    /// The rows.
    pub rows: Rows<GroupRow>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// The id it has in a directory.
    pub external_id: Option<String>,
    /// How many members it has; `None` where one may not see the members of the client.
    pub members: Option<u32>,
    /// How many collections it reaches.
    pub collections: u32,
}

/// Asks for the ids of every group of a query, in order.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetGroupIds(pub GroupsQuery);

/// Asks for one group with its members and collections. It is read anew.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetGroup {
    /// In which client.
    pub within: Within,
    /// Which.
    pub id: GroupId,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupView {
    /// Its name.
    pub name: String,
    /// The id it has in a directory, which only that directory changes.
    pub external_id: Option<String>,
    /// Its members.
    pub members: Vec<(Party, String)>,
    /// The collections it reaches.
    pub collections: Vec<Access>,
    /// How it stands.
    pub seen: Seen,
}

/// Creates a group, or changes one, with its members and collections at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveGroup {
    /// In which client.
    pub within: Within,
    /// Which; `None` creates one.
    pub id: Option<GroupId>,
    /// How it stood when the form was opened.
    pub seen: Seen,
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: Vec<Party>,
    /// The collections it reaches.
    pub collections: Vec<Access>,
}

/// Asks what deleting groups would take from whom.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetGroupsLoss {
    /// In which client.
    pub within: Within,
    /// Which.
    pub ids: Vec<GroupId>,
}

/// What deleting groups takes from whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupsLoss {
    /// Their names, in the order asked.
    pub names: Vec<String>,
    /// People in them; `None` where one may not see the members of the client.
    pub people: Option<u32>,
    /// Collections those people reach through them.
    pub collections: u32,
}

/// Deletes groups; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteGroups {
    /// In which client.
    pub within: Within,
    /// Which.
    pub ids: Vec<GroupId>,
}
