use std::num::NonZeroU32;

use portal_wire::PlanType;

use crate::billing::{Amount, Cadence, PlanFacts, PriceTable, TooMuch};

/// Seats that count towards a discount, and what they cost in a month before any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// All of them.
    pub seats: u32,
    /// Those whose plan has no price here, which are in no amount.
    pub unpriced: u32,
    /// What the others cost in a month, and those that are paid for though no client has them; a year's price is spread over its months.
    pub full: Amount,
    /// What one more costs in a month, of the plan that most seats have; `None` where no plan has a price.
    pub more: Option<(PlanType, Amount)>,
}

const MONTHS: NonZeroU32 = match NonZeroU32::new(12) {
    Some(months) => months,
    None => NonZeroU32::MIN,
};

impl Volume {
    /// Of seats by plan, and of those that a minimum or a purchase pays for beside them. Plans that count towards no discount are left
    /// out.
    pub fn of(
        seats: impl IntoIterator<Item = (PlanType, u32)>,
        unassigned: &[(PlanType, u32)],
        prices: Option<&PriceTable>,
    ) -> Result<Self, TooMuch> {
        // By plan, those that count and those that do not.
        let mut by_plan: Vec<(PlanType, u32, u32)> = Vec::new();
        let counted = seats.into_iter().map(|(plan, seats)| (plan, seats, 0));
        for (plan, seats, beside) in counted.chain(unassigned.iter().map(|(plan, seats)| (*plan, 0, *seats)))
        {
            let Some(facts) = PlanFacts::of(plan) else { continue };
            match by_plan.iter_mut().find(|(known, _, _)| *known == facts.current) {
                Some((_, counted, others)) => {
                    *counted = counted.saturating_add(seats);
                    *others = others.saturating_add(beside);
                }
                None => by_plan.push((facts.current, seats, beside)),
            }
        }
        let mut volume = Self::default();
        let mut most = None;
        for (plan, seats, beside) in by_plan {
            volume.seats = volume.seats.saturating_add(seats);
            match prices.and_then(|prices| prices.price(plan).ok()) {
                Some(price) => {
                    let cost = price.provider_seat.times(i64::from(seats) + i64::from(beside))?;
                    volume.full = volume.full.plus(monthly(plan, cost)?)?;
                    if most.is_none_or(|(_, before, _)| before < seats) {
                        most = Some((plan, seats, price.provider_seat));
                    }
                }
                None => volume.unpriced = volume.unpriced.saturating_add(seats),
            }
        }
        let first = || {
            let prices = prices?;
            let plan = prices.plans().next()?;
            Some((plan, 0, prices.price(plan).ok()?.provider_seat))
        };
        volume.more = match most.or_else(first) {
            Some((plan, _, price)) => Some((plan, monthly(plan, price)?)),
            None => None,
        };
        Ok(volume)
    }
}

fn monthly(plan: PlanType, amount: Amount) -> Result<Amount, TooMuch> {
    match PlanFacts::of(plan).map(|facts| facts.cadence) {
        Some(Cadence::Annual) => amount.share(1, MONTHS),
        _ => Ok(amount),
    }
}
