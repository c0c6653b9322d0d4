//! Renaming a client and setting its seats.

use portal_domain::{
    access::{Action, ClientSituation, Grant, Subject, grant},
    billing::{AssignRefusal, ClientSeats, assign},
    seats::Pool,
};
use portal_wire::{OrganizationId, OrganizationStatus, PlanType, ProviderOrganizationId, Timestamp};

use super::pools;
use crate::{
    auth::ProviderMember,
    http::names,
    store::{
        StoreError, Tx,
        billing::changes::SeatChange,
        members,
        organizations::billing::occupied,
        providers::details::{lock, touch_staff},
        row::Columns,
    },
};

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpdateRefusal {
    /// The provider has no such client.
    NoSuchClient,
    /// The organization is not the provider's to manage.
    NotManaged,
    /// The provider has no pool of seats for the plan.
    NoPool,
    /// The pool cannot hold so many seats.
    TooManySeats,
    /// Seats would have to be bought, which the role may not.
    NeedsPurchase,
    /// So many are taken by members.
    BelowOccupied(u32),
}

/// Sets a client's name, and its seats as an absolute number. The original writes no event, so neither does this. Unlike the
/// original, which leaves that to its clients, it does not go below the seats that members take: two of them could not know.
pub async fn update(
    tx: &mut Tx,
    staff: &ProviderMember,
    link: ProviderOrganizationId,
    name: &str,
    seats: u32,
    now: Timestamp,
) -> Result<Result<(), UpdateRefusal>, StoreError> {
    lock(tx, staff.provider_id()).await?;
    let found = sqlx::query(
        "SELECT organization.id, organization.status, organization.plan_type, organization.seats, \
         link.billed_alone \
         FROM provider_organizations link JOIN organizations organization ON organization.id = link.organization_id \
         WHERE link.id = $1 AND link.provider_id = $2",
    )
    .bind(link.to_string())
    .bind(staff.provider_id().to_string())
    .fetch_optional(&mut **tx)
    .await?;
    let Some(row) = found else { return Ok(Err(UpdateRefusal::NoSuchClient)) };
    if row.small("status")? != OrganizationStatus::Managed.number() {
        return Ok(Err(UpdateRefusal::NotManaged));
    }
    let organization: OrganizationId = row.id("id")?;
    let plan = PlanType::from_number(row.small("plan_type")?);
    let assigned = u32::try_from(row.number_maybe("seats")?.unwrap_or_default())
        .map_err(|_| StoreError::Unreadable { column: "seats" })?;
    let by = i64::from(seats) - i64::from(assigned);
    if by != 0 {
        // Nobody is invited meanwhile.
        members::lock(tx, organization).await?;
        let client = ClientSeats { assigned, occupied: occupied(tx, organization).await? };
        let alone = row.flag("billed_alone")?;
        let Some(pool) = pools::of_plan(tx, staff.provider_id(), plan).await? else {
            return Ok(Err(UpdateRefusal::NoPool));
        };
        // Billed by itself, a client is a pool of its own, in which every seat is bought.
        let from = if alone { Pool::new(0, assigned) } else { pool.pool };
        let may_buy = grant(Action::BuySeats, Subject::staff(staff.role()), &ClientSituation::default());
        let (after, _) = match assign(from, client, seats, may_buy == Grant::Full) {
            Ok(assigned) => assigned,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        let change = SeatChange { organization, plan: pool.plan, alone, by };
        pools::keep(tx, staff.provider_id(), change, &after, now).await?;
    }
    sqlx::query("UPDATE organizations SET name = $1, seats = $2, revised_at = $3 WHERE id = $4")
        .bind(names::encode(name))
        .bind(i64::from(seats))
        .bind(now.0)
        .bind(organization.to_string())
        .execute(&mut **tx)
        .await?;
    touch_staff(tx, staff.provider_id(), now).await?;
    Ok(Ok(()))
}

impl From<AssignRefusal> for UpdateRefusal {
    fn from(refusal: AssignRefusal) -> Self {
        match refusal {
            AssignRefusal::BelowOccupied(occupied) => Self::BelowOccupied(occupied),
            AssignRefusal::TooMany => Self::TooManySeats,
            AssignRefusal::NeedsPurchase { .. } => Self::NeedsPurchase,
        }
    }
}
