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
    organization_view::profile_view,
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

profile_view! {
    /// A client of a provider the person is confirmed in. The id of the link stands in the list of clients only.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "object", rename = "profileProviderOrganization", rename_all = "camelCase")]
    pub struct ProfileProviderOrganization {
        #[serde(default, deserialize_with = "null_as_default")]
        pub status: OrganizationUserStatus,
        #[serde(rename = "type", default)]
        pub kind: OrganizationUserType,
    }
}

profile_view! {
    /// An organization the person is a member of.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "object", rename = "profileOrganization", rename_all = "camelCase")]
    pub struct ProfileOrganization {
        pub organization_user_id: Option<OrganizationUserId>,
        pub status: OrganizationUserStatus,
        #[serde(rename = "type")]
        pub kind: OrganizationUserType,
        pub family_sponsorship_friendly_name: Option<String>,
        #[serde(default, deserialize_with = "null_as_default")]
        pub family_sponsorship_available: bool,
        pub family_sponsorship_last_sync_date: Option<Timestamp>,
        pub family_sponsorship_valid_until: Option<Timestamp>,
        pub family_sponsorship_to_delete: Option<bool>,
        #[serde(default, deserialize_with = "null_as_default")]
        pub is_admin_initiated: bool,
    }
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
