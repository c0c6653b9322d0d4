//! What the embedded server tells beyond the contract: what was agreed, and the month under way.

use portal_bridge::{Amount, ChargeLine, ChargeView, Currency, OrganizationId, Period, ProviderId, Rate};
use portal_domain::billing::{PlanFacts, Tiers};
use portal_wire::{PlanType, Timestamp};
use serde::Deserialize;

use crate::{api::Call, stores::Table};

/// What was agreed with a provider. Amounts are in the currency's smallest unit.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Agreed {
    pub(super) currency: Currency,
    prices: Vec<SeatPrice>,
    pub(super) tiers: Tiers,
    pub(super) cumulative_seats: u32,
    pub(super) credit: Amount,
    pub(super) alone: Vec<Alone>,
    pub(super) upcoming: Option<Charged>,
}

#[derive(Deserialize)]
struct SeatPrice {
    #[serde(rename = "type")]
    plan: PlanType,
    price: Amount,
}

/// A client that is billed by itself.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Alone {
    pub(super) organization_id: OrganizationId,
    #[serde(rename = "type")]
    pub(super) plan: PlanType,
    pub(super) seats: u32,
}

/// Lines and what stands below them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Charged {
    pub(super) window: Period,
    lines: Vec<Line>,
    subtotal: Amount,
    discount: Rate,
    taken_off: Amount,
    pub(super) total: Amount,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    organization_id: Option<OrganizationId>,
    #[serde(rename = "type")]
    plan: PlanType,
    part: String,
    period: Period,
    seat_days: i64,
    price: Amount,
    amount: Amount,
}

/// An invoice with its lines.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WholeInvoice {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) currency: Currency,
    pub(super) paid_date: Option<Timestamp>,
    pub(super) credit_used: Amount,
    window: Period,
    lines: Vec<Line>,
    subtotal: Amount,
    discount: Rate,
    taken_off: Amount,
    total: Amount,
}

pub(super) fn call(provider: ProviderId) -> Call {
    Call::get(format!("/api/portal/providers/{provider}/billing"))
}

impl Agreed {
    /// What a seat of a plan costs for its period.
    pub(super) fn price(&self, plan: PlanType) -> Option<Amount> {
        let plan = PlanFacts::of(plan)?.current;
        self.prices.iter().find(|price| price.plan == plan).map(|price| price.price)
    }
}

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

impl WholeInvoice {
    /// The lines and what stands below them.
    pub(super) fn into_charged(self) -> Charged {
        Charged {
            window: self.window,
            lines: self.lines,
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
