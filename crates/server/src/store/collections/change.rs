//! Making, changing and deleting collections.

use portal_wire::{
    CollectionId, EventType, GroupId, OrganizationUserId, Timestamp,
    collection::{CollectionRequest, Selection},
};
use uuid::Uuid;

use crate::{
    auth::OrganizationAccess,
    store::{
        Db, StoreError, Tx,
        events::{self, NewEvent},
        members,
        row::Columns,
    },
};

/// What the rules look at of one collection, for one caller.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The collection.
    pub id: CollectionId,
    /// The caller has Can Manage on it.
    pub managed_by_caller: bool,
    /// Nobody has Can Manage on it.
    pub unmanaged: bool,
    /// It is somebody's default collection.
    pub somebodys_own: bool,
}

/// What the rules look at of these collections; `None` if one of them is not of this organization.
pub async fn rules(
    db: &mut Db,
    access: &OrganizationAccess,
    ids: &[CollectionId],
) -> Result<Option<Vec<Rule>>, StoreError> {
    let own = super::own(db, access).await?;
    let mut rules = Vec::with_capacity(ids.len());
    for id in ids {
        let row = sqlx::query(
            "SELECT CASE WHEN EXISTS (SELECT 1 FROM collection_users WHERE collection_id = $1 AND manage = 1) \
             OR EXISTS (SELECT 1 FROM collection_groups WHERE collection_id = $1 AND manage = 1) \
             THEN 0 ELSE 1 END AS unmanaged, type FROM collections WHERE id = $1 AND organization_id = $2",
        )
        .bind(id.to_string())
        .bind(access.organization_id().to_string())
        .fetch_optional(&mut *db)
        .await?;
        let Some(row) = row else { return Ok(None) };
        rules.push(Rule {
            id: *id,
            managed_by_caller: own.get(id).is_some_and(|own| own.manage),
            unmanaged: row.flag("unmanaged")?,
            somebodys_own: row.small("type")? != 0,
        });
    }
    Ok(Some(rules))
}

/// Whether all these groups and memberships are of this organization.
pub async fn are_ours(
    db: &mut Db,
    access: &OrganizationAccess,
    groups: impl Iterator<Item = GroupId>,
    members: impl Iterator<Item = OrganizationUserId>,
) -> Result<bool, StoreError> {
    let wanted = groups
        .map(|id| ("SELECT id FROM groups WHERE id = $1 AND organization_id = $2", id.to_string()))
        .chain(members.map(|id| {
            ("SELECT id FROM organization_users WHERE id = $1 AND organization_id = $2", id.to_string())
        }));
    for (sql, id) in wanted {
        let found = sqlx::query(sql).bind(id).bind(access.organization_id().to_string());
        if found.fetch_optional(&mut *db).await?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether only Owners and Admins delete collections here.
pub async fn deletion_is_limited(db: &mut Db, access: &OrganizationAccess) -> Result<bool, StoreError> {
    sqlx::query("SELECT limit_collection_deletion FROM organizations WHERE id = $1")
        .bind(access.organization_id().to_string())
        .fetch_one(db)
        .await?
        .flag("limit_collection_deletion")
}

/// Makes a collection with its grants, which are of this organization: see [`are_ours`].
pub async fn create(
    tx: &mut Tx,
    access: &OrganizationAccess,
    name: &str,
    request: &CollectionRequest,
    now: Timestamp,
) -> Result<CollectionId, StoreError> {
    let id = insert(tx, access, name, request.external_id.as_deref(), now).await?;
    grant(tx, id, request.groups.as_deref(), request.users.as_deref()).await?;
    record(tx, access, EventType::CollectionCreated, id, now).await?;
    members::touch_all(tx, access.organization_id(), now).await?;
    Ok(id)
}

/// Makes a collection nobody has yet, without an event.
pub(in crate::store) async fn insert(
    tx: &mut Tx,
    access: &OrganizationAccess,
    name: &str,
    external_id: Option<&str>,
    now: Timestamp,
) -> Result<CollectionId, StoreError> {
    let id = CollectionId(Uuid::new_v4());
    sqlx::query(
        "INSERT INTO collections (id, organization_id, name, external_id, type, created_at, revised_at) \
         VALUES ($1, $2, $3, $4, 0, $5, $5)",
    )
    .bind(id.to_string())
    .bind(access.organization_id().to_string())
    .bind(name.to_owned())
    .bind(external_id.map(str::to_owned))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(id)
}

/// Changes a collection of this organization. What is `None` stays.
pub async fn update(
    tx: &mut Tx,
    access: &OrganizationAccess,
    id: CollectionId,
    request: &CollectionRequest,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE collections SET name = COALESCE($1, name), external_id = COALESCE($2, external_id), revised_at = $3 \
         WHERE id = $4 AND organization_id = $5",
    )
    .bind(request.name.clone())
    .bind(request.external_id.clone())
    .bind(now.0)
    .bind(id.to_string())
    .bind(access.organization_id().to_string())
    .execute(&mut **tx)
    .await?;
    let lists =
        [("collection_groups", request.groups.is_some()), ("collection_users", request.users.is_some())];
    for (table, replaced) in lists {
        if replaced {
            sqlx::query(sqlx::AssertSqlSafe(format!("DELETE FROM {table} WHERE collection_id = $1")))
                .bind(id.to_string())
                .execute(&mut **tx)
                .await?;
        }
    }
    grant(tx, id, request.groups.as_deref(), request.users.as_deref()).await?;
    record(tx, access, EventType::CollectionUpdated, id, now).await?;
    members::touch_all(tx, access.organization_id(), now).await
}

/// Adds grants to collections of this organization; where a holder has one already, the new one counts.
pub async fn add_access(
    tx: &mut Tx,
    access: &OrganizationAccess,
    ids: &[CollectionId],
    groups: &[Selection],
    users: &[Selection],
    now: Timestamp,
) -> Result<(), StoreError> {
    for id in ids {
        grant(tx, *id, Some(groups), Some(users)).await?;
        record(tx, access, EventType::CollectionUpdated, *id, now).await?;
    }
    members::touch_all(tx, access.organization_id(), now).await
}

/// Deletes collections of this organization. Their items stay, in no collection.
pub async fn delete(
    tx: &mut Tx,
    access: &OrganizationAccess,
    ids: &[CollectionId],
    now: Timestamp,
) -> Result<(), StoreError> {
    for id in ids {
        sqlx::query("DELETE FROM collections WHERE id = $1 AND organization_id = $2")
            .bind(id.to_string())
            .bind(access.organization_id().to_string())
            .execute(&mut **tx)
            .await?;
        record(tx, access, EventType::CollectionDeleted, *id, now).await?;
    }
    members::touch_all(tx, access.organization_id(), now).await
}

async fn grant(
    tx: &mut Tx,
    collection: CollectionId,
    groups: Option<&[Selection]>,
    users: Option<&[Selection]>,
) -> Result<(), StoreError> {
    let groups = groups.unwrap_or_default().iter().map(|grant| ("collection_groups", "group_id", grant));
    let users =
        users.unwrap_or_default().iter().map(|grant| ("collection_users", "organization_user_id", grant));
    for (table, holder, grant) in groups.chain(users) {
        let sql = format!(
            "INSERT INTO {table} (collection_id, {holder}, read_only, hide_passwords, manage) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (collection_id, {holder}) DO UPDATE SET \
             read_only = excluded.read_only, hide_passwords = excluded.hide_passwords, manage = excluded.manage"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(collection.to_string())
            .bind(grant.id.to_string())
            .bind(i64::from(grant.read_only))
            .bind(i64::from(grant.hide_passwords))
            .bind(i64::from(grant.manage))
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

async fn record(
    tx: &mut Tx,
    access: &OrganizationAccess,
    kind: EventType,
    id: CollectionId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let event = NewEvent { collection_id: Some(id), ..events::in_organization(access, kind, now) };
    events::record(tx, event).await
}
