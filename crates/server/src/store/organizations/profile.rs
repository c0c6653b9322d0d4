//! What a person's profile says of organizations.

use portal_wire::{
    OrganizationUserStatus, OrganizationUserType,
    profile::{Permissions, ProfileOrganization},
};
use serde_json::{Value, json};

use super::read_permissions;
use crate::{
    auth::Caller,
    store::{Db, StoreError, row::Columns},
};

/// The fields that a member's and a provider's view of an organization share, read from a row that carries the columns
/// of the organization and, as `provider_id`, `provider_name` and `provider_type`, those of the provider that manages it.
macro_rules! profile_fields {
    ($type:ident, $row:expr, $($field:ident: $value:expr,)+) => {{
        let row = $row;
        let plan = $crate::plan::PlanFacts::of(portal_wire::PlanType::from_number(row.small("plan_type")?));
        $type {
            id: row.id("id")?,
            name: $crate::http::names::decode(&row.text("name")?),
            identifier: row.text_maybe("identifier")?,
            enabled: row.flag("enabled")?,
            product_tier_type: plan.tier,
            seats: row.small_maybe("seats")?,
            self_host: plan.enterprise,
            users_get_premium: true,
            use_policies: plan.enterprise,
            use_sso: plan.enterprise,
            use_key_connector: plan.enterprise,
            use_scim: true,
            use_groups: true,
            use_directory: true,
            use_events: true,
            use_totp: true,
            use_2fa: true,
            use_api: true,
            use_reset_password: plan.enterprise,
            use_secrets_manager: row.flag("use_secrets_manager")?,
            use_password_manager: true,
            use_custom_permissions: plan.enterprise,
            use_activate_autofill_policy: plan.enterprise,
            use_risk_insights: plan.enterprise,
            use_organization_domains: plan.enterprise,
            use_my_items: plan.enterprise,
            use_invite_links: plan.enterprise,
            limit_collection_creation: row.flag("limit_collection_creation")?,
            limit_collection_deletion: row.flag("limit_collection_deletion")?,
            limit_item_deletion: row.flag("limit_item_deletion")?,
            allow_admin_access_to_all_collection_items: row.flag("admins_reach_all_items")?,
            has_public_and_private_keys: row.flag("has_keys")?,
            provider_id: row.id_maybe("provider_id")?,
            provider_name: row.text_maybe("provider_name")?.as_deref().map($crate::http::names::decode),
            provider_type: row.small_maybe("provider_type")?.map(portal_wire::ProviderType::from_number),
            $($field: $value,)+
            ..Default::default()
        }
    }};
}

/// The columns [`profile_fields`] reads of an organization. Its keys stay where they are: of ten thousand clients they
/// would be the largest part by far.
macro_rules! profile_columns {
    () => {
        "organization.id, organization.name, organization.identifier, organization.enabled, organization.plan_type, \
         organization.seats, organization.use_secrets_manager, organization.limit_collection_creation, \
         organization.limit_collection_deletion, organization.limit_item_deletion, \
         organization.admins_reach_all_items, CASE WHEN organization.public_key IS NULL \
         OR organization.private_key IS NULL THEN 0 ELSE 1 END AS has_keys, \
         provider.id AS provider_id, provider.name AS provider_name, provider.type AS provider_type "
    };
}

pub(crate) use {profile_columns, profile_fields};

/// The organizations the caller is a member of: confirmed, or with `accepted` also those still to be confirmed.
pub async fn profile_organizations(
    db: &mut Db,
    caller: &Caller,
    accepted: bool,
) -> Result<Vec<ProfileOrganization>, StoreError> {
    let least = if accepted { OrganizationUserStatus::Accepted } else { OrganizationUserStatus::Confirmed };
    sqlx::query(concat!(
        "SELECT ",
        profile_columns!(),
        ", member.id AS member_id, member.type, member.status AS member_status, member.permissions, \
         member.key AS member_key, member.reset_password_key, member.access_secrets_manager \
         FROM organization_users member \
         JOIN organizations organization ON organization.id = member.organization_id \
         LEFT JOIN provider_organizations link ON link.organization_id = organization.id \
         LEFT JOIN providers provider ON provider.id = link.provider_id \
         WHERE member.user_id = $1 AND member.status >= $2 AND member.status <= $3 \
         ORDER BY member.created_at, member.id",
    ))
    .bind(caller.user_id().to_string())
    .bind(i64::from(least.number()))
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let role = OrganizationUserType::from_number(row.small("type")?);
        let custom = role == OrganizationUserType::Custom;
        Ok(profile_fields!(
            ProfileOrganization,
            row,
            organization_user_id: row.id_maybe("member_id")?,
            user_id: Some(caller.user_id()),
            status: OrganizationUserStatus::from_number(row.small("member_status")?),
            kind: role,
            permissions: if custom { read_permissions(row)? } else { Permissions::default() },
            key: row.text_maybe("member_key")?,
            reset_password_enrolled: row.text_maybe("reset_password_key")?.is_some(),
            access_secrets_manager: row.flag("access_secrets_manager")?,
        ))
    })
    .collect()
}

/// The collections the caller reaches as a confirmed member, as a sync carries them.
pub async fn member_collections(db: &mut Db, caller: &Caller) -> Result<Vec<Value>, StoreError> {
    sqlx::query(
        "SELECT collection.id, collection.organization_id, collection.name, collection.external_id, collection.type, \
         MIN(reach.read_only) AS read_only, MIN(reach.hide_passwords) AS hide_passwords, MAX(reach.manage) AS manage \
         FROM organization_users member \
         JOIN (SELECT organization_user_id, collection_id, read_only, hide_passwords, manage FROM collection_users \
               UNION ALL \
               SELECT in_group.organization_user_id, grants.collection_id, grants.read_only, grants.hide_passwords, \
               grants.manage FROM group_users in_group \
               JOIN collection_groups grants ON grants.group_id = in_group.group_id) reach \
           ON reach.organization_user_id = member.id \
         JOIN collections collection ON collection.id = reach.collection_id \
         JOIN organizations organization ON organization.id = member.organization_id \
         WHERE member.user_id = $1 AND member.status = $2 AND organization.enabled = 1 \
         GROUP BY collection.id, collection.organization_id, collection.name, collection.external_id, collection.type",
    )
    .bind(caller.user_id().to_string())
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(json!({
            "object": "collectionDetails",
            "id": row.text("id")?,
            "organizationId": row.text("organization_id")?,
            "name": row.text("name")?,
            "externalId": row.text_maybe("external_id")?,
            "type": row.number("type")?,
            "defaultUserCollectionEmail": null,
            "readOnly": row.flag("read_only")?,
            "hidePasswords": row.flag("hide_passwords")?,
            "manage": row.flag("manage")?,
        }))
    })
    .collect()
}
