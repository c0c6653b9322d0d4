//! Organizations and their members.

mod profile;

use portal_wire::{
    OrganizationId, OrganizationUserStatus, OrganizationUserType, ProviderUserStatus, ProviderUserType,
    UserId, profile::Permissions,
};
use sqlx::any::AnyRow;

pub(crate) use profile::profile_fields;
pub use profile::{member_collections, profile_organizations};

use super::{Db, StoreError, row::Columns};
use crate::auth::{
    OrganizationRole,
    organization::{Management, Membership},
};

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

/// How an account stands to an organization: as a confirmed member, and as confirmed staff of its provider.
pub(crate) async fn standing(
    db: &mut Db,
    organization: OrganizationId,
    user: UserId,
) -> Result<(Option<Membership>, Option<Management>), StoreError> {
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
    Ok((member, provider))
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
