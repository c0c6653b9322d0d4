use std::rc::Rc;

use portal_bridge::{
    Action, BooksOf, Day, GetReconciliation, LedgerDifference, Period, Problem, ProblemKind, Reconciliation,
};
use portal_domain::billing::{Difference, reconcile};
use portal_wire::PlanType;

use super::super::Handle;
use crate::{
    Core,
    stores::ledger::{SeatLedger, plans},
};

/// How far back it is looked for when the two agreed last: the days that the page shows first, so that they are read once.
const DAYS: i32 = 30;

impl Handle for GetReconciliation {
    async fn handle(self, core: &Rc<Core>) -> Result<Reconciliation, Problem> {
        core.require(self.0, Action::ViewProviderBilling).await?;
        let end = core.today().plus(1);
        let period = Period::new(end.plus(-DAYS), end).ok_or(ProblemKind::NotFound)?;
        let ledger = core.ledger(BooksOf::Provider(self.0), period).await?;
        let subscription = core.subscription(self.0, 0).await?;
        let server: Vec<(PlanType, u64)> =
            subscription.plans.iter().map(|plan| (plan.kind, u64::from(plan.pool().assigned))).collect();
        let assigned = server.iter().map(|(_, seats)| seats).sum();
        let Some(day) = ledger.last_counted() else {
            return Ok(Reconciliation { day: None, assigned, differences: Vec::new() });
        };
        let differences = reconcile(&ledger.ledger, day, &server);
        Ok(Reconciliation {
            day: Some(day),
            assigned,
            differences: differences.iter().map(|difference| told(&ledger, day, difference)).collect(),
        })
    }
}

fn told(ledger: &SeatLedger, day: Day, difference: &Difference) -> LedgerDifference {
    LedgerDifference {
        plan: plans::name(difference.plan),
        ledger: difference.ledger.seats,
        gaps: difference.ledger.gaps,
        server: difference.server,
        agreed: agreed(ledger, day, difference),
    }
}

/// The last day before it on which the ledger had what the server says now.
fn agreed(ledger: &SeatLedger, day: Day, difference: &Difference) -> Option<Day> {
    let server = difference.server?;
    let counted = ledger.counted?;
    let (plans, sums) = ledger.ledger.by_plan(Period::new(counted.first(), day)?);
    let group = plans.iter().position(|plan| *plan == difference.plan)?;
    let same = sums.assigned(group).days().filter(|(_, sum)| sum.gaps == 0 && sum.seats == server);
    same.last().map(|(day, _)| day)
}
