//! What can be bought.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};

use crate::{
    enums::{PlanType, ProductTier},
    lenient::null_as_default,
};

/// A plan, in so far as a portal needs it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "plan", rename_all = "camelCase")]
pub struct Plan {
    #[serde(rename = "type")]
    pub kind: PlanType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub product_tier: ProductTier,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub is_annual: bool,
    pub name_localization_key: Option<String>,
    pub trial_period_days: Option<i32>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_self_host: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_policies: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_groups: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_directory: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_events: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_totp: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_2fa: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_api: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_sso: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_organization_domains: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_key_connector: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_scim: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_reset_password: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub users_get_premium: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_custom_permissions: bool,
    /// No longer offered.
    #[serde(default, deserialize_with = "null_as_default")]
    pub disabled: bool,
    pub password_manager: Option<PasswordManagerPlan>,
}

/// Seats and their prices.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordManagerPlan {
    #[serde(default, deserialize_with = "null_as_default")]
    pub seat_price: f64,
    /// What a provider pays for a seat.
    #[serde(default, deserialize_with = "null_as_default")]
    pub provider_portal_seat_price: f64,
    #[serde(default, deserialize_with = "null_as_default")]
    pub base_seats: i32,
    pub base_storage_gb: Option<i32>,
    pub max_collections: Option<i32>,
}
