//! What this server has beyond Bitwarden's interface, announced in `/api/config`.

mod billing;
mod books;

use axum::{Json, extract::State};
use portal_domain::access::Action;
use portal_wire::{List, OrganizationId, OrganizationUserId, ProviderId, ProviderUserId, Timestamp};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::Context,
    auth::{
        Caller, OrganizationAccess, ProviderAdmin,
        tokens::{ORGANIZATION_TOKEN_LIFE, PROVIDER_TOKEN_LIFE},
    },
    http::{ApiError, Ids},
    store::invitations::{self, InvitedTo, OpenInvitation},
};

/// The routes of this file.
pub fn routes() -> OpenApiRouter<Context> {
    OpenApiRouter::new()
        .routes(routes!(open_invitations))
        .routes(routes!(open_invitations_of_organization))
        .merge(billing::routes())
        .merge(books::routes())
}

/// An invitation to be passed on by hand.
#[derive(Serialize)]
#[serde(tag = "object", rename = "openInvitation", rename_all = "camelCase")]
struct Invitation {
    /// For whom.
    email: String,
    /// Where it leads.
    link: String,
    /// `staff` or `organization`.
    to: &'static str,
    provider_user_id: Option<ProviderUserId>,
    organization_id: Option<OrganizationId>,
    organization_user_id: Option<OrganizationUserId>,
    organization_name: Option<String>,
    creation_date: Timestamp,
    expiration_date: Timestamp,
}

/// The open invitations to the staff and to own clients, with their links, where no mail server is set.
#[utoipa::path(
    get,
    path = "/api/portal/providers/{providerId}/invitations",
    tag = "portal",
    responses((status = 200, description = "A list."), (status = 401), (status = 403), (status = 404, description = "Mail is sent."))
)]
async fn open_invitations(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<ProviderId>,
) -> Result<Json<List<Invitation>>, ApiError> {
    let admin = ProviderAdmin::permitted(&caller, id, Action::InviteStaff)?;
    passed_on_by_hand(&context)?;
    let open = invitations::of_provider(&mut *context.store.read().await?, &admin).await?;
    Ok(Json(list(open)))
}

/// The open invitations to an organization, with their links, where no mail server is set: to the roles that the caller may
/// manage.
#[utoipa::path(
    get,
    path = "/api/portal/organizations/{organizationId}/invitations",
    tag = "portal",
    responses((status = 200, description = "A list."), (status = 401), (status = 403), (status = 404, description = "Mail is sent."))
)]
async fn open_invitations_of_organization(
    State(context): State<Context>,
    caller: Caller,
    Ids(id): Ids<OrganizationId>,
) -> Result<Json<List<Invitation>>, ApiError> {
    let mut db = context.store.read().await?;
    let access = OrganizationAccess::permitted(&mut db, &caller, id, Action::ManageMembers).await?;
    passed_on_by_hand(&context)?;
    Ok(Json(list(invitations::of_organization(&mut db, &access).await?)))
}

/// Links are shown only where no mail brings them.
fn passed_on_by_hand(context: &Context) -> Result<(), ApiError> {
    if context.settings.smtp.is_some() { Err(ApiError::NotFound) } else { Ok(()) }
}

fn list(open: Vec<OpenInvitation>) -> List<Invitation> {
    List::complete(open.into_iter().map(Invitation::from).collect())
}

impl From<OpenInvitation> for Invitation {
    fn from(open: OpenInvitation) -> Self {
        let life = match open.to {
            InvitedTo::Staff(_) => PROVIDER_TOKEN_LIFE,
            InvitedTo::Organization { .. } => ORGANIZATION_TOKEN_LIFE,
        };
        let bare = Self {
            email: open.email,
            link: open.link,
            to: "staff",
            provider_user_id: None,
            organization_id: None,
            organization_user_id: None,
            organization_name: None,
            creation_date: open.created_at,
            expiration_date: open.created_at.saturating_add(life),
        };
        match open.to {
            InvitedTo::Staff(id) => Self { provider_user_id: Some(id), ..bare },
            InvitedTo::Organization { member, id, name } => Self {
                to: "organization",
                organization_id: Some(id),
                organization_user_id: Some(member),
                organization_name: Some(name),
                ..bare
            },
        }
    }
}
