//! The ledger's sums beside the server's own.

use portal_wire::PlanType;

use super::{Day, DaySum, Ledger, Period};
use crate::billing::prices::current;

/// A plan of which the ledger and the server do not say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The plan.
    pub plan: PlanType,
    /// What the ledger has. With gaps it is no wonder that they differ.
    pub ledger: DaySum,
    /// Seats the server says are assigned; `None` if it does not know the plan.
    pub server: Option<u64>,
}

/// The plans of which the ledger's sum of a day differs from the server's `assignedSeats` (contract §3.6.1), or has gaps. Plans of
/// different generations that are called the same are one (§8.4).
pub fn reconcile(ledger: &Ledger, day: Day, server: &[(PlanType, u64)]) -> Vec<Difference> {
    let Some(period) = Period::new(day, day.plus(1)) else { return Vec::new() };
    let (own, sums) = ledger.by_plan(period);
    let said = |plan| {
        let mut seats = server.iter().filter(|(known, _)| current(*known) == plan).map(|(_, seats)| *seats);
        let first = seats.next()?;
        Some(seats.fold(first, u64::saturating_add))
    };
    let sum = |group| sums.assigned(group).at(day).unwrap_or_default();
    let mut rows: Vec<Difference> = (0..)
        .zip(own)
        .map(|(group, plan)| Difference { plan, ledger: sum(group), server: said(plan) })
        .collect();
    for plan in server.iter().map(|(plan, _)| current(*plan)) {
        if !rows.iter().any(|row| row.plan == plan) {
            rows.push(Difference { plan, ledger: DaySum::default(), server: said(plan) });
        }
    }
    rows.retain(|row| row.ledger.gaps > 0 || row.ledger.seats != row.server.unwrap_or_default());
    rows
}
