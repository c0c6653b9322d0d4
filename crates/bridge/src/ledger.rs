use serde::{Deserialize, Serialize};

use crate::{
    BooksOf, Day, Direction, OrganizationId, Period, Problem, ProviderId, ProviderOrganizationId, Rows,
    Verdict, Window,
};

/// Who counted the seats of a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LedgerSource {
    /// The server, every day.
    Server,
    /// The portal, on days on which somebody used it.
    Kept,
}

/// Which days are asked for. Days are those of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LedgerRange {
    /// So many days, today the last.
    Days(u32),
    /// From the month of a day to the month of another, both included.
    Months(Day, Day),
}

/// Which clients of the ledger are asked for, over which days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerQuery {
    /// Whose ledger.
    pub of: BooksOf,
    /// Which days.
    pub range: LedgerRange,
    /// Text in the name.
    pub search: String,
    /// Only this plan, by its shown name.
    pub plan: Option<String>,
    /// Only clients with seats nobody takes now.
    pub idle: bool,
    /// Column to sort by.
    pub sort: LedgerSort,
    /// Direction of the sort.
    pub direction: Direction,
}

/// Columns the ledger can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum LedgerSort {
    /// Name.
    #[default]
    Name,
    /// Plan.
    Plan,
    /// Seats assigned now.
    Assigned,
    /// Seats used now.
    Used,
    /// Seats nobody takes now.
    Idle,
    /// Seats nobody took on any day.
    AlwaysIdle,
    /// Change over the days.
    Change,
}

/// Asks for a window of the ledger's clients, with the sums.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetLedger {
    /// Which.
    pub query: LedgerQuery,
    /// Rows wanted.
    pub window: Window,
}

/// A window of the ledger's clients, and the sums.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerView {
    /// The rows.
    pub rows: Rows<LedgerRow>,
    /// Who counts.
    pub source: LedgerSource,
    /// Today, by which days are counted.
    pub today: Day,
    /// The days that were asked for and could have been counted; none before anything was.
    pub period: Option<Period>,
    /// The ledger begins within the days asked for: with the first of `period`.
    pub begins: bool,
    /// The sums of each day of `period`, over all clients or those of the plan asked for.
    pub days: Vec<SeatSum>,
    /// Days of `period` on which a client was not counted.
    pub gap_days: u32,
    /// The sums by plan.
    pub plans: Vec<PlanSeats>,
    /// The sums of the matched clients now.
    pub now: IdleSum,
    /// Why today could not be counted, where the portal counts.
    pub trouble: Option<Problem>,
}

/// The sums of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeatSum {
    /// Seats assigned.
    pub assigned: u64,
    /// Seats used.
    pub used: u64,
    /// Clients that were not counted; if there are any, the sums say too little.
    pub gaps: u32,
}

/// The seats of the clients of one plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanSeats {
    /// Its shown name.
    pub plan: String,
    /// The last day on which all of its clients were counted.
    pub last: SeatSum,
    /// Tenths of a seat more in thirty days, by the trend of all days; none with fewer than two of them.
    pub tenths_in_thirty_days: Option<i64>,
}

/// Sums of seats now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct IdleSum {
    /// Seats assigned, where a server meters.
    pub assigned: u64,
    /// Seats used.
    pub used: u64,
    /// Seats nobody takes.
    pub idle: u64,
}

/// One client of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerRow {
    /// The client's organization.
    pub organization: OrganizationId,
    /// The link to the provider, where there is one.
    pub link: Option<ProviderOrganizationId>,
    /// Its name.
    pub name: String,
    /// Its plan, as shown; empty where there are no plans.
    pub plan: String,
    /// It is no client any more, since this day.
    pub gone: Option<Day>,
    /// Seats assigned now.
    pub assigned: Option<u32>,
    /// Seats used now.
    pub used: Option<u32>,
    /// Seats nobody took on any day that was counted.
    pub always_idle: Option<u32>,
    /// How many more seats there are than on the first day that was counted: assigned ones, or, where no server meters, used ones.
    pub change: Option<i64>,
    /// The days, thinned out to a small picture.
    pub points: Vec<SeatPoint>,
}

impl LedgerRow {
    /// Seats nobody takes now.
    pub fn idle(&self) -> Option<u32> {
        self.assigned.zip(self.used).map(|(assigned, used)| assigned.saturating_sub(used))
    }
}

/// The seats of a client on one day; nothing on a day on which it was no client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SeatPoint {
    /// Seats assigned.
    pub assigned: Option<u32>,
    /// Seats used.
    pub used: Option<u32>,
    /// It was a client, and nobody counted it.
    pub missed: bool,
}

/// Asks for the clients of every row of a query that has idle seats to take back, to select all.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetLedgerClients(pub LedgerQuery);

/// Asks for the days of one client.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetLedgerClient {
    /// Of whose ledger.
    pub of: BooksOf,
    /// Which days.
    pub range: LedgerRange,
    /// Which client.
    pub organization: OrganizationId,
}

/// The days of one client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerClient {
    /// Its row.
    pub row: LedgerRow,
    /// The days; none before anything was counted.
    pub period: Option<Period>,
    /// Its seats on each of them.
    pub days: Vec<SeatPoint>,
    /// Days on which it was a client and nobody counted it.
    pub gap_days: u32,
}

/// Saves the rows of a query as CSV.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportLedger {
    /// Which, and in what order.
    pub query: LedgerQuery,
    /// Only these clients.
    pub only: Option<Vec<OrganizationId>>,
}

/// Asks what taking back idle seats would mean, before it is done.
#[derive(Debug, Serialize, Deserialize)]
pub struct PreviewReclaim {
    /// Of which provider.
    pub provider: ProviderId,
    /// From which clients.
    pub clients: Vec<OrganizationId>,
    /// Free seats that each keeps.
    pub spare: u32,
}

/// What taking back idle seats would mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReclaimPreview {
    /// Clients that would give any.
    pub clients: u32,
    /// Seats taken back in all.
    pub freed: u32,
    /// The pools they come from.
    pub pools: Vec<ReclaimedPool>,
    /// Whether it may be done.
    pub verdict: Verdict,
}

/// What becomes of the pool of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReclaimedPool {
    /// The plan, as shown, with its cadence.
    pub plan: String,
    /// Seats taken back.
    pub freed: u32,
    /// The pool; none if the server tells none for this plan.
    pub pool: Option<PoolChange>,
}

/// A pool before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolChange {
    /// Seats paid for in any case.
    pub minimum: u32,
    /// Seats that need no longer be bought: only those save money.
    pub saved: u32,
    /// Seats that are paid for and assigned to nobody, afterwards.
    pub unassigned: u32,
    /// Price of one seat in cents, where known.
    pub seat_price_cents: Option<u32>,
}

/// Takes idle seats back: each client keeps what its members take, and so many free seats; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReclaimSeats {
    /// Of which provider.
    pub provider: ProviderId,
    /// From which clients.
    pub clients: Vec<OrganizationId>,
    /// Free seats that each keeps.
    pub spare: u32,
}

/// Asks whether the ledger says the same as the server's own sums.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetReconciliation(pub ProviderId);

/// The ledger's last day beside the server's own sums.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// The last day that was counted; none before any was.
    pub day: Option<Day>,
    /// Seats the server says are assigned, over all plans.
    pub assigned: u64,
    /// Plans of which they do not say the same.
    pub differences: Vec<LedgerDifference>,
}

/// A plan of which the ledger and the server do not say the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LedgerDifference {
    /// The plan, as shown, with its cadence.
    pub plan: String,
    /// What the ledger has.
    pub ledger: u64,
    /// Clients that were not counted.
    pub gaps: u32,
    /// What the server says; none if it has no such plan.
    pub server: Option<u64>,
    /// The last day on which the ledger had what the server says now.
    pub agreed: Option<Day>,
}
