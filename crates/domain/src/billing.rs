//! What it costs: the seats a provider pays for, the discount it gets, and what it bills its clients.
//!
//! Five things are kept apart, and each is data that somebody else stores:
//!
//! - **What happened**: changes of seats by day ([`Levels`]), or a count taken each day ([`Ledger`]).
//! - **What was agreed**: prices of plans ([`PriceTable`]), discounts ([`Tiers`]), a client's price list ([`PriceList`]).
//! - **What was set once** for all of that, and for what an invoice looks like ([`Agreement`], [`PriceBook`], [`Letterhead`]).
//! - **What is owed**: [`charge`] for the provider, [`Draft`] for its client, [`Margin`] between the two.
//! - **What may be done**: [`assign`] and [`reclaim`] on the pool of [`crate::seats`].
//!
//! From the bottom up, `money` and `days` know nothing of billing, `prices` is what was agreed, `ledger` what was counted,
//! `invoices` what follows, and `terms` the documents of whoever bills.
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

mod days;
mod invoices;
mod ledger;
mod money;
mod prices;
mod seats;
mod terms;

pub use days::{Cadence, Change, Cycle, Day, LevelError, Levels, NotADay, Period, proration};
pub use invoices::{
    BadNumbering, Bill, Billed, Charge, ChargeError, ChargeLine, ClientInvoiceRow, CountedBy, DRAFT_COLUMNS,
    Draft, DraftError, DraftLine, Fault, Issued, IssuedPage, Item, Margin, MarginError, NotDollars,
    Numbering, Part, PlanUse, Quantity, Register, Resolution, Standing, Subject, Usage, What, charge,
    client_invoice, draft, draft_rows, is_billable, margin, standing, tax_id_kind,
};
pub use ledger::{
    Counted, DaySum, Difference, Fill, Known, Ledger, LedgerError, Series, Sums, Trend, reconcile, trend,
};
pub use money::{
    Amount, Currency, NotACurrency, NothingToShareBy, Rate, RateError, TooMuch, TypedError, allocate,
};
pub use prices::{
    Charged, Family, NextTier, PlanFacts, Price, PriceError, PriceList, PriceListError, PriceTable, Progress,
    SeatCharge, SeatPriceError, Service, Tier, Tiers, TiersError, cumulative,
};
pub use seats::{AssignRefusal, ClientSeats, Reclaim, Reclaimed, assign, reclaim, reclaimable};
pub use terms::{
    Agreement, ClientTerms, Colour, ColourError, Letterhead, Logo, LogoError, LogoKind, PriceBook,
    TermsError, Text, Volume,
};
