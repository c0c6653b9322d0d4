//! An organization's key pair.

use portal_wire::{EventType, Timestamp, organization::KeyPair};

use crate::{
    auth::OrganizationAccess,
    store::{
        Db, StoreError, Tx,
        events::{self, NewEvent},
        members,
        providers::details::touch_staff,
        row::Columns,
    },
};

/// Gives an organization its first key pair; false if it has one, which nothing replaces.
pub async fn set(
    tx: &mut Tx,
    access: &OrganizationAccess,
    pair: &KeyPair,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO organization_keys (organization_id, public_key, private_key) VALUES ($1, $2, $3) \
         ON CONFLICT (organization_id) DO NOTHING",
    )
    .bind(access.organization_id().to_string())
    .bind(pair.public_key.clone())
    .bind(pair.encrypted_private_key.clone())
    .execute(&mut **tx)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    let event = NewEvent {
        organization_id: Some(access.organization_id()),
        provider_id: access.provider_for_events(),
        ..NewEvent::by(access.caller(), EventType::OrganizationUpdated, now)
    };
    events::record(tx, event).await?;
    members::touch_all(tx, access.organization_id(), now).await?;
    if let Some(provider) = access.provider() {
        touch_staff(tx, provider.provider_id, now).await?;
    }
    Ok(true)
}

/// The private key under the organization's key, if there is a pair.
pub async fn private_key(db: &mut Db, access: &OrganizationAccess) -> Result<Option<String>, StoreError> {
    sqlx::query("SELECT private_key FROM organization_keys WHERE organization_id = $1")
        .bind(access.organization_id().to_string())
        .fetch_optional(db)
        .await?
        .map(|row| row.text("private_key"))
        .transpose()
}
