//! The groups of an organization.

use std::collections::HashMap;

use portal_wire::{
    EventType, GroupId, OrganizationUserId, Timestamp,
    collection::Selection,
    group::{GroupDetails, GroupRequest},
    organization::GroupRow,
};
use uuid::Uuid;

use super::{
    Db, StoreError, Tx,
    events::{self, NewEvent},
    members,
    row::Columns,
};
use crate::auth::OrganizationAccess;

/// The groups, by name.
pub async fn list(db: &mut Db, access: &OrganizationAccess) -> Result<Vec<GroupRow>, StoreError> {
    sqlx::query("SELECT id, organization_id, name, external_id FROM groups WHERE organization_id = $1 ORDER BY name, id")
        .bind(access.organization_id().to_string())
        .fetch_all(db)
        .await?
        .iter()
        .map(|row| {
            Ok(GroupRow {
                id: row.id("id")?,
                organization_id: row.id("organization_id")?,
                name: row.text("name")?,
                external_id: row.text_maybe("external_id")?,
            })
        })
        .collect()
}

/// The groups with their collections, by name.
pub async fn details(db: &mut Db, access: &OrganizationAccess) -> Result<Vec<GroupDetails>, StoreError> {
    let rows = sqlx::query(
        "SELECT grants.* FROM collection_groups grants JOIN groups ON groups.id = grants.group_id \
         WHERE groups.organization_id = $1 ORDER BY grants.collection_id",
    )
    .bind(access.organization_id().to_string())
    .fetch_all(&mut *db)
    .await?;
    let mut collections = HashMap::<GroupId, Vec<Selection>>::new();
    for row in &rows {
        let grant = Selection {
            id: row.id("collection_id")?,
            read_only: row.flag("read_only")?,
            hide_passwords: row.flag("hide_passwords")?,
            manage: row.flag("manage")?,
        };
        collections.entry(row.id("group_id")?).or_default().push(grant);
    }
    let groups = list(db, access).await?;
    Ok(groups
        .into_iter()
        .map(|group| GroupDetails {
            collections: collections.remove(&group.id).unwrap_or_default(),
            id: group.id,
            organization_id: group.organization_id,
            name: group.name,
            external_id: group.external_id,
        })
        .collect())
}

/// The memberships in a group.
pub async fn users(
    db: &mut Db,
    access: &OrganizationAccess,
    id: GroupId,
) -> Result<Vec<OrganizationUserId>, StoreError> {
    sqlx::query(
        "SELECT in_group.organization_user_id FROM group_users in_group JOIN groups ON groups.id = in_group.group_id \
         WHERE groups.id = $1 AND groups.organization_id = $2 ORDER BY in_group.organization_user_id",
    )
    .bind(id.to_string())
    .bind(access.organization_id().to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| row.id("organization_user_id"))
    .collect()
}

/// Makes a group, or puts all this in the place of what a group was. What it refers to must be of this organization.
pub async fn save(
    tx: &mut Tx,
    access: &OrganizationAccess,
    id: Option<GroupId>,
    request: &GroupRequest,
    now: Timestamp,
) -> Result<GroupId, StoreError> {
    let before = match id {
        Some(id) => users(tx, access, id).await?,
        None => Vec::new(),
    };
    let kind = if id.is_some() { EventType::GroupUpdated } else { EventType::GroupCreated };
    let group = id.unwrap_or_else(|| GroupId(Uuid::new_v4()));
    sqlx::query(
        "INSERT INTO groups (id, organization_id, name, created_at, revised_at) VALUES ($1, $2, $3, $4, $4) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, revised_at = excluded.revised_at",
    )
    .bind(group.to_string())
    .bind(access.organization_id().to_string())
    .bind(request.name.clone())
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    for sql in
        ["DELETE FROM collection_groups WHERE group_id = $1", "DELETE FROM group_users WHERE group_id = $1"]
    {
        sqlx::query(sql).bind(group.to_string()).execute(&mut **tx).await?;
    }
    for grant in request.collections.iter().flatten() {
        sqlx::query(
            "INSERT INTO collection_groups (collection_id, group_id, read_only, hide_passwords, manage) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (collection_id, group_id) DO NOTHING",
        )
        .bind(grant.id.to_string())
        .bind(group.to_string())
        .bind(i64::from(grant.read_only))
        .bind(i64::from(grant.hide_passwords))
        .bind(i64::from(grant.manage))
        .execute(&mut **tx)
        .await?;
    }
    let after: Vec<OrganizationUserId> = request.users.iter().flatten().copied().collect();
    for member in &after {
        add_member(tx, group, *member).await?;
    }
    record(tx, access, kind, group, now).await?;
    let changed =
        before.iter().filter(|id| !after.contains(id)).chain(after.iter().filter(|id| !before.contains(id)));
    for member in changed {
        record_member(tx, access, *member, now).await?;
    }
    members::touch_all(tx, access.organization_id(), now).await?;
    Ok(group)
}

pub(super) async fn add_member(
    tx: &mut Tx,
    group: GroupId,
    member: OrganizationUserId,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO group_users (group_id, organization_user_id) VALUES ($1, $2) \
         ON CONFLICT (group_id, organization_user_id) DO NOTHING",
    )
    .bind(group.to_string())
    .bind(member.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Deletes groups of this organization.
pub async fn delete(
    tx: &mut Tx,
    access: &OrganizationAccess,
    ids: &[GroupId],
    now: Timestamp,
) -> Result<(), StoreError> {
    for id in ids {
        sqlx::query("DELETE FROM groups WHERE id = $1 AND organization_id = $2")
            .bind(id.to_string())
            .bind(access.organization_id().to_string())
            .execute(&mut **tx)
            .await?;
        record(tx, access, EventType::GroupDeleted, *id, now).await?;
    }
    members::touch_all(tx, access.organization_id(), now).await
}

/// Takes a member out of a group of this organization; whether the member was in it.
pub async fn remove_member(
    tx: &mut Tx,
    access: &OrganizationAccess,
    id: GroupId,
    member: OrganizationUserId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let removed = sqlx::query(
        "DELETE FROM group_users WHERE group_id = $1 AND organization_user_id = $2 \
         AND group_id IN (SELECT id FROM groups WHERE organization_id = $3)",
    )
    .bind(id.to_string())
    .bind(member.to_string())
    .bind(access.organization_id().to_string())
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if removed > 0 {
        record_member(tx, access, member, now).await?;
        members::touch_all(tx, access.organization_id(), now).await?;
    }
    Ok(removed > 0)
}

async fn record(
    tx: &mut Tx,
    access: &OrganizationAccess,
    kind: EventType,
    id: GroupId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let event = NewEvent { group_id: Some(id), ..events::in_organization(access, kind, now) };
    events::record(tx, event).await
}

async fn record_member(
    tx: &mut Tx,
    access: &OrganizationAccess,
    member: OrganizationUserId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let kind = EventType::OrganizationUserUpdatedGroups;
    let event = NewEvent {
        organization_user_id: Some(member),
        user_id: members::person(tx, access, member).await?,
        ..events::in_organization(access, kind, now)
    };
    events::record(tx, event).await
}
