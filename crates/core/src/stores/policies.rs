//! The policies of a client. What a policy's data holds is kept as it came, whether this version knows it or not.

mod data;
mod rules;

use std::rc::Rc;

use futures::{FutureExt, future::LocalBoxFuture};
use portal_bridge::{
    Part, PolicyObstacle, PolicyType, PolicyValue, PolicyView, Problem, ProblemKind, Seen, Within,
};
use portal_domain::policies::{needed_by, needs};
use portal_wire::{List, organization::PolicyStatus};
use serde_json::Value;

pub(crate) use data::{merged, values, whole};
pub(crate) use rules::check;

use super::kept::{Kept, seen_of};
use crate::{Core, api::Call};

/// A client's policies: those that were ever saved.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Policies(Vec<Policy>);

/// How one policy is set.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Policy {
    pub(crate) kind: PolicyType,
    pub(crate) enabled: bool,
    pub(crate) data: Option<Value>,
    can_toggle: bool,
}

impl Policies {
    /// How a policy is set; one that was never saved is off.
    pub(crate) fn get(&self, kind: PolicyType) -> Policy {
        let saved = self.0.iter().find(|policy| policy.kind == kind).cloned();
        saved.unwrap_or(Policy { kind, enabled: false, data: None, can_toggle: true })
    }

    /// Whether a policy is on.
    pub(crate) fn is_on(&self, kind: PolicyType) -> bool {
        self.0.iter().any(|policy| policy.kind == kind && policy.enabled)
    }

    /// Every policy there is: those this version knows, and those the server has beside them.
    pub(crate) fn all(&self) -> impl Iterator<Item = Policy> {
        let known = PolicyType::ALL.iter().map(|kind| self.get(*kind));
        let unknown = self.0.iter().filter(|policy| matches!(policy.kind, PolicyType::Unknown(_)));
        known.chain(unknown.cloned())
    }

    /// One policy, as the tab shows it.
    pub(crate) fn view(&self, policy: &Policy, around: Around) -> PolicyView {
        PolicyView {
            kind: policy.kind,
            enabled: policy.enabled,
            data: values(policy.data.as_ref()),
            obstacle: around.obstacle(policy),
            needs: needs(policy.kind).iter().copied().filter(|kind| !self.is_on(*kind)).collect(),
            needed_by: needed_by(policy.kind).filter(|kind| self.is_on(*kind)).collect(),
            seen: policy.seen(),
        }
    }
}

/// What beside the policies themselves decides whether one can be switched (contract §4.6).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// The organization uses Key Connector.
    pub(crate) key_connector: bool,
    /// Somebody is known to be both a member and on a provider's staff.
    pub(crate) provider_members: bool,
}

impl Around {
    fn obstacle(self, policy: &Policy) -> Option<PolicyObstacle> {
        match (policy.kind, policy.enabled) {
            (PolicyType::SingleOrg, true) if self.key_connector => Some(PolicyObstacle::KeyConnector),
            (PolicyType::AutomaticUserConfirmation, false) if self.provider_members => {
                Some(PolicyObstacle::ProviderMembers)
            }
            _ if policy.can_toggle => None,
            (PolicyType::SingleOrg, true) => Some(PolicyObstacle::ClaimedDomains),
            _ => Some(PolicyObstacle::ServerSays),
        }
    }
}

impl Policy {
    /// How it stands.
    pub(crate) fn seen(&self) -> Seen {
        seen_of(&(self.enabled, self.data.as_ref().map(Value::to_string)))
    }

    /// Whether it is as it shall be.
    pub(crate) fn is_so(&self, enabled: bool, changes: &[(String, PolicyValue)]) -> bool {
        self.enabled == enabled && merged(self.data.clone(), changes) == self.data
    }
}

impl Kept for Policies {
    const PART: Part = Part::Policies;

    fn read<'a>(core: &'a Rc<Core>, within: Within) -> LocalBoxFuture<'a, Result<Self, Problem>> {
        async move {
            let call = Call::get(format!("/api/organizations/{}/policies", within.organization));
            let list: List<PolicyStatus> = core.api.json(&call).await?;
            if list.data.iter().any(|policy| policy.organization_id != within.organization) {
                return Err(ProblemKind::Mismatch.into());
            }
            let policy = |status: PolicyStatus| Policy {
                kind: status.kind,
                enabled: status.enabled,
                data: status.data.filter(|data| !is_nothing(data)),
                can_toggle: status.can_toggle_state.unwrap_or(true),
            };
            Ok(Self(list.data.into_iter().map(policy).collect()))
        }
        .boxed_local()
    }
}

/// No data is told as `{}` or as `null`, by different servers.
fn is_nothing(data: &Value) -> bool {
    data.is_null() || data.as_object().is_some_and(serde_json::Map::is_empty)
}
