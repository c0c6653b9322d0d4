use serde::{Deserialize, Serialize};

use crate::{
    AccessLevel, CollectionId, Direction, GroupId, MemberDeed, MemberStatus, Moment, OrganizationUserId,
    Rows, UserId, Verdict, Window, Within,
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
    /// Those of them that can be given at inviting.
    pub inviting: Vec<MemberRole>,
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
