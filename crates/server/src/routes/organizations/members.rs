//! Reading members.

use axum::{
    Json,
    extract::{Query, State},
    middleware::from_fn,
};
use portal_domain::access::{Action, Grant};
use portal_wire::{
    List, OrganizationId, OrganizationUserId,
    organization::{MemberIdsRequest, MemberMini, MemberPublicKey, MemberRow},
};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, compression::compress, document::documents},
    routes::shared::some_ids,
    store::members::{self, Extras, Which},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(mini_list))
        .routes(routes!(one))
        .routes(routes!(public_keys))
        .layer(from_fn(compress))
}

/// Names and values of the query, as they were sent.
type Pairs = Query<Vec<(String, String)>>;

/// Whether a flag is set in the query. Names in any case, as everywhere.
fn is_set(query: &Pairs, wanted: &str) -> bool {
    query
        .0
        .iter()
        .any(|(name, value)| name.eq_ignore_ascii_case(wanted) && value.eq_ignore_ascii_case("true"))
}

/// The members. Who may recover accounts but not manage members sees those whose account can be recovered.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/users",
    tag = "members",
    params(("includeGroups" = Option<bool>, Query), ("includeCollections" = Option<bool>, Query)),
    responses((status = 200, description = "A list.", body = documents::Members), (status = 401), (status = 404))
)]
async fn list(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    query: Pairs,
) -> Result<Json<List<MemberRow>>, ApiError> {
    let mut db = context.store.read().await?;
    let (access, grant) =
        OrganizationAccess::permitted_in_part(&mut db, &caller, id, Action::ViewMembers).await?;
    let which = if grant == Grant::Full { Which::All } else { Which::Recoverable };
    let extras =
        Extras { groups: is_set(&query, "includeGroups"), collections: is_set(&query, "includeCollections") };
    Ok(Json(List::complete(members::list(&mut db, &access, which, extras).await?)))
}

/// Just enough of each member to name the person.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/users/mini-details",
    tag = "members",
    responses((status = 200, description = "A list.", body = documents::MemberNames), (status = 401), (status = 403))
)]
async fn mini_list(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<List<MemberMini>>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ViewMemberNames).await?;
    Ok(Json(List::complete(members::mini_list(&mut db, &access).await?)))
}

/// One member.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/users/{id}",
    tag = "members",
    params(("includeGroups" = Option<bool>, Query)),
    responses((status = 200, description = "A member."), (status = 401), (status = 403), (status = 404))
)]
async fn one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, OrganizationUserId)>,
    query: Pairs,
) -> Result<Json<Value>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, organization, Action::ManageMembers).await?;
    let groups = is_set(&query, "includeGroups");
    let member = members::one(&mut db, &access, id, groups).await?.ok_or(ApiError::NotFound)?;
    // The single model has another name than the row, and leaves the groups out unless they were asked for.
    let mut member = serde_json::to_value(member).map_err(ApiError::internal)?;
    if let Some(fields) = member.as_object_mut() {
        fields.insert("object".to_owned(), json!("organizationUserDetails"));
        fields.insert("ssoExternalId".to_owned(), Value::Null);
        if !groups {
            fields.remove("groups");
        }
    }
    Ok(Json(member))
}

/// The public keys of people who accepted.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/users/public-keys",
    tag = "members",
    request_body = documents::MemberIdsRequest,
    responses((status = 200, description = "A list.", body = documents::MemberPublicKeys), (status = 400), (status = 401), (status = 403))
)]
async fn public_keys(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
    body: Result<Body<MemberIdsRequest>, ApiError>,
) -> Result<Json<List<MemberPublicKey>>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ManageMembers).await?;
    let ids = some_ids(body?.0.ids)?;
    Ok(Json(List::complete(members::public_keys(&mut db, &access, &ids).await?)))
}
