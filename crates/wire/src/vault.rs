//! Whole vaults going in and out, and what clients tell about the use of items (contract §4.7).

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    cipher::{Cipher, CipherRequest},
    enums::EventType,
    ids::{CipherId, CollectionId, OrganizationId},
    lenient::null_as_default,
    organization::CollectionRow,
    timestamp::Timestamp,
};

/// Everything in an organization's vault, encrypted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "organizationExport", rename_all = "camelCase")]
pub struct OrganizationExport {
    #[serde(default, deserialize_with = "null_as_default")]
    pub collections: Vec<CollectionRow>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub ciphers: Vec<Cipher>,
}

/// Collections and items to be added to an organization's vault.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportOrganizationRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub collections: Vec<ImportedCollection>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub ciphers: Vec<CipherRequest>,
    /// Which item (`key`, its place among `ciphers`) goes into which collection (`value`, its place among `collections`).
    #[serde(default, deserialize_with = "null_as_default")]
    pub collection_relationships: Vec<ImportedRelationship>,
    /// Belong to people; an organization has none.
    #[serde(default, deserialize_with = "null_as_default")]
    pub folders: Vec<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub folder_relationships: Vec<Value>,
}

/// A collection of an import: one that exists if it has an id, else a new one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportedCollection {
    pub id: Option<CollectionId>,
    /// Under the organization's key (EncString type 2).
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub external_id: Option<String>,
}

/// An item and a collection of an import, by their places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedRelationship {
    pub key: usize,
    pub value: usize,
}

/// Something a client saw somebody do with an item or a vault.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CollectedEvent {
    #[serde(rename = "type")]
    pub kind: EventType,
    pub cipher_id: Option<CipherId>,
    pub organization_id: Option<OrganizationId>,
    #[serde(default)]
    pub date: Timestamp,
}
