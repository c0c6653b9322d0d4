//! What this server, as it is set up, lets the person signed in do.

use std::rc::Rc;

use portal_bridge::{CapabilitiesView, GetCapabilities, PolicyType, Problem};
use portal_domain::capabilities::{Flags, capabilities};

use super::Handle;
use crate::{Core, session::Me};

impl Handle for GetCapabilities {
    async fn handle(self, core: &Rc<Core>) -> Result<CapabilitiesView, Problem> {
        core.open()?;
        if self.look_again {
            core.look_again().await?;
        }
        let server = core.server().await?;
        let named = core.server_named().await?;
        let known = PolicyType::ALL.iter().filter(|kind| server.knows_policy(**kind)).count();
        Ok(CapabilitiesView {
            name: named.name.clone(),
            version: named.version.clone(),
            kind: server.kind(),
            policies_known: u32::try_from(known).unwrap_or(u32::MAX),
            policies: u32::try_from(PolicyType::ALL.len()).unwrap_or(u32::MAX),
            rows: capabilities(&server.facts(&looked_after(&core.open()?.me()))),
        })
    }
}

impl Core {
    /// Asks the server what it lets people do now. Nobody tells a session that a setting was changed, so every page learns it
    /// here, and only where something is another than before.
    async fn look_again(self: &Rc<Self>) -> Result<(), Problem> {
        let server = self.server().await?;
        let (server_now, me_now) = (self.server_again().await?, self.fetch_me().await?);
        let flags = looked_after(&self.open()?.me());
        match (server_now, looked_after(&me_now)) == (server, flags) {
            true => Ok(()),
            false => self.reload_me().await,
        }
    }
}

/// What the server says of the organizations one looks after.
fn looked_after(me: &Me) -> Vec<Flags> {
    me.own_clients().map(|own| own.flags()).collect()
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use portal_bridge::{
        Capability, Feature, GetCapabilities, GetSpace, Remedy, ServerKind, Setting, Standing, Within,
    };
    use serde_json::{Value, json};

    use crate::{
        scripted::{Scripted, signed_in},
        simulated::World,
    };

    const CONFIG: &str = "GET /api/config";

    /// A server of this config, and an organization one owns there, with these flags.
    fn stage(config: Value, flags: &Value) -> (Rc<RefCell<Scripted>>, World) {
        let server = Scripted::new();
        server.borrow_mut().pages.insert(CONFIG.into(), config);
        server.borrow_mut().organizations = vec![own(flags)];
        let world = signed_in(&server);
        (server, world)
    }

    fn own(flags: &Value) -> Value {
        let mut own = json!({"id": uuid::Uuid::from_u128(42), "name": "Mill", "status": 2, "type": 0});
        own.as_object_mut().unwrap().extend(flags.as_object().unwrap().clone());
        own
    }

    fn vaultwarden() -> Value {
        json!({"version": "2026.6.0", "server": {"name": "Vaultwarden"}})
    }

    fn standing(rows: &[Capability], feature: Feature) -> Standing {
        rows.iter().find(|row| row.feature == feature).unwrap().standing
    }

    fn off(setting: Setting) -> Standing {
        Standing::Off(Remedy::Setting(setting))
    }

    #[test]
    fn a_warning_goes_once_the_setting_is_on_and_the_page_of_the_client_with_it() {
        let flags =
            json!({"useGroups": true, "useEvents": false, "usePolicies": true, "useResetPassword": true});
        let (server, mut world) = stage(vaultwarden(), &flags);
        let within = Within { provider: None, organization: uuid::Uuid::from_u128(42).into() };
        let view = world.ask(GetCapabilities { look_again: false }).unwrap();
        assert_eq!((view.kind, view.name.as_deref()), (ServerKind::Vaultwarden, Some("Vaultwarden")));
        assert_eq!(view.version.as_deref(), Some("2026.6.0"));
        assert!(0 < view.policies_known && view.policies_known < view.policies);
        assert_eq!(standing(&view.rows, Feature::Events), off(Setting::VaultwardenEvents));
        let space = world.ask(GetSpace(within)).unwrap();
        assert_eq!(space.off, [(Feature::Events, Setting::VaultwardenEvents)]);

        server.borrow_mut().organizations[0]["useEvents"] = json!(true);
        let view = world.ask(GetCapabilities { look_again: true }).unwrap();
        assert_eq!(standing(&view.rows, Feature::Events), Standing::On);
        let space = world.ask(GetSpace(within)).unwrap();
        assert_eq!((space.off, space.has.events), (vec![], true));
    }

    #[test]
    fn what_the_operator_of_the_portals_own_server_switches_on_shows_as_well() {
        let config = |links: bool, items: bool| {
            json!({"server": {"name": "portal-server"}, "featureStates": {"provider-item-access": items},
                   "portal": {"mode": "provider", "outboxLinks": links}})
        };
        let (server, mut world) = stage(config(true, false), &json!({}));
        let rows = world.ask(GetCapabilities { look_again: true }).unwrap().rows;
        assert_eq!(standing(&rows, Feature::Mail), off(Setting::PortalMail));
        assert_eq!(standing(&rows, Feature::ItemAccess), off(Setting::PortalItemAccess));

        server.borrow_mut().pages.insert(CONFIG.into(), config(false, true));
        let rows = world.ask(GetCapabilities { look_again: true }).unwrap().rows;
        assert_eq!(standing(&rows, Feature::Mail), Standing::On);
        assert_eq!(standing(&rows, Feature::ItemAccess), Standing::On);
    }

    #[test]
    fn what_is_known_is_told_without_asking_and_looking_again_asks_twice() {
        let (server, mut world) = stage(vaultwarden(), &json!({"useGroups": true}));
        world.ask(GetCapabilities { look_again: false }).unwrap();
        server.borrow_mut().calls.clear();
        world.ask(GetCapabilities { look_again: false }).unwrap();
        assert_eq!(server.borrow().calls.len(), 0);
        world.ask(GetCapabilities { look_again: true }).unwrap();
        assert_eq!(server.borrow().calls().collect::<Vec<_>>(), [CONFIG, "GET /api/accounts/profile"]);
    }
}
