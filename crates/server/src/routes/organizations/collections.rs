//! Reading collections.

use axum::{Json, extract::State, middleware::from_fn};
use portal_domain::access::{Action, Grant};
use portal_wire::{
    CollectionId, List, OrganizationId,
    collection::{CollectionAccessDetails, Selection},
    organization::{CollectionAccess, CollectionRow},
};
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Ids, compression::compress, document::documents},
    store::{
        collections::{self, Access, Which},
        organizations,
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(details))
        .routes(routes!(one))
        .routes(routes!(one_details))
        .routes(routes!(users))
        .routes(routes!(assigned))
        .layer(from_fn(compress))
}

fn which(grant: Grant) -> Which {
    if grant == Grant::Full { Which::All } else { Which::Managed }
}

/// The collections: all, or those the caller manages.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/collections",
    tag = "collections",
    responses((status = 200, description = "A list.", body = documents::Collections), (status = 401), (status = 404))
)]
async fn list(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<List<CollectionRow>>, ApiError> {
    let mut db = context.store.read().await?;
    let (access, grant) =
        OrganizationAccess::permitted_in_part(&mut db, &caller, id, Action::ViewCollections).await?;
    Ok(Json(List::complete(collections::list(&mut db, &access, which(grant)).await?)))
}

/// The collections with who may do what in them. Staff of the provider leave a trace in the event logs.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/collections/details",
    tag = "collections",
    responses((status = 200, description = "A list.", body = documents::CollectionsDetails), (status = 401), (status = 404))
)]
async fn details(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<List<CollectionAccessDetails>>, ApiError> {
    let mut tx = context.store.write().await?;
    let (access, grant) =
        OrganizationAccess::permitted_in_part(&mut tx, &caller, id, Action::ViewCollectionAccess).await?;
    collections::record_vault_access(&mut tx, &access, context.clock.now()).await?;
    let found = collections::details(&mut tx, &access, which(grant)).await?;
    tx.commit().await?;
    Ok(Json(List::complete(found.into_iter().map(model).collect())))
}

/// One collection.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/collections/{id}",
    tag = "collections",
    responses((status = 200, description = "A collection."), (status = 401), (status = 404))
)]
async fn one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, CollectionId)>,
) -> Result<Json<CollectionRow>, ApiError> {
    let mut db = context.store.read().await?;
    let (access, grant) =
        OrganizationAccess::permitted_in_part(&mut db, &caller, organization, Action::ViewCollections)
            .await?;
    let found = collections::list(&mut db, &access, which(grant)).await?;
    found.into_iter().find(|collection| collection.id == id).map(Json).ok_or(ApiError::NotFound)
}

/// One collection with who may do what in it.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/collections/{id}/details",
    tag = "collections",
    responses((status = 200, description = "A collection.", body = documents::CollectionAccessDetails), (status = 401), (status = 404))
)]
async fn one_details(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, CollectionId)>,
) -> Result<Json<CollectionAccessDetails>, ApiError> {
    Ok(Json(model(found(&context, &caller, organization, id).await?)))
}

/// Which members may do what in a collection, directly.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/collections/{id}/users",
    tag = "collections",
    responses((status = 200, description = "An array."), (status = 401), (status = 404))
)]
async fn users(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, CollectionId)>,
) -> Result<Json<Vec<Selection>>, ApiError> {
    let access = found(&context, &caller, organization, id).await?;
    Ok(Json(selections(&access.members)))
}

async fn found(
    context: &Context,
    caller: &Caller,
    organization: OrganizationId,
    id: CollectionId,
) -> Result<Access, ApiError> {
    let mut db = context.store.read().await?;
    let (access, grant) =
        OrganizationAccess::permitted_in_part(&mut db, caller, organization, Action::ViewCollectionAccess)
            .await?;
    let found = collections::details(&mut db, &access, which(grant)).await?;
    found.into_iter().find(|found| found.collection.id == id).ok_or(ApiError::NotFound)
}

/// The collections that the caller has as a member of any organization. Staff of a provider have none that way.
#[utoipa::path(
    get,
    path = "/api/collections",
    tag = "collections",
    responses((status = 200, description = "A list.", body = documents::AssignedCollections), (status = 401))
)]
async fn assigned(State(context): State<Context>, caller: Caller) -> Result<Json<List<Value>>, ApiError> {
    let mut db = context.store.read().await?;
    Ok(Json(List::complete(organizations::member_collections(&mut db, &caller).await?)))
}

fn selections(held: &[(Uuid, CollectionAccess)]) -> Vec<Selection> {
    held.iter()
        .map(|(holder, access)| Selection {
            id: *holder,
            read_only: access.read_only,
            hide_passwords: access.hide_passwords,
            manage: access.manage,
        })
        .collect()
}

/// A collection with who may do what in it, as it travels.
pub(super) fn model(access: Access) -> CollectionAccessDetails {
    let managed = access.groups.iter().chain(&access.members).any(|(_, access)| access.manage);
    let own = access.own.clone().unwrap_or_default();
    let collection = access.collection;
    CollectionAccessDetails {
        id: collection.id,
        organization_id: collection.organization_id,
        name: collection.name,
        external_id: collection.external_id,
        kind: collection.kind,
        default_user_collection_email: None,
        groups: Some(selections(&access.groups)),
        users: Some(selections(&access.members)),
        assigned: access.own.is_some(),
        read_only: own.read_only,
        hide_passwords: own.hide_passwords,
        manage: own.manage,
        unmanaged: !managed,
    }
}
