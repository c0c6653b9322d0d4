//! Making, changing, trashing and deleting items.

use portal_wire::{CipherId, CollectionId, EventType, Timestamp, cipher::CipherRequest};
use uuid::Uuid;

use super::Item;
use crate::{
    auth::{Caller, OrganizationAccess},
    store::{
        StoreError, Tx,
        events::{self, NewEvent},
        members, users,
    },
};

/// What is kept of a request: only what is in the item.
pub(super) fn content(request: &CipherRequest) -> Result<String, StoreError> {
    let kept = CipherRequest {
        id: None,
        organization_id: None,
        folder_id: None,
        favorite: false,
        last_known_revision_date: None,
        ..request.clone()
    };
    serde_json::to_string(&kept).map_err(|_| StoreError::Unreadable { column: "content" })
}

/// Makes an item: in collections of an organization, where the caller may, or as the caller's own.
pub async fn create(
    tx: &mut Tx,
    caller: &Caller,
    organization: Option<(&OrganizationAccess, &[CollectionId])>,
    request: &CipherRequest,
    now: Timestamp,
) -> Result<Item, StoreError> {
    let id = CipherId(Uuid::new_v4());
    let owner = organization.is_none().then(|| caller.user_id());
    let organization_id = organization.map(|(access, _)| access.organization_id());
    sqlx::query(
        "INSERT INTO ciphers (id, organization_id, user_id, content, favorite, created_at, revised_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $6)",
    )
    .bind(id.to_string())
    .bind(organization_id.map(|id| id.to_string()))
    .bind(owner.map(|id| id.to_string()))
    .bind(content(request)?)
    .bind(i64::from(request.favorite && owner.is_some()))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    let mut item = Item {
        id,
        organization_id,
        user_id: owner,
        content: request.clone(),
        favorite: request.favorite && owner.is_some(),
        created_at: now,
        revised_at: now,
        deleted_at: None,
        collection_ids: Vec::new(),
    };
    if let Some((_, collections)) = organization {
        for collection in collections {
            put_into(tx, id, *collection).await?;
        }
        item.collection_ids = collections.to_vec();
    }
    record(tx, caller, std::slice::from_ref(&item), EventType::CipherCreated, now).await?;
    Ok(item)
}

/// Puts this in the place of what an item was. `false` if somebody else has changed it since it was read.
pub async fn save(
    tx: &mut Tx,
    caller: &Caller,
    item: &Item,
    request: &CipherRequest,
    now: Timestamp,
) -> Result<bool, StoreError> {
    // Two changes within a millisecond must not look like one.
    let revised_at = Timestamp(now.0.max(item.revised_at.0 + 1));
    let saved = sqlx::query(
        "UPDATE ciphers SET content = $1, favorite = $2, revised_at = $3 WHERE id = $4 AND revised_at = $5",
    )
    .bind(content(request)?)
    .bind(i64::from(request.favorite && item.organization_id.is_none()))
    .bind(revised_at.0)
    .bind(item.id.to_string())
    .bind(item.revised_at.0)
    .execute(&mut **tx)
    .await?
    .rows_affected();
    if saved == 0 {
        return Ok(false);
    }
    record(tx, caller, std::slice::from_ref(item), EventType::CipherUpdated, now).await?;
    Ok(true)
}

/// Puts items into collections of their organization, and takes them out of others.
pub async fn set_collections(
    tx: &mut Tx,
    access: &OrganizationAccess,
    items: &[Item],
    add: &[CollectionId],
    remove: &[CollectionId],
    now: Timestamp,
) -> Result<(), StoreError> {
    for item in items {
        for collection in remove {
            sqlx::query("DELETE FROM collection_ciphers WHERE collection_id = $1 AND cipher_id = $2")
                .bind(collection.to_string())
                .bind(item.id.to_string())
                .execute(&mut **tx)
                .await?;
        }
        for collection in add {
            put_into(tx, item.id, *collection).await?;
        }
    }
    record(tx, access.caller(), items, EventType::CipherUpdatedCollections, now).await
}

async fn put_into(tx: &mut Tx, item: CipherId, collection: CollectionId) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO collection_ciphers (collection_id, cipher_id) VALUES ($1, $2) \
         ON CONFLICT (collection_id, cipher_id) DO NOTHING",
    )
    .bind(collection.to_string())
    .bind(item.to_string())
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Puts items in the trash, or takes them out. Those that are there already stay as they are.
pub async fn set_trashed(
    tx: &mut Tx,
    caller: &Caller,
    mut items: Vec<Item>,
    trashed: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    items.retain(|item| item.deleted_at.is_some() != trashed);
    for item in &items {
        sqlx::query("UPDATE ciphers SET deleted_at = $1, revised_at = $2 WHERE id = $3")
            .bind(trashed.then_some(now.0))
            .bind(now.0.max(item.revised_at.0 + 1))
            .bind(item.id.to_string())
            .execute(&mut **tx)
            .await?;
    }
    let kind = if trashed { EventType::CipherSoftDeleted } else { EventType::CipherRestored };
    record(tx, caller, &items, kind, now).await
}

/// Deletes items for good.
pub async fn delete(tx: &mut Tx, caller: &Caller, items: &[Item], now: Timestamp) -> Result<(), StoreError> {
    for item in items {
        sqlx::query("DELETE FROM ciphers WHERE id = $1").bind(item.id.to_string()).execute(&mut **tx).await?;
    }
    record(tx, caller, items, EventType::CipherDeleted, now).await
}

/// Deletes every item of an organization.
pub async fn purge(tx: &mut Tx, access: &OrganizationAccess, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM ciphers WHERE organization_id = $1")
        .bind(access.organization_id().to_string())
        .execute(&mut **tx)
        .await?;
    events::record(tx, events::in_organization(access, EventType::OrganizationPurgedVault, now)).await?;
    members::touch_all(tx, access.organization_id(), now).await
}

/// Notes what was done with items, which all belong to one organization or to the caller: an event for each, and for those
/// who have them that their vault has changed.
async fn record(
    tx: &mut Tx,
    caller: &Caller,
    items: &[Item],
    kind: EventType,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(first) = items.first() else { return Ok(()) };
    let event = match first.organization_id {
        None => NewEvent { user_id: Some(caller.user_id()), ..NewEvent::by(caller, kind, now) },
        Some(organization) => match OrganizationAccess::of(tx, caller, organization).await? {
            Some(access) => events::in_organization(&access, kind, now),
            None => NewEvent { organization_id: Some(organization), ..NewEvent::by(caller, kind, now) },
        },
    };
    for item in items {
        events::record(tx, NewEvent { cipher_id: Some(item.id), ..event.clone() }).await?;
    }
    match first.organization_id {
        Some(organization) => members::touch_all(tx, organization, now).await,
        None => users::touch(tx, caller.user_id(), now).await,
    }
}
