//! What the server is and what it can do, as its config says.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use futures::lock::Mutex;
use portal_bridge::Problem;
use serde::Deserialize;
use serde_json::Value;

use crate::{Core, api::Call};

/// What the server says of itself.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// Whether it lets a provider's staff change its clients' items. One that says nothing of it, such as Bitwarden's cloud, does
    /// not.
    pub(crate) staff_reach_items: bool,
    /// Whether anybody may make an organization without paying for it: Vaultwarden, and the portal's own server in owner mode.
    pub(crate) creates_organizations: bool,
}

/// Whether the server lets a provider's staff change its clients' items.
const STAFF_REACH_ITEMS: &str = "provider-item-access";
/// How Vaultwarden names itself; Bitwarden's servers have no name.
const VAULTWARDEN: &str = "Vaultwarden";
/// How the portal's own server calls having no providers.
const OWNER_MODE: &str = "owner";

#[derive(Default)]
struct Known {
    server: RefCell<Option<Rc<Server>>>,
    reading: Mutex<()>,
}

impl Core {
    /// What the server says of itself; read once a session.
    pub(crate) async fn server(self: &Rc<Self>) -> Result<Rc<Server>, Problem> {
        let known = self.stores.only::<Known>();
        let _turn = known.reading.lock().await;
        if let Some(server) = &*known.server.borrow() {
            return Ok(server.clone());
        }
        let config: Config = self.api.json(&Call::get("/api/config").anonymous()).await?;
        self.api.keep_cloud_limits(config.is_cloud());
        let states = config.feature_states.unwrap_or_default();
        let name = config.server.and_then(|server| server.name);
        let mode = config.portal.and_then(|portal| portal.mode);
        let server = Rc::new(Server {
            staff_reach_items: states.get(STAFF_REACH_ITEMS) == Some(&Value::Bool(true)),
            creates_organizations: name.as_deref() == Some(VAULTWARDEN)
                || mode.as_deref() == Some(OWNER_MODE),
        });
        *known.server.borrow_mut() = Some(server.clone());
        Ok(server)
    }

    /// Waits until something may be read for later: whether the server has limits is known then, and whoever waits for an answer
    /// now is not held up.
    pub(crate) async fn leisure(self: &Rc<Self>) {
        // A server that does not say what it is has no limits that could be kept.
        let _ = self.server().await;
        self.api.leisure().await;
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    server: Option<Named>,
    environment: Option<Environment>,
    feature_states: Option<BTreeMap<String, Value>>,
    portal: Option<Extensions>,
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
struct Named {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Extensions {
    mode: Option<String>,
}
