//! Why a member was not changed.

use portal_wire::PolicyType;

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MemberRefusal {
    /// Only who accepted can be confirmed.
    #[error("Only people who have accepted their invitation can be confirmed.")]
    NotAccepted,
    /// The role is above the caller's.
    #[error("You cannot manage members of this role.")]
    AboveYourself,
    /// Nobody takes their own access away.
    #[error("You cannot do this to yourself.")]
    Yourself,
    /// No owner would remain.
    #[error("The organization must keep at least one confirmed owner.")]
    LastOwner,
    /// Every seat is taken.
    #[error("Every seat of the organization is taken. Its provider can assign more.")]
    NoSeat,
    /// Only who is revoked can be restored.
    #[error("Only members who are revoked can be restored.")]
    NotRevoked,
    /// There is nothing left to revoke.
    #[error("The member is revoked already.")]
    AlreadyRevoked,
    /// The member is not as far, or further.
    #[error("The member is not in the state this needs.")]
    WrongState,
    /// The person did not agree to account recovery.
    #[error("The member has not agreed to account recovery.")]
    NotEnrolled,
    /// The organization enrols everybody in account recovery.
    #[error("The organization requires everybody to enroll in account recovery, for which a key is missing.")]
    MustEnroll,
    /// The organization asks for two-step login.
    #[error("The organization requires two-step login, which the account does not have.")]
    TwoStepRequired,
    /// The organization's members may be in no other.
    #[error("The organization's members may not be members of another organization.")]
    SingleOrganization,
}

impl MemberRefusal {
    /// The refusal of a policy that shuts people out.
    pub fn by_policy(kind: PolicyType) -> Self {
        if kind == PolicyType::SingleOrg { Self::SingleOrganization } else { Self::TwoStepRequired }
    }
}
