//! The list of clients, a page at a time.

use portal_wire::{OrganizationId, ProviderOrganizationId, Timestamp, client::ClientRow};
use serde::Deserialize;

use crate::{
    auth::ProviderMember,
    http::names,
    store::{
        Db, StoreError,
        json_rows::{self, JsonRows, json_rows},
    },
};

/// How many clients a page has.
pub const PAGE: usize = 1_000;

/// Where a page ended.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    created_at: Timestamp,
    id: ProviderOrganizationId,
}

/// A page is taken before anything is joined to it, so that it ends where the index says.
///
/// One look at a client's members counts both: those of a confirmed seat in steps of [`CONFIRMED`], and every seat by one.
const CLIENTS: JsonRows = json_rows!(
    "link.id, link.organization_id, link.key, link.settings, link.created_at, link.revised_at, organization.name, \
     organization.seats, organization.plan_name, \
     (SELECT CAST(COALESCE(SUM(CASE WHEN member.status = 2 THEN 4294967297 ELSE 1 END), 0) AS BIGINT) \
      FROM organization_users member \
      WHERE member.organization_id = organization.id AND member.status >= 0 AND member.status <= 2)";
    "link.created_at, link.id";
    "(SELECT * FROM provider_organizations WHERE provider_id = $1 AND (created_at, id) > ($2, $3) \
      ORDER BY created_at, id LIMIT $4) link JOIN organizations organization ON organization.id = link.organization_id"
);
const CONFIRMED: i64 = 1 << 32;

#[derive(Deserialize)]
struct Client {
    id: ProviderOrganizationId,
    organization_id: OrganizationId,
    key: Option<String>,
    settings: Option<String>,
    created_at: i64,
    revised_at: i64,
    name: String,
    seats: Option<i32>,
    plan_name: String,
    members: i64,
}

/// The clients after a cursor, in the order they were linked, and the cursor for the next page if there may be one.
pub async fn page(
    db: &mut Db,
    staff: &ProviderMember,
    after: Option<Cursor>,
) -> Result<(Vec<ClientRow>, Option<Cursor>), StoreError> {
    let answer = sqlx::query(CLIENTS.on(db))
        .bind(staff.provider_id().to_string())
        .bind(after.map_or(i64::MIN, |cursor| cursor.created_at.0))
        .bind(after.map(|cursor| cursor.id.to_string()).unwrap_or_default())
        .bind(PAGE as i64)
        .fetch_one(db)
        .await?;
    let clients: Vec<Client> = json_rows::read(&answer, "client")?;
    let clients: Vec<ClientRow> = clients.into_iter().map(|client| row(staff, client)).collect();
    let next = clients
        .last()
        .filter(|_| clients.len() == PAGE)
        .map(|client| Cursor { created_at: client.creation_date, id: client.id });
    Ok((clients, next))
}

fn row(staff: &ProviderMember, client: Client) -> ClientRow {
    let count = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    let occupied = count(client.members % CONFIRMED);
    ClientRow {
        id: client.id,
        provider_id: staff.provider_id(),
        organization_id: client.organization_id,
        organization_name: names::decode(&client.name),
        key: client.key.unwrap_or_default(),
        settings: client.settings,
        creation_date: Timestamp(client.created_at),
        revision_date: Timestamp(client.revised_at),
        user_count: count(client.members / CONFIRMED),
        seats: client.seats,
        occupied_seats: Some(occupied),
        remaining_seats: client.seats.map(|seats| seats.saturating_sub(occupied)),
        plan: client.plan_name,
    }
}
