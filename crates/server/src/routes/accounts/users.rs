//! What every signed-in person may know of another: public keys.

use axum::{
    Json,
    extract::{Path, State},
};
use portal_wire::{UserId, profile::UserKey};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::Caller,
    http::{ApiError, document::documents},
    store::users,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(public_key)).routes(routes!(keys))
}

/// Somebody's public key.
#[utoipa::path(
    get,
    path = "/api/users/{id}/public-key",
    tag = "accounts",
    params(("id" = String, Path)),
    responses((status = 200, description = "The key.", body = documents::UserKey), (status = 401), (status = 404))
)]
async fn public_key(
    State(context): State<Context>,
    _caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<UserKey>, ApiError> {
    let (user_id, public_key) = find(&context, &id).await?;
    Ok(Json(UserKey { user_id, public_key: Some(public_key) }))
}

/// Somebody's public keys. No account here has a signature key.
#[utoipa::path(
    get,
    path = "/api/users/{id}/keys",
    tag = "accounts",
    params(("id" = String, Path)),
    responses((status = 200, description = "The keys."), (status = 401), (status = 404))
)]
async fn keys(
    State(context): State<Context>,
    _caller: Caller,
    Path(id): Path<String>,
) -> Result<Json<Value>, ApiError> {
    let (_, public_key) = find(&context, &id).await?;
    Ok(Json(json!({
        "object": "publicKeys",
        "publicKey": public_key,
        "verifyingKey": null,
        "signedPublicKey": null,
    })))
}

async fn find(context: &Context, id: &str) -> Result<(UserId, String), ApiError> {
    let id = id.parse().map_err(|_| ApiError::NotFound)?;
    let key = users::public_key(&mut *context.store.read().await?, id).await?;
    key.map(|key| (id, key)).ok_or(ApiError::NotFound)
}
