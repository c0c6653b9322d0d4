//! Installations people signed in from, and the codes mailed to check a new one.

use portal_wire::{DeviceType, Timestamp, UserId};
use uuid::Uuid;

use super::{Db, StoreError, Tx, row::Columns};

/// An installation, as it describes itself.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its own lasting id.
    pub identifier: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: DeviceType,
}

/// How many installations an account has, and whether this is one.
pub async fn known(db: &mut Db, user: UserId, identifier: &str) -> Result<(i64, bool), StoreError> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS devices, COALESCE(MAX(CASE WHEN identifier = $2 THEN 1 ELSE 0 END), 0) AS known \
         FROM devices WHERE user_id = $1",
    )
    .bind(user.to_string())
    .bind(identifier.to_owned())
    .fetch_one(db)
    .await?;
    Ok((row.number("devices")?, row.flag("known")?))
}

/// Notes a sign-in from an installation.
pub async fn seen(tx: &mut Tx, user: UserId, device: &Device, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO devices (id, user_id, identifier, name, type, created_at, last_seen_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $6) \
         ON CONFLICT (user_id, identifier) DO UPDATE SET name = $4, type = $5, last_seen_at = $6",
    )
    .bind(Uuid::new_v4().to_string())
    .bind(user.to_string())
    .bind(device.identifier.clone())
    .bind(device.name.clone())
    .bind(i64::from(device.kind.number()))
    .bind(now.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Keeps the hash of a mailed code, in place of an earlier one.
pub async fn keep_code(
    tx: &mut Tx,
    user: UserId,
    code_hash: &str,
    expires: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO device_codes (user_id, code_hash, expires_at) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id) DO UPDATE SET code_hash = $2, expires_at = $3",
    )
    .bind(user.to_string())
    .bind(code_hash.to_owned())
    .bind(expires.0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// Uses up a mailed code; false if it is not the one, or too old.
pub async fn use_code(
    tx: &mut Tx,
    user: UserId,
    code_hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let used =
        sqlx::query("DELETE FROM device_codes WHERE user_id = $1 AND code_hash = $2 AND expires_at > $3")
            .bind(user.to_string())
            .bind(code_hash.to_owned())
            .bind(now.0)
            .execute(&mut **tx)
            .await?;
    Ok(used.rows_affected() == 1)
}
