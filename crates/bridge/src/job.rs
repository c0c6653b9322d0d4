use serde::{Deserialize, Serialize};

use crate::{Moment, Problem, ProviderId, Reason};

/// A piece of work that goes on while the person moves about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobView {
    /// Its number, unique within the core.
    pub id: JobId,
    /// The provider it belongs to.
    pub provider: ProviderId,
    /// What is done.
    pub kind: JobKind,
    /// Rows finished, or done as far as can be now.
    pub done: u32,
    /// Rows in all.
    pub total: u32,
    /// Rows that failed.
    pub failed: u32,
    /// Where it stands.
    pub state: JobState,
    /// When it began.
    pub started: Moment,
    /// Milliseconds until it ends, as far as one can tell.
    pub remaining_ms: Option<u32>,
    /// Every row touched so far, in order.
    pub rows: Vec<JobRow>,
}

/// Number of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub u32);

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum JobKind {
    /// Invites staff.
    InviteStaff,
    /// Sends invitations again.
    ResendInvitations,
    /// Confirms staff.
    ConfirmStaff,
    /// Removes staff.
    RemoveStaff,
    /// Unlinks clients.
    UnlinkClients,
    /// Sets the seats of clients.
    SetSeats,
    /// Loads events.
    LoadEvents,
    /// Deletes collections.
    DeleteCollections,
    /// Gives access to collections.
    GrantAccess,
    /// Deletes groups.
    DeleteGroups,
    /// Switches policies.
    SwitchPolicies,
    /// Invites members.
    InviteMembers,
    /// Sends members their invitations again.
    ResendToMembers,
    /// Confirms members.
    ConfirmMembers,
    /// Revokes members.
    RevokeMembers,
    /// Restores members.
    RestoreMembers,
    /// Removes members.
    RemoveMembers,
    /// Takes people and groups over from a directory.
    ImportDirectory,
    /// Puts items in the trash.
    TrashItems,
    /// Takes items out of the trash.
    RestoreItems,
    /// Deletes items for good.
    DeleteItems,
    /// Puts items into collections.
    AssignItems,
    /// Adds items from an export.
    ImportItems,
    /// Adds technicians to clients.
    AddTechnicians,
    /// Revokes technicians in clients.
    RevokeTechnicians,
    /// Removes technicians from clients.
    RemoveTechnicians,
    /// Issues invoices to clients.
    IssueInvoices,
}

/// Where a job stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum JobState {
    /// Under way.
    Running,
    /// Waiting for the server or the network.
    Waiting,
    /// Stopped by the person; can be resumed.
    Stopped,
    /// Ended; some rows may have failed.
    Finished,
    /// Ended by a lock, which drops what it worked with; what was done stays done.
    Locked,
    /// Could not go on.
    Failed(Problem),
}

/// What became of one row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JobRow {
    /// Name of the person or client, as entered.
    pub label: String,
    /// What came of it.
    pub outcome: RowOutcome,
    /// An invitation link to pass on by hand, where the server sends no mail.
    pub link: Option<String>,
}

/// What came of one row of a job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum RowOutcome {
    /// Not begun.
    Pending,
    /// Done.
    Done,
    /// There was nothing to do.
    Skipped(SkipReason),
    /// All is done that can be: the person has to accept the invitation. Going on with the job looks again.
    Waits,
    /// Fewer idle seats were taken back than were idle before: members took the others meanwhile.
    Fewer {
        /// Seats that were taken back.
        taken: u32,
        /// Seats that were idle before.
        meant: u32,
    },
    /// Did not work.
    Failed(Problem),
}

/// Why a row needed nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SkipReason {
    /// Already on the provider's staff.
    AlreadyStaff,
    /// Not in the state the action needs.
    WrongState,
    /// Already as wanted.
    AlreadySo,
    /// Already a member of the client.
    AlreadyMember,
    /// It has an invoice for a part of the period.
    AlreadyInvoiced,
    /// There is nothing to bill.
    NothingToBill,
    /// A member of the client with another role than the one to be given.
    OtherRole,
    /// A member of the client whose access was revoked.
    Revoked,
    /// Accepted the invitation, but nobody compared the phrase.
    NotCompared,
    /// Members take every seat that was idle before.
    SeatsTaken,
    /// Something stands in the way.
    Obstacle(Reason),
}

/// Stops a job after the row under way.
#[derive(Debug, Serialize, Deserialize)]
pub struct StopJob(pub JobId);

/// Goes on with the rows of an ended job that are not done, or that waited for somebody.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResumeJob(pub JobId);

/// Forgets an ended job.
#[derive(Debug, Serialize, Deserialize)]
pub struct DismissJob(pub JobId);

/// Asks for all jobs the core remembers, newest first.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetJobs;
