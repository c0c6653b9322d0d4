//! What is sent and answered about groups (contract §4.5). The row of the plain list is [`crate::organization::GroupRow`].

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};

use crate::{
    collection::Selection,
    ids::{GroupId, OrganizationId, OrganizationUserId},
    lenient::null_as_default,
};

/// A group to be made, or what a group is to become: all of it is replaced.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupRequest {
    /// Plain text, at most 100 characters.
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// Collection ids. Bitwarden's server fails without the list; this one says that it is required.
    pub collections: Option<Vec<Selection>>,
    /// Memberships. As `collections`.
    pub users: Option<Vec<OrganizationUserId>>,
}

/// The groups a bulk action is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GroupIdsRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub ids: Vec<GroupId>,
}

/// A group with its collections.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "groupDetails", rename_all = "camelCase")]
pub struct GroupDetails {
    pub id: GroupId,
    pub organization_id: OrganizationId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub external_id: Option<String>,
    /// Collection ids.
    #[serde(default, deserialize_with = "null_as_default")]
    pub collections: Vec<Selection>,
}
