//! Who is signed in.

#![allow(missing_docs, reason = "the fields carry Bitwarden's own names; those that need a word have one")]

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    enums::{
        OrganizationUserStatus, OrganizationUserType, ProductTier, ProviderStatus, ProviderType,
        ProviderUserStatus, ProviderUserType,
    },
    identity::AccountKeys,
    ids::{OrganizationId, OrganizationUserId, ProviderId, UserId},
    lenient::null_as_default,
    timestamp::Timestamp,
};

/// The person signed in, with every provider and organization.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "profile", rename_all = "camelCase")]
pub struct Profile {
    pub id: UserId,
    pub name: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub email: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub email_verified: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub premium: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub premium_from_organization: bool,
    pub culture: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub two_factor_enabled: bool,
    /// The user's key under the stretched master key (EncString type 2).
    pub key: Option<String>,
    /// The RSA private key under the user's key.
    pub private_key: Option<String>,
    pub account_keys: Option<AccountKeys>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub security_stamp: String,
    #[serde(default, deserialize_with = "null_as_default")]
    pub force_password_reset: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub uses_key_connector: bool,
    pub avatar_color: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub creation_date: Timestamp,
    #[serde(default, deserialize_with = "null_as_default")]
    pub verify_devices: bool,
    /// Confirmed memberships.
    #[serde(default, deserialize_with = "null_as_default")]
    pub organizations: Vec<ProfileOrganization>,
    /// Confirmed and accepted memberships.
    #[serde(default, deserialize_with = "null_as_default")]
    pub organizations_new: Vec<ProfileOrganization>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub providers: Vec<ProfileProvider>,
    /// Every client of every provider.
    #[serde(default, deserialize_with = "null_as_default")]
    pub provider_organizations: Vec<ProfileProviderOrganization>,
}

/// A provider the person is confirmed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "profileProvider", rename_all = "camelCase")]
pub struct ProfileProvider {
    /// The provider, not the membership.
    pub id: ProviderId,
    /// `None` until the provider is set up.
    pub name: Option<String>,
    /// The provider's key for the person's public key (EncString type 4); `None` until setup or confirmation.
    pub key: Option<String>,
    pub status: ProviderUserStatus,
    #[serde(rename = "type")]
    pub kind: ProviderUserType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub enabled: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub permissions: Permissions,
    pub user_id: Option<UserId>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_events: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub provider_status: ProviderStatus,
    #[serde(default, deserialize_with = "null_as_default")]
    pub provider_type: ProviderType,
}

/// A client of a provider the person is confirmed in. The id of the link stands in the list of clients only.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "profileProviderOrganization", rename_all = "camelCase")]
pub struct ProfileProviderOrganization {
    pub id: OrganizationId,
    pub user_id: Option<UserId>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub identifier: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub enabled: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub status: OrganizationUserStatus,
    #[serde(rename = "type", default)]
    pub kind: OrganizationUserType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub permissions: Permissions,
    #[serde(default, deserialize_with = "null_as_default")]
    pub product_tier_type: ProductTier,
    pub seats: Option<i32>,
    pub max_collections: Option<i32>,
    pub max_storage_gb: Option<i32>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub self_host: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub users_get_premium: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_policies: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_sso: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_key_connector: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_scim: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_groups: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_directory: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_events: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_totp: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_2fa: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_api: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_reset_password: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_secrets_manager: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_password_manager: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_custom_permissions: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_activate_autofill_policy: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_risk_insights: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_organization_domains: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_admin_sponsored_families: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_automatic_user_confirmation: bool,
    /// Spelled differently here than in the organization.
    #[serde(rename = "useDisableSMAdsForUsers", alias = "useDisableSmAdsForUsers", default)]
    pub use_disable_sm_ads_for_users: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_phishing_blocker: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_my_items: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_invite_links: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_pam: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_collection_creation: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_collection_deletion: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_item_deletion: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub allow_admin_access_to_all_collection_items: bool,
    /// The organization's key under the provider's key (EncString type 2).
    pub key: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_public_and_private_keys: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub reset_password_enrolled: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub sso_bound: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub sso_enabled: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub key_connector_enabled: bool,
    pub key_connector_url: Option<String>,
    pub sso_member_decryption_type: Option<i32>,
    pub provider_id: Option<ProviderId>,
    pub provider_name: Option<String>,
    pub provider_type: Option<ProviderType>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_secrets_manager: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_pam: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub user_is_claimed_by_organization: bool,
}

/// An organization the person is a member of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "profileOrganization", rename_all = "camelCase")]
pub struct ProfileOrganization {
    pub id: OrganizationId,
    pub organization_user_id: Option<OrganizationUserId>,
    pub user_id: Option<UserId>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub name: String,
    pub identifier: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub enabled: bool,
    pub status: OrganizationUserStatus,
    #[serde(rename = "type")]
    pub kind: OrganizationUserType,
    #[serde(default, deserialize_with = "null_as_default")]
    pub permissions: Permissions,
    #[serde(default, deserialize_with = "null_as_default")]
    pub product_tier_type: ProductTier,
    pub seats: Option<i32>,
    pub max_collections: Option<i32>,
    pub max_storage_gb: Option<i32>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub self_host: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub users_get_premium: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_policies: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_sso: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_key_connector: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_scim: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_groups: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_directory: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_events: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_totp: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_2fa: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_api: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_reset_password: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_secrets_manager: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_password_manager: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_custom_permissions: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_activate_autofill_policy: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_risk_insights: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_organization_domains: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_admin_sponsored_families: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_automatic_user_confirmation: bool,
    /// Spelled differently here than in the organization.
    #[serde(rename = "useDisableSMAdsForUsers", alias = "useDisableSmAdsForUsers", default)]
    pub use_disable_sm_ads_for_users: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_phishing_blocker: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_my_items: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_invite_links: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub use_pam: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_collection_creation: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_collection_deletion: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub limit_item_deletion: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub allow_admin_access_to_all_collection_items: bool,
    /// The organization's key for the person's public key (EncString type 4).
    pub key: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub has_public_and_private_keys: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub reset_password_enrolled: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub sso_bound: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub sso_enabled: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub key_connector_enabled: bool,
    pub key_connector_url: Option<String>,
    pub sso_member_decryption_type: Option<i32>,
    /// The provider that manages the organization, if any.
    pub provider_id: Option<ProviderId>,
    pub provider_name: Option<String>,
    pub provider_type: Option<ProviderType>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_secrets_manager: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub access_pam: bool,
    #[serde(default, deserialize_with = "null_as_default")]
    pub user_is_claimed_by_organization: bool,
    pub family_sponsorship_friendly_name: Option<String>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub family_sponsorship_available: bool,
    pub family_sponsorship_last_sync_date: Option<Timestamp>,
    pub family_sponsorship_valid_until: Option<Timestamp>,
    pub family_sponsorship_to_delete: Option<bool>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub is_admin_initiated: bool,
}

/// The permissions of a Custom member; what is missing is not granted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Permissions {
    pub access_event_logs: bool,
    pub access_import_export: bool,
    pub access_reports: bool,
    pub create_new_collections: bool,
    pub edit_any_collection: bool,
    pub delete_any_collection: bool,
    pub manage_groups: bool,
    pub manage_policies: bool,
    pub manage_sso: bool,
    pub manage_users: bool,
    pub manage_reset_password: bool,
    pub manage_scim: bool,
    pub manage_access_rules: bool,
}

/// The answer to a sync. The portal never asks for one; other clients of the embedded server do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "sync", rename_all = "camelCase")]
pub struct Sync {
    pub profile: Profile,
    #[serde(default, deserialize_with = "null_as_default")]
    pub folders: Vec<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub collections: Vec<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub ciphers: Vec<Value>,
    pub domains: Option<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub policies: Vec<Value>,
    #[serde(default, deserialize_with = "null_as_default")]
    pub sends: Vec<Value>,
    pub user_decryption: Option<Value>,
}

/// Somebody's public key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "object", rename = "userKey", rename_all = "camelCase")]
pub struct UserKey {
    pub user_id: UserId,
    /// Base64 of the SPKI form.
    pub public_key: Option<String>,
}
