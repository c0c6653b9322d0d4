//! What the database says of an organization, and what follows from its plan: the same in every view of it.

use portal_wire::{OrganizationId, PlanType};
use serde::Deserialize;

use crate::store::json_rows::Flag;

/// The columns of an organization that every view of it shows, in the order of [`facts_columns`].
#[derive(Debug, Deserialize)]
pub(in crate::store) struct Facts {
    pub(in crate::store) id: OrganizationId,
    /// As it is stored: encoded.
    pub(in crate::store) name: String,
    pub(in crate::store) identifier: Option<String>,
    pub(in crate::store) enabled: Flag,
    pub(in crate::store) plan_type: PlanType,
    pub(in crate::store) seats: Option<i32>,
    pub(in crate::store) use_secrets_manager: Flag,
    pub(in crate::store) limit_collection_creation: Flag,
    pub(in crate::store) limit_collection_deletion: Flag,
    pub(in crate::store) limit_item_deletion: Flag,
    pub(in crate::store) admins_reach_all_items: Flag,
    pub(in crate::store) has_keys: Flag,
}

/// The columns of [`Facts`], of a table that goes by the name `organization`.
macro_rules! facts_columns {
    () => {
        "organization.id, organization.name, organization.identifier, organization.enabled, organization.plan_type, \
         organization.seats, organization.use_secrets_manager, organization.limit_collection_creation, \
         organization.limit_collection_deletion, organization.limit_item_deletion, organization.admins_reach_all_items, \
         CASE WHEN EXISTS (SELECT 1 FROM organization_keys keys WHERE keys.organization_id = organization.id) \
         THEN 1 ELSE 0 END"
    };
}

/// A view of an organization: the fields that every view shares from its [`Facts`] and its plan, which gets the name given
/// for it, and others beside them.
macro_rules! organization_view {
    ($type:ident of $facts:ident on $plan:ident { $($field:ident: $value:expr,)* }) => {{
        let $plan = $crate::plan::PlanFacts::of($facts.plan_type);
        $type {
            id: $facts.id,
            name: $crate::http::names::decode(&$facts.name),
            seats: $facts.seats,
            self_host: $plan.enterprise,
            users_get_premium: true,
            use_policies: $plan.enterprise,
            use_sso: $plan.enterprise,
            use_key_connector: $plan.enterprise,
            use_scim: true,
            use_groups: true,
            use_directory: true,
            use_events: $plan.events,
            use_totp: true,
            use_2fa: true,
            use_api: true,
            use_reset_password: $plan.enterprise,
            use_secrets_manager: $facts.use_secrets_manager.0,
            use_password_manager: true,
            use_custom_permissions: $plan.enterprise,
            use_activate_autofill_policy: $plan.enterprise,
            use_risk_insights: $plan.enterprise,
            use_organization_domains: $plan.enterprise,
            use_my_items: $plan.enterprise,
            use_invite_links: $plan.enterprise,
            limit_collection_creation: $facts.limit_collection_creation.0,
            limit_collection_deletion: $facts.limit_collection_deletion.0,
            limit_item_deletion: $facts.limit_item_deletion.0,
            allow_admin_access_to_all_collection_items: $facts.admins_reach_all_items.0,
            has_public_and_private_keys: $facts.has_keys.0,
            $($field: $value,)*
            ..Default::default()
        }
    }};
}

pub(in crate::store) use {facts_columns, organization_view};
