use std::{cell::RefCell, rc::Rc};

use portal_bridge::{
    Action, Plan, PreviewSeats, Problem, ProblemKind, ProviderId, Reason, SeatPreview, Verdict,
};
use portal_domain::{
    access::{ClientTarget, client_verdict},
    seats::Pool,
};
use portal_wire::PlanType;
use serde::Deserialize;

use super::{super::Handle, index_of};
use crate::{Core, api::Call, stores::family};

impl Handle for PreviewSeats {
    async fn handle(self, core: &Rc<Core>) -> Result<SeatPreview, Problem> {
        let table = core.clients(self.provider).await?.table();
        let row = self.link.map(|link| index_of(&table, link)).transpose()?;
        let client = row.and_then(|row| table.row(row));
        let plans = core.seat_pools(self.provider).await?;
        let plan = match (row, self.plan) {
            (Some(row), _) => plans.iter().find(|plan| plan.plan_name == table.plan(row)),
            (None, Some(plan)) => plans.iter().find(|known| known.kind == plan_type(plan)),
            (None, None) => return Err(ProblemKind::NotFound.into()),
        };
        let before = client.as_ref().and_then(|client| client.assigned).unwrap_or_default();
        let lowest = client.as_ref().map_or(1, |client| client.used);
        let (subject, situation) = core.rights_base(self.provider).await?;
        let Some(plan) = plan else {
            let name = row.map(|row| family(table.plan(row)).to_owned()).unwrap_or_default();
            return Ok(unknown_pool(name, lowest));
        };
        let pool = plan.pool();
        let preview = pool.preview(i64::from(self.seats) - i64::from(before));
        let target = ClientTarget {
            confirmed_owner: None,
            below_used_seats: self.seats < lowest && self.seats < before,
            needs_purchase: preview.needs_purchase,
        };
        let action = if row.is_some() { Action::ChangeSeats } else { Action::CreateClient };
        Ok(SeatPreview {
            plan: family(&plan.plan_name).to_owned(),
            minimum: pool.seat_minimum,
            assigned_before: pool.assigned,
            assigned_after: preview.after.assigned,
            unassigned_after: preview.unassigned_left,
            purchased_before: pool.purchased,
            purchased_after: preview.after.purchased,
            lowest,
            verdict: client_verdict(action, subject, &situation, &target),
            seat_price_cents: plan.seat_price(),
        })
    }
}

/// What the provider pays for, as far as seats go.
#[derive(Deserialize)]
struct Subscription {
    #[serde(default)]
    plans: Vec<ProviderPlan>,
}

/// One pool of seats.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProviderPlan {
    pub(crate) plan_name: String,
    #[serde(rename = "type")]
    pub(crate) kind: PlanType,
    seat_minimum: i32,
    purchased_seats: i32,
    assigned_seats: i32,
    #[serde(default)]
    cost: f64,
}

/// The provider's pools as last read, and when.
#[derive(Default)]
struct Pools(RefCell<Option<(i64, Rc<[ProviderPlan]>)>>);

/// A preview is asked for with each typed digit; the pools behind it change seldom.
const POOLS_LAST_MS: i64 = 20_000;

impl Core {
    /// The provider's pools, as read a few seconds ago at most.
    pub(crate) async fn seat_pools(&self, provider: ProviderId) -> Result<Rc<[ProviderPlan]>, Problem> {
        let known = self.stores.of::<Pools>(provider);
        let now = self.platform.now_ms();
        if let Some((read_at, pools)) = &*known.0.borrow()
            && (0..POOLS_LAST_MS).contains(&(now - read_at))
        {
            return Ok(pools.clone());
        }
        let call = Call::get(format!("/api/providers/{provider}/billing/subscription"));
        let subscription: Subscription = self.api.json(&call).await?;
        let pools: Rc<[ProviderPlan]> = subscription.plans.into();
        *known.0.borrow_mut() = Some((now, pools.clone()));
        Ok(pools)
    }

    /// Seats were changed: the pools are read again when next needed.
    pub(crate) fn forget_seats(&self, provider: ProviderId) {
        self.stores.of::<Pools>(provider).0.take();
    }
}

/// Bitwarden's number of a plan.
pub(super) fn plan_type(plan: Plan) -> PlanType {
    match plan {
        Plan::TeamsMonthly => PlanType::TeamsMonthly,
        Plan::EnterpriseMonthly => PlanType::EnterpriseMonthly,
        Plan::EnterpriseAnnually => PlanType::EnterpriseAnnually,
    }
}

impl ProviderPlan {
    /// Its seats.
    pub(crate) fn pool(&self) -> Pool {
        let count = |number: i32| u32::try_from(number).unwrap_or_default();
        Pool {
            seat_minimum: count(self.seat_minimum),
            assigned: count(self.assigned_seats),
            purchased: count(self.purchased_seats),
        }
    }

    /// In cents: what the pool costs, divided by its seats.
    pub(crate) fn seat_price(&self) -> Option<u32> {
        let seats = f64::from(self.seat_minimum) + f64::from(self.purchased_seats);
        let cents = (self.cost * 100.0 / seats).round();
        (seats > 0.0 && cents > 0.0 && cents < f64::from(u32::MAX)).then_some(cents as u32)
    }
}

/// The provider has no pool of this plan.
fn unknown_pool(plan: String, lowest: u32) -> SeatPreview {
    SeatPreview {
        plan,
        minimum: 0,
        assigned_before: 0,
        assigned_after: 0,
        unassigned_after: 0,
        purchased_before: 0,
        purchased_after: 0,
        lowest,
        verdict: Verdict::Disabled(Reason::PlanLacksIt),
        seat_price_cents: None,
    }
}
