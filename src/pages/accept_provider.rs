//! Following an invitation to a provider's staff.

use leptos::prelude::*;
use portal_bridge::{AcceptStaffInvitation, ProviderId, ProviderUserId, RegistrationTicket};

use super::entry::{Invited, accept_page, arrival, broken_link};
use crate::format::isolate;
use crate::messages::entry as text;

/// The page.
pub fn page() -> AnyView {
    let came = arrival();
    let parts = (
        came.id::<ProviderId>("providerId"),
        came.id::<ProviderUserId>("providerUserId"),
        came.part("token"),
    );
    let (Some(provider), Some(membership), Some(token)) = parts else { return broken_link() };
    let name = came.part("providerName").unwrap_or_else(|| text::this_provider().to_owned());
    let invited = Invited {
        email: came.part("email").unwrap_or_default(),
        accepted: text::accepted_provider(&isolate(&name)),
        name,
        body: text::join_provider_body(),
        ticket: RegistrationTicket::Provider { membership, token: token.clone() },
    };
    accept_page(invited, move || AcceptStaffInvitation { provider, membership, token: token.clone() })
}
