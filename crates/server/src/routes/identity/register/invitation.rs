//! Which token proves the address of somebody who registers.

use portal_wire::{ProviderId, identity::RegisterFinishRequest};

use super::expired;
use crate::{
    app::Context,
    auth::tokens::Purpose,
    http::ApiError,
    settings::{Mode, Signups},
    store::providers,
};

/// What the token proves.
pub(super) struct Proof {
    /// The name given when the token was asked for.
    pub(super) name: Option<String>,
    /// Whether the address counts as proved: by a mail to it, or because somebody who invited it answers for it.
    pub(super) email_verified: bool,
    /// Whether it is an invitation.
    pub(super) invited: bool,
    /// Which providers waiting for their first admin under this address get the account.
    pub(super) admin_of: AdminOf,
}

/// Providers waiting for their first admin under an address.
pub(super) enum AdminOf {
    /// None: anybody could have got the token.
    None,
    /// The one whose set-up link was used.
    One(ProviderId),
    /// All: the token came by mail to the address.
    All,
}

/// Checks the one token the request carries, in the contract's order of precedence.
pub(super) async fn check(
    context: &Context,
    request: &RegisterFinishRequest,
    email: &str,
) -> Result<Proof, ApiError> {
    let now = context.clock.now();
    let secrets = &context.secrets;
    // Without a mail server whoever asks, or invites, gets to see the token.
    let by_mail = context.settings.smtp.is_some();
    let has_providers = context.settings.mode == Mode::Provider;
    let admin_of = if by_mail && has_providers { AdminOf::All } else { AdminOf::None };
    if let Some(token) = &request.email_verification_token {
        if context.settings.signups == Signups::Invited {
            return Err(ApiError::refused("Open registration is switched off here. Ask for an invitation."));
        }
        let name = secrets.vouched(Purpose::Registration, token, email, now).ok_or_else(expired)?;
        let name = Some(name).filter(|name| !name.is_empty());
        return Ok(Proof { name, email_verified: by_mail, invited: false, admin_of });
    }
    let invited = Proof { name: None, email_verified: true, invited: true, admin_of };
    if let (Some(token), Some(id)) = (&request.org_invite_token, request.organization_user_id) {
        let good = secrets.accepts(Purpose::OrganizationInvitation, token, id, email, now);
        return if good { Ok(invited) } else { Err(expired()) };
    }
    if let (Some(token), Some(id)) = (&request.provider_invite_token, request.provider_user_id) {
        if !has_providers {
            return Err(expired());
        }
        if secrets.accepts(Purpose::ProviderInvitation, token, id, email, now) {
            return Ok(invited);
        }
        // The first admin of a new provider registers with the token of the set-up link.
        let provider = providers::provider_of_invitation(&mut *context.store.read().await?, id).await?;
        return match provider {
            Some(provider) if secrets.accepts(Purpose::ProviderSetup, token, provider, email, now) => {
                Ok(Proof { admin_of: AdminOf::One(provider), ..invited })
            }
            _ => Err(expired()),
        };
    }
    Err(ApiError::refused("A token is required to register."))
}
