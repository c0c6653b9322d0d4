//! Items as their people have them: their own, and those of the collections they have as members.

use axum::{
    Json,
    extract::{Query, State},
};
use portal_domain::access::Action;
use portal_wire::{
    CipherId, List,
    cipher::{Cipher, CipherRequest, CreateCipherRequest},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{check, check_revision, out_of_date};
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, Validation, document::documents},
    routes::shared::organization_of_query,
    store::{
        Db, Tx,
        ciphers::{self, Item, Reach},
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(assigned))
        .routes(routes!(create_own))
        .routes(routes!(create))
        .routes(routes!(one))
        .routes(routes!(one_details))
        .routes(routes!(update))
        .routes(routes!(trash))
        .routes(routes!(restore))
        .routes(routes!(delete))
}

/// The items of an organization that the caller has as a member. Staff of the provider who are no members have none.
#[utoipa::path(
    get,
    path = "/api/ciphers/organization-details/assigned",
    tag = "items",
    params(("organizationId" = String, Query)),
    responses((status = 200, description = "A list.", body = documents::Ciphers), (status = 401), (status = 404))
)]
async fn assigned(
    State(context): State<Context>,
    caller: Caller,
    query: Query<Vec<(String, String)>>,
) -> Result<Json<List<Cipher>>, ApiError> {
    let organization = organization_of_query(&query)?;
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::of(&mut db, &caller, organization).await?;
    if access.is_none_or(|access| access.member().is_none()) {
        return Err(ApiError::role(Action::ViewItems));
    }
    let items = ciphers::of_caller(&mut db, &caller).await?;
    let here = items.into_iter().filter(|(item, _)| item.organization_id == Some(organization));
    Ok(Json(List::complete(here.map(|(item, reach)| item.details(reach)).collect())))
}

/// Makes an item of the caller's own.
#[utoipa::path(
    post,
    path = "/api/ciphers",
    tag = "items",
    request_body = documents::CipherRequest,
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 400), (status = 401))
)]
async fn create_own(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<CipherRequest>,
) -> Result<Json<Cipher>, ApiError> {
    if request.organization_id.is_some() {
        return Err(ApiError::refused("An item of an organization is made in a collection."));
    }
    let mut wrong = Validation::new();
    check(&mut wrong, "", &request);
    wrong.finish()?;
    let mut tx = context.store.write().await?;
    let item = ciphers::create(&mut tx, &caller, None, &request, context.clock.now()).await?;
    answer(tx, &caller, item.id).await
}

/// Makes an item in collections of an organization that the caller may edit.
#[utoipa::path(
    post,
    path = "/api/ciphers/create",
    tag = "items",
    request_body = documents::CreateCipherRequest,
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 400), (status = 401), (status = 404))
)]
async fn create(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<CreateCipherRequest>,
) -> Result<Json<Cipher>, ApiError> {
    let organization = request.cipher.organization_id.ok_or(ApiError::NotFound)?;
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::of(&mut tx, &caller, organization).await?.ok_or(ApiError::NotFound)?;
    if !ciphers::may_put_into(&mut tx, &access, &request.collection_ids).await? {
        return Err(ApiError::NotFound);
    }
    let mut wrong = Validation::new();
    check(&mut wrong, "Cipher.", &request.cipher);
    if request.collection_ids.is_empty() {
        wrong.error("CollectionIds", "You must select at least one collection.");
    }
    wrong.finish()?;
    let place = Some((&access, request.collection_ids.as_slice()));
    let item = ciphers::create(&mut tx, &caller, place, &request.cipher, context.clock.now()).await?;
    let found = ciphers::find(&mut tx, &caller, item.id).await?;
    tx.commit().await?;
    Ok(Json(found.map_or_else(|| item.mini(), |(item, reach)| item.details(reach))))
}

/// One item.
#[utoipa::path(
    get,
    path = "/api/ciphers/{id}",
    tag = "items",
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 401), (status = 404))
)]
async fn one(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
) -> Result<Json<Cipher>, ApiError> {
    let mut db = context.store.read().await?;
    let (item, reach) = ciphers::find(&mut db, &caller, id).await?.ok_or(ApiError::NotFound)?;
    Ok(Json(item.details(reach)))
}

/// One item.
#[utoipa::path(
    get,
    path = "/api/ciphers/{id}/details",
    tag = "items",
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 401), (status = 404))
)]
async fn one_details(
    context: State<Context>,
    caller: Caller,
    id: Ids<CipherId>,
) -> Result<Json<Cipher>, ApiError> {
    one(context, caller, id).await
}

/// Puts this in the place of what an item was, unless somebody else has changed it meanwhile.
#[utoipa::path(
    put,
    path = "/api/ciphers/{id}",
    tag = "items",
    request_body = documents::CipherRequest,
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 400), (status = 401), (status = 404))
)]
async fn update(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
    body: Result<Body<CipherRequest>, ApiError>,
) -> Result<Json<Cipher>, ApiError> {
    let mut tx = context.store.write().await?;
    let item = reached(&mut tx, &caller, id, |reach| reach.edit).await?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    check(&mut wrong, "", &request);
    wrong.finish()?;
    if request.organization_id.is_some_and(|said| Some(said) != item.organization_id) {
        return Err(ApiError::NotFound);
    }
    check_revision(&item, &request)?;
    if !ciphers::save(&mut tx, &caller, &item, &request, context.clock.now()).await? {
        return Err(out_of_date());
    }
    answer(tx, &caller, id).await
}

/// Puts an item in the trash.
#[utoipa::path(
    put,
    path = "/api/ciphers/{id}/delete",
    tag = "items",
    responses((status = 200, description = "In the trash."), (status = 401), (status = 404))
)]
async fn trash(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let item = reached(&mut tx, &caller, id, |reach| reach.delete).await?;
    ciphers::set_trashed(&mut tx, &caller, vec![item], true, context.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Takes an item out of the trash.
#[utoipa::path(
    put,
    path = "/api/ciphers/{id}/restore",
    tag = "items",
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 401), (status = 404))
)]
async fn restore(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
) -> Result<Json<Cipher>, ApiError> {
    let mut tx = context.store.write().await?;
    let item = reached(&mut tx, &caller, id, |reach| reach.delete).await?;
    ciphers::set_trashed(&mut tx, &caller, vec![item], false, context.clock.now()).await?;
    answer(tx, &caller, id).await
}

/// Deletes an item for good.
#[utoipa::path(
    delete,
    path = "/api/ciphers/{id}",
    tag = "items",
    responses((status = 200, description = "Deleted."), (status = 401), (status = 404))
)]
async fn delete(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let item = reached(&mut tx, &caller, id, |reach| reach.delete).await?;
    ciphers::delete(&mut tx, &caller, &[item], context.clock.now()).await?;
    Ok(tx.commit().await?)
}

async fn reached(
    db: &mut Db,
    caller: &Caller,
    id: CipherId,
    may: impl Fn(Reach) -> bool,
) -> Result<Item, ApiError> {
    let found = ciphers::find(db, caller, id).await?;
    found.filter(|(_, reach)| may(*reach)).map(|(item, _)| item).ok_or(ApiError::NotFound)
}

async fn answer(mut tx: Tx, caller: &Caller, id: CipherId) -> Result<Json<Cipher>, ApiError> {
    let (item, reach) = ciphers::find(&mut tx, caller, id).await?.ok_or(ApiError::NotFound)?;
    tx.commit().await?;
    Ok(Json(item.details(reach)))
}
