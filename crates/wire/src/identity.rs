//! Signing in and registering.

mod prelogin;
mod register;
mod token_error;
mod token_request;
mod token_success;

pub use prelogin::{KdfSettings, PreloginRequest, PreloginResponse};
pub use register::{
    AccountKeysRequest, MasterPasswordAuthentication, MasterPasswordUnlockData, RegisterFinishRequest,
    RegisterFinished, SendVerificationEmailRequest, UserAsymmetricKeys, VerificationEmailClickedRequest,
};
pub use token_error::{ErrorModel, TokenError};
pub use token_request::TokenRequest;
pub use token_success::{
    AccountKeys, MasterPasswordPolicy, MasterPasswordUnlock, PublicKeyEncryptionKeyPair, SecurityState,
    SignatureKeyPair, TokenAccountKeys, TokenKdf, TokenSuccess, UserDecryptionOptions,
};
