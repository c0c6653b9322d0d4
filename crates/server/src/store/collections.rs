//! The collections of an organization.

mod change;

use std::collections::HashMap;

use portal_wire::{
    CollectionId, EventType, Timestamp,
    organization::{CollectionAccess, CollectionRow},
};
use sqlx::any::AnyRow;
use uuid::Uuid;

use super::{
    Db, StoreError, Tx,
    events::{self, NewEvent},
    row::Columns,
};
use crate::auth::OrganizationAccess;

pub(in crate::store) use change::insert;
pub use change::{Rule, add_access, are_ours, create, delete, deletion_is_limited, rules, update};

/// Which collections are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those the caller manages as a member.
    Managed,
}

/// A collection and who may do what in it.
#[derive(Clone, Debug)]
pub struct Access {
    /// The collection.
    pub collection: CollectionRow,
    /// What the caller may do as a member, if it is assigned to the caller.
    pub own: Option<CollectionAccess>,
    /// Who may do what: group or membership, and what.
    pub groups: Vec<(Uuid, CollectionAccess)>,
    /// As `groups`, of single members.
    pub members: Vec<(Uuid, CollectionAccess)>,
}

/// The collections.
pub async fn list(
    db: &mut Db,
    access: &OrganizationAccess,
    which: Which,
) -> Result<Vec<CollectionRow>, StoreError> {
    let mut collections = rows(db, access).await?;
    if which == Which::Managed {
        let own = own(db, access).await?;
        collections.retain(|collection| own.get(&collection.id).is_some_and(|own| own.manage));
    }
    Ok(collections)
}

/// The collections with who may do what in them.
pub async fn details(
    db: &mut Db,
    access: &OrganizationAccess,
    which: Which,
) -> Result<Vec<Access>, StoreError> {
    let mut own = own(db, access).await?;
    let mut groups = grants(db, access, "collection_groups", "group_id").await?;
    let mut members = grants(db, access, "collection_users", "organization_user_id").await?;
    let collections = rows(db, access).await?;
    Ok(collections
        .into_iter()
        .filter(|collection| which == Which::All || own.get(&collection.id).is_some_and(|own| own.manage))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|collection| Access {
            own: own.remove(&collection.id),
            groups: groups.remove(&collection.id).unwrap_or_default(),
            members: members.remove(&collection.id).unwrap_or_default(),
            collection,
        })
        .collect())
}

async fn rows(db: &mut Db, access: &OrganizationAccess) -> Result<Vec<CollectionRow>, StoreError> {
    sqlx::query(
        "SELECT id, organization_id, name, external_id, type FROM collections WHERE organization_id = $1 \
         ORDER BY created_at, id",
    )
    .bind(access.organization_id().to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(CollectionRow {
            id: row.id("id")?,
            organization_id: row.id("organization_id")?,
            name: row.text("name")?,
            external_id: row.text_maybe("external_id")?,
            kind: row.small("type")?,
            default_user_collection_email: None,
        })
    })
    .collect()
}

/// What the caller may do in the collections assigned to the caller, directly or through groups.
async fn own(
    db: &mut Db,
    access: &OrganizationAccess,
) -> Result<HashMap<CollectionId, CollectionAccess>, StoreError> {
    let Some(member) = access.member() else { return Ok(HashMap::new()) };
    sqlx::query(
        "SELECT reach.collection_id, MIN(reach.read_only) AS read_only, MIN(reach.hide_passwords) AS hide_passwords, \
         MAX(reach.manage) AS manage FROM \
         (SELECT collection_id, read_only, hide_passwords, manage FROM collection_users WHERE organization_user_id = $1 \
          UNION ALL SELECT grants.collection_id, grants.read_only, grants.hide_passwords, grants.manage \
          FROM group_users in_group JOIN collection_groups grants ON grants.group_id = in_group.group_id \
          WHERE in_group.organization_user_id = $1) reach GROUP BY reach.collection_id",
    )
    .bind(member.id.to_string())
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        let access = read(row)?;
        Ok((access.id, access))
    })
    .collect()
}

/// Who may do what in every collection. The table and the column are ours, never from outside.
async fn grants(
    db: &mut Db,
    access: &OrganizationAccess,
    table: &'static str,
    holder: &'static str,
) -> Result<HashMap<CollectionId, Vec<(Uuid, CollectionAccess)>>, StoreError> {
    let sql = format!(
        "SELECT reach.{holder} AS holder, reach.collection_id, reach.read_only, reach.hide_passwords, reach.manage \
         FROM {table} reach JOIN collections collection ON collection.id = reach.collection_id \
         WHERE collection.organization_id = $1"
    );
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(access.organization_id().to_string())
        .fetch_all(db)
        .await?;
    let mut grants = HashMap::<_, Vec<_>>::new();
    for row in &rows {
        let access = read(row)?;
        grants.entry(access.id).or_default().push((row.id("holder")?, access));
    }
    Ok(grants)
}

fn read(row: &AnyRow) -> Result<CollectionAccess, StoreError> {
    Ok(CollectionAccess {
        id: row.id("collection_id")?,
        read_only: row.flag("read_only")?,
        hide_passwords: row.flag("hide_passwords")?,
        manage: row.flag("manage")?,
    })
}

/// Notes that the provider's staff looked into a client's vault: in the log of the provider, and in the client's.
pub async fn record_vault_access(
    tx: &mut Tx,
    access: &OrganizationAccess,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(provider) = access.provider() else { return Ok(()) };
    let link = sqlx::query("SELECT id FROM provider_organizations WHERE organization_id = $1")
        .bind(access.organization_id().to_string())
        .fetch_optional(&mut **tx)
        .await?;
    let Some(link) = link else { return Ok(()) };
    let event = NewEvent {
        provider_id: Some(provider.provider_id),
        provider_organization_id: Some(link.id("id")?),
        ..NewEvent::by(access.caller(), EventType::ProviderOrganizationVaultAccessed, now)
    };
    events::record(tx, event).await?;
    let event = NewEvent {
        organization_id: Some(access.organization_id()),
        provider_id: access.provider_for_events(),
        ..NewEvent::by(access.caller(), EventType::OrganizationVaultAccessed, now)
    };
    events::record(tx, event).await
}
