use std::rc::Rc;

use portal_bridge::{
    Action, JobId, JobKind, OrganizationId, PoolChange, PreviewReclaim, Problem, ReclaimPreview,
    ReclaimSeats, ReclaimedPool,
};
use portal_domain::{
    access::verdict,
    billing::{ClientSeats, reclaim},
    seats::Pool,
};

use super::super::{Handle, bulk::by_name};
use crate::{
    Core,
    jobs::{Reclaim, start_rows},
    sort::once,
    stores::{Table, subscription::SEATS_LAST_MS},
};

impl Handle for PreviewReclaim {
    async fn handle(self, core: &Rc<Core>) -> Result<ReclaimPreview, Problem> {
        let table = core.clients(self.provider).await?.table();
        let (subject, situation) = core.rights_base(self.provider).await?;
        let subscription = core.subscription(self.provider, SEATS_LAST_MS).await?;
        let mut plans: Vec<(&str, Vec<ClientSeats>)> = Vec::new();
        for (plan, seats) in
            once(self.clients, OrganizationId::cmp).iter().filter_map(|client| seats(&table, *client))
        {
            match plans.iter_mut().find(|(known, _)| *known == plan) {
                Some((_, clients)) => clients.push(seats),
                None => plans.push((plan, vec![seats])),
            }
        }
        let mut preview = ReclaimPreview {
            clients: 0,
            freed: 0,
            pools: Vec::new(),
            verdict: verdict(Action::ChangeSeats, subject, &situation),
        };
        for (name, clients) in plans {
            let plan = subscription.plans.iter().find(|plan| plan.plan_name == name);
            let pool = plan.map_or_else(Pool::default, |plan| plan.pool());
            let (rows, reclaimed) = reclaim(pool, clients, self.spare);
            if rows.is_empty() {
                continue;
            }
            preview.clients += u32::try_from(rows.len()).unwrap_or(u32::MAX);
            preview.freed = preview.freed.saturating_add(reclaimed.freed);
            preview.pools.push(ReclaimedPool {
                plan: name.to_owned(),
                freed: reclaimed.freed,
                pool: plan.map(|plan| PoolChange {
                    minimum: pool.seat_minimum,
                    saved: reclaimed.pool.purchased_to_remove,
                    unassigned: reclaimed.pool.unassigned_left,
                    seat_price_cents: plan.seat_price(),
                }),
            });
        }
        Ok(preview)
    }
}

/// A client's plan and seats, where a server meters them.
fn seats(table: &Table, organization: OrganizationId) -> Option<(&str, ClientSeats)> {
    let place = table.find_organization(organization)?;
    let client = table.row(place)?;
    Some((table.plan(place), ClientSeats { assigned: client.assigned?, occupied: client.used }))
}

impl Handle for ReclaimSeats {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.require(self.provider, Action::ChangeSeats).await?;
        let table = core.clients(self.provider).await?.table();
        let link = |client: &OrganizationId| table.link(table.find_organization(*client)?);
        let links = self.clients.iter().filter_map(link).collect();
        let (links, labels) = by_name(core, self.provider, links).await?;
        let work = Reclaim::new(self.provider, links, self.spare);
        Ok(start_rows(core, self.provider, JobKind::SetSeats, labels, work))
    }
}
