//! What the server is, and what it says it can do (its config).

use std::{cell::Cell, collections::BTreeMap};

use futures::lock::Mutex;
use portal_bridge::{MemberPermission, PolicyType, Problem};
use serde::Deserialize;
use serde_json::Value;

use crate::{Core, api::Call};

/// Whether the server lets a provider's staff change its clients' items.
const STAFF_REACH_ITEMS: &str = "provider-item-access";
/// What the one server calls itself whose ways differ; Bitwarden's own has no name here.
const VAULTWARDEN: &str = "Vaultwarden";
/// How the portal's own server calls having no providers.
const OWNER_MODE: &str = "owner";

/// The server, as far as its ways matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// It lets a provider's staff change its clients' items. One that says nothing of it, such as Bitwarden's cloud, does not.
    pub(crate) staff_reach_items: bool,
    vaultwarden: bool,
    /// The portal's own, in owner mode.
    owner_mode: bool,
}

impl Server {
    /// Whether anybody may make an organization without paying for it.
    pub(crate) fn creates_organizations(self) -> bool {
        self.vaultwarden || self.owner_mode
    }

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
        self.api.keep_cloud_limits(config.is_cloud());
        let states = config.feature_states.unwrap_or_default();
        let server = Server {
            staff_reach_items: states.get(STAFF_REACH_ITEMS) == Some(&Value::Bool(true)),
            vaultwarden: config.server.is_some_and(|server| server.name.as_deref() == Some(VAULTWARDEN)),
            owner_mode: config.portal.is_some_and(|portal| portal.mode.as_deref() == Some(OWNER_MODE)),
        };
        known.server.set(Some(server));
        Ok(server)
    }

    /// Waits until something may be read for later: whether the server has limits is known then, and whoever waits for an answer
    /// now is not held up.
    pub(crate) async fn leisure(&self) {
        // A server that does not say what it is has no limits that could be kept.
        let _ = self.server().await;
        self.api.leisure().await;
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    server: Option<Name>,
    environment: Option<Environment>,
    portal: Option<Extensions>,
    feature_states: Option<BTreeMap<String, Value>>,
}

impl Config {
    /// Whether it is Bitwarden's cloud, which alone names its region.
    fn is_cloud(&self) -> bool {
        self.environment.as_ref().is_some_and(|environment| environment.cloud_region.is_some())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Environment {
    cloud_region: Option<String>,
}

#[derive(Deserialize)]
struct Extensions {
    mode: Option<String>,
}

#[derive(Deserialize)]
struct Name {
    name: Option<String>,
}
