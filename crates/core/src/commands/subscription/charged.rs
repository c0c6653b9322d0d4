//! What is charged, as it is shown.

use portal_bridge::{ChargeLine, ChargeView, OrganizationId};
use portal_domain::billing::PlanFacts;
use portal_wire::PlanType;

use crate::stores::{
    Table,
    charges::{Charged, Line},
};

impl Charged {
    /// For showing; `table` has the names.
    pub(super) fn shown(&self, table: Option<&Table>) -> ChargeView {
        ChargeView {
            period: self.window,
            lines: self.lines.iter().map(|line| line.shown(table)).collect(),
            subtotal: self.subtotal,
            discount: self.discount,
            taken_off: self.taken_off,
            total: self.total,
        }
    }
}

impl Line {
    fn shown(&self, table: Option<&Table>) -> ChargeLine {
        ChargeLine {
            plan: plan_name(self.plan),
            client: self.organization_id.map(|client| (client, name_of(client, table))),
            part: self.part.clone(),
            period: self.period,
            seat_days: self.seat_days,
            price: self.price,
            amount: self.amount,
        }
    }
}

/// What a client is called; nothing where it is not in the list, or that is not read.
pub(super) fn name_of(client: OrganizationId, table: Option<&Table>) -> String {
    let found = table.and_then(|table| Some(table.name(table.find_organization(client)?)));
    found.unwrap_or_default().to_owned()
}

/// What a plan is called; by its number where nobody here knows it.
pub(super) fn plan_name(plan: PlanType) -> String {
    PlanFacts::of(plan).map_or_else(|| format!("Plan {}", plan.number()), |facts| facts.name.to_owned())
}
