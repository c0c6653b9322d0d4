//! Whole vaults going in, going out, and being emptied.

use axum::{
    Json,
    extract::{Query, State},
};
use portal_domain::access::{Action, Grant};
use portal_wire::{
    OrganizationId,
    organization::VerifyRequest,
    vault::{ImportOrganizationRequest, OrganizationExport},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::check;
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess, prove_password},
    http::{ApiError, Body, Ids, Validation, document::documents},
    routes::shared::organization_of_query,
    store::{
        Tx,
        ciphers::{self, Import, Item},
        collections::{self, Which},
    },
};

/// How many items an import has at most, as in the original.
const MOST_ITEMS: usize = 40_000;
/// How many collections.
const MOST_COLLECTIONS: usize = 2_000;
/// How many times an item is put into a collection.
const MOST_RELATIONSHIPS: usize = 80_000;

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(export)).routes(routes!(import)).routes(routes!(purge))
}

/// The vault, encrypted: all of it, or the collections the caller manages. The client tells of it by an event (1602).
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/export",
    tag = "items",
    responses((status = 200, description = "The vault.", body = documents::OrganizationExport), (status = 401), (status = 404))
)]
async fn export(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
) -> Result<Json<OrganizationExport>, ApiError> {
    let mut db = context.store.read().await?;
    let (access, granted) =
        OrganizationAccess::permitted_in_part(&mut db, &caller, organization, Action::ExportVault).await?;
    let which = if granted == Grant::Full { Which::All } else { Which::Managed };
    let collections = collections::list(&mut db, &access, which).await?;
    let mut items = ciphers::of_organization(&mut db, &access).await?;
    items.retain(|item| item.deleted_at.is_none());
    if which == Which::Managed {
        for item in &mut items {
            item.collection_ids.retain(|id| collections.iter().any(|collection| collection.id == *id));
        }
        items.retain(|item| !item.collection_ids.is_empty());
    }
    Ok(Json(OrganizationExport { collections, ciphers: items.into_iter().map(Item::mini).collect() }))
}

/// Adds collections and items: all of them, or none.
#[utoipa::path(
    post,
    path = "/api/ciphers/import-organization",
    tag = "items",
    params(("organizationId" = String, Query)),
    request_body = documents::ImportOrganizationRequest,
    responses((status = 200, description = "Added."), (status = 400), (status = 401), (status = 413))
)]
async fn import(
    State(context): State<Context>,
    caller: Caller,
    query: Query<Vec<(String, String)>>,
    body: Result<Body<ImportOrganizationRequest>, ApiError>,
) -> Result<(), ApiError> {
    let organization = organization_of_query(&query)?;
    let mut tx = context.store.write().await?;
    let (access, granted) =
        OrganizationAccess::permitted_in_part(&mut tx, &caller, organization, Action::ImportVault).await?;
    let Body(request) = body?;
    check_import(&request)?;
    check_collections(&mut tx, &access, granted, &request).await?;
    let import = Import {
        collections: request
            .collections
            .iter()
            .map(|collection| match collection.id {
                Some(id) => Ok(id),
                None => Err((collection.name.as_str(), collection.external_id.as_deref())),
            })
            .collect(),
        ciphers: &request.ciphers,
        relationships: request.collection_relationships.iter().map(|pair| (pair.key, pair.value)).collect(),
    };
    ciphers::import(&mut tx, &access, &import, context.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn check_import(request: &ImportOrganizationRequest) -> Result<(), ApiError> {
    if request.ciphers.len() > MOST_ITEMS
        || request.collections.len() > MOST_COLLECTIONS
        || request.collection_relationships.len() > MOST_RELATIONSHIPS
    {
        return Err(ApiError::refused(format!(
            "You cannot import this much data at once. At most {MOST_ITEMS} items and {MOST_COLLECTIONS} collections can be imported."
        )));
    }
    let mut wrong = Validation::new();
    for (place, cipher) in request.ciphers.iter().enumerate() {
        check(&mut wrong, &format!("Ciphers[{place}]."), cipher);
    }
    for (place, collection) in request.collections.iter().enumerate().filter(|(_, new)| new.id.is_none()) {
        let field = format!("Collections[{place}].Name");
        wrong.enc_string(&field, &collection.name).at_most(&field, &collection.name, 1_000);
    }
    for (place, pair) in request.collection_relationships.iter().enumerate() {
        if pair.key >= request.ciphers.len() || pair.value >= request.collections.len() {
            wrong.error(
                &format!("CollectionRelationships[{place}]"),
                "There is no such item or collection in this import.",
            );
        }
    }
    wrong.finish()
}

/// Refuses collections of other organizations; and for those who import in part, collections they do not manage and new ones
/// if they may make none.
async fn check_collections(
    tx: &mut Tx,
    access: &OrganizationAccess,
    granted: Grant,
    request: &ImportOrganizationRequest,
) -> Result<(), ApiError> {
    let refused = || ApiError::role(Action::ImportVault);
    let existing: Vec<_> = request.collections.iter().filter_map(|collection| collection.id).collect();
    let rules = collections::rules(tx, access, &existing).await?.ok_or_else(refused)?;
    if granted == Grant::Full {
        return Ok(());
    }
    let makes_some = existing.len() < request.collections.len();
    let may_make = access.grant(Action::CreateCollection) == Grant::Full;
    let placed = request
        .ciphers
        .iter()
        .enumerate()
        .all(|(place, _)| request.collection_relationships.iter().any(|pair| pair.key == place));
    if (makes_some && !may_make) || !placed || !rules.iter().all(|rule| rule.managed_by_caller) {
        return Err(refused());
    }
    Ok(())
}

/// Deletes every item of an organization for good.
#[utoipa::path(
    post,
    path = "/api/ciphers/purge",
    tag = "items",
    params(("organizationId" = String, Query)),
    request_body = documents::VerifyRequest,
    responses((status = 200, description = "Emptied."), (status = 400), (status = 401), (status = 404))
)]
async fn purge(
    State(context): State<Context>,
    caller: Caller,
    query: Query<Vec<(String, String)>>,
    body: Result<Body<VerifyRequest>, ApiError>,
) -> Result<(), ApiError> {
    let organization = organization_of_query(&query)?;
    let permitted = async |tx: &mut Tx| {
        OrganizationAccess::permitted(tx, &caller, organization, Action::PurgeVault).await
    };
    // Nobody waits in a transaction for a password to be hashed.
    let mut tx = context.store.write().await?;
    permitted(&mut tx).await?;
    drop(tx);
    prove_password(&context, &caller, &body?.0).await?;
    let mut tx = context.store.write().await?;
    let access = permitted(&mut tx).await?;
    ciphers::purge(&mut tx, &access, context.clock.now()).await?;
    Ok(tx.commit().await?)
}
