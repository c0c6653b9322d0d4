//! The ledger of seats: what each client has and uses, counted once a day.

use std::collections::HashMap;

use portal_domain::billing::{Day, Period};
use portal_wire::{OrganizationId, PlanType, ProviderId, Timestamp};
use serde::Deserialize;

use super::{
    BillingColumns,
    clients::{ManagedClient, managed},
    kept,
};
use crate::{
    auth::ProviderAdmin,
    http::names,
    store::{
        Db, StoreError, Tx,
        bulk::rows::{Rows, number, number_maybe, text},
        json_rows::{self, JsonRows, json_rows},
        row::Columns,
    },
};

/// A client from a day on, until its next row.
#[derive(Clone, Debug)]
pub struct SeatCount {
    /// The client.
    pub organization: OrganizationId,
    /// What it was called then.
    pub name: String,
    /// The first day on which it was so.
    pub day: Day,
    /// Its plan.
    pub plan: PlanType,
    /// Seats it has, and seats its members take; `None` where it is no longer a client.
    pub seats: Option<(u32, u32)>,
}

/// Counts every client, unless somebody did today, and tells whether it did. Only what is not as it was is kept.
pub(crate) async fn count(tx: &mut Tx, provider: ProviderId, today: Day) -> Result<bool, StoreError> {
    let claimed = sqlx::query(
        "INSERT INTO seat_count_days (provider_id, day) VALUES ($1, $2) ON CONFLICT (provider_id, day) DO NOTHING",
    )
    .bind(provider.to_string())
    .bind(kept(today))
    .execute(&mut **tx)
    .await?;
    if claimed.rows_affected() == 0 {
        return Ok(false);
    }
    let mut known = known(tx, provider).await?;
    let mut rows =
        Rows::new("seat_counts", "provider_id, organization_id, day, name, plan_type, assigned, used");
    let mut keep = |organization: OrganizationId, name: &str, plan: PlanType, seats: Option<(u32, u32)>| {
        rows.push([
            text(provider),
            text(organization),
            number(kept(today)),
            text(names::encode(name)),
            number(plan.number()),
            number_maybe(seats.map(|(assigned, _)| assigned)),
            number_maybe(seats.map(|(_, used)| used)),
        ]);
    };
    for ManagedClient { organization, name, plan, assigned, used } in managed(tx, provider).await? {
        let before = known.remove(&organization).map(|(_, plan, seats)| (plan, seats));
        if before != Some((plan, Some((assigned, used)))) {
            keep(organization, &name, plan, Some((assigned, used)));
        }
    }
    for (organization, (name, plan, seats)) in known {
        if seats.is_some() {
            keep(organization, &name, plan, None);
        }
    }
    rows.insert(tx).await?;
    Ok(true)
}

type Known = HashMap<OrganizationId, (String, PlanType, Option<(u32, u32)>)>;

/// What was counted last of every client there ever was.
async fn known(db: &mut Db, provider: ProviderId) -> Result<Known, StoreError> {
    let rows = sqlx::query(
        "SELECT counted.organization_id, counted.name, counted.plan_type, counted.assigned, counted.used \
         FROM seat_counts counted JOIN (SELECT organization_id, MAX(day) AS day FROM seat_counts \
          WHERE provider_id = $1 GROUP BY organization_id) newest \
         ON newest.organization_id = counted.organization_id AND newest.day = counted.day \
         WHERE counted.provider_id = $1",
    )
    .bind(provider.to_string())
    .fetch_all(db)
    .await?;
    let mut known = Known::with_capacity(rows.len());
    for row in &rows {
        let seats = match row.number_maybe("assigned")? {
            Some(_) => Some((row.seats("assigned")?, row.seats("used")?)),
            None => None,
        };
        let plan = PlanType::from_number(row.small("plan_type")?);
        known.insert(row.id("organization_id")?, (names::decode(&row.text("name")?), plan, seats));
    }
    Ok(known)
}

/// The days of a period on which somebody counted.
pub async fn days(db: &mut Db, admin: &ProviderAdmin, period: Period) -> Result<Vec<Day>, StoreError> {
    sqlx::query(
        "SELECT day FROM seat_count_days WHERE provider_id = $1 AND day >= $2 AND day < $3 ORDER BY day",
    )
    .bind(admin.provider_id().to_string())
    .bind(kept(period.first()))
    .bind(kept(period.end()))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| row.day("day"))
    .collect()
}

const COUNTS: JsonRows = json_rows!(
    "counted.organization_id, counted.name, counted.day, counted.plan_type, counted.assigned, counted.used";
    "counted.organization_id, counted.day";
    "seat_counts counted WHERE counted.provider_id = $1 AND counted.day < $3 \
     AND (counted.day >= $2 OR (counted.assigned IS NOT NULL AND counted.day = (SELECT MAX(earlier.day) FROM seat_counts earlier \
      WHERE earlier.provider_id = counted.provider_id AND earlier.organization_id = counted.organization_id \
      AND earlier.day <= $2)))"
);

#[derive(Deserialize)]
struct Row(OrganizationId, String, i64, i32, Option<u32>, Option<u32>);

/// The rows that say how every client was on each day of the period, by client and day: those of the period, and before them the
/// one that held when it began.
pub async fn of_provider(
    db: &mut Db,
    admin: &ProviderAdmin,
    period: Period,
) -> Result<Vec<SeatCount>, StoreError> {
    let answer = sqlx::query(COUNTS.on(db))
        .bind(admin.provider_id().to_string())
        .bind(kept(period.first()))
        .bind(kept(period.end()))
        .fetch_one(db)
        .await?;
    let rows: Vec<Row> = json_rows::read(&answer, "seat count")?;
    let count = |Row(organization, name, day, plan, assigned, used): Row| SeatCount {
        organization,
        name: names::decode(&name),
        day: Day::of(Timestamp(day)),
        plan: PlanType::from_number(plan),
        seats: assigned.zip(used),
    };
    Ok(rows.into_iter().map(count).collect())
}
