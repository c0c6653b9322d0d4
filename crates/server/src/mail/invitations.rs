//! The mails about providers, clients and their people.

use portal_wire::{OrganizationId, OrganizationUserId, PolicyType, ProviderId, ProviderUserId};

use super::letters::{link, with_link};
use crate::{
    app::Context,
    auth::tokens::{ORGANIZATION_TOKEN_LIFE, PROVIDER_TOKEN_LIFE, Purpose},
    store::outbox::NewMail,
};

/// An invitation to a provider's staff, good for 120 hours.
pub fn staff_invitation(
    context: &Context,
    provider: ProviderId,
    provider_name: &str,
    id: ProviderUserId,
    email: &str,
) -> NewMail {
    let expires = context.clock.now().saturating_add(PROVIDER_TOKEN_LIFE);
    let token = context.secrets.voucher(Purpose::ProviderInvitation, id, email, expires);
    let link = link(
        &context.settings,
        "providers/accept-provider",
        &[
            ("providerId", &provider.to_string()),
            ("providerUserId", &id.to_string()),
            ("email", email),
            ("providerName", provider_name),
            ("token", &token),
        ],
    );
    let subject = format!("Join {}", one_line(provider_name));
    let text = format!(
        "You are invited to work for the provider {}. The invitation is good for five days. To accept it, follow this link:",
        one_line(provider_name)
    );
    NewMail {
        provider_id: Some(provider),
        provider_user_id: Some(id),
        ..with_link("staff-invitation", email, subject, &text, link)
    }
}

/// Telling one of the staff of being confirmed.
pub fn staff_confirmed(context: &Context, provider_name: &str, email: &str) -> NewMail {
    let name = one_line(provider_name);
    let text =
        format!("You can now work for the provider {name}. Sign in at {}", context.settings.public_url);
    notice("staff-confirmed", email, format!("You are confirmed at {name}"), text)
}

/// Telling somebody of being removed from the staff.
pub fn staff_removed(provider_name: &str, email: &str) -> NewMail {
    let name = one_line(provider_name);
    let text = format!("You no longer work for the provider {name}: one of its admins has removed you.");
    notice("staff-removed", email, format!("You were removed from {name}"), text)
}

/// An organization, as mails name it.
#[derive(Clone, Copy, Debug)]
pub struct Organization<'a> {
    /// The organization.
    pub id: OrganizationId,
    /// What it is called.
    pub name: &'a str,
    /// The provider that manages it.
    pub provider: Option<ProviderId>,
}

/// An invitation to an organization, good for five days.
pub fn member_invitation(
    context: &Context,
    organization: Organization<'_>,
    id: OrganizationUserId,
    email: &str,
    has_account: bool,
) -> NewMail {
    let expires = context.clock.now().saturating_add(ORGANIZATION_TOKEN_LIFE);
    let token = context.secrets.voucher(Purpose::OrganizationInvitation, id, email, expires);
    let link = link(
        &context.settings,
        "accept-organization",
        &[
            ("organizationId", &organization.id.to_string()),
            ("organizationUserId", &id.to_string()),
            ("email", email),
            ("organizationName", organization.name),
            ("token", &token),
            ("initOrganization", "false"),
            ("orgUserHasExistingUser", if has_account { "true" } else { "false" }),
        ],
    );
    let name = one_line(organization.name);
    let text = format!(
        "You are invited to the organization {name}. The invitation is good for five days. To accept it, follow this link:"
    );
    NewMail {
        provider_id: organization.provider,
        organization_user_id: Some(id),
        ..with_link("member-invitation", email, format!("Join {name}"), &text, link)
    }
}

/// Telling the administrators of an organization that somebody accepted.
pub fn member_accepted(context: &Context, organization_name: &str, member: &str, recipient: &str) -> NewMail {
    let name = one_line(organization_name);
    let text = format!(
        "{member} has accepted the invitation to {name} and waits to be confirmed. Sign in at {}",
        context.settings.public_url
    );
    notice("member-accepted", recipient, format!("Confirm a member of {name}"), text)
}

/// Telling a member of being confirmed.
pub fn member_confirmed(context: &Context, organization_name: &str, email: &str) -> NewMail {
    let name = one_line(organization_name);
    let text =
        format!("You can now use what {name} shares with you. Sign in at {}", context.settings.public_url);
    notice("member-confirmed", email, format!("You are confirmed at {name}"), text)
}

/// Telling a member that a policy has taken the access away, and how it comes back.
pub fn member_revoked(organization_name: &str, email: &str, policy: PolicyType) -> NewMail {
    let name = one_line(organization_name);
    let what = if policy == PolicyType::SingleOrg {
        "its members may be in no other organization. Leave the others"
    } else {
        "it requires two-step login. Turn it on in your account"
    };
    let text =
        format!("Your access to {name} was revoked: {what}, then ask an administrator to restore you.");
    notice("member-revoked", email, format!("Your access to {name} was revoked"), text)
}

/// Telling a member that an administrator recovered the account.
pub fn member_recovered(organization_name: &str, email: &str) -> NewMail {
    let name = one_line(organization_name);
    let text = format!(
        "An administrator of {name} has recovered your account. If you did not ask for it, speak to {name} at once."
    );
    notice("member-recovered", email, "Your account was recovered".to_owned(), text)
}

/// Telling an owner that the provider let the organization go.
pub fn client_unlinked(provider_name: &str, organization_name: &str, email: &str) -> NewMail {
    let (provider, name) = (one_line(provider_name), one_line(organization_name));
    let text = format!(
        "The provider {provider} no longer manages {name}. To keep using it, add a payment method within 30 days."
    );
    notice("client-unlinked", email, format!("{name} is no longer managed by {provider}"), text)
}

fn notice(kind: &'static str, recipient: &str, subject: String, text: String) -> NewMail {
    NewMail { kind, recipient: recipient.to_owned(), subject, body: text + "\n", ..NewMail::default() }
}

/// A name as it may stand in a subject: without line breaks and other controls.
fn one_line(name: &str) -> String {
    name.chars().filter(|character| !character.is_control()).collect()
}
