use std::rc::{Rc, Weak};

use portal_bridge::EventsOf;
use portal_domain::{
    search::fold,
    timeline::{Named, Part, Sentence, sentence},
};
use portal_wire::{Event, ids::*};

use super::{
    columns::NOBODY,
    ids::{Class, Ids},
};
use crate::{
    Core,
    session::Membership,
    sort::sort_by,
    stores::{
        Clients, Members, Table, Things,
        staff::{List, Staff},
    },
};

/// Where names come from.
pub(crate) struct Sources {
    pub(super) provider_name: Option<String>,
    pub(super) staff: Rc<Staff>,
    pub(super) list: Option<Rc<List>>,
    pub(super) clients: Rc<Table>,
    pub(super) members: Rc<Members>,
    pub(super) things: Rc<Things>,
    /// What the clients it is about are called where one is a member of them, sorted by their ids.
    pub(super) own: Rc<[(OrganizationId, String)]>,
    /// Whether it is all about one client.
    pub(super) in_client: bool,
}

/// The names of the ids in a log, as far as they are known.
#[derive(Default)]
pub(super) struct Book {
    /// By number of the id.
    names: Vec<Option<Name>>,
    /// What it was made from.
    made_from: Option<Edition>,
    /// By number of the id: the number of the place it stands for. A client's link stands for its organization.
    places: Vec<u32>,
    /// Whether somebody unknown must have left.
    staff_known: bool,
    provider: Option<Rc<str>>,
}

/// A name, and the same folded.
#[derive(Clone)]
struct Name {
    shown: Rc<str>,
    folded: Rc<str>,
}

/// Changes when a source does.
struct Edition {
    staff: u32,
    members: u32,
    things: u32,
    clients: Weak<Table>,
    provider: Option<String>,
    own: Rc<[(OrganizationId, String)]>,
}

impl PartialEq for Edition {
    fn eq(&self, other: &Self) -> bool {
        self.staff == other.staff
            && self.members == other.members
            && self.things == other.things
            && self.clients.ptr_eq(&other.clients)
            && self.provider == other.provider
            && self.own == other.own
    }
}

impl Sources {
    /// Those of a source's events.
    pub(crate) fn of(core: &Core, source: EventsOf) -> Self {
        let me = core.open().map(|open| open.me()).ok();
        let (provider, name) = match source {
            EventsOf::Provider(provider) | EventsOf::Portfolio(provider) => {
                let staffing = me.as_ref().and_then(|me| me.staffing(provider).ok());
                (provider, staffing.and_then(|staffing| staffing.name.clone()))
            }
            // A provider that is none of one's own has no list of staff here.
            _ => (source.within().and_then(|within| within.provider).unwrap_or_default(), None),
        };
        let named = |own: &Membership| own.name.clone().map(|name| (own.id, name));
        let mut own: Vec<_> = match (&me, source.within()) {
            (Some(me), Some(within)) => {
                me.membership(within.organization).and_then(named).into_iter().collect()
            }
            (Some(me), None) if source == EventsOf::Own => me.own_clients().filter_map(named).collect(),
            _ => Vec::new(),
        };
        sort_by(&mut own, |one, other| one.0.cmp(&other.0));
        let staff = core.staff(provider);
        Self {
            provider_name: name,
            list: staff.list(),
            staff,
            clients: core.stores.of::<Clients>(provider).table(),
            members: core.stores.only::<Members>(),
            things: core.stores.only::<Things>(),
            own: own.into(),
            in_client: source.within().is_some(),
        }
    }

    fn edition(&self) -> Edition {
        Edition {
            staff: self.staff.version(),
            members: self.members.version(),
            things: self.things.version(),
            clients: Rc::downgrade(&self.clients),
            provider: self.provider_name.clone(),
            own: self.own.clone(),
        }
    }
}

impl Book {
    /// Brings the names up to date; whether any may have changed.
    pub(super) fn update(&mut self, ids: &mut Ids, sources: &Sources) -> bool {
        let edition = sources.edition();
        let changed = self.made_from.as_ref() != Some(&edition);
        if changed {
            self.names.clear();
            self.places.clear();
            self.made_from = Some(edition);
            self.staff_known = sources.list.is_some() && !sources.in_client;
            self.provider = sources.provider_name.as_deref().map(Rc::from);
        }
        let known = self.names.len();
        if known == ids.len() {
            return changed;
        }
        self.grow(ids);
        let mut any_client = false;
        for (number, class, id) in ids.since(known) {
            let name = match class {
                Class::User => sources.user(UserId(id)),
                Class::Staff => sources.member(ProviderUserId(id)),
                Class::Member => sources.members.name(OrganizationUserId(id)),
                Class::Client | Class::Organization => {
                    any_client = true;
                    sources.own(OrganizationId(id)).map(str::to_owned)
                }
                Class::Group | Class::Collection | Class::Policy => sources.things.name(id),
                _ => None,
            };
            self.set(number, name.as_deref());
        }
        if any_client {
            self.find_clients(ids, &sources.clients);
        }
        true
    }

    /// The name of an id.
    pub(super) fn name(&self, number: u32) -> Option<&str> {
        self.names.get(number as usize)?.as_ref().map(|name| &*name.shown)
    }

    /// The name of an id, folded.
    pub(super) fn folded(&self, number: u32) -> Option<&str> {
        self.names.get(number as usize)?.as_ref().map(|name| &*name.folded)
    }

    /// The place a number stands for.
    pub(super) fn place_of(&self, number: u32) -> u32 {
        self.places.get(number as usize).copied().unwrap_or(number)
    }

    /// What stands for something without a name.
    pub(super) fn stand_in(&self, named: Named) -> String {
        match named {
            Named::User(_) => self
                .former(named)
                .map_or_else(|| format!("User {}", named.short_id()), |former| capital(&former)),
            _ => named.short_id(),
        }
    }

    /// The provider's name.
    pub(super) fn provider(&self) -> Option<&str> {
        self.provider.as_deref()
    }

    /// What stands for one of the staff who is on no list.
    pub(super) fn former(&self, named: Named) -> Option<String> {
        self.staff_known.then(|| format!("former member of staff {}", named.short_id()))
    }

    /// An event in words.
    pub(super) fn sentence(&self, event: &Event, ids: &Ids) -> Sentence {
        let name_of = |class, id| ids.find(class, id).and_then(|number| self.name(number)).map(str::to_owned);
        let names = |named: Named| match named {
            Named::User(id) => name_of(Class::User, id.0),
            Named::Staff(id) => name_of(Class::Staff, id.0)
                .or_else(|| event.user_id.and_then(|user| name_of(Class::User, user.0)))
                .or_else(|| self.former(named)),
            Named::Member(id) => name_of(Class::Member, id.0),
            Named::Client(id) => name_of(Class::Client, id.0),
            Named::Organization(id) => name_of(Class::Organization, id.0),
            Named::Provider(_) => self.provider().map(str::to_owned),
            Named::Group(id) => name_of(Class::Group, id.0),
            Named::Collection(id) => name_of(Class::Collection, id.0),
            Named::Policy(id) => name_of(Class::Policy, id.0),
            _ => None,
        };
        let mut sentence = sentence(event, &names);
        if let Some(actor) = event.acting_user_id.or(event.user_id)
            && event.system_user.is_none()
            && name_of(Class::User, actor.0).is_none()
            && let Some(former) = self.former(Named::User(actor))
        {
            sentence.who = Part::Name(capital(&former));
        }
        sentence
    }

    /// Looks every client up among the ids: there are many clients and few of them have events.
    fn find_clients(&mut self, ids: &mut Ids, clients: &Table) {
        for row in 0..clients.len() {
            let link = clients.link(row).and_then(|link| ids.find(Class::Client, link.0));
            let organization = clients.organization(row).and_then(|id| match link {
                Some(_) => Some(ids.number(Class::Organization, id.0)),
                None => ids.find(Class::Organization, id.0),
            });
            self.grow(ids);
            if let (Some(link), Some(organization)) = (link, organization)
                && let Some(place) = self.places.get_mut(link as usize)
            {
                *place = organization;
            }
            for number in [link, organization].into_iter().flatten() {
                if self.name(number).is_none() {
                    self.set(number as usize, Some(clients.name(row)));
                }
            }
        }
    }

    /// Has room for every id. At first each stands for itself, and none has a name.
    fn grow(&mut self, ids: &Ids) {
        let known = self.names.len();
        self.names.resize(ids.len(), None);
        self.places.extend((known..ids.len()).map(|number| u32::try_from(number).unwrap_or(NOBODY)));
    }

    fn set(&mut self, number: usize, name: Option<&str>) {
        if let Some(slot) = self.names.get_mut(number) {
            *slot = name.map(|name| Name { shown: name.into(), folded: fold(name).into() });
        }
    }
}

impl Sources {
    /// The name of a client.
    pub(crate) fn organization(&self, id: OrganizationId) -> Option<&str> {
        let row = self.clients.find_organization(id);
        row.map(|row| self.clients.name(row)).or_else(|| self.own(id))
    }

    /// What a client is called where one is a member of it.
    fn own(&self, id: OrganizationId) -> Option<&str> {
        let place = self.own.binary_search_by_key(&id, |(own, _)| *own).ok()?;
        self.own.get(place).map(|(_, name)| name.as_str())
    }

    /// The name of a person.
    pub(super) fn user(&self, id: UserId) -> Option<String> {
        let person =
            self.list.as_ref().and_then(|list| list.people.iter().find(|person| person.user == Some(id)));
        let on_staff = person.map(|person| person.label().to_owned());
        on_staff.or_else(|| self.staff.former_user(id)).or_else(|| self.members.name_of_account(id))
    }

    fn member(&self, id: ProviderUserId) -> Option<String> {
        let person = self.list.as_ref()?.get(id);
        person.map(|person| person.label().to_owned()).or_else(|| self.staff.former_member(id))
    }
}

/// Words of ours with a capital at the start, as a sentence begins.
pub(super) fn capital(words: &str) -> String {
    let mut words = words.to_owned();
    words.get_mut(..1).unwrap_or_default().make_ascii_uppercase();
    words
}
