//! What is sent and answered about collections and who may do what in them (contract §4.4).

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ids::{CollectionId, OrganizationId},
    lenient::null_as_default,
};

/// What one holder may do in one collection. The id is that of the other side: of a group or a membership where a
/// collection is described, of a collection where a group or a member is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Selection {
    pub id: Uuid,
    #[serde(default, deserialize_with = "null_as_default")]
    pub read_only: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub hide_passwords: bool,
    /// Excludes the other two.
    #[serde(default, deserialize_with = "null_as_default")]
    pub manage: bool,
}

/// A collection to be made, or what is to be changed of one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectionRequest {
    /// Under the organization's key (EncString type 2), at most 1,000 characters. `None` leaves it as it is.
    pub name: Option<String>,
    /// At most 300 characters.
    pub external_id: Option<String>,
    /// Group ids. `None` leaves them as they are.
    pub groups: Option<Vec<Selection>>,
    /// Membership ids. `None` leaves them as they are.
    pub users: Option<Vec<Selection>>,
}

/// Grants to be added to, or put in place of those of, several collections.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkCollectionAccessRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub collection_ids: Vec<CollectionId>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub groups: Vec<Selection>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub users: Vec<Selection>,
}

/// The collections a bulk action is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectionIdsRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub ids: Vec<CollectionId>,
}

/// A collection with who may do what in it, and what the caller may.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "collectionAccessDetails", rename_all = "camelCase")]
pub struct CollectionAccessDetails {
    pub id: CollectionId,
    pub organization_id: OrganizationId,
    /// Under the organization's key (EncString type 2).
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub external_id: Option<String>,
    /// 0 shared, 1 somebody's default collection.
    #[serde(rename = "type", default)]
    pub kind: i32,
    pub default_user_collection_email: Option<String>,
    /// Group ids. `None` in what creating and changing answers staff who are no members.
    pub groups: Option<Vec<Selection>>,
    /// Membership ids. `None` as `groups`.
    pub users: Option<Vec<Selection>>,
    /// Whether the caller has it as a member; the next three say what the caller may there.
    #[serde(default, deserialize_with = "null_as_default")]
    pub assigned: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub read_only: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub hide_passwords: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub manage: bool,
    /// Nobody has Can Manage.
    #[serde(default, deserialize_with = "null_as_default")]
    pub unmanaged: bool,
}

/// A collection that the caller has as a member, as a sync and the list across organizations give it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "collectionDetails", rename_all = "camelCase")]
pub struct AssignedCollection {
    pub id: CollectionId,
    pub organization_id: OrganizationId,
    /// Under the organization's key (EncString type 2).
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub external_id: Option<String>,
    #[serde(rename = "type", default)]
    pub kind: i32,
    pub default_user_collection_email: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub read_only: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub hide_passwords: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub manage: bool,
}
