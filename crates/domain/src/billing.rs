//! What it costs: the seats a provider pays for, the discount it gets, and what it bills its clients.
//!
//! Four things are kept apart, and each is data that somebody else stores:
//!
//! - **What happened**: changes of seats by day ([`Levels`]), or a count taken each day ([`Ledger`]).
//! - **What was agreed**: prices of plans ([`PriceTable`]), discounts ([`Tiers`]), a client's price list ([`PriceList`]).
//! - **What is owed**: [`charge`] for the provider, [`Draft`] for its client, [`Margin`] between the two.
//! - **What may be done**: [`assign`] and [`reclaim`] on the pool of [`crate::seats`].
//!
//! # Rules that hold everywhere here
//!
//! - Money is a whole number of the currency's smallest unit ([`Amount`]); there is no floating point. A list, a table and an
//!   invoice have one [`Currency`]; nothing is converted, and two that differ are refused.
//! - Rounding is half away from zero, **once for each line**: what a calculator and a tax office do, and an invoice and its
//!   credit note cancel each other. Sums are sums of rounded lines, so that a printed column adds up.
//! - Days are days of the calendar ([`Day`]): one of 23 or 25 hours is one day. A day belongs to whoever holds the seats when
//!   it ends: the day a client is linked is charged, the day it is unlinked is not.
//! - Periods are half open and counted from their anchor ([`Cycle`]): one begun on 31 January begins anew on 28 February and
//!   on 31 March. What is owed for a part of a period is `price × days with a seat ÷ days of the period`.
//! - A period is owed when it begins, at the seats of that day; each change after that is owed, or given back, in the window of
//!   billing in which it happened, for the days that are left ([`proration`]). Over all windows this adds up to exactly
//!   the whole, to the cent, so no cadence is favoured.
//! - The order in which changes are told does not matter: they are added up by day before anything is worked out.
//! - Limits: an amount is at most 10¹⁵ smallest units either way, a price less than 10⁹ whole units, seats at most
//!   [`crate::limits::MOST_SEATS`]. Within them nothing overflows; what would go beyond is a typed error.
//!
//! # What was chosen where the brief and the contract leave it open
//!
//! - The discount of a tier is on **all** seats, not on those beyond its threshold: the contract's subscription has one
//!   `discountPercentage` for everything (§3.6.1). See [`Tiers`].
//! - The threshold of 500 is the brief's; no rate is published. The table that ships has 500 at 0 %, until an agreed rate is entered.
//! - Yearly seats that are given back in the middle of a year are credited for the days left, as those added are charged.

mod allocation;
mod amount;
mod calendar;
mod charging;
mod client_invoice;
mod currency;
mod cycle;
mod drafts;
mod ledger;
mod levels;
mod margin;
mod numbering;
mod plans;
mod price_list;
pub mod proration;
mod rate;
mod seats;
mod standing;
mod tiers;
mod typed;

pub use allocation::{NothingToShareBy, allocate};
pub use amount::{Amount, TooMuch};
pub use calendar::{Day, NotADay, Period};
pub use charging::{Charge, ChargeError, ChargeLine, Item, Part, Subject, charge};
pub use client_invoice::{ClientInvoiceRow, NotDollars, client_invoice};
pub use currency::{Currency, NotACurrency};
pub use cycle::Cycle;
pub use drafts::{
    Billed, DRAFT_COLUMNS, Draft, DraftError, DraftLine, PlanUse, Quantity, What, draft, draft_rows,
};
pub use ledger::{
    Counted, DaySum, Difference, Fill, Known, Ledger, LedgerError, Series, Sums, Trend, reconcile, trend,
};
pub use levels::{Change, LevelError, Levels};
pub use margin::{Margin, MarginError, margin};
pub use numbering::{BadNumbering, Fault, Numbering};
pub use plans::{Cadence, Family, PlanFacts, Price, PriceError, PriceTable};
pub use price_list::{Charged, PriceList, PriceListError, SeatCharge, SeatPriceError, Service};
pub use rate::{Rate, RateError};
pub use seats::{AssignRefusal, ClientSeats, Reclaim, Reclaimed, assign, reclaim, reclaimable};
pub use standing::{Standing, standing};
pub use tiers::{NextTier, Progress, Tier, Tiers, TiersError, cumulative};
pub use typed::TypedError;
