//! A provider's clients.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};

use crate::{
    enums::PlanType,
    ids::{OrganizationId, ProviderId, ProviderOrganizationId},
    lenient::null_as_default,
    organization::KeyPair,
    timestamp::Timestamp,
};

/// One client in the list of a provider.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "providerOrganizationOrganizationDetail", rename_all = "camelCase")]
pub struct ClientRow {
    /// The link: what renaming, seats and unlinking take.
    pub id: ProviderOrganizationId,
    pub provider_id: ProviderId,
    pub organization_id: OrganizationId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub organization_name: String,
    /// The organization's key under the provider's key (EncString type 2).
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    pub settings: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub creation_date: Timestamp,
    #[serde(default, deserialize_with = "null_as_default")]
    pub revision_date: Timestamp,
    /// Confirmed members.
    #[serde(default, deserialize_with = "null_as_default")]
    pub user_count: i32,
    /// Assigned seats.
    pub seats: Option<i32>,
    /// Members who are invited, accepted or confirmed.
    pub occupied_seats: Option<i32>,
    pub remaining_seats: Option<i32>,
    /// The plan's display name, such as "Enterprise (Monthly)".
    #[serde(default, deserialize_with = "null_as_default")]
    pub plan: String,
}

/// A new client. The answer is empty: read the list again.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateClientRequest {
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub owner_email: String,
    pub plan_type: PlanType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub seats: i32,
    /// The new organization's key under the provider's key.
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub key_pair: KeyPair,
    /// The name of the first collection under the organization's key.
    #[serde(default, deserialize_with = "null_as_default")]
    pub collection_name: String,
}

/// A client's name and its seats, as an absolute number.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpdateClientRequest {
    /// Required: reading a missing number as 0 would take every seat away.
    pub assigned_seats: i32,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
}

/// An organization of the caller's own which the provider could take over. Comes in a bare array, without `object`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddableOrganization {
    pub id: OrganizationId,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    /// "Teams" or "Enterprise".
    #[serde(default, deserialize_with = "null_as_default")]
    pub plan: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub seats: i32,
    /// A Service User may not take it over, because seats would have to be bought.
    #[serde(default, deserialize_with = "null_as_default")]
    pub disabled: bool,
}

/// Takes over an organization of the caller's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AddExistingRequest {
    /// The organization's key under the provider's key.
    #[serde(default, deserialize_with = "null_as_default")]
    pub key: String,
    pub organization_id: OrganizationId,
}
