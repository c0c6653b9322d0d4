//! What a provider owes for its seats in a window of billing, line by line.

use portal_wire::PlanType;

use crate::billing::{
    Amount, Currency, Cycle, Levels, Period, PriceError, PriceTable, Rate, Tiers, TooMuch, proration::owed,
};

/// Who seats are billed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The pool all clients of the plan draw from.
    Pool,
    /// One client, by the caller's number for it; the provider's own organization is one too.
    Client(u32),
}

/// Something a provider pays for. Who changes a client's plan in mid-cycle ends one of these and begins another, on one day.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Who it is billed for.
    pub subject: Subject,
    /// The plan.
    pub plan: PlanType,
    /// Seats paid for whether assigned or not, in each whole period; 0 for a client.
    pub minimum: u32,
    /// The seats assigned.
    pub levels: &'a Levels,
    /// Its periods; whoever reads the plan's cadence finds it in [`crate::billing::PlanFacts`].
    pub cycle: Cycle,
}

/// Which seats a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// Those paid for whether assigned or not.
    Minimum,
    /// Those beyond it.
    Overage,
    /// Those of a client.
    Seats,
}

/// One line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChargeLine {
    /// Who it is billed for.
    pub subject: Subject,
    /// The plan.
    pub plan: PlanType,
    /// Which seats.
    pub part: Part,
    /// The period they are paid for.
    pub period: Period,
    /// Days with a seat that are charged, or given back if negative.
    pub seat_days: i64,
    /// A seat for the whole period.
    pub price: Amount,
    /// `price × seat_days ÷ days of the period`, rounded.
    pub amount: Amount,
}

/// What is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What all amounts are in.
    pub currency: Currency,
    /// The lines that are not nothing, in the order of the items, by period.
    pub lines: Vec<ChargeLine>,
    /// All lines together.
    pub subtotal: Amount,
    /// The discount.
    pub discount: Rate,
    /// What it takes off the subtotal, rounded once.
    pub taken_off: Amount,
    /// What is left to pay, before taxes.
    pub total: Amount,
}

/// Why nothing can be charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChargeError {
    /// A plan has no price.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// It is more than can be worked with.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
}

/// What is owed for all items in the window, with the discount of so many cumulative seats (see [`crate::billing::cumulative`]; those
/// assigned when the window closes). The discount is the same for what is given back, whenever that was bought.
pub fn charge(
    items: &[Item<'_>],
    window: Period,
    prices: &PriceTable,
    tiers: &Tiers,
    cumulative_seats: u32,
) -> Result<Charge, ChargeError> {
    let mut lines = Vec::new();
    for item in items {
        lines_of(item, window, prices.price(item.plan)?.provider_seat, &mut lines)?;
    }
    let subtotal = Amount::sum(lines.iter().map(|line| line.amount))?;
    let discount = tiers.discount(cumulative_seats);
    let taken_off = discount.of(subtotal)?;
    let total = subtotal.minus(taken_off)?;
    Ok(Charge { currency: prices.currency(), lines, subtotal, discount, taken_off, total })
}

fn lines_of(
    item: &Item<'_>,
    window: Period,
    price: Amount,
    lines: &mut Vec<ChargeLine>,
) -> Result<(), TooMuch> {
    let beyond = item.levels.beyond(item.minimum);
    let part = if item.subject == Subject::Pool { Part::Overage } else { Part::Seats };
    for period in item.cycle.over(window) {
        let mut line = |part, seat_days, amount| {
            if seat_days != 0 {
                let Item { subject, plan, .. } = *item;
                lines.push(ChargeLine { subject, plan, part, period, seat_days, price, amount });
            }
        };
        if window.contains(period.first()) {
            let seat_days = i64::from(item.minimum) * i64::from(period.days().get());
            line(Part::Minimum, seat_days, price.times(item.minimum.into())?);
        }
        let owed = owed(price, &beyond, period, window)?;
        line(part, owed.seat_days, owed.amount);
    }
    Ok(())
}
