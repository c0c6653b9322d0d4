use serde::{Deserialize, Serialize};

use crate::{
    Amount, BooksOf, Currency, Day, Direction, Fill, Letterhead, Money, OrganizationId, Period, Quantity,
    Rate, Rows, Seen, Window,
};

/// Which clients are billed, for which days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftsQuery {
    /// Whose clients.
    pub run: DraftRun,
    /// Words of names and numbers.
    pub search: String,
    /// Only those.
    pub show: Option<DraftShow>,
    /// Order.
    pub sort: DraftSort,
    /// Direction of the order.
    pub direction: Direction,
}

/// A run of drafts: for whom, for which days, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DraftRun {
    /// Whose clients are billed.
    pub of: BooksOf,
    /// Whole months of the calendar, at most twelve.
    pub period: Period,
    /// What a day nobody counted is billed as.
    pub fill: Fill,
}

/// Which drafts are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftShow {
    /// Those that can be issued.
    Open,
    /// Those that were.
    Issued,
    /// Those that cannot be drafted.
    Cannot,
    /// Those of clients that were not counted on every day.
    Gaps,
}

/// What drafts are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum DraftSort {
    /// Name of the client.
    #[default]
    Name,
    /// Seats at the end.
    Seats,
    /// Sum before tax.
    Net,
    /// What the client pays.
    Gross,
    /// What is left for the provider.
    Margin,
    /// How far it is.
    State,
}

/// Asks for a window of drafts. The first time they are worked out, which the state of the list tells; they are kept until the
/// ledger, prices or what was issued change.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetDrafts {
    /// Which.
    pub query: DraftsQuery,
    /// Which rows.
    pub window: Window,
}

/// Asks for the clients of all drafts that a query finds, in its order.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetDraftIds(pub DraftsQuery);

/// Drafts with what stands around them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftsView {
    /// The rows.
    pub rows: Rows<DraftRow>,
    /// Drafts worked out and to be worked out, while that goes on.
    pub progress: Option<(u32, u32)>,
    /// Nothing about the run before it was worked out once.
    pub run: Option<Box<DraftsSummary>>,
}

/// A run as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftsSummary {
    /// How the run stood when it was worked out; what is issued has to be this.
    pub seen: Seen,
    /// Whether the last day is over, before which nothing is issued.
    pub over: bool,
    /// Whether there is any price list.
    pub priced: bool,
    /// Whether the letterhead has a name.
    pub headed: bool,
    /// Drafts that can be issued.
    pub open: u32,
    /// Clients with an invoice.
    pub issued: u32,
    /// Clients that cannot be drafted.
    pub cannot: u32,
    /// Clients that were not counted on every day.
    pub with_gaps: u32,
    /// The days of all of them.
    pub gap_days: u32,
    /// Sums of drafts and invoices, for each currency.
    pub totals: Vec<DraftTotal>,
    /// What is left of them.
    pub margin: DraftsMargin,
    /// The number that is given next.
    pub next: String,
    /// What is wrong with the numbers that were given.
    pub faults: Vec<NumberFault>,
}

/// Sums in a currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftTotal {
    /// The currency.
    pub currency: Currency,
    /// Before tax.
    pub net: Amount,
    /// The taxes.
    pub tax: Amount,
    /// What clients pay.
    pub gross: Amount,
}

/// What is left of what clients pay, before taxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftsMargin {
    /// It is known.
    Known {
        /// What clients pay.
        revenue: Money,
        /// What the provider pays.
        cost: Money,
        /// The difference.
        left: Money,
        /// Of 100, in hundredths of a percent, if anything is earned.
        basis_points: Option<i64>,
        /// Where the cost is from.
        against: MarginAgainst,
    },
    /// Nobody tells what the provider pays.
    NotTold,
    /// It pays in another currency, or clients do in several.
    Currencies,
}

/// What a margin is against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MarginAgainst {
    /// The provider's own invoices for these days, and perhaps the month under way.
    Invoices {
        /// How many.
        count: u32,
        /// The days they are for.
        period: Period,
        /// Whether the month under way is among them.
        under_way: bool,
    },
    /// What seats cost by the agreement that was entered.
    Agreement,
}

/// A fault in the sequence of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NumberFault {
    /// From the first to the last are missing.
    Missing(u64, u64),
    /// Given more than once.
    Twice(u64),
    /// Lower than the first there may be.
    TooLow(u64),
}

/// One client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftRow {
    /// Which.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Seats at the end of the period.
    pub seats: u32,
    /// Days on which nobody counted.
    pub gaps: u32,
    /// Whether its seats are counted by its members.
    pub by_members: bool,
    /// What it pays; nothing where that cannot be said.
    pub sums: Option<DraftTotal>,
    /// What is left for the provider, in the same currency.
    pub left: Option<Amount>,
    /// How far it is.
    pub state: DraftState,
}

/// How far a client's invoice is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftState {
    /// It can be issued.
    Open,
    /// There is nothing to bill.
    Nothing,
    /// It was issued under this number.
    Issued(String),
    /// The client gets no invoices.
    LeftOut,
    /// It cannot be drafted.
    Cannot(DraftObstacle),
}

/// Why there is no draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum DraftObstacle {
    /// No price list says what it pays.
    NoList,
    /// A plan of this name has no price in it.
    NoPrice(String),
    /// Its list marks up prices of another currency.
    OtherCurrency(Currency, Currency),
    /// Nobody counted its seats on any day.
    NotCounted,
    /// Amounts are beyond what can be worked with.
    TooMuch,
}

/// Asks for the invoices of clients as they stand on paper: what was issued, or the draft.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetInvoices {
    /// The run.
    pub run: DraftRun,
    /// Whose. At most [`GetInvoices::MOST`] are answered, by the clients' names; who has none is left out.
    pub only: Vec<OrganizationId>,
}

impl GetInvoices {
    /// Most invoices at once.
    pub const MOST: usize = 300;
}

/// Asks for one client's invoice with what there was before.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetInvoice {
    /// The run.
    pub run: DraftRun,
    /// Whose.
    pub organization: OrganizationId,
    /// Not the one that counts now, but the one with this number.
    pub number: Option<String>,
}

/// One client's invoice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InvoiceView {
    /// Its row.
    pub row: Box<DraftRow>,
    /// The paper; none where it cannot be drafted.
    pub paper: Option<Box<InvoicePaper>>,
    /// Every invoice and credit note of the client for these days, in order.
    pub issued: Vec<IssuedBrief>,
    /// Whether the draft can be issued now.
    pub over: bool,
    /// How the run stood.
    pub seen: Seen,
    /// The number that is given next.
    pub next: String,
}

/// An invoice that was issued, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssuedBrief {
    /// Its number.
    pub number: String,
    /// When it was issued.
    pub issued: Day,
    /// The number of the invoice it cancels.
    pub credits: Option<String>,
    /// The number of the credit note that cancels it.
    pub cancelled: Option<String>,
    /// What it comes to.
    pub gross: Money,
}

/// An invoice as it stands on paper.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InvoicePaper {
    /// Whose.
    pub organization: OrganizationId,
    /// Who bills.
    pub letterhead: Letterhead,
    /// Its number; none on a draft.
    pub number: Option<String>,
    /// When it was issued.
    pub issued: Option<Day>,
    /// Until when it is to be paid.
    pub due: Option<Day>,
    /// The number of the invoice it cancels; it is a credit note then.
    pub credits: Option<String>,
    /// The number of the credit note that cancels it.
    pub cancelled: Option<String>,
    /// What the client is called.
    pub client: String,
    /// To whom it is addressed, in lines; empty is the client's name.
    pub bill_to: String,
    /// What the client wants to read on it.
    pub reference: String,
    /// The days it is for.
    pub period: Period,
    /// The lines.
    pub lines: Vec<PaperLine>,
    /// The sums.
    pub sums: DraftTotal,
    /// The rate of the tax.
    pub tax_rate: Rate,
}

/// A line of an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperLine {
    /// The plan or the service.
    pub what: String,
    /// Whether it is for seats.
    pub seats: bool,
    /// The period the price is for.
    pub period: Period,
    /// How much.
    pub quantity: Quantity,
    /// What one costs for the whole period.
    pub price: Amount,
    /// What this costs.
    pub amount: Amount,
}

/// Issues the drafts of a run: each gets the next number and stays as it is. Whoever has an invoice for a part of the period gets none.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueInvoices {
    /// The run.
    pub run: DraftRun,
    /// How it stood when it was looked at: what is issued is what was seen.
    pub seen: Seen,
    /// Whose; everybody's without.
    pub only: Option<Vec<OrganizationId>>,
}

/// Cancels an invoice by a credit note, and answers its number.
#[derive(Debug, Serialize, Deserialize)]
pub struct CancelInvoice {
    /// The run in which it stands.
    pub run: DraftRun,
    /// Whose.
    pub organization: OrganizationId,
    /// Its number.
    pub number: String,
}

/// Saves drafts and invoices with their lines.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportInvoices {
    /// Which.
    pub query: DraftsQuery,
    /// Of these only those; all without.
    pub only: Option<Vec<OrganizationId>>,
    /// As what.
    pub format: InvoiceFormat,
}

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvoiceFormat {
    /// A table with a row for each line.
    Csv,
    /// A document for programs.
    Json,
}
