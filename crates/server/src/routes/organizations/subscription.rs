//! An organization's own subscription (contract §4.2). No organization has one here: a client's seats are its provider's, and the others
//! buy none.

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{OrganizationId, billing::AdjustSeatsRequest};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::details;
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, document::documents},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(read, adjust)).routes(routes!(adjust_seats))
}

/// The organization with its plan and storage; there is no subscription to tell of.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/subscription",
    tag = "organizations",
    responses((status = 200, description = "The organization and what it pays for."), (status = 401), (status = 404, description = "Or managed by a provider."))
)]
async fn read(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<Value>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ViewSubscription).await?;
    let organization = details::model(&mut db, &access).await?;
    let mut told = serde_json::to_value(organization).map_err(ApiError::internal)?;
    let added = json!({
        "object": "organizationSubscription",
        "storageName": null,
        "storageGb": 0,
        "expiration": null,
        "subscription": null,
        "upcomingInvoice": null,
        "customerDiscount": null,
    });
    if let (Some(told), Value::Object(added)) = (told.as_object_mut(), added) {
        told.extend(added);
    }
    Ok(Json(told))
}

/// Other seats, and how far they may grow by themselves: refused, for there is no subscription. A client's seats are changed with its
/// provider's `clients` route.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/subscription",
    tag = "organizations",
    request_body = documents::AdjustSeatsRequest,
    responses((status = 400, description = "There is no subscription."), (status = 401), (status = 404, description = "Or managed by a provider."))
)]
async fn adjust(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<AdjustSeatsRequest>, ApiError>,
) -> Result<(), ApiError> {
    demand(&context, &caller, id).await?;
    let Body(request) = body?;
    match request.seat_adjustment {
        Some(_) => Err(no_subscription()),
        None => Err(ApiError::invalid("SeatAdjustment", "The SeatAdjustment field is required.")),
    }
}

/// Other seats: refused as well.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/seat",
    tag = "organizations",
    request_body = documents::AdjustSeatsRequest,
    responses((status = 400, description = "There is no subscription."), (status = 401), (status = 404, description = "Or managed by a provider."))
)]
async fn adjust_seats(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<AdjustSeatsRequest>, ApiError>,
) -> Result<(), ApiError> {
    demand(&context, &caller, id).await?;
    let Body(request) = body?;
    match request.seat_adjustment {
        Some(1..) | Some(..=-1) => Err(no_subscription()),
        Some(0) | None => {
            Err(ApiError::invalid("SeatAdjustment", "You must specify a seat adjustment amount."))
        }
    }
}

async fn demand(context: &Context, caller: &Caller, id: OrganizationId) -> Result<(), ApiError> {
    let mut db = context.store.read().await?;
    OrganizationAccess::permitted(&mut db, caller, id, Action::EditSubscription).await.map(drop)
}

fn no_subscription() -> ApiError {
    ApiError::refused("No subscription found.")
}
