//! A client that was opened: what its plan has, what one may do in it, and its key.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::lock::Mutex;
use portal_bridge::{
    Action, FromCore, OrganizationId, Part, Problem, ProblemKind, ProviderId, Reason, Topic, Verdict, Within,
};
use portal_domain::access::{ClientSituation, Manager, Situation, Subject, verdict_of_any};
use portal_keys::SymmetricKey;

use crate::{Core, api::Call, session::Membership};

/// What is known of a client that was opened.
#[derive(Default)]
pub(crate) struct Space {
    /// As staff read it; members have it in their profile.
    organization: RefCell<Option<Rc<Membership>>>,
    key: RefCell<Option<Rc<SymmetricKey>>>,
    /// When the profile was last read for an organization it did not have.
    sought_at: Cell<Option<i64>>,
    reading: Mutex<()>,
}

/// Whoever asks again within this time, as the parts of one page do, is answered with what the profile said.
const CALM_MS: i64 = 1_500;

/// What the person signed in may do in a client.
pub(crate) struct Rights {
    /// In which capacities the person acts: as staff, as a member, or both.
    pub(crate) subjects: Vec<Subject>,
    /// The state of provider and client.
    pub(crate) situation: Situation,
}

impl Rights {
    /// Whether something can be done here now.
    pub(crate) fn verdict(&self, action: Action) -> Verdict {
        verdict_of_any(action, &self.subjects, &self.situation)
    }

    /// Refuses what the role does not have, or not now, before the server would.
    pub(crate) fn demand(&self, action: Action) -> Result<(), Problem> {
        match self.verdict(action) {
            Verdict::Allowed => Ok(()),
            Verdict::Disabled(_) | Verdict::Hidden => Err(ProblemKind::NotAllowed.into()),
        }
    }

    /// Refuses what the role does not have at all; what it has in part is decided row by row.
    pub(crate) fn demand_part(&self, action: Action) -> Result<(), Problem> {
        match self.verdict(action) {
            Verdict::Disabled(Reason::LimitedBySettings) => Ok(()),
            _ => self.demand(action),
        }
    }

    /// What may be done here, action by action.
    pub(crate) fn all(&self) -> Vec<(Action, Verdict)> {
        Action::ALL.iter().map(|action| (*action, self.verdict(*action))).collect()
    }
}

impl Core {
    /// What the server tells of a client's organization. Only a client of the provider, or an organization one is a confirmed
    /// member of, is ever asked for.
    pub(crate) async fn organization(self: &Rc<Self>, within: Within) -> Result<Rc<Membership>, Problem> {
        let Some(provider) = within.provider else {
            return self.own_organization(within.organization).await;
        };
        self.client_row(provider, within.organization).await?;
        let space = self.stores.of_client::<Space>(within.organization);
        let _turn = space.reading.lock().await;
        if let Some(known) = &*space.organization.borrow() {
            return Ok(known.clone());
        }
        let call = Call::get(format!("/api/organizations/{}", within.organization));
        let read: Membership = self.api.json(&call).await?;
        if read.id != within.organization {
            return Err(ProblemKind::Mismatch.into());
        }
        let read = Rc::new(read);
        *space.organization.borrow_mut() = Some(read.clone());
        Ok(read)
    }

    /// An organization one is a confirmed member of. Nobody tells a session that its person was confirmed, so the profile is
    /// read once again before the organization is said not to be there.
    async fn own_organization(
        self: &Rc<Self>,
        organization: OrganizationId,
    ) -> Result<Rc<Membership>, Problem> {
        if let Some(own) = self.open()?.me().membership(organization) {
            return self.own_as_told(own).await;
        }
        let space = self.stores.of_client::<Space>(organization);
        let _turn = space.reading.lock().await;
        let now = self.platform.now_ms();
        if space.sought_at.get().is_none_or(|sought| now - sought > CALM_MS) {
            space.sought_at.set(Some(now));
            if self.fetch_me().await?.membership(organization).is_some() {
                self.reload_me().await?;
            }
        }
        let me = self.open()?.me();
        let own = me.membership(organization).ok_or(ProblemKind::NotFound)?;
        self.own_as_told(own).await
    }

    /// A membership without what the server says of every organization alike.
    async fn own_as_told(&self, own: &Membership) -> Result<Rc<Membership>, Problem> {
        let metered = self.server().await?.meters_seats();
        let seats = own.seats.filter(|_| metered);
        Ok(Rc::new(Membership { seats, ..own.clone() }))
    }

    /// The organization has changed: whoever asks next reads it again, and every tab asks.
    pub(crate) fn organization_changed(&self, organization: OrganizationId) {
        self.stores.of_client::<Space>(organization).organization.take();
        self.tell_client(organization, Part::Space);
    }

    /// Tells every tab that a part of what a client holds has changed.
    pub(crate) fn tell_client(&self, organization: OrganizationId, part: Part) {
        if matches!(part, Part::Groups | Part::Collections) {
            self.forget_member_choices(organization);
        }
        self.portfolio_outdated(organization, part);
        self.tabs.tell_all(&FromCore::Changed(Topic::Client(organization, part)));
    }

    /// Who one is in a client, and what its state is: what every verdict there starts from.
    pub(crate) async fn rights_in(self: &Rc<Self>, within: Within) -> Result<Rights, Problem> {
        let organization = self.organization(within).await?;
        let open = self.open()?;
        let me = open.me();
        let member = me.membership(within.organization);
        let member = member.map(|own| Subject::member(own.kind, own.permissions.unwrap_or_default()));
        // Nobody else's verdicts look at it.
        let staff_reach_items = within.provider.is_some() && self.server().await?.staff_reach_items;
        let (staff, provider, manager) = match within.provider {
            Some(provider) => {
                let (subject, situation) = self.rights_base(provider).await?;
                let kind = me.staffing(provider)?.provider_type;
                (Some(subject), situation.provider, Manager::of(Some(kind)))
            }
            None => {
                let kind = organization.provider_id.map(|_| organization.provider_type.unwrap_or_default());
                (None, Situation::default().provider, Manager::of(kind))
            }
        };
        Ok(Rights {
            subjects: staff.into_iter().chain(member).collect(),
            situation: Situation { provider, client: situation(&organization, manager, staff_reach_items) },
        })
    }

    /// The key of a client's organization, opened once: with the provider's key, or with one's own as a member.
    pub(crate) async fn space_key(self: &Rc<Self>, within: Within) -> Result<Rc<SymmetricKey>, Problem> {
        let space = self.stores.of_client::<Space>(within.organization);
        if let Some(key) = &*space.key.borrow() {
            return Ok(key.clone());
        }
        let key = match within.provider {
            Some(provider) => self.organization_key(provider, within.organization).await?,
            None => self.open()?.own_organization_key(within.organization).await?,
        };
        self.check_organization_key(within.organization, &key).await?;
        let key = Rc::new(key);
        *space.key.borrow_mut() = Some(key.clone());
        Ok(key)
    }

    /// The row of a client in the provider's list; an organization that is none of its clients is not found.
    pub(crate) async fn client_row(
        self: &Rc<Self>,
        provider: ProviderId,
        organization: OrganizationId,
    ) -> Result<portal_bridge::ClientRow, Problem> {
        let table = self.clients(provider).await?.table();
        let row = table.find_organization(organization).and_then(|row| table.row(row));
        row.ok_or_else(|| ProblemKind::NotFound.into())
    }
}

/// What the role table looks at. What a server does not say is taken as given, and left for it to refuse.
fn situation(organization: &Membership, manager: Manager, staff_reach_items: bool) -> ClientSituation {
    let has = |flag: Option<bool>| flag.unwrap_or(true);
    ClientSituation {
        manager,
        admins_reach_everything: has(organization.allow_admin_access_to_all_collection_items),
        limits_collection_creation: organization.limit_collection_creation.unwrap_or_default(),
        has_events: has(organization.use_events),
        has_groups: has(organization.use_groups),
        has_policies: has(organization.use_policies),
        has_sso: has(organization.use_sso),
        has_scim: has(organization.use_scim),
        staff_reach_items,
    }
}
