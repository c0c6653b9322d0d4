//! Items of an organization, for those who administer them.

use axum::{
    Json,
    extract::{Query, State},
};
use portal_domain::access::{Action, Grant};
use portal_wire::{
    CipherId, List, OrganizationId,
    cipher::{
        BulkCipherCollectionsRequest, Cipher, CipherCollectionsRequest, CipherIdsRequest, CipherRequest,
        CreateCipherRequest,
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{check, check_revision, out_of_date};
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, Validation, document::documents},
    routes::shared::{organization_of_query, some_ids},
    store::{
        Db, Tx,
        ciphers::{self, Item},
        collections,
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(create))
        .routes(routes!(one))
        .routes(routes!(update))
        .routes(routes!(set_collections))
        .routes(routes!(set_many_collections))
        .routes(routes!(trash))
        .routes(routes!(trash_several))
        .routes(routes!(restore))
        .routes(routes!(restore_several))
        .routes(routes!(delete))
        .routes(routes!(delete_several))
}

/// Every item of an organization, encrypted.
#[utoipa::path(
    get,
    path = "/api/ciphers/organization-details",
    tag = "items",
    params(("organizationId" = String, Query)),
    responses((status = 200, description = "A list.", body = documents::Ciphers), (status = 401), (status = 404))
)]
async fn list(
    State(context): State<Context>,
    caller: Caller,
    query: Query<Vec<(String, String)>>,
) -> Result<Json<List<Cipher>>, ApiError> {
    let organization = organization_of_query(&query)?;
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, organization, Action::ViewItems).await?;
    let items = ciphers::of_organization(&mut db, &access).await?;
    Ok(Json(List::complete(items.into_iter().map(Item::mini).collect())))
}

/// Makes an item in collections of an organization.
#[utoipa::path(
    post,
    path = "/api/ciphers/admin",
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
    let (access, _) =
        OrganizationAccess::permitted_in_part(&mut tx, &caller, organization, Action::EditItems).await?;
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
    tx.commit().await?;
    Ok(Json(item.mini()))
}

/// One item.
#[utoipa::path(
    get,
    path = "/api/ciphers/{id}/admin",
    tag = "items",
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 401), (status = 404))
)]
async fn one(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
) -> Result<Json<Cipher>, ApiError> {
    let mut db = context.store.read().await?;
    Ok(Json(target(&mut db, &caller, id).await?.1.mini()))
}

/// Puts this in the place of what an item was, unless somebody else has changed it meanwhile.
#[utoipa::path(
    put,
    path = "/api/ciphers/{id}/admin",
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
    let (access, item) = target(&mut tx, &caller, id).await?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    check(&mut wrong, "", &request);
    wrong.finish()?;
    if request.organization_id.is_some_and(|said| said != access.organization_id()) {
        return Err(ApiError::NotFound);
    }
    check_revision(&item, &request)?;
    if !ciphers::save(&mut tx, &caller, &item, &request, context.clock.now()).await? {
        return Err(out_of_date());
    }
    answer(tx, &access, id).await
}

/// Puts an item into exactly these collections.
#[utoipa::path(
    put,
    path = "/api/ciphers/{id}/collections-admin",
    tag = "items",
    request_body = documents::CipherCollectionsRequest,
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 400), (status = 401), (status = 404))
)]
async fn set_collections(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
    body: Result<Body<CipherCollectionsRequest>, ApiError>,
) -> Result<Json<Cipher>, ApiError> {
    let mut tx = context.store.write().await?;
    let (access, item) = target(&mut tx, &caller, id).await?;
    let Body(CipherCollectionsRequest { collection_ids: wanted }) = body?;
    let add: Vec<_> = wanted.iter().filter(|id| !item.collection_ids.contains(id)).copied().collect();
    let remove: Vec<_> = item.collection_ids.iter().filter(|id| !wanted.contains(id)).copied().collect();
    let changed: Vec<_> = add.iter().chain(&remove).copied().collect();
    if !ciphers::may_put_into(&mut tx, &access, &changed).await?
        || collections::rules(&mut tx, &access, &wanted).await?.is_none()
    {
        return Err(ApiError::NotFound);
    }
    ciphers::set_collections(&mut tx, &access, &[item], &add, &remove, context.clock.now()).await?;
    answer(tx, &access, id).await
}

/// Puts several items into collections, or takes them out of them.
#[utoipa::path(
    post,
    path = "/api/ciphers/bulk-collections",
    tag = "items",
    request_body = documents::BulkCipherCollectionsRequest,
    responses((status = 200, description = "Done."), (status = 400), (status = 401), (status = 404))
)]
async fn set_many_collections(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<BulkCipherCollectionsRequest>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let (access, items) =
        targets(&mut tx, &caller, Some(request.organization_id), &request.cipher_ids).await?;
    if !ciphers::may_put_into(&mut tx, &access, &request.collection_ids).await? {
        return Err(ApiError::NotFound);
    }
    let ids = request.collection_ids.as_slice();
    let (add, remove) = if request.remove_collections { (&[][..], ids) } else { (ids, &[][..]) };
    ciphers::set_collections(&mut tx, &access, &items, add, remove, context.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Puts an item in the trash.
#[utoipa::path(
    put,
    path = "/api/ciphers/{id}/delete-admin",
    tag = "items",
    responses((status = 200, description = "In the trash."), (status = 401), (status = 404))
)]
async fn trash(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let (_, item) = target(&mut tx, &caller, id).await?;
    ciphers::set_trashed(&mut tx, &caller, vec![item], true, context.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Puts several items in the trash, or none.
#[utoipa::path(
    put,
    path = "/api/ciphers/delete-admin",
    tag = "items",
    request_body = documents::CipherIdsRequest,
    responses((status = 200, description = "In the trash."), (status = 400), (status = 401), (status = 404))
)]
async fn trash_several(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<CipherIdsRequest>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let (_, items) = targets(&mut tx, &caller, request.organization_id, &request.ids).await?;
    ciphers::set_trashed(&mut tx, &caller, items, true, context.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Takes an item out of the trash.
#[utoipa::path(
    put,
    path = "/api/ciphers/{id}/restore-admin",
    tag = "items",
    responses((status = 200, description = "The item.", body = documents::Cipher), (status = 401), (status = 404))
)]
async fn restore(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
) -> Result<Json<Cipher>, ApiError> {
    let mut tx = context.store.write().await?;
    let (access, item) = target(&mut tx, &caller, id).await?;
    ciphers::set_trashed(&mut tx, &caller, vec![item], false, context.clock.now()).await?;
    answer(tx, &access, id).await
}

/// Takes several items out of the trash, or none.
#[utoipa::path(
    put,
    path = "/api/ciphers/restore-admin",
    tag = "items",
    request_body = documents::CipherIdsRequest,
    responses((status = 200, description = "The items.", body = documents::Ciphers), (status = 400), (status = 401), (status = 404))
)]
async fn restore_several(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<CipherIdsRequest>,
) -> Result<Json<List<Cipher>>, ApiError> {
    let mut tx = context.store.write().await?;
    let (access, items) = targets(&mut tx, &caller, request.organization_id, &request.ids).await?;
    let ids: Vec<CipherId> = items.iter().map(|item| item.id).collect();
    ciphers::set_trashed(&mut tx, &caller, items, false, context.clock.now()).await?;
    let mut restored = Vec::with_capacity(ids.len());
    for id in ids {
        restored.extend(ciphers::one_of(&mut tx, &access, id).await?.map(Item::mini));
    }
    tx.commit().await?;
    Ok(Json(List::complete(restored)))
}

/// Deletes an item for good.
#[utoipa::path(
    delete,
    path = "/api/ciphers/{id}/admin",
    tag = "items",
    responses((status = 200, description = "Deleted."), (status = 401), (status = 404))
)]
async fn delete(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<CipherId>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let (_, item) = target(&mut tx, &caller, id).await?;
    ciphers::delete(&mut tx, &caller, &[item], context.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// Deletes several items for good, or none.
#[utoipa::path(
    delete,
    path = "/api/ciphers/admin",
    tag = "items",
    request_body = documents::CipherIdsRequest,
    responses((status = 200, description = "Deleted."), (status = 400), (status = 401), (status = 404))
)]
async fn delete_several(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<CipherIdsRequest>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let (_, items) = targets(&mut tx, &caller, request.organization_id, &request.ids).await?;
    ciphers::delete(&mut tx, &caller, &items, context.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// An item of an organization, if the caller may change it as an administrator.
async fn target(db: &mut Db, caller: &Caller, id: CipherId) -> Result<(OrganizationAccess, Item), ApiError> {
    let organization = ciphers::organization_of(db, id).await?;
    let (access, mut items) = targets(db, caller, organization, &[id]).await?;
    Ok((access, items.pop().ok_or(ApiError::NotFound)?))
}

/// Items of one organization, if the caller may change all of them as an administrator.
async fn targets(
    db: &mut Db,
    caller: &Caller,
    organization: Option<OrganizationId>,
    ids: &[CipherId],
) -> Result<(OrganizationAccess, Vec<Item>), ApiError> {
    let organization = organization.ok_or(ApiError::NotFound)?;
    let (access, granted): (_, Grant) =
        OrganizationAccess::permitted_in_part(db, caller, organization, Action::EditItems).await?;
    let ids = some_ids(ids.to_vec())?;
    let items = ciphers::permitted(db, &access, granted, &ids).await?.ok_or(ApiError::NotFound)?;
    Ok((access, items))
}

async fn answer(mut tx: Tx, access: &OrganizationAccess, id: CipherId) -> Result<Json<Cipher>, ApiError> {
    let item = ciphers::one_of(&mut tx, access, id).await?.ok_or(ApiError::NotFound)?;
    tx.commit().await?;
    Ok(Json(item.mini()))
}
