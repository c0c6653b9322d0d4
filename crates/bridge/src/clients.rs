use serde::{Deserialize, Serialize};

use crate::{
    Action, Direction, Moment, OrganizationId, OrganizationUserId, ProviderId, ProviderOrganizationId, Rows,
    UserId, Verdict, Window,
};

/// Plan of a client, as far as a provider may choose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Plan {
    /// Teams, paid by the month.
    TeamsMonthly,
    /// Enterprise, paid by the month.
    EnterpriseMonthly,
    /// Enterprise, paid by the year (business units).
    EnterpriseAnnually,
}

/// Which clients are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientsQuery {
    /// Whose clients.
    pub provider: ProviderId,
    /// Text in the name.
    pub search: String,
    /// Only these plan families, by their shown name (`Teams`, `Enterprise`).
    pub plan: Option<String>,
    /// Only those that need something.
    pub needs: Option<ClientNeed>,
    /// Column to sort by.
    pub sort: ClientSort,
    /// Direction of the sort.
    pub direction: Direction,
}

/// What a client may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ClientNeed {
    /// All seats are taken.
    Seats,
    /// Nobody of the client is confirmed yet.
    Members,
    /// It is switched off.
    Enabling,
}

/// Columns clients can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ClientSort {
    /// Name.
    #[default]
    Name,
    /// Plan.
    Plan,
    /// Seats assigned.
    Assigned,
    /// Seats used.
    Used,
    /// Seats left.
    Remaining,
    /// When it became a client.
    Added,
}

/// Asks for a window of clients.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetClients {
    /// Which.
    pub query: ClientsQuery,
    /// Rows wanted.
    pub window: Window,
}

/// A window of clients, with sums over the matched ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientsView {
    /// The rows.
    pub rows: Rows<ClientRow>,
    /// Seats assigned, summed over all matched clients.
    pub assigned: u64,
    /// Seats used, summed over all matched clients.
    pub used: u64,
    /// Plan names in use, for the filter.
    pub plans: Vec<String>,
}

/// One client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientRow {
    /// The link between provider and client.
    pub link: ProviderOrganizationId,
    /// The client's organization.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its plan, as shown (`Teams`, `Enterprise`).
    pub plan: String,
    /// Seats assigned; none where the server does not meter.
    pub assigned: Option<u32>,
    /// Seats used (invited, accepted and confirmed members).
    pub used: u32,
    /// Confirmed members.
    pub confirmed: u32,
    /// When it became a client.
    pub added: Moment,
    /// Whether it is switched on.
    pub enabled: bool,
}

/// Asks for the links of every row of a query, to select all.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetClientIds(pub ClientsQuery);

/// Creates a client.
#[derive(Debug, Serialize, Deserialize)]
pub struct CreateClient {
    /// For which provider.
    pub provider: ProviderId,
    /// Name, up to 50 characters.
    pub name: String,
    /// Who will own it.
    pub owner_email: String,
    /// Plan.
    pub plan: Plan,
    /// Seats, at least 1.
    pub seats: u32,
    /// Chosen by the tab when the form opens. The same number again never creates a second client.
    pub attempt: u32,
}

/// A client that was just created or added.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientMade {
    /// The new row.
    pub client: ClientRow,
    /// The owner's invitation link, where the server sends no mail.
    pub owner_link: Option<String>,
}

/// Asks what a plan's seat pool looks like before and after a change.
#[derive(Debug, Serialize, Deserialize)]
pub struct PreviewSeats {
    /// Of which provider.
    pub provider: ProviderId,
    /// A client whose seats change; none for a new one.
    pub link: Option<ProviderOrganizationId>,
    /// Plan of a new client.
    pub plan: Option<Plan>,
    /// Seats it is to have.
    pub seats: u32,
}

/// A plan's seat pool before and after a change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeatPreview {
    /// Name of the plan.
    pub plan: String,
    /// Seats the provider pays for in any case.
    pub minimum: u32,
    /// Seats assigned to all clients of the plan now.
    pub assigned_before: u32,
    /// The same after the change.
    pub assigned_after: u32,
    /// Paid seats not assigned to any client after the change.
    pub unassigned_after: u32,
    /// Seats bought beyond the minimum, before.
    pub purchased_before: u32,
    /// The same after the change.
    pub purchased_after: u32,
    /// The smallest number of seats the client may have (its used seats).
    pub lowest: u32,
    /// Whether it can be done, and if not, why.
    pub verdict: Verdict,
    /// Price of one seat in cents, where known.
    pub seat_price_cents: Option<u32>,
}

/// Renames a client and sets its seats.
#[derive(Debug, Serialize, Deserialize)]
pub struct UpdateClient {
    /// Of which provider.
    pub provider: ProviderId,
    /// Which client.
    pub link: ProviderOrganizationId,
    /// Its name from now on.
    pub name: Option<String>,
    /// Its seats from now on.
    pub seats: Option<u32>,
}

/// Adds the same number of seats to several clients (or takes them away); a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangeSeats {
    /// Of which provider.
    pub provider: ProviderId,
    /// Which clients.
    pub links: Vec<ProviderOrganizationId>,
    /// Seats to add; negative takes away, never below the used seats.
    pub change: i32,
}

/// Asks which of one's own organizations could become clients.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetAddable(pub ProviderId);

/// An organization that could become a client, or the reason why it cannot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddableRow {
    /// The organization.
    pub organization: OrganizationId,
    /// Its name.
    pub name: String,
    /// Its plan.
    pub plan: String,
    /// Its seats.
    pub seats: u32,
    /// Whether it can be added.
    pub obstacle: Option<AddObstacle>,
}

/// Why an organization cannot become a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddObstacle {
    /// A provider manages it already (named, where known).
    HasProvider(Option<String>),
    /// One is not its confirmed Owner.
    NotOwner,
    /// It is switched off.
    SwitchedOff,
    /// Its plan cannot be managed by a provider.
    Plan,
    /// It would need seats to be bought, which a Service User may not.
    NeedsPurchase,
    /// The server does not offer it, without saying why.
    NotOffered,
}

/// Makes an organization one owns a client.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddExisting {
    /// Of which provider.
    pub provider: ProviderId,
    /// Which organization.
    pub organization: OrganizationId,
}

/// Unlinks clients; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct UnlinkClients {
    /// From which provider.
    pub provider: ProviderId,
    /// Which clients.
    pub links: Vec<ProviderOrganizationId>,
}

/// Asks for the summary of one client.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetClient {
    /// Of which provider.
    pub provider: ProviderId,
    /// Which client.
    pub organization: OrganizationId,
}

/// The summary of one client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientView {
    /// Its row.
    pub client: ClientRow,
    /// Its owners and administrators, whatever their status.
    pub people: Vec<ClientPerson>,
    /// Members waiting to be confirmed, of all roles.
    pub waiting: u32,
    /// Whether the client's key opens with the provider key.
    pub key_opens: bool,
    /// What may be done with this client.
    pub rights: Vec<(Action, Verdict)>,
}

/// An owner or administrator of a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientPerson {
    /// The membership.
    pub member: OrganizationUserId,
    /// The account, once accepted.
    pub user: Option<UserId>,
    /// Name, when known.
    pub name: Option<String>,
    /// E-mail address.
    pub email: String,
    /// Role in Bitwarden's word.
    pub role: String,
    /// Status in Bitwarden's word.
    pub status: MemberStatus,
}

/// How far a membership of an organization is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberStatus {
    /// Access taken away for now.
    Revoked,
    /// Invited, has not answered.
    Invited,
    /// Accepted, waits for the organization's key.
    NeedsConfirmation,
    /// Has the organization's key.
    Confirmed,
    /// Known from a directory, not invited.
    Staged,
    /// A status this version does not know.
    Unknown(i32),
}

/// Asks for the fingerprint phrase of a client's member.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetMemberFingerprint {
    /// Of which provider.
    pub provider: ProviderId,
    /// Of which client.
    pub organization: OrganizationId,
    /// Of whom.
    pub member: OrganizationUserId,
}

/// Confirms a client's member whose phrase was compared.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConfirmMember {
    /// Of which provider.
    pub provider: ProviderId,
    /// Of which client.
    pub organization: OrganizationId,
    /// Whom.
    pub member: OrganizationUserId,
    /// The phrase that was compared.
    pub phrase: String,
}

/// Saves clients as CSV.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportClients {
    /// Which, and in what order.
    pub query: ClientsQuery,
    /// Only these of the provider's clients, whatever the query's search and filters leave.
    pub only: Option<Vec<ProviderOrganizationId>>,
}
