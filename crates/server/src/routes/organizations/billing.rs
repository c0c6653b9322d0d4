//! What everybody in an organization may know of its billing (contract §4.2).

use axum::{Json, extract::State};
use portal_domain::access::{Action, Manager};
use portal_wire::{
    OrganizationId, OrganizationUserType,
    billing::{InactiveSubscriptionWarning, OrganizationWarnings},
    policy::BillingMetadata,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Ids, document::documents},
    store::organizations::billing,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(metadata)).routes(routes!(warnings))
}

/// How many seats are taken.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/billing/vnext/metadata",
    tag = "organizations",
    responses((status = 200, description = "What everybody in it may know.", body = documents::BillingMetadata), (status = 401), (status = 403))
)]
async fn metadata(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<BillingMetadata>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ViewBillingNotices).await?;
    Ok(Json(BillingMetadata {
        is_on_secrets_manager_standalone: false,
        organization_occupied_seats: billing::occupied_seats(&mut db, &access).await?,
    }))
}

/// What needs attention: that the organization is switched off, and who can do something about it.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/billing/vnext/warnings",
    tag = "organizations",
    responses((status = 200, description = "The warnings.", body = documents::OrganizationWarnings), (status = 401), (status = 403))
)]
async fn warnings(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<OrganizationWarnings>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ViewBillingNotices).await?;
    let owns = access.member().is_some_and(|member| member.role == OrganizationUserType::Owner);
    let resolution = match access.situation().manager {
        Manager::Nobody if owns => "resubscribe",
        Manager::Nobody => "contact_owner",
        _ => "contact_provider",
    };
    let inactive = !billing::is_enabled(&mut db, &access).await?;
    Ok(Json(OrganizationWarnings {
        inactive_subscription: inactive
            .then(|| InactiveSubscriptionWarning { resolution: resolution.to_owned() }),
        ..OrganizationWarnings::default()
    }))
}
