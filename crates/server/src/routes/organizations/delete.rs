//! The end of an organization (contract §4.1).

use axum::{extract::State, routing::post};
use portal_domain::access::Action;
use portal_wire::{OrganizationId, organization::VerifyRequest};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess, prove_password},
    http::{ApiError, Body, Ids, document::documents},
    store::organizations,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(delete))
        .route("/api/organizations/{organizationId}/delete", post(delete))
}

/// Deletes an organization and all it holds.
#[utoipa::path(
    delete,
    path = "/api/organizations/{organizationId}",
    tag = "organizations",
    request_body = documents::VerifyRequest,
    responses((status = 200, description = "Deleted."), (status = 400), (status = 401), (status = 404), (status = 429))
)]
async fn delete(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<VerifyRequest>, ApiError>,
) -> Result<(), ApiError> {
    let action = Action::DeleteOrganization;
    OrganizationAccess::permitted(&mut *context.store.read().await?, &caller, id, action).await?;
    prove_password(&context, &caller, &body?.0).await?;
    // The proof takes time, in which the caller may have lost the role.
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, id, action).await?;
    organizations::delete::delete(&mut tx, &access, context.clock.now()).await?;
    Ok(tx.commit().await?)
}
