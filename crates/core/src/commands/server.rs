use std::rc::Rc;

use portal_bridge::{
    ChooseServer, FromCore, GetServer, GetServers, Problem, ProblemKind, ServerView, ServersView, Topic,
};
use serde::Deserialize;

use super::Handle;
use crate::{Core, api::Call};

impl Handle for GetServer {
    async fn handle(self, core: &Rc<Core>) -> Result<ServerView, Problem> {
        let config: Config = core.api.json(&Call::get("/api/config").anonymous()).await?;
        let portal = config.portal.unwrap_or_default();
        let at = core.api.server().filter(|at| !at.key.is_empty());
        Ok(ServerView {
            name: at.map(|at| at.name),
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

impl Handle for GetServers {
    async fn handle(self, core: &Rc<Core>) -> Result<ServersView, Problem> {
        // Whoever is signed in is somewhere already.
        if !core.nobody_is_in() {
            return Ok(ServersView::default());
        }
        let servers = core.api.servers().await?.to_vec();
        let chosen = core.api.server().map(|at| at.key).filter(|key| !key.is_empty());
        Ok(ServersView { servers, chosen })
    }
}

impl Handle for ChooseServer {
    async fn handle(self, core: &Rc<Core>) -> Result<(), Problem> {
        if !core.nobody_is_in() {
            return Err(ProblemKind::ChangedMeanwhile.into());
        }
        core.api.choose_server(&self.key).await?;
        core.stores.clear();
        core.tabs.tell_all(&FromCore::Changed(Topic::Server));
        Ok(())
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
