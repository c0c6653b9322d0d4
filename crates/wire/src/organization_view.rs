//! What every view of an organization shows, declared once.

/// Declares a view of an organization: the fields of all views, and after them its own.
macro_rules! organization_view {
    ($(#[$meta:meta])* pub struct $name:ident { $($own:tt)* }) => {
        $(#[$meta])*
        pub struct $name {
            pub id: OrganizationId,
            #[serde(default, deserialize_with = "null_as_default")]
            pub name: String,
            pub seats: Option<i32>,
            pub max_collections: Option<i32>,
            pub max_storage_gb: Option<i32>,
            #[serde(default, deserialize_with = "null_as_default")]
            pub has_public_and_private_keys: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub limit_collection_creation: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub limit_collection_deletion: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub limit_item_deletion: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub allow_admin_access_to_all_collection_items: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub users_get_premium: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub self_host: bool,
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
            #[serde(default, deserialize_with = "null_as_default")]
            pub use_phishing_blocker: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub use_my_items: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub use_invite_links: bool,
            #[serde(default, deserialize_with = "null_as_default")]
            pub use_pam: bool,
            $($own)*
        }
    };
}

/// Declares a view of an organization in the profile of one person: the fields of both such views, and after them its own.
macro_rules! profile_view {
    ($(#[$meta:meta])* pub struct $name:ident { $($own:tt)* }) => {
        $crate::organization_view::organization_view! {
            $(#[$meta])*
            pub struct $name {
                pub user_id: Option<UserId>,
                pub identifier: Option<String>,
                #[serde(default, deserialize_with = "null_as_default")]
                pub enabled: bool,
                #[serde(default, deserialize_with = "null_as_default")]
                pub permissions: Permissions,
                #[serde(default, deserialize_with = "null_as_default")]
                pub product_tier_type: ProductTier,
                /// Spelled differently here than in the organization.
                #[serde(rename = "useDisableSMAdsForUsers", alias = "useDisableSmAdsForUsers", default)]
                pub use_disable_sm_ads_for_users: bool,
                /// The organization's key: of a client under the provider's key (EncString type 2), else for the person's public key
                /// (type 4).
                pub key: Option<String>,
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
                $($own)*
            }
        }
    };
}

pub(crate) use {organization_view, profile_view};
