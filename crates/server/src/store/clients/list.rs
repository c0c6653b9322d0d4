//! The list of clients, a page at a time.

use portal_wire::{ProviderOrganizationId, Timestamp, client::ClientRow};

use crate::{
    auth::ProviderMember,
    http::names,
    store::{Db, StoreError, row::Columns},
};

/// How many clients a page has.
pub const PAGE: usize = 1_000;

/// Where a page ended.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    created_at: Timestamp,
    id: ProviderOrganizationId,
}

/// The clients after a cursor, in the order they were linked, and the cursor for the next page if there may be one.
pub async fn page(
    db: &mut Db,
    staff: &ProviderMember,
    after: Option<Cursor>,
) -> Result<(Vec<ClientRow>, Option<Cursor>), StoreError> {
    let rows = sqlx::query(
        "SELECT link.id, link.organization_id, link.key, link.settings, link.created_at, link.revised_at, \
         organization.name, organization.seats, organization.plan_name, \
         (SELECT COUNT(*) FROM organization_users member WHERE member.organization_id = organization.id \
          AND member.status = 2) AS confirmed, \
         (SELECT COUNT(*) FROM organization_users member WHERE member.organization_id = organization.id \
          AND member.status >= 0 AND member.status <= 2) AS occupied \
         FROM provider_organizations link JOIN organizations organization ON organization.id = link.organization_id \
         WHERE link.provider_id = $1 AND (link.created_at, link.id) > ($2, $3) \
         ORDER BY link.created_at, link.id LIMIT $4",
    )
    .bind(staff.provider_id().to_string())
    .bind(after.map_or(i64::MIN, |cursor| cursor.created_at.0))
    .bind(after.map(|cursor| cursor.id.to_string()).unwrap_or_default())
    .bind(PAGE as i64)
    .fetch_all(db)
    .await?;
    let mut clients = Vec::with_capacity(rows.len());
    for row in &rows {
        let seats = row.small_maybe("seats")?;
        let occupied = row.small("occupied")?;
        clients.push(ClientRow {
            id: row.id("id")?,
            provider_id: staff.provider_id(),
            organization_id: row.id("organization_id")?,
            organization_name: names::decode(&row.text("name")?),
            key: row.text_maybe("key")?.unwrap_or_default(),
            settings: row.text_maybe("settings")?,
            creation_date: row.moment("created_at")?,
            revision_date: row.moment("revised_at")?,
            user_count: row.small("confirmed")?,
            seats,
            occupied_seats: Some(occupied),
            remaining_seats: seats.map(|seats| seats.saturating_sub(occupied)),
            plan: row.text("plan_name")?,
        });
    }
    let next = clients
        .last()
        .filter(|_| clients.len() == PAGE)
        .map(|client| Cursor { created_at: client.creation_date, id: client.id });
    Ok((clients, next))
}
