use serde::{Deserialize, Serialize};

use crate::{Action, Direction, ProviderId, ProviderUserId, UserId, Verdict, Window};

/// Role on a provider's staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StaffRole {
    /// Everything.
    ProviderAdmin,
    /// Works inside clients, not on the provider.
    ServiceUser,
    /// A role this version does not know, by its number. It has no rights.
    Unknown(i32),
}

/// How far a staff membership is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum StaffStatus {
    /// Invited, has not answered.
    Invited,
    /// Accepted, waits for the provider key.
    NeedsConfirmation,
    /// Has the provider key.
    Confirmed,
    /// A status this version does not know, by its number.
    Unknown(i32),
}

/// Which staff are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffQuery {
    /// Whose staff.
    pub provider: ProviderId,
    /// Text in name, e-mail or id.
    pub search: String,
    /// Only this status.
    pub status: Option<StaffStatus>,
    /// Only this role.
    pub role: Option<StaffRole>,
    /// Column to sort by.
    pub sort: StaffSort,
    /// Direction of the sort.
    pub direction: Direction,
}

/// Columns staff can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum StaffSort {
    /// Name, or e-mail where there is none.
    #[default]
    Name,
    /// Role.
    Role,
    /// Status.
    Status,
}

/// Asks for a window of staff.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetStaff {
    /// Which.
    pub query: StaffQuery,
    /// Rows wanted.
    pub window: Window,
}

/// A window of staff, with counts over all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffView {
    /// The rows.
    pub rows: crate::Rows<StaffRow>,
    /// Invited, of all.
    pub invited: u32,
    /// Waiting for confirmation, of all.
    pub needs_confirmation: u32,
    /// Confirmed, of all.
    pub confirmed: u32,
    /// Confirmed Provider Admins.
    pub confirmed_admins: u32,
}

/// One person of the staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StaffRow {
    /// The membership.
    pub id: ProviderUserId,
    /// The account, once accepted.
    pub user: Option<UserId>,
    /// Name, when known.
    pub name: Option<String>,
    /// E-mail address.
    pub email: String,
    /// Role.
    pub role: StaffRole,
    /// Status.
    pub status: StaffStatus,
    /// Whether it is oneself.
    pub me: bool,
    /// What may be done with this row.
    pub rights: Vec<(Action, Verdict)>,
}

/// Asks for the ids of every row of a query, to select all.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetStaffIds(pub StaffQuery);

/// Invites people; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct InviteStaff {
    /// To which provider.
    pub provider: ProviderId,
    /// Up to 20 addresses.
    pub emails: Vec<String>,
    /// As what.
    pub role: StaffRole,
}

/// Sends invitations again; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResendInvitations {
    /// Of which provider.
    pub provider: ProviderId,
    /// To whom.
    pub staff: Vec<ProviderUserId>,
}

/// Asks for the fingerprint phrases of people about to be confirmed.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetStaffFingerprints {
    /// Of which provider.
    pub provider: ProviderId,
    /// Of whom.
    pub staff: Vec<ProviderUserId>,
}

/// A phrase to compare by voice before a person gets the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffFingerprint {
    /// The membership.
    pub staff: ProviderUserId,
    /// Name or e-mail address.
    pub label: String,
    /// Five words; none when the person is not waiting for confirmation.
    pub phrase: Option<String>,
    /// Whether another phrase was confirmed for this person earlier in this session: somebody swapped a key.
    pub changed: bool,
}

/// Confirms people whose phrases were compared; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConfirmStaff {
    /// To which provider.
    pub provider: ProviderId,
    /// Whom, each with the phrase that was compared; the core refuses when the key has changed since.
    pub staff: Vec<(ProviderUserId, String)>,
}

/// Changes one person's role.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetStaffRole {
    /// Of which provider.
    pub provider: ProviderId,
    /// Whose.
    pub staff: ProviderUserId,
    /// The new role.
    pub role: StaffRole,
}

/// Removes people from the staff; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemoveStaff {
    /// Of which provider.
    pub provider: ProviderId,
    /// Whom.
    pub staff: Vec<ProviderUserId>,
}

/// Asks for the invitation links of people who have not answered, where the server sends no mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetInvitationLinks(pub ProviderId);

/// An invitation to pass on by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLink {
    /// Address it is for.
    pub email: String,
    /// The link.
    pub link: String,
    /// What it invites to: the provider's staff, or an organization by name.
    pub to: InvitedTo,
    /// The staff membership, when it is one.
    pub staff: Option<ProviderUserId>,
    /// When it stops working.
    pub expires: crate::Moment,
}

/// What an invitation leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitedTo {
    /// The provider's staff.
    Staff,
    /// An organization, by name.
    Organization(String),
}

/// Saves the staff of a query as CSV.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportStaff(pub StaffQuery);
