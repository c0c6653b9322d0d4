//! A provider's own data, and its end.

use axum::{Json, extract::State, routing::post};
use portal_domain::{
    access::Action,
    limits::{NAME_LENGTH, Stored, parse_name},
};
use portal_wire::{
    ProviderId,
    provider::{DeleteRecoverTokenRequest, Provider, UpdateProviderRequest},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, ProviderAdmin, ProviderMember, tokens::Purpose},
    http::{ApiError, Body, Ids, Peer, Validation, document::documents, validation::normal_email},
    limits::{self, Limit},
    store::providers::details::{self, Deletable},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(get, put, delete))
        .route("/api/providers/{providerId}", post(put))
        .route("/api/providers/{providerId}/delete", post(delete))
        .routes(routes!(delete_by_token))
}

/// A provider.
#[utoipa::path(
    get,
    path = "/api/providers/{providerId}",
    tag = "providers",
    responses((status = 200, description = "A provider.", body = documents::Provider), (status = 401), (status = 403), (status = 404))
)]
async fn get(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<Provider>, ApiError> {
    let staff = ProviderMember::permitted(&caller, id, Action::ViewProvider)?;
    let provider = details::details(&mut *context.store.read().await?, &staff).await?;
    provider.map(Json).ok_or(ApiError::NotFound)
}

/// Changes a provider's name and addresses. A business name left out is cleared.
#[utoipa::path(
    put,
    path = "/api/providers/{providerId}",
    tag = "providers",
    request_body = documents::UpdateProviderRequest,
    responses((status = 200, description = "The provider.", body = documents::Provider), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn put(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
    body: Result<Body<UpdateProviderRequest>, ApiError>,
) -> Result<Json<Provider>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::EditProvider)?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    let (name, business_name) = names(&mut wrong, &request.name, request.business_name.as_deref());
    wrong.email("BillingEmail", &request.billing_email).finish()?;
    let mut tx = context.store.write().await?;
    let (email, now) = (normal_email(&request.billing_email), context.clock.now());
    if !details::update(&mut tx, &admin, &name, business_name.as_deref(), &email, now).await? {
        return Err(ApiError::NotFound);
    }
    let provider = details::details(&mut tx, &admin.as_member()).await?;
    tx.commit().await?;
    provider.map(Json).ok_or(ApiError::NotFound)
}

/// The two names of a provider, without the white space around them.
pub(super) fn names(
    wrong: &mut Validation,
    name: &str,
    business_name: Option<&str>,
) -> (String, Option<String>) {
    let mut check = |field: &str, name: &str| match parse_name(name, Stored::Encoded) {
        Ok(name) => Some(name),
        Err(portal_domain::limits::TextError::TooLong { .. }) => {
            let text = format!("The field {field} must be a string with a maximum length of {NAME_LENGTH}.");
            wrong.error(field, text);
            None
        }
        Err(portal_domain::limits::TextError::Empty) => None,
    };
    let business_name = business_name.and_then(|name| check("BusinessName", name));
    let checked = check("Name", name).unwrap_or_default();
    wrong.required("Name", name);
    (checked, business_name)
}

/// Deletes a provider. Its clients' organizations stay.
#[utoipa::path(
    delete,
    path = "/api/providers/{providerId}",
    tag = "providers",
    responses((status = 200, description = "Deleted."), (status = 401), (status = 403), (status = 404))
)]
async fn delete(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<(), ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::DeleteProvider)?;
    let mut tx = context.store.write().await?;
    if !details::delete(&mut tx, Deletable::by_admin(&admin), context.clock.now()).await? {
        return Err(ApiError::NotFound);
    }
    Ok(tx.commit().await?)
}

/// Deletes a provider by the token of a mail, without signing in.
#[utoipa::path(
    post,
    path = "/api/providers/{providerId}/delete-recover-token",
    tag = "providers",
    request_body = documents::DeleteRecoverTokenRequest,
    responses((status = 200, description = "Deleted."), (status = 400), (status = 404), (status = 429))
)]
async fn delete_by_token(
    State(context): State<Context>,
    peer: Peer,
    Ids(id): Ids<ProviderId>,
    Body(request): Body<DeleteRecoverTokenRequest>,
) -> Result<(), ApiError> {
    limits::check(&context, Limit::Token, peer.network()).await?;
    Validation::new().required("Token", &request.token).finish()?;
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    details::standing_for_change(&mut tx, id).await?.ok_or(ApiError::NotFound)?;
    // The token names the provider alone: whoever reads its mail may use it.
    if !context.secrets.accepts(Purpose::ProviderDeletion, &request.token, id, "", now) {
        return Err(ApiError::refused("The token is not valid or has expired."));
    }
    details::delete(&mut tx, Deletable::by_token(id), now).await?;
    Ok(tx.commit().await?)
}
