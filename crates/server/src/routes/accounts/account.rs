//! Details of the own account.

use axum::{Json, extract::State, http::HeaderMap, routing::post};
use data_encoding::BASE64URL_NOPAD;
use portal_domain::limits::HINT_LENGTH;
use portal_wire::{organization::VerifyRequest, profile::Profile};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::profile;
use crate::{
    app::Context,
    auth::{Caller, prove_password},
    http::{ApiError, Body, Peer, Validation, document::documents, validation::normal_email},
    limits::{self, Limit},
    store::{devices, users, users::Details},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(revision_date))
        .routes(routes!(update))
        .route("/api/accounts/profile", post(update))
        .routes(routes!(verify_password))
        .routes(routes!(known_device))
}

/// When something the clients of the account keep last changed.
#[utoipa::path(
    get,
    path = "/api/accounts/revision-date",
    tag = "accounts",
    responses((status = 200, description = "Milliseconds since 1970.", body = i64), (status = 401))
)]
async fn revision_date(State(context): State<Context>, caller: Caller) -> Result<Json<i64>, ApiError> {
    let user = users::of_caller(&mut *context.store.read().await?, &caller).await?;
    Ok(Json(user.ok_or(ApiError::Unauthenticated)?.revised_at.0))
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UpdateProfile {
    name: Option<String>,
    master_password_hint: Option<String>,
    culture: Option<String>,
}

/// Changes the name, the hint and the language. Without a name, the account has none; the others stay if left out.
#[utoipa::path(
    put,
    path = "/api/accounts/profile",
    tag = "accounts",
    request_body = UpdateProfile,
    responses((status = 200, description = "The profile.", body = documents::Profile), (status = 400), (status = 401))
)]
async fn update(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<UpdateProfile>,
) -> Result<Json<Profile>, ApiError> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    Validation::new()
        .at_most("Name", &text(&request.name), 50)
        .at_most("MasterPasswordHint", &text(&request.master_password_hint), HINT_LENGTH)
        .at_most("Culture", &text(&request.culture), 10)
        .finish()?;
    let details = Details {
        name: request.name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        password_hint: request.master_password_hint,
        culture: request.culture,
    };
    let mut tx = context.store.write().await?;
    users::update_details(&mut tx, &caller, details, context.clock.now()).await?;
    let profile = profile::read(&mut tx, &caller).await?;
    tx.commit().await?;
    Ok(Json(profile))
}

/// Whether a master password hash is the caller's own.
#[utoipa::path(
    post,
    path = "/api/accounts/verify-password",
    tag = "accounts",
    request_body = documents::VerifyRequest,
    responses((status = 200, description = "It is."), (status = 400, description = "It is not."), (status = 401))
)]
async fn verify_password(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<VerifyRequest>,
) -> Result<Json<Value>, ApiError> {
    prove_password(&context, &caller, &request).await?;
    Ok(Json(json!({
        "object": "masterPasswordPolicy",
        "minComplexity": null,
        "minLength": null,
        "requireLower": null,
        "requireUpper": null,
        "requireNumbers": null,
        "requireSpecial": null,
        "enforceOnLogin": null,
    })))
}

/// Whether somebody has signed in from a device before, asked by it before signing in.
#[utoipa::path(
    get,
    path = "/api/devices/knowndevice",
    tag = "accounts",
    params(
        ("X-Request-Email" = String, Header, description = "The e-mail address in base64url."),
        ("X-Device-Identifier" = String, Header, description = "The installation.")
    ),
    responses((status = 200, description = "Whether it is known.", body = bool), (status = 400), (status = 429))
)]
async fn known_device(
    State(context): State<Context>,
    peer: Peer,
    headers: HeaderMap,
) -> Result<Json<bool>, ApiError> {
    limits::check(&context, Limit::Token, peer.network()).await?;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(email), Some(identifier)) = (header("x-request-email"), header("x-device-identifier")) else {
        return Err(ApiError::refused("The headers X-Request-Email and X-Device-Identifier are required."));
    };
    let email = BASE64URL_NOPAD
        .decode(email.trim_end_matches('=').as_bytes())
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| ApiError::refused("The header X-Request-Email is not base64url."))?;
    let mut db = context.store.read().await?;
    let known = match users::by_email(&mut db, &normal_email(&email)).await? {
        Some(user) => devices::known(&mut db, user.id, identifier).await?.1,
        None => false,
    };
    Ok(Json(known))
}
