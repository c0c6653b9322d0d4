use std::rc::Rc;

use portal_bridge::EventsOf;
use portal_wire::{DeviceType, Event, EventSystemUser, EventType, ids::*};
use uuid::Uuid;

use super::{
    fields::{Field, details_at, mark_last, packed},
    ids::{Class, Ids},
    order::merged_order,
    table::Table,
};

/// Events, one column beside the other: a million of them need some 45 MB. The first [`Columns::sorted`] rows stand newest
/// first; those that came since stand behind them as they came, until [`Columns::arrange`].
///
/// What every event has stands in a column of its own. What only some have (one or two ids) stands in `details`.
#[derive(Default)]
pub(super) struct Columns {
    /// What all events of a log have in common, by the log's number.
    logs: Vec<LogOf>,
    sorted: usize,
    pub(super) dates: Vec<i64>,
    /// Index into `types`.
    pub(super) kinds: Vec<u16>,
    /// Number of the acting user's id; [`NOBODY`] if there is none.
    pub(super) actors: Vec<u32>,
    pub(super) devices: Vec<u16>,
    pub(super) ips: Vec<u32>,
    /// Number of the organization's id, or of the client's link where that is all there is; [`NOBODY`] if there is none.
    pub(super) places: Vec<u32>,
    /// Number of the log it stands in.
    pub(super) sources: Vec<u32>,
    /// Where the details begin, with [`OTHER`] if a provider is among them; [`NOBODY`] if there are none.
    starts: Vec<u32>,
    details: Vec<u32>,
    pub(super) types: Table<EventType>,
    pub(super) device_types: Table<DeviceType>,
    pub(super) systems: Table<EventSystemUser>,
    pub(super) texts: Table<Rc<str>>,
    pub(super) ids: Ids,
}

/// No number is this large.
pub(super) const NOBODY: u32 = u32::MAX;

/// In the beginning of the details: they name a provider whose log this is not.
const OTHER: u32 = 1 << 31;

/// What the events of a log have in common.
#[derive(Clone, Copy, Debug, Default)]
struct LogOf {
    provider: Option<ProviderId>,
    organization: Option<OrganizationId>,
}

impl Columns {
    /// No events yet, of one log.
    #[cfg(test)]
    pub(super) fn of(source: EventsOf) -> Self {
        let mut columns = Self::default();
        columns.add_log(source);
        columns
    }

    /// One more log, whose number is how many there were.
    pub(super) fn add_log(&mut self, source: EventsOf) {
        self.logs.push(match source {
            EventsOf::Provider(provider) | EventsOf::Portfolio(provider) => {
                LogOf { provider: Some(provider), organization: None }
            }
            EventsOf::Client(within) | EventsOf::Member(within, _) | EventsOf::Item(within, _) => {
                LogOf { provider: None, organization: Some(within.organization) }
            }
            EventsOf::Own => LogOf::default(),
        });
    }

    /// The number of the log that is a provider's; [`NOBODY`] if there is none.
    pub(super) fn log_of_provider(&self) -> u32 {
        let place = self.logs.iter().position(|log| log.provider.is_some());
        place.and_then(|place| u32::try_from(place).ok()).unwrap_or(NOBODY)
    }

    /// Events in order.
    pub(super) fn len(&self) -> usize {
        self.sorted
    }

    /// Events, with those that are not in order yet.
    pub(super) fn received(&self) -> usize {
        self.dates.len()
    }

    /// The rows whose events happened from one moment to another, both included.
    pub(super) fn within(&self, from: i64, to: i64) -> std::ops::Range<usize> {
        let dates = self.dates.get(..self.sorted).unwrap_or_default();
        let first = dates.partition_point(|date| *date > to);
        let end = dates.partition_point(|date| *date >= from);
        first..end.max(first)
    }

    /// Adds an event of a log. Those of one log come newest first; of two with one date the earlier stays before the other.
    pub(super) fn push(&mut self, log: u32, event: &Event) {
        let narrow = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        self.dates.push(event.date.0);
        let kind = self.types.number(event.kind);
        self.kinds.push(narrow(kind));
        let actor = event.acting_user_id.map(|id| self.ids.number(Class::User, id.0));
        self.actors.push(actor.unwrap_or(NOBODY));
        let device = event.device_type.map(|device| self.device_types.number(device));
        self.devices.push(narrow(device.unwrap_or(NOBODY)));
        let ip = event.ip_address.as_deref().map(|ip| self.texts.text(ip));
        self.ips.push(ip.unwrap_or(NOBODY));
        let common = self.log(log);
        let organization = event.organization_id.or(common.organization);
        let link = event.provider_organization_id;
        let place = match (organization, link) {
            (Some(id), _) => self.ids.number(Class::Organization, id.0),
            (None, Some(id)) => self.ids.number(Class::Client, id.0),
            (None, None) => NOBODY,
        };
        self.places.push(place);
        self.sources.push(log);
        self.push_details(event, organization.is_some(), common.provider);
    }

    /// Brings what came since into the order of the rest: newest first; of one date, the log of the lower number first; of
    /// one log, as it came.
    pub(super) fn arrange(&mut self) {
        let first = self.sorted;
        self.sorted = self.dates.len();
        let Some(order) = merged_order(&self.dates, &self.sources, self.logs.len(), first) else { return };
        let from = self.dates.len() - order.len();
        gather(&mut self.dates, from, &order);
        gather(&mut self.kinds, from, &order);
        gather(&mut self.actors, from, &order);
        gather(&mut self.devices, from, &order);
        gather(&mut self.ips, from, &order);
        gather(&mut self.places, from, &order);
        gather(&mut self.sources, from, &order);
        gather(&mut self.starts, from, &order);
    }

    /// What an event has beside what every event has.
    pub(super) fn details(&self, row: usize) -> impl Iterator<Item = (Field, u32)> {
        let start = self.starts.get(row).copied().filter(|start| *start != NOBODY);
        let details = start.and_then(|start| self.details.get((start & !OTHER) as usize..));
        details_at(details.unwrap_or_default())
    }

    /// Whether an event names a provider whose log it does not stand in.
    pub(super) fn names_other_provider(&self, row: usize) -> bool {
        self.starts.get(row).is_some_and(|start| *start != NOBODY && start & OTHER != 0)
    }

    /// One of the details.
    pub(super) fn detail(&self, row: usize, wanted: Field) -> Option<u32> {
        self.details(row).find(|(field, _)| *field == wanted).map(|(_, number)| number)
    }

    /// The number of whoever did it: signing in has no acting user of its own on some servers.
    pub(super) fn who(&self, row: usize) -> u32 {
        match self.actors.get(row) {
            Some(actor) if *actor != NOBODY => *actor,
            _ => self.detail(row, Field::User).unwrap_or(NOBODY),
        }
    }

    /// The event as it came; where its log is of one organization, with that.
    pub(super) fn event(&self, row: usize) -> Option<Event> {
        let mut event = Event {
            kind: self.types.get(u32::from(*self.kinds.get(row)?))?,
            date: portal_wire::Timestamp(*self.dates.get(row)?),
            acting_user_id: self.id(*self.actors.get(row)?).map(UserId),
            provider_id: self.log(*self.sources.get(row)?).provider,
            device_type: self.device_types.get(u32::from(*self.devices.get(row)?)),
            ip_address: self.texts.get(*self.ips.get(row)?).map(|text| text.to_string()),
            ..Event::default()
        };
        match self.ids.get(*self.places.get(row)?) {
            Some((Class::Client, id)) => event.provider_organization_id = Some(ProviderOrganizationId(id)),
            Some((_, id)) => event.organization_id = Some(OrganizationId(id)),
            None => {}
        }
        for (field, number) in self.details(row) {
            let id = self.id(number);
            match field {
                Field::User => event.user_id = id.map(UserId),
                Field::Staff => event.provider_user_id = id.map(ProviderUserId),
                Field::Member => event.organization_user_id = id.map(OrganizationUserId),
                Field::Client => event.provider_organization_id = id.map(ProviderOrganizationId),
                Field::Provider => event.provider_id = id.map(ProviderId),
                Field::Collection => event.collection_id = id.map(CollectionId),
                Field::Group => event.group_id = id.map(GroupId),
                Field::Policy => event.policy_id = id.map(PolicyId),
                Field::Item => event.cipher_id = id.map(CipherId),
                Field::Secret => event.secret_id = id.map(SecretId),
                Field::Project => event.project_id = id.map(ProjectId),
                Field::Machine => event.service_account_id = id.map(ServiceAccountId),
                Field::GrantedMachine => event.granted_service_account_id = id.map(ServiceAccountId),
                Field::Send => event.send_id = id.map(SendId),
                Field::Installation => event.installation_id = id.map(InstallationId),
                Field::System => event.system_user = self.systems.get(number),
                Field::Domain => event.domain_name = self.texts.get(number).map(|text| text.to_string()),
            }
        }
        Some(event)
    }

    /// Whether two events are told by two logs of which one is the provider's, in the very same words.
    pub(super) fn is_told_twice(&self, one: usize, other: usize) -> bool {
        fn same<T: PartialEq>(column: &[T], one: usize, other: usize) -> bool {
            column.get(one) == column.get(other)
        }
        let but_provider = |row| self.details(row).filter(|(field, _)| *field != Field::Provider);
        same(&self.dates, one, other)
            && same(&self.kinds, one, other)
            && same(&self.actors, one, other)
            && same(&self.devices, one, other)
            && same(&self.ips, one, other)
            && same(&self.places, one, other)
            && but_provider(one).eq(but_provider(other))
    }

    /// Bytes held.
    #[cfg(any(test, feature = "measure"))]
    pub(super) fn memory(&self) -> usize {
        self.dates.capacity() * size_of::<i64>()
            + (self.kinds.capacity() + self.devices.capacity()) * size_of::<u16>()
            + (self.actors.capacity()
                + self.ips.capacity()
                + self.places.capacity()
                + self.sources.capacity()
                + self.starts.capacity()
                + self.details.capacity())
                * size_of::<u32>()
            + self.ids.memory()
    }

    fn push_details(&mut self, event: &Event, in_organization: bool, provider: Option<ProviderId>) {
        let start = self.details.len();
        let mut add = |field: Field, class: Class, id: Option<Uuid>| {
            if let Some(id) = id {
                let number = self.ids.number(class, id);
                self.details.push(packed(field, number));
            }
        };
        add(Field::User, Class::User, event.user_id.map(|id| id.0));
        add(Field::Staff, Class::Staff, event.provider_user_id.map(|id| id.0));
        add(Field::Member, Class::Member, event.organization_user_id.map(|id| id.0));
        // Where there is no organization, the link is the place.
        let link = event.provider_organization_id.filter(|_| in_organization);
        add(Field::Client, Class::Client, link.map(|id| id.0));
        let also_in = event.provider_id.filter(|id| Some(*id) != provider);
        add(Field::Provider, Class::Provider, also_in.map(|id| id.0));
        add(Field::Collection, Class::Collection, event.collection_id.map(|id| id.0));
        add(Field::Group, Class::Group, event.group_id.map(|id| id.0));
        add(Field::Policy, Class::Policy, event.policy_id.map(|id| id.0));
        add(Field::Item, Class::Item, event.cipher_id.map(|id| id.0));
        add(Field::Secret, Class::Secret, event.secret_id.map(|id| id.0));
        add(Field::Project, Class::Project, event.project_id.map(|id| id.0));
        add(Field::Machine, Class::Machine, event.service_account_id.map(|id| id.0));
        add(Field::GrantedMachine, Class::Machine, event.granted_service_account_id.map(|id| id.0));
        add(Field::Send, Class::Send, event.send_id.map(|id| id.0));
        add(Field::Installation, Class::Installation, event.installation_id.map(|id| id.0));
        if let Some(system) = event.system_user {
            let number = self.systems.number(system);
            self.details.push(packed(Field::System, number));
        }
        if let Some(domain) = event.domain_name.as_deref() {
            let number = self.texts.text(domain);
            self.details.push(packed(Field::Domain, number));
        }
        let any = self.details.len() > start;
        if let Some(last) = self.details.last_mut().filter(|_| any) {
            mark_last(last);
        }
        let start = u32::try_from(start).unwrap_or(NOBODY) | if also_in.is_some() { OTHER } else { 0 };
        self.starts.push(if any { start } else { NOBODY });
    }

    fn log(&self, number: u32) -> LogOf {
        self.logs.get(number as usize).copied().unwrap_or_default()
    }

    fn id(&self, number: u32) -> Option<Uuid> {
        self.ids.get(number).map(|(_, id)| id)
    }
}

/// Puts the values from one row on into another order.
fn gather<T: Copy>(column: &mut Vec<T>, from: usize, order: &[u32]) {
    let mut arranged = Vec::with_capacity(order.len());
    arranged.extend(order.iter().filter_map(|row| column.get(*row as usize).copied()));
    column.truncate(from);
    column.extend_from_slice(&arranged);
}
