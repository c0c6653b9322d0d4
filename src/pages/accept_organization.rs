//! Following an invitation to an organization.

use leptos::prelude::*;
use portal_bridge::{AcceptOrganizationInvitation, OrganizationId, OrganizationUserId, RegistrationTicket};

use super::entry::{Invited, accept_page, arrival, broken_link};
use crate::format::isolate;
use crate::messages::entry as text;

/// The page.
pub fn page() -> AnyView {
    let came = arrival();
    let parts = (
        came.id::<OrganizationId>("organizationId"),
        came.id::<OrganizationUserId>("organizationUserId"),
        came.part("token"),
    );
    let (Some(organization), Some(member), Some(token)) = parts else { return broken_link() };
    let name = came.part("organizationName").unwrap_or_else(|| text::this_organization().to_owned());
    let invited = Invited {
        email: came.part("email").unwrap_or_default(),
        accepted: text::accepted_organization(&isolate(&name)),
        name,
        body: text::join_organization_body(),
        ticket: RegistrationTicket::Organization { organization, member, token: token.clone() },
    };
    accept_page(invited, move || AcceptOrganizationInvitation { organization, member, token: token.clone() })
}
