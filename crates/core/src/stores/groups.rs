//! The groups of a client, with their members and the collections they reach.

mod load;
mod view;

use portal_bridge::{AccessLevel, CollectionId, GroupId, OrganizationUserId, Seen};
use portal_domain::search::fold;

pub(crate) use view::{ids, view};

use super::kept::seen_of;

/// A client's groups, by name.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Groups {
    pub(crate) all: Vec<Group>,
    /// Who is in which; `None` where one may not see the members of the client.
    pub(crate) members: Option<Vec<(GroupId, OrganizationUserId)>>,
}

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Group {
    pub(crate) id: GroupId,
    pub(crate) name: String,
    pub(crate) external_id: Option<String>,
    pub(crate) collections: Vec<(CollectionId, AccessLevel)>,
    /// Name and ids, folded, for searching.
    pub(crate) folded: String,
}

impl Groups {
    /// One of them.
    pub(crate) fn get(&self, id: GroupId) -> Option<&Group> {
        self.all.iter().find(|group| group.id == id)
    }

    /// What it is called; its id where that is not known.
    pub(crate) fn label(&self, id: GroupId) -> String {
        self.get(id).map_or_else(|| id.to_string(), |group| group.name.clone())
    }

    /// How many members a group has.
    pub(crate) fn count(&self, id: GroupId) -> Option<u32> {
        let members = self.members.as_ref()?;
        let count = members.iter().filter(|(group, _)| *group == id).count();
        Some(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

impl Group {
    fn new(
        id: GroupId,
        name: String,
        external_id: Option<String>,
        collections: Vec<(CollectionId, AccessLevel)>,
    ) -> Self {
        let external_id = external_id.filter(|id| !id.is_empty());
        let folded = fold(&format!("{name} {} {id}", external_id.as_deref().unwrap_or_default()));
        Self { id, name, external_id, collections, folded }
    }

    /// How it stands, with these members in it.
    pub(crate) fn seen(&self, members: &[OrganizationUserId]) -> Seen {
        seen_of(&(&self.name, &self.external_id, &self.collections, members))
    }
}
