//! What the provider's staff does at its clients in a year.

use std::collections::HashMap;

use portal_wire::{Event, EventType};

use super::{
    days::{Days, MINUTE},
    deeds,
    office::Office,
    people::{Seat, Worker},
    places::{Place, Weights},
};
use crate::calendar::Dice;

/// At most so long after midnight somebody begins something new.
const EVENING: i64 = 19 * 60 * MINUTE;

/// About so many events of the staff's working days, in no order: signing in, and sessions in one client after the other.
pub(super) fn year(
    office: &Office<'_>,
    places: &[Place],
    weights: &Weights,
    days: &Days,
    count: usize,
    dice: &mut Dice,
) -> Vec<Event> {
    let mut events = Vec::with_capacity(count);
    let mut begun: HashMap<(usize, i64), (Seat, i64)> = HashMap::new();
    while events.len() < count && !places.is_empty() {
        let (who, midnight) = (dice.index(office.staff.len()), days.some(dice));
        let Some(worker) = office.staff.get(who) else { break };
        let (seat, free) = begun.entry((who, midnight)).or_insert_with(|| {
            let (seat, moment) = (worker.seat(dice), worker.first_thing(midnight, dice));
            sign_in(&mut events, office, places, worker, &seat, moment, dice);
            (seat, moment + deeds::pause(dice))
        });
        if *free > midnight + EVENING {
            continue;
        }
        let Some(place) = places.get(client_of(who, office.staff.len(), weights, dice)) else { continue };
        *free = visit(&mut events, office, place, worker, seat, *free, dice)
            + i64::try_from(dice.below(80)).unwrap_or_default() * MINUTE;
    }
    events
}

/// Mostly one of the clients that somebody looks after.
fn client_of(who: usize, staff: usize, weights: &Weights, dice: &mut Dice) -> usize {
    let mut client = weights.some(dice);
    if dice.chance(85) {
        for _ in 0..3 * staff {
            if client % staff == who {
                break;
            }
            client = weights.some(dice);
        }
    }
    client
}

/// Signing in stands in the provider's log, and in that of each client of which the person is a member as well.
fn sign_in(
    events: &mut Vec<Event>,
    office: &Office<'_>,
    places: &[Place],
    worker: &Worker,
    seat: &Seat,
    moment: i64,
    dice: &mut Dice,
) {
    let mut tell = |kind, moment| {
        let about = Event { kind, user_id: Some(worker.user), ..Event::default() };
        let provider = Event { provider_id: Some(office.provider), ..about.clone() };
        events.push(deeds::by(provider, worker.user, seat, moment));
        for place in places.iter().filter(|place| place.insider == Some(worker.user)) {
            let client = Event { organization_id: Some(place.organization), ..about.clone() };
            events.push(deeds::by(client, worker.user, seat, moment));
        }
    };
    if dice.chance(4) {
        tell(EventType::UserFailedLogIn, moment - 9_000);
    }
    tell(EventType::UserLoggedIn, moment);
}

/// Enters a client and works there; gives the moment at which that ends.
fn visit(
    events: &mut Vec<Event>,
    office: &Office<'_>,
    place: &Place,
    worker: &Worker,
    seat: &Seat,
    mut moment: i64,
    dice: &mut Dice,
) -> i64 {
    // What a member of the client does there is the client's own affair (contract §5.4).
    let provider_id = (place.insider != Some(worker.user)).then_some(office.provider);
    let entered = Event {
        kind: EventType::ProviderOrganizationVaultAccessed,
        provider_id: Some(office.provider),
        provider_organization_id: Some(place.link),
        ..Event::default()
    };
    events.push(deeds::by(entered, worker.user, seat, moment));
    let twin = Event { provider_id, ..deeds::at(place, EventType::OrganizationVaultAccessed, dice) };
    events.push(deeds::by(twin, worker.user, seat, moment));
    for _ in 0..3 + dice.below(16) {
        moment += deeds::pause(dice);
        let event = Event { provider_id, ..deeds::at(place, deeds::some(deeds::RUNNING, dice), dice) };
        events.push(deeds::by(event, worker.user, seat, moment));
    }
    moment
}
