use std::borrow::Cow;

use portal_wire::{Event, EventType};

use super::Named;

/// How much attention an event deserves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Everyday.
    Routine,
    /// Worth knowing.
    Notable,
    /// Takes something away, or opens something up.
    Harmful,
}

/// What an event of one kind says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// How much attention it deserves.
    pub weight: Weight,
    /// What was done, with slots in braces for what has a name.
    pub template: Cow<'static, str>,
}

/// The words for a kind of event. One that is not known says so, and deserves a look.
pub fn words(kind: EventType) -> Words {
    match WORDS.binary_search_by_key(&kind.number(), |(known, ..)| known.number()) {
        Ok(found) => WORDS.get(found).map(|(_, weight, template)| (*weight, *template)),
        Err(_) => None,
    }
    .map_or_else(|| unknown(kind), |(weight, template)| Words { weight, template: Cow::Borrowed(template) })
}

fn unknown(kind: EventType) -> Words {
    let template = format!("did something this version does not know (type {})", kind.number());
    Words { weight: Weight::Notable, template: Cow::Owned(template) }
}

/// Something in a sentence that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// One of the staff.
    Staff,
    /// A member.
    Member,
    /// A client.
    Client,
    /// A collection.
    Collection,
    /// A group.
    Group,
    /// A policy.
    Policy,
    /// A vault item.
    Item,
    /// A secret.
    Secret,
    /// A project.
    Project,
    /// A machine account.
    Machine,
    /// A Send.
    Send,
    /// A domain, whose name the event carries.
    Domain,
}

impl Slot {
    /// The slot of a name in braces.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "staff" => Self::Staff,
            "member" => Self::Member,
            "client" => Self::Client,
            "collection" => Self::Collection,
            "group" => Self::Group,
            "policy" => Self::Policy,
            "item" => Self::Item,
            "secret" => Self::Secret,
            "project" => Self::Project,
            "machine" => Self::Machine,
            "send" => Self::Send,
            "domain" => Self::Domain,
            _ => return None,
        })
    }

    /// What the event has for this slot.
    pub fn of(self, event: &Event) -> Option<Named> {
        match self {
            Self::Staff => event.provider_user_id.map(Named::Staff),
            Self::Member => event.organization_user_id.map(Named::Member),
            Self::Client => event.provider_organization_id.map(Named::Client),
            Self::Collection => event.collection_id.map(Named::Collection),
            Self::Group => event.group_id.map(Named::Group),
            Self::Policy => event.policy_id.map(Named::Policy),
            Self::Item => event.cipher_id.map(Named::Item),
            Self::Secret => event.secret_id.map(Named::Secret),
            Self::Project => event.project_id.map(Named::Project),
            Self::Machine => {
                event.granted_service_account_id.or(event.service_account_id).map(Named::MachineAccount)
            }
            Self::Send => event.send_id.map(Named::Send),
            Self::Domain => None,
        }
    }

    /// It is a person, who may be known by account where the membership is not.
    pub fn is_person(self) -> bool {
        matches!(self, Self::Staff | Self::Member)
    }

    /// The name says enough: "invited Ann", but "deleted the group Sales".
    pub fn needs_no_noun(self) -> bool {
        self.is_person() || self == Self::Client
    }

    /// What it is, for one with an id.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Staff => "staff member",
            Self::Member => "member",
            Self::Client => "client",
            Self::Collection => "collection",
            Self::Group => "group",
            Self::Policy => "policy",
            Self::Item => "item",
            Self::Secret => "secret",
            Self::Project => "project",
            Self::Machine => "machine account",
            Self::Send => "Send",
            Self::Domain => "domain",
        }
    }

    /// What it is, for one without.
    pub fn unnamed(self) -> &'static str {
        match self {
            Self::Staff => "a staff member",
            Self::Member => "a member",
            Self::Client => "a client",
            Self::Collection => "a collection",
            Self::Group => "a group",
            Self::Policy => "a policy",
            Self::Item => "an item",
            Self::Secret => "a secret",
            Self::Project => "a project",
            Self::Machine => "a machine account",
            Self::Send => "a Send",
            Self::Domain => "a domain",
        }
    }
}

use EventType as E;
use Weight::{Harmful as H, Notable as N, Routine as R};

/// Every known kind of event, by rising number.
#[rustfmt::skip]
const WORDS: &[(EventType, Weight, &str)] = &[
    (E::UserLoggedIn, R, "signed in"),
    (E::UserChangedPassword, N, "changed their master password"),
    (E::UserUpdated2fa, N, "turned on or changed two-step login"),
    (E::UserDisabled2fa, H, "turned off two-step login"),
    (E::UserRecovered2fa, H, "used the recovery code, which turns two-step login off"),
    (E::UserFailedLogIn, N, "had a sign-in refused for a wrong password"),
    (E::UserFailedLogIn2fa, N, "had a sign-in refused for a wrong two-step login code"),
    (E::UserClientExportedVault, H, "exported their own vault"),
    (E::UserUpdatedTempPassword, R, "replaced a temporary password"),
    (E::UserMigratedKeyToKeyConnector, N, "moved their key to Key Connector"),
    (E::UserRequestedDeviceApproval, R, "asked for a device to be approved"),
    (E::UserTdeOffboardingPasswordSet, N, "set a password on leaving trusted devices"),

    (E::CipherCreated, R, "created {item}"),
    (E::CipherUpdated, R, "edited {item}"),
    (E::CipherDeleted, H, "deleted {item} for good"),
    (E::CipherAttachmentCreated, R, "added an attachment to {item}"),
    (E::CipherAttachmentDeleted, N, "deleted an attachment of {item}"),
    (E::CipherShared, N, "moved {item} to the organization"),
    (E::CipherUpdatedCollections, R, "changed the collections of {item}"),
    (E::CipherClientViewed, R, "viewed {item}"),
    (E::CipherClientToggledPasswordVisible, R, "showed the password of {item}"),
    (E::CipherClientToggledHiddenFieldVisible, R, "showed a hidden field of {item}"),
    (E::CipherClientToggledCardCodeVisible, R, "showed the card code of {item}"),
    (E::CipherClientCopiedPassword, R, "copied the password of {item}"),
    (E::CipherClientCopiedHiddenField, R, "copied a hidden field of {item}"),
    (E::CipherClientCopiedCardCode, R, "copied the card code of {item}"),
    (E::CipherClientAutofilled, R, "autofilled {item}"),
    (E::CipherSoftDeleted, N, "moved {item} to the trash"),
    (E::CipherRestored, R, "restored {item} from the trash"),
    (E::CipherClientToggledCardNumberVisible, R, "showed the card number of {item}"),
    (E::CipherClientToggledTOTPSeedVisible, N, "showed the authenticator key of {item}"),
    (E::CipherClientCopiedBankAccountNumber, R, "copied the bank account number of {item}"),
    (E::CipherClientCopiedBankAccountPin, R, "copied the bank account PIN of {item}"),
    (E::CipherClientToggledBankAccountNumberVisible, R, "showed the bank account number of {item}"),
    (E::CipherClientToggledBankAccountPinVisible, R, "showed the bank account PIN of {item}"),
    (E::CipherClientCopiedLicenseNumber, R, "copied the licence number of {item}"),
    (E::CipherClientToggledLicenseNumberVisible, R, "showed the licence number of {item}"),
    (E::CipherClientCopiedPassportNumber, R, "copied the passport number of {item}"),
    (E::CipherClientToggledPassportNumberVisible, R, "showed the passport number of {item}"),
    (E::CipherClientCopiedSwiftCode, R, "copied the SWIFT code of {item}"),
    (E::CipherClientToggledSwiftCodeVisible, R, "showed the SWIFT code of {item}"),
    (E::CipherClientCopiedIban, R, "copied the IBAN of {item}"),
    (E::CipherClientToggledIbanVisible, R, "showed the IBAN of {item}"),
    (E::CipherClientCopiedNationalIdentificationNumber, R, "copied the national identification number of {item}"),
    (E::CipherClientToggledNationalIdentificationNumberVisible, R, "showed the national identification number of {item}"),

    (E::CollectionCreated, R, "created {collection}"),
    (E::CollectionUpdated, R, "changed {collection} or who has access to it"),
    (E::CollectionDeleted, H, "deleted {collection}"),

    (E::GroupCreated, R, "created {group}"),
    (E::GroupUpdated, R, "changed {group}"),
    (E::GroupDeleted, H, "deleted {group}"),

    (E::OrganizationUserInvited, R, "invited {member}"),
    (E::OrganizationUserConfirmed, R, "confirmed {member}"),
    (E::OrganizationUserUpdated, N, "changed the role or access of {member}"),
    (E::OrganizationUserRemoved, H, "removed {member}"),
    (E::OrganizationUserUpdatedGroups, R, "changed the groups of {member}"),
    (E::OrganizationUserUnlinkedSso, N, "removed the single sign-on link of {member}"),
    (E::OrganizationUserResetPasswordEnroll, R, "enrolled {member} in account recovery"),
    (E::OrganizationUserResetPasswordWithdraw, N, "withdrew {member} from account recovery"),
    (E::OrganizationUserAdminResetPassword, H, "reset the master password of {member}"),
    (E::OrganizationUserResetSsoLink, N, "reset the single sign-on link of {member}"),
    (E::OrganizationUserFirstSsoLogin, R, "signed in with single sign-on for the first time"),
    (E::OrganizationUserRevoked, H, "revoked the access of {member}"),
    (E::OrganizationUserRestored, N, "restored the access of {member}"),
    (E::OrganizationUserApprovedAuthRequest, N, "approved a device of {member}"),
    (E::OrganizationUserRejectedAuthRequest, N, "refused a device of {member}"),
    (E::OrganizationUserDeleted, H, "deleted {member} and their account"),
    (E::OrganizationUserLeft, N, "left the organization"),
    (E::OrganizationUserAutomaticallyConfirmed, R, "confirmed {member} automatically"),
    (E::OrganizationUserSelfRevoked, N, "gave up their access by declining data ownership"),
    (E::OrganizationUserAdminResetTwoFactor, H, "reset the two-step login of {member}"),
    (E::OrganizationUserRevokedTwoFactorNonCompliance, H, "revoked the access of {member} for lack of two-step login"),
    (E::OrganizationUserRevokedSingleOrganizationNonCompliance, H, "revoked the access of {member} for belonging to another organization"),
    (E::OrganizationUserNotificationBannerActionClicked, R, "followed the notice of the organization"),
    (E::OrganizationUserStaged, R, "provisioned {member} without an invitation"),
    (E::OrganizationUserInviteLinkAccepted, R, "accepted an invite link"),
    (E::OrganizationUserAdminChangedEmail, H, "changed the e-mail address of {member}"),
    (E::OrganizationUserInviteLinkConfirmed, R, "confirmed {member} through an invite link"),

    (E::OrganizationUpdated, N, "edited the organization’s settings"),
    (E::OrganizationPurgedVault, H, "purged the organization’s vault"),
    (E::OrganizationClientExportedVault, H, "exported the organization’s vault"),
    (E::OrganizationVaultAccessed, N, "opened the organization’s vault"),
    (E::OrganizationEnabledSso, N, "turned on single sign-on"),
    (E::OrganizationDisabledSso, H, "turned off single sign-on"),
    (E::OrganizationEnabledKeyConnector, N, "turned on Key Connector"),
    (E::OrganizationDisabledKeyConnector, N, "turned off Key Connector"),
    (E::OrganizationSponsorshipsSynced, R, "synchronised sponsored Families plans"),
    (E::OrganizationCollectionManagementUpdated, N, "changed the collection settings"),
    (E::OrganizationCollectionManagementLimitCollectionCreationEnabled, N, "limited creating collections to Owners and Admins"),
    (E::OrganizationCollectionManagementLimitCollectionCreationDisabled, N, "let every member create collections"),
    (E::OrganizationCollectionManagementLimitCollectionDeletionEnabled, N, "limited deleting collections to Owners and Admins"),
    (E::OrganizationCollectionManagementLimitCollectionDeletionDisabled, N, "let members delete the collections they manage"),
    (E::OrganizationCollectionManagementLimitItemDeletionEnabled, N, "limited deleting items to members who manage them"),
    (E::OrganizationCollectionManagementLimitItemDeletionDisabled, N, "let every member who can edit an item delete it"),
    (E::OrganizationCollectionManagementAllowAdminAccessToAllCollectionItemsEnabled, H, "let Owners and Admins reach every item"),
    (E::OrganizationCollectionManagementAllowAdminAccessToAllCollectionItemsDisabled, N, "stopped Owners and Admins from reaching every item"),
    (E::OrganizationItemOrganizationAccepted, R, "agreed to move their items to the organization"),
    (E::OrganizationItemOrganizationDeclined, N, "declined to move their items to the organization"),
    (E::OrganizationAutoConfirmEnabledAdmin, N, "turned on automatic confirmation"),
    (E::OrganizationAutoConfirmDisabledAdmin, N, "turned off automatic confirmation"),
    (E::OrganizationAutoConfirmEnabledPortal, N, "turned on automatic confirmation, from Bitwarden’s side"),
    (E::OrganizationAutoConfirmDisabledPortal, N, "turned off automatic confirmation, from Bitwarden’s side"),
    (E::OrganizationInviteLinkCreated, N, "created an invite link"),
    (E::OrganizationInviteLinkDomainsEdited, N, "changed the domains of the invite link"),
    (E::OrganizationInviteLinkDeleted, R, "deleted the invite link"),
    (E::OrganizationInviteLinkClientCopied, R, "copied the invite link"),
    (E::OrganizationInviteLinkRefreshed, N, "replaced the invite link"),
    (E::OrganizationInviteLinkConfirmEnabled, N, "turned on automatic confirmation for the invite link"),
    (E::OrganizationInviteLinkConfirmDisabled, R, "turned off automatic confirmation for the invite link"),

    (E::PolicyUpdated, N, "saved {policy}"),

    (E::ProviderUserInvited, R, "invited {staff}"),
    (E::ProviderUserConfirmed, R, "confirmed {staff}"),
    (E::ProviderUserUpdated, N, "changed the role of {staff}"),
    (E::ProviderUserRemoved, H, "removed {staff}"),

    (E::ProviderOrganizationCreated, R, "created {client}"),
    (E::ProviderOrganizationAdded, R, "added {client}"),
    (E::ProviderOrganizationRemoved, H, "unlinked {client}"),
    (E::ProviderOrganizationVaultAccessed, N, "opened the vault of {client}"),

    (E::OrganizationDomainAdded, R, "claimed {domain}"),
    (E::OrganizationDomainRemoved, H, "removed {domain}"),
    (E::OrganizationDomainVerified, R, "verified {domain}"),
    (E::OrganizationDomainNotVerified, N, "failed to verify {domain}"),

    (E::SecretRetrieved, R, "read {secret}"),
    (E::SecretCreated, R, "created {secret}"),
    (E::SecretEdited, R, "edited {secret}"),
    (E::SecretDeleted, N, "moved {secret} to the trash"),
    (E::SecretPermanentlyDeleted, H, "deleted {secret} for good"),
    (E::SecretRestored, R, "restored {secret} from the trash"),

    (E::ProjectRetrieved, R, "read {project}"),
    (E::ProjectCreated, R, "created {project}"),
    (E::ProjectEdited, R, "edited {project}"),
    (E::ProjectDeleted, H, "deleted {project}"),

    (E::ServiceAccountUserAdded, N, "gave somebody access to {machine}"),
    (E::ServiceAccountUserRemoved, N, "took somebody’s access to {machine} away"),
    (E::ServiceAccountGroupAdded, N, "gave {group} access to {machine}"),
    (E::ServiceAccountGroupRemoved, N, "took the access of {group} to {machine} away"),
    (E::ServiceAccountCreated, R, "created {machine}"),
    (E::ServiceAccountDeleted, H, "deleted {machine}"),

    (E::PhishingBlockerSiteAccessed, N, "came upon a phishing site that was blocked"),
    (E::PhishingBlockerSiteExited, R, "left a phishing site that was blocked"),
    (E::PhishingBlockerBypassed, H, "went on to a phishing site despite the warning"),

    (E::SendCreatedText, R, "created {send} with a text"),
    (E::SendCreatedTextWithEmailVerification, R, "created {send} with a text, protected by an e-mail check"),
    (E::SendCreatedTextWithPasswordProtection, R, "created {send} with a text, protected by a password"),
    (E::SendCreatedFile, R, "created {send} with a file"),
    (E::SendCreatedFileWithEmailVerification, R, "created {send} with a file, protected by an e-mail check"),
    (E::SendCreatedFileWithPasswordProtection, R, "created {send} with a file, protected by a password"),
    (E::SendEditedText, R, "edited {send} with a text"),
    (E::SendEditedFile, R, "edited {send} with a file"),
    (E::SendDeletedText, N, "deleted {send} with a text"),
    (E::SendDeletedFile, N, "deleted {send} with a file"),
    (E::SendAccessedText, R, "opened {send} with a text"),
    (E::SendAccessedFile, R, "opened {send} with a file"),
];
