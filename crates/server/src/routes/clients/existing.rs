//! Taking over organizations that exist.

use axum::{Json, extract::State};
use portal_domain::access::{Action, ClientSituation, Grant, Subject, grant};
use portal_wire::{
    OrganizationUserType, ProductTier, ProviderId,
    client::{AddExistingRequest, AddableOrganization},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{billable, billable_for_change, create::check_key};
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess, ProviderAdmin, ProviderMember},
    http::{ApiError, Body, Ids, Validation, document::documents},
    plan::PlanFacts,
    store::clients::{self, AddOutcome},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(addable)).routes(routes!(add_existing))
}

/// The caller's own organizations that the provider could take over.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}/clients/addable",
    tag = "clients",
    responses((status = 200, description = "A bare array.", body = Vec<documents::AddableOrganization>), (status = 401), (status = 404))
)]
async fn addable(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<Vec<AddableOrganization>>, ApiError> {
    let staff = ProviderMember::permitted(&caller, id, Action::ViewAddable)?;
    let mut db = context.store.read().await?;
    let provider = billable(&mut db, id).await?;
    let found = clients::addable(&mut db, &staff, &provider).await?;
    let found = found.ok_or_else(|| ApiError::role(Action::ViewAddable))?;
    let may_buy =
        grant(Action::BuySeats, Subject::staff(staff.role()), &ClientSituation::default()) == Grant::Full;
    let row = |found: clients::Addable| AddableOrganization {
        id: found.id,
        name: found.name,
        plan: match PlanFacts::of(found.plan).tier {
            ProductTier::Teams => "Teams".to_owned(),
            _ => "Enterprise".to_owned(),
        },
        seats: i32::try_from(found.seats).unwrap_or(i32::MAX),
        disabled: found.needs_purchase && !may_buy,
    };
    Ok(Json(found.into_iter().map(row).collect()))
}

/// Takes over an organization of the caller's own.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/clients/existing",
    tag = "clients",
    request_body = documents::AddExistingRequest,
    responses((status = 200, description = "Taken over."), (status = 400), (status = 401), (status = 404))
)]
async fn add_existing(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
    body: Result<Body<AddExistingRequest>, ApiError>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::AddExisting)?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    check_key(&mut wrong, &request.key);
    wrong.finish()?;
    let mut tx = context.store.write().await?;
    let provider = billable_for_change(&mut tx, id).await?;
    let access = OrganizationAccess::of(&mut tx, &caller, request.organization_id).await?;
    let owns = access.is_some_and(|access| {
        access.provider().is_some()
            || access.member().is_some_and(|member| member.role == OrganizationUserType::Owner)
    });
    if !owns {
        return Err(ApiError::Unauthorized);
    }
    let (organization, now) = (request.organization_id, context.clock.now());
    match clients::add_existing(&mut tx, &admin, &provider, organization, &request.key, now).await? {
        AddOutcome::Added => Ok(tx.commit().await?),
        AddOutcome::NotAddable => Err(ApiError::NotFound),
    }
}
