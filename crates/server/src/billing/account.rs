//! All that a provider's bill is worked out from, read at once.

use portal_domain::billing::{
    Amount, Change, Charge, ChargeError, Day, Item, Levels, Period, PlanFacts, PriceError, PriceTable, Rate,
    Subject, Tiers, charge, cumulative,
};
use portal_domain::seats::Pool;
use portal_wire::{OrganizationId, PlanType, ProviderId};

use super::BillingError;
use crate::store::{
    Db,
    billing::{changes, cycles::BillingCycle, terms},
    clients::pools::{self, PlanPool},
};

/// What a provider's bill is worked out from.
#[derive(Clone, Debug)]
pub struct Account {
    /// The prices.
    pub prices: PriceTable,
    /// The discounts.
    pub tiers: Tiers,
    pools: Vec<(PlanPool, Levels)>,
    alone: Vec<(OrganizationId, PlanType, Levels)>,
}

impl Account {
    /// Reads it. The caller has asked whether it may.
    pub(crate) async fn read(db: &mut Db, provider: ProviderId) -> Result<Self, BillingError> {
        let mut pools: Vec<(PlanPool, Vec<Change>)> =
            pools::of(db, provider).await?.into_iter().map(|pool| (pool, Vec::new())).collect();
        for (plan, change) in changes::of_pools(db, provider).await? {
            match pools.iter_mut().find(|(pool, _)| pool.plan == plan) {
                Some((_, changes)) => changes.push(change),
                // A pool the provider no longer has: nothing is paid for it but what was assigned.
                None => pools.push((PlanPool { plan, pool: Pool::default() }, vec![change])),
            }
        }
        let mut alone: Vec<(OrganizationId, PlanType, Vec<Change>)> = Vec::new();
        for (client, plan, change) in changes::of_clients_alone(db, provider).await? {
            match alone.last_mut() {
                Some((last, its_plan, changes)) if *last == client && *its_plan == plan => {
                    changes.push(change)
                }
                _ => alone.push((client, plan, vec![change])),
            }
        }
        Ok(Self {
            prices: terms::prices(db).await?,
            tiers: terms::tiers(db).await?,
            pools: pools
                .into_iter()
                .map(|(pool, changes)| Ok((pool, Levels::of(changes)?)))
                .collect::<Result<_, BillingError>>()?,
            alone: alone
                .into_iter()
                .map(|(client, plan, changes)| Ok((client, plan, Levels::of(changes)?)))
                .collect::<Result<_, BillingError>>()?,
        })
    }

    /// What is owed in a window of the provider's billing.
    pub fn charge(&self, cycle: &BillingCycle, window: Period) -> Result<Charge, ChargeError> {
        let of_pools = self
            .pools
            .iter()
            .map(|(pool, levels)| (Subject::Pool, pool.plan, pool.pool.seat_minimum, levels));
        let of_clients = (0..)
            .zip(&self.alone)
            .map(|(number, (_, plan, levels))| (Subject::Client(number), *plan, 0, levels));
        let items = of_pools.chain(of_clients).map(|(subject, plan, minimum, levels)| {
            let cadence = PlanFacts::of(plan).ok_or(PriceError::UnknownPlan(plan))?.cadence;
            Ok(Item { subject, plan, minimum, levels, cycle: cycle.of(cadence) })
        });
        let items: Vec<Item<'_>> = items.collect::<Result<_, PriceError>>()?;
        let closes = window.end().plus(-1);
        charge(&items, window, &self.prices, &self.tiers, self.cumulative(closes))
    }

    /// The clients that are billed by themselves, in the order in which [`Account::charge`] numbers them.
    pub fn clients_alone(&self) -> Vec<OrganizationId> {
        self.alone.iter().map(|(client, _, _)| *client).collect()
    }

    /// The clients that are billed by themselves on a day, with their plans and seats.
    pub fn alone(&self, day: Day) -> impl Iterator<Item = (OrganizationId, PlanType, u32)> {
        let on_day = move |(client, plan, levels): &(OrganizationId, PlanType, Levels)| {
            (*client, *plan, levels.at(day))
        };
        self.alone.iter().map(on_day).filter(|(_, _, seats)| *seats > 0)
    }

    /// The pools, with the minimums and the seats of now.
    pub fn pools(&self) -> impl Iterator<Item = PlanPool> {
        self.pools.iter().map(|(pool, _)| *pool)
    }

    /// The seats that count towards a discount on a day.
    pub fn cumulative(&self, day: Day) -> u32 {
        let pooled = self.pools.iter().map(|(pool, levels)| (pool.plan, levels.at(day)));
        cumulative(pooled.chain(self.alone.iter().map(|(_, plan, levels)| (*plan, levels.at(day)))))
    }

    /// The discount on a day.
    pub fn discount(&self, day: Day) -> Rate {
        self.tiers.discount(self.cumulative(day))
    }

    /// What a seat of a plan costs the provider.
    pub fn seat_price(&self, plan: PlanType) -> Result<Amount, ChargeError> {
        Ok(self.prices.price(plan)?.provider_seat)
    }
}
