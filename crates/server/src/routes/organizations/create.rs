//! Making an organization of one's own (contract §4.1; Vaultwarden's way of it).

use axum::{Json, extract::State};
use portal_domain::{access::Action, limits::Stored};
use portal_wire::organization::{CreateOrganizationRequest, Organization};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::details::model;
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Validation, document::documents, validation::normal_email},
    routes::shared::{LONGEST_KEY, check_key_pair, check_name},
    store::organizations::create::{self, OwnOrganization},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(make))
}

/// Makes an organization, of which the caller is the confirmed Owner: whole, or not at all. The plan that is asked for
/// does not matter: the organization has everything, and its seats are not counted.
#[utoipa::path(
    post,
    path = "/api/organizations",
    tag = "organizations",
    request_body = documents::CreateOrganizationRequest,
    responses((status = 200, description = "The organization.", body = documents::Organization), (status = 400), (status = 401))
)]
async fn make(
    State(context): State<Context>,
    caller: Caller,
    Body(request): Body<CreateOrganizationRequest>,
) -> Result<Json<Organization>, ApiError> {
    let name = check(&request)?;
    let own = OwnOrganization {
        name: &name,
        billing_email: &normal_email(&request.billing_email),
        key: &request.key,
        keys: request.keys.as_ref(),
        collection_name: &request.collection_name,
    };
    let mut tx = context.store.write().await?;
    let id = create::create(&mut tx, &caller, own, context.clock.now()).await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, id, Action::ViewOrganization).await?;
    let organization = model(&mut tx, &access).await?;
    tx.commit().await?;
    Ok(Json(organization))
}

/// Checks the fields; gives the name as it will be kept.
fn check(request: &CreateOrganizationRequest) -> Result<String, ApiError> {
    let mut wrong = Validation::new();
    let name = check_name(&mut wrong, &request.name, Stored::Encoded);
    wrong.email("BillingEmail", &request.billing_email);
    check_encrypted(&mut wrong, "Key", &request.key, LONGEST_KEY);
    check_encrypted(&mut wrong, "CollectionName", &request.collection_name, 1_000);
    if let Some(keys) = &request.keys {
        check_key_pair(&mut wrong, "Keys", keys);
    }
    wrong.finish()?;
    Ok(name)
}

/// A text that must be there, and encrypted.
fn check_encrypted(wrong: &mut Validation, field: &str, text: &str, longest: usize) {
    wrong.required(field, text).at_most(field, text, longest);
    if !text.trim().is_empty() {
        wrong.enc_string(field, text);
    }
}
