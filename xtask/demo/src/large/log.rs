//! What happened at very many clients.

use portal_bridge::{
    OrganizationId, OrganizationUserId, ProviderId, ProviderOrganizationId, StaffRole, StaffRow, UserId,
};
use portal_server::store::bulk::{BulkClient, BulkMade};
use portal_wire::{DeviceType, Event, EventType, OrganizationUserStatus, Timestamp};

use crate::{
    calendar::{Calendar, Dice},
    cast::STAFF,
};

/// Somebody who does something.
pub(super) struct Actor {
    user: UserId,
    admin: bool,
    /// Since when they are confirmed.
    since: i64,
    device: DeviceType,
    address: &'static str,
}

impl Actor {
    /// One of the staff, at the device they have in the cast.
    pub(super) fn of(row: &StaffRow, calendar: &Calendar) -> Option<Self> {
        let colleague = STAFF.into_iter().find(|colleague| colleague.email == row.email)?;
        Some(Self {
            user: row.user?,
            admin: row.role == StaffRole::ProviderAdmin,
            since: calendar.at(*colleague.works.as_ref()?.start(), 0, 0),
            device: DeviceType::from_number(colleague.device.number),
            address: colleague.device.address,
        })
    }
}

/// The events, and what they can be about.
pub(super) struct Log {
    provider: ProviderId,
    actors: Vec<Actor>,
    clients: Vec<Known>,
    events: Vec<Event>,
}

struct Known {
    since: i64,
    link: ProviderOrganizationId,
    organization: OrganizationId,
    owner: Option<OrganizationUserId>,
}

/// What happens at clients, and how often among a hundred.
const EVERYDAY: [(u64, EventType); 7] = [
    (38, EventType::ProviderOrganizationVaultAccessed),
    (20, EventType::OrganizationUserUpdated),
    (14, EventType::OrganizationUserInvited),
    (10, EventType::OrganizationUpdated),
    (8, EventType::OrganizationUserRevoked),
    (8, EventType::OrganizationUserRestored),
    (2, EventType::OrganizationClientExportedVault),
];

impl Log {
    pub(super) fn new(provider: ProviderId, actors: Vec<Actor>) -> Self {
        Self { provider, actors, clients: Vec::new(), events: Vec::new() }
    }

    /// A client was created and its owner invited, and perhaps confirmed a day later.
    pub(super) fn client_came(&mut self, client: &BulkClient, made: &BulkMade, dice: &mut Dice) {
        let since = client.created_at.0;
        let owner = made.members.first().copied();
        let known = Known { since, link: made.link, organization: made.organization_id, owner };
        let created = Event { provider_organization_id: Some(made.link), ..Event::default() };
        let invited = Event {
            organization_id: Some(made.organization_id),
            organization_user_id: owner,
            ..Event::default()
        };
        self.write(EventType::ProviderOrganizationCreated, since, created, true, dice);
        self.write(EventType::OrganizationUserInvited, since + 1, invited.clone(), true, dice);
        if client.members.first().is_some_and(|owner| owner.status == OrganizationUserStatus::Confirmed) {
            let later = since + 20 * 3_600_000;
            self.write(EventType::OrganizationUserConfirmed, later, invited, false, dice);
        }
        self.clients.push(known);
    }

    /// As many events as are wanted, in their order.
    pub(super) fn grown_to(mut self, wanted: usize, calendar: &Calendar, dice: &mut Dice) -> Vec<Event> {
        self.events.retain(|event| calendar.is_past(event.date.0));
        self.events.truncate(wanted);
        while self.events.len() < wanted {
            let moment = calendar.some_moment(dice);
            let Some(client) = self.clients.get(dice.index(self.clients.len())).filter(|_| !dice.chance(6))
            else {
                let kind = if dice.chance(4) { EventType::UserFailedLogIn } else { EventType::UserLoggedIn };
                self.write(kind, moment, Event::default(), false, dice);
                continue;
            };
            // Nothing happens at a client before it is one.
            let moment = moment.max(client.since + 60_000);
            let kind = everyday(dice);
            let about = match kind {
                EventType::ProviderOrganizationVaultAccessed => {
                    Event { provider_organization_id: Some(client.link), ..Event::default() }
                }
                EventType::OrganizationUpdated | EventType::OrganizationClientExportedVault => {
                    Event { organization_id: Some(client.organization), ..Event::default() }
                }
                _ => Event {
                    organization_id: Some(client.organization),
                    organization_user_id: client.owner,
                    ..Event::default()
                },
            };
            if calendar.is_past(moment) {
                self.write(kind, moment, about, false, dice);
            }
        }
        self.events.sort_by_key(|event| event.date);
        self.events
    }

    fn write(&mut self, kind: EventType, moment: i64, about: Event, by_admin: bool, dice: &mut Dice) {
        let can = |actor: &&Actor| (actor.admin || !by_admin) && actor.since <= moment;
        let able: Vec<&Actor> = self.actors.iter().filter(can).collect();
        let Some(actor) = able.get(dice.index(able.len())) else { return };
        let personal = matches!(kind, EventType::UserLoggedIn | EventType::UserFailedLogIn);
        self.events.push(Event {
            kind,
            date: Timestamp(moment),
            acting_user_id: Some(actor.user),
            user_id: personal.then_some(actor.user),
            provider_id: Some(self.provider),
            device_type: Some(actor.device),
            ip_address: Some(actor.address.to_owned()),
            ..about
        });
    }
}

fn everyday(dice: &mut Dice) -> EventType {
    let mut left = dice.below(EVERYDAY.iter().map(|(weight, _)| weight).sum());
    for (weight, kind) in EVERYDAY {
        match left.checked_sub(weight) {
            Some(rest) => left = rest,
            None => return kind,
        }
    }
    EventType::ProviderOrganizationVaultAccessed
}
