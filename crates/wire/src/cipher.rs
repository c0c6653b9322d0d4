//! Vault items (contract §4.7). Every text in one is encrypted, under the item's own key if it has one, else under the
//! organization's (EncString type 2).

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    enums::CipherType,
    ids::{CipherId, CollectionId, OrganizationId},
    lenient::null_as_default,
    redacted::redacted,
    timestamp::Timestamp,
};

/// Declares a type with everything that is in an item, and after it fields of its own.
macro_rules! item {
    ($(#[$meta:meta])* pub struct $name:ident { $($own:tt)* }) => {
        $(#[$meta])*
        pub struct $name {
            #[serde(rename = "type", default)]
            pub kind: CipherType,
            #[serde(default, deserialize_with = "null_as_default")]
            pub name: String,
            pub notes: Option<String>,
            pub login: Option<Login>,
            pub card: Option<Card>,
            pub identity: Option<Identity>,
            pub secure_note: Option<SecureNote>,
            pub ssh_key: Option<SshKey>,
            pub fields: Option<Vec<Field>>,
            pub password_history: Option<Vec<PasswordHistory>>,
            /// The item's own key under the organization's.
            pub key: Option<String>,
            /// 1: the master password is asked for again before it is shown.
            #[serde(default, deserialize_with = "null_as_default")]
            pub reprompt: i32,
            $($own)*
        }
    };
}

item! {
    /// An item to be made, or what an item is to become.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct CipherRequest {
        /// Only in an import.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub id: Option<CipherId>,
        pub organization_id: Option<OrganizationId>,
        /// Belongs to the person, not to the item.
        pub folder_id: Option<String>,
        /// Belongs to the person, not to the item.
        #[serde(default, deserialize_with = "null_as_default")]
        pub favorite: bool,
        /// The revision the change was made from; a server refuses one that is not the newest.
        pub last_known_revision_date: Option<Timestamp>,
    }
}

/// An item to be made in collections.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateCipherRequest {
    pub cipher: CipherRequest,
    /// At least one.
    #[serde(default, deserialize_with = "null_as_default")]
    pub collection_ids: Vec<CollectionId>,
}

item! {
    /// An item. Which of the later fields are there depends on `object`.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Cipher {
        /// `cipherMiniDetails` in lists for administration, `cipherDetails` for a member, who has access.
        #[serde(default)]
        pub object: String,
        pub id: CipherId,
        pub organization_id: Option<OrganizationId>,
        /// Always null here: attachments are not kept.
        pub attachments: Option<Value>,
        #[serde(default, deserialize_with = "null_as_default")]
        pub organization_use_totp: bool,
        #[serde(default)]
        pub revision_date: Timestamp,
        #[serde(default)]
        pub creation_date: Timestamp,
        /// When it was put in the trash.
        pub deleted_date: Option<Timestamp>,
        pub archived_date: Option<Timestamp>,
        #[serde(default, deserialize_with = "null_as_default")]
        pub collection_ids: Vec<CollectionId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub folder_id: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub favorite: Option<bool>,
        /// Whether the caller may change it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub edit: Option<bool>,
        /// Whether the caller may see its passwords.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub view_password: Option<bool>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub permissions: Option<CipherPermissions>,
    }
}

/// What the caller may do beside editing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CipherPermissions {
    #[serde(default, deserialize_with = "null_as_default")]
    pub delete: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub restore: bool,
}

/// What a login holds.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Login {
    pub username: Option<String>,
    pub password: Option<String>,
    pub totp: Option<String>,
    pub password_revision_date: Option<Timestamp>,
    pub autofill_on_page_load: Option<bool>,
    pub uris: Option<Vec<LoginUri>>,
    pub fido2_credentials: Option<Value>,
}

/// An address of a login.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginUri {
    pub uri: Option<String>,
    pub uri_checksum: Option<String>,
    /// How addresses are compared; null as the person has set it.
    #[serde(rename = "match")]
    pub matching: Option<i32>,
}

/// What a card holds.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    pub cardholder_name: Option<String>,
    pub brand: Option<String>,
    pub number: Option<String>,
    pub exp_month: Option<String>,
    pub exp_year: Option<String>,
    pub code: Option<String>,
}

/// What an identity holds.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    pub title: Option<String>,
    pub first_name: Option<String>,
    pub middle_name: Option<String>,
    pub last_name: Option<String>,
    pub address1: Option<String>,
    pub address2: Option<String>,
    pub address3: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub country: Option<String>,
    pub company: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub ssn: Option<String>,
    pub username: Option<String>,
    pub passport_number: Option<String>,
    pub license_number: Option<String>,
}

/// What kind of note it is; the text itself stands in the item's notes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecureNote {
    #[serde(rename = "type", default, deserialize_with = "null_as_default")]
    pub kind: i32,
}

/// What an SSH key holds.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SshKey {
    pub private_key: Option<String>,
    pub public_key: Option<String>,
    pub key_fingerprint: Option<String>,
}

/// A field somebody added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// 0 text, 1 hidden, 2 yes or no, 3 linked to another field.
    #[serde(rename = "type", default, deserialize_with = "null_as_default")]
    pub kind: i32,
    pub name: Option<String>,
    pub value: Option<String>,
    pub linked_id: Option<i32>,
}

/// A password the item had before.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordHistory {
    #[serde(default, deserialize_with = "null_as_default")]
    pub password: String,
    pub last_used_date: Option<Timestamp>,
}

/// The items a bulk action is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CipherIdsRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub ids: Vec<CipherId>,
    /// Needed by the routes for administration.
    pub organization_id: Option<OrganizationId>,
}

/// The collections an item is to be in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CipherCollectionsRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub collection_ids: Vec<CollectionId>,
}

/// Collections that several items are put in, or taken out of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BulkCipherCollectionsRequest {
    pub organization_id: OrganizationId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub cipher_ids: Vec<CipherId>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub collection_ids: Vec<CollectionId>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub remove_collections: bool,
}

redacted!(Login, Card, Identity, SshKey);
