//! How to derive somebody's master key, asked before signing in.

use axum::{Json, extract::State, routing::post};
use portal_wire::{
    KdfType,
    identity::{KdfSettings, PreloginRequest, PreloginResponse},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    http::{ApiError, Body, Peer, Validation, document::documents, validation::normal_email},
    limits::{self, Limit},
    store::users,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(prelogin)).route("/identity/accounts/prelogin", post(prelogin))
}

/// The derivation settings of an account. An unknown address gets settings too, always the same, so that nobody learns
/// here who has an account.
#[utoipa::path(
    post,
    path = "/identity/accounts/prelogin/password",
    tag = "identity",
    request_body = documents::PreloginRequest,
    responses((status = 200, description = "Derivation settings."), (status = 400), (status = 429))
)]
async fn prelogin(
    State(context): State<Context>,
    peer: Peer,
    Body(request): Body<PreloginRequest>,
) -> Result<Json<PreloginResponse>, ApiError> {
    limits::check(&context, Limit::Token, peer.network()).await?;
    Validation::new().email("Email", &request.email).finish()?;
    let email = normal_email(&request.email);
    let user = users::by_email(&mut *context.store.read().await?, &email).await?;
    let (settings, salt) = match user {
        Some(user) => (user.kdf, user.salt().to_owned()),
        None => (decoy(&context, &email), email),
    };
    Ok(Json(PreloginResponse { salt: Some(salt), ..settings.into() }))
}

/// Settings for nobody, chosen by a keyed hash so that they stay the same and cannot be told from real ones.
fn decoy(context: &Context, email: &str) -> KdfSettings {
    let [choice, ..] = context.secrets.keyed_hash("prelogin decoy", email.as_bytes());
    let pbkdf2 = |iterations| KdfSettings {
        kdf_type: KdfType::Pbkdf2Sha256,
        iterations,
        memory: None,
        parallelism: None,
    };
    let argon2 = |iterations, memory| KdfSettings {
        kdf_type: KdfType::Argon2id,
        iterations,
        memory: Some(memory),
        parallelism: Some(4),
    };
    match choice % 8 {
        0..=4 => pbkdf2(600_000),
        5 | 6 => argon2(6, 32),
        _ => argon2(3, 64),
    }
}
