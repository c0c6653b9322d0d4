//! How often things may be tried, counted in the database so that all processes count together.

use std::fmt::Display;

use crate::{app::Context, http::ApiError, store::rate_limits};

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Any token request of one network.
    Token,
    /// Signing in to one account from one network.
    SignIn,
    /// Trying second factors or passwords of one account.
    Proof,
    /// Registering and asking about accounts from one network.
    Registration,
    /// Inviting by one person.
    Invitation,
}

/// Counts one try of `key`, and refuses with 429 if it was one too many.
pub async fn check(context: &Context, limit: Limit, key: impl Display) -> Result<(), ApiError> {
    let limits = &context.settings.limits;
    let (name, rate) = match limit {
        Limit::Token => ("token", limits.token),
        Limit::SignIn => ("sign-in", limits.sign_in),
        Limit::Proof => ("proof", limits.sign_in),
        Limit::Registration => ("registration", limits.registration),
        Limit::Invitation => ("invitation", limits.invitation),
    };
    let Some(rate) = rate else { return Ok(()) };
    // The key is hashed: addresses need not lie around, and a long one stays short.
    let hash = context.secrets.keyed_hash("rate limit", format!("{name} {key}").as_bytes());
    let mut tx = context.store.write().await?;
    let wait = rate_limits::count(&mut tx, &data_encoding::HEXLOWER.encode(&hash), rate, context.clock.now())
        .await?;
    tx.commit().await?;
    wait.map_or(Ok(()), |retry_after| Err(ApiError::TooMany { retry_after }))
}
