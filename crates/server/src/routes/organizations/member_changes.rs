//! The way into an organization: invited again, accepted, confirmed.

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{
    List, OrganizationId, OrganizationUserId, OrganizationUserStatus, Timestamp,
    organization::{
        AcceptMemberRequest, BulkConfirmMembersRequest, ConfirmMemberRequest, MemberBulkResult,
        MemberIdsRequest, MemberKey,
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess, tokens::Purpose},
    http::{ApiError, Body, Ids, Validation, document::documents},
    limits::{self, Limit},
    mail::invitations::{self, Organization},
    routes::shared::{LONGEST_KEY, check_key, check_keys, some_ids},
    store::{
        Tx,
        members::{self, Confirmation, MemberRefusal},
        organizations::details,
        outbox, users,
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(reinvite))
        .routes(routes!(reinvite_one))
        .routes(routes!(accept))
        .routes(routes!(confirm))
        .routes(routes!(confirm_one))
}

/// Sends open invitations again.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/users/reinvite",
    tag = "members",
    request_body = documents::MemberIdsRequest,
    responses((status = 200, description = "A list of results.", body = documents::MemberBulkResults), (status = 400), (status = 401), (status = 403), (status = 429))
)]
async fn reinvite(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<MemberIdsRequest>, ApiError>,
) -> Result<Json<List<MemberBulkResult>>, ApiError> {
    limits::check(&context, Limit::Invitation, caller.user_id()).await?;
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManageMembers).await?;
    let ids = some_ids(body?.0.ids)?;
    let results = send_again(&context, tx, &access, &ids).await?;
    Ok(Json(List::complete(results)))
}

/// Sends an invitation again.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/users/{id}/reinvite",
    tag = "members",
    responses((status = 200, description = "Sent."), (status = 400), (status = 401), (status = 403), (status = 404), (status = 429))
)]
async fn reinvite_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
) -> Result<(), ApiError> {
    limits::check(&context, Limit::Invitation, caller.user_id()).await?;
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManageMembers).await?;
    let results = send_again(&context, tx, &access, &[id]).await?;
    match results.first() {
        None => Err(ApiError::NotFound),
        Some(result) if result.error.is_empty() => Ok(()),
        Some(result) => Err(ApiError::refused(result.error.clone())),
    }
}

async fn send_again(
    context: &Context,
    mut tx: Tx,
    access: &OrganizationAccess,
    ids: &[OrganizationUserId],
) -> Result<Vec<MemberBulkResult>, ApiError> {
    let name = details::details(&mut tx, access).await?.ok_or(ApiError::NotFound)?.name;
    let organization = Organization {
        id: access.organization_id(),
        name: &name,
        provider: access.provider().map(|provider| provider.provider_id),
    };
    let mut results = Vec::with_capacity(ids.len());
    for (id, open) in members::reinvite(&mut tx, access, ids).await? {
        let error = match open {
            Some(email) => {
                let has_account = users::by_email(&mut tx, &email).await?.is_some();
                let mail = invitations::member_invitation(context, organization, id, &email, has_account);
                outbox::add(&mut tx, mail, context.clock.now()).await?;
                String::new()
            }
            None => "The invitation is already accepted.".to_owned(),
        };
        results.push(MemberBulkResult { id, error });
    }
    tx.commit().await?;
    Ok(results)
}

/// Accepts an invitation for whoever is signed in, whose address is proved thereby.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/users/{id}/accept",
    tag = "members",
    request_body = documents::AcceptMemberRequest,
    responses((status = 200, description = "Accepted."), (status = 400), (status = 401))
)]
async fn accept(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
    Body(request): Body<AcceptMemberRequest>,
) -> Result<(), ApiError> {
    let reset_password_key = request.reset_password_key.as_deref().filter(|key| !key.is_empty());
    Validation::new()
        .required("Token", &request.token)
        .at_most("ResetPasswordKey", reset_password_key.unwrap_or_default(), LONGEST_KEY)
        .finish()?;
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    let user = users::of_caller(&mut tx, &caller).await?.ok_or(ApiError::Unauthenticated)?;
    let invitation = members::invitation(&mut tx, &caller, organization, id)
        .await?
        .ok_or_else(|| ApiError::refused("The invitation no longer exists. Ask for a new one."))?;
    if invitation.member.status != OrganizationUserStatus::Invited {
        return Err(ApiError::refused("The invitation was already accepted."));
    }
    let email = &invitation.member.email;
    let good_at =
        |moment| context.secrets.accepts(Purpose::OrganizationInvitation, &request.token, id, email, moment);
    if !good_at(Timestamp::MIN) {
        return Err(ApiError::refused("The token is not valid for this invitation."));
    }
    if !email.eq_ignore_ascii_case(&user.email) {
        return Err(ApiError::refused(
            "The invitation was sent to another e-mail address; it does not match yours.",
        ));
    }
    if !good_at(now) {
        return Err(ApiError::refused("The invitation has expired. Ask for a new one."));
    }
    if invitation.is_member_already {
        return Err(ApiError::refused("You have already accepted another invitation to this organization."));
    }
    let has_key = reset_password_key.is_some();
    if let Some(refusal) = members::kept_out(&mut tx, &caller, organization, &invitation, has_key).await? {
        return Err(ApiError::refused(refusal.to_string()));
    }
    if !members::accept(&mut tx, &caller, &invitation, reset_password_key, now).await? {
        return Err(ApiError::refused("The invitation was already accepted."));
    }
    for administrator in &invitation.administrators {
        let mail =
            invitations::member_accepted(&context, &invitation.organization_name, &user.email, administrator);
        outbox::add(&mut tx, mail, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Confirms people who accepted. Others are missing from the results.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/users/confirm",
    tag = "members",
    request_body = documents::BulkConfirmMembersRequest,
    responses((status = 200, description = "A list of results.", body = documents::MemberBulkResults), (status = 400), (status = 401), (status = 403))
)]
async fn confirm(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<BulkConfirmMembersRequest>, ApiError>,
) -> Result<Json<List<MemberBulkResult>>, ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManageMembers).await?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    check_keys(&mut wrong, request.keys.iter().map(|key| key.key.as_str()));
    check_collection_name(&mut wrong, request.default_user_collection_name.as_deref());
    wrong.finish()?;
    let outcome = confirm_all(&context, &mut tx, &access, &request.keys).await?;
    tx.commit().await?;
    let results = outcome
        .into_iter()
        .filter(|(_, result)| *result != Err(MemberRefusal::NotAccepted))
        .map(|(member, result)| MemberBulkResult {
            id: member.id,
            error: result.err().map(|refusal| refusal.to_string()).unwrap_or_default(),
        })
        .collect();
    Ok(Json(List::complete(results)))
}

/// Confirms a member who accepted.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/users/{id}/confirm",
    tag = "members",
    request_body = documents::ConfirmMemberRequest,
    responses((status = 200, description = "Confirmed."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn confirm_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
    body: Result<Body<ConfirmMemberRequest>, ApiError>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManageMembers).await?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    check_key(&mut wrong, "Key", &request.key);
    check_collection_name(&mut wrong, request.default_user_collection_name.as_deref());
    wrong.finish()?;
    let outcome = confirm_all(&context, &mut tx, &access, &[MemberKey { id, key: request.key }]).await?;
    let Some((_, result)) = outcome.first() else { return Err(ApiError::NotFound) };
    result.map_err(|refusal| ApiError::refused(refusal.to_string()))?;
    Ok(tx.commit().await?)
}

fn check_collection_name(wrong: &mut Validation, name: Option<&str>) {
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        wrong.enc_string("DefaultUserCollectionName", name).at_most("DefaultUserCollectionName", name, 1_000);
    }
}

async fn confirm_all(
    context: &Context,
    tx: &mut Tx,
    access: &OrganizationAccess,
    keys: &[MemberKey],
) -> Result<Vec<Confirmation>, ApiError> {
    let now = context.clock.now();
    let name = details::details(tx, access).await?.ok_or(ApiError::NotFound)?.name;
    let outcome = members::confirm(tx, access, keys, now).await?;
    for (member, _) in outcome.iter().filter(|(_, result)| result.is_ok()) {
        outbox::add(tx, invitations::member_confirmed(context, &name, &member.email), now).await?;
    }
    Ok(outcome)
}
