//! Signing in with a password.

use axum::response::Response;
use portal_wire::EventType;

use super::{
    Attempt, Refusal,
    device::{self, NewDevice},
    issue::{self, Grant},
    second_factor,
};
use crate::{
    http::validation::normal_email,
    limits::{self, Limit},
    store::{StoreError, events, events::NewEvent, users, users::User},
};

/// The checks come in the contract's order: credentials, client version, two-step login, device.
pub(super) async fn grant(attempt: &Attempt<'_>, client: &str) -> Result<Response, Refusal> {
    let context = attempt.context;
    let user = credentials(attempt).await?;
    attempt.check_version()?;
    let remember = match &user.totp_secret {
        Some(secret) => second_factor::check(attempt, &user, secret).await?,
        None => None,
    };
    let device = device::described(attempt)?;
    if user.totp_secret.is_none() && context.settings.new_device_check {
        match device::is_new(attempt, &user, &device).await? {
            NewDevice::No => {}
            NewDevice::Refused(refusal) => return Err(refusal),
        }
    }
    let offline =
        attempt.form.get("scope").is_some_and(|scope| scope.split(' ').any(|word| word == "offline_access"));
    let grant = Grant { user: &user, client, device: &device, offline, remember };
    issue::tokens(attempt, grant).await
}

/// The account the address and the password belong to.
async fn credentials(attempt: &Attempt<'_>) -> Result<User, Refusal> {
    let (context, form) = (attempt.context, attempt.form);
    let email = normal_email(form.get("username").unwrap_or_default());
    limits::check(context, Limit::SignIn, format!("{} {email}", attempt.peer.network())).await?;
    let user = users::by_email(&mut *context.store.read().await?, &email).await?;
    let stored = user.as_ref().map(|user| user.password_hash.as_str());
    let right = context.passwords.verify(form.get("password").unwrap_or_default(), stored).await?;
    match user {
        Some(user) if right => Ok(user),
        user => {
            if let Some(user) = user {
                record_failure(attempt, &user, EventType::UserFailedLogIn).await?;
            }
            Err(attempt.fail(Refusal::wrong("Username or password is incorrect. Try again.")).await)
        }
    }
}

/// Writes a failed sign-in into the logs.
pub(super) async fn record_failure(
    attempt: &Attempt<'_>,
    user: &User,
    kind: EventType,
) -> Result<(), StoreError> {
    let context = attempt.context;
    let device_type = device::kind(attempt).map(|kind| kind.number());
    let mut tx = context.store.write().await?;
    let event = NewEvent::at_sign_in(kind, user.id, device_type, attempt.peer.ip, context.clock.now());
    events::record_personal(&mut tx, event).await?;
    tx.commit().await
}
