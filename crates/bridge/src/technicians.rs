use serde::{Deserialize, Serialize};

use crate::{
    MemberRole, MemberStatus, Moment, OrganizationId, Reading, Rows, SeatNeed, SeatRisk, SeatRole,
    SeatTaking, Window,
};

/// Most technicians a matrix shows at once.
pub const TECHNICIANS_SHOWN: usize = 12;

/// Asks who of ours sits in the clients one looks after as Owner or Admin.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetTechnicians {
    /// Domains at which whoever has an address is one of ours; none for that of one's own address.
    pub domains: Vec<String>,
}

/// Who of ours sits in the clients one looks after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechniciansView {
    /// The domains of ours, in lower case, each once. None where one's own address is at a domain for everybody.
    pub domains: Vec<String>,
    /// The technicians, those with the most seats first.
    pub rows: Vec<TechnicianRow>,
}

/// One of ours, with what is known of their seats so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechnicianRow {
    /// The address, in lower case; what tells one from every other.
    pub email: String,
    /// The name, where a client's members tell it.
    pub name: Option<String>,
    /// Whether it is oneself.
    pub you: bool,
    /// Clients of which they are a confirmed Owner.
    pub owner: u32,
    /// Clients of which they are a confirmed Admin.
    pub admin: u32,
    /// Clients in which they are confirmed with less.
    pub other: u32,
    /// Clients to which they are invited, or where they wait to be confirmed.
    pub waiting: u32,
    /// Clients whose members are read in which they are no confirmed Owner or Admin.
    pub missing: u32,
}

/// Asks for a window of the clients one looks after as Owner or Admin, with the seats of technicians in each.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetSeatMatrix {
    /// Which.
    pub query: SeatQuery,
    /// Rows wanted.
    pub window: Window,
}

/// Which clients are asked for, and whose seats in them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatQuery {
    /// As in [`GetTechnicians`].
    pub domains: Vec<String>,
    /// Text in the name.
    pub search: String,
    /// Only those in this danger.
    pub only: Option<SeatRisk>,
    /// Only those in which the technician of this address has no confirmed seat as Owner or Admin.
    pub missing: Option<String>,
    /// Addresses of the technicians to show, at most [`TECHNICIANS_SHOWN`]; none for those with the most seats.
    pub technicians: Vec<String>,
    /// Until when seats were given. No server keeps that, so whoever asks does.
    pub ends: Vec<SeatEnd>,
}

/// Asks for every client of a query, in order.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetSeatClients(pub SeatQuery);

/// Somebody's seat in a client one looks after as Owner or Admin, whether it is there or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatOf {
    /// The client.
    pub organization: OrganizationId,
    /// The person's address.
    pub email: String,
}

/// Until when a seat was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatEnd {
    /// Whose seat.
    pub seat: SeatOf,
    /// Its last moment.
    pub until: Moment,
}

/// A seat that is still there after its last moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverdueSeat {
    /// Whose, and when it was to end.
    pub end: SeatEnd,
    /// The client's name.
    pub client: String,
}

/// A window of the matrix.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeatMatrix {
    /// The rows, by name.
    pub rows: Rows<SeatRow>,
    /// Whose seats stand in the rows, in the order of [`SeatRow::seats`].
    pub technicians: Vec<TechnicianRow>,
    /// Technicians there are beside those.
    pub others: u32,
    /// Clients in each danger, of all whose members are read.
    pub risks: Vec<(SeatRisk, u32)>,
    /// How far the members of the clients are read.
    pub reading: Reading,
    /// Seats that are there after their last moment, of all whose end is known, by client.
    pub overdue: Vec<OverdueSeat>,
    /// Seats that are gone, and whose last moment has passed: their end need not be kept any longer.
    pub ended: Vec<SeatOf>,
}

/// One client of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatRow {
    /// Which.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// The seat of each technician shown, where they have one.
    pub seats: Vec<Option<SeatView>>,
    /// Confirmed Owners; `None` as long as its members are not read.
    pub owners: Option<u32>,
    /// Whether its members could not be read.
    pub unreadable: bool,
    /// The dangers it is in, the gravest first.
    pub risks: Vec<SeatRisk>,
}

/// Somebody's seat in a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatView {
    /// The role.
    pub role: MemberRole,
    /// How far the person came.
    pub status: MemberStatus,
    /// Its last moment, where one is known.
    pub until: Option<Moment>,
    /// Whether that has passed.
    pub overdue: bool,
}

/// Asks what adding technicians to clients would do, and for the phrases to compare first.
#[derive(Debug, Serialize, Deserialize)]
pub struct PreviewTechnicians {
    /// Up to 20 addresses, of ours or not.
    pub emails: Vec<String>,
    /// As what.
    pub role: SeatRole,
    /// To which clients.
    pub clients: Vec<OrganizationId>,
}

/// What adding one technician would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TechnicianPreview {
    /// The address, in lower case.
    pub email: String,
    /// The name, where a client's members tell it.
    pub name: Option<String>,
    /// The phrase of their account, once they have accepted an invitation of any of one's clients.
    pub phrase: Option<String>,
    /// Whether another phrase was confirmed for this person earlier in this session: somebody swapped a key.
    pub changed: bool,
    /// In how many of the clients something is needed, as far as their members are read, if the phrase was compared.
    pub needs: Vec<(SeatNeed, u32)>,
    /// Clients whose members are not read.
    pub unread: u32,
    /// Clients in which the person has another seat, which is left as it is.
    pub left_alone: Vec<OrganizationId>,
}

/// Adds technicians to clients; a job, of which every row says how far it got. Going on with it later goes on from what is there.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddTechnicians {
    /// Up to 20 addresses, of ours or not, each with the phrase of the account, if it was compared. The core confirms nobody
    /// without, and nobody whose key in a client has another.
    pub technicians: Vec<(String, Option<String>)>,
    /// As what.
    pub role: SeatRole,
    /// To which clients.
    pub clients: Vec<OrganizationId>,
}

/// Takes seats away; a job. One's own and that of a client's last confirmed Owner stay, whatever is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemoveTechnicians {
    /// Which.
    pub seats: Vec<SeatOf>,
    /// How.
    pub how: SeatTaking,
}
