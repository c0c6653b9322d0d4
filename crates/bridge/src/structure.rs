use serde::{Deserialize, Serialize};

use crate::{AccessLevel, CollectionId, GroupId, OrganizationUserId, Within};

/// Who or what an access is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Party {
    /// A member, by the membership.
    Person(OrganizationUserId),
    /// A group.
    Group(GroupId),
    /// A collection.
    Collection(CollectionId),
}

/// An access: of a person or group to the collection in hand, or of the group in hand to a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Of whom, or to what.
    pub party: Party,
    /// What it is called; its id where it is not known any more.
    pub label: String,
    /// How far it goes.
    pub level: AccessLevel,
}

/// Looks for members, groups or collections by a part of their name; at most eight of each kind are told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindParties {
    /// In which client.
    pub within: Within,
    /// Members.
    pub people: bool,
    /// Groups.
    pub groups: bool,
    /// Collections.
    pub collections: bool,
    /// The part of the name or address.
    pub search: String,
}

/// Somebody or something found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Who or what.
    pub party: Party,
    /// What it is called.
    pub label: String,
    /// An address, where the label is a name.
    pub note: Option<String>,
}

/// How things stood when a form was opened. Whoever saves says which it was, so that nobody's change is lost silently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Seen(pub u64);
