//! Refresh tokens, of which only hashes are kept.

use portal_wire::{DeviceType, Timestamp, UserId};

use super::{StoreError, Tx, row::Columns};

/// How long a session lives without being used.
const LIFE: i64 = 7 * 24 * 3_600_000;

/// A session that can be refreshed.
pub struct Session {
    /// Whose.
    pub user_id: UserId,
    /// Such as `web`.
    pub client_id: String,
    /// The installation.
    pub device_identifier: String,
    /// Its kind.
    pub device_type: DeviceType,
    /// The account's stamp when it began; the session ends when the account's changes.
    pub security_stamp: String,
}

/// Begins a session under the hash of its refresh token.
pub async fn insert(
    tx: &mut Tx,
    token_hash: &str,
    session: &Session,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO refresh_tokens (token_hash, user_id, client_id, device_identifier, device_type, security_stamp, \
         created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(token_hash.to_owned())
    .bind(session.user_id.to_string())
    .bind(session.client_id.clone())
    .bind(session.device_identifier.clone())
    .bind(i64::from(session.device_type.number()))
    .bind(session.security_stamp.clone())
    .bind(now.0)
    .bind(now.saturating_add(LIFE).0)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

/// The session of a refresh token, if it still lives; its life begins anew.
pub async fn refresh(tx: &mut Tx, token_hash: &str, now: Timestamp) -> Result<Option<Session>, StoreError> {
    let row = sqlx::query(
        "UPDATE refresh_tokens SET expires_at = $1 WHERE token_hash = $2 AND expires_at > $3 \
         RETURNING user_id, client_id, device_identifier, device_type, security_stamp",
    )
    .bind(now.saturating_add(LIFE).0)
    .bind(token_hash.to_owned())
    .bind(now.0)
    .fetch_optional(&mut **tx)
    .await?;
    row.map(|row| {
        Ok(Session {
            user_id: row.id("user_id")?,
            client_id: row.text("client_id")?,
            device_identifier: row.text("device_identifier")?,
            device_type: DeviceType::from_number(row.small("device_type")?),
            security_stamp: row.text("security_stamp")?,
        })
    })
    .transpose()
}

/// Forgets sessions that ended.
pub async fn forget_ended(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM refresh_tokens WHERE expires_at <= $1").bind(now.0).execute(&mut **tx).await?;
    sqlx::query("DELETE FROM device_codes WHERE expires_at <= $1").bind(now.0).execute(&mut **tx).await?;
    Ok(())
}
