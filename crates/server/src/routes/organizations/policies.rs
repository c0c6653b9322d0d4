//! The policies of an organization (contract §4.6).

use axum::{
    Json,
    extract::{Query, State},
    middleware::from_fn,
};
use portal_domain::{
    access::Action,
    policies::{needed_by, needs},
};
use portal_wire::{
    List, OrganizationId, OrganizationUserId, PolicyType, Timestamp,
    organization::PolicyStatus,
    policy::{PolicyEffect, SavePolicyRequest},
};
use serde_json::{Value, json};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess, tokens::Purpose},
    http::{ApiError, Body, Ids, Validation, compression::compress, document::documents},
    mail::invitations,
    store::{Db, organizations::details, outbox, policies},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(of_invitation))
        .routes(routes!(of_passwords))
        .routes(routes!(one, save))
        .routes(routes!(effect))
        .layer(from_fn(compress))
}

/// The policies that were ever saved, and the one of Sends in any case.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/policies",
    tag = "policies",
    responses((status = 200, description = "A list.", body = documents::PolicyStatuses), (status = 401), (status = 403))
)]
async fn list(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
) -> Result<Json<List<PolicyStatus>>, ApiError> {
    let mut db = context.store.read().await?;
    let access =
        OrganizationAccess::permitted(&mut db, &caller, organization, Action::ManagePolicies).await?;
    let mut found: Vec<PolicyStatus> =
        policies::list(&mut db, &access).await?.into_iter().map(shown).collect();
    if found.iter().all(|policy| policy.kind != PolicyType::SendControls) {
        found.push(never_saved(organization, PolicyType::SendControls));
    }
    Ok(Json(List::complete(found)))
}

/// One policy; off if it was never saved.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/policies/{type}",
    tag = "policies",
    params(("type" = i32, Path)),
    responses((status = 200, description = "A policy.", body = documents::PolicyStatus), (status = 401), (status = 403), (status = 404))
)]
async fn one(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, kind)): Ids<(OrganizationId, String)>,
) -> Result<Json<PolicyStatus>, ApiError> {
    let mut db = context.store.read().await?;
    let access =
        OrganizationAccess::permitted(&mut db, &caller, organization, Action::ManagePolicies).await?;
    let kind = known(&kind)?;
    let found = policies::one(&mut db, &access, kind).await?;
    Ok(Json(found.map_or_else(|| never_saved(organization, kind), shown)))
}

/// Saves a policy. Two of them take the access of members who do not comply.
#[utoipa::path(
    put,
    path = "/api/organizations/{organizationId}/policies/{type}",
    tag = "policies",
    params(("type" = i32, Path)),
    request_body = documents::SavePolicyRequest,
    responses((status = 200, description = "The policy.", body = documents::PolicyStatus), (status = 400), (status = 401), (status = 403), (status = 404))
)]
async fn save(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, kind)): Ids<(OrganizationId, String)>,
    body: Result<Body<SavePolicyRequest>, ApiError>,
) -> Result<Json<PolicyStatus>, ApiError> {
    let mut tx = context.store.write().await?;
    let access =
        OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManagePolicies).await?;
    let kind = known(&kind)?;
    let Body(SavePolicyRequest { policy, .. }) = body?;
    let enabled = policy
        .enabled
        .ok_or_else(|| ApiError::invalid("Policy.Enabled", "The Enabled field is required."))?;
    if !access.situation().has_policies {
        return Err(ApiError::refused("This organization cannot use policies."));
    }
    let data = policy.data.filter(|data| !data.is_null());
    check_data(kind, enabled, data.as_ref())?;
    policies::lock_members(&mut tx, &access).await?;
    check_dependencies(&mut tx, &access, kind, enabled).await?;
    let now = context.clock.now();
    let was_on = policies::one(&mut tx, &access, kind).await?.is_some_and(|before| before.enabled);
    let saved = policies::save(&mut tx, &access, kind, enabled, data.as_ref(), now).await?;
    if enabled && !was_on {
        let name = details::details(&mut tx, &access).await?.ok_or(ApiError::NotFound)?.name;
        for member in policies::enforce(&mut tx, &access, kind, now).await? {
            outbox::add(&mut tx, invitations::member_revoked(&name, &member.email, kind), now).await?;
        }
    }
    tx.commit().await?;
    Ok(Json(saved))
}

/// Whom a policy would shut out if it were switched on now. An extension of this server.
#[utoipa::path(
    get,
    path = "/api/portal/organizations/{organizationId}/policies/{type}/effect",
    tag = "portal",
    params(("type" = i32, Path)),
    responses((status = 200, description = "Memberships.", body = documents::PolicyEffect), (status = 401), (status = 403), (status = 404))
)]
async fn effect(
    State(context): State<Context>,
    caller: Caller,
    Ids((organization, kind)): Ids<(OrganizationId, String)>,
) -> Result<Json<PolicyEffect>, ApiError> {
    let mut db = context.store.read().await?;
    let access =
        OrganizationAccess::permitted(&mut db, &caller, organization, Action::ManagePolicies).await?;
    let shut_out = policies::shut_out(&mut db, &access, known(&kind)?).await?;
    Ok(Json(PolicyEffect { revoked: shut_out.into_iter().map(|member| member.id).collect() }))
}

/// The policies that are on, for who is invited and has not signed in.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/policies/token",
    tag = "policies",
    params(("email" = String, Query), ("token" = String, Query), ("organizationUserId" = String, Query)),
    responses((status = 200, description = "A list.", body = documents::PolicyStatuses), (status = 400), (status = 404))
)]
async fn of_invitation(
    State(context): State<Context>,
    Ids(organization): Ids<OrganizationId>,
    Query(query): Query<Vec<(String, String)>>,
) -> Result<Json<List<PolicyStatus>>, ApiError> {
    let part = |name: &str| {
        query
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
            .unwrap_or_default()
    };
    let member: OrganizationUserId = part("organizationUserId").parse().map_err(|_| ApiError::NotFound)?;
    let mut db = context.store.read().await?;
    let email = policies::invited_address(&mut db, organization, member).await?.ok_or(ApiError::NotFound)?;
    let good = context.secrets.accepts(
        Purpose::OrganizationInvitation,
        part("token"),
        member,
        &email,
        context.clock.now(),
    );
    if !good {
        return Err(ApiError::NotFound);
    }
    let on =
        policies::of(&mut db, organization).await?.into_iter().filter(|policy| policy.enabled).map(shown);
    Ok(Json(List::complete(on.collect())))
}

/// What the organization asks of master passwords, for its members.
#[utoipa::path(
    get,
    path = "/api/organizations/{organizationId}/policies/master-password",
    tag = "policies",
    responses((status = 200, description = "A policy.", body = documents::PolicyStatus), (status = 401), (status = 404))
)]
async fn of_passwords(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
) -> Result<Json<PolicyStatus>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::of(&mut db, &caller, organization).await?.ok_or(ApiError::NotFound)?;
    let found = policies::one(&mut db, &access, PolicyType::MasterPassword).await?;
    found.filter(|policy| policy.enabled).map(|policy| Json(shown(policy))).ok_or(ApiError::NotFound)
}

fn known(kind: &str) -> Result<PolicyType, ApiError> {
    match kind.parse().map(PolicyType::from_number) {
        Ok(PolicyType::Unknown(_)) | Err(_) => Err(ApiError::NotFound),
        Ok(kind) => Ok(kind),
    }
}

/// As a status, which has no date and never no data. It has the id, which Bitwarden's leaves out (contract §4.6): events name
/// policies by it, and nothing else tells which one an event is about.
fn shown(policy: PolicyStatus) -> PolicyStatus {
    PolicyStatus {
        revision_date: None,
        data: Some(policy.data.unwrap_or_else(|| json!({}))),
        can_toggle_state: Some(true),
        ..policy
    }
}

fn never_saved(organization_id: OrganizationId, kind: PolicyType) -> PolicyStatus {
    shown(PolicyStatus { organization_id, kind, revision_date: None::<Timestamp>, ..PolicyStatus::default() })
}

/// Only what the contract names is looked at; everything else is kept as it came.
fn check_data(kind: PolicyType, enabled: bool, data: Option<&Value>) -> Result<(), ApiError> {
    let mut wrong = Validation::new();
    if data.is_some_and(|data| !data.is_object()) {
        wrong.error("Policy.Data", "The Data field must be an object.");
    }
    let number = |name: &str| data.and_then(|data| data.get(name)).filter(|value| !value.is_null());
    let mut range = |name: &str, least: i64, most: i64| {
        if let Some(value) = number(name)
            && !value.as_i64().is_some_and(|value| (least..=most).contains(&value))
        {
            wrong.error(
                &format!("Policy.Data.{name}"),
                format!("The field {name} must be between {least} and {most}."),
            );
        }
    };
    if kind == PolicyType::MasterPassword {
        range("minComplexity", 0, 4);
        range("minLength", 12, 128);
    }
    if kind == PolicyType::FillAssist && enabled {
        let url = data.and_then(|data| data.get("rulesUrl")).and_then(Value::as_str).unwrap_or_default();
        if !url.starts_with("https://") {
            wrong.error("Policy.Data.rulesUrl", "The field rulesUrl must be an https address.");
        }
    }
    wrong.finish()
}

/// What a policy rests on must be on before it, and what rests on it off before it goes.
async fn check_dependencies(
    db: &mut Db,
    access: &OrganizationAccess,
    kind: PolicyType,
    enabled: bool,
) -> Result<(), ApiError> {
    let on: Vec<PolicyType> = policies::list(db, access)
        .await?
        .into_iter()
        .filter(|policy| policy.enabled)
        .map(|policy| policy.kind)
        .collect();
    if enabled {
        if needs(kind).iter().any(|needed| !on.contains(needed)) {
            return Err(ApiError::refused("Turn on the Single organization policy to enable this policy."));
        }
        if kind == PolicyType::AutomaticUserConfirmation
            && policies::has_staff_among_members(db, access).await?
        {
            return Err(ApiError::refused(
                "A member belongs to a provider, which the Automatic user confirmation policy does not allow.",
            ));
        }
        if kind == PolicyType::BlockClaimedDomainAccountCreation {
            return Err(ApiError::refused("You must claim at least one domain to turn on this policy."));
        }
    } else if let Some(resting) = needed_by(kind).find(|resting| on.contains(resting)) {
        return Err(ApiError::refused(format!(
            "Turn off the policy {resting:?} first: it requires this one."
        )));
    }
    Ok(())
}
