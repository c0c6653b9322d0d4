//! Changing a client's name and seats, and letting it go.

use axum::{extract::State, routing::post};
use portal_domain::{access::Action, limits::Stored};
use portal_wire::{ProviderId, ProviderOrganizationId, client::UpdateClientRequest};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{billable_for_change, too_many_seats};
use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin, ProviderMember},
    http::{ApiError, Body, Ids, Validation, document::documents},
    mail::invitations,
    routes::shared::check_name,
    store::{
        clients::{self, UnlinkRefusal, UpdateRefusal},
        outbox,
        providers::details::standing_for_change,
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(update))
        .routes(routes!(unlink))
        .route("/api/providers/{providerId}/organizations/{id}/delete", post(unlink))
}

/// Sets a client's name and its seats, as an absolute number.
#[utoipa::path(
    put,
    path = "/api/providers/{providerId}/clients/{id}",
    tag = "clients",
    request_body = documents::UpdateClientRequest,
    responses((status = 200, description = "Changed."), (status = 400), (status = 401), (status = 404), (status = 500))
)]
async fn update(
    State(context): State<Context>,
    caller: Caller,
    Ids((provider, link)): Ids<(ProviderId, ProviderOrganizationId)>,
    body: Result<Body<UpdateClientRequest>, ApiError>,
) -> Result<(), ApiError> {
    // Buying seats is another action, which the store asks about once it knows whether any must be bought.
    let staff = ProviderMember::permitted(&caller, provider, Action::ChangeSeats)?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    let name = check_name(&mut wrong, &request.name, Stored::Plain);
    let seats = u32::try_from(request.assigned_seats);
    if seats.is_err() {
        wrong.error("AssignedSeats", "'assignedSeats' must be at least 0");
    }
    wrong.finish()?;
    let mut tx = context.store.write().await?;
    billable_for_change(&mut tx, provider).await?;
    let (seats, now) = (seats.unwrap_or_default(), context.clock.now());
    match clients::update(&mut tx, &staff, link, &name, seats, now).await? {
        Ok(()) => Ok(tx.commit().await?),
        Err(UpdateRefusal::NoSuchClient) => Err(ApiError::NotFound),
        Err(UpdateRefusal::NotManaged) => {
            Err(ApiError::internal("the client is not managed by its provider"))
        }
        Err(UpdateRefusal::NoPool) => {
            Err(ApiError::internal("the provider has no pool of seats for the plan"))
        }
        Err(UpdateRefusal::TooManySeats) => Err(too_many_seats()),
        Err(UpdateRefusal::BelowOccupied(occupied)) => Err(ApiError::invalid(
            "AssignedSeats",
            format!("'assignedSeats' must be at least {occupied}: so many seats are taken by members"),
        )),
        Err(UpdateRefusal::NeedsPurchase) => {
            Err(ApiError::UnauthorizedBecause("Service users cannot purchase additional seats.".to_owned()))
        }
    }
}

/// Lets a client go. An id that is no client of the provider is answered with 500, as the original does.
#[utoipa::path(
    delete,
    path = "/api/providers/{providerId}/organizations/{id}",
    tag = "clients",
    responses((status = 200, description = "Unlinked."), (status = 400), (status = 401), (status = 403), (status = 404), (status = 500))
)]
async fn unlink(
    State(context): State<Context>,
    caller: Caller,
    Ids((id, link)): Ids<(ProviderId, ProviderOrganizationId)>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::UnlinkClient)?;
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    let provider = standing_for_change(&mut tx, id).await?.ok_or(ApiError::NotFound)?;
    let unlinked = match clients::unlink(&mut tx, &admin, link, now).await? {
        Ok(unlinked) => unlinked,
        Err(UnlinkRefusal::NoSuchClient) => {
            return Err(ApiError::internal("a client that does not exist was to be unlinked"));
        }
        Err(UnlinkRefusal::NoConfirmedOwner) => {
            return Err(ApiError::refused(
                "The organization must have at least one confirmed owner of its own.",
            ));
        }
    };
    for owner in &unlinked.owners {
        let mail = invitations::client_unlinked(&provider.name, &unlinked.name, owner);
        outbox::add(&mut tx, mail, now).await?;
    }
    Ok(tx.commit().await?)
}
