//! Reading the staff, and the way into it: invited, then accepted.

use axum::{Json, extract::State, middleware::from_fn};
use portal_domain::{access::Action, limits::INVITATIONS_AT_ONCE};
use portal_wire::{
    List, ProviderId, ProviderUserId, ProviderUserStatus, ProviderUserType, Timestamp,
    provider::{
        AcceptStaffRequest, InviteStaffRequest, StaffBulkResult, StaffDetails, StaffIdsRequest,
        StaffPublicKey, StaffRow,
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin, tokens::Purpose},
    http::{
        ApiError, Body, Ids, Validation, compression::compress, document::documents, validation::normal_email,
    },
    limits::{self, Limit},
    mail::invitations,
    routes::shared::some_ids,
    store::{
        Tx, outbox,
        providers::{
            details,
            staff::{self, Invited},
        },
        users,
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(public_keys))
        .routes(routes!(invite))
        .routes(routes!(reinvite))
        .routes(routes!(reinvite_one))
        .routes(routes!(accept))
        .layer(from_fn(compress))
}

/// The staff.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/users",
    tag = "staff",
    responses((status = 200, description = "A list.", body = documents::Staff), (status = 401), (status = 403))
)]
async fn list(
    State(context): State<Context>,
    caller: Caller,
    Ids(provider): Ids<ProviderId>,
) -> Result<Json<List<StaffRow>>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ViewStaff)?;
    Ok(Json(List::complete(staff::list(&mut *context.store.read().await?, &admin).await?)))
}

/// One of the staff.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/users/{id}",
    tag = "staff",
    responses((status = 200, description = "One of the staff.", body = documents::StaffDetails), (status = 401), (status = 403), (status = 404))
)]
async fn one(
    State(context): State<Context>,
    caller: Caller,
    Ids((provider, id)): Ids<(ProviderId, ProviderUserId)>,
) -> Result<Json<StaffDetails>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ViewStaff)?;
    staff::one(&mut *context.store.read().await?, &admin, id).await?.map(Json).ok_or(ApiError::NotFound)
}

/// The public keys of people who accepted.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/users/public-keys",
    tag = "staff",
    request_body = documents::StaffIdsRequest,
    responses((status = 200, description = "A list.", body = documents::StaffPublicKeys), (status = 400), (status = 401), (status = 403))
)]
async fn public_keys(
    State(context): State<Context>,
    caller: Caller,
    Ids(provider): Ids<ProviderId>,
    body: Result<Body<StaffIdsRequest>, ApiError>,
) -> Result<Json<List<StaffPublicKey>>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ConfirmStaff)?;
    let ids = some_ids(body?.0.ids)?;
    Ok(Json(List::complete(staff::public_keys(&mut *context.store.read().await?, &admin, &ids).await?)))
}

/// Invites people. Those in the staff already are silently left out.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/users/invite",
    tag = "staff",
    request_body = documents::InviteStaffRequest,
    responses((status = 200, description = "Invited."), (status = 400), (status = 401), (status = 403), (status = 404), (status = 429))
)]
async fn invite(
    State(context): State<Context>,
    caller: Caller,
    Ids(provider): Ids<ProviderId>,
    body: Result<Body<InviteStaffRequest>, ApiError>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::InviteStaff)?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    match request.emails.len() {
        0 => drop(wrong.error("Emails", "An e-mail is required.")),
        1..=INVITATIONS_AT_ONCE => {}
        _ => drop(wrong.error("Emails", "You can invite at most 20 people at a time.")),
    }
    for (place, email) in request.emails.iter().enumerate().take(INVITATIONS_AT_ONCE) {
        wrong.email(&format!("Emails[{place}]"), email);
    }
    known_role(&mut wrong, request.kind);
    wrong.finish()?;
    limits::check(&context, Limit::Invitation, caller.user_id()).await?;
    let emails = request.emails.iter().map(|email| normal_email(email)).collect();
    let mut tx = context.store.write().await?;
    let name = details::standing_for_change(&mut tx, provider).await?.ok_or(ApiError::NotFound)?.name;
    for invited in staff::invite(&mut tx, &admin, emails, request.kind, context.clock.now()).await? {
        send(&context, &mut tx, provider, &name, &invited).await?;
    }
    Ok(tx.commit().await?)
}

/// Refuses roles this version does not know.
pub(super) fn known_role(wrong: &mut Validation, role: ProviderUserType) {
    if let ProviderUserType::Unknown(_) = role {
        wrong.error("Type", "The type must be 0 (Provider Admin) or 1 (Service User).");
    }
}

async fn send(
    context: &Context,
    tx: &mut Tx,
    provider: ProviderId,
    name: &str,
    to: &Invited,
) -> Result<(), ApiError> {
    let mail = invitations::staff_invitation(context, provider, name, to.id, &to.email);
    Ok(outbox::add(tx, mail, context.clock.now()).await?)
}

/// Sends open invitations again.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/users/reinvite",
    tag = "staff",
    request_body = documents::StaffIdsRequest,
    responses((status = 200, description = "A list of results.", body = documents::StaffBulkResults), (status = 400), (status = 401), (status = 403), (status = 429))
)]
async fn reinvite(
    State(context): State<Context>,
    caller: Caller,
    Ids(provider): Ids<ProviderId>,
    body: Result<Body<StaffIdsRequest>, ApiError>,
) -> Result<Json<List<StaffBulkResult>>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ResendStaffInvitation)?;
    let ids = some_ids(body?.0.ids)?;
    Ok(Json(List::complete(reinvite_all(&context, &admin, &ids).await?)))
}

/// Sends an invitation again. Answers 200 even if there is no open one.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/users/{id}/reinvite",
    tag = "staff",
    responses((status = 200, description = "Sent, if it was open."), (status = 401), (status = 403), (status = 429))
)]
async fn reinvite_one(
    State(context): State<Context>,
    caller: Caller,
    Ids((provider, id)): Ids<(ProviderId, ProviderUserId)>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, provider, Action::ResendStaffInvitation)?;
    reinvite_all(&context, &admin, &[id]).await?;
    Ok(())
}

async fn reinvite_all(
    context: &Context,
    admin: &ProviderAdmin,
    ids: &[ProviderUserId],
) -> Result<Vec<StaffBulkResult>, ApiError> {
    limits::check(context, Limit::Invitation, admin.caller().user_id()).await?;
    let provider = admin.provider_id();
    let mut tx = context.store.write().await?;
    let name = details::standing_for_change(&mut tx, provider).await?.ok_or(ApiError::NotFound)?.name;
    let mut results = Vec::with_capacity(ids.len());
    for (id, open) in staff::reinvite(&mut tx, admin, ids).await? {
        let error = match &open {
            Some(invited) => {
                send(context, &mut tx, provider, &name, invited).await?;
                String::new()
            }
            None => "The invitation is already accepted.".to_owned(),
        };
        results.push(StaffBulkResult { id, error });
    }
    tx.commit().await?;
    Ok(results)
}

/// Accepts an invitation for whoever is signed in.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/users/{id}/accept",
    tag = "staff",
    request_body = documents::AcceptStaffRequest,
    responses((status = 200, description = "Accepted."), (status = 400), (status = 401))
)]
async fn accept(
    State(context): State<Context>,
    caller: Caller,
    Ids((provider, id)): Ids<(ProviderId, ProviderUserId)>,
    Body(request): Body<AcceptStaffRequest>,
) -> Result<(), ApiError> {
    Validation::new().required("Token", &request.token).finish()?;
    let mut tx = context.store.write().await?;
    let user = users::of_caller(&mut tx, &caller).await?.ok_or(ApiError::Unauthenticated)?;
    let invitation = staff::invitation(&mut tx, &caller, provider, id)
        .await?
        .ok_or_else(|| ApiError::refused("The invitation no longer exists. Ask for a new one."))?;
    if invitation.staff.status != ProviderUserStatus::Invited {
        return Err(ApiError::refused("The invitation was already accepted."));
    }
    let email = &invitation.staff.email;
    let good_at =
        |moment| context.secrets.accepts(Purpose::ProviderInvitation, &request.token, id, email, moment);
    if !good_at(Timestamp::MIN) {
        return Err(ApiError::refused("The token is not valid for this invitation."));
    }
    if !email.eq_ignore_ascii_case(&user.email) {
        return Err(ApiError::refused(
            "The invitation was sent to another e-mail address; it does not match yours.",
        ));
    }
    if !good_at(context.clock.now()) {
        return Err(ApiError::refused("The invitation has expired. Ask for a new one."));
    }
    if invitation.is_staff_already {
        return Err(ApiError::refused("You have already accepted another invitation to this provider."));
    }
    if details::is_barred_from_staff(&mut tx, user.id).await? {
        return Err(ApiError::refused(
            "You are in an organization that confirms members automatically and cannot join a provider.",
        ));
    }
    if !staff::accept(&mut tx, &caller, &invitation, context.clock.now()).await? {
        return Err(ApiError::refused("The invitation was already accepted."));
    }
    Ok(tx.commit().await?)
}
