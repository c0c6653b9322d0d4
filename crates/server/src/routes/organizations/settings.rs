//! Who may do what with an organization's collections (contract §4.1).

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{
    OrganizationId,
    organization::{CollectionManagementRequest, Organization},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::details::model;
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, document::documents},
    store::organizations::settings,
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(set_collection_management))
}

/// Sets all rules for collections; what is left out is switched off.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/collection-management",
    tag = "organizations",
    request_body = documents::CollectionManagementRequest,
    responses((status = 200, description = "The organization.", body = documents::Organization), (status = 400), (status = 401))
)]
async fn set_collection_management(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<CollectionManagementRequest>, ApiError>,
) -> Result<Json<Organization>, ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, id, Action::EditOrganization).await?;
    let Body(rules) = body?;
    settings::set_collection_management(&mut tx, &access, &rules, context.clock.now()).await?;
    let organization = model(&mut tx, &access).await?;
    tx.commit().await?;
    Ok(Json(organization))
}
