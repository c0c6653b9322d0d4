//! Tokens for API keys: a person's, and an organization's.

use axum::response::Response;
use portal_wire::{OrganizationId, UserId};
use subtle::ConstantTimeEq;

use super::{
    Attempt, Refusal, device,
    issue::{self, Grant},
    refresh::Refreshed,
};
use crate::{
    auth::{ACCESS_TOKEN_LIFE, Claims},
    limits::{self, Limit},
    store::{organizations, users},
};

pub(super) async fn grant(attempt: &Attempt<'_>, client: &str) -> Result<Response, Refusal> {
    limits::check(attempt.context, Limit::SignIn, format!("{} {client}", attempt.peer.network())).await?;
    match client.split_once('.') {
        Some(("user", id)) => person(attempt, client, id.parse().ok()).await,
        Some(("organization", id)) => organization(attempt, client, id.parse().ok()).await,
        _ => Err(Refusal::code("invalid_client")),
    }
}

/// Signs a person in without the second step, which the key stands for.
async fn person(attempt: &Attempt<'_>, client: &str, id: Option<UserId>) -> Result<Response, Refusal> {
    let user = match id {
        Some(id) => users::by_id(&mut *attempt.context.store.read().await?, id).await?,
        None => None,
    };
    check_key(attempt, user.as_ref().map(|user| user.api_key.as_str())).await?;
    let Some(user) = user else { return Err(Refusal::code("invalid_client")) };
    attempt.check_version()?;
    let device = device::described(attempt)?;
    issue::tokens(attempt, Grant { user: &user, client, device: &device, offline: false, remember: None })
        .await
}

/// A token for the public interface of an organization.
async fn organization(
    attempt: &Attempt<'_>,
    client: &str,
    id: Option<OrganizationId>,
) -> Result<Response, Refusal> {
    let context = attempt.context;
    let key = match id {
        Some(id) => organizations::api_key(&mut *context.store.read().await?, id).await?,
        None => None,
    };
    check_key(attempt, key.as_deref()).await?;
    let Some(id) = id else { return Err(Refusal::code("invalid_client")) };
    let claims = Claims::organization(&context.settings.public_url, context.clock.now(), id, client);
    Ok(issue::answer(&Refreshed {
        access_token: claims.into_token(&context.secrets),
        expires_in: ACCESS_TOKEN_LIFE,
        token_type: "Bearer",
        refresh_token: None,
        scope: "api.organization",
    }))
}

/// Whether the secret is the key. Keys are long and random, so a fast comparison in constant time is enough.
async fn check_key(attempt: &Attempt<'_>, key: Option<&str>) -> Result<(), Refusal> {
    let secret = attempt.form.get("client_secret").unwrap_or_default();
    if key.is_some_and(|key| key.as_bytes().ct_eq(secret.as_bytes()).into()) {
        return Ok(());
    }
    Err(attempt.fail(Refusal::code("invalid_client")).await)
}
