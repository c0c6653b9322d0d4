use std::rc::Rc;

use portal_bridge::{
    Action, ClientPerson, ClientView, GetClient, MemberStatus, OrganizationId, Problem, ProblemKind, Verdict,
};
use portal_domain::{
    access::{ClientSituation, ClientTarget, Manager, Situation, Subject, client_verdict},
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
        let kind = open.me().staffing(provider)?.provider_type;
        drop(open);
        let members = core.members(organization).await?;
        let confirmed_owner = members.iter().any(|member| {
            member.kind == OrganizationUserType::Owner && member.status == OrganizationUserStatus::Confirmed
        });
        let (subject, situation) = core.rights_base(provider).await?;
        let situation = Situation { client: client_situation(&client.plan, kind), ..situation };
        let waiting =
            members.iter().filter(|member| member.status == OrganizationUserStatus::Accepted).count();
        Ok(ClientView {
            client,
            waiting: u32::try_from(waiting).unwrap_or(u32::MAX),
            people: people(members),
            key_opens,
            rights: rights(subject, &situation, confirmed_owner),
        })
    }
}

impl Core {
    /// All members of a client: in full where the role may see that, by name otherwise.
    pub(crate) async fn members(&self, organization: OrganizationId) -> Result<Vec<MemberMini>, Problem> {
        // The full list is a superset of the short one; only what both tell is read.
        let call = Call::get(format!("/api/organizations/{organization}/users"));
        let list: List<MemberMini> = match self.api.json(&call).await {
            Err(problem) if matches!(problem.kind, ProblemKind::NotAllowed | ProblemKind::NotFound) => {
                self.api
                    .json(&Call::get(format!("/api/organizations/{organization}/users/mini-details")))
                    .await?
            }
            other => other?,
        };
        self.note_members(organization, &list.data);
        Ok(list.data)
    }
}

/// Owners first, then Admins, each by name.
fn people(members: Vec<MemberMini>) -> Vec<ClientPerson> {
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

fn rights(subject: Subject, situation: &Situation, confirmed_owner: bool) -> Vec<(Action, Verdict)> {
    let target = ClientTarget { confirmed_owner: Some(confirmed_owner), ..ClientTarget::default() };
    Action::ALL.iter().map(|action| (*action, client_verdict(*action, subject, situation, &target))).collect()
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
