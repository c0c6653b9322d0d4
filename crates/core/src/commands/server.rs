use std::rc::Rc;

use portal_bridge::{GetServer, Problem, ServerView};
use serde::Deserialize;

use super::Handle;
use crate::{Core, api::Call};

impl Handle for GetServer {
    async fn handle(self, core: &Rc<Core>) -> Result<ServerView, Problem> {
        let config: Config = core.api.json(&Call::get("/api/config").anonymous()).await?;
        let portal = config.portal.unwrap_or_default();
        Ok(ServerView {
            version: config.version.unwrap_or_default(),
            open_registration: !config
                .settings
                .unwrap_or_default()
                .disable_user_registration
                .unwrap_or_default(),
            outbox_links: portal.outbox_links,
            two_step_settings: portal.two_step,
        })
    }
}

#[derive(Deserialize)]
struct Config {
    version: Option<String>,
    settings: Option<Settings>,
    portal: Option<Extensions>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Settings {
    disable_user_registration: Option<bool>,
}

/// What the portal's own server can do beyond Bitwarden's.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Extensions {
    outbox_links: bool,
    two_step: bool,
}
