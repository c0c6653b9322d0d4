use serde::{Deserialize, Serialize};

use crate::{OrganizationId, OrganizationUserId, ProviderUserId, Secret, UserId};

/// Where the session stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum SessionView {
    /// Nobody is signed in.
    SignedOut {
        /// Why, when it was not the user's own doing.
        because: Option<SignedOutBecause>,
    },
    /// The password was right; a second factor is asked for.
    TwoStep(TwoStepView),
    /// Signed in, all keys dropped.
    Locked {
        /// Whose session it is.
        email: String,
        /// The person's name, when known.
        name: Option<String>,
    },
    /// Signed in with keys in hand.
    Open(PersonView),
}

/// Why a session ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedOutBecause {
    /// The server no longer accepts the refresh token (expired, password changed, device removed).
    SessionEnded,
    /// The core was restarted by the browser.
    CoreRestarted,
}

/// The second step of a sign-in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TwoStepView {
    /// Who is signing in.
    pub email: String,
    /// Methods this portal can serve, best first.
    pub methods: Vec<TwoStepMethod>,
    /// Methods the account has that this portal cannot serve, in Bitwarden's words.
    pub unsupported: Vec<String>,
}

/// A second factor the portal can serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TwoStepMethod {
    /// A code from an authenticator app.
    Authenticator,
    /// A code sent by e-mail.
    Email,
}

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PersonView {
    /// Their id.
    pub user: UserId,
    /// Their e-mail address.
    pub email: String,
    /// Their name, when they gave one.
    pub name: Option<String>,
    /// Minutes of idleness until the portal locks; `None` is never.
    pub idle_minutes: Option<u32>,
}

/// Asks where the session stands.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetSession;

/// Signs in with e-mail and master password.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignIn {
    /// E-mail address as typed.
    pub email: String,
    /// The master password.
    pub password: Secret,
}

/// Gives the second factor of the sign-in under way.
#[derive(Debug, Serialize, Deserialize)]
pub struct TwoStep {
    /// Which factor.
    pub method: TwoStepMethod,
    /// The code as typed.
    pub code: String,
    /// Whether this device is to be trusted from now on.
    pub remember: bool,
}

/// Gives up the sign-in under way.
#[derive(Debug, Serialize, Deserialize)]
pub struct CancelSignIn;

/// Unlocks with the master password.
#[derive(Debug, Serialize, Deserialize)]
pub struct Unlock {
    /// The master password.
    pub password: Secret,
}

/// Drops every key, in every tab.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lock;

/// Ends the session, in every tab.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignOut;

/// Sets the idle lock.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetIdleLock {
    /// Minutes, 1 to 1,440; `None` is never.
    pub minutes: Option<u32>,
}

/// Asks for an e-mail verification, the first step of creating an account.
#[derive(Debug, Serialize, Deserialize)]
pub struct StartRegistration {
    /// The address to verify.
    pub email: String,
    /// The person's name.
    pub name: Option<String>,
}

/// How the verification goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum RegistrationStarted {
    /// A mail is under way; its link leads on.
    MailSent,
    /// The server sends no mail and gave the token at once.
    Token(String),
}

/// Creates an account.
#[derive(Debug, Serialize, Deserialize)]
pub struct Register {
    /// E-mail address.
    pub email: String,
    /// Name, up to 50 characters.
    pub name: Option<String>,
    /// The master password, at least 12 characters.
    pub password: Secret,
    /// A hint, up to 50 characters.
    pub hint: Option<String>,
    /// What entitles to create it.
    pub ticket: RegistrationTicket,
}

/// What entitles somebody to create an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum RegistrationTicket {
    /// A verified e-mail address.
    Email {
        /// The token of the mail.
        token: String,
    },
    /// An invitation to a provider's staff.
    Provider {
        /// The membership invited to.
        membership: ProviderUserId,
        /// The token of the invitation.
        token: String,
    },
    /// An invitation to an organization.
    Organization {
        /// The organization.
        organization: OrganizationId,
        /// The membership invited to.
        member: OrganizationUserId,
        /// The token of the invitation.
        token: String,
    },
}
