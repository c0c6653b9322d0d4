//! What comes next: the next charge, and the next tier.

use portal_bridge::{Amount, NextCharge, TierAhead, TierOutlook, TierWorth};
use portal_domain::billing::{NextTier, Tiers, cumulative};

use super::pools::Priced;
use crate::stores::{Table, charges::Terms, subscription::Subscription};

/// What is charged next: as the server works it out, else what the seats of now cost when the period under way ends.
pub(super) fn next_charge(
    subscription: &Subscription,
    agreed: Option<&Terms>,
    priced: &Priced<'_>,
    credit: Option<Amount>,
    table: Option<&Table>,
) -> Option<NextCharge> {
    let upcoming = agreed.and_then(|agreed| agreed.upcoming.as_ref());
    let (on, total) = match upcoming {
        Some(upcoming) => (upcoming.window.end(), upcoming.total),
        None => (subscription.period_end()?, priced.only_cost()?.reduced),
    };
    let credit_used = credit.unwrap_or_default().min(total).max(Amount::ZERO);
    Some(NextCharge {
        on,
        charge: upcoming.map(|upcoming| upcoming.shown(table)),
        total,
        credit_used,
        to_pay: total.minus(credit_used).ok()?,
    })
}

/// By what discounts are given, and to how many seats.
pub(super) struct Discounts {
    pub(super) tiers: Tiers,
    /// Seats that count.
    pub(super) seats: u32,
}

impl Discounts {
    /// As the server tells them, else as they were entered, for the seats that clients were assigned.
    pub(super) fn of(
        terms: Option<&Terms>,
        entered: Option<Tiers>,
        subscription: &Subscription,
    ) -> Option<Self> {
        if let Some(terms) = terms {
            return Some(Self { tiers: terms.tiers.clone(), seats: terms.cumulative_seats });
        }
        let assigned = subscription.plans.iter().map(|plan| (plan.kind, plan.pool().assigned));
        Some(Self { tiers: entered?, seats: cumulative(assigned) })
    }

    /// How far it is to more discount. `price` is what one more seat of the largest pool costs.
    pub(super) fn outlook(&self, priced: &Priced<'_>, price: Option<Amount>) -> TierOutlook {
        let next = self.tiers.rows().iter().find(|tier| tier.from_seats > self.seats);
        TierOutlook {
            seats: self.seats,
            next: next.map(|tier| TierAhead {
                from_seats: tier.from_seats,
                missing: tier.from_seats - self.seats,
                discount: tier.discount,
                worth: self.worth(priced, price),
            }),
        }
    }

    fn worth(&self, priced: &Priced<'_>, price: Option<Amount>) -> Option<TierWorth> {
        let (cost, plan) = (priced.only_cost()?, priced.largest?);
        let progress = self.tiers.progress(self.seats, cost.full, price?).ok()?;
        let NextTier { saves, missing_cost, .. } = progress.next?;
        let now = cost.full.minus(progress.discount.of(cost.full).ok()?).ok()?;
        Some(TierWorth {
            cadence: cost.cadence,
            now,
            then: now.minus(saves).ok()?,
            missing_cost,
            plan: plan.plan_name.clone(),
        })
    }
}
