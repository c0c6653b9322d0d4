use std::rc::Rc;

use portal_bridge::{
    EventsOf, FromCore, OrganizationId, Part, Problem, ProblemKind, ProviderId, Topic, UserId,
};
use portal_domain::capabilities::Flags;
use portal_wire::{
    OrganizationUserStatus, OrganizationUserType, ProductTier, ProviderStatus, ProviderType,
    ProviderUserType, profile::Permissions,
};
use serde::Deserialize;

use super::Open;
use crate::{
    Core,
    api::{Call, RowSink, read},
    sort::sort_by,
};

/// What the server says about the person signed in, as far as the portal needs it.
#[derive(Debug, Default)]
pub(crate) struct Me {
    pub(crate) id: UserId,
    pub(crate) name: Option<String>,
    pub(crate) email: String,
    pub(crate) two_step: bool,
    /// Confirmed memberships, and accepted ones where the server tells them.
    pub(crate) organizations: Vec<Membership>,
    /// Where each stands among them, sorted by their ids: there may be thousands, looked up by thousands of logs.
    places: Vec<(OrganizationId, u32)>,
    /// Providers one is confirmed in.
    pub(crate) providers: Vec<Staffing>,
    /// The clients that are switched off, sorted.
    switched_off: Vec<(ProviderId, OrganizationId)>,
    /// The clients whose plans keep no events, sorted.
    without_events: Vec<(ProviderId, OrganizationId)>,
}

/// One's membership of an organization. An organization that is read by itself, as staff do, has the same fields but those
/// about oneself.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Membership {
    pub(crate) id: OrganizationId,
    #[serde(default)]
    pub(crate) name: Option<String>,
    #[serde(default)]
    pub(crate) enabled: Option<bool>,
    #[serde(default)]
    pub(crate) status: OrganizationUserStatus,
    #[serde(rename = "type", default)]
    pub(crate) kind: OrganizationUserType,
    pub(crate) permissions: Option<Permissions>,
    #[serde(default)]
    pub(crate) product_tier_type: ProductTier,
    pub(crate) seats: Option<i32>,
    /// The organization's key for one's own public key.
    pub(crate) key: Option<String>,
    pub(crate) provider_id: Option<ProviderId>,
    pub(crate) provider_name: Option<String>,
    pub(crate) provider_type: Option<ProviderType>,
    pub(crate) billing_email: Option<String>,
    pub(crate) key_connector_enabled: Option<bool>,
    pub(crate) use_policies: Option<bool>,
    pub(crate) use_sso: Option<bool>,
    pub(crate) use_scim: Option<bool>,
    pub(crate) use_groups: Option<bool>,
    pub(crate) use_directory: Option<bool>,
    pub(crate) use_events: Option<bool>,
    pub(crate) use_api: Option<bool>,
    pub(crate) use_reset_password: Option<bool>,
    pub(crate) use_custom_permissions: Option<bool>,
    pub(crate) limit_collection_creation: Option<bool>,
    pub(crate) limit_collection_deletion: Option<bool>,
    pub(crate) limit_item_deletion: Option<bool>,
    pub(crate) allow_admin_access_to_all_collection_items: Option<bool>,
}

impl Membership {
    /// What the server says the organization has.
    pub(crate) fn flags(&self) -> Flags {
        Flags {
            groups: self.use_groups,
            events: self.use_events,
            policies: self.use_policies,
            recovery: self.use_reset_password,
        }
    }

    fn is_confirmed(&self) -> bool {
        self.status == OrganizationUserStatus::Confirmed
    }

    /// Whether one's role is that of an Owner or Admin.
    fn administers(&self) -> bool {
        matches!(self.kind, OrganizationUserType::Owner | OrganizationUserType::Admin)
    }

    /// Whether events of the organization are written down.
    pub(crate) fn keeps_events(&self) -> bool {
        self.use_events != Some(false)
    }
}

/// One's place on the staff of a provider.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Staffing {
    pub(crate) id: ProviderId,
    pub(crate) name: Option<String>,
    /// The provider's key for one's own public key.
    pub(crate) key: Option<String>,
    #[serde(rename = "type", default)]
    pub(crate) kind: ProviderUserType,
    #[serde(default)]
    pub(crate) enabled: Option<bool>,
    #[serde(default)]
    pub(crate) use_events: Option<bool>,
    #[serde(default)]
    pub(crate) provider_status: ProviderStatus,
    #[serde(default)]
    pub(crate) provider_type: ProviderType,
}

impl Staffing {
    /// Whether the provider is set up.
    pub(crate) fn works(&self) -> bool {
        self.provider_status != ProviderStatus::Pending
    }
}

impl Me {
    /// The organizations one looks after oneself: those in which one is a confirmed Owner or Admin (owner mode).
    pub(crate) fn own_clients(&self) -> impl Iterator<Item = &Membership> {
        self.organizations.iter().filter(|own| own.is_confirmed() && own.administers())
    }

    /// Those of one's own clients whose billing no provider handles. To an Owner of any other, nothing of billing is told.
    pub(crate) fn billed_clients(&self) -> impl Iterator<Item = &Membership> {
        self.own_clients().filter(|own| own.provider_id.is_none())
    }

    /// One of the organizations one looks after oneself.
    pub(crate) fn own_client(&self, organization: OrganizationId) -> Option<&Membership> {
        self.membership(organization).filter(|own| own.administers())
    }

    /// One's place on the staff of a provider.
    pub(crate) fn staffing(&self, provider: ProviderId) -> Result<&Staffing, Problem> {
        self.providers
            .iter()
            .find(|staffing| staffing.id == provider)
            .ok_or_else(|| ProblemKind::NotFound.into())
    }

    /// One's membership of an organization, once confirmed.
    pub(crate) fn membership(&self, organization: OrganizationId) -> Option<&Membership> {
        let place = self.places.binary_search_by_key(&organization, |(id, _)| *id).ok()?;
        let (_, place) = self.places.get(place)?;
        self.organizations.get(*place as usize).filter(|own| own.is_confirmed())
    }

    /// Whether a client is switched on.
    pub(crate) fn client_enabled(&self, provider: ProviderId, organization: OrganizationId) -> bool {
        self.switched_off.binary_search(&(provider, organization)).is_err()
    }

    /// Whether events of a client are written down.
    pub(crate) fn client_keeps_events(&self, provider: ProviderId, organization: OrganizationId) -> bool {
        self.without_events.binary_search(&(provider, organization)).is_err()
    }
}

impl Core {
    /// Reads who is signed in. The clients in it, which may be many, are read one by one and not kept.
    pub(crate) async fn fetch_me(&self) -> Result<Me, Problem> {
        let mut clients = Switches::default();
        let rest =
            self.api.rows(&Call::get("/api/accounts/profile"), "providerOrganizations", &mut clients).await?;
        let profile: Profile = read(&rest)?;
        let Switches { off: mut switched_off, mut without_events } = clients;
        sort_by(&mut switched_off, |one, other| one.cmp(other));
        sort_by(&mut without_events, |one, other| one.cmp(other));
        let organizations = profile.organizations_new.or(profile.organizations).unwrap_or_default();
        let mut places: Vec<_> = (0..).zip(&organizations).map(|(place, own)| (own.id, place)).collect();
        sort_by(&mut places, |one, other| one.cmp(other));
        Ok(Me {
            id: profile.id,
            name: profile.name.filter(|name| !name.trim().is_empty()),
            email: profile.email.unwrap_or_default(),
            two_step: profile.two_factor_enabled.unwrap_or_default(),
            organizations,
            places,
            providers: profile.providers.unwrap_or_default(),
            switched_off,
            without_events,
        })
    }

    /// Reads again who is signed in, with a token that knows today's roles.
    pub(crate) async fn reload_me(self: &Rc<Self>) -> Result<(), Problem> {
        let open = self.open()?;
        self.api.refresh().await?;
        let me = self.fetch_me().await?;
        if me.id != open.me().id {
            return Err(ProblemKind::Mismatch.into());
        }
        self.refresh_client_switches(&me);
        open.set_me(me, self.platform.now_ms());
        self.tell_session();
        self.tabs.tell_all(&FromCore::Changed(Topic::Providers));
        self.portfolio_changed();
        self.tell_events(EventsOf::Own);
        for provider in &open.me().providers {
            self.tabs.tell_all(&FromCore::Changed(Topic::Provider(provider.id)));
        }
        for own in &open.me().organizations {
            self.tabs.tell_all(&FromCore::Changed(Topic::Client(own.id, Part::Space)));
        }
        Ok(())
    }

    /// Somebody may have confirmed this person meanwhile: reads again what is old, beside whatever is shown until then.
    pub(crate) fn reload_old_me(self: &Rc<Self>, open: &Open) {
        if open.me_is_older_than(OLD_MS, self.platform.now_ms()) {
            let core = self.clone();
            self.spawn_in_session(async move {
                let _ = core.reload_me().await;
            });
        }
    }

    /// Asks from time to time whether roles or memberships have changed.
    pub(super) fn start_revision_watch(self: &Rc<Self>) {
        let core = Rc::downgrade(self);
        let platform = self.platform.clone();
        self.spawn_in_session(async move {
            let mut known: Option<i64> = None;
            loop {
                platform.sleep(REVISION_WATCH_MS).await;
                let Some(core) = core.upgrade() else { return };
                let Ok(Some(now)) =
                    core.api.json::<Option<f64>>(&Call::get("/api/accounts/revision-date")).await
                else {
                    continue;
                };
                let now = now as i64;
                if known.is_some_and(|known| now > known) && core.reload_me().await.is_err() {
                    continue;
                }
                known = Some(now);
            }
        });
    }
}

const REVISION_WATCH_MS: u32 = 60_000;
/// Memberships older than this are read again when they are looked at.
const OLD_MS: i64 = 5_000;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    id: UserId,
    name: Option<String>,
    email: Option<String>,
    two_factor_enabled: Option<bool>,
    organizations: Option<Vec<Membership>>,
    organizations_new: Option<Vec<Membership>>,
    providers: Option<Vec<Staffing>>,
}

/// A client as the profile tells it: read only to know which are switched off or keep no events.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClientSwitch {
    id: OrganizationId,
    enabled: Option<bool>,
    use_events: Option<bool>,
    provider_id: Option<ProviderId>,
}

#[derive(Default)]
struct Switches {
    off: Vec<(ProviderId, OrganizationId)>,
    without_events: Vec<(ProviderId, OrganizationId)>,
}

impl RowSink for Switches {
    fn restart(&mut self) {
        *self = Self::default();
    }

    fn row(&mut self, json: &[u8]) -> Result<(), Problem> {
        let client: ClientSwitch = read(json)?;
        let Some(provider) = client.provider_id else { return Ok(()) };
        if client.enabled == Some(false) {
            self.off.push((provider, client.id));
        }
        if client.use_events == Some(false) {
            self.without_events.push((provider, client.id));
        }
        Ok(())
    }
}
