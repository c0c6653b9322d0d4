//! What the provider itself pays for the days of a run.

use portal_bridge::{DraftsMargin, MarginAgainst, Money, Problem, ProviderId};
use portal_domain::billing::{Amount, Currency, Margin, MarginError, Period, PriceTable, Tiers, margin};
use serde::Deserialize;

use crate::{Core, api::Call, stores::charges::Charged};

/// What the server billed a provider for the days of a run, or will.
pub(crate) struct Told {
    currency: Currency,
    /// Bills most of whose days are in the run, with the days of each.
    bills: Vec<(Period, Amount)>,
    under_way: bool,
}

/// Where the cost of a run is from.
pub(crate) enum Cost {
    /// Bills.
    Bills { currency: Currency, total: Amount, against: MarginAgainst },
    /// What was agreed, by which the seats are priced.
    Agreement { currency: Currency, tiers: Tiers },
    /// Nobody tells.
    NotTold,
}

/// Invoices looked into at most.
const MOST_INVOICES: usize = 15;
/// An invoice is made soon after its window.
const LATEST_DAYS: i32 = 45;

#[derive(Deserialize)]
struct Invoices {
    #[serde(default)]
    invoices: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    date: portal_wire::Timestamp,
}

impl Core {
    /// What the server tells; `None` where it has no words for it.
    pub(super) async fn told_cost(
        &self,
        provider: ProviderId,
        period: Period,
    ) -> Result<Option<Told>, Problem> {
        let Some(terms) = self.provider_terms(provider).await? else { return Ok(None) };
        let list = Call::get(format!("/api/providers/{provider}/billing/invoices"));
        let invoices: Invoices = self.api.json(&list).await?;
        let mut charged = Vec::new();
        let near = |listed: &&Listed| {
            let on = portal_domain::billing::Day::of(listed.date);
            period.first() <= on && on <= period.end().plus(LATEST_DAYS)
        };
        for listed in invoices.invoices.iter().filter(near).take(MOST_INVOICES) {
            let invoice = self.whole_invoice(provider, &listed.id).await?;
            if invoice.currency == terms.currency {
                charged.push(invoice.into_charged());
            }
        }
        let mostly = |charged: &Charged| {
            let shared = charged.window.within(period).map_or(0, |shared| shared.days().get());
            shared * 2 > charged.window.days().get()
        };
        let under_way = terms.upcoming.filter(mostly);
        charged.retain(mostly);
        let has_under_way = under_way.is_some();
        charged.extend(under_way);
        Ok(Some(Told {
            currency: terms.currency,
            bills: charged.into_iter().map(|charged| (charged.window, charged.total)).collect(),
            under_way: has_under_way,
        }))
    }
}

impl Cost {
    /// By the bills, if there are any; else by what was agreed.
    pub(super) fn of(told: Option<Told>, own: Option<&PriceTable>, tiers: Tiers) -> Self {
        let bills = told.and_then(|told| told.against());
        let agreed = own.map(|own| Self::Agreement { currency: own.currency(), tiers });
        bills.or(agreed).unwrap_or(Self::NotTold)
    }

    /// The margin of what clients pay, and what each leaves. `seat_costs` is what the seats of each cost before discount, `seats` all
    /// that count towards it.
    pub(super) fn margin(
        &self,
        billed: &[(Currency, Amount)],
        seat_costs: &[Amount],
        seats: u32,
    ) -> (DraftsMargin, Vec<Option<Amount>>) {
        let nothing = |margin| (margin, vec![None; billed.len()]);
        let (currency, total, against) = match self {
            Self::Bills { currency, total, against } => (*currency, *total, against.clone()),
            Self::Agreement { currency, tiers } => {
                let discount = tiers.discount(seats);
                let full = Amount::sum(seat_costs.iter().copied());
                let total = full.and_then(|full| full.minus(discount.of(full)?));
                let Ok(total) = total else { return nothing(DraftsMargin::NotTold) };
                (*currency, total, MarginAgainst::Agreement)
            }
            Self::NotTold => return nothing(DraftsMargin::NotTold),
        };
        let weights: Vec<u64> =
            seat_costs.iter().map(|cost| u64::try_from(cost.minor()).unwrap_or_default()).collect();
        match margin(billed, (currency, total), &weights) {
            Ok((whole, each)) => {
                let Margin { revenue, cost, left } = whole;
                let money = |amount| Money { amount, currency };
                let basis_points = whole.basis_points();
                let whole = DraftsMargin::Known {
                    revenue: money(revenue),
                    cost: money(cost),
                    left: money(left),
                    basis_points,
                    against,
                };
                (whole, each.into_iter().map(|margin| Some(margin.left)).collect())
            }
            Err(MarginError::Currency { .. }) => nothing(DraftsMargin::Currencies),
            Err(MarginError::TooMuch(_)) => nothing(DraftsMargin::NotTold),
        }
    }
}

impl Told {
    /// The bills as the cost of a run, if there are any.
    fn against(&self) -> Option<Cost> {
        let first = self.bills.iter().map(|(window, _)| window.first()).min()?;
        let end = self.bills.iter().map(|(window, _)| window.end()).max()?;
        let total = Amount::sum(self.bills.iter().map(|(_, total)| *total)).ok()?;
        let against = MarginAgainst::Invoices {
            count: u32::try_from(self.bills.len()).unwrap_or(u32::MAX),
            period: Period::new(first, end)?,
            under_way: self.under_way,
        };
        Some(Cost::Bills { currency: self.currency, total, against })
    }
}
