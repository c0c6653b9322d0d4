//! Which token proves the address of somebody who registers.

use portal_wire::identity::RegisterFinishRequest;

use super::expired;
use crate::{app::Context, auth::tokens::Purpose, http::ApiError, settings::Signups, store::providers};

/// What the token proves.
pub(super) struct Proof {
    /// The name given when the token was asked for.
    pub(super) name: Option<String>,
    /// Whether the token can only have come by mail to the address, or from somebody who answers for it.
    pub(super) proved_by_mail: bool,
    /// Whether it is an invitation.
    pub(super) invited: bool,
}

/// Checks the one token the request carries, in the contract's order of precedence.
pub(super) async fn check(
    context: &Context,
    request: &RegisterFinishRequest,
    email: &str,
) -> Result<Proof, ApiError> {
    let now = context.clock.now();
    let secrets = &context.secrets;
    if let Some(token) = &request.email_verification_token {
        if context.settings.signups == Signups::Invited {
            return Err(ApiError::refused("Open registration is switched off here. Ask for an invitation."));
        }
        let name = secrets.vouched(Purpose::Registration, token, email, now).ok_or_else(expired)?;
        let name = Some(name).filter(|name| !name.is_empty());
        return Ok(Proof { name, proved_by_mail: context.settings.smtp.is_some(), invited: false });
    }
    let invited = Proof { name: None, proved_by_mail: true, invited: true };
    if let (Some(token), Some(id)) = (&request.org_invite_token, request.organization_user_id) {
        let good = secrets.accepts(Purpose::OrganizationInvitation, token, id, email, now);
        return if good { Ok(invited) } else { Err(expired()) };
    }
    if let (Some(token), Some(id)) = (&request.provider_invite_token, request.provider_user_id) {
        if secrets.accepts(Purpose::ProviderInvitation, token, id, email, now) {
            return Ok(invited);
        }
        // The first admin of a new provider registers with the token of the set-up link.
        let provider = providers::provider_of_invitation(&mut *context.store.read().await?, id).await?;
        let good = provider.is_some_and(|id| secrets.accepts(Purpose::ProviderSetup, token, id, email, now));
        return if good { Ok(invited) } else { Err(expired()) };
    }
    Err(ApiError::refused("A token is required to register."))
}
