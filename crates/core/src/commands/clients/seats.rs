use std::rc::Rc;

use portal_bridge::{Action, Plan, PreviewSeats, Problem, ProblemKind, Reason, SeatPreview, Verdict};
use portal_domain::access::{ClientTarget, client_verdict};
use portal_wire::PlanType;

use super::{super::Handle, index_of};
use crate::{
    Core,
    stores::{family, subscription::SEATS_LAST_MS},
};

impl Handle for PreviewSeats {
    async fn handle(self, core: &Rc<Core>) -> Result<SeatPreview, Problem> {
        let table = core.clients(self.provider).await?.table();
        let row = self.link.map(|link| index_of(&table, link)).transpose()?;
        let client = row.and_then(|row| table.row(row));
        // A preview is asked for with each typed digit.
        let subscription = core.subscription(self.provider, SEATS_LAST_MS).await?;
        let plans = &subscription.plans;
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

/// Bitwarden's number of a plan.
pub(super) fn plan_type(plan: Plan) -> PlanType {
    match plan {
        Plan::TeamsMonthly => PlanType::TeamsMonthly,
        Plan::EnterpriseMonthly => PlanType::EnterpriseMonthly,
        Plan::EnterpriseAnnually => PlanType::EnterpriseAnnually,
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
