//! Signing in, and who acts without signing in.

use super::numbered;

numbered! {
    /// How the master key is derived from the password.
    pub enum KdfType {
        /// PBKDF2 with SHA-256.
        Pbkdf2Sha256 = 0,
        /// Argon2id.
        Argon2id = 1,
    }
}

numbered! {
    /// A way to prove oneself a second time.
    pub enum TwoFactorProvider {
        /// A code from an authenticator app.
        Authenticator = 0,
        /// A code by e-mail.
        Email = 1,
        /// Duo, of the person.
        Duo = 2,
        /// A YubiKey code.
        YubiKey = 3,
        /// U2F, which no server accepts any more.
        U2f = 4,
        /// The token of a device that was to be remembered.
        Remember = 5,
        /// Duo, of the organization.
        OrganizationDuo = 6,
        /// A passkey or security key.
        WebAuthn = 7,
        /// The recovery code, which turns two-step login off.
        RecoveryCode = 8,
    }
}

numbered! {
    /// What acted when no person did.
    pub enum EventSystemUser {
        /// Not recorded.
        NotRecorded = 0,
        /// A directory, through SCIM.
        Scim = 1,
        /// The domain check.
        DomainVerification = 2,
        /// The public API.
        PublicApi = 3,
        /// The two-step login policy.
        TwoFactorDisabled = 4,
        /// Bitwarden's staff.
        BitwardenPortal = 5,
    }
}
