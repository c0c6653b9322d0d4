//! Reading collections.

use axum::{Json, extract::State, middleware::from_fn};
use portal_domain::access::{Action, Grant};
use portal_wire::{
    List, OrganizationId,
    organization::{CollectionAccess, CollectionRow},
};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Ids, compression::compress, document::documents},
    store::collections::{self, Access, Which},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(details)).layer(from_fn(compress))
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
    responses((status = 200, description = "A list."), (status = 401), (status = 404))
)]
async fn details(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<List<Value>>, ApiError> {
    let mut tx = context.store.write().await?;
    let (access, grant) =
        OrganizationAccess::permitted_in_part(&mut tx, &caller, id, Action::ViewCollectionAccess).await?;
    collections::record_vault_access(&mut tx, &access, context.clock.now()).await?;
    let found = collections::details(&mut tx, &access, which(grant)).await?;
    tx.commit().await?;
    Ok(Json(List::complete(found.into_iter().map(model).collect())))
}

fn model(access: Access) -> Value {
    let holders = |held: &[(Uuid, CollectionAccess)]| -> Vec<Value> {
        held.iter()
            .map(|(holder, access)| {
                json!({
                    "id": holder,
                    "readOnly": access.read_only,
                    "hidePasswords": access.hide_passwords,
                    "manage": access.manage,
                })
            })
            .collect()
    };
    let managed = access.groups.iter().chain(&access.members).any(|(_, access)| access.manage);
    let own = access.own.clone().unwrap_or_default();
    let collection = &access.collection;
    json!({
        "object": "collectionAccessDetails",
        "id": collection.id,
        "organizationId": collection.organization_id,
        "name": collection.name,
        "externalId": collection.external_id,
        "type": collection.kind,
        "defaultUserCollectionEmail": null,
        "groups": holders(&access.groups),
        "users": holders(&access.members),
        "assigned": access.own.is_some(),
        "readOnly": own.read_only,
        "hidePasswords": own.hide_passwords,
        "manage": own.manage,
        "unmanaged": !managed,
    })
}
