//! Everything that can go wrong with a key, in kinds a caller can act on.

use crate::EncKind;

/// Why an operation with a key was refused or failed.
///
/// Which check failed while decrypting is deliberately not told: to an attacker it would be a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Wrong key or changed data: authentication, padding or RSA unwrapping failed.
    #[error("this cannot be decrypted with the key at hand")]
    CannotDecrypt,
    /// A known or unknown encryption type which is not used here.
    #[error("encryption type {0} is not supported")]
    Unsupported(EncKind),
    /// A key from an account of the newer encryption version.
    #[error("account encryption version not supported yet")]
    AccountVersion,
    /// The value is made for another kind of key, such as an RSA value given to a symmetric key.
    #[error("this value is made for another kind of key")]
    WrongKeyKind,
    /// The value does not have the form of what it should be.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// The server asks for key derivation outside what is safe, or sane. Nothing was hashed.
    #[error("the server's key derivation settings are refused: {0}")]
    KdfOutOfBounds(&'static str),
    /// The page was not delivered over HTTPS, or from localhost, so the browser offers no cryptography.
    #[error("the browser offers cryptography only over HTTPS or on localhost")]
    NoSecureContext,
    /// The system's source of randomness failed.
    #[error("no secure random numbers are available")]
    Random,
    /// What was just wrapped does not open to what went in, or does not fit its pair. It must not be sent.
    #[error("the encrypted value did not pass its check and must not be sent")]
    CheckFailed,
    /// The cryptographic engine refused or ran out of memory.
    #[error("the cryptographic engine failed: {0}")]
    Engine(&'static str),
}
