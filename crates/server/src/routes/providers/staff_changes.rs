//! Confirming staff, changing roles, removing people.

use axum::{Json, extract::State, routing::post};
use portal_domain::access::Action;
use portal_wire::{
    List, ProviderId, ProviderUserId,
    provider::{
        BulkConfirmStaffRequest, ConfirmStaffRequest, StaffBulkResult, StaffIdsRequest, StaffKey,
        UpdateStaffRequest,
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::staff::known_role;
use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin},
    http::{ApiError, Body, Ids, Validation, document::documents},
    mail::invitations,
    routes::shared::{check_key, check_keys, some_ids},
    store::{
        outbox,
        providers::{
            details,
            staff::{self, Confirmation, RoleChange},
        },
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(confirm))
        .routes(routes!(confirm_one))
        .routes(routes!(update, remove_one))
        .route("/api/providers/{providerId}/users/{id}", post(update))
        .route("/api/providers/{providerId}/users/{id}/delete", post(remove_one))
        .routes(routes!(remove))
        .route("/api/providers/{providerId}/users/delete", post(remove))
}

/// Confirms people who accepted.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/users/confirm",
    tag = "staff",
    request_body = documents::BulkConfirmStaffRequest,
    responses((status = 200, description = "A list of results.", body = documents::StaffBulkResults), (status = 400), (status = 401), (status = 403))
)]
async fn confirm(
    State(context): State<Context>,
    caller: Caller,
    Ids(provider): Ids<ProviderId>,
    body: Result<Body<BulkConfirmStaffRequest>, ApiError>,
) -> Result<Json<List<StaffBulkResult>>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ConfirmStaff)?;
    let keys = body?.0.keys;
    let mut wrong = Validation::new();
    check_keys(&mut wrong, keys.iter().map(|key| key.key.as_str()));
    wrong.finish()?;
    Ok(Json(results(confirm_all(&context, &admin, &keys).await?)))
}

/// Confirms one of the staff. Answers 200 even if nobody was confirmed: read the list again.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/users/{id}/confirm",
    tag = "staff",
    request_body = documents::ConfirmStaffRequest,
    responses((status = 200, description = "Confirmed, if the person had accepted."), (status = 400), (status = 401), (status = 403))
)]
async fn confirm_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((provider, id)): Ids<(ProviderId, ProviderUserId)>,
    body: Result<Body<ConfirmStaffRequest>, ApiError>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ConfirmStaff)?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    check_key(&mut wrong, "Key", &request.key);
    wrong.finish()?;
    confirm_all(&context, &admin, &[StaffKey { id, key: request.key }]).await?;
    Ok(())
}

async fn confirm_all(
    context: &Context,
    admin: &ProviderAdmin,
    keys: &[StaffKey],
) -> Result<Vec<Confirmation>, ApiError> {
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    let name =
        details::standing_for_change(&mut tx, admin.provider_id()).await?.ok_or(ApiError::NotFound)?.name;
    let outcome = staff::confirm(&mut tx, admin, keys, now).await?;
    for (staff, _) in outcome.iter().filter(|(_, result)| result.is_ok()) {
        outbox::add(&mut tx, invitations::staff_confirmed(context, &name, &staff.email), now).await?;
    }
    tx.commit().await?;
    Ok(outcome)
}

fn results(outcome: Vec<Confirmation>) -> List<StaffBulkResult> {
    let error = |result: Result<(), staff::StaffRefusal>| match result {
        Ok(()) => String::new(),
        Err(refusal) => refusal.to_string(),
    };
    List::complete(
        outcome
            .into_iter()
            .map(|(staff, result)| StaffBulkResult { id: staff.id, error: error(result) })
            .collect(),
    )
}

/// Gives one of the staff another role.
#[utoipa::path(
    put,
    path = "/api/providers/{providerId}/users/{id}",
    tag = "staff",
    request_body = documents::UpdateStaffRequest,
    responses((status = 200, description = "Changed."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn update(
    State(context): State<Context>,
    caller: Caller,
    Ids((provider, id)): Ids<(ProviderId, ProviderUserId)>,
    body: Result<Body<UpdateStaffRequest>, ApiError>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ChangeStaffRole)?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    known_role(&mut wrong, request.kind);
    wrong.finish()?;
    let mut tx = context.store.write().await?;
    match staff::change_role(&mut tx, &admin, id, request.kind, context.clock.now()).await? {
        RoleChange::Done => Ok(tx.commit().await?),
        RoleChange::NoSuchStaff => Err(ApiError::NotFound),
        RoleChange::Refused(refusal) => Err(ApiError::refused(refusal.to_string())),
    }
}

/// Removes people, unless no confirmed Provider Admin would remain.
#[utoipa::path(
    delete,
    path = "/api/providers/{providerId}/users",
    tag = "staff",
    request_body = documents::StaffIdsRequest,
    responses((status = 200, description = "A list of results.", body = documents::StaffBulkResults), (status = 400), (status = 401), (status = 403))
)]
async fn remove(
    State(context): State<Context>,
    caller: Caller,
    Ids(provider): Ids<ProviderId>,
    body: Result<Body<StaffIdsRequest>, ApiError>,
) -> Result<Json<List<StaffBulkResult>>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::RemoveStaff)?;
    let ids = some_ids(body?.0.ids)?;
    Ok(Json(results(remove_all(&context, &admin, &ids).await?)))
}

/// Removes one of the staff. Removing oneself is answered with 200 and does nothing.
#[utoipa::path(
    delete,
    path = "/api/providers/{providerId}/users/{id}",
    tag = "staff",
    responses((status = 200, description = "Removed."), (status = 400), (status = 401), (status = 403))
)]
async fn remove_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((provider, id)): Ids<(ProviderId, ProviderUserId)>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::RemoveStaff)?;
    remove_all(&context, &admin, &[id]).await?;
    Ok(())
}

async fn remove_all(
    context: &Context,
    admin: &ProviderAdmin,
    ids: &[ProviderUserId],
) -> Result<Vec<Confirmation>, ApiError> {
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    let name =
        details::standing_for_change(&mut tx, admin.provider_id()).await?.ok_or(ApiError::NotFound)?.name;
    let outcome = staff::remove(&mut tx, admin, ids, now)
        .await?
        .map_err(|refusal| ApiError::refused(refusal.to_string()))?;
    for (staff, _) in outcome.iter().filter(|(_, result)| result.is_ok()) {
        outbox::add(&mut tx, invitations::staff_removed(&name, &staff.email), now).await?;
    }
    tx.commit().await?;
    Ok(outcome)
}
