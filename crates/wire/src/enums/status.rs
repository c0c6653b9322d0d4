//! How far along something is.

use super::numbered;

numbered! {
    /// How far a person's way into the staff has come. Staff cannot be revoked, only removed.
    pub enum ProviderUserStatus {
        /// Was sent an invitation.
        Invited = 0,
        /// Accepted it and waits to be confirmed.
        Accepted = 1,
        /// Holds the provider's key.
        Confirmed = 2,
    }
}

numbered! {
    /// How far a provider's setup has come.
    pub enum ProviderStatus {
        /// Waits for its first admin to set it up.
        Pending = 0,
        /// Set up without billing (resellers).
        Created = 1,
        /// Set up.
        Billable = 2,
    }
}

numbered! {
    /// Who runs an organization.
    pub enum OrganizationStatus {
        /// Waits for its first owner.
        Pending = 0,
        /// Runs itself.
        Created = 1,
        /// Is paid for by a provider.
        Managed = 2,
    }
}

numbered! {
    /// How far a person's way into an organization has come.
    pub enum OrganizationUserStatus {
        /// Access was taken away, and can be given back.
        Revoked = -1,
        /// Was sent an invitation.
        Invited = 0,
        /// Accepted it and waits to be confirmed.
        Accepted = 1,
        /// Holds the organization's key.
        Confirmed = 2,
        /// Provisioned by a directory, without an invitation.
        Staged = 3,
    }
}

numbered! {
    /// Why a member was revoked.
    pub enum RevocationReason {
        /// Not recorded.
        NotRecorded = 0,
        /// By a person.
        Manual = 1,
        /// By the two-step login policy.
        TwoFactorPolicy = 2,
        /// By the data ownership policy.
        DataOwnershipPolicy = 3,
        /// By the single organization policy.
        SingleOrganizationPolicy = 4,
    }
}
