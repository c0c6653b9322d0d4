use std::rc::Rc;

use portal_bridge::{
    Action, ClientPerson, ClientView, GetClient, MemberStatus, OrganizationId, Problem, ProblemKind,
    ProviderId, Verdict,
};
use portal_domain::{
    access::{ClientSituation, ClientTarget, Manager, Situation, client_verdict},
    search::fold,
};
use portal_wire::{
    List, OrganizationUserStatus, OrganizationUserType, ProviderType, organization::MemberMini,
};

use super::super::{Handle, providers::role_word};
use crate::{Core, api::Call, sort::sort_by};

impl Handle for GetClient {
    async fn handle(self, core: &Rc<Core>) -> Result<ClientView, Problem> {
        let Self { provider, organization } = self;
        let table = core.clients(provider).await?.table();
        let row = table.find_organization(organization).ok_or(ProblemKind::NotFound)?;
        let client = table.row(row).ok_or(ProblemKind::NotFound)?;
        let open = core.open()?;
        let key_opens = match (open.provider_key(provider).await, table.key(row)) {
            (Ok(key), Some(wrapped)) => key.unwrap_key(&wrapped).is_ok(),
            _ => false,
        };
        drop(open);
        let members = core.members(organization).await?;
        let confirmed_owner = members.iter().any(|member| {
            member.kind == OrganizationUserType::Owner && member.status == OrganizationUserStatus::Confirmed
        });
        let rights = link_rights(core, provider, &client.plan, confirmed_owner).await?;
        let waiting =
            members.iter().filter(|member| member.status == OrganizationUserStatus::Accepted).count();
        Ok(ClientView {
            client,
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            people: people(members),
            key_opens,
            rights,
        })
    }
}

impl Core {
    /// All members of a client: in full where the role may see that, by name otherwise.
    pub(crate) async fn members(&self, organization: OrganizationId) -> Result<Vec<MemberMini>, Problem> {
        // The full list is a superset of the short one; only what both tell is read.
        let call = Call::get(format!("/api/organizations/{organization}/users"));
        match self.api.json::<List<MemberMini>>(&call).await {
            Err(problem) if matches!(problem.kind, ProblemKind::NotAllowed | ProblemKind::NotFound) => {
                self.member_names(organization).await
            }
            list => {
                let list = list?;
                self.note_members(organization, &list.data);
                Ok(list.data)
            }
        }
    }

    /// All members of a client by name, which every member may see.
    pub(crate) async fn member_names(
        &self,
        organization: OrganizationId,
    ) -> Result<Vec<MemberMini>, Problem> {
        let call = Call::get(format!("/api/organizations/{organization}/users/mini-details"));
        let list: List<MemberMini> = self.api.json(&call).await?;
        self.note_members(organization, &list.data);
        Ok(list.data)
    }
}

/// Owners first, then Admins, each by name.
pub(in crate::commands) fn people(members: Vec<MemberMini>) -> Vec<ClientPerson> {
    let leads = |member: &MemberMini| {
        matches!(member.kind, OrganizationUserType::Owner | OrganizationUserType::Admin)
    };
    let mut members: Vec<MemberMini> = members.into_iter().filter(leads).collect();
    let key = |member: &MemberMini| fold(member.name.as_deref().unwrap_or(&member.email));
    sort_by(&mut members, |one, other| one.kind.cmp(&other.kind).then_with(|| key(one).cmp(&key(other))));
    let person = |member: MemberMini| ClientPerson {
        member: member.id,
        user: member.user_id,
        name: member.name.filter(|name| !name.trim().is_empty()),
        email: member.email,
        role: role_word(member.kind),
        status: status(member.status),
    };
    members.into_iter().map(person).collect()
}

fn status(status: OrganizationUserStatus) -> MemberStatus {
    match status {
        OrganizationUserStatus::Revoked => MemberStatus::Revoked,
        OrganizationUserStatus::Invited => MemberStatus::Invited,
        OrganizationUserStatus::Accepted => MemberStatus::NeedsConfirmation,
        OrganizationUserStatus::Confirmed => MemberStatus::Confirmed,
        OrganizationUserStatus::Staged => MemberStatus::Staged,
        OrganizationUserStatus::Unknown(number) => MemberStatus::Unknown(number),
    }
}

/// What may be done with a client in its provider's list. `confirmed_owner`: the client has one of its own.
pub(in crate::commands) async fn link_rights(
    core: &Core,
    provider: ProviderId,
    plan: &str,
    confirmed_owner: bool,
) -> Result<Vec<(Action, Verdict)>, Problem> {
    let (subject, situation) = core.rights_base(provider).await?;
    let kind = core.open()?.me().staffing(provider)?.provider_type;
    let situation = Situation { client: client_situation(plan, kind), ..situation };
    let target = ClientTarget { confirmed_owner: Some(confirmed_owner), ..ClientTarget::default() };
    let verdict = |action: &Action| (*action, client_verdict(*action, subject, &situation, &target));
    Ok(Action::ALL.iter().map(verdict).collect())
}

/// What a plan has, by its family.
fn client_situation(plan: &str, provider: ProviderType) -> ClientSituation {
    let enterprise = plan != "Teams";
    ClientSituation {
        manager: Manager::of(Some(provider)),
        has_policies: enterprise,
        has_sso: enterprise,
        ..ClientSituation::default()
    }
}
