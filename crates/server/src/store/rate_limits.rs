//! Counting tries in fixed windows, in the database, so that several processes count together.

use std::time::Duration;

use portal_wire::Timestamp;
use sqlx::Row;

use super::{StoreError, Tx};
use crate::settings::Rate;

/// Counts one try; if it was one too many, says how long to wait.
pub async fn count(
    tx: &mut Tx,
    bucket: &str,
    rate: Rate,
    now: Timestamp,
) -> Result<Option<Duration>, StoreError> {
    let window = i64::try_from(rate.per.as_millis()).unwrap_or(i64::MAX).max(1);
    let start = now.0.div_euclid(window) * window;
    let count: i64 = sqlx::query(
        "INSERT INTO rate_limits (bucket, window_start, count) VALUES ($1, $2, 1) \
         ON CONFLICT (bucket, window_start) DO UPDATE SET count = rate_limits.count + 1 RETURNING count",
    )
    .bind(bucket)
    .bind(start)
    .fetch_one(&mut **tx)
    .await?
    .try_get("count")?;
    let remaining = u64::try_from(start.saturating_add(window) - now.0).unwrap_or_default();
    Ok((count > i64::from(rate.count)).then(|| Duration::from_millis(remaining)))
}

/// Forgets windows that began before this moment.
pub async fn forget_before(tx: &mut Tx, moment: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM rate_limits WHERE window_start < $1").bind(moment.0).execute(&mut **tx).await?;
    Ok(())
}
