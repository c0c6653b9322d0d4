//! What the server is, and what it says it can do (its config).

use std::{cell::Cell, collections::BTreeMap, rc::Rc};

use futures::lock::Mutex;
use portal_bridge::{MemberPermission, PolicyType, Problem};
use serde::Deserialize;
use serde_json::Value;

use crate::{Core, api::Call};

/// Whether the server lets a provider's staff change its clients' items.
const STAFF_REACH_ITEMS: &str = "provider-item-access";
/// What the one server calls itself whose ways differ; Bitwarden's own has no name here.
const VAULTWARDEN: &str = "Vaultwarden";

/// The server, as far as its ways matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// It lets a provider's staff change its clients' items.
    staff_reach_items: bool,
    vaultwarden: bool,
}

impl Server {
    /// Whether an organization has as many seats as its profile says; elsewhere that is a constant which limits nobody.
    pub(crate) fn meters_seats(self) -> bool {
        !self.vaultwarden
    }

    /// Whether it takes directories over whatever an organization's plan says of them.
    pub(crate) fn takes_any_directory(self) -> bool {
        self.vaultwarden
    }

    /// Whether who may do what with collections can be set for an organization.
    pub(crate) fn has_collection_settings(self) -> bool {
        !self.vaultwarden
    }

    /// Whether it knows a policy; others it refuses.
    pub(crate) fn knows_policy(self, kind: PolicyType) -> bool {
        !self.vaultwarden || matches!(kind.number(), 0..=3 | 5..=8 | 14..=16)
    }

    /// Whether Owners and Admins stand in the access of every collection, and what is given to them changes nothing.
    pub(crate) fn counts_leaders_as_given(self) -> bool {
        self.vaultwarden
    }

    /// Whether a policy of which a field is missing counts for nothing.
    pub(crate) fn needs_whole_policies(self) -> bool {
        self.vaultwarden
    }

    /// Whether it keeps a permission that is given with the Custom role; others it drops without a word.
    pub(crate) fn keeps_permission(self, permission: MemberPermission) -> bool {
        use MemberPermission::{CreateNewCollections, DeleteAnyCollection, EditAnyCollection};
        !self.vaultwarden
            || matches!(permission, CreateNewCollections | EditAnyCollection | DeleteAnyCollection)
    }
}

#[derive(Default)]
struct Known {
    server: Cell<Option<Server>>,
    reading: Mutex<()>,
}

impl Core {
    /// What the server is; read once a session.
    pub(crate) async fn server(&self) -> Result<Server, Problem> {
        let known = self.stores.only::<Known>();
        let _turn = known.reading.lock().await;
        if let Some(server) = known.server.get() {
            return Ok(server);
        }
        let config: Config = self.api.json(&Call::get("/api/config").anonymous()).await?;
        let states = config.feature_states.unwrap_or_default();
        let server = Server {
            staff_reach_items: states.get(STAFF_REACH_ITEMS) == Some(&Value::Bool(true)),
            vaultwarden: config.server.is_some_and(|server| server.name.as_deref() == Some(VAULTWARDEN)),
        };
        known.server.set(Some(server));
        Ok(server)
    }

    /// Whether the server lets a provider's staff change its clients' items. A server that says nothing of it, such as
    /// Bitwarden's cloud, does not.
    pub(crate) async fn staff_reach_items(self: &Rc<Self>) -> Result<bool, Problem> {
        Ok(self.server().await?.staff_reach_items)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    server: Option<Name>,
    feature_states: Option<BTreeMap<String, Value>>,
}

#[derive(Deserialize)]
struct Name {
    name: Option<String>,
}
