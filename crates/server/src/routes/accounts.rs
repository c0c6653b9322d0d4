//! The own account (contract §2).

use axum::{Json, extract::State};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{app::Context, auth::Caller, http::ApiError, store::users};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(revision_date))
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
