//! Leaving an organization.

use portal_wire::{EventType, OrganizationUserType, Timestamp};

use super::{MemberRefusal, lock, rules};
use crate::{
    auth::{OrganizationAccess, organization::Membership},
    store::{
        StoreError, Tx,
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
    if membership.role == OrganizationUserType::Owner
        && !rules::an_owner_remains(tx, access.organization_id(), membership.id, &[]).await?
    {
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
