//! Making, changing and deleting collections (contract §4.4).

use axum::{Json, extract::State};
use portal_domain::access::{Action, CollectionTarget, Situation, Verdict, collection_verdict};
use portal_wire::{
    CollectionId, GroupId, OrganizationId, OrganizationUserId,
    collection::{
        BulkCollectionAccessRequest, CollectionAccessDetails, CollectionIdsRequest, CollectionRequest,
        Selection,
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::collections::model;
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, Validation, document::documents},
    routes::shared::some_ids,
    store::{
        Db, Tx,
        collections::{self, Rule, Which},
    },
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(create))
        .routes(routes!(update))
        .routes(routes!(update_by_post))
        .routes(routes!(delete))
        .routes(routes!(delete_by_post))
        .routes(routes!(delete_several))
        .routes(routes!(delete_several_by_post))
        .routes(routes!(bulk_access))
}

/// Makes a collection.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/collections",
    tag = "collections",
    request_body = documents::CollectionRequest,
    responses((status = 200, description = "The collection.", body = documents::CollectionAccessDetails), (status = 400), (status = 401), (status = 404))
)]
async fn create(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<CollectionRequest>, ApiError>,
) -> Result<Json<CollectionAccessDetails>, ApiError> {
    let mut tx = context.store.write().await?;
    let access =
        OrganizationAccess::permitted(&mut tx, &caller, organization, Action::CreateCollection).await?;
    let Body(request) = body?;
    let name = request.name.clone().unwrap_or_default();
    let mut wrong = Validation::new();
    wrong.required("Name", &name);
    check(&mut wrong, &request);
    wrong.finish()?;
    let (groups, users) =
        (request.groups.as_deref().unwrap_or_default(), request.users.as_deref().unwrap_or_default());
    check_holders(&mut tx, &access, groups, users).await?;
    let managed = groups.iter().chain(users).any(|grant| grant.manage);
    if !managed && !access.situation().admins_reach_everything {
        return Err(ApiError::refused("At least one member or group must have can manage permission."));
    }
    let id = collections::create(&mut tx, &access, &name, &request, context.clock.now()).await?;
    answer(tx, &access, id).await
}

/// Changes a collection: what is null stays.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/collections/{id}",
    tag = "collections",
    request_body = documents::CollectionRequest,
    responses((status = 200, description = "The collection.", body = documents::CollectionAccessDetails), (status = 400), (status = 401), (status = 404))
)]
async fn update(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, CollectionId)>,
    body: Result<Body<CollectionRequest>, ApiError>,
) -> Result<Json<CollectionAccessDetails>, ApiError> {
    let mut tx = context.store.write().await?;
    let (access, rules) =
        targets(&mut tx, &caller, organization, &[id], Action::EditCollection, Grants::default()).await?;
    let Body(request) = body?;
    let mut wrong = Validation::new();
    check(&mut wrong, &request);
    wrong.finish()?;
    let (groups, users) =
        (request.groups.as_deref().unwrap_or_default(), request.users.as_deref().unwrap_or_default());
    check_holders(&mut tx, &access, groups, users).await?;
    collections::update(&mut tx, &access, id, &request, context.clock.now()).await?;
    // Where Owners and Admins do not reach everything, a collection that nobody manages is out of everybody's hands.
    let was_managed = rules.iter().any(|rule| !rule.unmanaged);
    let is_managed = !access.situation().admins_reach_everything && was_managed;
    if is_managed && only_rule(&mut tx, &access, id).await?.unmanaged {
        return Err(ApiError::refused("At least one member or group must have can manage permission."));
    }
    answer(tx, &access, id).await
}

/// Changes a collection.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/collections/{id}",
    tag = "collections",
    request_body = documents::CollectionRequest,
    responses((status = 200, description = "The collection.", body = documents::CollectionAccessDetails), (status = 400), (status = 401), (status = 404))
)]
async fn update_by_post(
    context: State<Context>,
    caller: Caller,
    ids: Ids<(OrganizationId, CollectionId)>,
    body: Result<Body<CollectionRequest>, ApiError>,
) -> Result<Json<CollectionAccessDetails>, ApiError> {
    update(context, caller, ids, body).await
}

/// Deletes a collection.
#[utoipa::path(
    delete,
    path = "/api/organizations/{organizationId}/collections/{id}",
    tag = "collections",
    responses((status = 200, description = "Deleted."), (status = 401), (status = 404))
)]
async fn delete(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, CollectionId)>,
) -> Result<(), ApiError> {
    delete_all(&context, &caller, organization, &[id]).await
}

/// Deletes a collection.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/collections/{id}/delete",
    tag = "collections",
    responses((status = 200, description = "Deleted."), (status = 401), (status = 404))
)]
async fn delete_by_post(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, id)): Ids<(OrganizationId, CollectionId)>,
) -> Result<(), ApiError> {
    delete_all(&context, &caller, organization, &[id]).await
}

/// Deletes several collections, or none.
#[utoipa::path(
    delete,
    path = "/api/organizations/{organizationId}/collections",
    tag = "collections",
    request_body = documents::CollectionIdsRequest,
    responses((status = 200, description = "Deleted."), (status = 400), (status = 401), (status = 404))
)]
async fn delete_several(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<CollectionIdsRequest>, ApiError>,
) -> Result<(), ApiError> {
    let ids = permitted_ids(&context, &caller, organization, body).await?;
    delete_all(&context, &caller, organization, &ids).await
}

/// Deletes several collections, or none.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/collections/delete",
    tag = "collections",
    request_body = documents::CollectionIdsRequest,
    responses((status = 200, description = "Deleted."), (status = 400), (status = 401), (status = 404))
)]
async fn delete_several_by_post(
    context: State<Context>,
    caller: Caller,
    ids: Ids<OrganizationId>,
    body: Result<Body<CollectionIdsRequest>, ApiError>,
) -> Result<(), ApiError> {
    delete_several(context, caller, ids, body).await
}

/// Gives people and groups access to several collections, in addition to who has it.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/collections/bulk-access",
    tag = "collections",
    request_body = documents::BulkCollectionAccessRequest,
    responses((status = 200, description = "Given."), (status = 400), (status = 401), (status = 404))
)]
async fn bulk_access(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<BulkCollectionAccessRequest>, ApiError>,
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    OrganizationAccess::permitted_in_part(&mut tx, &caller, organization, Action::EditCollection).await?;
    let Body(request) = body?;
    let ids = some_ids(request.collection_ids)?;
    let mut wrong = Validation::new();
    check_grants(&mut wrong, "Groups", &request.groups);
    check_grants(&mut wrong, "Users", &request.users);
    wrong.finish()?;
    let grants = Grants { groups: !request.groups.is_empty(), users: !request.users.is_empty() };
    let (access, _) = targets(&mut tx, &caller, organization, &ids, Action::EditCollection, grants).await?;
    check_holders(&mut tx, &access, &request.groups, &request.users).await?;
    collections::add_access(&mut tx, &access, &ids, &request.groups, &request.users, context.clock.now())
        .await?;
    Ok(tx.commit().await?)
}

/// Which kinds of grants alone are to be changed. Custom members have permissions for just that.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Grants {
    groups: bool,
    users: bool,
}

/// The proof, if the caller may do this to all these collections; 404 if one is not of this organization.
async fn targets(
    tx: &mut Tx,
    caller: &Caller,
    organization: OrganizationId,
    ids: &[CollectionId],
    action: Action,
    grants: Grants,
) -> Result<(OrganizationAccess, Vec<Rule>), ApiError> {
    let (access, _) = OrganizationAccess::permitted_in_part(tx, caller, organization, action).await?;
    let rules = collections::rules(tx, &access, ids).await?.ok_or(ApiError::NotFound)?;
    let limits_deletion = collections::deletion_is_limited(tx, &access).await?;
    let subjects = access.subjects();
    let situation = Situation { client: *access.situation(), ..Situation::default() };
    let may = |rule: &Rule| {
        let target = CollectionTarget {
            managed: rule.managed_by_caller,
            unmanaged: rule.unmanaged,
            somebodys_own: rule.somebodys_own,
            limits_deletion,
        };
        collection_verdict(action, &subjects, &situation, &target) == Verdict::Allowed
            || (!rule.somebodys_own && may_only_grant(&access, grants))
    };
    if rules.iter().all(may) { Ok((access, rules)) } else { Err(ApiError::role(action)) }
}

/// Whether a Custom member's permission to manage members, or groups, covers these grants.
fn may_only_grant(access: &OrganizationAccess, grants: Grants) -> bool {
    let Some(member) = access.member() else { return false };
    grants != Grants::default()
        && access.situation().admins_reach_everything
        && member.role == portal_wire::OrganizationUserType::Custom
        && (!grants.users || member.permissions.manage_users)
        && (!grants.groups || member.permissions.manage_groups)
}

async fn permitted_ids(
    context: &Context,
    caller: &Caller,
    organization: OrganizationId,
    body: Result<Body<CollectionIdsRequest>, ApiError>,
) -> Result<Vec<CollectionId>, ApiError> {
    let mut db = context.store.read().await?;
    OrganizationAccess::permitted_in_part(&mut db, caller, organization, Action::DeleteCollection).await?;
    some_ids(body?.0.ids)
}

async fn delete_all(
    context: &Context,
    caller: &Caller,
    organization: OrganizationId,
    ids: &[CollectionId],
) -> Result<(), ApiError> {
    let mut tx = context.store.write().await?;
    let (access, _) =
        targets(&mut tx, caller, organization, ids, Action::DeleteCollection, Grants::default()).await?;
    collections::delete(&mut tx, &access, ids, context.clock.now()).await?;
    Ok(tx.commit().await?)
}

async fn only_rule(db: &mut Db, access: &OrganizationAccess, id: CollectionId) -> Result<Rule, ApiError> {
    let rules = collections::rules(db, access, &[id]).await?;
    rules.and_then(|mut rules| rules.pop()).ok_or(ApiError::NotFound)
}

/// The collection as it is now. Staff who are no members are not told who has it: the original does not.
async fn answer(
    mut tx: Tx,
    access: &OrganizationAccess,
    id: CollectionId,
) -> Result<Json<CollectionAccessDetails>, ApiError> {
    let found = collections::details(&mut tx, access, Which::All).await?;
    let found = found.into_iter().find(|found| found.collection.id == id).ok_or(ApiError::NotFound)?;
    tx.commit().await?;
    let mut answer = model(found);
    if access.member().is_none() {
        (answer.groups, answer.users) = (None, None);
    }
    Ok(Json(answer))
}

fn check(wrong: &mut Validation, request: &CollectionRequest) {
    if let Some(name) = request.name.as_deref().filter(|name| !name.is_empty()) {
        wrong.enc_string("Name", name).at_most("Name", name, 1_000);
    } else if request.name.is_some() {
        wrong.required("Name", "");
    }
    wrong.at_most("ExternalId", request.external_id.as_deref().unwrap_or_default(), 300);
    check_grants(wrong, "Groups", request.groups.as_deref().unwrap_or_default());
    check_grants(wrong, "Users", request.users.as_deref().unwrap_or_default());
}

/// Can Manage excludes the lesser levels.
pub(super) fn check_grants(wrong: &mut Validation, field: &str, grants: &[Selection]) {
    if grants.iter().any(|grant| grant.manage && (grant.read_only || grant.hide_passwords)) {
        wrong.error(field, "The Manage property is mutually exclusive with ReadOnly and HidePasswords.");
    }
}

/// Refuses groups and members of other organizations.
async fn check_holders(
    db: &mut Db,
    access: &OrganizationAccess,
    groups: &[Selection],
    users: &[Selection],
) -> Result<(), ApiError> {
    let groups = groups.iter().map(|grant| GroupId(grant.id));
    let users = users.iter().map(|grant| OrganizationUserId(grant.id));
    if collections::are_ours(db, access, groups, users).await? { Ok(()) } else { Err(ApiError::NotFound) }
}
