//! Confirming members.

use portal_domain::access::may_manage;
use portal_wire::{
    EventType, OrganizationUserId, OrganizationUserStatus, Timestamp, organization::MemberKey,
};

use super::{Member, MemberRefusal, among, lock, rules};
use crate::{
    auth::OrganizationAccess,
    store::{
        StoreError, Tx,
        events::{self, NewEvent},
        users,
    },
};

/// A member, and what came of it.
pub type Confirmation = (Member, Result<(), MemberRefusal>);

/// Gives members who accepted the organization's key. Ids of nobody here are left out.
pub async fn confirm(
    tx: &mut Tx,
    access: &OrganizationAccess,
    keys: &[MemberKey],
    now: Timestamp,
) -> Result<Vec<Confirmation>, StoreError> {
    lock(tx, access.organization_id()).await?;
    users::lock_many(tx).await?;
    let ids: Vec<OrganizationUserId> = keys.iter().map(|key| key.id).collect();
    let mut outcome = Vec::with_capacity(keys.len());
    for member in among(tx, access, &ids).await? {
        let Some(key) = keys.iter().find(|key| key.id == member.id) else { continue };
        if member.status != OrganizationUserStatus::Accepted {
            outcome.push((member, Err(MemberRefusal::NotAccepted)));
            continue;
        }
        if !access.subjects().into_iter().any(|subject| may_manage(subject, member.role)) {
            outcome.push((member, Err(MemberRefusal::AboveYourself)));
            continue;
        }
        if let Some(user) = member.user_id
            && let Some(kind) = rules::shut_out_by(tx, access.organization_id(), user, member.role).await?
        {
            outcome.push((member, Err(MemberRefusal::by_policy(kind))));
            continue;
        }
        sqlx::query("UPDATE organization_users SET status = $1, key = $2, revised_at = $3 WHERE id = $4")
            .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
            .bind(key.key.clone())
            .bind(now.0)
            .bind(member.id.to_string())
            .execute(&mut **tx)
            .await?;
        let event = NewEvent {
            organization_id: Some(access.organization_id()),
            organization_user_id: Some(member.id),
            provider_id: access.provider_for_events(),
            user_id: member.user_id,
            ..NewEvent::by(access.caller(), EventType::OrganizationUserConfirmed, now)
        };
        events::record(tx, event).await?;
        if let Some(user_id) = member.user_id {
            users::touch(tx, user_id, now).await?;
        }
        outcome.push((member, Ok(())));
    }
    Ok(outcome)
}
