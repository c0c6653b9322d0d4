//! Bringing the schema up to date.

use sqlx::{Executor, Row};

use super::{Store, StoreError};

/// Every step, in order; the number of a step is its place, counted from 1. A step that was released never changes.
const STEPS: &[&str] = &[
    include_str!("../../migrations/0001_first.sql"),
    include_str!("../../migrations/0002_lists.sql"),
    include_str!("../../migrations/0003_keys.sql"),
    include_str!("../../migrations/0005_items.sql"),
    include_str!("../../migrations/0006_billing.sql"),
    include_str!("../../migrations/0007_books.sql"),
];

/// Applies what is missing. Processes that start together wait for one another.
pub(super) async fn run(store: &Store) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    tx.lock("migrations").await?;
    tx.execute("CREATE TABLE IF NOT EXISTS schema_steps (number BIGINT PRIMARY KEY)").await?;
    let found: i64 = sqlx::query("SELECT COALESCE(MAX(number), 0) AS newest FROM schema_steps")
        .fetch_one(&mut *tx)
        .await?
        .try_get(0)?;
    let known = STEPS.len() as i64;
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    for (number, step) in (1..).zip(STEPS) {
        if number > found {
            sqlx::raw_sql(*step).execute(&mut *tx).await?;
            sqlx::query("INSERT INTO schema_steps (number) VALUES ($1)")
                .bind(number)
                .execute(&mut *tx)
                .await?;
        }
    }
    tx.commit().await
}
