//! Taking members' access away, giving it back, and ending memberships.

use portal_domain::access::MemberDeed;
use portal_wire::{EventType, OrganizationUserId, OrganizationUserStatus, RevocationReason, Timestamp};

use super::{Member, MemberRefusal, among, lock, rules};
use crate::{
    auth::OrganizationAccess,
    store::{
        StoreError, Tx,
        events::{self, NewEvent},
        invitations,
        row::Columns,
        users,
    },
};

/// A member, and what came of a deed.
pub type Outcome = (Member, Result<(), MemberRefusal>);

/// Revokes, restores or removes members; ids of nobody here are left out.
pub async fn change(
    tx: &mut Tx,
    access: &OrganizationAccess,
    deed: MemberDeed,
    ids: &[OrganizationUserId],
    now: Timestamp,
) -> Result<Vec<Outcome>, StoreError> {
    lock(tx, access.organization_id()).await?;
    users::lock_many(tx).await?;
    let mut outcome = Vec::with_capacity(ids.len());
    for member in among(tx, access, ids).await? {
        let mut result = rules::check(tx, access, deed, &member, &[]).await?;
        if result.is_ok() && deed == MemberDeed::Restore {
            result = may_return(tx, access, &member).await?;
        }
        if result.is_ok() {
            act(tx, access, deed, &member, now).await?;
        }
        outcome.push((member, result));
    }
    Ok(outcome)
}

/// The policies are asked again before somebody comes back.
async fn may_return(
    tx: &mut Tx,
    access: &OrganizationAccess,
    member: &Member,
) -> Result<Result<(), MemberRefusal>, StoreError> {
    let Some(user) = member.user_id else { return Ok(Ok(())) };
    let shut_out = rules::shut_out_by(tx, access.organization_id(), user, member.role).await?;
    Ok(shut_out.map_or(Ok(()), |kind| Err(MemberRefusal::by_policy(kind))))
}

async fn act(
    tx: &mut Tx,
    access: &OrganizationAccess,
    deed: MemberDeed,
    member: &Member,
    now: Timestamp,
) -> Result<(), StoreError> {
    let kind = match deed {
        MemberDeed::Revoke => {
            revoke(tx, member, RevocationReason::Manual, now).await?;
            EventType::OrganizationUserRevoked
        }
        MemberDeed::Restore => {
            restore(tx, member, now).await?;
            EventType::OrganizationUserRestored
        }
        _ => {
            invitations::forget_member(tx, member.id).await?;
            sqlx::query("DELETE FROM organization_users WHERE id = $1")
                .bind(member.id.to_string())
                .execute(&mut **tx)
                .await?;
            EventType::OrganizationUserRemoved
        }
    };
    let event = NewEvent {
        organization_id: Some(access.organization_id()),
        provider_id: access.provider_for_events(),
        organization_user_id: Some(member.id),
        user_id: member.user_id,
        ..NewEvent::by(access.caller(), kind, now)
    };
    events::record(tx, event).await?;
    match member.user_id {
        Some(user) => users::touch(tx, user, now).await,
        None => Ok(()),
    }
}

/// Takes the access away, and remembers what it was.
pub(in crate::store) async fn revoke(
    tx: &mut Tx,
    member: &Member,
    reason: RevocationReason,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE organization_users SET prior_status = status, status = $1, revocation_reason = $2, revised_at = $3 \
         WHERE id = $4",
    )
    .bind(i64::from(OrganizationUserStatus::Revoked.number()))
    .bind(i64::from(reason.number()))
    .bind(now.0)
    .bind(member.id.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Gives the access back as it was: as remembered, or else by how far the member had come (contract §8.5).
async fn restore(tx: &mut Tx, member: &Member, now: Timestamp) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT prior_status, user_id, key FROM organization_users WHERE id = $1")
        .bind(member.id.to_string())
        .fetch_one(&mut **tx)
        .await?;
    let back = match row.small_maybe("prior_status")?.map(OrganizationUserStatus::from_number) {
        Some(prior) if prior != OrganizationUserStatus::Revoked => prior,
        _ if row.text_maybe("user_id")?.is_none() => OrganizationUserStatus::Invited,
        _ if row.text_maybe("key")?.is_none() => OrganizationUserStatus::Accepted,
        _ => OrganizationUserStatus::Confirmed,
    };
    sqlx::query(
        "UPDATE organization_users SET status = $1, prior_status = NULL, revocation_reason = NULL, revised_at = $2 \
         WHERE id = $3",
    )
    .bind(i64::from(back.number()))
    .bind(now.0)
    .bind(member.id.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}
