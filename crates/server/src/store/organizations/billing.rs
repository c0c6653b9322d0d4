//! What of an organization's bills the database knows.

use portal_wire::{OrganizationId, OrganizationUserStatus};

use crate::{
    auth::OrganizationAccess,
    http::names,
    store::{Db, StoreError, row::Columns},
};

/// How many seats are taken: by everybody invited, accepted or confirmed (contract §8.5).
pub async fn occupied_seats(db: &mut Db, access: &OrganizationAccess) -> Result<u32, StoreError> {
    occupied(db, access.organization_id()).await
}

/// The same, for a rule that spans the provider's clients.
pub(in crate::store) async fn occupied(db: &mut Db, organization: OrganizationId) -> Result<u32, StoreError> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS occupied FROM organization_users \
         WHERE organization_id = $1 AND status BETWEEN $2 AND $3",
    )
    .bind(organization.to_string())
    .bind(i64::from(OrganizationUserStatus::Invited.number()))
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(row.number("occupied")?).unwrap_or(u32::MAX))
}

/// Whether the organization is switched on.
pub async fn is_enabled(db: &mut Db, access: &OrganizationAccess) -> Result<bool, StoreError> {
    sqlx::query("SELECT enabled FROM organizations WHERE id = $1")
        .bind(access.organization_id().to_string())
        .fetch_one(db)
        .await?
        .flag("enabled")
}

/// What the provider is called that manages the organization, if one does and has a name.
pub async fn provider_name(db: &mut Db, access: &OrganizationAccess) -> Result<Option<String>, StoreError> {
    let found = sqlx::query(
        "SELECT provider.name FROM provider_organizations link \
         JOIN providers provider ON provider.id = link.provider_id WHERE link.organization_id = $1",
    )
    .bind(access.organization_id().to_string())
    .fetch_optional(db)
    .await?;
    let name = found.map(|row| row.text_maybe("name")).transpose()?.flatten();
    Ok(name.map(|name| names::decode(&name)))
}
