//! The clients that stand in an invoice, and whether each is billed out of the pool or by itself.

use portal_wire::{
    OrganizationId, OrganizationStatus, OrganizationUserStatus, PlanType, ProviderId, Timestamp,
};

use super::{
    BillingColumns,
    changes::{self, SeatChange},
};
use crate::{
    http::names,
    store::{Db, StoreError, Tx, clients::pools, providers::details::lock, row::Columns},
};

/// A client that its provider pays for, as it is now.
#[derive(Clone, Debug)]
pub struct ManagedClient {
    /// The client.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: String,
    /// Its plan.
    pub plan: PlanType,
    /// Seats it was given.
    pub assigned: u32,
    /// Seats its members take.
    pub used: u32,
}

/// The clients the provider pays for, in the order they were linked.
pub(crate) async fn managed(db: &mut Db, provider: ProviderId) -> Result<Vec<ManagedClient>, StoreError> {
    sqlx::query(
        "SELECT organization.id, organization.name, organization.plan_type, COALESCE(organization.seats, 0) AS assigned, \
         (SELECT COUNT(*) FROM organization_users member WHERE member.organization_id = organization.id \
          AND member.status BETWEEN $1 AND $2) AS used \
         FROM provider_organizations link JOIN organizations organization ON organization.id = link.organization_id \
         WHERE link.provider_id = $3 AND organization.status = $4 ORDER BY link.created_at, link.id",
    )
    .bind(i64::from(OrganizationUserStatus::Invited.number()))
    .bind(i64::from(OrganizationUserStatus::Confirmed.number()))
    .bind(provider.to_string())
    .bind(i64::from(OrganizationStatus::Managed.number()))
    .fetch_all(db)
    .await?
    .iter()
    .map(|row| {
        Ok(ManagedClient {
            organization: row.id("id")?,
            name: names::decode(&row.text("name")?),
            plan: PlanType::from_number(row.small("plan_type")?),
            assigned: row.seats("assigned")?,
            used: row.seats("used")?,
        })
    })
    .collect()
}

/// Why a client's billing is not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillingRefusal {
    /// No provider pays for such an organization.
    NoSuchClient,
    /// The provider has no pool of seats for its plan.
    NoPool,
    /// The pool cannot hold so many seats.
    TooManySeats,
}

/// Bills a client by itself from today on, or out of the pool again. Its seats leave the pool, or come back into it.
pub(crate) async fn bill_alone(
    tx: &mut Tx,
    organization: OrganizationId,
    alone: bool,
    now: Timestamp,
) -> Result<Result<(), BillingRefusal>, StoreError> {
    let query = "SELECT link.provider_id, link.billed_alone, organization.plan_type, \
         COALESCE(organization.seats, 0) AS assigned \
         FROM provider_organizations link JOIN organizations organization ON organization.id = link.organization_id \
         WHERE organization.id = $1 AND organization.status = $2";
    let find = || {
        sqlx::query(query)
            .bind(organization.to_string())
            .bind(i64::from(OrganizationStatus::Managed.number()))
    };
    let Some(found) = find().fetch_optional(&mut **tx).await? else {
        return Ok(Err(BillingRefusal::NoSuchClient));
    };
    let provider: ProviderId = found.id("provider_id")?;
    lock(tx, provider).await?;
    // Read again: whoever had the lock may have changed or unlinked it.
    let Some(found) = find().fetch_optional(&mut **tx).await? else {
        return Ok(Err(BillingRefusal::NoSuchClient));
    };
    if found.id::<ProviderId>("provider_id")? != provider {
        return Ok(Err(BillingRefusal::NoSuchClient));
    }
    if found.flag("billed_alone")? == alone {
        return Ok(Ok(()));
    }
    let (plan, seats) =
        (PlanType::from_number(found.small("plan_type")?), i64::from(found.seats("assigned")?));
    let into_pool = if alone { -seats } else { seats };
    let Some((plan, preview)) = pools::preview_of(tx, provider, plan, into_pool).await? else {
        return Ok(Err(BillingRefusal::NoPool));
    };
    if pools::overflows(&preview) {
        return Ok(Err(BillingRefusal::TooManySeats));
    }
    pools::write(tx, provider, plan, &preview).await?;
    for (alone, by) in [(false, into_pool), (true, -into_pool)] {
        changes::record(tx, provider, SeatChange { organization, plan, alone, by }, now).await?;
    }
    sqlx::query("UPDATE provider_organizations SET billed_alone = $1 WHERE organization_id = $2")
        .bind(i64::from(alone))
        .bind(organization.to_string())
        .execute(&mut **tx)
        .await?;
    Ok(Ok(()))
}
