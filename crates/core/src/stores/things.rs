//! What groups, collections and policies of clients are called: events mention them by their ids.

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
};

use portal_bridge::{OrganizationId, PolicyType, Problem, ProblemKind, Within};
use portal_domain::policies;
use portal_keys::EncString;
use portal_wire::List;
use serde::Deserialize;
use uuid::Uuid;

use crate::{Core, api::Call};

/// Names by id, of every list that was read. What was deleted meanwhile keeps its last name.
#[derive(Default)]
pub(crate) struct Things {
    names: RefCell<HashMap<Uuid, String>>,
    /// Whether a policy is on, of those that are known.
    policies: RefCell<HashMap<Uuid, bool>>,
    version: Cell<u32>,
}

/// A group, a collection or a policy, as far as its name goes. It is read where its details would count as opening a vault.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Thing {
    /// A policy that was never saved has none.
    id: Option<Uuid>,
    organization_id: OrganizationId,
    name: Option<String>,
    #[serde(rename = "type")]
    kind: Option<i32>,
    enabled: Option<bool>,
}

impl Things {
    /// The name of a group, a collection or a policy.
    pub(crate) fn name(&self, id: Uuid) -> Option<String> {
        self.names.borrow().get(&id).cloned()
    }

    /// Whether a policy is known to be off now.
    pub(crate) fn is_off(&self, policy: Uuid) -> bool {
        self.policies.borrow().get(&policy) == Some(&false)
    }

    /// Changes when anything does.
    pub(crate) fn version(&self) -> u32 {
        self.version.get()
    }

    fn note(&self, id: Option<Uuid>, name: String) {
        let Some(id) = id else { return };
        let before = self.names.borrow_mut().insert(id, name.clone());
        if before != Some(name) {
            self.version.set(self.version.get() + 1);
        }
    }
}

impl Core {
    /// Learns what the groups of a client are called.
    pub(crate) async fn learn_groups(&self, organization: OrganizationId) -> Result<(), Problem> {
        let things = self.stores.only::<Things>();
        for group in self.things(organization, "groups").await? {
            things.note(group.id, group.name.unwrap_or_default());
        }
        Ok(())
    }

    /// Learns what the collections of a client are called.
    pub(crate) async fn learn_collections(self: &std::rc::Rc<Self>, within: Within) -> Result<(), Problem> {
        let things = self.stores.only::<Things>();
        let opener = self.space_key(within).await?;
        let opener = opener.opener();
        for collection in self.things(within.organization, "collections").await? {
            let sealed = collection.name.and_then(|name| name.parse::<EncString>().ok());
            let name = sealed.and_then(|name| opener.decrypt_text(name.as_bytes()).ok());
            if let Some(name) = name {
                things.note(collection.id, name.to_string());
            }
        }
        Ok(())
    }

    /// Learns which policies of a client the ids stand for, and whether they are on.
    pub(crate) async fn learn_policies(&self, organization: OrganizationId) -> Result<(), Problem> {
        let things = self.stores.only::<Things>();
        for policy in self.things(organization, "policies").await? {
            let kind = PolicyType::from_number(policy.kind.unwrap_or(-1));
            things.note(policy.id, policies::name(kind).into_owned());
            let enabled = policy.enabled.unwrap_or_default();
            let Some(id) = policy.id else { continue };
            if things.policies.borrow_mut().insert(id, enabled) != Some(enabled) {
                things.version.set(things.version.get() + 1);
            }
        }
        Ok(())
    }

    async fn things(&self, organization: OrganizationId, route: &str) -> Result<Vec<Thing>, Problem> {
        let list: List<Thing> =
            self.api.json(&Call::get(format!("/api/organizations/{organization}/{route}"))).await?;
        match list.data.iter().all(|thing| thing.organization_id == organization) {
            true => Ok(list.data),
            false => Err(ProblemKind::Mismatch.into()),
        }
    }
}
