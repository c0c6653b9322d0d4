//! Recovering members' accounts.

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{
    List, OrganizationId, OrganizationUserId, UserId,
    membership::{EnrollmentRequest, RecoverAccountRequest, RecoveryDetails},
    organization::{MemberIdsRequest, VerifyRequest},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess, prove_password},
    http::{ApiError, Body, Ids, Validation, document::documents},
    mail::invitations,
    routes::shared::{LONGEST_KEY, some_ids},
    store::{
        members::{self, MemberRefusal, Recovery},
        organizations::details,
        outbox,
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(one))
        .routes(routes!(several))
        .routes(routes!(recover))
        .routes(routes!(enroll))
}

/// What it takes to recover a member's account.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/users/{id}/reset-password-details",
    tag = "members",
    responses((status = 200, description = "The details.", body = documents::RecoveryDetails), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
) -> Result<Json<RecoveryDetails>, ApiError> {
    let mut db = context.store.read().await?;
    let access =
        OrganizationAccess::permitted(&mut db, &caller, organization, Action::RecoverAccount).await?;
    let found = members::recovery_details(&mut db, &access, &[id]).await?.pop().ok_or(ApiError::NotFound)?;
    found.map(Json).map_err(refused)
}

/// The same for several; those whose account the caller cannot recover are left out.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/users/account-recovery-details",
    tag = "members",
    request_body = documents::MemberIdsRequest,
    responses((status = 200, description = "A list.", body = documents::RecoveryDetailsList), (status = 400), (status = 401), (status = 403))
)]
async fn several(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<MemberIdsRequest>, ApiError>,
) -> Result<Json<List<RecoveryDetails>>, ApiError> {
    let mut db = context.store.read().await?;
    let access =
        OrganizationAccess::permitted(&mut db, &caller, organization, Action::RecoverAccount).await?;
    let ids = some_ids(body?.0.ids)?;
    let found = members::recovery_details(&mut db, &access, &ids).await?;
    Ok(Json(List::complete(found.into_iter().filter_map(Result::ok).collect())))
}

/// Gives a member's account a new master password, or takes its two-step login away. Who is signed in there is signed out.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/users/{id}/recover-account",
    tag = "members",
    request_body = documents::RecoverAccountRequest,
    responses((status = 200, description = "Recovered."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn recover(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
    body: Result<Body<RecoverAccountRequest>, ApiError>,
) -> Result<(), ApiError> {
    {
        // Before the slow hash, so that nobody without the right makes the server work.
        let mut db = context.store.read().await?;
        OrganizationAccess::permitted(&mut db, &caller, organization, Action::RecoverAccount).await?;
    }
    let Body(request) = body?;
    let (hash, key) = (request.new_master_password_hash.unwrap_or_default(), request.key.unwrap_or_default());
    let mut wrong = Validation::new();
    if request.reset_master_password {
        wrong.required("NewMasterPasswordHash", &hash).at_most("NewMasterPasswordHash", &hash, 300);
        wrong.required("Key", &key).at_most("Key", &key, LONGEST_KEY);
        if !key.is_empty() {
            wrong.enc_string("Key", &key);
        }
    } else if !request.reset_two_factor {
        wrong.error("", "There is nothing to recover.");
    }
    wrong.finish()?;
    let password = match request.reset_master_password {
        true => Some((context.passwords.hash(&hash).await?, key)),
        false => None,
    };
    let recovery = Recovery { password, two_step: request.reset_two_factor };
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    let access =
        OrganizationAccess::permitted(&mut tx, &caller, organization, Action::RecoverAccount).await?;
    let name = details::details(&mut tx, &access).await?.ok_or(ApiError::NotFound)?.name;
    let member = members::recover(&mut tx, &access, id, &recovery, now)
        .await?
        .ok_or(ApiError::NotFound)?
        .map_err(refused)?;
    outbox::add(&mut tx, invitations::member_recovered(&name, &member.email), now).await?;
    Ok(tx.commit().await?)
}

/// Agrees to account recovery with a key, or takes that back without one.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/users/{userId}/reset-password-enrollment",
    tag = "members",
    request_body = documents::EnrollmentRequest,
    responses((status = 200, description = "Noted."), (status = 400), (status = 401), (status = 404))
)]
async fn enroll(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, user)): Ids<(OrganizationId, UserId)>,
    body: Result<Body<EnrollmentRequest>, ApiError>,
) -> Result<(), ApiError> {
    if user != caller.user_id() {
        return Err(ApiError::NotFound);
    }
    let member = {
        let mut db = context.store.read().await?;
        OrganizationAccess::of(&mut db, &caller, organization)
            .await?
            .and_then(|access| access.member().cloned())
    };
    if member.is_none() {
        return Err(ApiError::NotFound);
    }
    let Body(request) = body?;
    let key = request.reset_password_key.filter(|key| !key.is_empty());
    if let Some(key) = &key {
        Validation::new()
            .enc_string("ResetPasswordKey", key)
            .at_most("ResetPasswordKey", key, LONGEST_KEY)
            .finish()?;
        // Whoever gives the account's key away proves to be its owner.
        let proof = VerifyRequest { master_password_hash: request.master_password_hash, otp: None };
        prove_password(&context, &caller, &proof).await?;
    }
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::of(&mut tx, &caller, organization).await?.ok_or(ApiError::NotFound)?;
    let membership = access.member().ok_or(ApiError::NotFound)?;
    members::enroll(&mut tx, &access, membership, key.as_deref(), context.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn refused(refusal: MemberRefusal) -> ApiError {
    ApiError::refused(refusal.to_string())
}
