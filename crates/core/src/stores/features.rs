//! What the server says it can do (`featureStates` of its config).

use std::{cell::Cell, collections::BTreeMap, rc::Rc};

use futures::lock::Mutex;
use portal_bridge::Problem;
use serde::Deserialize;
use serde_json::Value;

use crate::{Core, api::Call};

/// Whether the server lets a provider's staff change its clients' items.
const STAFF_REACH_ITEMS: &str = "provider-item-access";

#[derive(Default)]
struct Features {
    staff_reach_items: Cell<Option<bool>>,
    reading: Mutex<()>,
}

impl Core {
    /// Whether the server lets a provider's staff change its clients' items; read once a session. A server that says nothing
    /// of it, such as Bitwarden's cloud, does not.
    pub(crate) async fn staff_reach_items(self: &Rc<Self>) -> Result<bool, Problem> {
        let features = self.stores.only::<Features>();
        let _turn = features.reading.lock().await;
        if let Some(known) = features.staff_reach_items.get() {
            return Ok(known);
        }
        let config: Config = self.api.json(&Call::get("/api/config").anonymous()).await?;
        let states = config.feature_states.unwrap_or_default();
        let reach = states.get(STAFF_REACH_ITEMS) == Some(&Value::Bool(true));
        features.staff_reach_items.set(Some(reach));
        Ok(reach)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Config {
    feature_states: Option<BTreeMap<String, Value>>,
}
