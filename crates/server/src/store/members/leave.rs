//! Leaving an organization.

use portal_wire::{EventType, OrganizationUserStatus, OrganizationUserType, ProviderUserStatus, Timestamp};

use super::{MemberRefusal, lock};
use crate::{
    auth::{OrganizationAccess, organization::Membership},
    store::{
        Db, StoreError, Tx,
        events::{self, NewEvent},
        users,
    },
};

/// Ends the caller's own membership.
pub async fn leave(
    tx: &mut Tx,
    access: &OrganizationAccess,
    membership: &Membership,
    now: Timestamp,
) -> Result<Result<(), MemberRefusal>, StoreError> {
    lock(tx, access.organization_id()).await?;
    if membership.role == OrganizationUserType::Owner && !an_owner_remains(tx, access, membership).await? {
        return Ok(Err(MemberRefusal::LastOwner));
    }
    sqlx::query("DELETE FROM organization_users WHERE id = $1")
        .bind(membership.id.to_string())
        .execute(&mut **tx)
        .await?;
    let event = NewEvent {
        organization_id: Some(access.organization_id()),
        organization_user_id: Some(membership.id),
        user_id: Some(access.caller().user_id()),
        ..NewEvent::by(access.caller(), EventType::OrganizationUserLeft, now)
    };
    events::record(tx, event).await?;
    users::touch(tx, access.caller().user_id(), now).await?;
    Ok(Ok(()))
}

/// Whether there is another confirmed owner, or confirmed staff of the provider, who counts as one.
async fn an_owner_remains(
    db: &mut Db,
    access: &OrganizationAccess,
    membership: &Membership,
) -> Result<bool, StoreError> {
    let found = sqlx::query(
        "SELECT id FROM organization_users WHERE organization_id = $1 AND type = $2 AND status = $3 AND id <> $4 \
         UNION ALL SELECT staff.id FROM provider_organizations link \
         JOIN provider_users staff ON staff.provider_id = link.provider_id \
         WHERE link.organization_id = $1 AND staff.status = $5 LIMIT 1",
    )
    .bind(access.organization_id().to_string())
    .bind(i64::from(OrganizationUserType::Owner.number()))
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .bind(membership.id.to_string())
    .bind(i64::from(ProviderUserStatus::Confirmed.number()))
    .fetch_optional(db)
    .await?;
    Ok(found.is_some())
}
