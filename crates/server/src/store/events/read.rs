//! Reading the event log, a page at a time.

use std::{fmt, str::FromStr};

use data_encoding::BASE64URL_NOPAD;
use portal_wire::{CipherId, DeviceType, Event, EventSystemUser, EventType, Timestamp, UserId};
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::{
    auth::{Caller, OrganizationAccess, ProviderAdmin},
    store::{Db, StoreError, row::Columns},
};

/// How many events a page has.
pub const PAGE: usize = 50;

/// Whose log is read. Made from the proof that the caller may read it.
#[derive(Clone, Debug)]
pub struct Log {
    condition: &'static str,
    owner: String,
    actor: Option<UserId>,
}

impl Log {
    /// The log of a provider.
    pub fn of_provider(admin: &ProviderAdmin) -> Self {
        Self { condition: "provider_id = $1", owner: admin.provider_id().to_string(), actor: None }
    }

    /// The log of an organization. The proof must be of the right to read it.
    pub fn of_organization(access: &OrganizationAccess) -> Self {
        Self { condition: "organization_id = $1", owner: access.organization_id().to_string(), actor: None }
    }

    /// What was done with an item. The proof must be of the right to read it.
    pub fn of_cipher(cipher: CipherId) -> Self {
        Self { condition: "cipher_id = $1", owner: cipher.to_string(), actor: None }
    }

    /// What the caller did and met outside of organizations and providers.
    pub fn of_caller(caller: &Caller) -> Self {
        let condition = "user_id = $1 AND organization_id IS NULL AND provider_id IS NULL";
        Self { condition, owner: caller.user_id().to_string(), actor: None }
    }

    /// Only what this person did.
    pub fn by(self, actor: UserId) -> Self {
        Self { actor: Some(actor), ..self }
    }
}

/// Where a page ended: the continuation token. It names the last event itself, so that none of the same moment is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    date: Timestamp,
    id: Uuid,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64URL_NOPAD.encode(format!("{} {}", self.date.0, self.id).as_bytes()))
    }
}

/// A text that is no continuation token of this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The continuation token is not one that this server gave.")]
pub struct NotACursor;

impl FromStr for Cursor {
    type Err = NotACursor;

    fn from_str(text: &str) -> Result<Self, NotACursor> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| NotACursor)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| NotACursor)?;
        let (date, id) = text.split_once(' ').ok_or(NotACursor)?;
        Ok(Self {
            date: Timestamp(date.parse().map_err(|_| NotACursor)?),
            id: id.parse().map_err(|_| NotACursor)?,
        })
    }
}

/// The newest events from `start` to `end`, both included, that are older than the cursor; and the cursor for the next
/// page, if there is one.
pub async fn page(
    db: &mut Db,
    log: &Log,
    start: Timestamp,
    end: Timestamp,
    before: Option<Cursor>,
) -> Result<(Vec<Event>, Option<Cursor>), StoreError> {
    let actor = if log.actor.is_some() { "AND acting_user_id = $6" } else { "" };
    let sql = format!(
        "SELECT * FROM events WHERE {} {actor} AND date >= $2 AND (date, id) < ($3, $4) \
         ORDER BY date DESC, id DESC LIMIT $5",
        log.condition
    );
    // Before everything of the millisecond after the end: that is up to the end.
    let end = Cursor { date: end.saturating_add(1), id: Uuid::nil() };
    let before = before.filter(|before| before.date < end.date).unwrap_or(end);
    let query = sqlx::query(sqlx::AssertSqlSafe(sql))
        .bind(log.owner.clone())
        .bind(start.0)
        .bind(before.date.0)
        .bind(before.id.to_string())
        .bind(PAGE as i64 + 1);
    let query = match log.actor {
        Some(actor) => query.bind(actor.to_string()),
        None => query,
    };
    let rows = query.fetch_all(db).await?;
    let events = rows.iter().take(PAGE).map(read).collect::<Result<Vec<_>, _>>()?;
    let last = rows.get(PAGE - 1).filter(|_| rows.len() > PAGE);
    let next = last.map(|row| Ok::<_, StoreError>(Cursor { date: row.moment("date")?, id: row.id("id")? }));
    Ok((events, next.transpose()?))
}

fn read(row: &AnyRow) -> Result<Event, StoreError> {
    Ok(Event {
        kind: EventType::from_number(row.small("type")?),
        date: row.moment("date")?,
        acting_user_id: row.id_maybe("acting_user_id")?,
        user_id: row.id_maybe("user_id")?,
        organization_id: row.id_maybe("organization_id")?,
        provider_id: row.id_maybe("provider_id")?,
        cipher_id: row.id_maybe("cipher_id")?,
        collection_id: row.id_maybe("collection_id")?,
        group_id: row.id_maybe("group_id")?,
        policy_id: row.id_maybe("policy_id")?,
        organization_user_id: row.id_maybe("organization_user_id")?,
        provider_user_id: row.id_maybe("provider_user_id")?,
        provider_organization_id: row.id_maybe("provider_organization_id")?,
        device_type: row.small_maybe("device_type")?.map(DeviceType::from_number),
        ip_address: row.text_maybe("ip_address")?,
        system_user: row.small_maybe("system_user")?.map(EventSystemUser::from_number),
        ..Event::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was_and_nothing_else_passes() {
        let cursor = Cursor { date: Timestamp(-5), id: Uuid::from_u128(7) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "x", "🙂", &BASE64URL_NOPAD.encode(b"5"), &BASE64URL_NOPAD.encode(b"5 x"), "AA=="]
        {
            assert_eq!(text.parse::<Cursor>(), Err(NotACursor), "{text}");
        }
    }
}
