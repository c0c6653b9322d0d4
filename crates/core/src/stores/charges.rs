//! What the portal's own server tells of billing beyond the contract: what was agreed, the month under way, and invoices with their
//! lines. Amounts are in the currency's smallest unit.

use portal_bridge::{
    Amount, Currency, OrganizationId, Period, Problem, ProblemKind, ProviderId, Rate, ServerKind,
};
use portal_domain::billing::{PlanFacts, Price, PriceTable, Tiers};
use portal_wire::{PlanType, Timestamp};
use serde::Deserialize;

use crate::{
    Core,
    api::{Call, encode},
};

/// What was agreed with a provider, and the month under way.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Terms {
    pub(crate) currency: Currency,
    prices: Vec<SeatPrice>,
    pub(crate) tiers: Tiers,
    /// Seats that count towards a discount today.
    pub(crate) cumulative_seats: u32,
    pub(crate) credit: Amount,
    #[serde(default)]
    pub(crate) alone: Vec<Alone>,
    pub(crate) upcoming: Option<Charged>,
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
pub(crate) struct Alone {
    pub(crate) organization_id: OrganizationId,
    #[serde(rename = "type")]
    pub(crate) plan: PlanType,
    pub(crate) seats: u32,
}

/// Lines and what stands below them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Charged {
    pub(crate) window: Period,
    pub(crate) lines: Vec<Line>,
    pub(crate) subtotal: Amount,
    pub(crate) discount: Rate,
    pub(crate) taken_off: Amount,
    pub(crate) total: Amount,
}

/// A line of what is charged.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    /// The client that is billed by itself; none for the pool.
    pub(crate) organization_id: Option<OrganizationId>,
    #[serde(rename = "type")]
    pub(crate) plan: PlanType,
    pub(crate) part: String,
    pub(crate) period: Period,
    pub(crate) seat_days: i64,
    pub(crate) price: Amount,
    pub(crate) amount: Amount,
}

/// An invoice with its lines.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WholeInvoice {
    id: String,
    pub(crate) number: String,
    pub(crate) currency: Currency,
    pub(crate) paid_date: Option<Timestamp>,
    pub(crate) credit_used: Amount,
    window: Period,
    lines: Vec<Line>,
    subtotal: Amount,
    discount: Rate,
    taken_off: Amount,
    total: Amount,
}

impl Terms {
    /// What a seat of a plan costs for its period.
    pub(crate) fn price(&self, plan: PlanType) -> Option<Amount> {
        let plan = PlanFacts::of(plan)?.current;
        self.prices.iter().find(|price| price.plan == plan).map(|price| price.price)
    }

    /// What seats cost.
    pub(crate) fn price_table(&self) -> Result<PriceTable, Problem> {
        let price = |seat: &SeatPrice| {
            (seat.plan, Price { seat: seat.price, provider_seat: seat.price, ..Price::default() })
        };
        PriceTable::new(self.currency, self.prices.iter().map(price))
            .map_err(|error| Problem::with(ProblemKind::BadAnswer, error.to_string()))
    }
}

impl WholeInvoice {
    /// The lines and what stands below them.
    pub(crate) fn into_charged(self) -> Charged {
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

impl Core {
    /// What was agreed with a provider; `None` from servers that have nothing of the kind.
    pub(crate) async fn provider_terms(&self, provider: ProviderId) -> Result<Option<Terms>, Problem> {
        // On the cloud each question counts against its limits.
        if self.server().await.is_ok_and(|server| server.kind() == ServerKind::Cloud) {
            return Ok(None);
        }
        match self.api.json(&Call::get(format!("/api/portal/providers/{provider}/billing"))).await {
            Ok(terms) => Ok(Some(terms)),
            Err(problem) if matches!(problem.kind, ProblemKind::NotFound | ProblemKind::NotAllowed) => {
                Ok(None)
            }
            Err(problem) => Err(problem),
        }
    }

    /// An invoice of the provider's own, with its lines.
    pub(crate) async fn whole_invoice(
        &self,
        provider: ProviderId,
        id: &str,
    ) -> Result<WholeInvoice, Problem> {
        let mut encoded = String::new();
        encode(id, &mut encoded);
        let call = Call::get(format!("/api/portal/providers/{provider}/billing/invoices/{encoded}"));
        let whole: WholeInvoice = self.api.json(&call).await?;
        if whole.id != id {
            return Err(ProblemKind::Mismatch.into());
        }
        Ok(whole)
    }
}
