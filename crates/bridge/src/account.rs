use serde::{Deserialize, Serialize};

use crate::Secret;

/// Asks for one's own account.
#[derive(Debug, Serialize, Deserialize)]
pub struct GetAccount;

/// One's own account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountView {
    /// E-mail address.
    pub email: String,
    /// Name, when given.
    pub name: Option<String>,
    /// The phrase others see when they confirm this person.
    pub fingerprint: String,
    /// Whether two-step login is on.
    pub two_step: bool,
    /// Whether the key derivation is weaker than Bitwarden's default.
    pub weak_derivation: bool,
}

/// Changes one's own name.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaveAccount {
    /// The new name, up to 50 characters.
    pub name: String,
}

/// Begins to switch on two-step login.
#[derive(Debug, Serialize, Deserialize)]
pub struct BeginTwoStep {
    /// The master password again.
    pub password: Secret,
}

/// What the authenticator app needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TwoStepSetup {
    /// The secret in base32.
    pub secret: String,
    /// The same as an `otpauth:` address.
    pub address: String,
}

/// Switches two-step login on.
#[derive(Debug, Serialize, Deserialize)]
pub struct TurnOnTwoStep {
    /// The secret of [`TwoStepSetup`].
    pub secret: String,
    /// The first code of the authenticator app.
    pub code: String,
    /// The master password again.
    pub password: Secret,
}

/// Switches two-step login off.
#[derive(Debug, Serialize, Deserialize)]
pub struct TurnOffTwoStep {
    /// The master password again.
    pub password: Secret,
}
