//! What a person's profile says of organizations.

use portal_wire::{
    OrganizationUserId, OrganizationUserStatus, OrganizationUserType, ProviderId, ProviderType,
    profile::{Permissions, ProfileOrganization},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Facts, facts_columns, organization_view};
use crate::{
    auth::Caller,
    http::names,
    store::{
        Db, StoreError,
        json_rows::{self, Flag, JsonRows, json_rows},
        row::Columns,
    },
};

/// The columns of a membership, and of the provider that manages the organization.
#[derive(Deserialize)]
struct Member {
    id: OrganizationUserId,
    role: OrganizationUserType,
    status: OrganizationUserStatus,
    permissions: Option<String>,
    key: Option<String>,
    reset_password_enrolled: Flag,
    access_secrets_manager: Flag,
    provider_id: Option<ProviderId>,
    provider_name: Option<String>,
    provider_type: Option<ProviderType>,
}

const MEMBERSHIPS: JsonRows = json_rows!(
    facts_columns!(),
    "member.id, member.type, member.status, member.permissions, member.key, \
     CASE WHEN member.reset_password_key IS NULL THEN 0 ELSE 1 END, member.access_secrets_manager, \
     provider.id, provider.name, provider.type";
    "member.created_at, member.id";
    "organization_users member \
     JOIN organizations organization ON organization.id = member.organization_id \
     LEFT JOIN provider_organizations link ON link.organization_id = organization.id \
     LEFT JOIN providers provider ON provider.id = link.provider_id \
     WHERE member.user_id = $1 AND member.status >= $2 AND member.status <= $3"
);

/// The organizations the caller is a member of: confirmed, or with `accepted` also those still to be confirmed.
pub async fn profile_organizations(
    db: &mut Db,
    caller: &Caller,
    accepted: bool,
) -> Result<Vec<ProfileOrganization>, StoreError> {
    let least = if accepted { OrganizationUserStatus::Accepted } else { OrganizationUserStatus::Confirmed };
    let answer = sqlx::query(MEMBERSHIPS.on(db))
        .bind(caller.user_id().to_string())
        .bind(i64::from(least.number()))
        .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
        .fetch_one(db)
        .await?;
    let rows: Vec<(Facts, Member)> = json_rows::read(&answer, "membership")?;
    rows.into_iter().map(|(facts, member)| view(caller, facts, member)).collect()
}

fn view(caller: &Caller, facts: Facts, member: Member) -> Result<ProfileOrganization, StoreError> {
    let permissions = match member.permissions.filter(|_| member.role == OrganizationUserType::Custom) {
        Some(text) => {
            serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { column: "permissions" })?
        }
        None => Permissions::default(),
    };
    Ok(organization_view!(ProfileOrganization of facts on plan {
        identifier: facts.identifier,
        enabled: facts.enabled.0,
        product_tier_type: plan.tier,
        organization_user_id: Some(member.id),
        user_id: Some(caller.user_id()),
        status: member.status,
        kind: member.role,
        permissions: permissions,
        key: member.key,
        reset_password_enrolled: member.reset_password_enrolled.0,
        access_secrets_manager: member.access_secrets_manager.0,
        provider_id: member.provider_id,
        provider_name: member.provider_name.as_deref().map(names::decode),
        provider_type: member.provider_type,
    }))
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
