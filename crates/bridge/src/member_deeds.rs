use serde::{Deserialize, Serialize};

use crate::{
    AccessLevel, MemberAccess, MemberDeed, MemberRole, MemberSeats, MemberStatus, MembersQuery, Moment,
    OrganizationUserId, Secret, Within,
};

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
