//! Two-step login of the own account, by authenticator app.

use axum::{Json, extract::State, routing::post};
use portal_wire::{
    EventType, List, TwoFactorProvider,
    organization::VerifyRequest,
    two_factor::{
        Authenticator, DisableAuthenticatorRequest, DisableTwoFactorRequest, EnableAuthenticatorRequest,
        RecoveryCode, TwoFactorStatus,
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, prove_password, secrets::random, tokens::Purpose, totp},
    http::{ApiError, Body, document::documents},
    limits::{self, Limit},
    store::{
        events::{self, NewEvent},
        users::{self, User},
    },
};

/// How long the token which stands for the password while the app is set up is good.
const SETUP_LIFE: i64 = 30 * 60_000;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(status))
        .routes(routes!(authenticator))
        .routes(routes!(enable, disable_authenticator))
        .route("/api/two-factor/authenticator", post(enable))
        .routes(routes!(disable))
        .route("/api/two-factor/disable", post(disable))
        .routes(routes!(recovery_code))
}

/// Which ways of two-step login are on.
#[utoipa::path(
    get,
    path = "/api/two-factor",
    tag = "two-factor",
    responses((status = 200, description = "A list.", body = documents::TwoFactorStatuses), (status = 401))
)]
async fn status(
    State(context): State<Context>,
    caller: Caller,
) -> Result<Json<List<TwoFactorStatus>>, ApiError> {
    let user = users::of_caller(&mut *context.store.read().await?, &caller)
        .await?
        .ok_or(ApiError::Unauthenticated)?;
    let on =
        user.totp_secret.map(|_| TwoFactorStatus { kind: TwoFactorProvider::Authenticator, enabled: true });
    Ok(Json(List::complete(on.into_iter().collect())))
}

/// The secret of the authenticator app; a new one, not yet in force, if two-step login is off.
#[utoipa::path(
    post,
    path = "/api/two-factor/get-authenticator",
    tag = "two-factor",
    request_body = documents::VerifyRequest,
    responses((status = 200, description = "The secret.", body = documents::Authenticator), (status = 400), (status = 401))
)]
async fn authenticator(
    State(context): State<Context>,
    caller: Caller,
    Body(proof): Body<VerifyRequest>,
) -> Result<Json<Authenticator>, ApiError> {
    let user = prove_password(&context, &caller, &proof).await?;
    let key = user.totp_secret.clone().unwrap_or_else(totp::new_secret);
    let expires = context.clock.now().saturating_add(SETUP_LIFE);
    let token = context.secrets.voucher(Purpose::TwoFactorSetup, vouched(&user, &key), &user.email, expires);
    Ok(Json(Authenticator { enabled: user.totp_secret.is_some(), key, user_verification_token: Some(token) }))
}

/// Turns the authenticator app on, once a code of it proves that it works.
#[utoipa::path(
    put,
    path = "/api/two-factor/authenticator",
    tag = "two-factor",
    request_body = documents::EnableAuthenticatorRequest,
    responses((status = 200, description = "It is on.", body = documents::Authenticator), (status = 400), (status = 401))
)]
async fn enable(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<EnableAuthenticatorRequest>,
) -> Result<Json<Authenticator>, ApiError> {
    let token = request.user_verification_token.as_deref();
    let user = prove(&context, &caller, &request.key, token, request.master_password_hash.clone()).await?;
    limits::check(&context, Limit::Proof, user.id).await?;
    let now = context.clock.now();
    let Some(step) = totp::matching_step(&request.key, &request.token, now) else {
        tokio::time::sleep(context.settings.failure_delay).await;
        return Err(ApiError::invalid("Token", "The code is wrong."));
    };
    let mut tx = context.store.write().await?;
    let recovery = user.recovery_code.clone().unwrap_or_else(new_recovery_code);
    users::set_totp(&mut tx, &caller, Some(&request.key), Some(&recovery), now).await?;
    // The code that turned it on cannot sign in as well.
    users::use_totp_step(&mut tx, user.id, step).await?;
    let event = NewEvent { user_id: Some(user.id), ..NewEvent::by(&caller, EventType::UserUpdated2fa, now) };
    events::record_personal(&mut tx, event).await?;
    tx.commit().await?;
    Ok(Json(Authenticator { enabled: true, key: request.key, user_verification_token: None }))
}

/// Turns the authenticator app off.
#[utoipa::path(
    delete,
    path = "/api/two-factor/authenticator",
    tag = "two-factor",
    request_body = documents::DisableAuthenticatorRequest,
    responses((status = 200, description = "It is off.", body = documents::TwoFactorStatus), (status = 400), (status = 401))
)]
async fn disable_authenticator(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<DisableAuthenticatorRequest>,
) -> Result<Json<TwoFactorStatus>, ApiError> {
    let token = request.user_verification_token.as_deref();
    let user = prove(&context, &caller, &request.key, token, request.master_password_hash.clone()).await?;
    turn_off(&context, &caller, &user, request.kind).await
}

/// Turns one way of two-step login off.
#[utoipa::path(
    put,
    path = "/api/two-factor/disable",
    tag = "two-factor",
    request_body = documents::DisableTwoFactorRequest,
    responses((status = 200, description = "It is off.", body = documents::TwoFactorStatus), (status = 400), (status = 401))
)]
async fn disable(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<DisableTwoFactorRequest>,
) -> Result<Json<TwoFactorStatus>, ApiError> {
    let proof = VerifyRequest { master_password_hash: request.master_password_hash, otp: request.otp };
    let user = prove_password(&context, &caller, &proof).await?;
    turn_off(&context, &caller, &user, request.kind).await
}

/// The code that helps whoever loses the app.
#[utoipa::path(
    post,
    path = "/api/two-factor/get-recover",
    tag = "two-factor",
    request_body = documents::VerifyRequest,
    responses((status = 200, description = "The code.", body = documents::RecoveryCode), (status = 400), (status = 401))
)]
async fn recovery_code(
    State(context): State<Context>,
    caller: Caller,
    Body(proof): Body<VerifyRequest>,
) -> Result<Json<RecoveryCode>, ApiError> {
    let user = prove_password(&context, &caller, &proof).await?;
    Ok(Json(RecoveryCode { code: user.recovery_code }))
}

async fn turn_off(
    context: &Context,
    caller: &Caller,
    user: &User,
    kind: TwoFactorProvider,
) -> Result<Json<TwoFactorStatus>, ApiError> {
    // Other ways are never on, so turning them off changes nothing.
    if kind == TwoFactorProvider::Authenticator && user.totp_secret.is_some() {
        let now = context.clock.now();
        let mut tx = context.store.write().await?;
        users::set_totp(&mut tx, caller, None, None, now).await?;
        let event =
            NewEvent { user_id: Some(user.id), ..NewEvent::by(caller, EventType::UserDisabled2fa, now) };
        events::record_personal(&mut tx, event).await?;
        tx.commit().await?;
    }
    Ok(Json(TwoFactorStatus { kind, enabled: false }))
}

/// The caller's account, proved by the token that was given with the secret of the app, or else by the password.
async fn prove(
    context: &Context,
    caller: &Caller,
    key: &str,
    token: Option<&str>,
    password: Option<String>,
) -> Result<User, ApiError> {
    if let Some(token) = token {
        let user = users::of_caller(&mut *context.store.read().await?, caller).await?;
        let user = user.ok_or(ApiError::Unauthenticated)?;
        let (id, now) = (vouched(&user, key), context.clock.now());
        if context.secrets.accepts(Purpose::TwoFactorSetup, token, id, &user.email, now) {
            return Ok(user);
        }
    }
    prove_password(context, caller, &VerifyRequest { master_password_hash: password, otp: None }).await
}

fn vouched(user: &User, key: &str) -> String {
    format!("{} {} {key}", user.id, user.security_stamp)
}

/// Eight groups of four characters, none of which can be mistaken for another.
fn new_recovery_code() -> String {
    let text = data_encoding::BASE32_NOPAD.encode(&random::<20>());
    text.to_lowercase().as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ")
}
