//! Inviting members.

use axum::extract::State;
use portal_domain::{access::Action, limits::INVITATIONS_AT_ONCE};
use portal_wire::{OrganizationId, organization::InviteMembersRequest};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::member_grants::Gift;
use crate::{
    app::Context,
    auth::{Caller, OrganizationAccess},
    http::{ApiError, Body, Ids, Validation, document::documents, validation::normal_email},
    limits::{self, Limit},
    mail::invitations::{self, Organization},
    store::{members, organizations::details, outbox, users},
};

pub(super) fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new().routes(routes!(invite))
}

/// Invites people in one role. Who is a member already is passed over.
#[utoipa::path(
    post,
    path = "/api/organizations/{organizationId}/users/invite",
    tag = "members",
    request_body = documents::InviteMembersRequest,
    responses((status = 200, description = "Invited."), (status = 400), (status = 401), (status = 403), (status = 404), (status = 429))
)]
async fn invite(
    State(context): State<Context>,
    caller: Caller,
    Ids(organization): Ids<OrganizationId>,
    body: Result<Body<InviteMembersRequest>, ApiError>,
) -> Result<(), ApiError> {
    limits::check(&context, Limit::Invitation, caller.user_id()).await?;
    let mut tx = context.store.write().await?;
    let access = OrganizationAccess::permitted(&mut tx, &caller, organization, Action::ManageMembers).await?;
    let Body(request) = body?;
    let emails = addresses(&request.emails)?;
    let known = details::details(&mut tx, &access).await?.ok_or(ApiError::NotFound)?;
    let gift = Gift {
        role: request.kind,
        permissions: request.permissions.as_ref(),
        collections: &request.collections,
        groups: &request.groups,
    };
    gift.check(&access, &known)?;
    let changeable = gift.changeable(&mut tx, &access).await?;
    if !request.collections.iter().all(|collection| changeable.contains(&collection.id)) {
        return Err(ApiError::NotFound);
    }
    let now = context.clock.now();
    let invited = members::invite(&mut tx, &access, &emails, &request, now)
        .await?
        .map_err(|refusal| ApiError::refused(refusal.to_string()))?;
    let organization = Organization {
        id: access.organization_id(),
        name: &known.name,
        provider: access.provider().map(|provider| provider.provider_id),
    };
    for person in invited {
        let has_account = users::by_email(&mut tx, &person.email).await?.is_some();
        let mail =
            invitations::member_invitation(&context, organization, person.id, &person.email, has_account);
        outbox::add(&mut tx, mail, now).await?;
    }
    Ok(tx.commit().await?)
}

/// The addresses as they are kept, each once.
fn addresses(given: &[String]) -> Result<Vec<String>, ApiError> {
    let mut wrong = Validation::new();
    if given.is_empty() {
        wrong.error("Emails", "The Emails field is required.");
    }
    if given.len() > INVITATIONS_AT_ONCE {
        wrong.error("Emails", format!("At most {INVITATIONS_AT_ONCE} people can be invited at once."));
    }
    let mut emails = Vec::with_capacity(given.len());
    for (place, email) in given.iter().enumerate() {
        wrong.email(&format!("Emails[{place}]"), email);
        let email = normal_email(email);
        if !emails.contains(&email) {
            emails.push(email);
        }
    }
    wrong.finish()?;
    Ok(emails)
}
