//! Groups (contract §4.5).

use axum::{Json, extract::State, middleware::from_fn};
use portal_domain::access::{Action, Grant};
use portal_wire::{
    CollectionId, GroupId, List, OrganizationId, OrganizationUserId,
    group::{GroupDetails, GroupIdsRequest, GroupRequest},
    organization::GroupRow,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::collection_changes::check_grants;
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, Validation, compression::compress, document::documents},
    routes::shared::some_ids,
    store::{
        Db,
        collections::{self, Which},
        groups,
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(details))
        .routes(routes!(one))
        .routes(routes!(one_details))
        .routes(routes!(users))
        .layer(from_fn(compress))
        .routes(routes!(create))
        .routes(routes!(update))
        .routes(routes!(update_by_post))
        .routes(routes!(delete))
        .routes(routes!(delete_by_post))
        .routes(routes!(delete_several))
        .routes(routes!(delete_several_by_post))
        .routes(routes!(remove_member))
}

/// The groups, by name. Members see them who may create collections, or manage one.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/groups",
    tag = "groups",
    responses((status = 200, description = "A list.", body = documents::Groups), (status = 401), (status = 403))
)]
async fn list(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
) -> Result<Json<List<GroupRow>>, ApiError> {
    let mut db = context.store.read().await?;
    let (access, granted) =
        OrganizationAccess::permitted_in_part(&mut db, &caller, organization, Action::ViewGroups).await?;
    if granted != Grant::Full
        && access.grant(Action::CreateCollection) != Grant::Full
        && collections::list(&mut db, &access, Which::Managed).await?.is_empty()
    {
        return Err(ApiError::role(Action::ViewGroups));
    }
    Ok(Json(List::complete(groups::list(&mut db, &access).await?)))
}

/// The groups with their collections.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/groups/details",
    tag = "groups",
    responses((status = 200, description = "A list.", body = documents::GroupsDetails), (status = 401), (status = 403))
)]
async fn details(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
) -> Result<Json<List<GroupDetails>>, ApiError> {
    let mut db = context.store.read().await?;
    let access =
        OrganizationAccess::permitted(&mut db, &caller, organization, Action::ViewGroupDetails).await?;
    Ok(Json(List::complete(groups::details(&mut db, &access).await?)))
}

/// One group.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/groups/{id}",
    tag = "groups",
    responses((status = 200, description = "A group."), (status = 401), (status = 403), (status = 404))
)]
async fn one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, GroupId)>,
) -> Result<Json<GroupRow>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, organization, Action::ManageGroups).await?;
    let found = groups::list(&mut db, &access).await?;
    found.into_iter().find(|group| group.id == id).map(Json).ok_or(ApiError::NotFound)
}

/// One group with its collections.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/groups/{id}/details",
    tag = "groups",
    responses((status = 200, description = "A group.", body = documents::GroupDetails), (status = 401), (status = 403), (status = 404))
)]
async fn one_details(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, GroupId)>,
) -> Result<Json<GroupDetails>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, organization, Action::ManageGroups).await?;
    found(&mut db, &access, id).await.map(Json)
}

/// Who is in a group.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/groups/{id}/users",
    tag = "groups",
    responses((status = 200, description = "An array of memberships."), (status = 401), (status = 403), (status = 404))
)]
async fn users(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, GroupId)>,
) -> Result<Json<Vec<OrganizationUserId>>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, organization, Action::ManageGroups).await?;
    found(&mut db, &access, id).await?;
    Ok(Json(groups::users(&mut db, &access, id).await?))
}

/// Makes a group.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/groups",
    tag = "groups",
    request_body = documents::GroupRequest,
    responses((status = 200, description = "The group."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn create(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<GroupRequest>, ApiError>,
) -> Result<Json<GroupRow>, ApiError> {
    save(&context, &caller, organization, None, body).await
}

/// Puts all this in the place of what a group was.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/groups/{id}",
    tag = "groups",
    request_body = documents::GroupRequest,
    responses((status = 200, description = "The group."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn update(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, GroupId)>,
    body: Result<Body<GroupRequest>, ApiError>,
) -> Result<Json<GroupRow>, ApiError> {
    save(&context, &caller, organization, Some(id), body).await
}

/// Puts all this in the place of what a group was.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/groups/{id}",
    tag = "groups",
    request_body = documents::GroupRequest,
    responses((status = 200, description = "The group."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn update_by_post(
    context: State<Context>,
    caller: Caller,
    ids: Ids<(OrganizationId, GroupId)>,
    body: Result<Body<GroupRequest>, ApiError>,
) -> Result<Json<GroupRow>, ApiError> {
    update(context, caller, ids, body).await
}

/// Deletes a group.
#[utoipa::path(
    delete,
    path = "/api/organizations/{organizationId}/groups/{id}",
    tag = "groups",
    responses((status = 200, description = "Deleted."), (status = 401), (status = 403), (status = 404))
)]
async fn delete(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, GroupId)>,
) -> Result<(), ApiError> {
    delete_all(&context, &caller, organization, Ok(vec![id])).await
}

/// Deletes a group.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/groups/{id}/delete",
    tag = "groups",
    responses((status = 200, description = "Deleted."), (status = 401), (status = 403), (status = 404))
)]
async fn delete_by_post(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, GroupId)>,
) -> Result<(), ApiError> {
    delete_all(&context, &caller, organization, Ok(vec![id])).await
}

/// Deletes several groups, or none.
#[utoipa::path(
    delete,
    path = "/api/organizations/{organizationId}/groups",
    tag = "groups",
    request_body = documents::GroupIdsRequest,
    responses((status = 200, description = "Deleted."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn delete_several(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<GroupIdsRequest>, ApiError>,
) -> Result<(), ApiError> {
    delete_all(&context, &caller, organization, body.and_then(|Body(request)| some_ids(request.ids))).await
}

/// Deletes several groups, or none.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/groups/delete",
    tag = "groups",
    request_body = documents::GroupIdsRequest,
    responses((status = 200, description = "Deleted."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn delete_several_by_post(
    context: State<Context>,
    caller: Caller,
    ids: Ids<OrganizationId>,
    body: Result<Body<GroupIdsRequest>, ApiError>,
) -> Result<(), ApiError> {
    delete_several(context, caller, ids, body).await
}

/// Takes a member out of a group.
#[utoipa::path(
    delete,
    path = "/api/organizations/{organizationId}/groups/{id}/user/{member}",
    tag = "groups",
    responses((status = 200, description = "Taken out."), (status = 401), (status = 403), (status = 404))
)]
async fn remove_member(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id, member)): Ids<(OrganizationId, GroupId, OrganizationUserId)>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManageGroups).await?;
    if !groups::remove_member(&mut tx, &access, id, member, context.clock.now()).await? {
        return Err(ApiError::NotFound);
    }
    Ok(tx.commit().await?)
}

async fn found(db: &mut Db, access: &OrganizationAccess, id: GroupId) -> Result<GroupDetails, ApiError> {
    let groups = groups::details(db, access).await?;
    groups.into_iter().find(|group| group.id == id).ok_or(ApiError::NotFound)
}

async fn save(
    context: &Context,
    caller: &Caller,
    organization: OrganizationId,
    id: Option<GroupId>,
    body: Result<Body<GroupRequest>, ApiError>,
) -> Result<Json<GroupRow>, ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, caller, organization, Action::ManageGroups).await?;
    let Body(request) = body?;
    if !access.situation().has_groups {
        return Err(ApiError::refused("This organization cannot use groups."));
    }
    let mut wrong = Validation::new();
    wrong.required("Name", &request.name).at_most("Name", &request.name, 100);
    check_grants(&mut wrong, "Collections", request.collections.as_deref().unwrap_or_default());
    for (field, missing) in
        [("Collections", request.collections.is_none()), ("Users", request.users.is_none())]
    {
        if missing {
            wrong.error(field, format!("The {field} field is required."));
        }
    }
    wrong.finish()?;
    let before = match id {
        Some(id) => {
            found(&mut tx, &access, id).await?;
            groups::users(&mut tx, &access, id).await?
        }
        None => Vec::new(),
    };
    check_contents(&mut tx, &access, &request, &before).await?;
    let id = groups::save(&mut tx, &access, id, &request, context.clock.now()).await?;
    let saved = groups::list(&mut tx, &access).await?.into_iter().find(|group| group.id == id);
    tx.commit().await?;
    saved.map(Json).ok_or(ApiError::NotFound)
}

/// Refuses members and collections of other organizations, and whoever would let themselves in.
async fn check_contents(
    db: &mut Db,
    access: &OrganizationAccess,
    request: &GroupRequest,
    before: &[OrganizationUserId],
) -> Result<(), ApiError> {
    let users = request.users.as_deref().unwrap_or_default();
    let collections: Vec<CollectionId> =
        request.collections.iter().flatten().map(|grant| CollectionId(grant.id)).collect();
    if !collections::are_ours(db, access, std::iter::empty(), users.iter().copied()).await?
        || collections::rules(db, access, &collections).await?.is_none()
    {
        return Err(ApiError::NotFound);
    }
    let adds_self =
        access.member().is_some_and(|member| users.contains(&member.id) && !before.contains(&member.id));
    if adds_self && !access.situation().admins_reach_everything {
        return Err(ApiError::refused("You cannot add yourself to groups."));
    }
    Ok(())
}

async fn delete_all(
    context: &Context,
    caller: &Caller,
    organization: OrganizationId,
    ids: Result<Vec<GroupId>, ApiError>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, caller, organization, Action::ManageGroups).await?;
    let ids = ids?;
    if !collections::are_ours(&mut tx, &access, ids.iter().copied(), std::iter::empty()).await? {
        return Err(ApiError::NotFound);
    }
    groups::delete(&mut tx, &access, &ids, context.clock.now()).await?;
    Ok(tx.commit().await?)
}
