use serde::{Deserialize, Serialize};

use crate::{Direction, OrganizationId, Rows, Window, Within};

/// Asks for what stands around the list of every client one looks after.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetPortfolio;

/// Every client one looks after, as a whole: the clients of one's providers, and the organizations in which one is a confirmed
/// Owner or Admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioView {
    /// How many clients there are, once known.
    pub clients: Option<u32>,
    /// How many of them one looks after as Owner or Admin.
    pub own: u32,
    /// Whether one of one's providers has clients as well, so that the list says on whose behalf each is looked after.
    pub mixed: bool,
    /// Whether the server lets people make organizations.
    pub creates: bool,
    /// Whether one of those that one looks after as Owner or Admin keeps events.
    pub keeps_events: bool,
    /// Whether for one of those no provider handles billing, so that one may bill it oneself.
    pub bills: bool,
}

/// Asks for a window of every client one looks after.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetPortfolioClients {
    /// Which.
    pub query: PortfolioQuery,
    /// Rows wanted.
    pub window: Window,
}

/// Which clients are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortfolioQuery {
    /// Text in the name, or in that of the provider.
    pub search: String,
    /// Only those that need something.
    pub needs: Option<PortfolioNeed>,
    /// Column to sort by.
    pub sort: PortfolioSort,
    /// Direction of the sort.
    pub direction: Direction,
}

/// Columns of the portfolio that can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum PortfolioSort {
    /// Name.
    #[default]
    Name,
    /// On whose behalf.
    Via,
    /// Members that use a seat.
    Members,
    /// Confirmed Owners.
    Owners,
    /// Members that wait to be confirmed.
    Waiting,
}

/// What a client of the portfolio may need, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PortfolioNeed {
    /// It is switched off.
    Enabling,
    /// Its members could not be read.
    Reading,
    /// All seats are taken.
    Seats,
    /// Members wait to be confirmed.
    Confirming,
    /// Only one Owner is confirmed: one forgotten password away from nobody.
    SecondOwner,
}

/// A window of the portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortfolioClients {
    /// The rows.
    pub rows: Rows<PortfolioRow>,
    /// How far the members of those that one looks after as Owner or Admin are read.
    pub reading: Reading,
}

/// How far the members of the clients that one looks after as Owner or Admin are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Clients whose members are read.
    pub read: u32,
    /// Those clients.
    pub to_read: u32,
    /// Those whose members could not be read.
    pub failed: u32,
    /// Milliseconds until all are read, where the server's limits make that long.
    pub left_ms: Option<u32>,
}

/// One client of the portfolio.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PortfolioRow {
    /// Which client, and on whose behalf.
    pub within: Within,
    /// Its name.
    pub name: String,
    /// On whose behalf it is looked after.
    pub via: Via,
    /// Seats assigned to it; `None` where the server does not meter.
    pub seats: Option<u32>,
    /// Members that use a seat (invited, accepted and confirmed ones), once known.
    pub members: Option<u32>,
    /// Confirmed Owners, once known. Of a provider's clients they are not read.
    pub owners: Option<u32>,
    /// Members that wait to be confirmed, once known.
    pub waiting: Option<u32>,
    /// What it needs most.
    pub need: Option<PortfolioNeed>,
}

/// On whose behalf a client is looked after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Via {
    /// As its Owner.
    Owner,
    /// As one of its Admins.
    Admin,
    /// As staff of the provider of this name.
    Provider(String),
}

/// Asks again for what failed when the members of the portfolio's clients were read.
#[derive(Debug, Serialize, Deserialize)]
pub struct RetryPortfolio;

/// Makes an organization, whose Owner one is from then on.
#[derive(Debug, Serialize, Deserialize)]
pub struct CreateOrganization {
    /// Name, up to 50 characters.
    pub name: String,
    /// Address for bills.
    pub billing_email: String,
    /// Chosen by the tab when the form opens. The same number again never makes a second organization.
    pub attempt: u32,
}

/// The organization that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationMade {
    /// Its id.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
}
