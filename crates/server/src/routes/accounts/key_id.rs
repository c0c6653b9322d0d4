//! The name that newer official clients give an account's key.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::Caller,
    http::{ApiError, Body, Validation},
    store::users,
};

/// More characters than any id has: 16 bytes in hexadecimal today.
const LONGEST: usize = 64;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(keep))
}

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct KeyId {
    #[serde(default)]
    user_key_id: String,
}

/// Keeps the id of the account's key. The official command-line client does not sign in where it cannot leave it.
#[utoipa::path(
    post,
    path = "/api/accounts/key-management/user-key-id",
    tag = "accounts",
    request_body = KeyId,
    responses((status = 200, description = "Kept."), (status = 400), (status = 401))
)]
async fn keep(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<KeyId>,
) -> Result<(), ApiError> {
    Validation::new()
        .required("UserKeyId", &request.user_key_id)
        .at_most("UserKeyId", &request.user_key_id, LONGEST)
        .finish()?;
    let mut tx = context.store.write().await?;
    users::set_key_id(&mut tx, &caller, request.user_key_id).await?;
    Ok(tx.commit().await?)
}
