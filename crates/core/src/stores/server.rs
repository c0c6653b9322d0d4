//! What the server is, and what it says it can do (its config).

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use futures::lock::Mutex;
use portal_bridge::{MemberPermission, MemberRole, PolicyType, Problem, ServerKind};
use portal_domain::capabilities::{Facts, Flags};
use serde::Deserialize;
use serde_json::Value;

use crate::{Core, api::Call, session::Membership};

/// Whether the server lets a provider's staff change its clients' items.
const STAFF_REACH_ITEMS: &str = "provider-item-access";
/// What the one server calls itself whose ways differ; Bitwarden's own has no name here.
const VAULTWARDEN: &str = "Vaultwarden";
/// What the portal's own calls itself.
const PORTAL: &str = "portal-server";
/// How the portal's own server calls having no providers.
const OWNER_MODE: &str = "owner";

/// The server, as far as its ways matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Server {
    /// It lets a provider's staff change its clients' items. One that says nothing of it, such as Bitwarden's cloud, does not.
    pub(crate) staff_reach_items: bool,
    kind: ServerKind,
    /// The portal's own, in owner mode.
    owner_mode: bool,
    /// It sends mail; only the portal's own says so.
    sends_mail: Option<bool>,
    /// It has a place for the books of providers; only the portal's own says so.
    keeps_books: bool,
}

/// What the server calls itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: Option<String>,
    /// The version of Bitwarden's server it is, or speaks like.
    pub(crate) version: Option<String>,
    /// Where people open their vaults.
    vault: Option<String>,
}

impl Server {
    /// What it is.
    pub(crate) fn kind(self) -> ServerKind {
        self.kind
    }

    fn is_vaultwarden(self) -> bool {
        self.kind == ServerKind::Vaultwarden
    }

    /// What is known of it and of these organizations, for the rules about what it lets people do.
    pub(crate) fn facts(self, organizations: &[Flags]) -> Facts<'_> {
        Facts {
            kind: self.kind,
            owner_mode: self.owner_mode,
            sends_mail: self.sends_mail,
            staff_reach_items: self.staff_reach_items,
            organizations,
        }
    }

    /// Whether a member may invite somebody with this role: Vaultwarden lets only Owners invite anything but Users.
    pub(crate) fn lets_invite(self, as_owner: bool, role: MemberRole) -> bool {
        !self.is_vaultwarden() || as_owner || role == MemberRole::User
    }

    /// Whether a member may confirm somebody of this role: Vaultwarden lets only Owners confirm Owners and Admins.
    pub(crate) fn lets_confirm(self, as_owner: bool, role: MemberRole) -> bool {
        !self.is_vaultwarden() || as_owner || !matches!(role, MemberRole::Owner | MemberRole::Admin)
    }

    /// Whether a provider's books can be kept there.
    pub(crate) fn keeps_books(self) -> bool {
        self.keeps_books
    }

    /// Whether it shows the links of invitations, since it sends no mail.
    pub(crate) fn shows_links(self) -> bool {
        self.sends_mail == Some(false)
    }

    /// Whether anybody may make an organization without paying for it.
    pub(crate) fn creates_organizations(self) -> bool {
        self.is_vaultwarden() || self.owner_mode
    }

    /// Whether it counts the seats of a provider's clients each day.
    pub(crate) fn keeps_ledger(self) -> bool {
        self.kind == ServerKind::Portal && !self.owner_mode
    }

    /// Whether an organization has as many seats as its profile says; elsewhere that is a constant which limits nobody.
    pub(crate) fn meters_seats(self) -> bool {
        !self.is_vaultwarden()
    }

    /// Whether organizations have subscriptions there.
    pub(crate) fn has_subscriptions(self) -> bool {
        !self.is_vaultwarden() && !self.owner_mode
    }

    /// Whether it takes directories over whatever an organization's plan says of them.
    pub(crate) fn takes_any_directory(self) -> bool {
        self.is_vaultwarden()
    }

    /// Whether it revokes whom a directory gives up, where others remove them.
    pub(crate) fn directory_revokes(self) -> bool {
        self.is_vaultwarden()
    }

    /// Whether the plan that a profile names is one: on Vaultwarden it is a constant, and where nobody pays none was chosen.
    pub(crate) fn has_plans(self) -> bool {
        self.has_subscriptions()
    }

    /// Whether who may do what with collections can be set for an organization.
    pub(crate) fn has_collection_settings(self) -> bool {
        !self.is_vaultwarden()
    }

    /// Whether it knows a policy; others it refuses.
    pub(crate) fn knows_policy(self, kind: PolicyType) -> bool {
        !self.is_vaultwarden() || matches!(kind.number(), 0..=3 | 5..=8 | 14..=16)
    }

    /// Whether Owners and Admins stand in the access of every collection, and what is given to them changes nothing.
    pub(crate) fn counts_leaders_as_given(self) -> bool {
        self.is_vaultwarden()
    }

    /// Whether a policy of which a field is missing counts for nothing.
    pub(crate) fn needs_whole_policies(self) -> bool {
        self.is_vaultwarden()
    }

    /// Whether it keeps a permission that is given with the Custom role; others it drops without a word.
    pub(crate) fn keeps_permission(self, permission: MemberPermission) -> bool {
        use MemberPermission::{CreateNewCollections, DeleteAnyCollection, EditAnyCollection};
        !self.is_vaultwarden()
            || matches!(permission, CreateNewCollections | EditAnyCollection | DeleteAnyCollection)
    }
}

#[derive(Default)]
struct Known {
    server: Cell<Option<Server>>,
    named: RefCell<Rc<Named>>,
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
        self.read_server(&known).await
    }

    /// What the server is now, asked anew.
    pub(crate) async fn server_again(&self) -> Result<Server, Problem> {
        let known = self.stores.only::<Known>();
        let _turn = known.reading.lock().await;
        self.read_server(&known).await
    }

    /// What the server calls itself.
    pub(crate) async fn server_named(&self) -> Result<Rc<Named>, Problem> {
        self.server().await?;
        Ok(self.stores.only::<Known>().named.borrow().clone())
    }

    /// Where those register who are invited into an organization, on a server that neither writes to them nor hands out links.
    pub(crate) async fn registers_at(&self, organization: &Membership) -> Result<Option<String>, Problem> {
        // There, the flag of account recovery tells whether mail is sent (vaultwarden.md §2).
        if !self.server().await?.is_vaultwarden() || organization.use_reset_password != Some(false) {
            return Ok(None);
        }
        Ok(self.server_named().await?.vault.clone())
    }

    async fn read_server(&self, known: &Known) -> Result<Server, Problem> {
        let config: Config = self.api.json(&Call::get("/api/config").anonymous()).await?;
        self.api.keep_cloud_limits(config.is_cloud());
        let server = config.server();
        known.named.replace(Rc::new(config.named()));
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
    version: Option<String>,
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

    fn server(&self) -> Server {
        let name = self.server.as_ref().and_then(|server| server.name.as_deref());
        let states = self.feature_states.as_ref();
        let portal = self.portal.as_ref();
        Server {
            staff_reach_items: states.and_then(|states| states.get(STAFF_REACH_ITEMS))
                == Some(&Value::Bool(true)),
            kind: match name {
                Some(VAULTWARDEN) => ServerKind::Vaultwarden,
                Some(PORTAL) => ServerKind::Portal,
                _ if self.is_cloud() => ServerKind::Cloud,
                _ => ServerKind::Other,
            },
            owner_mode: portal.is_some_and(|portal| portal.mode.as_deref() == Some(OWNER_MODE)),
            sends_mail: portal.and_then(|portal| portal.outbox_links).map(|shows_links| !shows_links),
            keeps_books: portal.is_some_and(|portal| portal.books),
        }
    }

    fn named(self) -> Named {
        Named {
            name: self.server.and_then(|server| server.name).filter(|name| !name.is_empty()),
            version: self.version.filter(|version| !version.is_empty()),
            vault: self.environment.and_then(|environment| environment.vault),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Environment {
    vault: Option<String>,
    cloud_region: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    mode: Option<String>,
    outbox_links: Option<bool>,
    #[serde(default)]
    books: bool,
}

#[derive(Deserialize)]
struct Name {
    name: Option<String>,
}
