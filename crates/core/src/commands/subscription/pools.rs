//! Seats by plan, and what they cost.

use portal_bridge::{AloneClient, Amount, Cadence, Rate, SeatCost, SeatPool};
use portal_domain::billing::{PlanFacts, TooMuch};

use super::charged::{name_of, plan_name};
use crate::stores::{
    Table,
    charges::{self, Terms},
    subscription::{ProviderPlan, Subscription},
};

/// What the seats of now cost.
pub(super) struct Priced<'a> {
    pub(super) costs: Vec<SeatCost>,
    /// The plan with the largest pool.
    pub(super) largest: Option<&'a ProviderPlan>,
}

impl Priced<'_> {
    /// The one cost, where everything is paid for in periods of one length.
    pub(super) fn only_cost(&self) -> Option<SeatCost> {
        match self.costs.as_slice() {
            [cost] => Some(*cost),
            _ => None,
        }
    }
}

/// The pools. What members take is counted in the list of clients, by the name of their plans (contract §8.4).
pub(super) fn pools(
    subscription: &Subscription,
    alone: &[AloneClient],
    table: Option<&Table>,
) -> Vec<SeatPool> {
    let pool = |plan: &ProviderPlan| {
        let seats = plan.pool();
        let (used, idle) = table.map(|table| taken(&plan.plan_name, alone, table)).unzip();
        SeatPool {
            plan: plan.plan_name.clone(),
            minimum: seats.seat_minimum,
            purchased: seats.purchased,
            assigned: seats.assigned,
            unassigned: seats.unassigned(),
            used,
            idle,
            cost: plan.cost(),
            cadence: plan.cadence(),
        }
    };
    subscription.plans.iter().map(pool).collect()
}

/// All pools together. What is not known of one is not known of all.
pub(super) fn total(pools: &[SeatPool]) -> SeatPool {
    let sum =
        |part: fn(&SeatPool) -> u32| pools.iter().fold(0, |sum: u32, pool| sum.saturating_add(part(pool)));
    let known = |part: fn(&SeatPool) -> Option<u32>| {
        pools.iter().try_fold(0, |sum: u32, pool| Some(sum.saturating_add(part(pool)?)))
    };
    let cadence = pools.first().and_then(|pool| pool.cadence);
    let of_one_length = pools.iter().all(|pool| pool.cadence == cadence);
    let costs: Option<Vec<Amount>> = pools.iter().map(|pool| pool.cost).collect();
    SeatPool {
        plan: String::new(),
        minimum: sum(|pool| pool.minimum),
        purchased: sum(|pool| pool.purchased),
        assigned: sum(|pool| pool.assigned),
        unassigned: sum(|pool| pool.unassigned),
        used: known(|pool| pool.used),
        idle: known(|pool| pool.idle),
        cost: costs.filter(|_| of_one_length).and_then(|costs| Amount::sum(costs).ok()),
        cadence: cadence.filter(|_| of_one_length),
    }
}

/// The clients that are billed by themselves.
pub(super) fn alone(agreed: Option<&Terms>, table: Option<&Table>) -> Vec<AloneClient> {
    let Some(agreed) = agreed else { return Vec::new() };
    let client = |client: &charges::Alone| {
        let row = table.and_then(|table| Some((table, table.find_organization(client.organization_id)?)));
        AloneClient {
            organization: client.organization_id,
            name: name_of(client.organization_id, table),
            plan: plan_name(client.plan),
            seats: client.seats,
            used: row.map(|(table, row)| table.seats(row).1),
            cost: agreed.price(client.plan).and_then(|price| price.times(client.seats.into()).ok()),
            cadence: PlanFacts::of(client.plan).map(|facts| facts.cadence),
        }
    };
    agreed.alone.iter().map(client).collect()
}

/// What all seats cost, by the length of the period. `None` where a part of it is not told, or it is too much.
pub(super) fn costs(
    pools: &[SeatPool],
    alone: &[AloneClient],
    discount: Option<Rate>,
) -> Option<Vec<SeatCost>> {
    let of_pools = pools.iter().map(|pool| (pool.cadence, pool.cost));
    let of_clients = alone.iter().map(|client| (client.cadence, client.cost));
    let costs: Vec<(Cadence, Amount)> =
        of_pools.chain(of_clients).map(|(cadence, cost)| cadence.zip(cost)).collect::<Option<_>>()?;
    let discount = discount.unwrap_or_default();
    let of_length = |cadence| {
        let parts: Vec<Amount> =
            costs.iter().filter(|(length, _)| *length == cadence).map(|(_, cost)| *cost).collect();
        (!parts.is_empty()).then(|| reduced(cadence, parts, discount))
    };
    [Cadence::Monthly, Cadence::Annual].into_iter().filter_map(of_length).collect::<Result<_, _>>().ok()
}

fn reduced(cadence: Cadence, parts: Vec<Amount>, discount: Rate) -> Result<SeatCost, TooMuch> {
    let full = Amount::sum(parts)?;
    Ok(SeatCost { cadence, full, reduced: full.minus(discount.of(full)?)? })
}

/// Seats of a plan that members take, and those that clients have to spare.
fn taken(plan: &str, alone: &[AloneClient], table: &Table) -> (u32, u32) {
    let in_pool = |row: &usize| {
        table.plan(*row) == plan
            && !alone.iter().any(|client| table.organization(*row) == Some(client.organization))
    };
    (0..table.len()).filter(in_pool).fold((0, 0), |(used, idle): (u32, u32), row| {
        let (assigned, taken) = table.seats(row);
        (used.saturating_add(taken), idle.saturating_add(assigned.unwrap_or_default().saturating_sub(taken)))
    })
}
