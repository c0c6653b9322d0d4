//! Organizations and their members.

pub mod api_keys;
pub mod billing;
pub mod create;
pub mod delete;
pub mod details;
mod facts;
pub mod keys;
mod profile;
pub mod settings;

use portal_domain::access::{ClientSituation, Manager};
use portal_wire::{
    OrganizationId, OrganizationUserStatus, OrganizationUserType, PlanType, ProviderType, ProviderUserStatus,
    ProviderUserType, UserId, profile::Permissions,
};
use sqlx::any::AnyRow;

pub(super) use facts::{Facts, facts_columns, organization_view};
pub use profile::{member_collections, profile_organizations};

use super::{Db, StoreError, row::Columns};
use crate::auth::{
    OrganizationRole,
    organization::{Management, Membership, Standing},
};
use crate::plan::PlanFacts;

/// The roles of an account in organizations, for its token and the event log: confirmed ones only.
pub async fn roles(db: &mut Db, user: UserId) -> Result<Vec<OrganizationRole>, StoreError> {
    sqlx::query(
        "SELECT organization_id, type, permissions FROM organization_users WHERE user_id = $1 AND status = $2 \
         ORDER BY organization_id",
    )
    .bind(user.to_string())
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(OrganizationRole {
            organization_id: row.id("organization_id")?,
            role: OrganizationUserType::from_number(row.small("type")?),
            permissions: read_permissions(row)?,
        })
    })
    .collect()
}

/// How an account stands to an organization: as a confirmed member, and as confirmed staff of its provider. `None` if
/// there is no such organization.
pub(crate) async fn standing(
    db: &mut Db,
    organization: OrganizationId,
    user: UserId,
) -> Result<Option<Standing>, StoreError> {
    let Some(situation) = situation(db, organization).await? else { return Ok(None) };
    let member = sqlx::query(
        "SELECT id, type, permissions FROM organization_users \
         WHERE organization_id = $1 AND user_id = $2 AND status = $3",
    )
    .bind(organization.to_string())
    .bind(user.to_string())
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .fetch_optional(&mut *db)
    .await?
    .map(|row| {
        Ok::<_, StoreError>(Membership {
            id: row.id("id")?,
            role: OrganizationUserType::from_number(row.small("type")?),
            permissions: read_permissions(&row)?,
        })
    })
    .transpose()?;
    let provider = sqlx::query(
        "SELECT staff.provider_id, staff.type FROM provider_organizations link \
         JOIN provider_users staff ON staff.provider_id = link.provider_id \
         WHERE link.organization_id = $1 AND staff.user_id = $2 AND staff.status = $3",
    )
    .bind(organization.to_string())
    .bind(user.to_string())
    .bind(i64::from(ProviderUserStatus::Confirmed.number()))
    .fetch_optional(&mut *db)
    .await?
    .map(|row| {
        Ok::<_, StoreError>(Management {
            provider_id: row.id("provider_id")?,
            role: ProviderUserType::from_number(row.small("type")?),
        })
    })
    .transpose()?;
    Ok(Some(Standing { member, provider, situation }))
}

/// What of an organization the role table looks at.
async fn situation(db: &mut Db, organization: OrganizationId) -> Result<Option<ClientSituation>, StoreError> {
    sqlx::query(
        "SELECT organization.plan_type, organization.admins_reach_all_items, organization.limit_collection_creation, \
         provider.type AS provider_type FROM organizations organization \
         LEFT JOIN provider_organizations link ON link.organization_id = organization.id \
         LEFT JOIN providers provider ON provider.id = link.provider_id WHERE organization.id = $1",
    )
    .bind(organization.to_string())
    .fetch_optional(db)
    .await?
    .map(|row| {
        let plan = PlanFacts::of(PlanType::from_number(row.small("plan_type")?));
        Ok(ClientSituation {
            manager: Manager::of(row.small_maybe("provider_type")?.map(ProviderType::from_number)),
            admins_reach_everything: row.flag("admins_reach_all_items")?,
            limits_collection_creation: row.flag("limit_collection_creation")?,
            // A setting of the server, which the proof fills in.
            staff_reach_items: false,
            has_events: true,
            has_groups: true,
            has_policies: plan.enterprise,
            has_sso: plan.enterprise,
            has_scim: true,
        })
    })
    .transpose()
}

/// The permissions of a custom role, kept as JSON; none for other roles.
pub(super) fn read_permissions(row: &AnyRow) -> Result<Permissions, StoreError> {
    match row.text_maybe("permissions")? {
        Some(text) => {
            serde_json::from_str(&text).map_err(|_| StoreError::Unreadable { column: "permissions" })
        }
        None => Ok(Permissions::default()),
    }
}

/// The key to an organization's public interface, if the organization is enabled.
pub async fn api_key(db: &mut Db, organization: OrganizationId) -> Result<Option<String>, StoreError> {
    sqlx::query(
        "SELECT api.api_key FROM organization_api_keys api JOIN organizations organization \
         ON organization.id = api.organization_id \
         WHERE api.organization_id = $1 AND api.type = 0 AND organization.enabled = 1",
    )
    .bind(organization.to_string())
    .fetch_optional(db)
    .await?
    .map(|row| row.text("api_key"))
    .transpose()
}
