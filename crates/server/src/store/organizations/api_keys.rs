//! The keys to an organization's interfaces.

use portal_wire::{
    Timestamp,
    policy::{ApiKey, ApiKeyInformation},
};

use crate::{
    auth::{OrganizationAccess, secrets},
    store::{Db, StoreError, Tx, row::Columns},
};

/// The key of this kind, which is made when it is first asked for.
pub async fn get_or_make(
    tx: &mut Tx,
    access: &OrganizationAccess,
    kind: i32,
    now: Timestamp,
) -> Result<ApiKey, StoreError> {
    insert(tx, access, kind, now, "NOTHING").await
}

/// A new key of this kind; the one before it is no longer good.
pub async fn rotate(
    tx: &mut Tx,
    access: &OrganizationAccess,
    kind: i32,
    now: Timestamp,
) -> Result<ApiKey, StoreError> {
    insert(tx, access, kind, now, "UPDATE SET api_key = excluded.api_key, revised_at = excluded.revised_at")
        .await
}

async fn insert(
    tx: &mut Tx,
    access: &OrganizationAccess,
    kind: i32,
    now: Timestamp,
    if_there: &'static str,
) -> Result<ApiKey, StoreError> {
    let statement = format!(
        "INSERT INTO organization_api_keys (organization_id, type, api_key, revised_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (organization_id, type) DO {if_there}"
    );
    sqlx::query(sqlx::AssertSqlSafe(statement))
        .bind(access.organization_id().to_string())
        .bind(i64::from(kind))
        .bind(secrets::random_text::<24>())
        .bind(now.0)
        .execute(&mut **tx)
        .await?;
    let row = sqlx::query(
        "SELECT api_key, revised_at FROM organization_api_keys WHERE organization_id = $1 AND type = $2",
    )
    .bind(access.organization_id().to_string())
    .bind(i64::from(kind))
    .fetch_one(&mut **tx)
    .await?;
    Ok(ApiKey { api_key: row.text("api_key")?, revision_date: row.moment("revised_at")? })
}

/// Which keys there are, and since when: all, or those of one kind.
pub async fn information(
    db: &mut Db,
    access: &OrganizationAccess,
    kind: Option<i32>,
) -> Result<Vec<ApiKeyInformation>, StoreError> {
    sqlx::query(
        "SELECT type, revised_at FROM organization_api_keys \
         WHERE organization_id = $1 AND ($2 < 0 OR type = $2) ORDER BY type",
    )
    .bind(access.organization_id().to_string())
    .bind(kind.map_or(-1, i64::from))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(ApiKeyInformation { key_type: row.small("type")?, revision_date: row.moment("revised_at")? })
    })
    .collect()
}
