//! Inviting members.

use portal_wire::{
    EventType, GroupId, OrganizationUserId, OrganizationUserStatus, Timestamp,
    organization::{CollectionAccess, InviteMembersRequest},
    profile::Permissions,
};
use uuid::Uuid;

use super::{MemberRefusal, lock, rules};
use crate::{
    auth::OrganizationAccess,
    store::{
        StoreError, Tx,
        events::{self, NewEvent},
        row::Columns,
    },
};

/// Somebody who was invited just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// The membership.
    pub id: OrganizationUserId,
    /// The address.
    pub email: String,
}

/// Invites addresses in one role. Those that are known here already, by address or by account, are passed over.
///
/// `emails` are as they are stored: in lower case, each once. The collections and groups were looked at before.
pub async fn invite(
    tx: &mut Tx,
    access: &OrganizationAccess,
    emails: &[String],
    request: &InviteMembersRequest,
    now: Timestamp,
) -> Result<Result<Vec<Invited>, MemberRefusal>, StoreError> {
    let organization = access.organization_id();
    lock(tx, organization).await?;
    let mut new = Vec::new();
    for email in emails {
        let known = sqlx::query(
            "SELECT member.id FROM organization_users member LEFT JOIN users person ON person.id = member.user_id \
             WHERE member.organization_id = $1 AND (member.email = $2 OR person.email = $2)",
        )
        .bind(organization.to_string())
        .bind(email.clone())
        .fetch_optional(&mut **tx)
        .await?;
        if known.is_none() {
            new.push(email.clone());
        }
    }
    if let Some(free) = rules::free_seats(tx, organization).await?
        && new.len() > free as usize
    {
        return Ok(Err(MemberRefusal::NoSeat));
    }
    let mut invited = Vec::with_capacity(new.len());
    for email in new {
        let id = OrganizationUserId(Uuid::now_v7());
        sqlx::query(
            "INSERT INTO organization_users (id, organization_id, email, type, status, access_secrets_manager, \
             permissions, created_at, revised_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
        )
        .bind(id.to_string())
        .bind(organization.to_string())
        .bind(email.clone())
        .bind(i64::from(request.kind.number()))
        .bind(i64::from(OrganizationUserStatus::Invited.number()))
        .bind(i64::from(request.access_secrets_manager))
        .bind(permissions_text(request.permissions.as_ref()))
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
        give_collections(tx, id, &request.collections).await?;
        give_groups(tx, id, &request.groups).await?;
        let event = NewEvent {
            organization_id: Some(organization),
            provider_id: access.provider_for_events(),
            organization_user_id: Some(id),
            ..NewEvent::by(access.caller(), EventType::OrganizationUserInvited, now)
        };
        events::record(tx, event).await?;
        invited.push(Invited { id, email });
    }
    Ok(Ok(invited))
}

/// Permissions as they are kept.
pub(super) fn permissions_text(permissions: Option<&Permissions>) -> Option<String> {
    permissions.and_then(|permissions| serde_json::to_string(permissions).ok())
}

pub(super) async fn give_collections(
    tx: &mut Tx,
    member: OrganizationUserId,
    collections: &[CollectionAccess],
) -> Result<(), StoreError> {
    for collection in collections {
        sqlx::query(
            "INSERT INTO collection_users (collection_id, organization_user_id, read_only, hide_passwords, manage) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (collection_id, organization_user_id) DO UPDATE \
             SET read_only = excluded.read_only, hide_passwords = excluded.hide_passwords, manage = excluded.manage",
        )
        .bind(collection.id.to_string())
        .bind(member.to_string())
        .bind(i64::from(collection.read_only))
        .bind(i64::from(collection.hide_passwords))
        .bind(i64::from(collection.manage))
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

pub(super) async fn give_groups(
    tx: &mut Tx,
    member: OrganizationUserId,
    groups: &[GroupId],
) -> Result<(), StoreError> {
    for group in groups {
        sqlx::query(
            "INSERT INTO group_users (group_id, organization_user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(group.to_string())
        .bind(member.to_string())
        .execute(&mut **tx)
        .await?;
    }
    Ok(())
}

/// Whether all these collections and groups are the organization's.
pub async fn are_here(
    tx: &mut Tx,
    access: &OrganizationAccess,
    collections: &[CollectionAccess],
    groups: &[GroupId],
) -> Result<bool, StoreError> {
    let collections = collections.iter().map(|collection| ("collections", collection.id.to_string()));
    let groups = groups.iter().map(|group| ("groups", group.to_string()));
    for (table, id) in collections.chain(groups) {
        // The table is ours, never from outside.
        let sql = format!("SELECT organization_id FROM {table} WHERE id = $1");
        let found = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).fetch_optional(&mut **tx).await?;
        let owner = found.map(|row| row.text("organization_id")).transpose()?;
        if owner != Some(access.organization_id().to_string()) {
            return Ok(false);
        }
    }
    Ok(true)
}
