//! Renaming a client and setting its seats.

use portal_domain::access::{Action, ClientSituation, Grant, Subject, grant};
use portal_wire::{OrganizationId, OrganizationStatus, PlanType, ProviderOrganizationId, Timestamp};

use super::pools;
use crate::{
    auth::ProviderMember,
    http::names,
    store::{
        StoreError, Tx,
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
}

/// Sets a client's name, and its seats as an absolute number. The original writes no event, so neither does this.
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
        "SELECT organization.id, organization.status, organization.plan_type, organization.seats \
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
    let plan = PlanType::from_number(row.small("plan_type")?);
    let change = i64::from(seats) - row.number_maybe("seats")?.unwrap_or_default();
    if change != 0 {
        let Some(pool) = pools::preview(tx, staff, plan, change).await? else {
            return Ok(Err(UpdateRefusal::NoPool));
        };
        if pools::overflows(&pool.1) {
            return Ok(Err(UpdateRefusal::TooManySeats));
        }
        let may_buy = grant(Action::BuySeats, Subject::staff(staff.role()), &ClientSituation::default());
        if pool.1.needs_purchase && may_buy != Grant::Full {
            return Ok(Err(UpdateRefusal::NeedsPurchase));
        }
        pools::keep(tx, staff, pool).await?;
    }
    sqlx::query("UPDATE organizations SET name = $1, seats = $2, revised_at = $3 WHERE id = $4")
        .bind(names::encode(name))
        .bind(i64::from(seats))
        .bind(now.0)
        .bind(row.id::<OrganizationId>("id")?.to_string())
        .execute(&mut **tx)
        .await?;
    touch_staff(tx, staff.provider_id(), now).await?;
    Ok(Ok(()))
}
