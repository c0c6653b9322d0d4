//! Changing a member.

use axum::{extract::State, routing::post};
use portal_domain::access::Action;
use portal_wire::{OrganizationId, OrganizationUserId, membership::UpdateMemberRequest};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::member_grants::Gift;
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, document::documents},
    store::{Tx, members, organizations::details},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(update))
        .route("/api/organizations/{organizationId}/users/{id}", post(update))
}

/// Makes a member's role, collections and groups as wanted. Collections the caller cannot change stay as they are.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/users/{id}",
    tag = "members",
    request_body = documents::UpdateMemberRequest,
    responses((status = 200, description = "Changed."), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn update(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
    body: Result<Body<UpdateMemberRequest>, ApiError>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::EditMember).await?;
    let Body(request) = body?;
    let known = details::details(&mut tx, &access).await?.ok_or(ApiError::NotFound)?;
    let gift = Gift {
        role: request.kind,
        permissions: request.permissions.as_ref(),
        collections: &request.collections,
        groups: request.groups.as_deref().unwrap_or_default(),
    };
    gift.check(&access, &known)?;
    let changeable = gift.changeable(&mut tx, &access).await?;
    refuse_helping_oneself(&mut tx, &access, id, &request).await?;
    members::update(&mut tx, &access, id, &request, &changeable, context.clock.now())
        .await?
        .ok_or(ApiError::NotFound)?
        .map_err(|refusal| ApiError::refused(refusal.to_string()))?;
    Ok(tx.commit().await?)
}

/// Where Owners and Admins do not reach everything, nobody lets themselves in.
async fn refuse_helping_oneself(
    tx: &mut Tx,
    access: &OrganizationAccess,
    id: OrganizationUserId,
    request: &UpdateMemberRequest,
) -> Result<(), ApiError> {
    if access.situation().admins_reach_everything {
        return Ok(());
    }
    let Some(now) = members::one(tx, access, id, true).await? else { return Ok(()) };
    if now.user_id != Some(access.caller().user_id()) {
        return Ok(());
    }
    let more =
        request.collections.iter().any(|wanted| now.collections.iter().all(|held| held.id != wanted.id));
    let groups = request.groups.iter().flatten().any(|wanted| !now.groups.contains(wanted));
    if more || groups {
        return Err(ApiError::refused("You cannot add yourself to collections or groups."));
    }
    Ok(())
}
