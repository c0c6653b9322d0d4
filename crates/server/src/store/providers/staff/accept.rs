//! Accepting an invitation to the staff.

use portal_wire::{ProviderId, ProviderUserId, ProviderUserStatus, Timestamp};

use super::Staff;
use crate::{
    auth::Caller,
    store::{StoreError, Tx, invitations, providers::details::lock, users},
};

/// An invitation as the person invited may see it.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The membership it leads to.
    pub staff: Staff,
    /// The caller is in the staff of this provider already, by another invitation.
    pub is_staff_already: bool,
}

/// The invitation with this id to this provider, which nobody else changes until the transaction ends.
pub async fn invitation(
    tx: &mut Tx,
    caller: &Caller,
    provider: ProviderId,
    id: ProviderUserId,
) -> Result<Option<Invitation>, StoreError> {
    lock(tx, provider).await?;
    let row = sqlx::query(
        "SELECT id, user_id, type, status, email FROM provider_users WHERE id = $1 AND provider_id = $2",
    )
    .bind(id.to_string())
    .bind(provider.to_string())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let other = sqlx::query("SELECT id FROM provider_users WHERE provider_id = $1 AND user_id = $2")
        .bind(provider.to_string())
        .bind(caller.user_id().to_string())
        .fetch_optional(&mut **tx)
        .await?;
    Ok(Some(Invitation { staff: Staff::read(&row)?, is_staff_already: other.is_some() }))
}

/// Accepts an open invitation for the caller; false if it is open no more.
pub async fn accept(
    tx: &mut Tx,
    caller: &Caller,
    invitation: &Invitation,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE provider_users SET user_id = $1, email = NULL, status = $2, revised_at = $3 \
         WHERE id = $4 AND status = $5",
    )
    .bind(caller.user_id().to_string())
    .bind(i64::from(ProviderUserStatus::Accepted.number()))
    .bind(now.0)
    .bind(invitation.staff.id.to_string())
    .bind(i64::from(ProviderUserStatus::Invited.number()))
    .execute(&mut **tx)
    .await?;
    invitations::forget_staff(tx, invitation.staff.id).await?;
    users::touch(tx, caller.user_id(), now).await?;
    Ok(done.rows_affected() == 1)
}
