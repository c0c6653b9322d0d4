use std::rc::Rc;

use portal_bridge::{
    InvitationLink, InvitedTo, MemberLink, Moment, OrganizationId, OrganizationUserId, Problem, ProblemKind,
    ProviderId, ProviderUserId, Within,
};
use portal_wire::{List as WireList, Timestamp};
use serde::Deserialize;

use crate::{Core, api::Call};

/// An invitation as the portal's own server tells it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Invitation {
    email: String,
    link: String,
    provider_user_id: Option<ProviderUserId>,
    organization_id: Option<OrganizationId>,
    organization_user_id: Option<OrganizationUserId>,
    organization_name: Option<String>,
    #[serde(default)]
    expiration_date: Timestamp,
}

impl Core {
    /// Invitations to pass on by hand; none where the server sends mail, or is not the portal's own.
    pub(crate) async fn invitation_links(
        self: &Rc<Self>,
        provider: ProviderId,
    ) -> Result<Vec<InvitationLink>, Problem> {
        let open = self.open_invitations(&format!("providers/{provider}")).await?;
        Ok(open.into_iter().map(InvitationLink::from).collect())
    }

    /// The invitations to a client, by membership; none either where one's role does not see them.
    pub(crate) async fn member_links(
        self: &Rc<Self>,
        within: Within,
    ) -> Result<Vec<(OrganizationUserId, MemberLink)>, Problem> {
        let whose = match within.provider {
            Some(provider) => format!("providers/{provider}"),
            None => format!("organizations/{}", within.organization),
        };
        let open = match self.open_invitations(&whose).await {
            Err(problem) if matches!(problem.kind, ProblemKind::NotAllowed | ProblemKind::NotFound) => {
                return Ok(Vec::new());
            }
            open => open?,
        };
        let here = open.into_iter().filter(|open| open.organization_id == Some(within.organization));
        let link = |open: Invitation| {
            let expires = Moment(open.expiration_date.0);
            Some((open.organization_user_id?, MemberLink { link: open.link, expires }))
        };
        Ok(here.filter_map(link).collect())
    }

    async fn open_invitations(self: &Rc<Self>, whose: &str) -> Result<Vec<Invitation>, Problem> {
        if !self.server().await?.shows_links() {
            return Ok(Vec::new());
        }
        let call = Call::get(format!("/api/portal/{whose}/invitations"));
        let answer: WireList<Invitation> = self.api.json(&call).await?;
        Ok(answer.data)
    }
}

impl From<Invitation> for InvitationLink {
    fn from(invitation: Invitation) -> Self {
        Self {
            email: invitation.email,
            link: invitation.link,
            to: match invitation.organization_name.filter(|_| invitation.provider_user_id.is_none()) {
                Some(name) => InvitedTo::Organization(name),
                None => InvitedTo::Staff,
            },
            staff: invitation.provider_user_id,
            expires: Moment(invitation.expiration_date.0),
        }
    }
}
