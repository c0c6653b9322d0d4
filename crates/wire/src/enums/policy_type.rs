//! The policies an organization can set.

use super::numbered;

numbered! {
    /// Which policy it is.
    pub enum PolicyType named {
        TwoFactorAuthentication = 0, "TwoFactorAuthentication";
        MasterPassword = 1, "MasterPassword";
        PasswordGenerator = 2, "PasswordGenerator";
        SingleOrg = 3, "SingleOrg";
        RequireSso = 4, "RequireSso";
        OrganizationDataOwnership = 5, "OrganizationDataOwnership";
        DisableSend = 6, "DisableSend";
        SendOptions = 7, "SendOptions";
        ResetPassword = 8, "ResetPassword";
        MaximumVaultTimeout = 9, "MaximumVaultTimeout";
        DisablePersonalVaultExport = 10, "DisablePersonalVaultExport";
        ActivateAutofill = 11, "ActivateAutofill";
        AutomaticAppLogIn = 12, "AutomaticAppLogIn";
        FreeFamiliesSponsorshipPolicy = 13, "FreeFamiliesSponsorshipPolicy";
        RemoveUnlockWithPin = 14, "RemoveUnlockWithPin";
        RestrictedItemTypesPolicy = 15, "RestrictedItemTypesPolicy";
        UriMatchDefaults = 16, "UriMatchDefaults";
        AutotypeDefaultSetting = 17, "AutotypeDefaultSetting";
        AutomaticUserConfirmation = 18, "AutomaticUserConfirmation";
        BlockClaimedDomainAccountCreation = 19, "BlockClaimedDomainAccountCreation";
        OrganizationUserNotification = 20, "OrganizationUserNotification";
        SendControls = 21, "SendControls";
        FillAssist = 22, "FillAssist";
    }
}
