//! Drafts of invoices to clients. A draft has no number: only what is issued has one, or discarded drafts would leave gaps.

mod services;
mod table;

use portal_wire::PlanType;
use serde::{Deserialize, Serialize};

use crate::billing::{
    Amount, Currency, Cycle, Day, Levels, Period, PriceList, PriceTable, Rate, SeatPriceError, TooMuch,
    proration::owed,
};

pub use table::{COLUMNS as DRAFT_COLUMNS, draft_rows};

/// The seats of a client under one plan. A client whose plan was changed has two.
#[derive(Clone, Copy, Debug)]
pub struct PlanUse<'a> {
    /// The plan.
    pub plan: PlanType,
    /// The seats that are billed.
    pub levels: &'a Levels,
    /// In which periods.
    pub cycle: Cycle,
}

/// What a client had.
#[derive(Clone, Copy, Debug)]
pub struct Billed<'a> {
    /// Its seats.
    pub uses: &'a [PlanUse<'a>],
    /// The day it was linked.
    pub from: Day,
    /// The day it was unlinked, if it was.
    pub end: Option<Day>,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The days it is for.
    pub window: Period,
    /// What all amounts are in, in its smallest units.
    pub currency: Currency,
    /// The lines that are not nothing: seats first, services as in the price list.
    pub lines: Vec<DraftLine>,
    /// All lines together.
    pub net: Amount,
    /// The tax, in millionths.
    pub tax_rate: Rate,
    /// The tax on the net sum, rounded once.
    pub tax: Amount,
    /// What the client pays.
    pub gross: Amount,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DraftLine {
    /// What for.
    pub what: What,
    /// The period the price is for.
    pub period: Period,
    /// How much of it.
    pub quantity: Quantity,
    /// What one costs for the whole period.
    pub price: Amount,
    /// What this costs, rounded.
    pub amount: Amount,
}

/// What a line is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum What {
    /// Seats of a plan.
    Seats(PlanType),
    /// A service, by its name.
    Service(String),
}

/// How much of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Quantity {
    /// Days with a seat, of a period of so many days. Negative if given back.
    SeatDays {
        /// Days with a seat.
        seat_days: i64,
        /// Days of the period.
        of: u32,
    },
    /// Days, of a period of so many.
    Days {
        /// Days charged.
        days: u32,
        /// Days of the period.
        of: u32,
    },
    /// One.
    One,
}

/// Why there is no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// A seat has no price.
    #[error(transparent)]
    Price(#[from] SeatPriceError),
    /// It is more than can be worked with.
    #[error(transparent)]
    TooMuch(#[from] TooMuch),
}

/// What a client owes for the window by its price list. `own` is what mark-ups are on.
pub fn draft(
    client: &Billed<'_>,
    window: Period,
    list: &PriceList,
    own: &PriceTable,
) -> Result<Draft, DraftError> {
    let mut lines = Vec::new();
    for PlanUse { plan, levels, cycle } in client.uses {
        for period in cycle.over(window) {
            // Who had no seat of a plan needs no price for it.
            let seat_days = owed(Amount::ZERO, levels, period, window)?.seat_days;
            if seat_days == 0 {
                continue;
            }
            let price = list.seat_price(*plan, own)?;
            let amount = owed(price, levels, period, window)?.amount;
            let quantity = Quantity::SeatDays { seat_days, of: period.days().get() };
            lines.push(DraftLine { what: What::Seats(*plan), period, quantity, price, amount });
        }
    }
    for service in list.services() {
        services::lines(service, client, window, &mut lines)?;
    }
    let net = Amount::sum(lines.iter().map(|line| line.amount))?;
    let tax = list.tax().of(net)?;
    let gross = net.plus(tax)?;
    Ok(Draft { window, currency: list.currency(), lines, net, tax_rate: list.tax(), tax, gross })
}
