use serde::{Deserialize, Serialize};

use crate::{
    AccessLevel, CollectionId, Direction, GroupId, MemberDeed, MemberStatus, Moment, OrganizationUserId,
    Rows, Secret, UserId, Verdict, Window, Within,
};

/// Role in an organization.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MemberRole {
    /// Everything.
    Owner,
    /// Everything but what concerns Owners and billing.
    Admin,
    /// Single permissions.
    Custom,
    /// What is shared with the person.
    User,
    /// A role this version does not know, by its number. It has no rights.
    Unknown(i32),
}

/// A permission of a member with the Custom role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MemberPermission {
    /// Read the event log.
    AccessEventLogs,
    /// Import and export.
    AccessImportExport,
    /// See reports.
    AccessReports,
    /// Create collections.
    CreateNewCollections,
    /// Change every collection.
    EditAnyCollection,
    /// Delete every collection.
    DeleteAnyCollection,
    /// Manage groups.
    ManageGroups,
    /// Manage policies.
    ManagePolicies,
    /// Manage single sign-on.
    ManageSso,
    /// Manage members.
    ManageUsers,
    /// Recover accounts.
    ManageResetPassword,
    /// Manage SCIM.
    ManageScim,
    /// Manage access rules.
    ManageAccessRules,
}

impl MemberPermission {
    /// Every permission, in the order they are shown.
    pub const ALL: [Self; 13] = [
        Self::AccessEventLogs,
        Self::AccessImportExport,
        Self::AccessReports,
        Self::CreateNewCollections,
        Self::EditAnyCollection,
        Self::DeleteAnyCollection,
        Self::ManageGroups,
        Self::ManagePolicies,
        Self::ManageSso,
        Self::ManageUsers,
        Self::ManageResetPassword,
        Self::ManageScim,
        Self::ManageAccessRules,
    ];
}

/// Something a member lacks or has, to filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MemberNeed {
    /// No two-step login.
    TwoStep,
    /// Did not agree to account recovery.
    Recovery,
    /// Agreed to account recovery.
    Recoverable,
}

/// Which members are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersQuery {
    /// Of which client.
    pub within: Within,
    /// Text in name, e-mail or external id.
    pub search: String,
    /// Only this status.
    pub status: Option<MemberStatus>,
    /// Only this role.
    pub role: Option<MemberRole>,
    /// Only those.
    pub need: Option<MemberNeed>,
    /// Column to sort by.
    pub sort: MemberSort,
    /// Direction of the sort.
    pub direction: Direction,
}

/// Columns members can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum MemberSort {
    /// Name, or e-mail where there is none.
    #[default]
    Name,
    /// Role.
    Role,
    /// Status.
    Status,
    /// Number of groups.
    Groups,
    /// Two-step login.
    TwoStep,
    /// Account recovery.
    Recovery,
}

/// Asks for a window of members.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetMembers {
    /// Which.
    pub query: MembersQuery,
    /// Rows wanted.
    pub window: Window,
}

/// A window of members, with counts over all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MembersView {
    /// The rows.
    pub rows: Rows<MemberRow>,
    /// How many there are of each status that occurs.
    pub statuses: Vec<(MemberStatus, u32)>,
    /// How many there are of each role that occurs.
    pub roles: Vec<(MemberRole, u32)>,
    /// How many there are for each need.
    pub needs: Vec<(MemberNeed, u32)>,
    /// The seats.
    pub seats: MemberSeats,
}

/// The seats of a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MemberSeats {
    /// Assigned; `None` where seats are not metered.
    pub assigned: Option<u32>,
    /// Taken by members who are invited, accepted or confirmed.
    pub taken: u32,
    /// More cannot be taken than are assigned: a provider manages the client.
    pub fixed: bool,
}

/// One member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberRow {
    /// The membership.
    pub id: OrganizationUserId,
    /// The account, once accepted.
    pub user: Option<UserId>,
    /// Name, when known.
    pub name: Option<String>,
    /// E-mail address.
    pub email: String,
    /// Role.
    pub role: MemberRole,
    /// Status.
    pub status: MemberStatus,
    /// Number of groups.
    pub groups: u32,
    /// Two-step login is on.
    pub two_step: bool,
    /// Agreed to account recovery.
    pub recoverable: bool,
    /// Whether it is oneself.
    pub me: bool,
    /// What may be done with this row.
    pub rights: Vec<(MemberDeed, Verdict)>,
}

/// Asks for the ids of every row of a query, to select all.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetMemberIds(pub MembersQuery);

/// Asks for one member, as the server tells of it now.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetMember {
    /// Of which client.
    pub within: Within,
    /// Whom.
    pub member: OrganizationUserId,
}

/// One member with everything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberView {
    /// The row.
    pub row: MemberRow,
    /// Role, groups and collections; `None` for those who may not see them.
    pub access: Option<MemberAccess>,
    /// Names of the groups in `access`.
    pub groups: Vec<String>,
    /// Names of the collections in `access`, with their levels.
    pub collections: Vec<(String, AccessLevel)>,
    /// Id in a directory.
    pub external_id: Option<String>,
    /// When the membership began.
    pub since: Option<Moment>,
    /// Why the member was revoked, in the server's number; nothing where it does not say.
    pub revoked_because: Option<i32>,
    /// Signs in through the organization's single sign-on.
    pub sso: bool,
    /// The organization owns the account.
    pub claimed: bool,
}

/// What a member may do, and with what. The lists are sets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAccess {
    /// Role.
    pub role: MemberRole,
    /// Permissions, which count for the Custom role only.
    pub permissions: Vec<MemberPermission>,
    /// Groups.
    pub groups: Vec<GroupId>,
    /// Collections given to the member directly.
    pub collections: Vec<(CollectionId, AccessLevel)>,
}

/// Asks what can be given to members of a client.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetMemberChoices(pub Within);

/// What can be given to members of a client, by whoever asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberChoices {
    /// Roles.
    pub roles: Vec<MemberRole>,
    /// Permissions of the Custom role.
    pub permissions: Vec<MemberPermission>,
    /// Groups with their names, by name.
    pub groups: Vec<(GroupId, String)>,
    /// Collections, by name.
    pub collections: Vec<CollectionChoice>,
    /// The seats.
    pub seats: MemberSeats,
}

/// A collection to give access to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionChoice {
    /// The collection.
    pub id: CollectionId,
    /// Its name; `None` where it cannot be decrypted.
    pub name: Option<String>,
    /// Whether whoever asks may give access to it.
    pub grantable: bool,
}

/// Invites people; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct InviteMembers {
    /// To which client.
    pub within: Within,
    /// Up to 20 addresses.
    pub emails: Vec<String>,
    /// What they get.
    pub access: MemberAccess,
}

/// Changes role, permissions, groups and collections of a member at once.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveMember {
    /// Of which client.
    pub within: Within,
    /// Whom.
    pub member: OrganizationUserId,
    /// As it was when the form was filled.
    pub before: MemberAccess,
    /// As it is to be.
    pub access: MemberAccess,
}

/// What came of changing a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberSaved {
    /// It is as wanted.
    Saved,
    /// Somebody else changed the member meanwhile; nothing was saved.
    Changed {
        /// As it is now.
        now: MemberAccess,
        /// Both changes together; where both changed the same, it is as whoever asks wanted it.
        merged: MemberAccess,
        /// What the other one changed.
        changes: Vec<AccessChange>,
    },
}

/// Something that somebody else changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessChange {
    /// The role, from and to.
    Role(MemberRole, MemberRole),
    /// The permissions of the Custom role.
    Permissions,
    /// Was put into a group.
    Joined(String),
    /// Was taken out of a group, or the group was deleted.
    Left(String),
    /// Got a collection, or another level in it.
    Given(String, AccessLevel),
    /// Lost a collection, or the collection was deleted.
    Taken(String),
}

/// Sends invitations again; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResendToMembers {
    /// Of which client.
    pub within: Within,
    /// To whom.
    pub members: Vec<OrganizationUserId>,
}

/// Asks for the fingerprint phrases of members about to be confirmed.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetMemberPhrases {
    /// Of which client.
    pub within: Within,
    /// Of whom.
    pub members: Vec<OrganizationUserId>,
}

/// A phrase to compare by voice before a member gets the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPhrase {
    /// The membership.
    pub member: OrganizationUserId,
    /// Name or e-mail address.
    pub label: String,
    /// Five words; none when the member is not waiting for confirmation.
    pub phrase: Option<String>,
    /// Whether another phrase was confirmed for this person earlier in this session: somebody swapped a key.
    pub changed: bool,
}

/// Confirms members whose phrases were compared; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConfirmMembers {
    /// Of which client.
    pub within: Within,
    /// Whom, each with the phrase that was compared; the core refuses when the key has changed since.
    pub members: Vec<(OrganizationUserId, String)>,
}

/// Revokes, restores or removes members; a job.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangeMembers {
    /// Of which client.
    pub within: Within,
    /// Whom.
    pub members: Vec<OrganizationUserId>,
    /// What is done: [`MemberDeed::Revoke`], [`MemberDeed::Restore`] or [`MemberDeed::Remove`].
    pub deed: MemberDeed,
}

/// Gives a member a new master password.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecoverMember {
    /// Of which client.
    pub within: Within,
    /// Whom.
    pub member: OrganizationUserId,
    /// The new master password.
    pub password: Secret,
}

/// Asks for the invitation link of a member, where the server sends no mail.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetMemberLink {
    /// Of which client.
    pub within: Within,
    /// Whose.
    pub member: OrganizationUserId,
}

/// An invitation to pass on by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLink {
    /// The link.
    pub link: String,
    /// When it stops working.
    pub expires: Moment,
}

/// Saves the members of a query as CSV.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportMembers(pub MembersQuery);

/// Asks what a table of people would do: CSV with the columns e-mail, role and groups.
#[derive(Debug, Serialize, Deserialize)]
pub struct PreviewInvitations {
    /// In which client.
    pub within: Within,
    /// The table.
    pub text: String,
}

/// What a table of people would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationsPreview {
    /// Every row.
    pub rows: Vec<InvitationRow>,
    /// How many would be invited.
    pub ready: u32,
    /// The seats before.
    pub seats: MemberSeats,
}

/// A row of such a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// The line it begins on, counted from 1.
    pub line: u32,
    /// The address, as written.
    pub email: String,
    /// The role the person would get.
    pub role: MemberRole,
    /// The groups, as written.
    pub groups: Vec<String>,
    /// What would come of it.
    pub finding: InvitationFinding,
}

/// What would come of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum InvitationFinding {
    /// The person would be invited.
    New,
    /// Is a member already, in this status; nothing would change.
    Member(MemberStatus),
    /// Stands in an earlier row too.
    Twice,
    /// The address is none.
    BadAddress,
    /// There is no such role.
    UnknownRole(String),
    /// The role cannot be given by whoever asks.
    RoleNotYours,
    /// There is no such group.
    UnknownGroup(String),
}

/// Invites everybody a table would; a job. What [`PreviewInvitations`] does not call [`InvitationFinding::New`] is left out.
#[derive(Debug, Serialize, Deserialize)]
pub struct InviteFromTable {
    /// To which client.
    pub within: Within,
    /// The table.
    pub text: String,
}
