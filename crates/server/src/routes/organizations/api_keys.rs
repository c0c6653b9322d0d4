//! The keys to an organization's interfaces (contract §4.1).

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{
    List, OrganizationId,
    organization::VerifyRequest,
    policy::{ApiKey, ApiKeyInformation, ApiKeyRequest},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess, prove_password},
    http::{ApiError, Body, Ids, document::documents},
    store::{Tx, organizations::api_keys},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(view))
        .routes(routes!(rotate))
        .routes(routes!(information))
        .routes(routes!(information_of_one))
}

const SCIM: i32 = 2;

/// What the role table must grant for a kind of key. A kind that does not exist is refused only to those who may ask.
fn action(kind: i32) -> Action {
    if kind == SCIM { Action::ManageScimKey } else { Action::ManageApiKey }
}

fn check_kind(kind: i32) -> Result<(), ApiError> {
    match kind {
        0 | SCIM => Ok(()),
        _ => Err(ApiError::invalid("Type", "This server has no key of this type.")),
    }
}

/// Shows a key, after the master password.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/api-key",
    tag = "organizations",
    request_body = documents::ApiKeyRequest,
    responses((status = 200, description = "The key.", body = documents::ApiKey), (status = 400), (status = 401), (status = 404), (status = 429))
)]
async fn view(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<ApiKeyRequest>, ApiError>,
) -> Result<Json<ApiKey>, ApiError> {
    let (mut tx, access, kind) = proved(&context, &caller, id, body).await?;
    let key = api_keys::get_or_make(&mut tx, &access, kind, context.clock.now()).await?;
    tx.commit().await?;
    Ok(Json(key))
}

/// Replaces a key, after the master password.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/rotate-api-key",
    tag = "organizations",
    request_body = documents::ApiKeyRequest,
    responses((status = 200, description = "The new key.", body = documents::ApiKey), (status = 400), (status = 401), (status = 404), (status = 429))
)]
async fn rotate(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<ApiKeyRequest>, ApiError>,
) -> Result<Json<ApiKey>, ApiError> {
    let (mut tx, access, kind) = proved(&context, &caller, id, body).await?;
    let key = api_keys::rotate(&mut tx, &access, kind, context.clock.now()).await?;
    tx.commit().await?;
    Ok(Json(key))
}

async fn proved(
    context: &Context,
    caller: &Caller,
    id: OrganizationId,
    body: Result<Body<ApiKeyRequest>, ApiError>,
) -> Result<(Tx, OrganizationAccess, i32), ApiError> {
    let action = body.as_ref().map_or(Action::ManageApiKey, |Body(request)| action(request.kind));
    OrganizationAccess::permitted(&mut *context.store.read().await?, caller, id, action).await?;
    let Body(request) = body?;
    check_kind(request.kind)?;
    let proof = VerifyRequest { master_password_hash: request.master_password_hash, otp: request.otp };
    prove_password(context, caller, &proof).await?;
    // The proof takes time, in which the caller may have lost the role.
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, caller, id, action).await?;
    Ok((tx, access, request.kind))
}

/// Which keys there are.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/api-key-information",
    tag = "organizations",
    responses((status = 200, description = "A list.", body = documents::ApiKeyInformation), (status = 401), (status = 404))
)]
async fn information(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<List<ApiKeyInformation>>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ManageApiKey).await?;
    Ok(Json(List::complete(api_keys::information(&mut db, &access, None).await?)))
}

/// Whether there is a key of one kind.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/api-key-information/{type}",
    tag = "organizations",
    responses((status = 200, description = "A list.", body = documents::ApiKeyInformation), (status = 400), (status = 401), (status = 404))
)]
async fn information_of_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((id, kind)): Ids<(OrganizationId, i32)>,
) -> Result<Json<List<ApiKeyInformation>>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, action(kind)).await?;
    check_kind(kind)?;
    Ok(Json(List::complete(api_keys::information(&mut db, &access, Some(kind)).await?)))
}
