//! Saving policies, and what belongs to an organization's keys and bills.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{ids::OrganizationUserId, lenient::null_as_default, redacted::redacted, timestamp::Timestamp};

/// How a policy is to be.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SavePolicyRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub policy: PolicyState,
    /// Only type 5 reads it.
    pub metadata: Option<Value>,
}

/// Whether a policy is on, and its data, which is kept as it came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyState {
    pub enabled: Option<bool>,
    pub data: Option<Value>,
}

/// Whom a policy would shut out. An extension of the portal's own server: what other organizations somebody is in, no other route
/// tells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyEffect {
    #[serde(default, deserialize_with = "null_as_default")]
    pub revoked: Vec<OrganizationUserId>,
}

/// Asks for one of an organization's keys to its interfaces; needs a proof of identity.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiKeyRequest {
    pub master_password_hash: Option<String>,
    pub otp: Option<String>,
    /// 0 public interface, 1 billing sync, 2 SCIM.
    #[serde(rename = "type", default, deserialize_with = "null_as_default")]
    pub kind: i32,
}

/// A key to an interface.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "apiKey", rename_all = "camelCase")]
pub struct ApiKey {
    #[serde(default, deserialize_with = "null_as_default")]
    pub api_key: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub revision_date: Timestamp,
}

/// That there is a key, and since when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "keyInformation", rename_all = "camelCase")]
pub struct ApiKeyInformation {
    pub key_type: i32,
    #[serde(default, deserialize_with = "null_as_default")]
    pub revision_date: Timestamp,
}

/// An organization's whole key pair, as it answers when it is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "organizationKeys", rename_all = "camelCase")]
pub struct OrganizationKeys {
    pub public_key: Option<String>,
    /// Under the organization's key (EncString type 2).
    pub private_key: Option<String>,
}

/// An organization's private key under its key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "organizationPrivateKey", rename_all = "camelCase")]
pub struct OrganizationPrivateKey {
    pub private_key: Option<String>,
}

/// What of billing everybody in an organization may know.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BillingMetadata {
    pub is_on_secrets_manager_standalone: bool,
    pub organization_occupied_seats: u32,
}

redacted!(ApiKeyRequest, ApiKey);
