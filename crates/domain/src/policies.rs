//! What policies of an organization rest on, and whom they shut out.

use std::borrow::Cow;

use portal_wire::{OrganizationUserStatus, OrganizationUserType, PolicyType};

/// What a policy is called.
pub fn name(kind: PolicyType) -> Cow<'static, str> {
    Cow::Borrowed(match kind {
        PolicyType::TwoFactorAuthentication => "Require two-step login",
        PolicyType::MasterPassword => "Master password requirements",
        PolicyType::PasswordGenerator => "Password generator",
        PolicyType::SingleOrg => "Single organization",
        PolicyType::RequireSso => "Require single sign-on",
        PolicyType::OrganizationDataOwnership => "Enforce organization data ownership",
        PolicyType::DisableSend => "Remove Send",
        PolicyType::SendOptions => "Send options",
        PolicyType::ResetPassword => "Account recovery administration",
        PolicyType::MaximumVaultTimeout => "Vault timeout",
        PolicyType::DisablePersonalVaultExport => "Remove individual vault export",
        PolicyType::ActivateAutofill => "Activate auto-fill",
        PolicyType::AutomaticAppLogIn => "Automatically log in to allowed applications",
        PolicyType::FreeFamiliesSponsorshipPolicy => "Remove free Bitwarden Families sponsorship",
        PolicyType::RemoveUnlockWithPin => "Remove unlock with PIN",
        PolicyType::RestrictedItemTypesPolicy => "Remove card item type",
        PolicyType::UriMatchDefaults => "Default URI match detection",
        PolicyType::AutotypeDefaultSetting => "Autotype default setting",
        PolicyType::AutomaticUserConfirmation => "Automatic member confirmation",
        PolicyType::BlockClaimedDomainAccountCreation => "Block account creation for claimed domains",
        PolicyType::OrganizationUserNotification => "Vault banner message",
        PolicyType::SendControls => "Send controls",
        PolicyType::FillAssist => "Fill assist",
        PolicyType::Unknown(number) => return Cow::Owned(format!("Policy {number}")),
    })
}

/// Policies that must be on before this one (contract §4.6).
pub fn needs(kind: PolicyType) -> &'static [PolicyType] {
    match kind {
        PolicyType::RequireSso
        | PolicyType::ResetPassword
        | PolicyType::MaximumVaultTimeout
        | PolicyType::UriMatchDefaults
        | PolicyType::AutomaticUserConfirmation
        | PolicyType::OrganizationUserNotification => &[PolicyType::SingleOrg],
        _ => &[],
    }
}

/// Policies that need this one.
pub fn needed_by(kind: PolicyType) -> impl Iterator<Item = PolicyType> {
    PolicyType::ALL.iter().copied().filter(move |other| needs(*other).contains(&kind))
}

/// A member, as policies see one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyMember {
    /// The role.
    pub role: OrganizationUserType,
    /// How far the membership is.
    pub status: OrganizationUserStatus,
    /// The account has two-step login.
    pub two_step: bool,
    /// The account is an accepted or confirmed member of another organization too.
    pub elsewhere: bool,
    /// The account is on the staff of the provider that manages the organization.
    pub staff: bool,
}

impl PolicyMember {
    /// Whether policies are not enforced on the member: Owners, Admins, the provider's staff, and whoever is not in.
    pub fn is_exempt(self) -> bool {
        let leads = matches!(self.role, OrganizationUserType::Owner | OrganizationUserType::Admin);
        let within =
            matches!(self.status, OrganizationUserStatus::Accepted | OrganizationUserStatus::Confirmed);
        leads || self.staff || !within
    }

    /// Whether the member keeps to a policy. Only two of them say anything of a member.
    pub fn complies_with(self, kind: PolicyType) -> bool {
        match kind {
            PolicyType::TwoFactorAuthentication => self.two_step,
            PolicyType::SingleOrg => !self.elsewhere,
            _ => true,
        }
    }

    /// Whether switching a policy on takes the member's access away.
    pub fn is_revoked_by(self, kind: PolicyType) -> bool {
        !self.is_exempt() && !self.complies_with(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MEMBER: PolicyMember = PolicyMember {
        role: OrganizationUserType::User,
        status: OrganizationUserStatus::Confirmed,
        two_step: false,
        elsewhere: true,
        staff: false,
    };

    #[test]
    fn whoever_does_not_comply_is_revoked() {
        for kind in [PolicyType::TwoFactorAuthentication, PolicyType::SingleOrg] {
            assert!(MEMBER.is_revoked_by(kind));
            assert!(PolicyMember { role: OrganizationUserType::Custom, ..MEMBER }.is_revoked_by(kind));
            assert!(PolicyMember { status: OrganizationUserStatus::Accepted, ..MEMBER }.is_revoked_by(kind));
            assert!(!PolicyMember { two_step: true, elsewhere: false, ..MEMBER }.is_revoked_by(kind));
        }
        assert!(!MEMBER.is_revoked_by(PolicyType::MasterPassword));
    }

    #[test]
    fn owners_admins_staff_and_those_outside_are_exempt() {
        let exempt = [
            PolicyMember { role: OrganizationUserType::Owner, ..MEMBER },
            PolicyMember { role: OrganizationUserType::Admin, ..MEMBER },
            PolicyMember { staff: true, ..MEMBER },
            PolicyMember { status: OrganizationUserStatus::Invited, ..MEMBER },
            PolicyMember { status: OrganizationUserStatus::Revoked, ..MEMBER },
            PolicyMember { status: OrganizationUserStatus::Staged, ..MEMBER },
        ];
        for member in exempt {
            assert!(!member.is_revoked_by(PolicyType::TwoFactorAuthentication), "{member:?}");
        }
    }

    #[test]
    fn what_rests_on_single_organization_is_known_both_ways() {
        let resting: Vec<i32> = needed_by(PolicyType::SingleOrg).map(PolicyType::number).collect();
        assert_eq!(resting, [4, 8, 9, 16, 18, 20]);
    }
}
