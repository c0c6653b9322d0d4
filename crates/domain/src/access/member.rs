//! What can be done to one member of an organization, so that nobody has to ask the server to find out.

use portal_wire::{OrganizationUserStatus, OrganizationUserType};
use serde::{Deserialize, Serialize};

use super::{Action, Reason, Situation, Subject, Verdict, may_manage, verdict, verdict_of_any};

/// Something that is done to one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MemberDeed {
    /// Send the invitation again.
    Resend,
    /// Hand over the organization's key.
    Confirm,
    /// Change role, groups and collections.
    Edit,
    /// Take the access away for now.
    Revoke,
    /// Give the access back.
    Restore,
    /// Take the membership away.
    Remove,
    /// Set a new master password.
    Recover,
}

impl MemberDeed {
    /// Every deed.
    pub const ALL: [Self; 7] =
        [Self::Resend, Self::Confirm, Self::Edit, Self::Revoke, Self::Restore, Self::Remove, Self::Recover];

    /// The row of the role table it belongs to.
    pub const fn action(self) -> Action {
        match self {
            Self::Edit => Action::EditMember,
            Self::Recover => Action::RecoverAccount,
            Self::Resend | Self::Confirm | Self::Revoke | Self::Restore | Self::Remove => {
                Action::ManageMembers
            }
        }
    }
}

/// A member, as the target of a deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MemberTarget {
    /// It is the person who acts.
    pub yourself: bool,
    /// The target's role.
    pub role: OrganizationUserType,
    /// The target's status.
    pub status: OrganizationUserStatus,
    /// Without the target nobody could act as owner. The provider's staff count as owners (contract §8.5).
    pub last_owner: bool,
    /// The organization owns the account, which can then be revoked but not removed.
    pub claimed: bool,
    /// The target agreed to account recovery.
    pub recoverable: bool,
    /// A seat is free, should the target need one.
    pub seat_free: bool,
}

/// Whether somebody can do something to one member now (contract §4.3, §8.5). A status that does not fit is
/// [`Reason::WrongState`].
pub fn member_verdict(
    deed: MemberDeed,
    subjects: &[Subject],
    situation: &Situation,
    target: &MemberTarget,
) -> Verdict {
    let action = deed.action();
    let general = verdict_of_any(action, subjects, situation);
    if general != Verdict::Allowed {
        return general;
    }
    let reaches = |subject: &&Subject| {
        verdict(action, **subject, situation) == Verdict::Allowed && may_manage(**subject, target.role)
    };
    if !subjects.iter().any(|subject| reaches(&subject)) {
        return Verdict::Disabled(Reason::HigherRole);
    }
    obstacle(deed, target).map_or(Verdict::Allowed, Verdict::Disabled)
}

fn obstacle(deed: MemberDeed, target: &MemberTarget) -> Option<Reason> {
    use OrganizationUserStatus::{Accepted, Confirmed, Invited, Revoked};

    let status = target.status;
    let fits = match deed {
        MemberDeed::Resend => status == Invited,
        MemberDeed::Confirm => status == Accepted,
        MemberDeed::Revoke => status != Revoked,
        MemberDeed::Restore => status == Revoked,
        MemberDeed::Recover => status == Confirmed,
        MemberDeed::Edit | MemberDeed::Remove => true,
    };
    let takes_away = matches!(deed, MemberDeed::Revoke | MemberDeed::Remove);
    let not_oneself = takes_away || matches!(deed, MemberDeed::Restore | MemberDeed::Recover);
    if !fits {
        Some(Reason::WrongState)
    } else if not_oneself && target.yourself {
        Some(Reason::Yourself)
    } else if takes_away && target.last_owner {
        Some(Reason::LastOwner)
    } else if deed == MemberDeed::Remove && target.claimed {
        Some(Reason::Claimed)
    } else if deed == MemberDeed::Restore && !target.seat_free {
        Some(Reason::SeatsTaken)
    } else if deed == MemberDeed::Recover && !target.recoverable {
        Some(Reason::NotEnrolled)
    } else {
        None
    }
}
