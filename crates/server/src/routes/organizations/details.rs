//! An organization's own data.

use axum::{
    Json,
    extract::State,
    routing::{get, post},
};
use portal_domain::{
    access::Action,
    limits::{NAME_LENGTH, Stored, TextError, parse_name},
};
use portal_wire::{
    OrganizationId,
    organization::{Organization, OrganizationPublicKey, UpdateOrganizationRequest},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, Validation, document::documents, validation::normal_email},
    routes::{plans::plan, shared::check_key_pair},
    store::{
        Db,
        billing::terms,
        members,
        organizations::details::{self, Changes},
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(read, update))
        .route("/api/organizations/{organizationId}", post(update))
        .routes(routes!(public_key))
        .route("/api/organizations/{organizationId}/keys", get(public_key))
        .routes(routes!(leave))
}

/// An organization.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}",
    tag = "organizations",
    responses((status = 200, description = "An organization.", body = documents::Organization), (status = 401), (status = 404))
)]
async fn read(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<Organization>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ViewOrganization).await?;
    model(&mut db, &access).await.map(Json)
}

/// An organization with what its plan costs.
pub(super) async fn model(db: &mut Db, access: &OrganizationAccess) -> Result<Organization, ApiError> {
    let organization = details::details(db, access).await?.ok_or(ApiError::NotFound)?;
    let price = terms::prices(db).await?.price(organization.plan_type).ok();
    Ok(Organization { plan: price.map(|price| plan(organization.plan_type, price)), ..organization })
}

/// Changes an organization's name, billing address or missing keys; what is null stays.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}",
    tag = "organizations",
    request_body = documents::UpdateOrganizationRequest,
    responses((status = 200, description = "The organization.", body = documents::Organization), (status = 400), (status = 401))
)]
async fn update(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<UpdateOrganizationRequest>, ApiError>,
) -> Result<Json<Organization>, ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, id, Action::EditOrganization).await?;
    let Body(request) = body?;
    if request.billing_email.is_some() {
        OrganizationAccess::permitted(&mut tx, &caller, id, Action::EditBillingEmail).await?;
    }
    let mut wrong = Validation::new();
    let name = request.name.as_deref().and_then(|name| check_name(&mut wrong, name));
    let billing_email = request.billing_email.as_deref().map(normal_email);
    if let Some(email) = &billing_email {
        wrong.email("BillingEmail", email);
    }
    if let Some(keys) = &request.keys {
        check_key_pair(&mut wrong, "Keys", keys);
    }
    wrong.finish()?;
    let changes = Changes {
        name: name.as_deref(),
        billing_email: billing_email.as_deref(),
        keys: request.keys.as_ref(),
    };
    details::update(&mut tx, &access, changes, context.clock.now()).await?;
    let organization = model(&mut tx, &access).await?;
    tx.commit().await?;
    Ok(Json(organization))
}

/// A name as it will be kept; an empty one changes nothing.
fn check_name(wrong: &mut Validation, name: &str) -> Option<String> {
    match parse_name(name, Stored::Encoded) {
        Ok(name) => Some(name),
        Err(TextError::Empty) => None,
        Err(TextError::TooLong { .. }) => {
            let text = format!("The field Name must be a string with a maximum length of {NAME_LENGTH}.");
            wrong.error("Name", text);
            None
        }
    }
}

/// An organization's public key, for whoever is signed in.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/public-key",
    tag = "organizations",
    responses((status = 200, description = "The key, or null.", body = documents::OrganizationPublicKey), (status = 401), (status = 404))
)]
async fn public_key(
    State(context): State<Context>,
    _: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<OrganizationPublicKey>, ApiError> {
    let public_key = details::public_key(&mut *context.store.read().await?, id).await?;
    public_key.map(|public_key| Json(OrganizationPublicKey { public_key })).ok_or(ApiError::NotFound)
}

/// Ends the caller's own membership.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/leave",
    tag = "organizations",
    responses((status = 200, description = "Left."), (status = 400), (status = 401), (status = 404))
)]
async fn leave(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, id, Action::LeaveOrganization).await?;
    let membership = access.member().ok_or(ApiError::NotFound)?;
    members::leave(&mut tx, &access, membership, context.clock.now())
        .await?
        .map_err(|refusal| ApiError::refused(refusal.to_string()))?;
    Ok(tx.commit().await?)
}
