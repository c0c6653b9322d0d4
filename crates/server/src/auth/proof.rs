//! Proving once more to be the person signed in, before what is hard to undo.

use portal_wire::organization::VerifyRequest;

use super::Caller;
use crate::{
    app::Context,
    http::ApiError,
    limits::{self, Limit},
    store::users::{self, User},
};

/// The caller's account, if the master password hash is right. A wrong one costs time.
pub async fn prove_password(
    context: &Context,
    caller: &Caller,
    proof: &VerifyRequest,
) -> Result<User, ApiError> {
    let user = users::of_caller(&mut *context.store.read().await?, caller)
        .await?
        .ok_or(ApiError::Unauthenticated)?;
    let Some(password) = proof.master_password_hash.as_deref().filter(|hash| !hash.is_empty()) else {
        return Err(ApiError::invalid("MasterPasswordHash", "The master password hash is required."));
    };
    limits::check(context, Limit::Proof, user.id).await?;
    if context.passwords.verify(password, Some(&user.password_hash)).await? {
        return Ok(user);
    }
    tokio::time::sleep(context.settings.failure_delay).await;
    Err(ApiError::invalid("MasterPasswordHash", "The master password is wrong."))
}
