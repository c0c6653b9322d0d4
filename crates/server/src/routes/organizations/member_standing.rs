//! Revoking, restoring and removing members.

use axum::{
    Json,
    extract::State,
    routing::{post, put},
};
use portal_domain::access::{Action, MemberDeed};
use portal_wire::{
    List, OrganizationId, OrganizationUserId,
    membership::RestoreMembersRequest,
    organization::{MemberBulkResult, MemberIdsRequest},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, document::documents},
    routes::shared::some_ids,
    store::members,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    const ONE: &str = "/api/organizations/{organizationId}/users/{id}";
    OpenApiRouter::new()
        .routes(routes!(revoke))
        .routes(routes!(revoke_one))
        .routes(routes!(restore))
        .routes(routes!(restore_one))
        .routes(routes!(remove))
        .routes(routes!(remove_one))
        .route(&format!("{ONE}/restore/vnext"), put(restore_one))
        .route(&format!("{ONE}/remove"), post(remove_one))
        .route("/api/organizations/{organizationId}/users/remove", post(remove))
}

/// Takes members' access away for now.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/users/revoke",
    tag = "members",
    request_body = documents::MemberIdsRequest,
    responses((status = 200, description = "A list of results.", body = documents::MemberBulkResults), (status = 400), (status = 401), (status = 403))
)]
async fn revoke(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<MemberIdsRequest>, ApiError>,
) -> Result<Json<List<MemberBulkResult>>, ApiError> {
    several(&context, caller, organization, MemberDeed::Revoke, body.map(|body| body.0.ids)).await
}

/// Takes a member's access away for now.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/users/{id}/revoke",
    tag = "members",
    responses((status = 200, description = "Revoked."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn revoke_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
) -> Result<(), ApiError> {
    single(&context, caller, organization, MemberDeed::Revoke, id).await
}

/// Gives members their access back as it was.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/users/restore",
    tag = "members",
    request_body = documents::RestoreMembersRequest,
    responses((status = 200, description = "A list of results.", body = documents::MemberBulkResults), (status = 400), (status = 401), (status = 403))
)]
async fn restore(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<RestoreMembersRequest>, ApiError>,
) -> Result<Json<List<MemberBulkResult>>, ApiError> {
    several(&context, caller, organization, MemberDeed::Restore, body.map(|body| body.0.ids)).await
}

/// Gives a member the access back as it was.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/users/{id}/restore",
    tag = "members",
    responses((status = 200, description = "Restored."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn restore_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
) -> Result<(), ApiError> {
    single(&context, caller, organization, MemberDeed::Restore, id).await
}

/// Ends memberships; the accounts stay.
#[utoipa::path(
    delete,
    path = "/api/organizations/{organizationId}/users",
    tag = "members",
    request_body = documents::MemberIdsRequest,
    responses((status = 200, description = "A list of results.", body = documents::MemberBulkResults), (status = 400), (status = 401), (status = 403))
)]
async fn remove(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<MemberIdsRequest>, ApiError>,
) -> Result<Json<List<MemberBulkResult>>, ApiError> {
    several(&context, caller, organization, MemberDeed::Remove, body.map(|body| body.0.ids)).await
}

/// Ends a membership; the account stays.
#[utoipa::path(
    delete,
    path = "/api/organizations/{organizationId}/users/{id}",
    tag = "members",
    responses((status = 200, description = "Removed."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn remove_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
) -> Result<(), ApiError> {
    single(&context, caller, organization, MemberDeed::Remove, id).await
}

async fn several(
    context: &Context,
    caller: Caller,
    organization: OrganizationId,
    deed: MemberDeed,
    ids: Result<Vec<OrganizationUserId>, ApiError>,
) -> Result<Json<List<MemberBulkResult>>, ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManageMembers).await?;
    let ids = some_ids(ids?)?;
    let outcome = members::change(&mut tx, &access, deed, &ids, context.clock.now()).await?;
    tx.commit().await?;
    let results = outcome.into_iter().map(|(member, result)| MemberBulkResult {
        id: member.id,
        error: result.err().map(|refusal| refusal.to_string()).unwrap_or_default(),
    });
    Ok(Json(List::complete(results.collect())))
}

async fn single(
    context: &Context,
    caller: Caller,
    organization: OrganizationId,
    deed: MemberDeed,
    id: OrganizationUserId,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManageMembers).await?;
    let outcome = members::change(&mut tx, &access, deed, &[id], context.clock.now()).await?;
    let Some((_, result)) = outcome.first() else { return Err(ApiError::NotFound) };
    result.map_err(|refusal| ApiError::refused(refusal.to_string()))?;
    Ok(tx.commit().await?)
}
