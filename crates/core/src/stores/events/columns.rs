use std::rc::Rc;

use portal_bridge::EventsOf;
use portal_wire::{DeviceType, Event, EventSystemUser, EventType, ids::*};
use uuid::Uuid;

use super::ids::{Class, Ids};

/// Events, newest first, one column beside the other: a million of them need some 40 MB.
///
/// What every event has stands in a column of its own. What only some have (two or three ids) stands in `details`.
#[derive(Default)]
pub(super) struct Columns {
    /// Whose log it is, if a provider's: all its events have that in common.
    provider: Option<ProviderId>,
    pub(super) dates: Vec<i64>,
    /// Index into `types`.
    pub(super) kinds: Vec<u16>,
    /// Number of the acting user's id; [`NOBODY`] if there is none.
    pub(super) actors: Vec<u32>,
    devices: Vec<u16>,
    ips: Vec<u32>,
    /// Where the details begin; [`NOBODY`] if there are none.
    starts: Vec<u32>,
    details: Vec<u32>,
    pub(super) types: Table<EventType>,
    device_types: Table<DeviceType>,
    pub(super) systems: Table<EventSystemUser>,
    pub(super) texts: Table<Rc<str>>,
    pub(super) ids: Ids,
}

/// No number is this large.
pub(super) const NOBODY: u32 = u32::MAX;

/// What a detail is. It is packed with a number into 32 bits: the last one of an event has the highest bit set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Field {
    User,
    Staff,
    Member,
    Client,
    Organization,
    Collection,
    Group,
    Policy,
    Item,
    Secret,
    Project,
    Machine,
    GrantedMachine,
    Send,
    Installation,
    System,
    Domain,
}

/// Every field, by its number.
pub(super) const FIELDS: [Field; 17] = [
    Field::User,
    Field::Staff,
    Field::Member,
    Field::Client,
    Field::Organization,
    Field::Collection,
    Field::Group,
    Field::Policy,
    Field::Item,
    Field::Secret,
    Field::Project,
    Field::Machine,
    Field::GrantedMachine,
    Field::Send,
    Field::Installation,
    Field::System,
    Field::Domain,
];
const LAST: u32 = 1 << 31;
const NUMBER_BITS: u32 = 26;

impl Columns {
    /// No events yet, of this source.
    pub(super) fn new(source: EventsOf) -> Self {
        let provider = match source {
            EventsOf::Provider(provider) => Some(provider),
            EventsOf::Client(_) | EventsOf::Member(..) | EventsOf::Item(..) => None,
        };
        Self { provider, ..Self::default() }
    }

    pub(super) fn len(&self) -> usize {
        self.dates.len()
    }

    /// The date of the newest event.
    pub(super) fn newest(&self) -> Option<i64> {
        self.dates.first().copied()
    }

    /// The date of the oldest event.
    pub(super) fn oldest(&self) -> Option<i64> {
        self.dates.last().copied()
    }

    /// Adds older events, without those that the events before them repeat: pages and windows overlap on some servers
    /// where events have one date. Returns how many were new.
    pub(super) fn append(&mut self, page: &[Event]) -> usize {
        let border = self.oldest();
        let tail = self.dates.iter().rev().take_while(|date| Some(**date) == border).count();
        let mut unmatched: Vec<usize> = (self.len() - tail..self.len()).collect();
        let before = self.len();
        for event in page {
            self.push(event);
            if Some(event.date.0) == border {
                let row = self.len() - 1;
                if let Some(twin) = unmatched.iter().position(|old| self.is_same(*old, row)) {
                    unmatched.swap_remove(twin);
                    self.pop();
                }
            }
        }
        self.len() - before
    }

    /// Replaces all events from this date on by newer knowledge.
    pub(super) fn replace_newest(&mut self, since: i64, events: &[Event]) {
        let outdated = self.dates.iter().take_while(|date| **date >= since).count();
        self.dates.drain(..outdated);
        self.kinds.drain(..outdated);
        self.actors.drain(..outdated);
        self.devices.drain(..outdated);
        self.ips.drain(..outdated);
        self.starts.drain(..outdated);
        events.iter().for_each(|event| self.push(event));
        // Never more than there are, since they were just added.
        let added = events.len();
        self.dates.rotate_right(added);
        self.kinds.rotate_right(added);
        self.actors.rotate_right(added);
        self.devices.rotate_right(added);
        self.ips.rotate_right(added);
        self.starts.rotate_right(added);
    }

    /// The details of an event.
    pub(super) fn details(&self, row: usize) -> impl Iterator<Item = (Field, u32)> {
        let start = self.starts.get(row).copied().filter(|start| *start != NOBODY);
        let details = start.and_then(|start| self.details.get(start as usize..)).unwrap_or_default();
        let mut ended = false;
        details
            .iter()
            .take_while(move |detail| !std::mem::replace(&mut ended, **detail & LAST != 0))
            .filter_map(|detail| {
                let field = FIELDS.get(((detail & !LAST) >> NUMBER_BITS) as usize)?;
                Some((*field, detail & ((1 << NUMBER_BITS) - 1)))
            })
    }

    /// The event as it came.
    pub(super) fn event(&self, row: usize) -> Option<Event> {
        let mut event = Event {
            kind: self.types.get(u32::from(*self.kinds.get(row)?))?,
            date: portal_wire::Timestamp(*self.dates.get(row)?),
            acting_user_id: self.id(*self.actors.get(row)?).map(UserId),
            provider_id: self.provider,
            device_type: self.device_types.get(u32::from(*self.devices.get(row)?)),
            ip_address: self.texts.get(*self.ips.get(row)?).map(|text| text.to_string()),
            ..Event::default()
        };
        for (field, number) in self.details(row) {
            let id = self.id(number);
            match field {
                Field::User => event.user_id = id.map(UserId),
                Field::Staff => event.provider_user_id = id.map(ProviderUserId),
                Field::Member => event.organization_user_id = id.map(OrganizationUserId),
                Field::Client => event.provider_organization_id = id.map(ProviderOrganizationId),
                Field::Organization => event.organization_id = id.map(OrganizationId),
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

    /// Bytes held.
    #[cfg(test)]
    pub(super) fn memory(&self) -> usize {
        self.dates.capacity() * size_of::<i64>()
            + (self.kinds.capacity() + self.devices.capacity()) * size_of::<u16>()
            + (self.actors.capacity()
                + self.ips.capacity()
                + self.starts.capacity()
                + self.details.capacity())
                * size_of::<u32>()
            + self.ids.memory()
    }

    fn push(&mut self, event: &Event) {
        let narrow = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        self.dates.push(event.date.0);
        let kind = self.types.number(event.kind);
        self.kinds.push(narrow(kind));
        let actor = event.acting_user_id.map(|id| self.ids.number(Class::User, id.0));
        self.actors.push(actor.unwrap_or(NOBODY));
        let device = event.device_type.map(|device| self.device_types.number(device));
        self.devices.push(narrow(device.unwrap_or(NOBODY)));
        let ip = event.ip_address.as_deref().map(|ip| self.texts.number(ip.into()));
        self.ips.push(ip.unwrap_or(NOBODY));
        self.push_details(event);
    }

    fn push_details(&mut self, event: &Event) {
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
        add(Field::Client, Class::Client, event.provider_organization_id.map(|id| id.0));
        add(Field::Organization, Class::Organization, event.organization_id.map(|id| id.0));
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
            let number = self.texts.number(domain.into());
            self.details.push(packed(Field::Domain, number));
        }
        let any = self.details.len() > start;
        if let Some(last) = self.details.last_mut().filter(|_| any) {
            *last |= LAST;
        }
        self.starts.push(if any { u32::try_from(start).unwrap_or(NOBODY) } else { NOBODY });
    }

    /// Takes the last event back.
    fn pop(&mut self) {
        self.dates.pop();
        self.kinds.pop();
        self.actors.pop();
        self.devices.pop();
        self.ips.pop();
        if let Some(start) = self.starts.pop().filter(|start| *start != NOBODY) {
            self.details.truncate(start as usize);
        }
    }

    /// Whether two events are the same in everything.
    fn is_same(&self, one: usize, other: usize) -> bool {
        fn same<T: PartialEq>(column: &[T], one: usize, other: usize) -> bool {
            column.get(one) == column.get(other)
        }
        same(&self.dates, one, other)
            && same(&self.kinds, one, other)
            && same(&self.actors, one, other)
            && same(&self.devices, one, other)
            && same(&self.ips, one, other)
            && self.details(one).eq(self.details(other))
    }

    fn id(&self, number: u32) -> Option<Uuid> {
        self.ids.get(number).map(|(_, id)| id)
    }
}

fn packed(field: Field, number: u32) -> u32 {
    (field as u32) << NUMBER_BITS | number & ((1 << NUMBER_BITS) - 1)
}

/// Few different values, each kept once and known by a number.
pub(super) struct Table<T> {
    values: Vec<T>,
    /// The numbers, in the order of their values.
    sorted: Vec<u32>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { values: Vec::new(), sorted: Vec::new() }
    }
}

impl<T: Clone + Ord> Table<T> {
    pub(super) fn get(&self, number: u32) -> Option<T> {
        self.values.get(number as usize).cloned()
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }

    fn number(&mut self, value: T) -> u32 {
        let place =
            self.sorted.binary_search_by(|number| self.values.get(*number as usize).cmp(&Some(&value)));
        match place {
            Ok(place) => self.sorted.get(place).copied().unwrap_or(NOBODY),
            Err(place) => {
                let number = u32::try_from(self.values.len()).unwrap_or(NOBODY);
                self.values.push(value);
                self.sorted.insert(place, number);
                number
            }
        }
    }
}
