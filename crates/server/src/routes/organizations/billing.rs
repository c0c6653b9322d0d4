//! What an organization's own people may see of its bills (contract §4.2, §6.4). There is no payment service behind this server.

use axum::{Json, extract::State};
use portal_domain::access::{Action, Grant, Manager};
use portal_wire::{
    OrganizationId, OrganizationUserType,
    billing::{InactiveSubscriptionWarning, OrganizationWarnings},
    policy::BillingMetadata,
};
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Ids, document::documents},
    store::organizations::billing,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(metadata))
        .routes(routes!(warnings))
        .routes(routes!(address))
        .routes(routes!(payment_method))
        .routes(routes!(credit))
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

/// Where the organization is billed; nothing is kept here.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/billing/vnext/address",
    tag = "organizations",
    responses((status = 200, description = "Null."), (status = 401), (status = 403, description = "Or managed by a provider."))
)]
async fn address(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<Value>, ApiError> {
    nothing_kept(&context, &caller, id).await
}

/// How the organization pays; nothing is kept here.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/billing/vnext/payment-method",
    tag = "organizations",
    responses((status = 200, description = "Null."), (status = 401), (status = 403, description = "Or managed by a provider."))
)]
async fn payment_method(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<Value>, ApiError> {
    nothing_kept(&context, &caller, id).await
}

/// What the organization has to its credit; nothing is kept here.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/billing/vnext/credit",
    tag = "organizations",
    responses((status = 200, description = "Null."), (status = 401), (status = 403, description = "Or managed by a provider."))
)]
async fn credit(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<Value>, ApiError> {
    nothing_kept(&context, &caller, id).await
}

async fn nothing_kept(
    context: &Context,
    caller: &Caller,
    id: OrganizationId,
) -> Result<Json<Value>, ApiError> {
    let action = Action::ViewPaymentDetails;
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::of(&mut db, caller, id).await?.ok_or_else(|| ApiError::role(action))?;
    match access.grant(action) {
        Grant::Full => Ok(Json(Value::Null)),
        Grant::ManagedByProvider => {
            let provider = billing::provider_name(&mut db, &access).await?.unwrap_or_default();
            Err(ApiError::ForbiddenBecause(format!(
                "The bills of this organization are managed by {provider}."
            )))
        }
        Grant::None | Grant::InPart => Err(ApiError::role(action)),
    }
}
