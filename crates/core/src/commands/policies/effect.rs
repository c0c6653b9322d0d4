use std::rc::Rc;

use portal_bridge::{
    Action, GetPolicyEffect, OrganizationUserId, PolicyEffect, PolicyType, Problem, ProblemKind, Within,
};
use portal_domain::policies::PolicyMember;
use portal_wire::{OrganizationUserStatus, OrganizationUserType, policy};
use serde::Deserialize;

use super::super::Handle;
use crate::{
    Core,
    api::{Call, RowSink, read},
    stores::people::{Named, People},
};

impl Handle for GetPolicyEffect {
    /// The portal's own server tells whom it would revoke. Another one does not; then the same rule is asked about what can be
    /// seen of each member, which leaves out what other organizations somebody is in.
    async fn handle(self, core: &Rc<Core>) -> Result<PolicyEffect, Problem> {
        let Self { within, kind } = self;
        core.rights_in(within).await?.demand(Action::ManagePolicies)?;
        let (revoked, certain) = match told(core, within, kind).await {
            Ok(revoked) => (revoked, true),
            Err(problem) if problem.kind == ProblemKind::NotFound => {
                (foreseen(core, within, kind).await?, kind != PolicyType::SingleOrg)
            }
            Err(problem) => return Err(problem),
        };
        let people = core.read_again::<People>(within).await?;
        let named = |id: &OrganizationUserId| match people.0.iter().find(|person| person.id == *id) {
            Some(person) => (person.label().to_owned(), Named::note(person)),
            None => (id.to_string(), None),
        };
        Ok(PolicyEffect { revoked: revoked.iter().map(named).collect(), certain })
    }
}

async fn told(core: &Rc<Core>, within: Within, kind: PolicyType) -> Result<Vec<OrganizationUserId>, Problem> {
    let number = kind.number();
    let call =
        Call::get(format!("/api/portal/organizations/{}/policies/{number}/effect", within.organization));
    Ok(core.api.json::<policy::PolicyEffect>(&call).await?.revoked)
}

async fn foreseen(
    core: &Rc<Core>,
    within: Within,
    kind: PolicyType,
) -> Result<Vec<OrganizationUserId>, Problem> {
    let mut members = Members { kind, revoked: Vec::new() };
    let call = Call::get(format!("/api/organizations/{}/users", within.organization));
    core.api.rows(&call, "data", &mut members).await?;
    Ok(members.revoked)
}

struct Members {
    kind: PolicyType,
    revoked: Vec<OrganizationUserId>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    id: OrganizationUserId,
    #[serde(rename = "type", default)]
    kind: OrganizationUserType,
    #[serde(default)]
    status: OrganizationUserStatus,
    two_factor_enabled: Option<bool>,
}

impl RowSink for Members {
    fn restart(&mut self) {
        self.revoked.clear();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let Member { id, kind: role, status, two_factor_enabled } = read(json)?;
        // What a server does not tell is taken as in order.
        let two_step = two_factor_enabled.unwrap_or(true);
        let member = PolicyMember { role, status, two_step, elsewhere: false, staff: false };
        if member.is_revoked_by(self.kind) {
            self.revoked.push(id);
        }
        Ok(())
    }
}
