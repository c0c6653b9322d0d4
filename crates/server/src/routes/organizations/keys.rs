//! An organization's key pair (contract §4.1).

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{
    OrganizationId,
    organization::KeyPair,
    policy::{OrganizationKeys, OrganizationPrivateKey},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, Validation, document::documents},
    routes::shared::check_key_pair,
    store::organizations::keys,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(set)).routes(routes!(private_key))
}

/// Gives an organization its first key pair.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/keys",
    tag = "organizations",
    request_body = documents::KeyPair,
    responses((status = 200, description = "The pair.", body = documents::OrganizationKeys), (status = 400), (status = 401))
)]
async fn set(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<KeyPair>, ApiError>,
) -> Result<Json<OrganizationKeys>, ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, id, Action::SetKeyPair).await?;
    let Body(pair) = body?;
    let mut wrong = Validation::new();
    check_key_pair(&mut wrong, "", &pair);
    wrong.finish()?;
    if !keys::set(&mut tx, &access, &pair, context.clock.now()).await? {
        return Err(ApiError::refused("The organization already has a key pair."));
    }
    tx.commit().await?;
    Ok(Json(OrganizationKeys {
        public_key: Some(pair.public_key),
        private_key: Some(pair.encrypted_private_key),
    }))
}

/// The private key under the organization's key, for whoever manages members.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/private-key",
    tag = "organizations",
    responses((status = 200, description = "The key, or null.", body = documents::OrganizationPrivateKey), (status = 401), (status = 403))
)]
async fn private_key(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<OrganizationPrivateKey>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ManageMembers).await?;
    Ok(Json(OrganizationPrivateKey { private_key: keys::private_key(&mut db, &access).await? }))
}
