//! The people and groups of a directory (contract §4.8), by the organization's API key.

use axum::{
    Json,
    extract::{DefaultBodyLimit, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use portal_wire::directory::{DirectoryImportRequest, DirectoryMember};
use serde_json::json;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::OrganizationKey,
    http::{ApiError, Body, Validation, document::documents},
    mail::invitations::{self, Organization},
    store::{
        directory::{self, DirectoryRefusal},
        outbox, users,
    },
};

/// How many groups or members come at most, unless the import is said to be large.
const MOST: usize = 2_000;
/// The largest request in bytes.
const LARGEST: usize = 40 * 1024 * 1024;

/// The routes of this file.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(import)).layer(DefaultBodyLimit::max(LARGEST))
}

/// An error as the public interface has it.
struct PublicError(ApiError);

impl From<ApiError> for PublicError {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl From<crate::store::StoreError> for PublicError {
    fn from(error: crate::store::StoreError) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for PublicError {
    fn into_response(self) -> Response {
        let errors = match &self.0 {
            ApiError::Invalid(errors) => json!(errors),
            ApiError::Refused(_) => json!(null),
            _ => return self.0.into_response(),
        };
        let body = json!({ "object": "error", "message": self.0.to_string(), "errors": errors });
        (StatusCode::BAD_REQUEST, Json(body)).into_response()
    }
}

/// Invites, links, and removes people, and sets who is in which group: all of it, or nothing.
#[utoipa::path(
    post,
    path = "/api/public/organization/import",
    tag = "public",
    request_body = documents::DirectoryImportRequest,
    responses((status = 200, description = "Done."), (status = 400), (status = 401), (status = 413))
)]
async fn import(
    State(context): State<Context>,
    key: OrganizationKey,
    body: Result<Body<DirectoryImportRequest>, ApiError>,
) -> Result<(), PublicError> {
    let Body(request) = body?;
    let overwrite = check(&request)?;
    let now = context.clock.now();
    let mut tx = context.store.write().await?;
    let done = directory::import(&mut tx, &key, &request, overwrite, now).await?;
    let done = done.map_err(|refusal| match refusal {
        DirectoryRefusal::Disabled => ApiError::Unauthenticated,
        refused @ DirectoryRefusal::NoSeats { .. } => ApiError::refused(refused.to_string()),
    })?;
    let organization =
        Organization { id: key.organization_id(), name: &done.organization_name, provider: done.provider };
    for (id, email) in &done.invited {
        let has_account = users::by_email(&mut tx, email).await?.is_some();
        let mail = invitations::member_invitation(&context, organization, *id, email, has_account);
        outbox::add(&mut tx, mail, now).await?;
    }
    Ok(tx.commit().await?)
}

/// Checks what is said, and answers whether who is missing is to be removed.
fn check(request: &DirectoryImportRequest) -> Result<bool, ApiError> {
    let large = request.groups.len() > MOST || request.members.len() > MOST;
    if large && !request.large_import {
        return Err(ApiError::refused(format!(
            "You cannot import this much data at once: at most {MOST} groups and members."
        )));
    }
    let mut wrong = Validation::new();
    if request.overwrite_existing.is_none() {
        wrong.error("OverwriteExisting", "The OverwriteExisting field is required.");
    }
    for (place, group) in request.groups.iter().enumerate() {
        let field = |name: &str| format!("Groups[{place}].{name}");
        wrong.required(&field("Name"), &group.name).at_most(&field("Name"), &group.name, 100);
        wrong.required(&field("ExternalId"), &group.external_id).at_most(
            &field("ExternalId"),
            &group.external_id,
            300,
        );
    }
    for (place, member) in request.members.iter().enumerate() {
        let field = |name: &str| format!("Members[{place}].{name}");
        wrong.required(&field("ExternalId"), &member.external_id).at_most(
            &field("ExternalId"),
            &member.external_id,
            300,
        );
        if needs_email(member) {
            wrong.email(&field("Email"), member.email.as_deref().unwrap_or_default());
        }
    }
    wrong.finish()?;
    Ok(request.overwrite_existing.unwrap_or_default())
}

fn needs_email(member: &DirectoryMember) -> bool {
    !member.deleted
}
