use std::rc::Rc;

use portal_bridge::{
    Action, GetPolicies, JobId, JobKind, Part, PolicyStep, PolicyType, PolicyView, Problem, ProblemKind,
    SavePolicies, SavePolicy, Seen, Within,
};
use portal_wire::policy::{PolicyState, SavePolicyRequest};
use serde_json::json;

use super::Handle;
use crate::{
    Core,
    api::Call,
    jobs::{Switch, start_rows},
    session::key_problem,
    stores::{
        people::People,
        policies::{Around, Policies, check, merged, whole},
    },
};

mod effect;
#[cfg(test)]
mod tests;

/// What everybody's own collection is called at first; people may rename theirs (contract §4.6, type 5).
const OWN_ITEMS: &str = "My items";

impl Handle for GetPolicies {
    async fn handle(self, core: &Rc<Core>) -> Result<Vec<PolicyView>, Problem> {
        core.rights_in(self.0).await?.demand(Action::ManagePolicies)?;
        let policies = core.kept::<Policies>(self.0).await?;
        let organization = core.organization(self.0).await?;
        let around = Around {
            key_connector: organization.key_connector_enabled.unwrap_or_default(),
            // Where that cannot be found out, the server is left to refuse.
            provider_members: provider_members(core, self.0).await.unwrap_or_default(),
        };
        let server = core.server().await?;
        let offered = policies.all().filter(|policy| policy.enabled || server.knows_policy(policy.kind));
        Ok(offered.map(|policy| policies.view(&policy, around)).collect())
    }
}

impl Handle for SavePolicy {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        core.put_policy(self.within, &self.step, Some(self.seen)).await
    }
}

impl Handle for SavePolicies {
    async fn handle(self, core: &Rc<Core>) -> Result<JobId, Problem> {
        core.rights_in(self.within).await?.demand(Action::ManagePolicies)?;
        for step in &self.steps {
            check(step.kind, step.enabled, &step.data)?;
        }
        let labels = self.steps.iter().map(|step| step.label.clone()).collect();
        let provider = self.within.provider.unwrap_or_default();
        let work = Switch { within: self.within, steps: self.steps };
        Ok(start_rows(core, provider, JobKind::SwitchPolicies, labels, work))
    }
}

/// Whether somebody is both a member and on a provider's staff, as far as that can be seen: oneself, and for a Provider Admin
/// everybody on the staff.
async fn provider_members(core: &Rc<Core>, within: Within) -> Result<bool, Problem> {
    let me = core.open()?.me();
    if me.membership(within.organization).is_some() && !me.providers.is_empty() {
        return Ok(true);
    }
    let Some(provider) = within.provider else { return Ok(false) };
    if core.asker(provider).await?.demand(Action::ViewStaff).is_err() {
        return Ok(false);
    }
    let staff = core.staff_list(provider).await?;
    let people = core.kept::<People>(within).await?;
    let mut members = people.0.iter().filter_map(|person| person.user);
    Ok(members.any(|user| staff.people.iter().any(|colleague| colleague.user == Some(user))))
}

impl Core {
    /// Saves one policy (contract §4.6). With `seen`, only while it is as it was then.
    pub(crate) async fn put_policy(
        self: &Rc<Self>,
        within: Within,
        step: &PolicyStep,
        seen: Option<Seen>,
    ) -> Result<(), Problem> {
        self.rights_in(within).await?.demand(Action::ManagePolicies)?;
        check(step.kind, step.enabled, &step.data)?;
        let policies = self.read_again::<Policies>(within).await?;
        let now = policies.get(step.kind);
        if seen.is_some_and(|seen| seen != now.seen()) {
            return Err(ProblemKind::ChangedMeanwhile.into());
        }
        let metadata = match step.kind {
            PolicyType::OrganizationDataOwnership if step.enabled => {
                let key = self.space_key(within).await?;
                let name = key.encrypt_text(OWN_ITEMS).map_err(|error| key_problem(&error))?;
                Some(json!({ "defaultUserCollectionName": name.to_string() }))
            }
            _ => None,
        };
        let data = merged(now.data, &step.data);
        let data = if self.server().await?.needs_whole_policies() { whole(step.kind, data) } else { data };
        let body = SavePolicyRequest { policy: PolicyState { enabled: Some(step.enabled), data }, metadata };
        let number = step.kind.number();
        let call = Call::put(format!("/api/organizations/{}/policies/{number}", within.organization));
        let sent = self.api.done(&call.json(&body)).await;
        let result = match sent {
            Err(problem) if problem.kind == ProblemKind::Uncertain => {
                let policies = self.read_again::<Policies>(within).await.map_err(|_| problem.clone())?;
                if policies.get(step.kind).is_so(step.enabled, &step.data) { Ok(()) } else { Err(problem) }
            }
            sent => sent,
        };
        if result.is_ok() {
            // A failure is shown with the list. People may have been revoked, and own collections made.
            let _ = self.read_again::<Policies>(within).await;
            let _ = self.reread_known::<People>(within).await;
            self.tell_client(within.organization, Part::Members);
        }
        result
    }
}
