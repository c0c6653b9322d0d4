//! What a provider pays for, and to whom it has to.

use serde::{Deserialize, Serialize};

use crate::{Amount, Cadence, Currency, Day, Money, OrganizationId, Period, ProviderId, Rate};

/// Asks what a provider pays for.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetSubscription(pub ProviderId);

/// What a provider pays for, as far as the server tells it to somebody of one's role. All amounts are in one currency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubscriptionView {
    /// Whose it is.
    pub provider: ProviderId,
    /// The payment service's word: `active`, `past_due`, `unpaid` and others, also such as nobody knows here.
    pub status: String,
    /// The day after the last of the period under way.
    pub period_end: Option<Day>,
    /// It ends on this day.
    pub cancels: Option<Day>,
    /// Its invoices are sent, and not charged to something.
    pub by_invoice: bool,
    /// What the amounts are in.
    pub currency: Currency,
    /// The pools of seats, one for each plan.
    pub pools: Vec<SeatPool>,
    /// All pools together; it has no plan.
    pub total: SeatPool,
    /// The clients that are billed by themselves; empty where nothing is told of them.
    pub alone: Vec<AloneClient>,
    /// Clients with more members than seats.
    pub over: Option<u32>,
    /// What the seats of now cost for each length of period.
    pub costs: Vec<SeatCost>,
    /// What is taken off everything.
    pub discount: Option<Rate>,
    /// The part for those who see bills.
    pub bills: Option<Box<BillsView>>,
    /// Something is overdue.
    pub overdue: Option<Overdue>,
}

/// The seats of one plan.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SeatPool {
    /// The plan's name, such as `Enterprise (Monthly)`.
    pub plan: String,
    /// Seats paid for whether used or not.
    pub minimum: u32,
    /// Seats paid for beyond the minimum.
    pub purchased: u32,
    /// Seats clients were given.
    pub assigned: u32,
    /// Seats that are paid for and no client was given.
    pub unassigned: u32,
    /// Of the seats clients were given, those that members take; none while the clients are not known.
    pub used: Option<u32>,
    /// Of the seats clients were given, those nobody takes.
    pub idle: Option<u32>,
    /// What the pool costs for a period, before discount; none where the server told nothing that can be read.
    pub cost: Option<Amount>,
    /// How often that is paid; none in a total of several.
    pub cadence: Option<Cadence>,
}

/// A client that is billed by itself, and not out of the pool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AloneClient {
    /// The client.
    pub organization: OrganizationId,
    /// Its name; empty where it is not known.
    pub name: String,
    /// Its plan.
    pub plan: String,
    /// Its seats, each of which is bought.
    pub seats: u32,
    /// Those that members take.
    pub used: Option<u32>,
    /// What they cost for a period, before discount.
    pub cost: Option<Amount>,
    /// How often that is paid.
    pub cadence: Option<Cadence>,
}

/// What seats cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SeatCost {
    /// For how long.
    pub cadence: Cadence,
    /// Before discount.
    pub full: Amount,
    /// After it.
    pub reduced: Amount,
}

/// What only those see who see bills.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BillsView {
    /// What is charged next.
    pub next: Option<NextCharge>,
    /// What the provider has to its credit; none where that cannot be read.
    pub credit: Option<Amount>,
    /// How far it is to more discount; none where the server has no table of discounts.
    pub tiers: Option<TierOutlook>,
    /// What is wrong with the tax id, in the payment service's word.
    pub tax_id: Option<String>,
}

/// What is charged next if nothing changes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextCharge {
    /// When.
    pub on: Day,
    /// What for, and its lines; without them it is only what the seats of now cost.
    pub charge: Option<ChargeView>,
    /// All of it.
    pub total: Amount,
    /// How much of it the credit pays.
    pub credit_used: Amount,
    /// What is left to pay.
    pub to_pay: Amount,
}

/// Lines and what stands below them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChargeView {
    /// The days it is for.
    pub period: Period,
    /// The lines.
    pub lines: Vec<ChargeLine>,
    /// All lines together.
    pub subtotal: Amount,
    /// The discount.
    pub discount: Rate,
    /// What it takes off.
    pub taken_off: Amount,
    /// What is left.
    pub total: Amount,
}

/// One line of a charge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChargeLine {
    /// The plan's name.
    pub plan: String,
    /// The client that is billed by itself, and its name where it is known; none for a pool.
    pub client: Option<(OrganizationId, String)>,
    /// The server's word: `minimum`, `overage` or `seats`.
    pub part: String,
    /// What it is paid for.
    pub period: Period,
    /// Days with a seat, negative where they are given back.
    pub seat_days: i64,
    /// A seat for the period.
    pub price: Amount,
    /// What they cost.
    pub amount: Amount,
}

/// How far it is to more discount.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TierOutlook {
    /// Seats that count.
    pub seats: u32,
    /// The next tier; none where the last is reached.
    pub next: Option<TierAhead>,
}

/// The next tier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TierAhead {
    /// Where it begins.
    pub from_seats: u32,
    /// Seats that are missing.
    pub missing: u32,
    /// What it takes off everything.
    pub discount: Rate,
    /// What it would mean; none where pools are paid for in periods of different length.
    pub worth: Option<TierWorth>,
}

/// What the next tier would mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TierWorth {
    /// For how long the amounts are.
    pub cadence: Cadence,
    /// What the seats of now cost.
    pub now: Amount,
    /// What they would cost in the next tier.
    pub then: Amount,
    /// What the missing seats would cost there, in this plan.
    pub missing_cost: Amount,
    /// The plan they are counted in: the largest pool's.
    pub plan: String,
}

/// What is overdue, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    /// The day on which the provider is suspended, or was; none where the server does not say.
    pub suspended_on: Option<Day>,
    /// The day after the last of the oldest period that was not paid.
    pub unpaid_until: Option<Day>,
}

/// Asks for what a provider was billed, newest first.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetProviderInvoices(pub ProviderId);

/// A bill of a provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProviderInvoice {
    /// The server's id.
    pub id: String,
    /// Its number; its id where it has none.
    pub number: String,
    /// The day it was made.
    pub date: Day,
    /// What it comes to; negative where something is given back.
    pub total: Option<Money>,
    /// The payment service's word: `open`, `paid`, `uncollectible` and others.
    pub status: String,
    /// The day by which it is to be paid.
    pub due: Option<Day>,
    /// That day is over and it is still open.
    pub overdue: bool,
    /// Where it can be seen and paid, on the web.
    pub link: Option<String>,
}

/// Asks for the clients in an invoice, as the server's own table: to be saved without another byte.
#[derive(Debug, Serialize, Deserialize)]
pub struct DownloadInvoice {
    /// Whose.
    pub provider: ProviderId,
    /// Which.
    pub invoice: String,
    /// Its number, by which the file is called.
    pub number: String,
}

/// Asks for the lines of an invoice. Only the embedded server tells them; others do not find it.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetInvoiceLines {
    /// Whose.
    pub provider: ProviderId,
    /// Which.
    pub invoice: String,
}

/// An invoice with its lines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InvoiceLines {
    /// The server's id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What its amounts are in.
    pub currency: Currency,
    /// The day on which it was paid.
    pub paid: Option<Day>,
    /// How much of it the provider's credit paid.
    pub credit_used: Amount,
    /// The lines and what stands below them.
    pub charge: ChargeView,
}

/// Asks where a provider is billed.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetBillingAddress(pub ProviderId);

/// Where a provider is billed; what is not given is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillingAddress {
    /// Two letters of the country.
    pub country: String,
    /// Post code.
    pub postal_code: String,
    /// First line.
    pub line1: String,
    /// Second line.
    pub line2: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// The number by which the tax office knows the provider.
    pub tax_id: String,
    /// Its kind, such as `eu_vat`. Where it is empty, the country says it.
    pub tax_id_kind: String,
}

/// Changes where a provider is billed.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveBillingAddress {
    /// Whose.
    pub provider: ProviderId,
    /// Where.
    pub address: BillingAddress,
}
