//! Changing a member's role, collections and groups.

use portal_domain::access::MemberDeed;
use portal_wire::{
    CollectionId, EventType, OrganizationUserId, OrganizationUserStatus, OrganizationUserType, Timestamp,
    membership::UpdateMemberRequest,
};

use super::{
    Member, MemberRefusal, among,
    invite::{give_collections, give_groups, permissions_text},
    lock, rules,
};
use crate::{
    auth::OrganizationAccess,
    store::{
        StoreError, Tx,
        events::{self, NewEvent},
        users,
    },
};

/// Makes a member as wanted; `None` if there is no such member. Of the collections only those are replaced that the caller may
/// change: `changeable`.
pub async fn update(
    tx: &mut Tx,
    access: &OrganizationAccess,
    id: OrganizationUserId,
    request: &UpdateMemberRequest,
    changeable: &[CollectionId],
    now: Timestamp,
) -> Result<Option<Result<Member, MemberRefusal>>, StoreError> {
    lock(tx, access.organization_id()).await?;
    users::lock_many(tx).await?;
    let Some(member) = among(tx, access, &[id]).await?.pop() else { return Ok(None) };
    if let Err(refusal) = rules::check(tx, access, MemberDeed::Edit, &member, &[]).await? {
        return Ok(Some(Err(refusal)));
    }
    let demoted = member.role == OrganizationUserType::Owner
        && member.status == OrganizationUserStatus::Confirmed
        && request.kind != OrganizationUserType::Owner;
    if demoted && !rules::an_owner_remains(tx, access.organization_id(), id, &[]).await? {
        return Ok(Some(Err(MemberRefusal::LastOwner)));
    }
    sqlx::query(
        "UPDATE organization_users SET type = $1, permissions = $2, access_secrets_manager = $3, revised_at = $4 \
         WHERE id = $5",
    )
    .bind(i64::from(request.kind.number()))
    .bind(permissions_text(request.permissions.as_ref()))
    .bind(i64::from(request.access_secrets_manager))
    .bind(now.0)
    .bind(id.to_string())
    .execute(&mut **tx)
    .await?;
    for collection in changeable {
        sqlx::query("DELETE FROM collection_users WHERE organization_user_id = $1 AND collection_id = $2")
            .bind(id.to_string())
            .bind(collection.to_string())
            .execute(&mut **tx)
            .await?;
    }
    let wanted: Vec<_> =
        request.collections.iter().filter(|wanted| changeable.contains(&wanted.id)).cloned().collect();
    give_collections(tx, id, &wanted).await?;
    record(tx, access, &member, EventType::OrganizationUserUpdated, now).await?;
    if let Some(groups) = &request.groups {
        sqlx::query("DELETE FROM group_users WHERE organization_user_id = $1")
            .bind(id.to_string())
            .execute(&mut **tx)
            .await?;
        give_groups(tx, id, groups).await?;
        record(tx, access, &member, EventType::OrganizationUserUpdatedGroups, now).await?;
    }
    if let Some(user) = member.user_id {
        users::touch(tx, user, now).await?;
    }
    Ok(Some(Ok(member)))
}

async fn record(
    tx: &mut Tx,
    access: &OrganizationAccess,
    member: &Member,
    kind: EventType,
    now: Timestamp,
) -> Result<(), StoreError> {
    let event = NewEvent {
        organization_id: Some(access.organization_id()),
        provider_id: access.provider_for_events(),
        organization_user_id: Some(member.id),
        user_id: member.user_id,
        ..NewEvent::by(access.caller(), kind, now)
    };
    events::record(tx, event).await
}
