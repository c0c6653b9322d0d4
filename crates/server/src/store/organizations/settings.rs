//! Who may do what with an organization's collections.

use portal_wire::{EventType, Timestamp, organization::CollectionManagementRequest};

use crate::{
    auth::OrganizationAccess,
    store::{
        StoreError, Tx,
        events::{self, NewEvent},
        members,
        providers::details::touch_staff,
        row::Columns,
    },
};

/// Sets all four rules, and records one event for each that changes.
pub async fn set_collection_management(
    tx: &mut Tx,
    access: &OrganizationAccess,
    rules: &CollectionManagementRequest,
    now: Timestamp,
) -> Result<(), StoreError> {
    members::lock(tx, access.organization_id()).await?;
    let before = sqlx::query(
        "SELECT limit_collection_creation, limit_collection_deletion, limit_item_deletion, admins_reach_all_items \
         FROM organizations WHERE id = $1",
    )
    .bind(access.organization_id().to_string())
    .fetch_one(&mut **tx)
    .await?;
    let before = CollectionManagementRequest {
        limit_collection_creation: before.flag("limit_collection_creation")?,
        limit_collection_deletion: before.flag("limit_collection_deletion")?,
        limit_item_deletion: before.flag("limit_item_deletion")?,
        allow_admin_access_to_all_collection_items: before.flag("admins_reach_all_items")?,
    };
    sqlx::query(
        "UPDATE organizations SET limit_collection_creation = $1, limit_collection_deletion = $2, \
         limit_item_deletion = $3, admins_reach_all_items = $4, revised_at = $5 WHERE id = $6",
    )
    .bind(i64::from(rules.limit_collection_creation))
    .bind(i64::from(rules.limit_collection_deletion))
    .bind(i64::from(rules.limit_item_deletion))
    .bind(i64::from(rules.allow_admin_access_to_all_collection_items))
    .bind(now.0)
    .bind(access.organization_id().to_string())
    .execute(&mut **tx)
    .await?;
    for kind in changes(&before, rules) {
        let event = NewEvent {
            organization_id: Some(access.organization_id()),
            provider_id: access.provider_for_events(),
            ..NewEvent::by(access.caller(), kind, now)
        };
        events::record(tx, event).await?;
    }
    members::touch_all(tx, access.organization_id(), now).await?;
    if let Some(provider) = access.provider() {
        touch_staff(tx, provider.provider_id, now).await?;
    }
    Ok(())
}

fn changes(
    before: &CollectionManagementRequest,
    after: &CollectionManagementRequest,
) -> impl Iterator<Item = EventType> {
    use EventType::{
        OrganizationCollectionManagementAllowAdminAccessToAllCollectionItemsDisabled as ReachOff,
        OrganizationCollectionManagementAllowAdminAccessToAllCollectionItemsEnabled as ReachOn,
        OrganizationCollectionManagementLimitCollectionCreationDisabled as CreationOff,
        OrganizationCollectionManagementLimitCollectionCreationEnabled as CreationOn,
        OrganizationCollectionManagementLimitCollectionDeletionDisabled as DeletionOff,
        OrganizationCollectionManagementLimitCollectionDeletionEnabled as DeletionOn,
        OrganizationCollectionManagementLimitItemDeletionDisabled as ItemsOff,
        OrganizationCollectionManagementLimitItemDeletionEnabled as ItemsOn,
    };
    let change = |before: bool, after: bool, on: EventType, off: EventType| {
        (before != after).then_some(if after { on } else { off })
    };
    [
        change(before.limit_collection_creation, after.limit_collection_creation, CreationOn, CreationOff),
        change(before.limit_collection_deletion, after.limit_collection_deletion, DeletionOn, DeletionOff),
        change(before.limit_item_deletion, after.limit_item_deletion, ItemsOn, ItemsOff),
        change(
            before.allow_admin_access_to_all_collection_items,
            after.allow_admin_access_to_all_collection_items,
            ReachOn,
            ReachOff,
        ),
    ]
    .into_iter()
    .flatten()
}
