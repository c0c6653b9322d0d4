//! What is asked about one member of an organization: changing, and recovering the account.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};

use crate::{
    enums::{KdfType, OrganizationUserType},
    ids::{GroupId, OrganizationUserId},
    lenient::null_as_default,
    organization::CollectionAccess,
    profile::Permissions,
    redacted::redacted,
};

/// A member as it is to be. `collections` must be a list and replaces every access the caller may change; without `groups` they stay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateMemberRequest {
    #[serde(rename = "type")]
    pub kind: OrganizationUserType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_secrets_manager: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_pam: bool,
    pub permissions: Option<Permissions>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub collections: Vec<CollectionAccess>,
    pub groups: Option<Vec<GroupId>>,
}

/// What it takes to recover a member's account.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "organizationUserResetPasswordDetails", rename_all = "camelCase")]
pub struct RecoveryDetails {
    pub organization_user_id: OrganizationUserId,
    pub kdf: KdfType,
    pub kdf_iterations: u32,
    /// In MiB; Argon2id only.
    pub kdf_memory: Option<u32>,
    pub kdf_parallelism: Option<u32>,
    /// What the master password is derived with; the address where nothing is said.
    pub master_password_salt: Option<String>,
    /// The member's key for the organization's public key (EncString type 4).
    pub reset_password_key: Option<String>,
    /// The organization's private key under its key (EncString type 2).
    pub encrypted_private_key: Option<String>,
}

/// A new master password for a member.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecoverAccountRequest {
    pub reset_master_password: bool,
    pub reset_two_factor: bool,
    pub new_master_password_hash: Option<String>,
    /// The member's key under the new master password (EncString type 2).
    pub key: Option<String>,
}

/// Agrees to account recovery, or takes that back with no key.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnrollmentRequest {
    /// The person's key for the organization's public key (EncString type 4).
    pub reset_password_key: Option<String>,
    pub master_password_hash: Option<String>,
}

/// Brings members back in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RestoreMembersRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub ids: Vec<OrganizationUserId>,
    pub default_user_collection_name: Option<String>,
}

redacted!(RecoveryDetails, RecoverAccountRequest, EnrollmentRequest);
