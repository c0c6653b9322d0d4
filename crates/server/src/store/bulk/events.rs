//! Very many events at once.

use portal_wire::Event;

use super::rows::{Rows, Value, number, number_maybe, text, text_maybe};
use crate::store::{Store, StoreError, events::time_id, row::Columns};

/// A load of so many events that their indexes are made anew afterwards, which takes a fraction of the time of keeping them
/// up to date with each row. Whoever does not end it leaves a database whose every log has to be searched row by row.
#[must_use]
pub struct EventLoad {
    indexes: Vec<String>,
}

impl EventLoad {
    /// Takes the indexes of the events away.
    pub async fn begin(store: &Store) -> Result<Self, StoreError> {
        let mut tx = store.write().await?;
        let sql = if tx.backend_name() == "PostgreSQL" {
            "SELECT CAST(indexname AS TEXT) AS name, indexdef AS definition FROM pg_indexes \
             WHERE schemaname = current_schema() AND tablename = 'events' AND indexname <> 'events_pkey' \
             ORDER BY name"
        } else {
            "SELECT name, sql AS definition FROM sqlite_master \
             WHERE type = 'index' AND tbl_name = 'events' AND sql IS NOT NULL ORDER BY name"
        };
        let mut indexes = Vec::new();
        for row in sqlx::query(sql).fetch_all(&mut *tx).await? {
            let drop = format!("DROP INDEX {}", row.text("name")?);
            sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut *tx).await?;
            indexes.push(row.text("definition")?);
        }
        tx.commit().await?;
        Ok(Self { indexes })
    }

    /// Makes them again.
    pub async fn end(self, store: &Store) -> Result<(), StoreError> {
        for definition in self.indexes {
            let mut tx = store.write().await?;
            sqlx::query(sqlx::AssertSqlSafe(definition)).execute(&mut *tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

/// Writes events as they are, in one transaction. Of two of the same moment, the later one given counts as later.
pub async fn insert_events(store: &Store, events: &[Event]) -> Result<(), StoreError> {
    let mut rows = Rows::new(
        "events",
        "id, type, date, acting_user_id, user_id, organization_id, provider_id, collection_id, group_id, policy_id, \
         organization_user_id, provider_user_id, provider_organization_id, device_type, ip_address, system_user, cipher_id",
    );
    fn id<T: ToString>(id: Option<T>) -> Value {
        text_maybe(id.map(|id| id.to_string()))
    }
    for event in events {
        rows.push([
            text(time_id(event.date)),
            number(event.kind.number()),
            number(event.date.0),
            id(event.acting_user_id),
            id(event.user_id),
            id(event.organization_id),
            id(event.provider_id),
            id(event.collection_id),
            id(event.group_id),
            id(event.policy_id),
            id(event.organization_user_id),
            id(event.provider_user_id),
            id(event.provider_organization_id),
            number_maybe(event.device_type.map(|kind| kind.number())),
            text_maybe(event.ip_address.clone()),
            number_maybe(event.system_user.map(|system| system.number())),
            id(event.cipher_id),
        ]);
    }
    let mut tx = store.write().await?;
    rows.insert(&mut tx).await?;
    tx.commit().await
}

/// Writes so many events like one, each so many milliseconds before the one before it, in the database itself: ten million take
/// a minute and a half. Only within an [`EventLoad`].
pub async fn repeat_event(store: &Store, like: &Event, count: i64, step_ms: i64) -> Result<(), StoreError> {
    /// Rows of one transaction.
    const AT_ONCE: i64 = 500_000;
    let mut first = 0;
    while first < count {
        let mut tx = store.write().await?;
        // As ids made by the server are, they rise with the moment.
        let id = if tx.backend_name() == "PostgreSQL" {
            "lpad(to_hex(at / 65536), 8, '0') || '-' || lpad(to_hex(at % 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(i), 12, '0')"
        } else {
            "printf('%08x-%04x-7000-8000-%012x', at / 65536, at % 65536, i)"
        };
        let sql = format!(
            "WITH RECURSIVE places (i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM places WHERE i + 1 < $2), \
             moments (i, at) AS (SELECT i, $3 - i * $4 FROM places) \
             INSERT INTO events (id, type, date, acting_user_id, organization_id, provider_id, device_type, ip_address) \
             SELECT {id}, $5, at, $6, $7, $8, $9, $10 FROM moments"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(first)
            .bind((first + AT_ONCE).min(count))
            .bind(like.date.0)
            .bind(step_ms)
            .bind(i64::from(like.kind.number()))
            .bind(like.acting_user_id.map(|id| id.to_string()))
            .bind(like.organization_id.map(|id| id.to_string()))
            .bind(like.provider_id.map(|id| id.to_string()))
            .bind(like.device_type.map(|kind| i64::from(kind.number())))
            .bind(like.ip_address.clone())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        first += AT_ONCE;
    }
    Ok(())
}
