//! What comes next: the next charge, and the next tier.

use portal_bridge::{Amount, NextCharge, TierAhead, TierOutlook, TierWorth};
use portal_domain::billing::NextTier;

use super::{agreed::Agreed, pools::Priced};
use crate::stores::{Table, subscription::Subscription};

/// What is charged next: as the server works it out, else what the seats of now cost when the period under way ends.
pub(super) fn next_charge(
    subscription: &Subscription,
    agreed: Option<&Agreed>,
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

/// How far it is to more discount.
pub(super) fn tiers(agreed: &Agreed, priced: &Priced<'_>) -> TierOutlook {
    let seats = agreed.cumulative_seats;
    let next = agreed.tiers.rows().iter().find(|tier| tier.from_seats > seats);
    TierOutlook {
        seats,
        next: next.map(|tier| TierAhead {
            from_seats: tier.from_seats,
            missing: tier.from_seats - seats,
            discount: tier.discount,
            worth: worth(agreed, priced),
        }),
    }
}

fn worth(agreed: &Agreed, priced: &Priced<'_>) -> Option<TierWorth> {
    let (cost, plan) = (priced.only_cost()?, priced.largest?);
    let price = agreed.price(plan.kind)?;
    let progress = agreed.tiers.progress(agreed.cumulative_seats, cost.full, price).ok()?;
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
